import type {
  Alias,
  Arg,
  Arguments,
  ExceptHandler,
  Expr,
  MatchCase,
  Pattern,
  PatternNode,
  SimpleStmt,
  Stmt,
  StmtNode,
  WithItem,
} from '../ast/nodes.ts'
import type { SymtableBuilder } from './builder.ts'
import { DEF_ANNOT, DEF_GLOBAL, DEF_IMPORT, DEF_LOCAL, DEF_NONLOCAL, DEF_PARAM, USE } from './entry.ts'
import { visitExpr, visitExprs, visitKeywords, visitParameters } from './expressions.ts'

type FunctionNode = StmtNode<'FunctionDef' | 'AsyncFunctionDef'>

/** Visits each statement of a list. */
export function visitStmts(st: SymtableBuilder, list: readonly Stmt[]): void {
  for (let i = 0; i < list.length; i++) visitStmt(st, list[i]!)
}

/**
 * Collects the names of a statement in the current block, in CPython's order (`symtable_visit_stmt`).
 * The last statement of an `else` is reached by going round the loop: a chain of `elif` costs no stack.
 */
function visitStmt(st: SymtableBuilder, s: Stmt): void {
  const depth = st.depth
  for (;;) {
    st.descend()
    switch (s.node) {
      case 'Expr':
        visitExpr(st, s.value)
        break
      case 'Assign':
        visitExprs(st, s.targets)
        visitExpr(st, s.value)
        break
      case 'If': {
        visitExpr(st, s.test)
        visitStmts(st, s.body)
        const last = s.orelse.length - 1
        if (last < 0) break
        for (let i = 0; i < last; i++) visitStmt(st, s.orelse[i]!)
        s = s.orelse[last]!
        continue
      }
      case 'Return':
        if (s.value !== null) {
          visitExpr(st, s.value)
          st.cur.returnsValue = true
        }
        break
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        visitFunction(st, s)
        break
      case 'For':
      case 'AsyncFor':
        visitExpr(st, s.target)
        visitExpr(st, s.iter)
        visitStmts(st, s.body)
        visitStmts(st, s.orelse)
        break
      case 'AugAssign':
        visitExpr(st, s.target)
        visitExpr(st, s.value)
        break
      case 'With':
      case 'AsyncWith':
        visitWithItems(st, s.items)
        visitStmts(st, s.body)
        break
      case 'Try':
      case 'TryStar':
        visitStmts(st, s.body)
        visitStmts(st, s.orelse)
        visitHandlers(st, s.handlers)
        visitStmts(st, s.finalbody)
        break
      case 'Pass':
      case 'Break':
      case 'Continue':
        break
      default:
        visitRareStmt(st, s)
    }
    break
  }
  st.depth = depth
}

type RareStmt =
  | StmtNode<'ClassDef' | 'While' | 'Match'>
  | Exclude<SimpleStmt, StmtNode<'Expr' | 'Assign' | 'Return' | 'AugAssign' | 'Pass' | 'Break' | 'Continue'>>

function visitRareStmt(st: SymtableBuilder, s: RareStmt): void {
  switch (s.node) {
    case 'ClassDef':
      visitClass(st, s)
      break
    case 'Raise':
      if (s.exc === null) break
      visitExpr(st, s.exc)
      if (s.cause !== null) visitExpr(st, s.cause)
      break
    case 'Import':
    case 'ImportFrom':
      for (const alias of s.names) visitAlias(st, alias)
      break
    case 'While':
      visitExpr(st, s.test)
      visitStmts(st, s.body)
      visitStmts(st, s.orelse)
      break
    case 'Assert':
      visitExpr(st, s.test)
      if (s.msg !== null) visitExpr(st, s.msg)
      break
    case 'Delete':
      visitExprs(st, s.targets)
      break
    case 'AnnAssign':
      visitAnnAssign(st, s)
      break
    case 'Global':
      visitDirective(st, s, DEF_GLOBAL)
      break
    case 'Nonlocal':
      visitDirective(st, s, DEF_NONLOCAL)
      break
    case 'Match':
      visitExpr(st, s.subject)
      for (const matchCase of s.cases) visitMatchCase(st, matchCase)
      break
    default:
      s satisfies never
  }
}

function visitFunction(st: SymtableBuilder, s: FunctionNode): void {
  st.define(s.name, DEF_LOCAL, s)
  visitExprs(st, s.args.defaults)
  visitExprs(st, s.args.kw_defaults)
  visitSignatureAnnotations(st, s)
  visitExprs(st, s.decorator_list)
  const block = st.enterBlock('function', s.name, s, s)
  if (s.node === 'AsyncFunctionDef') block.coroutine = true
  visitParameters(st, s.args)
  visitStmts(st, s.body)
  st.exitBlock()
}

function visitClass(st: SymtableBuilder, s: StmtNode<'ClassDef'>): void {
  st.define(s.name, DEF_LOCAL, s)
  visitExprs(st, s.bases)
  visitKeywords(st, s.keywords)
  visitExprs(st, s.decorator_list)
  st.enterBlock('class', s.name, s, s)
  const outer = st.private
  st.private = s.name
  visitStmts(st, s.body)
  st.private = outer
  st.exitBlock()
}

/** Under `from __future__ import annotations` an annotation becomes a string: its names are no uses. */
function visitAnnotation(st: SymtableBuilder, annotation: Expr): void {
  if (!st.futureAnnotations) {
    visitExpr(st, annotation)
    return
  }
  st.enterBlock('annotation', '_annotation', annotation, annotation)
  visitExpr(st, annotation)
  st.exitBlock()
}

