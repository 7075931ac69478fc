import { isAlphanumeric } from '../base/unicode.ts'

/** What stands at a place of a line, by the patterns of Lib/tokenize.py. */
type PieceKind = 'number' | 'newline' | 'comment' | 'triple' | 'string' | 'name' | 'operator' | 'join' | 'end'

/** A piece of a line; `kind` is `null` where no pattern fits. */
export interface Piece {
  kind: PieceKind | null
  start: number
  end: number
}

/** The exact kind of each operator. */
export const OPERATORS: Readonly<Record<string, string>> = {
  '!=': 'NOTEQUAL',
  '%': 'PERCENT',
  '%=': 'PERCENTEQUAL',
  '&': 'AMPER',
  '&=': 'AMPEREQUAL',
  '(': 'LPAR',
  ')': 'RPAR',
  '*': 'STAR',
  '**': 'DOUBLESTAR',
  '**=': 'DOUBLESTAREQUAL',
  '*=': 'STAREQUAL',
  '+': 'PLUS',
  '+=': 'PLUSEQUAL',
  ',': 'COMMA',
  '-': 'MINUS',
  '-=': 'MINEQUAL',
  '->': 'RARROW',
  '.': 'DOT',
  '...': 'ELLIPSIS',
  '/': 'SLASH',
  '//': 'DOUBLESLASH',
  '//=': 'DOUBLESLASHEQUAL',
  '/=': 'SLASHEQUAL',
  ':': 'COLON',
  ':=': 'COLONEQUAL',
  ';': 'SEMI',
  '<': 'LESS',
  '<<': 'LEFTSHIFT',
  '<<=': 'LEFTSHIFTEQUAL',
  '<=': 'LESSEQUAL',
  '=': 'EQUAL',
  '==': 'EQEQUAL',
  '>': 'GREATER',
  '>=': 'GREATEREQUAL',
  '>>': 'RIGHTSHIFT',
  '>>=': 'RIGHTSHIFTEQUAL',
  '@': 'AT',
  '@=': 'ATEQUAL',
  '[': 'LSQB',
  ']': 'RSQB',
  '^': 'CIRCUMFLEX',
  '^=': 'CIRCUMFLEXEQUAL',
  '{': 'LBRACE',
  '|': 'VBAR',
  '|=': 'VBAREQUAL',
  '}': 'RBRACE',
  '~': 'TILDE',
}

const LONGEST_OPERATOR = 3

/** Finds the piece at `pos`, blanks before it skipped, and writes it to `piece`. */
export function findPiece(line: string, pos: number, piece: Piece): void {
  let start = pos
  while (line[start] === ' ' || line[start] === '\t' || line[start] === '\f') start++
  piece.start = start
  piece.kind = null
  if (start === line.length) setPiece(piece, 'end', start)
  else if (!findAsciiPiece(line, start, piece)) {
    const end = wordEnd(line, start)
    if (end > start) setPiece(piece, 'name', end)
  }
}

function setPiece(piece: Piece, kind: PieceKind, end: number): boolean {
  piece.kind = kind
  piece.end = end
  return true
}

function findAsciiPiece(line: string, start: number, piece: Piece): boolean {
  const c = line[start]!
  if (c === '\\') {
    const end = lineBreakEnd(line, start + 1)
    return end > 0 && setPiece(piece, 'join', end)
  }
  if (c === '\n' || c === '\r') {
    const end = lineBreakEnd(line, start)
    return end > 0 && setPiece(piece, 'newline', end)
  }
  if (c === '#') return setPiece(piece, 'comment', commentEnd(line, start))
  if (c === "'" || c === '"') return findString(line, start, start, piece)
  const prefix = prefixEnd(line, start)
  if (prefix > start && findString(line, start, prefix, piece)) return true
  const number = numberEnd(line, start)
  if (number > start) return setPiece(piece, 'number', number)
  for (let size = LONGEST_OPERATOR; size > 0; size--) {
    const operator = line.substring(start, start + size)
    if (operator.length === size && Object.hasOwn(OPERATORS, operator)) return setPiece(piece, 'operator', start + size)
  }
  return false
}

/** End of `\n` or `\r\n` at `i`, or −1. */
function lineBreakEnd(line: string, i: number): number {
  if (line[i] === '\n') return i + 1
  return line[i] === '\r' && line[i + 1] === '\n' ? i + 2 : -1
}

