import type { ExprNode } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import { loadConst } from './constants.ts'
import { emit, emitJump, newBlock, useBlock } from './emit.ts'
import { syntaxError } from './errors.ts'
import { isTopLevelAwait, type Unit, visitExpr } from './state.ts'

/** Arguments of `RESUME`: what the frame was suspended by. */
const AFTER_YIELD = 1
const AFTER_YIELD_FROM = 2
const AFTER_AWAIT = 3

/** Yields the top of the stack. */
export function emitYield(u: Unit): void {
  if (u.ste.generator && u.ste.coroutine) emit(u, op.ASYNC_GEN_WRAP)
  emit(u, op.YIELD_VALUE)
  emit(u, op.RESUME, AFTER_YIELD)
}

/** Delegates to the iterator on the stack until it is exhausted; its result replaces it. */
export function emitYieldFrom(u: Unit, isAwait: boolean): void {
  const start = newBlock(u)
  const resume = newBlock(u)
  const exit = newBlock(u)
  loadConst(u, null)
  useBlock(u, start)
  emitJump(u, op.SEND, exit)
  useBlock(u, resume)
  emit(u, op.YIELD_VALUE)
  emit(u, op.RESUME, isAwait ? AFTER_AWAIT : AFTER_YIELD_FROM)
  emitJump(u, op.JUMP_NO_INTERRUPT, start)
  useBlock(u, exit)
}

/** Awaits the top of the stack; `where` tells the error messages of `GET_AWAITABLE` what it came from. */
export function emitAwait(u: Unit, where: number): void {
  emit(u, op.GET_AWAITABLE, where)
  emitYieldFrom(u, true)
}

export function visitYield(u: Unit, e: ExprNode<'Yield'>): void {
  if (u.ste.type !== 'function') throw syntaxError(u, "'yield' outside function")
  if (e.value === null) loadConst(u, null)
  else visitExpr(u, e.value)
  emitYield(u)
}

export function visitYieldFrom(u: Unit, e: ExprNode<'YieldFrom'>): void {
  if (u.ste.type !== 'function') throw syntaxError(u, "'yield' outside function")
  if (u.scopeType === 'async function') throw syntaxError(u, "'yield from' inside async function")
  visitExpr(u, e.value)
  emit(u, op.GET_YIELD_FROM_ITER)
  emitYieldFrom(u, false)
}

export function visitAwait(u: Unit, e: ExprNode<'Await'>): void {
  if (!isTopLevelAwait(u)) {
    if (u.ste.type !== 'function') throw syntaxError(u, "'await' outside function")
    if (u.scopeType !== 'async function' && u.scopeType !== 'comprehension') {
      throw syntaxError(u, "'await' outside async function")
    }
  }
  visitExpr(u, e.value)
  emitAwait(u, 0)
}
