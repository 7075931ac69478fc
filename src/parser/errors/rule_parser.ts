import type { Expr } from '../../ast/nodes.ts'
import type { PyError } from '../../base/errors.ts'
import { PySyntaxError } from '../../source/errors.ts'
import { unclosedBracket } from '../../tokens/failure.ts'
import { tokenizeFStringExpression } from '../../tokens/fstring_source.ts'
import * as token from '../../tokens/token.ts'
import { releaseTokens } from '../../tokens/tokenizer.ts'
import { E_EOF, E_EOFS, E_EOLS, E_OK } from '../../tokens/tokens.ts'
import { simpleField } from '../simple_field.ts'
import { Matcher } from './matcher.ts'

/**
 * Finds the error that CPython's parser reports. Follows `_PyPegen_run_parser` in Parser/pegen.c and
 * `_Pypegen_set_syntax_error` in Parser/pegen_errors.c.
 */
export class RuleParser extends Matcher {
  /** Returns if the tokens are a valid program; otherwise throws what CPython raises. */
  parse(): void {
    const { mode } = this.tokens.options
    const name = mode === 'exec' ? 'file' : mode === 'single' ? 'interactive' : mode
    // What the first pass would do with statements known to be valid leaves no trace. The second may find fault even
    // with them.
    if (this.attempt(name, false, this.options.accepted ?? 0)) {
      if (mode === 'single') this.checkSingleStatement()
      return
    }
    const last = this.fill - 1
    this.attempt(name, true, 0)
    const kind = this.tokens.kinds[last]!
    if (kind === token.INDENT) this.raiseIndentation('unexpected indent')
    if (kind === token.DEDENT) this.raiseIndentation('unexpected unindent')
    throw this.preferred(this.errorOver(last, last, 'invalid syntax'))
  }

  /** Runs one pass; false if it failed without an error of its own. */
  private attempt(name: string, secondPass: boolean, from: number): boolean {
    let failure: unknown = null
    try {
      if (this.match(name, secondPass, from) !== null) return true
    } catch (error) {
      failure = error
    }
    if (!secondPass && this.options.allowIncompleteInput && this.isAtEnd()) this.raise('incomplete input')
    if (failure === null) return false
    throw failure instanceof PySyntaxError && !this.tokenizerHasEnded() ? this.preferred(failure) : failure
  }

  /**
   * Whether the tokenizer has come to the end of the source, be it within a string or a bracket. Where the last line
   * has no newline, it has done so already with a token that ends there, if it must look behind that kind of token.
   */
  private isAtEnd(): boolean {
    const { done } = this.tokenizerState()
    if (done === E_EOF || done === E_EOFS || done === E_EOLS) return true
    const { kinds, starts, ends } = this.tokens
    const last = this.fill - 1
    const kind = kinds[last]!
    if (kind === token.ERRORTOKEN || kind === token.STRING || ends[last]! < this.source.length) return false
    return kind < token.LPAR || kind > token.OP || ends[last]! - starts[last]! < 3
  }

  private tokenizerHasEnded(): boolean {
    return this.tokenizerFailed || this.tokenizerState().done !== E_OK || this.isAtEnd()
  }

  /**
   * The error to report: one that the tokenizer finds in the rest of the source, or a bracket that was opened on an
   * earlier line and never closed, comes before what the parser found.
   */
  private preferred(error: PySyntaxError): PyError {
    const { tokens } = this
    const warned = this.warnUpTo(tokens.count)
    if (warned !== null) return warned
    if (tokens.kinds[tokens.count - 1] !== token.ERRORTOKEN) return error
    const { final } = tokens
    if (final.raised !== null) return final.raised
    const open = final.brackets[final.brackets.length - 1]
    return open !== undefined && tokens.lines[this.lastToken()]! > open.lineno ? unclosedBracket(final) : error
  }

  /** Raises unless only blanks and comments follow the statement. */
  private checkSingleStatement(): void {
    const { bytes, length } = this.source
    let at = this.tokenizerState().position
    while (at < length) {
      const char = bytes[at]!
      if (char === 0x23) while (at < length && bytes[at] !== 0x0a) at++
      else if (char === 0x20 || char === 0x09 || char === 0x0a || char === 0x0c) at++
      else this.raise('multiple statements found while compiling a single statement')
    }
  }

  /** The expression is only checked: what is returned stands for it. */
  parseField(start: number, end: number, line: number, col: number): Expr {
    const simple = simpleField(this.source.bytes, start, end, line, col)
    if (simple !== null) return simple
    const tokens = tokenizeFStringExpression(this.source, start, end, line, col, this.tokens.options)
    new RuleParser(tokens, { ...this.options, accepted: 0 }).parse()
    releaseTokens(tokens)
    return {
      node: 'Constant',
      value: null,
      kind: null,
      lineno: line,
      col_offset: col,
      end_lineno: line,
      end_col_offset: col,
    }
  }
}
