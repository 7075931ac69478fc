import type { ExceptHandler, StmtNode } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import type { BasicBlock } from '../cfg.ts'
import { emit, emitJump, emitJumpNoLine, emitNoLine, newBlock, setLoc, unsetLoc, useBlock } from './emit.ts'
import { syntaxError } from './errors.ts'
import { popExceptAndReraise, popFrameBlock, pushFrameBlock, unbindName } from './frame_blocks.ts'
import { nameOp } from './names.ts'
import { type Unit, visitExpr, visitStmts } from './state.ts'

type AnyTry = StmtNode<'Try'> | StmtNode<'TryStar'>

/** `try` and `try` with `except*`. */
export function visitTry(u: Unit, s: AnyTry): void {
  if (s.finalbody.length !== 0) visitTryFinally(u, s)
  else visitTryExcept(u, s)
}

function visitTryExcept(u: Unit, s: AnyTry): void {
  if (s.node === 'Try') visitPlainExcept(u, s)
  else visitExceptStar(u, s)
}

/** The body of `finally` is there twice: for the way without exception and for the one with. */
function visitTryFinally(u: Unit, s: AnyTry): void {
  const body = newBlock(u)
  const end = newBlock(u)
  const exit = newBlock(u)
  const cleanup = newBlock(u)
  emitJump(u, op.SETUP_FINALLY, end)
  useBlock(u, body)
  pushFrameBlock(u, { kind: 'finally try', finalbody: s.finalbody })
  if (s.handlers.length !== 0) visitTryExcept(u, s)
  else visitStmts(u, s.body)
  emitNoLine(u, op.POP_BLOCK)
  popFrameBlock(u)
  visitStmts(u, s.finalbody)
  emitJumpNoLine(u, op.JUMP, exit)
  useBlock(u, end)
  unsetLoc(u)
  emitJump(u, op.SETUP_CLEANUP, cleanup)
  emit(u, op.PUSH_EXC_INFO)
  pushFrameBlock(u, { kind: 'finally end' })
  visitStmts(u, s.finalbody)
  popFrameBlock(u)
  emit(u, op.RERAISE, 0)
  useBlock(u, cleanup)
  popExceptAndReraise(u)
  useBlock(u, exit)
}

function visitPlainExcept(u: Unit, s: StmtNode<'Try'>): void {
  const body = newBlock(u)
  const except = newBlock(u)
  const end = newBlock(u)
  const cleanup = newBlock(u)
  emitJump(u, op.SETUP_FINALLY, except)
  useBlock(u, body)
  pushFrameBlock(u, { kind: 'try except' })
  visitStmts(u, s.body)
  popFrameBlock(u)
  emitNoLine(u, op.POP_BLOCK)
  visitStmts(u, s.orelse)
  emitJumpNoLine(u, op.JUMP, end)
  useBlock(u, except)
  unsetLoc(u)
  emitJump(u, op.SETUP_CLEANUP, cleanup)
  emit(u, op.PUSH_EXC_INFO)
  pushFrameBlock(u, { kind: 'exception handler' })
  const last = s.handlers.length - 1
  for (let i = 0; i <= last; i++) {
    const handler = s.handlers[i]!
    setLoc(u, handler)
    if (handler.type === null && i < last) throw syntaxError(u, "default 'except:' must be last")
    visitHandler(u, handler, end)
  }
  unsetLoc(u)
  popFrameBlock(u)
  emit(u, op.RERAISE, 0)
  useBlock(u, cleanup)
  popExceptAndReraise(u)
  useBlock(u, end)
}

/** One `except` clause; leaves the code in the block that an exception goes to which it does not catch. */
function visitHandler(u: Unit, handler: ExceptHandler, end: BasicBlock): void {
  const next = newBlock(u)
  if (handler.type !== null) {
    visitExpr(u, handler.type)
    emit(u, op.CHECK_EXC_MATCH)
    emitJump(u, op.POP_JUMP_IF_FALSE, next)
  }
  if (handler.name !== null) visitNamedHandlerBody(u, handler, handler.name, end)
  else visitHandlerBody(u, handler, end)
  useBlock(u, next)
}

function visitHandlerBody(u: Unit, handler: ExceptHandler, end: BasicBlock): void {
  const body = newBlock(u)
  emit(u, op.POP_TOP)
  useBlock(u, body)
  pushFrameBlock(u, { kind: 'handler cleanup', name: null })
  visitStmts(u, handler.body)
  popFrameBlock(u)
  unsetLoc(u)
  emit(u, op.POP_BLOCK)
  emit(u, op.POP_EXCEPT)
  emitJump(u, op.JUMP, end)
}

