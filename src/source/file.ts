import { PyError } from '../base/errors.ts'
import { decodeUtf8, encodeUtf8, findUtf8Fault } from '../base/utf8.ts'
import { decodeWith, findCodec } from './codecs.ts'
import { findCookie } from './cookie.ts'
import { PySyntaxError } from './errors.ts'
import { programText } from './raise.ts'
import { lineEnd, type SourceFault } from './text.ts'

/** A script as CPython's file reader delivers it: UTF-8 with `\n` line ends, up to the first line it cannot read. */
export interface FileReading {
  readonly bytes: Uint8Array
  /** The declared encoding, or `null`. */
  readonly encoding: string | null
  readonly fault: SourceFault | null
}

/** Bytes that `io.open` decodes at a time: a fault in the first such piece is a problem of the encoding as such. */
const CHUNK_SIZE = 8192

/**
 * Reads a script as the tokenizer reads a file (`tok_underflow_file` in Parser/tokenizer.c): line by line, so that a
 * line that cannot be read counts only when the parser gets there; the text ends before it.
 *
 * Throws `PySyntaxError` (without a place) for an encoding that is unknown, contradicts the BOM or fails at once.
 */
export function readFileSource(input: Uint8Array, filename: string): FileReading {
  const hasBom = input[0] === 0xef && input[1] === 0xbb && input[2] === 0xbf
  const text = withNewlines(hasBom ? input.subarray(3) : input)
  const cookie = findCookie(text, text.length)
  if (hasBom && cookie !== null && cookie !== 'utf-8') throw placeless(`encoding problem: ${cookie} with BOM`)
  if (cookie !== null && cookie !== 'utf-8') return recoded(input, text, cookie, filename)
  const encoding = cookie ?? (hasBom ? 'utf-8' : null)
  return upToFault(text, encoding, filename, encoding === null ? text.length : 0, null)
}

/** The rest of a script whose encoding is declared: the lines up to the cookie are taken as they are. */
function recoded(input: Uint8Array, text: Uint8Array, cookie: string, filename: string): FileReading {
  if (findCodec(cookie) === null) throw placeless(`encoding problem: ${cookie}`)
  const head = cookieLineEnd(text)
  const tail = text.subarray(head)
  const firstLine = lineEnd(text, 0, text.length) + 1
  const unchecked = firstLine < head ? firstLine : 0
  const whole = decodeWith(cookie, tail)
  if (whole.error === null) {
    return upToFault(concat(text.subarray(0, head), encodeUtf8(whole.text)), cookie, filename, unchecked, null)
  }
  // The newline that ends the cookie's line is the first byte of the first piece.
  const piece = Math.floor((whole.errorAt + 1) / CHUNK_SIZE)
  if (piece === 0) throw placeless(`encoding problem: ${cookie}`)
  const pieceStart = piece * CHUNK_SIZE - 1
  const readable = tail.subarray(0, tail.lastIndexOf(10, pieceStart - 1) + 1)
  const message = decodeWith(cookie, tail.subarray(pieceStart)).error!
  const bytes = concat(text.subarray(0, head), encodeUtf8(decodeWith(cookie, readable).text))
  const lineno = countLines(bytes, bytes.length)
  const error = new PySyntaxError('SyntaxError', {
    msg: `(unicode error) ${message}`,
    filename,
    lineno,
    offset: 0,
    text: programText(input, lineno, cookie),
    end_lineno: lineno,
    end_offset: -1,
  })
  const raised = new PyError('UnicodeDecodeError', message)
  return upToFault(bytes, cookie, filename, unchecked, { error, raised })
}

/** End of the line that holds the cookie: the first, or the second if the first has none. */
function cookieLineEnd(text: Uint8Array): number {
  const first = lineEnd(text, 0, text.length) + 1
  if (findCookie(text, first) !== null) return first
  return lineEnd(text, first, text.length) + 1
}

/**
 * Cuts the text before its first line with a null byte or, in its first `checked` bytes, faulty UTF-8; `late` is the
 * fault of what comes after the text.
 */
function upToFault(
  text: Uint8Array,
  encoding: string | null,
  filename: string,
  checked: number,
  late: SourceFault | null,
): FileReading {
  const nul = text.indexOf(0)
  const faulty = findUtf8Fault(text, 0, checked)
  const at = faulty !== null && (nul < 0 || faulty.start < nul) ? faulty.start : nul
  if (at < 0) return { bytes: text, encoding, fault: late }
  const start = at === 0 ? 0 : text.lastIndexOf(10, at - 1) + 1
  const lineno = countLines(text, start) + 1
  const error = at === nul ? nullByte(text, start, at, filename, lineno) : notUtf8(text[at]!, filename, lineno)
  return { bytes: text.slice(0, start), encoding, fault: { error, raised: error } }
}

function notUtf8(byte: number, filename: string, lineno: number): PySyntaxError {
  const hex = byte.toString(16)
  return placeless(
    `Non-UTF-8 code starting with '\\x${hex}' in file ${filename} on line ${lineno}, but no encoding declared; ` +
      'see https://peps.python.org/pep-0263/ for details',
  )
}

function nullByte(text: Uint8Array, start: number, at: number, filename: string, lineno: number): PySyntaxError {
  return new PySyntaxError('SyntaxError', {
    msg: 'source code cannot contain null bytes',
    filename,
    lineno,
    offset: 0,
    text: decodeUtf8(text, start, at),
    end_lineno: lineno,
    end_offset: 0,
  })
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

function countLines(text: Uint8Array, end: number): number {
  let count = 0
  for (let i = text.indexOf(10); i >= 0 && i < end; i = text.indexOf(10, i + 1)) count++
  return count
}

function concat(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const out = new Uint8Array(head.length + tail.length)
  out.set(head)
  out.set(tail, head.length)
  return out
}

/** `\r\n` and `\r` as `\n`, and a newline at the end where it is missing. */
function withNewlines(input: Uint8Array): Uint8Array {
  const out = new Uint8Array(input.length + 1)
  let length = 0
  for (let i = 0; i < input.length; i++) {
    if (input[i] === 13) {
      if (input[i + 1] === 10) i++
      out[length++] = 10
    } else out[length++] = input[i]!
  }
  if (length > 0 && out[length - 1] !== 10) out[length++] = 10
  return out.subarray(0, length)
}
