import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../../base/errors.ts'
import { erf, erfc } from './elementary.ts'
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cbrt,
  cos,
  cosh,
  dist,
  exp,
  exp2,
  expm1,
  hypot,
  log,
  log1p,
  log2,
  log10,
  logWithBase,
  pow,
  sin,
  sinh,
  sqrt,
  tan,
  tanh,
} from './functions.ts'
import { gamma, lgamma } from './gamma.ts'
import {
  copysign,
  degrees,
  fmod,
  frexp,
  fsum,
  isclose,
  ldexp,
  modf,
  nextafter,
  radians,
  remainder,
  ulp,
} from './representation.ts'

test('functions give what CPython gives, and its errors', () => {
  assert.deepEqual(acos(0.5), 1.0471975511965979)
  assert.deepEqual(acos(-1), Math.PI)
  assert.throws(() => acos(2), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(acosh(1.5), 0.9624236501192069)
  assert.throws(() => acosh(0.5), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(acosh(Infinity), Infinity)
  assert.deepEqual(asin(0.25), 0.25268025514207865)
  assert.throws(() => asin(1.5), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(asinh(1e-5), 9.999999999833334e-6)
  assert.deepEqual(asinh(-30), -4.09462222433053)
  assert.deepEqual(atan(2), 1.1071487177940904)
  assert.deepEqual(atan(-Infinity), -1.5707963267948966)
  assert.deepEqual(atanh(0.5), 0.5493061443340548)
  assert.throws(() => atanh(1), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(cos(1), 0.5403023058681398)
  assert.deepEqual(cos(10000000000), 0.873119622676856)
  assert.throws(() => cos(Infinity), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(cosh(0.25), 1.0314130998795732)
  assert.deepEqual(cosh(30), 5343237290762.231)
  assert.throws(() => cosh(711), new PyError('OverflowError', 'math range error'))
  assert.deepEqual(exp(1), Math.E)
  assert.deepEqual(exp(-745.2), 0)
  assert.throws(() => exp(710), new PyError('OverflowError', 'math range error'))
  assert.deepEqual(exp(-Infinity), 0)
  assert.deepEqual(exp2(10.5), 1448.1546878700494)
  assert.throws(() => exp2(2000), new PyError('OverflowError', 'math range error'))
  assert.deepEqual(expm1(1e-10), 1.00000000005e-10)
  assert.throws(() => expm1(710), new PyError('OverflowError', 'math range error'))
  assert.deepEqual(log1p(1e-10), 9.999999999500001e-11)
  assert.throws(() => log1p(-1), new PyError('ValueError', 'math domain error'))
  assert.throws(() => log1p(-2), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(sin(1e-320), 1e-320)
  assert.deepEqual(sin(3), 0.1411200080598672)
  assert.throws(() => sin(-Infinity), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(sinh(0.1), 0.10016675001984403)
  assert.deepEqual(sinh(-25), -36002449668.69294)
  assert.throws(() => sinh(-800), new PyError('OverflowError', 'math range error'))
  assert.deepEqual(sqrt(2.25), 1.5)
  assert.throws(() => sqrt(-1), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(sqrt(Number.NaN), Number.NaN)
  assert.deepEqual(tan(1.5), 14.101419947171719)
  assert.throws(() => tan(Infinity), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(tanh(0.3), 0.2913126124515909)
  assert.deepEqual(tanh(-Infinity), -1)
  assert.deepEqual(log(3), 1.0986122886681098)
  assert.throws(() => log(0), new PyError('ValueError', 'math domain error'))
  assert.throws(() => log(-1), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(
    log(
      10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000n,
    ),
    921.0340371976182,
  )
  assert.deepEqual(log(Infinity), Infinity)
  assert.deepEqual(log2(8), 3)
  assert.deepEqual(log2(3), 1.584962500721156)
  assert.deepEqual(
    log2(
      114813069527425452423283320117768198402231770208869520047764273682576626139237031385665948631650626991844596463898746277344711896086305533142593135616665318539129989145312280000688779148240044871428926990063486244781615463646388363947317026040466353970904996558162398808944629605623311649536164221970332681344168908984458505602379484807914058900934776500429002716706625830522008132236281291761267883317206598995396418127021779858404042159853183251540889433902091920554957783589672039160081957216630582755380425583726015528348786419432054508915275783882625175435528800822842770817965453762184851149029376n,
    ),
    2000,
  )
  assert.throws(() => log2(-1180591620717411303424n), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(log10(1000), 3)
  assert.deepEqual(log10(0.2), -0.6989700043360187)
  assert.deepEqual(
    log10(
      100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000n,
    ),
    500,
  )
  assert.deepEqual(gamma(0.5), 1.7724538509055159)
  assert.deepEqual(gamma(5), 24)
  assert.deepEqual(gamma(-1.5), 2.3632718012073544)
  assert.throws(() => gamma(171.7), new PyError('OverflowError', 'math range error'))
  assert.throws(() => gamma(0), new PyError('ValueError', 'math domain error'))
  assert.throws(() => gamma(-3), new PyError('ValueError', 'math domain error'))
  assert.throws(() => gamma(1e-309), new PyError('OverflowError', 'math range error'))
  assert.deepEqual(gamma(-200.5), -0)
  assert.deepEqual(lgamma(0.5), 0.5723649429247004)
  assert.deepEqual(lgamma(100.25), 360.2845596377643)
  assert.deepEqual(lgamma(-2.5), -0.05624371649767457)
  assert.throws(() => lgamma(-1), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(lgamma(Infinity), Infinity)
  assert.deepEqual(logWithBase(8, 2), 3)
  assert.throws(() => logWithBase(3, 1), new PyError('ZeroDivisionError', 'float division by zero'))
  assert.deepEqual(pow(-8, 3), -512)
  assert.throws(() => pow(0, -1), new PyError('ValueError', 'math domain error'))
  assert.throws(() => pow(-2, 0.5), new PyError('ValueError', 'math domain error'))
  assert.throws(() => pow(10, 400), new PyError('OverflowError', 'math range error'))
  assert.deepEqual(pow(0, -Infinity), Infinity)
  assert.deepEqual(pow(-1, Infinity), 1)
  assert.deepEqual(pow(1, Number.NaN), 1)
  assert.deepEqual(pow(2.5, 1.5), 3.952847075210474)
  assert.deepEqual(atan2(1, -2), 2.677945044588987)
  assert.deepEqual(atan2(Infinity, -Infinity), 2.356194490192345)
  assert.deepEqual(atan2(-0, -1), -Math.PI)
  assert.deepEqual(hypot([3, 4]), 5)
  assert.deepEqual(hypot([1e200, 1e200, 1e200]), 1.7320508075688773e200)
  assert.deepEqual(hypot([5e-324, 5e-324]), 5e-324)
  assert.deepEqual(hypot([Infinity, Number.NaN]), Infinity)
  assert.deepEqual(hypot([Number.NaN, 1]), Number.NaN)
  assert.deepEqual(hypot([]), 0)
  assert.deepEqual(dist([1, 2], [4, 6.5]), 5.408326913195984)
  assert.throws(
    () => dist([1], [1, 2]),
    new PyError('ValueError', 'both points must have the same number of dimensions'),
  )
  assert.deepEqual(erf(0.5), 0.5204998778130465)
  assert.deepEqual(erf(-3), -0.9999779095030014)
  assert.deepEqual(erf(1e-200), 1.1283791670955125e-200)
  assert.deepEqual(erfc(0.5), 0.4795001221869535)
  assert.deepEqual(erfc(-3), 1.9999779095030015)
  assert.deepEqual(erfc(6.5), 3.8421483271206475e-20)
  assert.deepEqual(erfc(26), 5.663192408856143e-296)
  assert.deepEqual(erfc(30), 0)
  assert.equal(cbrt(27), 3)
  assert.equal(cbrt(-0.001), -0.1)
})

test('the parts of floats', () => {
  assert.deepEqual(frexp(0), [0, 0])
  assert.deepEqual(modf(0), [0, 0])
  assert.deepEqual(ulp(0), 5e-324)
  assert.deepEqual(frexp(-3.5), [-0.875, 2])
  assert.deepEqual(modf(-3.5), [-0.5, -3])
  assert.deepEqual(ulp(-3.5), 4.440892098500626e-16)
  assert.deepEqual(frexp(5e-324), [0.5, -1073])
  assert.deepEqual(modf(5e-324), [5e-324, 0])
  assert.deepEqual(ulp(5e-324), 5e-324)
  assert.deepEqual(frexp(Infinity), [Infinity, 0])
  assert.deepEqual(modf(Infinity), [0, Infinity])
  assert.deepEqual(ulp(Infinity), Infinity)
  assert.deepEqual(frexp(1e300), [0.7466108948025751, 997])
  assert.deepEqual(modf(1e300), [0, 1e300])
  assert.deepEqual(ulp(1e300), 1.487016908477783e284)
  assert.deepEqual(ldexp(0.75, 4), 12)
  assert.deepEqual(ldexp(1, -1075), 0)
  assert.deepEqual(ldexp(3, -1075), 1e-323)
  assert.deepEqual(ldexp(5e-324, 1074), 1)
  assert.throws(() => ldexp(1, 1024), new PyError('OverflowError', 'math range error'))
  assert.deepEqual(ldexp(1, -1000000000000000000000000000000n), 0)
  assert.throws(() => ldexp(1, 1000000000000000000000000000000n), new PyError('OverflowError', 'math range error'))
  assert.deepEqual(ldexp(Number.NaN, 3), Number.NaN)
  assert.deepEqual(ldexp(1e300, -2000), 8.709809816217217e-303)
  assert.deepEqual(ldexp(1.9999999999999998, -1074), 1e-323)
  assert.deepEqual(nextafter(0, -1), -5e-324)
  assert.deepEqual(nextafter(1, Infinity), 1.0000000000000002)
  assert.deepEqual(nextafter(1, 0), 0.9999999999999999)
  assert.deepEqual(nextafter(-5e-324, 1), -0)
  assert.deepEqual(nextafter(Number.NaN, 1), Number.NaN)
  assert.deepEqual(nextafter(2, 2), 2)
  assert.deepEqual(isclose(1, 1.0000000001, 1e-9, 0), true)
  assert.deepEqual(isclose(1, 1.1, 1e-9, 0), false)
  assert.deepEqual(isclose(Infinity, Infinity, 0, 0), true)
  assert.deepEqual(isclose(Infinity, 1e308, 1, 0), false)
  assert.throws(() => isclose(1, 2, -1, 0), new PyError('ValueError', 'tolerances must be non-negative'))
  assert.deepEqual(isclose(0, 1e-12, 0, 1e-10), true)
  assert.deepEqual(fmod(5.5, 2), 1.5)
  assert.deepEqual(fmod(-5.5, Infinity), -5.5)
  assert.throws(() => fmod(1, 0), new PyError('ValueError', 'math domain error'))
  assert.throws(() => fmod(Infinity, 1), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(remainder(5, 2), 1)
  assert.deepEqual(remainder(7, 2), -1)
  assert.deepEqual(remainder(-5.5, Infinity), -5.5)
  assert.throws(() => remainder(1, 0), new PyError('ValueError', 'math domain error'))
  assert.throws(() => remainder(Infinity, 1), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(remainder(-1, 1), -0)
  assert.deepEqual(remainder(Number.NaN, 1), Number.NaN)
  assert.deepEqual(copysign(1, -0), -1)
  assert.deepEqual(degrees(1), 57.29577951308232)
  assert.deepEqual(radians(180), Math.PI)
  assert.equal(fsum([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]), 1)
  assert.throws(() => fsum([1e308, 1e308, -1e308]), new PyError('OverflowError', 'intermediate overflow in fsum'))
  assert.equal(fsum([1e16, 1, -1e16]), 1)
  assert.equal(fsum([Infinity, 1]), Infinity)
  assert.throws(() => fsum([Infinity, -Infinity]), new PyError('ValueError', '-inf + inf in fsum'))
  assert.equal(fsum([]), 0)
  assert.throws(() => fsum([1e308, 1e308]), new PyError('OverflowError', 'intermediate overflow in fsum'))
  assert.equal(fsum([1, 1e-16, 1e-32]), 1)
})
