import * as fs from 'node:fs'
import type * as tty from 'node:tty'
import {
  type Descriptors,
  type FileStat,
  O_ACCMODE,
  O_APPEND,
  O_CLOEXEC,
  O_NONBLOCK,
  O_RDONLY,
  O_RDWR,
  O_WRONLY,
  type Path,
  POLLIN,
  POLLNVAL,
  POLLOUT,
  type PollRequest,
  S_IFIFO,
  S_IFSOCK,
  SEEK_CUR,
  SEEK_END,
  SEEK_SET,
  SystemFault,
} from '../../vm/platform.ts'
import type { Bridge } from './bridge.ts'
import { fault, nodePath } from './faults.ts'
import { fileStat, utimeSeconds } from './files.ts'
import { newPipe, type OpenFile, Pipe, PipeEnd } from './pipes.ts'

const EAGAIN = 11
const EBADF = 9
const EINTR = 4
const EINVAL = 22
const EMFILE = 24
const ENOTTY = 25
const ESPIPE = 29

/** Descriptors that one process may have. */
const DESCRIPTORS_MAX = 1 << 16

/** Major numbers of Linux's devices: memory (`/dev/null` is one), and the terminals of programs. */
const MEMORY_DEVICES = 1
const PTY_FIRST = 136
const PTY_LAST = 143

/** Whether a descriptor of the process is a terminal. Node's module, which takes time to load, is asked in doubt only. */
function isTerminal(fd: number): boolean {
  let device: number
  try {
    const stat = fs.fstatSync(fd)
    if (!stat.isCharacterDevice()) return false
    device = stat.rdev
  } catch {
    return false
  }
  const major = (device >>> 8) & 0xfff
  if (process.platform === 'linux') {
    if (major === MEMORY_DEVICES) return false
    if (major >= PTY_FIRST && major <= PTY_LAST) return true
  }
  return (process.getBuiltinModule('node:tty') as typeof tty).isatty(fd)
}

/** The monotonic clock in milliseconds. Node would load a dozen modules for `performance`. */
const now = (): number => Number(process.hrtime.bigint()) / 1e6

/** Runs a call of Node and lets its error be a `SystemFault`. */
function calling<T>(call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw fault(error)
  }
}

/**
 * A file of the system. Its position stays the system's own, so that children share it, until the program seeks: Node
 * has no `lseek`, and from then on every call says its position itself.
 */
class SystemFile implements OpenFile {
  refs = 0
  private ownFlags: number
  readonly real: number
  private readonly seekable: boolean
  /** A device such as /dev/null, which lets one seek and stays where it is. */
  private readonly stays: boolean
  /** The position after our calls; -1 until the system has been asked. */
  private offset: number
  private explicit = false

  constructor(real: number, flags: number, inherited: boolean) {
    this.real = real
    this.ownFlags = flags
    const stat = calling(() => fs.fstatSync(real))
    this.seekable = stat.isFile() || stat.isBlockDevice() || stat.isDirectory()
    this.stays = stat.isCharacterDevice() && !isTerminal(real)
    this.offset = inherited ? -1 : 0
  }

  get flags(): number {
    if (this.ownFlags < 0) this.ownFlags = inheritedFlags(this.real)
    return this.ownFlags
  }

  set flags(flags: number) {
    this.ownFlags = flags
  }

  private position(): number {
    if (this.offset < 0) {
      this.offset = 0
      try {
        const info = /^pos:\s*(\d+)/.exec(fs.readFileSync(`/proc/self/fdinfo/${this.real}`, 'latin1'))
        if (info !== null) this.offset = Number(info[1])
      } catch {
        // No such directory: the position where the file was given to us counts as its beginning.
      }
    }
    return this.offset
  }

  read(into: Uint8Array): number {
    try {
      if (!this.explicit) {
        const count = fs.readSync(this.real, into, 0, into.length, null)
        if (this.offset >= 0) this.offset += count
        return count
      }
      const count = fs.readSync(this.real, into, 0, into.length, this.offset)
      this.offset += count
      return count
    } catch (error) {
      throw fault(error)
    }
  }

