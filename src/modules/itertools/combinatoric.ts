import { drop, dropAll, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt } from '../../objects/access.ts'
import { toSsize } from '../../objects/arguments.ts'
import { tpNew } from '../../objects/define.ts'
import { overflowError, typeError, valueError } from '../../objects/errors.ts'
import { newOf } from '../../objects/instance.ts'
import { newTuple } from '../../objects/make.ts'
import type { KeywordNames, PyObject, PyTuple, PyType, Value } from '../../objects/object.ts'
import { asTuple, giveTuple, type TupleGiver, toTuple } from '../../objects/tuple.ts'
import { None } from '../../objects/types.ts'
import { defineItertool, itertool, reduced } from './define.ts'

/** The numbers of a tuple of indices in a pickled state. */
function indicesOf(state: Value, length: number): number[] {
  const parts = asTuple(state)?.data
  if (parts === undefined || parts.length !== length) throw valueError('invalid arguments')
  return parts.map((part) => toSsize(part))
}

const numbersTuple = (numbers: readonly number[]): Owned<PyTuple> => newTuple(numbers.slice())

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(value, max))
}

interface ProductData extends TupleGiver {
  readonly pools: readonly Owned<PyTuple>[]
  readonly indices: number[]
  started: boolean
  stopped: boolean
}

export const productType = itertool<ProductData>('product')

function newProduct(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const keywords = kwnames?.length ?? 0
  let times = 1
  if (keywords > 0) {
    kwnames!.forEach((name) => {
      if (name !== 'repeat') throw typeError(`'${String(name)}' is an invalid keyword argument for product()`)
    })
    times = toSsize(args[args.length - 1]!)
    if (times < 0) throw valueError('repeat argument cannot be negative')
  }
  const count = times === 0 ? 0 : args.length - keywords
  if (count * times > 2 ** 32) throw overflowError('repeat argument too large')
  const pools: Owned<PyTuple>[] = []
  try {
    for (let i = 0; i < count; i++) pools.push(toTuple(args[i]!))
  } catch (error) {
    dropAll(pools)
    throw error
  }
  for (let n = 1; n < times; n++) for (let i = 0; i < count; i++) pools.push(keep<PyTuple>(pools[i]!))
  return newOf<ProductData>(type, { pools, indices: pools.map(() => 0), started: false, stopped: false, result: null })
}

function nextOfProduct({ data }: PyObject<ProductData>): Owned<Value> | undefined {
  const { pools, indices } = data
  if (data.stopped) return undefined
  if (!data.started) {
    data.started = true
    for (let i = 0; i < pools.length; i++) {
      if (pools[i]!.data.length === 0) {
        data.stopped = true
        return undefined
      }
    }
  } else {
    let i = pools.length - 1
    for (; i >= 0; i--) {
      if (++indices[i]! < pools[i]!.data.length) break
      indices[i] = 0
    }
    if (i < 0) {
      data.stopped = true
      return undefined
    }
  }
  const items: Owned<Value>[] = []
  for (let i = 0; i < pools.length; i++) items.push(keep<Value>(pools[i]!.data[indices[i]!]!))
  return giveTuple(data, items)
}

function defineProduct(): void {
  defineItertool(productType, {
    make: newProduct,
    next: nextOfProduct,
    parts: ({ pools, result }) => [pools, result],
    methods: {
      '__reduce__()': (self) => {
        const { pools, indices, started, stopped } = self.data
        if (stopped) return newTuple([keep<Value>(self.type), newTuple([newTuple([])])])
        if (!started) return reduced(self, pools)
        return newTuple([
          keep<Value>(self.type),
          newTuple(pools.map((pool) => keep<Value>(pool))),
          numbersTuple(indices),
        ])
      },
      '__setstate__(state, /)': ({ data }, state) => {
        const { pools } = data
        const indices = indicesOf(state, pools.length)
        if (pools.some((pool) => pool.data.length === 0)) {
          data.stopped = true
          return
        }
        for (let i = 0; i < pools.length; i++) data.indices[i] = clamp(indices[i]!, pools[i]!.data.length - 1)
        data.started = true
      },
      '__sizeof__()': ({ data }) => 48 + 8 * data.pools.length,
    },
  })
}

interface SelectionData extends TupleGiver {
  readonly pool: Owned<PyTuple>
  readonly r: number
  readonly indices: number[]
  /** Of permutations. */
  readonly cycles: number[]
  started: boolean
  stopped: boolean
}

export const combinationsType = itertool<SelectionData>('combinations')
export const combinationsWithReplacementType = itertool<SelectionData>('combinations_with_replacement')
export const permutationsType = itertool<SelectionData>('permutations')

/** The first `r` of the selected items. */
function selection(data: SelectionData): Owned<Value> {
  const { pool, indices, r } = data
  const items: Owned<Value>[] = []
  for (let i = 0; i < r; i++) items.push(keep<Value>(pool.data[indices[i]!]!))
  return giveTuple(data, items)
}

/** Moves to the next combination; false at the end. */
function nextCombination({ pool, indices, r }: SelectionData): boolean {
  const n = pool.data.length
  let i = r - 1
  while (i >= 0 && indices[i] === i + n - r) i--
  if (i < 0) return false
  indices[i]!++
  for (let j = i + 1; j < r; j++) indices[j] = indices[j - 1]! + 1
  return true
}

function nextWithReplacement({ pool, indices, r }: SelectionData): boolean {
  const n = pool.data.length
  let i = r - 1
  while (i >= 0 && indices[i] === n - 1) i--
  if (i < 0) return false
  const index = indices[i]! + 1
  for (; i < r; i++) indices[i] = index
  return true
}

