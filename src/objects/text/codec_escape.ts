/** The codecs of escape sequences: `unicode_escape`, `raw_unicode_escape`, and those of bytes literals. */
import { PyError } from '../../base/errors.ts'
import { type Str, strLength } from '../../base/values.ts'
import { hexDigit } from './bytes_hex.ts'
import { type DecodeErrorHandler, escapedCodePoint, strictDecoding } from './codec_errors.ts'
import { ByteWriter, type Decoded, DecodeRun } from './codec_output.ts'
import { textFromLatin1 } from './latin1.ts'
import { strCodePointAt } from './str_sequence.ts'

const BACKSLASH = 0x5c
const LINE_FEED = 0x0a
const LEFT_BRACE = 0x7b
const RIGHT_BRACE = 0x7d
const LETTER_N = 0x4e
const LETTER_U = 0x55
const LETTER_u = 0x75
const LETTER_x = 0x78

/** What the one-letter escapes stand for, by the letter; −1 for no such escape. */
const simpleEscapes = new Int8Array(256).fill(-1)
for (const [letter, value] of ['\\\\', "''", '""', 'b\b', 'f\f', 't\t', 'n\n', 'r\r', 'v\v', 'a\x07']) {
  simpleEscapes[letter.charCodeAt(0)] = value.charCodeAt(0)
}

/** What decoding of escapes gives, and the first one that is none, which is warned about; `null` if all are. */
export interface DecodedEscapes extends Decoded {
  /** The text after the backslash as the warning shows it: one character, or the three digits of an octal escape. */
  readonly invalidEscape: string | null
}

/** The code point of a name in the character database; `undefined` for an unknown one. */
export type NameLookup = (name: string) => number | undefined

/**
 * Decodes `unicode_escape`. Unless `final`, an escape that the end cuts is left. Throws what lookup and handler throw,
 * `IndexError`.
 */
export function unicodeEscapeDecode(
  bytes: Uint8Array,
  nameLookup: NameLookup,
  errors: DecodeErrorHandler = strictDecoding,
  final = true,
): DecodedEscapes {
  const reader = new EscapeReader(bytes, errors, nameLookup)
  const text = reader.read(final)
  return { text, consumed: reader.consumed, invalidEscape: reader.invalidEscape }
}

class EscapeReader {
  /** How many bytes were used; known after reading. */
  consumed = 0
  invalidEscape: string | null = null
  private readonly run: DecodeRun
  private readonly nameLookup: NameLookup
  private pos = 0

  constructor(bytes: Uint8Array, errors: DecodeErrorHandler, nameLookup: NameLookup) {
    this.run = new DecodeRun(bytes, errors)
    this.nameLookup = nameLookup
  }

  read(final: boolean): Str {
    const { run } = this
    for (;;) {
      const at = run.bytes.indexOf(BACKSLASH, this.pos)
      const end = at < 0 ? run.bytes.length : at
      if (end > this.pos) run.out.addText(textFromLatin1(run.bytes.subarray(this.pos, end)))
      this.pos = end + 1
      if (at < 0) {
        this.consumed = end
        break
      }
      const reason = this.escape()
      if (reason === null) continue
      // What is cut by the end may be completed by more bytes; other faults are there to stay.
      if (!final && this.isCut) {
        this.consumed = at
        break
      }
      this.pos = run.fault('unicodeescape', at, this.pos, reason)
    }
    return run.out.finish()
  }

  /** Whether the last fault is one of missing bytes. */
  private isCut = false

  /** Reads what follows a backslash; gives the reason where it is faulty, the position then being the fault's end. */
  private escape(): string | null {
    const { bytes, out } = this.run
    this.isCut = this.pos >= bytes.length
    if (this.isCut) return '\\ at end of string'
    const c = bytes[this.pos++]
    if (simpleEscapes[c] >= 0) out.addCodePoint(simpleEscapes[c])
    else if (c >= 0x30 && c < 0x38) this.octal(c - 0x30)
    else if (c === LETTER_x) return this.hexadecimal(2, 'truncated \\xXX escape')
    else if (c === LETTER_u) return this.hexadecimal(4, 'truncated \\uXXXX escape')
    else if (c === LETTER_U) return this.hexadecimal(8, 'truncated \\UXXXXXXXX escape')
    else if (c === LETTER_N) return this.named()
    else if (c !== LINE_FEED) {
      this.invalidEscape ??= String.fromCharCode(c)
      out.addText('\\' + String.fromCharCode(c))
    }
    return null
  }

