import {
  Complex,
  type Constant,
  Float,
  FrozenSet,
  type Str,
  strCodePoints,
  strFromCodePoints,
  strLength,
  WideStr,
} from '../../base/values.ts'
import type { Int } from './ints.ts'
import { isTuple } from './truth.ts'

/* Operators on constant sequences; `undefined` is an exception, or a result that CPython finds too large to fold. */

/** Items of a repeated tuple, characters of a repeated string, items with those of nested tuples. */
const MAX_COLLECTION_SIZE = 256
const MAX_STR_SIZE = 4096
const MAX_TOTAL_ITEMS = 1024

/** `len()` of what `+`, `*` and subscripts work on. */
type Sequence = Str | Uint8Array | readonly Constant[]

export function isStr(value: Constant): value is Str {
  return typeof value === 'string' || value instanceof WideStr
}

export function isSequence(value: Constant): value is Sequence {
  return isStr(value) || value instanceof Uint8Array || isTuple(value)
}

function lengthOf(value: Sequence): number {
  return isStr(value) ? strLength(value) : value.length
}

/** `a + b` for two sequences of the same type. */
export function concatenate(a: Sequence, b: Sequence): Constant | undefined {
  if (typeof a === 'string' && typeof b === 'string') return a + b
  if (isStr(a)) return isStr(b) ? strFromCodePoints([...strCodePoints(a), ...strCodePoints(b)]) : undefined
  if (a instanceof Uint8Array) return b instanceof Uint8Array ? concatenateBytes(a, b) : undefined
  return isTuple(b) ? [...a, ...b] : undefined
}

function concatenateBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length)
  out.set(a)
  out.set(b, a.length)
  return out
}

/** `value * count`. */
export function repeat(value: Sequence, count: Int): Constant | undefined {
  const size = lengthOf(value)
  if (size === 0) return typeof count === 'number' || fitsIndex(count) ? value : undefined
  const isTupleValue = isTuple(value)
  const limit = Math.floor((isTupleValue ? MAX_COLLECTION_SIZE : MAX_STR_SIZE) / size)
  if (typeof count !== 'number' || count < 0 || count > limit) return undefined
  if (isTupleValue && count !== 0 && itemsLeft(value, Math.floor(MAX_TOTAL_ITEMS / count)) < 0) return undefined
  if (typeof value === 'string') return value.repeat(count)
  if (value instanceof Uint8Array) return Uint8Array.from({ length: size * count }, (_, i) => value[i % size]!)
  const items: readonly Constant[] = isTupleValue ? value : value.codePoints
  const out = Array.from({ length: size * count }, (_, i) => items[i % size]!)
  return isTupleValue ? out : strFromCodePoints(out as number[])
}

function fitsIndex(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value
}

/** What remains of a limit on the number of items in tuples and frozensets; below 0 where it is exceeded. */
function itemsLeft(value: Constant, limit: number): number {
  const items = value instanceof FrozenSet ? value.items : isTuple(value) ? value : null
  if (items === null) return limit
  limit -= items.length
  for (let i = 0; limit >= 0 && i < items.length; i++) limit = itemsLeft(items[i]!, limit)
  return limit
}

/** `value[index]`. */
export function subscript(value: Constant, index: Constant): Constant | undefined {
  if (!isSequence(value)) return undefined
  if (typeof index === 'boolean') index = index ? 1 : 0
  if (typeof index !== 'number') return undefined
  const size = lengthOf(value)
  const at = index < 0 ? index + size : index
  if (at < 0 || at >= size) return undefined
  if (value instanceof WideStr) return strFromCodePoints([value.codePoints[at]!])
  return (value as string | Uint8Array | readonly Constant[])[at]
}

/** A frozenset of constants: of equal ones (1, 1.0 and True are) the first stays. */
export function frozenSet(items: readonly Constant[]): FrozenSet {
  const kept = new Map<unknown, Constant>()
  for (const item of items) {
    const key = equalityKey(item)
    if (!kept.has(key)) kept.set(key, item)
  }
  return new FrozenSet([...kept.values()])
}

/** Equal for constants that Python finds equal, and only for them. */
function equalityKey(value: Constant): unknown {
  if (typeof value === 'string') return `s${value}`
  if (typeof value === 'number' || typeof value === 'bigint') return `n${value}`
  if (typeof value === 'boolean') return value ? 'n1' : 'n0'
  if (value instanceof Float) return floatKey(value.value, value)
  if (value instanceof Complex) {
    if (value.imag === 0) return floatKey(value.real, value)
    return Number.isNaN(value.real) || Number.isNaN(value.imag) ? value : `c${value.real},${value.imag}`
  }
  if (value instanceof WideStr) return `w${value.codePoints.join()}`
  if (value instanceof Uint8Array) return `b${value.join()}`
  if (isTuple(value)) return tupleKey(value)
  if (value instanceof FrozenSet) return `f${value.items.map(keyText).sort().join()}`
  return value
}

/** Of a float or a complex number without an imaginary part: the key of an int where it equals one. */
function floatKey(number: number, value: Constant): unknown {
  if (Number.isNaN(number)) return value
  return Number.isInteger(number) ? `n${BigInt(number)}` : `n${number}`
}

function tupleKey(items: readonly Constant[]): unknown {
  return `t${items.map(keyText).join()}`
}

const objectNumbers = new WeakMap<object, number>()
let lastObjectNumber = 0

/** The key as text that cannot be mistaken for another one's, also within a tuple's. */
function keyText(value: Constant): string {
  const key = equalityKey(value)
  if (typeof key === 'string') return `${key.length}:${key}`
  if (key === null || typeof key !== 'object') return '-'
  let number = objectNumbers.get(key)
  if (number === undefined) objectNumbers.set(key, (number = ++lastObjectNumber))
  return `@${number}`
}
