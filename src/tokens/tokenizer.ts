import { PyError } from '../base/errors.ts'
import { isPrintable } from '../base/unicode.ts'
import { codePointAt, decodeUtf8, findUtf8Fault, sequenceLength, utf8FaultMessage } from '../base/utf8.ts'
import type { WarningHandler } from '../source/errors.ts'
import { syntaxErrorAt } from '../source/raise.ts'
import type { SourceText } from '../source/text.ts'
import { giveBack } from './arrays.ts'
import { commentEnd, scanTypeComment } from './comments.ts'
import { FAILED, fail, failAtFault, failInState, failWith, scannerState } from './failure.ts'
import { beginLine, joinLines } from './indentation.ts'
import { ASYNC_ID, AWAIT_ID, badCharacter, HASH_FACTOR, HASH_SEED, KEYWORD_COUNT } from './names.ts'
import { scanFraction, scanNumber } from './numbers.ts'
import { OPERATOR_LENGTH_SHIFT, operatorAt } from './operators.ts'
import { MAX_LEVEL, Scanner } from './scanner.ts'
import { isStringPrefix, scanString } from './strings.ts'
import * as T from './token.ts'
import {
  defaultTokenizeOptions,
  E_DECODE,
  E_EOF,
  type TokenizeOptions,
  type TokenizerState,
  type Tokens,
} from './tokens.ts'

const NAME = 1
const DIGIT = 2
const QUOTE = 3
const NEWLINE = 4
const COMMENT = 5
const BACKSLASH = 6
const OPEN = 7
const CLOSE = 8
const POINT = 9
const OPERATOR = 10
const END = 11
const CONTROL = 12

/** What a token that starts with this byte is. */
const START = new Uint8Array(256)
/** 1 for a byte that goes on a name. */
const IN_NAME = new Uint8Array(256)

for (let c = 0; c < 256; c++) {
  const lower = c | 0x20
  const isDigit = c >= 0x30 && c <= 0x39
  if (c >= 128 || c === 0x5f || (lower >= 0x61 && lower <= 0x7a)) START[c] = NAME
  else if (isDigit) START[c] = DIGIT
  else START[c] = c > 0x20 && c < 0x7f ? OPERATOR : CONTROL
  IN_NAME[c] = START[c] === NAME || isDigit ? 1 : 0
}
for (const c of [0x22, 0x27]) START[c] = QUOTE
for (const c of [0x28, 0x5b, 0x7b]) START[c] = OPEN
for (const c of [0x29, 0x5d, 0x7d]) START[c] = CLOSE
START[0] = END
START[0x0a] = NEWLINE
START[0x23] = COMMENT
START[0x5c] = BACKSLASH
START[0x2e] = POINT

/**
 * Cuts a source into tokens, all at once, as CPython's Parser/tokenizer.c does on demand. It never throws for a bad
 * source: the stream then ends with an `ERRORTOKEN`, and `error` is what CPython raises if its parser gets that far.
 *
 * With `warn`, warnings are issued as the tokens are made, and one turned into an error ends the stream; without it
 * they are only recorded in `warnings`, for a parser that issues each when it fetches the token.
 */
export function tokenize(source: SourceText, options?: Partial<TokenizeOptions>, warn?: WarningHandler): Tokens {
  const complete = options === undefined ? defaultTokenizeOptions : { ...defaultTokenizeOptions, ...options }
  return run(new Scanner(source, complete, warn ?? null, Number.MAX_SAFE_INTEGER))
}

/** Gives the arrays of `tokens` back for the next source. Nothing of `tokens` but its names may be used afterwards. */
export function releaseTokens(tokens: Tokens): void {
  giveBack(tokens.arrays)
}

/**
 * Where the tokenizer stands when the parser has fetched the first `count` tokens: the open brackets, the line and
 * what is in CPython's buffer. It costs as much as tokenising those again, so it is for error paths.
 */
export function stateAfter(tokens: Tokens, count: number): TokenizerState {
  if (count >= tokens.count) return tokens.final
  const scanner = new Scanner(tokens.source, tokens.options, null, count)
  scan(scanner, 0)
  const state = scannerState(scanner)
  giveBack(scanner.arrays)
  scanner.release()
  return state
}

