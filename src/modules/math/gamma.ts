import { cos, exp, log, pow, sin } from './elementary.ts'
import { copysign, domainError, rangeError } from './representation.ts'

/* Γ by Lanczos' approximation (N = 13, as in Boost), with the steps of CPython, which decide the last bits. */

const G = 6.02468004077673
const G_MINUS_HALF = 5.52468004077673
const LOG_PI = 1.1447298858494002

const NUMERATOR = [
  23531376880.41076, 42919803642.6491, 35711959237.35567, 17921034426.03721, 6039542586.352028, 1439720407.3117216,
  248874557.86205417, 31426415.585400194, 2876370.6289353725, 186056.26539522348, 8071.672002365816, 210.82427775157936,
  2.5066282746310002,
]
const DENOMINATOR = [
  0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1,
]

function lanczosSum(x: number): number {
  let num = 0
  let den = 0
  if (x < 5) {
    for (let i = NUMERATOR.length - 1; i >= 0; i--) {
      num = num * x + NUMERATOR[i]!
      den = den * x + DENOMINATOR[i]!
    }
  } else {
    for (let i = 0; i < NUMERATOR.length; i++) {
      num = num / x + NUMERATOR[i]!
      den = den / x + DENOMINATOR[i]!
    }
  }
  return num / den
}

/** sin(πx) for a finite number. */
function sinPi(x: number): number {
  const y = Math.abs(x) % 2
  let value: number
  switch (Math.floor(2 * y + 0.5)) {
    case 0:
      value = sin(Math.PI * y)
      break
    case 1:
      value = cos(Math.PI * (y - 0.5))
      break
    case 2:
      value = sin(Math.PI * (1 - y))
      break
    case 3:
      value = -cos(Math.PI * (y - 1.5))
      break
    default:
      value = sin(Math.PI * (y - 2))
  }
  return copysign(1, x) * value
}

/** Beyond this Γ overflows, and underflows on the other side. */
const GAMMA_LIMIT = 200

/** `math.gamma`. Throws `ValueError` or `OverflowError`. */
export function gamma(x: number): number {
  if (!Number.isFinite(x)) {
    if (x === -Infinity) throw domainError()
    return x
  }
  if (x === 0 || (x < 0 && Number.isInteger(x))) throw domainError()
  if (Number.isInteger(x) && x <= 23) {
    let product = 1
    for (let k = 2; k < x; k++) product *= k
    return product
  }
  const size = Math.abs(x)
  if (size < 1e-20) return finite(1 / x)
  if (size > GAMMA_LIMIT) {
    if (x > 0) throw rangeError()
    return 0 / sinPi(x)
  }
  const y = size + G_MINUS_HALF
  const lost = size > G_MINUS_HALF ? y - size - G_MINUS_HALF : y - G_MINUS_HALF - size
  const correction = (lost * G) / y
  let value = x < 0 ? ((-Math.PI / sinPi(size) / size) * exp(y)) / lanczosSum(size) : lanczosSum(size) / exp(y)
  value = x < 0 ? value - correction * value : value + correction * value
  if (size < 140) {
    const power = pow(y, size - 0.5)
    return finite(x < 0 ? value / power : value * power)
  }
  const root = pow(y, size / 2 - 0.25)
  return finite(x < 0 ? value / root / root : value * root * root)
}

function finite(value: number): number {
  if (Math.abs(value) === Infinity) throw rangeError()
  return value
}

/** `math.lgamma`. Throws `ValueError` or `OverflowError`. */
export function lgamma(x: number): number {
  if (Number.isNaN(x)) return x
  if (!Number.isFinite(x)) return Infinity
  if (Number.isInteger(x) && x <= 2) {
    if (x <= 0) throw domainError()
    return 0
  }
  const size = Math.abs(x)
  if (size < 1e-20) return -log(size)
  let value = log(lanczosSum(size)) - G
  value += (size - 0.5) * (log(size + G - 0.5) - 1)
  if (x < 0) value = LOG_PI - log(Math.abs(sinPi(size))) - log(size) - value
  return finite(value)
}
