import { StrBuilder } from '../../base/str_builder.ts'
import { strCodePoints, strFromCodePoints } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned, WeakReferences } from '../../memory/header.ts'
import { track } from '../../memory/state.ts'
import { asStr } from '../../objects/access.ts'
import { toSsize, toSubscript } from '../../objects/arguments.ts'
import { lookupAttr } from '../../objects/attributes.ts'
import { bufferBytes, exportBuffer, hasBuffer } from '../../objects/buffer.ts'
import { getBuiltin } from '../../objects/builtin_lookup.ts'
import { defineType } from '../../objects/define.ts'
import {
  bufferError,
  indexError,
  memoryError,
  newException,
  runtimeError,
  typeError,
  valueError,
} from '../../objects/errors.ts'
import { PyExc_EOFError } from '../../objects/exception_types.ts'
import { newOf } from '../../objects/instance.ts'
import { iterSelf } from '../../objects/iterator_types.ts'
import { asList } from '../../objects/list.ts'
import { newBytes, newList, newStr, newTuple, none } from '../../objects/make.ts'
import {
  type KeywordNames,
  newObject,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_NE,
  type PyList,
  type PyObject,
  type PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_HAVE_GC,
  TPFLAGS_SEQUENCE,
  type Value,
} from '../../objects/object.ts'
import { callMethod, reprText, richCompareBool } from '../../objects/protocols.ts'
import { forEach } from '../../objects/sequence_protocol.ts'
import { adjustSlice, isIndex, isSlice, positionIndex, type SliceRange, unpackSlice } from '../../objects/slice.ts'
import { builtinType, isSubtype, NotImplemented, type TypeFor, typeOf } from '../../objects/types.ts'
import { type ArrayCode, arrayCodes } from './codes.ts'

/** The `data` of an array: memory that grows in steps, of which `length` items are in use. */
export class ArrayData {
  code: ArrayCode
  bytes: Uint8Array
  view: DataView
  length = 0
  /** Views that are out: the memory must stay where it is. */
  exports = 0
  weakrefs: WeakReferences | null = null

  constructor(code: ArrayCode, bytes: Uint8Array = new Uint8Array(0)) {
    this.code = code
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.length = bytes.length / code.size
  }

  /** The bytes in use. */
  used(): Uint8Array {
    return this.bytes.subarray(0, this.length * this.code.size)
  }

  get(index: number): Owned<Value> {
    return this.code.get(this.view, index * this.code.size)
  }

  /** Stores an item. Its conversion may run Python code that shortens the array. */
  put(index: number, value: Value): void {
    const number = this.code.convert(value)
    if (index < this.length) this.code.put(this.view, index * this.code.size, number as never)
  }

  /** Changes the number of items; new ones are zero. BufferError while views are out. */
  resize(length: number): void {
    if (this.exports > 0 && length !== this.length) {
      throw bufferError('cannot resize an array that is exporting buffers')
    }
    const size = length * this.code.size
    if (size > this.bytes.length) {
      if (size > 2 ** 32) throw memoryError()
      const bytes = new Uint8Array(Math.max(size, Math.min(this.bytes.length * 2, 2 ** 31)))
      bytes.set(this.bytes)
      this.bytes = bytes
      this.view = new DataView(bytes.buffer)
    } else if (length < this.length) this.bytes.fill(0, size, this.length * this.code.size)
    this.length = length
  }

  /** Takes `count` items out at `start` and puts the bytes of others in. */
  splice(start: number, count: number, replacement: Uint8Array): void {
    const { size } = this.code
    const before = this.length
    const tail = this.bytes.slice((start + count) * size, before * size)
    const added = replacement.length / size
    this.resize(before - count + added)
    this.bytes.set(replacement, start * size)
    this.bytes.set(tail, start * size + replacement.length)
  }
}

export type PyArray = PyObject<ArrayData>