function commentEnd(line: string, start: number): number {
  let i = start
  while (i < line.length && line[i] !== '\n' && line[i] !== '\r') i++
  return i
}

/** End of a string prefix before a quote, or `start`. */
function prefixEnd(line: string, start: number): number {
  const letter = line.charCodeAt(start) | 0x20
  if (letter !== 0x62 && letter !== 0x66 && letter !== 0x72 && letter !== 0x75) return start
  const match = /^(?:[bruf]|br|rb|fr|rf)(?=['"])/i.exec(line.substring(start, start + 3))
  return match === null ? start : start + match[0].length
}

function findString(line: string, start: number, quoteAt: number, piece: Piece): boolean {
  const quote = line[quoteAt]!
  if (line[quoteAt + 1] === quote && line[quoteAt + 2] === quote) return setPiece(piece, 'triple', quoteAt + 3)
  const end = singleEnd(line, quoteAt + 1, quote)
  piece.start = start
  return end > 0 && setPiece(piece, 'string', end)
}

/** End of a one-line string, or of its first line where a backslash joins the next; −1 if it is not closed. */
function singleEnd(line: string, from: number, quote: string): number {
  for (let i = from; i < line.length; i++) {
    const c = line[i]
    if (c === quote) return i + 1
    if (c === '\n') return -1
    if (c === '\\') {
      const joined = lineBreakEnd(line, i + 1)
      if (joined > 0) return joined
      i++
    }
  }
  return -1
}

/**
 * End of the rest of a string that began earlier: behind its closing quotes. −1 if it does not end in this line, which
 * a backslash before the newline also prevents.
 */
export function stringTailEnd(line: string, from: number, quotes: string): number {
  for (let i = from; i < line.length; i++) {
    const c = line[i]
    if (c === '\\') {
      i++
      if (i >= line.length || line[i] === '\n') return -1
    } else if (c === quotes[0] && line.startsWith(quotes, i)) {
      return i + quotes.length
    }
  }
  return -1
}

function isDigit(c: string | undefined): boolean {
  return c !== undefined && c >= '0' && c <= '9'
}

/** End of digits with single underscores between them; the character at `i` must be one, else `i`. */
function digitsEnd(line: string, i: number): number {
  if (!isDigit(line[i])) return i
  i++
  while (isDigit(line[i]) || (line[i] === '_' && isDigit(line[i + 1]))) i++
  return i
}

/** End of the number at `start`, the longest form of imaginary, float, integer; `start` if there is none. */
function numberEnd(line: string, start: number): number {
  const whole = digitsEnd(line, start)
  let i = whole
  if (line[i] === '.') {
    const fraction = digitsEnd(line, i + 1)
    if (whole > start || fraction > i + 1) i = fraction
  }
  if (i === start) return start
  const exponent = exponentEnd(line, i)
  const isFloat = exponent > whole
  if (line[exponent] === 'j' || line[exponent] === 'J') return exponent + 1
  return isFloat ? exponent : integerEnd(line, start, whole)
}

function exponentEnd(line: string, i: number): number {
  if (line[i] !== 'e' && line[i] !== 'E') return i
  const digits = line[i + 1] === '+' || line[i + 1] === '-' ? i + 2 : i + 1
  const end = digitsEnd(line, digits)
  return end > digits ? end : i
}

function integerEnd(line: string, start: number, whole: number): number {
  if (line[start] !== '0') return whole
  const match = /^0(?:[xX](?:_?[0-9a-fA-F])+|[bB](?:_?[01])+|[oO](?:_?[0-7])+|(?:_?0)*)/.exec(line.slice(start))
  return start + match![0].length
}

/** End of the letters, digits and underscores at `i`, in the sense of Unicode. */
function wordEnd(line: string, i: number): number {
  while (i < line.length) {
    const cp = line.codePointAt(i)!
    const isAsciiWord = (cp >= 97 && cp <= 122) || (cp >= 65 && cp <= 90) || (cp >= 48 && cp <= 57) || cp === 95
    if (!isAsciiWord && (cp < 128 || !isAlphanumeric(cp))) break
    i += cp > 0xffff ? 2 : 1
  }
  return i
}
