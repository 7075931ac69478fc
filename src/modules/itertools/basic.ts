import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt } from '../../objects/access.ts'
import { tpNew } from '../../objects/define.ts'
import { typeError } from '../../objects/errors.ts'
import { newOf } from '../../objects/instance.ts'
import { newList, newTuple } from '../../objects/make.ts'
import { isTrueOf } from '../../objects/map_filter_zip.ts'
import { binaryOp, NB_ADD, toIndex } from '../../objects/number_protocol.ts'
import type { PyList, PyObject, PyTuple, Value } from '../../objects/object.ts'
import { call, callMethod, isTrue, shown } from '../../objects/protocols.ts'
import { iter } from '../../objects/sequence_protocol.ts'
import { asTuple, toTuple } from '../../objects/tuple.ts'
import { shortName } from '../../objects/type_names.ts'
import { boolType, listType, None, tupleType, typeOf } from '../../objects/types.ts'
import { defineItertool, itertool, reduced } from './define.ts'

/** The next item of an iterator that is known to be one. */
function advance(iterator: PyObject): Owned<Value> | undefined {
  return iterator.type.tp_iternext!(iterator)
}

interface CountData {
  next: Owned<Value>
  readonly step: Owned<Value>
}

export const countType = itertool<CountData>('count')

function isNumber(value: Value): boolean {
  const { nb_int, nb_float, nb_index } = typeOf(value)
  return nb_int !== undefined || nb_float !== undefined || nb_index !== undefined || typeOf(value).name === 'complex'
}

/** Whether a counter goes by ones over ints of 64 bits: its `repr` and `__reduce__` then leave the step out. */
function goesByOnes({ next, step }: CountData): boolean {
  return (
    step === 1 && (typeof next === 'number' || (typeof next === 'bigint' && next < 2n ** 63n && next >= -(2n ** 63n)))
  )
}

function defineCount(): void {
  defineItertool(countType, {
    make: tpNew('count(start = 0, step = 1)', (type, start, step) => {
      if (!isNumber(start) || !isNumber(step)) throw typeError('a number is required')
      return newOf<CountData>(type, { next: keep(start), step: keep(step) })
    }),
    next: ({ data }) => {
      const { next, step } = data
      if (typeof next === 'number' && typeof step === 'number') {
        const sum = next + step
        if (sum <= Number.MAX_SAFE_INTEGER && sum >= Number.MIN_SAFE_INTEGER) {
          data.next = sum
          return next
        }
      }
      data.next = binaryOp(next, step, NB_ADD)
      return next
    },
    parts: ({ next, step }) => [next, step],
    repr: ({ data, type }) => {
      const step = asInt(data.step) === 1 ? '' : `, ${shown(data.step)}`
      return `${shortName(type)}(${shown(data.next)}${step})`
    },
    methods: {
      '__reduce__()': (self) =>
        reduced(self, goesByOnes(self.data) ? [self.data.next] : [self.data.next, self.data.step]),
    },
  })
}

interface RepeatData {
  readonly item: Owned<Value>
  /** Times that are left; -1 for no end. */
  left: number
}

export const repeatType = itertool<RepeatData>('repeat')

function defineRepeat(): void {
  defineItertool(repeatType, {
    make: tpNew('repeat(object, times: ssize = NULL)', (type, object, times) =>
      newOf<RepeatData>(type, { item: keep(object), left: times === undefined ? -1 : Math.max(0, times) }),
    ),
    next: ({ data }) => {
      if (data.left === 0) return undefined
      if (data.left > 0) data.left--
      return keep<Value>(data.item)
    },
    parts: ({ item }) => [item],
    repr: ({ data, type }) => {
      const times = data.left < 0 ? '' : `, ${data.left}`
      return `${shortName(type)}(${shown(data.item)}${times})`
    },
    methods: {
      '__length_hint__()': ({ data }) => {
        if (data.left < 0) throw typeError('len() of unsized object')
        return data.left
      },
      '__reduce__()': (self) => reduced(self, self.data.left < 0 ? [self.data.item] : [self.data.item, self.data.left]),
    },
  })
}

interface CycleData {
  iterator: Owned<PyObject> | null
  saved: Owned<Value>[]
  index: number
  firstPass: boolean
}

export const cycleType = itertool<CycleData>('cycle')

