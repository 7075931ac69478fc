import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { isAlphanumeric, isPrintable, isXidContinue, isXidStart } from './unicode.ts'

const CODE_POINTS = 0x110000

/** MD5 of one character `0` or `1` for each code point, as the same line of Python makes it. */
function digest(property: (cp: number) => boolean): string {
  const flags = Buffer.alloc(CODE_POINTS)
  for (let cp = 0; cp < CODE_POINTS; cp++) flags[cp] = property(cp) ? 0x31 : 0x30
  return createHash('md5').update(flags).digest('hex')
}

test('every code point has the properties that Python 3.11 gives it', () => {
  assert.equal(
    digest((cp) => isXidStart(cp) || cp === 0x5f),
    'bd11bbaed340cbb48b3c0a8618dbd214',
  )
  assert.equal(digest(isXidContinue), 'f26c373ad0253027c90436d8b211eff6')
  assert.equal(digest(isPrintable), '4adf7bc1f0d3bd19453ea35da2106d88')
  assert.equal(digest(isAlphanumeric), '48858489f624a5907ac245fd301bc208')
})
