import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bytesCenter,
  bytesExpandTabs,
  bytesLjust,
  bytesMakeTrans,
  bytesReplace,
  bytesRjust,
  bytesTranslate,
  bytesZfill,
} from './bytes_replace.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

test('replace', () => {
  assert.deepEqual(bytesReplace(bytes('aaaa'), bytes('aa'), bytes('b'), -1), bytes('bb'))
  assert.deepEqual(bytesReplace(bytes('aaaa'), bytes('aa'), bytes('b'), 0), bytes('aaaa'))
  assert.deepEqual(bytesReplace(bytes('aaaa'), bytes('aa'), bytes('b'), 1), bytes('baa'))
  assert.deepEqual(bytesReplace(bytes('aaaa'), bytes('aa'), bytes('b'), 2), bytes('bb'))
  assert.deepEqual(bytesReplace(bytes('abc'), bytes(''), bytes('-'), -1), bytes('-a-b-c-'))
  assert.deepEqual(bytesReplace(bytes('abc'), bytes(''), bytes('-'), 0), bytes('abc'))
  assert.deepEqual(bytesReplace(bytes('abc'), bytes(''), bytes('-'), 1), bytes('-abc'))
  assert.deepEqual(bytesReplace(bytes('abc'), bytes(''), bytes('-'), 2), bytes('-a-bc'))
  assert.deepEqual(bytesReplace(bytes(''), bytes(''), bytes('x'), -1), bytes('x'))
  assert.deepEqual(bytesReplace(bytes(''), bytes(''), bytes('x'), 0), bytes(''))
  assert.deepEqual(bytesReplace(bytes(''), bytes(''), bytes('x'), 1), bytes('x'))
  assert.deepEqual(bytesReplace(bytes(''), bytes(''), bytes('x'), 2), bytes('x'))
  assert.deepEqual(bytesReplace(bytes('a.\xff'), bytes('\xff'), bytes('$&'), -1), bytes('a.$&'))
  assert.deepEqual(bytesReplace(bytes('a.\xff'), bytes('\xff'), bytes('$&'), 0), bytes('a.\xff'))
  assert.deepEqual(bytesReplace(bytes('a.\xff'), bytes('\xff'), bytes('$&'), 1), bytes('a.$&'))
  assert.deepEqual(bytesReplace(bytes('a.\xff'), bytes('\xff'), bytes('$&'), 2), bytes('a.$&'))
  assert.deepEqual(bytesReplace(bytes('abc'), bytes('x'), bytes('y'), -1), bytes('abc'))
  assert.deepEqual(bytesReplace(bytes('abc'), bytes('x'), bytes('y'), 0), bytes('abc'))
  assert.deepEqual(bytesReplace(bytes('abc'), bytes('x'), bytes('y'), 1), bytes('abc'))
  assert.deepEqual(bytesReplace(bytes('abc'), bytes('x'), bytes('y'), 2), bytes('abc'))
})

