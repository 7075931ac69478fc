import { type Str, strLength } from '../base/values.ts'
import { digitsOfInt, formatFloat17 } from './marshal_numbers.ts'

const encoder = new TextEncoder()

/** Strings and bytes longer than this are copied by the platform, which is faster from there on. */
const BY_HAND = 48

/** Growing bytes and marshal's primitive forms: what is written has no type byte of its own. */
export class MarshalBytes {
  bytes: Uint8Array
  end = 0

  /** `memory` is written over from its start. */
  constructor(memory: Uint8Array) {
    this.bytes = memory
  }

  /** Makes room for so many more bytes. */
  room(count: number): void {
    if (this.end + count <= this.bytes.length) return
    const bytes = new Uint8Array(Math.max(this.bytes.length * 2, this.end + count))
    bytes.set(this.bytes.subarray(0, this.end))
    this.bytes = bytes
  }

  byte(value: number): void {
    if (this.end === this.bytes.length) this.room(1)
    this.bytes[this.end++] = value
  }

  long(value: number): void {
    this.room(4)
    this.putLong(this.end, value)
    this.end += 4
  }

  putLong(at: number, value: number): void {
    const bytes = this.bytes
    bytes[at] = value
    bytes[at + 1] = value >> 8
    bytes[at + 2] = value >> 16
    bytes[at + 3] = value >> 24
  }

  /** A byte string behind its length. */
  sized(value: Uint8Array): void {
    const { length } = value
    this.room(4 + length)
    this.putLong(this.end, length)
    const start = this.end + 4
    if (length > BY_HAND) this.bytes.set(value, start)
    else {
      const bytes = this.bytes
      for (let i = 0; i < length; i++) bytes[start + i] = value[i]!
    }
    this.end = start + length
  }

  double(value: number): void {
    this.room(8)
    float.setFloat64(0, value, true)
    this.bytes.set(floatBytes, this.end)
    this.end += 8
  }

  floatText(value: number): void {
    const text = formatFloat17(value)
    this.byte(text.length)
    this.ascii(text)
  }

  /** The digits of an int behind their number, which is negative for a negative int. */
  digits(value: bigint): void {
    const digits = digitsOfInt(value)
    this.long(value < 0n ? -digits.length : digits.length)
    this.room(digits.length * 2)
    for (const digit of digits) {
      this.bytes[this.end++] = digit
      this.bytes[this.end++] = digit >> 8
    }
  }

  /** Writes a string one byte per character if it is ASCII; else writes nothing and gives false. */
  ascii(text: string): boolean {
    const length = text.length
    this.room(length)
    if (length > BY_HAND) {
      const { written } = encoder.encodeInto(text, this.bytes.subarray(this.end))
      if (written !== length) return false
    } else {
      const bytes = this.bytes
      const end = this.end
      let all = 0
      for (let i = 0; i < length; i++) {
        const unit = text.charCodeAt(i)
        all |= unit
        bytes[end + i] = unit
      }
      if (all >= 0x80) return false
    }
    this.end += length
    return true
  }

  /** A string as UTF-8 behind its length in bytes; surrogates are encoded like any code point. */
  utf8(text: Str): void {
    const length = strLength(text)
    this.room(4 + 4 * length)
    const start = this.end + 4
    let end = start
    if (typeof text === 'string') for (let i = 0; i < length; i++) end = this.putUtf8(end, text.charCodeAt(i))
    else for (let i = 0; i < length; i++) end = this.putUtf8(end, text.codePoints[i]!)
    this.putLong(start - 4, end - start)
    this.end = end
  }

  /** Puts one code point and gives where the next one goes. */
  private putUtf8(at: number, cp: number): number {
    const bytes = this.bytes
    let end = at
    if (cp < 0x80) bytes[end++] = cp
    else {
      if (cp < 0x800) bytes[end++] = 0xc0 | (cp >> 6)
      else {
        if (cp < 0x10000) bytes[end++] = 0xe0 | (cp >> 12)
        else {
          bytes[end++] = 0xf0 | (cp >> 18)
          bytes[end++] = 0x80 | ((cp >> 12) & 0x3f)
        }
        bytes[end++] = 0x80 | ((cp >> 6) & 0x3f)
      }
      bytes[end++] = 0x80 | (cp & 0x3f)
    }
    return end
  }
}

const floatBytes = new Uint8Array(8)
const float = new DataView(floatBytes.buffer)