function run(scanner: Scanner): Tokens {
  scan(scanner, 0)
  const arrays = scanner.arrays
  const final = scannerState(scanner)
  scanner.release()
  return {
    count: scanner.count,
    kinds: arrays.kinds,
    starts: arrays.starts,
    ends: arrays.ends,
    lines: arrays.lines,
    cols: arrays.cols,
    endLines: arrays.endLines,
    endCols: arrays.endCols,
    nameIds: arrays.nameIds,
    names: scanner.table.names,
    error: scanner.error,
    source: scanner.source,
    options: scanner.options,
    typeIgnores: scanner.typeIgnores,
    warnings: scanner.warnings,
    arrays,
    final,
  }
}

/** The loop: one round is one token, or the way to a new line. */
function scan(s: Scanner, from: number): void {
  const bytes = s.bytes
  let p = from
  while (p >= 0) {
    if (s.count >= s.limit) {
      s.position = p
      return
    }
    if (s.atLineStart) {
      p = beginLine(s, p)
      if (p < 0) return
    }
    if (s.asyncDef) leaveAsyncDef(s, bytes[p]!)
    let c = bytes[p]!
    while (c === 0x20 || c === 0x09 || c === 0x0c) c = bytes[++p]!
    switch (START[c]) {
      case NAME:
        p = scanName(s, p)
        break
      case DIGIT:
        p = scanNumber(s, p)
        break
      case QUOTE:
        p = scanString(s, p, p)
        break
      case NEWLINE:
        p = endLine(s, p, p)
        break
      case COMMENT:
        p = scanComment(s, p)
        break
      case BACKSLASH:
        p = joinLines(s, p + 1)
        break
      case OPEN:
        p = openBracket(s, p, c)
        break
      case CLOSE:
        p = closeBracket(s, p, c)
        break
      case POINT:
        p = scanPoint(s, p)
        break
      case OPERATOR: {
        const found = operatorAt(bytes, p)
        const end = p + (found >> OPERATOR_LENGTH_SHIFT)
        s.emit(found & 0xff, p, end)
        p = end
        break
      }
      case END:
        p = p >= s.length ? endSource(s) : badControl(s, p, c)
        break
      default:
        p = badControl(s, p, c)
    }
  }
}

function scanName(s: Scanner, start: number): number {
  const bytes = s.bytes
  let p = start
  let hash = HASH_SEED
  let c = bytes[p]!
  do {
    hash = Math.imul(hash ^ c, HASH_FACTOR)
    c = bytes[++p]!
  } while (IN_NAME[c] === 1)
  if ((c === 0x27 || c === 0x22) && p - start <= 2 && isStringPrefix(bytes, start, p)) return scanString(s, start, p)
  const id = s.table.find(bytes, start, p, hash)
  if (id < KEYWORD_COUNT + 2) {
    if (id < 0) return badName(s, start, p)
    s.emit(id < KEYWORD_COUNT ? T.KW_FALSE + id : asyncKind(s, id, p), start, p)
  } else {
    s.emit(T.NAME, start, p)
  }
  s.arrays.nameIds[s.count - 1] = id
  return p
}

/** Ends the stream at a name with faulty UTF-8 or with a character that no identifier has. */
function badName(s: Scanner, start: number, end: number): number {
  const fault = findUtf8Fault(s.bytes, start, end)
  if (fault !== null) return badUtf8(s, utf8FaultMessage(s.bytes, fault, start), end)
  const at = badCharacter(s.bytes, start, end)
  const cp = codePointAt(s.bytes, at)
  const after = at + sequenceLength(s.bytes[at]!)
  const hex = cp.toString(16).toUpperCase().padStart(4, '0')
  if (!isPrintable(cp)) return fail(s, `invalid non-printable character U+${hex}`, after)
  return fail(s, `invalid character '${decodeUtf8(s.bytes, at, after)}' (U+${hex})`, after)
}

/** The parser turns the decoder's exception into a `SyntaxError`; whoever else meets it gets it as it is. */
function badUtf8(s: Scanner, message: string, position: number): number {
  failWith(s, E_DECODE, new PyError('UnicodeDecodeError', message), position)
  const col = s.position === s.bufferStart ? 0 : s.position - s.lineStart
  s.error = syntaxErrorAt(scannerState(s), 'SyntaxError', `(unicode error) ${message}`, s.lineno, col, s.lineno, -1)
  return FAILED
}

function badControl(s: Scanner, p: number, c: number): number {
  return fail(s, `invalid non-printable character U+${c.toString(16).toUpperCase().padStart(4, '0')}`, p + 1)
}

