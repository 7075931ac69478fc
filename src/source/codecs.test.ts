import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeReplacing, decodeWith, findCodec, lookupErrorMessage } from './codecs.ts'

const decode = (name: string, ...bytes: number[]) => {
  const { text, error } = decodeWith(name, Uint8Array.from(bytes))
  return error ?? text
}

test('codecs are found by any of their names', () => {
  const names: [string, string | null][] = [
    ['UTF8', 'utf_8'],
    ['u8', 'utf_8'],
    ['us-ascii', 'ascii'],
    ['L1', 'latin_1'],
    ['8859', 'latin_1'],
    ['iso8859-15', 'iso8859_15'],
    ['Windows-1252', 'cp1252'],
    ['x-mac-japanese', 'shift_jis'],
    ['hex', null],
    ['ansi_x3.4-1986', 'ascii'],
    ['iso_646.irv_1991', 'ascii'],
    ['latin--', 'latin_1'],
    ['_utf__8-', 'utf_8'],
    ['nonsense', null],
  ]
  for (const [name, codec] of names) assert.equal(findCodec(name), codec, name)
  assert.equal(lookupErrorMessage('nonsense'), 'unknown encoding: nonsense')
  assert.equal(lookupErrorMessage('base64.codec'), 'unknown encoding: base64.codec')
  assert.match(lookupErrorMessage('base.64'), /^'base\.64' is not a text encoding/)
  assert.match(lookupErrorMessage('rot13'), /^'rot13' is not a text encoding; use codecs\.decode\(\)/)
})

test('single-byte codecs', () => {
  assert.equal(decode('latin-1', 0x41, 0x80, 0xe9), 'A\x80é')
  assert.equal(decode('iso-8859-15', 0xa4), '€')
  assert.equal(decode('koi8-r', 0xc1), 'а')
  assert.equal(decode('cp437', 0x80), 'Ç')
  assert.equal(decode('cp1252', 0x80), '€')
  assert.equal(decode('mac_farsi', 0xa0, 0xa5, 0xb0, 0xb9), ' ٪۰۹')
  assert.equal(decode('tis_620', 0xa1, 0xda, 0xdf), 'กฺ฿')
  assert.equal(
    decode('cp1252', 0x41, 0x81),
    "'charmap' codec can't decode byte 0x81 in position 1: character maps to <undefined>",
  )
  assert.equal(
    decode('ascii', 0x41, 0xe9),
    "'ascii' codec can't decode byte 0xe9 in position 1: ordinal not in range(128)",
  )
})

test('multi-byte codecs', () => {
  assert.equal(decode('gbk', 0xc4, 0xe3), '你')
  assert.equal(decode('big5', 0xa7, 0x41), '你')
  assert.equal(decode('shift_jis', 0x82, 0xa0), 'あ')
  assert.equal(decode('euc-jp', 0xa4, 0xa2), 'あ')
  assert.equal(decode('euc-kr', 0xb0, 0xa1), '가')
  assert.equal(
    decode('gbk', 0x41, 0xff, 0x42),
    "'gbk' codec can't decode byte 0xff in position 1: illegal multibyte sequence",
  )
  assert.equal(decode('gbk', 0xc4), "'gbk' codec can't decode byte 0xc4 in position 0: incomplete multibyte sequence")
})

test('replacing what is faulty', () => {
  assert.equal(decodeReplacing('cp1252', Uint8Array.from([0x41, 0x81, 0x42])), 'A\ufffdB')
  assert.equal(decodeReplacing('utf-8', Uint8Array.from([0x41, 0xff])), 'A\ufffd')
  assert.equal(decodeReplacing(null, Uint8Array.from([0x41, 0xff])), null)
})
