import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codePointAt, decodeUtf8, findUtf8Fault, surrogateMessage, utf8FaultMessage } from './utf8.ts'

const message = (...bytes: number[]) => {
  const input = Uint8Array.from(bytes)
  const fault = findUtf8Fault(input, 0, input.length)
  return fault === null ? null : utf8FaultMessage(input, fault, 0)
}

test("faults are told as Python's decoder tells them", () => {
  assert.equal(message(0x61, 0xc3, 0xa9), null)
  assert.equal(message(0xf0, 0x9f, 0x98, 0x80), null)
  assert.equal(message(0x61, 0xff), "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte")
  assert.equal(message(0xc1, 0x81), "'utf-8' codec can't decode byte 0xc1 in position 0: invalid start byte")
  assert.equal(message(0xc3), "'utf-8' codec can't decode byte 0xc3 in position 0: unexpected end of data")
  assert.equal(message(0xc3, 0x28), "'utf-8' codec can't decode byte 0xc3 in position 0: invalid continuation byte")
  assert.equal(message(0xe2, 0x82), "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data")
  assert.equal(message(0xe2, 0x82, 0x28), "'utf-8' codec can't decode bytes in position 0-1: invalid continuation byte")
  assert.equal(
    message(0xe0, 0x80, 0x80),
    "'utf-8' codec can't decode byte 0xe0 in position 0: invalid continuation byte",
  )
  assert.equal(
    message(0xed, 0xa0, 0x80),
    "'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte",
  )
  assert.equal(message(0xf0, 0x9f, 0x98), "'utf-8' codec can't decode bytes in position 0-2: unexpected end of data")
  assert.equal(
    message(0xf4, 0x90, 0x80, 0x80),
    "'utf-8' codec can't decode byte 0xf4 in position 0: invalid continuation byte",
  )
})

test('decoding replaces faulty sequences and keeps a BOM', () => {
  assert.equal(decodeUtf8(Uint8Array.from([0x61, 0xe2, 0x82, 0x62, 0xff]), 0, 5), 'a\ufffdb\ufffd')
  assert.equal(decodeUtf8(Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]), 0, 4), '\ufeffa')
  assert.equal(decodeUtf8(new TextEncoder().encode('x'.repeat(100)), 10, 90), 'x'.repeat(80))
})

test('code points are read from their bytes', () => {
  for (const cp of [0x41, 0xe9, 0x20ac, 0x1f600]) {
    assert.equal(codePointAt(new TextEncoder().encode(String.fromCodePoint(cp)), 0), cp)
  }
})

test("lone surrogates are told as Python's encoder tells them", () => {
  assert.equal(surrogateMessage('a😀b'), null)
  assert.equal(
    surrogateMessage('😀a\ud800'),
    "'utf-8' codec can't encode character '\\ud800' in position 2: surrogates not allowed",
  )
  assert.equal(
    surrogateMessage('\udc00\udc01x\ud800'),
    "'utf-8' codec can't encode characters in position 0-1: surrogates not allowed",
  )
})
