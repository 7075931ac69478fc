import { keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { toSsize } from './arguments.ts'
import { getBuiltin } from './builtin_lookup.ts'
import { defineType } from './define.ts'
import { indexError, overflowError, typeError, valueError } from './errors.ts'
import { iterSelf } from './iterator_types.ts'
import { type RangeIteratorData, rangeIteratorType } from './iterators.ts'
import { newTuple } from './make.ts'
import { hashTuple } from './number/hash.ts'
import { type Int, intAdd, intFloorDiv, intMod, intMul, intNegate, intSub } from './number/int_arith.ts'
import { toIndex } from './number_protocol.ts'
import { type KeywordNames, newObject, Py_EQ, Py_NE, type PyObject, type PyType, type Value } from './object.ts'
import { hash, richCompareBool, shown } from './protocols.ts'
import { forEach } from './sequence_protocol.ts'
import { isIndex, isSlice, longIndices } from './slice.ts'
import { builtinType, None, NotImplemented, rangeType, type TypeFor, typeOf } from './types.ts'

/** The `data` of a range. */
interface RangeData {
  readonly start: Int
  readonly stop: Int
  readonly step: Int
  readonly length: Int
}

type PyRange = PyObject<RangeData>

function lengthOf(start: Int, stop: Int, step: Int): Int {
  // What a division gives is a double to V8, and a record that has held one is made of slower parts from then on.
  if (step === 1 && typeof start === 'number' && typeof stop === 'number' && Number.isSafeInteger(stop - start)) {
    return start < stop ? stop - start : 0
  }
  if (step > 0) return start < stop ? intAdd(intFloorDiv(intSub(intSub(stop, start), 1), step), 1) : 0
  return stop < start ? intAdd(intFloorDiv(intSub(intSub(start, stop), 1), intNegate(step)), 1) : 0
}

/** `range(start, stop, step)`; the step is not zero. */
function newRange(start: Int, stop: Int, step: Int): Owned<PyRange> {
  return newObject<RangeData>(rangeType, { start, stop, step, length: lengthOf(start, stop, step) })
}

function newRangeOf(_type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  if (kwnames !== null && kwnames.length > 0) throw typeError('range() takes no keyword arguments')
  switch (args.length) {
    case 0:
      throw typeError('range expected at least 1 argument, got 0')
    case 1:
      return newRange(0, toIndex(args[0]!), 1)
    case 2:
    case 3: {
      const start = toIndex(args[0]!)
      const stop = toIndex(args[1]!)
      const step = args.length === 3 ? toIndex(args[2]!) : 1
      if (step === 0) throw valueError('range() arg 3 must not be zero')
      return newRange(start, stop, step)
    }
    default:
      throw typeError(`range expected at most 3 arguments, got ${args.length}`)
  }
}

function itemAt({ start, step }: RangeData, index: Int): Int {
  return intAdd(start, intMul(index, step))
}

function subscript({ data }: PyRange, key: Value): Owned<Value> {
  if (isIndex(key)) {
    let index = toIndex(key)
    if (index < 0) index = intAdd(index, data.length)
    if (index < 0 || index >= data.length) throw indexError('range object index out of range')
    return itemAt(data, index)
  }
  if (!isSlice(key)) throw typeError(`range indices must be integers or slices, not ${typeOf(key).name}`)
  const { start, stop, step } = longIndices(key, data.length)
  return newRange(itemAt(data, start), itemAt(data, stop), intMul(step, data.step))
}

/** The int of values whose equality with ints needs no Python code; `undefined` for all others. */
function plainInt(value: Value): Int | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'number' || typeof value === 'bigint' ? value : undefined
}

function holds({ start, stop, step }: RangeData, value: Int): boolean {
  if (step > 0 ? value < start || value >= stop : value > start || value <= stop) return false
  return intMod(intSub(value, start), step) === 0
}

/** Number of items that equal `value` and the position of the first; for values that decide equality themselves. */
function search(self: PyRange, value: Value, firstOnly: boolean): { count: number; first: number } {
  let count = 0
  let first = -1
  let at = 0
  forEach(self, (item) => {
    if (richCompareBool(item, value, Py_EQ)) {
      if (first < 0) first = at
      count++
      if (firstOnly) return false
    }
    at++
    return true
  })
  return { count, first }
}

function indexOf(self: PyRange, value: Value): Int {
  const int = plainInt(value)
  if (int !== undefined) {
    if (!holds(self.data, int)) throw valueError(`${shown(value)} is not in range`)
    return intFloorDiv(intSub(int, self.data.start), self.data.step)
  }
  const { first } = search(self, value, true)
  if (first < 0) throw valueError('sequence.index(x): x not in sequence')
  return first
}

function sameRange(a: RangeData, b: RangeData): boolean {
  if (a.length !== b.length) return false
  if (a.length === 0) return true
  return a.start === b.start && (a.length === 1 || a.step === b.step)
}

function compareRanges(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if (typeof rhs !== 'object' || rhs.type !== rangeType || (op !== Py_EQ && op !== Py_NE)) {
    return NotImplemented as Owned<Value>
  }
  return sameRange((lhs as PyRange).data, (rhs as PyRange).data) === (op === Py_EQ)
}

