import type { ExprContext, ExprNode } from '../ast/nodes.ts'
import { PyError } from '../base/errors.ts'
import type { SourceText } from '../source/text.ts'
import { DEDENT, ENDMARKER, NEWLINE } from '../tokens/token.ts'
import type { Tokens } from '../tokens/tokens.ts'

/** Thrown where the fast parser meets anything that it does not accept; what is wrong is the error pass's to say. */
export const ABANDONED = { abandoned: true } as const

/**
 * CPython's parser gives up with a MemoryError when more than 6,000 grammar rules are active (MAXSTACK). `depth` is
 * the number of rules that would be active in CPython in the rule `expression` that is being parsed; every expression
 * reaches 22 rules further down, to `atom`.
 */
const MAX_DEPTH = 6000 - 22

/**
 * The tokens and the place in them: the bottom of the parser's class chain. Each class of the chain adds the methods
 * of one part of the grammar and declares abstract what it needs of those above, so that the mutual recursion of the
 * grammar needs no cyclic imports.
 */
export abstract class TokenCursor {
  readonly source: SourceText
  readonly tokens: Tokens
  readonly featureVersion: number
  /** `from __future__ import barry_as_FLUFL` is in force: inequality is `<>`, not `!=`. */
  readonly barryAsFlufl: boolean
  protected readonly kinds: Uint8Array
  protected readonly starts: Int32Array
  protected readonly lines: Int32Array
  protected readonly cols: Int32Array
  protected readonly endLines: Int32Array
  protected readonly endCols: Int32Array
  protected readonly nameIds: Int32Array
  protected readonly names: readonly string[]
  /** Index of the next token. */
  protected pos = 0
  protected depth = 0

  constructor(tokens: Tokens, featureVersion: number, barryAsFlufl: boolean) {
    this.source = tokens.source
    this.tokens = tokens
    this.featureVersion = featureVersion
    this.barryAsFlufl = barryAsFlufl
    this.kinds = tokens.kinds
    this.starts = tokens.starts
    this.lines = tokens.lines
    this.cols = tokens.cols
    this.endLines = tokens.endLines
    this.endCols = tokens.endCols
    this.nameIds = tokens.nameIds
    this.names = tokens.names
  }

  protected fail(): never {
    throw ABANDONED
  }

  /** Accounts for `rules` more active rules of CPython's grammar; the caller takes them off again. */
  protected enter(rules: number): void {
    this.depth += rules
    if (this.depth > MAX_DEPTH) throw new PyError('MemoryError', '')
  }

  protected expect(kind: number): void {
    if (this.kinds[this.pos] !== kind) this.fail()
    this.pos++
  }

  /** What follows is grammar that Python has since 3.`minor`. */
  protected requireVersion(minor: number): void {
    if (this.featureVersion < minor) this.fail()
  }

  protected nameAt(index: number): string {
    return this.names[this.nameIds[index]]
  }

  protected nameNode(index: number, ctx: ExprContext): ExprNode<'Name'> {
    return {
      node: 'Name',
      id: this.names[this.nameIds[index]],
      ctx,
      lineno: this.lines[index],
      col_offset: this.cols[index],
      end_lineno: this.endLines[index],
      end_col_offset: this.endCols[index],
    }
  }

  /** Index of the last token taken that has text: where a compound statement ends. */
  protected lastTextToken(): number {
    let index = this.pos - 1
    while (index > 0) {
      const kind = this.kinds[index]
      if (kind !== ENDMARKER && (kind < NEWLINE || kind > DEDENT)) break
      index--
    }
    return index
  }
}