/** The name is unbound however the body ends: the body is in a `try` … `finally` of its own. */
function visitNamedHandlerBody(u: Unit, handler: ExceptHandler, name: string, end: BasicBlock): void {
  const cleanup = newBlock(u)
  const body = newBlock(u)
  nameOp(u, name, 'Store')
  emitJump(u, op.SETUP_CLEANUP, cleanup)
  useBlock(u, body)
  pushFrameBlock(u, { kind: 'handler cleanup', name })
  visitStmts(u, handler.body)
  popFrameBlock(u)
  unsetLoc(u)
  emit(u, op.POP_BLOCK)
  emit(u, op.POP_BLOCK)
  emit(u, op.POP_EXCEPT)
  unbindName(u, name)
  emitJump(u, op.JUMP, end)
  useBlock(u, cleanup)
  unsetLoc(u)
  unbindName(u, name)
  emit(u, op.RERAISE, 1)
}

/**
 * `try` with `except*`. In the handlers the stack holds the original exception, a list of those raised in handlers,
 * and what is left to be matched.
 */
function visitExceptStar(u: Unit, s: StmtNode<'TryStar'>): void {
  const body = newBlock(u)
  const except = newBlock(u)
  const orelse = newBlock(u)
  const end = newBlock(u)
  const cleanup = newBlock(u)
  const reraiseStar = newBlock(u)
  emitJump(u, op.SETUP_FINALLY, except)
  useBlock(u, body)
  pushFrameBlock(u, { kind: 'try except' })
  visitStmts(u, s.body)
  popFrameBlock(u)
  emitNoLine(u, op.POP_BLOCK)
  emitJumpNoLine(u, op.JUMP, orelse)
  useBlock(u, except)
  unsetLoc(u)
  emitJump(u, op.SETUP_CLEANUP, cleanup)
  emit(u, op.PUSH_EXC_INFO)
  pushFrameBlock(u, { kind: 'exception group handler' })
  for (let i = 0; i < s.handlers.length; i++) visitStarHandler(u, s, i, reraiseStar)
  unsetLoc(u)
  popFrameBlock(u)
  emitReraiseStar(u, reraiseStar, end)
  useBlock(u, cleanup)
  popExceptAndReraise(u)
  useBlock(u, orelse)
  visitStmts(u, s.orelse)
  useBlock(u, end)
}

/** Behind all `except*` clauses: raises the group of what was not handled or raised anew, if there is any. */
function emitReraiseStar(u: Unit, start: BasicBlock, end: BasicBlock): void {
  const reraise = newBlock(u)
  useBlock(u, start)
  emit(u, op.PREP_RERAISE_STAR)
  emit(u, op.COPY, 1)
  emitJump(u, op.POP_JUMP_IF_NOT_NONE, reraise)
  emit(u, op.POP_TOP)
  emit(u, op.POP_BLOCK)
  emit(u, op.POP_EXCEPT)
  emitJump(u, op.JUMP, end)
  useBlock(u, reraise)
  emit(u, op.POP_BLOCK)
  emit(u, op.SWAP, 2)
  emit(u, op.POP_EXCEPT)
  emit(u, op.RERAISE, 0)
}

function visitStarHandler(u: Unit, s: StmtNode<'TryStar'>, index: number, reraiseStar: BasicBlock): void {
  const handler = s.handlers[index]!
  setLoc(u, handler)
  const handled = newBlock(u)
  const next = newBlock(u)
  const noMatch = newBlock(u)
  if (index === 0) {
    emit(u, op.COPY, 1)
    emit(u, op.BUILD_LIST, 0)
    emit(u, op.SWAP, 2)
  }
  if (handler.type !== null) {
    visitExpr(u, handler.type)
    emit(u, op.CHECK_EG_MATCH)
    emit(u, op.COPY, 1)
    emitJump(u, op.POP_JUMP_IF_NONE, noMatch)
  }
  visitStarHandlerBody(u, handler, handled, next)
  useBlock(u, handled)
  // Holds the line of the body's end, which would otherwise be lost where this jump is merged with the next.
  emit(u, op.NOP)
  emitJump(u, op.JUMP, next)
  useBlock(u, noMatch)
  emit(u, op.POP_TOP)
  useBlock(u, next)
  if (index === s.handlers.length - 1) {
    emit(u, op.LIST_APPEND, 1)
    emitJump(u, op.JUMP, reraiseStar)
  }
}

/** Goes to `handled` at the end of the body, to `next` with an exception from the body in the list of those raised. */
function visitStarHandlerBody(u: Unit, handler: ExceptHandler, handled: BasicBlock, next: BasicBlock): void {
  const cleanup = newBlock(u)
  const body = newBlock(u)
  const name = handler.name
  if (name !== null) nameOp(u, name, 'Store')
  else emit(u, op.POP_TOP)
  emitJump(u, op.SETUP_CLEANUP, cleanup)
  useBlock(u, body)
  pushFrameBlock(u, { kind: 'handler cleanup', name })
  visitStmts(u, handler.body)
  popFrameBlock(u)
  unsetLoc(u)
  emit(u, op.POP_BLOCK)
  if (name !== null) unbindName(u, name)
  emitJump(u, op.JUMP, handled)
  useBlock(u, cleanup)
  unsetLoc(u)
  if (name !== null) unbindName(u, name)
  // The exception joins the list; the saved instruction offset below it goes.
  emit(u, op.LIST_APPEND, 3)
  emit(u, op.POP_TOP)
  emitJump(u, op.JUMP, next)
}
