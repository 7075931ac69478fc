import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt } from '../../objects/access.ts'
import { exportBytes, getBuffer, PyBUF_SIMPLE } from '../../objects/buffer.ts'
import { defineType, type Result, tpInit } from '../../objects/define.ts'
import { bufferError, overflowError, typeError, valueError } from '../../objects/errors.ts'
import { hasAttributes, instanceDict, newInstance } from '../../objects/instance.ts'
import { newBytes, newList, newTuple, none } from '../../objects/make.ts'
import {
  newObject,
  type PyDict,
  type PyInstance,
  type PyObject,
  type PyTuple,
  type PyType,
  TPFLAGS_DICT_SUBCLASS,
  TPFLAGS_DISALLOW_INSTANTIATION,
  TPFLAGS_TUPLE_SUBCLASS,
  type Value,
} from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { forEach } from '../../objects/sequence_protocol.ts'
import { builtinType, memoryviewType, None, type TypeFor, typeOf } from '../../objects/types.ts'
import {
  addAttributes,
  bufferedIOBaseType,
  checkBytesLike,
  closedError,
  lifetime,
  sizeOf,
  toOffset,
  writableBuffer,
} from './types.ts'

/** The `data` of a BytesIO: its bytes are the first `size` of `memory`. */
interface BytesIOData {
  memory: Uint8Array
  size: number
  pos: number
  /** Views that `getbuffer` gave out: the memory must not move. */
  exports: number
  closed: boolean
}

type PyBytesIO = PyInstance<BytesIOData>

export const bytesIOType: TypeFor<PyBytesIO> = builtinType<PyBytesIO>(
  '_io.BytesIO',
  bufferedIOBaseType.flags,
  bufferedIOBaseType,
)

/** What `getbuffer` looks at. */
const bytesIOBufferType = builtinType<PyObject<Owned<Value>>>('_io._BytesIOBuffer', TPFLAGS_DISALLOW_INSTANTIATION)

const NEWLINE = 10

function open({ data }: PyBytesIO): BytesIOData {
  if (data.closed) throw closedError()
  return data
}

function checkExports(data: BytesIOData): void {
  if (data.exports > 0) throw bufferError('Existing exports of data: object cannot be re-sized')
}

/** Makes room for `size` bytes. */
function reserve(data: BytesIOData, size: number): void {
  if (size <= data.memory.length) return
  if (size > 0x7fffffff) throw overflowError('new buffer size too large')
  const larger = new Uint8Array(Math.max(size, data.memory.length + (data.memory.length >> 1), 64))
  larger.set(data.memory.subarray(0, data.size))
  data.memory = larger
}

function write(self: PyBytesIO, value: Value): Owned<Value> {
  const data = open(self)
  checkExports(data)
  checkBytesLike(value)
  const view = getBuffer(value, PyBUF_SIMPLE)
  try {
    const { bytes } = view
    if (bytes.length === 0) return 0
    const end = data.pos + bytes.length
    reserve(data, end)
    if (data.pos > data.size) data.memory.fill(0, data.size, data.pos)
    data.memory.set(bytes, data.pos)
    data.pos = end
    if (end > data.size) data.size = end
    return bytes.length
  } finally {
    view.release()
  }
}

/** Takes at most so many bytes from the position on; all where `count` is negative. */
function take(data: BytesIOData, count: number): Owned<Value> {
  const left = Math.max(0, data.size - data.pos)
  const size = count < 0 || count > left ? left : count
  const bytes = data.memory.slice(data.pos, data.pos + size)
  data.pos += size
  return newBytes(bytes)
}

function lineLength(data: BytesIOData, limit: number): number {
  const left = Math.max(0, data.size - data.pos)
  const max = limit >= 0 && limit < left ? limit : left
  const found = data.memory.subarray(data.pos, data.pos + max).indexOf(NEWLINE)
  return found < 0 ? max : found + 1
}

function readlines(self: PyBytesIO, hint: Value): Owned<Value> {
  const data = open(self)
  if (hint !== None && asInt(hint) === undefined) {
    throw typeError(`integer argument expected, got '${typeOf(hint).name}'`)
  }
  const limit = sizeOf(hint)
  const lines: Owned<Value>[] = []
  let total = 0
  for (;;) {
    const length = lineLength(data, -1)
    if (length === 0) break
    lines.push(take(data, length))
    total += length
    if (limit > 0 && total >= limit) break
  }
  return newList(lines)
}

function seek(self: PyBytesIO, offset: number, whence: number): Owned<Value> {
  const data = open(self)
  if (offset < 0 && whence === 0) throw valueError(`negative seek value ${offset}`)
  let target = offset
  if (whence === 1) target += data.pos
  else if (whence === 2) target += data.size
  else if (whence !== 0) throw valueError(`invalid whence (${whence}, should be 0, 1 or 2)`)
  if (target > Number.MAX_SAFE_INTEGER) throw overflowError('new position too large')
  data.pos = Math.max(0, target)
  return data.pos
}

function truncate(self: PyBytesIO, sizeValue: Value): Owned<Value> {
  const data = open(self)
  checkExports(data)
  const size = sizeValue === None ? data.pos : toOffset(sizeValue)
  if (size < 0) throw valueError(`negative size value ${size}`)
  if (size < data.size) {
    data.size = size
    data.memory = data.memory.slice(0, size)
  }
  return size
}

