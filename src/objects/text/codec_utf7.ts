/** UTF-7 (RFC 2152), as CPython takes and writes it. */
import { StrBuilder } from '../../base/str_builder.ts'
import { type Str, strLength } from '../../base/values.ts'
import { type DecodeErrorHandler, strictDecoding } from './codec_errors.ts'
import { ByteWriter, type Decoded, DecodeRun } from './codec_output.ts'
import { strCodePointAt } from './str_sequence.ts'

const PLUS = 0x2b
const MINUS = 0x2d

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The value of a byte as a digit of base 64, or −1. */
const digitValues = new Int8Array(256).fill(-1)
for (let i = 0; i < 64; i++) digitValues[DIGITS.charCodeAt(i)] = i

/** The characters of ASCII that are not encoded as themselves. */
const SPECIAL = /[^\t\n\r -*,-[\]-}]/

/**
 * Decodes UTF-7. Unless `final`, an encoded section that the end cuts is left: `consumed` is where it starts. Throws
 * what the handler throws, `IndexError`.
 */
export function utf7Decode(bytes: Uint8Array, errors: DecodeErrorHandler = strictDecoding, final = true): Decoded {
  return new Utf7Decoder(bytes, errors).decode(final)
}

class Utf7Decoder {
  private readonly run: DecodeRun
  private pos = 0
  private isShifted = false
  /** Where the last encoded section, or the last faulty character, begins. */
  private start = 0
  /** What the open section was decoded to. */
  private section = new StrBuilder()
  private bits = 0
  private buffer = 0
  /** A high surrogate that waits for its other half; 0 for none. */
  private surrogate = 0

  constructor(bytes: Uint8Array, errors: DecodeErrorHandler) {
    this.run = new DecodeRun(bytes, errors)
  }

  decode(final: boolean): Decoded {
    for (;;) {
      while (this.pos < this.run.bytes.length) this.step(this.run.bytes[this.pos])
      if (!this.isShifted) break
      if (!final) return { text: this.run.out.finish(), consumed: this.start }
      this.closeSection()
      if (this.surrogate !== 0 || this.bits >= 6 || this.buffer !== 0) {
        this.fault(this.run.bytes.length, 'unterminated shift sequence')
      }
      if (this.pos >= this.run.bytes.length) break
    }
    return { text: this.run.out.finish(), consumed: this.pos }
  }

  private step(byte: number): void {
    if (this.isShifted) {
      if (digitValues[byte] >= 0) this.addDigit(digitValues[byte])
      else this.leaveSection(byte)
      return
    }
    if (byte === PLUS) {
      this.start = this.pos++
      this.enterSection()
    } else if (byte < 0x80) {
      this.pos++
      this.run.out.addCodePoint(byte)
    } else {
      this.start = this.pos
      this.fault(this.pos + 1, 'unexpected special character')
    }
  }

  private enterSection(): void {
    const next = this.pos < this.run.bytes.length ? this.run.bytes[this.pos] : -1
    if (next === MINUS) {
      this.pos++
      this.run.out.addText('+')
    } else if (next >= 0 && digitValues[next] < 0) this.fault(this.pos + 1, 'ill-formed sequence')
    else {
      this.isShifted = true
      this.surrogate = this.bits = this.buffer = 0
    }
  }

  private addDigit(digit: number): void {
    this.pos++
    this.buffer = (this.buffer << 6) | digit
    this.bits += 6
    if (this.bits < 16) return
    this.bits -= 16
    const unit = this.buffer >> this.bits
    this.buffer &= (1 << this.bits) - 1
    if (this.surrogate !== 0) {
      if ((unit & 0xfc00) === 0xdc00) {
        this.section.addCodePoint(0x10000 + ((this.surrogate & 0x3ff) << 10) + (unit & 0x3ff))
        this.surrogate = 0
        return
      }
      this.section.addCodePoint(this.surrogate)
      this.surrogate = 0
    }
    if ((unit & 0xfc00) === 0xd800) this.surrogate = unit
    else this.section.addCodePoint(unit)
  }

  private closeSection(): void {
    this.isShifted = false
    this.run.out.addStr(this.section.finish())
    this.section = new StrBuilder()
  }

  private leaveSection(byte: number): void {
    this.closeSection()
    if (this.bits >= 6) this.fault(this.pos + 1, 'partial character in shift sequence')
    else if (this.buffer !== 0) this.fault(this.pos + 1, 'non-zero padding bits in shift sequence')
    else {
      if (this.surrogate !== 0 && byte < 0x80) this.run.out.addCodePoint(this.surrogate)
      this.surrogate = 0
      if (byte === MINUS) this.pos++
    }
  }

  private fault(end: number, reason: string): void {
    this.pos = this.run.fault('utf7', this.start, end, reason)
  }
}

/** Encodes as UTF-7, which every string can be; surrogates are written as they are. */
export function utf7Encode(value: Str): Uint8Array {
  const length = strLength(value)
  const out = new ByteWriter(length)
  let isShifted = false
  let bits = 0
  let buffer = 0
  const addUnit = (unit: number) => {
    buffer = (buffer << 16) | unit
    for (bits += 16; bits >= 6; ) {
      bits -= 6
      out.add(DIGITS.charCodeAt((buffer >> bits) & 0x3f))
    }
    buffer &= (1 << bits) - 1
  }
  const flush = () => {
    if (bits > 0) out.add(DIGITS.charCodeAt((buffer << (6 - bits)) & 0x3f))
    bits = buffer = 0
  }
  for (let i = 0; i < length; i++) {
    const cp = strCodePointAt(value, i)
    const isDirect = cp < 0x80 && !SPECIAL.test(String.fromCharCode(cp))
    if (isDirect) {
      if (isShifted) {
        flush()
        isShifted = false
        // Only what could belong to the section needs a mark before it.
        if (digitValues[cp] >= 0 || cp === MINUS) out.add(MINUS)
      }
      out.add(cp)
      continue
    }
    if (!isShifted) {
      out.add(PLUS)
      if (cp === PLUS) {
        out.add(MINUS)
        continue
      }
      isShifted = true
    }
    if (cp > 0xffff) {
      addUnit(0xd7c0 + (cp >> 10))
      addUnit(0xdc00 | (cp & 0x3ff))
    } else addUnit(cp)
  }
  flush()
  if (isShifted) out.add(MINUS)
  return out.finish()
}
