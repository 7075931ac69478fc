import type { Expr, Stmt, StmtNode } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import type { BasicBlock } from '../cfg.ts'
import { visitAnnAssign, visitAssign, visitAugAssign } from './assignments.ts'
import { visitClass } from './classes.ts'
import { jumpIf } from './conditions.ts'
import { loadConst } from './constants.ts'
import { emit, emitJumpNoLine, newBlock, setLoc, unsetLoc, useBlock } from './emit.ts'
import { syntaxError, warn } from './errors.ts'
import { unwindAll } from './frame_blocks.ts'
import { visitFunction } from './functions.ts'
import { visitImport, visitImportFrom } from './imports.ts'
import { visitAsyncFor, visitBreak, visitContinue, visitFor, visitWhile } from './loops.ts'
import { visitMatch } from './match.ts'
import { type Unit, visitExpr, visitExprs, visitStmts } from './state.ts'
import { visitTry } from './try.ts'
import { visitAsyncWith, visitWith } from './with.ts'

/** Generates the code of a statement; the unit's position stays wherever that leaves it (`compiler_visit_stmt`). */
export function visitStatement(u: Unit, s: Stmt): void {
  switch (s.node) {
    // The four most frequent kinds set their position where no other kind of node is seen.
    case 'Expr':
      visitExprStatement(u, s)
      return
    case 'Assign':
      visitAssign(u, s)
      return
    case 'If':
      visitIf(u, s)
      return
    case 'Return':
      visitReturn(u, s)
      return
    default:
      setLoc(u, s)
      visitOther(u, s)
  }
}

function visitOther(u: Unit, s: Exclude<Stmt, StmtNode<'Expr' | 'Assign' | 'If' | 'Return'>>): void {
  switch (s.node) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      visitFunction(u, s)
      break
    case 'For':
      visitFor(u, s)
      break
    case 'With':
      visitWith(u, s)
      break
    case 'AugAssign':
      visitAugAssign(u, s)
      break
    case 'Try':
    case 'TryStar':
      visitTry(u, s)
      break
    case 'Raise':
      visitRaise(u, s)
      break
    case 'ClassDef':
      visitClass(u, s)
      break
    case 'ImportFrom':
      visitImportFrom(u, s)
      break
    case 'Import':
      visitImport(u, s)
      break
    case 'Pass':
      emit(u, op.NOP)
      break
    case 'Assert':
      visitAssert(u, s)
      break
    case 'While':
      visitWhile(u, s)
      break
    case 'AnnAssign':
      visitAnnAssign(u, s)
      break
    case 'Delete':
      visitExprs(u, s.targets)
      break
    case 'Break':
      visitBreak(u)
      break
    case 'Continue':
      visitContinue(u)
      break
    case 'Match':
      visitMatch(u, s)
      break
    case 'AsyncWith':
      visitAsyncWith(u, s)
      break
    case 'AsyncFor':
      visitAsyncFor(u, s)
      break
    case 'Global':
    case 'Nonlocal':
      return
    default:
      s satisfies never
  }
}

/** `if`; its `elif`s, of which there may be thousands, by a loop. */
function visitIf(u: Unit, s: StmtNode<'If'>): void {
  const ends: BasicBlock[] = []
  for (;;) {
    u.lineno = s.lineno
    u.end_lineno = s.end_lineno
    u.col_offset = s.col_offset
    u.end_col_offset = s.end_col_offset
    const orelse = s.orelse
    const end = newBlock(u)
    const next = orelse.length === 0 ? end : newBlock(u)
    ends.push(end)
    jumpIf(u, s.test, next, false)
    visitStmts(u, s.body)
    if (orelse.length === 0) break
    emitJumpNoLine(u, op.JUMP, end)
    useBlock(u, next)
    const first = orelse[0]!
    if (orelse.length !== 1 || first.node !== 'If') {
      visitStmts(u, orelse)
      break
    }
    s = first
  }
  for (let i = ends.length - 1; i >= 0; i--) useBlock(u, ends[i]!)
}

function visitReturn(u: Unit, s: StmtNode<'Return'>): void {
  u.lineno = s.lineno
  u.end_lineno = s.end_lineno
  u.col_offset = s.col_offset
  u.end_col_offset = s.end_col_offset
  const value = s.value
  if (u.ste.type !== 'function') throw syntaxError(u, "'return' outside function")
  if (value !== null && u.ste.coroutine && u.ste.generator) {
    throw syntaxError(u, "'return' with value in async generator")
  }
  // A constant is loaded when all around is unwound, so that it need not be kept on the stack.
  const isKept = value !== null && value.node !== 'Constant'
  if (isKept) {
    visitExpr(u, value)
  } else if (value !== null) {
    setLoc(u, value)
    emit(u, op.NOP)
  }
  if (value === null || value.lineno !== s.lineno) {
    setLoc(u, s)
    emit(u, op.NOP)
  }
  unwindAll(u, isKept)
  if (value === null) loadConst(u, null)
  else if (value.node === 'Constant') loadConst(u, value.value)
  emit(u, op.RETURN_VALUE)
}

function visitRaise(u: Unit, s: StmtNode<'Raise'>): void {
  let count = 0
  if (s.exc !== null) {
    visitExpr(u, s.exc)
    count++
    if (s.cause !== null) {
      visitExpr(u, s.cause)
      count++
    }
  }
  emit(u, op.RAISE_VARARGS, count)
}

function visitAssert(u: Unit, s: StmtNode<'Assert'>): void {
  if (isNonemptyTuple(s.test)) warn(u, 'assertion is always true, perhaps remove parentheses?')
  if (u.c.optimize > 0) return
  const end = newBlock(u)
  jumpIf(u, s.test, end, true)
  emit(u, op.LOAD_ASSERTION_ERROR)
  if (s.msg !== null) {
    visitExpr(u, s.msg)
    emit(u, op.PRECALL, 0)
    emit(u, op.CALL, 0)
  }
  emit(u, op.RAISE_VARARGS, 1)
  useBlock(u, end)
}

function isNonemptyTuple(e: Expr): boolean {
  if (e.node === 'Tuple') return e.elts.length > 0
  return e.node === 'Constant' && Array.isArray(e.value) && e.value.length > 0
}

function visitExprStatement(u: Unit, s: StmtNode<'Expr'>): void {
  u.lineno = s.lineno
  u.end_lineno = s.end_lineno
  u.col_offset = s.col_offset
  u.end_col_offset = s.end_col_offset
  const value = s.value
  if (u.c.interactive && u.parent === null) {
    visitExpr(u, value)
    emit(u, op.PRINT_EXPR)
  } else if (value.node === 'Constant') {
    emit(u, op.NOP)
  } else {
    visitExpr(u, value)
    unsetLoc(u)
    emit(u, op.POP_TOP)
  }
}
