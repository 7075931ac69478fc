import { FAILED, fail, rangeError } from './failure.ts'
import type { Scanner } from './scanner.ts'
import { NUMBER } from './token.ts'

const UNDERSCORE = 0x5f
const LOWER_E = 0x65
const LOWER_J = 0x6a
const POINT = 0x2e

/** Scans the number that starts with a digit at `start`; emits it and returns its end, or `FAILED`. */
export function scanNumber(s: Scanner, start: number): number {
  const bytes = s.bytes
  let p = start
  if (bytes[p] === 0x30) {
    const letter = bytes[p + 1]! | 0x20
    if (letter === 0x78) return radixLiteral(s, start, 16, 'hexadecimal')
    if (letter === 0x6f) return radixLiteral(s, start, 8, 'octal')
    if (letter === 0x62) return radixLiteral(s, start, 2, 'binary')
    return zeroLiteral(s, start)
  }
  do p++
  while (isDigit(bytes[p]!))
  if (bytes[p] === UNDERSCORE) p = digitsTail(s, p)
  return p < 0 ? FAILED : afterInteger(s, start, p)
}

/** Scans the number that starts with a point at `start`, a digit behind it. */
export function scanFraction(s: Scanner, start: number): number {
  return fraction(s, start, start + 1)
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39
}

function radixLiteral(s: Scanner, start: number, radix: number, kind: string): number {
  const bytes = s.bytes
  let p = start + 2
  do {
    if (bytes[p] === UNDERSCORE) p++
    if (!isRadixDigit(bytes[p]!, radix)) return badRadixDigit(s, p, radix, kind)
    do p++
    while (isRadixDigit(bytes[p]!, radix))
  } while (bytes[p] === UNDERSCORE)
  if (radix < 10 && isDigit(bytes[p]!)) return badRadixDigit(s, p, radix, kind)
  return finish(s, start, p, kind)
}

function isRadixDigit(c: number, radix: number): boolean {
  if (radix < 10) return c >= 0x30 && c < 0x30 + radix
  return isDigit(c) || ((c | 0x20) >= 0x61 && (c | 0x20) <= 0x66)
}

function badRadixDigit(s: Scanner, p: number, radix: number, kind: string): number {
  const c = s.bytes[p]!
  if (radix < 10 && isDigit(c)) return fail(s, `invalid digit '${String.fromCharCode(c)}' in ${kind} literal`, p + 1)
  return fail(s, `invalid ${kind} literal`, p)
}

/** A decimal literal that starts with 0: zero itself, a float or imaginary number, or the octal form of Python 2. */
function zeroLiteral(s: Scanner, start: number): number {
  const bytes = s.bytes
  let p = start + 1
  for (;;) {
    if (bytes[p] === UNDERSCORE) {
      p++
      if (!isDigit(bytes[p]!)) return fail(s, 'invalid decimal literal', p)
    }
    if (bytes[p] !== 0x30) break
    p++
  }
  if (!isDigit(bytes[p]!)) return afterInteger(s, start, p)
  const zerosEnd = p + 1
  p = digitsTail(s, p)
  if (p < 0) return FAILED
  const c = bytes[p]!
  if (c === POINT || (c | 0x20) === LOWER_E || (c | 0x20) === LOWER_J) return afterInteger(s, start, p)
  const msg = 'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers'
  return fail(s, msg, p, start + 1 - s.lineStart, zerosEnd - s.lineStart)
}

/** End of the digits at or after `p`, single underscores between them allowed. */
function digitsTail(s: Scanner, p: number): number {
  const bytes = s.bytes
  for (;;) {
    while (isDigit(bytes[p]!)) p++
    if (bytes[p] !== UNDERSCORE) return p
    p++
    if (!isDigit(bytes[p]!)) return fail(s, 'invalid decimal literal', p)
  }
}

function afterInteger(s: Scanner, start: number, p: number): number {
  const c = s.bytes[p]!
  if (c === POINT) return fraction(s, start, p + 1)
  return exponent(s, start, p)
}

function fraction(s: Scanner, start: number, p: number): number {
  if (isDigit(s.bytes[p]!)) {
    p = digitsTail(s, p)
    if (p < 0) return FAILED
  }
  return exponent(s, start, p)
}

function exponent(s: Scanner, start: number, p: number): number {
  const bytes = s.bytes
  if ((bytes[p]! | 0x20) === LOWER_E) {
    let q = p + 1
    if (bytes[q] === 0x2b || bytes[q] === 0x2d) {
      q++
      if (!isDigit(bytes[q]!)) return fail(s, 'invalid decimal literal', q)
    } else if (!isDigit(bytes[q]!)) {
      return finish(s, start, p, 'decimal')
    }
    p = digitsTail(s, q)
    if (p < 0) return FAILED
  }
  if ((bytes[p]! | 0x20) === LOWER_J) return finish(s, start, p + 1, 'imaginary')
  return finish(s, start, p, 'decimal')
}

/**
 * Emits the number that ends at `p`. A letter right behind it is an error, but for those that start one of the
 * keywords which may follow a number in valid code: these only warn. What is not ASCII is left to the next token.
 */
function finish(s: Scanner, start: number, p: number, kind: string): number {
  const c = s.bytes[p]!
  if (c < 128 && isNameByte(c)) {
    const message = `invalid ${kind} literal`
    if (!startsKeyword(s.bytes, p)) return fail(s, message, p)
    const warning = { category: 'SyntaxWarning', message, filename: s.source.filename, lineno: s.lineno } as const
    if (s.warn !== null && s.warn(warning) === 'error') return fail(s, message, p)
    s.warnings.push({ index: s.count, warning, error: rangeError(s, message, p) })
  }
  s.emit(NUMBER, start, p)
  return p
}

/** Whether `and`, `else`, `for`, `or` or `not` stands at `p`, or two letters that start `if`, `in` or `is`. */
function startsKeyword(bytes: Uint8Array, p: number): boolean {
  switch (bytes[p]) {
    case 0x61:
      return isWord(bytes, p, 'and')
    case 0x65:
      return isWord(bytes, p, 'else')
    case 0x66:
      return isWord(bytes, p, 'for')
    case 0x6e:
      return isWord(bytes, p, 'not')
    case 0x6f:
      return isWord(bytes, p, 'or')
    case 0x69:
      return bytes[p + 1] === 0x66 || bytes[p + 1] === 0x6e || bytes[p + 1] === 0x73
    default:
      return false
  }
}

function isWord(bytes: Uint8Array, p: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[p + i] !== word.charCodeAt(i)) return false
  return !isNameByte(bytes[p + word.length]!)
}

function isNameByte(c: number): boolean {
  const letter = c | 0x20
  return (letter >= 0x61 && letter <= 0x7a) || isDigit(c) || c === UNDERSCORE || c >= 128
}
