import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { decodeErrorHandlers, encodeErrorHandlers } from './codec_errors.ts'
import { utf8Decode, utf8Encode } from './codec_utf8.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

test('utf-8 is decoded', () => {
  assert.deepEqual(utf8Decode(bytes(''), decodeErrorHandlers['strict']), { text: '', consumed: 0 })
  assert.deepEqual(utf8Decode(bytes(''), decodeErrorHandlers['strict'], false), { text: '', consumed: 0 })
  assert.deepEqual(utf8Decode(bytes('abc'), decodeErrorHandlers['strict']), { text: 'abc', consumed: 3 })
  assert.deepEqual(utf8Decode(bytes('abc'), decodeErrorHandlers['strict'], false), { text: 'abc', consumed: 3 })
  assert.deepEqual(utf8Decode(bytes('a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'), decodeErrorHandlers['strict']), {
    text: strFromUtf16('a\xe9\u20ac\u{1f600}'),
    consumed: 10,
  })
  assert.deepEqual(utf8Decode(bytes('a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'), decodeErrorHandlers['ignore']), {
    text: strFromUtf16('a\xe9\u20ac\u{1f600}'),
    consumed: 10,
  })
  assert.deepEqual(utf8Decode(bytes('a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'), decodeErrorHandlers['replace']), {
    text: strFromUtf16('a\xe9\u20ac\u{1f600}'),
    consumed: 10,
  })
  assert.deepEqual(
    utf8Decode(bytes('a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'), decodeErrorHandlers['backslashreplace']),
    { text: strFromUtf16('a\xe9\u20ac\u{1f600}'), consumed: 10 },
  )
  assert.deepEqual(utf8Decode(bytes('a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'), decodeErrorHandlers['surrogateescape']), {
    text: strFromUtf16('a\xe9\u20ac\u{1f600}'),
    consumed: 10,
  })
  assert.deepEqual(utf8Decode(bytes('a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'), decodeErrorHandlers['surrogatepass']), {
    text: strFromUtf16('a\xe9\u20ac\u{1f600}'),
    consumed: 10,
  })
  assert.deepEqual(utf8Decode(bytes('a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'), decodeErrorHandlers['strict'], false), {
    text: strFromUtf16('a\xe9\u20ac\u{1f600}'),
    consumed: 10,
  })
  assert.deepEqual(utf8Decode(bytes('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xf0\x9f\x98\x80'), decodeErrorHandlers['strict']), {
    text: strFromUtf16('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u{1f600}'),
    consumed: 34,
  })
  assert.deepEqual(utf8Decode(bytes('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xf0\x9f\x98\x80'), decodeErrorHandlers['ignore']), {
    text: strFromUtf16('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u{1f600}'),
    consumed: 34,
  })
  assert.deepEqual(
    utf8Decode(bytes('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xf0\x9f\x98\x80'), decodeErrorHandlers['replace']),
    { text: strFromUtf16('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u{1f600}'), consumed: 34 },
  )
  assert.deepEqual(
    utf8Decode(bytes('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xf0\x9f\x98\x80'), decodeErrorHandlers['backslashreplace']),
    { text: strFromUtf16('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u{1f600}'), consumed: 34 },
  )
  assert.deepEqual(
    utf8Decode(bytes('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xf0\x9f\x98\x80'), decodeErrorHandlers['surrogateescape']),
    { text: strFromUtf16('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u{1f600}'), consumed: 34 },
  )
  assert.deepEqual(
    utf8Decode(bytes('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xf0\x9f\x98\x80'), decodeErrorHandlers['surrogatepass']),
    { text: strFromUtf16('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u{1f600}'), consumed: 34 },
  )
  assert.deepEqual(
    utf8Decode(bytes('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xf0\x9f\x98\x80'), decodeErrorHandlers['strict'], false),
    { text: strFromUtf16('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u{1f600}'), consumed: 34 },
  )
  assert.throws(() => utf8Decode(bytes('a\xffb'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
  })
  assert.deepEqual(utf8Decode(bytes('a\xffb'), decodeErrorHandlers['ignore']), { text: 'ab', consumed: 3 })
  assert.deepEqual(utf8Decode(bytes('a\xffb'), decodeErrorHandlers['replace']), { text: 'a\ufffdb', consumed: 3 })
  assert.deepEqual(utf8Decode(bytes('a\xffb'), decodeErrorHandlers['backslashreplace']), {
    text: 'a\\xffb',
    consumed: 3,
  })
  assert.deepEqual(utf8Decode(bytes('a\xffb'), decodeErrorHandlers['surrogateescape']), {
    text: 'a\udcffb',
    consumed: 3,
  })
  assert.throws(() => utf8Decode(bytes('a\xffb'), decodeErrorHandlers['surrogatepass']), {
    type: 'UnicodeDecodeError',
    message: "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
  })
  assert.throws(() => utf8Decode(bytes('a\xffb'), decodeErrorHandlers['strict'], false), {
    type: 'UnicodeDecodeError',
    message: "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
  })
  assert.throws(() => utf8Decode(bytes('\xed\xa0\x80'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte",
  })
  assert.deepEqual(utf8Decode(bytes('\xed\xa0\x80'), decodeErrorHandlers['ignore']), { text: '', consumed: 3 })
  assert.deepEqual(utf8Decode(bytes('\xed\xa0\x80'), decodeErrorHandlers['replace']), {
    text: '\ufffd\ufffd\ufffd',
    consumed: 3,
  })
  assert.deepEqual(utf8Decode(bytes('\xed\xa0\x80'), decodeErrorHandlers['backslashreplace']), {
    text: '\\xed\\xa0\\x80',
    consumed: 3,
  })
  assert.deepEqual(utf8Decode(bytes('\xed\xa0\x80'), decodeErrorHandlers['surrogateescape']), {
    text: '\udced\udca0\udc80',
    consumed: 3,
  })
  assert.deepEqual(utf8Decode(bytes('\xed\xa0\x80'), decodeErrorHandlers['surrogatepass']), {
    text: '\ud800',
    consumed: 3,
  })
  assert.throws(() => utf8Decode(bytes('\xed\xa0\x80'), decodeErrorHandlers['strict'], false), {
    type: 'UnicodeDecodeError',
    message: "'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte",
  })
  assert.throws(() => utf8Decode(bytes('\xe2\x82'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data",
  })
  assert.deepEqual(utf8Decode(bytes('\xe2\x82'), decodeErrorHandlers['ignore']), { text: '', consumed: 2 })
  assert.deepEqual(utf8Decode(bytes('\xe2\x82'), decodeErrorHandlers['replace']), { text: '\ufffd', consumed: 2 })
  assert.deepEqual(utf8Decode(bytes('\xe2\x82'), decodeErrorHandlers['backslashreplace']), {
    text: '\\xe2\\x82',
    consumed: 2,
  })
  assert.deepEqual(utf8Decode(bytes('\xe2\x82'), decodeErrorHandlers['surrogateescape']), {
    text: '\udce2\udc82',
    consumed: 2,
  })
  assert.throws(() => utf8Decode(bytes('\xe2\x82'), decodeErrorHandlers['surrogatepass']), {
    type: 'UnicodeDecodeError',
    message: "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data",
  })
  assert.deepEqual(utf8Decode(bytes('\xe2\x82'), decodeErrorHandlers['strict'], false), { text: '', consumed: 0 })
  assert.throws(() => utf8Decode(bytes('\xf0\x80\x80'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf-8' codec can't decode byte 0xf0 in position 0: invalid continuation byte",
  })
  assert.deepEqual(utf8Decode(bytes('\xf0\x80\x80'), decodeErrorHandlers['ignore']), { text: '', consumed: 3 })
  assert.deepEqual(utf8Decode(bytes('\xf0\x80\x80'), decodeErrorHandlers['replace']), {
    text: '\ufffd\ufffd\ufffd',
    consumed: 3,
  })
  assert.deepEqual(utf8Decode(bytes('\xf0\x80\x80'), decodeErrorHandlers['backslashreplace']), {
    text: '\\xf0\\x80\\x80',
    consumed: 3,
  })
  assert.deepEqual(utf8Decode(bytes('\xf0\x80\x80'), decodeErrorHandlers['surrogateescape']), {
    text: '\udcf0\udc80\udc80',
    consumed: 3,
  })
  assert.throws(() => utf8Decode(bytes('\xf0\x80\x80'), decodeErrorHandlers['surrogatepass']), {
    type: 'UnicodeDecodeError',
    message: "'utf-8' codec can't decode byte 0xf0 in position 0: invalid continuation byte",
  })
  assert.throws(() => utf8Decode(bytes('\xf0\x80\x80'), decodeErrorHandlers['strict'], false), {
    type: 'UnicodeDecodeError',
    message: "'utf-8' codec can't decode byte 0xf0 in position 0: invalid continuation byte",
  })
  assert.throws(() => utf8Decode(bytes('a\xc3'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf-8' codec can't decode byte 0xc3 in position 1: unexpected end of data",
  })
  assert.deepEqual(utf8Decode(bytes('a\xc3'), decodeErrorHandlers['ignore']), { text: 'a', consumed: 2 })
  assert.deepEqual(utf8Decode(bytes('a\xc3'), decodeErrorHandlers['replace']), { text: 'a\ufffd', consumed: 2 })
  assert.deepEqual(utf8Decode(bytes('a\xc3'), decodeErrorHandlers['backslashreplace']), { text: 'a\\xc3', consumed: 2 })
  assert.deepEqual(utf8Decode(bytes('a\xc3'), decodeErrorHandlers['surrogateescape']), { text: 'a\udcc3', consumed: 2 })
  assert.throws(() => utf8Decode(bytes('a\xc3'), decodeErrorHandlers['surrogatepass']), {
    type: 'UnicodeDecodeError',
    message: "'utf-8' codec can't decode byte 0xc3 in position 1: unexpected end of data",
  })
  assert.deepEqual(utf8Decode(bytes('a\xc3'), decodeErrorHandlers['strict'], false), { text: 'a', consumed: 1 })
  assert.throws(() => utf8Decode(bytes('\xed\xa0'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte",
  })
  assert.deepEqual(utf8Decode(bytes('\xed\xa0'), decodeErrorHandlers['ignore']), { text: '', consumed: 2 })
  assert.deepEqual(utf8Decode(bytes('\xed\xa0'), decodeErrorHandlers['replace']), { text: '\ufffd\ufffd', consumed: 2 })
  assert.deepEqual(utf8Decode(bytes('\xed\xa0'), decodeErrorHandlers['backslashreplace']), {
    text: '\\xed\\xa0',
    consumed: 2,
  })
  assert.deepEqual(utf8Decode(bytes('\xed\xa0'), decodeErrorHandlers['surrogateescape']), {
    text: '\udced\udca0',
    consumed: 2,
  })
  assert.throws(() => utf8Decode(bytes('\xed\xa0'), decodeErrorHandlers['surrogatepass']), {
    type: 'UnicodeDecodeError',
    message: "'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte",
  })
  assert.deepEqual(utf8Decode(bytes('\xed\xa0'), decodeErrorHandlers['strict'], false), { text: '', consumed: 0 })
  assert.throws(
    () =>
      utf8Decode(
        bytes(
          '\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc0\xaf',
        ),
        decodeErrorHandlers['strict'],
      ),
    { type: 'UnicodeDecodeError', message: "'utf-8' codec can't decode byte 0xc0 in position 40: invalid start byte" },
  )
  assert.deepEqual(
    utf8Decode(
      bytes(
        '\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc0\xaf',
      ),
      decodeErrorHandlers['ignore'],
    ),
    { text: '\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9', consumed: 42 },
  )
  assert.deepEqual(
    utf8Decode(
      bytes(
        '\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc0\xaf',
      ),
      decodeErrorHandlers['replace'],
    ),
    {
      text: '\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\ufffd\ufffd',
      consumed: 42,
    },
  )
  assert.deepEqual(
    utf8Decode(
      bytes(
        '\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc0\xaf',
      ),
      decodeErrorHandlers['backslashreplace'],
    ),
    {
      text: '\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\\xc0\\xaf',
      consumed: 42,
    },
  )
  assert.deepEqual(
    utf8Decode(
      bytes(
        '\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc0\xaf',
      ),
      decodeErrorHandlers['surrogateescape'],
    ),
    {
      text: '\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\udcc0\udcaf',
      consumed: 42,
    },
  )
  assert.throws(
    () =>
      utf8Decode(
        bytes(
          '\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc0\xaf',
        ),
        decodeErrorHandlers['surrogatepass'],
      ),
    { type: 'UnicodeDecodeError', message: "'utf-8' codec can't decode byte 0xc0 in position 40: invalid start byte" },
  )
  assert.throws(
    () =>
      utf8Decode(
        bytes(
          '\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc0\xaf',
        ),
        decodeErrorHandlers['strict'],
        false,
      ),
    { type: 'UnicodeDecodeError', message: "'utf-8' codec can't decode byte 0xc0 in position 40: invalid start byte" },
  )
})

test('utf-8 is encoded', () => {
  assert.deepEqual(utf8Encode('', encodeErrorHandlers['strict']), bytes(''))
  assert.deepEqual(utf8Encode('abc', encodeErrorHandlers['strict']), bytes('abc'))
  assert.deepEqual(utf8Encode('a\xe9\u20ac', encodeErrorHandlers['strict']), bytes('a\xc3\xa9\xe2\x82\xac'))
  assert.deepEqual(utf8Encode(strFromUtf16('a\u{1f600}'), encodeErrorHandlers['strict']), bytes('a\xf0\x9f\x98\x80'))
  assert.throws(() => utf8Encode('\ud800', encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed",
  })
  assert.deepEqual(utf8Encode('\ud800', encodeErrorHandlers['ignore']), bytes(''))
  assert.deepEqual(utf8Encode('\ud800', encodeErrorHandlers['replace']), bytes('?'))
  assert.deepEqual(utf8Encode('\ud800', encodeErrorHandlers['backslashreplace']), bytes('\x5cud800'))
  assert.deepEqual(utf8Encode('\ud800', encodeErrorHandlers['xmlcharrefreplace']), bytes('&#55296;'))
  assert.throws(() => utf8Encode('\ud800', encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed",
  })
  assert.deepEqual(utf8Encode('\ud800', encodeErrorHandlers['surrogatepass']), bytes('\xed\xa0\x80'))
  assert.throws(() => utf8Encode('\udc80\udcffa\ud83d\ude00', encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-8' codec can't encode characters in position 0-1: surrogates not allowed",
  })
  assert.deepEqual(utf8Encode('\udc80\udcffa\ud83d\ude00', encodeErrorHandlers['ignore']), bytes('a'))
  assert.deepEqual(utf8Encode('\udc80\udcffa\ud83d\ude00', encodeErrorHandlers['replace']), bytes('??a??'))
  assert.deepEqual(
    utf8Encode('\udc80\udcffa\ud83d\ude00', encodeErrorHandlers['backslashreplace']),
    bytes('\x5cudc80\x5cudcffa\x5cud83d\x5cude00'),
  )
  assert.deepEqual(
    utf8Encode('\udc80\udcffa\ud83d\ude00', encodeErrorHandlers['xmlcharrefreplace']),
    bytes('&#56448;&#56575;a&#55357;&#56832;'),
  )
  assert.throws(() => utf8Encode('\udc80\udcffa\ud83d\ude00', encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'utf-8' codec can't encode characters in position 3-4: surrogates not allowed",
  })
  assert.deepEqual(
    utf8Encode('\udc80\udcffa\ud83d\ude00', encodeErrorHandlers['surrogatepass']),
    bytes('\xed\xb2\x80\xed\xb3\xbfa\xed\xa0\xbd\xed\xb8\x80'),
  )
  assert.throws(() => utf8Encode(strFromUtf16('\u{1f600}\udc80'), encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'utf-8' codec can't encode character '\\udc80' in position 1: surrogates not allowed",
  })
  assert.deepEqual(
    utf8Encode(strFromUtf16('\u{1f600}\udc80'), encodeErrorHandlers['ignore']),
    bytes('\xf0\x9f\x98\x80'),
  )
  assert.deepEqual(
    utf8Encode(strFromUtf16('\u{1f600}\udc80'), encodeErrorHandlers['replace']),
    bytes('\xf0\x9f\x98\x80?'),
  )
  assert.deepEqual(
    utf8Encode(strFromUtf16('\u{1f600}\udc80'), encodeErrorHandlers['backslashreplace']),
    bytes('\xf0\x9f\x98\x80\x5cudc80'),
  )
  assert.deepEqual(
    utf8Encode(strFromUtf16('\u{1f600}\udc80'), encodeErrorHandlers['xmlcharrefreplace']),
    bytes('\xf0\x9f\x98\x80&#56448;'),
  )
  assert.deepEqual(
    utf8Encode(strFromUtf16('\u{1f600}\udc80'), encodeErrorHandlers['surrogateescape']),
    bytes('\xf0\x9f\x98\x80\x80'),
  )
  assert.deepEqual(
    utf8Encode(strFromUtf16('\u{1f600}\udc80'), encodeErrorHandlers['surrogatepass']),
    bytes('\xf0\x9f\x98\x80\xed\xb2\x80'),
  )
})
