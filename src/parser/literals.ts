import type { Expr, ExprNode } from '../ast/nodes.ts'
import { type Constant, strToUtf16 } from '../base/values.ts'
import type { CompileWarning } from '../source/errors.ts'
import { STRING } from '../tokens/token.ts'
import { TokenCursor } from './cursor.ts'
import { decodeRaw } from './escapes.ts'
import type { LiteralContext } from './literal_context.ts'
import { parseNumber, smallDecimal } from './numbers.ts'
import { concatenateStrings, literalKind } from './strings.ts'

const BACKSLASH = 0x5c
const DOUBLE_QUOTE = 0x22
const SINGLE_QUOTE = 0x27
const UNDERSCORE = '_'

/** A warning found by the parser, to be issued once CPython's parser would have fetched token `fetched`. */
export interface PendingWarning {
  readonly warning: CompileWarning
  readonly fetched: number
}

/** Constants: numbers, strings, and the literals of which f-strings consist. */
export abstract class LiteralParser extends TokenCursor implements LiteralContext {
  /** Warnings about strings, in order; they are issued when the whole source has been accepted. */
  readonly warnings: PendingWarning[] = []

  abstract parseField(start: number, end: number, line: number, col: number): Expr

  raise(_message: string): never {
    this.fail()
  }

  raiseAt(_token: number, _message: string): never {
    this.fail()
  }

  warn(message: string, token: number): void {
    this.addWarning({
      category: 'DeprecationWarning',
      message,
      filename: this.source.filename,
      lineno: this.lines[token],
    })
  }

  /** Notes a warning about the strings just before `pos`; CPython has fetched one token more when it issues it. */
  protected addWarning(warning: CompileWarning): void {
    this.warnings.push({ warning, fetched: this.pos })
  }

  /** The parser's and the tokenizer's warnings, in CPython's order, up to where token `fetched` has been fetched. */
  allWarnings(fetched: number): CompileWarning[] {
    const all: CompileWarning[] = []
    const fromTokens = this.tokens.warnings
    let next = 0
    for (const pending of this.warnings) {
      while (next < fromTokens.length && fromTokens[next].index <= pending.fetched) all.push(fromTokens[next++].warning)
      all.push(pending.warning)
    }
    while (next < fromTokens.length && fromTokens[next].index <= fetched) all.push(fromTokens[next++].warning)
    return all
  }

  /** The Constant of the one token before `pos`. */
  protected constantNode(value: Constant, kind: string | null): ExprNode<'Constant'> {
    const index = this.pos - 1
    return {
      node: 'Constant',
      value,
      kind,
      lineno: this.lines[index],
      col_offset: this.cols[index],
      end_lineno: this.endLines[index],
      end_col_offset: this.endCols[index],
    }
  }

  /** Source text as a JavaScript string. */
  protected textBetween(start: number, end: number): string {
    const { ascii } = this.source
    return ascii !== null ? ascii.slice(start, end) : strToUtf16(decodeRaw(this, start, end))
  }

  protected numberAt(index: number): Constant {
    const start = this.starts[index]
    const end = this.tokens.ends[index]
    const small = smallDecimal(this.source.bytes, start, end)
    if (small >= 0) return small
    const text = this.textBetween(start, end)
    if (this.featureVersion < 6 && text.indexOf(UNDERSCORE) >= 0) this.fail()
    const value = parseNumber(text)
    return value === null ? this.fail() : value
  }

  protected parseNumberToken(): ExprNode<'Constant'> {
    const value = this.numberAt(this.pos++)
    return this.constantNode(value, null)
  }

  /** One or more adjacent string tokens. */
  protected parseStrings(): Expr {
    const first = this.pos
    let last = first
    while (this.kinds[last + 1] === STRING) last++
    this.pos = last + 1
    if (first === last) {
      const plain = this.plainString(first)
      if (plain !== null) return this.constantNode(plain, literalKind(this, first))
    }
    return concatenateStrings(this, first, last)
  }

  /** The value of a string in an ASCII source without prefix, escapes and triple quotes: nearly all of them. */
  private plainString(index: number): string | null {
    const { ascii, bytes } = this.source
    if (ascii === null) return null
    const start = this.starts[index]
    const end = this.tokens.ends[index] - 1
    const quote = bytes[start]
    if (quote !== SINGLE_QUOTE && quote !== DOUBLE_QUOTE) return null
    if (bytes[start + 1] === quote && end > start + 1) return null
    for (let i = start + 1; i < end; i++) if (bytes[i] === BACKSLASH) return null
    return ascii.slice(start + 1, end)
  }
}
