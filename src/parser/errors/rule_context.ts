import type { Expr } from '../../ast/nodes.ts'
import { PyError } from '../../base/errors.ts'
import type { SyntaxErrorType } from '../../source/error_fields.ts'
import type { PySyntaxError, WarningHandler } from '../../source/errors.ts'
import { syntaxErrorAt } from '../../source/raise.ts'
import { type SourceText, sliceText } from '../../source/text.ts'
import * as token from '../../tokens/token.ts'
import { stateAfter } from '../../tokens/tokenizer.ts'
import { nameOf, type TokenizerState, type Tokens } from '../../tokens/tokens.ts'
import type { LiteralContext } from '../literal_context.ts'
import { decimalLimit, parseNumber, tooManyDigits } from '../numbers.ts'
import { concatenateStrings } from '../strings.ts'
import { exprName, invalidTarget, NOTHING, type Piece, type PieceKind, piece, type TargetRole } from './piece.ts'

/** What besides the tokens decides which programs are valid. */
export interface RuleOptions {
  /** Minor version of the grammar to accept (`feature_version` of `ast.parse`). */
  readonly featureVersion: number
  /** `from __future__ import barry_as_FLUFL` is in effect: `<>` instead of `!=`. */
  readonly barryAsFlufl: boolean
  /** `PyCF_ALLOW_INCOMPLETE_INPUT`: an input that may go on is told apart by the message "incomplete input". */
  readonly allowIncompleteInput?: boolean
  /** So many tokens are whole statements of a module, valid and without warnings; none if not given. */
  readonly accepted?: number
  /** Gets the warnings that CPython's parser issues until it fails. */
  readonly warn: WarningHandler | null
}

/**
 * The tokens as the rules take them one by one, the pieces and the errors that actions make. `fill` tokens have been
 * taken so far, in whichever pass; CPython's errors often stand at the last of them.
 */
export abstract class RuleContext implements LiteralContext {
  readonly source: SourceText
  readonly tokens: Tokens
  readonly options: RuleOptions
  /** Index of the token to match next. */
  mark = 0
  fill = 0
  /** Whether error rules run. */
  secondPass = false
  /** Token at which the alternative that has just matched begins. */
  protected start = 0
  /** The token that stands for the last one in errors, once a warning has become one. */
  protected knownErrorToken = -1
  /** A warning about a token has become an error: CPython's tokenizer has stopped there. */
  protected tokenizerFailed = false
  /** Number of the tokens' own warnings that have been issued. */
  private warned = 0
  private levels: Int16Array | null = null

  constructor(tokens: Tokens, options: RuleOptions) {
    this.source = tokens.source
    this.tokens = tokens
    this.options = options
  }

  get featureVersion(): number {
    return this.options.featureVersion
  }

  abstract parseField(start: number, end: number, line: number, col: number): Expr

  /** Takes one more token; raises its error if it is no token, and the warnings about it. */
  protected take(): void {
    const { tokens } = this
    const index = this.fill++
    const error = this.warnUpTo(index)
    if (error !== null) {
      this.tokenizerFailed = true
      throw error
    }
    if (tokens.kinds[index] === token.ERRORTOKEN) throw tokens.error!
  }

  /** Issues the tokenizer's warnings about the tokens up to `index`; one that becomes an error is returned. */
  protected warnUpTo(index: number): PyError | null {
    const { warnings } = this.tokens
    while (this.warned < warnings.length && warnings[this.warned]!.index <= index) {
      const { warning, error } = warnings[this.warned++]!
      if (this.options.warn?.(warning) === 'error') return error
    }
    return null
  }

  /** Where CPython's tokenizer stands when `fill` tokens have been taken. */
  tokenizerState(): TokenizerState {
    return stateAfter(this.tokens, this.fill)
  }

  /** A piece over the tokens of the alternative that has just matched. */
  node(kind: PieceKind, items: readonly Piece[] = [], text = ''): Piece {
    const { kinds } = this.tokens
    let last = this.mark - 1
    while (last > 0 && isLayout(kinds[last]!)) last--
    return piece(kind, this.start, last, items, text)
  }

  nameToken(index: number): Piece {
    return piece('Name', index, index, [], nameOf(this.tokens, index))
  }

  /** The piece of a number; raises if it is too long or the grammar's version has no underscores in numbers. */
  numberToken(index: number): Piece {
    const { tokens } = this
    const text = sliceText(this.source, tokens.starts[index]!, tokens.ends[index]!)
    if (this.featureVersion < 6 && text.includes('_')) {
      this.raise('Underscores in numeric literals are only supported in Python 3.6 and greater')
    }
    // Only a long literal can be too long to be converted.
    if (text.length > decimalLimit.digits && parseNumber(text) === null) {
      throw this.errorAt('SyntaxError', tooManyDigits(text), tokens.lines[index]!, 0, tokens.endLines[index]!, 0)
    }
    return piece('Constant', index, index, [], 'literal')
  }

  /** The constant or f-string of adjacent STRING tokens; raises what is wrong inside them. */
  concatenateStrings(strings: Piece): Piece {
    const node = concatenateStrings(this, strings.items[0]!.first, lastOf(strings).last)
    return this.node(node.node, [], node.node === 'Constant' ? 'literal' : '')
  }

  requireReal(number: Piece): Piece {
    return this.isImaginary(number) ? this.raiseAt(number, 'real number required in complex literal') : number
  }

  requireImaginary(number: Piece): Piece {
    return this.isImaginary(number) ? number : this.raiseAt(number, 'imaginary number required in complex literal')
  }

  private isImaginary(number: Piece): boolean {
    const end = this.source.bytes[this.tokens.ends[number.last]! - 1]!
    return (end | 0x20) === 0x6a
  }