function nextPermutation({ pool, indices, cycles, r }: SelectionData): boolean {
  const n = pool.data.length
  for (let i = r - 1; i >= 0; i--) {
    cycles[i]!--
    if (cycles[i] === 0) {
      const index = indices[i]!
      for (let j = i; j < n - 1; j++) indices[j] = indices[j + 1]!
      indices[n - 1] = index
      cycles[i] = n - i
    } else {
      const j = cycles[i]!
      const index = indices[i]!
      indices[i] = indices[n - j]!
      indices[n - j] = index
      return true
    }
  }
  return false
}

function selectionNext(step: (data: SelectionData) => boolean) {
  return ({ data }: PyObject<SelectionData>): Owned<Value> | undefined => {
    if (data.stopped) return undefined
    if (!data.started) data.started = true
    else if (!step(data)) {
      data.stopped = true
      return undefined
    }
    return selection(data)
  }
}

function reduceSelection(self: PyObject<SelectionData>, state: () => Owned<Value>): Owned<Value> {
  const { pool, r, started, stopped } = self.data
  if (stopped) return newTuple([keep<Value>(self.type), newTuple([newTuple([]), r])])
  const args = newTuple([keep<Value>(pool), r])
  if (!started) return newTuple([keep<Value>(self.type), args])
  return newTuple([keep<Value>(self.type), args, state()])
}

function newSelection(
  type: PyType,
  pool: Owned<PyTuple>,
  r: number,
  parts: { indices: number[]; cycles: number[]; stopped: boolean },
): Owned<Value> {
  const { indices, cycles, stopped } = parts
  return newOf<SelectionData>(type, { pool, r, indices, cycles, started: false, stopped, result: null })
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

/** Items of which combinations may be made: more would need no list of ours. */
function checkR(r: number, pool: Owned<PyTuple>): void {
  if (r >= 0) return
  drop(pool)
  throw valueError('r must be non-negative')
}

function defineCombinations(): void {
  defineItertool(combinationsType, {
    make: tpNew('combinations(iterable, r: ssize)', (type, iterable, r) => {
      const pool = toTuple(iterable)
      checkR(r, pool)
      const stopped = r > pool.data.length
      return newSelection(type, pool, r, { indices: stopped ? [] : upTo(r), cycles: [], stopped })
    }),
    next: selectionNext(nextCombination),
    parts: ({ pool, result }) => [pool, result],
    methods: {
      '__reduce__()': (self) => reduceSelection(self, () => numbersTuple(self.data.indices)),
      '__setstate__(state, /)': ({ data }, state) => {
        const n = data.pool.data.length
        const indices = indicesOf(state, data.r)
        for (let i = 0; i < data.r; i++) data.indices[i] = clamp(indices[i]!, i + n - data.r)
        data.started = true
      },
      '__sizeof__()': ({ data }) => 56 + 8 * data.r,
    },
  })
  defineItertool(combinationsWithReplacementType, {
    make: tpNew('combinations_with_replacement(iterable, r: ssize)', (type, iterable, r) => {
      const pool = toTuple(iterable)
      checkR(r, pool)
      const stopped = pool.data.length === 0 && r > 0
      return newSelection(type, pool, r, { indices: stopped ? [] : new Array<number>(r).fill(0), cycles: [], stopped })
    }),
    next: selectionNext(nextWithReplacement),
    parts: ({ pool, result }) => [pool, result],
    methods: {
      '__reduce__()': (self) => reduceSelection(self, () => numbersTuple(self.data.indices)),
      '__setstate__(state, /)': ({ data }, state) => {
        const n = data.pool.data.length
        const indices = indicesOf(state, data.r)
        for (let i = 0; i < data.r; i++) data.indices[i] = clamp(indices[i]!, n - 1)
        data.started = true
      },
      '__sizeof__()': ({ data }) => 56 + 8 * data.r,
    },
  })
}

function setPermutation({ data }: PyObject<SelectionData>, state: Value): void {
  const parts = asTuple(state)?.data
  if (parts === undefined) throw typeError('state is not a tuple')
  if (parts.length !== 2) throw typeError(`function takes exactly 2 arguments (${parts.length} given)`)
  const n = data.pool.data.length
  const indices = indicesOf(parts[0]!, n)
  const cycles = indicesOf(parts[1]!, data.r)
  for (let i = 0; i < n; i++) data.indices[i] = clamp(indices[i]!, n - 1)
  for (let i = 0; i < data.r; i++) data.cycles[i] = Math.max(1, Math.min(cycles[i]!, n - i))
  data.started = true
}

function definePermutations(): void {
  defineItertool(permutationsType, {
    make: tpNew('permutations(iterable, r = None)', (type, iterable, size) => {
      const pool = toTuple(iterable)
      const n = pool.data.length
      let r = n
      if (size !== None) {
        if (asInt(size) === undefined) {
          drop(pool)
          throw typeError('Expected int as r')
        }
        r = toSsize(size)
        checkR(r, pool)
      }
      const stopped = r > n
      const cycles = stopped ? [] : upTo(r).map((i) => n - i)
      return newSelection(type, pool, r, { indices: upTo(n), cycles, stopped })
    }),
    next: selectionNext(nextPermutation),
    parts: ({ pool, result }) => [pool, result],
    methods: {
      '__reduce__()': (self) =>
        reduceSelection(self, () => newTuple([numbersTuple(self.data.indices), numbersTuple(self.data.cycles)])),
      '__setstate__(state, /)': setPermutation,
      '__sizeof__()': ({ data }) => 64 + 8 * (data.pool.data.length + data.r),
    },
  })
}

/** Defines the iterators over arrangements. */
export function defineCombinatoricTools(): void {
  defineProduct()
  defineCombinations()
  definePermutations()
}
