import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { defineType } from '../objects/define.ts'
import { isException, newException, runtimeError, stopIteration, typeError } from '../objects/errors.ts'
import { PyExc_GeneratorExit, PyExc_StopAsyncIteration, PyExc_StopIteration } from '../objects/exception_types.ts'
import { newTuple } from '../objects/make.ts'
import { newObject, type PyObject, type PyTuple, TPFLAGS_HAVE_GC, type Value } from '../objects/object.ts'
import { call, callMethod } from '../objects/protocols.ts'
import { builtinType, None, type TypeFor } from '../objects/types.ts'
import { awaitableIterator } from './awaitables.ts'
import { throwStep } from './generator_methods.ts'
import { type PyGenerator, resumeGenerator, setReturned, stopValue, takeReturned } from './generators.ts'

/*
 * What the methods of asynchronous generators give to `await` (the second half of CPython's genobject.c).
 */

/** `sys.set_asyncgen_hooks`, each owned, `null` for none. */
export const asyncgenHooks: { firstiter: Owned<Value> | null; finalizer: Owned<Value> | null } = {
  firstiter: null,
  finalizer: null,
}

const INIT = 0
const ITER = 1
const CLOSED = 2

interface AwaitableData {
  readonly generator: Owned<PyGenerator>
  /** `asend`: the value, or nothing for `__anext__`. `athrow`: the tuple of arguments, or nothing for `aclose`. */
  readonly argument: Owned<Value> | undefined
  state: number
}

type Awaitable = PyObject<AwaitableData>

const asendType = builtinType<Awaitable>('async_generator_asend', TPFLAGS_HAVE_GC)
const athrowType = builtinType<Awaitable>('async_generator_athrow', TPFLAGS_HAVE_GC)
const wrappedValueType = builtinType<PyObject<Owned<Value>>>('async_generator_wrapped_value', TPFLAGS_HAVE_GC)

/** A value that an asynchronous generator yields, told apart from what its awaits yield; takes it over. */
export function wrapValue(value: Owned<Value>): Owned<Value> {
  const wrapped = newObject(wrappedValueType, value)
  track(wrapped)
  return wrapped
}

function newAwaitable(
  type: typeof asendType,
  generator: PyGenerator,
  argument: Owned<Value> | undefined,
): Owned<Value> {
  const awaitable = newObject<AwaitableData>(type, { generator: keep(generator), argument, state: INIT })
  track(awaitable)
  return awaitable
}

/** Tells the event loop of a generator that is iterated for the first time. */
function initHooks(generator: PyGenerator): void {
  const { data } = generator
  if (data.hooksInited) return
  data.hooksInited = true
  const { firstiter, finalizer } = asyncgenHooks
  if (finalizer !== null) data.finalizer = keep<Value>(finalizer)
  if (firstiter === null) return
  keep<Value>(firstiter)
  try {
    drop(call(firstiter, [generator]))
  } finally {
    drop(firstiter)
  }
}

/** `generator.asend(value)`, or `__anext__()` where there is no value; borrowed. */
export function newAsend(generator: PyGenerator, value: Value | undefined): Owned<Value> {
  initHooks(generator)
  return newAwaitable(asendType, generator, value === undefined ? undefined : keep(value))
}

/** `generator.athrow(...)`. */
export function newAthrow(generator: PyGenerator, args: readonly Value[]): Owned<Value> {
  initHooks(generator)
  return newAwaitable(athrowType, generator, newTuple(args.map((arg) => keep(arg))))
}

/** `generator.aclose()`. */
export function newAclose(generator: PyGenerator): Owned<Value> {
  initHooks(generator)
  return newAwaitable(athrowType, generator, undefined)
}

/** Runs a step of the generator; its end is a StopAsyncIteration. */
function step(run: () => Owned<Value> | undefined): Owned<Value> {
  const result = run()
  if (result !== undefined) return result
  drop(takeReturned())
  throw newException(PyExc_StopAsyncIteration, [])
}

/** A step of `asend` or `athrow`: a value of `yield` ends the await with it, anything else goes on to the event loop. */
function unwrapped({ data }: PyGenerator, run: () => Owned<Value> | undefined): Owned<Value> {
  let result: Owned<Value>
  try {
    result = step(run)
  } catch (error) {
    if (isException(error, PyExc_StopAsyncIteration) || isException(error, PyExc_GeneratorExit)) data.closed = true
    data.runningAsync = false
    throw error
  }
  if (!isWrapped(result)) return result
  data.runningAsync = false
  const stop = stopIteration(result.data)
  drop(result)
  throw stop
}

function isWrapped(value: Owned<Value>): value is Owned<PyObject<Owned<Value>>> {
  return typeof value === 'object' && value.type === wrappedValueType
}

