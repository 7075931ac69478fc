import type { Alias, Expr, Operator, Stmt, StmtNode } from '../ast/nodes.ts'
import {
  AMPEREQUAL,
  ATEQUAL,
  CIRCUMFLEXEQUAL,
  COLON,
  COMMA,
  DOT,
  DOUBLESLASHEQUAL,
  DOUBLESTAREQUAL,
  ELLIPSIS,
  EQUAL,
  KW_AS,
  KW_ASSERT,
  KW_BREAK,
  KW_CONTINUE,
  KW_DEL,
  KW_FROM,
  KW_GLOBAL,
  KW_IMPORT,
  KW_NONLOCAL,
  KW_PASS,
  KW_RAISE,
  KW_RETURN,
  KW_YIELD,
  LEFTSHIFTEQUAL,
  LPAR,
  MINEQUAL,
  NAME,
  NEWLINE,
  PERCENTEQUAL,
  PLUSEQUAL,
  RIGHTSHIFTEQUAL,
  RPAR,
  SEMI,
  SLASHEQUAL,
  STAR,
  STAREQUAL,
  TYPE_COMMENT,
  VBAREQUAL,
} from '../tokens/token.ts'
import { PatternParser } from './patterns.ts'
import { makeSingleTarget, makeStoreTarget } from './targets.ts'

const augmentedOperators: (Operator | undefined)[] = new Array(97).fill(undefined)
for (const [kind, operator] of [
  [PLUSEQUAL, 'Add'],
  [MINEQUAL, 'Sub'],
  [STAREQUAL, 'Mult'],
  [ATEQUAL, 'MatMult'],
  [SLASHEQUAL, 'Div'],
  [PERCENTEQUAL, 'Mod'],
  [AMPEREQUAL, 'BitAnd'],
  [VBAREQUAL, 'BitOr'],
  [CIRCUMFLEXEQUAL, 'BitXor'],
  [LEFTSHIFTEQUAL, 'LShift'],
  [RIGHTSHIFTEQUAL, 'RShift'],
  [DOUBLESTAREQUAL, 'Pow'],
  [DOUBLESLASHEQUAL, 'FloorDiv'],
] as const) {
  augmentedOperators[kind] = operator
}

/**
 * CPython tries what may be a target as one before it tries it as an expression, which takes fewer rules: by so many
 * for the first target, and for what comes after an `=`.
 */
const TARGET_RULES = 19
const NEXT_TARGET_RULES = 18

/** Statements that fit on a line. */
export abstract class SimpleStatementParser extends PatternParser {
  /** Adds the statements of one line, `;` between them, to `body` and takes its NEWLINE. */
  protected parseSimpleStatements(body: Stmt[]): void {
    for (;;) {
      body.push(this.parseSimpleStatement())
      const next = this.kinds[this.pos]
      if (next === NEWLINE) {
        this.pos++
        return
      }
      if (next !== SEMI) this.fail()
      this.pos++
      if (this.kinds[this.pos] === NEWLINE) {
        this.pos++
        return
      }
    }
  }

  private parseSimpleStatement(): Stmt {
    switch (this.kinds[this.pos]) {
      case KW_RETURN:
        return this.parseReturn()
      case KW_IMPORT:
        return this.parseImport()
      case KW_FROM:
        return this.parseImportFrom()
      case KW_RAISE:
        return this.parseRaise()
      case KW_PASS:
        return this.bareStatement('Pass')
      case KW_BREAK:
        return this.bareStatement('Break')
      case KW_CONTINUE:
        return this.bareStatement('Continue')
      case KW_DEL:
        return this.parseDelete()
      case KW_YIELD:
        return this.expressionStatement(this.pos, this.parseYield())
      case KW_ASSERT:
        return this.parseAssert()
      case KW_GLOBAL:
        return this.parseGlobal()
      case KW_NONLOCAL:
        return this.parseNonlocal()
      default:
        return this.parseExpressionStatement()
    }
  }

  protected bareStatement<K extends 'Pass' | 'Break' | 'Continue'>(node: K) {
    const index = this.pos++
    return {
      node,
      lineno: this.lines[index],
      col_offset: this.cols[index],
      end_lineno: this.endLines[index],
      end_col_offset: this.endCols[index],
    }
  }

