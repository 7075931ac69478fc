import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import {
  floatFromHex,
  floatHex,
  floatIntegerRatio,
  floatToInt,
  roundFloat,
  roundFloatToInt,
} from './float_conversions.ts'

test('hexadecimal text of floats', () => {
  assert.equal(floatHex(0), '0x0.0p+0')
  assert.equal(floatHex(-0), '-0x0.0p+0')
  assert.equal(floatHex(1), '0x1.0000000000000p+0')
  assert.equal(floatHex(-1.5), '-0x1.8000000000000p+0')
  assert.equal(floatHex(0.1), '0x1.999999999999ap-4')
  assert.equal(floatHex(5e-324), '0x0.0000000000001p-1022')
  assert.equal(floatHex(2.2250738585072014e-308), '0x1.0000000000000p-1022')
  assert.equal(floatHex(1.7976931348623157e308), '0x1.fffffffffffffp+1023')
  assert.equal(floatHex(Number.POSITIVE_INFINITY), 'inf')
  assert.equal(floatHex(Number.NaN), 'nan')
  assert.equal(floatFromHex('0x1.8p3'), 12)
  assert.equal(floatFromHex('  -0X.8\t'), -0.5)
  assert.equal(floatFromHex('1.'), 1)
  assert.equal(floatFromHex('abc'), 2748)
  assert.equal(floatFromHex('0x1.fffffffffffff7p1023'), 1.7976931348623157e308)
  assert.equal(floatFromHex('0x1p-1075'), 0)
  assert.equal(floatFromHex('0x1.8p-1075'), 5e-324)
  assert.equal(floatFromHex('0x3p-1075'), 1e-323)
  assert.equal(floatFromHex('infinity'), Number.POSITIVE_INFINITY)
  assert.equal(floatFromHex('-INF'), Number.NEGATIVE_INFINITY)
  assert.equal(floatFromHex('nan'), Number.NaN)
  assert.equal(floatFromHex('0p99999999999999999999'), 0)
  assert.equal(floatFromHex('1p-99999999999999999999'), 0)
  assert.equal(floatFromHex('0x1.000000000000080000000001p0'), 1.0000000000000002)
  assert.equal(floatFromHex('-0'), -0)
  assert.throws(() => floatFromHex(''), { type: 'ValueError', message: 'invalid hexadecimal floating-point string' })
  assert.throws(() => floatFromHex('0x'), { type: 'ValueError', message: 'invalid hexadecimal floating-point string' })
  assert.throws(() => floatFromHex('.'), { type: 'ValueError', message: 'invalid hexadecimal floating-point string' })
  assert.throws(() => floatFromHex('p3'), { type: 'ValueError', message: 'invalid hexadecimal floating-point string' })
  assert.throws(() => floatFromHex('1p'), { type: 'ValueError', message: 'invalid hexadecimal floating-point string' })
  assert.throws(() => floatFromHex('1p+'), { type: 'ValueError', message: 'invalid hexadecimal floating-point string' })
  assert.throws(() => floatFromHex('0x1 2'), {
    type: 'ValueError',
    message: 'invalid hexadecimal floating-point string',
  })
  assert.throws(() => floatFromHex('0x1p1024'), {
    type: 'OverflowError',
    message: 'hexadecimal value too large to represent as a float',
  })
  assert.throws(() => floatFromHex('0x1.fffffffffffff8p1023x'), {
    type: 'OverflowError',
    message: 'hexadecimal value too large to represent as a float',
  })
  assert.throws(() => floatFromHex('infin'), {
    type: 'ValueError',
    message: 'invalid hexadecimal floating-point string',
  })
  assert.throws(() => floatFromHex('\xe9'), {
    type: 'ValueError',
    message: 'invalid hexadecimal floating-point string',
  })
  assert.throws(() => floatFromHex('1_0'), { type: 'ValueError', message: 'invalid hexadecimal floating-point string' })
  assert.throws(() => floatFromHex('1p99999999999999999999'), {
    type: 'OverflowError',
    message: 'hexadecimal value too large to represent as a float',
  })
  assert.throws(() => floatFromHex(strFromUtf16('\u{1f600}')), {
    type: 'ValueError',
    message: 'invalid hexadecimal floating-point string',
  })
})

