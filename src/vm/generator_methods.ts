import { RESUME } from '../bytecode/opcodes.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { lookupAttr } from '../objects/attributes.ts'
import { isException, newException, runtimeError, stopIteration, toException, typeError } from '../objects/errors.ts'
import {
  PyExc_BaseException,
  PyExc_GeneratorExit,
  PyExc_StopIteration,
  type PyException,
} from '../objects/exception_types.ts'
import { type PyType, TPFLAGS_BASE_EXC_SUBCLASS, TPFLAGS_TYPE_SUBCLASS, type Value } from '../objects/object.ts'
import { call, shown } from '../objects/protocols.ts'
import { recursion, thread } from '../objects/thread.ts'
import { coroutineType, generatorType, isInstanceOf, isSubtype, None, tracebackType, typeOf } from '../objects/types.ts'
import { unraisable } from '../objects/unraisable.ts'
import { recursionError } from './calls.ts'
import { wordArg, wordOp } from './decode.ts'
import { discardFrame, machine } from './frame.ts'
import {
  alreadyExecuting,
  type GeneratorData,
  generatorKinds,
  type PyGenerator,
  resumeGenerator,
  stopValue,
  takeReturned,
  throwIntoFrame,
} from './generators.ts'
import { exceptionToRaise } from './ops/exceptions.ts'
import { type PyTraceback, setTraceback } from './traceback.ts'

/*
 * `send`, `throw` and `close` of generators, coroutines and asynchronous generators (CPython's genobject.c).
 *
 * A step gives what is yielded, owned, or `undefined` when the generator has returned: `takeReturned` has its value.
 */

/** What a generator is suspended in (`yield from`, `await`), borrowed: `gi_yieldfrom`. */
export function yieldFrom({ frame, started }: GeneratorData): Value | undefined {
  if (frame === null || !started) return undefined
  const word = frame.run.plainWords[frame.pc] ?? 0
  if (wordOp(word) !== RESUME || wordArg(word) < 2) return undefined
  return frame.stack[frame.sp - 1]
}

/** Whether an object is a generator or coroutine of the machine's own. */
function isGenerator(value: Value): value is PyGenerator {
  return typeof value === 'object' && (value.type === generatorType || value.type === coroutineType)
}

/** One step of a generator with a value sent (`PyGen_am_send`). */
export function sendStep(generator: PyGenerator, value: Value): Owned<Value> | undefined {
  if (generator.data.frame === null && generator.type === coroutineType) throw cannotReuse()
  return resumeGenerator(generator, value)
}

/** The error of a coroutine that has ended and is awaited again. */
function cannotReuse(): unknown {
  return runtimeError('cannot reuse already awaited coroutine')
}

/** `generator.send(value)`: raises StopIteration with the value at the end. */
export function send(generator: PyGenerator, value: Value): Owned<Value> {
  return sendStep(generator, value) ?? raiseStop()
}

/** Raises StopIteration with the value that a generator has returned. */
export function raiseStop(): never {
  const value = takeReturned()
  const error = stopIteration(value === None ? undefined : value)
  drop(value)
  throw error
}

/** Raises an exception (taken over) in a generator, wherever it stands. */
function raiseInto(generator: PyGenerator, exception: Owned<PyException>, closing: boolean): Owned<Value> | undefined {
  const { data } = generator
  let error: unknown = exception
  if (data.running) error = alreadyExecuting(generator)
  else if (data.frame === null && generator.type === coroutineType && !closing) error = cannotReuse()
  else if (data.frame !== null) {
    if (thread.depth < recursion.limit) return throwIntoFrame(generator, exception)
    error = recursionError()
  }
  if (error !== exception) drop(exception)
  throw error
}

/** The exception of `throw`'s arguments, owned. */
function exceptionOf(args: readonly Value[]): Owned<PyException> {
  const [type, value, traceback] = args as [Value, Value?, Value?]
  if (traceback !== undefined && traceback !== None && typeOf(traceback) !== tracebackType) {
    throw typeError('throw() third argument must be a traceback object')
  }
  let exception: Owned<PyException>
  if (isExceptionClass(type)) {
    try {
      exception = normalized(type, value)
    } catch (error) {
      // What goes wrong at making the exception is raised in its place.
      exception = toException(error)
    }
  } else if (isInstanceOf(type, PyExc_BaseException)) {
    if (value !== undefined && value !== None) throw typeError('instance exception may not have a separate value')
    exception = keep(type as PyException)
    if (traceback === undefined || traceback === None) return exception
  } else {
    throw typeError(`exceptions must be classes or instances deriving from BaseException, not ${typeOf(type).name}`)
  }
  setTraceback(
    exception,
    traceback === undefined || traceback === None ? null : keep<PyTraceback>(traceback as PyTraceback),
  )
  return exception
}

function isExceptionClass(value: Value): value is PyType {
  return (
    typeof value === 'object' &&
    (value.type.flags & TPFLAGS_TYPE_SUBCLASS) !== 0 &&
    ((value as PyType).flags & TPFLAGS_BASE_EXC_SUBCLASS) !== 0
  )
}

/** The instance that a class and a value stand for (`PyErr_NormalizeException`). */
function normalized(type: PyType, value: Value | undefined): Owned<PyException> {
  if (value === undefined || value === None) return exceptionToRaise(type)
  if (isInstanceOf(value, PyExc_BaseException) && isSubtype(typeOf(value), type)) return keep(value as PyException)
  const made = isInstanceOf(value, typeOf(None)) ? call(type, []) : call(type, argumentsOf(value))
  if (isInstanceOf(made, PyExc_BaseException)) return made as Owned<PyException>
  const found = typeOf(made).name
  drop(made)
  throw typeError(`calling ${shown(type)} should have returned an instance of BaseException, not ${found}`)
}

