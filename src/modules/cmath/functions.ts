import { PyError } from '../../base/errors.ts'
import { Complex } from '../../base/values.ts'
import { complexOperation } from '../../compiler/optimizer/complexes.ts'
import { complexAbs, complexSub } from '../../objects/number/complex_arith.ts'
import * as math from '../math/elementary.ts'
import { copysign, domainError, rangeError, scaleByPower } from '../math/representation.ts'
import { specialValue } from './special_values.ts'

/*
 * The functions of `cmath`, by CPython's formulas, whose order of steps decides the last bits. Undefined results are a
 * ValueError, those too large an OverflowError.
 */

const LARGE = Number.MAX_VALUE / 4
const SQRT_LARGE = Math.sqrt(LARGE)
/** The logarithm of `LARGE`. */
const LOG_LARGE = 708.3964185322641
const MIN_NORMAL = 2.2250738585072014e-308
const SQRT_MIN = Math.sqrt(MIN_NORMAL)
const MANTISSA_BITS = 53
/** An odd power of two by which a subnormal becomes normal, and what undoes it after a square root. */
const SCALE_UP = 53
const SCALE_DOWN = -27

function hypot(x: number, y: number): number {
  return math.norm([x, y])
}

function isLarge(z: Complex): boolean {
  return Math.abs(z.real) > LARGE || Math.abs(z.imag) > LARGE
}

/** The logarithm of the absolute value of a large number. */
function logLarge(z: Complex): number {
  return math.log(hypot(z.real / 2, z.imag / 2)) + Math.LN2 * 2
}

/** `cmath.sqrt`. */
export function sqrt(z: Complex): Complex {
  const special = specialValue('sqrt', z.real, z.imag)
  if (special !== null) return special
  if (z.real === 0 && z.imag === 0) return new Complex(0, z.imag)
  let x = Math.abs(z.real)
  const y = Math.abs(z.imag)
  let root: number
  if (x < MIN_NORMAL && y < MIN_NORMAL) {
    x = scaleByPower(x, SCALE_UP)
    root = scaleByPower(Math.sqrt(x + hypot(x, scaleByPower(y, SCALE_UP))), SCALE_DOWN)
  } else {
    x /= 8
    root = 2 * Math.sqrt(x + hypot(x, y / 8))
  }
  const other = y / (2 * root)
  return z.real >= 0 ? new Complex(root, copysign(other, z.imag)) : new Complex(other, copysign(root, z.imag))
}

/** `cmath.acos`. */
export function acos(z: Complex): Complex {
  const special = specialValue('acos', z.real, z.imag)
  if (special !== null) return special
  if (isLarge(z)) {
    const size = logLarge(z)
    const imag = z.real < 0 ? -copysign(size, z.imag) : copysign(size, -z.imag)
    return new Complex(math.atan2(Math.abs(z.imag), z.real), imag)
  }
  const a = sqrt(new Complex(1 - z.real, -z.imag))
  const b = sqrt(new Complex(1 + z.real, z.imag))
  return new Complex(2 * math.atan2(a.real, b.real), Math.asinh(b.real * a.imag - b.imag * a.real))
}

/** `cmath.acosh`. */
export function acosh(z: Complex): Complex {
  const special = specialValue('acosh', z.real, z.imag)
  if (special !== null) return special
  if (isLarge(z)) return new Complex(logLarge(z), math.atan2(z.imag, z.real))
  const a = sqrt(new Complex(z.real - 1, z.imag))
  const b = sqrt(new Complex(z.real + 1, z.imag))
  return new Complex(Math.asinh(a.real * b.real + a.imag * b.imag), 2 * math.atan2(a.imag, b.real))
}

/** `cmath.asinh`. */
export function asinh(z: Complex): Complex {
  const special = specialValue('asinh', z.real, z.imag)
  if (special !== null) return special
  if (isLarge(z)) {
    const size = logLarge(z)
    const real = z.imag >= 0 ? copysign(size, z.real) : -copysign(size, -z.real)
    return new Complex(real, math.atan2(z.imag, Math.abs(z.real)))
  }
  const a = sqrt(new Complex(1 + z.imag, -z.real))
  const b = sqrt(new Complex(1 - z.imag, z.real))
  return new Complex(
    Math.asinh(a.real * b.imag - b.real * a.imag),
    math.atan2(z.imag, a.real * b.real - a.imag * b.imag),
  )
}

