import type { PyError } from '../base/errors.ts'
import { codePointCount, decodeUtf8 } from '../base/utf8.ts'
import type { SyntaxErrorType } from '../source/error_fields.ts'
import { PySyntaxError } from '../source/errors.ts'
import { syntaxErrorAt } from '../source/raise.ts'
import { lineEnd, type SourceFault, sliceText } from '../source/text.ts'
import type { Scanner } from './scanner.ts'
import { ERRORTOKEN } from './token.ts'
import {
  E_DECODE,
  E_DEDENT,
  E_EOF,
  E_ERROR,
  E_LINECONT,
  E_OK,
  E_TABSPACE,
  E_TOODEEP,
  type OpenBracket,
  type TokenizerState,
} from './tokens.ts'

/** What the functions return that scan a part and fail: no position. */
export const FAILED = -1

/**
 * Ends the stream with an error that the tokenizer raises itself. It points at the character before `position`, or at
 * the given columns (1-based bytes). Follows `_syntaxerror_range` in Parser/tokenizer.c.
 */
export function fail(s: Scanner, msg: string, position: number, col = -1, endCol = -1): number {
  const error = rangeError(s, msg, position, col, endCol)
  return failWith(s, E_ERROR, error, position)
}

/** Ends the stream with an exception that is already there. */
export function failWith(s: Scanner, done: number, error: PyError, position: number): number {
  s.done = done
  s.raised = error
  s.error = error
  s.position = position
  s.emitEmpty(ERRORTOKEN, position)
  return FAILED
}

/** Ends the stream where the source cannot be read further. */
export function failAtFault(s: Scanner, fault: SourceFault): number {
  failWith(s, E_DECODE, fault.raised, s.length)
  s.error = fault.error
  return FAILED
}

/** The error of `fail`. */
export function rangeError(s: Scanner, msg: string, position: number, col = -1, endCol = -1): PySyntaxError {
  const source = s.source
  if (col === -1) {
    const before = decodeUtf8(s.bytes, s.lineStart, position)
    col = codePointCount(before, before.length)
  }
  return new PySyntaxError('SyntaxError', {
    msg,
    filename: source.filename,
    lineno: s.lineno,
    offset: col,
    text: sliceText(source, s.lineStart, lineEnd(s.bytes, s.lineStart, s.length)),
    end_lineno: s.lineno,
    end_offset: endCol === -1 ? col : endCol,
  })
}

/** Ends the stream in a state for which CPython's parser makes the error: `_Pypegen_tokenizer_error`. */
export function failInState(s: Scanner, done: number, position: number): number {
  if (s.source.fault !== null && position >= s.length) return failAtFault(s, s.source.fault)
  s.done = done
  s.position = done === E_LINECONT ? position : endOfLineRead(s)
  s.emitEmpty(ERRORTOKEN, s.position)
  s.error = stateError(s)
  return FAILED
}

function stateError(s: Scanner): PySyntaxError {
  switch (s.done) {
    case E_EOF:
      return s.level > 0
        ? unclosedBracket(scannerState(s))
        : errorAtEnd(s, 'SyntaxError', 'unexpected EOF while parsing')
    case E_DEDENT:
      return errorAtEnd(s, 'IndentationError', 'unindent does not match any outer indentation level')
    case E_TABSPACE:
      return errorInLine(s, 'TabError', 'inconsistent use of tabs and spaces in indentation', 1)
    case E_TOODEEP:
      return errorInLine(s, 'IndentationError', 'too many levels of indentation', 1)
    default: {
      const col = s.position - s.bufferStart
      return errorInLine(s, 'SyntaxError', 'unexpected character after line continuation character', col)
    }
  }
}

/** `'(' was never closed`, at the innermost open bracket; there must be one. */
export function unclosedBracket(state: TokenizerState): PySyntaxError {
  const { char, lineno, col } = state.brackets.at(-1)!
  return syntaxErrorAt(state, 'SyntaxError', `'${char}' was never closed`, lineno, col + 1, lineno, 0)
}

/** An error at the error token, as `RAISE_SYNTAX_ERROR` places it: where the tokenizer stopped. */
function errorAtEnd(s: Scanner, type: SyntaxErrorType, msg: string): PySyntaxError {
  const i = s.count - 1
  const col = s.arrays.cols[i]!
  const endCol = s.arrays.endCols[i]!
  const place = s.position === s.bufferStart ? 0 : s.position - s.lineStart
  const state = scannerState(s)
  return syntaxErrorAt(
    state,
    type,
    msg,
    s.lineno,
    col === -1 ? place : col + 1,
    s.lineno,
    endCol === -1 ? -1 : endCol + 1,
  )
}

function errorInLine(s: Scanner, type: SyntaxErrorType, msg: string, col: number): PySyntaxError {
  return syntaxErrorAt(scannerState(s), type, msg, s.lineno, col, s.lineno, 0)
}

/** End of the line that was read last, its newline included. */
function endOfLineRead(s: Scanner): number {
  if (s.bufferEnd >= 0) return s.bufferEnd
  return s.lineno === 0 ? 0 : Math.min(lineEnd(s.bytes, s.lineStart, s.length) + 1, s.length)
}

/** Where the scanner stands. */
export function scannerState(s: Scanner): TokenizerState {
  const brackets: OpenBracket[] = []
  for (let i = 0; i < s.level; i++) {
    const char = String.fromCharCode(s.brackets[i]!) as OpenBracket['char']
    brackets.push({ char, lineno: s.bracketLines[i]!, col: s.bracketCols[i]! })
  }
  return {
    source: s.source,
    mode: s.options.mode,
    lineno: s.lineno,
    bufferStart: s.bufferStart,
    bufferEnd: s.source.fromFile && s.done !== E_OK && s.position >= s.length ? s.bufferStart : endOfLineRead(s),
    startingLineno: s.options.startingLineno,
    startingCol: s.options.startingCol,
    done: s.done,
    raised: s.raised,
    position: s.position,
    lineStart: s.lineStart,
    indent: s.indent,
    brackets,
  }
}
