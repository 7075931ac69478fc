import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { decodeErrorHandlers, encodeErrorHandlers } from './codec_errors.ts'
import { asciiDecode, asciiEncode, latin1Decode, latin1Encode } from './codec_latin1.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

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