export const arrayType: TypeFor<PyArray> = builtinType(
  'array.array',
  TPFLAGS_BASETYPE | TPFLAGS_HAVE_GC | TPFLAGS_SEQUENCE,
)

interface ArrayIteratorData {
  array: Owned<PyArray> | null
  index: number
}

const arrayIteratorType: TypeFor<PyObject<ArrayIteratorData>> = builtinType('array.arrayiterator', TPFLAGS_HAVE_GC)

const isArray = (value: Value): value is PyArray =>
  typeof value === 'object' && (value.type === arrayType || isSubtype(value.type, arrayType))

const newArray = (data: ArrayData): Owned<PyArray> => newOf(arrayType, data)

function codeOf(value: Value): ArrayCode {
  const text = asStr(value)
  const points = text === undefined ? [] : strCodePoints(text)
  if (points.length !== 1) {
    throw typeError(`array() argument 1 must be a unicode character, not ${typeOf(value).name}`)
  }
  const code = arrayCodes.get(String.fromCodePoint(points[0]!))
  if (code === undefined) {
    throw valueError('bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)')
  }
  return code
}

function newArrayOf(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const keywords = kwnames?.length ?? 0
  if (keywords > 0 && (type === arrayType || type.tp_init === arrayType.tp_init)) {
    throw typeError('array.array() takes no keyword arguments')
  }
  const count = args.length - keywords
  if (count < 1) throw typeError(`array() takes at least 1 argument (${count} given)`)
  if (count > 2) throw typeError(`array() takes at most 2 arguments (${count} given)`)
  const code = codeOf(args[0]!)
  const initial = count > 1 ? args[1]! : undefined
  const data = new ArrayData(code)
  if (initial !== undefined) {
    if (code.kind !== 'text') {
      if (asStr(initial) !== undefined) {
        throw typeError(`cannot use a str to initialize an array with typecode '${code.code}'`)
      }
      if (isArray(initial) && initial.data.code.kind === 'text') {
        throw typeError(`cannot use a unicode array to initialize an array with typecode '${code.code}'`)
      }
    }
    fill(data, initial)
  }
  return newOf(type, data)
}

/** Fills a new array from what its constructor was given. */
function fill(data: ArrayData, initial: Value): void {
  const text = asStr(initial)
  if (text !== undefined) appendText(data, strCodePoints(text))
  else if (isArray(initial) && initial.data.code === data.code) data.splice(0, 0, initial.data.used())
  else if (isBytesLike(initial)) appendBytes(data, bufferBytes(initial).slice())
  else extend(data, initial)
}

function isBytesLike(value: Value): boolean {
  const { name } = typeOf(value)
  return (
    hasBuffer(value) &&
    !isArray(value) &&
    (name === 'bytes' ||
      name === 'bytearray' ||
      typeOf(value).mro.some((t) => t.name === 'bytes' || t.name === 'bytearray'))
  )
}

function append(data: ArrayData, value: Value): void {
  const number = data.code.convert(value)
  const at = data.length
  data.resize(at + 1)
  data.code.put(data.view, at * data.code.size, number as never)
}

function appendText(data: ArrayData, points: readonly number[]): void {
  for (const point of points) {
    data.resize(data.length + 1)
    data.code.put(data.view, (data.length - 1) * data.code.size, point as never)
  }
}

function appendBytes(data: ArrayData, bytes: Uint8Array): void {
  if (bytes.length % data.code.size !== 0) throw valueError('bytes length not a multiple of item size')
  data.splice(data.length, 0, bytes)
}

function extend(data: ArrayData, iterable: Value): void {
  if (isArray(iterable)) {
    if (iterable.data.code !== data.code) {
      if (data.length === 0 && data.exports === 0) {
        const other = iterable.data
        for (let i = 0; i < other.length; i++) append(data, other.get(i))
        return
      }
      throw typeError('can only extend with array of same kind')
    }
    data.splice(data.length, 0, iterable.data.used().slice())
    return
  }
  forEach(iterable, (item) => append(data, item))
}