test('filling up', () => {
  assert.deepEqual(bytesCenter(bytes('ab'), -1), bytes('ab'))
  assert.deepEqual(bytesLjust(bytes('ab'), -1), bytes('ab'))
  assert.deepEqual(bytesRjust(bytes('ab'), -1), bytes('ab'))
  assert.deepEqual(bytesZfill(bytes('ab'), -1), bytes('ab'))
  assert.deepEqual(bytesCenter(bytes('abc'), -1), bytes('abc'))
  assert.deepEqual(bytesLjust(bytes('abc'), -1), bytes('abc'))
  assert.deepEqual(bytesRjust(bytes('abc'), -1), bytes('abc'))
  assert.deepEqual(bytesZfill(bytes('abc'), -1), bytes('abc'))
  assert.deepEqual(bytesCenter(bytes('ab'), 3), bytes(' ab'))
  assert.deepEqual(bytesLjust(bytes('ab'), 3), bytes('ab '))
  assert.deepEqual(bytesRjust(bytes('ab'), 3), bytes(' ab'))
  assert.deepEqual(bytesZfill(bytes('ab'), 3), bytes('0ab'))
  assert.deepEqual(bytesCenter(bytes('abc'), 3), bytes('abc'))
  assert.deepEqual(bytesLjust(bytes('abc'), 3), bytes('abc'))
  assert.deepEqual(bytesRjust(bytes('abc'), 3), bytes('abc'))
  assert.deepEqual(bytesZfill(bytes('abc'), 3), bytes('abc'))
  assert.deepEqual(bytesCenter(bytes('ab'), 4), bytes(' ab '))
  assert.deepEqual(bytesLjust(bytes('ab'), 4), bytes('ab  '))
  assert.deepEqual(bytesRjust(bytes('ab'), 4), bytes('  ab'))
  assert.deepEqual(bytesZfill(bytes('ab'), 4), bytes('00ab'))
  assert.deepEqual(bytesCenter(bytes('abc'), 4), bytes('abc '))
  assert.deepEqual(bytesLjust(bytes('abc'), 4), bytes('abc '))
  assert.deepEqual(bytesRjust(bytes('abc'), 4), bytes(' abc'))
  assert.deepEqual(bytesZfill(bytes('abc'), 4), bytes('0abc'))
  assert.deepEqual(bytesCenter(bytes('ab'), 5), bytes('  ab '))
  assert.deepEqual(bytesLjust(bytes('ab'), 5), bytes('ab   '))
  assert.deepEqual(bytesRjust(bytes('ab'), 5), bytes('   ab'))
  assert.deepEqual(bytesZfill(bytes('ab'), 5), bytes('000ab'))
  assert.deepEqual(bytesCenter(bytes('abc'), 5), bytes(' abc '))
  assert.deepEqual(bytesLjust(bytes('abc'), 5), bytes('abc  '))
  assert.deepEqual(bytesRjust(bytes('abc'), 5), bytes('  abc'))
  assert.deepEqual(bytesZfill(bytes('abc'), 5), bytes('00abc'))
  assert.deepEqual(bytesCenter(bytes('ab'), 6), bytes('  ab  '))
  assert.deepEqual(bytesLjust(bytes('ab'), 6), bytes('ab    '))
  assert.deepEqual(bytesRjust(bytes('ab'), 6), bytes('    ab'))
  assert.deepEqual(bytesZfill(bytes('ab'), 6), bytes('0000ab'))
  assert.deepEqual(bytesCenter(bytes('abc'), 6), bytes(' abc  '))
  assert.deepEqual(bytesLjust(bytes('abc'), 6), bytes('abc   '))
  assert.deepEqual(bytesRjust(bytes('abc'), 6), bytes('   abc'))
  assert.deepEqual(bytesZfill(bytes('abc'), 6), bytes('000abc'))
  assert.deepEqual(bytesCenter(bytes('ab'), 5, 42), bytes('**ab*'))
  assert.deepEqual(bytesZfill(bytes('-5'), 4), bytes('-005'))
  assert.deepEqual(bytesExpandTabs(bytes('a\x09b\x0a\x09\xff\x09'), 4), bytes('a   b\x0a    \xff   '))
  assert.throws(() => bytesLjust(bytes(''), 2 ** 40), { type: 'MemoryError' })
})

test('translate', () => {
  const table = bytesMakeTrans(bytes('ab'), bytes('xy'))
  assert.deepEqual(bytesTranslate(bytes('abcab'), table), bytes('xycxy'))
  assert.deepEqual(bytesTranslate(bytes('abcab'), table, bytes('c')), bytes('xyxy'))
  assert.deepEqual(bytesTranslate(bytes('abcab'), null, bytes('ab')), bytes('c'))
  assert.throws(() => bytesTranslate(bytes('a'), bytes('x')), {
    type: 'ValueError',
    message: 'translation table must be 256 characters long',
  })
  assert.throws(() => bytesMakeTrans(bytes('a'), bytes('')), {
    type: 'ValueError',
    message: 'maketrans arguments must have same length',
  })
})
