import { isStackOverflow, PyError } from '../base/errors.ts'
import { strFromUtf16 } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { utf16 } from './access.ts'
import type { ExceptionData, PyException } from './exception_types.ts'
import * as exceptions from './exception_types.ts'
import { newObject, PyInstance, type PyStr, type PyTuple, type PyType, type Value } from './object.ts'
import { Shape } from './shape.ts'
import { handledException, recursion, thread } from './thread.ts'
import { isType, strType, tupleType, typeOf } from './types.ts'

const emptyShape = new Shape([], 0, null)

/*
 * `make.ts` stands above the tables of dicts, which throw errors: so the two values that an error is made of are made here.
 */

function argumentTuple(args: readonly Value[]): Owned<PyTuple> {
  const tuple = newObject<readonly Owned<Value>[]>(
    tupleType,
    args.map((arg) => keep(arg)),
  )
  track(tuple)
  return tuple
}

/** The `str` of a UTF-16 text. */
function textValue(text: string): Owned<PyStr> {
  const value = strFromUtf16(text)
  return typeof value === 'string' ? value : newObject(strType, value)
}

/**
 * A new exception of a builtin type with these `args`, which it keeps; `fields` are attributes of the type itself, which
 * it takes over. Its `__context__` is the exception being handled.
 */
export function newException(
  type: PyType,
  args: readonly Value[],
  fields: ExceptionData['fields'] = null,
): Owned<PyException> {
  const handled = handledException()
  if (type.tp_new !== exceptions.PyExc_BaseException.tp_new) return constructed(type, args, fields)
  const data: ExceptionData = {
    args: argumentTuple(args),
    traceback: null,
    context: handled === null ? null : keep(handled),
    cause: null,
    suppressContext: false,
    fields,
  }
  const exception = new PyInstance(type, data, type.data.rootShape ?? emptyShape) as Owned<PyException>
  track(exception)
  if (fields === null && type.tp_init !== exceptions.PyExc_BaseException.tp_init) initialized(exception, args)
  return exception
}

/** Sets what a type takes from its arguments, such as the `msg` of an ImportError. */
function initialized(exception: Owned<PyException>, args: readonly Value[]): void {
  try {
    exception.type.tp_init!(exception, args, null)
  } catch (error) {
    drop(exception)
    throw error
  }
}

/** An exception of a type whose `__new__` decides more than others', such as OSError's. */
function constructed(type: PyType, args: readonly Value[], fields: ExceptionData['fields']): Owned<PyException> {
  const exception = type.tp_new!(type, args, null) as Owned<PyException>
  initialized(exception, args)
  const handled = handledException()
  if (handled !== null) exception.data.context = keep(handled)
  if (fields !== null) exception.data.fields = { ...exception.data.fields, ...fields }
  return exception
}

const raiser =
  (type: PyType) =>
  (message: string): Owned<PyException> =>
    newException(type, [textValue(message)])

/*
 * `throw typeError('…')`: what is thrown is the Python exception itself, not an `Error`, which would cost three times
 * as much. Messages are UTF-16: a surrogate pair is one character of the message.
 */
export const typeError = raiser(exceptions.PyExc_TypeError)
export const valueError = raiser(exceptions.PyExc_ValueError)
export const indexError = raiser(exceptions.PyExc_IndexError)
export const overflowError = raiser(exceptions.PyExc_OverflowError)
export const zeroDivisionError = raiser(exceptions.PyExc_ZeroDivisionError)
export const runtimeError = raiser(exceptions.PyExc_RuntimeError)
export const systemError = raiser(exceptions.PyExc_SystemError)
export const bufferError = raiser(exceptions.PyExc_BufferError)
const notImplementedError = raiser(exceptions.PyExc_NotImplementedError)
export const importError = raiser(exceptions.PyExc_ImportError)

/** `KeyError(key)`. */
export function keyError(key: Value): Owned<PyException> {
  return newException(exceptions.PyExc_KeyError, [key])
}

/** `MemoryError()`. */
export function memoryError(): Owned<PyException> {
  return newException(exceptions.PyExc_MemoryError, [])
}

/** `StopIteration(value)`; only for code that must raise it: iterators return `undefined`. */
export function stopIteration(value: Value | undefined): Owned<PyException> {
  const args = value === undefined ? [] : [value]
  return newException(exceptions.PyExc_StopIteration, args, value === undefined ? null : { value: keep(value) })
}

/** `'A' object has no attribute 'x'`. */
export function missingText(owner: Value, name: PyStr): Owned<PyStr> {
  const type = typeOf(owner)
  const of = isType(owner) ? `type object '${owner.name}'` : `'${type.name}' object`
  return textValue(`${of} has no attribute '${utf16(name)}'`)
}

/** The AttributeError of a missing attribute, with the `obj` and `name` that suggestions are made from. */
export function attributeError(owner: Value, name: PyStr): Owned<PyException> {
  const fields = { name: keep<Value>(name), obj: keep(owner) }
  return newException(exceptions.PyExc_AttributeError, [missingText(owner, name)], fields)
}

/** A clear error for what Taipan does not have yet. */
export function missing(what: string): Owned<PyException> {
  return notImplementedError(`Taipan does not have ${what} yet`)
}

const typesByName = new Map<string, PyType>(exceptions.exceptionTypes.map((type) => [type.name, type]))

/** How a thrown `SyntaxError` of the compiler becomes an exception; the machine sets it (`vm/syntax_error.ts`). */
export const conversions: ((error: unknown) => Owned<PyException> | undefined)[] = []

/** The Python exception of anything that was caught: the pure stages' errors, an overflow of the JavaScript stack. */
export function toException(error: unknown): Owned<PyException> {
  if (error instanceof PyInstance) return error as Owned<PyException>
  for (const convert of conversions) {
    const exception = convert(error)
    if (exception !== undefined) return exception
  }
  if (error instanceof PyError) {
    const type = typesByName.get(error.type)
    if (type !== undefined) return newException(type, error.message === '' ? [] : [textValue(error.message)])
  }
  if (isStackOverflow(error) || isStackMessage(error)) {
    if (!isStackMessage(error) && error instanceof RangeError) return memoryError()
    return newException(exceptions.PyExc_RecursionError, ['maximum recursion depth exceeded'])
  }
  // A fault of Taipan: the program sees CPython's exception for such, and the process goes on.
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return newException(exceptions.PyExc_SystemError, [textValue(`internal error of Taipan: ${message}`)])
}

/** Whether V8 ran out of stack: also while it compiled a regular expression, which is a SyntaxError. Needs little stack itself. */
function isStackMessage(error: unknown): boolean {
  return error instanceof Error && error.message.includes('call stack size')
}

/** Counts one more nested call; RecursionError at the limit. `where` is CPython's, such as ` while calling a Python object`. */
export function enterRecursive(where: string): void {
  if (++thread.depth > recursion.limit) {
    thread.depth--
    throw newException(exceptions.PyExc_RecursionError, [`maximum recursion depth exceeded${where}`])
  }
}

/** Ends what `enterRecursive` began. */
export function leaveRecursive(): void {
  thread.depth--
}

/** Whether a caught value is a Python exception of this type. */
export function isException(error: unknown, type: PyType): error is PyException {
  return error instanceof PyInstance && error.type.mro.includes(type)
}