  private octal(first: number): void {
    const { bytes, out } = this.run
    const start = this.pos - 1
    let value = first
    while (this.pos < start + 3 && bytes[this.pos] >= 0x30 && bytes[this.pos] < 0x38) {
      value = value * 8 + bytes[this.pos++] - 0x30
    }
    if (value > 0xff) this.invalidEscape ??= textFromLatin1(bytes.subarray(start, this.pos))
    out.addCodePoint(value)
  }

  private hexadecimal(count: number, truncated: string): string | null {
    const { bytes, out } = this.run
    let value = 0
    for (let left = count; left > 0; left--) {
      this.isCut = this.pos >= bytes.length
      const digit = this.isCut ? -1 : hexDigit(bytes[this.pos])
      if (digit < 0) return truncated
      value = value * 16 + digit
      this.pos++
    }
    if (value > 0x10ffff) return 'illegal Unicode character'
    out.addCodePoint(value)
    return null
  }

  private named(): string | null {
    const { bytes, out } = this.run
    const malformed = 'malformed \\N character escape'
    this.isCut = this.pos >= bytes.length
    if (this.isCut || bytes[this.pos] !== LEFT_BRACE) return malformed
    const start = ++this.pos
    while (this.pos < bytes.length && bytes[this.pos] !== RIGHT_BRACE) this.pos++
    this.isCut = this.pos >= bytes.length
    if (this.isCut || this.pos === start) return malformed
    const cp = this.nameLookup(textFromLatin1(bytes.subarray(start, this.pos++)))
    if (cp === undefined) return 'unknown Unicode character name'
    out.addCodePoint(cp)
    return null
  }
}

/** Encodes as `unicode_escape`. */
export function unicodeEscapeEncode(value: Str): Uint8Array {
  const length = strLength(value)
  const out = new ByteWriter(length)
  for (let i = 0; i < length; i++) {
    const cp = strCodePointAt(value, i)
    if (cp === BACKSLASH) out.addLatin1('\\\\')
    else if (cp >= 0x20 && cp < 0x7f) out.add(cp)
    else out.addLatin1(whiteSpaceEscape(cp) ?? escapedCodePoint(cp))
  }
  return out.finish()
}

function whiteSpaceEscape(cp: number): string | undefined {
  return cp === 0x09 ? '\\t' : cp === 0x0a ? '\\n' : cp === 0x0d ? '\\r' : undefined
}

/**
 * Decodes `raw_unicode_escape`, which knows `\u` and `\U` alone. Unless `final`, an escape that the end cuts is left.
 * Throws what the handler throws, `IndexError`.
 */
export function rawUnicodeEscapeDecode(
  bytes: Uint8Array,
  errors: DecodeErrorHandler = strictDecoding,
  final = true,
): Decoded {
  const run = new DecodeRun(bytes, errors)
  let pos = 0
  while (pos < run.bytes.length) {
    const c = run.bytes[pos]
    const next = run.bytes[pos + 1]
    if (c !== BACKSLASH || (next !== LETTER_u && next !== LETTER_U)) {
      if (c === BACKSLASH && next === undefined && !final) break
      run.out.addCodePoint(c)
      pos++
      // The character after a backslash is none that starts an escape.
      if (c === BACKSLASH && next !== undefined) {
        run.out.addCodePoint(next)
        pos++
      }
      continue
    }
    const count = next === LETTER_u ? 4 : 8
    let end = pos + 2
    let value = 0
    while (end < pos + 2 + count && end < run.bytes.length && hexDigit(run.bytes[end]) >= 0) {
      value = value * 16 + hexDigit(run.bytes[end++])
    }
    const isWhole = end === pos + 2 + count
    if (isWhole && value <= 0x10ffff) {
      run.out.addCodePoint(value)
      pos = end
    } else if (!isWhole && end >= run.bytes.length && !final) break
    else {
      const truncated = count === 4 ? 'truncated \\uXXXX escape' : 'truncated \\UXXXXXXXX escape'
      pos = run.fault('rawunicodeescape', pos, end, isWhole ? '\\Uxxxxxxxx out of range' : truncated)
    }
  }
  return { text: run.out.finish(), consumed: pos }
}

