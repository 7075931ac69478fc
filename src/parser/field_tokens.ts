import type { SourceText } from '../source/text.ts'
import { tokenize } from '../tokens/tokenizer.ts'
import type { Tokens } from '../tokens/tokens.ts'

/** Zero bytes that `SourceText` promises after the source. */
const PADDING = 4

/**
 * The tokens of the expression in an f-string's replacement field: the bytes `start` to `end` of the outer source.
 * CPython 3.11 puts it into parentheses and reads it as a source of its own, of which the opening parenthesis stands
 * at `line` and `col` of the outer one; tokens that end on its first line get their columns from there.
 */
export function fieldTokens(outer: Tokens, start: number, end: number, line: number, col: number): Tokens {
  const size = end - start
  const bytes = new Uint8Array(size + 3 + PADDING)
  const from = outer.source.bytes
  bytes[0] = 0x28
  for (let i = 0; i < size; i++) bytes[i + 1] = from[start + i]
  bytes[size + 1] = 0x29
  bytes[size + 2] = 0x0a
  const length = size + 3
  const { ascii } = outer.source
  const source: SourceText = {
    filename: outer.source.filename,
    bytes,
    length,
    ascii: ascii === null ? asciiText(bytes, length) : `(${ascii.slice(start, end)})\n`,
    encoding: 'utf-8',
    isStr: false,
    declaredEncoding: null,
    original: bytes,
    originalLength: length,
    fromFile: false,
    file: null,
    fault: null,
  }
  return tokenize(source, { ...outer.options, mode: 'fstring', startingLineno: line, startingCol: col })
}

function asciiText(bytes: Uint8Array, length: number): string | null {
  for (let i = 0; i < length; i++) if (bytes[i] >= 0x80) return null
  return String.fromCharCode.apply(null, bytes.subarray(0, length) as unknown as number[])
}
