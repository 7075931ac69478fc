import type { Expr, ExprNode, Keyword } from '../ast/nodes.ts'
import { ASYNC, COLON, COLONEQUAL, COMMA, DOUBLESTAR, EQUAL, KW_FOR, NAME, RPAR, RSQB, STAR } from '../tokens/token.ts'
import { ParameterParser } from './parameters.ts'

/** What may stand in a call after what has been seen; CPython's rules `args` and `kwargs`. */
const POSITIONAL = 0
const AFTER_KEYWORD = 1
const AFTER_UNPACKING = 2

/** Rules between an expression and the first one in the brackets behind it. */
const CALL_RULES = 24
const SUBSCRIPT_RULES = 24
/** Rules that arguments after the first are deeper. */
const NEXT_ARGUMENT_RULES = 4

/** What follows an expression in brackets: the arguments of calls and classes, and subscripts. */
export abstract class ArgumentParser extends ParameterParser {
  protected abstract parseNamedExpression(): Expr
  protected abstract parseComprehensionClauses(): ExprNode<'GeneratorExp'>['generators']

  /** The call of `func`, whose first token is `start`; the next token is `(`. */
  protected parseCall(start: number, func: Expr): Expr {
    const open = this.pos++
    const args: Expr[] = []
    const keywords: Keyword[] = []
    if (this.kinds[this.pos] !== RPAR) {
      this.enter(CALL_RULES)
      this.parseArguments(args, keywords, open)
      this.depth -= CALL_RULES
    }
    const last = this.pos++
    return {
      node: 'Call',
      func,
      args,
      keywords,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /**
   * Fills in the arguments up to `)`, which stays. `open` is the opening bracket of a call, which may hold a bare
   * generator expression as its only argument; for a class, which may not, it is −1.
   */
  protected parseArguments(args: Expr[], keywords: Keyword[], open: number): void {
    const { kinds } = this
    const { depth } = this
    let phase = POSITIONAL
    for (;;) {
      const start = this.pos
      const kind = kinds[start]
      if (kind === STAR) {
        if (phase === AFTER_UNPACKING) this.fail()
        this.pos++
        const value = this.parseExpression()
        args.push(this.starredNode(start, value, 'Load'))
      } else if (kind === DOUBLESTAR) {
        phase = AFTER_UNPACKING
        this.pos++
        const value = this.parseExpression()
        keywords.push(this.keywordNode(start, null, value))
      } else if (kind === NAME && kinds[start + 1] === EQUAL) {
        if (phase === POSITIONAL) phase = AFTER_KEYWORD
        this.pos += 2
        const value = this.parseExpression()
        keywords.push(this.keywordNode(start, this.nameAt(start), value))
      } else {
        if (phase !== POSITIONAL) this.fail()
        args.push(this.parsePositionalArgument(open, start))
      }
      const next = kinds[this.pos]
      if (next === COMMA) {
        this.pos++
        if (this.depth === depth) this.enter(NEXT_ARGUMENT_RULES)
        if (kinds[this.pos] !== RPAR) continue
      } else if (next !== RPAR) this.fail()
      this.depth = depth
      return
    }
  }

  private parsePositionalArgument(open: number, start: number): Expr {
    const value = this.parseNamedExpression()
    const next = this.kinds[this.pos]
    if (next !== KW_FOR && next !== ASYNC) return value
    if (start !== open + 1) this.fail()
    const generators = this.parseComprehensionClauses()
    const last = this.pos
    if (this.kinds[last] !== RPAR) this.fail()
    return {
      node: 'GeneratorExp',
      elt: value,
      generators,
      lineno: this.lines[open],
      col_offset: this.cols[open],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private keywordNode(start: number, arg: string | null, value: Expr): Keyword {
    const last = this.pos - 1
    return {
      node: 'keyword',
      arg,
      value,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** The subscript of `value`, whose first token is `start`; the next token is `[`. */
  protected parseSubscript(start: number, value: Expr): Expr {
    this.pos++
    this.enter(SUBSCRIPT_RULES)
    const slice = this.parseSlices()
    this.depth -= SUBSCRIPT_RULES
    const last = this.pos
    this.expect(RSQB)
    return {
      node: 'Subscript',
      value,
      slice,
      ctx: 'Load',
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseSlices(): Expr {
    const start = this.pos
    const starred = this.kinds[start] === STAR
    const first = starred ? this.parseStarredSlice() : this.parseSlice()
    if (this.kinds[this.pos] !== COMMA && !starred) return first
    const elts = [first]
    while (this.kinds[this.pos] === COMMA) {
      this.pos++
      const kind = this.kinds[this.pos]
      if (kind === RSQB) break
      elts.push(kind === STAR ? this.parseStarredSlice() : this.parseSlice())
    }
    return this.tupleNode(start, elts, 'Load')
  }

  private parseStarredSlice(): Expr {
    const start = this.pos++
    return this.starredNode(start, this.parseExpression(), 'Load')
  }

  private parseSlice(): Expr {
    const start = this.pos
    let lower: Expr | null = null
    if (this.kinds[start] !== COLON) {
      lower = this.parseNamedExpression()
      if (this.kinds[this.pos] !== COLON) return lower
      if (this.kinds[start] === NAME && this.kinds[start + 1] === COLONEQUAL) this.fail()
    }
    this.pos++
    const upper = this.parseSliceBound()
    let step: Expr | null = null
    if (this.kinds[this.pos] === COLON) {
      this.pos++
      step = this.parseSliceBound()
    }
    const last = this.pos - 1
    return {
      node: 'Slice',
      lower,
      upper,
      step,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseSliceBound(): Expr | null {
    const kind = this.kinds[this.pos]
    return kind === COLON || kind === RSQB || kind === COMMA ? null : this.parseExpression()
  }
}