function extendSame(data: ArrayData, iterable: Value): void {
  if (isArray(iterable) && iterable.data.code !== data.code) throw typeError('can only extend with array of same kind')
  extend(data, iterable)
}

function subscript({ data }: PyArray, key: Value): Owned<Value> {
  if (isIndex(key)) {
    let at = toSubscript(key)
    if (at < 0) at += data.length
    if (at < 0 || at >= data.length) throw indexError('array index out of range')
    return data.get(at)
  }
  if (!isSlice(key)) throw typeError('array indices must be integers')
  const range = adjustSlice(unpackSlice(key), data.length)
  return newArray(new ArrayData(data.code, selected(data, range)))
}

/** A copy of the bytes that a slice selects. */
function selected(data: ArrayData, { start, step, count }: SliceRange): Uint8Array {
  const { size } = data.code
  if (step === 1) return data.bytes.slice(start * size, (start + count) * size)
  const bytes = new Uint8Array(count * size)
  for (let i = 0, at = start; i < count; i++, at += step) {
    bytes.set(data.bytes.subarray(at * size, (at + 1) * size), i * size)
  }
  return bytes
}

const NOTHING: Uint8Array = new Uint8Array(0)

function setSubscript({ data }: PyArray, key: Value, value: Value | undefined): void {
  if (isIndex(key)) {
    let at = toSubscript(key)
    if (at < 0) at += data.length
    if (at < 0 || at >= data.length) throw indexError('array assignment index out of range')
    if (value === undefined) data.splice(at, 1, NOTHING)
    else data.put(at, value)
    return
  }
  if (!isSlice(key)) throw typeError('array indices must be integers')
  const range = unpackSlice(key)
  let replacement: Uint8Array = NOTHING
  if (value !== undefined) {
    if (!isArray(value)) throw typeError(`can only assign array (not "${typeOf(value).name}") to array slice`)
    if (value.data.code !== data.code) throw typeError('bad argument type for built-in operation')
    replacement = value.data.used().slice()
  }
  assignSlice(data, adjustSlice(range, data.length), replacement, value === undefined)
}

function assignSlice(data: ArrayData, range: SliceRange, replacement: Uint8Array, isDelete: boolean): void {
  const { step, count } = range
  const { size } = data.code
  if (step === 1) {
    data.splice(range.start, count, replacement)
    return
  }
  if (isDelete) {
    const gone = new Set<number>()
    for (let i = 0, at = range.start; i < count; i++, at += step) gone.add(at)
    if (count === 0) return
    const kept: number[] = []
    for (let i = 0; i < data.length; i++) if (!gone.has(i)) kept.push(i)
    const bytes = new Uint8Array(kept.length * size)
    kept.forEach((from, i) => {
      bytes.set(data.bytes.subarray(from * size, (from + 1) * size), i * size)
    })
    data.splice(0, data.length, bytes)
    return
  }
  const given = replacement.length / size
  if (given !== count) {
    throw valueError(`attempt to assign array of size ${given} to extended slice of size ${count}`)
  }
  for (let i = 0, at = range.start; i < count; i++, at += step) {
    data.bytes.set(replacement.subarray(i * size, (i + 1) * size), at * size)
  }
}

function concat({ data }: PyArray, other: Value): Owned<Value> {
  if (!isArray(other)) throw typeError(`can only append array (not "${typeOf(other).name}") to array`)
  if (other.data.code !== data.code) throw typeError('bad argument type for built-in operation')
  const result = new ArrayData(data.code, data.used().slice())
  result.splice(result.length, 0, other.data.used())
  return newArray(result)
}

function repeated(data: ArrayData, count: number): Uint8Array {
  const used = data.used()
  const times = Math.max(0, count)
  if (used.length * times > 2 ** 32) throw memoryError()
  const bytes = new Uint8Array(used.length * times)
  for (let i = 0; i < times; i++) bytes.set(used, i * used.length)
  return bytes
}

