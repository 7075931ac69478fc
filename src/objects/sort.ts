import { drop, dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { valueError } from './errors.ts'
import { Py_EQ, Py_LT, PyFloat, type PyList, type PyTuple, type Value } from './object.ts'
import { call, richCompareBool } from './protocols.ts'
import { type Less, TimSort } from './timsort.ts'
import { floatType, None, tupleType } from './types.ts'

type Items = Owned<Value>[]

/** What all keys are, for comparisons that need not ask their types again. */
type Kind = 'int' | 'str' | 'float' | 'tuple' | 'other'

function kindOf(keys: readonly Value[]): Kind {
  const [first] = keys
  const kind = kindOfOne(first!)
  if (kind === 'other') return kind
  for (let i = 1; i < keys.length; i++) if (kindOfOne(keys[i]!) !== kind) return 'other'
  return kind
}

function kindOfOne(key: Value): Kind {
  if (typeof key === 'number') return 'int'
  if (typeof key === 'string') return 'str'
  if (typeof key !== 'object') return 'other'
  if (key.type === floatType) return 'float'
  return key.type === tupleType ? 'tuple' : 'other'
}

/** `a < b` for values whose order no Python code decides; else `undefined`. */
function plainLess(a: Value, b: Value): boolean | undefined {
  if ((typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string')) return a < b
  if (a instanceof PyFloat && b instanceof PyFloat && a.type === floatType && b.type === floatType) {
    return a.data < b.data
  }
  return undefined
}

function tupleLess(a: PyTuple, b: PyTuple): boolean {
  const x = a.data
  const y = b.data
  const length = Math.min(x.length, y.length)
  for (let i = 0; i < length; i++) {
    const p = x[i]!
    const q = y[i]!
    if (p === q) continue
    if (typeof p !== 'object' && typeof p === typeof q) return p < q
    if (richCompareBool(p, q, Py_EQ)) continue
    return plainLess(p, q) ?? richCompareBool(p, q, Py_LT)
  }
  return x.length < y.length
}

function lessOf(keys: readonly Value[], kind: Kind): Less {
  switch (kind) {
    case 'int':
    case 'str': {
      const plain = keys as readonly number[]
      return (a, b) => plain[a]! < plain[b]!
    }
    case 'float': {
      const numbers = Float64Array.from(keys, (key) => (key as PyFloat).data)
      return (a, b) => numbers[a]! < numbers[b]!
    }
    case 'tuple':
      return (a, b) => tupleLess(keys[a] as PyTuple, keys[b] as PyTuple)
    default:
      return (a, b) => richCompareBool(keys[a]!, keys[b]!, Py_LT)
  }
}

/** Puts the items in ascending order of their keys; gives `false`, with nothing done, unless no Python code can see it. */
function sortPlain(items: Items, reverse: boolean): boolean {
  const kind = kindOf(items)
  if (kind === 'int') {
    const sorted = Float64Array.from(items as number[]).sort()
    if (reverse) sorted.reverse()
    for (let i = 0; i < sorted.length; i++) items[i] = sorted[i]!
    return true
  }
  if (kind === 'str') {
    items.sort()
    if (reverse) items.reverse()
    return true
  }
  if (kind !== 'float') return false
  sortBy(items, items, kind, reverse)
  return true
}

/** Sorts `items` by `keys`, which may be the same array; where a comparison throws, all items are still there. */
function sortBy(items: Items, keys: readonly Value[], kind: Kind, reverse: boolean): void {
  const count = items.length
  const order = new Int32Array(count)
  for (let i = 0; i < count; i++) order[i] = reverse ? count - 1 - i : i
  try {
    new TimSort(order, lessOf(keys, kind)).run()
  } finally {
    if (reverse) order.reverse()
    const old = items.slice()
    for (let i = 0; i < count; i++) items[i] = old[order[i]!]!
  }
}

/** Sorts without Python code running, on an array that nobody else sees. */
function sortDetached(items: Items, key: Value, reverse: boolean): void {
  if (key === None) {
    if (items.length > 1) sortBy(items, items, kindOf(items), reverse)
    return
  }
  const keys: Items = []
  try {
    for (let i = 0; i < items.length; i++) keys.push(call(key, [items[i]!]))
    if (keys.length > 1) sortBy(items, keys, kindOf(keys), reverse)
  } finally {
    dropAll(keys)
  }
}

/**
 * `list.sort`. While Python code may run, the list is empty, and what the program does to it is noticed: ValueError.
 */
export function sortList(self: PyList, key: Value, reverse: boolean): void {
  const items = self.data
  if (key === None && (items.length < 2 || sortPlain(items, reverse))) return
  const detached = items.slice()
  items.length = 0
  let modified = false
  const watched = new Proxy<Items>([], {
    set(target, property, value) {
      modified = true
      return Reflect.set(target, property, value)
    },
  })
  self.data = watched
  keep(key)
  try {
    sortDetached(detached, key, reverse)
  } finally {
    drop(key)
    const intruders = watched.length > 0 ? watched.slice() : []
    self.data = items
    intruders.push(...items)
    items.length = 0
    for (let i = 0; i < detached.length; i++) items.push(detached[i]!)
    dropAll(intruders)
  }
  if (modified) throw valueError('list modified during sort')
}
