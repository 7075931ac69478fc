import { CO_COROUTINE, CO_ITERABLE_COROUTINE } from '../../bytecode/code.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { newException, runtimeError, toException, typeError } from '../../objects/errors.ts'
import { PyExc_TypeError, type PyException } from '../../objects/exception_types.ts'
import type { PyType } from '../../objects/object.ts'
import { iter } from '../../objects/sequence_protocol.ts'
import { asyncGeneratorType, coroutineType, generatorType, typeOf } from '../../objects/types.ts'
import { wrapValue } from '../async_generators.ts'
import { awaitableIterator, isCoroutine } from '../awaitables.ts'
import type { Frame } from '../frame.ts'
import { yieldFrom } from '../generator_methods.ts'
import type { PyGenerator } from '../generators.ts'

export function GET_YIELD_FROM_ITER(frame: Frame, sp: number): number {
  const { stack } = frame
  const iterable = stack[sp - 1]!
  const type = typeOf(iterable)
  if (type === generatorType) return sp
  if (type === coroutineType) {
    if ((frame.code.flags & (CO_COROUTINE | CO_ITERABLE_COROUTINE)) === 0) {
      throw typeError("cannot 'yield from' a coroutine object in a non-coroutine generator")
    }
    return sp
  }
  stack[sp - 1] = iter(iterable)
  drop(iterable)
  return sp
}

export function GET_AITER(frame: Frame, sp: number): number {
  const { stack } = frame
  const iterable = stack[sp - 1]!
  const type = typeOf(iterable)
  if (type.am_aiter === undefined) {
    throw typeError(`'async for' requires an object with __aiter__ method, got ${type.name}`)
  }
  const iterator = type.am_aiter(iterable)
  const { am_anext, name } = typeOf(iterator)
  if (am_anext === undefined) {
    drop(iterator)
    throw typeError(`'async for' received an object from __aiter__ that does not implement __anext__: ${name}`)
  }
  stack[sp - 1] = iterator
  drop(iterable)
  return sp
}

export function GET_ANEXT(frame: Frame, sp: number): number {
  const { stack } = frame
  const iterator = stack[sp - 1]!
  const type = typeOf(iterator)
  if (type.am_anext === undefined) {
    throw typeError(`'async for' requires an iterator with __anext__ method, got ${type.name}`)
  }
  const next = type.am_anext(iterator)
  if (type === asyncGeneratorType) {
    stack[sp] = next
    return sp + 1
  }
  try {
    stack[sp] = awaitableIterator(next)
  } catch (error) {
    throw caused(
      PyExc_TypeError,
      `'async for' received an invalid object from __anext__: ${typeOf(next).name}`,
      toException(error),
    )
  } finally {
    drop(next)
  }
  return sp + 1
}

/** A new exception whose cause and context is another one, which it takes over (`_PyErr_FormatFromCause`). */
function caused(type: PyType, message: string, cause: Owned<PyException>): Owned<PyException> {
  const error = newException(type, [message])
  const { data } = error
  drop(data.context)
  data.context = keep<PyException>(cause)
  data.cause = cause
  data.suppressContext = true
  return error
}

export function GET_AWAITABLE(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  const awaitable = stack[sp - 1]!
  const type = typeOf(awaitable)
  if (arg !== 0 && type.am_await === undefined && !isCoroutine(awaitable)) {
    const method = arg === 1 ? '__aenter__' : '__aexit__'
    throw typeError(`'async with' received an object from ${method} that does not implement __await__: ${type.name}`)
  }
  const iterator = awaitableIterator(awaitable)
  if (typeOf(iterator) === coroutineType && yieldFrom((iterator as Owned<PyGenerator>).data) !== undefined) {
    drop(iterator)
    throw runtimeError('coroutine is being awaited already')
  }
  stack[sp - 1] = iterator
  drop(awaitable)
  return sp
}

export function ASYNC_GEN_WRAP(frame: Frame, sp: number): number {
  const { stack } = frame
  stack[sp - 1] = wrapValue(stack[sp - 1]!)
  return sp
}
