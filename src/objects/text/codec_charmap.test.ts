import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { type CharmapEncoding, charmapBuild, charmapDecode, charmapEncode } from './codec_charmap.ts'
import { decodeErrorHandlers, encodeErrorHandlers } from './codec_errors.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

test('bytes are decoded by a table', () => {
  assert.equal(charmapDecode(bytes('\x00\x01\x02'), 'abc', decodeErrorHandlers['strict']), 'abc')
  assert.equal(charmapDecode(bytes('\x00\x01\x02'), 'abc', decodeErrorHandlers['ignore']), 'abc')
  assert.equal(charmapDecode(bytes('\x00\x01\x02'), 'abc', decodeErrorHandlers['replace']), 'abc')
  assert.equal(charmapDecode(bytes('\x00\x01\x02'), 'abc', decodeErrorHandlers['backslashreplace']), 'abc')
  assert.throws(() => charmapDecode(bytes('\x01\x03'), 'a\ufffec', decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'charmap' codec can't decode byte 0x01 in position 0: character maps to <undefined>",
  })
  assert.equal(charmapDecode(bytes('\x01\x03'), 'a\ufffec', decodeErrorHandlers['ignore']), '')
  assert.equal(charmapDecode(bytes('\x01\x03'), 'a\ufffec', decodeErrorHandlers['replace']), '\ufffd\ufffd')
  assert.equal(charmapDecode(bytes('\x01\x03'), 'a\ufffec', decodeErrorHandlers['backslashreplace']), '\\x01\\x03')
  assert.deepEqual(
    charmapDecode(bytes('\x01'), strFromUtf16('a\u{1f600}'), decodeErrorHandlers['strict']),
    strFromUtf16('\u{1f600}'),
  )
  assert.deepEqual(
    charmapDecode(bytes('\x01'), strFromUtf16('a\u{1f600}'), decodeErrorHandlers['ignore']),
    strFromUtf16('\u{1f600}'),
  )
  assert.deepEqual(
    charmapDecode(bytes('\x01'), strFromUtf16('a\u{1f600}'), decodeErrorHandlers['replace']),
    strFromUtf16('\u{1f600}'),
  )
  assert.deepEqual(
    charmapDecode(bytes('\x01'), strFromUtf16('a\u{1f600}'), decodeErrorHandlers['backslashreplace']),
    strFromUtf16('\u{1f600}'),
  )
})

test('bytes are decoded by a mapping', () => {
  const mapping = (byte: number) => [0x41, 'xyz', undefined, '\ufffe', 0x110000, 0xfffe][byte]
  assert.equal(charmapDecode(bytes('\0\x01'), mapping), 'Axyz')
  assert.equal(charmapDecode(bytes('\x02\x03\x05'), mapping, decodeErrorHandlers['replace']), '\ufffd\ufffd\ufffd')
  assert.throws(() => charmapDecode(bytes('\x04'), mapping), {
    type: 'TypeError',
    message: 'character mapping must be in range(0x110000)',
  })
})

test('strings are encoded by a mapping', () => {
  const mapping: CharmapEncoding = (cp) =>
    cp === 0x61 ? bytes('xyz') : cp === 0x3f ? cp : cp === 0xe9 ? 255 : undefined
  assert.deepEqual(charmapEncode('a\xe9', mapping, encodeErrorHandlers['strict']), bytes('xyz\xff'))
  assert.deepEqual(charmapEncode('a\xe9', mapping, encodeErrorHandlers['ignore']), bytes('xyz\xff'))
  assert.deepEqual(charmapEncode('a\xe9', mapping, encodeErrorHandlers['replace']), bytes('xyz\xff'))
  assert.deepEqual(charmapEncode('a\xe9', mapping, encodeErrorHandlers['xmlcharrefreplace']), bytes('xyz\xff'))
  assert.throws(() => charmapEncode('abba', mapping, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'charmap' codec can't encode characters in position 1-2: character maps to <undefined>",
  })
  assert.deepEqual(charmapEncode('abba', mapping, encodeErrorHandlers['ignore']), bytes('xyzxyz'))
  assert.deepEqual(charmapEncode('abba', mapping, encodeErrorHandlers['replace']), bytes('xyz??xyz'))
  assert.throws(() => charmapEncode('abba', mapping, encodeErrorHandlers['xmlcharrefreplace']), {
    type: 'UnicodeEncodeError',
    message: "'charmap' codec can't encode characters in position 1-2: character maps to <undefined>",
  })
  assert.throws(() => charmapEncode('bb', mapping, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'charmap' codec can't encode characters in position 0-1: character maps to <undefined>",
  })
  assert.deepEqual(charmapEncode('bb', mapping, encodeErrorHandlers['ignore']), bytes(''))
  assert.deepEqual(charmapEncode('bb', mapping, encodeErrorHandlers['replace']), bytes('??'))
  assert.throws(() => charmapEncode('bb', mapping, encodeErrorHandlers['xmlcharrefreplace']), {
    type: 'UnicodeEncodeError',
    message: "'charmap' codec can't encode characters in position 0-1: character maps to <undefined>",
  })
  assert.throws(() => charmapEncode(strFromUtf16('\u{1f600}'), mapping, encodeErrorHandlers['strict']), {
    type: 'UnicodeEncodeError',
    message: "'charmap' codec can't encode character '\\U0001f600' in position 0: character maps to <undefined>",
  })
  assert.deepEqual(charmapEncode(strFromUtf16('\u{1f600}'), mapping, encodeErrorHandlers['ignore']), bytes(''))
  assert.deepEqual(charmapEncode(strFromUtf16('\u{1f600}'), mapping, encodeErrorHandlers['replace']), bytes('?'))
  assert.throws(() => charmapEncode(strFromUtf16('\u{1f600}'), mapping, encodeErrorHandlers['xmlcharrefreplace']), {
    type: 'UnicodeEncodeError',
    message: "'charmap' codec can't encode character '\\U0001f600' in position 0: character maps to <undefined>",
  })
  assert.deepEqual(charmapEncode('\udc80', mapping, encodeErrorHandlers['surrogateescape']), bytes('\x80'))
  assert.throws(() => charmapEncode('a', () => 256), {
    type: 'TypeError',
    message: 'character mapping must be in range(256)',
  })
})

test('decoding tables are turned around', () => {
  const map = charmapBuild('\0\ufffe\xe9\u20ac')
  assert.deepEqual(
    [...map.bytes],
    [
      [0, 0],
      [0xe9, 2],
      [0x20ac, 3],
    ],
  )
  assert.equal(map.isDict, false)
  assert.equal(charmapBuild('a').isDict, true)
  assert.equal(charmapBuild(strFromUtf16('\0\u{1F600}')).isDict, true)
  const spread = String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i * 128))
  assert.equal(charmapBuild(spread).isDict, true)
  assert.throws(() => charmapBuild(''), { type: 'TypeError', message: 'bad argument type for built-in operation' })
})
