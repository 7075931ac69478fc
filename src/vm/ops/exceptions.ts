import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { lookupSpecial, typeLookup } from '../../objects/attributes.ts'
import { runtimeError, typeError } from '../../objects/errors.ts'
import { PyExc_BaseException, PyExc_BaseExceptionGroup, type PyException } from '../../objects/exception_types.ts'
import { none } from '../../objects/make.ts'
import {
  type PyTuple,
  type PyType,
  TPFLAGS_BASE_EXC_SUBCLASS,
  TPFLAGS_TYPE_SUBCLASS,
  type Value,
} from '../../objects/object.ts'
import { call, shown } from '../../objects/protocols.ts'
import { handledException, thread } from '../../objects/thread.ts'
import { functionType, isInstanceOf, isSubtype, None, tupleType, typeOf } from '../../objects/types.ts'
import { newCallFrame } from '../calls.ts'
import { matchGroup, prepareReraiseStar } from '../exception_group.ts'
import { EXIT_CALL, endFrame, type Frame } from '../frame.ts'
import type { PyFunction } from '../function.ts'

export function PUSH_EXC_INFO(frame: Frame, sp: number): number {
  const { stack } = frame
  const exception = stack[sp - 1] as Owned<PyException>
  const { handled } = thread
  stack[sp - 1] = handled.value === null ? none() : handled.value
  stack[sp] = exception
  handled.value = keep<PyException>(exception)
  return sp + 1
}

export function POP_EXCEPT(frame: Frame, sp: number): number {
  const previous = frame.stack[sp - 1]!
  const { handled } = thread
  const old = handled.value
  if (previous === None) {
    handled.value = null
    drop(previous)
  } else handled.value = previous as Owned<PyException>
  if (old !== null) drop(old)
  return sp - 1
}

function isExceptionClass(value: Value): value is PyType {
  return (
    typeof value === 'object' &&
    (value.type.flags & TPFLAGS_TYPE_SUBCLASS) !== 0 &&
    ((value as PyType).flags & TPFLAGS_BASE_EXC_SUBCLASS) !== 0
  )
}

/** Whether `except type` catches an exception; TypeError where `type` is no exception class. */
function matches(exception: PyException, type: Value): boolean {
  if (isExceptionClass(type)) return isSubtype(exception.type, type)
  if (isInstanceOf(type, tupleType)) {
    const types = (type as PyTuple).data
    for (const each of types) checkClass(each)
    return types.some((each) => isSubtype(exception.type, each as Owned<PyType>))
  }
  checkClass(type)
  return false
}

function checkClass(type: Value): void {
  if (!isExceptionClass(type)) {
    throw typeError('catching classes that do not inherit from BaseException is not allowed')
  }
}

export function CHECK_EXC_MATCH(frame: Frame, sp: number): number {
  const { stack } = frame
  const type = stack[sp - 1]!
  stack[sp - 1] = matches(stack[sp - 2] as Owned<PyException>, type)
  drop(type)
  return sp
}

/** The check of `except* type`: no group types. */
function checkStarType(type: Value): void {
  const types = isInstanceOf(type, tupleType) ? (type as PyTuple).data : [type]
  for (const each of types) checkClass(each)
  if (types.some((each) => isSubtype(each as PyType, PyExc_BaseExceptionGroup))) {
    throw typeError('catching ExceptionGroup with except* is not allowed. Use except instead.')
  }
}

export function CHECK_EG_MATCH(frame: Frame, sp: number): number {
  const { stack } = frame
  const group = stack[sp - 2]!
  const type = stack[sp - 1]!
  checkStarType(type)
  const { match, rest } = matchGroup(group, type)
  drop(group)
  drop(type)
  stack[sp - 2] = rest
  stack[sp - 1] = match
  if (match !== None) {
    const { handled } = thread
    const old = handled.value
    handled.value = keep<PyException>(match as Owned<PyException>)
    if (old !== null) drop(old)
  }
  return sp
}

export function PREP_RERAISE_STAR(frame: Frame, sp: number): number {
  const { stack } = frame
  const [original, raised] = [stack[sp - 2]!, stack[sp - 1]!]
  stack[sp - 2] = prepareReraiseStar(original, raised)
  drop(original)
  drop(raised)
  return sp - 1
}

