import { drop, dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { defineType, tpNew } from './define.ts'
import { typeError, valueError } from './errors.ts'
import { newOf } from './instance.ts'
import { iterSelf } from './iterator_types.ts'
import { newTuple } from './make.ts'
import type { KeywordNames, PyObject, PyType, Value } from './object.ts'
import { call, isTrue } from './protocols.ts'
import { iter } from './sequence_protocol.ts'
import { giveTuple, type TupleGiver } from './tuple.ts'
import { boolType, filterType, mapType, None, type TypeFor, zipType } from './types.ts'

type Iterators = readonly Owned<PyObject>[]

/** An iterator over each of several iterables. */
export function iterAll(iterables: readonly Value[]): Owned<PyObject>[] {
  const iterators: Owned<PyObject>[] = []
  try {
    for (let i = 0; i < iterables.length; i++) iterators.push(iter(iterables[i]!))
  } catch (error) {
    dropAll(iterators)
    throw error
  }
  return iterators
}

/** The next item of each iterator; `undefined` once one of them has none, with nothing held. */
function nextOfAll(iterators: Iterators): Owned<Value>[] | undefined {
  const items: Owned<Value>[] = []
  try {
    for (let i = 0; i < iterators.length; i++) {
      const iterator = iterators[i]!
      const item = iterator.type.tp_iternext!(iterator)
      if (item === undefined) {
        dropAll(items)
        return undefined
      }
      items.push(item)
    }
  } catch (error) {
    dropAll(items)
    throw error
  }
  return items
}

interface MapData {
  readonly fn: Owned<Value>
  readonly iterators: Iterators
}

function newMap(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  if (kwnames !== null && kwnames.length > 0 && (type === mapType || type.tp_init === mapType.tp_init)) {
    throw typeError('map() takes no keyword arguments')
  }
  const positional = kwnames === null ? args : args.slice(0, args.length - kwnames.length)
  if (positional.length < 2) throw typeError('map() must have at least two arguments.')
  const iterators = iterAll(positional.slice(1))
  return newOf<MapData>(type, { fn: keep(args[0]!), iterators })
}

function nextOfMap({ data }: PyObject<MapData>): Owned<Value> | undefined {
  const { iterators } = data
  if (iterators.length === 1) {
    const iterator = iterators[0]!
    const item = iterator.type.tp_iternext!(iterator)
    if (item === undefined) return undefined
    try {
      return call(data.fn, [item])
    } finally {
      drop(item)
    }
  }
  const items = nextOfAll(iterators)
  if (items === undefined) return undefined
  try {
    return call(data.fn, items)
  } finally {
    dropAll(items)
  }
}

interface FilterData {
  readonly fn: Owned<Value>
  readonly iterator: Owned<PyObject>
}

function newFilter(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  if (kwnames !== null && kwnames.length > 0 && (type === filterType || type.tp_init === filterType.tp_init)) {
    throw typeError('filter() takes no keyword arguments')
  }
  const count = args.length - (kwnames === null ? 0 : kwnames.length)
  if (count !== 2) throw typeError(`filter expected 2 arguments, got ${count}`)
  return newOf<FilterData>(type, { fn: keep(args[0]!), iterator: iter(args[1]!) })
}

function nextOfFilter({ data }: PyObject<FilterData>): Owned<Value> | undefined {
  const { fn, iterator } = data
  const plain = fn === None || fn === (boolType as Value)
  for (;;) {
    const item = iterator.type.tp_iternext!(iterator)
    if (item === undefined) return undefined
    let good: boolean
    try {
      good = plain ? isTrue(item) : isTrueOf(call(fn, [item]))
    } catch (error) {
      drop(item)
      throw error
    }
    if (good) return item
    drop(item)
  }
}

/** The truth of a value that is given up. */
export function isTrueOf(value: Owned<Value>): boolean {
  if (typeof value === 'boolean') return value
  try {
    return isTrue(value)
  } finally {
    drop(value)
  }
}

interface ZipData extends TupleGiver {
  readonly iterators: Iterators
  strict: boolean
}

function nextOfZip({ data }: PyObject<ZipData>): Owned<Value> | undefined {
  const { iterators } = data
  if (iterators.length === 0) return undefined
  if (!data.strict) {
    const items = nextOfAll(iterators)
    return items === undefined ? undefined : giveTuple(data, items)
  }
  const items: Owned<Value>[] = []
  try {
    for (let i = 0; i < iterators.length; i++) {
      const iterator = iterators[i]!
      const item = iterator.type.tp_iternext!(iterator)
      if (item === undefined) {
        if (i > 0) throw lengthError(i, 'shorter')
        checkOthers(iterators)
        return undefined
      }
      items.push(item)
    }
  } catch (error) {
    dropAll(items)
    throw error
  }
  return giveTuple(data, items)
}

function lengthError(index: number, how: 'shorter' | 'longer'): unknown {
  const others = index === 1 ? ' ' : 's 1-'
  return valueError(`zip() argument ${index + 1} is ${how} than argument${others}${index}`)
}

/** The first of all is exhausted: so must be the others. */
function checkOthers(iterators: Iterators): void {
  for (let i = 1; i < iterators.length; i++) {
    const iterator = iterators[i]!
    const item = iterator.type.tp_iternext!(iterator)
    if (item !== undefined) {
      drop(item)
      throw lengthError(i, 'longer')
    }
  }
}

function traverseAll(iterators: Iterators, visit: (child: PyObject) => void): void {
  for (const iterator of iterators) visit(iterator)
}

const keepAll = (values: readonly Owned<Value>[]): Owned<Value>[] => values.map((value) => keep<Value>(value))

/** Defines `map`, `filter` and `zip`. */
export function defineMapFilterZip(): void {
  defineType(mapType as TypeFor<PyObject<MapData>>, () => ({
    slots: {
      tp_new: newMap,
      tp_iter: iterSelf,
      tp_iternext: nextOfMap,
      tp_dealloc: ({ data }) => {
        dropAll(data.iterators)
        drop(data.fn)
      },
      tp_traverse: ({ data }, visit) => {
        traverseAll(data.iterators, visit)
        if (typeof data.fn === 'object') visit(data.fn)
      },
    },
    methods: {
      '__reduce__()': (self) =>
        newTuple([keep<Value>(self.type), newTuple([keep<Value>(self.data.fn), ...keepAll(self.data.iterators)])]),
    },
  }))
  defineType(filterType as TypeFor<PyObject<FilterData>>, () => ({
    slots: {
      tp_new: newFilter,
      tp_iter: iterSelf,
      tp_iternext: nextOfFilter,
      tp_dealloc: ({ data }) => {
        drop(data.fn)
        drop(data.iterator)
      },
      tp_traverse: ({ data }, visit) => {
        visit(data.iterator)
        if (typeof data.fn === 'object') visit(data.fn)
      },
    },
    methods: {
      '__reduce__()': (self) =>
        newTuple([keep<Value>(self.type), newTuple(keepAll([self.data.fn, self.data.iterator]))]),
    },
  }))
  defineType(zipType as TypeFor<PyObject<ZipData>>, () => ({
    slots: {
      tp_new: tpNew('zip(*iterables, strict: bool = False)', (type, iterables, strict) =>
        newOf<ZipData>(type, { iterators: iterAll(iterables), strict, result: null }),
      ),
      tp_iter: iterSelf,
      tp_iternext: nextOfZip,
      tp_dealloc: ({ data }) => {
        dropAll(data.iterators)
        drop(data.result)
      },
      tp_traverse: ({ data }, visit) => {
        traverseAll(data.iterators, visit)
        if (data.result !== null) visit(data.result)
      },
    },
    methods: {
      '__reduce__()': (self) => {
        const parts: Owned<Value>[] = [keep<Value>(self.type), newTuple(keepAll(self.data.iterators))]
        if (self.data.strict) parts.push(true)
        return newTuple(parts)
      },
      '__setstate__(state: bool, /)': ({ data }, state) => {
        data.strict = state
      },
    },
  }))
}
