import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesCount, bytesEndsWith, bytesFind, bytesRfind, bytesStartsWith, checkByte } from './bytes_search.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

test('find', () => {
  assert.equal(bytesFind(bytes('abcabca'), bytes('a')), 0)
  assert.equal(bytesFind(bytes('abcabca'), bytes('ca')), 2)
  assert.equal(bytesFind(bytes('abcabca'), bytes('')), 0)
  assert.equal(bytesFind(bytes('abcabca'), bytes(''), 3), 3)
  assert.equal(bytesFind(bytes('abcabca'), bytes(''), 7), 7)
  assert.equal(bytesFind(bytes('abcabca'), bytes(''), 8), -1)
  assert.equal(bytesFind(bytes('abcabca'), bytes('a'), 1), 3)
  assert.equal(bytesFind(bytes('abcabca'), bytes('a'), -1), 6)
  assert.equal(bytesFind(bytes('abcabca'), bytes('a'), 1, 3), -1)
  assert.equal(bytesFind(bytes('abcabca'), bytes('a'), -3, -1), -1)
  assert.equal(bytesFind(bytes('abcabca'), bytes('bca'), 2, 6), -1)
  assert.equal(bytesFind(bytes('abcabca'), bytes('x')), -1)
  assert.equal(bytesFind(bytes('abcabca'), bytes('abcabcab')), -1)
  assert.equal(bytesFind(bytes('abcabca'), 97), 0)
  assert.equal(bytesFind(bytes('abcabca'), 99, 3, 5), -1)
  assert.equal(bytesFind(bytes('abcabca'), 97, 7), -1)
  assert.equal(bytesFind(bytes('abcabca'), 0), -1)
})

test('rfind', () => {
  assert.equal(bytesRfind(bytes('abcabca'), bytes('a')), 6)
  assert.equal(bytesRfind(bytes('abcabca'), bytes('ca')), 5)
  assert.equal(bytesRfind(bytes('abcabca'), bytes('')), 7)
  assert.equal(bytesRfind(bytes('abcabca'), bytes(''), 3), 7)
  assert.equal(bytesRfind(bytes('abcabca'), bytes(''), 7), 7)
  assert.equal(bytesRfind(bytes('abcabca'), bytes(''), 8), -1)
  assert.equal(bytesRfind(bytes('abcabca'), bytes('a'), 1), 6)
  assert.equal(bytesRfind(bytes('abcabca'), bytes('a'), -1), 6)
  assert.equal(bytesRfind(bytes('abcabca'), bytes('a'), 1, 3), -1)
  assert.equal(bytesRfind(bytes('abcabca'), bytes('a'), -3, -1), -1)
  assert.equal(bytesRfind(bytes('abcabca'), bytes('bca'), 2, 6), -1)
  assert.equal(bytesRfind(bytes('abcabca'), bytes('x')), -1)
  assert.equal(bytesRfind(bytes('abcabca'), bytes('abcabcab')), -1)
  assert.equal(bytesRfind(bytes('abcabca'), 97), 6)
  assert.equal(bytesRfind(bytes('abcabca'), 99, 3, 5), -1)
  assert.equal(bytesRfind(bytes('abcabca'), 97, 7), -1)
  assert.equal(bytesRfind(bytes('abcabca'), 0), -1)
})

test('count', () => {
  assert.equal(bytesCount(bytes('abcabca'), bytes('a')), 3)
  assert.equal(bytesCount(bytes('abcabca'), bytes('ca')), 2)
  assert.equal(bytesCount(bytes('abcabca'), bytes('')), 8)
  assert.equal(bytesCount(bytes('abcabca'), bytes(''), 3), 5)
  assert.equal(bytesCount(bytes('abcabca'), bytes(''), 7), 1)
  assert.equal(bytesCount(bytes('abcabca'), bytes(''), 8), 0)
  assert.equal(bytesCount(bytes('abcabca'), bytes('a'), 1), 2)
  assert.equal(bytesCount(bytes('abcabca'), bytes('a'), -1), 1)
  assert.equal(bytesCount(bytes('abcabca'), bytes('a'), 1, 3), 0)
  assert.equal(bytesCount(bytes('abcabca'), bytes('a'), -3, -1), 0)
  assert.equal(bytesCount(bytes('abcabca'), bytes('bca'), 2, 6), 0)
  assert.equal(bytesCount(bytes('abcabca'), bytes('x')), 0)
  assert.equal(bytesCount(bytes('abcabca'), bytes('abcabcab')), 0)
  assert.equal(bytesCount(bytes('abcabca'), 97), 3)
  assert.equal(bytesCount(bytes('abcabca'), 99, 3, 5), 0)
  assert.equal(bytesCount(bytes('abcabca'), 97, 7), 0)
  assert.equal(bytesCount(bytes('abcabca'), 0), 0)
})

test('startswith', () => {
  assert.equal(bytesStartsWith(bytes('abcabca'), bytes('a')), true)
  assert.equal(bytesStartsWith(bytes('abcabca'), bytes('ca')), false)
  assert.equal(bytesStartsWith(bytes('abcabca'), bytes('')), true)
  assert.equal(bytesStartsWith(bytes('abcabca'), bytes(''), 3), true)
  assert.equal(bytesStartsWith(bytes('abcabca'), bytes(''), 7), true)
  assert.equal(bytesStartsWith(bytes('abcabca'), bytes(''), 8), false)
  assert.equal(bytesStartsWith(bytes('abcabca'), bytes('a'), 1), false)
  assert.equal(bytesStartsWith(bytes('abcabca'), bytes('a'), -1), true)
  assert.equal(bytesStartsWith(bytes('abcabca'), bytes('a'), 1, 3), false)
  assert.equal(bytesStartsWith(bytes('abcabca'), bytes('a'), -3, -1), false)
  assert.equal(bytesStartsWith(bytes('abcabca'), bytes('bca'), 2, 6), false)
  assert.equal(bytesStartsWith(bytes('abcabca'), bytes('x')), false)
  assert.equal(bytesStartsWith(bytes('abcabca'), bytes('abcabcab')), false)
})

test('endswith', () => {
  assert.equal(bytesEndsWith(bytes('abcabca'), bytes('a')), true)
  assert.equal(bytesEndsWith(bytes('abcabca'), bytes('ca')), true)
  assert.equal(bytesEndsWith(bytes('abcabca'), bytes('')), true)
  assert.equal(bytesEndsWith(bytes('abcabca'), bytes(''), 3), true)
  assert.equal(bytesEndsWith(bytes('abcabca'), bytes(''), 7), true)
  assert.equal(bytesEndsWith(bytes('abcabca'), bytes(''), 8), false)
  assert.equal(bytesEndsWith(bytes('abcabca'), bytes('a'), 1), true)
  assert.equal(bytesEndsWith(bytes('abcabca'), bytes('a'), -1), true)
  assert.equal(bytesEndsWith(bytes('abcabca'), bytes('a'), 1, 3), false)
  assert.equal(bytesEndsWith(bytes('abcabca'), bytes('a'), -3, -1), false)
  assert.equal(bytesEndsWith(bytes('abcabca'), bytes('bca'), 2, 6), false)
  assert.equal(bytesEndsWith(bytes('abcabca'), bytes('x')), false)
  assert.equal(bytesEndsWith(bytes('abcabca'), bytes('abcabcab')), false)
})

test('bytes are checked', () => {
  assert.equal(checkByte(255), 255)
  for (const value of [256, -1, 2n ** 70n]) {
    assert.throws(() => checkByte(value), { type: 'ValueError', message: 'byte must be in range(0, 256)' })
  }
})
