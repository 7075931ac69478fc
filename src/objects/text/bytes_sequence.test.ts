import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesCompare, bytesConcat, bytesJoin, bytesRepeat, bytesSliceStep, newBytes } from './bytes_sequence.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

test('bytes are joined, repeated and cut', () => {
  assert.deepEqual(bytesConcat(bytes('ab'), bytes('c')), bytes('abc'))
  assert.deepEqual(bytesRepeat(bytes('abc'), 5), bytes('abcabcabcabcabc'))
  assert.deepEqual(bytesRepeat(bytes('a'), 3), bytes('aaa'))
  assert.deepEqual(bytesRepeat(bytes(''), 9), bytes(''))
  assert.deepEqual(bytesRepeat(bytes('ab'), -1), bytes(''))
  assert.deepEqual(bytesJoin(bytes(', '), [bytes('a'), bytes(''), bytes('c')]), bytes('a, , c'))
  assert.deepEqual(bytesJoin(bytes('x'), []), bytes(''))
  assert.deepEqual(bytesSliceStep(bytes('abcdef'), 5, -2, 3), bytes('fdb'))
  assert.deepEqual(bytesSliceStep(bytes('abc'), 1, 1, 2), bytes('bc'))
  assert.throws(() => newBytes(2 ** 40), { type: 'MemoryError' })
  assert.throws(() => bytesRepeat(bytes('ab'), 2 ** 63), { type: 'MemoryError' })
  assert.equal(newBytes(3).length, 3)
})

test('order is that of the bytes', () => {
  assert.equal(Math.sign(bytesCompare(bytes('a'), bytes('b'))), -1)
  assert.equal(Math.sign(bytesCompare(bytes('ab'), bytes('a'))), 1)
  assert.equal(Math.sign(bytesCompare(bytes('\xff'), bytes('a'))), 1)
  assert.equal(Math.sign(bytesCompare(bytes('a'), bytes('a'))), 0)
})
