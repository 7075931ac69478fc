import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Complex, Float } from '../base/values.ts'
import { parseNumber, tooManyDigits } from './numbers.ts'

describe('parseNumber', () => {
  it('gives ints as numbers while they are safe and as bigints beyond', () => {
    assert.equal(parseNumber('0'), 0)
    assert.equal(parseNumber('0_0'), 0)
    assert.equal(parseNumber('0'.repeat(20)), 0)
    assert.equal(parseNumber('1_000'), 1000)
    assert.equal(parseNumber('9007199254740991'), 9007199254740991)
    assert.equal(parseNumber('9007199254740992'), 9007199254740992n)
    assert.equal(parseNumber('0x1F_FFFF_FFFF_FFFF'), 9007199254740991)
    assert.equal(parseNumber('0X20000000000000'), 9007199254740992n)
    assert.equal(parseNumber('0B101'), 5)
    assert.equal(parseNumber('0o777777777777777777777'), 0o777777777777777777777n)
  })

  it('gives floats and imaginary numbers', () => {
    assert.deepEqual(parseNumber('1.'), new Float(1))
    assert.deepEqual(parseNumber('.5e-1'), new Float(0.05))
    assert.deepEqual(parseNumber('0_7.5'), new Float(7.5))
    assert.deepEqual(parseNumber('1e999'), new Float(Number.POSITIVE_INFINITY))
    assert.deepEqual(parseNumber('010j'), new Complex(0, 10))
    assert.deepEqual(parseNumber('1_0.5E1J'), new Complex(0, 105))
  })

  it('refuses decimal ints of more than 4300 digits only', () => {
    assert.equal(parseNumber('1' + '0'.repeat(4299)), 10n ** 4299n)
    assert.equal(parseNumber('1' + '0'.repeat(4300)), null)
    assert.equal(parseNumber('0x1' + '0'.repeat(5000)), 16n ** 5000n)
    assert.match(tooManyDigits('1_' + '0'.repeat(4300)), /value has 4301 digits;/)
  })
})
