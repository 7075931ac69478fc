import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { decodeErrorHandlers, encodeErrorHandlers, nameReplaceEncoding, UnicodeFault } from './codec_errors.ts'
import { asciiDecode, asciiEncode, latin1Decode, latin1Encode } from './codec_latin1.ts'
import { utf8Decode, utf8Encode } from './codec_utf8.ts'
import { utf16Decode, utf16Encode, utf32Decode, utf32Encode } from './codec_utf16.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

function faultOf(action: () => unknown): UnicodeFault {
  try {
    action()
  } catch (error) {
    if (error instanceof UnicodeFault) return error
  }
  throw new assert.AssertionError({ message: 'no fault' })
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

test('ascii and latin-1', () => {
  assert.equal(asciiDecode(bytes(''), decodeErrorHandlers['strict']), '')
  assert.equal(asciiDecode(bytes(''), decodeErrorHandlers['ignore']), '')
  assert.equal(asciiDecode(bytes(''), decodeErrorHandlers['replace']), '')
  assert.equal(asciiDecode(bytes(''), decodeErrorHandlers['backslashreplace']), '')
  assert.equal(asciiDecode(bytes(''), decodeErrorHandlers['surrogateescape']), '')
  assert.equal(asciiDecode(bytes('abc'), decodeErrorHandlers['strict']), 'abc')
  assert.equal(asciiDecode(bytes('abc'), decodeErrorHandlers['ignore']), 'abc')
  assert.equal(asciiDecode(bytes('abc'), decodeErrorHandlers['replace']), 'abc')
  assert.equal(asciiDecode(bytes('abc'), decodeErrorHandlers['backslashreplace']), 'abc')
  assert.equal(asciiDecode(bytes('abc'), decodeErrorHandlers['surrogateescape']), 'abc')
  assert.throws(() => asciiDecode(bytes('a\xff\x80b'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'ascii' codec can't decode byte 0xff in position 1: ordinal not in range(128)",
  })
  assert.equal(asciiDecode(bytes('a\xff\x80b'), decodeErrorHandlers['ignore']), 'ab')
  assert.equal(asciiDecode(bytes('a\xff\x80b'), decodeErrorHandlers['replace']), 'a\ufffd\ufffdb')
  assert.equal(asciiDecode(bytes('a\xff\x80b'), decodeErrorHandlers['backslashreplace']), 'a\\xff\\x80b')
  assert.equal(asciiDecode(bytes('a\xff\x80b'), decodeErrorHandlers['surrogateescape']), 'a\udcff\udc80b')
  assert.equal(latin1Decode(bytes('a\xff')), 'a\xff')
  assert.equal(latin1Decode(new Uint8Array(10_000).fill(0xe9)), '\xe9'.repeat(10_000))
  assert.deepEqual(asciiEncode('abc', encodeErrorHandlers['strict']), bytes('abc'))
  assert.deepEqual(latin1Encode('abc', encodeErrorHandlers['strict']), bytes('abc'))
  assert.throws(() => asciiEncode('a\xe9b', encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)",
  })
  assert.deepEqual(latin1Encode('a\xe9b', encodeErrorHandlers['strict']), bytes('a\xe9b'))
  assert.deepEqual(asciiEncode('a\xe9b', encodeErrorHandlers['ignore']), bytes('ab'))
  assert.deepEqual(latin1Encode('a\xe9b', encodeErrorHandlers['ignore']), bytes('a\xe9b'))
  assert.deepEqual(asciiEncode('a\xe9b', encodeErrorHandlers['replace']), bytes('a?b'))
  assert.deepEqual(latin1Encode('a\xe9b', encodeErrorHandlers['replace']), bytes('a\xe9b'))
  assert.deepEqual(asciiEncode('a\xe9b', encodeErrorHandlers['backslashreplace']), bytes('a\x5cxe9b'))
  assert.deepEqual(latin1Encode('a\xe9b', encodeErrorHandlers['backslashreplace']), bytes('a\xe9b'))
  assert.deepEqual(asciiEncode('a\xe9b', encodeErrorHandlers['xmlcharrefreplace']), bytes('a&#233;b'))
  assert.deepEqual(latin1Encode('a\xe9b', encodeErrorHandlers['xmlcharrefreplace']), bytes('a\xe9b'))
  assert.throws(() => asciiEncode('a\xe9b', encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)",
  })
  assert.deepEqual(latin1Encode('a\xe9b', encodeErrorHandlers['surrogateescape']), bytes('a\xe9b'))
  assert.throws(() => asciiEncode('a\xe9b', encodeErrorHandlers['surrogatepass']), {
    type: 'UnicodeEncodeError',
    message: "'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)",
  })
  assert.deepEqual(latin1Encode('a\xe9b', encodeErrorHandlers['surrogatepass']), bytes('a\xe9b'))
  assert.throws(() => asciiEncode('\u20ac', encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'ascii' codec can't encode character '\\u20ac' in position 0: ordinal not in range(128)",
  })
  assert.throws(() => latin1Encode('\u20ac', encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'latin-1' codec can't encode character '\\u20ac' in position 0: ordinal not in range(256)",
  })
  assert.deepEqual(asciiEncode('\u20ac', encodeErrorHandlers['ignore']), bytes(''))
  assert.deepEqual(latin1Encode('\u20ac', encodeErrorHandlers['ignore']), bytes(''))
  assert.deepEqual(asciiEncode('\u20ac', encodeErrorHandlers['replace']), bytes('?'))
  assert.deepEqual(latin1Encode('\u20ac', encodeErrorHandlers['replace']), bytes('?'))
  assert.deepEqual(asciiEncode('\u20ac', encodeErrorHandlers['backslashreplace']), bytes('\x5cu20ac'))
  assert.deepEqual(latin1Encode('\u20ac', encodeErrorHandlers['backslashreplace']), bytes('\x5cu20ac'))
  assert.deepEqual(asciiEncode('\u20ac', encodeErrorHandlers['xmlcharrefreplace']), bytes('&#8364;'))
  assert.deepEqual(latin1Encode('\u20ac', encodeErrorHandlers['xmlcharrefreplace']), bytes('&#8364;'))
  assert.throws(() => asciiEncode('\u20ac', encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'ascii' codec can't encode character '\\u20ac' in position 0: ordinal not in range(128)",
  })
  assert.throws(() => latin1Encode('\u20ac', encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'latin-1' codec can't encode character '\\u20ac' in position 0: ordinal not in range(256)",
  })
  assert.throws(() => asciiEncode('\u20ac', encodeErrorHandlers['surrogatepass']), {
    type: 'UnicodeEncodeError',
    message: "'ascii' codec can't encode character '\\u20ac' in position 0: ordinal not in range(128)",
  })
  assert.throws(() => latin1Encode('\u20ac', encodeErrorHandlers['surrogatepass']), {
    type: 'UnicodeEncodeError',
    message: "'latin-1' codec can't encode character '\\u20ac' in position 0: ordinal not in range(256)",
  })
  assert.throws(() => asciiEncode(strFromUtf16('\u{1f600}x'), encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'ascii' codec can't encode character '\\U0001f600' in position 0: ordinal not in range(128)",
  })
  assert.throws(() => latin1Encode(strFromUtf16('\u{1f600}x'), encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'latin-1' codec can't encode character '\\U0001f600' in position 0: ordinal not in range(256)",
  })
  assert.deepEqual(asciiEncode(strFromUtf16('\u{1f600}x'), encodeErrorHandlers['ignore']), bytes('x'))
  assert.deepEqual(latin1Encode(strFromUtf16('\u{1f600}x'), encodeErrorHandlers['ignore']), bytes('x'))
  assert.deepEqual(asciiEncode(strFromUtf16('\u{1f600}x'), encodeErrorHandlers['replace']), bytes('?x'))
  assert.deepEqual(latin1Encode(strFromUtf16('\u{1f600}x'), encodeErrorHandlers['replace']), bytes('?x'))
  assert.deepEqual(
    asciiEncode(strFromUtf16('\u{1f600}x'), encodeErrorHandlers['backslashreplace']),
    bytes('\x5cU0001f600x'),
  )
  assert.deepEqual(
    latin1Encode(strFromUtf16('\u{1f600}x'), encodeErrorHandlers['backslashreplace']),
    bytes('\x5cU0001f600x'),
  )
  assert.deepEqual(
    asciiEncode(strFromUtf16('\u{1f600}x'), encodeErrorHandlers['xmlcharrefreplace']),
    bytes('&#128512;x'),
  )
  assert.deepEqual(
    latin1Encode(strFromUtf16('\u{1f600}x'), encodeErrorHandlers['xmlcharrefreplace']),
    bytes('&#128512;x'),
  )
  assert.throws(() => asciiEncode(strFromUtf16('\u{1f600}x'), encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'ascii' codec can't encode character '\\U0001f600' in position 0: ordinal not in range(128)",
  })
  assert.throws(() => latin1Encode(strFromUtf16('\u{1f600}x'), encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'latin-1' codec can't encode character '\\U0001f600' in position 0: ordinal not in range(256)",
  })
  assert.throws(() => asciiEncode(strFromUtf16('\u{1f600}x'), encodeErrorHandlers['surrogatepass']), {
    type: 'UnicodeEncodeError',
    message: "'ascii' codec can't encode character '\\U0001f600' in position 0: ordinal not in range(128)",
  })
  assert.throws(() => latin1Encode(strFromUtf16('\u{1f600}x'), encodeErrorHandlers['surrogatepass']), {
    type: 'UnicodeEncodeError',
    message: "'latin-1' codec can't encode character '\\U0001f600' in position 0: ordinal not in range(256)",
  })
  assert.throws(() => asciiEncode('\udc80\udcff\ud800\udc80', encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'ascii' codec can't encode characters in position 0-3: ordinal not in range(128)",
  })
  assert.throws(() => latin1Encode('\udc80\udcff\ud800\udc80', encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'latin-1' codec can't encode characters in position 0-3: ordinal not in range(256)",
  })
  assert.deepEqual(asciiEncode('\udc80\udcff\ud800\udc80', encodeErrorHandlers['ignore']), bytes(''))
  assert.deepEqual(latin1Encode('\udc80\udcff\ud800\udc80', encodeErrorHandlers['ignore']), bytes(''))
  assert.deepEqual(asciiEncode('\udc80\udcff\ud800\udc80', encodeErrorHandlers['replace']), bytes('????'))
  assert.deepEqual(latin1Encode('\udc80\udcff\ud800\udc80', encodeErrorHandlers['replace']), bytes('????'))
  assert.deepEqual(
    asciiEncode('\udc80\udcff\ud800\udc80', encodeErrorHandlers['backslashreplace']),
    bytes('\x5cudc80\x5cudcff\x5cud800\x5cudc80'),
  )
  assert.deepEqual(
    latin1Encode('\udc80\udcff\ud800\udc80', encodeErrorHandlers['backslashreplace']),
    bytes('\x5cudc80\x5cudcff\x5cud800\x5cudc80'),
  )
  assert.deepEqual(
    asciiEncode('\udc80\udcff\ud800\udc80', encodeErrorHandlers['xmlcharrefreplace']),
    bytes('&#56448;&#56575;&#55296;&#56448;'),
  )
  assert.deepEqual(
    latin1Encode('\udc80\udcff\ud800\udc80', encodeErrorHandlers['xmlcharrefreplace']),
    bytes('&#56448;&#56575;&#55296;&#56448;'),
  )
  assert.throws(() => asciiEncode('\udc80\udcff\ud800\udc80', encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'ascii' codec can't encode characters in position 2-3: ordinal not in range(128)",
  })
  assert.throws(() => latin1Encode('\udc80\udcff\ud800\udc80', encodeErrorHandlers['surrogateescape']), {
    type: 'UnicodeEncodeError',
    message: "'latin-1' codec can't encode characters in position 2-3: ordinal not in range(256)",
  })
  assert.throws(() => asciiEncode('\udc80\udcff\ud800\udc80', encodeErrorHandlers['surrogatepass']), {
    type: 'UnicodeEncodeError',
    message: "'ascii' codec can't encode characters in position 0-3: ordinal not in range(128)",
  })
  assert.throws(() => latin1Encode('\udc80\udcff\ud800\udc80', encodeErrorHandlers['surrogatepass']), {
    type: 'UnicodeEncodeError',
    message: "'latin-1' codec can't encode characters in position 0-3: ordinal not in range(256)",
  })
  assert.deepEqual(asciiEncode('', encodeErrorHandlers['strict']), bytes(''))
  assert.deepEqual(latin1Encode('', encodeErrorHandlers['strict']), bytes(''))
})

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

