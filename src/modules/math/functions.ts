import { PyError } from '../../base/errors.ts'
import { intBitLength } from '../../objects/number/int_bits.ts'
import * as elementary from './elementary.ts'
import { domainError, rangeError } from './representation.ts'

/*
 * The functions of `math` on floats with Python's errors: an undefined result is a ValueError, an infinite one of a
 * finite argument an OverflowError, or a ValueError where the function has a pole there.
 */

type Function1 = (x: number) => number

function withDomain(compute: Function1): Function1 {
  return (x) => {
    const value = compute(x)
    if (!Number.isFinite(value) && (Number.isNaN(value) ? !Number.isNaN(x) : Number.isFinite(x))) throw domainError()
    return value
  }
}

function withRange(compute: Function1): Function1 {
  return (x) => {
    const value = compute(x)
    if (Number.isNaN(value) && !Number.isNaN(x)) throw domainError()
    if (Math.abs(value) === Infinity && Number.isFinite(x)) throw rangeError()
    return value
  }
}

export const acos = withDomain(elementary.acos)
export const acosh = withDomain(Math.acosh)
export const asin = withDomain(elementary.asin)
export const asinh = withDomain(Math.asinh)
export const atan = withDomain(elementary.atan)
export const atanh = withDomain(Math.atanh)
export const cbrt = withDomain(elementary.cbrt)
export const cos = withDomain(elementary.cos)
export const cosh = withRange(elementary.cosh)
export const exp = withRange(elementary.exp)
export const exp2 = withRange(elementary.exp2)
export const expm1 = withRange(Math.expm1)
export const log1p = withDomain(Math.log1p)
export const sin = withDomain(elementary.sin)
export const sinh = withRange(elementary.sinh)
export const sqrt = withDomain(Math.sqrt)
export const tan = withDomain(elementary.tan)
export const tanh = withDomain(Math.tanh)

/** A logarithm of an int of any size or of a float. */
function logarithm(compute: Function1): (x: number | bigint) => number {
  const ofFloat = withDomain(compute)
  return (x) => {
    if (typeof x === 'number') return ofFloat(x)
    if (x <= 0n) throw domainError()
    const value = Number(x)
    if (value < Infinity) return ofFloat(value)
    const bits = intBitLength(x)
    return compute(leadingPart(x, bits)) + compute(2) * bits
  }
}

/** `x / 2 ** bits`, rounded half to even: from 0.5 to 1. */
function leadingPart(x: bigint, bits: number): number {
  const shift = BigInt(bits - 64)
  const top = x >> shift
  return Number(top << shift === x ? top : top | 1n) / 2 ** 64
}

/** `math.log` of one argument. */
export const log = logarithm(elementary.log)
export const log2 = logarithm(elementary.log2)
export const log10 = logarithm(elementary.log10)

/** `math.log` with a base. Throws `ZeroDivisionError` for the base 1. */
export function logWithBase(x: number | bigint, base: number | bigint): number {
  const numerator = log(x)
  const denominator = log(base)
  if (denominator === 0) throw new PyError('ZeroDivisionError', 'float division by zero')
  return numerator / denominator
}

/** `math.pow`. */
export function pow(x: number, y: number): number {
  if (x === 1 || y === 0) return 1
  if (!Number.isFinite(x) || !Number.isFinite(y)) return Math.abs(x) === 1 && !Number.isNaN(y) ? 1 : x ** y
  const value = elementary.pow(x, y)
  if (Number.isNaN(value) || (value === Infinity && x === 0) || (value === -Infinity && x === 0)) throw domainError()
  if (Math.abs(value) === Infinity) throw rangeError()
  return value
}

/** `math.atan2`. */
export function atan2(y: number, x: number): number {
  return elementary.atan2(y, x)
}

/** `math.hypot`. */
export function hypot(coordinates: readonly number[]): number {
  return elementary.norm(coordinates)
}

/** `math.dist`. Throws `ValueError` for points of different dimensions. */
export function dist(p: readonly number[], q: readonly number[]): number {
  if (p.length !== q.length) {
    throw new PyError('ValueError', 'both points must have the same number of dimensions')
  }
  return elementary.norm(p.map((x, i) => Math.abs(x - q[i]!)))
}
