import { unicodeName } from '../base/unicode_names.ts'
import { type Str, strLength } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from './access.ts'
import { toSsize } from './arguments.ts'
import { isBytes } from './bytes_like.ts'
import { findErrorHandler, lookupErrorHandler, setErrorHandler } from './codec_registry.ts'
import { type BuiltinFunction, builtinFunction } from './define.ts'
import { conversions, typeError } from './errors.ts'
import { field, isExceptionValue } from './exception_data.ts'
import {
  PyExc_UnicodeDecodeError,
  PyExc_UnicodeEncodeError,
  PyExc_UnicodeTranslateError,
  type PyException,
} from './exception_types.ts'
import { unicodeDecodeError, unicodeEncodeError } from './exceptions_unicode.ts'
import { newBytes, newStr, newText, newTuple } from './make.ts'
import { type PyTuple, TPFLAGS_TUPLE_SUBCLASS, type Value } from './object.ts'
import { call } from './protocols.ts'
import {
  type DecodeErrorHandler,
  decodeErrorHandlers,
  type EncodeErrorHandler,
  encodeErrorHandlers,
  nameReplaceEncoding,
  strictDecoding,
  strictEncoding,
  UnicodeFault,
} from './text/codec_errors.ts'
import { isInstanceOf, typeOf } from './types.ts'

/*
 * Between the error handlers that codecs call with plain fields and those of Python, which get an exception and give a
 * tuple of what to put in and where to go on.
 */

/** The Python exception of a fault. */
function exceptionOfFault(fault: UnicodeFault): Owned<PyException> {
  const { encoding, object, start, end, reason } = fault
  if (object instanceof Uint8Array) return unicodeDecodeError(encoding, object.slice(), start, end, reason)
  const text = newStr(object)
  try {
    return unicodeEncodeError(encoding, text, start, end, reason)
  } finally {
    drop(text)
  }
}

const encodeHandlers: Readonly<Record<string, EncodeErrorHandler>> = {
  ...encodeErrorHandlers,
  namereplace: nameReplaceEncoding(unicodeName),
}

/** Handlers that CPython's codecs know without asking the registry. */
const alwaysBuiltin = new Set(['strict', 'ignore', 'replace', 'surrogateescape'])

/** The builtin Python functions of the handlers by name: where one of them is registered, the codec's own way is taken. */
const builtinHandlers = new Map<string, Value>()

function isBuiltin(name: string): boolean {
  return alwaysBuiltin.has(name) || findErrorHandler(name) === builtinHandlers.get(name)
}

/** What deals with faulty bytes for an error handler's name; `null` is `strict`. An unknown name fails at the first fault. */
export function decodeHandler(errors: string | null): DecodeErrorHandler {
  if (errors === null || errors === 'strict') return strictDecoding
  const builtin = decodeErrorHandlers[errors]
  return builtin !== undefined && isBuiltin(errors) ? builtin : callingDecodeHandler(errors)
}

/** What deals with characters that cannot be encoded for an error handler's name. */
export function encodeHandler(errors: string | null): EncodeErrorHandler {
  if (errors === null || errors === 'strict') return strictEncoding
  const builtin = encodeHandlers[errors]
  return builtin !== undefined && isBuiltin(errors) ? builtin : callingEncodeHandler(errors)
}

