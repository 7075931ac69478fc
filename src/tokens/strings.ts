import { FAILED, failAtFault, failWith, rangeError } from './failure.ts'
import type { Scanner } from './scanner.ts'
import { STRING } from './token.ts'
import { E_EOFS, E_EOLS, E_ERROR } from './tokens.ts'

const BACKSLASH = 0x5c
const NEWLINE = 0x0a

/** Whether the name of one or two bytes before a quote is a string prefix: r, b, u, f, br, rb, fr, rf in any case. */
export function isStringPrefix(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start]! | 0x20
  if (end - start === 1) return first === 0x72 || first === 0x62 || first === 0x75 || first === 0x66
  const second = bytes[start + 1]! | 0x20
  if (first === 0x72) return second === 0x62 || second === 0x66
  return second === 0x72 && (first === 0x62 || first === 0x66)
}

/** Scans the string whose prefix starts at `start` and whose quote is at `p`; returns its end or `FAILED`. */
export function scanString(s: Scanner, start: number, p: number): number {
  const bytes = s.bytes
  const quote = bytes[p]!
  if (bytes[p + 1] !== quote) return scanSingle(s, start, p + 1, quote)
  if (bytes[p + 2] !== quote) {
    s.emit(STRING, start, p + 2)
    return p + 2
  }
  return scanTriple(s, start, p + 3, quote)
}

function scanSingle(s: Scanner, start: number, p: number, quote: number): number {
  const bytes = s.bytes
  const firstLine = s.lineno
  const firstStart = s.lineStart
  for (;;) {
    const c = bytes[p]!
    if (c === quote) break
    if (c === BACKSLASH) {
      p++
      if (bytes[p] === NEWLINE) enterLine(s, p + 1)
      else if (p >= s.length) return unterminated(s, start, firstLine, firstStart, false, E_EOLS)
      p++
    } else if (c === NEWLINE) {
      return unterminated(s, start, firstLine, firstStart, false, E_ERROR)
    } else if (c === 0 && p >= s.length) {
      return unterminated(s, start, firstLine, firstStart, false, E_EOLS)
    } else {
      p++
    }
  }
  s.emitSpan(STRING, start, p + 1, firstLine, start - firstStart, p + 1 - s.lineStart)
  return p + 1
}

function scanTriple(s: Scanner, start: number, p: number, quote: number): number {
  const bytes = s.bytes
  const firstLine = s.lineno
  const firstStart = s.lineStart
  for (;;) {
    const c = bytes[p]!
    if (c === quote && bytes[p + 1] === quote && bytes[p + 2] === quote) break
    if (c === BACKSLASH) {
      p++
      if (bytes[p] === NEWLINE) enterLine(s, p + 1)
    } else if (c === NEWLINE) {
      enterLine(s, p + 1)
    }
    if (p >= s.length) return unterminated(s, start, firstLine, firstStart, true, E_EOFS)
    p++
  }
  s.emitSpan(STRING, start, p + 3, firstLine, start - firstStart, p + 3 - s.lineStart)
  return p + 3
}

/** The next line is read, if there is one. */
function enterLine(s: Scanner, start: number): void {
  if (start >= s.length) return
  s.lineno++
  s.lineStart = start
}

function unterminated(
  s: Scanner,
  start: number,
  firstLine: number,
  firstStart: number,
  isTriple: boolean,
  done: number,
): number {
  if (s.source.fault !== null && done !== E_ERROR) return failAtFault(s, s.source.fault)
  const detected = s.lineno
  const end = s.bytes.indexOf(NEWLINE, s.lineStart)
  s.bufferEnd = end < 0 || end >= s.length ? s.length : end + 1
  s.lineno = firstLine
  s.lineStart = firstStart
  const kind = isTriple ? 'triple-quoted string' : 'string'
  const error = rangeError(s, `unterminated ${kind} literal (detected at line ${detected})`, start + 1)
  failWith(s, done, error, start + 1)
  return FAILED
}