/** The instance that `raise value` raises, owned: an exception, or a class that is called. */
export function exceptionToRaise(value: Value): Owned<PyException> {
  if (isExceptionClass(value)) {
    const made = call(value, [])
    if (isInstanceOf(made, PyExc_BaseException)) return made as Owned<PyException>
    const found = shown(typeOf(made))
    drop(made)
    throw typeError(`calling ${shown(value)} should have returned an instance of BaseException, not ${found}`)
  }
  if (isInstanceOf(value, PyExc_BaseException)) return keep(value as PyException)
  throw typeError('exceptions must derive from BaseException')
}

/** Sets the context of an exception that is raised now: what is being handled, without making a circle. */
export function chainContext(exception: PyException): void {
  const handled = handledException()
  if (handled === null || handled === exception) return
  let at: PyException = handled
  const seen = new Set<PyException>()
  while (at.data.context !== null && !seen.has(at)) {
    seen.add(at)
    if (at.data.context === exception) {
      drop(at.data.context)
      at.data.context = null
      break
    }
    at = at.data.context
  }
  const old = exception.data.context
  exception.data.context = keep(handled)
  if (old !== null) drop(old)
}

/** RAISE_VARARGS: the exception to raise, owned; it takes its operands off the stack (`frame.sp`). */
export function raiseVarargs(frame: Frame, arg: number): Owned<PyException> {
  if (arg === 0) {
    const handled = handledException()
    if (handled === null) throw runtimeError('No active exception to reraise')
    return keep(handled)
  }
  const { stack } = frame
  const base = frame.sp - arg
  const exception = exceptionToRaise(stack[base]!)
  if (arg === 2) {
    const cause = causeOf(stack[base + 1]!)
    const old = exception.data.cause
    exception.data.cause = cause
    exception.data.suppressContext = true
    if (old !== null) drop(old)
  }
  chainContext(exception)
  for (let i = frame.sp; i-- > base; ) drop(stack[i])
  frame.sp = base
  return exception
}

function causeOf(value: Value): Owned<PyException> | null {
  if (value === None) return null
  if (isExceptionClass(value)) return exceptionToRaise(value)
  if (isInstanceOf(value, PyExc_BaseException)) return keep(value as PyException)
  throw typeError('exception causes must derive from BaseException')
}

export function WITH_EXCEPT_START(frame: Frame, sp: number): number {
  const { stack } = frame
  const exception = stack[sp - 1] as Owned<PyException>
  const exit = stack[sp - 4]!
  const traceback = exception.data.traceback
  stack[sp] = call(exit, [exception.type, exception, traceback ?? None])
  return sp + 1
}

function enter(frame: Frame, sp: number, enterName: string, exitName: string, protocol: string): number {
  const { stack } = frame
  const manager = stack[sp - 1]!
  const { name } = typeOf(manager)
  const begin = lookupSpecial(manager, enterName)
  if (begin === undefined) throw typeError(`'${name}' object does not support the ${protocol} protocol`)
  let end: Owned<Value> | undefined
  let entered: Owned<Value>
  try {
    end = lookupSpecial(manager, exitName)
    if (end === undefined) {
      throw typeError(`'${name}' object does not support the ${protocol} protocol (missed ${exitName} method)`)
    }
    entered = call(begin, [])
  } catch (error) {
    drop(end)
    throw error
  } finally {
    drop(begin)
  }
  stack[sp - 1] = end
  stack[sp] = entered
  drop(manager)
  return sp + 1
}

/**
 * BEFORE_WITH. Gives the frame of an `__enter__` that is a Python function, which then runs without nesting, and has put
 * `__exit__` in the manager's place; or does all by itself and gives `null`. `f.sp` is the height of the stack, before
 * and after.
 */
export function beforeWith(f: Frame): Frame | null {
  const manager = f.stack[f.sp - 1]!
  const type = typeOf(manager)
  const begin = typeLookup(type, '__enter__')
  if (typeof begin !== 'object' || begin.type !== functionType || typeLookup(type, '__exit__') === undefined) {
    f.sp = enter(f, f.sp, '__enter__', '__exit__', 'context manager')
    return null
  }
  const frame = newCallFrame(begin as PyFunction, [manager], null)
  let end: Owned<Value> | undefined
  try {
    end = lookupSpecial(manager, '__exit__')
  } catch (error) {
    thread.depth--
    endFrame(frame)
    throw error
  }
  f.stack[f.sp - 1] = end
  drop(manager)
  frame.back = f
  frame.exit = EXIT_CALL
  return frame
}

export function BEFORE_ASYNC_WITH(frame: Frame, sp: number): number {
  return enter(frame, sp, '__aenter__', '__aexit__', 'asynchronous context manager')
}
