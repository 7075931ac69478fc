import assert from 'node:assert/strict'
import { test } from 'node:test'
import { intFromLiteral, intLimitMessage, intRepr } from './int_text.ts'

test('int literals take their one form', () => {
  const expected: [string, number | bigint][] = [
    ['0', 0],
    ['00_0', 0],
    ['1_000', 1000],
    ['0x_ff', 255],
    ['0XFF', 255],
    ['0o17', 15],
    ['0b1_01', 5],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['0x1fffffffffffff', 9007199254740991],
    ['0xffffffffffffffffffffffff', 0xffffffffffffffffffffffffn],
    [`0b${'1'.repeat(60)}`, (1n << 60n) - 1n],
  ]
  for (const [text, value] of expected) assert.equal(intFromLiteral(text), value, text)
})

test('decimal literals have at most 4300 digits, others any number', () => {
  assert.equal(intFromLiteral('1'.repeat(4301)), null)
  assert.equal(intFromLiteral('0'.repeat(5000)), 0)
  assert.equal(typeof intFromLiteral('9'.repeat(4300)), 'bigint')
  assert.equal(intFromLiteral(`0x${'f'.repeat(100000)}`), (1n << 400000n) - 1n)
  assert.equal(
    intLimitMessage(`1_${'1'.repeat(4999)}`),
    'Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; use ' +
      'sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid ' +
      'decimal conversion limits.',
  )
})

test('repr of ints stops at the same length', () => {
  assert.equal(intRepr(-5), '-5')
  assert.equal(intRepr(-(10n ** 20n)), '-100000000000000000000')
  assert.equal(intRepr(10n ** 4300n - 1n).length, 4300)
  for (const value of [10n ** 4300n, -(10n ** 4300n), 1n << 100000n]) {
    assert.throws(() => intRepr(value), {
      name: 'ValueError',
      message: /^Exceeds the limit \(4300 digits\) for integer/,
    })
  }
})
