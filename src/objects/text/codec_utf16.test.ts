import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { decodeErrorHandlers, encodeErrorHandlers } from './codec_errors.ts'
import { utf16Decode, utf16Encode, utf32Decode, utf32Encode } from './codec_utf16.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

test('utf-16 is decoded', () => {
  assert.deepEqual(utf16Decode(bytes('\xff\xfe'), 0), { text: '', consumed: 2, order: -1 })
  assert.deepEqual(utf16Decode(bytes('\xff\xfe'), -1), { text: '\ufeff', consumed: 2, order: -1 })
  assert.deepEqual(utf16Decode(bytes('\xff\xfe'), 1), { text: '\ufffe', consumed: 2, order: 1 })
  assert.deepEqual(utf16Decode(bytes('\xff\xfea\x00\xac =\xd8\x00\xde'), 0), {
    text: strFromUtf16('a\u20ac\u{1f600}'),
    consumed: 10,
    order: -1,
  })
  assert.deepEqual(utf16Decode(bytes('\xff\xfea\x00\xac =\xd8\x00\xde'), -1), {
    text: strFromUtf16('\ufeffa\u20ac\u{1f600}'),
    consumed: 10,
    order: -1,
  })
  assert.deepEqual(utf16Decode(bytes('\xff\xfea\x00\xac =\xd8\x00\xde'), 1), {
    text: '\ufffe\u6100\uac20\u3dd8\xde',
    consumed: 10,
    order: 1,
  })
  assert.deepEqual(utf16Decode(bytes('\x00a\x00b'), 0), { text: '\u6100\u6200', consumed: 4, order: 0 })
  assert.deepEqual(utf16Decode(bytes('\x00a\x00b'), -1), { text: '\u6100\u6200', consumed: 4, order: -1 })
  assert.deepEqual(utf16Decode(bytes('\x00a\x00b'), 1), { text: 'ab', consumed: 4, order: 1 })
  assert.deepEqual(utf16Decode(bytes('\xfe\xff\x00a'), 0), { text: 'a', consumed: 4, order: 1 })
  assert.deepEqual(utf16Decode(bytes('\xfe\xff\x00a'), -1), { text: '\ufffe\u6100', consumed: 4, order: -1 })
  assert.deepEqual(utf16Decode(bytes('\xfe\xff\x00a'), 1), { text: '\ufeffa', consumed: 4, order: 1 })
  assert.deepEqual(utf16Decode(bytes('\xff\xfea\x00'), 0), { text: 'a', consumed: 4, order: -1 })
  assert.deepEqual(utf16Decode(bytes('\xff\xfea\x00'), -1), { text: '\ufeffa', consumed: 4, order: -1 })
  assert.deepEqual(utf16Decode(bytes('\xff\xfea\x00'), 1), { text: '\ufffe\u6100', consumed: 4, order: 1 })
  assert.throws(() => utf16Decode(bytes('a\x00\x00\xd8b\x00'), 0), {
    type: 'UnicodeDecodeError',
    message: "'utf-16-le' codec can't decode bytes in position 2-3: illegal UTF-16 surrogate",
  })
  assert.throws(() => utf16Decode(bytes('a\x00\x00\xd8b\x00'), -1), {
    type: 'UnicodeDecodeError',
    message: "'utf-16-le' codec can't decode bytes in position 2-3: illegal UTF-16 surrogate",
  })
  assert.deepEqual(utf16Decode(bytes('a\x00\x00\xd8b\x00'), 1), { text: '\u6100\xd8\u6200', consumed: 6, order: 1 })
  assert.deepEqual(utf16Decode(bytes('\xdc\x00'), 0), { text: '\xdc', consumed: 2, order: 0 })
  assert.deepEqual(utf16Decode(bytes('\xdc\x00'), -1), { text: '\xdc', consumed: 2, order: -1 })
  assert.throws(() => utf16Decode(bytes('\xdc\x00'), 1), {
    type: 'UnicodeDecodeError',
    message: "'utf-16-be' codec can't decode bytes in position 0-1: illegal encoding",
  })
  assert.throws(() => utf16Decode(bytes('\x00\xd8'), 0), {
    type: 'UnicodeDecodeError',
    message: "'utf-16-le' codec can't decode bytes in position 0-1: unexpected end of data",
  })
  assert.throws(() => utf16Decode(bytes('\x00\xd8'), -1), {
    type: 'UnicodeDecodeError',
    message: "'utf-16-le' codec can't decode bytes in position 0-1: unexpected end of data",
  })
  assert.deepEqual(utf16Decode(bytes('\x00\xd8'), 1), { text: '\xd8', consumed: 2, order: 1 })
  assert.throws(() => utf16Decode(bytes('a\x00\x00\xd8b\x00x'), -1, decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf-16-le' codec can't decode bytes in position 2-3: illegal UTF-16 surrogate",
  })
  assert.deepEqual(utf16Decode(bytes('a\x00\x00\xd8b\x00x'), -1, decodeErrorHandlers['ignore']), {
    text: 'ab',
    consumed: 7,
    order: -1,
  })
  assert.deepEqual(utf16Decode(bytes('a\x00\x00\xd8b\x00x'), -1, decodeErrorHandlers['replace']), {
    text: 'a\ufffdb\ufffd',
    consumed: 7,
    order: -1,
  })
  assert.deepEqual(utf16Decode(bytes('a\x00\x00\xd8b\x00x'), -1, decodeErrorHandlers['backslashreplace']), {
    text: 'a\\x00\\xd8b\\x78',
    consumed: 7,
    order: -1,
  })
  assert.throws(() => utf16Decode(bytes('a\x00\x00\xd8b\x00x'), -1, decodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeDecodeError',
    message: "'utf-16-le' codec can't decode bytes in position 2-3: illegal UTF-16 surrogate",
  })
  assert.throws(() => utf16Decode(bytes('a\x00\x00\xd8b\x00x'), -1, decodeErrorHandlers['surrogatepass']), {
    type: 'UnicodeDecodeError',
    message: "'utf-16-le' codec can't decode byte 0x78 in position 6: truncated data",
  })
  assert.deepEqual(utf16Decode(bytes('a\x00\x00\x00x'), -1, decodeErrorHandlers['strict'], false), {
    text: 'a\x00',
    consumed: 4,
    order: -1,
  })
  assert.deepEqual(utf16Decode(bytes('\x00\xd8'), 0, decodeErrorHandlers['strict'], false), {
    text: '',
    consumed: 0,
    order: 0,
  })
  assert.deepEqual(utf16Decode(bytes('a\x00\x11\x00a\x00\x11\x00a\x00\x11\x00'), -1), {
    text: 'a\x11a\x11a\x11',
    consumed: 12,
    order: -1,
  })
})