  /** `!=` in the spelling that is in effect, or `null`. */
  checkNotEqual(operator: Piece): Piece | null {
    const isFlufl = this.sourceOf(operator) === '<>'
    if (this.options.barryAsFlufl && !isFlufl) this.raise("with Barry as BDFL, use '<>' instead of '!='")
    return isFlufl === this.options.barryAsFlufl ? operator : null
  }

  /** Whether an expression is the name of a statement of Python 2 that is a function now. */
  isLegacyStatement(expr: Piece): boolean {
    return expr.kind === 'Name' && (expr.text === 'print' || expr.text === 'exec')
  }

  /** Number of brackets that are open behind the token before `mark`. */
  levelBefore(): number {
    this.levels ??= bracketLevels(this.tokens)
    return this.levels[this.mark - 1]!
  }

  sourceOf(part: Piece): string {
    return sliceText(this.source, this.tokens.starts[part.first]!, this.tokens.ends[part.last]!)
  }

  lineOf(part: Piece): number {
    return this.tokens.lines[part.first]!
  }

  /** Raises unless the grammar's version has a construct; never `null`, so that `&&` may follow. */
  since(version: number, what: string): Piece {
    if (this.featureVersion < version) this.raise(`${what} only supported in Python 3.${version} and greater`)
    return NOTHING
  }

  raise(message: string): never {
    throw this.errorAtLast('SyntaxError', message)
  }

  raiseIndentation(message: string): never {
    throw this.errorAtLast('IndentationError', message)
  }

  /** Raises an error that covers a piece, or a token given by its index. */
  raiseAt(part: Piece | number, message: string): never {
    throw typeof part === 'number'
      ? this.errorOver(part, part, message)
      : this.errorOver(part.first, part.last, message)
  }

  /** Raises an error from the start of one piece to the end of another. */
  raiseRange(from: Piece, to: Piece, message: string): never {
    throw this.errorOver(from.first, to.last, message)
  }

  /** Raises an error from the start of a piece to where the tokenizer stands. */
  raiseStartingFrom(part: Piece, message: string): never {
    const { lines, cols } = this.tokens
    const state = this.tokenizerState()
    const end = state.position - state.lineStart
    throw this.errorAt('SyntaxError', message, lines[part.first]!, cols[part.first]! + 1, state.lineno, end)
  }

  /** Raises an error at the last character of a piece, with the line of its start. */
  raiseAtEnd(part: Piece, message: string): never {
    const { lines, endLines, endCols } = this.tokens
    throw this.errorAt('SyntaxError', message, lines[part.first]!, endCols[part.last]!, endLines[part.last]!, 0)
  }

  /** Raises an error about the part of an expression that cannot be a target; `null` if all of it can. */
  raiseInvalidTarget(role: TargetRole, expr: Piece): null {
    const target = invalidTarget(expr, role)
    if (target === null) return null
    return this.raiseAt(target, `cannot ${role === 'del' ? 'delete' : 'assign to'} ${exprName(target)}`)
  }

  warn(message: string, index: number): void {
    const { filename } = this.source
    if (this.secondPass || this.options.warn === null) return
    const lineno = this.tokens.lines[index]!
    if (this.options.warn({ category: 'DeprecationWarning', message, filename, lineno }) !== 'error') return
    this.knownErrorToken = index
    this.raise(message)
  }

  /** The error over the tokens `first` to `last`. */
  protected errorOver(first: number, last: number, message: string): PySyntaxError {
    const { lines, cols, endLines, endCols } = this.tokens
    return this.errorAt('SyntaxError', message, lines[first]!, cols[first]! + 1, endLines[last]!, endCols[last]! + 1)
  }

  /** The error at the last token taken; where that covers no text, it stands where the tokenizer does. */
  protected errorAtLast(type: SyntaxErrorType, message: string): PySyntaxError {
    if (this.fill === 0) return this.errorAt(type, message, 0, 0, 0, -1)
    const { lines, cols, endLines, endCols } = this.tokens
    const last = this.lastToken()
    const state = this.tokenizerState()
    const col = cols[last] === -1 ? state.position - state.lineStart : cols[last]! + 1
    const endCol = endCols[last] === -1 ? -1 : endCols[last]! + 1
    return syntaxErrorAt(state, type, message, lines[last]!, col, endLines[last]!, endCol)
  }

  protected lastToken(): number {
    return this.knownErrorToken >= 0 ? this.knownErrorToken : this.fill - 1
  }

  private errorAt(
    type: SyntaxErrorType,
    message: string,
    line: number,
    col: number,
    endLine: number,
    endCol: number,
  ): PySyntaxError {
    return syntaxErrorAt(this.tokenizerState(), type, message, line, col, endLine, endCol)
  }
}

function lastOf(seq: Piece): Piece {
  return seq.items[seq.items.length - 1]!
}

/** Tokens without text, which no node ends with. */
function isLayout(kind: number): boolean {
  return kind === token.ENDMARKER || (kind >= token.NEWLINE && kind <= token.DEDENT)
}

function bracketLevels(tokens: Tokens): Int16Array {
  const { kinds, count } = tokens
  const levels = new Int16Array(count)
  let level = 0
  for (let i = 0; i < count; i++) {
    const kind = kinds[i]!
    if (kind === token.LPAR || kind === token.LSQB || kind === token.LBRACE) level++
    else if (kind === token.RPAR || kind === token.RSQB || kind === token.RBRACE) level--
    levels[i] = level
  }
  return levels
}

/** CPython's answer to input that is nested too deeply for its parser. */
export function stackOverflow(): PyError {
  return new PyError('MemoryError', '')
}
