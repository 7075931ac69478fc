/** ASCII and Latin-1. */
import { encodeUtf8 } from '../../base/utf8.ts'
import { type Str, strLength } from '../../base/values.ts'
import {
  type DecodeErrorHandler,
  type EncodeErrorHandler,
  isEscapedByte,
  strictDecoding,
  strictEncoding,
  surrogateEscapeEncoding,
} from './codec_errors.ts'
import { ByteWriter, DecodeRun, type EncodeRules, repairEncoding, writeByte } from './codec_output.ts'
import { latin1FromText, textFromLatin1 } from './latin1.ts'
import { strCodePointAt } from './str_sequence.ts'

/** Decodes Latin-1, which no bytes are faulty in. */
export function latin1Decode(bytes: Uint8Array): string {
  return textFromLatin1(bytes)
}

/** Decodes ASCII. Throws what the handler throws, `IndexError`. */
export function asciiDecode(bytes: Uint8Array, errors: DecodeErrorHandler = strictDecoding): Str {
  let end = asciiEnd(bytes, 0)
  if (end === bytes.length) return textFromLatin1(bytes)
  const run = new DecodeRun(bytes, errors)
  for (let pos = 0; ; end = asciiEnd(run.bytes, pos)) {
    if (end > pos) run.out.addText(textFromLatin1(run.bytes.subarray(pos, end)))
    if (end >= run.bytes.length) return run.out.finish()
    pos = run.fault('ascii', end, end + 1, 'ordinal not in range(128)')
  }
}

/** Where the ASCII that begins at `from` ends. */
function asciiEnd(bytes: Uint8Array, from: number): number {
  let i = from
  while (i < bytes.length && bytes[i] < 0x80) i++
  return i
}

const ASCII: EncodeRules = {
  encoding: 'ascii',
  reason: 'ordinal not in range(128)',
  limit: 0x80,
  unitSize: 1,
  write: writeByte,
}
const LATIN1: EncodeRules = {
  encoding: 'latin-1',
  reason: 'ordinal not in range(256)',
  limit: 0x100,
  unitSize: 1,
  write: writeByte,
}

/** Encodes as ASCII. Throws what the handler throws, `IndexError`. */
export function asciiEncode(value: Str, errors: EncodeErrorHandler = strictEncoding): Uint8Array {
  if (typeof value === 'string' && /^[\0-\x7f]*$/.test(value)) return encodeUtf8(value)
  return encodeWithRuns(value, (cp) => cp >= 0x80, writeByte, ASCII, errors, strLength(value))
}

/** Encodes as Latin-1. Throws what the handler throws, `IndexError`. */
export function latin1Encode(value: Str, errors: EncodeErrorHandler = strictEncoding): Uint8Array {
  if (typeof value === 'string' && /^[\0-\xff]*$/.test(value)) return latin1FromText(value)
  return encodeWithRuns(value, (cp) => cp >= 0x100, writeByte, LATIN1, errors, strLength(value))
}

/**
 * Encodes characters one by one; the handler gets a whole run of those that cannot be encoded, except that
 * `surrogateescape` writes what it can and gets the rest of the run.
 */
export function encodeWithRuns(
  value: Str,
  isFaulty: (cp: number) => boolean,
  write: (out: ByteWriter, cp: number) => void,
  rules: EncodeRules,
  errors: EncodeErrorHandler,
  capacity: number,
): Uint8Array {
  const out = new ByteWriter(capacity)
  const length = strLength(value)
  let pos = 0
  while (pos < length) {
    const cp = strCodePointAt(value, pos)
    if (!isFaulty(cp)) {
      write(out, cp)
      pos++
      continue
    }
    let end = pos + 1
    while (end < length && isFaulty(strCodePointAt(value, end))) end++
    if (errors === surrogateEscapeEncoding) {
      for (; pos < end && isEscapedByte(strCodePointAt(value, pos)); pos++) {
        out.add(strCodePointAt(value, pos) - 0xdc00)
      }
      if (pos === end) continue
    }
    pos = repairEncoding(rules, out, errors, value, pos, end)
  }
  return out.finish()
}
