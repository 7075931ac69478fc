import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { decodeErrorHandlers } from './codec_errors.ts'
import { utf7Decode, utf7Encode } from './codec_utf7.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

test('utf-7 is decoded', () => {
  assert.deepEqual(utf7Decode(bytes('')), { text: '', consumed: 0 })
  assert.deepEqual(utf7Decode(bytes('abc')), { text: 'abc', consumed: 3 })
  assert.deepEqual(utf7Decode(bytes('+-')), { text: '+', consumed: 2 })
  assert.deepEqual(utf7Decode(bytes('a+AGE-b')), { text: 'aab', consumed: 7 })
  assert.deepEqual(utf7Decode(bytes('+IKw-')), { text: '\u20ac', consumed: 5 })
  assert.deepEqual(utf7Decode(bytes('+2D3eAA-x')), { text: strFromUtf16('\u{1f600}x'), consumed: 9 })
  assert.deepEqual(utf7Decode(bytes('+2D0-')), { text: '\ud83d', consumed: 5 })
  assert.deepEqual(utf7Decode(bytes('+2D0.')), { text: '\ud83d.', consumed: 5 })
  assert.deepEqual(utf7Decode(bytes('+AGE.')), { text: 'a.', consumed: 5 })
  assert.throws(() => utf7Decode(bytes('+AGEAY-+AGI')), {
    type: 'UnicodeDecodeError',
    message: "'utf7' codec can't decode bytes in position 0-6: partial character in shift sequence",
  })
  assert.throws(() => utf7Decode(bytes('a+AGEAYgBj/d')), {
    type: 'UnicodeDecodeError',
    message: "'utf7' codec can't decode bytes in position 1-11: unterminated shift sequence",
  })
  assert.throws(() => utf7Decode(bytes('a\xff'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf7' codec can't decode byte 0xff in position 1: unexpected special character",
  })
  assert.deepEqual(utf7Decode(bytes('a\xff'), decodeErrorHandlers['replace']), { text: 'a\ufffd', consumed: 2 })
  assert.deepEqual(utf7Decode(bytes('a\xff'), decodeErrorHandlers['ignore']), { text: 'a', consumed: 2 })
  assert.deepEqual(utf7Decode(bytes('a\xff'), decodeErrorHandlers['replace'], false), { text: 'a\ufffd', consumed: 2 })
  assert.throws(() => utf7Decode(bytes('+A-'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf7' codec can't decode bytes in position 0-2: partial character in shift sequence",
  })
  assert.deepEqual(utf7Decode(bytes('+A-'), decodeErrorHandlers['replace']), { text: '\ufffd', consumed: 3 })
  assert.deepEqual(utf7Decode(bytes('+A-'), decodeErrorHandlers['ignore']), { text: '', consumed: 3 })
  assert.deepEqual(utf7Decode(bytes('+A-'), decodeErrorHandlers['replace'], false), { text: '\ufffd', consumed: 3 })
  assert.throws(() => utf7Decode(bytes('+AGF-'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf7' codec can't decode bytes in position 0-4: non-zero padding bits in shift sequence",
  })
  assert.deepEqual(utf7Decode(bytes('+AGF-'), decodeErrorHandlers['replace']), { text: 'a\ufffd', consumed: 5 })
  assert.deepEqual(utf7Decode(bytes('+AGF-'), decodeErrorHandlers['ignore']), { text: 'a', consumed: 5 })
  assert.deepEqual(utf7Decode(bytes('+AGF-'), decodeErrorHandlers['replace'], false), { text: 'a\ufffd', consumed: 5 })
  assert.throws(() => utf7Decode(bytes('+\xff'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf7' codec can't decode bytes in position 0-1: ill-formed sequence",
  })
  assert.deepEqual(utf7Decode(bytes('+\xff'), decodeErrorHandlers['replace']), { text: '\ufffd', consumed: 2 })
  assert.deepEqual(utf7Decode(bytes('+\xff'), decodeErrorHandlers['ignore']), { text: '', consumed: 2 })
  assert.deepEqual(utf7Decode(bytes('+\xff'), decodeErrorHandlers['replace'], false), { text: '\ufffd', consumed: 2 })
  assert.throws(() => utf7Decode(bytes('+.'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf7' codec can't decode bytes in position 0-1: ill-formed sequence",
  })
  assert.deepEqual(utf7Decode(bytes('+.'), decodeErrorHandlers['replace']), { text: '\ufffd', consumed: 2 })
  assert.deepEqual(utf7Decode(bytes('+.'), decodeErrorHandlers['ignore']), { text: '', consumed: 2 })
  assert.deepEqual(utf7Decode(bytes('+.'), decodeErrorHandlers['replace'], false), { text: '\ufffd', consumed: 2 })
  assert.throws(() => utf7Decode(bytes('+AGF'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf7' codec can't decode bytes in position 0-3: unterminated shift sequence",
  })
  assert.deepEqual(utf7Decode(bytes('+AGF'), decodeErrorHandlers['replace']), { text: 'a\ufffd', consumed: 4 })
  assert.deepEqual(utf7Decode(bytes('+AGF'), decodeErrorHandlers['ignore']), { text: 'a', consumed: 4 })
  assert.deepEqual(utf7Decode(bytes('+AGF'), decodeErrorHandlers['replace'], false), { text: '', consumed: 0 })
  assert.throws(() => utf7Decode(bytes('+2D0'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf7' codec can't decode bytes in position 0-3: unterminated shift sequence",
  })
  assert.deepEqual(utf7Decode(bytes('+2D0'), decodeErrorHandlers['replace']), { text: '\ufffd', consumed: 4 })
  assert.deepEqual(utf7Decode(bytes('+2D0'), decodeErrorHandlers['ignore']), { text: '', consumed: 4 })
  assert.deepEqual(utf7Decode(bytes('+2D0'), decodeErrorHandlers['replace'], false), { text: '', consumed: 0 })
  assert.throws(() => utf7Decode(bytes('+AG\xe9b'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf7' codec can't decode bytes in position 0-3: partial character in shift sequence",
  })
  assert.deepEqual(utf7Decode(bytes('+AG\xe9b'), decodeErrorHandlers['replace']), { text: '\ufffdb', consumed: 5 })
  assert.deepEqual(utf7Decode(bytes('+AG\xe9b'), decodeErrorHandlers['ignore']), { text: 'b', consumed: 5 })
  assert.deepEqual(utf7Decode(bytes('+AG\xe9b'), decodeErrorHandlers['replace'], false), {
    text: '\ufffdb',
    consumed: 5,
  })
  assert.throws(() => utf7Decode(bytes('+2D3'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf7' codec can't decode bytes in position 0-3: unterminated shift sequence",
  })
  assert.deepEqual(utf7Decode(bytes('+2D3'), decodeErrorHandlers['replace']), { text: '\ufffd', consumed: 4 })
  assert.deepEqual(utf7Decode(bytes('+2D3'), decodeErrorHandlers['ignore']), { text: '', consumed: 4 })
  assert.deepEqual(utf7Decode(bytes('+2D3'), decodeErrorHandlers['replace'], false), { text: '', consumed: 0 })
  assert.throws(() => utf7Decode(bytes('x+A'), decodeErrorHandlers['strict']), {
    type: 'UnicodeDecodeError',
    message: "'utf7' codec can't decode bytes in position 1-2: unterminated shift sequence",
  })
  assert.deepEqual(utf7Decode(bytes('x+A'), decodeErrorHandlers['replace']), { text: 'x\ufffd', consumed: 3 })
  assert.deepEqual(utf7Decode(bytes('x+A'), decodeErrorHandlers['ignore']), { text: 'x', consumed: 3 })
  assert.deepEqual(utf7Decode(bytes('x+A'), decodeErrorHandlers['replace'], false), { text: 'x', consumed: 1 })
  assert.deepEqual(utf7Decode(bytes('ab+AGEAYg'), decodeErrorHandlers['strict'], false), { text: 'ab', consumed: 2 })
})

test('utf-7 is encoded', () => {
  assert.deepEqual(utf7Encode(''), bytes(''))
  assert.deepEqual(utf7Encode('abc'), bytes('abc'))
  assert.deepEqual(utf7Encode('+'), bytes('+-'))
  assert.deepEqual(utf7Encode('a+b'), bytes('a+-b'))
  assert.deepEqual(utf7Encode('~\\'), bytes('+AH4AXA-'))
  assert.deepEqual(utf7Encode('\xe9a'), bytes('+AOk-a'))
  assert.deepEqual(utf7Encode('\xe9-'), bytes('+AOk--'))
  assert.deepEqual(utf7Encode('\xe9+'), bytes('+AOkAKw-'))
  assert.deepEqual(utf7Encode(strFromUtf16('\u{1f600}\u20ac.')), bytes('+2D3eACCs.'))
  assert.deepEqual(utf7Encode('a\ud800'), bytes('a+2AA-'))
  assert.deepEqual(utf7Encode('\x00\t\n'), bytes('+AAA\x09\x0a'))
  assert.deepEqual(utf7Encode('\u20ac\u20ac\u20ac!'), bytes('+IKwgrCCs!'))
})
