import { RESUME, SEND } from '../bytecode/opcodes.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { POLL_TRACE, poll } from '../memory/state.ts'
import { fillModules } from '../objects/deferred_module.ts'
import { type BuiltinData, type DescriptorData, newBuiltin } from '../objects/define.ts'
import { runtimeError, stopIteration, toException } from '../objects/errors.ts'
import type { PyException } from '../objects/exception_types.ts'
import { newTuple, none } from '../objects/make.ts'
import { type PyObject, TPFLAGS_HEAPTYPE, type Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'
import { thread } from '../objects/thread.ts'
import { builtinFunctionType, coroutineType, isInstanceOf, methodDescriptorType, None } from '../objects/types.ts'
import { audit } from './audit.ts'
import { callAny, callFunctionEx } from './calls.ts'
import { wordOp } from './decode.ts'
import { type Frame, frameObject, type Loop, machine, traceOf } from './frame.ts'
import { frameLocals, localsToFast } from './frame_locals.ts'
import { pollServers } from './polls.ts'
import {
  PyTrace_C_CALL,
  PyTrace_C_EXCEPTION,
  PyTrace_C_RETURN,
  PyTrace_CALL,
  PyTrace_EXCEPTION,
  PyTrace_LINE,
  PyTrace_OPCODE,
  PyTrace_RETURN,
  traceEventNames,
} from './trace_events.ts'

/*
 * Trace and profile functions (`sys.settrace`, `sys.setprofile`). While one is set, and does not run itself, the traced
 * loop takes the place of the normal one.
 */

const noLoop: Loop = () => {
  throw new Error('no loop')
}

/** The two loops; set before anything runs. */
export const loops: { plain: Loop; traced: Loop } = { plain: noLoop, traced: noLoop }

/** Puts the loop in use that the running thread needs. */
export function selectLoop(): void {
  const traced = (thread.trace !== null || thread.profile !== null) && thread.tracing === 0
  machine.loop = traced ? loops.traced : loops.plain
}

/** As `selectLoop`; the loops that run already give way at their next poll points if they are not the right ones any more. */
function switchLoop(): void {
  const { loop } = machine
  selectLoop()
  if (machine.loop !== loop) poll.requests |= POLL_TRACE
}

pollServers.push({ bit: POLL_TRACE, serve: () => true })

/** Whether a trace or profile function is being installed; giving up the old one may run Python code. */
const installing = { trace: false, profile: false }

/** Sets a function of the running thread. RuntimeError while another one is being set. */
function install(kind: 'trace' | 'profile', func: Value | null): void {
  if (installing[kind]) {
    installing[kind] = false
    throw runtimeError(`Cannot install a ${kind} function while another ${kind} function is being installed`)
  }
  installing[kind] = true
  try {
    audit(`sys.set${kind}`)
    const old = thread[kind]
    thread[kind] = null
    drop(old)
    if (func !== null) fillModules()
    thread[kind] = func === null ? null : keep(func)
    switchLoop()
  } finally {
    installing[kind] = false
  }
}

/** `sys.settrace`; `null` for none. */
export function setTrace(func: Value | null): void {
  install('trace', func)
}

/** `sys.setprofile`; `null` for none. */
export function setProfile(func: Value | null): void {
  install('profile', func)
}

/** Calls a trace or profile function; its result, owned. */
function callback(func: Value, frame: Frame, what: number, argument: Value): Owned<Value> {
  const state = thread
  const { loop } = machine
  const previous = state.tracingWhat
  state.tracingWhat = what
  state.tracing++
  selectLoop()
  const object = frameObject(frame)
  keep(func)
  const tracing = traceOf(frame)
  try {
    if (tracing.fastAsLocals) frameLocals(frame)
    const result = call(func, [object, traceEventNames[what]!, argument])
    if (tracing.fastAsLocals) localsToFast(frame)
    tracing.fastAsLocals = false
    return result
  } catch (error) {
    if (tracing.fastAsLocals) localsToFast(frame)
    tracing.fastAsLocals = false
    throw error
  } finally {
    drop(func)
    drop(object)
    state.tracing--
    state.tracingWhat = previous
    selectLoop()
    if (machine.loop !== loop) poll.requests |= POLL_TRACE
  }
}

/** Calls the trace function that is due for an event: the thread's for calls, else the frame's own. */
function trace(frame: Frame, what: number, argument: Value): void {
  if (thread.tracing > 0 || thread.trace === null) return
  const func = what === PyTrace_CALL ? thread.trace : frame.tracing === null ? null : frame.tracing.trace
  if (func === null) return
  let result: Owned<Value>
  try {
    result = callback(func, frame, what, argument)
  } catch (error) {
    setTrace(null)
    setFrameTrace(frame, null)
    throw error
  }
  if (result === None) drop(result)
  else setFrameTrace(frame, result)
}

/** Sets `f_trace`, which takes over the function. */
export function setFrameTrace(frame: Frame, func: Owned<Value> | null): void {
  const tracing = traceOf(frame)
  const old = tracing.trace
  tracing.trace = func
  drop(old)
}

function profile(frame: Frame, what: number, argument: Value): void {
  if (thread.tracing > 0 || thread.profile === null) return
  try {
    drop(callback(thread.profile, frame, what, argument))
  } catch (error) {
    setProfile(null)
    throw error
  }
}

function both(frame: Frame, what: number, argument: Value): void {
  trace(frame, what, argument)
  profile(frame, what, argument)
}

/**
 * Reports what there is to report before an instruction, in the traced loop; `pc` is the index behind it. `frame.pc` still
 * stands behind the instruction that ran before. True where a trace function moved the frame (`f_lineno`): the
 * instruction before `frame.pc` comes next, on a stack of height `frame.sp`.
 */
export function beforeInstruction(frame: Frame, pc: number, sp: number): boolean {
  const previous = frame.pc - 1
  frame.pc = pc
  frame.sp = sp
  const at = pc - 1
  const { run } = frame
  if (at < run.firstTraceable) return false
  const op = wordOp(run.plainWords[at]!)
  if (op === RESUME) {
    both(frame, PyTrace_CALL, None)
    return false
  }
  const { tracing } = frame
  if (tracing === null || tracing.trace === null || thread.trace === null) return false
  if (tracing.lines) {
    const { lines } = frame.code
    const line = lines[at]!
    const last = previous <= run.firstTraceable ? -1 : lines[previous]!
    if (line !== -1 && (line !== last || (at < previous && op !== SEND))) trace(frame, PyTrace_LINE, None)
  }
  if (tracing.opcodes) trace(frame, PyTrace_OPCODE, None)
  return frame.pc !== pc || frame.sp !== sp
}

/** Runs a step that may throw; the exception it throws, owned, or `undefined`. */
function failure(step: () => void): Owned<PyException> | undefined {
  try {
    step()
    return undefined
  } catch (error) {
    return toException(error)
  }
}

/** Reports that a frame returns or yields a value; what a trace function threw, owned. */
export function traceReturn(frame: Frame, value: Value): Owned<PyException> | undefined {
  return failure(() => both(frame, PyTrace_RETURN, value))
}

/** Reports that a suspended frame is entered with an exception, which is given up where a trace function throws: that, owned. */
export function traceThrowEntry(frame: Frame, thrown: unknown): Owned<PyException> | undefined {
  const failed = failure(() => both(frame, PyTrace_CALL, None))
  if (failed !== undefined) drop(thrown)
  return failed
}

/** Reports an exception; what goes on from there: it, or what the trace function threw. Takes over, gives owned. */
export function traceException(frame: Frame, exception: Owned<PyException>): Owned<PyException> {
  if (thread.tracing > 0 || frame.tracing === null || frame.tracing.trace === null) return exception
  const argument = newTuple([
    keep<Value>(exception.type),
    keep<Value>(exception),
    exception.data.traceback === null ? none() : keep<Value>(exception.data.traceback),
  ])
  const thrown = failure(() => trace(frame, PyTrace_EXCEPTION, argument))
  drop(argument)
  return replaced(exception, thrown)
}

/**
 * Reports that an iterator has ended by a StopIteration, with what a generator returned (borrowed). One that returns None
 * ends without, unless it is a coroutine.
 */
export function traceStop(frame: Frame, iterator: PyObject, value: Value | undefined): void {
  if (thread.trace === null) return
  const isNone = value === undefined || value === None
  if (isNone && iterator.type !== coroutineType && (iterator.type.flags & TPFLAGS_HEAPTYPE) === 0) return
  drop(traceException(frame, stopIteration(isNone ? undefined : value)))
}

/** Reports that an exception leaves a frame; as `traceException`. */
export function traceUnwind(frame: Frame, exception: Owned<PyException>): Owned<PyException> {
  return replaced(
    exception,
    failure(() => both(frame, PyTrace_RETURN, None)),
  )
}

function replaced(exception: Owned<PyException>, thrown: Owned<PyException> | undefined): Owned<PyException> {
  if (thrown === undefined) return exception
  drop(exception)
  return thrown
}

/** The builtin that a call means to a profiler, owned; `undefined` for anything else. */
function profiledBuiltin(callable: Value, first: Value | undefined): Owned<Value> | undefined {
  if (typeof callable !== 'object') return undefined
  if (callable.type === builtinFunctionType) return keep(callable as PyObject<BuiltinData>)
  if (callable.type !== methodDescriptorType || first === undefined) return undefined
  const { def, type } = callable.data as DescriptorData
  return isInstanceOf(first, type) ? newBuiltin(def, first) : undefined
}

/** Runs a call with the events of a builtin around it. The result stands on top of the stack afterwards. */
function profiled(frame: Frame, func: Owned<Value>, run: () => Frame | null): Frame | null {
  try {
    profile(frame, PyTrace_C_CALL, func)
    const { sp } = frame
    let next: Frame | null
    try {
      next = run()
    } catch (error) {
      const thrown = failure(() => profile(frame, PyTrace_C_EXCEPTION, func))
      if (thrown === undefined) throw error
      drop(error)
      throw thrown
    }
    const thrown = failure(() => profile(frame, PyTrace_C_RETURN, func))
    if (thrown === undefined) return next
    drop(frame.stack[frame.sp - 1])
    frame.stack.fill(undefined, frame.sp - 1, sp)
    throw thrown
  } finally {
    drop(func)
  }
}

/** `callAny` in the traced loop. */
export function callTraced(f: Frame, callable: Value, base: number, n: number, floor: number): Frame | null {
  const func = thread.profile === null ? undefined : profiledBuiltin(callable, n > 0 ? f.stack[base] : undefined)
  if (func === undefined) return callAny(f, callable, base, n, floor)
  const { kwnames } = f
  return profiled(f, func, () => {
    f.kwnames = kwnames
    return callAny(f, callable, base, n, floor)
  })
}

/** `callFunctionEx` in the traced loop. */
export function callFunctionExTraced(f: Frame, oparg: number): Frame | null {
  if (thread.profile === null) return callFunctionEx(f, oparg)
  const at = f.sp - ((oparg & 1) !== 0 ? 2 : 1)
  const args = f.stack[at] as PyObject | undefined
  const first = Array.isArray(args?.data) ? (args.data[0] as Value | undefined) : undefined
  const func = profiledBuiltin(f.stack[at - 1]!, first)
  return func === undefined ? callFunctionEx(f, oparg) : profiled(f, func, () => callFunctionEx(f, oparg))
}

/** `sys.call_tracing`: calls a function with tracing on, from within a trace function. */
export function callTracing(func: Value, args: readonly Value[]): Owned<Value> {
  const state = thread
  const { tracing, tracingWhat } = state
  state.tracing = 0
  selectLoop()
  try {
    return call(func, args)
  } finally {
    state.tracing = tracing
    state.tracingWhat = tracingWhat
    selectLoop()
  }
}
