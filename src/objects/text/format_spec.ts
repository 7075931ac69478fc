/** The format mini-language of `format()`, f-strings and `str.format`: what a specifier says, and filling up to it. */
import { PyError } from '../../base/errors.ts'
import { decimalValue } from '../../base/unicode.ts'
import { type Str, strLength, strToUtf16 } from '../../base/values.ts'
import { strPad } from './str_padding.ts'
import { checkTextLength, strCharAt, strCodePointAt, strConcat, strRepeat } from './str_sequence.ts'

/** A parsed specifier: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. */
export interface FormatSpec {
  readonly fill: Str
  readonly align: string
  /** `+`, `-`, a space, or nothing. */
  readonly sign: string
  /** `#` */
  readonly alternate: boolean
  /** `z` */
  readonly noNegativeZero: boolean
  /** −1 where none is given, as for the precision. */
  readonly width: number
  /** `,`, `_` or nothing. */
  readonly separator: string
  readonly precision: number
  /** The code point of the type, or the default one; 0 where that is none. */
  readonly type: number
}

/** What a type's own format has where the specifier says nothing. */
export interface FormatDefaults {
  readonly type: string
  readonly align: '<' | '>'
}

/** `PY_SSIZE_T_MAX`. */
const MAX_NUMBER = 9223372036854775807n

const cache = new Map<string, FormatSpec>()
const CACHE_SIZE = 128

/**
 * Parses a specifier for an object whose type has this name. Throws `ValueError` with CPython's messages for what no
 * type allows; what one type does not allow, its own format function says.
 */
export function parseFormatSpec(spec: Str, typeName: string, defaults: FormatDefaults): FormatSpec {
  if (typeof spec !== 'string') return new SpecParser(spec, defaults).parse(typeName)
  const key = defaults.type + defaults.align + spec
  const known = cache.get(key)
  if (known !== undefined) return known
  const parsed = new SpecParser(spec, defaults).parse(typeName)
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(key, parsed)
  return parsed
}

class SpecParser {
  private readonly spec: Str
  private readonly defaults: FormatDefaults
  private pos = 0

  constructor(spec: Str, defaults: FormatDefaults) {
    this.spec = spec
    this.defaults = defaults
  }

  parse(typeName: string): FormatSpec {
    let { align } = this.defaults as { align: string }
    let fill: Str = ' '
    const hasFill = isAlign(this.at(1))
    const hasAlign = hasFill || isAlign(this.at(0))
    if (hasFill) fill = strCharAt(this.spec, this.pos++)
    if (hasAlign) align = String.fromCharCode(this.at(this.pos++))
    const sign = this.takeOneOf('+- ')
    const noNegativeZero = this.takeOneOf('z') !== ''
    const alternate = this.takeOneOf('#') !== ''
    if (!hasFill && this.takeOneOf('0') !== '') {
      fill = '0'
      if (!hasAlign && align === '>') align = '='
    }
    const width = this.takeNumber()
    const separator = this.takeSeparator()
    let precision = -1
    if (this.takeOneOf('.') !== '') {
      precision = this.takeNumber()
      if (precision < 0) throw new PyError('ValueError', 'Format specifier missing precision')
    }
    const left = strLength(this.spec) - this.pos
    if (left > 1) {
      const text = strToUtf16(this.spec)
      throw new PyError(
        'ValueError',
        `Invalid format specifier '${text}' for object of type '${typeName.slice(0, 200)}'`,
      )
    }
    const type = left === 1 ? this.at(this.pos) : this.defaults.type === '' ? 0 : this.defaults.type.charCodeAt(0)
    if (separator !== '') checkSeparator(separator, type)
    return { fill, align, sign, alternate, noNegativeZero, width, separator, precision, type }
  }

  /** The code point at a position, −1 beyond the end. */
  private at(index: number): number {
    return index < strLength(this.spec) ? strCodePointAt(this.spec, index) : -1
  }

  private takeOneOf(chars: string): string {
    const cp = this.at(this.pos)
    const char = cp < 0 || cp > 0x7f ? '' : String.fromCharCode(cp)
    if (char === '' || !chars.includes(char)) return ''
    this.pos++
    return char
  }

