import { encodeUtf8 } from '../base/utf8.ts'
import { strToUtf16 } from '../base/values.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from '../objects/access.ts'
import { getBuffer, hasBuffer, PyBUF_SIMPLE, PyBUF_WRITABLE } from '../objects/buffer.ts'
import { bytesOf, isBytes } from '../objects/bytes_like.ts'
import { defineModule } from '../objects/define_module.ts'
import { valueError } from '../objects/errors.ts'
import { newBytes } from '../objects/make.ts'
import { toIndex } from '../objects/number_protocol.ts'
import type { Value } from '../objects/object.ts'
import { audit } from '../vm/audit.ts'
import { EAGAIN, EINVAL, ENOLCK, ENOSYS, ENOTTY } from '../vm/errno.ts'
import { osError } from '../vm/os_error.ts'
import { O_CLOEXEC, O_CREAT, O_EXCL, O_NONBLOCK, O_TRUNC, platform } from '../vm/platform.ts'
import { runHelper } from './helper_program.ts'
import { fileDescriptor } from './select.ts'

const F_DUPFD = 0
const F_GETFD = 1
const F_SETFD = 2
const F_GETFL = 3
const F_SETFL = 4
const F_SETLK = 6
const F_SETLKW = 7
const F_DUPFD_CLOEXEC = 1030
const FD_CLOEXEC = 1
const O_NOCTTY = 0o400

const LOCK_SH = 1
const LOCK_EX = 2
const LOCK_NB = 4
const LOCK_UN = 8

const TIOCGWINSZ = 0x5413
const FIOCLEX = 0x5451
const FIONCLEX = 0x5450
const FIONBIO = 0x5421

/** Flags that only say how to open, and the one that the platform keeps apart. */
const OPENING = O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC | O_NONBLOCK

/** The longest argument of bytes. */
const BUFFER_MAX = 1024

/** Does what a number for `fcntl` says; what the platform has no means for is an OSError. */
function control(fd: number, command: number, argument: number): number {
  const { fds } = platform()
  fds.fstat(fd)
  switch (command) {
    case F_DUPFD:
      return duplicate(fd, argument, true)
    case F_DUPFD_CLOEXEC:
      return duplicate(fd, argument, false)
    case F_GETFD:
      return fds.getInheritable(fd) ? 0 : FD_CLOEXEC
    case F_SETFD:
      fds.setInheritable(fd, (argument & FD_CLOEXEC) === 0)
      return 0
    case F_GETFL:
      return (fds.flags(fd) & ~OPENING) | (fds.getBlocking(fd) ? 0 : O_NONBLOCK)
    case F_SETFL:
      fds.setBlocking(fd, (argument & O_NONBLOCK) === 0)
      return 0
    case F_SETLK:
    case F_SETLKW:
      throw osError(ENOLCK)
    default:
      throw osError(EINVAL)
  }
}

/** Another number, of at least `least`, for an open file: those below that are free are taken meanwhile. */
function duplicate(fd: number, least: number, inheritable: boolean): number {
  const { fds } = platform()
  const low: number[] = []
  try {
    for (;;) {
      const made = fds.dup(fd, inheritable)
      if (made >= least) return made
      low.push(made)
    }
  } finally {
    for (const number of low) fds.close(number)
  }
}

/** The bytes of an argument that stands for memory; `null` for a number. */
function argumentBytes(argument: Value): Uint8Array | null {
  const text = asStr(argument)
  if (text !== undefined) return encodeUtf8(strToUtf16(text))
  if (!hasBuffer(argument)) return null
  const view = getBuffer(argument, PyBUF_SIMPLE)
  const bytes = view.bytes.slice()
  view.release()
  return bytes
}

const low32 = (value: Value): number => Number(BigInt.asUintN(32, BigInt(toIndex(value))))

function fcntl(file: Value, command: number, argument: Value): Owned<Value> {
  const fd = fileDescriptor(file)
  audit('fcntl.fcntl', fd, command, argument)
  const bytes = argumentBytes(argument)
  if (bytes === null) return control(fd, command, low32(argument))
  if (bytes.length > BUFFER_MAX) throw valueError('fcntl string arg too long')
  control(fd, command, 0)
  return newBytes(bytes)
}

/** Does a request of `ioctl` with its memory, in place. */
function request(fd: number, code: number, memory: Uint8Array): void {
  const { fds } = platform()
  fds.fstat(fd)
  const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength)
  switch (code) {
    case TIOCGWINSZ: {
      const [columns, lines] = fds.terminalSize(fd)
      for (const [at, size] of [lines, columns, 0, 0].entries()) {
        if (2 * at + 2 <= memory.length) view.setUint16(2 * at, size, true)
      }
      return
    }
    case FIOCLEX:
    case FIONCLEX:
      fds.setInheritable(fd, code === FIONCLEX)
      return
    case FIONBIO:
      fds.setBlocking(fd, memory.length < 4 || view.getInt32(0, true) === 0)
      return
    default:
      throw osError(fds.isatty(fd) ? ENOSYS : ENOTTY)
  }
}

