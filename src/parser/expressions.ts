import type { Arguments, CmpOp, Expr, Operator, UnaryOperator } from '../ast/nodes.ts'
import {
  AMPER,
  AT,
  AWAIT,
  CIRCUMFLEX,
  COLON,
  COLONEQUAL,
  COMMA,
  DOT,
  DOUBLESLASH,
  DOUBLESTAR,
  ELLIPSIS,
  EQEQUAL,
  EQUAL,
  GREATER,
  GREATEREQUAL,
  KW_AND,
  KW_AS,
  KW_ELSE,
  KW_FALSE,
  KW_FOR,
  KW_FROM,
  KW_IF,
  KW_IN,
  KW_IS,
  KW_LAMBDA,
  KW_NONE,
  KW_NOT,
  KW_OR,
  KW_TRUE,
  LBRACE,
  LEFTSHIFT,
  LESS,
  LESSEQUAL,
  LPAR,
  LSQB,
  MINUS,
  NAME,
  NEWLINE,
  NOTEQUAL,
  NUMBER,
  PERCENT,
  PLUS,
  RBRACE,
  RIGHTSHIFT,
  RPAR,
  RSQB,
  SEMI,
  SLASH,
  STAR,
  STRING,
  TILDE,
  VBAR,
} from '../tokens/token.ts'
import { AtomParser } from './atoms.ts'

const KINDS = 97

/** How tightly a left-associative binary operator binds; 0 for all other tokens. */
const precedence = new Uint8Array(KINDS)
const binaryOperators: (Operator | undefined)[] = new Array(KINDS).fill(undefined)
for (const [kind, operator, level] of [
  [VBAR, 'BitOr', 1],
  [CIRCUMFLEX, 'BitXor', 2],
  [AMPER, 'BitAnd', 3],
  [LEFTSHIFT, 'LShift', 4],
  [RIGHTSHIFT, 'RShift', 4],
  [PLUS, 'Add', 5],
  [MINUS, 'Sub', 5],
  [STAR, 'Mult', 6],
  [SLASH, 'Div', 6],
  [DOUBLESLASH, 'FloorDiv', 6],
  [PERCENT, 'Mod', 6],
  [AT, 'MatMult', 6],
] as const) {
  precedence[kind] = level
  binaryOperators[kind] = operator
}

/** 1 for a token with which a comparison may go on. */
const comparing = new Uint8Array(KINDS)
for (const kind of [EQEQUAL, NOTEQUAL, LESS, LESSEQUAL, GREATER, GREATEREQUAL, KW_IN, KW_NOT, KW_IS]) {
  comparing[kind] = 1
}

/** 1 for a token that ends any expression before it: a name or number followed by it is the whole expression. */
const ending = new Uint8Array(KINDS)
for (const kind of [NEWLINE, COMMA, RPAR, RSQB, RBRACE, COLON, EQUAL, SEMI, KW_AS, KW_FOR]) ending[kind] = 1

/** 1 for a token with which an expression, maybe starred, may begin. */
const beginning = new Uint8Array(KINDS)
for (const kind of [NAME, NUMBER, STRING, LPAR, LSQB, LBRACE, MINUS, PLUS, TILDE, STAR, ELLIPSIS]) beginning[kind] = 1
for (const kind of [AWAIT, KW_FALSE, KW_LAMBDA, KW_NONE, KW_NOT, KW_TRUE]) beginning[kind] = 1

const LESS_CHAR = 0x3c

/** One pending part of a chain of lambdas and conditional expressions, each in the tail of the one before. */
interface TailPart {
  readonly start: number
  readonly args: Arguments | null
  readonly body: Expr | null
  readonly test: Expr | null
}

/** Expressions by precedence climbing, from `lambda` and `if` down to attributes, calls and subscripts. */
export abstract class ExpressionParser extends AtomParser {
  /** Token that may begin a target, and the depth at which CPython tries it as one; see `TokenCursor.depth`. */
  protected targetAt = -1
  protected targetDepth = 0

