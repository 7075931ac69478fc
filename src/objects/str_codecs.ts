import type { Str } from '../base/values.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from './access.ts'
import { bufferBytes, hasBuffer } from './buffer.ts'
import { missing, typeError } from './errors.ts'
import { newBytes, newStr } from './make.ts'
import type { PyStr, Value } from './object.ts'
import { strictDecoding, strictEncoding } from './text/codec_errors.ts'
import { asciiDecode, asciiEncode, latin1Decode, latin1Encode } from './text/codec_latin1.ts'
import { utf8Decode, utf8Encode } from './text/codec_utf8.ts'
import { typeOf } from './types.ts'

/** What encodes and decodes by any codec and error handler; the `_codecs` module's registry sets it. */
export const codecHooks: {
  encode: (text: Str, encoding: string, errors: string) => Owned<Value>
  decode: (object: Value, encoding: string, errors: string) => Owned<Value>
} = {
  encode: (_text, encoding) => {
    throw missing(`the codec ${encoding}`)
  },
  decode: (_object, encoding) => {
    throw missing(`the codec ${encoding}`)
  },
}

/** The codec's name as CPython compares it with those that it knows without the registry. */
function normalized(encoding: string): string {
  return encoding.toLowerCase().replace(/[ _]/g, '-')
}

/** `text.encode(encoding, errors)`: the common codecs directly, others through the registry. */
export function encodeText(text: Str, encoding: string, errors: string): Owned<Value> {
  if (errors === 'strict') {
    switch (normalized(encoding)) {
      case 'utf-8':
      case 'utf8':
        return newBytes(utf8Encode(text, strictEncoding))
      case 'ascii':
      case 'us-ascii':
        return newBytes(asciiEncode(text, strictEncoding))
      case 'latin-1':
      case 'latin1':
      case 'iso-8859-1':
      case 'iso8859-1':
        return newBytes(latin1Encode(text, strictEncoding))
    }
  }
  return codecHooks.encode(text, encoding, errors)
}

/** `str(object, encoding, errors)` (`PyUnicode_FromEncodedObject`). */
export function decodeObject(object: Value, encoding = 'utf-8', errors = 'strict'): Owned<PyStr> {
  if (asStr(object) !== undefined) throw typeError('decoding str is not supported')
  if (!hasBuffer(object)) {
    throw typeError(`decoding to str: need a bytes-like object, ${typeOf(object).name} found`)
  }
  return decodeBytes(object, encoding, errors)
}

/** `bytes.decode(encoding, errors)`. */
export function decodeBytes(object: Value, encoding: string, errors: string): Owned<PyStr> {
  if (errors === 'strict') {
    switch (normalized(encoding)) {
      case 'utf-8':
      case 'utf8':
        return newStr(utf8Decode(bufferBytes(object), strictDecoding).text)
      case 'ascii':
      case 'us-ascii':
        return newStr(asciiDecode(bufferBytes(object), strictDecoding))
      case 'latin-1':
      case 'latin1':
      case 'iso-8859-1':
      case 'iso8859-1':
        return newStr(latin1Decode(bufferBytes(object)))
    }
  }
  return codecHooks.decode(object, encoding, errors) as Owned<PyStr>
}
