import type { StmtNode } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import type { BasicBlock } from '../cfg.ts'
import { emit, emitJump, newBlock, setLoc, unsetLoc, useBlock } from './emit.ts'
import { syntaxError } from './errors.ts'
import { AWAITS_AEXIT, callExitWithNones, popExceptAndReraise, popFrameBlock, pushFrameBlock } from './frame_blocks.ts'
import { isTopLevelAwait, type Unit, visitExpr, visitStmts } from './state.ts'
import { emitAwait } from './yields.ts'

/** `GET_AWAITABLE`: awaits the result of `__aenter__`. */
const AWAITS_AENTER = 1

/** `with`, its item at an index and all inside it. */
export function visitWith(u: Unit, s: StmtNode<'With'>, index = 0): void {
  const block = newBlock(u)
  const final = newBlock(u)
  const exit = newBlock(u)
  const cleanup = newBlock(u)
  const item = s.items[index]!
  visitExpr(u, item.context_expr)
  emit(u, op.BEFORE_WITH)
  emitJump(u, op.SETUP_WITH, final)
  useBlock(u, block)
  pushFrameBlock(u, { kind: 'with', stmt: s })
  if (item.optional_vars !== null) visitExpr(u, item.optional_vars)
  else emit(u, op.POP_TOP)
  if (index + 1 === s.items.length) visitStmts(u, s.body)
  else visitWith(u, s, index + 1)
  unsetLoc(u)
  emit(u, op.POP_BLOCK)
  popFrameBlock(u)
  setLoc(u, s)
  callExitWithNones(u)
  emit(u, op.POP_TOP)
  emitJump(u, op.JUMP, exit)
  useBlock(u, final)
  emitJump(u, op.SETUP_CLEANUP, cleanup)
  emit(u, op.PUSH_EXC_INFO)
  emit(u, op.WITH_EXCEPT_START)
  finishExceptional(u, cleanup)
  useBlock(u, exit)
}

/** `async with`, its item at an index and all inside it. */
export function visitAsyncWith(u: Unit, s: StmtNode<'AsyncWith'>, index = 0): void {
  if (isTopLevelAwait(u)) u.ste.coroutine = true
  else if (u.scopeType !== 'async function') throw syntaxError(u, "'async with' outside async function")
  const block = newBlock(u)
  const final = newBlock(u)
  const exit = newBlock(u)
  const cleanup = newBlock(u)
  const item = s.items[index]!
  visitExpr(u, item.context_expr)
  emit(u, op.BEFORE_ASYNC_WITH)
  emitAwait(u, AWAITS_AENTER)
  emitJump(u, op.SETUP_WITH, final)
  useBlock(u, block)
  pushFrameBlock(u, { kind: 'async with', stmt: s })
  if (item.optional_vars !== null) visitExpr(u, item.optional_vars)
  else emit(u, op.POP_TOP)
  if (index + 1 === s.items.length) visitStmts(u, s.body)
  else visitAsyncWith(u, s, index + 1)
  popFrameBlock(u)
  emit(u, op.POP_BLOCK)
  setLoc(u, s)
  callExitWithNones(u)
  emitAwait(u, AWAITS_AEXIT)
  emit(u, op.POP_TOP)
  emitJump(u, op.JUMP, exit)
  useBlock(u, final)
  emitJump(u, op.SETUP_CLEANUP, cleanup)
  emit(u, op.PUSH_EXC_INFO)
  emit(u, op.WITH_EXCEPT_START)
  emitAwait(u, AWAITS_AEXIT)
  finishExceptional(u, cleanup)
  useBlock(u, exit)
}

/** After `__exit__` was told of an exception: swallows it if the result is true, raises it again otherwise. */
function finishExceptional(u: Unit, cleanup: BasicBlock): void {
  unsetLoc(u)
  const exit = newBlock(u)
  emitJump(u, op.POP_JUMP_IF_TRUE, exit)
  emit(u, op.RERAISE, 2)
  useBlock(u, cleanup)
  popExceptAndReraise(u)
  useBlock(u, exit)
  emit(u, op.POP_TOP)
  emit(u, op.POP_BLOCK)
  emit(u, op.POP_EXCEPT)
  emit(u, op.POP_TOP)
  emit(u, op.POP_TOP)
}
