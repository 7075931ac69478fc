import { CO_ASYNC_GENERATOR, CO_COROUTINE } from '../bytecode/code.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned, WeakReferences } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { getAttr } from '../objects/attributes.ts'
import { isException, newException, typeError, valueError } from '../objects/errors.ts'
import {
  PyExc_RecursionError,
  PyExc_RuntimeError,
  PyExc_StopAsyncIteration,
  PyExc_StopIteration,
  type PyException,
} from '../objects/exception_types.ts'
import { newTuple, none } from '../objects/make.ts'
import { newObject, type PyObject, type PyType, type Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'
import { recursion, thread } from '../objects/thread.ts'
import { asyncGeneratorType, coroutineType, generatorType, None } from '../objects/types.ts'
import type { PyCode } from './code.ts'
import { EXIT_RUN, type Frame, type GeneratorState, machine, run } from './frame.ts'
import { chainContext } from './ops/exceptions.ts'
import { currentLine } from './traceback.ts'

/** The `data` of generators, coroutines and asynchronous generators. */
export interface GeneratorData extends GeneratorState {
  /** The object whose state this is, not owned. */
  self: PyGenerator | null
  name: Owned<Value>
  qualname: Owned<Value>
  readonly code: Owned<PyCode>
  /** Where a coroutine was made (`cr_origin`), if asked for. */
  origin: Owned<Value> | null
  weakrefs: WeakReferences | null
  /** Of asynchronous generators: whether the hooks were called, whether it is closed, whether a step is under way. */
  hooksInited: boolean
  closed: boolean
  runningAsync: boolean
  finalizer: Owned<Value> | null
}

export type PyGenerator = PyObject<GeneratorData>

function generatorTypeOf(flags: number): PyType {
  if ((flags & CO_COROUTINE) !== 0) return coroutineType
  return (flags & CO_ASYNC_GENERATOR) !== 0 ? asyncGeneratorType : generatorType
}

/** How messages name the three types. */
export const generatorKinds: ReadonlyMap<PyType, string> = new Map<PyType, string>([
  [generatorType, 'generator'],
  [coroutineType, 'coroutine'],
  [asyncGeneratorType, 'async generator'],
])

/** RETURN_GENERATOR: the frame leaves the chain and becomes that of a new generator, which is the call's result. */
export function returnGenerator(frame: Frame): Owned<PyGenerator> {
  const data: GeneratorData = {
    frame,
    running: false,
    started: false,
    self: null,
    handled: { value: null, previous: null },
    name: keep<Value>(frame.func === null ? frame.code.name : frame.func.data.name),
    qualname: keep<Value>(frame.func === null ? frame.code.qualname : frame.func.data.qualname),
    code: keep<PyCode>(frame.code.self!),
    origin: null,
    weakrefs: null,
    hooksInited: false,
    closed: false,
    runningAsync: false,
    finalizer: null,
  }
  frame.generator = data
  const type = generatorTypeOf(frame.code.flags)
  if (type === coroutineType && coroutineOrigins.depth > 0) data.origin = originOf(frame.back)
  frame.back = null
  const generator = newObject(type, data)
  data.self = generator
  track(generator)
  return generator
}

/** `sys.set_coroutine_origin_tracking_depth`. */
export const coroutineOrigins = { depth: 0 }

/** `cr_origin`: file, line and function of the frames that led to a coroutine. */
function originOf(from: Frame | null): Owned<Value> {
  const entries: Owned<Value>[] = []
  for (let at = from; at !== null && entries.length < coroutineOrigins.depth; at = at.back) {
    const { filename, name } = at.code
    entries.push(newTuple([keep<Value>(filename), currentLine(at) ?? none(), keep<Value>(name)]))
  }
  return newTuple(entries)
}

/**
 * The frame of a generator, ready to run on with the value sent (None where it is `undefined`; borrowed); `null` where it
 * has ended. It will come back to `back` as `exit` says.
 */
export function enterGenerator(
  back: Frame | null,
  generator: PyObject,
  exit: number,
  sent: Value | undefined,
): Frame | null {
  const data = generator.data as GeneratorData
  const { frame } = data
  if (data.running) throw alreadyExecuting(generator)
  if (frame === null) return null
  if (!data.started && sent !== undefined && sent !== None) {
    throw typeError(`can't send non-None value to a just-started ${generatorKinds.get(generator.type)}`)
  }
  if (thread.depth >= recursion.limit) {
    throw newException(PyExc_RecursionError, ['maximum recursion depth exceeded'])
  }
  thread.depth++
  frame.stack[frame.sp++] = sent === undefined ? none() : keep(sent)
  begin(data, frame, back, exit)
  return frame
}

function begin(data: GeneratorData, frame: Frame, back: Frame | null, exit: number): void {
  data.running = true
  data.started = true
  data.handled.previous = thread.handled
  thread.handled = data.handled
  frame.back = back
  frame.exit = exit
}

/** The error of a generator that is resumed while it runs. */
export function alreadyExecuting(generator: PyObject): unknown {
  return valueError(`${generatorKinds.get(generator.type)} already executing`)
}

/** YIELD_VALUE: the frame leaves the chain; `machine.frame` is the one it came from. */
export function suspendGenerator(frame: Frame): void {
  leave(frame.generator!)
  thread.depth--
  machine.frame = frame.back
  frame.back = null
}

function leave(state: GeneratorState): void {
  state.running = false
  thread.handled = state.handled.previous!
  state.handled.previous = null
}

/** The generator's frame has returned. */
export function finishGenerator(state: GeneratorState): void {
  leave(state)
  state.frame = null
}

/** The generator's frame has raised: a StopIteration that leaves it is a RuntimeError (PEP 479). Takes over, gives owned. */
export function failGenerator(state: GeneratorState, exception: Owned<PyException>): Owned<PyException> {
  const flags = state.frame!.code.flags
  finishGenerator(state)
  const kind = generatorKinds.get(generatorTypeOf(flags))
  if (isException(exception, PyExc_StopIteration)) return replaced(`${kind} raised StopIteration`, exception)
  if ((flags & CO_ASYNC_GENERATOR) !== 0 && isException(exception, PyExc_StopAsyncIteration)) {
    return replaced('async generator raised StopAsyncIteration', exception)
  }
  return exception
}

function replaced(message: string, cause: Owned<PyException>): Owned<PyException> {
  const error = newException(PyExc_RuntimeError, [message])
  const { data } = error
  if (data.context !== null) drop(data.context)
  data.context = keep<PyException>(cause)
  data.cause = cause
  data.suppressContext = true
  return error
}

/**
 * Resumes a generator with a value (borrowed): what it yields, owned; `undefined` when it has returned, with its value in
 * `thread.returned`, or had ended before.
 */
export function resumeGenerator(generator: PyGenerator, sent: Value): Owned<Value> | undefined {
  thread.returned = undefined
  const frame = enterGenerator(machine.frame, generator, EXIT_RUN, sent)
  if (frame === null) return undefined
  return result(generator, run(frame))
}

/** Raises an exception (taken over) where a generator stands; as `resumeGenerator`. Its frame must not have ended. */
export function throwIntoFrame(generator: PyGenerator, exception: Owned<PyException>): Owned<Value> | undefined {
  const { data } = generator
  const frame = data.frame!
  thread.returned = undefined
  thread.depth++
  begin(data, frame, machine.frame, EXIT_RUN)
  if (data.handled.value !== null) chainContext(exception)
  return result(generator, run(frame, exception))
}

function result({ data }: PyGenerator, value: Owned<Value>): Owned<Value> | undefined {
  if (data.frame !== null) return value
  thread.returned = value
  return undefined
}

/** The value of a generator that `resumeGenerator`, `am_send` or `tp_iternext` found to have returned, owned. */
export function takeReturned(): Owned<Value> {
  const value = thread.returned
  thread.returned = undefined
  return value === undefined ? none() : value
}

/** Leaves a value (taken over) for `takeReturned`. */
export function setReturned(value: Owned<Value>): void {
  thread.returned = value
}

/** SEND to anything that is no generator of ours: what it yields; `undefined` with `thread.returned` at its end. */
export function sendValue(receiver: PyObject, value: Value): Owned<Value> | undefined {
  const { type } = receiver
  thread.returned = undefined
  if (type.am_send !== undefined) return type.am_send(receiver, value)
  try {
    if (value === None && type.tp_iternext !== undefined) return type.tp_iternext(receiver)
    const method = getAttr(receiver, 'send')
    try {
      return call(method, [value])
    } finally {
      drop(method)
    }
  } catch (error) {
    if (!isException(error, PyExc_StopIteration)) throw error
    thread.returned = stopValue(error)
    drop(error)
    return undefined
  }
}

/** The value of a StopIteration, owned. */
export function stopValue(exception: PyException): Owned<Value> {
  const value = exception.data.fields?.['value']
  return value === undefined ? none() : keep<Value>(value)
}