function asendSend({ data }: Awaitable, value: Value): Owned<Value> {
  if (data.state === CLOSED) throw runtimeError('cannot reuse already awaited __anext__()/asend()')
  const { generator } = data
  let sent: Value = value
  if (data.state === INIT) {
    if (generator.data.runningAsync) throw runtimeError('anext(): asynchronous generator is already running')
    if (value === None && data.argument !== undefined) sent = data.argument
    data.state = ITER
  }
  generator.data.runningAsync = true
  return closing(data, () => unwrapped(generator, () => resumeGenerator(generator, sent)))
}

/** A step after which the awaitable is used up, if it raises. */
function closing(data: AwaitableData, run: () => Owned<Value>): Owned<Value> {
  try {
    return run()
  } catch (error) {
    data.state = CLOSED
    throw error
  }
}

function asendThrow({ data }: Awaitable, args: readonly Value[]): Owned<Value> {
  if (data.state === CLOSED) throw runtimeError('cannot reuse already awaited __anext__()/asend()')
  return closing(data, () => unwrapped(data.generator, () => throwStep(data.generator, true, args)))
}

const ignoredExit = () => runtimeError('async generator ignored GeneratorExit')

function athrowSend({ data }: Awaitable, value: Value): Owned<Value> {
  if (data.state === CLOSED) throw runtimeError('cannot reuse already awaited aclose()/athrow()')
  const { generator, argument } = data
  if (generator.data.frame === null) {
    data.state = CLOSED
    throw stopIteration(undefined)
  }
  if (data.state === INIT) {
    if (generator.data.runningAsync) {
      data.state = CLOSED
      const method = argument === undefined ? 'aclose' : 'athrow'
      throw runtimeError(`${method}(): asynchronous generator is already running`)
    }
    if (generator.data.closed) {
      data.state = CLOSED
      throw newException(PyExc_StopAsyncIteration, [])
    }
    if (value !== None) throw runtimeError("can't send non-None value to a just-started coroutine")
    data.state = ITER
    generator.data.runningAsync = true
    if (argument === undefined) {
      generator.data.closed = true
      return acloseStep(data, () => throwStep(generator, false, [PyExc_GeneratorExit]))
    }
    const args = (argument as PyTuple).data
    if (args.length < 1 || args.length > 3) throw athrowArity(args.length)
    try {
      return unwrapped(generator, () => throwStep(generator, false, args))
    } catch (error) {
      generator.data.runningAsync = false
      data.state = CLOSED
      throw error
    }
  }
  const resume = () => resumeGenerator(generator, value)
  return argument === undefined ? acloseStep(data, resume) : unwrapped(generator, resume)
}

function athrowArity(count: number): unknown {
  return count < 1
    ? typeError('athrow expected at least 1 argument, got 0')
    : typeError(`athrow expected at most 3 arguments, got ${count}`)
}

/** A step of `aclose`: the generator must not yield any more; its end ends the await. */
function acloseStep(data: AwaitableData, run: () => Owned<Value> | undefined): Owned<Value> {
  const { generator } = data
  let result: Owned<Value>
  try {
    result = step(run)
  } catch (error) {
    generator.data.runningAsync = false
    data.state = CLOSED
    throw asStop(error)
  }
  if (!isWrapped(result)) return result
  generator.data.runningAsync = false
  data.state = CLOSED
  drop(result)
  throw ignoredExit()
}

/** What `await agen.aclose()` makes of an exception: the ways to end that are expected are a plain end. */
function asStop(error: unknown): unknown {
  if (!isException(error, PyExc_StopAsyncIteration) && !isException(error, PyExc_GeneratorExit)) return error
  drop(error)
  return stopIteration(undefined)
}

function athrowThrow({ data }: Awaitable, args: readonly Value[]): Owned<Value> {
  if (data.state === CLOSED) throw runtimeError('cannot reuse already awaited aclose()/athrow()')
  const { generator } = data
  if (data.argument !== undefined) return unwrapped(generator, () => throwStep(generator, true, args))
  let result: Owned<Value>
  try {
    result = step(() => throwStep(generator, true, args))
  } catch (error) {
    throw asStop(error)
  }
  if (!isWrapped(result)) return result
  generator.data.runningAsync = false
  data.state = CLOSED
  drop(result)
  throw ignoredExit()
}

/** `tp_iternext` in terms of `send(None)`: StopIteration is the end, its value in `thread.returned`. */
function iternext(send: (self: Awaitable, value: Value) => Owned<Value>) {
  return (self: Awaitable): Owned<Value> | undefined => endsBy(() => send(self, None))
}

function endsBy(run: () => Owned<Value>): Owned<Value> | undefined {
  try {
    return run()
  } catch (error) {
    if (!isException(error, PyExc_StopIteration)) throw error
    setReturned(stopValue(error))
    drop(error)
    return undefined
  }
}

