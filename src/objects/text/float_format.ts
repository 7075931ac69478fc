/** The text of floats in the presentations that `format`, `%` and `round` share (`PyOS_double_to_string`). */
import { PyError } from '../../base/errors.ts'
import { fixedDigits, shortestDigits, significantDigits } from './float_digits.ts'
import { checkTextLength } from './str_sequence.ts'

/** The presentations; `r` is that of `repr`. */
export type FloatCode = 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'r'

/** What may be asked of a float's text besides its presentation. */
export interface FloatFlags {
  /** `#`: keep the point and the zeros that would go. */
  readonly alternate: boolean
  /** A number that is whole gets `.0`, unless it has an exponent. */
  readonly addDotZero: boolean
  /** `z`: what is rounded to zero has no sign. */
  readonly noNegativeZero: boolean
}

/**
 * A float with a precision: digits after the point for `e` and `f`, significant ones for `g`; `r` has none. Throws
 * `MemoryError` for precisions that no text can have.
 */
export function floatToText(value: number, code: FloatCode, precision: number, flags: FloatFlags): string {
  checkTextLength(precision + 400)
  const lower = code.toLowerCase()
  let text: string
  if (!Number.isFinite(value)) text = Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'
  else {
    const magnitude = Math.abs(value)
    const unsigned = lower === 'f' ? fixed(magnitude, precision, flags) : general(magnitude, lower, precision, flags)
    const isNegative = value < 0 || Object.is(value, -0)
    text = isNegative && !(flags.noNegativeZero && /^[0.]*(e|$)/.test(unsigned)) ? '-' + unsigned : unsigned
  }
  return code === lower ? text : text.toUpperCase()
}

function fixed(magnitude: number, precision: number, flags: FloatFlags): string {
  const text = fixedDigits(magnitude, precision)
  return flags.alternate && precision === 0 ? text + '.' : text
}

function general(magnitude: number, code: string, precision: number, flags: FloatFlags): string {
  if (code === 'e') {
    const { digits, point } = significantDigits(magnitude, precision + 1)
    return exponential(digits, point, flags)
  }
  if (code === 'r') {
    const { digits, point } = shortestDigits(magnitude)
    return point <= -4 || point > 16 ? exponential(digits, point, flags) : positional(digits, point, flags)
  }
  const count = Math.max(precision, 1)
  const { digits, point } = significantDigits(magnitude, count)
  const kept = flags.alternate ? digits : digits.replace(/(?<=.)0+$/, '')
  const usesExponent = point <= -4 || point > (flags.addDotZero ? count - 1 : count)
  return usesExponent ? exponential(kept, point, flags) : positional(kept, point, flags)
}

function exponential(digits: string, point: number, flags: FloatFlags): string {
  const exponent = point - 1
  const size = String(Math.abs(exponent)).padStart(2, '0')
  const dot = digits.length > 1 || flags.alternate ? '.' : ''
  return `${digits[0]}${dot}${digits.slice(1)}e${exponent < 0 ? '-' : '+'}${size}`
}

function positional(digits: string, point: number, flags: FloatFlags): string {
  if (point <= 0) return '0.' + '0'.repeat(-point) + digits
  if (digits.length > point) return digits.slice(0, point) + '.' + digits.slice(point)
  const whole = digits.padEnd(point, '0')
  return flags.addDotZero ? whole + '.0' : flags.alternate ? whole + '.' : whole
}

/** The greatest precision that a format may have (`INT_MAX`); callers say `precision too big` above it. */
const MAX_PRECISION = 2 ** 31 - 1

/** Throws `ValueError` for a precision above C's greatest int. */
export function checkPrecision(precision: number): void {
  if (precision > MAX_PRECISION) throw new PyError('ValueError', 'precision too big')
}
