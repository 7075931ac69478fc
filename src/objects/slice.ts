import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { asInt } from './access.ts'
import { typeError, valueError } from './errors.ts'
import { type Int, intAdd } from './number/int_arith.ts'
import { toIndex } from './number_protocol.ts'
import { newObject, type PyObject, type Value } from './object.ts'
import { None, sliceType, typeOf } from './types.ts'

/** The `data` of a slice. */
interface SliceData {
  readonly start: Owned<Value>
  readonly stop: Owned<Value>
  readonly step: Owned<Value>
}

export type PySlice = PyObject<SliceData>

/** A slice that takes over its parts. */
export function newSlice(start: Owned<Value>, stop: Owned<Value>, step: Owned<Value>): Owned<PySlice> {
  const slice = newObject<SliceData>(sliceType, { start, stop, step })
  track(slice)
  return slice
}

/** Whether a subscript is a slice. */
export function isSlice(key: Value): key is PySlice {
  return typeof key === 'object' && key.type === sliceType
}

const MAX = Number.MAX_SAFE_INTEGER

function cut(value: Int): number {
  if (typeof value === 'number') return value
  return value > 0n ? MAX : -MAX
}

/** The int of a part of a slice (CPython's `_PyEval_SliceIndex`). */
function partIndex(value: Value): Int {
  if (typeof value === 'number') return value
  if (asInt(value) === undefined && typeOf(value).nb_index === undefined) {
    throw typeError('slice indices must be integers or None or have an __index__ method')
  }
  return toIndex(value)
}

/** The argument of `index(x, start, stop)` and the like, where None is not allowed; what is too large is cut. */
export function positionIndex(value: Value): number {
  if (typeof value === 'number') return value
  if (asInt(value) === undefined && typeOf(value).nb_index === undefined) {
    throw typeError('slice indices must be integers or have an __index__ method')
  }
  return cut(toIndex(value))
}

/** Whether a value can be a subscript of a sequence. */
export function isIndex(key: Value): boolean {
  return typeof key === 'number' || asInt(key) !== undefined || typeOf(key).nb_index !== undefined
}

/** What a slice selects of a sequence: `count` items from `start` on, `step` apart; `stop` as `slice.indices` has it. */
export interface SliceRange {
  start: number
  stop: number
  readonly step: number
  count: number
}

/**
 * The parts of a slice as numbers, not yet fitted to a length (`PySlice_Unpack`): runs `__index__` of the parts. Fit it
 * with `adjustSlice` afterwards, when the length can no longer change.
 */
export function unpackSlice(slice: PySlice): SliceRange {
  const { data } = slice
  let step = 1
  if (data.step !== None) {
    step = cut(partIndex(data.step))
    if (step === 0) throw valueError('slice step cannot be zero')
  }
  const start = data.start === None ? (step < 0 ? MAX : 0) : cut(partIndex(data.start))
  const stop = data.stop === None ? (step < 0 ? -MAX : MAX) : cut(partIndex(data.stop))
  return { start, stop, step, count: 0 }
}

/** Fits the bounds of a slice to a length and counts the items (`PySlice_AdjustIndices`). */
export function adjustSlice(range: SliceRange, length: number): SliceRange {
  const { step } = range
  range.start = adjust(range.start, length, step)
  range.stop = adjust(range.stop, length, step)
  if (step < 0) {
    range.count = range.stop < range.start ? Math.floor((range.start - range.stop - 1) / -step) + 1 : 0
  } else {
    range.count = range.start < range.stop ? Math.floor((range.stop - range.start - 1) / step) + 1 : 0
  }
  return range
}

function adjust(bound: number, length: number, step: number): number {
  if (bound < 0) {
    const at = bound + length
    if (at < 0) return step < 0 ? -1 : 0
    return at
  }
  return bound >= length ? (step < 0 ? length - 1 : length) : bound
}

/** What a slice selects of a sequence of this length; the length must not depend on `__index__` of the parts. */
export function sliceRange(slice: PySlice, length: number): SliceRange {
  return adjustSlice(unpackSlice(slice), length)
}

/** `slice.indices(length)` for ints of any size (`_PySlice_GetLongIndices`). */
export function longIndices(slice: PySlice, length: Int): { start: Int; stop: Int; step: Int } {
  const { data } = slice
  const step = data.step === None ? 1 : partIndex(data.step)
  if (step === 0) throw valueError('slice step cannot be zero')
  const backwards = step < 0
  const lower: Int = backwards ? -1 : 0
  const upper = backwards ? intAdd(length, -1) : length
  const fit = (value: Value, absent: Int): Int => {
    if (value === None) return absent
    let bound = partIndex(value)
    if (bound < 0) {
      bound = intAdd(bound, length)
      return bound < lower ? lower : bound
    }
    return bound > upper ? upper : bound
  }
  const start = fit(data.start, backwards ? upper : lower)
  const stop = fit(data.stop, backwards ? lower : upper)
  return { start, stop, step }
}
