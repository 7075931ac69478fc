import type { Arg, Arguments, Expr } from '../ast/nodes.ts'
import { COLON, COMMA, DOUBLESTAR, EQUAL, NAME, RPAR, SLASH, STAR, TYPE_COMMENT } from '../tokens/token.ts'
import { TargetParser } from './targets.ts'

/** Rules between a function or lambda and the expressions in its parameters. */
const ANNOTATION_RULES = 6
const DEFAULT_RULES = 5
const LAMBDA_DEFAULT_RULES = 8

/** Parameter lists of `def` and `lambda`. */
export abstract class ParameterParser extends TargetParser {
  protected abstract parseExpression(): Expr
  protected abstract parseBitwiseOr(): Expr

  protected emptyArguments(): Arguments {
    return {
      node: 'arguments',
      posonlyargs: [],
      args: [],
      vararg: null,
      kwonlyargs: [],
      kw_defaults: [],
      kwarg: null,
      defaults: [],
    }
  }

  /**
   * The parameters up to `closer`, which stays: `)` for a function, whose parameters may have annotations and type
   * comments, or `:` for a lambda, whose parameters have none.
   */
  protected parseParameters(closer: number): Arguments {
    const result = this.emptyArguments()
    while (this.kinds[this.pos] === NAME) this.parsePositional(result, closer)
    if (this.kinds[this.pos] === SLASH) {
      this.parseSlash(result, closer)
      while (this.kinds[this.pos] === NAME) this.parsePositional(result, closer)
    }
    if (this.kinds[this.pos] === STAR) this.parseStar(result, closer)
    if (this.kinds[this.pos] === DOUBLESTAR) {
      this.pos++
      if (this.kinds[this.pos] !== NAME) this.fail()
      const arg = this.parseParameter(closer)
      this.endParameter(arg, closer)
      result.kwarg = arg
    }
    if (this.kinds[this.pos] !== closer) this.fail()
    return result
  }

  private parsePositional(result: Arguments, closer: number): void {
    const arg = this.parseParameter(closer)
    if (this.kinds[this.pos] === EQUAL) result.defaults.push(this.parseDefault(closer))
    else if (result.defaults.length > 0) this.fail()
    // A slash needs a comma before it like any parameter, and `endParameter` sees to that.
    this.endParameter(arg, closer)
    result.args.push(arg)
  }

  private parseSlash(result: Arguments, closer: number): void {
    if (result.args.length === 0) this.fail()
    this.requireVersion(8)
    this.pos++
    if (this.kinds[this.pos] === COMMA) this.pos++
    else if (this.kinds[this.pos] !== closer) this.fail()
    result.posonlyargs = result.args
    result.args = []
  }

  private parseStar(result: Arguments, closer: number): void {
    this.pos++
    const bare = this.kinds[this.pos] === COMMA
    if (bare) {
      this.pos++
      if (this.kinds[this.pos] !== NAME) this.fail()
    } else {
      if (this.kinds[this.pos] !== NAME) this.fail()
      const arg = this.parseVararg(closer)
      this.endParameter(arg, closer)
      result.vararg = arg
    }
    while (this.kinds[this.pos] === NAME) {
      const arg = this.parseParameter(closer)
      result.kw_defaults.push(this.kinds[this.pos] === EQUAL ? this.parseDefault(closer) : null)
      this.endParameter(arg, closer)
      result.kwonlyargs.push(arg)
    }
  }

  /** `*args`, the one parameter whose annotation may be starred (PEP 646). */
  private parseVararg(closer: number): Arg {
    const start = this.pos
    if (closer !== RPAR || this.kinds[start + 1] !== COLON || this.kinds[start + 2] !== STAR) {
      return this.parseParameter(closer)
    }
    const star = start + 2
    this.pos = start + 3
    const value = this.parseBitwiseOr()
    return this.argNode(start, this.starredNode(star, value, 'Load'))
  }

  private parseParameter(closer: number): Arg {
    const start = this.pos++
    let annotation: Expr | null = null
    if (closer === RPAR && this.kinds[this.pos] === COLON) {
      this.pos++
      this.enter(ANNOTATION_RULES)
      annotation = this.parseExpression()
      this.depth -= ANNOTATION_RULES
    }
    return this.argNode(start, annotation)
  }

  private argNode(start: number, annotation: Expr | null): Arg {
    const last = this.pos - 1
    return {
      node: 'arg',
      arg: this.nameAt(start),
      annotation,
      type_comment: null,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseDefault(closer: number): Expr {
    const rules = closer === RPAR ? DEFAULT_RULES : LAMBDA_DEFAULT_RULES
    this.pos++
    this.enter(rules)
    const value = this.parseExpression()
    this.depth -= rules
    return value
  }

  /** What ends a parameter: a comma and then a type comment, or a type comment and then the end of the list. */
  private endParameter(arg: Arg, closer: number): void {
    const comma = this.kinds[this.pos] === COMMA
    if (comma) this.pos++
    if (closer === RPAR && this.kinds[this.pos] === TYPE_COMMENT) arg.type_comment = this.typeCommentAt(this.pos++)
    if (!comma && this.kinds[this.pos] !== closer) this.fail()
  }

  protected typeCommentAt(index: number): string {
    return this.textBetween(this.starts[index], this.tokens.ends[index])
  }
}
