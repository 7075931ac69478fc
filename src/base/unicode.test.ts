import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import {
  decimalValue,
  isAlpha,
  isAlphanumeric,
  isCaseIgnorable,
  isDigit,
  isLowercase,
  isNumeric,
  isPrintable,
  isSpace,
  isTitlecase,
  isUppercase,
  isXidContinue,
  isXidStart,
} from './unicode.ts'

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
  assert.equal(digest(isAlpha), '13013873b67c90248340df9be43dce07')
  assert.equal(digest(isLowercase), '82eef4b5ad61b2e27f73248a3df89ab5')
  assert.equal(digest(isUppercase), 'c16e4c27f1724e289887b4bcc27daece')
  assert.equal(digest(isTitlecase), '98205aff846d2774b6434e08d3b7cdb4')
  assert.equal(digest(isCaseIgnorable), '6f9c961030294388280265523b815246')
  assert.equal(
    digest((cp) => decimalValue(cp) >= 0),
    'cbbdca39a0b6af2466f1573f60608876',
  )
  assert.equal(digest(isDigit), 'bcf56222503b8bdb671f31eed10d89ef')
  assert.equal(digest(isNumeric), 'b021f3e54c4c75b05bf26e8f1a572727')
  assert.equal(digest(isSpace), 'b9a26d8f1b57b7450d2e12f6d6b04858')
})

test('every decimal digit has its value', () => {
  const hash = createHash('md5')
  for (let cp = 0; cp < CODE_POINTS; cp++) hash.update(`,${decimalValue(cp)}`)
  assert.equal(hash.digest('hex'), '60a3d74c642d92517efdd0481b667861')
})
