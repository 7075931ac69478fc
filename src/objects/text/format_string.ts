/** `str.format`, `str.format_map` and the parsers behind `string.Formatter`: replacement fields and their names. */
import { PyError } from '../../base/errors.ts'
import { StrBuilder } from '../../base/str_builder.ts'
import { decimalValue } from '../../base/unicode.ts'
import { canonicalInt, type Str, strLength } from '../../base/values.ts'
import { strCharAt, strCodePointAt, strSlice } from './str_sequence.ts'

const LEFT_BRACE = 0x7b
const RIGHT_BRACE = 0x7d
const LEFT_BRACKET = 0x5b
const RIGHT_BRACKET = 0x5d
const EXCLAMATION = 0x21
const COLON = 0x3a
const DOT = 0x2e

/** `PY_SSIZE_T_MAX`. */
const MAX_INDEX = 9223372036854775807n

/** A stretch of literal text with the replacement field after it, if there is one: else all but the text is `null`. */
export interface FormatPiece {
  readonly literal: Str
  readonly fieldName: Str | null
  readonly spec: Str | null
  /** The character after `!`; `null` where none is given. */
  readonly conversion: Str | null
  /** Whether the specifier has replacement fields itself. */
  readonly isSpecNested: boolean
}

/** Cuts a format string into pieces (`_string.formatter_parser`). */
export class FormatStringParser {
  private readonly text: Str
  private readonly length: number
  private pos = 0

  constructor(text: Str) {
    this.text = text
    this.length = strLength(text)
  }

  /** The next piece, `undefined` at the end. Throws `ValueError`. */
  next(): FormatPiece | undefined {
    if (this.pos >= this.length) return undefined
    const start = this.pos
    let brace = 0
    while (this.pos < this.length && brace === 0) {
      const cp = strCodePointAt(this.text, this.pos++)
      if (cp === LEFT_BRACE || cp === RIGHT_BRACE) brace = cp
    }
    if (brace === 0) return literalPiece(strSlice(this.text, start, this.pos))
    const isDoubled = this.pos < this.length && strCodePointAt(this.text, this.pos) === brace
    if (isDoubled) return literalPiece(strSlice(this.text, start, this.pos++))
    if (brace === RIGHT_BRACE || this.pos >= this.length) {
      throw new PyError('ValueError', `Single '${String.fromCharCode(brace)}' encountered in format string`)
    }
    return this.field(strSlice(this.text, start, this.pos - 1))
  }

  private field(literal: Str): FormatPiece {
    const start = this.pos
    const end = this.nameEnd()
    const fieldName = strSlice(this.text, start, this.pos - 1)
    let conversion: Str | null = null
    if (end === EXCLAMATION) {
      if (this.pos >= this.length) {
        throw new PyError('ValueError', 'end of string while looking for conversion specifier')
      }
      // A null character is as good as none.
      const char = strCharAt(this.text, this.pos++)
      conversion = char === '\0' ? null : char
      if (this.pos < this.length) {
        const after = strCodePointAt(this.text, this.pos++)
        if (after === RIGHT_BRACE) return { literal, fieldName, spec: '', conversion, isSpecNested: false }
        if (after !== COLON) throw new PyError('ValueError', "expected ':' after conversion specifier")
      }
    } else if (end === RIGHT_BRACE) return { literal, fieldName, spec: '', conversion, isSpecNested: false }
    else if (end !== COLON) throw new PyError('ValueError', "expected '}' before end of string")
    const specStart = this.pos
    const isSpecNested = this.skipSpec()
    return { literal, fieldName, spec: strSlice(this.text, specStart, this.pos - 1), conversion, isSpecNested }
  }

  /** Moves past a field's name and the character that ends it, which is the result; −1 at the end of the string. */
  private nameEnd(): number {
    while (this.pos < this.length) {
      const cp = strCodePointAt(this.text, this.pos++)
      if (cp === LEFT_BRACE) throw new PyError('ValueError', "unexpected '{' in field name")
      if (cp === LEFT_BRACKET) {
        while (this.pos < this.length && strCodePointAt(this.text, this.pos) !== RIGHT_BRACKET) this.pos++
      } else if (cp === RIGHT_BRACE || cp === COLON || cp === EXCLAMATION) return cp
    }
    return -1
  }

  /** Moves past a specifier and the brace that ends it; tells whether there are braces in it. */
  private skipSpec(): boolean {
    let isNested = false
    for (let depth = 1; this.pos < this.length; ) {
      const cp = strCodePointAt(this.text, this.pos++)
      if (cp === LEFT_BRACE) {
        isNested = true
        depth++
      } else if (cp === RIGHT_BRACE && --depth === 0) return isNested
    }
    throw new PyError('ValueError', "unmatched '{' in format spec")
  }
}

function literalPiece(literal: Str): FormatPiece {
  return { literal, fieldName: null, spec: null, conversion: null, isSpecNested: false }
}

/** One step from a value to another: `.name` or `[name]`, where a name of digits is an index. */
export interface FieldStep {
  readonly isAttribute: boolean
  readonly name: Str | number | bigint
}

/** The name of a field, taken apart (`_string.formatter_field_name_split`). */
export class FieldName {
  /** What comes before the first dot or bracket; a number if it is of digits. */
  readonly first: Str | number | bigint
  private readonly text: Str
  private pos: number

  /** Throws `ValueError` for a number that is too big. */
  constructor(text: Str) {
    this.text = text
    this.pos = this.endOfPart(0)
    const first = strSlice(text, 0, this.pos)
    this.first = indexOf(first) ?? first
  }

