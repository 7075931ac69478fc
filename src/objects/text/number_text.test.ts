import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Complex, strFromUtf16 } from '../../base/values.ts'
import { complexFromStr, floatFromBytesText, floatFromStr, intFromBytesText, intFromStr } from './number_text.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

test('ints', () => {
  assert.equal(intFromStr('0', 10), 0)
  assert.equal(intFromStr(' -12_3\n', 10), -123)
  assert.equal(intFromStr('\u0663\u0664', 10), 34)
  assert.equal(intFromStr(strFromUtf16('\u2003\u{1d7d9}'), 10), 1)
  assert.equal(intFromStr('0x_ff', 0), 255)
  assert.equal(intFromStr('0b101', 2), 5)
  assert.equal(intFromStr('0B101', 0), 5)
  assert.equal(intFromStr('0o17', 0), 15)
  assert.equal(intFromStr('00_0', 0), 0)
  assert.equal(intFromStr('zz', 36), 1295)
  assert.equal(intFromStr('0b1', 16), 177)
  assert.equal(intFromStr('777777777777777777777777777777', 8), 1237940039285380274899124223n)
  assert.equal(intFromStr('ffffffffffffffffffff', 16), 1208925819614629174706175n)
  assert.equal(
    intFromStr('zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz', 36),
    178689910246017054531432477289437798228285773001601743140683775n,
  )
  assert.equal(intFromStr('1111111111111111', 2), 65535)
  assert.equal(intFromStr('9007199254740993', 10), 9007199254740993n)
  assert.equal(intFromStr('-9007199254740991', 10), -9007199254740991)
  assert.equal(intFromStr('-0', 10), 0)
  assert.equal(intFromStr('+5', 7), 5)
  assert.throws(() => intFromStr('', 10), { type: 'ValueError', message: "invalid literal for int() with base 10: ''" })
  assert.throws(() => intFromStr('_1', 10), {
    type: 'ValueError',
    message: "invalid literal for int() with base 10: '_1'",
  })
  assert.throws(() => intFromStr('1_', 10), {
    type: 'ValueError',
    message: "invalid literal for int() with base 10: '1_'",
  })
  assert.throws(() => intFromStr('1__2', 10), {
    type: 'ValueError',
    message: "invalid literal for int() with base 10: '1__2'",
  })
  assert.throws(() => intFromStr('0x', 0), {
    type: 'ValueError',
    message: "invalid literal for int() with base 0: '0x'",
  })
  assert.throws(() => intFromStr('012', 0), {
    type: 'ValueError',
    message: "invalid literal for int() with base 0: '012'",
  })
  assert.throws(() => intFromStr('2', 2), { type: 'ValueError', message: "invalid literal for int() with base 2: '2'" })
  assert.throws(() => intFromStr('1 2', 10), {
    type: 'ValueError',
    message: "invalid literal for int() with base 10: '1 2'",
  })
  assert.throws(() => intFromStr('- 1', 10), {
    type: 'ValueError',
    message: "invalid literal for int() with base 10: '- 1'",
  })
  assert.throws(() => intFromStr('\x1c1', 10), {
    type: 'ValueError',
    message: "invalid literal for int() with base 10: '\\x1c1'",
  })
  assert.throws(() => intFromStr('1\x00', 10), {
    type: 'ValueError',
    message: "invalid literal for int() with base 10: '1\\x00'",
  })
  assert.throws(
    () =>
      intFromStr(
        '\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9',
        10,
      ),
    {
      type: 'ValueError',
      message:
        "invalid literal for int() with base 10: '\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9",
    },
  )
  assert.throws(() => intFromStr(strFromUtf16('\u{1f600}'), 16), {
    type: 'ValueError',
    message: "invalid literal for int() with base 16: '\u{1f600}'",
  })
  assert.throws(() => intFromStr('1', 1), { type: 'ValueError', message: 'int() base must be >= 2 and <= 36, or 0' })
  assert.throws(() => intFromStr('1', 37), { type: 'ValueError', message: 'int() base must be >= 2 and <= 36, or 0' })
  assert.throws(() => intFromStr('0x1', 10), {
    type: 'ValueError',
    message: "invalid literal for int() with base 10: '0x1'",
  })
  assert.throws(() => intFromStr('0b2', 0), {
    type: 'ValueError',
    message: "invalid literal for int() with base 0: '0b2'",
  })
  assert.equal(intFromBytesText(bytes(' 12 '), 10), 12)
  assert.equal(intFromBytesText(bytes('0xff'), 16), 255)
  assert.throws(() => intFromBytesText(bytes('\xff'), 10), {
    type: 'ValueError',
    message: "invalid literal for int() with base 10: b'\\xff'",
  })
  assert.throws(() => intFromBytesText(bytes(''), 0), {
    type: 'ValueError',
    message: "invalid literal for int() with base 0: b''",
  })
  assert.throws(() => intFromStr('1'.repeat(4301)), {
    type: 'ValueError',
    message:
      'Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit',
  })
  assert.equal(String(intFromStr('1'.repeat(5000), 10, 0)).length, 5000)
  assert.throws(() => intFromStr('1_23x', 10, 2), { message: /value has 3 digits/ })
  assert.equal(intFromStr('0'.repeat(5000), 16), 0)
})

