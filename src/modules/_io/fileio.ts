import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt, asStr } from '../../objects/access.ts'
import { lookupAttr, setAttr } from '../../objects/attributes.ts'
import { bufferBytes } from '../../objects/buffer.ts'
import { defineType, type Result, tpInit } from '../../objects/define.ts'
import { isException, runtimeError, toException, typeError, valueError } from '../../objects/errors.ts'
import {
  PyExc_BlockingIOError,
  PyExc_ResourceWarning,
  PyExc_ValueError,
  PyExc_Warning,
} from '../../objects/exception_types.ts'
import { newInstance, setInstanceAttribute } from '../../objects/instance.ts'
import { newBytes, newText, none } from '../../objects/make.ts'
import { toIndex } from '../../objects/number_protocol.ts'
import type { PyInstance, PyType, Value } from '../../objects/object.ts'
import { call, shown } from '../../objects/protocols.ts'
import { thread } from '../../objects/thread.ts'
import { builtinType, None, type TypeFor, typeOf } from '../../objects/types.ts'
import { unraisable } from '../../objects/unraisable.ts'
import { audit } from '../../vm/audit.ts'
import { EAGAIN, EBADF, EISDIR } from '../../vm/errno.ts'
import { fspath, systemPath } from '../../vm/fspath.ts'
import { osError, withPath } from '../../vm/os_error.ts'
import {
  O_APPEND,
  O_CLOEXEC,
  O_CREAT,
  O_EXCL,
  O_RDONLY,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  platform,
  S_IFDIR,
  S_IFMT,
  SEEK_CUR,
  SEEK_END,
  SystemFault,
} from '../../vm/platform.ts'
import { interruptible } from '../../vm/signals.ts'
import { warnAt } from '../../vm/warnings.ts'
import { chained } from './iobase.ts'
import {
  closedError,
  DEFAULT_BUFFER_SIZE,
  lifetime,
  rawIOBaseType,
  shownType,
  sizeOf,
  toOffset,
  unsupported,
  writableBuffer,
} from './types.ts'

/** The `data` of a FileIO. */
interface FileIOData {
  fd: number
  created: boolean
  readable: boolean
  writable: boolean
  appending: boolean
  /** `null` until it has been asked for. */
  seekable: boolean | null
  closefd: boolean
  finalizing: boolean
  blksize: number
}

export type PyFileIO = PyInstance<FileIOData>

export const fileIOType: TypeFor<PyFileIO> = builtinType<PyFileIO>('_io.FileIO', rawIOBaseType.flags, rawIOBaseType)

function newData(): FileIOData {
  return {
    fd: -1,
    created: false,
    readable: false,
    writable: false,
    appending: false,
    seekable: null,
    closefd: true,
    finalizing: false,
    blksize: 0,
  }
}

/** The flags of a mode, which is written into `data`; ValueError for one that makes no sense. */
function parseMode(data: FileIOData, mode: string): number {
  const bad = () => valueError('Must have exactly one of create/read/write/append mode and at most one plus')
  let flags = 0
  let chosen = false
  let plus = false
  for (const letter of mode) {
    if ('xrwa'.includes(letter)) {
      if (chosen) throw bad()
      chosen = true
      data.created = letter === 'x'
      data.appending = letter === 'a'
      if (letter === 'r') data.readable = true
      else data.writable = true
      if (letter === 'x') flags |= O_EXCL | O_CREAT
      else if (letter === 'w') flags |= O_CREAT | O_TRUNC
      else if (letter === 'a') flags |= O_APPEND | O_CREAT
    } else if (letter === '+') {
      if (plus) throw bad()
      plus = true
      data.readable = true
      data.writable = true
    } else if (letter !== 'b') throw valueError(`invalid mode: ${mode}`)
  }
  if (!chosen) throw bad()
  return flags | (data.readable && data.writable ? O_RDWR : data.readable ? O_RDONLY : O_WRONLY) | O_CLOEXEC
}

