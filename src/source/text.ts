import type { PyError } from '../base/errors.ts'
import { decodeUtf8 } from '../base/utf8.ts'
import type { PySyntaxError } from './errors.ts'

/**
 * Source text as the tokenizer reads it: UTF-8 bytes, without BOM, with `\n` line ends, so that an index into it is
 * the column unit of CPython's positions. A file that is all ASCII also keeps its text as a string, where the same
 * index addresses the same character.
 *
 * The bytes of a `bytes` source that declares no encoding are taken as they are: CPython finds a fault in them only
 * where it decodes them (a name, a string), never in a comment.
 */
export interface SourceText {
  readonly filename: string
  /** At least one zero byte follows the source, so that a scanner may look one byte ahead without a check. */
  readonly bytes: Uint8Array
  /** Number of bytes of source in `bytes`. */
  readonly length: number
  readonly ascii: string | null
  /** Canonical name of the encoding found (`utf-8`, `iso-8859-1`, …). */
  readonly encoding: string
  /** The original was a `str` (no cookie is looked for, errors quote it as it was). */
  readonly isStr: boolean
  /** The encoding by `str`, BOM or cookie; without one CPython's error columns count bytes, not characters. */
  readonly declaredEncoding: string | null
  /** What CPython quotes earlier lines from: the input before recoding to UTF-8, BOM removed, line ends translated. */
  readonly original: Uint8Array
  readonly originalLength: number
  /** Read as a script, not as an argument of `compile()`. */
  readonly fromFile: boolean
  /** The file's own text, from which errors are quoted when CPython finds the file on disk; else `null`. */
  readonly file: Uint8Array | null
  /** The source ends because the next line cannot be decoded: what CPython raises there. */
  readonly fault: SourceFault | null
}

/** Why a source cannot be read to its end. */
export interface SourceFault {
  /** What the parser raises when it gets there. */
  readonly error: PySyntaxError
  /** What whoever else gets there finds: where decoding failed, the decoder's exception itself. */
  readonly raised: PyError
}

/** The bytes `start` to `end` as a JavaScript string, faulty UTF-8 replaced. */
export function sliceText(source: SourceText, start: number, end: number): string {
  if (source.ascii !== null) return source.ascii.substring(start, end)
  return decodeUtf8(source.bytes, start, end)
}

/** Byte offset of the end of the line (its `\n` or the end of the source) that holds `position`. */
export function lineEnd(bytes: Uint8Array, position: number, length: number): number {
  const end = bytes.indexOf(10, position)
  return end < 0 || end > length ? length : end
}

/** Byte offset of the 1-based line `lineno`, counted from `from`, or the last line's where there are fewer. */
export function lineOffset(bytes: Uint8Array, lineno: number, length: number): number {
  let offset = 0
  for (let i = 1; i < lineno; i++) {
    const end = bytes.indexOf(10, offset)
    if (end < 0 || end >= length) break
    offset = end + 1
  }
  return offset
}
