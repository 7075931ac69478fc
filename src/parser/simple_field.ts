import type { Expr } from '../ast/nodes.ts'
import { hashBytes, KEYWORD_COUNT, nameTable } from '../tokens/names.ts'

const DOT = 0x2e
/** Smaller ids are those of keywords, `async` and `await`. */
const FIRST_NAME_ID = KEYWORD_COUNT + 2

/** 1 for a byte that may stand in an ASCII name. */
const inName = new Uint8Array(256)
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789') inName[char.charCodeAt(0)] = 1

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

/**
 * The expression of an f-string's replacement field that is a name, or a name with attributes, and nothing else, as
 * four of five are: starting a tokenizer for it would cost many times as much. `null` for any other. The opening
 * brace, of which the name is the neighbour, stands at `line` and `col`.
 */
export function simpleField(bytes: Uint8Array, start: number, end: number, line: number, col: number): Expr | null {
  let value: Expr | null = null
  const shift = col + 1 - start
  let from = start
  for (;;) {
    let to = from
    while (to < end && inName[bytes[to]] === 1) to++
    if (to === from || isDigit(bytes[from]) || (to < end && bytes[to] !== DOT)) return null
    const table = nameTable()
    const id = table.find(bytes, from, to, hashBytes(bytes, from, to))
    if (id < FIRST_NAME_ID) return null
    const name = table.names[id]
    const lineno = line
    const col_offset = col + 1
    const end_lineno = line
    const end_col_offset = to + shift
    value =
      value === null
        ? { node: 'Name', id: name, ctx: 'Load', lineno, col_offset, end_lineno, end_col_offset }
        : { node: 'Attribute', value, attr: name, ctx: 'Load', lineno, col_offset, end_lineno, end_col_offset }
    if (to >= end) return value
    from = to + 1
  }
}
