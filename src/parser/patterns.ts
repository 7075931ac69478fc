import type { Expr, ExprNode, Pattern } from '../ast/nodes.ts'
import { Complex } from '../base/values.ts'
import {
  COLON,
  COMMA,
  DOT,
  DOUBLESTAR,
  EQUAL,
  KW_AS,
  KW_FALSE,
  KW_NONE,
  KW_TRUE,
  LBRACE,
  LPAR,
  LSQB,
  MINUS,
  NAME,
  NUMBER,
  PLUS,
  RBRACE,
  RPAR,
  RSQB,
  STAR,
  STRING,
  VBAR,
} from '../tokens/token.ts'
import { ExpressionParser } from './expressions.ts'

/** Rules between a pattern and one in brackets inside it. */
const NESTED_PATTERN_RULES = 11

/** The patterns of `case` (PEP 634). */
export abstract class PatternParser extends ExpressionParser {
  /** The whole pattern of a `case`, which may be a sequence without brackets (rule `patterns`). */
  protected parsePatterns(): Pattern {
    const start = this.pos
    const first = this.parseMaybeStarPattern()
    if (this.kinds[this.pos] !== COMMA) return first.node === 'MatchStar' ? this.fail() : first
    const patterns = [first]
    while (this.kinds[this.pos] === COMMA) {
      this.pos++
      if (!this.startsExpression(this.pos)) break
      patterns.push(this.parseMaybeStarPattern())
    }
    return this.sequenceNode(start, patterns)
  }

