import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { bytearrayRepr, bytesFromHex, bytesHex, hexDigit } from './bytes_hex.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

test('hex', () => {
  assert.equal(bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01')), 'fafbfcfdfeff01')
  assert.equal(bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01'), ':', 1), 'fa:fb:fc:fd:fe:ff:01')
  assert.equal(bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01'), ':', 2), 'fa:fbfc:fdfe:ff01')
  assert.equal(bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01'), ':', 3), 'fa:fbfcfd:feff01')
  assert.equal(bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01'), ':', -2), 'fafb:fcfd:feff:01')
  assert.equal(bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01'), ':', -3), 'fafbfc:fdfeff:01')
  assert.equal(bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01'), ':', 0), 'fafbfcfdfeff01')
  assert.equal(bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01'), ':', 7), 'fafbfcfdfeff01')
  assert.equal(bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01'), ':', 100), 'fafbfcfdfeff01')
  assert.equal(bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01'), bytes('-')), 'fa-fb-fc-fd-fe-ff-01')
  assert.throws(() => bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01'), ''), {
    type: 'ValueError',
    message: 'sep must be length 1.',
  })
  assert.throws(() => bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01'), 'ab'), {
    type: 'ValueError',
    message: 'sep must be length 1.',
  })
  assert.throws(() => bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01'), '\xe9'), {
    type: 'ValueError',
    message: 'sep must be ASCII.',
  })
  assert.throws(() => bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01'), strFromUtf16('\u{1f600}')), {
    type: 'ValueError',
    message: 'sep must be ASCII.',
  })
  assert.throws(() => bytesHex(bytes('\xfa\xfb\xfc\xfd\xfe\xff\x01'), bytes('\xff')), {
    type: 'ValueError',
    message: 'sep must be ASCII.',
  })
})

test('fromhex', () => {
  assert.deepEqual(bytesFromHex(''), bytes(''))
  assert.deepEqual(bytesFromHex('00ff'), bytes('\x00\xff'))
  assert.deepEqual(bytesFromHex(' 0A\t0b\n'), bytes('\x0a\x0b'))
  assert.deepEqual(bytesFromHex('a0 b0 '), bytes('\xa0\xb0'))
  assert.throws(() => bytesFromHex('0'), {
    type: 'ValueError',
    message: 'non-hexadecimal number found in fromhex() arg at position 1',
  })
  assert.throws(() => bytesFromHex('0 1'), {
    type: 'ValueError',
    message: 'non-hexadecimal number found in fromhex() arg at position 1',
  })
  assert.throws(() => bytesFromHex('zz'), {
    type: 'ValueError',
    message: 'non-hexadecimal number found in fromhex() arg at position 0',
  })
  assert.throws(() => bytesFromHex('0z'), {
    type: 'ValueError',
    message: 'non-hexadecimal number found in fromhex() arg at position 1',
  })
  assert.throws(() => bytesFromHex('00\xe9'), {
    type: 'ValueError',
    message: 'non-hexadecimal number found in fromhex() arg at position 2',
  })
  assert.throws(() => bytesFromHex('00 1'), {
    type: 'ValueError',
    message: 'non-hexadecimal number found in fromhex() arg at position 4',
  })
  assert.throws(() => bytesFromHex(strFromUtf16('\u{1f600}')), {
    type: 'ValueError',
    message: 'non-hexadecimal number found in fromhex() arg at position 0',
  })
  assert.deepEqual(
    ['0', '9', 'a', 'F', 'g', '/'].map((c) => hexDigit(c.charCodeAt(0))),
    [0, 9, 10, 15, -1, -1],
  )
})

test('repr of bytearray', () => {
  assert.equal(bytearrayRepr(bytes('')), "bytearray(b'')")
  assert.equal(bytearrayRepr(bytes('it\x27s')), 'bytearray(b"it\\\'s")')
  assert.equal(bytearrayRepr(bytes('"')), "bytearray(b'\"')")
  assert.equal(bytearrayRepr(bytes('\x27"')), "bytearray(b'\\'\"')")
  assert.equal(bytearrayRepr(bytes('\x00\xff\x0a')), "bytearray(b'\\x00\\xff\\n')")
})