/** The descriptor that a file argument is, or −1 if it is a path. */
function descriptorOf(file: Value): number {
  if (typeof file === 'string') return -1
  if (asInt(file) === undefined && (asStr(file) !== undefined || typeOf(file).nb_index === undefined)) return -1
  let fd: number | bigint
  try {
    fd = toIndex(file)
  } catch (error) {
    drop(error)
    return -1
  }
  if (typeof fd === 'bigint' || fd > 0x7fffffff) return -1
  if (fd < 0) throw valueError('negative file descriptor')
  return fd
}

/** Opens the path, or lets the opener do it; the descriptor. */
function openPath(file: Value, flags: number, opener: Value): number {
  if (opener === None) {
    const name = fspath(file)
    try {
      const path = systemPath(name)
      return interruptible(({ fds }) => fds.open(path, flags, 0o666))
    } catch (error) {
      throw withPath(error, file)
    } finally {
      drop(name)
    }
  }
  const result = call(opener, [file, flags])
  const fd = asInt(result)
  drop(result)
  if (fd === undefined) throw typeError('expected integer from opener')
  if (fd < 0) throw valueError(`opener returned ${fd}`)
  return Number(fd)
}

function initialize(self: PyFileIO, file: Value, mode: string, closefd: boolean, opener: Value): void {
  const { data } = self
  if (data.fd >= 0) {
    if (data.closefd) closeDescriptor(data)
    else data.fd = -1
  }
  Object.assign(data, newData())
  data.fd = -1
  const given = descriptorOf(file)
  const flags = parseMode(data, mode)
  audit('open', file, newText(mode), flags)
  let opened = false
  try {
    if (given >= 0) {
      data.fd = given
      data.closefd = closefd
    } else {
      data.closefd = true
      if (!closefd) throw valueError('Cannot use closefd=False with file name')
      data.fd = openPath(file, flags, opener)
      opened = true
    }
    examine(data, file)
    if (self.type === fileIOType) setInstanceAttribute(self, 'name', keep(file))
    else setAttr(self, 'name', file)
    if (data.appending) seekToEnd(data)
  } catch (error) {
    if (!opened) data.fd = -1
    else closeDescriptor(data)
    throw error
  }
}

function seekToEnd(data: FileIOData): void {
  try {
    platform().fds.lseek(data.fd, 0, SEEK_END)
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
  }
}

/** Refuses directories, and notes the size of blocks. */
function examine(data: FileIOData, file: Value): void {
  data.blksize = DEFAULT_BUFFER_SIZE
  let stat: ReturnType<ReturnType<typeof platform>['fds']['fstat']>
  try {
    stat = platform().fds.fstat(data.fd)
  } catch (error) {
    if (error instanceof SystemFault && error.errno === EBADF) throw osError(EBADF)
    if (error instanceof SystemFault) return
    throw error
  }
  if ((stat.mode & S_IFMT) === S_IFDIR) throw osError(EISDIR, file)
  if (stat.blksize > 1) data.blksize = stat.blksize
}

function closeDescriptor(data: FileIOData): void {
  const { fd } = data
  data.fd = -1
  platform().fds.close(fd)
}

function fdOf({ data }: PyFileIO): number {
  if (data.fd < 0) throw closedError('I/O operation on closed file')
  return data.fd
}

function readingFd(self: PyFileIO): number {
  const fd = fdOf(self)
  if (!self.data.readable) throw unsupported('File not open for reading')
  return fd
}

function writingFd(self: PyFileIO): number {
  const fd = fdOf(self)
  if (!self.data.writable) throw unsupported('File not open for writing')
  return fd
}

/** Runs a call that may find nothing to do now: then `null`. */
function unlessAgain<T>(operation: () => T): T | null {
  try {
    return operation()
  } catch (error) {
    if (error instanceof SystemFault && error.errno === EAGAIN) return null
    throw error
  }
}

/** `readinto` for those of this folder: how many bytes came, or `null` where none are there yet. */
export function fileReadInto(self: PyFileIO, into: Uint8Array): number | null {
  const fd = readingFd(self)
  return unlessAgain(() => interruptible(({ fds }) => fds.read(fd, into)))
}