/** Calls a handler of Python's; the items of its result, which the caller drops, or a TypeError. */
function callHandler(errors: string, exception: PyException, message: string): Owned<PyTuple> {
  const handler = keep(lookupErrorHandler(errors))
  try {
    const result = call(handler, [exception])
    const isTuple = typeof result === 'object' && (result.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0
    if (isTuple && (result as PyTuple).data.length === 2) return result as Owned<PyTuple>
    drop(result)
    throw typeError(message)
  } finally {
    drop(handler)
  }
}

const DECODE_RESULT = 'decoding error handler must return (str, int) tuple'
const ENCODE_RESULT = 'encoding error handler must return (str/bytes, int) tuple'

function callingDecodeHandler(errors: string): DecodeErrorHandler {
  return (encoding, object, start, end, reason) => {
    const exception = unicodeDecodeError(encoding, object, start, end, reason)
    try {
      const result = callHandler(errors, exception, DECODE_RESULT)
      try {
        const [text, at] = result.data
        const replacement = asStr(text!)
        if (replacement === undefined) throw typeError(DECODE_RESULT)
        const position = toSsize(at!)
        const found = field(exception, 'object')
        if (found === undefined || !isBytes(found)) throw typeError('exception attribute object must be bytes')
        return found.data === object ? { replacement, position } : { replacement, position, object: found.data }
      } finally {
        drop(result)
      }
    } finally {
      drop(exception)
    }
  }
}

function callingEncodeHandler(errors: string): EncodeErrorHandler {
  return (encoding, object, start, end, reason) => {
    const text = newStr(object)
    const exception = unicodeEncodeError(encoding, text, start, end, reason)
    drop(text)
    try {
      const result = callHandler(errors, exception, ENCODE_RESULT)
      try {
        const [given, at] = result.data
        const replacement = isBytes(given!) ? given.data : asStr(given!)
        if (replacement === undefined) throw typeError(ENCODE_RESULT)
        return { replacement, position: toSsize(at!) }
      } finally {
        drop(result)
      }
    } finally {
      drop(exception)
    }
  }
}

/** The fields of a UnicodeError as CPython's handlers read them: within the object. */
interface FaultFields {
  readonly encoding: string
  readonly object: Uint8Array | Str
  readonly start: number
  readonly end: number
  readonly reason: string
}

function faultFields(exception: PyException): FaultFields {
  const isDecoding = isInstanceOf(exception, PyExc_UnicodeDecodeError)
  const value = field(exception, 'object')
  if (value === undefined) throw typeError('object attribute not set')
  const object = isDecoding ? (isBytes(value) ? value.data : undefined) : asStr(value)
  if (object === undefined) throw typeError(`object attribute must be ${isDecoding ? 'bytes' : 'unicode'}`)
  const size = object instanceof Uint8Array ? object.length : strLength(object)
  const start = Math.max(0, Math.min(field(exception, 'start') as number, size - 1))
  const end = Math.min(Math.max(1, field(exception, 'end') as number), size)
  const text = (name: string) => (asStr(field(exception, name) ?? '') ?? '') as string
  return { encoding: text('encoding'), object, start, end, reason: text('reason') }
}

type Kind = 'encode' | 'decode' | 'translate'

function kindOf(value: Value): Kind | null {
  if (isInstanceOf(value, PyExc_UnicodeEncodeError)) return 'encode'
  if (isInstanceOf(value, PyExc_UnicodeDecodeError)) return 'decode'
  return isInstanceOf(value, PyExc_UnicodeTranslateError) ? 'translate' : null
}

/** A handler of Python's for exceptions of some kinds; it re-raises what it cannot repair. */
function handlerOf(name: string, kinds: readonly Kind[]) {
  return (value: Value): Owned<Value> => {
    const kind = kindOf(value)
    if (kind === null || !kinds.includes(kind)) {
      throw typeError(`don't know how to handle ${typeOf(value).name} in error callback`)
    }
    const exception = value as PyException
    const { encoding, object, start, end, reason } = faultFields(exception)
    try {
      if (object instanceof Uint8Array) {
        const repair = decodeErrorHandlers[name]!(encoding, object, start, end, reason)
        return newTuple([newStr(repair.replacement), repair.position])
      }
      if (kind === 'translate' && name === 'replace') {
        return newTuple(['\ufffd'.repeat(Math.max(0, end - start)), end])
      }
      const { replacement, position } = encodeHandlers[name]!(encoding, object, start, end, reason)
      return newTuple([
        replacement instanceof Uint8Array ? newBytes(replacement) : newText(replacement as string),
        position,
      ])
    } catch (error) {
      if (error instanceof UnicodeFault) throw keep(exception)
      throw error
    }
  }
}

function strictErrors(exception: Value): never {
  if (!isExceptionValue(exception)) throw typeError('codec must pass exception instance')
  throw keep(exception)
}

const ALL: readonly Kind[] = ['encode', 'decode', 'translate']

/** The error handlers that are there from the start: their name, that of the function, what they handle. */
const rows: readonly (readonly [string, string, readonly Kind[]])[] = [
  ['ignore', 'ignore_errors', ALL],
  ['replace', 'replace_errors', ALL],
  ['xmlcharrefreplace', 'xmlcharrefreplace_errors', ['encode']],
  ['backslashreplace', 'backslashreplace_errors', ALL],
  ['namereplace', 'namereplace_errors', ['encode']],
  ['surrogatepass', 'surrogatepass', ['encode', 'decode']],
  ['surrogateescape', 'surrogateescape', ['encode', 'decode']],
]

function addBuiltin(name: string, functionName: string, run: (value: Value) => Owned<Value>): void {
  const made = builtinFunction(`${functionName}(exc, /)` as 'f(exc, /)', run as BuiltinFunction<'f(exc, /)'>, undefined)
  builtinHandlers.set(name, made)
  setErrorHandler(name, made)
}

/** Enters the builtin error handlers and makes exceptions of the codecs' faults; called once. */
export function defineCodecHandlers(): void {
  addBuiltin('strict', 'strict_errors', strictErrors)
  for (const [name, functionName, kinds] of rows) addBuiltin(name, functionName, handlerOf(name, kinds))
  conversions.push((error) => (error instanceof UnicodeFault ? exceptionOfFault(error) : undefined))
}
