import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../../base/errors.ts'
import { Complex } from '../../base/values.ts'
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atanh,
  cos,
  cosh,
  exp,
  isclose,
  isfinite,
  isinf,
  isnan,
  log,
  log10,
  phase,
  polar,
  rect,
  sin,
  sinh,
  sqrt,
  tan,
  tanh,
} from './functions.ts'

test('functions of finite numbers', () => {
  assert.deepEqual(acos(new Complex(0.5, 1)), new Complex(1.2213572639376833, -0.9261330313501823))
  assert.deepEqual(acos(new Complex(-2.25, -0.75)), new Complex(2.790039540878701, 1.520509080041867))
  assert.deepEqual(acosh(new Complex(0.5, 1)), new Complex(0.9261330313501823, 1.2213572639376833))
  assert.deepEqual(acosh(new Complex(-2.25, -0.75)), new Complex(1.520509080041867, -2.790039540878701))
  assert.deepEqual(asin(new Complex(0.5, 1)), new Complex(0.3494390628572133, 0.9261330313501823))
  assert.deepEqual(asin(new Complex(-2.25, -0.75)), new Complex(-1.2192432140838048, -1.520509080041867))
  assert.deepEqual(asinh(new Complex(0.5, 1)), new Complex(0.7328576759736453, 0.8959074812088902))
  assert.deepEqual(asinh(new Complex(-2.25, -0.75)), new Complex(-1.5914054274372909, -0.2976727892928553))
  assert.deepEqual(atan(new Complex(0.5, 1)), new Complex(0.9078874949608804, 0.708303336014054))
  assert.deepEqual(atan(new Complex(-2.25, -0.75)), new Complex(-1.1849461317826053, -0.11520380079783232))
  assert.deepEqual(atanh(new Complex(0.5, 1)), new Complex(0.23887786125685911, 0.847575660670829))
  assert.deepEqual(atanh(new Complex(-2.25, -0.75)), new Complex(-0.4138557564189809, -1.4139860006865475))
  assert.deepEqual(cos(new Complex(0.5, 1)), new Complex(1.3541806567045842, -0.5634214652309818))
  assert.deepEqual(cos(new Complex(-2.25, -0.75)), new Complex(-0.813285889214029, -0.639822608471739))
  assert.deepEqual(cosh(new Complex(0.5, 1)), new Complex(0.6092589091577942, 0.4384865798925953))
  assert.deepEqual(cosh(new Complex(-2.25, -0.75)), new Complex(3.5095950708393167, 3.1976821470933032))
  assert.deepEqual(exp(new Complex(0.5, 1)), new Complex(0.8908079042931287, 1.3873511113297634))
  assert.deepEqual(exp(new Complex(-2.25, -0.75)), new Complex(0.07711943939984836, -0.07184419673777015))
  assert.deepEqual(log(new Complex(0.5, 1)), new Complex(0.11157177565710488, 1.1071487177940904))
  assert.deepEqual(log(new Complex(-2.25, -0.75)), new Complex(0.8636104740452419, -2.819842099193151))
  assert.deepEqual(log10(new Complex(0.5, 1)), new Complex(0.0484550065040282, 0.480828578784234))
  assert.deepEqual(log10(new Complex(-2.25, -0.75)), new Complex(0.37506126339170004, -1.2246418635180674))
  assert.deepEqual(sin(new Complex(0.5, 1)), new Complex(0.7397922644560138, 1.0313360742545512))
  assert.deepEqual(sin(new Complex(-2.25, -0.75)), new Complex(-1.0073583622658673, 0.5165576805256539))
  assert.deepEqual(sinh(new Complex(0.5, 1)), new Complex(0.28154899513533443, 0.948864531437168))
  assert.deepEqual(sinh(new Complex(-2.25, -0.75)), new Complex(-3.4324756314394684, -3.2695263438310733))
  assert.deepEqual(sqrt(new Complex(0.5, 1)), new Complex(0.8994537199739336, 0.5558929702514211))
  assert.deepEqual(sqrt(new Complex(-2.25, -0.75)), new Complex(0.24668628369478154, -1.5201493750823116))
  assert.deepEqual(tan(new Complex(0.5, 1)), new Complex(0.19557731006593404, 0.8429662048457831))
  assert.deepEqual(tan(new Complex(-2.25, -0.75)), new Complex(0.45644556009471277, -0.9942406232969827))
  assert.deepEqual(tanh(new Complex(0.5, 1)), new Complex(1.0428307283443612, 0.8068774121630852))
  assert.deepEqual(tanh(new Complex(-2.25, -0.75)), new Complex(-0.9981846188938737, -0.022124834040307316))
  assert.deepEqual(sqrt(new Complex(5e-324, -5e-324)), new Complex(2.4421097261308304e-162, -1.0115549693666347e-162))
  assert.deepEqual(sqrt(new Complex(-4, 0)), new Complex(0, 2))
  assert.deepEqual(sqrt(new Complex(-0, -0)), new Complex(0, -0))
  assert.deepEqual(acos(new Complex(1e308, -1e308)), new Complex(0.7853981633974483, 710.235929413006))
  assert.deepEqual(acosh(new Complex(-1e308, 0)), new Complex(709.889355822726, Math.PI))
  assert.deepEqual(asinh(new Complex(1e308, -1e308)), new Complex(710.235929413006, -0.7853981633974483))
  assert.deepEqual(atanh(new Complex(1e200, -1)), new Complex(1e-200, -1.5707963267948966))
  assert.deepEqual(atanh(new Complex(1, 1e-200)), new Complex(230.60508288968455, 0.7853981633974483))
  assert.throws(() => atanh(new Complex(1, 0)), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(log(new Complex(1e308, 1e308)), new Complex(709.542782232446, 0.7853981633974483))
  assert.deepEqual(log(new Complex(5e-324, 0)), new Complex(-744.4400719213813, 0))
  assert.throws(() => log(new Complex(0, 0)), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(log(new Complex(0.9, 0.3)), new Complex(-0.05268025782891312, 0.3217505543966422))
  assert.deepEqual(cosh(new Complex(710, 1)), new Complex(6.035162617272641e307, 9.399208879688905e307))
  assert.throws(() => cosh(new Complex(1000, 1)), new PyError('OverflowError', 'math range error'))
  assert.deepEqual(exp(new Complex(709.9, 0.5)), new Complex(1.7739471950198739e308, 9.691117694907651e307))
  assert.throws(() => exp(new Complex(10000000000, 1)), new PyError('OverflowError', 'math range error'))
  assert.deepEqual(tanh(new Complex(-800, 2)), new Complex(-1, -0))
  assert.deepEqual(log(new Complex(0, 0), new Complex(2, 0)), new Complex(-Infinity, Number.NaN))
  assert.throws(() => log(new Complex(2, 0), new Complex(1, 0)), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(log(new Complex(8, 0), new Complex(0, 2)), new Complex(0.4889519582451897, -1.108053183409426))
  assert.deepEqual(phase(new Complex(-1, 0)), Math.PI)
  assert.throws(() => phase(new Complex(1e308, 5e-324)), new PyError('OverflowError', 'math range error'))
  assert.deepEqual(polar(new Complex(3, -4)), [5, -0.9272952180016122])
  assert.deepEqual(rect(2, 0.5), new Complex(1.7551651237807455, 0.958851077208406))
  assert.deepEqual(rect(-Infinity, 1), new Complex(-Infinity, -Infinity))
  assert.throws(() => polar(new Complex(1.7e308, 1.7e308)), new PyError('OverflowError', 'math range error'))
})

test('special values are those of C99', () => {
  assert.deepEqual(acos(new Complex(-Infinity, 1)), new Complex(Math.PI, -Infinity))
  assert.deepEqual(acos(new Complex(-0, Infinity)), new Complex(1.5707963267948966, -Infinity))
  assert.deepEqual(acos(new Complex(Infinity, -Infinity)), new Complex(0.7853981633974483, Infinity))
  assert.deepEqual(acos(new Complex(Number.NaN, 0)), new Complex(Number.NaN, Number.NaN))
  assert.deepEqual(acosh(new Complex(-Infinity, 1)), new Complex(Infinity, Math.PI))
  assert.deepEqual(acosh(new Complex(-0, Infinity)), new Complex(Infinity, 1.5707963267948966))
  assert.deepEqual(acosh(new Complex(Infinity, -Infinity)), new Complex(Infinity, -0.7853981633974483))
  assert.deepEqual(acosh(new Complex(Number.NaN, 0)), new Complex(Number.NaN, Number.NaN))
  assert.deepEqual(asin(new Complex(-Infinity, 1)), new Complex(-1.5707963267948966, Infinity))
  assert.deepEqual(asin(new Complex(-0, Infinity)), new Complex(-0, Infinity))
  assert.deepEqual(asin(new Complex(Infinity, -Infinity)), new Complex(0.7853981633974483, -Infinity))
  assert.deepEqual(asin(new Complex(Number.NaN, 0)), new Complex(Number.NaN, Number.NaN))
  assert.deepEqual(asinh(new Complex(-Infinity, 1)), new Complex(-Infinity, 0))
  assert.deepEqual(asinh(new Complex(-0, Infinity)), new Complex(-Infinity, 1.5707963267948966))
  assert.deepEqual(asinh(new Complex(Infinity, -Infinity)), new Complex(Infinity, -0.7853981633974483))
  assert.deepEqual(asinh(new Complex(Number.NaN, 0)), new Complex(Number.NaN, 0))
  assert.deepEqual(atan(new Complex(-Infinity, 1)), new Complex(-1.5707963267948966, 0))
  assert.deepEqual(atan(new Complex(-0, Infinity)), new Complex(-1.5707963267948966, 0))
  assert.deepEqual(atan(new Complex(Infinity, -Infinity)), new Complex(1.5707963267948966, -0))
  assert.deepEqual(atan(new Complex(Number.NaN, 0)), new Complex(Number.NaN, 0))
  assert.deepEqual(atanh(new Complex(-Infinity, 1)), new Complex(-0, 1.5707963267948966))
  assert.deepEqual(atanh(new Complex(-0, Infinity)), new Complex(-0, 1.5707963267948966))
  assert.deepEqual(atanh(new Complex(Infinity, -Infinity)), new Complex(0, -1.5707963267948966))
  assert.deepEqual(atanh(new Complex(Number.NaN, 0)), new Complex(Number.NaN, Number.NaN))
  assert.throws(() => cos(new Complex(-Infinity, 1)), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(cos(new Complex(-0, Infinity)), new Complex(Infinity, 0))
  assert.throws(() => cos(new Complex(Infinity, -Infinity)), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(cos(new Complex(Number.NaN, 0)), new Complex(Number.NaN, 0))
  assert.deepEqual(cosh(new Complex(-Infinity, 1)), new Complex(Infinity, -Infinity))
  assert.throws(() => cosh(new Complex(-0, Infinity)), new PyError('ValueError', 'math domain error'))
  assert.throws(() => cosh(new Complex(Infinity, -Infinity)), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(cosh(new Complex(Number.NaN, 0)), new Complex(Number.NaN, 0))
  assert.deepEqual(exp(new Complex(-Infinity, 1)), new Complex(0, 0))
  assert.throws(() => exp(new Complex(-0, Infinity)), new PyError('ValueError', 'math domain error'))
  assert.throws(() => exp(new Complex(Infinity, -Infinity)), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(exp(new Complex(Number.NaN, 0)), new Complex(Number.NaN, 0))
  assert.deepEqual(log(new Complex(-Infinity, 1)), new Complex(Infinity, Math.PI))
  assert.deepEqual(log(new Complex(-0, Infinity)), new Complex(Infinity, 1.5707963267948966))
  assert.deepEqual(log(new Complex(Infinity, -Infinity)), new Complex(Infinity, -0.7853981633974483))
  assert.deepEqual(log(new Complex(Number.NaN, 0)), new Complex(Number.NaN, Number.NaN))
  assert.throws(() => sin(new Complex(-Infinity, 1)), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(sin(new Complex(-0, Infinity)), new Complex(-0, Infinity))
  assert.throws(() => sin(new Complex(Infinity, -Infinity)), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(sin(new Complex(Number.NaN, 0)), new Complex(Number.NaN, -0))
  assert.deepEqual(sinh(new Complex(-Infinity, 1)), new Complex(-Infinity, Infinity))
  assert.throws(() => sinh(new Complex(-0, Infinity)), new PyError('ValueError', 'math domain error'))
  assert.throws(() => sinh(new Complex(Infinity, -Infinity)), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(sinh(new Complex(Number.NaN, 0)), new Complex(Number.NaN, 0))
  assert.deepEqual(sqrt(new Complex(-Infinity, 1)), new Complex(0, Infinity))
  assert.deepEqual(sqrt(new Complex(-0, Infinity)), new Complex(Infinity, Infinity))
  assert.deepEqual(sqrt(new Complex(Infinity, -Infinity)), new Complex(Infinity, -Infinity))
  assert.deepEqual(sqrt(new Complex(Number.NaN, 0)), new Complex(Number.NaN, Number.NaN))
  assert.throws(() => tan(new Complex(-Infinity, 1)), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(tan(new Complex(-0, Infinity)), new Complex(-0, 1))
  assert.deepEqual(tan(new Complex(Infinity, -Infinity)), new Complex(0, -1))
  assert.deepEqual(tan(new Complex(Number.NaN, 0)), new Complex(Number.NaN, Number.NaN))
  assert.deepEqual(tanh(new Complex(-Infinity, 1)), new Complex(-1, 0))
  assert.throws(() => tanh(new Complex(-0, Infinity)), new PyError('ValueError', 'math domain error'))
  assert.deepEqual(tanh(new Complex(Infinity, -Infinity)), new Complex(1, 0))
  assert.deepEqual(tanh(new Complex(Number.NaN, 0)), new Complex(Number.NaN, 0))
})

test('predicates', () => {
  assert.deepEqual(isfinite(new Complex(1, Infinity)), false)
  assert.deepEqual(isinf(new Complex(1, Infinity)), true)
  assert.deepEqual(isnan(new Complex(1, Infinity)), false)
  assert.deepEqual(isfinite(new Complex(Number.NaN, -Infinity)), false)
  assert.deepEqual(isinf(new Complex(Number.NaN, -Infinity)), true)
  assert.deepEqual(isnan(new Complex(Number.NaN, -Infinity)), true)
  assert.deepEqual(isfinite(new Complex(1, 1)), true)
  assert.deepEqual(isinf(new Complex(1, 1)), false)
  assert.deepEqual(isnan(new Complex(1, 1)), false)
  assert.deepEqual(isclose(new Complex(1, 1), new Complex(1, 1.0000000001), 1e-9, 0), true)
  assert.deepEqual(isclose(new Complex(1, 1), new Complex(1, 1.1), 1e-9, 0), false)
  assert.deepEqual(isclose(new Complex(Infinity, 1), new Complex(Infinity, 1), 0, 0), true)
  assert.throws(
    () => isclose(new Complex(0, 1), new Complex(0, 2), -1, 0),
    new PyError('ValueError', 'tolerances must be non-negative'),
  )
})
