import type { Constant } from '../base/values.ts'
import { Complex, canonicalInt, Float } from '../base/values.ts'

/** `sys.set_int_max_str_digits`: longer decimal literals are refused; 0 is no limit. */
export const decimalLimit = { digits: 4300 }
/** A decimal literal of so few characters is exact as a double, and one with a prefix `0x`, `0o` or `0b` too. */
const SAFE_LENGTH = 15

const CHAR_0 = 48
const CHAR_E = 69
const CHAR_e = 101
const CHAR_J = 74
const CHAR_j = 106
const CHAR_DOT = 46

/** So many decimal digits fit into an integer of 31 bits. */
const MAX_SMALL_DIGITS = 9

/** The value of a short decimal int, as most numbers are, by its source; −1 if the bytes are no such number. */
export function smallDecimal(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > MAX_SMALL_DIGITS) return -1
  let value = 0
  for (let i = start; i < end; i++) {
    const digit = bytes[i] - CHAR_0
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/**
 * The value of a NUMBER token, underscores included, or `null` for a decimal int with more digits than CPython
 * converts (`tooManyDigits` has the message). The text is one that the tokenizer accepts.
 */
export function parseNumber(text: string): Constant {
  const clean = text.indexOf('_') < 0 ? text : text.replaceAll('_', '')
  const last = clean.charCodeAt(clean.length - 1)
  if (clean.charCodeAt(0) === CHAR_0 && clean.length > 1 && isRadixLetter(clean.charCodeAt(1) | 0x20)) {
    return clean.length <= SAFE_LENGTH ? Number(clean) : canonicalInt(BigInt(clean))
  }
  if (last === CHAR_j || last === CHAR_J) return new Complex(0, Number(clean.slice(0, -1)))
  for (let i = 0; i < clean.length; i++) {
    const c = clean.charCodeAt(i)
    if (c === CHAR_DOT || c === CHAR_e || c === CHAR_E) return new Float(Number(clean))
  }
  if (clean.length <= SAFE_LENGTH) return Number(clean)
  if (clean.charCodeAt(0) === CHAR_0) return 0
  const { digits } = decimalLimit
  return digits !== 0 && clean.length > digits ? null : canonicalInt(BigInt(clean))
}

/** `x`, `o` or `b`, in lower case. */
function isRadixLetter(c: number): boolean {
  return c === 120 || c === 111 || c === 98
}

/** CPython's message for a decimal literal for which `parseNumber` gives `null`. */
export function tooManyDigits(text: string): string {
  const digits = text.replaceAll('_', '').length
  return (
    `Exceeds the limit (${decimalLimit.digits} digits) for integer string conversion: value has ${digits} digits; ` +
    'use sys.set_int_max_str_digits() to increase the limit - ' +
    'Consider hexadecimal for huge integer literals to avoid decimal conversion limits.'
  )
}