  write(bytes: Uint8Array): number {
    const append = (this.flags & O_APPEND) !== 0
    try {
      const place = this.explicit && !append ? this.offset : null
      const count = fs.writeSync(this.real, bytes, 0, bytes.length, place)
      if (append && this.seekable) {
        this.offset = fs.fstatSync(this.real).size
      } else if (this.offset >= 0) this.offset += count
      return count
    } catch (error) {
      throw fault(error)
    }
  }

  seek(offset: number, whence: number): number {
    if (whence !== SEEK_SET && whence !== SEEK_CUR && whence !== SEEK_END) throw new SystemFault(EINVAL)
    if (this.stays) return 0
    if (!this.seekable) throw new SystemFault(ESPIPE)
    const at = this.position()
    let to = offset
    if (whence === SEEK_CUR) to += at
    else if (whence === SEEK_END) to += calling(() => fs.fstatSync(this.real)).size
    if (to < 0) throw new SystemFault(EINVAL)
    if (to !== at) this.explicit = true
    this.offset = to
    return to
  }

  pread(into: Uint8Array, offset: number): number {
    if (!this.seekable) throw new SystemFault(ESPIPE)
    if (!this.explicit) this.position()
    return calling(() => fs.readSync(this.real, into, 0, into.length, offset))
  }

  pwrite(bytes: Uint8Array, offset: number): number {
    if (!this.seekable) throw new SystemFault(ESPIPE)
    return calling(() => fs.writeSync(this.real, bytes, 0, bytes.length, offset))
  }

  close(): void {
    calling(() => fs.closeSync(this.real))
  }

  ready(events: number): number {
    return events & (POLLIN | POLLOUT)
  }
}

/**
 * Standard input that is a terminal or a pipe. The main thread reads it, so that a signal can interrupt whoever waits
 * here; what it has read ahead lies there.
 */
class InputStream implements OpenFile {
  refs = 0
  private ownFlags: number
  readonly real: number
  private readonly bridge: Bridge

  constructor(real: number, flags: number, bridge: Bridge) {
    this.real = real
    this.ownFlags = flags
    this.bridge = bridge
  }

  get flags(): number {
    if (this.ownFlags < 0) this.ownFlags = inheritedFlags(this.real)
    return this.ownFlags
  }

  set flags(flags: number) {
    this.ownFlags = flags
  }

  read(into: Uint8Array): number {
    if (into.length === 0) return 0
    for (;;) {
      this.bridge.drain()
      const bytes = this.bridge.call('readInput', into.length)
      if (bytes !== null) {
        into.set(bytes)
        return bytes.length
      }
      if ((this.flags & O_NONBLOCK) !== 0) throw new SystemFault(EAGAIN)
      if (this.bridge.signalled) throw new SystemFault(EINTR)
      this.bridge.sleep(Number.POSITIVE_INFINITY)
    }
  }

  write(bytes: Uint8Array): number {
    return calling(() => fs.writeSync(this.real, bytes))
  }

  close(): void {
    calling(() => fs.closeSync(this.real))
  }

  ready(events: number): number {
    let found = events & POLLOUT
    if ((events & POLLIN) !== 0 && this.bridge.call('inputReady')) found |= POLLIN
    return found
  }
}

interface Slot {
  readonly file: OpenFile
  inheritable: boolean
}

/** Flags that are read when they are first asked for. */
const UNKNOWN = -1

/** The flags that standard descriptor `fd` was opened with. */
function inheritedFlags(fd: number): number {
  try {
    const info = /^flags:\s*([0-7]+)/m.exec(fs.readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))
    // Node makes terminals and pipes non-blocking for itself; a program sees a blocking stream.
    if (info !== null) return Number.parseInt(info[1]!, 8) & ~(O_NONBLOCK | O_CLOEXEC)
  } catch {
    // Not on Linux: what the number is for must do.
  }
  return fd === 0 ? O_RDONLY : O_WRONLY
}

/** The descriptors of this process, with numbers of their own, since Node has no `dup`. */
export class NodeDescriptors implements Descriptors {
  private readonly slots: (Slot | undefined)[] = []
  private readonly bridge: Bridge
  readonly pipes = new Map<number, Pipe>()

