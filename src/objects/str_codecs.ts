import type { Str } from '../base/values.ts'
import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from './access.ts'
import { bufferBytes, simpleBytes } from './buffer.ts'
import { bytesOf, isBytes } from './bytes_like.ts'
import { decodeHandler, encodeHandler } from './codec_handlers.ts'
import { decodeByText, encodeByText, lookupCodec, lookupErrorHandler, normalizeEncoding } from './codec_registry.ts'
import { typeError } from './errors.ts'
import { PyExc_RuntimeWarning } from './exception_types.ts'
import { newBytes, newStr } from './make.ts'
import type { PyStr, Value } from './object.ts'
import { asciiDecode, asciiEncode, latin1Decode, latin1Encode } from './text/codec_latin1.ts'
import { utf8Decode, utf8Encode } from './text/codec_utf8.ts'
import { utf16Decode, utf16Encode, utf32Decode, utf32Encode } from './text/codec_utf16.ts'
import { bytearrayType, isInstanceOf, typeOf } from './types.ts'
import { warn } from './warn.ts'

/** The encodings that CPython knows without the registry, by their normalised names. */
const direct: Readonly<Record<string, 'utf-8' | 'utf-16' | 'utf-32' | 'ascii' | 'latin-1'>> = {
  utf_8: 'utf-8',
  utf8: 'utf-8',
  utf_16: 'utf-16',
  utf16: 'utf-16',
  utf_32: 'utf-32',
  utf32: 'utf-32',
  ascii: 'ascii',
  us_ascii: 'ascii',
  latin1: 'latin-1',
  latin_1: 'latin-1',
  iso_8859_1: 'latin-1',
  iso8859_1: 'latin-1',
}

/** Whether names of encodings and error handlers are looked up even where they are not needed (`-X dev`). */
export const codecChecks = { always: false }

function checkNames(encoding: string, errors: string | null): void {
  lookupCodec(encoding)
  if (errors !== null) lookupErrorHandler(errors)
}

function directEncoding(encoding: string) {
  if (encoding === 'utf-8' || encoding === 'ascii' || encoding === 'latin-1') return encoding
  const name = normalizeEncoding(encoding)
  return Object.hasOwn(direct, name) ? direct[name] : undefined
}

/** `text.encode(encoding, errors)`: the common codecs directly, others through the registry. */
export function encodeText(text: Str, encoding: string, errors: string | null): Owned<Value> {
  if (codecChecks.always) checkNames(encoding, errors)
  switch (directEncoding(encoding)) {
    case 'utf-8':
      return newBytes(utf8Encode(text, encodeHandler(errors)))
    case 'utf-16':
      return newBytes(utf16Encode(text, 0, encodeHandler(errors)))
    case 'utf-32':
      return newBytes(utf32Encode(text, 0, encodeHandler(errors)))
    case 'ascii':
      return newBytes(asciiEncode(text, encodeHandler(errors)))
    case 'latin-1':
      return newBytes(latin1Encode(text, encodeHandler(errors)))
  }
  const value = newStr(text)
  let made: Owned<Value>
  try {
    made = encodeByText(value, encoding, errors)
  } finally {
    drop(value)
  }
  return checkEncoded(made, encoding)
}

/** Makes sure that an encoder gave bytes; takes over what it gave. */
function checkEncoded(made: Owned<Value>, encoding: string): Owned<Value> {
  if (isBytes(made)) return made
  const { name } = typeOf(made)
  try {
    const advice = 'use codecs.encode() to encode to arbitrary types'
    if (isInstanceOf(made, bytearrayType)) {
      warn(PyExc_RuntimeWarning, `encoder ${encoding} returned bytearray instead of bytes; ${advice}`, 1)
      return newBytes(bytesOf(made)!.slice())
    }
    throw typeError(`'${encoding}' encoder returned '${name}' instead of 'bytes'; ${advice}`)
  } finally {
    drop(made)
  }
}

/** `str(object, encoding, errors)` (`PyUnicode_FromEncodedObject`). */
export function decodeObject(object: Value, encoding = 'utf-8', errors: string | null = null): Owned<PyStr> {
  if (bytesOf(object) === undefined) {
    if (asStr(object) !== undefined) throw typeError('decoding str is not supported')
    if (simpleBytes(object) === null) {
      throw typeError(`decoding to str: need a bytes-like object, ${typeOf(object).name} found`)
    }
  }
  return decodeBytes(object, encoding, errors)
}

/** `bytes.decode(encoding, errors)`. No bytes are an empty string, whatever the encoding. */
export function decodeBytes(object: Value, encoding: string, errors: string | null): Owned<PyStr> {
  if (codecChecks.always) checkNames(encoding, errors)
  const bytes = bufferBytes(object)
  if (bytes.length === 0) return ''
  switch (directEncoding(encoding)) {
    case 'utf-8':
      return newStr(utf8Decode(bytes, decodeHandler(errors)).text)
    case 'utf-16':
      return newStr(utf16Decode(bytes, 0, decodeHandler(errors)).text)
    case 'utf-32':
      return newStr(utf32Decode(bytes, 0, decodeHandler(errors)).text)
    case 'ascii':
      return newStr(asciiDecode(bytes, decodeHandler(errors)))
    case 'latin-1':
      return newStr(latin1Decode(bytes))
  }
  const made = decodeByText(object, encoding, errors)
  if (asStr(made) !== undefined) return made as Owned<PyStr>
  const { name } = typeOf(made)
  drop(made)
  throw typeError(
    `'${encoding}' decoder returned '${name}' instead of 'str'; use codecs.decode() to decode to arbitrary types`,
  )
}
