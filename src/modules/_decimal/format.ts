import { type Str, strCodePoints, strLength } from '../../base/values.ts'
import { intAdd, intNegate, intSub } from '../../objects/number/int_arith.ts'
import { utf8Encode } from '../../objects/text/codec_utf8.ts'
import { strFromCodePoint, strJoin, strRepeat } from '../../objects/text/str_sequence.ts'
import { rescale } from './adjust.ts'
import {
  type Context,
  Dec,
  ERRORS,
  FINITE,
  INVALID_OPERATION,
  invalid,
  isZero,
  MAX_PREC,
  Status,
  withSign,
} from './number.ts'
import { exponentText, placePoint, specialText } from './text.ts'

/*
 * `format()` of numbers: libmpdec's own mini-language, which is not quite that of floats.
 */

/** A parsed specifier. */
export interface DecimalSpec {
  readonly fill: Str
  /** `<`, `>`, `^`, `=`, or `z` for zeros after the sign. */
  readonly align: string
  readonly sign: string
  /** `z`: no negative zero. */
  readonly noNegativeZero: boolean
  readonly width: bigint
  /** −1 where none is given. */
  readonly prec: bigint
  /** `e`, `f`, `g` or `%`, in lower case. */
  readonly type: string
  readonly upper: boolean
  /** The decimal point, empty where the number's own stays; thousands separator; sizes of groups from the right. */
  dot: Str
  sep: Str
  grouping: readonly number[]
}

const SSIZE_MAX = 2n ** 63n - 1n

const isAlign = (char: string | undefined) => char !== undefined && char !== '' && '<>=^'.includes(char)

/** Parses a specifier; `undefined` for an invalid one. `capitals` decides on the default type. */
export function parseSpec(text: Str, capitals: number): DecimalSpec | undefined {
  // Lone surrogates have no UTF-8: that is the error of the whole.
  if (typeof text !== 'string' || /[^\0-\x7f]/.test(text)) utf8Encode(text)
  const chars = strCodePoints(text).map((cp) => strFromCodePoint(cp))
  const nul = chars.indexOf('\0', 1)
  if (nul >= 0) chars.length = nul
  const hasFill = isAlign(asText(chars[1])) && chars.length > 1
  const hasAlign = hasFill || isAlign(asText(chars[0]))
  const at = hasFill ? 2 : hasAlign ? 1 : 0
  const rest = chars.slice(at).map(asText).join('')
  const match = SPEC.exec(rest)
  if (match === null) return undefined
  const [, sign, noNegativeZero, zero, widthText, comma, precText, typeText] = match
  if (zero !== '' && hasAlign) return undefined
  if (comma !== '' && typeText !== '' && 'nN'.includes(typeText!)) return undefined
  const width = widthText === '' ? 0n : BigInt(widthText!)
  const prec = precText === undefined ? -1n : BigInt(precText)
  if (width > SSIZE_MAX || prec > SSIZE_MAX) return undefined
  const given = typeText === '' ? (capitals === 1 ? 'G' : 'g') : typeText!
  const isLocal = given === 'n' || given === 'N'
  const lower = given.toLowerCase()
  return {
    fill: zero !== '' ? '0' : hasFill ? chars[0]! : ' ',
    align: zero !== '' ? 'z' : hasAlign ? asText(chars[hasFill ? 1 : 0]) : '>',
    sign: sign === '' ? '-' : sign!,
    noNegativeZero: noNegativeZero !== '',
    width,
    prec,
    type: isLocal ? 'g' : lower,
    upper: given !== lower,
    dot: comma !== '' || isLocal ? '.' : '',
    sep: comma !== '' ? ',' : '',
    grouping: comma !== '' ? [3, 3] : [],
  }
}

const SPEC = /^([-+ ]?)(z?)(0?)((?:[1-9]\d*)?)(,?)(?:\.(\d+))?([EeFfGg%nN]?)$/

const asText = (char: Str | undefined): string => (typeof char === 'string' ? char : char === undefined ? '' : '?')

/** Whether a decimal point, a separator and groups can be used (`mpd_validate_lconv`). */
export function isValidLocale({ dot, sep, grouping }: DecimalSpec): boolean {
  const length = utf8Encode(dot).length
  return length > 0 && length <= 4 && utf8Encode(sep).length <= 4 && grouping.every((size) => size < 0x80)
}

/** The number rounded to significant digits. */
function toDigits(a: Dec, prec: number, ctx: Context, st: Status): Dec {
  if (prec <= 0) return invalid(INVALID_OPERATION, st)
  if (a.kind !== FINITE || a.coef === 0n) return a
  const exp = intSub(intAdd(a.exp, a.digits), prec)
  const result = rescale(a, exp, ctx, st, true)
  return result.digits > prec ? rescale(result, intAdd(exp, 1), ctx, st, true) : result
}

const moved = (a: Dec, places: number) => new Dec(a.kind, a.negative, a.coef, a.digits, intAdd(a.exp, places))