  private expressionStatement(start: number, value: Expr): Stmt {
    const last = this.pos - 1
    return {
      node: 'Expr',
      value,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** What begins with an expression: that alone, or an assignment with or without annotation or operator. */
  private parseExpressionStatement(): Stmt {
    const start = this.pos
    this.targetAt = start
    this.targetDepth = this.depth - TARGET_RULES
    const value = this.parseStarExpressions()
    const kind = this.kinds[this.pos]
    if (kind === NEWLINE) return this.expressionStatement(start, value)
    if (kind === EQUAL) return this.parseAssign(start, value)
    if (kind === COLON) return this.parseAnnAssign(start, value)
    const operator = augmentedOperators[kind]
    return operator === undefined ? this.expressionStatement(start, value) : this.parseAugAssign(start, value, operator)
  }

  private parseAssignedValue(): Expr {
    return this.kinds[this.pos] === KW_YIELD ? this.parseYield() : this.parseStarExpressions()
  }

  private parseAssign(start: number, first: Expr): Stmt {
    const targets: Expr[] = []
    let value = first
    this.enter(2)
    do {
      // A yield expression has no place among the targets, and `makeStoreTarget` refuses it.
      if (!makeStoreTarget(value)) this.fail()
      targets.push(value)
      this.targetAt = ++this.pos
      this.targetDepth = this.depth - NEXT_TARGET_RULES
      value = this.parseAssignedValue()
    } while (this.kinds[this.pos] === EQUAL)
    this.depth -= 2
    const type_comment = this.parseTypeComment()
    const last = this.pos - 1
    return {
      node: 'Assign',
      targets,
      value,
      type_comment,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  protected parseTypeComment(): string | null {
    return this.kinds[this.pos] === TYPE_COMMENT ? this.typeCommentAt(this.pos++) : null
  }

  private parseAnnAssign(start: number, target: Expr): Stmt {
    this.requireVersion(6)
    if (!makeSingleTarget(target)) this.fail()
    // Only a bare name is `simple`; in parentheses it is not stored among the annotations.
    const simple = target.node === 'Name' && this.pos === start + 1 ? 1 : 0
    this.pos++
    const annotation = this.parseExpression()
    let value: Expr | null = null
    if (this.kinds[this.pos] === EQUAL) {
      this.pos++
      value = this.parseAssignedValue()
    }
    const last = this.pos - 1
    return {
      node: 'AnnAssign',
      target,
      annotation,
      value,
      simple,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseAugAssign(start: number, target: Expr, op: Operator): Stmt {
    if (op === 'MatMult') this.requireVersion(5)
    if (!makeSingleTarget(target)) this.fail()
    this.pos++
    this.enter(2)
    const value = this.parseAssignedValue()
    this.depth -= 2
    const last = this.pos - 1
    return {
      node: 'AugAssign',
      target,
      op,
      value,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseReturn(): Stmt {
    const start = this.pos++
    this.enter(1)
    const value = this.startsExpression(this.pos) ? this.parseStarExpressions() : null
    this.depth -= 1
    const last = this.pos - 1
    return {
      node: 'Return',
      value,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseRaise(): Stmt {
    const start = this.pos++
    let exc: Expr | null = null
    let cause: Expr | null = null
    if (this.startsExpression(this.pos)) {
      exc = this.parseExpression()
      if (this.kinds[this.pos] === KW_FROM) {
        this.pos++
        cause = this.parseExpression()
      }
    }
    const last = this.pos - 1
    return {
      node: 'Raise',
      exc,
      cause,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseAssert(): Stmt {
    const start = this.pos++
    const test = this.parseExpression()
    let msg: Expr | null = null
    if (this.kinds[this.pos] === COMMA) {
      this.pos++
      msg = this.parseExpression()
    }
    const last = this.pos - 1
    return {
      node: 'Assert',
      test,
      msg,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseDelete(): Stmt {
    const start = this.pos++
    const targets = this.parseDeleteTargets()
    const last = this.pos - 1
    return {
      node: 'Delete',
      targets,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseNames(): string[] {
    const names: string[] = []
    for (;;) {
      if (this.kinds[this.pos] !== NAME) this.fail()
      names.push(this.nameAt(this.pos++))
      if (this.kinds[this.pos] !== COMMA) return names
      this.pos++
    }
  }

  private parseGlobal(): StmtNode<'Global'> {
    const start = this.pos++
    const names = this.parseNames()
    const last = this.pos - 1
    return {
      node: 'Global',
      names,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseNonlocal(): StmtNode<'Nonlocal'> {
    const start = this.pos++
    const names = this.parseNames()
    const last = this.pos - 1
    return {
      node: 'Nonlocal',
      names,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseDottedName(): string {
    if (this.kinds[this.pos] !== NAME) this.fail()
    let name = this.nameAt(this.pos++)
    while (this.kinds[this.pos] === DOT) {
      this.pos++
      if (this.kinds[this.pos] !== NAME) this.fail()
      name += '.' + this.nameAt(this.pos++)
    }
    return name
  }

  private parseAlias(start: number, name: string): Alias {
    let asname: string | null = null
    if (this.kinds[this.pos] === KW_AS) {
      this.pos++
      if (this.kinds[this.pos] !== NAME) this.fail()
      asname = this.nameAt(this.pos++)
    }
    return this.aliasNode(start, name, asname)
  }

  private aliasNode(start: number, name: string, asname: string | null): Alias {
    const last = this.pos - 1
    return {
      node: 'alias',
      name,
      asname,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseImport(): Stmt {
    const start = this.pos
    const names: Alias[] = []
    do {
      const nameStart = ++this.pos
      names.push(this.parseAlias(nameStart, this.parseDottedName()))
    } while (this.kinds[this.pos] === COMMA)
    const last = this.pos - 1
    return {
      node: 'Import',
      names,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseImportFrom(): Stmt {
    const start = this.pos++
    let level = 0
    for (;;) {
      const kind = this.kinds[this.pos]
      if (kind === DOT) level += 1
      else if (kind === ELLIPSIS) level += 3
      else break
      this.pos++
    }
    const module = level > 0 && this.kinds[this.pos] === KW_IMPORT ? null : this.parseDottedName()
    this.expect(KW_IMPORT)
    const names = this.parseImportTargets()
    const last = this.pos - 1
    return {
      node: 'ImportFrom',
      module,
      names,
      level,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseImportTargets(): Alias[] {
    const start = this.pos
    if (this.kinds[start] === STAR) {
      this.pos++
      return [this.aliasNode(start, '*', null)]
    }
    const parenthesized = this.kinds[start] === LPAR
    if (parenthesized) this.pos++
    const names: Alias[] = []
    for (;;) {
      const index = this.pos
      if (this.kinds[index] !== NAME) this.fail()
      this.pos++
      names.push(this.parseAlias(index, this.nameAt(index)))
      if (this.kinds[this.pos] !== COMMA) break
      this.pos++
      if (parenthesized && this.kinds[this.pos] === RPAR) break
    }
    if (parenthesized) this.expect(RPAR)
    return names
  }
}
