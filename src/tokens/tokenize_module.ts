import { PyError } from '../base/errors.ts'
import { isXidStart } from '../base/unicode.ts'
import { decodeWith } from '../source/codecs.ts'
import { PySyntaxError } from '../source/errors.ts'
import { detectEncoding } from './detect_encoding.ts'
import { findPiece, OPERATORS, type Piece, stringTailEnd } from './tokenize_line.ts'

/** A place in a source: line from 1, column from 0 in characters (code points). */
export type Position = readonly [row: number, column: number]

/** A token as `tokenize.tokenize()` of Python 3.11 gives it. */
export interface TokenInfo {
  /** Name of its type: `NAME`, `NUMBER`, `STRING`, `OP`, `COMMENT`, `NL`, … */
  readonly type: string
  /** As `type`, but for an operator its own name, such as `LPAR`. */
  readonly exact_type: string
  readonly string: string
  readonly start: Position
  readonly end: Position
  /** The line it stands on; all its lines, for a string over several. */
  readonly line: string
}

/** `tokenize.TokenError`: the source ends inside brackets, behind a backslash or in a string. */
export class TokenError extends PyError {
  readonly msg: string
  readonly position: Position

  constructor(msg: string, position: Position) {
    super('TokenError', `('${msg}', (${position[0]}, ${position[1]}))`)
    this.msg = msg
    this.position = position
  }
}

/**
 * All tokens of a source, comments and blank lines included: what Python 3.11's `tokenize.tokenize()` yields for bytes,
 * and `tokenize.generate_tokens()` for a string (no `ENCODING` comes first).
 *
 * Throws `TokenError`, `PySyntaxError` (`IndentationError`, or a bad encoding declaration) and, for bytes that are
 * not text in their encoding, `PyError` (`UnicodeDecodeError`), where Python's generator raises them.
 */
export function tokenize(source: Uint8Array | string): TokenInfo[] {
  if (typeof source === 'string') return new LineTokenizer(null).run(splitLines(source))
  const { encoding, textStart } = detectEncoding(source)
  return new LineTokenizer(encoding).run(decodeLines(source.subarray(textStart), encoding))
}

/** The lines, each with its newline. */
function splitLines(text: string): string[] {
  const lines: string[] = []
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    const next = end < 0 ? text.length : end + 1
    lines.push(text.slice(start, next))
    start = next
  }
  return lines
}

function decodeLines(bytes: Uint8Array, encoding: string): string[] {
  const whole = decodeWith(encoding, bytes)
  if (whole.error === null) return splitLines(whole.text)
  // Python decodes line by line, so the place in its message is that in the line.
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start)
    const next = end < 0 ? bytes.length : end + 1
    const line = decodeWith(encoding, bytes.subarray(start, next))
    if (line.error !== null) throw new PyError('UnicodeDecodeError', line.error)
    start = next
  }
  throw new PyError('UnicodeDecodeError', whole.error)
}

const TAB_SIZE = 8

/** A string whose end is still to come. */
interface OpenString {
  readonly quotes: string
  readonly start: Position
  text: string
  lines: string
}

class LineTokenizer {
  private readonly tokens: TokenInfo[] = []
  private readonly piece: Piece = { kind: null, start: 0, end: 0 }
  private lnum = 0
  private line = ''
  private isWide = false
  private level = 0
  private isJoined = false
  private open: OpenString | null = null
  private readonly indents = [0]

  constructor(encoding: string | null) {
    if (encoding !== null) this.tokens.push(tokenInfo('ENCODING', encoding, [0, 0], [0, 0], ''))
  }

  run(lines: readonly string[]): TokenInfo[] {
    let last = ''
    for (let i = 0; i <= lines.length; i++) {
      last = this.line
      this.line = lines[i] ?? ''
      this.isWide = encodesWide(this.line)
      this.lnum++
      if (!this.readLine()) break
    }
    this.finish(last)
    return this.tokens
  }

  /** Reads a line; false at the end of the source. */
  private readLine(): boolean {
    let pos = 0
    if (this.open !== null) {
      pos = this.continueString(this.open)
      if (pos < 0) return true
    } else if (this.level === 0 && !this.isJoined) {
      pos = this.beginStatement()
      if (pos < 0) return pos !== END_OF_SOURCE
    } else {
      if (this.line === '') throw new TokenError('EOF in multi-line statement', [this.lnum, 0])
      this.isJoined = false
    }
    while (pos >= 0 && pos < this.line.length) pos = this.readPiece(pos)
    return true
  }

  /** Position behind the end of an open string, or −1 if the line does not end it. */
  private continueString(open: OpenString): number {
    const { line } = this
    if (line === '') throw new TokenError('EOF in multi-line string', open.start)
    const end = stringTailEnd(line, 0, open.quotes)
    if (end >= 0) {
      this.push('STRING', open.text + line.slice(0, end), open.start, this.at(end), open.lines + line)
      this.open = null
      return end
    }
    open.text += line
    if (open.quotes.length === 1 && !line.endsWith('\\\n') && !line.endsWith('\\\r\n')) {
      this.push('ERRORTOKEN', open.text, open.start, this.at(line.length), open.lines)
      this.open = null
    } else {
      open.lines += line
    }
    return -1
  }

