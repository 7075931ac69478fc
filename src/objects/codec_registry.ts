import { strToUtf16 } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { lookupAttr } from './attributes.ts'
import { isException, newException, typeError } from './errors.ts'
import { PyExc_BaseException, PyExc_LookupError, type PyException } from './exception_types.ts'
import { hasAttributes } from './instance.ts'
import { type PyTuple, TPFLAGS_TUPLE_SUBCLASS, type Value } from './object.ts'
import { call, isTrue, strText } from './protocols.ts'
import { handledException } from './thread.ts'
import { isSubtype, None, strType, tupleType, typeOf } from './types.ts'

/*
 * The codec registry (CPython's codecs.c): search functions, the codecs that they found, error handlers by name.
 */

/** How the package `encodings` is imported, which brings the first search function; the machine sets it. */
export const encodingsHook: { importEncodings: () => void } = { importEncodings: () => {} }

const searchPath: Owned<Value>[] = []
const cache = new Map<string, Owned<PyTuple>>()
const errorHandlers = new Map<string, Owned<Value>>()
let isReady = false

function prepare(): void {
  if (isReady) return
  isReady = true
  try {
    encodingsHook.importEncodings()
  } catch (error) {
    isReady = false
    throw error
  }
}

function isCallable(value: Value): boolean {
  return typeOf(value).tp_call !== undefined
}

/** `codecs.register(search_function)`. */
export function registerSearch(search: Value): void {
  prepare()
  if (!isCallable(search)) throw typeError('argument must be callable')
  searchPath.push(keep(search))
}

/** `codecs.unregister(search_function)`. */
export function unregisterSearch(search: Value): void {
  const at = (searchPath as Value[]).indexOf(search)
  if (at < 0) return
  const found = [...cache.values()]
  cache.clear()
  for (const codec of found) drop(codec)
  drop(searchPath.splice(at, 1)[0])
}

/** The name of an encoding as search functions get it: lower case, anything else than letters, digits and dots as `_`. */
export function normalizeEncoding(encoding: string): string {
  return encoding
    .replace(/[^A-Za-z0-9.]+/g, '_')
    .replace(/^_|_$/g, '')
    .toLowerCase()
}