function ioctl(file: Value, code: Value, argument: Value, mutate: boolean): Owned<Value> {
  const fd = fileDescriptor(file)
  const number = low32(code)
  audit('fcntl.ioctl', fd, number, argument)
  // Memory that can be written to is changed itself, unless the caller wants a copy.
  if (mutate && hasBuffer(argument) && !isBytes(argument) && isWritable(argument)) {
    const view = getBuffer(argument, PyBUF_WRITABLE)
    try {
      request(fd, number, view.bytes)
    } finally {
      view.release()
    }
    return 0
  }
  const bytes = argumentBytes(argument)
  if (bytes !== null) {
    if (bytes.length > BUFFER_MAX) throw valueError('ioctl string arg too long')
    request(fd, number, bytes)
    return newBytes(bytes)
  }
  const word = new Uint8Array(4)
  new DataView(word.buffer).setUint32(0, low32(argument), true)
  request(fd, number, word)
  return 0
}

function isWritable(value: Value): boolean {
  if (bytesOf(value) !== undefined) return true
  const view = getBuffer(value, PyBUF_SIMPLE)
  const { readonly } = view
  view.release()
  return !readonly
}

/** A lock on the open file, which the program `flock` takes for us: such locks belong to the file, not to a process. */
function flock(file: Value, operation: number): void {
  const fd = fileDescriptor(file)
  audit('fcntl.flock', fd, operation)
  platform().fds.fstat(fd)
  const kind = new Map([
    [LOCK_SH, '--shared'],
    [LOCK_EX, '--exclusive'],
    [LOCK_UN, '--unlock'],
  ]).get(operation & ~LOCK_NB)
  if (kind === undefined) throw osError(EINVAL)
  const options = (operation & LOCK_NB) !== 0 ? [kind, '--nonblock'] : [kind]
  const { status } = runHelper(['flock', ...options, '3'], fd, 3)
  if (status !== 0) throw osError(status === 1 ? EAGAIN : ENOLCK)
}

/** Locks of `lockf` belong to a process, and nobody can take one for another: there are none. */
function lockf(file: Value, operation: number): void {
  const fd = fileDescriptor(file)
  audit('fcntl.lockf', fd, operation, 0, 0, 0)
  const isKnown = operation === LOCK_UN || (operation & (LOCK_SH | LOCK_EX)) !== 0
  if (!isKnown) throw valueError('unrecognized lockf argument')
  platform().fds.fstat(fd)
  if (operation !== LOCK_UN) throw osError(ENOLCK)
}

/** The module `fcntl`. */
export const fcntlModule = defineModule('fcntl', () => ({
  functions: {
    'fcntl(fd, cmd: int, arg = 0, /)': fcntl,
    'ioctl(fd, request, arg = 0, mutate_flag: bool = True, /)': ioctl,
    'flock(fd, operation: int, /)': flock,
    'lockf(fd, cmd: int, len = 0, start = 0, whence: int = 0, /)': (fd, cmd) => lockf(fd, cmd),
  },
  attributes: {
    LOCK_SH,
    LOCK_EX,
    LOCK_NB,
    LOCK_UN,
    LOCK_MAND: 32,
    LOCK_READ: 64,
    LOCK_WRITE: 128,
    LOCK_RW: 192,
    F_DUPFD,
    F_DUPFD_CLOEXEC,
    F_GETFD,
    F_SETFD,
    F_GETFL,
    F_SETFL,
    F_GETLK: 5,
    F_SETLK,
    F_SETLKW,
    F_GETLK64: 5,
    F_SETLK64: 6,
    F_SETLKW64: 7,
    F_SETOWN: 8,
    F_GETOWN: 9,
    F_SETSIG: 10,
    F_GETSIG: 11,
    F_RDLCK: 0,
    F_WRLCK: 1,
    F_UNLCK: 2,
    F_EXLCK: 4,
    F_SHLCK: 8,
    F_OFD_GETLK: 36,
    F_OFD_SETLK: 37,
    F_OFD_SETLKW: 38,
    F_SETLEASE: 1024,
    F_GETLEASE: 1025,
    F_NOTIFY: 1026,
    F_SETPIPE_SZ: 1031,
    F_GETPIPE_SZ: 1032,
    F_ADD_SEALS: 1033,
    F_GET_SEALS: 1034,
    F_SEAL_SEAL: 1,
    F_SEAL_SHRINK: 2,
    F_SEAL_GROW: 4,
    F_SEAL_WRITE: 8,
    FD_CLOEXEC,
    FASYNC: 8192,
    DN_ACCESS: 1,
    DN_MODIFY: 2,
    DN_CREATE: 4,
    DN_DELETE: 8,
    DN_RENAME: 16,
    DN_ATTRIB: 32,
    DN_MULTISHOT: 2147483648,
  },
}))
