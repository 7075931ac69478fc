import { StrBuilder } from '../base/str_builder.ts'
import { findUtf8Fault, utf8FaultMessage } from '../base/utf8.ts'
import type { Str } from '../base/values.ts'
import type { LiteralContext } from './literal_context.ts'
import { addUtf8 } from './text_builder.ts'
import { lookupUnicodeName } from './unicode_names.ts'

const BACKSLASH = 0x5c
const LEFT_BRACE = 0x7b
const RIGHT_BRACE = 0x7d
const DIGIT_0 = 0x30
const LETTER_N = 0x4e
const LETTER_U = 0x55
const LETTER_u = 0x75
const LETTER_x = 0x78

/** The character that a one-letter escape stands for, by the letter; −1: no such escape, −2: the line goes on. */
const simpleEscapes = new Int16Array(128).fill(-1)
const LINE_GOES_ON = -2
simpleEscapes[0x0a] = LINE_GOES_ON
for (const [letter, value] of [
  ['\\', 0x5c],
  ["'", 0x27],
  ['"', 0x22],
  ['a', 0x07],
  ['b', 0x08],
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
  ['v', 0x0b],
] as const) {
  simpleEscapes[letter.charCodeAt(0)] = value
}

function isOctal(byte: number): boolean {
  return byte >= DIGIT_0 && byte < DIGIT_0 + 8
}

