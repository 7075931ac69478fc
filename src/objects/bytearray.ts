import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt, asStr } from './access.ts'
import { toSubscript } from './arguments.ts'
import { exportBytes, hasBuffer, simpleBytes } from './buffer.ts'
import { defineBytesIterator, newBytesIterator, orderResult, warnComparison } from './bytes.ts'
import { bytesOfItems, concatOperand, copyOfBuffer, lengthArgument, toByte } from './bytes_build.ts'
import { type BytearrayData, bytesOf, bytesWarning, type PyBytearray } from './bytes_like.ts'
import { bytesContain, bytesMethods, fromHex, makeTrans, rawBytesMethods } from './bytes_methods.ts'
import { percentBytes } from './bytes_percent.ts'
import { defineType, tpInit } from './define.ts'
import { bufferError, indexError, memoryError, typeError, valueError } from './errors.ts'
import { PyExc_BytesWarning } from './exception_types.ts'
import { newOf } from './instance.ts'
import { newBytes, newTuple } from './make.ts'
import { newObject, Py_EQ, Py_NE, type PyObject, TPFLAGS_HAVE_GC, type Value } from './object.ts'
import { callMethod } from './protocols.ts'
import { next } from './sequence_protocol.ts'
import { adjustSlice, isIndex, isSlice, type SliceRange, unpackSlice } from './slice.ts'
import { encodeText } from './str_codecs.ts'
import { bytearrayRepr } from './text/bytes_hex.ts'
import { bytesCompare, bytesConcat, bytesRepeat, bytesSliceStep, newBytes as zeroBytes } from './text/bytes_sequence.ts'
import { textFromLatin1 } from './text/latin1.ts'
import { iterOr } from './to_fast_sequence.ts'
import { builtinType, isInstanceOf, NotImplemented, bytearrayType as shell, type TypeFor, typeOf } from './types.ts'
import { warn } from './warn.ts'

const bytearrayType = shell as unknown as TypeFor<PyBytearray>

const view = (self: PyBytearray): Uint8Array => self.data.bytes.subarray(0, self.data.length)

/** A bytearray that takes over the bytes. */
export function newBytearray(bytes: Uint8Array): Owned<PyBytearray> {
  return newObject<BytearrayData>(bytearrayType, { bytes, length: bytes.length, exports: 0 })
}

/**
 * Sets the length (`PyByteArray_Resize`); the room grows by an eighth more than needed, so that appending is cheap.
 * BufferError while views look at the memory.
 */
function resize(data: BytearrayData, length: number): void {
  if (length === data.length) return
  checkResizable(data)
  const room = data.bytes.length
  if (length + 1 > room || length < room / 2) {
    let wanted = length + 1
    if (length >= room && length <= room * 1.125) wanted = length + (length >> 3) + (length < 9 ? 3 : 6)
    const bytes = zeroBytes(wanted)
    bytes.set(data.bytes.subarray(0, Math.min(data.length, length)))
    data.bytes = bytes
  }
  data.length = length
}

function checkResizable(data: BytearrayData): void {
  if (data.exports > 0) throw bufferError('Existing exports of data: object cannot be re-sized')
}

/** Replaces `data[start:stop]` by other bytes, which must not be the bytearray's own memory. */
function replaceRange(data: BytearrayData, start: number, stop: number, values: Uint8Array): void {
  const { length } = data
  const growth = values.length - (stop - start)
  if (growth < 0) {
    checkResizable(data)
    data.bytes.copyWithin(stop + growth, stop, length)
  }
  resize(data, length + growth)
  if (growth > 0) data.bytes.copyWithin(stop + growth, stop, length)
  data.bytes.set(values, start)
}

function append(data: BytearrayData, byte: number): void {
  resize(data, data.length + 1)
  data.bytes[data.length - 1] = byte
}

function initialize(
  self: PyBytearray,
  source: Value | undefined,
  encoding: string | undefined,
  errors: string | undefined,
): void {
  const { data } = self
  if (data.length > 0) resize(data, 0)
  if (source === undefined) {
    if (encoding !== undefined) throw typeError('encoding without a string argument')
    if (errors !== undefined) throw typeError('errors without a string argument')
    return
  }
  const text = asStr(source)
  if (text !== undefined) {
    if (encoding === undefined) throw typeError('string argument without an encoding')
    const encoded = encodeText(text, encoding, errors ?? 'strict')
    replaceRange(data, 0, 0, bytesOf(encoded)!)
    drop(encoded)
    return
  }
  if (encoding !== undefined) throw typeError('encoding without a string argument')
  if (errors !== undefined) throw typeError('errors without a string argument')
  const length = lengthArgument(source)
  if (length !== undefined) {
    if (length >= Number.MAX_SAFE_INTEGER) throw memoryError()
    resize(data, length)
    data.bytes.fill(0, 0, length)
    return
  }
  if (hasBuffer(source)) replaceRange(data, 0, 0, copyOfBuffer(source))
  else appendItems(data, source, `cannot convert '${typeOf(source).name}' object to bytearray`)
}

