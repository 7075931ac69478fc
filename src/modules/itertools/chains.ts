import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt } from '../../objects/access.ts'
import { tpNew } from '../../objects/define.ts'
import { isException, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_Exception } from '../../objects/exception_types.ts'
import { newOf } from '../../objects/instance.ts'
import { newList, newTuple, none } from '../../objects/make.ts'
import { iterAll } from '../../objects/map_filter_zip.ts'
import { binaryOp, NB_ADD, toIndex } from '../../objects/number_protocol.ts'
import type { KeywordNames, PyObject, PyType, Value } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { iter } from '../../objects/sequence_protocol.ts'
import { asTuple, giveTuple, type TupleGiver } from '../../objects/tuple.ts'
import { genericAliasHook } from '../../objects/type_hooks.ts'
import { None, typeOf } from '../../objects/types.ts'
import { defineItertool, itertool, reduced, refuseKeywords } from './define.ts'

interface ChainData {
  /** The iterator over the iterables, and that over the present one. */
  source: Owned<PyObject> | null
  active: Owned<PyObject> | null
}

export const chainType = itertool<ChainData>('chain')

function nextOfChain({ data }: PyObject<ChainData>): Owned<Value> | undefined {
  for (;;) {
    const { source } = data
    if (source === null) return undefined
    if (data.active === null) {
      const iterable = source.type.tp_iternext!(source)
      if (iterable === undefined) {
        data.source = null
        drop(source)
        return undefined
      }
      try {
        data.active = iter(iterable)
      } catch (error) {
        data.source = null
        drop(source)
        throw error
      } finally {
        drop(iterable)
      }
    }
    const { active } = data
    const item = active.type.tp_iternext!(active)
    if (item !== undefined) return item
    if (data.active === active) {
      data.active = null
      drop(active)
    }
  }
}

function newChain(type: PyType, source: Owned<PyObject>): Owned<Value> {
  return newOf<ChainData>(type, { source, active: null })
}

function setChain({ data }: PyObject<ChainData>, state: Value): void {
  const parts = asTuple(state)?.data
  if (parts === undefined) throw typeError('state is not a tuple')
  if (parts.length < 1) throw typeError('function takes at least 1 argument (0 given)')
  if (parts.length > 2) throw typeError(`function takes at most 2 arguments (${parts.length} given)`)
  for (const part of parts) if (typeOf(part).tp_iternext === undefined) throw typeError('Arguments must be iterators.')
  const { source, active } = data
  data.source = keep<PyObject>(parts[0] as PyObject)
  data.active = parts.length > 1 ? keep<PyObject>(parts[1] as PyObject) : null
  drop(source)
  drop(active)
}

function defineChain(): void {
  defineItertool(chainType, {
    make: (type, args, kwnames) => {
      refuseKeywords(chainType as never, type, kwnames, 'chain')
      const iterables = newTuple(args.slice(0, args.length - (kwnames?.length ?? 0)).map((arg) => keep(arg)))
      const source = iter(iterables)
      drop(iterables)
      return newChain(type, source)
    },
    next: nextOfChain,
    parts: ({ source, active }) => [source, active],
    methods: {
      '__reduce__()': (self) => {
        const { source, active } = self.data
        if (source === null) return reduced(self, [])
        const state = newTuple(active === null ? [keep<Value>(source)] : [keep<Value>(source), keep<Value>(active)])
        const result = reduced(self, [], state)
        drop(state)
        return result
      },
      '__setstate__(state, /)': setChain,
    },
    classMethods: {
      'from_iterable(iterable, /)': (type: PyType, iterable: Value) => newChain(type, iter(iterable)),
      '__class_getitem__(item, /)': (type: PyType, item: Value) => genericAliasHook.make(type, item),
    },
  })
}

interface IsliceData {
  iterator: Owned<PyObject> | null
  next: number
  /** -1 for no end. */
  readonly stop: number
  readonly step: number
  count: number
}

export const isliceType = itertool<IsliceData>('islice')

const BOUND = 'must be None or an integer: 0 <= x <= sys.maxsize.'

