import type { Value } from './object.ts'

let last = 0x7f0000000000
const objectIds = new WeakMap<object, number>()
const plainIds = new Map<unknown, number>()

/** `id()`: unique and stable for objects; equal for equal plain values, which are one object to Python. */
export function idOf(value: Value | object): number {
  if (typeof value === 'object') {
    let id = objectIds.get(value)
    if (id === undefined) objectIds.set(value, (id = last += 16))
    return id
  }
  let id = plainIds.get(value)
  if (id === undefined) plainIds.set(value, (id = last += 16))
  return id
}
