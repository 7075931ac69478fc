import type { Operator } from '../../ast/nodes.ts'
import * as elementary from '../../base/elementary.ts'
import { Complex } from '../../base/values.ts'

/*
 * Python's complex arithmetic for constants, with the steps of CPython's `complexobject.c`, whose order decides the last
 * bits; `undefined` is an exception, which is not folded.
 */

/** A binary operator on two complex numbers. */
export function complexOperation(op: Operator, a: Complex, b: Complex): Complex | undefined {
  switch (op) {
    case 'Add':
      return new Complex(a.real + b.real, a.imag + b.imag)
    case 'Sub':
      return new Complex(a.real - b.real, a.imag - b.imag)
    case 'Mult':
      return multiply(a, b)
    case 'Div':
      return divide(a, b)
    case 'Pow':
      return complexPower(a, b)
    default:
      return undefined
  }
}

function multiply(a: Complex, b: Complex): Complex {
  return new Complex(a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real)
}

/** Smith's algorithm (CACM 116): both parts are first divided by the larger part of the divisor. */
function divide(a: Complex, b: Complex): Complex | undefined {
  const real = Math.abs(b.real)
  const imag = Math.abs(b.imag)
  if (real >= imag) {
    if (real === 0) return undefined
    const ratio = b.imag / b.real
    const denominator = b.real + b.imag * ratio
    return new Complex((a.real + a.imag * ratio) / denominator, (a.imag - a.real * ratio) / denominator)
  }
  if (imag >= real) {
    const ratio = b.real / b.imag
    const denominator = b.real * ratio + b.imag
    return new Complex((a.real * ratio + a.imag) / denominator, (a.imag * ratio - a.real) / denominator)
  }
  return new Complex(Number.NaN, Number.NaN)
}

/** Whole exponents up to this one are done by multiplication. */
const MAX_SMALL_EXPONENT = 100

/** `a ** b`; `undefined` for a ZeroDivisionError, an infinite result where Python has an OverflowError. */
export function rawComplexPower(a: Complex, b: Complex): Complex | undefined {
  const isSmall = b.imag === 0 && Number.isInteger(b.real) && Math.abs(b.real) <= MAX_SMALL_EXPONENT
  return isSmall ? wholePower(a, b.real) : generalPower(a, b)
}

/** `a ** b`. */
export function complexPower(a: Complex, b: Complex): Complex | undefined {
  const power = rawComplexPower(a, b)
  if (power === undefined || Math.abs(power.real) === Infinity || Math.abs(power.imag) === Infinity) return undefined
  return power
}

function wholePower(base: Complex, exponent: number): Complex | undefined {
  return exponent > 0 ? positivePower(base, exponent) : divide(new Complex(1, 0), positivePower(base, -exponent))
}

function positivePower(base: Complex, exponent: number): Complex {
  let result = new Complex(1, 0)
  for (let bit = 1; bit <= exponent; bit *= 2) {
    if ((exponent & bit) !== 0) result = multiply(result, base)
    base = multiply(base, base)
  }
  return result
}

function generalPower(a: Complex, b: Complex): Complex | undefined {
  if (b.real === 0 && b.imag === 0) return new Complex(1, 0)
  if (a.real === 0 && a.imag === 0) return b.imag !== 0 || b.real < 0 ? undefined : new Complex(0, 0)
  const size = cHypot(a.real, a.imag)
  const angle = cAtan2(a.imag, a.real)
  let length = cPow(size, b.real)
  let phase = angle * b.real
  if (b.imag !== 0) {
    length /= cExp(angle * b.imag)
    phase += b.imag * cLog(size)
  }
  // The sine of an infinite angle is a domain error, as is dividing by zero.
  if (Math.abs(phase) === Infinity) return undefined
  return new Complex(length * cCos(phase), length * cSin(phase))
}

/* C's functions: the precise ones where the arguments are finite, else JavaScript's, which then agree with C. */

function cHypot(x: number, y: number): number {
  return Number.isFinite(x) && Number.isFinite(y) ? elementary.hypot(x, y) : Math.hypot(x, y)
}

function cAtan2(y: number, x: number): number {
  return Number.isFinite(x) && Number.isFinite(y) ? elementary.atan2(y, x) : Math.atan2(y, x)
}

function cPow(x: number, y: number): number {
  if (x === 1 || y === 0) return 1
  return x > 0 && Number.isFinite(x) && Number.isFinite(y) ? elementary.pow(x, y) : x ** y
}

function cExp(x: number): number {
  return Number.isFinite(x) ? elementary.exp(x) : Math.exp(x)
}

function cLog(x: number): number {
  return x > 0 && Number.isFinite(x) ? elementary.log(x) : Math.log(x)
}

function cCos(x: number): number {
  return Number.isFinite(x) ? elementary.cos(x) : Number.NaN
}

function cSin(x: number): number {
  return Number.isFinite(x) ? elementary.sin(x) : Number.NaN
}