test('faults carry the attributes of the exception', () => {
  const decoding = faultOf(() => utf8Decode(bytes('ab\xff')))
  assert.deepEqual(
    [decoding.encoding, decoding.start, decoding.end, decoding.reason],
    ['utf-8', 2, 3, 'invalid start byte'],
  )
  assert.deepEqual(decoding.object, bytes('ab\xff'))
  const encoding = faultOf(() => asciiEncode('a\xe9\xe9'))
  assert.deepEqual([encoding.encoding, encoding.start, encoding.end], ['ascii', 1, 3])
  assert.equal(encoding.object, 'a\xe9\xe9')
})

test('handlers of a program decide what is put in and where it goes on', () => {
  const lambda = nameReplaceEncoding((cp) => (cp === 0x3bb ? 'GREEK SMALL LETTER LAMDA' : undefined))
  assert.deepEqual(asciiEncode('\u03bb\u03bc', lambda), bytes('\\N{GREEK SMALL LETTER LAMDA}\\u03bc'))
  const skip = (_encoding: string, object: { length: number }, start: number) => ({
    replacement: `<${start}>`,
    position: start + 1 - object.length,
  })
  assert.equal(asciiDecode(bytes('\xff\xfea'), skip), '<0><1>a')
  const other = (_encoding: string, _object: Uint8Array, _start: number) => ({
    replacement: '',
    position: 1,
    object: bytes('xyz'),
  })
  assert.equal(asciiDecode(bytes('\xff'), other), 'yz')
  const far = () => ({ replacement: '', position: 9 })
  assert.throws(() => asciiDecode(bytes('\xff'), far), {
    type: 'IndexError',
    message: 'position 9 from error handler out of bounds',
  })
  assert.deepEqual(
    asciiEncode('\xe9', () => ({ replacement: bytes('\xff'), position: 1 })),
    bytes('\xff'),
  )
  assert.throws(() => asciiEncode('\xe9', () => ({ replacement: '\xff', position: 1 })), { type: 'UnicodeEncodeError' })
  assert.throws(() => asciiDecode(bytes('\xff'), decodeErrorHandlers['namereplace']), {
    type: 'TypeError',
    message: "don't know how to handle UnicodeDecodeError in error callback",
  })
})
