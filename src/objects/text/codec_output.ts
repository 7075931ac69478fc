/** What decoders and encoders have in common: their output, and calling the error handler. */
import { StrBuilder } from '../../base/str_builder.ts'
import type { Str } from '../../base/values.ts'
import { strLength } from '../../base/values.ts'
import { checkedPosition, type DecodeErrorHandler, type EncodeErrorHandler, UnicodeFault } from './codec_errors.ts'
import { strCodePointAt } from './str_sequence.ts'

/** What a decoder made of bytes, and how many of them it used: fewer only where more may follow. */
export interface Decoded {
  readonly text: Str
  readonly consumed: number
}

/** One run of a decoder. */
export class DecodeRun {
  /** The input; a handler may put other bytes in its place. */
  bytes: Uint8Array
  readonly out = new StrBuilder()
  private readonly handler: DecodeErrorHandler

  constructor(bytes: Uint8Array, handler: DecodeErrorHandler) {
    this.bytes = bytes
    this.handler = handler
  }

  /** Lets the handler deal with faulty bytes; gives the position to go on at. */
  fault(encoding: string, start: number, end: number, reason: string): number {
    const repair = this.handler(encoding, this.bytes, start, end, reason)
    if (repair.object !== undefined) this.bytes = repair.object
    const position = checkedPosition(repair.position, this.bytes.length)
    this.out.addStr(repair.replacement)
    return position
  }
}

/** Bytes that grow. */
export class ByteWriter {
  private buffer: Uint8Array
  private size = 0

  constructor(capacity: number) {
    this.buffer = new Uint8Array(capacity)
  }

  add(byte: number): void {
    if (this.size === this.buffer.length) this.reserve(1)
    this.buffer[this.size++] = byte
  }

  addAll(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.buffer.set(bytes, this.size)
    this.size += bytes.length
  }

  /** Adds a text whose code units are bytes. */
  addLatin1(text: string): void {
    this.reserve(text.length)
    for (let i = 0; i < text.length; i++) this.buffer[this.size++] = text.charCodeAt(i)
  }

  finish(): Uint8Array {
    return this.size === this.buffer.length ? this.buffer : this.buffer.slice(0, this.size)
  }

  private reserve(more: number): void {
    if (this.size + more <= this.buffer.length) return
    const grown = new Uint8Array(Math.max(this.size + more, this.buffer.length * 2))
    grown.set(this.buffer)
    this.buffer = grown
  }
}

/** How a codec takes a handler's answer. */
export interface EncodeRules {
  readonly encoding: string
  readonly reason: string
  /** Code points of a text that the handler gives are below it. */
  readonly limit: number
  /** The number of bytes that the handler gives is a multiple of it. */
  readonly unitSize: number
  /** Writes a code point below the limit. */
  readonly write: (out: ByteWriter, cp: number) => void
}

/**
 * Lets the handler deal with characters that cannot be encoded and writes what it gives; gives the position to go on
 * at. What the codec cannot encode either is the original error.
 */
export function repairEncoding(
  rules: EncodeRules,
  out: ByteWriter,
  handler: EncodeErrorHandler,
  value: Str,
  start: number,
  end: number,
): number {
  const { encoding, reason } = rules
  const { replacement, position } = handler(encoding, value, start, end, reason)
  const next = checkedPosition(position, strLength(value))
  if (replacement instanceof Uint8Array) {
    if (replacement.length % rules.unitSize !== 0) throw new UnicodeFault(encoding, value, start, end, reason)
    out.addAll(replacement)
    return next
  }
  const length = strLength(replacement)
  for (let i = 0; i < length; i++) {
    const cp = strCodePointAt(replacement, i)
    if (cp >= rules.limit) throw new UnicodeFault(encoding, value, start, end, reason)
    rules.write(out, cp)
  }
  return next
}

/** Writes a code point as one byte. */
export function writeByte(out: ByteWriter, cp: number): void {
  out.add(cp)
}
