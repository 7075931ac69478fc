import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../../base/errors.ts'
import { Complex } from '../../base/values.ts'
import { complexAbs, complexAdd, complexMul, complexPow, complexSub, complexTrueDiv } from './complex_arith.ts'
import {
  compareFloatInt,
  floatDivmod,
  floatFloorDiv,
  floatMod,
  floatPow,
  floatTrueDiv,
  intToFloat,
  PyErrnoError,
} from './float_arith.ts'
import { combineComplexHash, hashFloat, hashTuple } from './hash.ts'

test('float arithmetic has the signs and errors of Python', () => {
  assert.deepEqual(floatMod(7.5, -2), -0.5)
  assert.deepEqual(floatFloorDiv(7.5, -2), -4)
  assert.deepEqual(floatDivmod(7.5, -2), [-4, -0.5])
  assert.deepEqual(floatTrueDiv(7.5, -2), -3.75)
  assert.deepEqual(floatMod(-7.5, 2), 0.5)
  assert.deepEqual(floatFloorDiv(-7.5, 2), -4)
  assert.deepEqual(floatDivmod(-7.5, 2), [-4, 0.5])
  assert.deepEqual(floatTrueDiv(-7.5, 2), -3.75)
  assert.deepEqual(floatMod(-0, 3), 0)
  assert.deepEqual(floatFloorDiv(-0, 3), -0)
  assert.deepEqual(floatDivmod(-0, 3), [-0, 0])
  assert.deepEqual(floatTrueDiv(-0, 3), -0)
  assert.deepEqual(floatMod(5, -Infinity), -Infinity)
  assert.deepEqual(floatFloorDiv(5, -Infinity), -1)
  assert.deepEqual(floatDivmod(5, -Infinity), [-1, -Infinity])
  assert.deepEqual(floatTrueDiv(5, -Infinity), -0)
  assert.deepEqual(floatMod(1e308, 1e-308), 3.498445546245627e-309)
  assert.deepEqual(floatFloorDiv(1e308, 1e-308), Infinity)
  assert.deepEqual(floatDivmod(1e308, 1e-308), [Infinity, 3.498445546245627e-309])
  assert.deepEqual(floatTrueDiv(1e308, 1e-308), Infinity)
  assert.deepEqual(floatMod(0, -1), -0)
  assert.deepEqual(floatFloorDiv(0, -1), -0)
  assert.deepEqual(floatDivmod(0, -1), [-0, -0])
  assert.deepEqual(floatTrueDiv(0, -1), -0)
  assert.throws(() => floatMod(1, 0), new PyError('ZeroDivisionError', 'float modulo'))
  assert.throws(() => floatFloorDiv(1, 0), new PyError('ZeroDivisionError', 'float floor division by zero'))
  assert.throws(() => floatDivmod(1, 0), new PyError('ZeroDivisionError', 'float divmod()'))
  assert.throws(() => floatTrueDiv(1, 0), new PyError('ZeroDivisionError', 'float division by zero'))
  assert.deepEqual(floatMod(-1, 0.1), 5.551115123125783e-17)
  assert.deepEqual(floatFloorDiv(-1, 0.1), -10)
  assert.deepEqual(floatDivmod(-1, 0.1), [-10, 5.551115123125783e-17])
  assert.deepEqual(floatTrueDiv(-1, 0.1), -10)
  assert.deepEqual(floatPow(9, 0.5), 3)
  assert.deepEqual(floatPow(-2, 3), -8)
  assert.deepEqual(floatPow(-2, -1074), 5e-324)
  assert.throws(() => floatPow(0, -1), new PyError('ZeroDivisionError', '0.0 cannot be raised to a negative power'))
  assert.deepEqual(floatPow(-0, 3), -0)
  assert.deepEqual(floatPow(-Infinity, -3), -0)
  assert.deepEqual(floatPow(0.5, -Infinity), Infinity)
  assert.throws(() => floatPow(2, 5000), new PyErrnoError('OverflowError', 34, 'Numerical result out of range'))
  assert.deepEqual(floatPow(-1, 1e300), 1)
  assert.deepEqual(floatPow(10, -5), 1e-5)
  assert.equal(floatPow(-2, 0.5), null)
  assert.deepEqual(intToFloat(9007199254740993n), 9007199254740992)
  assert.deepEqual(intToFloat(18446744073709551615n), 1.8446744073709552e19)
  assert.throws(
    () =>
      intToFloat(
        10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000n,
      ),
    new PyError('OverflowError', 'int too large to convert to float'),
  )
  assert.throws(
    () =>
      intToFloat(
        -1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000n,
      ),
    new PyError('OverflowError', 'int too large to convert to float'),
  )
  assert.deepEqual(compareFloatInt(9007199254740992, 9007199254740993n), -1)
  assert.deepEqual(
    compareFloatInt(
      1e300,
      1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000n,
    ),
    1,
  )
  assert.deepEqual(
    compareFloatInt(
      Infinity,
      10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000n,
    ),
    1,
  )
  assert.deepEqual(compareFloatInt(Number.NaN, 1), Number.NaN)
  assert.deepEqual(compareFloatInt(0.5, 0), 1)
})