/** The number with a sign that `z` leaves it; `undefined` where rounding to see that fails. */
export function withoutNegativeZero(a: Dec, spec: DecimalSpec, ctx: Context): Dec | undefined {
  if (!spec.noNegativeZero || !a.negative || a.kind !== FINITE) return a
  const st = new Status()
  let rounded = a
  if (spec.prec >= 0n && !spec.upper) {
    const places = Number(spec.prec)
    if (spec.type === 'f') rounded = rescale(a, 0 - places, ctx, st)
    else if (spec.type === '%') rounded = rescale(moved(a, 2), 0 - places, ctx, st)
    else if (spec.type === 'g') {
      const prec = Math.max(1, places)
      if (a.digits > prec) rounded = toDigits(a, prec, ctx, st)
    } else if (!isZero(a)) rounded = toDigits(a, places + 1, ctx, st)
  }
  if ((st.bits & ERRORS) !== 0) return undefined
  return isZero(rounded) ? withSign(rounded, false) : a
}

/** The formatted number; `undefined` where it exceeds libmpdec's limits. Throws `MemoryError`. */
export function formatDecimal(a: Dec, spec: DecimalSpec, ctx: Context): Str | undefined {
  if (spec.width > MAX_PREC) return undefined
  const sign = a.negative ? '-' : spec.sign === '-' ? '' : spec.sign
  const percent = spec.type === '%' ? '%' : ''
  if (a.kind !== FINITE) {
    const text = specialText(a) + percent
    const zeros = spec.align === 'z'
    return pad(sign, [text], text.length, zeros ? ' ' : spec.fill, zeros ? '>' : spec.align, spec.width)
  }
  const body = numberText(a, spec, ctx)
  if (body === undefined) return undefined
  const parts = spec.dot === '' ? [body + percent] : localParts(body + percent, sign.length, spec)
  const length = parts.reduce((sum, part, i) => sum + (isMark(i, parts) ? 1 : strLength(part)), 0)
  return pad(sign, parts, length, spec.fill, spec.align === 'z' ? '=' : spec.align, spec.width)
}

/** Every second part is a separator or the point, which counts as one character however long it is. */
function isMark(i: number, parts: readonly Str[]): boolean {
  return parts.length > 1 && i % 2 === 1
}

/** A finite number's digits, point and exponent without its sign. */
function numberText(a: Dec, spec: DecimalSpec, ctx: Context): string | undefined {
  const st = new Status()
  let value = spec.type === '%' ? moved(a, 2) : a
  const fixed = spec.type === 'f' || spec.type === '%'
  let place = 1
  if (spec.prec >= 0n) {
    if (spec.prec > MAX_PREC) return undefined
    const prec = Number(spec.prec)
    if (spec.type === 'g') {
      const digits = Math.max(1, prec)
      if (value.digits > digits) value = toDigits(value, digits, ctx, st)
    } else if (spec.type === 'e') {
      if (value.coef === 0n) place = 1 - prec
      else value = toDigits(value, prec + 1, ctx, st)
    } else value = rescale(value, intNegate(prec), ctx, st)
  }
  if (fixed && value.coef === 0n && value.exp > 0) value = rescale(value, 0, ctx, st)
  if ((st.bits & ERRORS) !== 0) return undefined
  const digits = value.coef.toString()
  const left = intAdd(value.exp, digits.length)
  if (fixed || (spec.type === 'g' && value.exp <= 0 && left > -6)) return placePoint(digits, left)
  const body = placePoint(digits, place)
  if (spec.type !== 'e' && left === place) return body
  return body + (spec.upper ? 'E' : 'e') + exponentText(intSub(left, place))
}

/** A number with the locale's point and separators; with `z` alignment zeros fill it up. Marks stand at odd places. */
function localParts(text: string, signLength: number, spec: DecimalSpec): Str[] {
  const match = /^(\d+)(\.?)(.*)$/.exec(text)!
  const whole = match[1]!
  const rest = match[3]!
  const hasDot = match[2] !== ''
  if (!hasDot && (spec.sep === '' || spec.grouping.length === 0)) return [text]
  // From the last part to the first.
  const parts: Str[] = hasDot ? [rest, spec.dot] : []
  let tail = hasDot ? '' : rest
  let length = rest.length + (hasDot ? 1 : 0)
  const width = Number(spec.width)
  let group = 0
  let take = spec.grouping[0] ?? 0
  let left = whole.length
  let zeros = false
  for (;;) {
    const size = spec.grouping[group] ?? 0
    if (size === 0 || size === 127 || take > left) take = left
    left -= take
    tail = (zeros ? '0'.repeat(take) : whole.slice(left, left + take)) + tail
    length += take
    if (left === 0) {
      if (spec.align !== 'z' || length + signLength >= width) break
      left = width - length - signLength
      take = size - take
      zeros = true
      continue
    }
    if (spec.sep !== '') {
      // A separator takes the place of a zero, unless the number would begin with it.
      if (zeros && left > 1) left--
      parts.push(tail, spec.sep)
      tail = ''
      length++
    }
    if (size !== 0 && (spec.grouping[group + 1] ?? 0) !== 0) group++
    take = spec.grouping[group] ?? 0
  }
  parts.push(tail)
  return parts.reverse()
}

function pad(sign: string, parts: readonly Str[], length: number, fill: Str, align: string, width: bigint): Str {
  const body = strJoin('', parts)
  const missing = Number(width) - length - sign.length
  if (missing <= 0) return strJoin('', [sign, body])
  const left = align === '<' ? 0 : align === '^' ? Math.floor(missing / 2) : missing
  if (align === '=') return strJoin('', [sign, strRepeat(fill, missing), body])
  return strJoin('', [strRepeat(fill, left), sign, body, strRepeat(fill, missing - left)])
}
