import {
  add,
  DoubleDouble,
  divide,
  multiply,
  negate,
  scale,
  squareRoot,
  subtract,
  twoProduct,
  twoSum,
} from './double_double.ts'

/*
 * Elementary functions that round correctly in all but a few of 10^10 cases. The results of C's mathematical functions,
 * which Python gives, are almost always the correctly rounded ones; those of JavaScript's `Math` often are not (`pow`
 * differs in one case of eleven), and they differ between engines.
 */

const ONE = new DoubleDouble(1, 0)
/** The natural logarithm of 2. */
export const LN2 = new DoubleDouble(Math.LN2, 2.3190468138462996e-17)
/** π/2 to 212 bits, so that a multiple of it can be taken off a large angle. */
const HALF_PI = [1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33, 5.562271104316826e-50] as const
const MIN_NORMAL_EXPONENT = -1022

function exact(value: number): DoubleDouble {
  return new DoubleDouble(value, 0)
}

const bits = new DataView(new ArrayBuffer(8))

/** Where x is normal: the power of two that is not above |x|. */
function exponentOf(x: number): number {
  bits.setFloat64(0, x)
  return ((bits.getUint16(0) >> 4) & 0x7ff) - 1023
}

/** 1/3, 1/5, 1/7, …: of the series of the inverse hyperbolic tangent. */
const ATANH_TERMS: DoubleDouble[] = []
/** Terms behind this one are so small that a double holds enough of them. */
const ATANH_PRECISE = 11

/** 1, 1/2!, 1/3!, …: of the series of the exponential function. */
const FACTORIALS: DoubleDouble[] = []

/** Makes the terms of the series, which few programs need. */
function prepare(): void {
  if (FACTORIALS.length > 0) return
  for (let n = 3; n <= 47; n += 2) ATANH_TERMS.push(divide(ONE, exact(n)))
  FACTORIALS.push(ONE)
  for (let n = 1; n <= 27; n++) FACTORIALS.push(divide(FACTORIALS[n - 1]!, exact(n)))
}

/** The natural logarithm of a finite number above 0. */
export function logPrecise(x: number): DoubleDouble {
  let shift = 0
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984
    shift = -54
  }
  let exponent = exponentOf(x)
  let mantissa = x / 2 ** exponent
  if (mantissa > Math.SQRT2) {
    mantissa /= 2
    exponent++
  }
  exponent += shift
  const ratio = divide(exact(mantissa - 1), twoSum(mantissa, 1))
  const square = multiply(ratio, ratio)
  prepare()
  let tail = 0
  for (let i = ATANH_TERMS.length - 1; i >= ATANH_PRECISE; i--) tail = tail * square.hi + ATANH_TERMS[i]!.hi
  let sum = exact(tail)
  for (let i = ATANH_PRECISE - 1; i >= 0; i--) sum = add(multiply(sum, square), ATANH_TERMS[i]!)
  const log = scale(add(ratio, multiply(multiply(sum, square), ratio)), 2)
  return exponent === 0 ? log : add(multiply(LN2, exact(exponent)), log)
}

/** How many times the argument of the exponential series is halved, and the result squared. */
const HALVINGS = 3

/** e to a power of at most a few thousand, as a number near 1 and a power of two. */
export function expPrecise(x: DoubleDouble): { readonly mantissa: DoubleDouble; readonly exponent: number } {
  const exponent = Math.round(x.hi / LN2.hi)
  const rest = scale(subtract(x, multiply(LN2, exact(exponent))), 2 ** -HALVINGS)
  prepare()
  let sum = FACTORIALS[18]!
  for (let n = 17; n >= 1; n--) sum = add(multiply(sum, rest), FACTORIALS[n]!)
  // Squaring e^x - 1 rather than e^x keeps the digits that would be lost beside the 1.
  let less = multiply(sum, rest)
  for (let i = 0; i < HALVINGS; i++) less = add(scale(less, 2), multiply(less, less))
  return { mantissa: add(ONE, less), exponent }
}

/** `value * 2 ** exponent` in one rounding; Infinity where it is too large. */
export function roundScaled(value: DoubleDouble, exponent: number): number {
  if (exponent > 1100) return value.hi < 0 ? -Infinity : Infinity
  if (exponent < -1200) return value.hi < 0 ? -0 : 0
  const size = exponent + exponentOf(value.hi)
  if (size >= MIN_NORMAL_EXPONENT) {
    return exponent > 1000 ? value.hi * 2 ** 1000 * 2 ** (exponent - 1000) : scaleNormal(value.hi, exponent)
  }
  // The result is subnormal: the number of its smallest units is to be rounded, half to even.
  const units = scaleNormal(value.hi, exponent + 1074)
  const low = scaleNormal(value.lo, exponent + 1074)
  const whole = Math.floor(units)
  const over = units - whole - 0.5 + low
  const up = over > 0 || (over === 0 && whole % 2 === 1)
  return (up ? whole + 1 : whole) * Number.MIN_VALUE
}

function scaleNormal(value: number, exponent: number): number {
  return exponent < -1000 ? value * 2 ** -1000 * 2 ** (exponent + 1000) : value * 2 ** exponent
}