function getbuffer(self: PyBytesIO): Owned<Value> {
  open(self)
  const holder = newObject<Owned<Value>>(bytesIOBufferType, keep<Value>(self))
  try {
    return call(memoryviewType, [holder])
  } finally {
    drop(holder)
  }
}

function getstate(self: PyBytesIO): Owned<Value> {
  const data = open(self)
  const value = newBytes(data.memory.slice(0, data.size))
  return newTuple([value, data.pos, hasAttributes(self) ? keep<Value>(instanceDict(self)) : none()])
}

function setstate(self: PyBytesIO, state: Value): Result {
  const { data } = self
  if (
    typeof state !== 'object' ||
    (state.type.flags & TPFLAGS_TUPLE_SUBCLASS) === 0 ||
    (state as PyTuple).data.length < 3
  ) {
    throw typeError(`${self.type.name}.__setstate__ argument should be 3-tuple, got ${typeOf(state).name}`)
  }
  checkExports(data)
  const [value, position, dict] = (state as PyTuple).data
  data.size = 0
  data.pos = 0
  drop(write(self, value!))
  if (asInt(position!) === undefined) {
    throw typeError(`second item of state must be an integer, not ${typeOf(position!).name}`)
  }
  const pos = toOffset(position!)
  if (pos < 0) throw valueError('position value cannot be negative')
  data.pos = pos
  if (dict === None) return
  if (typeof dict !== 'object' || (dict.type.flags & TPFLAGS_DICT_SUBCLASS) === 0) {
    throw typeError(`third item of state should be a dict, got a ${typeOf(dict!).name}`)
  }
  addAttributes(self, dict as PyDict)
}

function initialize(self: PyBytesIO, initial: Value): void {
  const { data } = self
  checkExports(data)
  data.size = 0
  data.pos = 0
  data.closed = false
  if (initial === None) return
  drop(write(self, initial))
  data.pos = 0
}

function nextLine(self: PyBytesIO): Owned<Value> | undefined {
  const data = open(self)
  const length = lineLength(data, -1)
  return length === 0 ? undefined : take(data, length)
}

const yes = (self: PyBytesIO): Owned<Value> => {
  open(self)
  return true
}

/** Defines BytesIO. */
export function defineBytesIO(): void {
  defineType(bytesIOBufferType, () => ({
    slots: {
      bf_getbuffer: (self, flags) => {
        const { data } = self.data as unknown as PyBytesIO
        data.exports++
        return exportBytes(self, data.memory.subarray(0, data.size), false, flags, () => {
          data.exports--
        })
      },
      tp_dealloc: (self) => drop(self.data),
    },
  }))
  defineType(bytesIOType, () => ({
    slots: {
      tp_new: (type: PyType) =>
        newInstance<BytesIOData>(type, { memory: new Uint8Array(0), size: 0, pos: 0, exports: 0, closed: false }),
      tp_init: tpInit('BytesIO(initial_bytes = None)', (self: PyBytesIO, initial) => initialize(self, initial)),
      tp_iternext: nextLine,
      ...lifetime<PyBytesIO>(
        () => [],
        () => {},
      ),
    },
    methods: {
      'readable()': yes,
      'writable()': yes,
      'seekable()': yes,
      'flush()': (self) => void open(self),
      'isatty()': (self): Owned<Value> => {
        open(self)
        return false
      },
      'tell()': (self): Owned<Value> => open(self).pos,
      'getbuffer()': getbuffer,
      'getvalue()': (self) => {
        const data = open(self)
        return newBytes(data.memory.slice(0, data.size))
      },
      'read(size = -1, /)': (self, size) => take(open(self), sizeOf(size)),
      'read1(size = -1, /)': (self, size) => take(open(self), sizeOf(size)),
      'readline(size = -1, /)': (self, size) => {
        const data = open(self)
        return take(data, lineLength(data, sizeOf(size)))
      },
      'readlines(size = None, /)': readlines,
      'readinto(buffer, /)': (self, buffer): Owned<Value> => {
        const view = writableBuffer(buffer, 'readinto')
        try {
          const data = open(self)
          const count = Math.min(view.bytes.length, Math.max(0, data.size - data.pos))
          view.bytes.set(data.memory.subarray(data.pos, data.pos + count))
          data.pos += count
          return count
        } finally {
          view.release()
        }
      },
      'truncate(size = None, /)': truncate,
      'seek(pos, whence: int = 0, /)': (self, pos, whence) => seek(self, toOffset(pos), whence),
      'write(b, /)': write,
      'writelines(lines, /)': (self, lines) => {
        open(self)
        forEach(lines, (line) => drop(write(self, line)))
      },
      'close()': ({ data }) => {
        checkExports(data)
        data.closed = true
        data.memory = new Uint8Array(0)
        data.size = 0
      },
      '__getstate__()': getstate,
      '__setstate__(state, /)': setstate,
      '__sizeof__()': ({ data }): Owned<Value> => 88 + data.memory.length + (data.memory.length > 0 ? 33 : 0),
    },
    getset: { closed: ({ data }) => data.closed },
  }))
}
