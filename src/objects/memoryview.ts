import { PyError } from '../base/errors.ts'
import { strToUtf16 } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned, WeakReferences } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { asInt, asStr } from './access.ts'
import { toSubscript } from './arguments.ts'
import {
  type BufferLayout,
  exportBuffer,
  getBuffer,
  hasBuffer,
  PyBUF_ANY_CONTIGUOUS,
  PyBUF_C_CONTIGUOUS,
  PyBUF_F_CONTIGUOUS,
  PyBUF_FORMAT,
  PyBUF_FULL_RO,
  PyBUF_ND,
  PyBUF_STRIDES,
  PyBUF_WRITABLE,
} from './buffer.ts'
import { hexSeparator } from './bytes_methods.ts'
import { defineType, tpNew } from './define.ts'
import { bufferError, indexError, isException, newException, overflowError, typeError, valueError } from './errors.ts'
import { PyExc_Exception, PyExc_NotImplementedError } from './exception_types.ts'
import { hashBytes } from './hash_string.ts'
import { newBytes, newList, newTuple, none } from './make.ts'
import * as layouts from './memory_layout.ts'
import { parseFormat } from './number/struct_format.ts'
import { unpackFrom } from './number/struct_pack.ts'
import {
  newObject,
  Py_EQ,
  Py_NE,
  type PyBuffer,
  type PyObject,
  type PyTuple,
  TPFLAGS_HAVE_GC,
  TPFLAGS_LIST_SUBCLASS,
  TPFLAGS_TUPLE_SUBCLASS,
  type Value,
} from './object.ts'
import { address } from './object_object.ts'
import { hash, richCompareBool } from './protocols.ts'
import { adjustSlice, isIndex, isSlice, type PySlice, unpackSlice } from './slice.ts'
import { bytesHex } from './text/bytes_hex.ts'
import { builtinType, Ellipsis, None, NotImplemented, memoryviewType as shell, type TypeFor, typeOf } from './types.ts'

/** The one view that all memoryviews of an object share, however they cut it. */
interface ManagedData {
  readonly view: PyBuffer
  /** Memoryviews that use it. */
  users: number
  released: boolean
}

type Managed = PyObject<ManagedData>

const managedType = builtinType<Managed>('managedbuffer', TPFLAGS_HAVE_GC)

/** The `data` of a memoryview. */
interface MemoryData {
  readonly managed: Owned<Managed>
  layout: BufferLayout
  released: boolean
  /** Views of this memoryview that others hold. */
  exports: number
  hash: number | bigint | null
  weakrefs: WeakReferences | null
}

type PyMemoryView = PyObject<MemoryData>

const memoryviewType = shell as unknown as TypeFor<PyMemoryView>

function isMemoryView(value: Value): value is PyMemoryView {
  return typeof value === 'object' && value.type === memoryviewType
}

function newView(managed: Managed, layout: BufferLayout): Owned<PyMemoryView> {
  managed.data.users++
  const data: MemoryData = { managed: keep(managed), layout, released: false, exports: 0, hash: null, weakrefs: null }
  const view = newObject(memoryviewType, data)
  track(view)
  return view
}

/** `memoryview(object)`. */
function newMemoryView(value: Value): Owned<PyMemoryView> {
  if (isMemoryView(value)) return newView(value.data.managed, use(value))
  if (!hasBuffer(value)) {
    throw typeError(`memoryview: a bytes-like object is required, not '${typeOf(value).name}'`)
  }
  const view = getBuffer(value, PyBUF_FULL_RO)
  const managed = newObject(managedType, { view, users: 0, released: false })
  track(managed)
  try {
    const { bytes, offset, readonly, itemsize, format, shape, strides } = view
    return newView(managed, { bytes, offset, readonly, itemsize, format: format ?? 'B', shape, strides })
  } finally {
    drop(managed)
  }
}

/** The layout of a memoryview; ValueError once it is released. */
function use({ data }: PyMemoryView): BufferLayout {
  if (data.released || data.managed.data.released) {
    throw valueError('operation forbidden on released memoryview object')
  }
  return data.layout
}