/** Appends the ints of an iterable one by one, which may look at the bytearray meanwhile. */
function appendItems(data: BytearrayData, iterable: Value, notIterable: string): void {
  const iterator = iterOr(iterable, notIterable)
  try {
    for (let each = next(iterator); each !== undefined; each = next(iterator)) {
      try {
        append(data, toByte(each))
      } finally {
        drop(each)
      }
    }
  } finally {
    drop(iterator)
  }
}

function compare(self: Value, other: Value, op: number): Owned<Value> {
  if (!hasBuffer(self) || !hasBuffer(other)) {
    warnComparison(self, other, op, 'bytearray')
    return NotImplemented as Owned<Value>
  }
  const a = simpleBytes(self)
  const b = simpleBytes(other)
  if (a === null || b === null) return NotImplemented as Owned<Value>
  if ((op === Py_EQ || op === Py_NE) && a.length !== b.length) return op === Py_NE
  return orderResult(bytesCompare(a, b), op)
}

function item(self: PyBytearray, index: number): Owned<Value> {
  if (index < 0 || index >= self.data.length) throw indexError('bytearray index out of range')
  return self.data.bytes[index]!
}

function notSubscript(key: Value): unknown {
  return typeError(`bytearray indices must be integers or slices, not ${typeOf(key).name}`)
}

function subscript(self: PyBytearray, key: Value): Owned<Value> {
  if (isIndex(key)) {
    const index = toSubscript(key)
    return item(self, index < 0 ? index + self.data.length : index)
  }
  if (!isSlice(key)) throw notSubscript(key)
  const range = unpackSlice(key)
  const { start, step, count } = adjustSlice(range, self.data.length)
  return newBytearray(bytesSliceStep(view(self), start, step, count))
}

function setItem(self: PyBytearray, index: number, value: Value | undefined): void {
  const { data } = self
  if (value === undefined) {
    if (index < 0 || index >= data.length) throw indexError('bytearray index out of range')
    replaceRange(data, index, index + 1, new Uint8Array())
    return
  }
  const byte = toByte(value)
  if (index < 0 || index >= data.length) throw indexError('bytearray index out of range')
  data.bytes[index] = byte
}

/** The bytes to be assigned to a slice. */
function assigned(self: PyBytearray, value: Value | undefined): Uint8Array {
  if (value === undefined) return new Uint8Array()
  if (isInstanceOf(value, bytearrayType) && value !== self) return bytesOf(value)!
  if (asInt(value) !== undefined || asStr(value) !== undefined) {
    throw typeError('can assign only bytes, buffers, or iterables of ints in range(0, 256)')
  }
  const made = newBytearray(new Uint8Array())
  try {
    initialize(made, value, undefined, undefined)
    return view(made)
  } finally {
    drop(made)
  }
}

function setSubscript(self: PyBytearray, key: Value, value: Value | undefined): void {
  if (isIndex(key)) {
    const index = toSubscript(key)
    setItem(self, index < 0 ? index + self.data.length : index, value)
    return
  }
  if (!isSlice(key)) throw notSubscript(key)
  const unpacked = unpackSlice(key)
  const values = assigned(self, value)
  const range = adjustSlice(unpacked, self.data.length)
  setSlice(self.data, range, values, value === undefined)
}

function setSlice(data: BytearrayData, range: SliceRange, values: Uint8Array, isDeletion: boolean): void {
  const { start, step, count } = range
  if (step === 1) {
    replaceRange(data, start, Math.max(start, range.stop), values)
    return
  }
  if (isDeletion || values.length === 0) {
    if (count === 0) return
    checkResizable(data)
    deleteStep(data, step < 0 ? start + step * (count - 1) : start, Math.abs(step), count)
    return
  }
  if (values.length !== count) {
    throw valueError(`attempt to assign bytes of size ${values.length} to extended slice of size ${count}`)
  }
  for (let i = 0, at = start; i < count; i++, at += step) data.bytes[at] = values[i]!
}

function deleteStep(data: BytearrayData, start: number, step: number, count: number): void {
  const { bytes, length } = data
  let to = start
  let next = start
  let left = count
  for (let from = start; from < length; from++) {
    if (left > 0 && from === next) {
      next += step
      left--
    } else bytes[to++] = bytes[from]!
  }
  resize(data, to)
}

function concatInPlace(self: PyBytearray, other: Value): Owned<Value> {
  const values = concatOperand(other, self)
  if (other === self && values.length > 0) {
    throw bufferError('Existing exports of data: object cannot be re-sized')
  }
  replaceRange(self.data, self.data.length, self.data.length, values)
  return keep<Value>(self)
}

function repeatInPlace(self: PyBytearray, count: number): Owned<Value> {
  const { data } = self
  const { length } = data
  const repeated = bytesRepeat(view(self), count)
  resize(data, repeated.length)
  if (repeated.length > length) data.bytes.set(repeated)
  return keep<Value>(self)
}

function extend(self: PyBytearray, iterable: Value): void {
  const values = hasBuffer(iterable)
    ? copyOfBuffer(iterable)
    : bytesOfItems(iterable, 'byte must be in range(0, 256)', `can't extend bytearray with ${typeOf(iterable).name}`)
  replaceRange(self.data, self.data.length, self.data.length, values)
}