function compare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if (!isArray(lhs) || !isArray(rhs)) return NotImplemented as Owned<Value>
  const a = lhs.data
  const b = rhs.data
  if (a.length !== b.length && (op === Py_EQ || op === Py_NE)) return op === Py_NE
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.get(i)
    const y = b.get(i)
    try {
      if (richCompareBool(x, y, Py_EQ)) continue
      if (op === Py_EQ) return false
      if (op === Py_NE) return true
      return richCompareBool(x, y, op)
    } finally {
      drop(x)
      drop(y)
    }
  }
  switch (op) {
    case Py_LT:
      return a.length < b.length
    case Py_LE:
      return a.length <= b.length
    case Py_EQ:
      return a.length === b.length
    case Py_NE:
      return a.length !== b.length
    case Py_GT:
      return a.length > b.length
    case Py_GE:
      return a.length >= b.length
    default:
      return NotImplemented as Owned<Value>
  }
}

/** The position of an item that equals `value`, or -1. */
function find({ data }: PyArray, value: Value, start: number, stop: number): number {
  for (let i = start; i < stop && i < data.length; i++) {
    const item = data.get(i)
    try {
      if (richCompareBool(item, value, Py_EQ)) return i
    } finally {
      drop(item)
    }
  }
  return -1
}

function indexOf(self: PyArray, value: Value, start: Value, stop: Value): number {
  const { length } = self.data
  let from = positionIndex(start)
  let to = positionIndex(stop)
  if (from < 0) from = Math.max(0, from + length)
  if (to < 0) to = Math.max(0, to + length)
  const at = find(self, value, from, to)
  if (at < 0) throw valueError('array.index(x): x not in array')
  return at
}

function reprOf(self: PyArray): Owned<Value> {
  const { data } = self
  const name = self.type.name.slice(self.type.name.lastIndexOf('.') + 1)
  if (data.length === 0) return `${name}('${data.code.code}')`
  const out = new StrBuilder()
  out.addText(`${name}('${data.code.code}', `)
  const items = data.code.kind === 'text' ? newStr(textOf(data)) : newList(toItems(data))
  try {
    out.addStr(reprText(items))
  } finally {
    drop(items)
  }
  out.addText(')')
  return newStr(out.finish())
}

function toItems(data: ArrayData): Owned<Value>[] {
  const items: Owned<Value>[] = []
  for (let i = 0; i < data.length; i++) items.push(data.get(i))
  return items
}

function textOf(data: ArrayData) {
  const points: number[] = []
  for (let i = 0; i < data.length; i++) {
    const point = data.view.getUint32(i * 4, true)
    if (point > 0x10ffff) throw valueError(`character U+${point.toString(16)} is not in range [U+0000; U+10ffff]`)
    points.push(point)
  }
  return strFromCodePoints(points)
}

function byteswap(data: ArrayData): void {
  const { size } = data.code
  const bytes = data.used()
  for (let i = 0; i < bytes.length; i += size) bytes.subarray(i, i + size).reverse()
}

function reduce(self: PyArray, protocol: Value): Owned<Value> {
  const { data } = self
  const dict = lookupAttr(self, '__dict__') ?? none()
  if (toSsize(protocol) < 3) {
    const items = newList(toItems(data))
    return newTuple([keep<Value>(self.type), newTuple([data.code.code, items]), dict])
  }
  const bytes = newBytes(data.used().slice())
  const args = newTuple([keep<Value>(self.type), data.code.code, data.code.format, bytes])
  return newTuple([keep(reconstructor.fn!), args, dict])
}

/** `_array_reconstructor`, once the module is made. */
export const reconstructor: { fn: Value | null } = { fn: null }

/** Bytes that are read or written at once. */
const BLOCK = 65536

function toFile(data: ArrayData, file: Value): void {
  const bytes = data.used()
  for (let at = 0; at < bytes.length; at += BLOCK) {
    const block = newBytes(bytes.slice(at, at + BLOCK))
    try {
      drop(callMethod(file, 'write', [block]))
    } finally {
      drop(block)
    }
  }
}

