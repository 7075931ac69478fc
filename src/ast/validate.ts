import { PyError } from '../base/errors.ts'
import type { DepthOptions } from './from_object.ts'
import type { ExceptHandler, MatchCase, Mod, SimpleStmt, Stmt, StmtNode, WithItem } from './nodes.ts'
import { validateArguments, validateExpr, validateExprs, validateKeywords } from './validate_expr.ts'
import { validatePattern } from './validate_pattern.ts'
import { type Depth, depthCounter, descend, invalid, validatePosition } from './validate_rules.ts'

type TryNode = StmtNode<'Try' | 'TryStar'>

/**
 * Checks what a tree of nodes of the right kinds must further obey to be compiled (CPython's `_PyAST_Validate`): lists
 * that must not be empty, contexts, names, constants, positions.
 * Throws PyError `ValueError` or `TypeError` with CPython's message for the first fault in CPython's order, and
 * `RecursionError` for a tree too deep.
 */
export function validateAst(mod: Mod, options: DepthOptions = {}): void {
  const depth = depthCounter(options)
  try {
    switch (mod.node) {
      case 'Module':
      case 'Interactive':
        validateStmts(depth, mod.body)
        break
      case 'Expression':
        validateExpr(depth, mod.body, 'Load')
        break
      case 'FunctionType':
        validateExprs(depth, mod.argtypes, 'Load')
        validateExpr(depth, mod.returns, 'Load')
        break
    }
  } catch (error) {
    if (error instanceof RangeError) {
      throw new PyError('RecursionError', 'maximum recursion depth exceeded during compilation')
    }
    throw error
  }
}

function requireItems(list: readonly unknown[], what: string, owner: string): void {
  if (list.length === 0) throw invalid(`empty ${what} on ${owner}`)
}

function validateBody(depth: Depth, body: readonly (Stmt | null)[], owner: string): void {
  requireItems(body, 'body', owner)
  validateStmts(depth, body)
}

function validateStmts(depth: Depth, list: readonly (Stmt | null)[]): void {
  for (const stmt of list) {
    if (stmt === null) throw invalid('None disallowed in statement list')
    validateStmt(depth, stmt)
  }
}

function validateStmt(depth: Depth, s: Stmt): void {
  validatePosition(s)
  descend(depth)
  switch (s.node) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      validateBody(depth, s.body, s.node)
      validateArguments(depth, s.args)
      validateExprs(depth, s.decorator_list, 'Load')
      if (s.returns !== null) validateExpr(depth, s.returns, 'Load')
      break
    case 'ClassDef':
      validateBody(depth, s.body, s.node)
      validateExprs(depth, s.bases, 'Load')
      validateKeywords(depth, s.keywords)
      validateExprs(depth, s.decorator_list, 'Load')
      break
    case 'For':
    case 'AsyncFor':
      validateExpr(depth, s.target, 'Store')
      validateExpr(depth, s.iter, 'Load')
      validateBody(depth, s.body, s.node)
      validateStmts(depth, s.orelse)
      break
    case 'While':
    case 'If':
      validateExpr(depth, s.test, 'Load')
      validateBody(depth, s.body, s.node)
      validateStmts(depth, s.orelse)
      break
    case 'With':
    case 'AsyncWith':
      validateWithItems(depth, s.items, s.node)
      validateBody(depth, s.body, s.node)
      break
    case 'Match':
      validateExpr(depth, s.subject, 'Load')
      requireItems(s.cases, 'cases', 'Match')
      for (const matchCase of s.cases) validateMatchCase(depth, matchCase)
      break
    case 'Try':
    case 'TryStar':
      validateTry(depth, s)
      break
    default:
      validateSimpleStmt(depth, s)
  }
  depth.level--
}

function validateSimpleStmt(depth: Depth, s: SimpleStmt): void {
  switch (s.node) {
    case 'Return':
      if (s.value !== null) validateExpr(depth, s.value, 'Load')
      break
    case 'Delete':
      requireItems(s.targets, 'targets', s.node)
      validateExprs(depth, s.targets, 'Del')
      break
    case 'Assign':
      requireItems(s.targets, 'targets', s.node)
      validateExprs(depth, s.targets, 'Store')
      validateExpr(depth, s.value, 'Load')
      break
    case 'AugAssign':
      validateExpr(depth, s.target, 'Store')
      validateExpr(depth, s.value, 'Load')
      break
    case 'AnnAssign':
      if (s.target.node !== 'Name' && s.simple !== 0) {
        throw new PyError('TypeError', 'AnnAssign with simple non-Name target')
      }
      validateExpr(depth, s.target, 'Store')
      if (s.value !== null) validateExpr(depth, s.value, 'Load')
      validateExpr(depth, s.annotation, 'Load')
      break
    case 'Raise':
      if (s.exc === null) {
        if (s.cause !== null) throw invalid('Raise with cause but no exception')
        break
      }
      validateExpr(depth, s.exc, 'Load')
      if (s.cause !== null) validateExpr(depth, s.cause, 'Load')
      break
    case 'Assert':
      validateExpr(depth, s.test, 'Load')
      if (s.msg !== null) validateExpr(depth, s.msg, 'Load')
      break
    case 'ImportFrom':
      if ((s.level ?? 0) < 0) throw invalid('Negative ImportFrom level')
      requireItems(s.names, 'names', s.node)
      break
    case 'Import':
    case 'Global':
    case 'Nonlocal':
      requireItems(s.names, 'names', s.node)
      break
    case 'Expr':
      validateExpr(depth, s.value, 'Load')
      break
    default:
      s satisfies StmtNode<'Pass' | 'Break' | 'Continue'>
  }
}

function validateWithItems(depth: Depth, items: readonly WithItem[], owner: string): void {
  requireItems(items, 'items', owner)
  for (const item of items) {
    validateExpr(depth, item.context_expr, 'Load')
    if (item.optional_vars !== null) validateExpr(depth, item.optional_vars, 'Store')
  }
}

function validateMatchCase(depth: Depth, matchCase: MatchCase): void {
  validatePattern(depth, matchCase.pattern, false)
  if (matchCase.guard !== null) validateExpr(depth, matchCase.guard, 'Load')
  validateBody(depth, matchCase.body, 'match_case')
}

function validateTry(depth: Depth, s: TryNode): void {
  validateBody(depth, s.body, s.node)
  if (s.handlers.length === 0) {
    if (s.finalbody.length === 0) throw invalid(`${s.node} has neither except handlers nor finalbody`)
    if (s.orelse.length > 0) throw invalid(`${s.node} has orelse but no except handlers`)
  }
  for (const handler of s.handlers) {
    // CPython looks at the positions of the handlers of `try`, not of those of `try` with `except*`.
    if (s.node === 'Try') validatePosition(handler)
    validateHandler(depth, handler)
  }
  validateStmts(depth, s.finalbody)
  validateStmts(depth, s.orelse)
}

function validateHandler(depth: Depth, handler: ExceptHandler): void {
  if (handler.type !== null) validateExpr(depth, handler.type, 'Load')
  validateBody(depth, handler.body, 'ExceptHandler')
}