/** Kind of `async` or `await`, which before Python 3.7 were names outside of `async def`. */
function asyncKind(s: Scanner, id: number, end: number): number {
  const kind = id === ASYNC_ID ? T.ASYNC : T.AWAIT
  if (!s.options.asyncHacks || s.asyncDef) return kind
  if (id === AWAIT_ID || !isBeforeDef(s, end)) return T.NAME
  s.asyncDef = true
  s.asyncDefIndent = s.indent
  return kind
}

function isBeforeDef(s: Scanner, p: number): boolean {
  const ahead = new Scanner(s.source, { ...s.options, asyncHacks: false }, null, 1)
  ahead.atLineStart = false
  ahead.level = s.level
  scan(ahead, p)
  const isDef = ahead.count > 0 && ahead.arrays.kinds[0] === T.KW_DEF
  giveBack(ahead.arrays)
  ahead.release()
  return isDef
}

/** The body of an `async def` ends at the first token that is not indented more than it. */
function leaveAsyncDef(s: Scanner, c: number): void {
  if (s.blankLine || c === 0x0a || s.level > 0 || !s.asyncDefNewline || s.asyncDefIndent < s.indent) return
  s.asyncDef = false
  s.asyncDefIndent = 0
  s.asyncDefNewline = false
}

/** Ends a line at its newline; the token, if there is one, starts at `start`, where a comment may stand. */
function endLine(s: Scanner, start: number, p: number): number {
  s.atLineStart = true
  if (!s.blankLine && s.level === 0) {
    s.emit(T.NEWLINE, start, p)
    if (s.asyncDef) s.asyncDefNewline = true
  }
  return p + 1
}

function scanComment(s: Scanner, p: number): number {
  const end = commentEnd(s, p)
  if (s.options.typeComments) {
    const next = scanTypeComment(s, p, end)
    if (next >= 0) return next
  }
  return end < s.length ? endLine(s, p, end) : end
}

function openBracket(s: Scanner, p: number, c: number): number {
  const level = s.level
  if (level >= MAX_LEVEL) return fail(s, 'too many nested parentheses', p + 1)
  s.brackets[level] = c
  s.bracketLines[level] = s.lineno
  s.bracketCols[level] = p - s.lineStart
  s.level = level + 1
  s.emit(c === 0x28 ? T.LPAR : c === 0x5b ? T.LSQB : T.LBRACE, p, p + 1)
  return p + 1
}

function closeBracket(s: Scanner, p: number, c: number): number {
  if (s.level === 0) return fail(s, `unmatched '${String.fromCharCode(c)}'`, p + 1)
  const level = --s.level
  const open = s.brackets[level]!
  if (open !== (c === 0x29 ? 0x28 : c - 2)) {
    const line = s.bracketLines[level]!
    const where = line !== s.lineno ? ` on line ${line}` : ''
    const [close, opening] = [String.fromCharCode(c), String.fromCharCode(open)]
    return fail(s, `closing parenthesis '${close}' does not match opening parenthesis '${opening}'${where}`, p + 1)
  }
  s.emit(c === 0x29 ? T.RPAR : c === 0x5d ? T.RSQB : T.RBRACE, p, p + 1)
  return p + 1
}

function scanPoint(s: Scanner, p: number): number {
  const bytes = s.bytes
  const next = bytes[p + 1]!
  if (START[next] === DIGIT) return scanFraction(s, p)
  if (next === 0x2e && bytes[p + 2] === 0x2e) {
    s.emit(T.ELLIPSIS, p, p + 3)
    return p + 3
  }
  s.emit(T.DOT, p, p + 1)
  return p + 1
}

/** Ends the stream at the end of the source. */
function endSource(s: Scanner): number {
  if (s.source.fault !== null) return failAtFault(s, s.source.fault)
  if (s.level > 0) return failInState(s, E_EOF, s.length)
  s.done = E_EOF
  s.position = s.length
  if (s.options.mode === 'single' && s.count > 0) {
    s.emitEmpty(T.NEWLINE, s.length)
    if (s.indent > 0 && !s.options.dontImplyDedent) {
      for (; s.indent > 0; s.indent--) s.emitEmpty(T.DEDENT, s.length)
      s.emitEmpty(T.NEWLINE, s.length)
    }
  }
  s.emitEmpty(T.ENDMARKER, s.length)
  return FAILED
}