/** `value / 2 ** exponent`, also where that power is out of range. */
function scaleDown(value: number, exponent: number): number {
  const half = exponent >> 1
  return (value / 2 ** half) * 2 ** (half - exponent)
}

/** Integer powers up to this one may be exactly between two doubles; they are computed without rounding before. */
const EXACT_POWERS = 64

/** `x ** n` as a whole where 106 bits hold it; null where they do not. */
function exactPower(x: number, n: number): number | null {
  const exponent = exponentOf(x)
  if (exponent < -1022) return null
  let mantissa = x / 2 ** exponent
  let power = exponent
  while (mantissa % 1 !== 0) {
    mantissa *= 2
    power--
  }
  let whole = BigInt(mantissa)
  const width = whole.toString(2).length
  if (width * n > 106) return null
  whole **= BigInt(n)
  const high = Number(whole)
  return roundScaled(new DoubleDouble(high, Number(whole - BigInt(high))), power * n)
}

/**
 * C's `pow` for a finite x above 0 and a finite y, correctly rounded: Infinity on overflow, 0 on underflow. What Python
 * makes of signs, zeros, infinities and NaNs is its own and not here.
 */
export function pow(x: number, y: number): number {
  if (y === 1) return x
  if (y === -1) return 1 / x
  if (y === 0.5) return Math.sqrt(x)
  if (y >= 2 && y <= EXACT_POWERS && y % 1 === 0) {
    const power = exactPower(x, y)
    if (power !== null) return power
  }
  const log = logPrecise(x)
  const guess = log.hi * y
  if (guess > 800) return Infinity
  if (guess < -800) return 0
  const product = twoProduct(log.hi, y)
  const { mantissa, exponent } = expPrecise(add(product, exact(log.lo * y)))
  return roundScaled(mantissa, exponent)
}

/** C's `exp` for a finite number. */
export function exp(x: number): number {
  if (x > 800) return Infinity
  if (x < -800) return 0
  const { mantissa, exponent } = expPrecise(exact(x))
  return roundScaled(mantissa, exponent)
}

/** C's `log` for a finite number above 0. */
export function log(x: number): number {
  return x === 1 ? 0 : logPrecise(x).hi
}

/** C's `hypot` for finite numbers. */
export function hypot(x: number, y: number): number {
  const large = Math.max(Math.abs(x), Math.abs(y))
  const small = Math.min(Math.abs(x), Math.abs(y))
  if (small === 0) return large
  const exponent = Math.max(exponentOf(large), MIN_NORMAL_EXPONENT)
  const a = scaleDown(large, exponent)
  const b = scaleDown(small, exponent)
  if (b < 1e-40) return large
  return roundScaled(squareRoot(add(twoProduct(a, a), twoProduct(b, b))), exponent)
}

/** The sine and cosine of an angle of at most π/4 or so, by their series. */
function sinCosSmall(x: DoubleDouble): { readonly sin: DoubleDouble; readonly cos: DoubleDouble } {
  const square = negate(multiply(x, x))
  prepare()
  let sin = FACTORIALS[27]!
  for (let n = 25; n >= 1; n -= 2) sin = add(multiply(sin, square), FACTORIALS[n]!)
  let cos = FACTORIALS[26]!
  for (let n = 24; n >= 0; n -= 2) cos = add(multiply(cos, square), FACTORIALS[n]!)
  return { sin: multiply(sin, x), cos }
}

/** Beyond this the multiple of π/2 in an angle is no longer exact, and `Math` has to do. */
const LARGE_ANGLE = 2 ** 50

/** The sine and cosine of a finite number. */
export function sinCosPrecise(x: number): { readonly sin: DoubleDouble; readonly cos: DoubleDouble } {
  if (Math.abs(x) > LARGE_ANGLE) return { sin: exact(Math.sin(x)), cos: exact(Math.cos(x)) }
  const turns = Math.round(x / HALF_PI[0])
  let rest = exact(x)
  for (let i = 0; i < HALF_PI.length; i++) rest = subtract(rest, twoProduct(turns, HALF_PI[i]!))
  const { sin, cos } = sinCosSmall(rest)
  switch (((turns % 4) + 4) % 4) {
    case 1:
      return { sin: cos, cos: negate(sin) }
    case 2:
      return { sin: negate(sin), cos: negate(cos) }
    case 3:
      return { sin: negate(cos), cos: sin }
    default:
      return { sin, cos }
  }
}

/** C's `sin` for a finite number. */
export function sin(x: number): number {
  return x === 0 ? x : sinCosPrecise(x).sin.hi
}

/** C's `cos` for a finite number. */
export function cos(x: number): number {
  return sinCosPrecise(x).cos.hi
}

/** C's `atan2` for finite numbers. */
export function atan2(y: number, x: number): number {
  const guess = Math.atan2(y, x)
  if (y === 0 || x === 0 || Math.abs(guess) < 1e-280) return guess
  // One step of Newton's method: the angle that is left between the guess and the point.
  const exponent = Math.max(exponentOf(x), exponentOf(y))
  const px = exact(scaleDown(x, exponent))
  const py = exact(scaleDown(y, exponent))
  const { sin, cos } = sinCosPrecise(guess)
  const rest = divide(subtract(multiply(py, cos), multiply(px, sin)), add(multiply(px, cos), multiply(py, sin)))
  return add(exact(guess), rest).hi
}
