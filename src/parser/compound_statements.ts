import type { Arguments, ExceptHandler, Expr, Keyword, MatchCase, Stmt, WithItem } from '../ast/nodes.ts'
import {
  ASYNC,
  AT,
  COLON,
  COMMA,
  DEDENT,
  INDENT,
  KW_AS,
  KW_CLASS,
  KW_DEF,
  KW_ELIF,
  KW_ELSE,
  KW_EXCEPT,
  KW_FINALLY,
  KW_FOR,
  KW_IF,
  KW_IN,
  KW_TRY,
  KW_WHILE,
  KW_WITH,
  LPAR,
  NAME,
  NEWLINE,
  RARROW,
  RPAR,
  STAR,
  TYPE_COMMENT,
} from '../tokens/token.ts'
import { SimpleStatementParser } from './simple_statements.ts'

/** Rules between a statement and those of its block, and how many of them are for the indentation. */
const BLOCK_RULES = 6
const INDENTED_RULES = 3
/** Rules that the head of a class adds to an expression. */
const CLASS_HEAD_RULES = 5

/** One `if` or `elif` whose node is made when the whole chain has been read. */
interface IfPart {
  readonly start: number
  readonly test: Expr
  readonly body: Stmt[]
}

/** Statements with blocks. */
export abstract class CompoundStatementParser extends SimpleStatementParser {
  /** Adds the statements of the next logical line to `body`. */
  protected parseStatement(body: Stmt[]): void {
    const compound = this.parseCompoundStatement()
    if (compound === null) this.parseSimpleStatements(body)
    else body.push(compound)
  }

  /** A statement with a block, or `null` if none begins here. */
  protected parseCompoundStatement(): Stmt | null {
    switch (this.kinds[this.pos]) {
      case KW_IF:
        return this.parseIf()
      case KW_DEF:
      case KW_CLASS:
      case AT:
        return this.parseDecorated()
      case KW_FOR:
        return this.parseFor(this.pos)
      case KW_WITH:
        return this.parseWith(this.pos)
      case KW_TRY:
        return this.parseTry()
      case KW_WHILE:
        return this.parseWhile()
      case ASYNC:
        return this.parseAsync()
      case NAME:
        return this.nameAt(this.pos) === 'match' && this.startsMatch() ? this.parseMatch() : null
      default:
        return null
    }
  }

  /** An indented block, or the statements on the rest of the line; `rules` is what the statement itself adds. */
  private parseBlock(rules: number): Stmt[] {
    const body: Stmt[] = []
    if (this.kinds[this.pos] !== NEWLINE) rules -= INDENTED_RULES
    this.enter(rules)
    if (this.kinds[this.pos] === NEWLINE) {
      this.pos++
      this.expect(INDENT)
      do this.parseStatement(body)
      while (this.kinds[this.pos] !== DEDENT)
      this.pos++
    } else {
      this.parseSimpleStatements(body)
    }
    this.depth -= rules
    return body
  }

  private parseColonBlock(): Stmt[] {
    this.expect(COLON)
    return this.parseBlock(BLOCK_RULES)
  }

  private parseElse(): Stmt[] {
    if (this.kinds[this.pos] !== KW_ELSE) return []
    this.pos++
    return this.parseColonBlock()
  }

  /** `if` with its `elif`s, gathered in a list, lest a long chain exhaust the stack. */
  private parseIf(): Stmt {
    const depth = this.depth
    const parts: IfPart[] = []
    do {
      const start = this.pos++
      const test = this.parseNamedExpression()
      parts.push({ start, test, body: this.parseColonBlock() })
      this.enter(1)
    } while (this.kinds[this.pos] === KW_ELIF)
    let orelse = this.parseElse()
    this.depth = depth
    const last = this.lastTextToken()
    for (let i = parts.length - 1; i > 0; i--) orelse = [this.ifNode(parts[i], orelse, last)]
    return this.ifNode(parts[0], orelse, last)
  }