function nextOfCycle({ data }: PyObject<CycleData>): Owned<Value> | undefined {
  if (data.iterator !== null) {
    const item = advance(data.iterator)
    if (item !== undefined) {
      if (!data.firstPass) data.saved.push(keep<Value>(item))
      return item
    }
    const { iterator } = data
    data.iterator = null
    drop(iterator)
  }
  const { saved } = data
  if (saved.length === 0) return undefined
  const item = saved[data.index]!
  data.index = data.index + 1 < saved.length ? data.index + 1 : 0
  return keep<Value>(item)
}

function reduceCycle(self: PyObject<CycleData>): Owned<Value> {
  const { iterator, saved, index, firstPass } = self.data
  const list = newList(saved.map((item) => keep<Value>(item)))
  const rest = iterator === null ? iter(list) : keep(iterator)
  if (iterator === null && index !== 0) drop(callMethod(rest, '__setstate__', [index]))
  return newTuple([keep<Value>(self.type), newTuple([rest]), newTuple([list, iterator === null || firstPass])])
}

function defineCycle(): void {
  defineItertool(cycleType, {
    make: tpNew('cycle(iterable, /)', (type, iterable) =>
      newOf<CycleData>(type, { iterator: iter(iterable), saved: [], index: 0, firstPass: false }),
    ),
    next: nextOfCycle,
    parts: ({ iterator, saved }) => [iterator, saved],
    methods: {
      '__reduce__()': reduceCycle,
      '__setstate__(state, /)': ({ data }, state) => {
        const parts = asTuple(state)?.data
        if (parts === undefined) throw typeError('state is not a tuple')
        const [list, first] = parts as [Value, Value]
        if (parts.length !== 2) throw typeError(`function takes exactly 2 arguments (${parts.length} given)`)
        if (typeof list !== 'object' || list.type !== listType) {
          throw typeError(`argument 1 must be list, not ${typeOf(list).name}`)
        }
        const isFirst = toIndex(first) !== 0
        const old = data.saved
        data.saved = (list as PyList).data.map((item) => keep<Value>(item))
        data.firstPass = isFirst
        data.index = 0
        for (const item of old) drop(item)
      },
    },
  })
}

interface WhileData {
  readonly fn: Owned<Value>
  readonly iterator: Owned<PyObject>
  /** Of `dropwhile`: whether it gives items; of `takewhile`: whether it has ended. */
  done: boolean
}

export const dropwhileType = itertool<WhileData>('dropwhile')
export const takewhileType = itertool<WhileData>('takewhile')

/** The truth of `fn(item)`; the item is given up if that throws. */
function test(fn: Value, item: Owned<Value>): boolean {
  try {
    return isTrueOf(call(fn, [item]))
  } catch (error) {
    drop(item)
    throw error
  }
}

function nextOfDropwhile({ data }: PyObject<WhileData>): Owned<Value> | undefined {
  for (;;) {
    const item = advance(data.iterator)
    if (item === undefined || data.done) return item
    if (!test(data.fn, item)) {
      data.done = true
      return item
    }
    drop(item)
  }
}

function nextOfTakewhile({ data }: PyObject<WhileData>): Owned<Value> | undefined {
  if (data.done) return undefined
  const item = advance(data.iterator)
  if (item === undefined || test(data.fn, item)) return item
  drop(item)
  data.done = true
  return undefined
}

function defineWhiles(): void {
  for (const [type, next] of [
    [dropwhileType, nextOfDropwhile],
    [takewhileType, nextOfTakewhile],
  ] as const) {
    defineItertool(type, {
      make: tpNew(`${shortName(type)}(predicate, iterable, /)`, (made, fn, iterable) =>
        newOf<WhileData>(made, { fn: keep(fn), iterator: iter(iterable), done: false }),
      ),
      next,
      parts: ({ fn, iterator }) => [fn, iterator],
      methods: {
        '__reduce__()': (self) => reduced(self, [self.data.fn, self.data.iterator], self.data.done ? 1 : 0),
        '__setstate__(state: bool, /)': ({ data }, state) => {
          data.done = state
        },
      },
    })
  }
}

interface FunctionData {
  readonly fn: Owned<Value>
  readonly iterator: Owned<PyObject>
}

export const starmapType = itertool<FunctionData>('starmap')
export const filterfalseType = itertool<FunctionData>('filterfalse')

