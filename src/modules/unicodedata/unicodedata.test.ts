import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { PyError } from '../../base/errors.ts'
import { strCodePoints, strFromCodePoints, WideStr } from '../../base/values.ts'
import {
  bidirectional,
  category,
  combining,
  decimal,
  decomposition,
  digit,
  eastAsianWidth,
  lookup,
  mirrored,
  name,
  numeric,
} from './database.ts'
import { isNormalized, normalize } from './normalization.ts'

/** MD5 of a line for each code point. The digests were made with the functions of CPython 3.11 and an empty default. */
function digest(property: (cp: number) => string | number | undefined): string {
  const lines: string[] = []
  for (let cp = 0; cp < 0x110000; cp++) lines.push(String(property(cp) ?? ''))
  return createHash('md5').update(lines.join('\n')).digest('hex')
}

test('every code point has the properties that Python 3.11 gives it', () => {
  assert.equal(digest(category), '246ea9a38c71815e2737e5e576c925c1')
  assert.equal(digest(bidirectional), '510462201669c253cafcc7f1b652c6f4')
  assert.equal(digest(combining), '990a38595e086967f48027bf9b3d2b54')
  assert.equal(digest(mirrored), '7807f1beb3196c758c9485aa057f80a5')
  assert.equal(digest(eastAsianWidth), '26cf118c9b299c2e04d5a947ae4c9e5c')
  assert.equal(digest(decomposition), '9ac30e29809fe52a63f1d9d202f3de7b')
  assert.equal(digest(decimal), '958a7c31cc5d56d712abfa31637ddf2a')
  assert.equal(digest(digit), 'b53682e6130a935984be3e0c611ff4df')
  assert.equal(digest(name), '48ba5abe30e89a4cd679e1f16a98e321')
})

test('numeric values', () => {
  assert.deepEqual([0x41, 0x35, 0xbd, 0x2158, 0x3007, 0x842c, 0x4ebf, 0x0f33, 0x11fc0].map(numeric), [
    undefined,
    5,
    0.5,
    4 / 5,
    0,
    10000,
    100000000,
    -0.5,
    1 / 320,
  ])
})

test('every code point is normalized as in Python 3.11', () => {
  const forms: [string, string][] = [
    ['NFC', 'eb7d269f676e464a8dde98d895a2a10d'],
    ['NFD', '5de2cd3185325f72889e56db074f23d0'],
    ['NFKC', '928de8f1e2abcbec2b57503dc24daa1c'],
    ['NFKD', '8869a0df1f69e8f188010b16f051340f'],
  ]
  for (const [form, expected] of forms) {
    const normalized = (cp: number) => strCodePoints(normalize(form, strFromCodePoints([cp])))
    const hex = (cp: number) =>
      normalized(cp)
        .map((part) => part.toString(16))
        .join(' ')
    assert.equal(digest(hex), expected, form)
  }
})

test('texts are ordered and composed', () => {
  assert.equal(normalize('NFD', '\u1e69'), 's\u0323\u0307')
  assert.equal(normalize('NFC', 's\u0307\u0323'), '\u1e69')
  assert.equal(normalize('NFC', 'a\u0301\u0301\u0328'), '\u0105\u0301\u0301')
  assert.equal(normalize('NFC', '\u1112\u1161\u11ab\u1100'), '\ud55c\u1100')
  assert.equal(normalize('NFC', '\u0958'), '\u0915\u093c')
  assert.equal(normalize('NFKC', '\ufb01\u00b2\uff21'), 'fi2A')
  assert.equal(normalize('NFKD', new WideStr([0x1d400, 0x1f100])), 'A0.')
  assert.deepEqual(normalize('NFC', new WideStr([0x11099, 0x110ba])), new WideStr([0x1109a]))
  assert.equal(normalize('NFC', '\ud800\udc00'), '\ud800\udc00')
  assert.equal(isNormalized('NFC', '\u1e69'), true)
  assert.equal(isNormalized('NFD', '\u1e69'), false)
  assert.throws(() => normalize('nfc', ''), new PyError('ValueError', 'invalid normalization form'))
})

test('names, aliases and sequences are looked up', () => {
  assert.deepEqual(lookup('latin small letter r with tilde'), [0x72, 0x303])
  assert.deepEqual(lookup('LF'), [10])
  assert.deepEqual(lookup('KEYCAP DIGIT ZERO'), [0x30, 0xfe0f, 0x20e3])
  assert.deepEqual(lookup('Bell'), [0x1f514])
  assert.throws(() => lookup('no such'), new PyError('KeyError', "undefined character name 'no such'"))
  assert.throws(() => lookup('x'.repeat(257)), new PyError('KeyError', 'name too long'))
})
