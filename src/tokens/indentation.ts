import { FAILED, failInState } from './failure.ts'
import { MAX_INDENT, type Scanner } from './scanner.ts'
import { DEDENT, INDENT } from './token.ts'
import { E_DEDENT, E_EOF, E_LINECONT, E_TABSPACE, E_TOODEEP } from './tokens.ts'

const TAB_SIZE = 8

/**
 * Reads lines from `p` until one has tokens, emits the `INDENT` and `DEDENT`s before it and returns where its text
 * starts; `FAILED` on an error or where a replay ends. Between brackets it only skips blanks and empty lines.
 */
export function beginLine(s: Scanner, p: number): number {
  const bytes = s.bytes
  s.atLineStart = false
  for (;;) {
    if (p < s.length) {
      s.lineno++
      s.lineStart = p
      s.bufferStart = p
    } else {
      s.done = E_EOF
    }
    let col = 0
    let altCol = 0
    let joinedCol = 0
    let c = bytes[p]!
    for (;;) {
      if (c === 0x20) {
        col++
        altCol++
      } else if (c === 0x09) {
        col = (Math.floor(col / TAB_SIZE) + 1) * TAB_SIZE
        altCol++
      } else if (c === 0x0c) {
        col = altCol = 0
      } else if (c === 0x5c) {
        joinedCol = joinedCol || col
        p = joinLines(s, p + 1)
        if (p < 0) return FAILED
        s.bufferStart = p
        c = bytes[p]!
        continue
      } else break
      c = bytes[++p]!
    }
    s.blankLine = false
    if (c === 0x23 || c === 0x0a) {
      if (s.options.interactive && ((col === 0 && c === 0x0a) || s.lineno === 1)) {
        if (s.lineno === 1) col = altCol = 0
      } else {
        s.blankLine = true
        const next = skipBlankLine(s, p)
        if (next < 0) return p
        p = next
        continue
      }
    }
    if (s.level > 0) return p
    return changeIndentation(s, joinedCol || col, joinedCol || altCol, p)
  }
}

/** End of a line that has no tokens, its newline included; −1 if it has one (a type comment) or is the last. */
function skipBlankLine(s: Scanner, p: number): number {
  if (s.bytes[p] === 0x0a) return p + 1
  if (s.options.typeComments) return -1
  const end = s.bytes.indexOf(0x0a, p)
  return end < 0 || end >= s.length ? -1 : end + 1
}

/** Compares the columns, counted with tabs of 8 and of 1, to the open blocks' (both must agree). */
function changeIndentation(s: Scanner, col: number, altCol: number, p: number): number {
  const indents = s.indents
  if (col === indents[s.indent]!) {
    return altCol === s.altIndents[s.indent] ? p : failInState(s, E_TABSPACE, p)
  }
  if (col > indents[s.indent]!) {
    if (s.indent + 1 >= MAX_INDENT) return failInState(s, E_TOODEEP, p)
    if (altCol <= s.altIndents[s.indent]!) return failInState(s, E_TABSPACE, p)
    s.indent++
    indents[s.indent] = col
    s.altIndents[s.indent] = altCol
    return emitAll(s, INDENT, 1, p)
  }
  let dedents = 0
  while (s.indent > 0 && col < indents[s.indent]!) {
    dedents++
    s.indent--
  }
  if (col !== indents[s.indent]) return failInState(s, E_DEDENT, p)
  if (altCol !== s.altIndents[s.indent]) return failInState(s, E_TABSPACE, p)
  return emitAll(s, DEDENT, dedents, p)
}

function emitAll(s: Scanner, kind: number, count: number, p: number): number {
  for (let i = 0; i < count; i++) {
    if (s.count >= s.limit) break
    s.emitEmpty(kind, p)
  }
  if (s.count < s.limit) return p
  s.position = p
  return FAILED
}

/** Goes from behind a backslash to the next line; only a newline may stand between. */
export function joinLines(s: Scanner, p: number): number {
  if (s.bytes[p] !== 0x0a) return failInState(s, E_LINECONT, Math.min(p + 1, s.length))
  if (p + 1 >= s.length) return failInState(s, E_EOF, s.length)
  s.lineno++
  s.lineStart = p + 1
  return p + 1
}
