import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../../base/errors.ts'
import { Float } from '../../base/values.ts'
import { parseFormat, structError } from './struct_format.ts'
import { iterUnpackCount, type Maker, pack, packInto, type Reader, unpack, unpackFrom } from './struct_pack.ts'

type Value = number | bigint | boolean | Float | Uint8Array

const reader: Reader<Value> = {
  int: (value) => (typeof value === 'number' || typeof value === 'bigint' ? value : undefined),
  float: (value) => (value instanceof Float ? value.value : typeof value === 'number' ? value : undefined),
  bool: (value) => value !== 0 && value !== false,
  bytes: (value) => (value instanceof Uint8Array ? value : undefined),
}

const maker: Maker<Value> = {
  int: (value) => value,
  float: (value) => new Float(value),
  bool: (value) => value,
  bytes: (value) => value,
}

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))
const packed = (format: string, ...values: Value[]) => String.fromCharCode(...pack(parseFormat(format), values, reader))
const unpacked = (format: string, data: string) => unpack(parseFormat(format), bytes(data), maker)

test('formats have the sizes of 64-bit Linux', () => {
  const sizes = ['', 'bi', 'bq', '<bq', 'bi0q', '3x', ' 2h  b', '10s3p', 'ebf', '=l', 'l', '0s'].map(
    (f) => parseFormat(f).size,
  )
  assert.deepEqual(sizes, [0, 8, 16, 9, 8, 3, 5, 13, 8, 4, 8, 0])
  assert.equal(parseFormat('3xs2i').length, 3)
  assert.throws(() => parseFormat('z'), structError('bad char in struct format'))
  assert.throws(() => parseFormat('<n'), structError('bad char in struct format'))
  assert.throws(() => parseFormat('i3'), structError('repeat count given without format specifier'))
  assert.throws(() => parseFormat('9223372036854775807i'), structError('total struct size too long'))
  assert.throws(() => parseFormat('i\0'), structError('embedded null character'))
})

test('values are packed in each order', () => {
  assert.equal(packed('<hIq', -2, 0xfffefdfc, -3), '\xfe\xff\xfc\xfd\xfe\xff\xfd' + '\xff'.repeat(7))
  assert.equal(packed('>hIQ', -2, 1, 2n ** 64n - 2n), '\xff\xfe\0\0\0\x01' + '\xff'.repeat(7) + '\xfe')
  assert.equal(packed('b3si?', 1, bytes('ab'), 7, 0), '\x01ab\0\x07\0\0\0\0')
  assert.equal(packed('!5p2c', bytes('abcdefg'), bytes('x'), bytes('y')), '\x04abcdxy')
  assert.equal(packed('>efd', new Float(1.5), new Float(-0.1), 1), '>\0\xbd\xcc\xcc\xcd?\xf0\0\0\0\0\0\0')
  assert.equal(packed('<4e', 65519, 6e-8, 2.98e-8, -Infinity), '\xff\x7b\x01\0\0\0\0\xfc')
  assert.equal(packed('P', -1), '\xff'.repeat(8))
  assert.equal(packed('f', new Float(1e300)), '\0\0\x80\x7f')
})

test('values out of range have the errors of their codes', () => {
  const message = (format: string, ...values: Value[]) => {
    try {
      return packed(format, ...values)
    } catch (error) {
      assert.ok(error instanceof PyError)
      return `${error.type}: ${error.message}`
    }
  }
  assert.equal(message('b', 200), 'struct.error: byte format requires -128 <= number <= 127')
  assert.equal(message('<H', -1), 'struct.error: ushort format requires 0 <= number <= 65535')
  assert.equal(message('>H', -1), 'struct.error: argument out of range')
  assert.equal(message('>h', 40000), "struct.error: 'h' format requires -32768 <= number <= 32767")
  assert.equal(message('i', 2 ** 40), "struct.error: 'i' format requires -2147483648 <= number <= 2147483647")
  assert.equal(message('I', -1), 'struct.error: argument out of range')
  assert.equal(message('q', 2n ** 63n), 'struct.error: argument out of range')
  assert.equal(message('>q', 2n ** 63n), 'struct.error: int too large to convert')
  assert.equal(message('P', 2n ** 64n), 'struct.error: int too large to convert')
  assert.equal(message('i', new Float(1)), 'struct.error: required argument is not an integer')
  assert.equal(message('d', bytes('1')), 'struct.error: required argument is not a float')
  assert.equal(message('c', bytes('ab')), 'struct.error: char format requires a bytes object of length 1')
  assert.equal(message('s', 1), "struct.error: argument for 's' must be a bytes object")
  assert.equal(message('<f', new Float(1e300)), 'OverflowError: float too large to pack with f format')
  assert.equal(message('e', 65520), 'OverflowError: float too large to pack with e format')
  assert.equal(message('2i', 1), 'struct.error: pack expected 2 items for packing (got 1)')
})

test('values are unpacked', () => {
  assert.deepEqual(unpacked('<bBhH', '\xff\xff\xfe\xff\xfe\xff'), [-1, 255, -2, 65534])
  assert.deepEqual(unpacked('>qQ', '\xff'.repeat(16)), [-1, 2n ** 64n - 1n])
  assert.deepEqual(unpacked('<iIq', '\0\0\0\x80\0\0\0\x80\0\0\0\0\0\0\x20\0'), [-(2 ** 31), 2 ** 31, 2n ** 53n])
  assert.deepEqual(unpacked('>e', '\x03\xff'), [new Float(1023 * 2 ** -24)])
  assert.deepEqual(unpacked('<ef', '\x01\xfc\0\0\xc0\x7f'), [new Float(Number.NaN), new Float(Number.NaN)])
  assert.deepEqual(unpacked('?c3s4p', '\x02xabc\x09def'), [true, bytes('x'), bytes('abc'), bytes('def')])
  assert.throws(() => unpacked('i', 'abc'), structError('unpack requires a buffer of 4 bytes'))
})

test('offsets are counted from both ends', () => {
  const format = parseFormat('<h')
  const buffer = new Uint8Array(5)
  packInto(format, buffer, -3, [258], reader)
  packInto(format, buffer, 0, [-1], reader)
  assert.deepEqual([...buffer], [255, 255, 2, 1, 0])
  assert.deepEqual(unpackFrom(format, buffer, 2, maker), [258])
  assert.deepEqual(unpackFrom(format, buffer, -5, maker), [-1])
  assert.throws(() => packInto(format, buffer, -1, [1], reader), structError('no space to pack 2 bytes at offset -1'))
  assert.throws(
    () => packInto(format, buffer, -6, [1], reader),
    structError('offset -6 out of range for 5-byte buffer'),
  )
  assert.throws(
    () => unpackFrom(format, buffer, 4, maker),
    structError(
      'unpack_from requires a buffer of at least 6 bytes for unpacking 2 bytes at offset 4 (actual buffer size is 5)',
    ),
  )
  assert.equal(iterUnpackCount(format, new Uint8Array(6)), 3)
  assert.throws(
    () => iterUnpackCount(format, buffer),
    structError('iterative unpacking requires a buffer of a multiple of 2 bytes'),
  )
})