function hexValue(byte: number): number {
  if (byte >= DIGIT_0 && byte <= 0x39) return byte - DIGIT_0
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

/** By how much `\UXXXXXXXX` is longer than the UTF-8 that begins with this byte; 0 where none begins. */
function excessOf(byte: number): number {
  return byte < 0xc0 ? 0 : byte < 0xe0 ? 8 : byte < 0xf0 ? 7 : 6
}

/**
 * Reads one string literal's escapes. A first invalid escape is remembered and warned about at the end, as CPython
 * does: one warning a literal, and none if the literal has an error.
 */
class EscapeReader {
  private readonly ctx: LiteralContext
  private readonly bytes: Uint8Array
  private readonly start: number
  private readonly end: number
  private readonly token: number
  private pos: number
  private invalid = -1
  /**
   * CPython decodes a copy in which characters beyond ASCII are spelled `\UXXXXXXXX` and a backslash before one of
   * them, or at the end, `\u005c`. Its messages count in that copy, which is longer by `excess` so far.
   */
  private excess = 0

  constructor(ctx: LiteralContext, start: number, end: number, token: number) {
    this.ctx = ctx
    this.bytes = ctx.source.bytes
    this.start = start
    this.end = end
    this.token = token
    this.pos = start
  }

  readStr(): Str {
    const { end } = this
    const { ascii } = this.ctx.source
    if (ascii === null) this.checkRuns()
    const out = new StrBuilder()
    while (this.pos < end) {
      const from = this.pos
      const at = ascii === null ? this.findBackslash() : ascii.indexOf('\\', from)
      const to = at < 0 || at > end ? end : at
      if (to > from) {
        if (ascii !== null) out.addText(ascii.slice(from, to))
        else addUtf8(out, this.bytes, from, to)
      }
      this.pos = to
      if (to < end) this.readEscape(out)
    }
    this.warn()
    return out.finish()
  }

  /** Index of the next backslash or the end; counts the characters beyond ASCII before it. */
  private findBackslash(): number {
    const { bytes, end } = this
    let i = this.pos
    while (i < end && bytes[i] !== BACKSLASH) this.excess += excessOf(bytes[i++])
    return i
  }

  /** CPython decodes each run of characters beyond ASCII by itself, before it looks at any escape. */
  private checkRuns(): void {
    const { bytes, end } = this
    for (let i = this.start; i < end; i++) {
      if (bytes[i] < 0x80) continue
      const from = i
      while (i < end && bytes[i] >= 0x80) i++
      checkUtf8(this.ctx, from, i)
    }
  }

  private readEscape(out: StrBuilder): void {
    const { bytes, end } = this
    const at = this.pos
    const letter = at + 1 < end ? bytes[at + 1] : -1
    if (letter === -1 || letter >= 0x80) {
      this.pos = at + 1
      this.excess += 5
      out.addCodePoint(BACKSLASH)
      return
    }
    this.pos = at + 2
    const simple = simpleEscapes[letter]
    if (simple >= 0) out.addCodePoint(simple)
    else if (simple === LINE_GOES_ON) return
    else if (isOctal(letter)) out.addCodePoint(this.readOctal(letter))
    else if (letter === LETTER_x) out.addCodePoint(this.readHex(at, 2, 'truncated \\xXX escape'))
    else if (letter === LETTER_u) out.addCodePoint(this.readHex(at, 4, 'truncated \\uXXXX escape'))
    else if (letter === LETTER_U) out.addCodePoint(this.readHex(at, 8, 'truncated \\UXXXXXXXX escape'))
    else if (letter === LETTER_N) out.addCodePoint(this.readName(at))
    else {
      if (this.invalid < 0) this.invalid = at + 1
      out.addCodePoint(BACKSLASH)
      out.addCodePoint(letter)
    }
  }

  private readOctal(first: number): number {
    let value = first - DIGIT_0
    for (let n = 0; n < 2 && this.pos < this.end && isOctal(this.bytes[this.pos]); n++) {
      value = value * 8 + this.bytes[this.pos++] - DIGIT_0
    }
    if (value > 0o377 && this.invalid < 0) this.invalid = this.pos - 3
    return value
  }

  private readHex(at: number, count: number, message: string): number {
    let value = 0
    for (let n = 0; n < count; n++) {
      const digit = this.pos < this.end ? hexValue(this.bytes[this.pos]) : -1
      if (digit < 0) this.fail(at, message)
      value = value * 16 + digit
      this.pos++
    }
    if (value > 0x10ffff) this.fail(at, 'illegal Unicode character')
    return value
  }

  private readName(at: number): number {
    const { bytes, end } = this
    const malformed = 'malformed \\N character escape'
    if (this.pos >= end || bytes[this.pos] !== LEFT_BRACE) this.fail(at, malformed)
    const from = ++this.pos
    let wide = 0
    while (this.pos < end && bytes[this.pos] !== RIGHT_BRACE) {
      wide += excessOf(bytes[this.pos++])
    }
    if (this.pos >= end || this.pos === from) {
      this.excess += wide
      this.fail(at, malformed, wide)
    }
    const name = String.fromCharCode.apply(null, bytes.subarray(from, this.pos) as unknown as number[])
    this.pos++
    const codePoint = wide > 0 ? undefined : lookupUnicodeName(name)
    if (codePoint !== undefined) return codePoint
    this.excess += wide
    return this.fail(at, 'unknown Unicode character name', wide)
  }

  /** `inside` is the part of the excess that lies between `at` and the current position. */
  private fail(at: number, message: string, inside = 0): never {
    const from = at - this.start + this.excess - inside
    const to = this.pos - this.start + this.excess - 1
    const place = to === from ? `byte 0x5c in position ${from}` : `bytes in position ${from}-${to}`
    return this.ctx.raise(`(unicode error) 'unicodeescape' codec can't decode ${place}: ${message}`)
  }

  readBytes(): Uint8Array {
    const { bytes, end } = this
    const out = new Uint8Array(end - this.start)
    let length = 0
    while (this.pos < end) {
      const byte = bytes[this.pos++]
      if (byte !== BACKSLASH) {
        out[length++] = byte
        continue
      }
      const letter = bytes[this.pos++]
      const simple = simpleEscapes[letter]
      if (simple >= 0) out[length++] = simple
      else if (simple === LINE_GOES_ON) continue
      else if (isOctal(letter)) out[length++] = this.readOctal(letter)
      else if (letter === LETTER_x) out[length++] = this.readByte()
      else {
        if (this.invalid < 0) this.invalid = this.pos - 1
        out[length++] = BACKSLASH
        out[length++] = letter
      }
    }
    this.warn()
    return out.slice(0, length)
  }

  private readByte(): number {
    const { bytes, end, pos } = this
    const high = pos + 1 < end ? hexValue(bytes[pos]) : -1
    const low = pos + 1 < end ? hexValue(bytes[pos + 1]) : -1
    if (high < 0 || low < 0) {
      this.ctx.raise(`(value error) invalid \\x escape at position ${pos - 2 - this.start}`)
    }
    this.pos = pos + 2
    return high * 16 + low
  }

  private warn(): void {
    if (this.invalid >= 0) warnInvalidEscape(this.ctx, this.invalid, this.token)
  }
}

/** Issues the `DeprecationWarning` for the invalid escape whose letter (or first octal digit) is at byte `at`. */
export function warnInvalidEscape(ctx: LiteralContext, at: number, token: number): void {
  const { bytes } = ctx.source
  const first = bytes[at]
  if (first >= 0x34 && first <= 0x37) {
    const digits = String.fromCharCode(first, bytes[at + 1], bytes[at + 2])
    ctx.warn(`invalid octal escape sequence '\\${digits}'`, token)
  } else {
    ctx.warn(`invalid escape sequence '\\${String.fromCharCode(first)}'`, token)
  }
}

/** The string of the source bytes from `start` to `end`, escapes resolved (CPython's `unicodeescape` codec). */
export function decodeStrEscapes(ctx: LiteralContext, start: number, end: number, token: number): Str {
  return new EscapeReader(ctx, start, end, token).readStr()
}

/** The bytes that a bytes literal's source from `start` to `end` stands for. */
export function decodeBytesEscapes(ctx: LiteralContext, start: number, end: number, token: number): Uint8Array {
  return new EscapeReader(ctx, start, end, token).readBytes()
}

function checkUtf8(ctx: LiteralContext, start: number, end: number): void {
  const { bytes } = ctx.source
  const fault = findUtf8Fault(bytes, start, end)
  if (fault !== null) ctx.raise(`(unicode error) ${utf8FaultMessage(bytes, fault, start)}`)
}

/** The string of the source bytes from `start` to `end`, as they are. */
export function decodeRaw(ctx: LiteralContext, start: number, end: number): Str {
  const { ascii, bytes } = ctx.source
  if (ascii !== null) return ascii.slice(start, end)
  checkUtf8(ctx, start, end)
  const out = new StrBuilder()
  addUtf8(out, bytes, start, end)
  return out.finish()
}
