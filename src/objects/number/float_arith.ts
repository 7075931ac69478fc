import { PyError } from '../../base/errors.ts'
import { floatPower } from '../../compiler/optimizer/floats.ts'
import type { Int } from './int_arith.ts'

/** An `OSError`-like failure of C's library: the exception has the number and its text as arguments. */
export class PyErrnoError extends PyError {
  readonly errno: number
  readonly strerror: string

  constructor(type: string, errno: number, strerror: string) {
    super(type, `(${errno}, '${strerror}')`)
    this.errno = errno
    this.strerror = strerror
  }
}

/** C's `ERANGE`, as `float.__pow__` raises it. */
function rangeError(): PyErrnoError {
  return new PyErrnoError('OverflowError', 34, 'Numerical result out of range')
}

/** `float(a)`, rounded half to even. Throws `OverflowError`. */
export function intToFloat(a: Int): number {
  const value = Number(a)
  if (value === Infinity || value === -Infinity) throw new PyError('OverflowError', 'int too large to convert to float')
  return value
}

/** `a / b`. Throws `ZeroDivisionError`. */
export function floatTrueDiv(a: number, b: number): number {
  if (b === 0) throw new PyError('ZeroDivisionError', 'float division by zero')
  return a / b
}

/** `a % b`, which has the sign of `b`. Throws `ZeroDivisionError`. */
export function floatMod(a: number, b: number): number {
  if (b === 0) throw new PyError('ZeroDivisionError', 'float modulo')
  return rest(a, b)
}

/** `a // b`. Throws `ZeroDivisionError`. */
export function floatFloorDiv(a: number, b: number): number {
  if (b === 0) throw new PyError('ZeroDivisionError', 'float floor division by zero')
  return floorQuotient(a, b)
}

/** `divmod(a, b)`. Throws `ZeroDivisionError`. */
export function floatDivmod(a: number, b: number): [number, number] {
  if (b === 0) throw new PyError('ZeroDivisionError', 'float divmod()')
  return [floorQuotient(a, b), rest(a, b)]
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0)
}

function rest(a: number, b: number): number {
  const value = a % b
  if (value === 0) return isNegative(b) ? -0 : 0
  return value < 0 !== b < 0 ? value + b : value
}

function floorQuotient(a: number, b: number): number {
  const value = a % b
  let quotient = (a - value) / b
  // A NaN counts as not zero, and is not below zero.
  if (value !== 0 && b < 0 !== value < 0) quotient -= 1
  if (quotient === 0) return isNegative(a / b) ? -0 : 0
  const floor = Math.floor(quotient)
  return quotient - floor > 0.5 ? floor + 1 : floor
}

/**
 * `a ** b`; `null` where the result is complex: a negative number to a power that is no whole number. Throws
 * `ZeroDivisionError` or `OverflowError`.
 */
export function floatPow(a: number, b: number): number | null {
  const power = floatPower(a, b)
  if (power === 'complex') return null
  if (power !== undefined) return power
  throw a === 0 ? new PyError('ZeroDivisionError', '0.0 cannot be raised to a negative power') : rangeError()
}

/**
 * Compares a float with an int exactly: below, at or above 0, or NaN where the float is. JavaScript compares numbers
 * with bigints by value, so that nothing is rounded.
 */
export function compareFloatInt(a: number, b: Int): number {
  return a < b ? -1 : a > b ? 1 : Number.isNaN(a) ? Number.NaN : 0
}
