/** UTF-16 and UTF-32. The byte order is −1 for little endian, 1 for big, 0 for what a mark says (else little). */
import { type Str, strLength } from '../../base/values.ts'
import {
  type DecodeErrorHandler,
  type EncodeErrorHandler,
  isSurrogate,
  strictDecoding,
  strictEncoding,
} from './codec_errors.ts'
import { ByteWriter, type Decoded, DecodeRun, type EncodeRules, repairEncoding } from './codec_output.ts'
import { strCodePointAt } from './str_sequence.ts'

export type ByteOrder = -1 | 0 | 1

/** What was decoded, and the byte order as far as it is known now. */
export interface DecodedWithOrder extends Decoded {
  readonly order: ByteOrder
}

const BYTE_ORDER_MARK = 0xfeff

/**
 * Decodes UTF-16. A mark at the start is taken away where the order is 0. Unless `final`, a character that the end cuts
 * is left. Throws what the handler throws, `IndexError`.
 */
export function utf16Decode(
  bytes: Uint8Array,
  order: ByteOrder = 0,
  errors: DecodeErrorHandler = strictDecoding,
  final = true,
): DecodedWithOrder {
  const found = order === 0 && bytes.length >= 2 ? markOrder(bytes, 2) : 0
  const known = found || order
  const high = known === 1 ? 0 : 1
  const encoding = known === 1 ? 'utf-16-be' : 'utf-16-le'
  const run = new DecodeRun(bytes, errors)
  const unitAt = (at: number) => (run.bytes[at + high] << 8) | run.bytes[at + 1 - high]
  let pos = found === 0 ? 0 : 2
  for (;;) {
    const left = run.bytes.length - pos
    if (left < 2) {
      if (left === 0 || !final) return { text: run.out.finish(), consumed: pos, order: known }
      pos = run.fault(encoding, pos, run.bytes.length, 'truncated data')
      continue
    }
    const unit = unitAt(pos)
    if (!isSurrogate(unit)) {
      run.out.addCodePoint(unit)
      pos += 2
    } else if (unit >= 0xdc00) pos = run.fault(encoding, pos, pos + 2, 'illegal encoding')
    else if (left < 4) {
      if (!final) return { text: run.out.finish(), consumed: pos, order: known }
      pos = run.fault(encoding, pos, run.bytes.length, 'unexpected end of data')
    } else {
      const low = unitAt(pos + 2)
      if ((low & 0xfc00) !== 0xdc00) pos = run.fault(encoding, pos, pos + 2, 'illegal UTF-16 surrogate')
      else {
        run.out.addCodePoint(0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff))
        pos += 4
      }
    }
  }
}

/** Decodes UTF-32, as `utf16Decode` does UTF-16. */
export function utf32Decode(
  bytes: Uint8Array,
  order: ByteOrder = 0,
  errors: DecodeErrorHandler = strictDecoding,
  final = true,
): DecodedWithOrder {
  const found = order === 0 && bytes.length >= 4 ? markOrder(bytes, 4) : 0
  const known = found || order
  const encoding = known === 1 ? 'utf-32-be' : 'utf-32-le'
  const run = new DecodeRun(bytes, errors)
  let pos = found === 0 ? 0 : 4
  for (;;) {
    const left = run.bytes.length - pos
    if (left < 4) {
      if (left === 0 || !final) return { text: run.out.finish(), consumed: pos, order: known }
      pos = run.fault(encoding, pos, run.bytes.length, 'truncated data')
      continue
    }
    const cp = readWord(run.bytes, pos, known)
    if (isSurrogate(cp)) {
      pos = run.fault(encoding, pos, pos + 4, 'code point in surrogate code point range(0xd800, 0xe000)')
    } else if (cp > 0x10ffff) pos = run.fault(encoding, pos, pos + 4, 'code point not in range(0x110000)')
    else {
      run.out.addCodePoint(cp)
      pos += 4
    }
  }
}

function readWord(bytes: Uint8Array, at: number, order: ByteOrder): number {
  const [a, b, c, d] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]
  return (order === 1 ? (a << 24) | (b << 16) | (c << 8) | d : (d << 24) | (c << 16) | (b << 8) | a) >>> 0
}

function markOrder(bytes: Uint8Array, size: 2 | 4): ByteOrder {
  for (const order of [-1, 1] as const) {
    const first =
      size === 4 ? readWord(bytes, 0, order) : order === 1 ? (bytes[0] << 8) | bytes[1] : (bytes[1] << 8) | bytes[0]
    if (first === BYTE_ORDER_MARK) return order
  }
  return 0
}

/** Encodes as UTF-16, with a mark where the order is 0. Throws what the handler throws, `IndexError`. */
export function utf16Encode(value: Str, order: ByteOrder = 0, errors: EncodeErrorHandler = strictEncoding): Uint8Array {
  const write = order === 1 ? writeUnitBig : writeUnitLittle
  return encodeUnits(value, rulesOf('utf-16', order, 2, write), order, errors)
}

/** Encodes as UTF-32, with a mark where the order is 0. Throws what the handler throws, `IndexError`. */
export function utf32Encode(value: Str, order: ByteOrder = 0, errors: EncodeErrorHandler = strictEncoding): Uint8Array {
  const write = order === 1 ? writeWordBig : writeWordLittle
  return encodeUnits(value, rulesOf('utf-32', order, 4, write), order, errors)
}

function rulesOf(name: string, order: ByteOrder, unitSize: number, write: EncodeRules['write']): EncodeRules {
  const encoding = order === 0 ? name : order === 1 ? `${name}-be` : `${name}-le`
  return { encoding, reason: 'surrogates not allowed', limit: 0x80, unitSize, write }
}

function encodeUnits(value: Str, rules: EncodeRules, order: ByteOrder, errors: EncodeErrorHandler): Uint8Array {
  const length = strLength(value)
  const out = new ByteWriter((length + 1) * rules.unitSize)
  if (order === 0) rules.write(out, BYTE_ORDER_MARK)
  for (let pos = 0; pos < length; ) {
    const cp = strCodePointAt(value, pos)
    if (isSurrogate(cp)) pos = repairEncoding(rules, out, errors, value, pos, pos + 1)
    else {
      rules.write(out, cp)
      pos++
    }
  }
  return out.finish()
}

function writeUnitLittle(out: ByteWriter, cp: number): void {
  if (cp > 0xffff) {
    writeUnitLittle(out, 0xd7c0 + (cp >> 10))
    writeUnitLittle(out, 0xdc00 | (cp & 0x3ff))
    return
  }
  out.add(cp & 0xff)
  out.add(cp >> 8)
}

function writeUnitBig(out: ByteWriter, cp: number): void {
  if (cp > 0xffff) {
    writeUnitBig(out, 0xd7c0 + (cp >> 10))
    writeUnitBig(out, 0xdc00 | (cp & 0x3ff))
    return
  }
  out.add(cp >> 8)
  out.add(cp & 0xff)
}

function writeWordLittle(out: ByteWriter, cp: number): void {
  for (let shift = 0; shift < 32; shift += 8) out.add((cp >> shift) & 0xff)
}

function writeWordBig(out: ByteWriter, cp: number): void {
  for (let shift = 24; shift >= 0; shift -= 8) out.add((cp >> shift) & 0xff)
}
