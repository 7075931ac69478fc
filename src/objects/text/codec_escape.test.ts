import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { decodeErrorHandlers } from './codec_errors.ts'
import {
  escapeDecode,
  escapeEncode,
  rawUnicodeEscapeDecode,
  rawUnicodeEscapeEncode,
  unicodeEscapeDecode,
  unicodeEscapeEncode,
} from './codec_escape.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

const lookup = (name: string) => (name === 'DIGIT ONE' ? 0x31 : undefined)

test('unicode_escape is decoded', () => {
  assert.deepEqual(unicodeEscapeDecode(bytes(''), lookup, decodeErrorHandlers['strict']), {
    text: '',
    consumed: 0,
    invalidEscape: null,
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('a\xffb'), lookup, decodeErrorHandlers['strict']), {
    text: 'a\xffb',
    consumed: 3,
    invalidEscape: null,
  })
  assert.deepEqual(
    unicodeEscapeDecode(
      bytes('\x5cn\x5ct\x5c\x5c\x5c\x27\x5c"\x5ca\x5cb\x5cf\x5cr\x5cv\x5c\x0a'),
      lookup,
      decodeErrorHandlers['strict'],
    ),
    { text: '\n\t\\\'"\x07\x08\x0c\r\x0b', consumed: 22, invalidEscape: null },
  )
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5c101\x5c0\x5c400'), lookup, decodeErrorHandlers['strict']), {
    text: 'A\x00\u0100',
    consumed: 10,
    invalidEscape: '400',
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cq\x5cw'), lookup, decodeErrorHandlers['strict']), {
    text: '\\q\\w',
    consumed: 4,
    invalidEscape: 'q',
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cx41\x5cu20ac\x5cU0001F600'), lookup, decodeErrorHandlers['strict']), {
    text: strFromUtf16('A\u20ac\u{1f600}'),
    consumed: 20,
    invalidEscape: null,
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cN{DIGIT ONE}'), lookup, decodeErrorHandlers['strict']), {
    text: '1',
    consumed: 13,
    invalidEscape: null,
  })
  assert.throws(() => unicodeEscapeDecode(bytes('a\x5c'), lookup, decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode byte 0x5c in position 1: \\ at end of string",
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('a\x5c'), lookup, decodeErrorHandlers['replace']), {
    text: 'a\ufffd',
    consumed: 2,
    invalidEscape: null,
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('a\x5c'), lookup, decodeErrorHandlers['strict'], false), {
    text: 'a',
    consumed: 1,
    invalidEscape: null,
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cx4'), lookup, decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape",
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cx4'), lookup, decodeErrorHandlers['replace']), {
    text: '\ufffd',
    consumed: 3,
    invalidEscape: null,
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cx4'), lookup, decodeErrorHandlers['strict'], false), {
    text: '',
    consumed: 0,
    invalidEscape: null,
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cx4g'), lookup, decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape",
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cx4g'), lookup, decodeErrorHandlers['replace']), {
    text: '\ufffdg',
    consumed: 4,
    invalidEscape: null,
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cx4g'), lookup, decodeErrorHandlers['strict'], false), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape",
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cu20'), lookup, decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-3: truncated \\uXXXX escape",
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cu20'), lookup, decodeErrorHandlers['replace']), {
    text: '\ufffd',
    consumed: 4,
    invalidEscape: null,
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cu20'), lookup, decodeErrorHandlers['strict'], false), {
    text: '',
    consumed: 0,
    invalidEscape: null,
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cU0011000g'), lookup, decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-8: truncated \\UXXXXXXXX escape",
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cU0011000g'), lookup, decodeErrorHandlers['replace']), {
    text: '\ufffdg',
    consumed: 10,
    invalidEscape: null,
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cU0011000g'), lookup, decodeErrorHandlers['strict'], false), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-8: truncated \\UXXXXXXXX escape",
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cU00110000'), lookup, decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-9: illegal Unicode character",
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cU00110000'), lookup, decodeErrorHandlers['replace']), {
    text: '\ufffd',
    consumed: 10,
    invalidEscape: null,
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cU00110000'), lookup, decodeErrorHandlers['strict'], false), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-9: illegal Unicode character",
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cN'), lookup, decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-1: malformed \\N character escape",
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cN'), lookup, decodeErrorHandlers['replace']), {
    text: '\ufffd',
    consumed: 2,
    invalidEscape: null,
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cN'), lookup, decodeErrorHandlers['strict'], false), {
    text: '',
    consumed: 0,
    invalidEscape: null,
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cN{'), lookup, decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-2: malformed \\N character escape",
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cN{'), lookup, decodeErrorHandlers['replace']), {
    text: '\ufffd',
    consumed: 3,
    invalidEscape: null,
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cN{'), lookup, decodeErrorHandlers['strict'], false), {
    text: '',
    consumed: 0,
    invalidEscape: null,
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cN{}'), lookup, decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-2: malformed \\N character escape",
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cN{}'), lookup, decodeErrorHandlers['replace']), {
    text: '\ufffd}',
    consumed: 4,
    invalidEscape: null,
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cN{}'), lookup, decodeErrorHandlers['strict'], false), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-2: malformed \\N character escape",
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cNx'), lookup, decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-1: malformed \\N character escape",
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cNx'), lookup, decodeErrorHandlers['replace']), {
    text: '\ufffdx',
    consumed: 3,
    invalidEscape: null,
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cNx'), lookup, decodeErrorHandlers['strict'], false), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-1: malformed \\N character escape",
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cN{FOO}x'), lookup, decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-6: unknown Unicode character name",
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cN{FOO}x'), lookup, decodeErrorHandlers['replace']), {
    text: '\ufffdx',
    consumed: 8,
    invalidEscape: null,
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cN{FOO}x'), lookup, decodeErrorHandlers['strict'], false), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-6: unknown Unicode character name",
  })
  assert.throws(() => unicodeEscapeDecode(bytes('\x5cx'), lookup, decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'unicodeescape' codec can't decode bytes in position 0-1: truncated \\xXX escape",
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cx'), lookup, decodeErrorHandlers['replace']), {
    text: '\ufffd',
    consumed: 2,
    invalidEscape: null,
  })
  assert.deepEqual(unicodeEscapeDecode(bytes('\x5cx'), lookup, decodeErrorHandlers['strict'], false), {
    text: '',
    consumed: 0,
    invalidEscape: null,
  })
})

test('unicode_escape is encoded', () => {
  assert.deepEqual(unicodeEscapeEncode(''), bytes(''))
  assert.deepEqual(rawUnicodeEscapeEncode(''), bytes(''))
  assert.deepEqual(unicodeEscapeEncode('abc\\\'"'), bytes('abc\x5c\x5c\x27"'))
  assert.deepEqual(rawUnicodeEscapeEncode('abc\\\'"'), bytes('abc\x5c\x27"'))
  assert.deepEqual(unicodeEscapeEncode('\n\t\r\x00\x7f\xe9'), bytes('\x5cn\x5ct\x5cr\x5cx00\x5cx7f\x5cxe9'))
  assert.deepEqual(rawUnicodeEscapeEncode('\n\t\r\x00\x7f\xe9'), bytes('\x0a\x09\x0d\x00\x7f\xe9'))
  assert.deepEqual(unicodeEscapeEncode(strFromUtf16('\u20ac\u{1f600}\ud800')), bytes('\x5cu20ac\x5cU0001f600\x5cud800'))
  assert.deepEqual(
    rawUnicodeEscapeEncode(strFromUtf16('\u20ac\u{1f600}\ud800')),
    bytes('\x5cu20ac\x5cU0001f600\x5cud800'),
  )
})

test('raw_unicode_escape is decoded', () => {
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('a\x5cn\x5c\x5cu0041\xff'), decodeErrorHandlers['strict']), {
    text: 'a\\n\\\\u0041\xff',
    consumed: 11,
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('a\x5cn\x5c\x5cu0041\xff'), decodeErrorHandlers['replace']), {
    text: 'a\\n\\\\u0041\xff',
    consumed: 11,
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('a\x5cn\x5c\x5cu0041\xff'), decodeErrorHandlers['replace'], false), {
    text: 'a\\n\\\\u0041\xff',
    consumed: 11,
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5cu20ac\x5cU0001F600'), decodeErrorHandlers['strict']), {
    text: strFromUtf16('\u20ac\u{1f600}'),
    consumed: 16,
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5cu20ac\x5cU0001F600'), decodeErrorHandlers['replace']), {
    text: strFromUtf16('\u20ac\u{1f600}'),
    consumed: 16,
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5cu20ac\x5cU0001F600'), decodeErrorHandlers['replace'], false), {
    text: strFromUtf16('\u20ac\u{1f600}'),
    consumed: 16,
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5c'), decodeErrorHandlers['strict']), { text: '\\', consumed: 1 })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5c'), decodeErrorHandlers['replace']), { text: '\\', consumed: 1 })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5c'), decodeErrorHandlers['replace'], false), {
    text: '',
    consumed: 0,
  })
  assert.throws(() => rawUnicodeEscapeDecode(bytes('\x5cu20'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'rawunicodeescape' codec can't decode bytes in position 0-3: truncated \\uXXXX escape",
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5cu20'), decodeErrorHandlers['replace']), {
    text: '\ufffd',
    consumed: 4,
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5cu20'), decodeErrorHandlers['replace'], false), {
    text: '',
    consumed: 0,
  })
  assert.throws(() => rawUnicodeEscapeDecode(bytes('\x5cu20g'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'rawunicodeescape' codec can't decode bytes in position 0-3: truncated \\uXXXX escape",
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5cu20g'), decodeErrorHandlers['replace']), {
    text: '\ufffdg',
    consumed: 5,
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5cu20g'), decodeErrorHandlers['replace'], false), {
    text: '\ufffdg',
    consumed: 5,
  })
  assert.throws(() => rawUnicodeEscapeDecode(bytes('\x5cU00110000'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'rawunicodeescape' codec can't decode bytes in position 0-9: \\Uxxxxxxxx out of range",
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5cU00110000'), decodeErrorHandlers['replace']), {
    text: '\ufffd',
    consumed: 10,
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5cU00110000'), decodeErrorHandlers['replace'], false), {
    text: '\ufffd',
    consumed: 10,
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5c\x5c\x5cu0041'), decodeErrorHandlers['strict']), {
    text: '\\\\A',
    consumed: 8,
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5c\x5c\x5cu0041'), decodeErrorHandlers['replace']), {
    text: '\\\\A',
    consumed: 8,
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5c\x5c\x5cu0041'), decodeErrorHandlers['replace'], false), {
    text: '\\\\A',
    consumed: 8,
  })
  assert.throws(() => rawUnicodeEscapeDecode(bytes('\x5cU0001F60'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'rawunicodeescape' codec can't decode bytes in position 0-8: truncated \\UXXXXXXXX escape",
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5cU0001F60'), decodeErrorHandlers['replace']), {
    text: '\ufffd',
    consumed: 9,
  })
  assert.deepEqual(rawUnicodeEscapeDecode(bytes('\x5cU0001F60'), decodeErrorHandlers['replace'], false), {
    text: '',
    consumed: 0,
  })
})

test('escapes of bytes literals', () => {
  assert.deepEqual(escapeDecode(bytes(''), 'strict'), { bytes: bytes(''), invalidEscape: null })
  assert.deepEqual(escapeDecode(bytes('a\x5cn\x5cx41\x5c101\x5c400\xff'), 'strict'), {
    bytes: bytes('a\x0aAA\x00\xff'),
    invalidEscape: '400',
  })
  assert.deepEqual(escapeDecode(bytes('\x5cq\x5cu'), 'strict'), { bytes: bytes('\x5cq\x5cu'), invalidEscape: 'q' })
  assert.throws(() => escapeDecode(bytes('\x5cx4'), 'strict'), {
    type: 'ValueError',
    message: 'invalid \\x escape at position 0',
  })
  assert.throws(() => escapeDecode(bytes('ab\x5cxg'), 'strict'), {
    type: 'ValueError',
    message: 'invalid \\x escape at position 2',
  })
  assert.deepEqual(escapeDecode(bytes('\x5cx4g\x5cxg'), 'replace'), { bytes: bytes('?g?g'), invalidEscape: null })
  assert.deepEqual(escapeDecode(bytes('\x5cx4g\x5cxg'), 'ignore'), { bytes: bytes('gg'), invalidEscape: null })
  assert.throws(() => escapeDecode(bytes('\x5cx'), 'foo'), {
    type: 'ValueError',
    message: 'decoding error; unknown error handling code: foo',
  })
  assert.throws(() => escapeDecode(bytes('\x5c'), 'strict'), { type: 'ValueError', message: 'Trailing \\ in string' })
  assert.deepEqual(
    escapeEncode(bytes('a\x27"\x5c\x0a\x0d\x09\x00\xff')),
    bytes('a\x5c\x27"\x5c\x5c\x5cn\x5cr\x5ct\x5cx00\x5cxff'),
  )
})
