import { findUnicodeName } from '../base/unicode_names.ts'
import { type Str, strLength } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt, asStr } from '../objects/access.ts'
import { bufferBytes } from '../objects/buffer.ts'
import { isBytes } from '../objects/bytes_like.ts'
import { decodeHandler, encodeHandler } from '../objects/codec_handlers.ts'
import * as registry from '../objects/codec_registry.ts'
import { defineType } from '../objects/define.ts'
import { defineModule } from '../objects/define_module.ts'
import { DictTable } from '../objects/dict_table.ts'
import { isException, typeError } from '../objects/errors.ts'
import { PyExc_DeprecationWarning, PyExc_LookupError } from '../objects/exception_types.ts'
import { newBytes, newDict, newStr, newTuple } from '../objects/make.ts'
import { newObject, type PyObject, type Value } from '../objects/object.ts'
import { getItem } from '../objects/sequence_protocol.ts'
import * as charmap from '../objects/text/codec_charmap.ts'
import * as escapes from '../objects/text/codec_escape.ts'
import { asciiDecode, asciiEncode, latin1Decode, latin1Encode } from '../objects/text/codec_latin1.ts'
import type { Decoded } from '../objects/text/codec_output.ts'
import { utf7Decode, utf7Encode } from '../objects/text/codec_utf7.ts'
import { utf8Decode, utf8Encode } from '../objects/text/codec_utf8.ts'
import { type ByteOrder, utf16Decode, utf16Encode, utf32Decode, utf32Encode } from '../objects/text/codec_utf16.ts'
import { builtinType, None, strType, typeOf } from '../objects/types.ts'
import { warn } from '../objects/warn.ts'

const LITTLE = -1
const BIG = 1

function decoded(text: Str, consumed: number): Owned<Value> {
  return newTuple([newStr(text), consumed])
}

function encoded(bytes: Uint8Array, text: Str): Owned<Value> {
  return newTuple([newBytes(bytes), strLength(text)])
}

const result = ({ text, consumed }: Decoded) => decoded(text, consumed)

/** The bytes of a bytes-like object, or the UTF-8 of a string. */
function bytesOrText(value: Value): Uint8Array {
  const text = asStr(value)
  return text === undefined ? bufferBytes(value) : utf8Encode(text)
}

const byteOrder = (order: number): ByteOrder => (order === 0 ? 0 : order < 0 ? LITTLE : BIG)

/** Warns of an escape that is none. */
function warnEscape(invalid: string | null): void {
  if (invalid === null) return
  const what =
    invalid.length > 1 ? `invalid octal escape sequence '\\${invalid}'` : `invalid escape sequence '\\${invalid}'`
  warn(PyExc_DeprecationWarning, what, 1)
}

/** The table that `charmap_build` makes of a decoding table with few blocks of characters. */
const encodingMapType = builtinType<PyObject<charmap.EncodingMap>>('EncodingMap')

/** The bytes that CPython's table takes: a header, 16 for each block of 2048 characters, 128 for each of 128. */
function encodingMapSize({ data }: PyObject<charmap.EncodingMap>): number {
  const [outer, inner] = [new Set<number>(), new Set<number>()]
  for (const cp of data.bytes.keys()) {
    if (cp === 0) continue
    outer.add(cp >> 11)
    inner.add(cp >> 7)
  }
  return 63 + 16 * outer.size + 128 * inner.size
}

function charmapBuild(table: Str): Owned<Value> {
  const map = charmap.charmapBuild(table)
  if (!map.isDict) return newObject(encodingMapType, map)
  const dict = new DictTable()
  for (const [cp, byte] of map.bytes) dict.set(cp, byte)
  return newDict(dict)
}

/** What a mapping has for a key; `undefined` where it has nothing. */
function mapped(mapping: Value, key: number): Owned<Value> | undefined {
  let found: Owned<Value>
  try {
    found = getItem(mapping, key)
  } catch (error) {
    if (!isException(error, PyExc_LookupError)) throw error
    drop(error)
    return undefined
  }
  return found
}

function decodingOf(mapping: Value): charmap.CharmapDecoding {
  return (byte) => {
    const found = mapped(mapping, byte)
    if (found === undefined) return undefined
    try {
      if (found === None) return undefined
      const number = asInt(found)
      if (number !== undefined) return Number(number)
      const text = asStr(found)
      if (text !== undefined) return text
      throw typeError('character mapping must return integer, None or str')
    } finally {
      drop(found)
    }
  }
}