/** A bound of `islice`: not negative, or -1 for None. */
function sliceBound(value: Value, message: string): number {
  if (value === None) return -1
  let bound: number | bigint = -1
  try {
    if (asInt(value) !== undefined || typeOf(value).nb_index !== undefined) bound = toIndex(value)
  } catch (error) {
    if (!isException(error, PyExc_Exception)) throw error
    drop(error)
  }
  if (bound < 0 || bound >= 2n ** 63n) throw valueError(message)
  return Math.min(Number(bound), Number.MAX_SAFE_INTEGER)
}

function newIslice(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  refuseKeywords(isliceType as never, type, kwnames, 'islice')
  const count = args.length - (kwnames?.length ?? 0)
  if (count < 2) throw typeError(`islice expected at least 2 arguments, got ${count}`)
  if (count > 4) throw typeError(`islice expected at most 4 arguments, got ${count}`)
  let start = 0
  let stop: number
  if (count === 2) stop = sliceBound(args[1]!, `Stop argument for islice() ${BOUND}`)
  else {
    stop = sliceBound(args[2]!, `Stop argument for islice() ${BOUND}`)
    start = Math.max(0, sliceBound(args[1]!, `Indices for islice() ${BOUND}`))
  }
  const step = count < 4 ? 1 : stepOf(args[3]!)
  return newOf<IsliceData>(type, { iterator: iter(args[0]!), next: start, stop, step, count: 0 })
}

function stepOf(value: Value): number {
  const message = 'Step for islice() must be a positive integer or None.'
  const step = sliceBound(value, message)
  if (step === 0) throw valueError(message)
  return step < 0 ? 1 : step
}

function nextOfIslice({ data }: PyObject<IsliceData>): Owned<Value> | undefined {
  const { iterator, stop } = data
  if (iterator === null) return undefined
  const advance = iterator.type.tp_iternext!
  while (data.count < data.next) {
    const skipped = advance(iterator)
    if (skipped === undefined) return endIslice(data)
    drop(skipped)
    data.count++
  }
  if (stop >= 0 && data.count >= stop) return endIslice(data)
  const item = advance(iterator)
  if (item === undefined) return endIslice(data)
  data.count++
  data.next += data.step
  if (stop >= 0 && data.next > stop) data.next = stop
  return item
}

function endIslice(data: IsliceData): undefined {
  const { iterator } = data
  data.iterator = null
  drop(iterator)
  return undefined
}

function defineIslice(): void {
  defineItertool(isliceType, {
    make: newIslice,
    next: nextOfIslice,
    parts: ({ iterator }) => [iterator],
    methods: {
      '__reduce__()': (self) => {
        const { iterator, next, stop, step, count } = self.data
        if (iterator !== null) return reduced(self, [iterator, next, stop < 0 ? None : stop, step], count)
        const empty = newList([])
        const nothing = iter(empty)
        drop(empty)
        const result = reduced(self, [nothing, 0], 0)
        drop(nothing)
        return result
      },
      '__setstate__(state: ssize, /)': ({ data }, state) => {
        data.count = state
      },
    },
  })
}

interface AccumulateData {
  readonly iterator: Owned<PyObject>
  readonly fn: Owned<Value> | null
  total: Owned<Value> | undefined
  initial: Owned<Value> | undefined
}

export const accumulateType = itertool<AccumulateData>('accumulate')

function nextOfAccumulate({ data }: PyObject<AccumulateData>): Owned<Value> | undefined {
  const { initial, iterator, fn } = data
  if (initial !== undefined) {
    data.initial = undefined
    data.total = initial
    return keep<Value>(initial)
  }
  const item = iterator.type.tp_iternext!(iterator)
  if (item === undefined) return undefined
  if (data.total === undefined) {
    data.total = item
    return keep<Value>(item)
  }
  const old = keep<Value>(data.total)
  let total: Owned<Value>
  try {
    total = fn === null ? binaryOp(old, item, NB_ADD) : call(fn, [old, item])
  } finally {
    drop(old)
    drop(item)
  }
  const replaced = data.total
  data.total = total
  drop(replaced)
  return keep<Value>(total)
}

