import { DoubleDouble } from '../../base/double_double.ts'
import { expPrecise, logPrecise, sinCosPrecise } from '../../base/elementary.ts'

/*
 * The exponential function, the logarithm, sine and cosine by tables, on about 60 bits: some twenty times faster than
 * `base/elementary.ts`. Each gives NaN where its error might decide the rounding (a few cases in a hundred) or where the
 * argument is out of its range; then the precise functions have to be asked. So the results are theirs.
 */

/** The sum of two doubles if no error up to `error` changes its rounding, else NaN; |a| >= |b|. */
function rounded(a: number, b: number, error: number): number {
  const sum = a + b
  const rest = b - (sum - a)
  return sum + (rest + error) === sum && sum + (rest - error) === sum ? sum : Number.NaN
}

const EXP_STEPS = 64
/** ln 2 / 64, its first part so short that products with the number of steps are exact. */
const STEP_HIGH = Math.floor((Math.LN2 / EXP_STEPS) * 2 ** 38) / 2 ** 38
const STEP_LOW = Math.LN2 / EXP_STEPS - STEP_HIGH + 2.3190468138462996e-17 / EXP_STEPS

let powers: { readonly high: Float64Array; readonly low: Float64Array } | null = null

/** 2^(i/64). */
function readPowers(): NonNullable<typeof powers> {
  const high = new Float64Array(EXP_STEPS)
  const low = new Float64Array(EXP_STEPS)
  const low2 = 2.3190468138462996e-17
  for (let i = 0; i < EXP_STEPS; i++) {
    const { mantissa, exponent } = expPrecise(
      new DoubleDouble((Math.LN2 * i) / EXP_STEPS, logRest(i) + (low2 * i) / EXP_STEPS),
    )
    high[i] = mantissa.hi * 2 ** exponent
    low[i] = mantissa.lo * 2 ** exponent
  }
  return { high, low }
}

/** What rounding takes from `ln 2 * i / 64`. */
function logRest(i: number): number {
  // ln 2 in two parts of at most 32 bits, whose products with i are exact.
  const top = Math.floor(Math.LN2 * 2 ** 32) / 2 ** 32
  const product = Math.LN2 * i
  return (top * i - product + (Math.LN2 - top) * i) / EXP_STEPS
}

/** e^x, or NaN. */
export function quickExp(x: number): number {
  if (!(x > -700 && x < 709)) return Number.NaN
  const { high, low } = (powers ??= readPowers())
  const steps = Math.round(x * (EXP_STEPS / Math.LN2))
  const first = x - steps * STEP_HIGH
  const second = steps * STEP_LOW
  const r = first - second
  const rest = first - r - second
  const index = steps & (EXP_STEPS - 1)
  const power = high[index]!
  const tail = r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))))
  const value = rounded(power, power * (r + (tail + rest)) + low[index]!, power * 2 ** -59)
  return value * 2 ** ((steps - index) / EXP_STEPS)
}

const LOG_STEPS = 128
const LN2_HIGH = Math.floor(Math.LN2 * 2 ** 42) / 2 ** 42
const LN2_LOW = Math.LN2 - LN2_HIGH + 2.3190468138462996e-17
const SPLITTER = 134217729

/** For each step the inverse of its middle in 11 bits, and the logarithm of what that is the inverse of. */
interface Logarithms {
  readonly inverse: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
}

let logarithms: Logarithms | null = null

function readLogarithms(): Logarithms {
  const size = 2 * LOG_STEPS
  const table = { inverse: new Float64Array(size), high: new Float64Array(size), low: new Float64Array(size) }
  for (let i = LOG_STEPS / 2; i < size; i++) {
    const inverse = Math.round((LOG_STEPS / i) * 1024) / 1024
    const log = logPrecise(inverse)
    table.inverse[i] = inverse
    table.high[i] = -log.hi
    table.low[i] = -log.lo
  }
  return table
}

const view = new DataView(new ArrayBuffer(8))

/** The natural logarithm, or NaN. */
export function quickLog(x: number): number {
  if (!(x > 2.3e-308 && x < Infinity) || (x > 0.96 && x < 1.04)) return Number.NaN
  const table = (logarithms ??= readLogarithms())
  view.setFloat64(0, x)
  const word = view.getUint32(0)
  let exponent = (word >>> 20) - 1023
  view.setUint32(0, (word & 0xfffff) | 0x3ff00000)
  let mantissa = view.getFloat64(0)
  if (mantissa > Math.SQRT2) {
    mantissa /= 2
    exponent++
  }
  const index = Math.round(mantissa * LOG_STEPS)
  const inverse = table.inverse[index]!
  const split = SPLITTER * mantissa
  const top = split - (split - mantissa)
  const first = top * inverse - 1
  const second = (mantissa - top) * inverse
  const r = first + second
  const rest = first - r + second
  const tail =
    r * r * (-0.5 + r * (1 / 3 + r * (-0.25 + r * (0.2 + r * (-1 / 6 + r * (1 / 7 + r * (-0.125 + r / 9)))))))
  const whole = exponent * LN2_HIGH
  const a = whole + table.high[index]!
  const back = a - whole
  const lost = whole - (a - back) + (table.high[index]! - back)
  const b = a + r
  const back2 = b - a
  const lost2 = a - (b - back2) + (r - back2)
  return rounded(b, lost + lost2 + exponent * LN2_LOW + table.low[index]! + (tail + (rest - r * rest)), 2 ** -64)
}

