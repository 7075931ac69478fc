import * as op from '../../bytecode/opcodes.ts'
import { loadConst } from './constants.ts'
import { emit, setLoc, unsetLoc } from './emit.ts'
import { syntaxError } from './errors.ts'
import { nameOp } from './names.ts'
import { type FrameBlock, type Unit, visitStmts } from './state.ts'
import { emitAwait } from './yields.ts'

/** `CO_MAXBLOCKS` */
const MAX_FRAME_BLOCKS = 20

export type LoopBlock = Extract<FrameBlock, { kind: 'while' | 'for' }>

/** `GET_AWAITABLE`: awaits the result of `__aexit__`. */
export const AWAITS_AEXIT = 2

/** Enters a statement that needs unwinding; throws PySyntaxError where they are nested too deeply. */
export function pushFrameBlock(u: Unit, block: FrameBlock): void {
  if (u.frameBlocks.length >= MAX_FRAME_BLOCKS) throw syntaxError(u, 'too many statically nested blocks')
  u.frameBlocks.push(block)
}

export function popFrameBlock(u: Unit): void {
  u.frameBlocks.pop()
}

/** Calls the `__exit__` on the stack as after a body without exception. */
export function callExitWithNones(u: Unit): void {
  loadConst(u, null)
  loadConst(u, null)
  loadConst(u, null)
  emit(u, op.PRECALL, 2)
  emit(u, op.CALL, 2)
}

/** Leaves a handler with the exception on the stack: restores the one handled before and raises this one again. */
export function popExceptAndReraise(u: Unit): void {
  emit(u, op.COPY, 3)
  emit(u, op.POP_EXCEPT)
  emit(u, op.RERAISE, 1)
}

/** `name = None; del name`: what ends `except … as name`, whatever the body did to the name. */
export function unbindName(u: Unit, name: string): void {
  loadConst(u, null)
  nameOp(u, name, 'Store')
  nameOp(u, name, 'Del')
}

/**
 * Adds the code that leaves all statements around the current one, for `return`. With `preserveTop` the value on the
 * stack is kept. Throws PySyntaxError inside `except*`.
 */
export function unwindAll(u: Unit, preserveTop: boolean): void {
  unwindStack(u, preserveTop, false)
}

/** Adds the code that leaves the statements inside the innermost loop, which it returns; `null` outside of loops. */
export function unwindToLoop(u: Unit): LoopBlock | null {
  return unwindStack(u, false, true)
}

function unwindStack(u: Unit, preserveTop: boolean, toLoop: boolean): LoopBlock | null {
  const blocks = u.frameBlocks
  const top = blocks[blocks.length - 1]
  if (top === undefined) return null
  if (top.kind === 'exception group handler') {
    throw syntaxError(u, "'break', 'continue' and 'return' cannot appear in an except* block")
  }
  if (toLoop && (top.kind === 'while' || top.kind === 'for')) return top
  // While its code is generated, a statement does not surround itself: a `return` in `finally` must not unwind it.
  blocks.pop()
  unwind(u, top, preserveTop)
  const loop = unwindStack(u, preserveTop, toLoop)
  blocks.push(top)
  return loop
}

/** Adds the code that leaves one statement (`compiler_unwind_fblock`). */
export function unwind(u: Unit, block: FrameBlock, preserveTop: boolean): void {
  switch (block.kind) {
    case 'for':
    case 'pop value':
      swapIf(u, preserveTop)
      emit(u, op.POP_TOP)
      return
    case 'try except':
      emit(u, op.POP_BLOCK)
      return
    case 'finally try':
      emit(u, op.POP_BLOCK)
      if (preserveTop) pushFrameBlock(u, { kind: 'pop value' })
      visitStmts(u, block.finalbody)
      if (preserveTop) popFrameBlock(u)
      unsetLoc(u)
      return
    case 'finally end':
      swapIf(u, preserveTop)
      emit(u, op.POP_TOP)
      swapIf(u, preserveTop)
      emit(u, op.POP_BLOCK)
      emit(u, op.POP_EXCEPT)
      return
    case 'with':
    case 'async with':
      setLoc(u, block.stmt)
      emit(u, op.POP_BLOCK)
      swapIf(u, preserveTop)
      callExitWithNones(u)
      if (block.kind === 'async with') emitAwait(u, AWAITS_AEXIT)
      emit(u, op.POP_TOP)
      unsetLoc(u)
      return
    case 'handler cleanup':
      if (block.name !== null) emit(u, op.POP_BLOCK)
      swapIf(u, preserveTop)
      emit(u, op.POP_BLOCK)
      emit(u, op.POP_EXCEPT)
      if (block.name !== null) unbindName(u, block.name)
  }
}

/** Brings what is to be popped above the value that is kept. */
function swapIf(u: Unit, preserveTop: boolean): void {
  if (preserveTop) emit(u, op.SWAP, 2)
}
