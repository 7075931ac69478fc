import { drop, dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { toSubscript } from './arguments.ts'
import { defineType } from './define.ts'
import { indexError, isException, memoryError, typeError, valueError } from './errors.ts'
import { PyExc_TypeError } from './exception_types.ts'
import { newInstance } from './instance.ts'
import { listIteratorType, listReverseIteratorType, newArrayIterator } from './iterators.ts'
import { allocatedItems, noteMadeAtOnce } from './list_size.ts'
import { newList } from './make.ts'
import {
  type KeywordNames,
  Py_EQ,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_NE,
  type PyList,
  type PyObject,
  type PyType,
  TPFLAGS_LIST_SUBCLASS,
  type Value,
} from './object.ts'
import { richCompare, richCompareBool, shown } from './protocols.ts'
import { reprContainer, writeItems } from './repr_items.ts'
import { appendAll, toArray } from './sequence_protocol.ts'
import { adjustSlice, isIndex, isSlice, positionIndex, type SliceRange, unpackSlice } from './slice.ts'
import { sortList } from './sort.ts'
import { genericAliasHook } from './type_hooks.ts'
import { listType, NotImplemented, tupleType, typeOf } from './types.ts'

type Items = Owned<Value>[]

/** Items that a list may hold; more is a MemoryError. */
const MAX_LENGTH = 2 ** 31

/** The list behind a value, subclasses included. */
export function asList(value: Value): PyList | undefined {
  return typeof value === 'object' && (value.type.flags & TPFLAGS_LIST_SUBCLASS) !== 0 ? (value as PyList) : undefined
}

function newListOf(type: PyType): Owned<Value> {
  return type === listType ? newList([]) : newInstance<Items>(type, [])
}

function initList(self: PyList, args: readonly Value[], kwnames: KeywordNames): void {
  if (kwnames !== null && kwnames.length > 0 && (self.type === listType || self.type.tp_new === listType.tp_new)) {
    throw typeError('list() takes no keyword arguments')
  }
  const count = args.length - (kwnames === null ? 0 : kwnames.length)
  if (count > 1) throw typeError(`list expected at most 1 argument, got ${count}`)
  if (self.data.length > 0) clearList(self.data)
  if (count === 1) {
    extendList(self.data, args[0]!)
    noteMadeAtOnce(self.data)
  }
}

/** Empties a list; what it held is given up when it is already empty. */
function clearList(items: Items): void {
  const old = items.slice()
  items.length = 0
  dropAll(old)
}

/** Appends all items of an iterable. */
function extendList(items: Items, iterable: Value): void {
  if (typeof iterable === 'object' && (iterable.type === listType || iterable.type === tupleType)) {
    const others = (iterable as PyList).data
    const { length } = others
    for (let i = 0; i < length; i++) items.push(keep<Value>(others[i]!))
    return
  }
  appendAll(items, iterable)
}

/** `items * count`; the items of the result are references of its own. */
export function repeatItems(items: readonly Owned<Value>[], count: number): Items {
  const { length } = items
  if (count <= 0 || length === 0) return []
  if (length * count > MAX_LENGTH) throw memoryError()
  const out: Items = []
  for (let n = 0; n < count; n++) for (let i = 0; i < length; i++) out.push(keep<Value>(items[i]!))
  noteMadeAtOnce(out)
  return out
}

/** The items that a slice selects, with references of their own. */
export function sliceItems(items: readonly Owned<Value>[], { start, stop, step, count }: SliceRange): Items {
  if (step === 1) {
    const out = items.slice(start, stop)
    for (let i = 0; i < out.length; i++) keep(out[i]!)
    return out
  }
  const out: Items = []
  for (let i = 0, at = start; i < count; i++, at += step) out.push(keep<Value>(items[at]!))
  return out
}

function concatLists(self: PyList, other: Value): Owned<Value> {
  const list = asList(other)
  if (list === undefined) throw typeError(`can only concatenate list (not "${typeOf(other).name}") to list`)
  const items = self.data.concat(list.data)
  for (let i = 0; i < items.length; i++) keep(items[i]!)
  return newList(items)
}

function subscript(self: PyList, key: Value): Owned<Value> {
  const items = self.data
  if (isIndex(key)) {
    let at = toSubscript(key)
    if (at < 0) at += items.length
    if (at < 0 || at >= items.length) throw indexError('list index out of range')
    return keep<Value>(items[at]!)
  }
  if (!isSlice(key)) throw typeError(`list indices must be integers or slices, not ${typeOf(key).name}`)
  const range = unpackSlice(key)
  return newList(sliceItems(items, adjustSlice(range, items.length)))
}

function setSubscript(self: PyList, key: Value, value: Value | undefined): void {
  const items = self.data
  if (isIndex(key)) {
    let at = toSubscript(key)
    if (at < 0) at += items.length
    setIndex(items, at, value)
    return
  }
  if (!isSlice(key)) throw typeError(`list indices must be integers or slices, not ${typeOf(key).name}`)
  const range = unpackSlice(key)
  if (value === undefined) deleteSlice(items, adjustSlice(range, items.length))
  else if (range.step === 1) assignSlice(self, range, value)
  else assignExtended(self, range, value)
}

function setIndex(items: Items, at: number, value: Value | undefined): void {
  if (at < 0 || at >= items.length) throw indexError('list assignment index out of range')
  const old = items[at]!
  if (value === undefined) items.splice(at, 1)
  else items[at] = keep(value)
  drop(old)
}

function deleteSlice(items: Items, range: SliceRange): void {
  let { start } = range
  let { step } = range
  const { count } = range
  if (count <= 0) return
  if (step < 0) {
    start += step * (count - 1)
    step = -step
  }
  if (step === 1) {
    dropAll(items.splice(start, count))
    return
  }
  const gone: Items = []
  let to = start
  for (let at = start; at < items.length; at++) {
    if ((at - start) % step === 0 && gone.length < count) gone.push(items[at]!)
    else items[to++] = items[at]!
  }
  items.length = to
  dropAll(gone)
}

/** The items of what is assigned to a slice, owned: a snapshot, since it may be the list itself. */
function assigned(value: Value, message: string): Items {
  try {
    return toArray(value)
  } catch (error) {
    const type = typeOf(value)
    if (type.tp_iter !== undefined || type.sq_item !== undefined || !isException(error, PyExc_TypeError)) throw error
    drop(error)
    throw typeError(message)
  }
}

function assignSlice(self: PyList, range: SliceRange, value: Value): void {
  const values = assigned(value, 'can only assign an iterable')
  const items = self.data
  const { start, stop } = adjustSlice(range, items.length)
  const count = stop > start ? stop - start : 0
  dropAll(replaceRange(items, start, count, values))
}

/** Largest number of arguments that a call of `splice` is given. */
const SPLICE_MAX = 10000

/** Puts `values` in the place of `count` items; gives back those, owned. */
function replaceRange(items: Items, start: number, count: number, values: Items): Items {
  if (values.length <= SPLICE_MAX) return items.splice(start, count, ...values)
  const rest = items.splice(start)
  for (let i = 0; i < values.length; i++) items.push(values[i]!)
  for (let i = count; i < rest.length; i++) items.push(rest[i]!)
  rest.length = count
  return rest
}

function assignExtended(self: PyList, range: SliceRange, value: Value): void {
  const values = assigned(value, 'must assign iterable to extended slice')
  const items = self.data
  const { start, step, count } = adjustSlice(range, items.length)
  if (values.length !== count) {
    const { length } = values
    dropAll(values)
    throw valueError(`attempt to assign sequence of size ${length} to extended slice of size ${count}`)
  }
  const gone: Items = []
  for (let i = 0, at = start; i < count; i++, at += step) {
    gone.push(items[at]!)
    items[at] = values[i]!
  }
  dropAll(gone)
}

/** The position of an item that equals `value`, or -1; the comparisons may change the list. */
export function findItem(items: readonly Owned<Value>[], value: Value, start: number, stop: number): number {
  for (let i = start; i < stop && i < items.length; i++) {
    const item = items[i]!
    if (item === value) return i
    if (typeof item !== 'object' && typeof item === typeof value) continue
    keep(item)
    let equal: boolean
    try {
      equal = richCompareBool(item, value, Py_EQ)
    } finally {
      drop(item)
    }
    if (equal) return i
  }
  return -1
}

/** `items.index(value, start, stop)` for lists and tuples: -1 if it is not there. */
export function indexOfItem(items: readonly Owned<Value>[], value: Value, start: Value, stop: Value): number {
  let from = positionIndex(start)
  let to = positionIndex(stop)
  if (from < 0) from = Math.max(0, from + items.length)
  if (to < 0) to = Math.max(0, to + items.length)
  return findItem(items, value, from, to)
}

/** Number of items that equal `value`. */
export function countItem(items: readonly Owned<Value>[], value: Value): number {
  let count = 0
  for (let at = findItem(items, value, 0, Infinity); at >= 0; at = findItem(items, value, at + 1, Infinity)) count++
  return count
}

/** Compares the items of two lists or tuples one by one; the first pair that differs decides. */
export function compareItems(left: readonly Owned<Value>[], right: readonly Owned<Value>[], op: number): Owned<Value> {
  let i = 0
  for (; i < left.length && i < right.length; i++) {
    const a = left[i]!
    const b = right[i]!
    if (a === b) continue
    if (typeof a !== 'object' && typeof a === typeof b) break
    keep(a)
    keep(b)
    let equal: boolean
    try {
      equal = richCompareBool(a, b, Py_EQ)
    } finally {
      drop(a)
      drop(b)
    }
    if (!equal) break
  }
  // The comparisons may have shortened the lists: then their lengths decide.
  if (i >= left.length || i >= right.length) return compareLengths(left.length, right.length, op)
  if (op === Py_EQ) return false
  if (op === Py_NE) return true
  const a = keep<Value>(left[i]!)
  const b = keep<Value>(right[i]!)
  try {
    return richCompare(a, b, op)
  } finally {
    drop(a)
    drop(b)
  }
}

function compareLengths(left: number, right: number, op: number): boolean {
  switch (op) {
    case Py_LT:
      return left < right
    case Py_LE:
      return left <= right
    case Py_EQ:
      return left === right
    case Py_NE:
      return left !== right
    case Py_GT:
      return left > right
    default:
      return left >= right
  }
}

function compareLists(lhs: Value, rhs: Value, op: number): Owned<Value> {
  const left = asList(lhs)
  const right = asList(rhs)
  if (left === undefined || right === undefined) return NotImplemented as Owned<Value>
  if (left.data.length !== right.data.length) {
    if (op === Py_EQ) return false
    if (op === Py_NE) return true
  }
  return compareItems(left.data, right.data, op)
}

function popItem({ data: items }: PyList, index: number): Owned<Value> {
  if (items.length === 0) throw indexError('pop from empty list')
  const at = index < 0 ? index + items.length : index
  if (at === items.length - 1) return items.pop()!
  if (at < 0 || at >= items.length) throw indexError('pop index out of range')
  return items.splice(at, 1)[0]!
}

/** Defines `list`. */
export function defineListType(): void {
  defineType(listType, () => ({
    slots: {
      tp_new: newListOf,
      tp_init: initList,
      tp_repr: (self) =>
        self.data.length === 0
          ? '[]'
          : reprContainer(self, '[...]', (out) => {
              out.addText('[')
              writeItems(out, self.data)
              out.addText(']')
            }),
      tp_richcompare: compareLists,
      tp_iter: (self) => newArrayIterator(listIteratorType, self),
      tp_dealloc: (self) => dropAll(self.data),
      tp_traverse: traverseItems,
      tp_clear: (self) => clearList(self.data),
      sq_length: (self) => self.data.length,
      mp_length: (self) => self.data.length,
      sq_concat: concatLists,
      sq_repeat: (self, count) => newList(repeatItems(self.data, count)),
      sq_item: (self, at) => {
        if (at < 0 || at >= self.data.length) throw indexError('list index out of range')
        return keep<Value>(self.data[at]!)
      },
      sq_ass_item: (self, at, value) => setIndex(self.data, at, value),
      sq_contains: (self, value) => findItem(self.data, value, 0, Infinity) >= 0,
      sq_inplace_concat: (self, other) => {
        extendList(self.data, other)
        return keep<Value>(self)
      },
      sq_inplace_repeat: (self, count) => {
        if (count <= 0) clearList(self.data)
        else for (const item of repeatItems(self.data, count - 1)) self.data.push(item)
        return keep<Value>(self)
      },
      mp_subscript: subscript,
      mp_ass_subscript: setSubscript,
    },
    methods: {
      'append(object, /)': (self, object) => {
        self.data.push(keep(object))
      },
      'clear()': (self) => clearList(self.data),
      'copy()': (self) => newList(toOwned(self.data)),
      'count(value, /)': (self, value) => countItem(self.data, value),
      'extend(iterable, /)': (self, iterable) => extendList(self.data, iterable),
      'index(value, start = 0, stop = sys.maxsize, /)': (self, value, start, stop) => {
        const at = indexOfItem(self.data, value, start, stop)
        if (at < 0) throw valueError(`${shown(value)} is not in list`)
        return at
      },
      'insert(index: ssize, object, /)': ({ data: items }, index, object) => {
        const at = index < 0 ? Math.max(0, index + items.length) : index
        if (at >= items.length) items.push(keep(object))
        else items.splice(at, 0, keep(object))
      },
      'pop(index: ssize = -1, /)': (self, index) => popItem(self, index),
      'remove(value, /)': ({ data: items }, value) => {
        const at = findItem(items, value, 0, Infinity)
        if (at < 0) throw valueError('list.remove(x): x not in list')
        if (at < items.length) drop(items.splice(at, 1)[0])
      },
      'reverse()': (self) => {
        self.data.reverse()
      },
      'sort(*, key = None, reverse: int = False)': (self, key, reverse) => sortList(self, key, Boolean(reverse)),
      '__reversed__()': (self) => newArrayIterator(listReverseIteratorType, self),
      '__sizeof__()': (self) => self.type.data.basicsize + 8 * allocatedItems(self.data),
    },
    classMethods: { '__class_getitem__(item, /)': (type, item) => genericAliasHook.make(type, item) },
  }))
}

/** Visits the items of a list or tuple. */
export function traverseItems(self: PyObject<readonly Owned<Value>[]>, visit: (child: PyObject) => void): void {
  const items = self.data
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!
    if (typeof item === 'object') visit(item)
  }
}

/** A copy of an array of items with references of its own. */
export function toOwned(items: readonly Owned<Value>[]): Items {
  const copy = items.slice()
  for (let i = 0; i < copy.length; i++) keep(copy[i]!)
  return copy
}