/** The codec of an encoding, borrowed: a tuple of encoder, decoder, stream reader and stream writer. */
export function lookupCodec(encoding: string): PyTuple {
  prepare()
  const name = normalizeEncoding(encoding)
  const known = cache.get(name)
  if (known !== undefined) return known
  if (searchPath.length === 0) {
    throw newException(PyExc_LookupError, ["no codec search functions registered: can't find encoding"])
  }
  for (let i = 0; i < searchPath.length; i++) {
    const codec = call(searchPath[i]!, [name])
    if (codec === None) {
      drop(codec)
      continue
    }
    const isTuple = typeof codec === 'object' && (codec.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0
    if (!isTuple || (codec as PyTuple).data.length !== 4) {
      drop(codec)
      throw typeError('codec search functions must return 4-tuples')
    }
    const old = cache.get(name)
    cache.set(name, codec as Owned<PyTuple>)
    drop(old)
    return codec as PyTuple
  }
  throw newException(PyExc_LookupError, [`unknown encoding: ${encoding}`])
}

/** As `lookupCodec`, for encodings between `str` and `bytes` alone; `alternative` is what the LookupError advises. */
function lookupTextCodec(encoding: string, alternative: string): PyTuple {
  const codec = lookupCodec(encoding)
  if (codec.type === tupleType) return codec
  const isText = lookupAttr(codec, '_is_text_encoding')
  if (isText === undefined) return codec
  try {
    if (isTrue(isText)) return codec
  } finally {
    drop(isText)
  }
  const message = `'${encoding}' is not a text encoding; use ${alternative} to handle arbitrary codecs`
  throw newException(PyExc_LookupError, [message])
}

/**
 * An exception with the codec in its message, caused by the one that the codec raised; that one itself where it is of a
 * type that has more state than its message (`_PyErr_TrySetFromCause`).
 */
function wrapped(error: unknown, what: string): unknown {
  if (!isException(error, PyExc_BaseException)) return error
  const original = error as Owned<PyException>
  const { type } = original
  if (type.tp_init !== PyExc_BaseException.tp_init || type.tp_new !== PyExc_BaseException.tp_new) return error
  const { data: args } = original.data.args
  if (args.length > 1 || (args.length === 1 && typeOf(args[0]!) !== strType) || hasAttributes(original)) return error
  const message = `${what} (${type.name}: ${strToUtf16(strText(original))})`
  const made = call(type, [message])
  if (!isSubtype(typeOf(made), PyExc_BaseException)) return made
  const exception = made as Owned<PyException>
  const handled = handledException()
  exception.data.context = handled === null ? null : keep(handled)
  exception.data.cause = original
  exception.data.suppressContext = true
  return exception
}

/** Calls one half of a codec. */
function convert(
  converter: Value,
  object: Value,
  encoding: string,
  errors: string | null,
  verb: 'encoding' | 'decoding',
): Owned<Value> {
  const held = keep(converter)
  let result: Owned<Value>
  try {
    result = call(held, errors === null ? [object] : [object, errors])
  } catch (error) {
    throw wrapped(error, `${verb} with '${encoding}' codec failed`)
  } finally {
    drop(held)
  }
  try {
    const isTuple = typeof result === 'object' && (result.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0
    if (!isTuple || (result as PyTuple).data.length !== 2) {
      throw typeError(
        verb === 'encoding'
          ? 'encoder must return a tuple (object, integer)'
          : 'decoder must return a tuple (object,integer)',
      )
    }
    return keep<Value>((result as PyTuple).data[0]!)
  } finally {
    drop(result)
  }
}

/** `codecs.encode(object, encoding, errors)`; `null` leaves the error handler to the codec. */
export function encodeObject(object: Value, encoding: string, errors: string | null): Owned<Value> {
  return convert(lookupCodec(encoding).data[0]!, object, encoding, errors, 'encoding')
}

/** `codecs.decode(object, encoding, errors)`. */
export function decodeObject(object: Value, encoding: string, errors: string | null): Owned<Value> {
  return convert(lookupCodec(encoding).data[1]!, object, encoding, errors, 'decoding')
}

/** Encodes by a text encoding; what comes out is not checked. */
export function encodeByText(object: Value, encoding: string, errors: string | null): Owned<Value> {
  const codec = lookupTextCodec(encoding, 'codecs.encode()')
  return convert(codec.data[0]!, object, encoding, errors, 'encoding')
}

/** Decodes by a text encoding; what comes out is not checked. */
export function decodeByText(object: Value, encoding: string, errors: string | null): Owned<Value> {
  const codec = lookupTextCodec(encoding, 'codecs.decode()')
  return convert(codec.data[1]!, object, encoding, errors, 'decoding')
}

/** `codecs.register_error(name, handler)`. */
export function registerErrorHandler(name: string, handler: Value): void {
  prepare()
  if (!isCallable(handler)) throw typeError('handler must be callable')
  setErrorHandler(name, keep(handler))
}

/** Enters an error handler, which it takes over. */
export function setErrorHandler(name: string, handler: Owned<Value>): void {
  const old = errorHandlers.get(name)
  errorHandlers.set(name, handler)
  drop(old)
}

/** The error handler of a name, borrowed; `undefined` for an unknown one. */
export function findErrorHandler(name: string): Value | undefined {
  return errorHandlers.get(name)
}

/** The error handler of a name, borrowed; LookupError for an unknown one. */
export function lookupErrorHandler(name: string): Value {
  const handler = errorHandlers.get(name)
  if (handler === undefined) throw newException(PyExc_LookupError, [`unknown error handler name '${name}'`])
  return handler
}
