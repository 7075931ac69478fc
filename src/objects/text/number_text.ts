/** Reading numbers from text: `int(text, base)`, `float(text)`, `complex(text)`. */
import { PyError } from '../../base/errors.ts'
import { bytesRepr, strRepr } from '../../base/repr.ts'
import { decimalValue, isSpace } from '../../base/unicode.ts'
import { Complex, canonicalInt, type Str, strCodePoints } from '../../base/values.ts'
import { textFromLatin1 } from './latin1.ts'

/** `sys.get_int_max_str_digits()` where nobody changed it. */
const DEFAULT_MAX_DIGITS = 4300

/** Most characters of a text that the error of `int()` shows. */
const MAX_SHOWN = 200

/**
 * `int(text, base)`; base 0 reads the prefix. Throws `ValueError`. Texts of more than `maxDigits` digits are one too
 * where the base is no power of two; 0 is no limit.
 */
export function intFromStr(text: Str, base = 10, maxDigits = DEFAULT_MAX_DIGITS): number | bigint {
  checkBase(base)
  const value = parseInteger(asciiNumber(text), base, maxDigits)
  if (value === null) throw invalidInt(strRepr(text), base)
  return value
}

/** `int(bytes, base)`, as `intFromStr`. */
export function intFromBytesText(text: Uint8Array, base = 10, maxDigits = DEFAULT_MAX_DIGITS): number | bigint {
  checkBase(base)
  const value = parseInteger(textFromLatin1(text), base, maxDigits)
  if (value === null) throw invalidInt(bytesRepr(text), base)
  return value
}

/** `float(text)`. Throws `ValueError`. */
export function floatFromStr(text: Str): number {
  const value = parseFloatText(asciiNumber(text))
  if (value === null) throw invalidFloat(strRepr(text))
  return value
}

/** `float(bytes)`; `repr` is that of the object which holds them. Throws `ValueError`. */
export function floatFromBytesText(text: Uint8Array, repr: () => string): number {
  const value = parseFloatText(textFromLatin1(text))
  if (value === null) throw invalidFloat(repr())
  return value
}

/** `complex(text)`. Throws `ValueError`. */
export function complexFromStr(text: Str): Complex {
  const whole = withoutUnderscores(trimmed(asciiNumber(text)))
  if (whole === null) throw new PyError('ValueError', `could not convert string to complex: ${strRepr(text)}`)
  const inner = whole.startsWith('(') ? (whole.endsWith(')') ? trimmed(whole.slice(1, -1)) : '') : whole
  const match = COMPLEX.exec(inner)
  if (match === null) throw new PyError('ValueError', 'complex() arg is a malformed string')
  const [, bareImag, real, imag] = match
  if (bareImag !== undefined) return new Complex(0, imaginary(bareImag))
  return new Complex(floatValue(real), imag === undefined ? 0 : imaginary(imag))
}

const FLOAT_SOURCE = '(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?|inf(?:inity)?|nan)'
const FLOAT = new RegExp(`^[+-]?${FLOAT_SOURCE}$`, 'i')
const COMPLEX = new RegExp(`^(?:([+-]?${FLOAT_SOURCE}?)j|([+-]?${FLOAT_SOURCE})(?:([+-]${FLOAT_SOURCE}?)j)?)$`, 'i')

/** The part of a complex number before the `j`: a lone sign, or nothing, is one. */
function imaginary(text: string): number {
  return text === '' || text === '+' ? 1 : text === '-' ? -1 : floatValue(text)
}

/** The float of a text of its grammar, without white space and underscores. */
function floatValue(text: string): number {
  const last = text.charCodeAt(text.length - 1) | 0x20
  // A digit or a point ends a number; a letter ends one of the names.
  if (last < 0x60) return Number(text)
  const sign = text[0] === '-' ? -1 : 1
  return /nan$/i.test(text) ? Number.NaN : sign * Infinity
}

function parseFloatText(text: string): number | null {
  const number = withoutUnderscores(trimmed(text))
  return number !== null && FLOAT.test(number) ? floatValue(number) : null
}

/** Takes out the underscores between digits; `null` where one stands elsewhere. */
function withoutUnderscores(text: string): string | null {
  if (!text.includes('_')) return text
  const result = text.replace(/(?<=\d)_(?=\d)/g, '')
  return result.includes('_') ? null : result
}

/** White space of C, which is all that counts in the ASCII of a number. */
function trimmed(text: string): string {
  return text.replace(/^[\t-\r ]+|[\t-\r ]+$/g, '')
}

const PREFIXED: Readonly<Record<string, number>> = { x: 16, o: 8, b: 2 }