/** Encodes as `raw_unicode_escape`. */
export function rawUnicodeEscapeEncode(value: Str): Uint8Array {
  const length = strLength(value)
  const out = new ByteWriter(length)
  for (let i = 0; i < length; i++) {
    const cp = strCodePointAt(value, i)
    if (cp <= 0xff) out.add(cp)
    else out.addLatin1(escapedCodePoint(cp))
  }
  return out.finish()
}

/** The bytes that escapes stand for, and the first one that is none; `null` if all are. */
export interface DecodedByteEscapes {
  readonly bytes: Uint8Array
  /** As in `DecodedEscapes`. */
  readonly invalidEscape: string | null
}

/** Decodes the escapes of bytes literals (`escape_decode`); `errors` is a name. Throws `ValueError`. */
export function escapeDecode(bytes: Uint8Array, errors = 'strict'): DecodedByteEscapes {
  const out = new ByteWriter(bytes.length)
  let invalidEscape: string | null = null
  let pos = 0
  while (pos < bytes.length) {
    if (bytes[pos] !== BACKSLASH) {
      out.add(bytes[pos++])
      continue
    }
    if (++pos === bytes.length) throw new PyError('ValueError', 'Trailing \\ in string')
    const start = pos
    const c = bytes[pos++]
    if (simpleEscapes[c] >= 0) out.add(simpleEscapes[c])
    else if (c >= 0x30 && c < 0x38) {
      let value = c - 0x30
      while (pos < start + 3 && bytes[pos] >= 0x30 && bytes[pos] < 0x38) value = value * 8 + bytes[pos++] - 0x30
      if (value > 0xff) invalidEscape ??= textFromLatin1(bytes.subarray(start, pos))
      out.add(value & 0xff)
    } else if (c === LETTER_x) pos = hexEscape(bytes, pos, errors, out)
    else if (c !== LINE_FEED) {
      invalidEscape ??= String.fromCharCode(c)
      out.add(BACKSLASH)
      out.add(c)
    }
  }
  return { bytes: out.finish(), invalidEscape }
}

/** Reads the two digits after `\x`; gives the position after them. */
function hexEscape(bytes: Uint8Array, pos: number, errors: string, out: ByteWriter): number {
  const high = pos < bytes.length ? hexDigit(bytes[pos]) : -1
  const low = pos + 1 < bytes.length ? hexDigit(bytes[pos + 1]) : -1
  if (high >= 0 && low >= 0) {
    out.add(high * 16 + low)
    return pos + 2
  }
  if (errors === 'strict') throw new PyError('ValueError', `invalid \\x escape at position ${pos - 2}`)
  if (errors === 'replace') out.add(0x3f)
  else if (errors !== 'ignore') {
    throw new PyError('ValueError', `decoding error; unknown error handling code: ${errors.slice(0, 400)}`)
  }
  return high >= 0 ? pos + 1 : pos
}

/** Encodes as bytes literals have it between single quotes (`escape_encode`). */
export function escapeEncode(bytes: Uint8Array): Uint8Array {
  const out = new ByteWriter(bytes.length)
  for (const c of bytes) {
    if (c === 0x27 || c === BACKSLASH) out.add(BACKSLASH)
    if (c >= 0x20 && c < 0x7f) out.add(c)
    else out.addLatin1(whiteSpaceEscape(c) ?? escapedCodePoint(c))
  }
  return out.finish()
}
