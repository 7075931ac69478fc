import { CO_ITERABLE_COROUTINE } from '../bytecode/code.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { typeError } from '../objects/errors.ts'
import type { Value } from '../objects/object.ts'
import { coroutineType, generatorType, typeOf } from '../objects/types.ts'
import type { PyGenerator } from './generators.ts'

/** Whether an object can be awaited as it is: a coroutine, or a generator marked by `types.coroutine`. */
export function isCoroutine(value: Value): boolean {
  if (typeof value !== 'object') return false
  if (value.type === coroutineType) return true
  return value.type === generatorType && ((value as PyGenerator).data.code.data.flags & CO_ITERABLE_COROUTINE) !== 0
}

/** The iterator that `await` runs, owned (`_PyCoro_GetAwaitableIter`). */
export function awaitableIterator(value: Value): Owned<Value> {
  if (isCoroutine(value)) return keep(value)
  const type = typeOf(value)
  if (type.am_await === undefined) throw typeError(`object ${type.name} can't be used in 'await' expression`)
  const result = type.am_await(value)
  let error: unknown
  if (isCoroutine(result)) error = typeError('__await__() returned a coroutine')
  else if (typeOf(result).tp_iternext === undefined) {
    error = typeError(`__await__() returned non-iterator of type '${typeOf(result).name}'`)
  } else return result
  drop(result)
  throw error
}
