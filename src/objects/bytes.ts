import { bytesRepr } from '../base/repr.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { asInt, asStr } from './access.ts'
import { toSubscript } from './arguments.ts'
import { exportBytes } from './buffer.ts'
import { getBuiltin } from './builtin_lookup.ts'
import { bytesFromObject, concatOperand, lengthArgument, specialBytes } from './bytes_build.ts'
import { bytesOf, bytesWarning, isBytes } from './bytes_like.ts'
import { bytesContain, bytesMethods, fromHex, makeTrans, rawBytesMethods } from './bytes_methods.ts'
import { percentBytes } from './bytes_percent.ts'
import { defineType, tpNew } from './define.ts'
import { indexError, overflowError, typeError } from './errors.ts'
import { PyExc_BytesWarning } from './exception_types.ts'
import { hashBytes } from './hash_string.ts'
import { newInstance } from './instance.ts'
import { newBytes, newTuple } from './make.ts'
import { newObject, Py_EQ, Py_NE, type PyObject, type PyType, TPFLAGS_HAVE_GC, type Value } from './object.ts'
import { isIndex, isSlice, sliceRange } from './slice.ts'
import { encodeText } from './str_codecs.ts'
import { bytesCompare, bytesConcat, bytesRepeat, bytesSliceStep, newBytes as zeroBytes } from './text/bytes_sequence.ts'
import { builtinType, bytesType, NotImplemented, type TypeFor, typeOf } from './types.ts'
import { warn } from './warn.ts'

type PyBytes = PyObject<Uint8Array>

/** `bytes` longer than this are an OverflowError: `PY_SSIZE_T_MAX` less the header. */
const SIZE_MAX = Number.MAX_SAFE_INTEGER

/** The bytes that `bytes(source, encoding, errors)` consists of; an exact bytes object passes as it is. */
function construct(source: Value | undefined, encoding: string | undefined, errors: string | undefined): Owned<Value> {
  if (source === undefined) {
    if (encoding !== undefined) throw typeError('encoding without a string argument')
    if (errors !== undefined) throw typeError('errors without a string argument')
    return newBytes(new Uint8Array())
  }
  const text = asStr(source)
  if (encoding !== undefined) {
    if (text === undefined) throw typeError('encoding without a string argument')
    return encodeText(text, encoding, errors ?? 'strict')
  }
  if (errors !== undefined) {
    throw typeError(text === undefined ? 'errors without a string argument' : 'string argument without an encoding')
  }
  if (typeof source === 'object' && source.type === bytesType) return keep<Value>(source)
  const special = specialBytes(source)
  if (special !== undefined) return special
  if (text !== undefined) throw typeError('string argument without an encoding')
  const length = lengthArgument(source)
  if (length !== undefined) {
    if (length >= SIZE_MAX) throw overflowError('byte string is too large')
    return newBytes(zeroBytes(length))
  }
  return newBytes(bytesFromObject(source))
}

function newBytesOf(
  type: PyType,
  source: Value | undefined,
  encoding: string | undefined,
  errors: string | undefined,
): Owned<Value> {
  const made = construct(source, encoding, errors)
  if (type === bytesType) return made
  const instance = newInstance(type, (made as PyBytes).data)
  drop(made)
  return instance
}

/** Warns under `-b` about comparing bytes with what they never equal. */
export function warnComparison(lhs: Value, rhs: Value, op: number, name: string): void {
  if (bytesWarning.level === 0 || (op !== Py_EQ && op !== Py_NE)) return
  if (asStr(lhs) !== undefined || asStr(rhs) !== undefined) {
    warn(PyExc_BytesWarning, `Comparison between ${name} and string`, 1)
  } else if (name === 'bytes' && (asInt(lhs) !== undefined || asInt(rhs) !== undefined)) {
    warn(PyExc_BytesWarning, 'Comparison between bytes and int', 1)
  }
}

/** What an order of two byte strings (below zero, zero, above) means for an operator. */
export function orderResult(order: number, op: number): boolean {
  switch (op) {
    case 0:
      return order < 0
    case 1:
      return order <= 0
    case 2:
      return order === 0
    case 3:
      return order !== 0
    case 4:
      return order > 0
    default:
      return order >= 0
  }
}

function compare(self: PyBytes, other: Value, op: number): Owned<Value> {
  if (!isBytes(other) || !isBytes(self)) {
    warnComparison(self, other, op, 'bytes')
    return NotImplemented as Owned<Value>
  }
  const [a, b] = [self.data, other.data]
  if ((op === Py_EQ || op === Py_NE) && a.length !== b.length) return op === Py_NE
  return orderResult(a === b ? 0 : bytesCompare(a, b), op)
}

function item(self: PyBytes, index: number): Owned<Value> {
  if (index < 0 || index >= self.data.length) throw indexError('index out of range')
  return self.data[index]!
}

