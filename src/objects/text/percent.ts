/**
 * `format % operand` of str and bytes: reading the format, taking the arguments, laying out what they become. Values of
 * the program are known here only through the functions of a source.
 */
import { PyError } from '../../base/errors.ts'
import { intRepr } from '../../base/int_text.ts'
import { StrBuilder } from '../../base/str_builder.ts'
import { type Str, strLength } from '../../base/values.ts'
import { type FloatCode, floatToText } from './float_format.ts'
import { latin1FromText, textFromLatin1 } from './latin1.ts'
import { checkTextLength, strCodePointAt, strConcat, strFromCodePoint, strSlice } from './str_sequence.ts'

/** What both kinds of formatting ask of the values of a program. Whatever these functions throw goes through. */
interface PercentValues<V> {
  /** The right operand. */
  readonly operand: V
  /** Its items, if it is a tuple; else `null`. */
  readonly items: readonly V[] | null
  /** Whether keys can be looked up in it: it has `__getitem__` and is neither tuple nor string. */
  readonly isMapping: boolean
  /** `sys.get_int_max_str_digits()`. */
  readonly maxDigits: number
  /** The name of a value's type, for messages. */
  typeName(value: V): string
  /** The int that a width or precision `*` takes; `null` if the value is none. */
  star(value: V): number | bigint | null
  /** The int of a value: by `__index__` alone, or also by `__int__`; `null` if it has none (a TypeError). */
  int(value: V, byIndexAlone: boolean): number | bigint | null
  /** The float of a value; throws the TypeError for one that has none. */
  float(value: V): number
  /** The code point or byte that `%c` takes: of a string or bytes of length one, or an int; `null` for others. */
  char(value: V): number | bigint | null
}

/** What `str % operand` asks of the values of a program. */
export interface StrPercentValues<V> extends PercentValues<V> {
  /** `operand[key]`. */
  item(key: Str): V
  /** `str(value)`, `repr(value)` or `ascii(value)`, by the conversion `s`, `r` or `a`. */
  text(value: V, conversion: 's' | 'r' | 'a'): Str
}

/** What `bytes % operand` asks of the values of a program. */
export interface BytesPercentValues<V> extends PercentValues<V> {
  /** `operand[key]`. */
  item(key: Uint8Array): V
  /** The bytes of a value that has them (`%b`). */
  bytes(value: V): Uint8Array
  /** `ascii(value)`. */
  ascii(value: V): string
}

/** Where formatting of str and of bytes differ. */
interface Flavour<V> {
  readonly name: 'string' | 'bytes'
  readonly values: PercentValues<V>
  readonly precisionTooBig: string
  readonly maxChar: number
  readonly charRange: string
  readonly charWanted: string
  readonly item: (key: Str) => V
  /** The text of a conversion that is no number; `null` if there is no such conversion. */
  readonly text: (value: V, conversion: string) => Str | null
}

/** `format % operand` of str. Throws `ValueError`, `TypeError`, `OverflowError`, `MemoryError`, and what `values` throws. */
export function strPercent<V>(format: Str, values: StrPercentValues<V>): Str {
  return new PercentFormatter(format, {
    name: 'string',
    values,
    precisionTooBig: 'precision too big',
    maxChar: 0x10ffff,
    charRange: '0x110000',
    charWanted: '%c requires int or char',
    item: (key) => values.item(key),
    text: (value, conversion) =>
      conversion === 's' || conversion === 'r' || conversion === 'a' ? values.text(value, conversion) : null,
  }).format()
}

/** `format % operand` of bytes. Throws as `strPercent`. */
export function bytesPercent<V>(format: Uint8Array, values: BytesPercentValues<V>): Uint8Array {
  const text = new PercentFormatter(textFromLatin1(format), {
    name: 'bytes',
    values,
    precisionTooBig: 'prec too big',
    maxChar: 0xff,
    charRange: '256',
    charWanted: '%c requires an integer in range(256) or a single byte',
    item: (key) => values.item(latin1FromText(key as string)),
    text: (value, conversion) => {
      if (conversion === 'b' || conversion === 's') return textFromLatin1(values.bytes(value))
      return conversion === 'r' || conversion === 'a' ? values.ascii(value) : null
    },
  }).format()
  return latin1FromText(text as string)
}

const MAX_WIDTH = 9223372036854775807n
const MAX_PRECISION = 2147483647n

/** One `%` with all that belongs to it, before its value is taken. */
interface Directive {
  readonly flags: string
  /** −1 where none is given, as for the precision. */
  readonly width: number
  readonly precision: number
  readonly conversion: number
}