type Step = (self: Awaitable, value: Value) => Owned<Value>
type Throw = (self: Awaitable, args: readonly Value[]) => Owned<Value>

function defineAwaitable(type: TypeFor<Awaitable>, send: Step, raise: Throw): void {
  defineType(type, () => ({
    slots: {
      tp_iter: (self): Owned<Value> => keep<Value>(self),
      tp_iternext: iternext(send),
      am_await: (self) => keep<Value>(self),
      tp_dealloc: ({ data }) => {
        drop(data.generator)
        drop(data.argument)
      },
      tp_traverse: ({ data }, visit) => {
        visit(data.generator)
        if (typeof data.argument === 'object') visit(data.argument)
      },
    },
    methods: {
      'send(arg, /)': (self, arg) => send(self, arg),
      'throw(type, value = NULL, traceback = NULL, /)': (self, ...args) =>
        raise(
          self,
          args.filter((arg) => arg !== undefined),
        ),
      'close()': ({ data }) => {
        data.state = CLOSED
      },
    },
  }))
}

interface AnextData {
  readonly wrapped: Owned<Value>
  readonly fallback: Owned<Value>
}

/** The awaitable of `anext(iterator, default)`. */
const anextAwaitableType = builtinType<PyObject<AnextData>>('anext_awaitable', TPFLAGS_HAVE_GC)

/** What `anext(iterator, fallback)` gives for an awaitable; both borrowed. */
export function newAnextAwaitable(wrapped: Value, fallback: Value): Owned<Value> {
  const awaitable = newObject<AnextData>(anextAwaitableType, { wrapped: keep(wrapped), fallback: keep(fallback) })
  track(awaitable)
  return awaitable
}

/** Runs a step of the wrapped iterator; a StopAsyncIteration ends the await with the fallback. */
function withFallback({ data }: PyObject<AnextData>, run: (iterator: PyObject) => Owned<Value>): Owned<Value> {
  const iterator = anextIterator(data.wrapped)
  try {
    return run(iterator)
  } catch (error) {
    if (!isException(error, PyExc_StopAsyncIteration)) throw error
    drop(error)
    throw stopIteration(data.fallback)
  } finally {
    drop(iterator)
  }
}

/** The iterator of an awaitable; a coroutine's wrapper where it is a coroutine. */
function anextIterator(wrapped: Value): Owned<PyObject> {
  const awaitable = awaitableIterator(wrapped) as Owned<PyObject>
  if (awaitable.type.tp_iternext !== undefined) return awaitable
  const wrap = awaitable.type.am_await
  try {
    if (wrap === undefined) throw typeError(`object ${awaitable.type.name} can't be used in 'await' expression`)
    const iterator = wrap(awaitable) as Owned<PyObject>
    if (iterator.type?.tp_iternext !== undefined) return iterator
    const { name } = iterator.type
    drop(iterator)
    throw typeError(`__await__() returned non-iterator of type '${name}'`)
  } finally {
    drop(awaitable)
  }
}

function defineAnextAwaitable(): void {
  defineType(anextAwaitableType, () => ({
    slots: {
      tp_iter: (self): Owned<Value> => keep<Value>(self),
      tp_iternext: (self) =>
        endsBy(() =>
          withFallback(self, (iterator) => {
            const value = iterator.type.tp_iternext!(iterator)
            if (value !== undefined) return value
            const returned = takeReturned()
            const stop = stopIteration(returned === None ? undefined : returned)
            drop(returned)
            throw stop
          }),
        ),
      am_await: (self) => keep<Value>(self),
      tp_dealloc: ({ data }) => {
        drop(data.wrapped)
        drop(data.fallback)
      },
      tp_traverse: ({ data }, visit) => {
        if (typeof data.wrapped === 'object') visit(data.wrapped)
        if (typeof data.fallback === 'object') visit(data.fallback)
      },
    },
    rawMethods: {
      'send(*args)': (self, args) => withFallback(self, (iterator) => callMethod(iterator, 'send', args)),
      'throw(*args)': (self, args) => withFallback(self, (iterator) => callMethod(iterator, 'throw', args)),
      'close(*args)': (self, args) => withFallback(self, (iterator) => callMethod(iterator, 'close', args)),
    },
  }))
}

/** Defines the awaitables of asynchronous generators and of `anext`. */
export function defineAsyncGeneratorTypes(): void {
  defineAwaitable(asendType, asendSend, asendThrow)
  defineAwaitable(athrowType, athrowSend, athrowThrow)
  defineType(wrappedValueType, () => ({
    slots: {
      tp_dealloc: ({ data }) => drop(data),
      tp_traverse: ({ data }, visit) => {
        if (typeof data === 'object') visit(data)
      },
    },
  }))
  defineAnextAwaitable()
}
