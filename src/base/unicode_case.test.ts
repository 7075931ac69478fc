import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { type CaseMapping, toFolded, toLower, toTitle, toUpper } from './unicode_case.ts'

/** MD5 of what each code point becomes, in hexadecimal, as the same line of Python makes it. */
function digest(mapping: CaseMapping): string {
  const hash = createHash('md5')
  for (let cp = 0; cp < 0x110000; cp++) {
    const target = mapping(cp)
    const codes = typeof target === 'number' ? [target] : Array.from(target, (char) => char.charCodeAt(0))
    hash.update(`${codes.map((code) => code.toString(16)).join(',')};`)
  }
  return hash.digest('hex')
}

test('every code point has the case mappings that Python 3.11 gives it', () => {
  assert.equal(digest(toLower), 'ff2091bcd2109eb5f150870d4c525a59')
  assert.equal(digest(toUpper), '42ed82f3ef446a2682baeb4686c94eeb')
  assert.equal(digest(toTitle), 'fbc0e478a3b09c49f7cfb095a17b7594')
  assert.equal(digest(toFolded), 'c17c2d1635bc87c4c065ca5d9da54638')
})

test('a mapping gives a number for one character and a text for several', () => {
  assert.equal(toUpper(0xdf), 'SS')
  assert.equal(toTitle(0x1c6), 0x1c5)
  assert.equal(toLower(0x130), 'i\u0307')
  assert.equal(toFolded(0x1e9e), 'ss')
  assert.equal(toLower(0x10400), 0x10428)
  assert.equal(toLower(0x31), 0x31)
})
