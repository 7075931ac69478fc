import { decimalValue, isSpace } from '../../base/unicode.ts'
import { canonicalInt, type Str, strCodePoints } from '../../base/values.ts'
import { intAdd, intMod, intSub } from '../../objects/number/int_arith.ts'
import { checkTextLength } from '../../objects/text/str_sequence.ts'
import {
  CLAMPED,
  CONVERSION_SYNTAX,
  type Context,
  Dec,
  ERRORS,
  EXP_INF,
  type Exp,
  INEXACT,
  INFINITE,
  INVALID_OPERATION,
  infinity,
  invalid,
  maxContext,
  QNAN,
  ROUNDED,
  SNAN,
  type Status,
} from './number.ts'
import { finish } from './rounding.ts'

/*
 * Numbers and their texts.
 */

/**
 * A numeric text in ASCII: digits of any script become ASCII ones, white space becomes spaces. An empty text for what
 * cannot be a number. `lenient` takes away white space around it and all underscores.
 */
export function asciiNumber(text: Str, lenient: boolean): string {
  if (typeof text === 'string' && /^[\x21-\x7e]*$/.test(text)) {
    return lenient && text.includes('_') ? text.replaceAll('_', '') : text
  }
  const points = strCodePoints(text)
  let start = 0
  let end = points.length
  if (lenient) {
    while (end > 0 && isSpace(points[end - 1]!)) end--
    while (start < end && isSpace(points[start]!)) start++
  }
  let out = ''
  for (let i = start; i < end; i++) {
    const cp = points[i]!
    if (cp === 0x5f && lenient) continue
    if (cp > 0 && cp < 0x80) out += String.fromCharCode(cp)
    else if (isSpace(cp)) out += ' '
    else {
      const digit = decimalValue(cp)
      if (digit < 0) return ''
      out += String(digit)
    }
  }
  return out
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/
const SPECIAL = /^([+-]?)(?:(inf(?:inity)?)|(s?)nan(\d*))$/i

const SSIZE_MAX = 2n ** 63n - 1n

/** An exponent as C reads it: cut to 64 bits. */
function readExponent(text: string): Exp {
  if (text.length < 16) return Number(text)
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text)
  if (value > SSIZE_MAX) return SSIZE_MAX
  return value < -SSIZE_MAX ? -SSIZE_MAX - 1n : canonicalInt(value)
}

/** Characters of a number whose digits a double holds, with sign and point. */
const PLAIN_MAX = 17

/** A short number without an exponent, read without a pattern: what programs mostly write; `undefined` for others. */
function parsePlain(text: string, ctx: Context, st: Status): Dec | undefined {
  if (text.length > PLAIN_MAX) return undefined
  const first = text.charCodeAt(0)
  let value = 0
  let digits = 0
  let count = 0
  let point = -1
  for (let i = first === 0x2b || first === 0x2d ? 1 : 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit
      count++
      if (value > 0) digits++
    } else if (digit === -2 && point < 0) point = count
    else return undefined
  }
  if (count === 0 || count > 15) return undefined
  return finish(first === 0x2d, BigInt(value), digits || 1, point < 0 ? 0 : point - count, ctx, st)
}

/** The number that an ASCII text says, made to fit the context. */
export function parseNumber(text: string, ctx: Context, st: Status): Dec {
  const plain = parsePlain(text, ctx, st)
  if (plain !== undefined) return plain
  const match = NUMBER.exec(text)
  if (match === null) return parseSpecial(text, ctx, st)
  const whole = match[2]!
  const fraction = match[3] ?? ''
  const all = whole + fraction
  if (all === '') return invalid(CONVERSION_SYNTAX, st)
  let exp: Exp = match[4] === undefined ? 0 : readExponent(match[4])
  exp = intSub(exp, fraction.length)
  if (exp > EXP_INF) exp = EXP_INF
  else if (exp < -SSIZE_MAX) exp = -SSIZE_MAX
  let zeros = 0
  while (zeros < all.length - 1 && all.charCodeAt(zeros) === 0x30) zeros++
  return finish(match[1] === '-', BigInt(all), all.length - zeros, exp, ctx, st)
}

function parseSpecial(text: string, ctx: Context, st: Status): Dec {
  const match = SPECIAL.exec(text)
  if (match === null) return invalid(CONVERSION_SYNTAX, st)
  const negative = match[1] === '-'
  if (match[2] !== undefined) return infinity(negative)
  const payload = match[4]!.replace(/^0+/, '')
  if (payload.length > intSub(ctx.prec, ctx.clamp)) return invalid(CONVERSION_SYNTAX, st)
  return new Dec(match[3] === '' ? QNAN : SNAN, negative, BigInt(payload), payload.length, 0)
}

/** A result of the widest context where only an exact one counts. */
function exactly(result: Dec, met: Status, st: Status): Dec {
  if ((met.bits & (INEXACT | ROUNDED | CLAMPED)) !== 0) result = invalid(INVALID_OPERATION, met)
  st.bits |= met.bits & ERRORS
  return result
}

/** The number that an ASCII text says, exactly. */
export function parseExactly(text: string, met: Status, st: Status): Dec {
  met.bits = 0
  return exactly(parseNumber(text, maxContext, met), met, st)
}

/** The text of a number without a sign for special ones, and whether it is special. */
export function specialText(a: Dec): string {
  if (a.kind === INFINITE) return 'Infinity'
  return (a.kind === QNAN ? 'NaN' : 'sNaN') + (a.digits > 0 ? a.coef.toString() : '')
}

/** How an exponent is written, with its sign. */
export function exponentText(exp: Exp): string {
  return exp < 0 ? exp.toString() : `+${exp}`
}

/** Digits with a point before digit number `place`, and zeros where there are no digits. */
export function placePoint(digits: string, place: Exp): string {
  checkTextLength(digits.length + Math.abs(Number(place)))
  if (place <= 0) return `0.${'0'.repeat(Number(place) * -1)}${digits}`
  if (place >= digits.length) return digits + '0'.repeat(Number(place) - digits.length)
  return `${digits.slice(0, Number(place))}.${digits.slice(Number(place))}`
}

function toText(a: Dec, engineering: boolean, capitals: boolean): string {
  const sign = a.negative ? '-' : ''
  if (a.kind !== 0) return sign + specialText(a)
  const digits = a.coef.toString()
  if (a.exp === 0) return sign + digits
  const left = intAdd(a.exp, digits.length)
  if (a.exp <= 0 && left > -6) return sign + placePoint(digits, left)
  let place = 1
  if (engineering) {
    place = a.coef === 0n ? Number(intMod(intAdd(a.exp, 2), 3)) - 1 : 1 + Number(intMod(intSub(left, 1), 3))
  }
  const body = sign + placePoint(digits, place)
  return left === place ? body : body + (capitals ? 'E' : 'e') + exponentText(intSub(left, place))
}

/** The scientific text of a number: what `str` gives. */
export function toScientific(a: Dec, capitals: number): string {
  return toText(a, false, capitals === 1)
}

/** The engineering text: exponents are multiples of three. */
export function toEngineering(a: Dec, capitals: number): string {
  return toText(a, true, capitals === 1)
}
