import { PyError } from '../../base/errors.ts'
import * as op from '../../bytecode/opcodes.ts'
import type { BasicBlock } from '../cfg.ts'
import { emit, emitJump, newBlock, useBlock } from './emit.ts'
import { checkForbiddenName, syntaxError } from './errors.ts'
import type { Unit } from './state.ts'

/** The state of one `case`, or of one alternative of a `|` pattern. */
export class PatternContext {
  /** Names captured so far; their values wait on the stack until the whole pattern has matched. */
  readonly stores: string[] = []
  /** Whether a pattern that always matches may stand here. */
  allowIrrefutable: boolean
  /** Where to jump on failure: `failPop[i]` pops `i` items and falls through to the one before it. */
  failPop: BasicBlock[] = []
  /** Items on top of the stack that must stay there; captures go below them. */
  onTop = 0

  constructor(allowIrrefutable: boolean) {
    this.allowIrrefutable = allowIrrefutable
  }
}

/** Makes sure that there is a place to jump to that pops so many items. */
export function ensureFailPop(u: Unit, pc: PatternContext, pops: number): BasicBlock {
  while (pc.failPop.length <= pops) pc.failPop.push(newBlock(u))
  return pc.failPop[pops]!
}

/** Jumps, by an opcode, to where all that the pattern has on the stack is popped. */
export function jumpToFailPop(u: Unit, pc: PatternContext, opcode: number): void {
  emitJump(u, opcode, ensureFailPop(u, pc, pc.onTop + pc.stores.length))
}

/** Puts the places that failures jump to into the code. */
export function emitFailPop(u: Unit, pc: PatternContext): void {
  const blocks = pc.failPop
  for (let i = blocks.length - 1; i >= 0; i--) {
    useBlock(u, blocks[i]!)
    if (i > 0) emit(u, op.POP_TOP)
  }
  pc.failPop = []
}

/**
 * The most instructions that rotations in one code block may take: their number grows with the square of the number of
 * captures, and what memory allows is not for the host to find out by ending the process.
 */
const MAX_ROTATIONS = 2 ** 23

/** Moves the top of the stack below the `count - 1` items under it. Throws PyError `MemoryError` for an absurd pattern. */
export function rotate(u: Unit, count: number): void {
  u.rotations += count - 1
  if (u.rotations > MAX_ROTATIONS) throw new PyError('MemoryError', '')
  for (let i = count; i > 1; i--) emit(u, op.SWAP, i)
}

/** Captures the top of the stack under a name, or drops it for `_`. */
export function storeCapture(u: Unit, pc: PatternContext, name: string | null): void {
  if (name === null) {
    emit(u, op.POP_TOP)
    return
  }
  checkForbiddenName(u, name, 'Store')
  checkNotStored(u, pc, name)
  rotate(u, pc.onTop + pc.stores.length + 1)
  pc.stores.push(name)
}

/** Throws PySyntaxError for a name that the pattern has captured before. */
export function checkNotStored(u: Unit, pc: PatternContext, name: string): void {
  if (pc.stores.includes(name)) throw syntaxError(u, `multiple assignments to name '${name}' in pattern`)
}
