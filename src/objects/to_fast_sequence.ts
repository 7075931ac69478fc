import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { isException, typeError } from './errors.ts'
import { PyExc_TypeError } from './exception_types.ts'
import type { Value } from './object.ts'
import { iter, next, toArray } from './sequence_protocol.ts'
import { listType, tupleType } from './types.ts'

/** `iter(iterable)`, with a message of the caller's where the object is not iterable. */
export function iterOr(iterable: Value, message: string): ReturnType<typeof iter> {
  try {
    return iter(iterable)
  } catch (error) {
    if (!isException(error, PyExc_TypeError)) throw error
    drop(error)
    throw typeError(message)
  }
}

/** All items of an iterable, owned; TypeError with this message where it is none (`PySequence_Fast`). */
export function toFastSequence(iterable: Value, message: string): Owned<Value>[] {
  if (typeof iterable === 'object' && (iterable.type === listType || iterable.type === tupleType)) {
    return toArray(iterable)
  }
  const iterator = iterOr(iterable, message)
  const items: Owned<Value>[] = []
  try {
    for (let item = next(iterator); item !== undefined; item = next(iterator)) items.push(item)
  } finally {
    drop(iterator)
  }
  return items
}