/** `cmath.atanh`. */
export function atanh(z: Complex): Complex {
  const special = specialValue('atanh', z.real, z.imag)
  if (special !== null) return special
  if (z.real < 0) {
    const mirror = atanh(new Complex(-z.real, -z.imag))
    return new Complex(-mirror.real, -mirror.imag)
  }
  const y = Math.abs(z.imag)
  if (z.real > SQRT_LARGE || y > SQRT_LARGE) {
    const half = hypot(z.real / 2, z.imag / 2)
    return new Complex(z.real / 4 / half / half, -copysign(Math.PI / 2, -z.imag))
  }
  if (z.real === 1 && y < SQRT_MIN) {
    if (y === 0) throw domainError()
    return new Complex(-math.log(Math.sqrt(y) / Math.sqrt(hypot(y, 2))), copysign(math.atan2(2, -y) / 2, z.imag))
  }
  return new Complex(
    Math.log1p((4 * z.real) / ((1 - z.real) * (1 - z.real) + y * y)) / 4,
    -math.atan2(-2 * z.imag, (1 - z.real) * (1 + z.real) - y * y) / 2,
  )
}

/** `f(z)` from `g(iz)`, where `f(z) = −i g(iz)`. */
function turned(compute: (z: Complex) => Complex, z: Complex): Complex {
  const value = compute(new Complex(-z.imag, z.real))
  return new Complex(value.imag, -value.real)
}

/** `cmath.asin`. */
export function asin(z: Complex): Complex {
  return turned(asinh, z)
}

/** `cmath.atan`. */
export function atan(z: Complex): Complex {
  return turned(atanh, z)
}

/** Refuses what overflowed. */
function checked(real: number, imag: number): Complex {
  if (Math.abs(real) === Infinity || Math.abs(imag) === Infinity) throw rangeError()
  return new Complex(real, imag)
}

/** `cmath.cosh`. */
export function cosh(z: Complex): Complex {
  const special = specialValue('cosh', z.real, z.imag)
  if (special !== null) return special
  const cos = math.cos(z.imag)
  const sin = math.sin(z.imag)
  if (!Number.isFinite(z.real)) {
    return new Complex(copysign(Infinity, cos), z.real > 0 ? copysign(Infinity, sin) : -copysign(Infinity, sin))
  }
  if (Math.abs(z.real) > LOG_LARGE) {
    const less = z.real - copysign(1, z.real)
    return checked(cos * math.cosh(less) * Math.E, sin * math.sinh(less) * Math.E)
  }
  return checked(cos * math.cosh(z.real), sin * math.sinh(z.real))
}

/** `cmath.sinh`. */
export function sinh(z: Complex): Complex {
  const special = specialValue('sinh', z.real, z.imag)
  if (special !== null) return special
  const cos = math.cos(z.imag)
  const sin = math.sin(z.imag)
  if (!Number.isFinite(z.real)) {
    return new Complex(z.real > 0 ? copysign(Infinity, cos) : -copysign(Infinity, cos), copysign(Infinity, sin))
  }
  if (Math.abs(z.real) > LOG_LARGE) {
    const less = z.real - copysign(1, z.real)
    return checked(cos * math.sinh(less) * Math.E, sin * math.cosh(less) * Math.E)
  }
  return checked(cos * math.sinh(z.real), sin * math.cosh(z.real))
}

/** `cmath.tanh`. */
export function tanh(z: Complex): Complex {
  const special = specialValue('tanh', z.real, z.imag)
  if (special !== null) return special
  if (Math.abs(z.real) > LOG_LARGE) {
    const product = math.sin(z.imag) * math.cos(z.imag)
    const imag = Number.isFinite(z.real) ? 4 * product * math.exp(-2 * Math.abs(z.real)) : copysign(0, 2 * product)
    return new Complex(copysign(1, z.real), imag)
  }
  const tx = Math.tanh(z.real)
  const ty = math.tan(z.imag)
  const cx = 1 / math.cosh(z.real)
  const both = tx * ty
  const denominator = 1 + both * both
  return new Complex((tx * (1 + ty * ty)) / denominator, (ty / denominator) * cx * cx)
}

/** `cmath.cos`. */
export function cos(z: Complex): Complex {
  return cosh(new Complex(-z.imag, z.real))
}

/** `cmath.sin`. */
export function sin(z: Complex): Complex {
  return turned(sinh, z)
}

/** `cmath.tan`. */
export function tan(z: Complex): Complex {
  return turned(tanh, z)
}