function encodingOf(mapping: Value): charmap.CharmapEncoding {
  if (typeof mapping === 'object' && mapping.type === encodingMapType) {
    const { bytes } = mapping.data as charmap.EncodingMap
    return (cp) => bytes.get(cp)
  }
  return (cp) => {
    const found = mapped(mapping, cp)
    if (found === undefined) return undefined
    try {
      if (found === None) return undefined
      const number = asInt(found)
      if (number !== undefined) return Number(number)
      if (isBytes(found)) return found.data
      throw typeError(`character mapping must return integer, bytes or None, not ${typeOf(found).name}`)
    } finally {
      drop(found)
    }
  }
}

function charmapDecode(bytes: Uint8Array, errors: string | null, mapping: Value): Owned<Value> {
  const { length } = bytes
  if (mapping === None) return decoded(latin1Decode(bytes), length)
  const table = typeOf(mapping) === strType ? asStr(mapping)! : decodingOf(mapping)
  if (typeof table === 'function')
    return decoded(charmap.charmapDecode(bytes.slice(), table, decodeHandler(errors)), length)
  return decoded(charmap.charmapDecode(bytes, table, decodeHandler(errors)), length)
}

function charmapEncode(text: Str, errors: string | null, mapping: Value): Owned<Value> {
  if (mapping === None) return encoded(latin1Encode(text, encodeHandler(errors)), text)
  return encoded(charmap.charmapEncode(text, encodingOf(mapping), encodeHandler(errors)), text)
}

function unicodeEscapeDecode(data: Value, errors: string | null, final: boolean): Owned<Value> {
  const bytes = bytesOrText(data)
  const decoding = escapes.unicodeEscapeDecode(bytes, findUnicodeName, decodeHandler(errors), final)
  warnEscape(decoding.invalidEscape)
  return result(decoding)
}

function escapeDecode(data: Value, errors: string | null): Owned<Value> {
  const bytes = bytesOrText(data)
  const { length } = bytes
  const decoding = escapes.escapeDecode(bytes, errors ?? 'strict')
  warnEscape(decoding.invalidEscape)
  return newTuple([newBytes(decoding.bytes), length])
}

function exDecode(decode: typeof utf16Decode, bytes: Uint8Array, errors: string | null, order: number, final: number) {
  const { text, consumed, order: found } = decode(bytes, byteOrder(order), decodeHandler(errors), Boolean(final))
  return newTuple([newStr(text), consumed, found])
}

const markedDecode = (decode: typeof utf16Decode, order: ByteOrder) => {
  return (bytes: Uint8Array, errors: string | null, final: number) =>
    result(decode(bytes, order, decodeHandler(errors), Boolean(final)))
}

const markedEncode = (encode: typeof utf16Encode, order: ByteOrder) => {
  return (text: Str, errors: string | null) => encoded(encode(text, order, encodeHandler(errors)), text)
}

const wideCodecs = {
  'utf_16_decode(data: bytes, errors: text = None, final: int = False, /)': markedDecode(utf16Decode, 0),
  'utf_16_le_decode(data: bytes, errors: text = None, final: int = False, /)': markedDecode(utf16Decode, LITTLE),
  'utf_16_be_decode(data: bytes, errors: text = None, final: int = False, /)': markedDecode(utf16Decode, BIG),
  'utf_16_ex_decode(data: bytes, errors: text = None, byteorder: int = 0, final: int = False, /)': (
    bytes: Uint8Array,
    errors: string | null,
    order: number,
    final: number,
  ) => exDecode(utf16Decode, bytes, errors, order, final),
  'utf_16_encode(str: str, errors: text = None, byteorder: int = 0, /)': (
    text: Str,
    errors: string | null,
    order: number,
  ) => encoded(utf16Encode(text, byteOrder(order), encodeHandler(errors)), text),
  'utf_16_le_encode(str: str, errors: text = None, /)': markedEncode(utf16Encode, LITTLE),
  'utf_16_be_encode(str: str, errors: text = None, /)': markedEncode(utf16Encode, BIG),
  'utf_32_decode(data: bytes, errors: text = None, final: int = False, /)': markedDecode(utf32Decode, 0),
  'utf_32_le_decode(data: bytes, errors: text = None, final: int = False, /)': markedDecode(utf32Decode, LITTLE),
  'utf_32_be_decode(data: bytes, errors: text = None, final: int = False, /)': markedDecode(utf32Decode, BIG),
  'utf_32_ex_decode(data: bytes, errors: text = None, byteorder: int = 0, final: int = False, /)': (
    bytes: Uint8Array,
    errors: string | null,
    order: number,
    final: number,
  ) => exDecode(utf32Decode, bytes, errors, order, final),
  'utf_32_encode(str: str, errors: text = None, byteorder: int = 0, /)': (
    text: Str,
    errors: string | null,
    order: number,
  ) => encoded(utf32Encode(text, byteOrder(order), encodeHandler(errors)), text),
  'utf_32_le_encode(str: str, errors: text = None, /)': markedEncode(utf32Encode, LITTLE),
  'utf_32_be_encode(str: str, errors: text = None, /)': markedEncode(utf32Encode, BIG),
} as const