  constructor(bridge: Bridge) {
    this.bridge = bridge
    for (const fd of [0, 1, 2]) this.inherit(fd)
    bridge.listeners.pipe = ({ pipe, data }) => {
      const target = this.pipes.get(pipe)
      if (target === undefined) return
      if (data === null) {
        target.childWrites = false
        target.release()
      } else target.add(data)
    }
    bridge.listeners.taken = ({ pipe, size, closed }) => {
      const target = this.pipes.get(pipe)
      if (target === undefined) return
      target.ahead -= size
      if (!closed) return
      target.childReads = false
      target.release()
      if (target.back === null) return
      target.back.childWrites = false
      target.back.release()
    }
  }

  private inherit(fd: number): void {
    let stat: fs.Stats
    try {
      stat = fs.fstatSync(fd)
    } catch {
      return
    }
    const stream = fd === 0 && (stat.isFIFO() || stat.isSocket() || isTerminal(0))
    this.slots[fd] = {
      file: stream ? new InputStream(fd, UNKNOWN, this.bridge) : new SystemFile(fd, UNKNOWN, true),
      inheritable: true,
    }
    this.slots[fd]!.file.refs = 1
  }

  private file(fd: number): OpenFile {
    const slot = this.slots[fd]
    if (slot === undefined) throw new SystemFault(EBADF)
    return slot.file
  }

  private system(fd: number): SystemFile {
    const file = this.file(fd)
    if (!(file instanceof SystemFile)) throw new SystemFault(ESPIPE)
    return file
  }

  private enter(file: OpenFile, inheritable = false, from = 0): number {
    let fd = from
    while (this.slots[fd] !== undefined) fd++
    if (fd >= DESCRIPTORS_MAX) throw new SystemFault(EMFILE)
    this.slots[fd] = { file, inheritable }
    file.refs++
    return fd
  }

  /** The open file behind a number, for whoever starts a child. */
  openFile(fd: number): OpenFile | undefined {
    return this.slots[fd]?.file
  }

  open(path: Path, flags: number, mode: number): number {
    const real = calling(() => fs.openSync(nodePath(path), flags, mode))
    try {
      return this.enter(new SystemFile(real, flags & ~O_CLOEXEC, false))
    } catch (error) {
      fs.closeSync(real)
      throw error
    }
  }

  close(fd: number): void {
    const slot = this.slots[fd]
    if (slot === undefined) throw new SystemFault(EBADF)
    this.slots[fd] = undefined
    if (--slot.file.refs === 0) slot.file.close()
  }

  read(fd: number, into: Uint8Array): number {
    const file = this.file(fd)
    if ((file.flags & O_ACCMODE) === O_WRONLY) throw new SystemFault(EBADF)
    return file.read(into)
  }

  write(fd: number, bytes: Uint8Array): number {
    const file = this.file(fd)
    if ((file.flags & O_ACCMODE) === O_RDONLY) throw new SystemFault(EBADF)
    for (;;) {
      try {
        return file.write(bytes)
      } catch (error) {
        if (!(error instanceof SystemFault) || error.errno !== EAGAIN) throw error
        if ((file.flags & O_NONBLOCK) !== 0 || file instanceof PipeEnd) throw error
        // Node made the stream non-blocking; the program expects to wait.
        this.bridge.drain()
        if (this.bridge.signalled) throw new SystemFault(EINTR)
        this.bridge.sleep(1)
      }
    }
  }

  pread(fd: number, into: Uint8Array, offset: number): number {
    if (offset < 0) throw new SystemFault(EINVAL)
    return this.system(fd).pread(into, offset)
  }

  pwrite(fd: number, bytes: Uint8Array, offset: number): number {
    if (offset < 0) throw new SystemFault(EINVAL)
    return this.system(fd).pwrite(bytes, offset)
  }

  lseek(fd: number, offset: number, whence: number): number {
    return this.system(fd).seek(offset, whence)
  }

  ftruncate(fd: number, size: number): void {
    const file = this.file(fd)
    if (file.real < 0 || (file.flags & O_ACCMODE) === O_RDONLY) throw new SystemFault(EINVAL)
    calling(() => fs.ftruncateSync(file.real, size))
  }

