import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { lookupAttr, setAttr } from '../../objects/attributes.ts'
import { bytesOf, isBytes } from '../../objects/bytes_like.ts'
import { defineType, type Result } from '../../objects/define.ts'
import { newException, toException, typeError } from '../../objects/errors.ts'
import { PyExc_NotImplementedError, PyExc_OSError, PyExc_ValueError } from '../../objects/exception_types.ts'
import { clearInstance, instanceDict, traverseInstance } from '../../objects/instance.ts'
import { newBytes, newList, none } from '../../objects/make.ts'
import { newObject, type PyInstance, type Value } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { forEach, len, toArray } from '../../objects/sequence_protocol.ts'
import { bytearrayType, None, typeOf } from '../../objects/types.ts'
import { unraisable } from '../../objects/unraisable.ts'
import { interpreter } from '../../vm/interpreter.ts'
import {
  attributeIsTrue,
  bufferedIOBaseType,
  closedError,
  command,
  DEFAULT_BUFFER_SIZE,
  iobaseType,
  isClosed,
  method,
  rawIOBaseType,
  sizeOf,
  textIOBaseType,
  UnsupportedOperation,
  unsupported,
  weakrefs,
  writableBuffer,
} from './types.ts'

/** ValueError if a stream is closed (`_PyIOBase_check_closed`). */
function checkClosed(self: Value): void {
  if (isClosed(self)) throw closedError()
}

/** `UnsupportedOperation` unless a stream says that it can do this. */
export function checkAbility(self: Value, ability: 'seekable' | 'readable' | 'writable'): void {
  const answer = method(self, ability)
  drop(answer)
  if (answer !== true) throw unsupported(`File or stream is not ${ability}.`)
}

const saidClosed = (self: Value) => attributeIsTrue(self, '__IOBase_closed')

/** A bytearray around bytes, owned; its memory can be looked at while it lives. */
export function newBytearray(bytes: Uint8Array): Owned<Value> {
  return newObject(bytearrayType, { bytes, length: bytes.length, exports: 0 })
}

/** Joins chunks of bytes. */
export function joinBytes(chunks: readonly Uint8Array[], size: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!
  const out = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    out.set(chunk, at)
    at += chunk.length
  }
  return out
}

/** How many bytes `readline` may ask for next: what lies ready up to a line's end, by `peek`, or one. */
function readable(peek: Value | undefined, limit: number, done: number): number {
  if (peek === undefined) return 1
  const ahead = call(peek, [1])
  try {
    if (!isBytes(ahead)) {
      throw newException(PyExc_OSError, [`peek() should have returned a bytes object, not '${typeOf(ahead).name}'`])
    }
    const { data } = ahead
    if (data.length === 0) return 1
    const newline = data.indexOf(10)
    const count = newline < 0 ? data.length : newline + 1
    return limit >= 0 ? Math.min(count, limit - done) : count
  } finally {
    drop(ahead)
  }
}

/** `_IOBase.readline`: by `peek` and `read` alone. */
function readline(self: Value, size: Value | undefined): Owned<Value> {
  const limit = sizeOf(size)
  const peek = lookupAttr(self, 'peek')
  const chunks: Uint8Array[] = []
  let done = 0
  try {
    while (limit < 0 || done < limit) {
      const got = method(self, 'read', readable(peek, limit, done))
      try {
        if (!isBytes(got)) {
          throw newException(PyExc_OSError, [`read() should have returned a bytes object, not '${typeOf(got).name}'`])
        }
        if (got.data.length === 0) break
        chunks.push(got.data)
        done += got.data.length
        if (got.data[got.data.length - 1] === 10) break
      } finally {
        drop(got)
      }
    }
  } finally {
    drop(peek)
  }
  return newBytes(joinBytes(chunks, done))
}

function readlines(self: Value, hint: Value): Owned<Value> {
  const limit = sizeOf(hint)
  if (limit <= 0) return newList(toArray(self))
  const lines: Owned<Value>[] = []
  let length = 0
  forEach(self, (line) => {
    lines.push(keep(line))
    length += len(line)
    return length < limit
  })
  return newList(lines)
}

function close(self: Value): void {
  if (saidClosed(self)) return
  let failure: unknown
  try {
    command(self, 'flush')
  } catch (error) {
    failure = error
  }
  try {
    setAttr(self, '__IOBase_closed', true)
  } catch (error) {
    throw failure === undefined ? error : chained(failure, error)
  }
  if (failure !== undefined) throw failure
}

/** The second of two failures, whose context is the first (`_PyErr_ChainExceptions`); both owned. */
export function chained(first: unknown, second: unknown): unknown {
  const [earlier, later] = [toException(first), toException(second)]
  if (earlier === later) return later
  const old = later.data.context
  later.data.context = earlier
  drop(old)
  return later
}

/** Closes a stream that is going away, its errors aside (`iobase_finalize`). */
function finalize(self: PyInstance): void {
  let closed = true
  try {
    closed = isClosed(self)
  } catch (error) {
    closed = false
    drop(error)
  }
  if (closed) return
  try {
    setAttr(self, '_finalizing', true)
  } catch (error) {
    drop(error)
  }
  try {
    command(self, 'close')
  } catch (error) {
    if (interpreter.config.flags.devMode) unraisable(error, self)
    else drop(error)
  }
}

function nextLine(self: Value): Owned<Value> | undefined {
  const line = method(self, 'readline')
  if (len(line) > 0) return line
  drop(line)
  return undefined
}