function releaseManaged({ data }: Managed): void {
  if (data.released) return
  data.released = true
  data.view.release()
}

/** Gives the memory up; BufferError while others hold views of it. */
function release({ data }: PyMemoryView): void {
  if (data.released) return
  if (data.exports > 0) {
    throw bufferError(`memoryview has ${data.exports} exported buffer${data.exports === 1 ? '' : 's'}`)
  }
  data.released = true
  if (--data.managed.data.users === 0) releaseManaged(data.managed)
}

const zeroDimensional = () => typeError('invalid indexing of 0-dim memory')
const notImplemented = (what: string) => newException(PyExc_NotImplementedError, [`${what} not implemented`])

/** The place of an item in one dimension. */
function along(layout: BufferLayout, dimension: number, index: number): number {
  const count = layout.shape[dimension]!
  const at = index < 0 ? index + count : index
  if (at < 0 || at >= count) throw indexError(`index out of bounds on dimension ${dimension + 1}`)
  return at * layout.strides[dimension]!
}

function placeOfTuple(self: PyMemoryView, key: PyTuple): number {
  const layout = use(self)
  const { length } = key.data
  if (length > layout.shape.length) {
    throw typeError(`cannot index ${layout.shape.length}-dimension view with ${length}-element tuple`)
  }
  let at = layout.offset
  for (let i = 0; i < length; i++) at += along(layout, i, toSubscript(key.data[i]!))
  use(self)
  return at
}

function item(self: PyMemoryView, index: number): Owned<Value> {
  const layout = use(self)
  const code = layouts.itemOf(layout)
  if (layout.shape.length === 0) throw zeroDimensional()
  if (layout.shape.length > 1) throw notImplemented('multi-dimensional sub-views are')
  return layouts.readItem(code, layout.bytes, layout.offset + along(layout, 0, index))
}

