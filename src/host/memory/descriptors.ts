import {
  type Descriptors,
  type FileStat,
  O_ACCMODE,
  O_APPEND,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_NONBLOCK,
  O_RDONLY,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  type Path,
  POLLHUP,
  POLLIN,
  POLLNVAL,
  POLLOUT,
  type PollRequest,
  S_IFCHR,
  S_IFIFO,
  SEEK_CUR,
  SEEK_END,
  SEEK_SET,
  SystemFault,
} from '../../vm/platform.ts'
import { type FileTree, type Node, nodeStat } from './tree.ts'

const EBADF = 9
const EAGAIN = 11
const ENOTDIR = 20
const EISDIR = 21
const EINVAL = 22
const ENOTTY = 25
const ESPIPE = 29
const EPIPE = 32

/** A stream that is no file: bytes that come, a place for those that go. */
export interface MemoryStream {
  /** Takes bytes; 0 at the end, `null` where none are there yet. */
  read(into: Uint8Array): number | null
  write(bytes: Uint8Array): void
  readonly isTerminal: boolean
}

/** What `dup` shares. */
interface Open {
  refs: number
  flags: number
  offset: number
  readonly node: Node | null
  readonly stream: MemoryStream | null
  readonly closed: () => void
}

/** A pipe: what one end writes, the other reads. */
class MemoryPipe implements MemoryStream {
  readonly isTerminal = false
  writers = 1
  readers = 1
  private bytes: number[] = []

  read(into: Uint8Array): number | null {
    if (this.bytes.length === 0) return this.writers === 0 ? 0 : null
    const count = Math.min(into.length, this.bytes.length)
    into.set(this.bytes.splice(0, count))
    return count
  }

  write(bytes: Uint8Array): void {
    if (this.readers === 0) throw new SystemFault(EPIPE)
    for (const byte of bytes) this.bytes.push(byte)
  }

  get filled(): boolean {
    return this.bytes.length > 0
  }
}

interface Slot {
  readonly open: Open
  inheritable: boolean
}

/** Descriptors of files in memory. Nothing waits: what would have to is refused with EAGAIN. */
export class MemoryDescriptors implements Descriptors {
  private readonly slots: (Slot | undefined)[] = []
  private readonly tree: FileTree
  private readonly absolute: (path: Path) => string

  constructor(tree: FileTree, absolute: (path: Path) => string, standard: readonly MemoryStream[]) {
    this.tree = tree
    this.absolute = absolute
    standard.forEach((stream, fd) => {
      this.enter(null, stream, fd === 0 ? O_RDONLY : O_WRONLY)
    })
  }

  private enter(node: Node | null, stream: MemoryStream | null, flags: number, closed = () => {}): number {
    let fd = 0
    while (this.slots[fd] !== undefined) fd++
    this.slots[fd] = { open: { refs: 1, flags, offset: 0, node, stream, closed }, inheritable: false }
    return fd
  }

  private of(fd: number): Open {
    const slot = this.slots[fd]
    if (slot === undefined) throw new SystemFault(EBADF)
    return slot.open
  }

  private file(fd: number): Open & { node: Node } {
    const open = this.of(fd)
    if (open.node === null) throw new SystemFault(ESPIPE)
    return open as Open & { node: Node }
  }

  private writable(fd: number): Open {
    const open = this.of(fd)
    if ((open.flags & O_ACCMODE) === O_RDONLY) throw new SystemFault(EBADF)
    return open
  }

  private readable(fd: number): Open {
    const open = this.of(fd)
    if ((open.flags & O_ACCMODE) === O_WRONLY) throw new SystemFault(EBADF)
    return open
  }

  open(path: Path, flags: number, mode: number): number {
    const node = this.tree.open(this.absolute(path), (flags & O_CREAT) !== 0, (flags & O_EXCL) !== 0, mode)
    const isDirectory = node.entries !== null
    if (isDirectory && (flags & O_ACCMODE) !== O_RDONLY) throw new SystemFault(EISDIR)
    if (!isDirectory && (flags & O_DIRECTORY) !== 0) throw new SystemFault(ENOTDIR)
    if ((flags & O_TRUNC) !== 0 && !isDirectory) this.tree.resize(node, 0)
    return this.enter(node, null, flags)
  }

  close(fd: number): void {
    const open = this.of(fd)
    this.slots[fd] = undefined
    if (--open.refs === 0) open.closed()
  }

  read(fd: number, into: Uint8Array): number {
    const open = this.readable(fd)
    if (open.stream !== null) {
      const count = open.stream.read(into)
      if (count === null) throw new SystemFault(EAGAIN)
      return count
    }
    const count = this.pread(fd, into, open.offset)
    open.offset += count
    return count
  }

  write(fd: number, bytes: Uint8Array): number {
    const open = this.writable(fd)
    if (open.stream !== null) open.stream.write(bytes)
    else {
      if ((open.flags & O_APPEND) !== 0) open.offset = open.node!.size
      this.tree.write(open.node!, bytes, open.offset)
      open.offset += bytes.length
    }
    return bytes.length
  }

