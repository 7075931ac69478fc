import {
  add,
  DoubleDouble,
  divide,
  multiply,
  scale,
  squareRoot,
  subtract,
  twoProduct,
  twoSum,
} from '../../base/double_double.ts'
import * as base from '../../base/elementary.ts'
import { quickExp, quickLog, quickSin } from './quick.ts'
import { frexp, scaleByPower } from './representation.ts'

/*
 * C's mathematical functions as doubles, without errors: domain errors are NaN. They round correctly where glibc's nearly
 * always do; where glibc has the formulas of Sun's fdlibm, these do too, with `Math`, which has them in V8.
 */

const ONE = new DoubleDouble(1, 0)

function exact(value: number): DoubleDouble {
  return new DoubleDouble(value, 0)
}

export function sin(x: number): number {
  const quick = quickSin(x, 0)
  if (!Number.isNaN(quick)) return quick
  return Number.isFinite(x) ? base.sin(x) : Number.NaN
}

export function cos(x: number): number {
  const quick = quickSin(x, 1)
  if (!Number.isNaN(quick)) return quick
  return Number.isFinite(x) ? base.cos(x) : Number.NaN
}

export function tan(x: number): number {
  if (x === 0) return x
  if (!Number.isFinite(x)) return Number.NaN
  if (Math.abs(x) < 1e-150) return x
  const { sin, cos } = base.sinCosPrecise(x)
  return divide(sin, cos).hi
}

export function exp(x: number): number {
  const quick = quickExp(x)
  if (!Number.isNaN(quick)) return quick
  if (Number.isFinite(x)) return base.exp(x)
  return x === -Infinity ? 0 : x
}

export function log(x: number): number {
  const quick = quickLog(x)
  if (!Number.isNaN(quick)) return quick
  if (x > 0 && x < Infinity) return base.log(x)
  return x === 0 ? -Infinity : x === Infinity ? x : Number.NaN
}

/** C's `pow`. */
export function pow(x: number, y: number): number {
  if (x === 1 || y === 0) return 1
  if (!Number.isFinite(x) || !Number.isFinite(y) || x === 0) return x ** y
  if (x > 0) return base.pow(x, y)
  if (!Number.isInteger(y)) return Number.NaN
  const size = x === -1 ? 1 : base.pow(-x, y)
  return Math.abs(y) % 2 === 1 ? -size : size
}

export function exp2(x: number): number {
  if (!Number.isFinite(x)) return exp(x)
  return x > 1100 ? Infinity : x < -1200 ? 0 : base.pow(2, x)
}

export function log2(x: number): number {
  if (!(x > 0 && x < Infinity)) return log(x)
  const [mantissa, exponent] = frexp(x)
  if (mantissa === 0.5) return exponent - 1
  return divide(base.logPrecise(x), base.LN2).hi
}

const LN10_INVERSE = Math.LOG10E
const LOG2_HIGH = 0.30102999566361177
const LOG2_LOW = 3.694239077158931e-13

/** As in fdlibm, from the natural logarithm of the mantissa. */
export function log10(x: number): number {
  if (!(x > 0 && x < Infinity)) return log(x)
  const exponent = frexp(x)[1] - 1
  const k = exponent + (exponent < 0 ? 1 : 0)
  const mantissa = scaleByPower(x, -k)
  return k * LOG2_LOW + LN10_INVERSE * log(mantissa) + k * LOG2_HIGH
}

export function cbrt(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x
  const [mantissa, exponent] = frexp(x)
  const third = Math.floor(exponent / 3)
  const scaled = mantissa * 2 ** (exponent - 3 * third)
  const guess = exact(Math.cbrt(scaled))
  // One step of Newton's method on twice the digits.
  const square = multiply(guess, guess)
  const error = subtract(multiply(square, guess), exact(scaled))
  return scaleByPower(subtract(guess, divide(error, scale(add(square, scale(square, 0.5)), 2))).hi, third)
}

export function atan2(y: number, x: number): number {
  return Number.isFinite(x) && Number.isFinite(y) ? base.atan2(y, x) : Math.atan2(y, x)
}

export function atan(x: number): number {
  if (!Number.isFinite(x) || Math.abs(x) < 1e-9) return Math.atan(x)
  return base.atan2(x, 1)
}

export function asin(x: number): number {
  const guess = Math.asin(x)
  if (Number.isNaN(guess) || Math.abs(x) < 1e-9 || Math.abs(x) === 1) return guess
  const { sin, cos } = base.sinCosPrecise(guess)
  return add(exact(guess), divide(subtract(exact(x), sin), cos)).hi
}

export function acos(x: number): number {
  const guess = Math.acos(x)
  if (Number.isNaN(guess) || Math.abs(x) === 1) return guess
  const { sin, cos } = base.sinCosPrecise(guess)
  return add(exact(guess), divide(subtract(cos, exact(x)), sin)).hi
}

