import { findUtf8Fault } from '../base/utf8.ts'
import { findCodec } from '../source/codecs.ts'
import { normalName } from '../source/cookie.ts'
import { PySyntaxError } from '../source/errors.ts'

/** What `tokenize.detect_encoding` finds: the name of the encoding, and how many bytes of BOM come before the text. */
export interface DetectedEncoding {
  readonly encoding: string
  readonly textStart: number
}

/**
 * The encoding that a source declares, as `tokenize.detect_encoding` reports it (PEP 263). Its rules are those of the
 * compiler but for the errors: throws `PySyntaxError` without a place for an unknown encoding, one that contradicts
 * the BOM, or a first or second line that is not UTF-8.
 */
export function detectEncoding(bytes: Uint8Array): DetectedEncoding {
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const textStart = hasBom ? 3 : 0
  const firstEnd = endOfLine(bytes, textStart)
  const first = findCookie(bytes, textStart, firstEnd, hasBom)
  if (first !== null) return { encoding: first, textStart }
  if (isBlank(bytes, textStart, firstEnd) && firstEnd > textStart) {
    const second = findCookie(bytes, firstEnd, endOfLine(bytes, firstEnd), hasBom)
    if (second !== null) return { encoding: second, textStart }
  }
  return { encoding: 'utf-8', textStart }
}

/** The encoding in one line, or `null`. */
function findCookie(bytes: Uint8Array, start: number, end: number, hasBom: boolean): string | null {
  if (findUtf8Fault(bytes, start, end) !== null) throw placeless('invalid or missing encoding declaration')
  const line = asciiOf(bytes, start, end)
  const match = /^[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)/.exec(line)
  if (match === null) return null
  const encoding = normalName(match[1]!)
  if (findCodec(encoding) === null) throw placeless(`unknown encoding: ${encoding}`)
  if (hasBom && encoding !== 'utf-8') throw placeless('encoding problem: utf-8')
  return encoding
}

/** A line with each byte that is not ASCII as U+FFFD, none of which matters here. */
function asciiOf(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end; i++) text += bytes[i]! < 0x80 ? String.fromCharCode(bytes[i]!) : '\ufffd'
  return text
}

/** Blanks, then a comment or the end: the next line may still declare the encoding. */
function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  return /^[ \t\f]*(?:[#\r\n]|$)/.test(asciiOf(bytes, start, end))
}

function endOfLine(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(10, start)
  return end < 0 ? bytes.length : end + 1
}

function placeless(msg: string): PySyntaxError {
  return new PySyntaxError('SyntaxError', {
    msg,
    filename: null,
    lineno: null,
    offset: null,
    text: null,
    end_lineno: null,
    end_offset: null,
  })
}