  /** Measures the indentation of a new statement; −1 if the line has none, or `END_OF_SOURCE`. */
  private beginStatement(): number {
    const { line } = this
    let column = 0
    let pos = 0
    for (; pos < line.length; pos++) {
      const c = line[pos]
      if (c === ' ') column++
      else if (c === '\t') column = (Math.floor(column / TAB_SIZE) + 1) * TAB_SIZE
      else if (c === '\f') column = 0
      else break
    }
    if (pos === line.length) return END_OF_SOURCE
    if (line[pos] === '#' || line[pos] === '\r' || line[pos] === '\n') {
      this.readBlankLine(pos)
      return -1
    }
    this.changeIndentation(column, pos)
    return pos
  }

  private readBlankLine(pos: number): void {
    const { line } = this
    if (line[pos] === '#') {
      const comment = line.slice(pos).replace(/[\r\n]+$/, '')
      this.pushHere('COMMENT', pos, pos + comment.length)
      pos += comment.length
    }
    this.pushHere('NL', pos, line.length)
  }

  private changeIndentation(column: number, pos: number): void {
    const { indents } = this
    if (column > indents.at(-1)!) {
      indents.push(column)
      this.pushHere('INDENT', 0, pos)
    }
    while (column < indents.at(-1)!) {
      if (!indents.includes(column)) {
        throw new PySyntaxError('IndentationError', {
          msg: 'unindent does not match any outer indentation level',
          filename: '<tokenize>',
          lineno: this.lnum,
          offset: pos,
          text: this.line,
          end_lineno: null,
          end_offset: null,
        })
      }
      indents.pop()
      this.pushHere('DEDENT', pos, pos)
    }
  }

  /** Reads the piece at `pos` and returns where the next is; −1 where a string goes on in the next line. */
  private readPiece(pos: number): number {
    const { line, piece } = this
    findPiece(line, pos, piece)
    const { start, end } = piece
    switch (piece.kind) {
      case null:
        this.pushHere('ERRORTOKEN', pos, pos + (line.codePointAt(pos)! > 0xffff ? 2 : 1))
        return pos + (line.codePointAt(pos)! > 0xffff ? 2 : 1)
      case 'end':
        return end
      case 'number':
        this.pushHere('NUMBER', start, end)
        return end
      case 'newline':
        this.pushHere(this.level > 0 ? 'NL' : 'NEWLINE', start, end)
        return end
      case 'comment':
        this.pushHere('COMMENT', start, end)
        return end
      case 'triple':
        return this.readTriple(start, end)
      case 'string':
        if (line[end - 1] === '\n') return this.leaveOpen(start, /['"]/.exec(line.slice(start))![0])
        this.pushHere('STRING', start, end)
        return end
      case 'name': {
        const first = line.codePointAt(start)!
        this.pushHere(first === 0x5f || isXidStart(first) ? 'NAME' : 'OP', start, end)
        return end
      }
      case 'join':
        this.isJoined = true
        return end
      default:
        this.readOperator(start, end)
        return end
    }
  }

  private readTriple(start: number, end: number): number {
    const quotes = this.line.slice(end - 3, end)
    const close = stringTailEnd(this.line, end, quotes)
    if (close < 0) return this.leaveOpen(start, quotes)
    this.pushHere('STRING', start, close)
    return close
  }

  private leaveOpen(start: number, quotes: string): number {
    this.open = { quotes, start: this.at(start), text: this.line.slice(start), lines: this.line }
    return -1
  }

  private readOperator(start: number, end: number): void {
    const c = this.line[start]!
    if ('([{'.includes(c)) this.level++
    else if (')]}'.includes(c)) this.level--
    this.pushHere('OP', start, end)
  }

  private finish(last: string): void {
    const { lnum } = this
    if (last !== '' && !/[\r\n]$/.test(last) && !/^[\s\x1c-\x1f\x85]*#/.test(last)) {
      const width = encodesWide(last) ? Array.from(last).length : last.length
      this.push('NEWLINE', '', [lnum - 1, width], [lnum - 1, width + 1], '')
    }
    for (let i = 1; i < this.indents.length; i++) this.push('DEDENT', '', [lnum, 0], [lnum, 0], '')
    this.push('ENDMARKER', '', [lnum, 0], [lnum, 0], '')
  }

  /** The position of an index of the current line. */
  private at(index: number): Position {
    return [this.lnum, this.isWide ? Array.from(this.line.slice(0, index)).length : index]
  }

  private pushHere(type: string, start: number, end: number): void {
    this.push(type, this.line.slice(start, end), this.at(start), this.at(end), this.line)
  }

  private push(type: string, string: string, start: Position, end: Position, line: string): void {
    this.tokens.push(tokenInfo(type, string, start, end, line))
  }
}

const END_OF_SOURCE = -2

/** Whether a line has characters of two code units, so that its columns are not its indices. */
function encodesWide(line: string): boolean {
  return /[\ud800-\udbff]/.test(line)
}

function tokenInfo(type: string, string: string, start: Position, end: Position, line: string): TokenInfo {
  const exact_type = type === 'OP' ? (OPERATORS[string] ?? 'OP') : type
  return { type, exact_type, string, start, end, line }
}
