import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../../base/errors.ts'
import { floatRepr } from '../../base/float_text.ts'
import { intRepr } from '../../base/int_text.ts'
import { bytesRepr, strRepr } from '../../base/repr.ts'
import { Float, strFromUtf16 } from '../../base/values.ts'
import { type BytesPercentValues, bytesPercent, type StrPercentValues, strPercent } from './percent.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

type Value = number | bigint | Float | string | Uint8Array

const isInt = (value: Value) => typeof value === 'number' || typeof value === 'bigint'

function textOf(value: Value): string {
  if (typeof value === 'number' || typeof value === 'bigint') return intRepr(value)
  if (value instanceof Float) return floatRepr(value.value)
  return typeof value === 'string' ? value : bytesRepr(value)
}

/** What formatting asks of ints, floats and strings; keys lead to what a mapping has for them. */
function common(operand: readonly Value[] | Value, mapping?: Readonly<Record<string, Value>>) {
  const items = Array.isArray(operand) ? (operand as readonly Value[]) : null
  return {
    operand: operand as Value,
    items: mapping === undefined ? items : null,
    isMapping: mapping !== undefined,
    maxDigits: 4300,
    typeName: (value: Value) => (isInt(value) ? 'int' : value instanceof Float ? 'float' : 'str'),
    star: (value: Value) => (isInt(value) ? (value as number) : null),
    int: (value: Value, byIndexAlone: boolean) =>
      isInt(value) ? (value as number) : value instanceof Float && !byIndexAlone ? Math.trunc(value.value) : null,
    float: (value: Value) => {
      if (value instanceof Float) return value.value
      if (isInt(value)) return Number(value)
      throw new PyError('TypeError', 'must be real number, not str')
    },
    char: (value: Value) => {
      if (isInt(value)) return value as number
      if (value instanceof Float || (value as string).length !== 1) return null
      return typeof value === 'string' ? value.charCodeAt(0) : (value as Uint8Array)[0]
    },
  }
}

function forStr(operand: readonly Value[] | Value, mapping?: Readonly<Record<string, Value>>): StrPercentValues<Value> {
  return {
    ...common(operand, mapping),
    item: (key) => mapping![key as string],
    text: (value, conversion) => (conversion !== 's' && typeof value === 'string' ? strRepr(value) : textOf(value)),
  }
}

function forBytes(
  operand: readonly Value[] | Value,
  mapping?: Readonly<Record<string, Value>>,
): BytesPercentValues<Value> {
  return {
    ...common(operand, mapping),
    item: (key) => mapping![String.fromCharCode(...key)],
    bytes: (value) => value as Uint8Array,
    ascii: textOf,
  }
}

test('strings are formatted', () => {
  assert.equal(strPercent('abc%%', forStr([])), 'abc%')
  assert.equal(strPercent('%s-%r', forStr(['a', 'b'])), "a-'b'")
  assert.equal(strPercent('%5s|%-5s|%.1s|%5.1s', forStr(['ab', 'ab', 'ab', 'ab'])), '   ab|ab   |a|    a')
  assert.equal(strPercent('%d %i %u', forStr([1, -2, new Float(3.9)])), '1 -2 3')
  assert.equal(
    strPercent('%5d|%-5d|%05d|%+d|% d|%+05d|%-05d', forStr([42, 42, 42, 42, 42, 42, 42])),
    '   42|42   |00042|+42| 42|+0042|42   ',
  )
  assert.equal(strPercent('%x %X %#x %#X %o %#o', forStr([255, 255, 255, 255, 255, 255])), 'ff FF 0xff 0XFF 377 0o377')
  assert.equal(
    strPercent('%#10x|%#010x|%-#10x|%.5x|%#.5X', forStr([255, 255, 255, 255, 255])),
    '      0xff|0x000000ff|0xff      |000ff|0X000FF',
  )
  assert.equal(strPercent('%.3d|%8.3d|%08.3d|%+.3d', forStr([-5, -5, -5, -5])), '-005|    -005|-0000005|-005')
  assert.equal(strPercent('%d', forStr(1180591620717411303424n)), '1180591620717411303424')
  assert.equal(
    strPercent(
      '%e %f %g %E %F %G',
      forStr([
        new Float(1234.5),
        new Float(1234.5),
        new Float(1234.5),
        new Float(1234.5),
        new Float(1234.5),
        new Float(1234.5),
      ]),
    ),
    '1.234500e+03 1234.500000 1234.5 1.234500E+03 1234.500000 1234.5',
  )
  assert.equal(
    strPercent(
      '%.2f|%10.1f|%-10.1f|%010.1f|%+.0f|%#.0f',
      forStr([new Float(2.5), new Float(2.5), new Float(2.5), new Float(2.5), new Float(2.5), new Float(2.5)]),
    ),
    '2.50|       2.5|2.5       |00000002.5|+2|2.',
  )
  assert.equal(strPercent('%f', forStr(new Float(Number.POSITIVE_INFINITY))), 'inf')
  assert.equal(strPercent('%5f|%05F', forStr([new Float(Number.NaN), new Float(Number.NaN)])), '  nan|00NAN')
  assert.equal(strPercent('%c%c', forStr(['a', 98])), 'ab')
  assert.equal(strPercent('%3c|%-3c|', forStr(['a', 'b'])), '  a|b  |')
  assert.equal(strPercent('%*d|%-*d|%.*f', forStr([5, 1, 5, 2, 2, new Float(1.5)])), '    1|2    |1.50')
  assert.equal(strPercent('%*d|', forStr([-5, 1])), '1    |')
  assert.equal(strPercent('%.*f', forStr([-5, new Float(1.5)])), '2')
  assert.equal(strPercent('%(a)s %(b(c)d)05d', forStr('', { a: 'x', 'b(c)d': 3 })), 'x 00003')
  assert.equal(strPercent('%ld %hd %Ls', forStr([1, 2, 'x'])), '1 2 x')
  assert.deepEqual(strPercent(strFromUtf16('\u{1f600}%s'), forStr(['x'])), strFromUtf16('\u{1f600}x'))
  assert.equal(strPercent('%s', forStr('x')), 'x')
  assert.equal(strPercent('%.0f|%.0f', forStr([new Float(0.5), new Float(1.5)])), '0|2')
  assert.equal(strPercent('%%', forStr([])), '%')
  assert.equal(strPercent('abc', forStr('', { a: 1 })), 'abc')
})

