import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { newObject, type PyObject, TPFLAGS_HAVE_GC, type Value } from './object.ts'
import { builtinType, type TypeFor } from './types.ts'

/** The `data` of iterators over lists and tuples. `owner` and `items` are `null` once it is exhausted. */
export interface ArrayIteratorData {
  owner: Owned<PyObject> | null
  items: readonly Owned<Value>[] | null
  index: number
}

/** The `data` of iterators over ranges whose bounds are safe integers. */
export interface RangeIteratorData {
  next: number
  readonly step: number
  left: number
}

export const listIteratorType = builtinType<PyObject<ArrayIteratorData>>('list_iterator', TPFLAGS_HAVE_GC)
export const listReverseIteratorType = builtinType<PyObject<ArrayIteratorData>>('list_reverseiterator', TPFLAGS_HAVE_GC)
export const tupleIteratorType = builtinType<PyObject<ArrayIteratorData>>('tuple_iterator', TPFLAGS_HAVE_GC)
export const rangeIteratorType = builtinType<PyObject<RangeIteratorData>>('range_iterator')

/** An iterator over the array of a list or tuple. A list keeps its array, so that it sees later changes. */
export function newArrayIterator(
  type: TypeFor<PyObject<ArrayIteratorData>>,
  owner: PyObject<readonly Owned<Value>[]>,
): Owned<PyObject<ArrayIteratorData>> {
  const index = type === listReverseIteratorType ? owner.data.length - 1 : 0
  const iterator = newObject<ArrayIteratorData>(type, { owner: keep<PyObject>(owner), items: owner.data, index })
  track(iterator)
  return iterator
}

/** Marks an iterator as exhausted, for good. */
export function endArrayIterator(data: ArrayIteratorData): void {
  const { owner } = data
  data.owner = null
  data.items = null
  if (owner !== null) drop(owner)
}

/** The next item of a list or tuple iterator. */
export function nextOfArray({ data }: PyObject<ArrayIteratorData>): Owned<Value> | undefined {
  if (data.items === null) return undefined
  if (data.index < data.items.length) return keep<Value>(data.items[data.index++]!)
  endArrayIterator(data)
  return undefined
}

/** The next item of a list iterator that runs backwards. */
export function previousOfArray({ data }: PyObject<ArrayIteratorData>): Owned<Value> | undefined {
  if (data.items === null) return undefined
  const { index } = data
  if (index >= 0 && index < data.items.length) {
    data.index = index - 1
    return keep<Value>(data.items[index]!)
  }
  data.index = -1
  endArrayIterator(data)
  return undefined
}