/** `writelines`: each line by `write`. */
function writelines(self: Value, lines: Value): void {
  forEach(lines, (line) => command(self, 'write', line))
}

function defineIOBase(): void {
  defineType(UnsupportedOperation, () => ({}))
  defineType(iobaseType, () => ({
    slots: {
      tp_iter: (self): Owned<Value> => {
        checkClosed(self)
        return keep<Value>(self)
      },
      tp_iternext: nextLine,
      tp_finalize: finalize,
      tp_weakrefs: weakrefs,
      tp_dealloc: clearInstance,
      tp_traverse: traverseInstance,
      tp_clear: clearInstance,
    },
    methods: {
      'seek(cookie, whence = 0, /)': () => {
        throw unsupported('seek')
      },
      'tell()': (self) => method(self, 'seek', 0, 1),
      'truncate(pos = None, /)': () => {
        throw unsupported('truncate')
      },
      'flush()': (self) => {
        if (saidClosed(self)) throw closedError()
      },
      'close()': close,
      'seekable()': (): Owned<Value> => false,
      'readable()': (): Owned<Value> => false,
      'writable()': (): Owned<Value> => false,
      '_checkClosed()': checkClosed,
      '_checkSeekable()': (self): Owned<Value> => {
        checkAbility(self, 'seekable')
        return true
      },
      '_checkReadable()': (self): Owned<Value> => {
        checkAbility(self, 'readable')
        return true
      },
      '_checkWritable()': (self): Owned<Value> => {
        checkAbility(self, 'writable')
        return true
      },
      'fileno()': () => {
        throw unsupported('fileno')
      },
      'isatty()': (self): Owned<Value> => {
        checkClosed(self)
        return false
      },
      '__enter__()': (self) => {
        checkClosed(self)
        return keep<Value>(self)
      },
      '__exit__(*args)': (self) => method(self, 'close'),
      '__del__()': finalize,
      'readline(size = -1, /)': readline,
      'readlines(hint = -1, /)': readlines,
      'writelines(lines, /)': (self, lines): Result => {
        checkClosed(self)
        writelines(self, lines)
      },
    },
    getset: {
      closed: (self) => saidClosed(self),
      __dict__: (self) => keep<Value>(instanceDict(self)),
    },
  }))
}

function rawRead(self: Value, sizeValue: Value): Owned<Value> {
  const size = sizeOf(sizeValue)
  if (size < 0) return method(self, 'readall')
  const memory = new Uint8Array(size)
  const array = newBytearray(memory)
  try {
    const count = method(self, 'readinto', array)
    if (count === None) return count
    const length = sizeOf(count)
    drop(count)
    return newBytes((bytesOf(array) ?? memory).slice(0, length))
  } finally {
    drop(array)
  }
}

function rawReadall(self: Value): Owned<Value> {
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const data = method(self, 'read', DEFAULT_BUFFER_SIZE)
    if (data === None) {
      if (chunks.length === 0) return data
      break
    }
    try {
      if (!isBytes(data)) throw typeError('read() should return bytes')
      if (data.data.length === 0) break
      chunks.push(data.data)
      size += data.data.length
    } finally {
      drop(data)
    }
  }
  return newBytes(joinBytes(chunks, size))
}

/** `readinto` by a reading method: what it gives is copied. */
function readinto(self: Value, into: Value, by: 'read' | 'read1'): Owned<Value> {
  const view = writableBuffer(into, by === 'read' ? 'readinto' : 'readinto1')
  let data: Owned<Value> = none()
  try {
    const buffer = view.bytes
    data = method(self, by, buffer.length)
    if (!isBytes(data)) throw typeError('read() should return bytes')
    const { length } = data.data
    if (length > buffer.length) {
      const text = `read() returned too much data: ${buffer.length} bytes requested, ${length} returned`
      throw newException(PyExc_ValueError, [text])
    }
    buffer.set(data.data)
    return length
  } finally {
    drop(data)
    view.release()
  }
}

/** A method that a raw stream has to have of its own. */
const abstract = (): never => {
  throw newException(PyExc_NotImplementedError, [])
}

const refuse = (name: string) => () => {
  throw unsupported(name)
}

/** Defines the abstract types of `_io`. */
export function defineBaseTypes(): void {
  defineIOBase()
  defineType(rawIOBaseType, () => ({
    methods: {
      'read(size = -1, /)': rawRead,
      'readall()': rawReadall,
      'readinto(buffer, /)': abstract,
      'write(b, /)': abstract,
    },
  }))
  defineType(bufferedIOBaseType, () => ({
    methods: {
      'detach()': refuse('detach'),
      'read(size = -1, /)': refuse('read'),
      'read1(size = -1, /)': refuse('read1'),
      'readinto(buffer, /)': (self, buffer) => readinto(self, buffer, 'read'),
      'readinto1(buffer, /)': (self, buffer) => readinto(self, buffer, 'read1'),
      'write(b, /)': refuse('write'),
    },
  }))
  defineType(textIOBaseType, () => ({
    methods: {
      'detach()': refuse('detach'),
      'read(size = -1, /)': refuse('read'),
      'readline(size = -1, /)': refuse('readline'),
      'write(s, /)': refuse('write'),
    },
    getset: {
      encoding: () => none(),
      newlines: () => none(),
      errors: () => none(),
    },
  }))
}