test('what is wrong with a format or its arguments is said as CPython does', () => {
  assert.throws(() => strPercent('%', forStr([])), { type: 'ValueError', message: 'incomplete format' })
  assert.throws(() => strPercent('%5', forStr([1])), { type: 'ValueError', message: 'incomplete format' })
  assert.throws(() => strPercent('%.', forStr([1])), { type: 'ValueError', message: 'incomplete format' })
  assert.throws(() => strPercent('%(a', forStr('', { a: 1 })), { type: 'ValueError', message: 'incomplete format key' })
  assert.throws(() => strPercent('%(a)', forStr('', { a: 1 })), { type: 'ValueError', message: 'incomplete format' })
  assert.throws(() => strPercent('%(a)s', forStr('x')), { type: 'TypeError', message: 'format requires a mapping' })
  assert.throws(() => strPercent('%s%s', forStr(['a'])), {
    type: 'TypeError',
    message: 'not enough arguments for format string',
  })
  assert.throws(() => strPercent('%s', forStr(['a', 'b'])), {
    type: 'TypeError',
    message: 'not all arguments converted during string formatting',
  })
  assert.throws(() => strPercent('abc', forStr(['a'])), {
    type: 'TypeError',
    message: 'not all arguments converted during string formatting',
  })
  assert.throws(() => strPercent('abc', forStr('a')), {
    type: 'TypeError',
    message: 'not all arguments converted during string formatting',
  })
  assert.throws(() => strPercent('%q', forStr([1])), {
    type: 'ValueError',
    message: "unsupported format character 'q' (0x71) at index 1",
  })
  assert.throws(() => strPercent('a%\xe9', forStr([1])), {
    type: 'ValueError',
    message: "unsupported format character '?' (0xe9) at index 2",
  })
  assert.throws(() => strPercent(strFromUtf16('%5\u{1f600}'), forStr([1])), {
    type: 'ValueError',
    message: "unsupported format character '?' (0x1f600) at index 2",
  })
  assert.throws(() => strPercent('%d', forStr(['x'])), {
    type: 'TypeError',
    message: '%d format: a real number is required, not str',
  })
  assert.throws(() => strPercent('%x', forStr(['x'])), {
    type: 'TypeError',
    message: '%x format: an integer is required, not str',
  })
  assert.throws(() => strPercent('%x', forStr([new Float(1.5)])), {
    type: 'TypeError',
    message: '%x format: an integer is required, not float',
  })
  assert.throws(() => strPercent('%i', forStr(['x'])), {
    type: 'TypeError',
    message: '%i format: a real number is required, not str',
  })
  assert.throws(() => strPercent('%c', forStr(['ab'])), { type: 'TypeError', message: '%c requires int or char' })
  assert.throws(() => strPercent('%c', forStr([-1])), {
    type: 'OverflowError',
    message: '%c arg not in range(0x110000)',
  })
  assert.throws(() => strPercent('%c', forStr([1114112])), {
    type: 'OverflowError',
    message: '%c arg not in range(0x110000)',
  })
  assert.throws(() => strPercent('%*d', forStr(['x', 1])), { type: 'TypeError', message: '* wants int' })
  assert.throws(() => strPercent('%.*d', forStr(['x', 1])), { type: 'TypeError', message: '* wants int' })
  assert.throws(() => strPercent('%99999999999999999999d', forStr([1])), {
    type: 'ValueError',
    message: 'width too big',
  })
  assert.throws(() => strPercent('%.99999999999d', forStr([1])), { type: 'ValueError', message: 'precision too big' })
  assert.throws(() => strPercent('%.2147483647d', forStr([1])), {
    type: 'OverflowError',
    message: 'precision too large',
  })
  assert.throws(() => strPercent('%*d', forStr([9223372036854775808n, 1])), {
    type: 'OverflowError',
    message: 'Python int too large to convert to C ssize_t',
  })
  assert.throws(() => strPercent('%.*d', forStr([2147483648, 1])), {
    type: 'OverflowError',
    message: 'Python int too large to convert to C int',
  })
  assert.throws(() => strPercent('%f', forStr(['x'])), { type: 'TypeError', message: 'must be real number, not str' })
  assert.throws(() => strPercent('%(a)s%s', forStr('', { a: 'x' })), {
    type: 'TypeError',
    message: 'not enough arguments for format string',
  })
  assert.throws(() => strPercent('%99999999999d', forStr([1])), { type: 'MemoryError' })
})