function argumentsOf(value: Value): readonly Value[] {
  return typeof value === 'object' && value.type.name === 'tuple' ? (value.data as readonly Value[]) : [value]
}

function isGeneratorExit(type: Value): boolean {
  return isExceptionClass(type) ? isSubtype(type, PyExc_GeneratorExit) : isInstanceOf(type, PyExc_GeneratorExit)
}

/**
 * `generator.throw(type, value, traceback)`: raises in the innermost iterator that the generator delegates to. With
 * `closeOnExit` a GeneratorExit closes that iterator instead (asynchronous generators are not closed so).
 */
export function throwStep(
  generator: PyGenerator,
  closeOnExit: boolean,
  args: readonly Value[],
): Owned<Value> | undefined {
  const delegate = yieldFrom(generator.data)
  if (delegate === undefined) return raiseInto(generator, exceptionOf(args), false)
  keep(delegate)
  try {
    return throwDelegated(generator, delegate, closeOnExit, args)
  } finally {
    drop(delegate)
  }
}

function throwDelegated(
  generator: PyGenerator,
  delegate: Value,
  closeOnExit: boolean,
  args: readonly Value[],
): Owned<Value> | undefined {
  const { data } = generator
  if (closeOnExit && isGeneratorExit(args[0]!)) {
    try {
      const wasRunning = data.running
      data.running = true
      try {
        closeIterator(delegate)
      } finally {
        data.running = wasRunning
      }
    } catch (error) {
      return raiseInto(generator, error as Owned<PyException>, false)
    }
    return raiseInto(generator, exceptionOf(args), false)
  }
  let result: Owned<Value> | undefined
  try {
    if (isGenerator(delegate)) result = throwAsCaller(data, delegate, closeOnExit, args)
    else {
      const method = lookupAttr(delegate, 'throw')
      if (method === undefined) return raiseInto(generator, exceptionOf(args), false)
      result = callRunning(data, method, args)
    }
  } catch (error) {
    popDelegate(data)
    if (!isException(error, PyExc_StopIteration)) return raiseInto(generator, error as Owned<PyException>, false)
    const value = stopValue(error)
    drop(error)
    return resumeWith(generator, value)
  }
  if (result !== undefined) return result
  popDelegate(data)
  return resumeWith(generator, takeReturned())
}

/** Raises in an inner generator, with the frame of the outer one as its caller. */
function throwAsCaller(
  data: GeneratorData,
  delegate: PyGenerator,
  closeOnExit: boolean,
  args: readonly Value[],
): Owned<Value> | undefined {
  const frame = data.frame!
  const previous = machine.frame
  const wasRunning = data.running
  frame.back = previous
  machine.frame = frame
  data.running = true
  try {
    return throwStep(delegate, closeOnExit, args)
  } finally {
    data.running = wasRunning
    machine.frame = previous
    frame.back = null
  }
}

function callRunning(data: GeneratorData, method: Owned<Value>, args: readonly Value[]): Owned<Value> {
  const wasRunning = data.running
  data.running = true
  try {
    return call(method, args)
  } finally {
    data.running = wasRunning
    drop(method)
  }
}

/** The iterator that a generator delegated to has ended: takes it off the stack and goes on behind the SEND loop. */
function popDelegate({ frame }: GeneratorData): void {
  if (frame === null) return
  drop(frame.stack[--frame.sp])
  frame.stack[frame.sp] = undefined
  // Before the RESUME stand SEND and YIELD_VALUE; SEND jumps behind the loop.
  frame.pc = wordArg(frame.run.plainWords[frame.pc - 2]!)
}

function resumeWith(generator: PyGenerator, value: Owned<Value>): Owned<Value> | undefined {
  try {
    return sendStep(generator, value)
  } finally {
    drop(value)
  }
}

/** Closes what a generator delegates to, if it can be closed (`gen_close_iter`). */
function closeIterator(iterator: Value): void {
  if (isGenerator(iterator)) {
    close(iterator)
    return
  }
  let method: Owned<Value> | undefined
  try {
    method = lookupAttr(iterator, 'close')
  } catch (error) {
    unraisable(error, iterator)
    return
  }
  if (method === undefined) return
  try {
    drop(call(method, []))
  } finally {
    drop(method)
  }
}

/** `generator.close()`. */
export function close(generator: PyGenerator): void {
  const { data } = generator
  if (data.frame !== null && !data.started && !data.running) {
    const { frame } = data
    data.frame = null
    discardFrame(frame)
    return
  }
  const delegate = yieldFrom(data)
  let exit: Owned<PyException> | undefined
  if (delegate !== undefined) {
    keep(delegate)
    const wasRunning = data.running
    data.running = true
    try {
      closeIterator(delegate)
    } catch (error) {
      exit = error as Owned<PyException>
    } finally {
      data.running = wasRunning
      drop(delegate)
    }
  }
  let yielded: Owned<Value> | undefined
  try {
    yielded = raiseInto(generator, exit ?? newException(PyExc_GeneratorExit, []), true)
  } catch (error) {
    if (!isException(error, PyExc_GeneratorExit) && !isException(error, PyExc_StopIteration)) throw error
    drop(error)
    return
  }
  if (yielded === undefined) {
    drop(takeReturned())
    return
  }
  drop(yielded)
  throw runtimeError(`${generatorKinds.get(generator.type)} ignored GeneratorExit`)
}