  /** Rule `expression`. */
  protected parseExpression(): Expr {
    const start = this.pos
    const kind = this.kinds[start]
    if (ending[this.kinds[start + 1]] === 1) {
      if (kind === NAME) return this.nameNode(this.pos++, 'Load')
      if (kind === NUMBER) return this.parseNumberToken()
    }
    if (kind === KW_LAMBDA) return this.parseTail(start, null)
    const value = this.parseDisjunction()
    return this.kinds[this.pos] === KW_IF ? this.parseTail(start, value) : value
  }

  protected parseNamedExpression(): Expr {
    const start = this.pos
    if (this.kinds[start] !== NAME || this.kinds[start + 1] !== COLONEQUAL) return this.parseExpression()
    this.requireVersion(8)
    const target = this.nameNode(start, 'Store')
    this.pos = start + 2
    this.enter(1)
    const value = this.parseExpression()
    this.depth -= 1
    const last = this.pos - 1
    return {
      node: 'NamedExpr',
      target,
      value,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseStarExpression(): Expr {
    const start = this.pos
    if (this.kinds[start] !== STAR) return this.parseExpression()
    this.pos++
    return this.starredNode(start, this.parseBitwiseOr(), 'Load')
  }

  /** One expression, or a tuple without parentheses; each may be starred (rule `star_expressions`). */
  protected parseStarExpressions(): Expr {
    const start = this.pos
    const first = this.parseStarExpression()
    if (this.kinds[this.pos] !== COMMA) return first
    const elts = [first]
    while (this.kinds[this.pos] === COMMA) {
      this.pos++
      if (!this.startsExpression(this.pos)) break
      elts.push(this.parseStarExpression())
    }
    return this.tupleNode(start, elts, 'Load')
  }

  /** Whether an expression can stand at `index`, as opposed to whatever may follow a comma or `yield`. */
  protected startsExpression(index: number): boolean {
    return beginning[this.kinds[index]] === 1
  }

  protected parseYield(): Expr {
    const start = this.pos++
    if (this.kinds[this.pos] === KW_FROM) {
      this.pos++
      const value = this.parseExpression()
      const last = this.pos - 1
      return {
        node: 'YieldFrom',
        value,
        lineno: this.lines[start],
        col_offset: this.cols[start],
        end_lineno: this.endLines[last],
        end_col_offset: this.endCols[last],
      }
    }
    const value = this.startsExpression(this.pos) ? this.parseStarExpressions() : null
    const last = this.pos - 1
    return {
      node: 'Yield',
      value,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /**
   * A chain of lambdas and conditional expressions: `lambda: a if b else lambda: c`. Each stands in the tail of the
   * one before, so they are gathered in a list, lest a long chain exhaust the stack. `head` is the disjunction
   * already read at `start`, before `if`; or `null`.
   */
  private parseTail(start: number, head: Expr | null): Expr {
    const parts: TailPart[] = []
    const depth = this.depth
    let value = head
    for (;;) {
      if (value === null) {
        start = this.pos
        if (this.kinds[start] === KW_LAMBDA) {
          this.pos++
          const args = this.kinds[this.pos] === COLON ? this.emptyArguments() : this.parseParameters(COLON)
          this.expect(COLON)
          parts.push({ start, args, body: null, test: null })
          this.enter(2)
          continue
        }
        value = this.parseDisjunction()
      }
      if (this.kinds[this.pos] !== KW_IF) break
      this.pos++
      const test = this.parseDisjunction()
      this.expect(KW_ELSE)
      parts.push({ start, args: null, body: value, test })
      this.enter(1)
      value = null
    }
    this.depth = depth
    for (let i = parts.length - 1; i >= 0; i--) value = this.tailNode(parts[i], value)
    return value
  }

  private tailNode(part: TailPart, tail: Expr): Expr {
    const { start } = part
    const last = this.pos - 1
    if (part.args !== null) {
      return {
        node: 'Lambda',
        args: part.args,
        body: tail,
        lineno: this.lines[start],
        col_offset: this.cols[start],
        end_lineno: this.endLines[last],
        end_col_offset: this.endCols[last],
      }
    }
    return {
      node: 'IfExp',
      test: part.test!,
      body: part.body!,
      orelse: tail,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** Rule `disjunction`. */
  protected parseDisjunction(): Expr {
    const start = this.pos
    let left = this.kinds[start] === KW_NOT ? this.parseNot() : this.parseComparison()
    if (this.kinds[this.pos] === KW_AND) left = this.parseAnd(start, left)
    return this.kinds[this.pos] === KW_OR ? this.parseOr(start, left) : left
  }

  private parseInversion(): Expr {
    return this.kinds[this.pos] === KW_NOT ? this.parseNot() : this.parseComparison()
  }

  private parseAnd(start: number, left: Expr): Expr {
    const values = [left]
    this.enter(2)
    while (this.kinds[this.pos] === KW_AND) {
      this.pos++
      values.push(this.parseInversion())
    }
    this.depth -= 2
    return this.boolOpNode(start, 'And', values)
  }

  private parseOr(start: number, left: Expr): Expr {
    const values = [left]
    this.enter(2)
    while (this.kinds[this.pos] === KW_OR) {
      this.pos++
      const operandStart = this.pos
      const operand = this.parseInversion()
      values.push(this.kinds[this.pos] === KW_AND ? this.parseAnd(operandStart, operand) : operand)
    }
    this.depth -= 2
    return this.boolOpNode(start, 'Or', values)
  }

  private boolOpNode(start: number, op: 'And' | 'Or', values: Expr[]): Expr {
    const last = this.pos - 1
    return {
      node: 'BoolOp',
      op,
      values,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** `not not … x`, by counting. */
  private parseNot(): Expr {
    const start = this.pos
    const depth = this.depth
    while (this.kinds[this.pos] === KW_NOT) {
      this.pos++
      this.enter(1)
    }
    const end = this.pos
    let value = this.parseComparison()
    this.depth = depth
    for (let i = end - 1; i >= start; i--) value = this.unaryNode(i, 'Not', value)
    return value
  }

  private unaryNode(start: number, op: UnaryOperator, operand: Expr): Expr {
    const last = this.pos - 1
    return {
      node: 'UnaryOp',
      op,
      operand,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseComparison(): Expr {
    const start = this.pos
    const left = this.parseBitwiseOr()
    return comparing[this.kinds[this.pos]] === 1 ? this.parseCompareTail(start, left) : left
  }

  private parseCompareTail(start: number, left: Expr): Expr {
    const ops: CmpOp[] = []
    const comparators: Expr[] = []
    this.enter(3)
    for (;;) {
      const op = this.takeCompareOperator()
      if (op === null) break
      ops.push(op)
      comparators.push(this.parseBitwiseOr())
    }
    this.depth -= 3
    if (ops.length === 0) this.fail()
    const last = this.pos - 1
    return {
      node: 'Compare',
      left,
      ops,
      comparators,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** Takes a comparison operator if one stands here. */
  private takeCompareOperator(): CmpOp | null {
    const next = this.kinds[this.pos + 1]
    switch (this.kinds[this.pos++]) {
      case EQEQUAL:
        return 'Eq'
      case NOTEQUAL:
        if ((this.source.bytes[this.starts[this.pos - 1]] === LESS_CHAR) !== this.barryAsFlufl) this.fail()
        return 'NotEq'
      case LESS:
        return 'Lt'
      case LESSEQUAL:
        return 'LtE'
      case GREATER:
        return 'Gt'
      case GREATEREQUAL:
        return 'GtE'
      case KW_IN:
        return 'In'
      case KW_IS:
        if (next !== KW_NOT) return 'Is'
        this.pos++
        return 'IsNot'
      case KW_NOT:
        if (next !== KW_IN) this.fail()
        this.pos++
        return 'NotIn'
      default:
        this.pos--
        return null
    }
  }

  /** Rule `bitwise_or`: all left-associative binary operators. */
  protected parseBitwiseOr(): Expr {
    const start = this.pos
    const left = this.parseFactor()
    return precedence[this.kinds[this.pos]] !== 0 ? this.parseOperators(start, left, 1) : left
  }

  /** Extends `left`, which began at `start`, by the operators that bind at least as tightly as `level`. */
  private parseOperators(start: number, left: Expr, level: number): Expr {
    for (;;) {
      const kind = this.kinds[this.pos]
      const binding = precedence[kind]
      if (binding < level || binding === 0) return left
      if (kind === AT) this.requireVersion(5)
      this.pos++
      const rightStart = this.pos
      let right = this.parseFactor()
      if (precedence[this.kinds[this.pos]] > binding) right = this.parseOperators(rightStart, right, binding + 1)
      left = this.binaryNode(start, left, binaryOperators[kind]!, right)
    }
  }

  private binaryNode(start: number, left: Expr, op: Operator, right: Expr): Expr {
    const last = this.pos - 1
    return {
      node: 'BinOp',
      left,
      op,
      right,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** Rule `factor`: signs, `**` and `await`. */
  private parseFactor(): Expr {
    const start = this.pos
    const kind = this.kinds[start]
    if (kind === MINUS || kind === PLUS || kind === TILDE) return this.parseFactorChain(start, null)
    const operand = kind === AWAIT ? this.parseAwait() : this.parsePrimary()
    return this.kinds[this.pos] === DOUBLESTAR ? this.parseFactorChain(start, operand) : operand
  }

  /**
   * A chain of signs and powers, each the operand of the one before: `-a ** -b`. It is gathered in lists, lest a
   * long chain exhaust the stack. `base` is the operand already read at `start`, before `**`; or `null`.
   */
  private parseFactorChain(start: number, base: Expr | null): Expr {
    const depth = this.depth
    const operators: number[] = []
    const bases: (Expr | null)[] = []
    let operand = base
    for (;;) {
      if (operand === null) {
        start = this.pos
        const kind = this.kinds[start]
        if (kind === MINUS || kind === PLUS || kind === TILDE) {
          this.pos++
          operators.push(start)
          bases.push(null)
          this.enter(1)
          continue
        }
        operand = kind === AWAIT ? this.parseAwait() : this.parsePrimary()
      }
      if (this.kinds[this.pos] !== DOUBLESTAR) break
      this.pos++
      operators.push(start)
      bases.push(operand)
      this.enter(2)
      operand = null
    }
    this.depth = depth
    for (let i = operators.length - 1; i >= 0; i--) {
      const left = bases[i]
      operand =
        left === null
          ? this.unaryNode(operators[i], this.signAt(operators[i]), operand)
          : this.binaryNode(operators[i], left, 'Pow', operand)
    }
    return operand
  }

  private signAt(index: number): UnaryOperator {
    const kind = this.kinds[index]
    return kind === MINUS ? 'USub' : kind === PLUS ? 'UAdd' : 'Invert'
  }

  private parseAwait(): Expr {
    this.requireVersion(5)
    const start = this.pos++
    const value = this.parsePrimary()
    const last = this.pos - 1
    return {
      node: 'Await',
      value,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** An atom with its attributes, calls and subscripts (rule `primary`). */
  protected parsePrimary(): Expr {
    const start = this.pos
    if (start === this.targetAt) return this.parseTargetPrimary()
    let value = this.kinds[start] === NAME ? this.nameNode(this.pos++, 'Load') : this.parseAtom()
    for (;;) {
      switch (this.kinds[this.pos]) {
        case DOT:
          value = this.parseAttribute(start, value)
          break
        case LPAR:
          value = this.parseCall(start, value)
          break
        case LSQB:
          value = this.parseSubscript(start, value)
          break
        default:
          return value
      }
    }
  }

  /** The primary that CPython has tried as a target first: it remembers what is inside the brackets. */
  private parseTargetPrimary(): Expr {
    const depth = this.depth
    this.targetAt = -1
    this.depth = this.targetDepth
    const value = this.parsePrimary()
    this.depth = depth
    return value
  }

  private parseAttribute(start: number, value: Expr): Expr {
    const last = this.pos + 1
    if (this.kinds[last] !== NAME) this.fail()
    this.pos = last + 1
    return {
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
}
