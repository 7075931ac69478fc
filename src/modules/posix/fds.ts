import type { Owned } from '../../memory/header.ts'
import { bufferBytes, getBuffer, PyBUF_WRITABLE } from '../../objects/buffer.ts'
import { newBytes, newText, newTuple, none } from '../../objects/make.ts'
import type { Value } from '../../objects/object.ts'
import { forEach } from '../../objects/sequence_protocol.ts'
import { newStructSequence } from '../../objects/struct_sequence.ts'
import { None } from '../../objects/types.ts'
import { audit } from '../../vm/audit.ts'
import { yieldUntil } from '../../vm/blocking.ts'
import { EINVAL } from '../../vm/errno.ts'
import { pathStr } from '../../vm/fspath.ts'
import { localeEncoding } from '../../vm/locale_encoding.ts'
import { osError } from '../../vm/os_error.ts'
import { O_CLOEXEC, POLLIN, platform, SystemFault } from '../../vm/platform.ts'
import { interruptible } from '../../vm/signals.ts'
import { toId } from './ids.ts'
import { dirFd, onPath, pathArg, toFd, within } from './path_arg.ts'
import { resultTypes, statResult } from './results.ts'

/** The functions of `posix` that work on file descriptors, by their signatures. */

function open(path: Value, flags: number, mode: number, dir: Value): Owned<Value> {
  const arg = pathArg(path, 'open')
  const directory = dirFd(dir)
  audit('open', path, None, flags)
  return onPath(arg, () => platform().fds.open(within(arg.path, directory), flags | O_CLOEXEC, mode))
}

function readSome(length: number, read: (into: Uint8Array) => number): Owned<Value> {
  if (length < 0) throw osError(EINVAL)
  const memory = new Uint8Array(length)
  const count = interruptible(() => read(memory))
  return newBytes(count === length ? memory : memory.slice(0, count))
}

function readv(fd: number, buffers: Value): Owned<Value> {
  let total = 0
  forEach(buffers, (buffer) => {
    const view = getBuffer(buffer, PyBUF_WRITABLE)
    try {
      const count = interruptible(({ fds }) => fds.read(fd, view.bytes))
      total += count
      return count === view.bytes.length
    } finally {
      view.release()
    }
  })
  return total
}

function writev(fd: number, buffers: Value): Owned<Value> {
  let total = 0
  forEach(buffers, (buffer) => {
    const bytes = bufferBytes(buffer)
    const count = interruptible(({ fds }) => fds.write(fd, bytes))
    total += count
    return count === bytes.length
  })
  return total
}

function closerange(low: number, high: number): void {
  for (let fd = Math.max(0, low); fd < Math.min(high, 65536); fd++) {
    try {
      platform().fds.close(fd)
    } catch (error) {
      if (!(error instanceof SystemFault)) throw error
    }
  }
}

function pipe(flags: number, inheritable: boolean): Owned<Value> {
  const { fds } = platform()
  const [reading, writing] = fds.pipe(flags)
  fds.setInheritable(reading, inheritable)
  fds.setInheritable(writing, inheritable)
  return newTuple([reading, writing])
}

function ttyname(fd: number): Owned<Value> {
  const { fds, files } = platform()
  fds.fstat(fd)
  if (!fds.isatty(fd)) throw osError(25)
  return pathStr(files.readlink(fds.pathOf(fd)))
}

export const descriptorFunctions = {
  'open(path, flags: int, mode: int = 511, *, dir_fd = None)': open,
  'close(fd)': (fd: Value) => platform().fds.close(toFd(fd)),
  'closerange(fd_low: int, fd_high: int, /)': closerange,
  'read(fd: int, length: ssize, /)': (fd: number, length: number) =>
    readSome(length, (into) => {
      yieldUntil(fd, POLLIN)
      return platform().fds.read(fd, into)
    }),
  'pread(fd: int, length: ssize, offset: ssize, /)': (fd: number, length: number, offset: number) =>
    readSome(length, (into) => platform().fds.pread(fd, into, offset)),
  'write(fd: int, data, /)': (fd: number, data: Value): Owned<Value> => {
    const bytes = bufferBytes(data)
    return interruptible(({ fds }) => fds.write(fd, bytes))
  },
  'pwrite(fd: int, buffer, offset: ssize, /)': (fd: number, data: Value, offset: number): Owned<Value> => {
    const bytes = bufferBytes(data)
    return interruptible(({ fds }) => fds.pwrite(fd, bytes, offset))
  },
  'readv(fd: int, buffers, /)': readv,
  'writev(fd: int, buffers, /)': writev,
  'lseek(fd: int, position: ssize, whence: int, /)': (fd: number, position: number, whence: number): Owned<Value> =>
    platform().fds.lseek(fd, position, whence),
  'fstat(fd: int)': (fd: number): Owned<Value> => statResult(platform().fds.fstat(fd)),
  'ftruncate(fd: int, length: ssize, /)': (fd: number, length: number) => {
    audit('os.truncate', fd, length)
    platform().fds.ftruncate(fd, length)
  },
  'fsync(fd: int)': (fd: number) => platform().fds.fsync(fd),
  'fdatasync(fd: int)': (fd: number) => platform().fds.fsync(fd),
  'fchmod(fd: int, mode: int)': (fd: number, mode: number) => platform().fds.fchmod(fd, mode),
  'fchown(fd: int, uid, gid)': (fd: number, uid: Value, gid: Value) =>
    platform().fds.fchown(fd, toId(uid, 'uid'), toId(gid, 'gid')),
  'dup(fd: int, /)': (fd: number): Owned<Value> => platform().fds.dup(fd, false),
  'dup2(fd: int, fd2: int, inheritable: bool = True)': (
    fd: number,
    fd2: number,
    inheritable: boolean,
  ): Owned<Value> => {
    platform().fds.dup2(fd, fd2, inheritable)
    return fd2
  },
  'pipe()': () => pipe(0, false),
  'pipe2(flags: int, /)': (flags: number) => pipe(flags, (flags & O_CLOEXEC) === 0),
  'isatty(fd: int, /)': (fd: number): Owned<Value> => platform().fds.isatty(fd),
  'ttyname(fd: int, /)': ttyname,
  'get_inheritable(fd: int, /)': (fd: number): Owned<Value> => platform().fds.getInheritable(fd),
  'set_inheritable(fd: int, inheritable: int, /)': (fd: number, inheritable: number) =>
    platform().fds.setInheritable(fd, inheritable !== 0),
  'get_blocking(fd: int, /)': (fd: number): Owned<Value> => platform().fds.getBlocking(fd),
  'set_blocking(fd: int, blocking: bool, /)': (fd: number, blocking: boolean) =>
    platform().fds.setBlocking(fd, blocking),
  'get_terminal_size(fd: int = 1, /)': (fd: number): Owned<Value> =>
    newStructSequence(resultTypes().terminalSize, platform().fds.terminalSize(fd)),
  'device_encoding(fd: int)': (fd: number) => (platform().fds.isatty(fd) ? newText(localeEncoding()) : none()),
}