class PercentFormatter<V> {
  private readonly template: Str
  private readonly length: number
  private readonly flavour: Flavour<V>
  private readonly values: PercentValues<V>
  private readonly out = new StrBuilder()
  private pos = 0
  /** The arguments: the items of a tuple, or one value. */
  private items: readonly V[]
  private next = 0
  /** Whether digits of a width or precision come right before the conversion. */
  private followsDigit = false

  constructor(template: Str, flavour: Flavour<V>) {
    this.template = template
    this.length = strLength(template)
    this.flavour = flavour
    this.values = flavour.values
    this.items = flavour.values.items ?? [flavour.values.operand]
  }

  format(): Str {
    for (;;) {
      const at = this.findPercent()
      this.out.addStr(strSlice(this.template, this.pos, at))
      this.pos = at + 1
      if (at === this.length) break
      if (this.pos < this.length && strCodePointAt(this.template, this.pos) === 0x25) {
        this.out.addText('%')
        this.pos++
      } else this.out.addStr(this.convert(this.readDirective()))
    }
    if (this.next < this.items.length && !this.values.isMapping) {
      throw new PyError('TypeError', `not all arguments converted during ${this.flavour.name} formatting`)
    }
    return this.out.finish()
  }

  private findPercent(): number {
    if (typeof this.template === 'string') {
      const at = this.template.indexOf('%', this.pos)
      return at < 0 ? this.length : at
    }
    let at = this.pos
    while (at < this.length && this.template.codePoints[at] !== 0x25) at++
    return at
  }

  /** The ASCII character at the position, `?` for another one. Throws `ValueError` at the end. */
  private peek(): string {
    if (this.pos >= this.length) throw new PyError('ValueError', 'incomplete format')
    const cp = strCodePointAt(this.template, this.pos)
    return cp < 0x80 ? String.fromCharCode(cp) : '?'
  }

  private readDirective(): Directive {
    this.followsDigit = false
    const first = this.pos < this.length ? strCodePointAt(this.template, this.pos) : 0
    if (first === 0x73 || first === 0x64 || first === 0x72) {
      // Most directives are but their letter.
      this.pos++
      return { flags: '', width: -1, precision: -1, conversion: first }
    }
    if (this.pos < this.length && this.peek() === '(') this.takeKey()
    let flags = ''
    for (; '-+ #0'.includes(this.peek()); this.pos++) flags += this.peek()
    let width = -1
    if (this.peek() === '*') {
      width = this.takeStar(MAX_WIDTH, 'Python int too large to convert to C ssize_t')
      if (width < 0) {
        flags += '-'
        width = -width
      }
    } else width = this.takeNumber(MAX_WIDTH, 'width too big')
    let precision = -1
    if (this.peek() === '.') {
      this.pos++
      if (this.peek() === '*')
        precision = Math.max(0, this.takeStar(MAX_PRECISION, 'Python int too large to convert to C int'))
      else precision = Math.max(0, this.takeNumber(MAX_PRECISION, this.flavour.precisionTooBig))
    }
    if ('hlL'.includes(this.peek())) {
      this.pos++
      this.followsDigit = false
    }
    this.peek()
    return { flags, width, precision, conversion: strCodePointAt(this.template, this.pos++) }
  }

  /** Reads `(key)`, in which parentheses may be nested, and makes its value the only argument. */
  private takeKey(): void {
    if (!this.values.isMapping) throw new PyError('TypeError', 'format requires a mapping')
    const start = ++this.pos
    for (let depth = 1; depth > 0; this.pos++) {
      if (this.pos >= this.length) throw new PyError('ValueError', 'incomplete format key')
      const char = this.peek()
      if (char === '(') depth++
      else if (char === ')') depth--
    }
    this.items = [this.flavour.item(strSlice(this.template, start, this.pos - 1))]
    this.next = 0
  }

  private takeArgument(): V {
    if (this.next >= this.items.length) {
      throw new PyError('TypeError', 'not enough arguments for format string')
    }
    return this.items[this.next++]
  }

  private takeStar(limit: bigint, tooLarge: string): number {
    const value = this.values.star(this.takeArgument())
    this.pos++
    this.followsDigit = false
    if (value === null) throw new PyError('TypeError', '* wants int')
    if (value > limit || value < -limit - 1n) throw new PyError('OverflowError', tooLarge)
    return Number(value)
  }

  /** The number that begins here; −1 if there is none. */
  private takeNumber(limit: bigint, tooBig: string): number {
    const start = this.pos
    let value = 0
    for (let char = this.peek(); char >= '0' && char <= '9'; char = this.peek()) {
      value = value * 10 + Number(char)
      this.pos++
      // A double may be wrong about a limit that is near.
      if (value > Number(limit) / 2 && BigInt(strSlice(this.template, start, this.pos) as string) > limit) {
        throw new PyError('ValueError', tooBig)
      }
    }
    this.followsDigit = this.pos > start
    return this.followsDigit ? value : -1
  }

