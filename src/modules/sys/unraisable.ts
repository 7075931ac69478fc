import { strToUtf16 } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr, utf16 } from '../../objects/access.ts'
import { getAttr, lookupAttr } from '../../objects/attributes.ts'
import { toException } from '../../objects/errors.ts'
import type { PyException } from '../../objects/exception_types.ts'
import { newText, none } from '../../objects/make.ts'
import type { PyType, Value } from '../../objects/object.ts'
import { call, callMethod, shown, strText } from '../../objects/protocols.ts'
import { newStructSequence, structSequenceType } from '../../objects/struct_sequence.ts'
import { None } from '../../objects/types.ts'
import { unraisableHook } from '../../objects/unraisable.ts'
import { machine } from '../../vm/frame.ts'
import { interpreter, sysAttribute } from '../../vm/interpreter.ts'
import { writeTraceback } from '../../vm/print_traceback.ts'
import { newTraceback } from '../../vm/traceback.ts'
import { writeTo } from '../../vm/warning_display.ts'

let argsType: PyType | undefined

/** The type of the argument of `sys.unraisablehook`. */
export function unraisableHookArgsType(): PyType {
  argsType ??= structSequenceType({
    name: 'UnraisableHookArgs',
    fields: ['exc_type', 'exc_value', 'exc_traceback', 'err_msg', 'object'],
  })
  return argsType
}

/** Text of a conversion that may fail, in which case `otherwise` stands for it. */
function textOr(make: () => string, otherwise: string): string {
  try {
    return make()
  } catch (error) {
    drop(toException(error))
    return otherwise
  }
}

/** The name of an exception's class as it is shown, with its module unless that is `builtins` or `__main__`. */
function className(type: Value): string {
  const module = lookupAttr(type, '__module__')
  const prefix = module === undefined || asStr(module) === undefined ? '<unknown>.' : `${utf16(module)}.`
  drop(module)
  const name = getAttr(type, '__qualname__')
  const text = utf16(name)
  drop(name)
  return prefix === 'builtins.' || prefix === '__main__.' ? text : prefix + text
}

/** Writes what cannot be raised to a stream (`write_unraisable_exc_file`). */
function report(stream: Value, type: Value, value: Value, traceback: Value, message: Value, object: Value): void {
  if (object !== None) {
    const lead = message === None ? 'Exception ignored in' : utf16(message)
    writeTo(stream, `${lead}: ${textOr(() => shown(object), '<object repr() failed>')}\n`)
  } else if (message !== None) writeTo(stream, `${utf16(message)}:\n`)
  if (traceback !== None) writeTraceback(traceback, stream)
  if (type === None) return
  writeTo(stream, className(type))
  if (value !== None) {
    writeTo(stream, `: ${textOr(() => strToUtf16(strText(value)), '<exception str() failed>')}`)
  }
  writeTo(stream, '\n')
  drop(callMethod(stream, 'flush', []))
}

/** `sys.unraisablehook(unraisable)`: shows it on `sys.stderr`. */
export function defaultUnraisableHook(args: Value): void {
  const stream = sysAttribute('stderr')
  if (stream === undefined || stream === None) return
  const fields = ['exc_type', 'exc_value', 'exc_traceback', 'err_msg', 'object'].map((name) => getAttr(args, name))
  keep(stream)
  try {
    const [type, value, traceback, message, object] = fields as [Value, Value, Value, Value, Value]
    report(stream, type, value, traceback, message, object)
  } finally {
    for (const field of fields) drop(field)
    drop(stream)
  }
}

/** Where the running frame stands: for exceptions that no frame has raised. */
function currentTraceback(): Owned<Value> {
  return machine.frame === null ? none() : newTraceback(null, machine.frame)
}

function hookArguments(exception: PyException, message: string | undefined, object: Value | undefined): Owned<Value> {
  const { traceback } = exception.data
  return newStructSequence(unraisableHookArgsType(), [
    keep<Value>(exception.type),
    keep<Value>(exception),
    traceback === null ? currentTraceback() : keep<Value>(traceback),
    message === undefined ? none() : newText(message),
    object === undefined ? none() : keep(object),
  ])
}

/** Gives an exception that cannot propagate to `sys.unraisablehook`; nothing is thrown (`_PyErr_WriteUnraisableMsg`). */
export function writeUnraisable(exception: PyException, object: Value | undefined, context?: string): void {
  const message = context === undefined ? undefined : `Exception ignored ${context}`
  const args = hookArguments(exception, message, object)
  try {
    const hook = interpreter.finalizing ? undefined : sysAttribute('unraisablehook')
    if (hook === undefined) defaultUnraisableHook(args)
    else callHook(hook, args)
  } catch (error) {
    drop(toException(error))
  } finally {
    drop(args)
  }
}

function callHook(hook: Value, args: Value): void {
  keep(hook)
  try {
    drop(call(hook, [args]))
  } catch (error) {
    const second = toException(error)
    const inner = hookArguments(second, 'Exception ignored in sys.unraisablehook', hook)
    try {
      defaultUnraisableHook(inner)
    } finally {
      drop(inner)
      drop(second)
    }
  } finally {
    drop(hook)
  }
}

unraisableHook.report = writeUnraisable