  /** The decimal number that begins here, in digits of any script; −1 if there is none. */
  private takeNumber(): number {
    let value = -1
    let exact = 0n
    for (; this.at(this.pos) >= 0; this.pos++) {
      const digit = decimalValue(this.at(this.pos))
      if (digit < 0) break
      if (value > 2 ** 49) {
        // Only here can a double be wrong about the limit.
        exact = exact === 0n ? BigInt(value) : exact
        exact = exact * 10n + BigInt(digit)
        if (exact > MAX_NUMBER) throw new PyError('ValueError', 'Too many decimal digits in format string')
        value = Number(exact)
      } else value = Math.max(value, 0) * 10 + digit
    }
    return value
  }

  private takeSeparator(): string {
    const comma = this.takeOneOf(',')
    const underscore = this.takeOneOf('_')
    if (underscore !== '' && (comma !== '' || this.at(this.pos) === 0x2c)) {
      throw new PyError('ValueError', "Cannot specify both ',' and '_'.")
    }
    return comma + underscore
  }
}

function isAlign(cp: number): boolean {
  return (cp >= 0x3c && cp <= 0x3e) || cp === 0x5e
}

/** Types that may have their digits grouped by commas or underscores, and by underscores alone. */
const GROUPED = 'defgEG%F'
const GROUPED_BY_UNDERSCORE = 'boxX'

function checkSeparator(separator: string, type: number): void {
  if (type === 0) return
  const char = type < 0x80 ? String.fromCharCode(type) : '?'
  if (GROUPED.includes(char) || (separator === '_' && GROUPED_BY_UNDERSCORE.includes(char))) return
  throw new PyError('ValueError', `Cannot specify '${separator}' with '${typeText(type)}'.`)
}

function typeText(type: number): string {
  return type > 32 && type < 128 ? String.fromCharCode(type) : '\\x' + type.toString(16)
}

/** The error for a type letter that an object's type does not have. */
export function unknownFormatCode(type: number, typeName: string): PyError {
  const name = typeName.slice(0, 200)
  return new PyError('ValueError', `Unknown format code '${typeText(type)}' for object of type '${name}'`)
}

/** The text filled up to the width, by an alignment other than `=`. Throws `MemoryError`. */
export function alignText(text: Str, spec: FormatSpec): Str {
  const missing = spec.width - strLength(text)
  if (missing <= 0) return text
  const left = spec.align === '>' ? missing : spec.align === '^' ? Math.floor(missing / 2) : 0
  return strPad(text, left, missing - left, spec.fill)
}

/** A number's text in its parts, before it is laid out. */
export interface NumberParts {
  readonly isNegative: boolean
  /** Such as `0x`. */
  readonly prefix: string
  /** The digits before the point, which may be grouped. */
  readonly digits: string
  /** What follows them: point, decimals, exponent, `%`. */
  readonly rest: string
}

/**
 * A number in its place: sign, prefix, grouped digits, rest. With `=` the fill comes between prefix and digits; zeros
 * there are digits and grouped too. Throws `MemoryError`.
 */
export function layoutNumber(parts: NumberParts, spec: FormatSpec, groupSize: number): Str {
  checkTextLength(spec.width)
  const { digits, rest } = parts
  const head = (parts.isNegative ? '-' : spec.sign === '-' ? '' : spec.sign) + parts.prefix
  const room = spec.width - head.length - rest.length
  const grouped = digits === '' ? '' : groupDigits(digits, spec, groupSize, spec.fill === '0' ? room : 0)
  if (spec.align !== '=') return alignText(head + grouped + rest, spec)
  return strConcat(head, strConcat(strRepeat(spec.fill, room - grouped.length), grouped + rest))
}

/** Digits in groups from the right. With `=`, zeros before them fill up to `width`, which no separator may begin. */
function groupDigits(digits: string, spec: FormatSpec, groupSize: number, width: number): string {
  const zeroWidth = spec.align === '=' ? width : 0
  if (spec.separator === '') return digits.padStart(zeroWidth, '0')
  const groups: string[] = []
  let end = digits.length
  let missing = zeroWidth
  do {
    const size = Math.min(groupSize, Math.max(end, missing, 1))
    groups.push(digits.slice(Math.max(0, end - size), Math.max(0, end)).padStart(size, '0'))
    end -= size
    missing -= size + 1
  } while (end > 0 || missing + 1 > 0)
  return groups.reverse().join(spec.separator)
}
