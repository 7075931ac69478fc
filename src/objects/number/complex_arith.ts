import { hypot } from '../../base/elementary.ts'
import { PyError } from '../../base/errors.ts'
import { Complex } from '../../base/values.ts'
import { complexOperation, rawComplexPower } from '../../compiler/optimizer/complexes.ts'

/** `a + b`, `a - b` and `a * b`. */
export function complexAdd(a: Complex, b: Complex): Complex {
  return new Complex(a.real + b.real, a.imag + b.imag)
}

export function complexSub(a: Complex, b: Complex): Complex {
  return new Complex(a.real - b.real, a.imag - b.imag)
}

export function complexMul(a: Complex, b: Complex): Complex {
  return new Complex(a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real)
}

/** `a / b`. Throws `ZeroDivisionError`. */
export function complexTrueDiv(a: Complex, b: Complex): Complex {
  const quotient = complexOperation('Div', a, b)
  if (quotient === undefined) throw new PyError('ZeroDivisionError', 'complex division by zero')
  return quotient
}

/** `a ** b`. Throws `ZeroDivisionError` or `OverflowError`. */
export function complexPow(a: Complex, b: Complex): Complex {
  const power = rawComplexPower(a, b)
  if (power === undefined) throw new PyError('ZeroDivisionError', '0.0 to a negative or complex power')
  if (Math.abs(power.real) === Infinity || Math.abs(power.imag) === Infinity) {
    throw new PyError('OverflowError', 'complex exponentiation')
  }
  return power
}

/** `abs(a)`. Throws `OverflowError`. */
export function complexAbs(a: Complex): number {
  const real = Math.abs(a.real)
  const imag = Math.abs(a.imag)
  if (real === Infinity || imag === Infinity) return Infinity
  if (Number.isNaN(real) || Number.isNaN(imag)) return Number.NaN
  const size = hypot(real, imag)
  if (size === Infinity) throw new PyError('OverflowError', 'absolute value too large')
  return size
}