function pop({ data }: PyBytearray, index: number): number {
  if (data.length === 0) throw indexError('pop from empty bytearray')
  const at = index < 0 ? index + data.length : index
  if (at < 0 || at >= data.length) throw indexError('pop index out of range')
  checkResizable(data)
  const byte = data.bytes[at]!
  data.bytes.copyWithin(at, at + 1, data.length)
  resize(data, data.length - 1)
  return byte
}

function insert({ data }: PyBytearray, index: number, byte: number): void {
  const at = index < 0 ? Math.max(0, index + data.length) : Math.min(index, data.length)
  const { length } = data
  resize(data, length + 1)
  data.bytes.copyWithin(at + 1, at, length)
  data.bytes[at] = byte
}

function remove({ data }: PyBytearray, value: Value): void {
  const byte = toByte(value)
  const at = data.bytes.subarray(0, data.length).indexOf(byte)
  if (at < 0) throw valueError('value not found in bytearray')
  replaceRange(data, at, at + 1, new Uint8Array())
}

/** What pickling needs: the bytes as Latin-1 text for the old protocols. */
function reduce(self: PyBytearray, protocol: number): Owned<Value> {
  const state = callMethod(self, '__getstate__', [])
  const type = keep<Value>(self.type)
  if (self.data.length === 0) return newTuple([type, newTuple([]), state])
  const args =
    protocol < 3
      ? newTuple([textFromLatin1(view(self)), 'latin-1'])
      : newTuple([newBytes(view(self).slice()) as Owned<Value>])
  return newTuple([type, args, state])
}

function str(self: PyBytearray): Owned<Value> {
  if (bytesWarning.level > 0) warn(PyExc_BytesWarning, 'str() on a bytearray instance', 1)
  return repr(self)
}

function repr(self: PyBytearray): Owned<Value> {
  return bytearrayRepr(view(self), self.type.name)
}

const bytearrayIteratorType = builtinType<PyObject<{ owner: Owned<PyObject> | null; index: number }>>(
  'bytearray_iterator',
  TPFLAGS_HAVE_GC,
)

/** Defines `bytearray` and its iterator. */
export function defineBytearrayType(): void {
  defineType(bytearrayType, () => ({
    slots: {
      tp_new: (type): Owned<Value> => newOf<BytearrayData>(type, { bytes: new Uint8Array(), length: 0, exports: 0 }),
      tp_init: tpInit('bytearray(source = NULL, encoding: text = NULL, errors: text = NULL)', initialize),
      tp_repr: repr,
      tp_str: str,
      tp_richcompare: compare,
      tp_iter: (self) => newBytesIterator(bytearrayIteratorType, self),
      nb_remainder: (lhs, rhs) =>
        isInstanceOf(lhs, bytearrayType)
          ? newBytearray(percentBytes(bytesOf(lhs)!, rhs))
          : (NotImplemented as Owned<Value>),
      sq_length: (self) => self.data.length,
      sq_concat: (self, other) => newBytearray(bytesConcat(view(self), concatOperand(other, self))),
      sq_repeat: (self, count) => newBytearray(bytesRepeat(view(self), count)),
      sq_item: item,
      sq_ass_item: setItem,
      sq_contains: bytesContain,
      sq_inplace_concat: concatInPlace,
      sq_inplace_repeat: repeatInPlace,
      mp_length: (self) => self.data.length,
      mp_subscript: subscript,
      mp_ass_subscript: setSubscript,
      bf_getbuffer: (self, flags) => {
        const { data } = self
        data.exports++
        return exportBytes(self, view(self), false, flags, () => {
          data.exports--
        })
      },
    },
    methods: {
      ...bytesMethods(newBytearray),
      'append(item, /)': ({ data }, value) => append(data, toByte(value)),
      'clear()': ({ data }) => resize(data, 0),
      'copy()': (self) => newBytearray(view(self).slice()),
      'extend(iterable_of_ints, /)': extend,
      'insert(index: ssize, item, /)': (self, index, value) => insert(self, index, toByte(value)),
      'pop(index: ssize = -1, /)': (self, index): Owned<Value> => pop(self, index),
      'remove(value, /)': remove,
      'reverse()': (self) => {
        view(self).reverse()
      },
      '__alloc__()': ({ data }): Owned<Value> => data.bytes.length,
      '__reduce__()': (self) => reduce(self, 2),
      '__reduce_ex__(proto: int = 0, /)': (self, protocol) => reduce(self, protocol),
      '__sizeof__()': ({ data, type }): Owned<Value> => type.data.basicsize + data.bytes.length,
    },
    rawMethods: rawBytesMethods('bytearray'),
    classMethods: {
      'fromhex(string: str, /)': (type, text) => fromHex(type, text, bytearrayType, newBytearray),
    },
    staticMethods: { 'maketrans(frm: bytes, to: bytes, /)': makeTrans },
  }))
  defineBytesIterator(bytearrayIteratorType)
}