test('bytes are formatted', () => {
  assert.deepEqual(
    bytesPercent(bytes('%b|%s|%5b|%.1s'), forBytes([bytes('ab'), bytes('ab'), bytes('ab'), bytes('ab')])),
    bytes('ab|ab|   ab|a'),
  )
  assert.deepEqual(bytesPercent(bytes('%a %r'), forBytes([1, 2])), bytes('1 2'))
  assert.deepEqual(bytesPercent(bytes('%d|%05d|%#x|%X'), forBytes([-42, 7, 255, 255])), bytes('-42|00007|0xff|FF'))
  assert.deepEqual(
    bytesPercent(bytes('%.2f|%+e'), forBytes([new Float(1.5), new Float(1.5)])),
    bytes('1.50|+1.500000e+00'),
  )
  assert.deepEqual(bytesPercent(bytes('%c%c|%3c'), forBytes([65, bytes('b'), 99])), bytes('Ab|  c'))
  assert.deepEqual(bytesPercent(bytes('%(k)d'), forBytes('', { k: 1 })), bytes('1'))
  assert.deepEqual(bytesPercent(bytes('\xff%d\xfe'), forBytes([1])), bytes('\xff1\xfe'))
  assert.throws(() => bytesPercent(bytes('%q'), forBytes([1])), {
    type: 'ValueError',
    message: "unsupported format character 'q' (0x71) at index 1",
  })
  assert.throws(() => bytesPercent(bytes('%\x01'), forBytes([1])), {
    type: 'ValueError',
    message: "unsupported format character '\x01' (0x1) at index 1",
  })
  assert.throws(() => bytesPercent(bytes('%\xe9'), forBytes([1])), {
    type: 'OverflowError',
    message: 'character argument not in range(0x110000)',
  })
  assert.throws(() => bytesPercent(bytes('%5\xe9'), forBytes([1])), {
    type: 'ValueError',
    message: "unsupported format character '\xe9' (0xe9) at index 2",
  })
  assert.throws(() => bytesPercent(bytes('%zd'), forBytes([1])), {
    type: 'ValueError',
    message: "unsupported format character 'z' (0x7a) at index 1",
  })
  assert.throws(() => bytesPercent(bytes('%c'), forBytes([256])), {
    type: 'OverflowError',
    message: '%c arg not in range(256)',
  })
  assert.throws(() => bytesPercent(bytes('%c'), forBytes([bytes('ab')])), {
    type: 'TypeError',
    message: '%c requires an integer in range(256) or a single byte',
  })
  assert.throws(() => bytesPercent(bytes('%i'), forBytes(['x'])), {
    type: 'TypeError',
    message: '%d format: a real number is required, not str',
  })
  assert.throws(() => bytesPercent(bytes('%.99999999999d'), forBytes([1])), {
    type: 'ValueError',
    message: 'prec too big',
  })
  assert.throws(() => bytesPercent(bytes('x'), forBytes([1])), {
    type: 'TypeError',
    message: 'not all arguments converted during bytes formatting',
  })
  assert.throws(() => bytesPercent(bytes('%s'), forBytes([])), {
    type: 'TypeError',
    message: 'not enough arguments for format string',
  })
  assert.throws(() => bytesPercent(bytes('%'), forBytes([])), { type: 'ValueError', message: 'incomplete format' })
})
