import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countDigits, pow10, trailingZeros } from './number.ts'

test('digits are counted right on both sides of every power of ten', () => {
  assert.equal(countDigits(0n), 1)
  for (let n = 1; n < 1500; n++) {
    const power = 10n ** BigInt(n)
    assert.equal(countDigits(power - 1n), n)
    assert.equal(countDigits(power), n + 1)
    assert.equal(countDigits(power + 1n), n + 1)
    assert.equal(countDigits(power * 3n), n + 1)
  }
})

test('powers of ten are the same whether kept or made anew', () => {
  for (const n of [0, 1, 19, 1200, 1201, 5000, 5000]) assert.equal(pow10(n), 10n ** BigInt(n))
})

test('zeros at the end are counted up to a limit', () => {
  assert.equal(trailingZeros(1200n, 5), 2)
  assert.equal(trailingZeros(1200n, 1), 1)
  assert.equal(trailingZeros(1200n, -1), 0)
  assert.equal(trailingZeros(12n, 5), 0)
  assert.equal(trailingZeros(10n ** 50n, 10n ** 18n), 50)
})