const TURN_LIMIT = 50_000
/** π/2 in parts of 33 bits. */
const HALF_PI_1 = 1.5707963267341256
const HALF_PI_2 = 6.077100506303966e-11
const HALF_PI_3 = 2.0222662487959506e-21
const ANGLE_STEPS = 32

interface Sines {
  readonly sinHigh: Float64Array
  readonly sinLow: Float64Array
  readonly cosHigh: Float64Array
  readonly cosLow: Float64Array
}

let sines: Sines | null = null

function readSines(): Sines {
  const size = ANGLE_STEPS
  const table = {
    sinHigh: new Float64Array(size),
    sinLow: new Float64Array(size),
    cosHigh: new Float64Array(size),
    cosLow: new Float64Array(size),
  }
  for (let i = 0; i < size; i++) {
    const { sin, cos } = sinCosPrecise(i / ANGLE_STEPS)
    table.sinHigh[i] = sin.hi
    table.sinLow[i] = sin.lo
    table.cosHigh[i] = cos.hi
    table.cosLow[i] = cos.lo
  }
  return table
}

/** The sine of an angle of π/2 times `quarter` more than x, or NaN. */
export function quickSin(x: number, quarter: number): number {
  if (!(Math.abs(x) < TURN_LIMIT)) return Number.NaN
  const turns = Math.round(x / (Math.PI / 2))
  const first = x - turns * HALF_PI_1
  const second = turns * HALF_PI_2
  let y = first - second
  let rest = first - y - second - turns * HALF_PI_3
  const phase = (turns + quarter) & 3
  let sign = phase >= 2 ? -1 : 1
  const isCos = (phase & 1) === 1
  if (y < 0) {
    y = -y
    rest = -rest
    if (!isCos) sign = -sign
  }
  if (y < 1e-6) return Number.NaN
  return sign * (isCos ? cosOf(y, rest) : sinOf(y, rest))
}

/** sin b − b and cos b − 1 by b². */
function sinTail(square: number): number {
  return square * (-1 / 6 + square * (1 / 120 + square * (-1 / 5040 + square * (1 / 362880 - square / 39916800))))
}

function cosTail(square: number): number {
  return square * (-0.5 + square * (1 / 24 + square * (-1 / 720 + square * (1 / 40320 - square / 3628800))))
}

/** The product of two doubles: rounded, and what rounding takes away. */
let lostProduct = 0

function product(a: number, b: number): number {
  const value = a * b
  const aSplit = SPLITTER * a
  const aHigh = aSplit - (aSplit - a)
  const aLow = a - aHigh
  const bSplit = SPLITTER * b
  const bHigh = bSplit - (bSplit - b)
  const bLow = b - bHigh
  lostProduct = aHigh * bHigh - value + aHigh * bLow + aLow * bHigh + aLow * bLow
  return value
}

/** Below this the series alone is precise enough. */
const SMALL_ANGLE = 1 / 32

function sinOf(y: number, rest: number): number {
  if (y < SMALL_ANGLE) return rounded(y, y * sinTail(y * y) + rest, y * 2 ** -60)
  const table = (sines ??= readSines())
  const i = Math.round(y * ANGLE_STEPS)
  const b = y - i / ANGLE_STEPS
  const [sin, cos] = [table.sinHigh[i]!, table.cosHigh[i]!]
  const main = product(cos, b)
  const lost = lostProduct
  const sum = sin + main
  const sumLost = main - (sum - sin)
  const square = b * b
  const low =
    table.sinLow[i]! + table.cosLow[i]! * b + (cos - sin * b) * rest + sin * cosTail(square) + cos * b * sinTail(square)
  return rounded(sum, sumLost + lost + low, 2 ** -63)
}

function cosOf(y: number, rest: number): number {
  const table = (sines ??= readSines())
  const i = Math.round(y * ANGLE_STEPS)
  const b = y - i / ANGLE_STEPS
  const [sin, cos] = [table.sinHigh[i]!, table.cosHigh[i]!]
  const main = product(-sin, b)
  const lost = lostProduct
  const sum = cos + main
  const sumLost = main - (sum - cos)
  const square = b * b
  const low =
    table.cosLow[i]! - table.sinLow[i]! * b - (sin + cos * b) * rest + cos * cosTail(square) - sin * b * sinTail(square)
  return rounded(sum, sumLost + lost + low, 2 ** -61)
}