function nextOfStarmap({ data }: PyObject<FunctionData>): Owned<Value> | undefined {
  const item = advance(data.iterator)
  if (item === undefined) return undefined
  let args: Owned<PyTuple>
  if (typeof item === 'object' && item.type === tupleType) args = item as Owned<PyTuple>
  else {
    try {
      args = toTuple(item)
    } finally {
      drop(item)
    }
  }
  try {
    return call(data.fn, args.data)
  } finally {
    drop(args)
  }
}

function nextOfFilterfalse({ data }: PyObject<FunctionData>): Owned<Value> | undefined {
  const { fn, iterator } = data
  const plain = fn === None || fn === (boolType as Value)
  for (;;) {
    const item = advance(iterator)
    if (item === undefined) return undefined
    if (!(plain ? isTrue(item) : test(fn, item))) return item
    drop(item)
  }
}

function defineFunctionTools(): void {
  for (const [type, next] of [
    [starmapType, nextOfStarmap],
    [filterfalseType, nextOfFilterfalse],
  ] as const) {
    defineItertool(type, {
      make: tpNew(`${shortName(type)}(function, iterable, /)`, (made, fn, iterable) =>
        newOf<FunctionData>(made, { fn: keep(fn), iterator: iter(iterable) }),
      ),
      next,
      parts: ({ fn, iterator }) => [fn, iterator],
      methods: { '__reduce__()': (self) => reduced(self, [self.data.fn, self.data.iterator]) },
    })
  }
}

interface CompressData {
  readonly items: Owned<PyObject>
  readonly selectors: Owned<PyObject>
}

export const compressType = itertool<CompressData>('compress')

function nextOfCompress({ data }: PyObject<CompressData>): Owned<Value> | undefined {
  for (;;) {
    const item = advance(data.items)
    if (item === undefined) return undefined
    let good: boolean
    try {
      const selector = advance(data.selectors)
      if (selector === undefined) {
        drop(item)
        return undefined
      }
      good = isTrueOf(selector)
    } catch (error) {
      drop(item)
      throw error
    }
    if (good) return item
    drop(item)
  }
}

interface PairwiseData {
  iterator: Owned<PyObject> | null
  old: Owned<Value> | undefined
}

export const pairwiseType = itertool<PairwiseData>('pairwise')

function endPairs(data: PairwiseData): undefined {
  const { iterator, old } = data
  data.iterator = null
  data.old = undefined
  drop(iterator)
  drop(old)
  return undefined
}

function nextOfPairwise({ data }: PyObject<PairwiseData>): Owned<Value> | undefined {
  const { iterator } = data
  if (iterator === null) return undefined
  if (data.old === undefined) {
    const first = advance(iterator)
    if (first === undefined) return endPairs(data)
    // The iterator may have moved this very object on, or ended it.
    drop(data.old)
    data.old = first
    if (data.iterator === null) return endPairs(data)
  }
  const old = keep<Value>(data.old)
  let item: Owned<Value> | undefined
  try {
    item = advance(iterator)
  } catch (error) {
    drop(old)
    throw error
  }
  if (item === undefined) {
    drop(old)
    return endPairs(data)
  }
  const previous = data.old
  data.old = keep<Value>(item)
  drop(previous)
  return newTuple([old, item])
}

function definePairwise(): void {
  defineItertool(pairwiseType, {
    make: tpNew('pairwise(iterable, /)', (type, iterable) =>
      newOf<PairwiseData>(type, { iterator: iter(iterable), old: undefined }),
    ),
    next: nextOfPairwise,
    parts: ({ iterator, old }) => [iterator, old],
  })
  defineItertool(compressType, {
    make: tpNew('compress(data, selectors)', (type, items, selectors) => {
      const iterator = iter(items)
      try {
        return newOf<CompressData>(type, { items: iterator, selectors: iter(selectors) })
      } catch (error) {
        drop(iterator)
        throw error
      }
    }),
    next: nextOfCompress,
    parts: ({ items, selectors }) => [items, selectors],
    methods: { '__reduce__()': (self) => reduced(self, [self.data.items, self.data.selectors]) },
  })
}

/** Defines the iterators that go over one iterable. */
export function defineBasicTools(): void {
  defineCount()
  defineRepeat()
  defineCycle()
  defineWhiles()
  defineFunctionTools()
  definePairwise()
}