function subscript(self: PyBytes, key: Value): Owned<Value> {
  const bytes = self.data
  if (isIndex(key)) {
    const index = toSubscript(key)
    return item(self, index < 0 ? index + bytes.length : index)
  }
  if (!isSlice(key)) throw typeError(`byte indices must be integers or slices, not ${typeOf(key).name}`)
  const { start, step, count } = sliceRange(key, bytes.length)
  if (count === bytes.length && step === 1 && self.type === bytesType) return keep<Value>(self)
  return newBytes(bytesSliceStep(bytes, start, step, count))
}

/** The bytes themselves where they are of the exact type, else a copy. */
function exact(self: PyBytes): Owned<Value> {
  return self.type === bytesType ? keep<Value>(self) : newBytes(self.data)
}

/** The text of a bytes object as `str` shows it, with the warning that `-b` asks for. */
function str(self: PyBytes): Owned<Value> {
  if (bytesWarning.level > 0) warn(PyExc_BytesWarning, 'str() on a bytes instance', 1)
  return bytesRepr(self.data)
}

/** The iterator over bytes or a bytearray; `owner` is `null` once it is exhausted. */
interface BytesIteratorData {
  owner: Owned<PyObject> | null
  index: number
}

type BytesIterator = PyObject<BytesIteratorData>

const bytesIteratorType = builtinType<BytesIterator>('bytes_iterator', TPFLAGS_HAVE_GC)

/** An iterator of this type over bytes or a bytearray. */
export function newBytesIterator(type: PyType, owner: PyObject): Owned<Value> {
  const iterator = newObject<BytesIteratorData>(type, { owner: keep(owner), index: 0 })
  track(iterator)
  return iterator
}

function nextByte({ data }: BytesIterator): Owned<Value> | undefined {
  const { owner } = data
  if (owner === null) return undefined
  const bytes = bytesOf(owner)!
  if (data.index < bytes.length) return bytes[data.index++]!
  data.owner = null
  drop(owner)
  return undefined
}

/** Defines an iterator over bytes or a bytearray. */
export function defineBytesIterator(type: TypeFor<BytesIterator>): void {
  defineType(type, () => ({
    slots: {
      tp_iter: (self) => keep<Value>(self),
      tp_iternext: nextByte,
      tp_dealloc: (self) => drop(self.data.owner),
      tp_traverse: ({ data }, visit) => {
        if (data.owner !== null) visit(data.owner)
      },
    },
    methods: {
      '__length_hint__()': ({ data }) =>
        data.owner === null ? 0 : Math.max(0, bytesOf(data.owner)!.length - data.index),
      '__reduce__()': ({ data }) => {
        const builtin = getBuiltin('iter')
        if (data.owner === null) return newTuple([builtin, newTuple([newTuple([])])])
        return newTuple([builtin, newTuple([keep<Value>(data.owner)]), data.index])
      },
      '__setstate__(state: ssize, /)': ({ data }, state) => {
        if (data.owner !== null) data.index = Math.min(Math.max(0, state), bytesOf(data.owner)!.length)
      },
    },
  }))
}

/** Defines `bytes` and its iterator. */
export function defineBytesType(): void {
  defineType(bytesType, () => ({
    slots: {
      tp_new: tpNew('bytes(source = NULL, encoding: text = NULL, errors: text = NULL)', newBytesOf),
      tp_repr: (self) => bytesRepr(self.data),
      tp_str: str,
      tp_hash: (self) => hashBytes(self.data),
      tp_richcompare: compare,
      tp_iter: (self) => newBytesIterator(bytesIteratorType, self),
      nb_remainder: (lhs, rhs) =>
        isBytes(lhs) ? newBytes(percentBytes(lhs.data, rhs)) : (NotImplemented as Owned<Value>),
      sq_length: (self) => self.data.length,
      sq_concat: (self, other) => newBytes(bytesConcat(concatOperand(self, self), concatOperand(other, self))),
      sq_repeat: (self, count) =>
        count === 1 && self.type === bytesType ? keep<Value>(self) : newBytes(bytesRepeat(self.data, count)),
      sq_item: item,
      sq_contains: bytesContain,
      mp_length: (self) => self.data.length,
      mp_subscript: subscript,
      bf_getbuffer: (self, flags) => exportBytes(self, self.data, true, flags),
    },
    methods: {
      ...bytesMethods(newBytes),
      '__bytes__()': exact,
      '__getnewargs__()': (self) => newTuple([newBytes(self.data)]),
      '__sizeof__()': (self): Owned<Value> => 33 + self.data.length,
    },
    rawMethods: rawBytesMethods('bytes'),
    classMethods: {
      'fromhex(string: str, /)': (type, text) => fromHex(type, text, bytesType, newBytes),
    },
    staticMethods: { 'maketrans(frm: bytes, to: bytes, /)': makeTrans },
  }))
  defineBytesIterator(bytesIteratorType)
}