test('utf-16 is encoded', () => {
  assert.deepEqual(utf16Encode('', 0, encodeErrorHandlers['strict']), bytes('\xff\xfe'))
  assert.deepEqual(
    utf16Encode(strFromUtf16('a\u20ac\u{1f600}'), 0, encodeErrorHandlers['strict']),
    bytes('\xff\xfea\x00\xac =\xd8\x00\xde'),
  )
  assert.throws(() => utf16Encode('\ud83d\ude00', 0, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-16' codec can't encode character '\\ud83d' in position 0: surrogates not allowed",
  })
  assert.deepEqual(utf16Encode('\ud83d\ude00', 0, encodeErrorHandlers['ignore']), bytes('\xff\xfe'))
  assert.deepEqual(utf16Encode('\ud83d\ude00', 0, encodeErrorHandlers['replace']), bytes('\xff\xfe?\x00?\x00'))
  assert.deepEqual(
    utf16Encode('\ud83d\ude00', 0, encodeErrorHandlers['backslashreplace']),
    bytes('\xff\xfe\x5c\x00u\x00d\x008\x003\x00d\x00\x5c\x00u\x00d\x00e\x000\x000\x00'),
  )
  assert.deepEqual(
    utf16Encode('\ud83d\ude00', 0, encodeErrorHandlers['xmlcharrefreplace']),
    bytes('\xff\xfe&\x00#\x005\x005\x003\x005\x007\x00;\x00&\x00#\x005\x006\x008\x003\x002\x00;\x00'),
  )
  assert.throws(() => utf16Encode('\ud83d\ude00', 0, encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'utf-16' codec can't encode character '\\ud83d' in position 0: surrogates not allowed",
  })
  assert.deepEqual(utf16Encode('\ud83d\ude00', 0, encodeErrorHandlers['surrogatepass']), bytes('\xff\xfe=\xd8\x00\xde'))
  assert.throws(() => utf16Encode('a\udc80', 0, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-16' codec can't encode character '\\udc80' in position 1: surrogates not allowed",
  })
  assert.deepEqual(utf16Encode('a\udc80', 0, encodeErrorHandlers['ignore']), bytes('\xff\xfea\x00'))
  assert.deepEqual(utf16Encode('a\udc80', 0, encodeErrorHandlers['replace']), bytes('\xff\xfea\x00?\x00'))
  assert.deepEqual(
    utf16Encode('a\udc80', 0, encodeErrorHandlers['backslashreplace']),
    bytes('\xff\xfea\x00\x5c\x00u\x00d\x00c\x008\x000\x00'),
  )
  assert.deepEqual(
    utf16Encode('a\udc80', 0, encodeErrorHandlers['xmlcharrefreplace']),
    bytes('\xff\xfea\x00&\x00#\x005\x006\x004\x004\x008\x00;\x00'),
  )
  assert.throws(() => utf16Encode('a\udc80', 0, encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'utf-16' codec can't encode character '\\udc80' in position 1: surrogates not allowed",
  })
  assert.deepEqual(utf16Encode('a\udc80', 0, encodeErrorHandlers['surrogatepass']), bytes('\xff\xfea\x00\x80\xdc'))
  assert.deepEqual(utf16Encode('', -1, encodeErrorHandlers['strict']), bytes(''))
  assert.deepEqual(
    utf16Encode(strFromUtf16('a\u20ac\u{1f600}'), -1, encodeErrorHandlers['strict']),
    bytes('a\x00\xac =\xd8\x00\xde'),
  )
  assert.throws(() => utf16Encode('\ud83d\ude00', -1, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-16-le' codec can't encode character '\\ud83d' in position 0: surrogates not allowed",
  })
  assert.deepEqual(utf16Encode('\ud83d\ude00', -1, encodeErrorHandlers['ignore']), bytes(''))
  assert.deepEqual(utf16Encode('\ud83d\ude00', -1, encodeErrorHandlers['replace']), bytes('?\x00?\x00'))
  assert.deepEqual(
    utf16Encode('\ud83d\ude00', -1, encodeErrorHandlers['backslashreplace']),
    bytes('\x5c\x00u\x00d\x008\x003\x00d\x00\x5c\x00u\x00d\x00e\x000\x000\x00'),
  )
  assert.deepEqual(
    utf16Encode('\ud83d\ude00', -1, encodeErrorHandlers['xmlcharrefreplace']),
    bytes('&\x00#\x005\x005\x003\x005\x007\x00;\x00&\x00#\x005\x006\x008\x003\x002\x00;\x00'),
  )
  assert.throws(() => utf16Encode('\ud83d\ude00', -1, encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'utf-16-le' codec can't encode character '\\ud83d' in position 0: surrogates not allowed",
  })
  assert.deepEqual(utf16Encode('\ud83d\ude00', -1, encodeErrorHandlers['surrogatepass']), bytes('=\xd8\x00\xde'))
  assert.throws(() => utf16Encode('a\udc80', -1, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-16-le' codec can't encode character '\\udc80' in position 1: surrogates not allowed",
  })
  assert.deepEqual(utf16Encode('a\udc80', -1, encodeErrorHandlers['ignore']), bytes('a\x00'))
  assert.deepEqual(utf16Encode('a\udc80', -1, encodeErrorHandlers['replace']), bytes('a\x00?\x00'))
  assert.deepEqual(
    utf16Encode('a\udc80', -1, encodeErrorHandlers['backslashreplace']),
    bytes('a\x00\x5c\x00u\x00d\x00c\x008\x000\x00'),
  )
  assert.deepEqual(
    utf16Encode('a\udc80', -1, encodeErrorHandlers['xmlcharrefreplace']),
    bytes('a\x00&\x00#\x005\x006\x004\x004\x008\x00;\x00'),
  )
  assert.throws(() => utf16Encode('a\udc80', -1, encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'utf-16-le' codec can't encode character '\\udc80' in position 1: surrogates not allowed",
  })
  assert.deepEqual(utf16Encode('a\udc80', -1, encodeErrorHandlers['surrogatepass']), bytes('a\x00\x80\xdc'))
  assert.deepEqual(utf16Encode('', 1, encodeErrorHandlers['strict']), bytes(''))
  assert.deepEqual(
    utf16Encode(strFromUtf16('a\u20ac\u{1f600}'), 1, encodeErrorHandlers['strict']),
    bytes('\x00a \xac\xd8=\xde\x00'),
  )
  assert.throws(() => utf16Encode('\ud83d\ude00', 1, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-16-be' codec can't encode character '\\ud83d' in position 0: surrogates not allowed",
  })
  assert.deepEqual(utf16Encode('\ud83d\ude00', 1, encodeErrorHandlers['ignore']), bytes(''))
  assert.deepEqual(utf16Encode('\ud83d\ude00', 1, encodeErrorHandlers['replace']), bytes('\x00?\x00?'))
  assert.deepEqual(
    utf16Encode('\ud83d\ude00', 1, encodeErrorHandlers['backslashreplace']),
    bytes('\x00\x5c\x00u\x00d\x008\x003\x00d\x00\x5c\x00u\x00d\x00e\x000\x000'),
  )
  assert.deepEqual(
    utf16Encode('\ud83d\ude00', 1, encodeErrorHandlers['xmlcharrefreplace']),
    bytes('\x00&\x00#\x005\x005\x003\x005\x007\x00;\x00&\x00#\x005\x006\x008\x003\x002\x00;'),
  )
  assert.throws(() => utf16Encode('\ud83d\ude00', 1, encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'utf-16-be' codec can't encode character '\\ud83d' in position 0: surrogates not allowed",
  })
  assert.deepEqual(utf16Encode('\ud83d\ude00', 1, encodeErrorHandlers['surrogatepass']), bytes('\xd8=\xde\x00'))
  assert.throws(() => utf16Encode('a\udc80', 1, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-16-be' codec can't encode character '\\udc80' in position 1: surrogates not allowed",
  })
  assert.deepEqual(utf16Encode('a\udc80', 1, encodeErrorHandlers['ignore']), bytes('\x00a'))
  assert.deepEqual(utf16Encode('a\udc80', 1, encodeErrorHandlers['replace']), bytes('\x00a\x00?'))
  assert.deepEqual(
    utf16Encode('a\udc80', 1, encodeErrorHandlers['backslashreplace']),
    bytes('\x00a\x00\x5c\x00u\x00d\x00c\x008\x000'),
  )
  assert.deepEqual(
    utf16Encode('a\udc80', 1, encodeErrorHandlers['xmlcharrefreplace']),
    bytes('\x00a\x00&\x00#\x005\x006\x004\x004\x008\x00;'),
  )
  assert.throws(() => utf16Encode('a\udc80', 1, encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'utf-16-be' codec can't encode character '\\udc80' in position 1: surrogates not allowed",
  })
  assert.deepEqual(utf16Encode('a\udc80', 1, encodeErrorHandlers['surrogatepass']), bytes('\x00a\xdc\x80'))
})