  fstat(fd: number): FileStat {
    const file = this.file(fd)
    if (file.real >= 0) return fileStat(calling(() => fs.fstatSync(file.real, { bigint: true })))
    const socket = (file as PipeEnd).incoming !== null && (file as PipeEnd).outgoing !== null
    const now = BigInt(Date.now()) * 1000000n
    const number = ((file as PipeEnd).incoming ?? (file as PipeEnd).outgoing)!.number
    return {
      mode: socket ? S_IFSOCK | 0o777 : S_IFIFO | 0o600,
      ino: number,
      dev: socket ? 8 : 13,
      nlink: 1,
      uid: process.getuid?.() ?? 0,
      gid: process.getgid?.() ?? 0,
      rdev: 0,
      size: 0,
      blksize: 4096,
      blocks: 0,
      atimeNs: now,
      mtimeNs: now,
      ctimeNs: now,
    }
  }

  fsync(fd: number): void {
    const file = this.file(fd)
    if (file.real < 0) throw new SystemFault(EINVAL)
    calling(() => fs.fsyncSync(file.real))
  }

  private real(fd: number): number {
    const { real } = this.file(fd)
    if (real < 0) throw new SystemFault(EINVAL)
    return real
  }

  fchmod(fd: number, mode: number): void {
    calling(() => fs.fchmodSync(this.real(fd), mode))
  }

  fchown(fd: number, uid: number, gid: number): void {
    calling(() => fs.fchownSync(this.real(fd), uid >>> 0, gid >>> 0))
  }

  futime(fd: number, atimeNs: bigint, mtimeNs: bigint): void {
    calling(() => fs.futimesSync(this.real(fd), utimeSeconds(atimeNs), utimeSeconds(mtimeNs)))
  }

  dup(fd: number, inheritable: boolean): number {
    return this.enter(this.file(fd), inheritable)
  }

  dup2(fd: number, fd2: number, inheritable: boolean): void {
    const file = this.file(fd)
    if (fd2 < 0 || fd2 >= DESCRIPTORS_MAX) throw new SystemFault(EBADF)
    if (fd === fd2) return
    file.refs++
    const old = this.slots[fd2]
    this.slots[fd2] = { file, inheritable }
    if (old !== undefined && --old.file.refs === 0) old.file.close()
  }

  pipe(flags: number): [number, number] {
    const [reading, writing] = newPipe(this.bridge, this.pipes, flags & O_NONBLOCK)
    return [this.enter(reading), this.enter(writing)]
  }

  socketpair(): [number, number] {
    const [there, back] = [new Pipe(this.bridge, this.pipes), new Pipe(this.bridge, this.pipes)]
    return [this.enter(new PipeEnd(back, there, O_RDWR)), this.enter(new PipeEnd(there, back, O_RDWR))]
  }

  isatty(fd: number): boolean {
    const slot = this.slots[fd]
    return slot !== undefined && slot.file.real >= 0 && isTerminal(slot.file.real)
  }

  pathOf(fd: number): Path {
    return `/proc/self/fd/${this.real(fd)}`
  }

  getInheritable(fd: number): boolean {
    this.file(fd)
    return this.slots[fd]!.inheritable
  }

  setInheritable(fd: number, inheritable: boolean): void {
    this.file(fd)
    this.slots[fd]!.inheritable = inheritable
  }

  getBlocking(fd: number): boolean {
    return (this.file(fd).flags & O_NONBLOCK) === 0
  }

  setBlocking(fd: number, blocking: boolean): void {
    const file = this.file(fd)
    file.flags = blocking ? file.flags & ~O_NONBLOCK : file.flags | O_NONBLOCK
  }

  flags(fd: number): number {
    return this.file(fd).flags
  }

  poll(requests: readonly PollRequest[], milliseconds: number | null): number {
    const end = milliseconds === null ? Number.POSITIVE_INFINITY : now() + milliseconds
    for (;;) {
      this.bridge.drain()
      let ready = 0
      for (const request of requests) {
        const file = this.slots[request.fd]?.file
        request.revents = file === undefined ? POLLNVAL : file.ready(request.events)
        if (request.revents !== 0) ready++
      }
      if (ready > 0) return ready
      const left = end - now()
      if (left <= 0) return 0
      if (this.bridge.signalled) throw new SystemFault(EINTR)
      this.bridge.sleep(left)
    }
  }

  terminalSize(fd: number): [number, number] {
    const file = this.file(fd)
    if (file.real < 0 || !isTerminal(file.real)) throw new SystemFault(ENOTTY)
    return this.bridge.call('terminalSize', file.real)
  }
}