/** The value of an integer's text; `null` where it is none. Throws `ValueError` for one of too many digits. */
function parseInteger(text: string, base: number, maxDigits: number): number | bigint | null {
  const match = /^[\t-\r ]*([+-]?)(?:0([xob])(?=.))?([0-9a-z_]+)(.*)$/is.exec(text)
  if (match === null) return null
  let digits = match[3]
  let radix = base
  if (match[2] !== undefined) {
    const prefixBase = PREFIXED[match[2].toLowerCase()]
    // What looks like a prefix may be digits of a greater base.
    if (base === 0 || base === prefixBase) {
      radix = prefixBase
      if (digits[0] === '_') digits = digits.slice(1)
    } else digits = '0' + match[2] + digits
  }
  checkDigitLimit(digits, radix || 10, maxDigits)
  if (!/^[\t-\r ]*$/.test(match[4])) return null
  if (radix === 0) {
    if (digits[0] === '0' && !/^[0_]+$/.test(digits)) return null
    radix = 10
  }
  if (/^_|__|_$/.test(digits)) return null
  if (digits.includes('_')) digits = digits.replaceAll('_', '')
  if (!areDigits(digits, radix)) return null
  const magnitude = digitsValue(digits, radix)
  if (match[1] !== '-') return magnitude
  return typeof magnitude === 'bigint' ? -magnitude : 0 - magnitude
}

function areDigits(digits: string, radix: number): boolean {
  for (let i = 0; i < digits.length; i++) if (digitValue(digits.charCodeAt(i)) >= radix) return false
  return digits.length > 0
}

function digitValue(c: number): number {
  return c <= 0x39 ? c - 0x30 : (c | 0x20) - 0x57
}

/** Throws `ValueError` if so many digits begin a text that converting them would take long; faults after them do not matter. */
function checkDigitLimit(text: string, radix: number, maxDigits: number): void {
  if (maxDigits === 0 || text.length <= maxDigits || (radix & (radix - 1)) === 0) return
  let count = 0
  for (let i = 0; i < text.length; i++) {
    const isUnderscore = text[i] === '_'
    if (isUnderscore ? text[i - 1] === '_' : digitValue(text.charCodeAt(i)) >= radix) break
    if (!isUnderscore) count++
  }
  if (count <= maxDigits) return
  throw new PyError(
    'ValueError',
    `Exceeds the limit (${maxDigits} digits) for integer string conversion: value has ${count} digits; ` +
      'use sys.set_int_max_str_digits() to increase the limit',
  )
}

/** More digits than these of base 36 may be above the greatest safe number. */
const SAFE_DIGITS = 10

function digitsValue(digits: string, radix: number): number | bigint {
  if (digits.length <= SAFE_DIGITS) return Number.parseInt(digits, radix)
  if (radix === 10) return digits.length <= 15 ? Number(digits) : canonicalInt(BigInt(digits))
  if (radix === 16) return canonicalInt(BigInt('0x' + digits))
  if (radix === 8) return canonicalInt(BigInt('0o' + digits))
  if (radix === 2) return canonicalInt(BigInt('0b' + digits))
  return canonicalInt(bigValue(digits, BigInt(radix)))
}

/** Halves the digits, so that the products are of equal sizes, which big numbers are multiplied best in. */
function bigValue(digits: string, radix: bigint): bigint {
  if (digits.length <= SAFE_DIGITS) return BigInt(Number.parseInt(digits, Number(radix)))
  const low = digits.length >> 1
  const high = digits.length - low
  return bigValue(digits.slice(0, high), radix) * radix ** BigInt(low) + bigValue(digits.slice(high), radix)
}

/** The text with decimal digits of every script as ASCII ones, white space as spaces; `?` for what no number has. */
function asciiNumber(text: Str): string {
  if (typeof text === 'string' && /^[\0-\x7f]*$/.test(text)) return text
  let out = ''
  for (const cp of strCodePoints(text)) {
    const digit = cp < 0x7f ? -1 : decimalValue(cp)
    out += cp < 0x7f ? String.fromCharCode(cp) : isSpace(cp) ? ' ' : digit >= 0 ? digit : '?'
  }
  return out
}

function checkBase(base: number): void {
  if (base !== 0 && !(base >= 2 && base <= 36)) {
    throw new PyError('ValueError', 'int() base must be >= 2 and <= 36, or 0')
  }
}

function invalidInt(repr: string, base: number): PyError {
  const shown = repr.length <= MAX_SHOWN ? repr : Array.from(repr).slice(0, MAX_SHOWN).join('')
  return new PyError('ValueError', `invalid literal for int() with base ${base}: ${shown}`)
}

function invalidFloat(repr: string): PyError {
  return new PyError('ValueError', `could not convert string to float: ${repr}`)
}