test('complex arithmetic', () => {
  assert.deepEqual(complexAdd(new Complex(1, 2), new Complex(3, -4)), new Complex(4, -2))
  assert.deepEqual(complexAdd(new Complex(0, 2), new Complex(0.5, 0)), new Complex(0.5, 2))
  assert.deepEqual(complexAdd(new Complex(1e308, 1e308), new Complex(2, 2)), new Complex(1e308, 1e308))
  assert.deepEqual(complexAdd(new Complex(0, 0), new Complex(-1, 0)), new Complex(-1, 0))
  assert.deepEqual(complexSub(new Complex(1, 2), new Complex(3, -4)), new Complex(-2, 6))
  assert.deepEqual(complexSub(new Complex(0, 2), new Complex(0.5, 0)), new Complex(-0.5, 2))
  assert.deepEqual(complexSub(new Complex(1e308, 1e308), new Complex(2, 2)), new Complex(1e308, 1e308))
  assert.deepEqual(complexSub(new Complex(0, 0), new Complex(-1, 0)), new Complex(1, 0))
  assert.deepEqual(complexMul(new Complex(1, 2), new Complex(3, -4)), new Complex(11, 2))
  assert.deepEqual(complexMul(new Complex(0, 2), new Complex(0.5, 0)), new Complex(0, 1))
  assert.deepEqual(complexMul(new Complex(1e308, 1e308), new Complex(2, 2)), new Complex(Number.NaN, Infinity))
  assert.deepEqual(complexMul(new Complex(0, 0), new Complex(-1, 0)), new Complex(-0, 0))
  assert.deepEqual(complexTrueDiv(new Complex(1, 2), new Complex(3, -4)), new Complex(-0.2, 0.4))
  assert.deepEqual(complexTrueDiv(new Complex(0, 2), new Complex(0.5, 0)), new Complex(0, 4))
  assert.deepEqual(complexTrueDiv(new Complex(1e308, 1e308), new Complex(2, 2)), new Complex(Infinity, 0))
  assert.deepEqual(complexTrueDiv(new Complex(0, 0), new Complex(-1, 0)), new Complex(-0, -0))
  assert.deepEqual(complexPow(new Complex(1, 2), new Complex(3, -4)), new Complex(932.1391946432212, 95.9465336603415))
  assert.deepEqual(complexPow(new Complex(0, 2), new Complex(0.5, 0)), new Complex(1.0000000000000002, 1))
  assert.throws(
    () => complexPow(new Complex(1e308, 1e308), new Complex(2, 2)),
    new PyError('OverflowError', 'complex exponentiation'),
  )
  assert.throws(
    () => complexPow(new Complex(0, 0), new Complex(-1, 0)),
    new PyError('ZeroDivisionError', '0.0 to a negative or complex power'),
  )
  assert.throws(
    () => complexPow(new Complex(10, 1), new Complex(5000, 0)),
    new PyError('OverflowError', 'complex exponentiation'),
  )
  assert.deepEqual(complexAbs(new Complex(3, 4)), 5)
  assert.deepEqual(complexAbs(new Complex(Infinity, Number.NaN)), Infinity)
  assert.deepEqual(complexAbs(new Complex(1, Number.NaN)), Number.NaN)
  assert.throws(() => complexAbs(new Complex(1e308, 1.7e308)), new PyError('OverflowError', 'absolute value too large'))
})

test('hashes are those of CPython', () => {
  assert.deepEqual(hashFloat(0), 0)
  assert.deepEqual(hashFloat(-0), 0)
  assert.deepEqual(hashFloat(1), 1)
  assert.deepEqual(hashFloat(-1), -2)
  assert.deepEqual(hashFloat(0.5), 1152921504606846976n)
  assert.deepEqual(hashFloat(1.5), 1152921504606846977n)
  assert.deepEqual(hashFloat(1e300), 1224995262755759164n)
  assert.deepEqual(hashFloat(-1e-300), -482449582752280463n)
  assert.deepEqual(hashFloat(5e-324), 16777216)
  assert.deepEqual(hashFloat(Infinity), 314159)
  assert.deepEqual(hashFloat(-Infinity), -314159)
  assert.deepEqual(hashFloat(2.305843009213694e18), 1)
  assert.deepEqual(hashFloat(1.152921504606847e18), 1152921504606846976n)
  assert.deepEqual(hashFloat(2.5), 1152921504606846978n)
  assert.equal(combineComplexHash(1, 2), 2000007)
  assert.equal(combineComplexHash(1152921504606846976n, -1152921504606846977n), -2305843009214693955n)
  assert.equal(combineComplexHash(-2, 0), -2)
  assert.equal(combineComplexHash(0, 1), 1000003)
  assert.deepEqual(hashTuple([]), 5740354900026072187n)
  assert.deepEqual(hashTuple([0]), -8753497827991233192n)
  assert.deepEqual(hashTuple([1, 2, 3]), 529344067295497451n)
  assert.deepEqual(hashTuple([-2, 1099511627776, -5]), -6507443472005233803n)
  assert.deepEqual(hashTuple([1152921504606846976n, -1152921504606846976n]), -4978703478475969215n)
  assert.deepEqual(hashTuple([230584300921369408n, 230584300921369408n, 230584300921369408n]), -594625289549361432n)
})