/** `write` for those of this folder: how many bytes went, or `null` where none can go now. */
export function fileWrite(self: PyFileIO, bytes: Uint8Array): number | null {
  const fd = writingFd(self)
  return unlessAgain(() => interruptible(({ fds }) => fds.write(fd, bytes)))
}

/** `seek` for those of this folder. */
export function fileSeek(self: PyFileIO, offset: number, whence: number): number {
  return platform().fds.lseek(fdOf(self), offset, whence)
}

/** How much is left of the file, as far as can be known, and a byte for its end. */
function roomForRest(fd: number): number {
  try {
    const { size } = platform().fds.fstat(fd)
    const position = platform().fds.lseek(fd, 0, SEEK_CUR)
    if (size >= position) return size - position + 1
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
  }
  return DEFAULT_BUFFER_SIZE
}

/** All that is left of the file; `null` where nothing is there yet. */
function fileReadAll(self: PyFileIO): Uint8Array | null {
  const fd = fdOf(self)
  let memory = new Uint8Array(roomForRest(fd))
  let size = 0
  for (;;) {
    if (size === memory.length) {
      const larger = new Uint8Array(size + (size > 65536 ? size >> 2 : 0) + Math.max(256, size))
      larger.set(memory)
      memory = larger
    }
    const room = memory.subarray(size)
    const count = unlessAgain(() => interruptible(({ fds }) => fds.read(fd, room)))
    if (count === null) {
      if (size === 0) return null
      break
    }
    if (count === 0) break
    size += count
  }
  return memory.slice(0, size)
}

const bytesOrNone = (bytes: Uint8Array | null): Owned<Value> => (bytes === null ? none() : newBytes(bytes))

function read(self: PyFileIO, sizeValue: Value): Owned<Value> {
  readingFd(self)
  const size = sizeOf(sizeValue)
  if (size < 0) return bytesOrNone(fileReadAll(self))
  const memory = new Uint8Array(size)
  const count = fileReadInto(self, memory)
  return bytesOrNone(count === null ? null : count === size ? memory : memory.slice(0, count))
}

function isSeekable({ data }: PyFileIO): boolean {
  if (data.seekable === null) {
    try {
      platform().fds.lseek(data.fd, 0, SEEK_CUR)
      data.seekable = true
    } catch (error) {
      if (!(error instanceof SystemFault)) throw error
      data.seekable = false
    }
  }
  return data.seekable
}

/** Says that nobody closed the file; `source` is the outermost stream around it. */
export function warnUnclosed(self: PyFileIO, source: Value): void {
  if (self.data.fd < 0 || !self.data.closefd) return
  try {
    warnAt(PyExc_ResourceWarning, newText(`unclosed file ${shown(source)}`), 1, source)
  } catch (error) {
    if (isException(error, PyExc_Warning)) unraisable(error, self)
    else drop(error)
  }
}

function close(self: PyFileIO): Result {
  const { data } = self
  let failure: unknown
  try {
    drop(call(baseClose(), [self]))
  } catch (error) {
    failure = error
  }
  if (!data.closefd) {
    data.fd = -1
    if (failure !== undefined) throw failure
    return
  }
  if (data.finalizing) warnUnclosed(self, self)
  if (data.fd >= 0) {
    try {
      closeDescriptor(data)
    } catch (error) {
      throw failure === undefined ? error : chained(failure, toException(error))
    }
  }
  if (failure !== undefined) throw failure
}

let closeMethod: Owned<Value> | undefined

/** `_RawIOBase.close`, borrowed. */
function baseClose(): Value {
  closeMethod ??= lookupAttr(rawIOBaseType, 'close')!
  return closeMethod
}

function modeText({ created, appending, readable, writable }: FileIOData): string {
  if (created) return readable ? 'xb+' : 'xb'
  if (appending) return readable ? 'ab+' : 'ab'
  return readable ? (writable ? 'rb+' : 'rb') : 'wb'
}