function hashOf({ data: { start, step, length } }: PyRange): Int {
  const nothing = hash(None)
  if (length === 0) return hashTuple([0, nothing, nothing])
  return hashTuple([hash(length), hash(start), length === 1 ? nothing : hash(step)])
}

const SSIZE_MAX = 2n ** 63n - 1n

/** `len(range)`: of those that are longer than a `number` can count, the `bigint`, which is what the program must see. */
function sizeOf({ data: { length } }: PyRange): number {
  if (length > SSIZE_MAX) throw overflowError('Python int too large to convert to C ssize_t')
  return length as number
}

interface RangeCursor extends RangeIteratorData {
  /** The first item, from which `__reduce__` tells how far the iterator has come. */
  start: number
}

/** The `data` of iterators over ranges with larger numbers. */
interface LongRangeIteratorData {
  readonly start: Int
  readonly step: Int
  readonly length: Int
  index: Int
}

const longRangeIteratorType: TypeFor<PyObject<LongRangeIteratorData>> = builtinType('longrange_iterator')

function newRangeIterator(start: Int, stop: Int, step: Int, length: Int): Owned<Value> {
  if (typeof start === 'number' && typeof stop === 'number' && typeof step === 'number' && typeof length === 'number') {
    if (Number.isSafeInteger(start + length * step)) {
      return newObject<RangeCursor>(rangeIteratorType, { next: start, step, left: length, start })
    }
  }
  return newObject<LongRangeIteratorData>(longRangeIteratorType, { start, step, length, index: 0 })
}

function reversed({ data: { start, step, length } }: PyRange): Owned<Value> {
  const last = intAdd(start, intMul(intSub(length, 1), step))
  return newRangeIterator(last, intSub(start, step), intNegate(step), length)
}

function reduceCursor(start: Int, step: Int, length: Int, index: Int): Owned<Value> {
  const range = newRange(start, intAdd(start, intMul(length, step)), step)
  return newTuple([getBuiltin('iter'), newTuple([range]), index])
}

function defineRangeIterators(): void {
  defineType(rangeIteratorType, () => ({
    slots: {
      tp_iter: iterSelf,
      tp_iternext: ({ data }) => {
        if (data.left <= 0) return undefined
        data.left--
        const value = data.next
        data.next = value + data.step
        return value
      },
    },
    methods: {
      '__length_hint__()': ({ data }) => data.left,
      '__reduce__()': ({ data }) => {
        const { start, next, step, left } = data as RangeCursor
        const index = (next - start) / step
        return reduceCursor(start, step, index + left, index)
      },
      '__setstate__(state, /)': ({ data }, state) => {
        const cursor = data as RangeCursor
        const index = (cursor.next - cursor.start) / cursor.step
        const length = index + cursor.left
        const at = Math.min(Math.max(toSsize(state), 0), length)
        cursor.next = cursor.start + at * cursor.step
        cursor.left = length - at
      },
    },
  }))
  defineType(longRangeIteratorType, () => ({
    slots: {
      tp_iter: iterSelf,
      tp_iternext: ({ data }) => {
        if (data.index >= data.length) return undefined
        const value = intAdd(data.start, intMul(data.index, data.step))
        data.index = intAdd(data.index, 1)
        return value
      },
    },
    methods: {
      '__length_hint__()': ({ data }) => intSub(data.length, data.index),
      '__reduce__()': ({ data }) => reduceCursor(data.start, data.step, data.length, data.index),
      '__setstate__(state, /)': ({ data }, state) => {
        if (plainInt(state) === undefined) throw typeError(`state must be an int, not ${typeOf(state).name}`)
        const index = toIndex(state)
        data.index = index < 0 ? 0 : index > data.length ? data.length : index
      },
    },
  }))
}

/** Defines `range` and its iterators. */
export function defineRangeTypes(): void {
  defineType(rangeType as TypeFor<PyRange>, () => ({
    slots: {
      tp_new: newRangeOf,
      tp_repr: ({ data }) => {
        const end = data.step === 1 ? '' : `, ${data.step}`
        return `range(${data.start}, ${data.stop}${end})`
      },
      tp_hash: hashOf,
      tp_richcompare: compareRanges,
      tp_iter: ({ data }) => newRangeIterator(data.start, data.stop, data.step, data.length),
      nb_bool: (self) => (self as PyRange).data.length !== 0,
      sq_length: sizeOf,
      mp_length: sizeOf,
      sq_item: ({ data }, index) => {
        if (index < 0 || index >= data.length) throw indexError('range object index out of range')
        return itemAt(data, index)
      },
      sq_contains: (self, value) => {
        const int = plainInt(value)
        return int === undefined ? search(self, value, true).count > 0 : holds(self.data, int)
      },
      mp_subscript: subscript,
    },
    methods: {
      '__reversed__()': reversed,
      '__reduce__()': ({ data }) => newTuple([keep<Value>(rangeType), newTuple([data.start, data.stop, data.step])]),
      'count(value, /)': (self, value) => {
        const int = plainInt(value)
        return int === undefined ? search(self, value, false).count : holds(self.data, int) ? 1 : 0
      },
      'index(value, /)': indexOf,
    },
    members: {
      start: ({ data }) => data.start,
      stop: ({ data }) => data.stop,
      step: ({ data }) => data.step,
    },
  }))
  defineRangeIterators()
}
