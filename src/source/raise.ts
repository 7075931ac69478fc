import { codePointCount, decodeUtf8, encodeUtf8 } from '../base/utf8.ts'
import { decodeReplacing } from './codecs.ts'
import type { SyntaxErrorType } from './error_fields.ts'
import { PySyntaxError } from './errors.ts'
import { lineEnd, lineOffset, type SourceText, sliceText } from './text.ts'

/** How far the tokenizer has read, which decides what text CPython quotes in an error. */
export interface ReadingPlace {
  readonly source: SourceText
  /** What is parsed. An f-string's expression is a source of its own, with its place in the outer one. */
  readonly mode: 'exec' | 'eval' | 'single' | 'func_type' | 'fstring'
  /** Line of the text read last (`tok->lineno`). */
  readonly lineno: number
  /** Start of the text that CPython still has in its buffer: the line, or the first of several joined ones. */
  readonly bufferStart: number
  /** End of the line read last, its `\n` included. */
  readonly bufferEnd: number
  /** Line of the outer source on which an f-string's expression starts; 0 for any other mode. */
  readonly startingLineno: number
  readonly startingCol: number
}

/**
 * The error that CPython's parser raises for a place given in bytes. `col` is 1-based (a token's column plus one);
 * `endCol` too, and ≤ 0 where CPython gives no end (`-1`, or `0` after `RAISE_ERROR_KNOWN_LOCATION(…, -1)`).
 * Columns count characters if the source declares an encoding, bytes if not. Follows
 * `_PyPegen_raise_error_known_location` in Parser/pegen_errors.c.
 */
export function syntaxErrorAt(
  place: ReadingPlace,
  type: SyntaxErrorType,
  msg: string,
  lineno: number,
  col: number,
  endLineno: number,
  endCol: number,
): PySyntaxError {
  const source = place.source
  const text = errorLine(place, lineno)
  if (place.mode === 'fstring') {
    msg = 'f-string: ' + msg
    col -= place.startingCol
    endCol -= place.startingCol
  }
  if (source.declaredEncoding !== null) {
    col = characterOffset(text, col)
    if (endCol > 0) endCol = characterOffset(text, endCol)
  }
  return new PySyntaxError(type, {
    msg,
    filename: source.filename,
    lineno,
    offset: col,
    text,
    end_lineno: endLineno,
    end_offset: endCol,
  })
}

function errorLine(place: ReadingPlace, lineno: number): string {
  const source = place.source
  if (place.mode === 'exec' && source.file !== null) {
    const text = programText(source.file, lineno, source.declaredEncoding)
    if (text !== null) return text
  }
  if (place.lineno <= lineno && place.bufferEnd > place.bufferStart) {
    return sliceText(source, place.bufferStart, place.bufferEnd)
  }
  if (source.fromFile) return ''
  const relative = place.startingLineno > 0 ? lineno - place.startingLineno + 1 : lineno
  const start = lineOffset(source.original, relative, source.originalLength)
  return decodeUtf8(source.original, start, lineEnd(source.original, start, source.originalLength))
}

/** Number of characters in the first `bytes` bytes of a line; one past its end counts as one character more. */
function characterOffset(line: string, bytes: number): number {
  if (bytes <= 0) return bytes
  const encoded = encodeUtf8(line)
  if (encoded.length === line.length) return Math.min(bytes, line.length + 1)
  const prefix = decodeUtf8(encoded, 0, Math.min(bytes, encoded.length))
  return codePointCount(prefix, prefix.length) + (bytes > encoded.length ? 1 : 0)
}

/** CPython quotes a file through a buffer of this many bytes: of a longer line it shows the last piece. */
const QUOTE_LIMIT = 999

/**
 * A line of a file as `_PyErr_ProgramDecodedTextObject` (Python/errors.c) reads it, its `\n` included, or `null`
 * where there is no such line or it cannot be decoded.
 */
export function programText(file: Uint8Array, lineno: number, encoding: string | null): string | null {
  if (lineno <= 0) return null
  let start = 0
  for (let i = 1; i < lineno; i++) {
    const end = physicalLineEnd(file, start)
    if (end >= file.length) return null
    start = end + (file[end] === 13 && file[end + 1] === 10 ? 2 : 1)
  }
  if (start >= file.length) return null
  const end = physicalLineEnd(file, start)
  const hasNewline = end < file.length
  const size = end - start + (hasNewline ? 1 : 0)
  if (!hasNewline && size % QUOTE_LIMIT === 0) return null
  const piece = start + Math.floor((size - 1) / QUOTE_LIMIT) * QUOTE_LIMIT
  const nul = file.indexOf(0, piece)
  if (nul >= 0 && nul < end) return decodeReplacing(encoding, file.subarray(piece, nul))
  const text = decodeReplacing(encoding, file.subarray(piece, end))
  return text === null || !hasNewline ? text : text + '\n'
}

function physicalLineEnd(file: Uint8Array, from: number): number {
  let i = from
  while (i < file.length && file[i] !== 10 && file[i] !== 13) i++
  return i
}
