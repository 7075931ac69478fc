import { encodeUtf8 } from '../base/utf8.ts'
import { type Str, strToUtf16 } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from '../objects/access.ts'
import { lookupSpecial } from '../objects/attributes.ts'
import { isBytes } from '../objects/bytes_like.ts'
import { typeError, valueError } from '../objects/errors.ts'
import { newBytes, newStr, newText } from '../objects/make.ts'
import type { Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'
import { decodeErrorHandlers, encodeErrorHandlers } from '../objects/text/codec_errors.ts'
import { utf8Decode, utf8Encode } from '../objects/text/codec_utf8.ts'
import { typeOf } from '../objects/types.ts'
import type { Path } from './platform.ts'

const LONE_SURROGATE = /[\ud800-\udfff]/

/** `os.fspath(path)`: a str or bytes. */
export function fspath(path: Value): Owned<Value> {
  if (asStr(path) !== undefined || isBytes(path)) return keep(path)
  const method = lookupSpecial(path, '__fspath__')
  const { name } = typeOf(path)
  if (method === undefined) throw typeError(`expected str, bytes or os.PathLike object, not ${name}`)
  let result: Owned<Value>
  try {
    result = call(method, [])
  } finally {
    drop(method)
  }
  if (asStr(result) !== undefined || isBytes(result)) return result
  const found = typeOf(result).name
  drop(result)
  throw typeError(`expected ${name}.__fspath__() to return str or bytes, not ${found}`)
}

/** `os.fsencode` of a str: UTF-8, lone surrogates standing for bytes. */
export function encodePath(text: Str): Uint8Array {
  return utf8Encode(text, encodeErrorHandlers['surrogateescape'])
}

/** `os.fsdecode` of bytes. */
export function decodePath(bytes: Uint8Array): Str {
  return utf8Decode(bytes, decodeErrorHandlers['surrogateescape']).text
}

/** A str or bytes as the platform takes a path; ValueError for an embedded null. */
export function systemPath(path: Value): Path {
  const text = asStr(path)
  if (text === undefined) {
    const bytes = (path as { data: Uint8Array } & Value).data
    if (bytes.includes(0)) throw valueError('embedded null byte')
    return bytes
  }
  const plain = strToUtf16(text)
  if (plain.includes('\0')) throw valueError('embedded null byte')
  return typeof text === 'string' && LONE_SURROGATE.test(text) ? encodePath(text) : plain
}

/** A path from the platform as a str. */
export function pathStr(path: Path): Owned<Value> {
  if (typeof path === 'string') return newText(path)
  return newStr(decodePath(path))
}

/** A path from the platform as bytes. */
export function pathBytes(path: Path): Owned<Value> {
  return newBytes(typeof path === 'string' ? encodeUtf8(path) : path)
}