/** A chain of one value and what an iterator still gives. */
function chained(first: Value, rest: PyObject): Owned<Value> {
  const start = newTuple([keep(first)])
  try {
    return call(chainType, [start, rest])
  } finally {
    drop(start)
  }
}

function reduceAccumulate(self: PyObject<AccumulateData>): Owned<Value> {
  const { iterator, total, initial } = self.data
  const fn = self.data.fn ?? None
  if (initial !== undefined) {
    const rest = chained(initial, iterator)
    const result = reduced(self, [rest, fn], None)
    drop(rest)
    return result
  }
  if (total === None) {
    const rest = chained(total, iterator)
    const accumulated = call(self.type, [rest, fn])
    drop(rest)
    return newTuple([keep<Value>(isliceType), newTuple([accumulated, 1, none()])])
  }
  return reduced(self, [iterator, fn], total ?? None)
}

function defineAccumulate(): void {
  defineItertool(accumulateType, {
    make: tpNew('accumulate(iterable, func = None, *, initial = None)', (type, iterable, fn, initial) =>
      newOf<AccumulateData>(type, {
        iterator: iter(iterable),
        fn: fn === None ? null : keep(fn),
        total: undefined,
        initial: initial === None ? undefined : keep(initial),
      }),
    ),
    next: nextOfAccumulate,
    parts: ({ iterator, fn, total, initial }) => [iterator, fn, total, initial],
    methods: {
      '__reduce__()': reduceAccumulate,
      '__setstate__(state, /)': ({ data }, state) => {
        const old = data.total
        data.total = keep(state)
        drop(old)
      },
    },
  })
}

interface ZipLongestData extends TupleGiver {
  readonly iterators: (Owned<PyObject> | null)[]
  active: number
  fill: Owned<Value>
}

export const zipLongestType = itertool<ZipLongestData>('zip_longest')

function newZipLongest(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  let fill: Value = None
  const keywords = kwnames?.length ?? 0
  if (keywords > 0) {
    if (keywords > 1 || kwnames![0] !== 'fillvalue') {
      throw typeError('zip_longest() got an unexpected keyword argument')
    }
    fill = args[args.length - 1]!
  }
  const iterators: (Owned<PyObject> | null)[] = iterAll(args.slice(0, args.length - keywords))
  return newOf<ZipLongestData>(type, { iterators, active: iterators.length, fill: keep(fill), result: null })
}

function nextOfZipLongest({ data }: PyObject<ZipLongestData>): Owned<Value> | undefined {
  const { iterators } = data
  if (iterators.length === 0 || data.active === 0) return undefined
  const items: Owned<Value>[] = []
  const give = (): undefined => {
    for (const item of items) drop(item)
    return undefined
  }
  for (let i = 0; i < iterators.length; i++) {
    const iterator = iterators[i]!
    if (iterator === null) {
      items.push(keep<Value>(data.fill))
      continue
    }
    let item: Owned<Value> | undefined
    try {
      item = iterator.type.tp_iternext!(iterator)
    } catch (error) {
      data.active = 0
      give()
      throw error
    }
    if (item === undefined) {
      if (--data.active === 0) return give()
      iterators[i] = null
      drop(iterator)
      item = keep<Value>(data.fill)
    }
    items.push(item)
  }
  return giveTuple(data, items)
}

function defineZipLongest(): void {
  defineItertool(zipLongestType, {
    make: newZipLongest,
    next: nextOfZipLongest,
    parts: ({ iterators, fill, result }) => [iterators, fill, result],
    methods: {
      '__reduce__()': (self) => {
        const { iterators, fill } = self.data
        const empty = newTuple([])
        const result = reduced(
          self,
          iterators.map((iterator) => iterator ?? empty),
          fill,
        )
        drop(empty)
        return result
      },
      '__setstate__(state, /)': ({ data }, state) => {
        const old = data.fill
        data.fill = keep(state)
        drop(old)
      },
    },
  })
}

/** Defines the iterators that join or cut others. */
export function defineChainTools(): void {
  defineChain()
  defineIslice()
  defineAccumulate()
  defineZipLongest()
}
