import type { PyError } from '../base/errors.ts'

/**
 * The tokens of one source, as parallel arrays: token `i` has kind `kinds[i]` (a number of `token.ts`) and covers the
 * bytes `starts[i]` to `ends[i]`. Lines are 1-based, columns are 0-based UTF-8 bytes, as CPython's parser has them.
 * The last token is `ENDMARKER`, or `ERRORTOKEN` where the tokenizer failed.
 */
export interface Tokens {
  readonly count: number
  readonly kinds: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly lines: Int32Array
  readonly cols: Int32Array
  readonly endLines: Int32Array
  readonly endCols: Int32Array
  /** What to throw when the parser takes the `ERRORTOKEN`; `null` where there is none. */
  readonly error: PyError | null
}