/** What `repr` shows of a stream's name, and notices a name that shows the stream again. */
export function reprName(self: PyInstance): string | null {
  let name: Owned<Value> | undefined
  try {
    name = lookupAttr(self, 'name')
  } catch (error) {
    if (!isException(error, PyExc_ValueError)) throw error
    drop(error)
  }
  if (name === undefined) return null
  try {
    if (thread.repring.has(self)) throw runtimeError(`reentrant call inside ${shownType(self)}.__repr__`)
    thread.repring.add(self)
    return shown(name)
  } finally {
    thread.repring.delete(self)
    drop(name)
  }
}

function reprOf(self: PyFileIO): Owned<Value> {
  const { data } = self
  if (data.fd < 0) return '<_io.FileIO [closed]>'
  const name = reprName(self)
  const what = name === null ? `fd=${data.fd}` : `name=${name}`
  return newText(`<_io.FileIO ${what} mode='${modeText(data)}' closefd=${data.closefd ? 'True' : 'False'}>`)
}

function truncate(self: PyFileIO, size: Value): Owned<Value> {
  const fd = writingFd(self)
  const to = size === None ? platform().fds.lseek(fd, 0, SEEK_CUR) : toOffset(size)
  interruptible(({ fds }) => fds.ftruncate(fd, to))
  return to
}

/** The TypeError of a stream that somebody tries to pickle. */
export function cannotPickle(self: Value): Owned<Value> {
  throw typeError(`cannot pickle '${typeOf(self).name}' object`)
}

/** Defines FileIO. */
export function defineFileIO(): void {
  defineType(fileIOType, () => ({
    slots: {
      tp_new: (type: PyType) => newInstance(type, newData()),
      tp_init: tpInit(
        "FileIO(file, mode: text = 'r', closefd: bool = True, opener = None)",
        (self: PyFileIO, file, mode, closefd, opener) => initialize(self, file, mode, closefd, opener),
      ),
      tp_repr: reprOf,
      ...lifetime<PyFileIO>(
        () => [],
        () => {},
      ),
    },
    methods: {
      'read(size = -1, /)': read,
      'readall()': (self) => bytesOrNone(fileReadAll(self)),
      'readinto(buffer, /)': (self, buffer) => {
        readingFd(self)
        const view = writableBuffer(buffer, 'readinto')
        try {
          return fileReadInto(self, view.bytes) ?? none()
        } finally {
          view.release()
        }
      },
      'write(b, /)': (self, b) => {
        writingFd(self)
        return fileWrite(self, bufferBytes(b)) ?? none()
      },
      'seek(pos, whence: int = 0, /)': (self, pos, whence) => {
        fdOf(self)
        return fileSeek(self, toOffset(pos), whence)
      },
      'tell()': (self) => fileSeek(self, 0, SEEK_CUR),
      'truncate(size = None, /)': truncate,
      'close()': close,
      'seekable()': (self): Owned<Value> => {
        fdOf(self)
        return isSeekable(self)
      },
      'readable()': (self): Owned<Value> => {
        fdOf(self)
        return self.data.readable
      },
      'writable()': (self): Owned<Value> => {
        fdOf(self)
        return self.data.writable
      },
      'fileno()': (self): Owned<Value> => fdOf(self),
      'isatty()': (self): Owned<Value> => platform().fds.isatty(fdOf(self)),
      '_dealloc_warn(source, /)': (self, source) => warnUnclosed(self, source),
      '__getstate__()': cannotPickle,
    },
    getset: {
      closed: (self) => self.data.fd < 0,
      closefd: (self) => self.data.closefd,
      mode: (self) => modeText(self.data),
    },
    members: {
      _blksize: {
        get: (self) => self.data.blksize,
        set: (self, value) => {
          self.data.blksize = Number(toIndex(value ?? 0))
        },
      },
      _finalizing: {
        get: (self) => self.data.finalizing,
        set: (self, value) => {
          self.data.finalizing = value === true
        },
      },
    },
  }))
}

/** Whether a stream is a FileIO whose methods nobody has overridden. */
export function isPlainFile(stream: Value): stream is PyFileIO {
  return typeof stream === 'object' && stream.type === fileIOType
}

/** The error of a write that would have to wait, with what was written before. */
export function wouldBlock(message: string, written: number): unknown {
  return call(PyExc_BlockingIOError, [EAGAIN, message, written])
}