const expm1 = Math.expm1

/** Above this e^-x no longer counts in the hyperbolic functions. */
const LARGE = 22
const EXP_LIMIT = 709.782712893384

export function sinh(x: number): number {
  const size = Math.abs(x)
  if (!Number.isFinite(x) || size < 2 ** -28) return x
  const half = x < 0 ? -0.5 : 0.5
  if (size < LARGE) {
    const t = expm1(size)
    return size < 1 ? half * (2 * t - (t * t) / (t + 1)) : half * (t + t / (t + 1))
  }
  if (size < EXP_LIMIT) return half * exp(size)
  const root = exp(0.5 * size)
  return half * root * root
}

export function cosh(x: number): number {
  const size = Math.abs(x)
  if (!Number.isFinite(x)) return size
  if (size < LARGE) {
    if (size < 0.5 * Math.LN2) {
      const t = expm1(size)
      const w = 1 + t
      return size < 2 ** -55 ? w : 1 + (t * t) / (w + w)
    }
    const t = exp(size)
    return 0.5 * t + 0.5 / t
  }
  if (size < EXP_LIMIT) return 0.5 * exp(size)
  const root = exp(0.5 * size)
  return 0.5 * root * root
}

const TWO_BY_ROOT_PI = new DoubleDouble(1.1283791670955126, 1.533545961316588e-17)
/** Up to here the series of the error function is used, beyond the continued fraction. */
const SERIES_LIMIT = 5

/** The error function by its series 2/√π · e^(−x²) · Σ (2x²)^k x / (1·3·…·(2k+1)). */
function erfSeries(x: number): DoubleDouble {
  const square = scale(twoProduct(x, x), 2)
  let term = exact(x)
  let sum = term
  for (let k = 1; k < 250; k++) {
    term = divide(multiply(term, square), exact(2 * k + 1))
    sum = add(sum, term)
    if (term.hi < sum.hi * 1e-33) break
  }
  return multiply(multiply(sum, TWO_BY_ROOT_PI), expOfSquare(x))
}

/** e^(−x²) on twice the digits. */
function expOfSquare(x: number): DoubleDouble {
  const square = twoProduct(x, x)
  const { mantissa, exponent } = base.expPrecise(new DoubleDouble(-square.hi, -square.lo))
  return scale(mantissa, 2 ** exponent)
}

const FRACTION_TERMS = 60

/** The continued fraction e^(−x²) / √π / (x + ½/(x + 1/(x + 3⁄2/(x + …)))), for x of 5 and more. */
function erfcFraction(x: number): number {
  if (x > 27.3) return 0
  let rest = exact(x)
  for (let k = FRACTION_TERMS; k >= 1; k--) rest = add(exact(x), divide(exact(k / 2), rest))
  const square = twoProduct(x, x)
  const { mantissa, exponent } = base.expPrecise(new DoubleDouble(-square.hi, -square.lo))
  const quotient = divide(multiply(scale(TWO_BY_ROOT_PI, 0.5), mantissa), rest)
  return base.roundScaled(quotient, exponent)
}

export function erf(x: number): number {
  if (Number.isNaN(x) || x === 0) return x
  const size = Math.abs(x)
  if (size >= 6) return x < 0 ? -1 : 1
  if (size < 1e-150) return x * TWO_BY_ROOT_PI.hi
  const value = size < SERIES_LIMIT ? erfSeries(size).hi : 1 - erfcFraction(size)
  return x < 0 ? -value : value
}

export function erfc(x: number): number {
  if (Number.isNaN(x)) return x
  const size = Math.abs(x)
  if (size >= SERIES_LIMIT) return x < 0 ? (size > 6 ? 2 : 2 - erfcFraction(size)) : erfcFraction(size)
  if (size < 1e-150) return 1
  const series = erfSeries(size)
  return (x < 0 ? add(ONE, series) : subtract(ONE, series)).hi
}

/** The root of the sum of squares. */
export function norm(values: readonly number[]): number {
  let max = 0
  let isNan = false
  for (const value of values) {
    const size = Math.abs(value)
    if (size > max) max = size
    else if (Number.isNaN(size)) isNan = true
  }
  if (max === Infinity) return max
  if (isNan) return Number.NaN
  if (max === 0 || values.length <= 1) return max
  const exponent = frexp(max)[1]
  let sum = exact(0)
  for (const value of values) {
    const scaled = scaleByPower(value, -exponent)
    if (Math.abs(scaled) > 1e-100) sum = add(sum, twoProduct(scaled, scaled))
  }
  const root = squareRoot(sum)
  // Another step of Newton's method, since the last digit decides.
  const rest = subtract(sum, twoProduct(root.hi, root.hi))
  return scaleByPower(twoSum(root.hi, rest.hi / (2 * root.hi)).hi, exponent)
}