function isTuple(key: Value): key is PyTuple {
  return typeof key === 'object' && (key.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0
}

const isTupleOf = (key: Value, test: (value: Value) => boolean) => isTuple(key) && key.data.every(test)

/** The layout that a slice cuts out of the first dimension. */
function sliced(layout: BufferLayout, key: PySlice): BufferLayout {
  const { start, step, count } = adjustSlice(unpackSlice(key), layout.shape[0]!)
  const shape = [...layout.shape]
  const strides = [...layout.strides]
  shape[0] = count
  strides[0] = layout.strides[0]! * step
  return { ...layout, offset: layout.offset + start * layout.strides[0]!, shape, strides }
}

/** The new view holds the memory while `__index__` of the slice's parts runs, which may release the old one. */
function slice(self: PyMemoryView, layout: BufferLayout, key: PySlice): Owned<Value> {
  const view = newView(self.data.managed, layout)
  try {
    view.data.layout = sliced(layout, key)
  } catch (error) {
    drop(view)
    throw error
  }
  return view
}

function subscript(self: PyMemoryView, key: Value): Owned<Value> {
  const layout = use(self)
  if (layout.shape.length === 0) {
    if (isTuple(key) && key.data.length === 0) {
      return layouts.readItem(layouts.itemOf(layout), layout.bytes, layout.offset)
    }
    if (key === Ellipsis) return keep<Value>(self)
    throw zeroDimensional()
  }
  if (isIndex(key)) return item(self, toSubscript(key))
  if (isSlice(key)) return slice(self, layout, key)
  if (isTupleOf(key, isIndex)) {
    const code = layouts.itemOf(layout)
    if ((key as PyTuple).data.length < layout.shape.length) throw notImplemented('sub-views are')
    return layouts.readItem(code, layout.bytes, placeOfTuple(self, key as PyTuple))
  }
  if (isTupleOf(key, isSlice)) throw notImplemented('multi-dimensional slicing is')
  throw typeError('memoryview: invalid slice key')
}

/** Writes a value at a place; the conversion may release the memoryview. */
function store(self: PyMemoryView, at: number, value: Value): void {
  const write = layouts.itemWriter(layouts.itemOf(self.data.layout), value)
  write(use(self).bytes, at)
}

function setSubscript(self: PyMemoryView, key: Value, value: Value | undefined): void {
  const layout = use(self)
  layouts.itemOf(layout)
  if (layout.readonly) throw typeError('cannot modify read-only memory')
  if (value === undefined) throw typeError('cannot delete memory')
  const dimensions = layout.shape.length
  if (dimensions === 0) {
    if (key !== Ellipsis && !(isTuple(key) && key.data.length === 0)) throw zeroDimensional()
    store(self, layout.offset, value)
    return
  }
  if (isIndex(key)) {
    if (dimensions > 1) throw notImplemented('sub-views are')
    store(self, layout.offset + along(layout, 0, toSubscript(key)), value)
    return
  }
  if (isSlice(key) && dimensions === 1) {
    setSlice(self, key, value)
    return
  }
  if (isTupleOf(key, isIndex)) {
    if ((key as PyTuple).data.length < dimensions) throw notImplemented('sub-views are')
    store(self, placeOfTuple(self, key as PyTuple), value)
    return
  }
  if (isSlice(key) || isTupleOf(key, isSlice)) {
    throw newException(PyExc_NotImplementedError, ['memoryview slice assignments are currently restricted to ndim = 1'])
  }
  throw typeError('memoryview: invalid slice key')
}

function setSlice(self: PyMemoryView, key: PySlice, value: Value): void {
  const source = getBuffer(value, PyBUF_FULL_RO)
  try {
    const target = sliced(use(self), key)
    use(self)
    layouts.copyItems(target, source)
  } finally {
    source.release()
  }
}

function toList(self: PyMemoryView): Owned<Value> {
  const layout = use(self)
  const code = layouts.itemOf(layout)
  const { shape, strides, bytes } = layout
  const build = (dimension: number, from: number): Owned<Value> => {
    if (dimension === shape.length) return layouts.readItem(code, bytes, from)
    const items: Owned<Value>[] = []
    for (let i = 0; i < shape[dimension]!; i++) items.push(build(dimension + 1, from + i * strides[dimension]!))
    return newList(items)
  }
  return build(0, layout.offset)
}

/** The values of all items, by any format of `struct`; `null` for a format that is none. */
function structValues(layout: BufferLayout): Owned<Value>[] | null {
  try {
    const format = parseFormat(layouts.formatOf(layout))
    const values: Owned<Value>[] = []
    layouts.forEachItem(layout, (at) => {
      const parts = unpackFrom(format, layout.bytes.subarray(at, at + layout.itemsize), 0, layouts.valueMaker)
      values.push(parts.length === 1 ? parts[0]! : newTuple(parts))
    })
    return values
  } catch (error) {
    if (error instanceof PyError) return null
    throw error
  }
}

function sameItems(a: BufferLayout, b: BufferLayout): boolean {
  if (!layouts.sameShape(a, b)) return false
  const [left, right] = [layouts.nativeItem(layouts.formatOf(a)), layouts.nativeItem(layouts.formatOf(b))]
  if (left !== undefined && left === right && left.kind !== 'float') {
    const [x, y] = [layouts.toBytes(a, 'C'), layouts.toBytes(b, 'C')]
    return x.every((byte, i) => byte === y[i])
  }
  const ours = structValues(a)
  const theirs = structValues(b)
  try {
    if (ours === null || theirs === null) return false
    return ours.every((value, i) => richCompareBool(value, theirs[i]!, Py_EQ))
  } finally {
    for (const value of [...(ours ?? []), ...(theirs ?? [])]) drop(value)
  }
}

function isReleased({ data }: PyMemoryView): boolean {
  return data.released || data.managed.data.released
}

/** The view of the other side of a comparison; `null` where it has none. */
function otherView(value: Value): PyBuffer | null {
  if (!hasBuffer(value)) return null
  try {
    return getBuffer(value, PyBUF_FULL_RO)
  } catch (error) {
    if (!isException(error, PyExc_Exception)) throw error
    drop(error)
    return null
  }
}

function compare(self: PyMemoryView, other: Value, op: number): Owned<Value> {
  if (op !== Py_EQ && op !== Py_NE) return NotImplemented as Owned<Value>
  if (isReleased(self) || (isMemoryView(other) && isReleased(other))) return (self === other) === (op === Py_EQ)
  const view = otherView(other)
  if (view === null) return NotImplemented as Owned<Value>
  try {
    return sameItems(self.data.layout, view) === (op === Py_EQ)
  } finally {
    view.release()
  }
}

const isByteFormat = (format: string) => 'bBc'.includes(layouts.nativeItem(format)?.code ?? '?')

function hashView(self: PyMemoryView): number | bigint {
  const { data } = self
  if (data.hash !== null) return data.hash
  const layout = use(self)
  if (!layout.readonly) throw valueError('cannot hash writable memoryview object')
  if (!isByteFormat(layouts.formatOf(layout))) {
    throw valueError("memoryview: hashing is restricted to formats 'B', 'b' or 'c'")
  }
  hash(data.managed.data.view.owner!)
  data.hash = hashBytes(layouts.toBytes(layout, 'C'))
  return data.hash
}

/** Dimensions that a view may have. */
const MAX_DIMENSIONS = 64

function castShape(shape: Value): number[] {
  const isSequence =
    typeof shape === 'object' && (shape.type.flags & (TPFLAGS_LIST_SUBCLASS | TPFLAGS_TUPLE_SUBCLASS)) !== 0
  if (!isSequence) throw typeError('shape must be a list or a tuple')
  const items = (shape as PyTuple).data
  if (items.length > MAX_DIMENSIONS) {
    throw valueError(`memoryview: number of dimensions must not exceed ${MAX_DIMENSIONS}`)
  }
  return items as unknown as number[]
}

function checkedShape(given: readonly unknown[], itemsize: number): number[] {
  let length = BigInt(itemsize)
  return given.map((each) => {
    const count = asInt(each as Value)
    if (count === undefined) throw typeError('memoryview.cast(): elements of shape must be integers')
    if (count >= 2n ** 63n) throw overflowError('Python int too large to convert to C ssize_t')
    if (count <= 0) throw valueError('memoryview.cast(): elements of shape must be integers > 0')
    length *= BigInt(count)
    if (length >= 2n ** 63n) throw valueError('memoryview.cast(): product(shape) > SSIZE_MAX')
    return Number(count)
  })
}

function cast(self: PyMemoryView, format: string, shape: Value | undefined): Owned<Value> {
  const layout = use(self)
  if (!layouts.isCContiguous(layout)) throw typeError('memoryview: casts are restricted to C-contiguous views')
  const dimensions = layout.shape.length
  if ((shape !== undefined || dimensions !== 1) && layout.shape.includes(0)) {
    throw typeError('memoryview: cannot cast view with zeros in shape or strides')
  }
  const given = shape === undefined ? null : castShape(shape)
  if (given !== null && dimensions !== 1 && given.length !== 1) {
    throw typeError('memoryview: cast must be 1D -> ND or ND -> 1D')
  }
  const code = layouts.nativeItem(format)
  if (code === undefined) {
    const wanted = "a native single character format prefixed with an optional '@'"
    throw valueError(`memoryview: destination format must be ${wanted}`)
  }
  if (!isByteFormat(layouts.formatOf(layout)) && !isByteFormat(format)) {
    throw typeError('memoryview: cannot cast between two non-byte formats')
  }
  const length = layouts.byteLength(layout)
  if (length % code.size !== 0) throw typeError('memoryview: length is not a multiple of itemsize')
  const itemsize = code.size
  const counts = given === null ? [length / itemsize] : checkedShape(given, itemsize)
  const made = { ...layout, format, itemsize, shape: counts, strides: layouts.contiguousStrides(counts, itemsize) }
  if (layouts.byteLength(made) !== length) {
    throw typeError('memoryview: product(shape) * itemsize != buffer size')
  }
  return newView(self.data.managed, made)
}

function toBytes(self: PyMemoryView, order: Value): Owned<Value> {
  const wanted = order === None ? 'C' : asStr(order)
  if (wanted === undefined) {
    throw typeError(`tobytes() argument 'order' must be str or None, not ${typeOf(order).name}`)
  }
  const layout = use(self)
  if (wanted !== 'C' && wanted !== 'F' && wanted !== 'A') throw valueError("order must be 'C', 'F' or 'A'")
  return newBytes(layouts.toBytes(layout, wanted))
}

const has = (flags: number, wanted: number) => (flags & wanted) === wanted

/** A view of the memoryview's memory, with what `flags` ask for. */
function exportView(self: PyMemoryView, flags: number): PyBuffer {
  const layout = use(self)
  if ((flags & PyBUF_WRITABLE) !== 0 && layout.readonly) {
    throw bufferError('memoryview: underlying buffer is not writable')
  }
  const [isC, isF] = [layouts.isCContiguous(layout), layouts.isFContiguous(layout)]
  if (has(flags, PyBUF_C_CONTIGUOUS) && !isC) throw notContiguous('C-contiguous')
  if (has(flags, PyBUF_F_CONTIGUOUS) && !isF) throw notContiguous('Fortran contiguous')
  if (has(flags, PyBUF_ANY_CONTIGUOUS) && !isC && !isF) throw notContiguous('contiguous')
  if (!has(flags, PyBUF_STRIDES) && !isC) throw notContiguous('C-contiguous')
  const hasFormat = (flags & PyBUF_FORMAT) !== 0
  if (!has(flags, PyBUF_ND) && hasFormat) {
    throw bufferError('memoryview: cannot cast to unsigned bytes if the format flag is present')
  }
  const { data } = self
  data.exports++
  const format = hasFormat ? layout.format : null
  const length = layouts.byteLength(layout)
  const isFlat = !has(flags, PyBUF_ND)
  // Who did not ask for strides reads the bytes as they are.
  const bytes = isC ? layout.bytes.subarray(layout.offset, layout.offset + length) : layout.bytes
  const made = {
    ...layout,
    bytes,
    offset: isC ? 0 : layout.offset,
    format,
    shape: isFlat ? [length] : layout.shape,
    strides: isFlat ? [1] : layout.strides,
    itemsize: isFlat ? 1 : layout.itemsize,
  }
  return exportBuffer(self, made, () => {
    data.exports--
  })
}

const notContiguous = (what: string) => bufferError(`memoryview: underlying buffer is not ${what}`)

/** The iterator over a memoryview of one dimension. */
interface MemoryIteratorData {
  view: Owned<PyMemoryView> | null
  index: number
  readonly length: number
}

type MemoryIterator = PyObject<MemoryIteratorData>

const memoryIteratorType = builtinType<MemoryIterator>('memory_iterator', TPFLAGS_HAVE_GC)

function iterate(self: PyMemoryView): Owned<Value> {
  const layout = use(self)
  if (layout.shape.length === 0) throw zeroDimensional()
  layouts.itemOf(layout)
  if (layout.shape.length > 1) throw notImplemented('multi-dimensional sub-views are')
  const data: MemoryIteratorData = { view: keep(self), index: 0, length: layout.shape[0]! }
  const iterator = newObject(memoryIteratorType, data)
  track(iterator)
  return iterator
}

function nextItem({ data }: MemoryIterator): Owned<Value> | undefined {
  const { view } = data
  if (view === null) return undefined
  if (data.index < data.length) return item(view, data.index++)
  data.view = null
  drop(view)
  return undefined
}

const intTuple = (numbers: readonly number[]): Owned<Value> => newTuple([...numbers])

function length(self: PyMemoryView): number {
  const { shape } = use(self)
  return shape.length === 0 ? 1 : shape[0]!
}

function defineHelpers(): void {
  defineType(managedType, () => ({
    slots: {
      tp_dealloc: releaseManaged,
      tp_traverse: ({ data }, visit) => {
        if (data.view.owner !== null) visit(data.view.owner)
      },
      tp_clear: releaseManaged,
    },
  }))
  defineType(memoryIteratorType, () => ({
    slots: {
      tp_iter: (self) => keep<Value>(self),
      tp_iternext: nextItem,
      tp_dealloc: ({ data }) => drop(data.view),
      tp_traverse: ({ data }, visit) => {
        if (data.view !== null) visit(data.view)
      },
    },
  }))
}

const attributes = {
  obj: ({ data }: PyMemoryView) => {
    const { owner } = data.managed.data.view
    return owner === null ? none() : keep<Value>(owner)
  },
  nbytes: ({ data }: PyMemoryView): Owned<Value> => layouts.byteLength(data.layout),
  readonly: ({ data }: PyMemoryView): Owned<Value> => data.layout.readonly,
  itemsize: ({ data }: PyMemoryView): Owned<Value> => data.layout.itemsize,
  format: ({ data }: PyMemoryView): Owned<Value> => layouts.formatOf(data.layout),
  ndim: ({ data }: PyMemoryView): Owned<Value> => data.layout.shape.length,
  shape: ({ data }: PyMemoryView) => intTuple(data.layout.shape),
  strides: ({ data }: PyMemoryView) => intTuple(data.layout.strides),
  suboffsets: () => newTuple([]) as Owned<Value>,
  c_contiguous: ({ data }: PyMemoryView): Owned<Value> => layouts.isCContiguous(data.layout),
  f_contiguous: ({ data }: PyMemoryView): Owned<Value> => layouts.isFContiguous(data.layout),
  contiguous: ({ data }: PyMemoryView): Owned<Value> =>
    layouts.isCContiguous(data.layout) || layouts.isFContiguous(data.layout),
}

/** The attributes, none of which can be read once the memoryview is released. */
function checkedAttributes(): Record<string, (self: PyMemoryView) => Owned<Value>> {
  const out: Record<string, (self: PyMemoryView) => Owned<Value>> = {}
  for (const [name, get] of Object.entries(attributes)) {
    out[name] = (self) => {
      use(self)
      return get(self)
    }
  }
  return out
}

/** Defines `memoryview` and what belongs to it. */
export function defineMemoryViewType(): void {
  defineHelpers()
  defineType(memoryviewType, () => ({
    slots: {
      tp_new: tpNew('memoryview(object)', (_type, object) => newMemoryView(object)),
      tp_repr: (self) => `<${self.data.released ? 'released ' : ''}memory at ${address(self)}>`,
      tp_hash: hashView,
      tp_richcompare: compare,
      tp_iter: iterate,
      tp_dealloc: (self) => {
        release(self)
        drop(self.data.managed)
      },
      tp_traverse: ({ data }, visit) => visit(data.managed),
      tp_weakrefs: ({ data }) => data,
      sq_length: length,
      sq_item: item,
      mp_length: length,
      mp_subscript: subscript,
      mp_ass_subscript: setSubscript,
      bf_getbuffer: exportView,
    },
    methods: {
      'release()': release,
      "tobytes(order = 'C')": toBytes,
      'hex(sep = NULL, bytes_per_sep: int = 1)': (self, sep, size) => {
        const bytes = layouts.toBytes(use(self), 'C')
        return bytesHex(bytes, hexSeparator(sep), size)
      },
      'tolist()': toList,
      'cast(format: str, shape = NULL)': (self, format, shape) => cast(self, strToUtf16(format), shape),
      'toreadonly()': (self) => newView(self.data.managed, { ...use(self), readonly: true }),
      '__enter__()': (self) => {
        use(self)
        return keep<Value>(self)
      },
      '__exit__(*args)': (self) => release(self),
    },
    getset: checkedAttributes(),
  }))
}
