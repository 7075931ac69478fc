/**
 * Source text as the tokenizer reads it: UTF-8 bytes, without BOM, with `\n` line ends, so that an index into it is
 * the column unit of CPython's positions. A file that is all ASCII also keeps its text as a string, where the same
 * index addresses the same character.
 */
export interface SourceText {
  readonly filename: string
  readonly bytes: Uint8Array
  /** Number of bytes of source in `bytes`. */
  readonly length: number
  readonly ascii: string | null
  /** Canonical name of the encoding found (`utf-8`, `iso-8859-1`, …). */
  readonly encoding: string
  /** The original was a `str` (no cookie is looked for, errors quote it as it was). */
  readonly isStr: boolean
}
