import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { gcState } from '../../memory/state.ts'
import { asInt, asStr } from '../../objects/access.ts'
import { lookupSpecial } from '../../objects/attributes.ts'
import { fillModules } from '../../objects/deferred_module.ts'
import { isException, newException, overflowError, typeError, valueError } from '../../objects/errors.ts'
import {
  PyExc_Exception,
  PyExc_RecursionError,
  PyExc_SystemExit,
  PyExc_TypeError,
  type PyException,
} from '../../objects/exception_types.ts'
import { intLimits } from '../../objects/int_limits.ts'
import { newDict, newTuple, none } from '../../objects/make.ts'
import { intAdd } from '../../objects/number/int_arith.ts'
import {
  type PyObject,
  TPFLAGS_HAVE_GC,
  TPFLAGS_MANAGED_DICT,
  TPFLAGS_TUPLE_SUBCLASS,
  type Value,
} from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { type ExcItem, handledException, recursion, thread } from '../../objects/thread.ts'
import { isInstanceOf, None, strType, typeOf } from '../../objects/types.ts'
import { decimalLimit } from '../../parser/numbers.ts'
import { audit, auditHooks } from '../../vm/audit.ts'
import { frameObject, machine } from '../../vm/frame.ts'
import { currentFrames, threadStates } from '../../vm/threads.ts'

/** References that stand for the count of what carries none. */
const IMMORTAL_COUNT = 0x3fffffff

/** `sys.getrefcount(object)`: one more than expected, for the argument itself. */
export function refCount(object: Value): number {
  return typeof object === 'object' ? object.rc : IMMORTAL_COUNT
}

/** Bytes that CPython keeps before an object: for the collector, and for the dict of an instance (`_PyType_PreHeaderSize`). */
export function preHeader(object: Value): number {
  const type = typeOf(object)
  const collected = (type.flags & TPFLAGS_HAVE_GC) !== 0 ? 16 : 0
  return collected + ((type.flags & TPFLAGS_MANAGED_DICT) !== 0 ? 16 : 0)
}

const SSIZE_MAX = 2n ** 63n - 1n

function measuredSize(object: Value): number | bigint {
  const method = lookupSpecial(object, '__sizeof__')
  if (method === undefined) throw typeError(`Type ${typeOf(object).name} doesn't define __sizeof__`)
  let result: Owned<Value>
  try {
    result = call(method, [])
  } finally {
    drop(method)
  }
  try {
    const size = asInt(result)
    if (size === undefined) throw typeError('an integer is required')
    if (size > SSIZE_MAX || size < -SSIZE_MAX - 1n) {
      throw overflowError('Python int too large to convert to C ssize_t')
    }
    if (size < 0) throw valueError('__sizeof__() should return >= 0')
    return intAdd(size, preHeader(object))
  } finally {
    drop(result)
  }
}

/** `sys.getsizeof(object[, default])`. */
export function sizeOf(object: Value, otherwise: Value | undefined): Owned<Value> {
  try {
    return measuredSize(object)
  } catch (error) {
    if (otherwise === undefined || !isException(error, PyExc_TypeError)) throw error
    drop(error)
    return keep(otherwise)
  }
}

/** How argument errors call a value's type. */
function argumentTypeName(value: Value): string {
  return value === None ? 'None' : typeOf(value).name
}

/** `sys.intern(string)`: equal strings are one object here. */
export function intern(value: Value): Owned<Value> {
  if (asStr(value) === undefined) throw typeError(`intern() argument must be str, not ${argumentTypeName(value)}`)
  if (typeOf(value) !== strType) throw typeError(`can't intern ${typeOf(value).name}`)
  return keep(value)
}

/** `sys.exc_info()`. */
export function exceptionInfo(): Owned<Value> {
  return infoOf(handledException())
}

function infoOf(exception: PyException | null): Owned<Value> {
  if (exception === null) return newTuple([none(), none(), none()])
  const { traceback } = exception.data
  return newTuple([
    keep<Value>(exception.type),
    keep<Value>(exception),
    traceback === null ? none() : keep<Value>(traceback),
  ])
}

/** `sys.exception()`. */
export function currentException(): Owned<Value> {
  const exception = handledException()
  return exception === null ? none() : keep<Value>(exception)
}

/** `sys.exit(status=None)`: a tuple gives the arguments of SystemExit (`PyErr_SetObject`). */
export function exit(status: Value): never {
  if (isInstanceOf(status, PyExc_SystemExit)) throw keep(status)
  if (typeof status === 'object' && (status.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0) {
    throw call(PyExc_SystemExit, (status as PyObject<readonly Value[]>).data)
  }
  throw call(PyExc_SystemExit, status === None ? [] : [status])
}

/** `sys.setrecursionlimit(limit)`. */
export function setRecursionLimit(limit: number): void {
  if (limit < 1) throw valueError('recursion limit must be greater or equal than 1')
  // The call of this function counts too.
  if (thread.depth + 1 >= limit) {
    throw newException(PyExc_RecursionError, [
      `cannot set the recursion limit to ${limit} at the recursion depth ${thread.depth + 1}: the limit is too low`,
    ])
  }
  recursion.limit = limit
}

/** `sys._getframe([depth])`. */
export function getFrame(depth: number): Owned<Value> {
  let { frame } = machine
  for (let left = depth; left > 0 && frame !== null; left--) frame = frame.back
  if (frame === null) throw valueError('call stack is not deep enough')
  const object = frameObject(frame)
  audit('sys._getframe', object)
  return object
}

/** `sys._current_frames()`. */
export function framesByThread(): Owned<Value> {
  audit('sys._current_frames')
  const dict = newDict()
  for (const [id, frame] of currentFrames()) dict.data.set(id, frameObject(frame))
  return dict
}

/** The innermost exception that a thread handles, borrowed. */
function exceptionAt(level: ExcItem | null): PyException | null {
  for (let item = level; item !== null; item = item.previous) if (item.value !== null) return item.value
  return null
}

/** `sys._current_exceptions()`. */
export function exceptionsByThread(): Owned<Value> {
  audit('sys._current_exceptions')
  const dict = newDict()
  for (const { id, handled } of threadStates()) dict.data.set(id, infoOf(exceptionAt(handled)))
  return dict
}

/** `sys.set_int_max_str_digits(maxdigits)`. */
export function setIntMaxStrDigits(digits: number): void {
  if (digits !== 0 && digits < 640) {
    throw valueError('maxdigits must be 0 or larger than 640')
  }
  intLimits.maxStrDigits = digits
  decimalLimit.digits = digits
}

/** `sys.addaudithook(hook)`. */
export function addAuditHook(hook: Value): void {
  try {
    audit('sys.addaudithook')
  } catch (error) {
    // A hook may refuse others by raising an Exception.
    if (!isException(error, PyExc_Exception)) throw error
    drop(error)
    return
  }
  fillModules()
  auditHooks.push(keep(hook))
}

/** `sys.audit(event, *args)`. */
export function raiseAuditEvent(args: readonly Value[]): void {
  const [event, ...rest] = args
  if (event === undefined) throw typeError("audit() missing 1 required positional argument: 'event'")
  if (auditHooks.length === 0) return
  const name = asStr(event)
  if (name === undefined) {
    throw typeError(`expected str for argument 'event', not ${typeOf(event).name}`)
  }
  audit(String(name), ...rest)
}

/** `sys.getallocatedblocks()`: new tracked objects, the only ones that are counted. */
export function allocatedBlocks(): number {
  return gcState.count
}