test('floats as fractions and ints', () => {
  assert.deepEqual(floatIntegerRatio(0), [0, 1])
  assert.equal(floatToInt(0), 0)
  assert.deepEqual(floatIntegerRatio(-0), [0, 1])
  assert.equal(floatToInt(-0), 0)
  assert.deepEqual(floatIntegerRatio(1.5), [3, 2])
  assert.equal(floatToInt(1.5), 1)
  assert.deepEqual(floatIntegerRatio(0.1), [3602879701896397, 36028797018963968n])
  assert.equal(floatToInt(0.1), 0)
  assert.deepEqual(floatIntegerRatio(-1.1805916207174113e21), [-1180591620717411303424n, 1])
  assert.equal(floatToInt(-1.1805916207174113e21), -1180591620717411303424n)
  assert.deepEqual(floatIntegerRatio(5e-324), [
    1,
    202402253307310618352495346718917307049556649764142118356901358027430339567995346891960383701437124495187077864316811911389808737385793476867013399940738509921517424276566361364466907742093216341239767678472745068562007483424692698618103355649159556340810056512358769552333414615230502532186327508646006263307707741093494784n,
  ])
  assert.equal(floatToInt(5e-324), 0)
  assert.deepEqual(floatIntegerRatio(1e22), [10000000000000000000000n, 1])
  assert.equal(floatToInt(1e22), 10000000000000000000000n)
  assert.throws(() => floatIntegerRatio(Number.POSITIVE_INFINITY), {
    type: 'OverflowError',
    message: 'cannot convert Infinity to integer ratio',
  })
  assert.throws(() => floatToInt(Number.POSITIVE_INFINITY), {
    type: 'OverflowError',
    message: 'cannot convert float infinity to integer',
  })
  assert.throws(() => floatIntegerRatio(Number.NEGATIVE_INFINITY), {
    type: 'OverflowError',
    message: 'cannot convert Infinity to integer ratio',
  })
  assert.throws(() => floatToInt(Number.NEGATIVE_INFINITY), {
    type: 'OverflowError',
    message: 'cannot convert float infinity to integer',
  })
  assert.throws(() => floatIntegerRatio(Number.NaN), {
    type: 'ValueError',
    message: 'cannot convert NaN to integer ratio',
  })
  assert.throws(() => floatToInt(Number.NaN), { type: 'ValueError', message: 'cannot convert float NaN to integer' })
})

test('rounding goes to even', () => {
  assert.equal(roundFloatToInt(0.5), 0)
  assert.equal(roundFloatToInt(1.5), 2)
  assert.equal(roundFloatToInt(2.5), 2)
  assert.equal(roundFloatToInt(-0.5), 0)
  assert.equal(roundFloatToInt(-2.5), -2)
  assert.equal(roundFloatToInt(2.675), 3)
  assert.equal(roundFloatToInt(1e22), 10000000000000000000000n)
  assert.equal(roundFloatToInt(0.49999999999999994), 0)
  assert.equal(roundFloatToInt(4503599627370498), 4503599627370498)
  assert.equal(roundFloatToInt(-0), 0)
  assert.equal(roundFloat(2.675, 2), 2.67)
  assert.equal(roundFloat(0.5, 0), 0)
  assert.equal(roundFloat(1.5, 0), 2)
  assert.equal(roundFloat(-2.5, 0), -2)
  assert.equal(roundFloat(25, -1), 20)
  assert.equal(roundFloat(35, -1), 40)
  assert.equal(roundFloat(1.25, 1), 1.2)
  assert.equal(roundFloat(1.35, 1), 1.4)
  assert.equal(roundFloat(1e22, -21), 1e22)
  assert.equal(roundFloat(123.456, -2), 100)
  assert.equal(roundFloat(5e-324, 323), 0)
  assert.equal(roundFloat(5e-324, 400), 5e-324)
  assert.equal(roundFloat(-10000000000, -400), -0)
  assert.equal(roundFloat(1, 50), 1)
  assert.equal(roundFloat(Number.POSITIVE_INFINITY, 2), Number.POSITIVE_INFINITY)
  assert.equal(roundFloat(-0, 3), -0)
  assert.equal(roundFloat(-0.4, 0), -0)
  assert.throws(() => roundFloat(1.7e308, -308), {
    type: 'OverflowError',
    message: 'rounded value too large to represent',
  })
  assert.throws(() => roundFloatToInt(Number.NaN), {
    type: 'ValueError',
    message: 'cannot convert float NaN to integer',
  })
})