  /** The next step, `undefined` at the end. Throws `ValueError`. */
  next(): FieldStep | undefined {
    const length = strLength(this.text)
    if (this.pos >= length) return undefined
    const cp = strCodePointAt(this.text, this.pos++)
    const start = this.pos
    if (cp === DOT) {
      this.pos = this.endOfPart(start)
      return { isAttribute: true, name: checkName(strSlice(this.text, start, this.pos)) }
    }
    if (cp !== LEFT_BRACKET) {
      throw new PyError('ValueError', "Only '.' or '[' may follow ']' in format field specifier")
    }
    while (this.pos < length && strCodePointAt(this.text, this.pos) !== RIGHT_BRACKET) this.pos++
    if (this.pos >= length) throw new PyError('ValueError', "Missing ']' in format string")
    const name = strSlice(this.text, start, this.pos++)
    return { isAttribute: false, name: indexOf(name) ?? checkName(name) }
  }

  private endOfPart(from: number): number {
    const length = strLength(this.text)
    let end = from
    while (end < length) {
      const cp = strCodePointAt(this.text, end)
      if (cp === DOT || cp === LEFT_BRACKET) break
      end++
    }
    return end
  }
}

function checkName(name: Str): Str {
  if (name === '') throw new PyError('ValueError', 'Empty attribute in format string')
  return name
}

/** The number that a text of decimal digits (of any script) is; `null` for other texts. */
function indexOf(text: Str): number | bigint | null {
  const length = strLength(text)
  if (length === 0) return null
  let value = 0n
  for (let i = 0; i < length; i++) {
    const digit = decimalValue(strCodePointAt(text, i))
    if (digit < 0) return null
    value = value * 10n + BigInt(digit)
    if (value > MAX_INDEX) throw new PyError('ValueError', 'Too many decimal digits in format string')
  }
  return canonicalInt(value)
}

/** What `str.format` asks of the values of a program. Whatever these functions throw goes through. */
export interface FormatValues<V> {
  /** The positional arguments; `null` for `format_map`, which has none. */
  readonly args: readonly V[] | null
  /** The value of a keyword; throws `KeyError`. */
  keyword(name: Str): V
  /** `getattr(value, name)`. */
  attribute(value: V, name: Str): V
  /** `value[key]`; a key of digits is a number. */
  item(value: V, key: Str | number | bigint): V
  /** `str(value)`, `repr(value)` or `ascii(value)`, by the letter. */
  convert(value: V, conversion: 's' | 'r' | 'a'): V
  /** `format(value, spec)`. */
  format(value: V, spec: Str): Str
}

/** How deep replacement fields may be nested: in specifiers, and not in theirs. */
const MAX_DEPTH = 2

/** `template.format(…)`. Throws `ValueError`, `IndexError`, and what `values` throws. */
export function strFormat<V>(template: Str, values: FormatValues<V>): Str {
  return new Formatter(values).expand(template, MAX_DEPTH)
}

class Formatter<V> {
  private readonly values: FormatValues<V>
  /** Whether fields are numbered by the program or by their order; unknown until the first numbered one. */
  private numbering: 'unknown' | 'manual' | 'automatic' = 'unknown'
  private nextNumber = 0

  constructor(values: FormatValues<V>) {
    this.values = values
  }

  expand(template: Str, depth: number): Str {
    if (depth <= 0) throw new PyError('ValueError', 'Max string recursion exceeded')
    const parser = new FormatStringParser(template)
    const out = new StrBuilder()
    for (let piece = parser.next(); piece !== undefined; piece = parser.next()) {
      out.addStr(piece.literal)
      if (piece.fieldName === null) continue
      let value = this.valueOf(piece.fieldName)
      if (piece.conversion !== null) value = this.values.convert(value, checkConversion(piece.conversion))
      const spec = piece.isSpecNested ? this.expand(piece.spec!, depth - 1) : piece.spec!
      out.addStr(this.values.format(value, spec))
    }
    return out.finish()
  }

  private valueOf(text: Str): V {
    const name = new FieldName(text)
    const first = this.numbered(name.first)
    let value: V
    if (typeof first === 'number' || typeof first === 'bigint') {
      const { args } = this.values
      if (args === null) throw new PyError('ValueError', 'Format string contains positional fields')
      if (first >= args.length) {
        throw new PyError('IndexError', `Replacement index ${first} out of range for positional args tuple`)
      }
      value = args[Number(first)]
    } else value = this.values.keyword(first)
    for (let step = name.next(); step !== undefined; step = name.next()) {
      value = step.isAttribute ? this.values.attribute(value, step.name as Str) : this.values.item(value, step.name)
    }
    return value
  }

  /** Gives an empty name the next number. All numbers come from the program, or none. */
  private numbered(first: Str | number | bigint): Str | number | bigint {
    const isAutomatic = first === ''
    if (!isAutomatic && typeof first !== 'number' && typeof first !== 'bigint') return first
    const numbering = isAutomatic ? 'automatic' : 'manual'
    if (this.numbering === 'unknown') this.numbering = numbering
    if (this.numbering !== numbering) {
      throw new PyError(
        'ValueError',
        isAutomatic
          ? 'cannot switch from manual field specification to automatic field numbering'
          : 'cannot switch from automatic field numbering to manual field specification',
      )
    }
    return isAutomatic ? this.nextNumber++ : first
  }
}

function checkConversion(conversion: Str): 's' | 'r' | 'a' {
  if (conversion === 's' || conversion === 'r' || conversion === 'a') return conversion
  const cp = strCodePointAt(conversion, 0)
  const shown = cp > 32 && cp < 127 ? String.fromCharCode(cp) : '\\x' + cp.toString(16)
  throw new PyError('ValueError', `Unknown conversion specifier ${shown}`)
}
