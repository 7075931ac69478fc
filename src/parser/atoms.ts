import type { Comprehension, Expr, ExprNode } from '../ast/nodes.ts'
import { Ellipsis } from '../base/values.ts'
import {
  ASYNC,
  COLON,
  COLONEQUAL,
  COMMA,
  DOUBLESTAR,
  ELLIPSIS,
  KW_FALSE,
  KW_FOR,
  KW_IF,
  KW_IN,
  KW_NONE,
  KW_TRUE,
  KW_YIELD,
  LBRACE,
  LPAR,
  LSQB,
  NAME,
  NUMBER,
  RBRACE,
  RPAR,
  RSQB,
  STAR,
  STRING,
} from '../tokens/token.ts'
import { ArgumentParser } from './arguments.ts'

/** Rules between an expression and one in brackets inside it. */
const PARENTHESIS_RULES = 28
const DISPLAY_RULES = 29

/** Atoms: names, constants, and everything in brackets, with comprehensions. */
export abstract class AtomParser extends ArgumentParser {
  protected abstract parseDisjunction(): Expr
  protected abstract parseYield(): Expr

  protected parseAtom(): Expr {
    switch (this.kinds[this.pos]) {
      case NAME:
        return this.nameNode(this.pos++, 'Load')
      case NUMBER:
        return this.parseNumberToken()
      case STRING:
        return this.parseStrings()
      case LPAR:
        return this.parseParenthesized()
      case LSQB:
        return this.parseListDisplay()
      case LBRACE:
        return this.parseBraceDisplay()
      case KW_NONE:
        this.pos++
        return this.constantNode(null, null)
      case KW_TRUE:
        this.pos++
        return this.constantNode(true, null)
      case KW_FALSE:
        this.pos++
        return this.constantNode(false, null)
      case ELLIPSIS:
        this.pos++
        return this.constantNode(Ellipsis, null)
      default:
        return this.fail()
    }
  }

  /** An item of a tuple, list or set (rule `star_named_expression`). */
  protected parseStarNamedExpression(): Expr {
    const start = this.pos
    if (this.kinds[start] !== STAR) return this.parseNamedExpression()
    this.pos++
    return this.starredNode(start, this.parseBitwiseOr(), 'Load')
  }

  /** Adds the items up to `closer`, which stays, to a list that holds the first; the next token is a comma. */
  protected parseMoreItems(elts: Expr[], closer: number): void {
    const { kinds } = this
    while (kinds[this.pos] === COMMA) {
      this.pos++
      if (kinds[this.pos] === closer) return
      elts.push(this.parseStarNamedExpression())
    }
    if (kinds[this.pos] !== closer) this.fail()
  }

  /** A tuple, a parenthesised expression, or a generator expression. */
  private parseParenthesized(): Expr {
    const { kinds } = this
    const start = this.pos++
    const kind = kinds[this.pos]
    if (kind === RPAR) {
      this.pos++
      return this.tupleNode(start, [], 'Load')
    }
    this.enter(PARENTHESIS_RULES)
    let value = kind === KW_YIELD ? this.parseYield() : this.parseStarNamedExpression()
    const next = kinds[this.pos]
    if (next === COMMA) {
      if (kind === KW_YIELD) this.fail()
      const elts = [value]
      this.parseMoreItems(elts, RPAR)
      this.pos++
      value = this.tupleNode(start, elts, 'Load')
    } else if (kind === STAR) {
      this.fail()
    } else if (next === RPAR) {
      this.pos++
    } else {
      if (kind === KW_YIELD) this.fail()
      value = this.parseGenerator(start, value)
    }
    this.depth -= PARENTHESIS_RULES
    return value
  }