test('utf-32 is decoded', () => {
  assert.deepEqual(utf32Decode(bytes('\xff\xfe\x00\x00'), 0), { text: '', consumed: 4, order: -1 })
  assert.deepEqual(utf32Decode(bytes('\xff\xfe\x00\x00'), -1), { text: '\ufeff', consumed: 4, order: -1 })
  assert.throws(() => utf32Decode(bytes('\xff\xfe\x00\x00'), 1), {
    type: 'UnicodeDecodeError',
    message: "'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)",
  })
  assert.deepEqual(utf32Decode(bytes('\xff\xfe\x00\x00a\x00\x00\x00\xac \x00\x00\x00\xf6\x01\x00'), 0), {
    text: strFromUtf16('a\u20ac\u{1f600}'),
    consumed: 16,
    order: -1,
  })
  assert.deepEqual(utf32Decode(bytes('\xff\xfe\x00\x00a\x00\x00\x00\xac \x00\x00\x00\xf6\x01\x00'), -1), {
    text: strFromUtf16('\ufeffa\u20ac\u{1f600}'),
    consumed: 16,
    order: -1,
  })
  assert.throws(() => utf32Decode(bytes('\xff\xfe\x00\x00a\x00\x00\x00\xac \x00\x00\x00\xf6\x01\x00'), 1), {
    type: 'UnicodeDecodeError',
    message: "'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)",
  })
  assert.throws(() => utf32Decode(bytes('\x00\x00\x00a\x00\x00\x00b'), 0), {
    type: 'UnicodeDecodeError',
    message: "'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)",
  })
  assert.throws(() => utf32Decode(bytes('\x00\x00\x00a\x00\x00\x00b'), -1), {
    type: 'UnicodeDecodeError',
    message: "'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)",
  })
  assert.deepEqual(utf32Decode(bytes('\x00\x00\x00a\x00\x00\x00b'), 1), { text: 'ab', consumed: 8, order: 1 })
  assert.deepEqual(utf32Decode(bytes('\x00\x00\xfe\xff\x00\x00\x00a'), 0), { text: 'a', consumed: 8, order: 1 })
  assert.throws(() => utf32Decode(bytes('\x00\x00\xfe\xff\x00\x00\x00a'), -1), {
    type: 'UnicodeDecodeError',
    message: "'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)",
  })
  assert.deepEqual(utf32Decode(bytes('\x00\x00\xfe\xff\x00\x00\x00a'), 1), { text: '\ufeffa', consumed: 8, order: 1 })
  assert.deepEqual(utf32Decode(bytes('\xff\xfe\x00\x00a\x00\x00\x00'), 0), { text: 'a', consumed: 8, order: -1 })
  assert.deepEqual(utf32Decode(bytes('\xff\xfe\x00\x00a\x00\x00\x00'), -1), { text: '\ufeffa', consumed: 8, order: -1 })
  assert.throws(() => utf32Decode(bytes('\xff\xfe\x00\x00a\x00\x00\x00'), 1), {
    type: 'UnicodeDecodeError',
    message: "'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)",
  })
  assert.throws(() => utf32Decode(bytes('a\x00\x00\x00\x00\xd8\x00\x00b\x00\x00\x00'), 0), {
    type: 'UnicodeDecodeError',
    message:
      "'utf-32-le' codec can't decode bytes in position 4-7: code point in surrogate code point range(0xd800, 0xe000)",
  })
  assert.throws(() => utf32Decode(bytes('a\x00\x00\x00\x00\xd8\x00\x00b\x00\x00\x00'), -1), {
    type: 'UnicodeDecodeError',
    message:
      "'utf-32-le' codec can't decode bytes in position 4-7: code point in surrogate code point range(0xd800, 0xe000)",
  })
  assert.throws(() => utf32Decode(bytes('a\x00\x00\x00\x00\xd8\x00\x00b\x00\x00\x00'), 1), {
    type: 'UnicodeDecodeError',
    message: "'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)",
  })
  assert.throws(() => utf32Decode(bytes('\x00\x00\xdc\x00'), 0), {
    type: 'UnicodeDecodeError',
    message: "'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)",
  })
  assert.throws(() => utf32Decode(bytes('\x00\x00\xdc\x00'), -1), {
    type: 'UnicodeDecodeError',
    message: "'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)",
  })
  assert.throws(() => utf32Decode(bytes('\x00\x00\xdc\x00'), 1), {
    type: 'UnicodeDecodeError',
    message:
      "'utf-32-be' codec can't decode bytes in position 0-3: code point in surrogate code point range(0xd800, 0xe000)",
  })
  assert.throws(() => utf32Decode(bytes('\x00\xd8\x00\x00'), 0), {
    type: 'UnicodeDecodeError',
    message:
      "'utf-32-le' codec can't decode bytes in position 0-3: code point in surrogate code point range(0xd800, 0xe000)",
  })
  assert.throws(() => utf32Decode(bytes('\x00\xd8\x00\x00'), -1), {
    type: 'UnicodeDecodeError',
    message:
      "'utf-32-le' codec can't decode bytes in position 0-3: code point in surrogate code point range(0xd800, 0xe000)",
  })
  assert.throws(() => utf32Decode(bytes('\x00\xd8\x00\x00'), 1), {
    type: 'UnicodeDecodeError',
    message: "'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)",
  })
  assert.throws(
    () => utf32Decode(bytes('a\x00\x00\x00\x00\xd8\x00\x00b\x00\x00\x00x'), -1, decodeErrorHandlers['strict']),
    {
      type: 'UnicodeDecodeError',
      message:
        "'utf-32-le' codec can't decode bytes in position 4-7: code point in surrogate code point range(0xd800, 0xe000)",
    },
  )
  assert.deepEqual(
    utf32Decode(bytes('a\x00\x00\x00\x00\xd8\x00\x00b\x00\x00\x00x'), -1, decodeErrorHandlers['ignore']),
    { text: 'ab', consumed: 13, order: -1 },
  )
  assert.deepEqual(
    utf32Decode(bytes('a\x00\x00\x00\x00\xd8\x00\x00b\x00\x00\x00x'), -1, decodeErrorHandlers['replace']),
    { text: 'a\ufffdb\ufffd', consumed: 13, order: -1 },
  )
  assert.deepEqual(
    utf32Decode(bytes('a\x00\x00\x00\x00\xd8\x00\x00b\x00\x00\x00x'), -1, decodeErrorHandlers['backslashreplace']),
    { text: 'a\\x00\\xd8\\x00\\x00b\\x78', consumed: 13, order: -1 },
  )
  assert.throws(
    () => utf32Decode(bytes('a\x00\x00\x00\x00\xd8\x00\x00b\x00\x00\x00x'), -1, decodeErrorHandlers['surrogateescape']),
    {
      type: 'UnicodeDecodeError',
      message:
        "'utf-32-le' codec can't decode bytes in position 4-7: code point in surrogate code point range(0xd800, 0xe000)",
    },
  )
  assert.throws(
    () => utf32Decode(bytes('a\x00\x00\x00\x00\xd8\x00\x00b\x00\x00\x00x'), -1, decodeErrorHandlers['surrogatepass']),
    { type: 'UnicodeDecodeError', message: "'utf-32-le' codec can't decode byte 0x78 in position 12: truncated data" },
  )
  assert.deepEqual(utf32Decode(bytes('a\x00\x00\x00x'), -1, decodeErrorHandlers['strict'], false), {
    text: 'a',
    consumed: 4,
    order: -1,
  })
  assert.deepEqual(utf32Decode(bytes('\x00\xd8'), 0, decodeErrorHandlers['strict'], false), {
    text: '',
    consumed: 0,
    order: 0,
  })
  assert.throws(() => utf32Decode(bytes('a\x00\x11\x00a\x00\x11\x00a\x00\x11\x00'), -1), {
    type: 'UnicodeDecodeError',
    message: "'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)",
  })
})