  private ifNode(part: IfPart, orelse: Stmt[], last: number): Stmt {
    return {
      node: 'If',
      test: part.test,
      body: part.body,
      orelse,
      lineno: this.lines[part.start],
      col_offset: this.cols[part.start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseWhile(): Stmt {
    const start = this.pos++
    const test = this.parseNamedExpression()
    const body = this.parseColonBlock()
    const orelse = this.parseElse()
    const last = this.lastTextToken()
    return {
      node: 'While',
      test,
      body,
      orelse,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseAsync(): Stmt {
    this.requireVersion(5)
    const start = this.pos
    switch (this.kinds[start + 1]) {
      case KW_DEF:
        return this.parseFunction([])
      case KW_FOR:
        this.pos++
        return this.parseFor(start)
      case KW_WITH:
        this.pos++
        return this.parseWith(start)
      default:
        return this.fail()
    }
  }

  /** The next token is `for`; `start` is it, or the `async` before it. */
  private parseFor(start: number): Stmt {
    const isAsync = start < this.pos
    this.pos++
    const target = this.parseForTargets()
    this.expect(KW_IN)
    const iter = this.parseStarExpressions()
    this.expect(COLON)
    const type_comment = this.parseTypeComment()
    const body = this.parseBlock(BLOCK_RULES)
    const orelse = this.parseElse()
    const last = this.lastTextToken()
    return {
      node: isAsync ? 'AsyncFor' : 'For',
      target,
      iter,
      body,
      orelse,
      type_comment,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** The next token is `with`; `start` is it, or the `async` before it. */
  private parseWith(start: number): Stmt {
    const isAsync = start < this.pos
    this.pos++
    let items = this.kinds[this.pos] === LPAR ? this.parseParenthesizedItems() : null
    let type_comment: string | null = null
    if (items !== null) {
      if (!isAsync) this.requireVersion(9)
    } else {
      items = [this.parseWithItem()]
      while (this.kinds[this.pos] === COMMA) {
        this.pos++
        items.push(this.parseWithItem())
      }
      this.expect(COLON)
      type_comment = this.parseTypeComment()
    }
    const body = this.parseBlock(BLOCK_RULES)
    const last = this.lastTextToken()
    return {
      node: isAsync ? 'AsyncWith' : 'With',
      items,
      body,
      type_comment,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /**
   * Items in parentheses, with the colon after them; or `null`, with nothing taken, where the parenthesis turns out
   * to belong to an expression. An expression that fails here would fail there as well.
   */
  private parseParenthesizedItems(): WithItem[] | null {
    const start = this.pos
    const warned = this.warnings.length
    const items: WithItem[] = []
    this.pos++
    while (this.startsExpression(this.pos) && this.kinds[this.pos] !== STAR) {
      const item = this.parseWithItem()
      items.push(item)
      if (this.kinds[this.pos] !== COMMA) break
      this.pos++
    }
    // Behind items in parentheses there is no type comment, but there is one behind a tuple.
    const { kinds, pos } = this
    const closed = items.length > 0 && kinds[pos] === RPAR && kinds[pos + 1] === COLON
    if (closed && kinds[pos + 2] !== TYPE_COMMENT) {
      this.pos += 2
      return items
    }
    this.pos = start
    this.warnings.length = warned
    return null
  }

  private parseWithItem(): WithItem {
    const context_expr = this.parseExpression()
    let optional_vars: Expr | null = null
    if (this.kinds[this.pos] === KW_AS) {
      this.pos++
      optional_vars = this.parseStarTarget()
    }
    return { node: 'withitem', context_expr, optional_vars }
  }

  private parseTry(): Stmt {
    const start = this.pos++
    const body = this.parseColonBlock()
    const isStar = this.kinds[this.pos] === KW_EXCEPT && this.kinds[this.pos + 1] === STAR
    if (isStar) this.requireVersion(11)
    const handlers: ExceptHandler[] = []
    while (this.kinds[this.pos] === KW_EXCEPT) handlers.push(this.parseHandler(isStar))
    const orelse = handlers.length > 0 ? this.parseElse() : []
    let finalbody: Stmt[] = []
    if (this.kinds[this.pos] === KW_FINALLY) {
      this.pos++
      finalbody = this.parseColonBlock()
    } else if (handlers.length === 0) this.fail()
    const last = this.lastTextToken()
    return {
      node: isStar ? 'TryStar' : 'Try',
      body,
      handlers,
      orelse,
      finalbody,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseHandler(isStar: boolean): ExceptHandler {
    const start = this.pos++
    let type: Expr | null = null
    let name: string | null = null
    if (isStar) this.expect(STAR)
    if (isStar || this.kinds[this.pos] !== COLON) {
      type = this.parseExpression()
      if (this.kinds[this.pos] === KW_AS) {
        this.pos++
        if (this.kinds[this.pos] !== NAME) this.fail()
        name = this.nameAt(this.pos++)
      }
    }
    const body = this.parseColonBlock()
    const last = this.lastTextToken()
    return {
      node: 'ExceptHandler',
      type,
      name,
      body,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** A function or class, with or without decorators. */
  private parseDecorated(): Stmt {
    const decorators: Expr[] = []
    while (this.kinds[this.pos] === AT) {
      this.pos++
      decorators.push(this.parseNamedExpression())
      this.expect(NEWLINE)
    }
    const kind = this.kinds[this.pos]
    if (kind === KW_CLASS) return this.parseClass(decorators)
    if (kind === ASYNC) this.requireVersion(5)
    else if (kind !== KW_DEF) this.fail()
    return this.parseFunction(decorators)
  }

  private parseFunction(decorator_list: Expr[]): Stmt {
    const start = this.pos++
    const isAsync = this.kinds[start] === ASYNC
    if (isAsync) this.expect(KW_DEF)
    if (this.kinds[this.pos] !== NAME) this.fail()
    const name = this.nameAt(this.pos++)
    this.expect(LPAR)
    const args: Arguments = this.parseParameters(RPAR)
    this.pos++
    let returns: Expr | null = null
    if (this.kinds[this.pos] === RARROW) {
      this.pos++
      returns = this.parseExpression()
    }
    this.expect(COLON)
    const type_comment = this.parseFunctionTypeComment()
    const body = this.parseBlock(BLOCK_RULES + 1)
    const last = this.lastTextToken()
    return {
      node: isAsync ? 'AsyncFunctionDef' : 'FunctionDef',
      name,
      args,
      body,
      decorator_list,
      returns,
      type_comment,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** A type comment after the colon, or alone on the line before an indented body. */
  private parseFunctionTypeComment(): string | null {
    const { kinds, pos } = this
    const below =
      kinds[pos] === NEWLINE &&
      kinds[pos + 1] === TYPE_COMMENT &&
      kinds[pos + 2] === NEWLINE &&
      kinds[pos + 3] === INDENT
    if (!below) return this.parseTypeComment()
    this.pos = pos + 2
    return this.typeCommentAt(pos + 1)
  }

  private parseClass(decorator_list: Expr[]): Stmt {
    const start = this.pos++
    if (this.kinds[this.pos] !== NAME) this.fail()
    const name = this.nameAt(this.pos++)
    const bases: Expr[] = []
    const keywords: Keyword[] = []
    if (this.kinds[this.pos] === LPAR) {
      this.pos++
      if (this.kinds[this.pos] !== RPAR) {
        this.enter(CLASS_HEAD_RULES)
        this.parseArguments(bases, keywords, -1)
        this.depth -= CLASS_HEAD_RULES
      }
      this.pos++
    }
    this.expect(COLON)
    const body = this.parseBlock(BLOCK_RULES + 1)
    const last = this.lastTextToken()
    return {
      node: 'ClassDef',
      name,
      bases,
      keywords,
      body,
      decorator_list,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /**
   * Whether the name `match` here begins a match statement. If an expression cannot follow, it does not; otherwise its
   * line decides: a match statement ends in a colon with an indented block below, which no simple statement does.
   */
  private startsMatch(): boolean {
    const { kinds } = this
    let index = this.pos + 1
    if (!this.startsExpression(index)) return false
    while (index < this.tokens.count && kinds[index] !== NEWLINE) index++
    return kinds[index - 1] === COLON && kinds[index + 1] === INDENT
  }

  private parseMatch(): Stmt {
    this.requireVersion(10)
    const start = this.pos++
    const subject = this.parseSubject()
    this.expect(COLON)
    this.expect(NEWLINE)
    this.expect(INDENT)
    const cases: MatchCase[] = []
    do cases.push(this.parseCase())
    while (this.kinds[this.pos] !== DEDENT)
    this.pos++
    const last = this.lastTextToken()
    return {
      node: 'Match',
      subject,
      cases,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  private parseSubject(): Expr {
    const start = this.pos
    const first = this.parseStarNamedExpression()
    if (this.kinds[this.pos] !== COMMA) return this.kinds[start] === STAR ? this.fail() : first
    const elts = [first]
    this.parseMoreItems(elts, COLON)
    return this.tupleNode(start, elts, 'Load')
  }

  private parseCase(): MatchCase {
    if (this.kinds[this.pos] !== NAME || this.nameAt(this.pos) !== 'case') this.fail()
    this.pos++
    const pattern = this.parsePatterns()
    let guard: Expr | null = null
    if (this.kinds[this.pos] === KW_IF) {
      this.pos++
      guard = this.parseNamedExpression()
    }
    this.expect(COLON)
    return { node: 'match_case', pattern, guard, body: this.parseBlock(BLOCK_RULES) }
  }
}
