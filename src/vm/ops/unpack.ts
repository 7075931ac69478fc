import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import { newList } from '../../objects/make.ts'
import type { PyList, PyObject, Value } from '../../objects/object.ts'
import { iter, next } from '../../objects/sequence_protocol.ts'
import { listType, tupleType, typeOf } from '../../objects/types.ts'
import type { Frame } from '../frame.ts'

export function UNPACK_SEQUENCE(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  const sequence = stack[sp - 1]!
  let items: readonly Owned<Value>[]
  if (typeof sequence === 'object' && (sequence.type === tupleType || sequence.type === listType)) {
    items = (sequence as PyList).data
    if (items.length !== arg) {
      throw items.length > arg
        ? valueError(`too many values to unpack (expected ${arg})`)
        : valueError(`not enough values to unpack (expected ${arg}, got ${items.length})`)
    }
    for (let i = 0; i < arg; i++) stack[sp - 1 + i] = keep<Value>(items[arg - 1 - i]!)
    drop(sequence)
    return sp - 1 + arg
  }
  items = unpack(sequence, arg, -1)
  drop(sequence)
  for (let i = 0; i < arg; i++) stack[sp - 1 + i] = items[arg - 1 - i]!
  return sp - 1 + arg
}

export function UNPACK_EX(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  const sequence = stack[sp - 1]!
  const before = arg & 0xff
  const after = arg >> 8
  const items = unpack(sequence, before, after)
  drop(sequence)
  let top = sp - 1
  for (let i = 0; i < after; i++) stack[top++] = items[items.length - 1 - i]!
  stack[top++] = newList(items.slice(before, items.length - after))
  for (let i = before - 1; i >= 0; i--) stack[top++] = items[i]!
  return top
}

/** The items of an iterable, owned: exactly `before`, or with `after` ≥ 0 at least `before + after`. */
function unpack(iterable: Value, before: number, after: number): Owned<Value>[] {
  const type = typeOf(iterable)
  if (type.tp_iter === undefined && type.sq_item === undefined) {
    throw typeError(`cannot unpack non-iterable ${type.name} object`)
  }
  const iterator = iter(iterable)
  const items: Owned<Value>[] = []
  try {
    collect(iterator, items, before, after)
  } catch (error) {
    for (const item of items) drop(item)
    throw error
  } finally {
    drop(iterator)
  }
  return items
}

function collect(iterator: PyObject, items: Owned<Value>[], before: number, after: number): void {
  while (items.length < before) {
    const item = next(iterator)
    if (item === undefined) {
      const expected = after < 0 ? `expected ${before}` : `expected at least ${before + after}`
      throw valueError(`not enough values to unpack (${expected}, got ${items.length})`)
    }
    items.push(item)
  }
  if (after < 0) {
    const more = next(iterator)
    if (more === undefined) return
    drop(more)
    throw valueError(`too many values to unpack (expected ${before})`)
  }
  for (let item = next(iterator); item !== undefined; item = next(iterator)) items.push(item)
  if (items.length < before + after) {
    throw valueError(`not enough values to unpack (expected at least ${before + after}, got ${items.length})`)
  }
}
