/** UTF-8. */
import { decodeUtf8 as decodeLeniently, encodeUtf8 as encodeText, findUtf8Fault } from '../../base/utf8.ts'
import { type Str, strFromUtf16, strLength } from '../../base/values.ts'
import {
  type DecodeErrorHandler,
  type EncodeErrorHandler,
  isSurrogate,
  strictDecoding,
  strictEncoding,
} from './codec_errors.ts'
import { encodeWithRuns } from './codec_latin1.ts'
import { type ByteWriter, type Decoded, DecodeRun, type EncodeRules, writeByte } from './codec_output.ts'
import { latin1FromText } from './latin1.ts'

const fatalDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text in which the UTF-16 of the host is not what Python has: with a character beyond U+FFFF. */
const HAS_SURROGATE = /[\ud800-\udfff]/

/**
 * Decodes UTF-8. Unless `final`, a sequence that the end cuts is left: `consumed` is where it starts. Throws what the
 * handler throws, `IndexError`.
 */
export function utf8Decode(bytes: Uint8Array, errors: DecodeErrorHandler = strictDecoding, final = true): Decoded {
  const text = decodeAtOnce(bytes)
  if (text !== null) return { text, consumed: bytes.length }
  const run = new DecodeRun(bytes, errors)
  let pos = 0
  for (;;) {
    const fault = findUtf8Fault(run.bytes, pos, run.bytes.length)
    const end = fault === null ? run.bytes.length : fault.start
    if (end > pos) run.out.addStr(toStr(decodeLeniently(run.bytes, pos, end)))
    if (fault === null) return { text: run.out.finish(), consumed: run.bytes.length }
    if (!final && (fault.reason === 'unexpected end of data' || isCutSurrogate(run.bytes, fault.start))) {
      return { text: run.out.finish(), consumed: fault.start }
    }
    pos = run.fault('utf-8', fault.start, fault.end, fault.reason)
  }
}

/** Whether the bytes end in the first two of a surrogate, which `surrogatepass` could decode with the third. */
function isCutSurrogate(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xed && bytes.length - at === 2 && bytes[at + 1] >= 0xa0 && bytes[at + 1] <= 0xbf
}

/** The string of valid UTF-8; `null` if it is not. */
function decodeAtOnce(bytes: Uint8Array): Str | null {
  if (bytes.length <= 24) {
    return findUtf8Fault(bytes, 0, bytes.length) === null ? toStr(decodeLeniently(bytes, 0, bytes.length)) : null
  }
  try {
    return toStr(fatalDecoder.decode(bytes))
  } catch {
    return null
  }
}

function toStr(text: string): Str {
  return HAS_SURROGATE.test(text) ? strFromUtf16(text) : text
}

/** Shorter ASCII is copied by hand: a call of the encoder costs more than the text. */
const SHORT_TEXT = 100

const IS_ASCII = /^[\0-\x7f]*$/

const RULES: EncodeRules = {
  encoding: 'utf-8',
  reason: 'surrogates not allowed',
  limit: 0x80,
  unitSize: 1,
  write: writeByte,
}

/** Encodes as UTF-8. Throws what the handler throws, `IndexError`. */
export function utf8Encode(value: Str, errors: EncodeErrorHandler = strictEncoding): Uint8Array {
  if (typeof value === 'string' && !HAS_SURROGATE.test(value)) {
    return value.length <= SHORT_TEXT && IS_ASCII.test(value) ? latin1FromText(value) : encodeText(value)
  }
  return encodeWithRuns(value, isSurrogate, writeUtf8, RULES, errors, strLength(value) * 4)
}

/** Writes a code point as UTF-8. */
function writeUtf8(out: ByteWriter, cp: number): void {
  if (cp < 0x80) {
    out.add(cp)
    return
  }
  if (cp < 0x800) out.add(0xc0 | (cp >> 6))
  else {
    if (cp < 0x10000) out.add(0xe0 | (cp >> 12))
    else {
      out.add(0xf0 | (cp >> 18))
      out.add(0x80 | ((cp >> 12) & 0x3f))
    }
    out.add(0x80 | ((cp >> 6) & 0x3f))
  }
  out.add(0x80 | (cp & 0x3f))
}