function fromFile(data: ArrayData, file: Value, count: number): void {
  if (count < 0) throw valueError('negative count')
  const block = callMethod(file, 'read', [count * data.code.size])
  try {
    if (typeOf(block).name !== 'bytes') throw typeError("read() didn't return bytes")
    const bytes = bufferBytes(block).slice()
    appendBytes(data, bytes)
    if (bytes.length < count * data.code.size) {
      throw newException(PyExc_EOFError, ["read() didn't return enough bytes"])
    }
  } finally {
    drop(block)
  }
}

function fromList(data: ArrayData, list: Value): void {
  const items = asList(list) as PyList | undefined
  if (items === undefined) throw typeError('arg must be list')
  const before = data.length
  const { length } = items.data
  data.resize(before + length)
  try {
    for (let i = 0; i < length; i++) {
      data.put(before + i, items.data[i]!)
      if (items.data.length !== length) throw runtimeError('list changed size during iteration')
    }
  } catch (error) {
    data.resize(before)
    throw error
  }
}

const arrayMethods = {
  'append(v, /)': (self: PyArray, v: Value) => append(self.data, v),
  'buffer_info()': ({ data }: PyArray): Owned<Value> => newTuple([0x7f0000000000, data.length]),
  'byteswap()': ({ data }: PyArray) => {
    byteswap(data)
  },
  '__copy__()': ({ data }: PyArray): Owned<Value> => newArray(new ArrayData(data.code, data.used().slice())),
  'count(v, /)': (self: PyArray, v: Value) => {
    let count = 0
    for (let at = find(self, v, 0, Infinity); at >= 0; at = find(self, v, at + 1, Infinity)) count++
    return count
  },
  '__deepcopy__(unused, /)': ({ data }: PyArray): Owned<Value> =>
    newArray(new ArrayData(data.code, data.used().slice())),
  'extend(bb, /)': (self: PyArray, iterable: Value) => extendSame(self.data, iterable),
  'fromfile(f, n: ssize, /)': (self: PyArray, f: Value, n: number) => fromFile(self.data, f, n),
  'fromlist(list, /)': (self: PyArray, list: Value) => fromList(self.data, list),
  'frombytes(buffer: bytes, /)': (self: PyArray, bytes: Uint8Array) => appendBytes(self.data, bytes.slice()),
  'fromunicode(ustr, /)': ({ data }: PyArray, ustr: Value) => {
    const text = asStr(ustr)
    if (text === undefined) throw typeError(`fromunicode() argument must be str, not ${typeOf(ustr).name}`)
    if (data.code.kind !== 'text') throw valueError('fromunicode() may only be called on unicode type arrays')
    appendText(data, strCodePoints(text))
  },
  'index(v, start = 0, stop = sys.maxsize, /)': indexOf,
  'insert(i: ssize, v, /)': ({ data }: PyArray, i: number, v: Value) => {
    const number = data.code.convert(v)
    const at = i < 0 ? Math.max(0, i + data.length) : Math.min(i, data.length)
    data.splice(at, 0, new Uint8Array(data.code.size))
    data.code.put(data.view, at * data.code.size, number as never)
  },
  'pop(i: ssize = -1, /)': ({ data }: PyArray, i: number): Owned<Value> => {
    if (data.length === 0) throw indexError('pop from empty array')
    const at = i < 0 ? i + data.length : i
    if (at < 0 || at >= data.length) throw indexError('pop index out of range')
    const item = data.get(at)
    data.splice(at, 1, NOTHING)
    return item
  },
  '__reduce_ex__(value, /)': reduce,
  'remove(v, /)': (self: PyArray, v: Value) => {
    const at = find(self, v, 0, Infinity)
    if (at < 0) throw valueError('array.remove(x): x not in array')
    self.data.splice(at, 1, NOTHING)
  },
  'reverse()': ({ data }: PyArray) => {
    data.used().reverse()
    byteswap(data)
  },
  'tofile(f, /)': (self: PyArray, f: Value) => toFile(self.data, f),
  'tolist()': (self: PyArray): Owned<Value> => newList(toItems(self.data)),
  'tobytes()': (self: PyArray): Owned<Value> => newBytes(self.data.used().slice()),
  'tounicode()': ({ data }: PyArray): Owned<Value> => {
    if (data.code.kind !== 'text') throw valueError('tounicode() may only be called on unicode type arrays')
    return newStr(textOf(data))
  },
  '__sizeof__()': ({ data }: PyArray): Owned<Value> => 64 + data.bytes.length,
}

