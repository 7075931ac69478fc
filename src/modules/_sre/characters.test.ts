import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asciiIsCased, asciiLower, unicodeIsCased, unicodeLower } from './characters.ts'
import { CODESIZE, MAGIC } from './opcodes.ts'

test('the constants are those of CPython 3.11', () => {
  assert.equal(MAGIC, 20220615)
  assert.equal(CODESIZE, 4)
})

test('letters have the simple cases of Unicode 14', () => {
  assert.deepEqual([0x41, 0x5b, 0xc0, 0x130].map(asciiLower), [0x61, 0x5b, 0xc0, 0x130])
  assert.deepEqual(
    [0x41, 0xc0, 0x130, 0x1e9e, 0x212a, 0x10400].map(unicodeLower),
    [0x61, 0xe0, 0x69, 0xdf, 0x6b, 0x10428],
  )
  assert.deepEqual([0x41, 0x30, 0xe0].map(asciiIsCased), [true, false, false])
  assert.deepEqual([0x41, 0x30, 0xe0, 0xdf, 0x17f, 0x2160, 0xa7cb].map(unicodeIsCased), [
    true,
    false,
    true,
    true,
    true,
    true,
    false,
  ])
})
