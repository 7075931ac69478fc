import type { Expr, Mod, Stmt } from '../ast/nodes.ts'
import { tokenizeFStringExpression } from '../tokens/fstring_source.ts'
import { COMMA, DOUBLESTAR, ENDMARKER, LPAR, NEWLINE, RARROW, RPAR, STAR } from '../tokens/token.ts'
import { releaseTokens } from '../tokens/tokenizer.ts'
import { CompoundStatementParser } from './compound_statements.ts'
import { simpleField } from './simple_field.ts'

/** Rules that are active in CPython around an expression that is a statement, and in the other modes. */
const STATEMENT_RULES = 9
const EXPRESSION_RULES = 3
const FIELD_RULES = 4

/**
 * The fast parser: recursive descent over the tokens, with precedence climbing for binary operators. It accepts exactly
 * the programs that CPython 3.11's grammar accepts; at anything else it throws `ABANDONED` (see `reportSyntaxError`),
 * and `PyError('MemoryError')` where CPython's parser is exhausted.
 */
export class Parser extends CompoundStatementParser {
  /** Where the statement of a module begins that is being parsed: all before it is valid. */
  accepted = 0

  /** A whole module (rule `file`). */
  parseModule(): Mod {
    const body: Stmt[] = []
    this.depth = STATEMENT_RULES
    while (this.kinds[this.pos] !== ENDMARKER) {
      this.accepted = this.pos
      this.parseStatement(body)
    }
    const type_ignores = this.tokens.typeIgnores.map(({ lineno, start, end }) => ({
      node: 'TypeIgnore' as const,
      lineno,
      tag: this.textBetween(start, end),
    }))
    return { node: 'Module', body, type_ignores }
  }

  /** One statement typed at a prompt (rule `interactive`); nothing but blanks and comments may follow it. */
  parseInteractive(): Mod {
    const body: Stmt[] = []
    this.depth = STATEMENT_RULES
    if (this.kinds[this.pos] === NEWLINE) {
      body.push(this.bareStatement('Pass'))
    } else {
      const compound = this.parseCompoundStatement()
      if (compound === null) this.parseSimpleStatements(body)
      else {
        body.push(compound)
        this.expect(NEWLINE)
      }
    }
    if (!this.restIsBlank(this.tokens.ends[this.pos - 1])) this.fail()
    return { node: 'Interactive', body }
  }

  private restIsBlank(from: number): boolean {
    const { bytes, length } = this.source
    for (let i = from; i < length; i++) {
      const byte = bytes[i]
      if (byte === 0x23) while (i < length && bytes[i] !== 0x0a) i++
      else if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c) return false
    }
    return true
  }

  /** The argument of `eval` (rule `eval`). */
  parseEval(): Mod {
    const start = this.pos
    this.depth = EXPRESSION_RULES
    let body = this.parseExpression()
    if (this.kinds[this.pos] === COMMA) {
      const elts = [body]
      while (this.kinds[this.pos] === COMMA) {
        this.pos++
        if (!this.startsExpression(this.pos)) break
        elts.push(this.parseExpression())
      }
      body = this.tupleNode(start, elts, 'Load')
    }
    this.parseEnd()
    return { node: 'Expression', body }
  }

  private parseEnd(): void {
    while (this.kinds[this.pos] === NEWLINE) this.pos++
    this.expect(ENDMARKER)
  }

  /** The type comment of a function, `(int, *str) -> bool` (rule `func_type`). */
  parseFunctionType(): Mod {
    this.depth = EXPRESSION_RULES
    this.expect(LPAR)
    const argtypes: Expr[] = []
    if (this.kinds[this.pos] !== RPAR) this.parseArgumentTypes(argtypes)
    this.expect(RPAR)
    this.expect(RARROW)
    const returns = this.parseExpression()
    this.parseEnd()
    return { node: 'FunctionType', argtypes, returns }
  }

  /** Types, of which the last may be `*type`, `**type` or both in this order; the stars are dropped. */
  private parseArgumentTypes(argtypes: Expr[]): void {
    let stars = 0
    for (;;) {
      const kind = this.kinds[this.pos]
      const level = kind === STAR ? 1 : kind === DOUBLESTAR ? 2 : 0
      if (stars > 0 && level <= stars) this.fail()
      stars = level
      if (level > 0) this.pos++
      argtypes.push(this.parseExpression())
      if (this.kinds[this.pos] !== COMMA) return
      this.pos++
    }
  }

  /** See `LiteralContext`. */
  parseField(start: number, end: number, line: number, col: number): Expr {
    const simple = simpleField(this.source.bytes, start, end, line, col)
    if (simple !== null) return simple
    const tokens = tokenizeFStringExpression(this.source, start, end, line, col, this.tokens.options)
    const inner = new Parser(tokens, this.featureVersion, this.barryAsFlufl)
    const value = inner.parseFieldExpression()
    for (const warning of inner.allWarnings(inner.pos)) this.addWarning(warning)
    releaseTokens(tokens)
    return value
  }

  /** The whole of a replacement field's source, which is in parentheses (rule `fstring`). */
  private parseFieldExpression(): Expr {
    this.depth = FIELD_RULES
    return this.parseStarExpressions()
  }
}