  private sequenceNode(start: number, patterns: Pattern[]): Pattern {
    const last = this.pos - 1
    return {
      node: 'MatchSequence',
      patterns,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseMaybeStarPattern(): Pattern {
    const start = this.pos
    if (this.kinds[start] !== STAR) return this.parsePattern()
    this.pos++
    if (this.kinds[this.pos] !== NAME) this.fail()
    const name = this.nameAt(this.pos) === '_' ? null : this.parseCaptureTarget()
    if (name === null) this.pos++
    const last = this.pos - 1
    return {
      node: 'MatchStar',
      name,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** A name to bind, other than `_` (rule `pattern_capture_target`). */
  private parseCaptureTarget(): string {
    if (this.kinds[this.pos] !== NAME) this.fail()
    const name = this.nameAt(this.pos++)
    const next = this.kinds[this.pos]
    if (name === '_' || next === DOT || next === LPAR || next === EQUAL) this.fail()
    return name
  }

  private parsePattern(): Pattern {
    const start = this.pos
    const pattern = this.parseOrPattern()
    if (this.kinds[this.pos] !== KW_AS) return pattern
    this.pos++
    const name = this.parseCaptureTarget()
    return this.matchAsNode(start, pattern, name)
  }

  private matchAsNode(start: number, pattern: Pattern | null, name: string | null): Pattern {
    const last = this.pos - 1
    return {
      node: 'MatchAs',
      pattern,
      name,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseOrPattern(): Pattern {
    const start = this.pos
    const first = this.parseClosedPattern()
    if (this.kinds[this.pos] !== VBAR) return first
    const patterns = [first]
    while (this.kinds[this.pos] === VBAR) {
      this.pos++
      patterns.push(this.parseClosedPattern())
    }
    const last = this.pos - 1
    return {
      node: 'MatchOr',
      patterns,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseClosedPattern(): Pattern {
    const start = this.pos
    switch (this.kinds[start]) {
      case NUMBER:
      case MINUS:
        return this.matchValueNode(start, this.parsePatternNumber())
      case STRING:
        return this.matchValueNode(start, this.parseStrings())
      case KW_NONE:
        return this.singletonNode(null)
      case KW_TRUE:
        return this.singletonNode(true)
      case KW_FALSE:
        return this.singletonNode(false)
      case NAME:
        return this.parseNamePattern()
      case LPAR:
      case LSQB:
      case LBRACE:
        return this.parseNestedPattern(this.kinds[start])
      default:
        return this.fail()
    }
  }

  private parseNestedPattern(opener: number): Pattern {
    this.enter(NESTED_PATTERN_RULES)
    const pattern =
      opener === LPAR
        ? this.parseParenthesizedPattern()
        : opener === LSQB
          ? this.parseBracketedPattern()
          : this.parseMappingPattern()
    this.depth -= NESTED_PATTERN_RULES
    return pattern
  }

  private matchValueNode(start: number, value: Expr): Pattern {
    const last = this.pos - 1
    return {
      node: 'MatchValue',
      value,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private singletonNode(value: null | boolean): Pattern {
    const index = this.pos++
    return {
      node: 'MatchSingleton',
      value,
      lineno: this.lines[index],
      col_offset: this.cols[index],
      end_lineno: this.endLines[index],
      end_col_offset: this.endCols[index],
    }
  }

  /** A number with an optional minus, or a sum or difference of a real and an imaginary one. */
  private parsePatternNumber(): Expr {
    const start = this.pos
    const real = this.parseSignedNumber()
    const sign = this.kinds[this.pos]
    if (sign !== PLUS && sign !== MINUS) return real
    const literal = real.node === 'UnaryOp' ? (real.operand as ExprNode<'Constant'>) : (real as ExprNode<'Constant'>)
    this.pos++
    if (literal.value instanceof Complex || this.kinds[this.pos] !== NUMBER) this.fail()
    const imaginary = this.parseNumberToken()
    if (!(imaginary.value instanceof Complex)) this.fail()
    const last = this.pos - 1
    return {
      node: 'BinOp',
      left: real,
      op: sign === PLUS ? 'Add' : 'Sub',
      right: imaginary,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseSignedNumber(): Expr {
    const start = this.pos
    if (this.kinds[start] === NUMBER) return this.parseNumberToken()
    this.pos++
    if (this.kinds[this.pos] !== NUMBER) this.fail()
    const operand = this.parseNumberToken()
    return {
      node: 'UnaryOp',
      op: 'USub',
      operand,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: operand.end_lineno,
      end_col_offset: operand.end_col_offset,
    }
  }

  /** What begins with a name: a wildcard, a capture, a dotted value, or a class. */
  private parseNamePattern(): Pattern {
    const start = this.pos
    if (this.nameAt(start) === '_') {
      this.pos++
      return this.matchAsNode(start, null, null)
    }
    const next = this.kinds[start + 1]
    if (next !== DOT && next !== LPAR) return this.matchAsNode(start, null, this.parseCaptureTarget())
    const value = this.parseNameOrAttribute()
    if (this.kinds[this.pos] === LPAR) return this.parseClassPattern(start, value)
    if (this.kinds[this.pos] === EQUAL) this.fail()
    return this.matchValueNode(start, value)
  }

  private parseNameOrAttribute(): Expr {
    const start = this.pos
    let value: Expr = this.nameNode(this.pos++, 'Load')
    while (this.kinds[this.pos] === DOT) {
      const last = this.pos + 1
      if (this.kinds[last] !== NAME) this.fail()
      this.pos = last + 1
      value = {
        node: 'Attribute',
        value,
        attr: this.nameAt(last),
        ctx: 'Load',
        lineno: this.lines[start],
        col_offset: this.cols[start],
        end_lineno: this.endLines[last],
        end_col_offset: this.endCols[last],
      }
    }
    return value
  }

  /** A group, or a sequence in parentheses, which has a comma or nothing in it. */
  private parseParenthesizedPattern(): Pattern {
    const start = this.pos++
    const patterns: Pattern[] = []
    if (this.kinds[this.pos] !== RPAR) {
      const first = this.parseMaybeStarPattern()
      if (this.kinds[this.pos] === RPAR) {
        if (first.node === 'MatchStar') this.fail()
        this.pos++
        return first
      }
      patterns.push(first)
      this.parseMorePatterns(patterns, RPAR)
    }
    this.pos++
    return this.sequenceNode(start, patterns)
  }

  private parseBracketedPattern(): Pattern {
    const start = this.pos++
    const patterns: Pattern[] = []
    if (this.kinds[this.pos] !== RSQB) {
      patterns.push(this.parseMaybeStarPattern())
      this.parseMorePatterns(patterns, RSQB)
    }
    this.pos++
    return this.sequenceNode(start, patterns)
  }

  /** Adds the patterns after the first up to `closer`, which stays. */
  private parseMorePatterns(patterns: Pattern[], closer: number): void {
    while (this.kinds[this.pos] === COMMA) {
      this.pos++
      if (this.kinds[this.pos] === closer) return
      patterns.push(this.parseMaybeStarPattern())
    }
    if (this.kinds[this.pos] !== closer) this.fail()
  }

  private parseMappingPattern(): Pattern {
    const start = this.pos++
    const keys: Expr[] = []
    const patterns: Pattern[] = []
    let rest: string | null = null
    while (this.kinds[this.pos] !== RBRACE) {
      if (rest !== null) this.fail()
      if (this.kinds[this.pos] === DOUBLESTAR) {
        this.pos++
        rest = this.parseCaptureTarget()
      } else {
        keys.push(this.parsePatternKey())
        this.expect(COLON)
        patterns.push(this.parsePattern())
      }
      if (this.kinds[this.pos] === COMMA) this.pos++
      else if (this.kinds[this.pos] !== RBRACE) this.fail()
    }
    const last = this.pos++
    return {
      node: 'MatchMapping',
      keys,
      patterns,
      rest,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parsePatternKey(): Expr {
    switch (this.kinds[this.pos]) {
      case NUMBER:
      case MINUS:
        return this.parsePatternNumber()
      case STRING:
        return this.parseStrings()
      case KW_NONE:
      case KW_TRUE:
      case KW_FALSE:
        return this.parseAtom()
      case NAME: {
        const key = this.parseNameOrAttribute()
        return key.node === 'Name' ? this.fail() : key
      }
      default:
        return this.fail()
    }
  }

  /** The pattern of class `cls`, which began at `start`; the next token is `(`. */
  private parseClassPattern(start: number, cls: Expr): Pattern {
    this.pos++
    this.enter(NESTED_PATTERN_RULES)
    const patterns: Pattern[] = []
    const names: string[] = []
    const values: Pattern[] = []
    while (this.kinds[this.pos] !== RPAR) {
      if (this.kinds[this.pos] === NAME && this.kinds[this.pos + 1] === EQUAL) {
        names.push(this.nameAt(this.pos))
        this.pos += 2
        values.push(this.parsePattern())
      } else {
        if (names.length > 0) this.fail()
        patterns.push(this.parsePattern())
      }
      if (this.kinds[this.pos] === COMMA) this.pos++
      else if (this.kinds[this.pos] !== RPAR) this.fail()
    }
    this.depth -= NESTED_PATTERN_RULES
    const last = this.pos++
    return {
      node: 'MatchClass',
      cls,
      patterns,
      kwd_attrs: names,
      kwd_patterns: values,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }
}
