import { decodeUtf8 } from '../base/utf8.ts'
import type { SourceText } from '../source/text.ts'
import { tokenize } from './tokenizer.ts'
import type { TokenizeOptions, Tokens } from './tokens.ts'

const OPEN = 0x28
const CLOSE = 0x29
const NEWLINE = 0x0a

/**
 * The tokens of an f-string's expression: the bytes `start` to `end` of `outer`, between parentheses, as a source of
 * their own, which begins at `lineno` and, on that line, at column `col` of the outer one (the place of the opening
 * brace). CPython does so in `fstring_compile_expr` (Parser/string_parser.c), with a second tokenizer on a copy. That
 * copy declares no encoding, hence the columns of its errors count bytes.
 */
export function tokenizeFStringExpression(
  outer: SourceText,
  start: number,
  end: number,
  lineno: number,
  col: number,
  options: Partial<TokenizeOptions>,
): Tokens {
  const source = expressionSource(outer, start, end)
  return tokenize(source, { ...options, mode: 'fstring', startingLineno: lineno, startingCol: col })
}

function expressionSource(outer: SourceText, start: number, end: number): SourceText {
  const length = end - start + 3
  const bytes = new Uint8Array(length + 4)
  bytes[0] = OPEN
  let isAscii = true
  if (outer.ascii !== null) {
    bytes.set(outer.bytes.subarray(start, end), 1)
  } else {
    for (let i = start; i < end; i++) {
      const c = outer.bytes[i]!
      if (c >= 0x80) isAscii = false
      bytes[i - start + 1] = c
    }
  }
  bytes[length - 2] = CLOSE
  bytes[length - 1] = NEWLINE
  return {
    filename: outer.filename,
    bytes,
    length,
    ascii: isAscii ? asciiOf(outer, bytes, start, end) : null,
    encoding: 'utf-8',
    isStr: outer.isStr,
    declaredEncoding: null,
    original: bytes,
    originalLength: length,
    fromFile: false,
    file: null,
    fault: null,
  }
}

function asciiOf(outer: SourceText, bytes: Uint8Array, start: number, end: number): string {
  if (outer.ascii !== null) return `(${outer.ascii.substring(start, end)})\n`
  return decodeUtf8(bytes, 0, end - start + 3)
}
