import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findUnicodeName } from './unicode_names.ts'

test('names, aliases and names by rule', () => {
  const expected: Record<string, number> = {
    'LATIN SMALL LETTER A': 0x61,
    'latin small letter a with acute': 0xe1,
    'EURO SIGN': 0x20ac,
    'GRINNING FACE': 0x1f600,
    'TIBETAN LETTER -A': 0xf60,
    'TIBETAN MARK BKA- SHOG YIG MGO': 0xf0a,
    'HANGUL JUNGSEONG O-E': 0x1180,
    'EMOJI MODIFIER FITZPATRICK TYPE-1-2': 0x1f3fb,
    'VARIATION SELECTOR-256': 0xe01ef,
    NULL: 0,
    'line feed': 10,
    BEL: 7,
    'BYTE ORDER MARK': 0xfeff,
    'LATIN SMALL LETTER GHA': 0x1a3,
    VS17: 0xe0100,
    'HANGUL SYLLABLE GA': 0xac00,
    'HANGUL SYLLABLE A': 0xc544,
    'HANGUL SYLLABLE SSYELP': 0xc3ca,
    'CJK UNIFIED IDEOGRAPH-4E00': 0x4e00,
    'CJK UNIFIED IDEOGRAPH-3134A': 0x3134a,
    'CJK COMPATIBILITY IDEOGRAPH-F900': 0xf900,
    'nushu character-1b170': 0x1b170,
    'KHITAN SMALL SCRIPT CHARACTER-18CD5': 0x18cd5,
  }
  for (const [name, cp] of Object.entries(expected)) assert.equal(findUnicodeName(name), cp, name)
})

test('what is no name', () => {
  const wrong = [
    '',
    'LATIN SMALL LETTER',
    'LATIN SMALL LETTER A ',
    'LATIN SMALL LETTER R WITH TILDE',
    'KEYCAP DIGIT ONE',
    '<control>',
    'CJK Ideograph',
    'TANGUT IDEOGRAPH-17000',
    'hangul syllable ga',
    'HANGUL SYLLABLE ',
    'HANGUL SYLLABLE GAX',
    'CJK UNIFIED IDEOGRAPH-4e00',
    'CJK UNIFIED IDEOGRAPH-3134B',
    'NUSHU CHARACTER-1B2FC',
    'ſpace',
  ]
  for (const name of wrong) assert.equal(findUnicodeName(name), undefined, name)
})