test('utf-32 is encoded', () => {
  assert.deepEqual(utf32Encode('', 0, encodeErrorHandlers['strict']), bytes('\xff\xfe\x00\x00'))
  assert.deepEqual(
    utf32Encode(strFromUtf16('a\u20ac\u{1f600}'), 0, encodeErrorHandlers['strict']),
    bytes('\xff\xfe\x00\x00a\x00\x00\x00\xac \x00\x00\x00\xf6\x01\x00'),
  )
  assert.throws(() => utf32Encode('\ud83d\ude00', 0, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-32' codec can't encode character '\\ud83d' in position 0: surrogates not allowed",
  })
  assert.deepEqual(utf32Encode('\ud83d\ude00', 0, encodeErrorHandlers['ignore']), bytes('\xff\xfe\x00\x00'))
  assert.deepEqual(
    utf32Encode('\ud83d\ude00', 0, encodeErrorHandlers['replace']),
    bytes('\xff\xfe\x00\x00?\x00\x00\x00?\x00\x00\x00'),
  )
  assert.deepEqual(
    utf32Encode('\ud83d\ude00', 0, encodeErrorHandlers['backslashreplace']),
    bytes(
      '\xff\xfe\x00\x00\x5c\x00\x00\x00u\x00\x00\x00d\x00\x00\x008\x00\x00\x003\x00\x00\x00d\x00\x00\x00\x5c\x00\x00\x00u\x00\x00\x00d\x00\x00\x00e\x00\x00\x000\x00\x00\x000\x00\x00\x00',
    ),
  )
  assert.deepEqual(
    utf32Encode('\ud83d\ude00', 0, encodeErrorHandlers['xmlcharrefreplace']),
    bytes(
      '\xff\xfe\x00\x00&\x00\x00\x00#\x00\x00\x005\x00\x00\x005\x00\x00\x003\x00\x00\x005\x00\x00\x007\x00\x00\x00;\x00\x00\x00&\x00\x00\x00#\x00\x00\x005\x00\x00\x006\x00\x00\x008\x00\x00\x003\x00\x00\x002\x00\x00\x00;\x00\x00\x00',
    ),
  )
  assert.throws(() => utf32Encode('\ud83d\ude00', 0, encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'utf-32' codec can't encode character '\\ud83d' in position 0: surrogates not allowed",
  })
  assert.deepEqual(
    utf32Encode('\ud83d\ude00', 0, encodeErrorHandlers['surrogatepass']),
    bytes('\xff\xfe\x00\x00=\xd8\x00\x00\x00\xde\x00\x00'),
  )
  assert.throws(() => utf32Encode('a\udc80', 0, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-32' codec can't encode character '\\udc80' in position 1: surrogates not allowed",
  })
  assert.deepEqual(utf32Encode('a\udc80', 0, encodeErrorHandlers['ignore']), bytes('\xff\xfe\x00\x00a\x00\x00\x00'))
  assert.deepEqual(
    utf32Encode('a\udc80', 0, encodeErrorHandlers['replace']),
    bytes('\xff\xfe\x00\x00a\x00\x00\x00?\x00\x00\x00'),
  )
  assert.deepEqual(
    utf32Encode('a\udc80', 0, encodeErrorHandlers['backslashreplace']),
    bytes(
      '\xff\xfe\x00\x00a\x00\x00\x00\x5c\x00\x00\x00u\x00\x00\x00d\x00\x00\x00c\x00\x00\x008\x00\x00\x000\x00\x00\x00',
    ),
  )
  assert.deepEqual(
    utf32Encode('a\udc80', 0, encodeErrorHandlers['xmlcharrefreplace']),
    bytes(
      '\xff\xfe\x00\x00a\x00\x00\x00&\x00\x00\x00#\x00\x00\x005\x00\x00\x006\x00\x00\x004\x00\x00\x004\x00\x00\x008\x00\x00\x00;\x00\x00\x00',
    ),
  )
  assert.throws(() => utf32Encode('a\udc80', 0, encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'utf-32' codec can't encode character '\\udc80' in position 1: surrogates not allowed",
  })
  assert.deepEqual(
    utf32Encode('a\udc80', 0, encodeErrorHandlers['surrogatepass']),
    bytes('\xff\xfe\x00\x00a\x00\x00\x00\x80\xdc\x00\x00'),
  )
  assert.deepEqual(utf32Encode('', -1, encodeErrorHandlers['strict']), bytes(''))
  assert.deepEqual(
    utf32Encode(strFromUtf16('a\u20ac\u{1f600}'), -1, encodeErrorHandlers['strict']),
    bytes('a\x00\x00\x00\xac \x00\x00\x00\xf6\x01\x00'),
  )
  assert.throws(() => utf32Encode('\ud83d\ude00', -1, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-32-le' codec can't encode character '\\ud83d' in position 0: surrogates not allowed",
  })
  assert.deepEqual(utf32Encode('\ud83d\ude00', -1, encodeErrorHandlers['ignore']), bytes(''))
  assert.deepEqual(utf32Encode('\ud83d\ude00', -1, encodeErrorHandlers['replace']), bytes('?\x00\x00\x00?\x00\x00\x00'))
  assert.deepEqual(
    utf32Encode('\ud83d\ude00', -1, encodeErrorHandlers['backslashreplace']),
    bytes(
      '\x5c\x00\x00\x00u\x00\x00\x00d\x00\x00\x008\x00\x00\x003\x00\x00\x00d\x00\x00\x00\x5c\x00\x00\x00u\x00\x00\x00d\x00\x00\x00e\x00\x00\x000\x00\x00\x000\x00\x00\x00',
    ),
  )
  assert.deepEqual(
    utf32Encode('\ud83d\ude00', -1, encodeErrorHandlers['xmlcharrefreplace']),
    bytes(
      '&\x00\x00\x00#\x00\x00\x005\x00\x00\x005\x00\x00\x003\x00\x00\x005\x00\x00\x007\x00\x00\x00;\x00\x00\x00&\x00\x00\x00#\x00\x00\x005\x00\x00\x006\x00\x00\x008\x00\x00\x003\x00\x00\x002\x00\x00\x00;\x00\x00\x00',
    ),
  )
  assert.throws(() => utf32Encode('\ud83d\ude00', -1, encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'utf-32-le' codec can't encode character '\\ud83d' in position 0: surrogates not allowed",
  })
  assert.deepEqual(
    utf32Encode('\ud83d\ude00', -1, encodeErrorHandlers['surrogatepass']),
    bytes('=\xd8\x00\x00\x00\xde\x00\x00'),
  )
  assert.throws(() => utf32Encode('a\udc80', -1, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-32-le' codec can't encode character '\\udc80' in position 1: surrogates not allowed",
  })
  assert.deepEqual(utf32Encode('a\udc80', -1, encodeErrorHandlers['ignore']), bytes('a\x00\x00\x00'))
  assert.deepEqual(utf32Encode('a\udc80', -1, encodeErrorHandlers['replace']), bytes('a\x00\x00\x00?\x00\x00\x00'))
  assert.deepEqual(
    utf32Encode('a\udc80', -1, encodeErrorHandlers['backslashreplace']),
    bytes('a\x00\x00\x00\x5c\x00\x00\x00u\x00\x00\x00d\x00\x00\x00c\x00\x00\x008\x00\x00\x000\x00\x00\x00'),
  )
  assert.deepEqual(
    utf32Encode('a\udc80', -1, encodeErrorHandlers['xmlcharrefreplace']),
    bytes(
      'a\x00\x00\x00&\x00\x00\x00#\x00\x00\x005\x00\x00\x006\x00\x00\x004\x00\x00\x004\x00\x00\x008\x00\x00\x00;\x00\x00\x00',
    ),
  )
  assert.throws(() => utf32Encode('a\udc80', -1, encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'utf-32-le' codec can't encode character '\\udc80' in position 1: surrogates not allowed",
  })
  assert.deepEqual(
    utf32Encode('a\udc80', -1, encodeErrorHandlers['surrogatepass']),
    bytes('a\x00\x00\x00\x80\xdc\x00\x00'),
  )
  assert.deepEqual(utf32Encode('', 1, encodeErrorHandlers['strict']), bytes(''))
  assert.deepEqual(
    utf32Encode(strFromUtf16('a\u20ac\u{1f600}'), 1, encodeErrorHandlers['strict']),
    bytes('\x00\x00\x00a\x00\x00 \xac\x00\x01\xf6\x00'),
  )
  assert.throws(() => utf32Encode('\ud83d\ude00', 1, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-32-be' codec can't encode character '\\ud83d' in position 0: surrogates not allowed",
  })
  assert.deepEqual(utf32Encode('\ud83d\ude00', 1, encodeErrorHandlers['ignore']), bytes(''))
  assert.deepEqual(utf32Encode('\ud83d\ude00', 1, encodeErrorHandlers['replace']), bytes('\x00\x00\x00?\x00\x00\x00?'))
  assert.deepEqual(
    utf32Encode('\ud83d\ude00', 1, encodeErrorHandlers['backslashreplace']),
    bytes(
      '\x00\x00\x00\x5c\x00\x00\x00u\x00\x00\x00d\x00\x00\x008\x00\x00\x003\x00\x00\x00d\x00\x00\x00\x5c\x00\x00\x00u\x00\x00\x00d\x00\x00\x00e\x00\x00\x000\x00\x00\x000',
    ),
  )
  assert.deepEqual(
    utf32Encode('\ud83d\ude00', 1, encodeErrorHandlers['xmlcharrefreplace']),
    bytes(
      '\x00\x00\x00&\x00\x00\x00#\x00\x00\x005\x00\x00\x005\x00\x00\x003\x00\x00\x005\x00\x00\x007\x00\x00\x00;\x00\x00\x00&\x00\x00\x00#\x00\x00\x005\x00\x00\x006\x00\x00\x008\x00\x00\x003\x00\x00\x002\x00\x00\x00;',
    ),
  )
  assert.throws(() => utf32Encode('\ud83d\ude00', 1, encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'utf-32-be' codec can't encode character '\\ud83d' in position 0: surrogates not allowed",
  })
  assert.deepEqual(
    utf32Encode('\ud83d\ude00', 1, encodeErrorHandlers['surrogatepass']),
    bytes('\x00\x00\xd8=\x00\x00\xde\x00'),
  )
  assert.throws(() => utf32Encode('a\udc80', 1, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-32-be' codec can't encode character '\\udc80' in position 1: surrogates not allowed",
  })
  assert.deepEqual(utf32Encode('a\udc80', 1, encodeErrorHandlers['ignore']), bytes('\x00\x00\x00a'))
  assert.deepEqual(utf32Encode('a\udc80', 1, encodeErrorHandlers['replace']), bytes('\x00\x00\x00a\x00\x00\x00?'))
  assert.deepEqual(
    utf32Encode('a\udc80', 1, encodeErrorHandlers['backslashreplace']),
    bytes('\x00\x00\x00a\x00\x00\x00\x5c\x00\x00\x00u\x00\x00\x00d\x00\x00\x00c\x00\x00\x008\x00\x00\x000'),
  )
  assert.deepEqual(
    utf32Encode('a\udc80', 1, encodeErrorHandlers['xmlcharrefreplace']),
    bytes(
      '\x00\x00\x00a\x00\x00\x00&\x00\x00\x00#\x00\x00\x005\x00\x00\x006\x00\x00\x004\x00\x00\x004\x00\x00\x008\x00\x00\x00;',
    ),
  )
  assert.throws(() => utf32Encode('a\udc80', 1, encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'utf-32-be' codec can't encode character '\\udc80' in position 1: surrogates not allowed",
  })
  assert.deepEqual(
    utf32Encode('a\udc80', 1, encodeErrorHandlers['surrogatepass']),
    bytes('\x00\x00\x00a\x00\x00\xdc\x80'),
  )
})