function visitSignatureAnnotations(st: SymtableBuilder, s: FunctionNode): void {
  if (st.futureAnnotations) {
    st.enterBlock('annotation', '_annotation', s, s)
    visitParameterAnnotations(st, s.args)
    st.exitBlock()
  } else visitParameterAnnotations(st, s.args)
  if (s.returns !== null) visitAnnotation(st, s.returns)
}

function visitParameterAnnotations(st: SymtableBuilder, args: Arguments): void {
  for (const arg of args.posonlyargs) visitArgAnnotation(st, arg)
  for (const arg of args.args) visitArgAnnotation(st, arg)
  visitArgAnnotation(st, args.vararg)
  visitArgAnnotation(st, args.kwarg)
  for (const arg of args.kwonlyargs) visitArgAnnotation(st, arg)
}

function visitArgAnnotation(st: SymtableBuilder, arg: Arg | null): void {
  if (arg !== null && arg.annotation !== null) visitExpr(st, arg.annotation)
}

function visitAnnAssign(st: SymtableBuilder, s: StmtNode<'AnnAssign'>): void {
  const { target } = s
  st.cur.annotated = true
  if (target.node === 'Name') {
    const flags = st.lookup(target.id)
    if (s.simple !== 0) {
      if ((flags & (DEF_GLOBAL | DEF_NONLOCAL)) !== 0 && st.cur.symbols !== st.global) {
        const kind = (flags & DEF_GLOBAL) !== 0 ? 'global' : 'nonlocal'
        st.fail(`annotated name '${target.id}' can't be ${kind}`, s)
      }
      st.define(target.id, DEF_ANNOT | DEF_LOCAL, target)
    } else if (s.value !== null) st.define(target.id, DEF_LOCAL, target)
  } else visitExpr(st, target)
  visitAnnotation(st, s.annotation)
  if (s.value !== null) visitExpr(st, s.value)
}

/** `global` and `nonlocal`: a name must not have been mentioned before in its block. */
function visitDirective(st: SymtableBuilder, s: StmtNode<'Global' | 'Nonlocal'>, flag: number): void {
  const kind = s.node === 'Global' ? 'global' : 'nonlocal'
  for (const name of s.names) {
    const flags = st.lookup(name)
    if ((flags & DEF_PARAM) !== 0) st.fail(`name '${name}' is parameter and ${kind}`, s)
    if ((flags & USE) !== 0) st.fail(`name '${name}' is used prior to ${kind} declaration`, s)
    if ((flags & DEF_ANNOT) !== 0) st.fail(`annotated name '${name}' can't be ${kind}`, s)
    if ((flags & DEF_LOCAL) !== 0) st.fail(`name '${name}' is assigned to before ${kind} declaration`, s)
    st.define(name, flag, s)
    st.recordDirective(name, s)
  }
}

function visitAlias(st: SymtableBuilder, alias: Alias): void {
  const name = alias.asname ?? alias.name
  if (name === '*') {
    if (st.cur.type !== 'module') st.fail('import * only allowed at module level', alias)
    return
  }
  const dot = name.indexOf('.')
  st.define(dot < 0 ? name : name.slice(0, dot), DEF_IMPORT, alias)
}

function visitWithItems(st: SymtableBuilder, items: readonly WithItem[]): void {
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!
    visitExpr(st, item.context_expr)
    if (item.optional_vars !== null) visitExpr(st, item.optional_vars)
  }
}

function visitHandlers(st: SymtableBuilder, handlers: readonly ExceptHandler[]): void {
  for (let i = 0; i < handlers.length; i++) {
    const handler = handlers[i]!
    if (handler.type !== null) visitExpr(st, handler.type)
    if (handler.name !== null) st.define(handler.name, DEF_LOCAL, handler)
    visitStmts(st, handler.body)
  }
}

function visitMatchCase(st: SymtableBuilder, matchCase: MatchCase): void {
  visitPattern(st, matchCase.pattern)
  if (matchCase.guard !== null) visitExpr(st, matchCase.guard)
  visitStmts(st, matchCase.body)
}

function visitPatterns(st: SymtableBuilder, list: readonly Pattern[]): void {
  for (const pattern of list) visitPattern(st, pattern)
}

function visitPattern(st: SymtableBuilder, p: Pattern): void {
  const depth = st.depth
  st.descend()
  switch (p.node) {
    case 'MatchValue':
      visitExpr(st, p.value)
      break
    case 'MatchSequence':
    case 'MatchOr':
      visitPatterns(st, p.patterns)
      break
    case 'MatchStar':
      if (p.name !== null) st.define(p.name, DEF_LOCAL, p)
      break
    case 'MatchMapping':
      visitExprs(st, p.keys)
      visitPatterns(st, p.patterns)
      if (p.rest !== null) st.define(p.rest, DEF_LOCAL, p)
      break
    case 'MatchClass':
      visitExpr(st, p.cls)
      visitPatterns(st, p.patterns)
      visitPatterns(st, p.kwd_patterns)
      break
    case 'MatchAs':
      if (p.pattern !== null) visitPattern(st, p.pattern)
      if (p.name !== null) st.define(p.name, DEF_LOCAL, p)
      break
    default:
      p satisfies PatternNode<'MatchSingleton'>
  }
  st.depth = depth
}