test('floats', () => {
  assert.equal(floatFromStr('1.5'), 1.5)
  assert.equal(floatFromStr('  -1_0.5e-3\t'), -0.0105)
  assert.equal(floatFromStr('.5'), 0.5)
  assert.equal(floatFromStr('5.'), 5)
  assert.equal(floatFromStr('1e400'), Number.POSITIVE_INFINITY)
  assert.equal(floatFromStr('-INF'), Number.NEGATIVE_INFINITY)
  assert.equal(floatFromStr('nan'), Number.NaN)
  assert.equal(floatFromStr('+infinity'), Number.POSITIVE_INFINITY)
  assert.equal(floatFromStr('\u0661.\u0665'), 1.5)
  assert.equal(floatFromStr('1e5_0'), 1e50)
  assert.throws(() => floatFromStr(''), { type: 'ValueError', message: "could not convert string to float: ''" })
  assert.throws(() => floatFromStr('.'), { type: 'ValueError', message: "could not convert string to float: '.'" })
  assert.throws(() => floatFromStr('1_'), { type: 'ValueError', message: "could not convert string to float: '1_'" })
  assert.throws(() => floatFromStr('_1'), { type: 'ValueError', message: "could not convert string to float: '_1'" })
  assert.throws(() => floatFromStr('1._5'), {
    type: 'ValueError',
    message: "could not convert string to float: '1._5'",
  })
  assert.throws(() => floatFromStr('1e'), { type: 'ValueError', message: "could not convert string to float: '1e'" })
  assert.throws(() => floatFromStr('infin'), {
    type: 'ValueError',
    message: "could not convert string to float: 'infin'",
  })
  assert.throws(() => floatFromStr('0x1'), { type: 'ValueError', message: "could not convert string to float: '0x1'" })
  assert.throws(() => floatFromStr('1 2'), { type: 'ValueError', message: "could not convert string to float: '1 2'" })
  assert.throws(() => floatFromStr('\x1c1'), {
    type: 'ValueError',
    message: "could not convert string to float: '\\x1c1'",
  })
  assert.throws(() => floatFromStr("it's"), {
    type: 'ValueError',
    message: 'could not convert string to float: "it\'s"',
  })
  assert.throws(() => floatFromStr(strFromUtf16('\u{1f600}')), {
    type: 'ValueError',
    message: "could not convert string to float: '\u{1f600}'",
  })
  assert.throws(() => floatFromStr('1e_5'), {
    type: 'ValueError',
    message: "could not convert string to float: '1e_5'",
  })
  assert.equal(
    floatFromBytesText(bytes(' 2.5 '), () => ''),
    2.5,
  )
  assert.throws(() => floatFromBytesText(bytes('x'), () => "bytearray(b'x')"), {
    type: 'ValueError',
    message: "could not convert string to float: bytearray(b'x')",
  })
})

test('complex numbers', () => {
  assert.deepEqual(complexFromStr('1'), new Complex(1, 0))
  assert.deepEqual(complexFromStr('2j'), new Complex(0, 2))
  assert.deepEqual(complexFromStr('j'), new Complex(0, 1))
  assert.deepEqual(complexFromStr('-j'), new Complex(0, -1))
  assert.deepEqual(complexFromStr('1+2j'), new Complex(1, 2))
  assert.deepEqual(complexFromStr(' ( 1.5-2.5J ) '), new Complex(1.5, -2.5))
  assert.deepEqual(complexFromStr('1e5+1e-5j'), new Complex(100000, 1e-5))
  assert.deepEqual(complexFromStr('inf-nanj'), new Complex(Number.POSITIVE_INFINITY, Number.NaN))
  assert.deepEqual(complexFromStr('1_0+1_0j'), new Complex(10, 10))
  assert.deepEqual(complexFromStr('\u0661j'), new Complex(0, 1))
  assert.deepEqual(complexFromStr('-infj'), new Complex(0, Number.NEGATIVE_INFINITY))
  assert.deepEqual(complexFromStr('.5-j'), new Complex(0.5, -1))
  assert.throws(() => complexFromStr(''), { type: 'ValueError', message: 'complex() arg is a malformed string' })
  assert.throws(() => complexFromStr('1+'), { type: 'ValueError', message: 'complex() arg is a malformed string' })
  assert.throws(() => complexFromStr('1 + 2j'), { type: 'ValueError', message: 'complex() arg is a malformed string' })
  assert.throws(() => complexFromStr('(1'), { type: 'ValueError', message: 'complex() arg is a malformed string' })
  assert.throws(() => complexFromStr('1j+2'), { type: 'ValueError', message: 'complex() arg is a malformed string' })
  assert.throws(() => complexFromStr('1__0'), {
    type: 'ValueError',
    message: "could not convert string to complex: '1__0'",
  })
  assert.throws(() => complexFromStr('1_'), {
    type: 'ValueError',
    message: "could not convert string to complex: '1_'",
  })
  assert.throws(() => complexFromStr('jj'), { type: 'ValueError', message: 'complex() arg is a malformed string' })
  assert.throws(() => complexFromStr('1+2'), { type: 'ValueError', message: 'complex() arg is a malformed string' })
  assert.throws(() => complexFromStr('()'), { type: 'ValueError', message: 'complex() arg is a malformed string' })
  assert.throws(() => complexFromStr(strFromUtf16('\u{1f600}')), {
    type: 'ValueError',
    message: 'complex() arg is a malformed string',
  })
})