  private parseGenerator(start: number, elt: Expr): Expr {
    const generators = this.parseComprehensionClauses()
    const last = this.pos
    this.expect(RPAR)
    return {
      node: 'GeneratorExp',
      elt,
      generators,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** A list or a list comprehension. */
  private parseListDisplay(): Expr {
    const { kinds } = this
    const start = this.pos++
    const elts: Expr[] = []
    if (kinds[this.pos] !== RSQB) {
      this.enter(DISPLAY_RULES)
      const starred = kinds[this.pos] === STAR
      const first = this.parseStarNamedExpression()
      const next = kinds[this.pos]
      if (next === KW_FOR || next === ASYNC) {
        if (starred) this.fail()
        return this.parseListComprehension(start, first)
      }
      elts.push(first)
      this.parseMoreItems(elts, RSQB)
      this.depth -= DISPLAY_RULES
    }
    const last = this.pos++
    return {
      node: 'List',
      elts,
      ctx: 'Load',
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseListComprehension(start: number, elt: Expr): Expr {
    const generators = this.parseComprehensionClauses()
    const last = this.pos
    this.expect(RSQB)
    this.depth -= DISPLAY_RULES
    return {
      node: 'ListComp',
      elt,
      generators,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** A dict, a set, or a comprehension of either. */
  private parseBraceDisplay(): Expr {
    const { kinds } = this
    const start = this.pos++
    const kind = kinds[this.pos]
    if (kind === RBRACE) return this.dictNode(start, [], [])
    this.enter(DISPLAY_RULES)
    let value: Expr
    if (kind === DOUBLESTAR) {
      value = this.parseDict(start, [], [])
    } else {
      const first = this.parseStarNamedExpression()
      if (kinds[this.pos] !== COLON) value = this.parseSet(start, first, kind === STAR)
      else if (kind === STAR || (kind === NAME && kinds[start + 2] === COLONEQUAL)) this.fail()
      else value = this.parseDictFrom(start, first)
    }
    this.depth -= DISPLAY_RULES
    return value
  }

  private parseSet(start: number, first: Expr, starred: boolean): Expr {
    const next = this.kinds[this.pos]
    if (next === KW_FOR || next === ASYNC) {
      if (starred) this.fail()
      const generators = this.parseComprehensionClauses()
      const last = this.pos
      this.expect(RBRACE)
      return {
        node: 'SetComp',
        elt: first,
        generators,
        lineno: this.lines[start],
        col_offset: this.cols[start],
        end_lineno: this.endLines[last],
        end_col_offset: this.endCols[last],
      }
    }
    const elts = [first]
    this.parseMoreItems(elts, RBRACE)
    const last = this.pos++
    return {
      node: 'Set',
      elts,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** What begins with a key; the next token is the colon. */
  private parseDictFrom(start: number, key: Expr): Expr {
    this.pos++
    const value = this.parseExpression()
    const next = this.kinds[this.pos]
    if (next === KW_FOR || next === ASYNC) {
      const generators = this.parseComprehensionClauses()
      const last = this.pos
      this.expect(RBRACE)
      return {
        node: 'DictComp',
        key,
        value,
        generators,
        lineno: this.lines[start],
        col_offset: this.cols[start],
        end_lineno: this.endLines[last],
        end_col_offset: this.endCols[last],
      }
    }
    if (next === COMMA) this.pos++
    else if (next !== RBRACE) this.fail()
    return this.parseDict(start, [key], [value])
  }

  /** The items of a dict from `pos` on, where an item or the end stands. */
  private parseDict(start: number, keys: (Expr | null)[], values: Expr[]): Expr {
    const { kinds } = this
    while (kinds[this.pos] !== RBRACE) {
      if (kinds[this.pos] === DOUBLESTAR) {
        this.pos++
        keys.push(null)
        values.push(this.parseBitwiseOr())
      } else {
        keys.push(this.parseExpression())
        this.expect(COLON)
        values.push(this.parseExpression())
      }
      if (kinds[this.pos] === COMMA) this.pos++
      else if (kinds[this.pos] !== RBRACE) this.fail()
    }
    return this.dictNode(start, keys, values)
  }

  /** The next token is the closing brace. */
  private dictNode(start: number, keys: (Expr | null)[], values: Expr[]): ExprNode<'Dict'> {
    const last = this.pos++
    return {
      node: 'Dict',
      keys,
      values,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** The `for` and `if` clauses of a comprehension, of which there must be one. */
  protected parseComprehensionClauses(): Comprehension[] {
    const { kinds } = this
    const clauses: Comprehension[] = []
    for (;;) {
      const isAsync = kinds[this.pos] === ASYNC
      if (isAsync) {
        this.pos++
        this.requireVersion(6)
      } else if (clauses.length > 0 && kinds[this.pos] !== KW_FOR) return clauses
      this.expect(KW_FOR)
      const target = this.parseForTargets()
      this.expect(KW_IN)
      const iter = this.parseDisjunction()
      const ifs: Expr[] = []
      while (kinds[this.pos] === KW_IF) {
        this.pos++
        ifs.push(this.parseDisjunction())
      }
      clauses.push({ node: 'comprehension', target, iter, ifs, is_async: isAsync ? 1 : 0 })
    }
  }
}