function defineArrayIterator(): void {
  defineType(arrayIteratorType, () => ({
    slots: {
      tp_iter: iterSelf,
      tp_iternext: ({ data }) => {
        const { array } = data
        if (array === null) return undefined
        if (data.index < array.data.length) return array.data.get(data.index++)
        data.array = null
        drop(array)
        return undefined
      },
      tp_dealloc: ({ data }) => drop(data.array),
      tp_traverse: ({ data }, visit) => {
        if (data.array !== null) visit(data.array)
      },
    },
    methods: {
      '__reduce__()': ({ data }) => {
        const iter = getBuiltin('iter')
        if (data.array === null) return newTuple([iter, newTuple([newTuple([])])])
        return newTuple([iter, newTuple([keep<Value>(data.array)]), data.index])
      },
      '__setstate__(state, /)': ({ data }, state) => {
        const index = toSsize(state)
        if (data.array !== null) data.index = Math.min(Math.max(index, 0), data.array.data.length)
      },
    },
  }))
}

/** Defines `array` and its iterator. */
export function defineArrayTypes(): void {
  defineType(arrayType, () => ({
    slots: {
      tp_new: newArrayOf,
      tp_repr: reprOf,
      tp_richcompare: compare,
      tp_iter: (self) => {
        const iterator = newObject<ArrayIteratorData>(arrayIteratorType, { array: keep(self), index: 0 })
        track(iterator)
        return iterator
      },
      tp_weakrefs: ({ data }) => data,
      sq_length: ({ data }) => data.length,
      mp_length: ({ data }) => data.length,
      sq_concat: concat,
      sq_repeat: ({ data }, count) => newArray(new ArrayData(data.code, repeated(data, count))),
      sq_item: ({ data }, at) => {
        if (at < 0 || at >= data.length) throw indexError('array index out of range')
        return data.get(at)
      },
      sq_ass_item: ({ data }, at, value) => {
        if (at < 0 || at >= data.length) throw indexError('array assignment index out of range')
        if (value === undefined) data.splice(at, 1, NOTHING)
        else data.put(at, value)
      },
      sq_contains: (self, value) => find(self, value, 0, Infinity) >= 0,
      sq_inplace_concat: (self, other) => {
        if (!isArray(other)) throw typeError(`can only extend array with array (not "${typeOf(other).name}")`)
        extendSame(self.data, other)
        return keep<Value>(self)
      },
      sq_inplace_repeat: (self, count) => {
        const { data } = self
        data.splice(0, data.length, repeated(data, count))
        return keep<Value>(self)
      },
      mp_subscript: subscript,
      mp_ass_subscript: setSubscript,
      bf_getbuffer: (self, _flags) => {
        const { data } = self
        const { size } = data.code
        data.exports++
        const layout = {
          bytes: data.used(),
          offset: 0,
          readonly: false,
          itemsize: size,
          format: data.code.kind === 'text' ? 'w' : data.code.code,
          shape: [data.length],
          strides: [size],
        }
        return exportBuffer(self, layout, () => {
          data.exports--
        })
      },
    },
    methods: arrayMethods,
    getset: {
      typecode: ({ data }) => data.code.code,
      itemsize: ({ data }) => data.code.size,
    },
  }))
  defineArrayIterator()
}
