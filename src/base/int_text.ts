import { PyError } from './errors.ts'
import { canonicalInt } from './values.ts'

/** `sys.get_int_max_str_digits()`: longer decimal texts are not converted, as that takes quadratic time in CPython. */
const MAX_STR_DIGITS = 4300

/** 2 to this power has more than `MAX_STR_DIGITS` digits. */
const MAX_STR_BITS = 14_285n

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

/** `repr` of an int. Throws `ValueError` for one of more than `MAX_STR_DIGITS` digits. */
export function intRepr(value: number | bigint): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : String(value)
  const magnitude = value < 0n ? -value : value
  if (magnitude >> MAX_STR_BITS === 0n) {
    const text = magnitude.toString()
    if (text.length <= MAX_STR_DIGITS) return value < 0n ? '-' + text : text
  }
  throw new PyError(
    'ValueError',
    `Exceeds the limit (${MAX_STR_DIGITS} digits) for integer string conversion; ` +
      'use sys.set_int_max_str_digits() to increase the limit',
  )
}