/** `cmath.exp`. */
export function exp(z: Complex): Complex {
  const special = specialValue('exp', z.real, z.imag)
  if (special !== null) return special
  const cos = math.cos(z.imag)
  const sin = math.sin(z.imag)
  if (!Number.isFinite(z.real)) {
    const size = z.real > 0 ? Infinity : 0
    return new Complex(copysign(size, cos), copysign(size, sin))
  }
  if (z.real > LOG_LARGE) {
    const size = math.exp(z.real - 1)
    return checked(size * cos * Math.E, size * sin * Math.E)
  }
  const size = math.exp(z.real)
  return checked(size * cos, size * sin)
}

/** The logarithm, of zero with the real part −∞. */
function logOrPole(z: Complex): Complex {
  const special = specialValue('log', z.real, z.imag)
  if (special !== null) return special
  const x = Math.abs(z.real)
  const y = Math.abs(z.imag)
  return new Complex(logOfSize(x, y), math.atan2(z.imag, z.real))
}

function logOfSize(x: number, y: number): number {
  if (x > LARGE || y > LARGE) return math.log(hypot(x / 2, y / 2)) + Math.LN2
  if (x < MIN_NORMAL && y < MIN_NORMAL) {
    if (x === 0 && y === 0) return -Infinity
    return math.log(hypot(scaleByPower(x, MANTISSA_BITS), scaleByPower(y, MANTISSA_BITS))) - MANTISSA_BITS * Math.LN2
  }
  const size = hypot(x, y)
  if (size < 0.71 || size > 1.73) return math.log(size)
  const large = Math.max(x, y)
  const small = Math.min(x, y)
  return Math.log1p((large - 1) * (large + 1) + small * small) / 2
}

function isZero(z: Complex): boolean {
  return z.real === 0 && z.imag === 0
}

/** `cmath.log`. With a base a logarithm of zero is no error, unless the base is zero or one. */
export function log(z: Complex, base?: Complex): Complex {
  const value = logOrPole(z)
  if (isZero(base ?? z)) throw domainError()
  if (base === undefined) return value
  const quotient = complexOperation('Div', value, logOrPole(base))
  if (quotient === undefined) throw domainError()
  return quotient
}

/** `cmath.log10`. */
export function log10(z: Complex): Complex {
  const value = log(z)
  return new Complex(value.real / Math.LN10, value.imag / Math.LN10)
}

/** `cmath.phase`. An angle that underflows is an OverflowError, as C's library reports it so. */
export function phase(z: Complex): number {
  const angle = math.atan2(z.imag, z.real)
  if (angle === 0 && z.imag !== 0 && Number.isFinite(z.real)) throw rangeError()
  return angle
}

/** `cmath.polar`. */
export function polar(z: Complex): [number, number] {
  const size = hypot(z.real, z.imag)
  if (size === Infinity && Number.isFinite(z.real) && Number.isFinite(z.imag)) throw rangeError()
  return [size, math.atan2(z.imag, z.real)]
}

/** `cmath.rect`. */
export function rect(r: number, phi: number): Complex {
  const special = specialValue('rect', r, phi)
  if (special !== null) return special
  if (phi === 0) return new Complex(r, r * phi)
  const cos = math.cos(phi)
  const sin = math.sin(phi)
  if (Number.isFinite(r)) return new Complex(r * cos, r * sin)
  const sign = r > 0 ? 1 : -1
  return new Complex(sign * copysign(Infinity, cos), sign * copysign(Infinity, sin))
}

/** `cmath.isfinite`. */
export function isfinite(z: Complex): boolean {
  return Number.isFinite(z.real) && Number.isFinite(z.imag)
}

/** `cmath.isnan`. */
export function isnan(z: Complex): boolean {
  return Number.isNaN(z.real) || Number.isNaN(z.imag)
}

/** `cmath.isinf`. */
export function isinf(z: Complex): boolean {
  return Math.abs(z.real) === Infinity || Math.abs(z.imag) === Infinity
}

/** `cmath.isclose`. Throws `ValueError`. */
export function isclose(a: Complex, b: Complex, relTol: number, absTol: number): boolean {
  if (relTol < 0 || absTol < 0) throw new PyError('ValueError', 'tolerances must be non-negative')
  if (a.real === b.real && a.imag === b.imag) return true
  if (isinf(a) || isinf(b)) return false
  const distance = complexAbs(complexSub(a, b))
  return distance <= relTol * complexAbs(b) || distance <= relTol * complexAbs(a) || distance <= absTol
}