  pread(fd: number, into: Uint8Array, offset: number): number {
    this.readable(fd)
    const { node } = this.file(fd)
    if (node.entries !== null) throw new SystemFault(EISDIR)
    const count = Math.max(0, Math.min(into.length, node.size - offset))
    into.set(node.bytes.subarray(offset, offset + count))
    return count
  }

  pwrite(fd: number, bytes: Uint8Array, offset: number): number {
    this.writable(fd)
    this.tree.write(this.file(fd).node, bytes, offset)
    return bytes.length
  }

  lseek(fd: number, offset: number, whence: number): number {
    const open = this.file(fd)
    let to = offset
    if (whence === SEEK_CUR) to += open.offset
    else if (whence === SEEK_END) to += open.node.size
    else if (whence !== SEEK_SET) throw new SystemFault(EINVAL)
    if (to < 0) throw new SystemFault(EINVAL)
    open.offset = to
    return to
  }

  ftruncate(fd: number, size: number): void {
    this.writable(fd)
    this.tree.resize(this.file(fd).node, size)
  }

  fstat(fd: number): FileStat {
    const { node, stream } = this.of(fd)
    if (node !== null) return nodeStat(node)
    const type = stream!.isTerminal ? S_IFCHR | 0o620 : S_IFIFO | 0o600
    const zero = { ino: 1, dev: 2, nlink: 1, uid: 0, gid: 0, rdev: 0, size: 0, blksize: 4096, blocks: 0 }
    return { ...zero, mode: type, atimeNs: 0n, mtimeNs: 0n, ctimeNs: 0n }
  }

  fsync(fd: number): void {
    this.file(fd)
  }

  fchmod(fd: number, mode: number): void {
    const { node } = this.file(fd)
    node.mode = (node.mode & ~0o7777) | (mode & 0o7777)
  }

  fchown(fd: number): void {
    this.file(fd)
  }

  futime(fd: number, atimeNs: bigint, mtimeNs: bigint): void {
    const { node } = this.file(fd)
    node.atimeNs = atimeNs
    node.mtimeNs = mtimeNs
  }

  dup(fd: number, inheritable: boolean): number {
    const open = this.of(fd)
    let copy = 0
    while (this.slots[copy] !== undefined) copy++
    this.slots[copy] = { open, inheritable }
    open.refs++
    return copy
  }

  dup2(fd: number, fd2: number, inheritable: boolean): void {
    const open = this.of(fd)
    if (fd2 < 0) throw new SystemFault(EBADF)
    if (fd === fd2) return
    if (this.slots[fd2] !== undefined) this.close(fd2)
    this.slots[fd2] = { open, inheritable }
    open.refs++
  }

  pipe(flags: number): [number, number] {
    const pipe = new MemoryPipe()
    const reading = this.enter(null, pipe, O_RDONLY | (flags & O_NONBLOCK), () => {
      pipe.readers = 0
    })
    const writing = this.enter(null, pipe, O_WRONLY | (flags & O_NONBLOCK), () => {
      pipe.writers = 0
    })
    return [reading, writing]
  }

  socketpair(): [number, number] {
    const [there, back] = [new MemoryPipe(), new MemoryPipe()]
    const end = (incoming: MemoryPipe, outgoing: MemoryPipe) => {
      const stream: MemoryStream = {
        isTerminal: false,
        read: (into) => incoming.read(into),
        write: (bytes) => outgoing.write(bytes),
      }
      return this.enter(null, stream, O_RDWR, () => {
        incoming.readers = 0
        outgoing.writers = 0
      })
    }
    return [end(back, there), end(there, back)]
  }

  isatty(fd: number): boolean {
    return this.slots[fd]?.open.stream?.isTerminal === true
  }

  pathOf(): Path {
    throw new SystemFault(EINVAL)
  }

  getInheritable(fd: number): boolean {
    this.of(fd)
    return this.slots[fd]!.inheritable
  }

  setInheritable(fd: number, inheritable: boolean): void {
    this.of(fd)
    this.slots[fd]!.inheritable = inheritable
  }

  getBlocking(fd: number): boolean {
    return (this.of(fd).flags & O_NONBLOCK) === 0
  }

  setBlocking(fd: number, blocking: boolean): void {
    const open = this.of(fd)
    open.flags = blocking ? open.flags & ~O_NONBLOCK : open.flags | O_NONBLOCK
  }

  flags(fd: number): number {
    return this.of(fd).flags
  }

  poll(requests: readonly PollRequest[]): number {
    let ready = 0
    for (const request of requests) {
      const open = this.slots[request.fd]?.open
      if (open === undefined) request.revents = POLLNVAL
      else if (open.stream instanceof MemoryPipe) {
        const reads = (open.flags & O_ACCMODE) === O_RDONLY
        const pipe = open.stream
        const readable = pipe.filled ? request.events & POLLIN : pipe.writers === 0 ? POLLHUP : 0
        request.revents = reads ? readable : request.events & POLLOUT
      } else request.revents = request.events & (POLLIN | POLLOUT)
      if (request.revents !== 0) ready++
    }
    return ready
  }

  terminalSize(fd: number): [number, number] {
    if (!this.isatty(fd)) throw new SystemFault(ENOTTY)
    return [80, 24]
  }
}
