import type { StmtNode } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import { jumpIf } from './conditions.ts'
import { emit, emitJump, newBlock, saveLoc, setLoc, unsetLoc, useBlock } from './emit.ts'
import { syntaxError } from './errors.ts'
import { popFrameBlock, pushFrameBlock, unwind, unwindToLoop } from './frame_blocks.ts'
import { isTopLevelAwait, type Unit, visitExpr, visitStmts } from './state.ts'
import { emitYieldFrom } from './yields.ts'

export function visitFor(u: Unit, s: StmtNode<'For'>): void {
  const start = newBlock(u)
  const body = newBlock(u)
  const cleanup = newBlock(u)
  const end = newBlock(u)
  pushFrameBlock(u, { kind: 'for', block: start, exit: end })
  visitExpr(u, s.iter)
  emit(u, op.GET_ITER)
  useBlock(u, start)
  emitJump(u, op.FOR_ITER, cleanup)
  useBlock(u, body)
  visitExpr(u, s.target)
  visitStmts(u, s.body)
  unsetLoc(u)
  emitJump(u, op.JUMP, start)
  useBlock(u, cleanup)
  popFrameBlock(u)
  visitStmts(u, s.orelse)
  useBlock(u, end)
}

export function visitAsyncFor(u: Unit, s: StmtNode<'AsyncFor'>): void {
  if (isTopLevelAwait(u)) u.ste.coroutine = true
  else if (u.scopeType !== 'async function') throw syntaxError(u, "'async for' outside async function")
  const start = newBlock(u)
  const except = newBlock(u)
  const end = newBlock(u)
  visitExpr(u, s.iter)
  emit(u, op.GET_AITER)
  useBlock(u, start)
  pushFrameBlock(u, { kind: 'for', block: start, exit: end })
  // Guards the call of __anext__, which ends the loop by an exception.
  emitJump(u, op.SETUP_FINALLY, except)
  emit(u, op.GET_ANEXT)
  emitYieldFrom(u, true)
  emit(u, op.POP_BLOCK)
  visitExpr(u, s.target)
  visitStmts(u, s.body)
  unsetLoc(u)
  emitJump(u, op.JUMP, start)
  popFrameBlock(u)
  useBlock(u, except)
  // The end of the loop belongs to the `for` line, not to the body.
  setLoc(u, s.iter)
  emit(u, op.END_ASYNC_FOR)
  visitStmts(u, s.orelse)
  useBlock(u, end)
}

export function visitWhile(u: Unit, s: StmtNode<'While'>): void {
  const loop = newBlock(u)
  const body = newBlock(u)
  const anchor = newBlock(u)
  const end = newBlock(u)
  useBlock(u, loop)
  pushFrameBlock(u, { kind: 'while', block: loop, exit: end })
  jumpIf(u, s.test, anchor, false)
  useBlock(u, body)
  visitStmts(u, s.body)
  // The test stands at the end once more, so that each round has one jump only.
  setLoc(u, s)
  jumpIf(u, s.test, body, true)
  popFrameBlock(u)
  useBlock(u, anchor)
  visitStmts(u, s.orelse)
  useBlock(u, end)
}

export function visitBreak(u: Unit): void {
  const saved = saveLoc(u)
  // Keeps the line of the statement.
  emit(u, op.NOP)
  const loop = unwindToLoop(u)
  if (loop === null) {
    setLoc(u, saved)
    throw syntaxError(u, "'break' outside loop")
  }
  unwind(u, loop, false)
  emitJump(u, op.JUMP, loop.exit)
}

export function visitContinue(u: Unit): void {
  const saved = saveLoc(u)
  emit(u, op.NOP)
  const loop = unwindToLoop(u)
  if (loop === null) {
    setLoc(u, saved)
    throw syntaxError(u, "'continue' not properly in loop")
  }
  emitJump(u, op.JUMP, loop.block)
}
