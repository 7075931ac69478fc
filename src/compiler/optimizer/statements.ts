import type {
  ExceptHandler,
  MatchCase,
  Mod,
  Pattern,
  PatternNode,
  SimpleStmt,
  Stmt,
  StmtNode,
  WithItem,
} from '../../ast/nodes.ts'
import { ExpressionFolder, foldIterable } from './expressions.ts'
import { isStr } from './sequences.ts'

/** Whether a body begins with a docstring. */
function hasDocstring(body: readonly Stmt[]): boolean {
  const first = body[0]
  return first !== undefined && first.node === 'Expr' && first.value.node === 'Constant' && isStr(first.value.value)
}

/** Folds constants in statements and patterns, in place. */
export class StatementFolder extends ExpressionFolder {
  /** Folds a whole tree. */
  mod(node: Mod): void {
    switch (node.node) {
      case 'Module':
        this.body(node.body)
        break
      case 'Interactive':
        this.stmts(node.body)
        break
      case 'Expression':
        node.body = this.expr(node.body)
        break
      case 'FunctionType':
        break
    }
  }

  /** A body that may have a docstring; a string that only folding made its first statement is none. */
  private body(nodes: Stmt[]): void {
    const had = hasDocstring(nodes)
    this.stmts(nodes)
    const first = nodes[0]
    if (had || first === undefined || first.node !== 'Expr' || !hasDocstring(nodes)) return
    first.value = {
      node: 'JoinedStr',
      values: [first.value],
      lineno: first.lineno,
      col_offset: first.col_offset,
      end_lineno: first.end_lineno,
      end_col_offset: first.end_col_offset,
    }
  }

  private stmts(nodes: readonly Stmt[]): void {
    for (let i = 0; i < nodes.length; i++) this.stmt(nodes[i]!)
  }

  private stmt(node: Stmt): void {
    this.enter()
    switch (node.node) {
      case 'Expr':
        node.value = this.expr(node.value)
        break
      case 'Assign':
        this.exprs(node.targets)
        node.value = this.expr(node.value)
        break
      case 'If':
        this.ifChain(node)
        break
      case 'Return':
        node.value = this.optionalExpr(node.value)
        break
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        this.functionDef(node)
        break
      default:
        this.compound(node)
    }
    this.depth--
  }

  /** An `elif` is an `if` in the `else` part; there may be any number. */
  private ifChain(node: StmtNode<'If'>): void {
    let levels = 0
    for (;;) {
      node.test = this.expr(node.test)
      this.stmts(node.body)
      const orelse = node.orelse
      if (orelse.length !== 1 || orelse[0]!.node !== 'If') break
      node = orelse[0]
      this.enter()
      levels++
    }
    this.stmts(node.orelse)
    this.depth -= levels
  }

  private functionDef(node: StmtNode<'FunctionDef' | 'AsyncFunctionDef'>): void {
    this.arguments(node.args)
    this.body(node.body)
    this.exprs(node.decorator_list)
    if (!this.keepAnnotations) node.returns = this.optionalExpr(node.returns)
  }

  private compound(
    node: Exclude<Stmt, StmtNode<'Expr' | 'Assign' | 'If' | 'Return' | 'FunctionDef' | 'AsyncFunctionDef'>>,
  ): void {
    switch (node.node) {
      case 'For':
      case 'AsyncFor':
        node.target = this.expr(node.target)
        node.iter = this.expr(node.iter)
        this.stmts(node.body)
        this.stmts(node.orelse)
        if (node.node === 'For') node.iter = foldIterable(node.iter)
        break
      case 'While':
        node.test = this.expr(node.test)
        this.stmts(node.body)
        this.stmts(node.orelse)
        break
      case 'With':
      case 'AsyncWith':
        this.withItems(node.items)
        this.stmts(node.body)
        break
      case 'Try':
      case 'TryStar':
        this.stmts(node.body)
        this.handlers(node.handlers)
        this.stmts(node.orelse)
        this.stmts(node.finalbody)
        break
      case 'ClassDef':
        this.exprs(node.bases)
        this.keywords(node.keywords)
        this.body(node.body)
        this.exprs(node.decorator_list)
        break
      case 'Match':
        node.subject = this.expr(node.subject)
        this.cases(node.cases)
        break
      default:
        this.simple(node)
    }
  }

  private simple(node: Exclude<SimpleStmt, StmtNode<'Expr' | 'Assign' | 'Return'>>): void {
    switch (node.node) {
      case 'AugAssign':
        node.target = this.expr(node.target)
        node.value = this.expr(node.value)
        break
      case 'AnnAssign':
        node.target = this.expr(node.target)
        if (!this.keepAnnotations) node.annotation = this.expr(node.annotation)
        node.value = this.optionalExpr(node.value)
        break
      case 'Delete':
        this.exprs(node.targets)
        break
      case 'Raise':
        node.exc = this.optionalExpr(node.exc)
        node.cause = this.optionalExpr(node.cause)
        break
      case 'Assert':
        node.test = this.expr(node.test)
        node.msg = this.optionalExpr(node.msg)
        break
      default:
        node satisfies StmtNode<'Import' | 'ImportFrom' | 'Global' | 'Nonlocal' | 'Pass' | 'Break' | 'Continue'>
    }
  }

  private withItems(nodes: readonly WithItem[]): void {
    for (const node of nodes) {
      node.context_expr = this.expr(node.context_expr)
      node.optional_vars = this.optionalExpr(node.optional_vars)
    }
  }

  private handlers(nodes: readonly ExceptHandler[]): void {
    for (const node of nodes) {
      node.type = this.optionalExpr(node.type)
      this.stmts(node.body)
    }
  }

  private cases(nodes: readonly MatchCase[]): void {
    for (const node of nodes) {
      this.pattern(node.pattern)
      node.guard = this.optionalExpr(node.guard)
      this.stmts(node.body)
    }
  }

  private patterns(nodes: readonly Pattern[]): void {
    for (const node of nodes) this.pattern(node)
  }

  /** What is folded in patterns are the signs of numbers and complex numbers. */
  private pattern(node: Pattern): void {
    this.enter()
    switch (node.node) {
      case 'MatchValue':
        node.value = this.expr(node.value)
        break
      case 'MatchSequence':
      case 'MatchOr':
        this.patterns(node.patterns)
        break
      case 'MatchMapping':
        this.exprs(node.keys)
        this.patterns(node.patterns)
        break
      case 'MatchClass':
        node.cls = this.expr(node.cls)
        this.patterns(node.patterns)
        this.patterns(node.kwd_patterns)
        break
      case 'MatchAs':
        if (node.pattern !== null) this.pattern(node.pattern)
        break
      default:
        node satisfies PatternNode<'MatchSingleton' | 'MatchStar'>
    }
    this.depth--
  }
}
