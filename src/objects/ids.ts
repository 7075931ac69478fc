import type { Value } from './object.ts'

/** The last id given to an object; those computed from a value are smaller. */
let last = 0x7f0000000000
const objectIds = new WeakMap<object, number>()

/** Ids of ints up to `COMPUTED_MAX` on both sides of zero lie around this one. */
const ZERO = 2 ** 45
const COMPUTED_MAX = 2 ** 40
const FALSE = 16
const TRUE = 32

/** What the plain values of one generation may weigh, in characters, each with what its entry weighs. */
const GENERATION_MAX = 1 << 23
const ENTRY = 64

/**
 * The ids of strings and large ints in the order in which they were asked for. JavaScript does not tell when a string is
 * gone, so those that were not asked for in a long time are forgotten, in two generations.
 */
let recent = new Map<unknown, number>()
let older = new Map<unknown, number>()
let weight = 0

function plainId(value: string | number | bigint | undefined): number {
  const known = recent.get(value)
  if (known !== undefined) return known
  const id = older.get(value) ?? (last += 16)
  weight += ENTRY + (typeof value === 'string' ? value.length : 0)
  if (weight > GENERATION_MAX) {
    older = recent
    recent = new Map()
    weight = 0
  }
  recent.set(value, id)
  return id
}

/**
 * `id()`: unique and stable for objects; equal for equal plain values, which are one object to Python. That of a string
 * may change when a hundred thousand other ones have been asked for since.
 */
export function idOf(value: Value | object): number {
  if (typeof value === 'object') {
    let id = objectIds.get(value)
    if (id === undefined) objectIds.set(value, (id = last += 16))
    return id
  }
  if (typeof value === 'boolean') return value ? TRUE : FALSE
  if (typeof value === 'number' && value < COMPUTED_MAX && value > -COMPUTED_MAX) return ZERO + 16 * value
  return plainId(value)
}
