import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeErrorHandlers, encodeErrorMessage, nameReplaceEncoding, UnicodeFault } from './codec_errors.ts'
import { asciiDecode, asciiEncode } from './codec_latin1.ts'
import { utf8Decode } from './codec_utf8.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

function faultOf(action: () => unknown): UnicodeFault {
  try {
    action()
  } catch (error) {
    if (error instanceof UnicodeFault) return error
  }
  throw new assert.AssertionError({ message: 'no fault' })
}

test('faults carry the attributes of the exception', () => {
  const decoding = faultOf(() => utf8Decode(bytes('ab\xff')))
  assert.deepEqual(
    [decoding.encoding, decoding.start, decoding.end, decoding.reason],
    ['utf-8', 2, 3, 'invalid start byte'],
  )
  assert.deepEqual(decoding.object, bytes('ab\xff'))
  const encoding = faultOf(() => asciiEncode('a\xe9\xe9'))
  assert.deepEqual([encoding.encoding, encoding.start, encoding.end], ['ascii', 1, 3])
  assert.equal(encoding.object, 'a\xe9\xe9')
  assert.equal(
    encodeErrorMessage('x', 'a\xe9', 1, 2, 'why'),
    "'x' codec can't encode character '\\xe9' in position 1: why",
  )
})

test('handlers of a program decide what is put in and where it goes on', () => {
  const lambda = nameReplaceEncoding((cp) => (cp === 0x3bb ? 'GREEK SMALL LETTER LAMDA' : undefined))
  assert.deepEqual(asciiEncode('\u03bb\u03bc', lambda), bytes('\\N{GREEK SMALL LETTER LAMDA}\\u03bc'))
  const skip = (_encoding: string, object: { length: number }, start: number) => ({
    replacement: `<${start}>`,
    position: start + 1 - object.length,
  })
  assert.equal(asciiDecode(bytes('\xff\xfea'), skip), '<0><1>a')
  const other = (_encoding: string, _object: Uint8Array, _start: number) => ({
    replacement: '',
    position: 1,
    object: bytes('xyz'),
  })
  assert.equal(asciiDecode(bytes('\xff'), other), 'yz')
  const far = () => ({ replacement: '', position: 9 })
  assert.throws(() => asciiDecode(bytes('\xff'), far), {
    type: 'IndexError',
    message: 'position 9 from error handler out of bounds',
  })
  assert.deepEqual(
    asciiEncode('\xe9', () => ({ replacement: bytes('\xff'), position: 1 })),
    bytes('\xff'),
  )
  assert.throws(() => asciiEncode('\xe9', () => ({ replacement: '\xff', position: 1 })), { type: 'UnicodeEncodeError' })
  assert.throws(() => asciiDecode(bytes('\xff'), decodeErrorHandlers['namereplace']), {
    type: 'TypeError',
    message: "don't know how to handle UnicodeDecodeError in error callback",
  })
})
