import * as T from './token.ts'

/** Kind of the operator of one character, by its code; `OP` for a character that is no operator. */
const ONE = new Uint8Array(128).fill(T.OP)
/** Kind of the operator that a character forms with `=` behind it, or 0. */
const WITH_EQUAL = new Uint8Array(128)

for (const [char, kind, withEqual] of [
  ['(', T.LPAR, 0],
  [')', T.RPAR, 0],
  ['[', T.LSQB, 0],
  [']', T.RSQB, 0],
  ['{', T.LBRACE, 0],
  ['}', T.RBRACE, 0],
  [':', T.COLON, T.COLONEQUAL],
  [',', T.COMMA, 0],
  [';', T.SEMI, 0],
  ['.', T.DOT, 0],
  ['~', T.TILDE, 0],
  ['+', T.PLUS, T.PLUSEQUAL],
  ['-', T.MINUS, T.MINEQUAL],
  ['*', T.STAR, T.STAREQUAL],
  ['/', T.SLASH, T.SLASHEQUAL],
  ['|', T.VBAR, T.VBAREQUAL],
  ['&', T.AMPER, T.AMPEREQUAL],
  ['<', T.LESS, T.LESSEQUAL],
  ['>', T.GREATER, T.GREATEREQUAL],
  ['=', T.EQUAL, T.EQEQUAL],
  ['%', T.PERCENT, T.PERCENTEQUAL],
  ['^', T.CIRCUMFLEX, T.CIRCUMFLEXEQUAL],
  ['@', T.AT, T.ATEQUAL],
  ['!', T.OP, T.NOTEQUAL],
] as const) {
  ONE[char.charCodeAt(0)] = kind
  WITH_EQUAL[char.charCodeAt(0)] = withEqual
}

/** Bits to the left of the kind in what `operatorAt` returns. */
export const OPERATOR_LENGTH_SHIFT = 8

/** The longest operator at `p`: its kind, and above `OPERATOR_LENGTH_SHIFT` its length in bytes. */
export function operatorAt(bytes: Uint8Array, p: number): number {
  const c = bytes[p]!
  const next = bytes[p + 1]!
  if (next === 0x3d) {
    const kind = WITH_EQUAL[c]!
    if (kind !== 0) return kind | (2 << OPERATOR_LENGTH_SHIFT)
  } else if (next === c) {
    const kind = doubled(c)
    if (kind !== 0) {
      if (bytes[p + 2] === 0x3d) return doubledWithEqual(kind) | (3 << OPERATOR_LENGTH_SHIFT)
      return kind | (2 << OPERATOR_LENGTH_SHIFT)
    }
  } else if (next === 0x3e) {
    if (c === 0x2d) return T.RARROW | (2 << OPERATOR_LENGTH_SHIFT)
    if (c === 0x3c) return T.NOTEQUAL | (2 << OPERATOR_LENGTH_SHIFT)
  }
  return ONE[c]! | (1 << OPERATOR_LENGTH_SHIFT)
}

function doubled(c: number): number {
  switch (c) {
    case 0x2a:
      return T.DOUBLESTAR
    case 0x2f:
      return T.DOUBLESLASH
    case 0x3c:
      return T.LEFTSHIFT
    case 0x3e:
      return T.RIGHTSHIFT
    default:
      return 0
  }
}

function doubledWithEqual(kind: number): number {
  switch (kind) {
    case T.DOUBLESTAR:
      return T.DOUBLESTAREQUAL
    case T.DOUBLESLASH:
      return T.DOUBLESLASHEQUAL
    case T.LEFTSHIFT:
      return T.LEFTSHIFTEQUAL
    default:
      return T.RIGHTSHIFTEQUAL
  }
}
