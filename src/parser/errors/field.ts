import { decodeSource } from '../../source/decode.ts'
import { tokenize } from '../../tokens/tokenizer.ts'
import type { Tokens } from '../../tokens/tokens.ts'

/**
 * The tokens of an f-string's expression, the bytes `start` to `end` of the outer source, which CPython 3.11 puts in
 * parentheses and reads as a source of its own. The opening parenthesis stands at `line` and `col` of the outer one.
 */
export function fieldTokens(outer: Tokens, start: number, end: number, line: number, col: number): Tokens {
  const bytes = new Uint8Array(end - start + 2)
  bytes[0] = 0x28
  bytes.set(outer.source.bytes.subarray(start, end), 1)
  bytes[bytes.length - 1] = 0x29
  const source = decodeSource(bytes, outer.source.filename)
  return tokenize(source, { ...outer.options, mode: 'fstring', startingLineno: line, startingCol: col })
}