/** The module `_codecs`. */
export const codecsModule = defineModule('_codecs', () => ({
  functions: {
    'register(search_function, /)': registry.registerSearch,
    'unregister(search_function, /)': registry.unregisterSearch,
    'lookup(encoding: text, /)': (encoding) => keep<Value>(registry.lookupCodec(encoding)),
    "encode(obj, encoding: text = 'utf-8', errors: text = 'strict')": registry.encodeObject,
    "decode(obj, encoding: text = 'utf-8', errors: text = 'strict')": registry.decodeObject,
    'register_error(errors: text, handler, /)': registry.registerErrorHandler,
    'lookup_error(name: text, /)': (name) => keep(registry.lookupErrorHandler(name)),
    'utf_8_decode(data: bytes, errors: text = None, final: int = False, /)': (bytes, errors, final) =>
      result(utf8Decode(bytes, decodeHandler(errors), Boolean(final))),
    'utf_8_encode(str: str, errors: text = None, /)': (text, errors) =>
      encoded(utf8Encode(text, encodeHandler(errors)), text),
    'utf_7_decode(data: bytes, errors: text = None, final: int = False, /)': (bytes, errors, final) =>
      result(utf7Decode(bytes, decodeHandler(errors), Boolean(final))),
    'utf_7_encode(str: str, errors: text = None, /)': (text) => encoded(utf7Encode(text), text),
    ...wideCodecs,
    'ascii_decode(data: bytes, errors: text = None, /)': (bytes, errors) =>
      decoded(asciiDecode(bytes, decodeHandler(errors)), bytes.length),
    'ascii_encode(str: str, errors: text = None, /)': (text, errors) =>
      encoded(asciiEncode(text, encodeHandler(errors)), text),
    'latin_1_decode(data: bytes, errors: text = None, /)': (bytes) => decoded(latin1Decode(bytes), bytes.length),
    'latin_1_encode(str: str, errors: text = None, /)': (text, errors) =>
      encoded(latin1Encode(text, encodeHandler(errors)), text),
    'charmap_build(map: str, /)': charmapBuild,
    'charmap_decode(data: bytes, errors: text = None, mapping = None, /)': charmapDecode,
    'charmap_encode(str: str, errors: text = None, mapping = None, /)': charmapEncode,
    'unicode_escape_decode(data, errors: text = None, final: int = True, /)': (data, errors, final) =>
      unicodeEscapeDecode(data, errors, Boolean(final)),
    'unicode_escape_encode(str: str, errors: text = None, /)': (text) =>
      encoded(escapes.unicodeEscapeEncode(text), text),
    'raw_unicode_escape_decode(data, errors: text = None, final: int = True, /)': (data, errors, final) =>
      result(escapes.rawUnicodeEscapeDecode(bytesOrText(data), decodeHandler(errors), Boolean(final))),
    'raw_unicode_escape_encode(str: str, errors: text = None, /)': (text) =>
      encoded(escapes.rawUnicodeEscapeEncode(text), text),
    'escape_decode(data, errors: text = None, /)': escapeDecode,
    'escape_encode(data, errors: text = None, /)': (data) => {
      if (!isBytes(data)) throw typeError(`escape_encode() argument 1 must be bytes, not ${typeOf(data).name}`)
      return newTuple([newBytes(escapes.escapeEncode(data.data)), data.data.length])
    },
    'readbuffer_encode(data, errors: text = None, /)': (data) => {
      const bytes = bytesOrText(data)
      return newTuple([newBytes(bytes.slice()), bytes.length])
    },
  },
  setup: () => {
    defineType(encodingMapType, () => ({ methods: { 'size()': encodingMapSize } }))
  },
}))
