import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { defineModule } from '../objects/define_module.ts'
import { indexError, runtimeError, typeError } from '../objects/errors.ts'
import { asList } from '../objects/list.ts'
import { Py_LT, PyFloat, type Value } from '../objects/object.ts'
import { richCompareBool } from '../objects/protocols.ts'
import { floatType, tupleType, typeOf } from '../objects/types.ts'

type Heap = Owned<Value>[]

/** `a < b`; plain values need no Python code. */
function less(a: Value, b: Value): boolean {
  if ((typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string')) return a < b
  if (typeof a === 'object' && typeof b === 'object') {
    if (a instanceof PyFloat && b instanceof PyFloat && a.type === floatType && b.type === floatType)
      return a.data < b.data
    if (a.type === tupleType && b.type === tupleType) {
      const first = (a.data as Value[])[0]
      const second = (b.data as Value[])[0]
      if (typeof first === 'number' && typeof second === 'number' && first !== second) return first < second
    }
  }
  keep(a)
  keep(b)
  try {
    return richCompareBool(a, b, Py_LT)
  } finally {
    drop(a)
    drop(b)
  }
}

/** Whether `x` goes before `y`: by `<` in a heap of the smallest, the other way round in one of the largest. */
type Before = (x: Value, y: Value) => boolean
const smallest: Before = (x, y) => less(x, y)
const largest: Before = (x, y) => less(y, x)

function compare(before: Before, heap: Heap, x: Value, y: Value): boolean {
  const { length } = heap
  const result = before(x, y)
  if (heap.length !== length) throw runtimeError('list changed size during iteration')
  return result
}

/** Moves an item towards the root until its parent goes before it. */
function siftDown(heap: Heap, start: number, position: number, before: Before): void {
  if (position >= heap.length) throw indexError('index out of range')
  while (position > start) {
    const parent = (position - 1) >> 1
    if (!compare(before, heap, heap[position]!, heap[parent]!)) break
    const item = heap[position]!
    heap[position] = heap[parent]!
    heap[parent] = item
    position = parent
  }
}

/** Moves the smaller child up until a leaf is reached, then the item there to its place. */
function siftUp(heap: Heap, position: number, before: Before): void {
  const start = position
  const end = heap.length
  if (position >= end) throw indexError('index out of range')
  const limit = end >> 1
  while (position < limit) {
    let child = 2 * position + 1
    if (child + 1 < end && !compare(before, heap, heap[child]!, heap[child + 1]!)) child++
    const item = heap[child]!
    heap[child] = heap[position]!
    heap[position] = item
    position = child
  }
  siftDown(heap, start, position, before)
}

function heapOf(value: Value, name: string): Heap {
  const list = asList(value)
  if (list === undefined) throw typeError(`${name} must be list, not ${typeOf(value).name}`)
  return list.data
}

function pop(heap: Heap, before: Before): Owned<Value> {
  if (heap.length === 0) throw indexError('index out of range')
  const last = heap.pop()!
  if (heap.length === 0) return last
  const first = heap[0]!
  heap[0] = last
  siftUp(heap, 0, before)
  return first
}

function replace(heap: Heap, item: Value, before: Before): Owned<Value> {
  if (heap.length === 0) throw indexError('index out of range')
  const first = heap[0]!
  heap[0] = keep(item)
  siftUp(heap, 0, before)
  return first
}

function pushPop(heap: Heap, item: Value): Owned<Value> {
  if (heap.length === 0 || !less(heap[0]!, item)) return keep(item)
  if (heap.length === 0) throw indexError('index out of range')
  return replace(heap, item, smallest)
}

function heapify(heap: Heap, before: Before): void {
  for (let i = (heap.length >> 1) - 1; i >= 0; i--) siftUp(heap, i, before)
}

/** The module `_heapq`. */
export const heapqModule = defineModule('_heapq', () => ({
  functions: {
    'heappush(heap, item, /)': (heap, item) => {
      const items = heapOf(heap, 'heappush() argument 1')
      items.push(keep(item))
      siftDown(items, 0, items.length - 1, smallest)
    },
    'heappushpop(heap, item, /)': (heap, item) => pushPop(heapOf(heap, 'heappushpop() argument 1'), item),
    'heappop(heap, /)': (heap) => pop(heapOf(heap, 'heappop() argument'), smallest),
    'heapreplace(heap, item, /)': (heap, item) => replace(heapOf(heap, 'heapreplace() argument 1'), item, smallest),
    'heapify(heap, /)': (heap) => heapify(heapOf(heap, 'heapify() argument'), smallest),
    '_heappop_max(heap, /)': (heap) => pop(heapOf(heap, '_heappop_max() argument'), largest),
    '_heapify_max(heap, /)': (heap) => heapify(heapOf(heap, '_heapify_max() argument'), largest),
    '_heapreplace_max(heap, item, /)': (heap, item) =>
      replace(heapOf(heap, '_heapreplace_max() argument 1'), item, largest),
  },
}))
