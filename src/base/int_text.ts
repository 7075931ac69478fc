import { PyError } from './errors.ts'
import { canonicalInt } from './values.ts'

/** `sys.get_int_max_str_digits()`: longer decimal texts are not converted, as that takes quadratic time in CPython. */
const MAX_STR_DIGITS = 4300

/**
 * The value of an integer literal (decimal, or with the prefix `0x`, `0o` or `0b`), underscores allowed between its
 * digits. `null` for a decimal one of too many digits: see `intLimitMessage`.
 */
export function intFromLiteral(text: string): number | bigint | null {
  const digits = text.includes('_') ? text.replaceAll('_', '') : text
  if (digits.length <= 12) return Number(digits)
  const hasPrefix = digits.charCodeAt(0) === 0x30 && digits.charCodeAt(1) > 0x39
  if (!hasPrefix && digits.length > MAX_STR_DIGITS) return /^0+$/.test(digits) ? 0 : null
  return canonicalInt(BigInt(digits))
}

/** CPython's message for a decimal literal of too many digits. */
export function intLimitMessage(text: string): string {
  const count = text.replaceAll('_', '').length
  return (
    `Exceeds the limit (${MAX_STR_DIGITS} digits) for integer string conversion: value has ${count} digits; ` +
    'use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to ' +
    'avoid decimal conversion limits.'
  )
}

/**
 * `repr` of an int. Throws `ValueError` for one of more than `maxDigits` digits (`sys.get_int_max_str_digits()`); 0 is
 * no limit.
 */
export function intRepr(value: number | bigint, maxDigits: number = MAX_STR_DIGITS): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : String(value)
  if (maxDigits === 0) return value.toString()
  const magnitude = value < 0n ? -value : value
  // A number of so many bits has more digits than allowed, which is known without making them.
  if (magnitude >> BigInt(Math.ceil(maxDigits * Math.log2(10)) + 1) === 0n) {
    const text = magnitude.toString()
    if (text.length <= maxDigits) return value < 0n ? '-' + text : text
  }
  throw new PyError(
    'ValueError',
    `Exceeds the limit (${maxDigits} digits) for integer string conversion; ` +
      'use sys.set_int_max_str_digits() to increase the limit',
  )
}