  private convert(directive: Directive): Str {
    const value = this.takeArgument()
    const conversion = directive.conversion < 0x80 ? String.fromCharCode(directive.conversion) : '?'
    const text = this.flavour.text(value, conversion)
    if (text !== null) {
      const { precision } = directive
      return padded(precision >= 0 && precision < strLength(text) ? strSlice(text, 0, precision) : text, directive)
    }
    switch (conversion) {
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        return paddedNumber(this.intText(value, conversion, directive), conversion, directive)
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return paddedNumber(this.floatText(value, conversion, directive), conversion, directive)
      case 'c':
        return padded(this.character(value), directive)
    }
    throw this.unsupported(directive.conversion)
  }

  private intText(value: V, conversion: string, directive: Directive): string {
    const byIndexAlone = conversion === 'o' || conversion === 'x' || conversion === 'X'
    const int = this.values.int(value, byIndexAlone)
    if (int === null) {
      const shown = conversion === 'i' && this.flavour.name === 'bytes' ? 'd' : conversion
      const wanted = byIndexAlone ? 'an integer' : 'a real number'
      const name = this.values.typeName(value).slice(0, 200)
      throw new PyError('TypeError', `%${shown} format: ${wanted} is required, not ${name}`)
    }
    return printfInt(int, conversion, directive.precision, directive.flags.includes('#'), this.values.maxDigits)
  }

  private floatText(value: V, code: FloatCode, directive: Directive): string {
    const precision = directive.precision < 0 ? 6 : directive.precision
    return floatToText(this.values.float(value), code, precision, {
      alternate: directive.flags.includes('#'),
      addDotZero: false,
      noNegativeZero: false,
    })
  }

  private character(value: V): Str {
    const code = this.values.char(value)
    if (code === null) throw new PyError('TypeError', this.flavour.charWanted)
    if (code < 0 || code > this.flavour.maxChar) {
      throw new PyError('OverflowError', `%c arg not in range(${this.flavour.charRange})`)
    }
    return strFromCodePoint(Number(code))
  }

  private unsupported(cp: number): PyError {
    if (this.flavour.name === 'bytes' && cp >= 0x80 && !this.followsDigit) {
      // Here CPython takes the byte for a negative character, which it fails to put in its message.
      return new PyError('OverflowError', 'character argument not in range(0x110000)')
    }
    const isShown = this.flavour.name === 'bytes' || (cp >= 31 && cp <= 126)
    const char = isShown ? String.fromCharCode(cp) : '?'
    const index = this.pos - 1
    return new PyError('ValueError', `unsupported format character '${char}' (0x${cp.toString(16)}) at index ${index}`)
  }
}

/** An int as `%d` and its like have it: at least `precision` digits; with `alternate`, after the prefix of its base. */
function printfInt(
  value: number | bigint,
  conversion: string,
  precision: number,
  alternate: boolean,
  maxDigits: number,
): string {
  if (precision > 2147483644) throw new PyError('OverflowError', 'precision too large')
  const isNegative = value < 0
  const base = conversion === 'o' ? 8 : conversion === 'x' || conversion === 'X' ? 16 : 10
  const digits = base === 10 ? intRepr(value, maxDigits) : value.toString(base)
  const magnitude = isNegative ? digits.slice(1) : digits
  checkTextLength(precision)
  const prefix = alternate && base !== 10 ? '0' + conversion : ''
  const text = (isNegative ? '-' : '') + prefix + magnitude.padStart(precision, '0')
  return conversion === 'X' ? text.toUpperCase() : text
}

function padded(text: Str, directive: Directive): Str {
  const missing = directive.width - strLength(text)
  if (missing <= 0) return text
  checkTextLength(directive.width)
  const spaces = ' '.repeat(missing)
  return directive.flags.includes('-') ? strConcat(text, spaces) : strConcat(spaces, text)
}

/** A number with its sign as the flags want it; zeros that fill it up come after sign and prefix. */
function paddedNumber(text: string, conversion: string, directive: Directive): Str {
  const { flags, width } = directive
  if (flags === '' && width <= text.length) return text
  const hasSign = text[0] === '-' || text[0] === '+'
  const sign = hasSign ? text[0] : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const body = hasSign ? text.slice(1) : text
  const missing = width - sign.length - body.length
  if (missing <= 0 || !flags.includes('0') || flags.includes('-')) return padded(sign + body, directive)
  checkTextLength(width)
  const prefixSize = flags.includes('#') && 'oxX'.includes(conversion) ? 2 : 0
  return sign + body.slice(0, prefixSize) + '0'.repeat(missing) + body.slice(prefixSize)
}
