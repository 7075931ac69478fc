import type { CodeConstant } from '../../bytecode/code.ts'
import * as op from '../../bytecode/opcodes.ts'
import type { BasicBlock, Instr } from '../cfg.ts'
import { isTrue } from '../optimizer/truth.ts'
import { type ConstCache, mergeTuple } from '../unit.ts'
import { skipEmpty } from './blocks.ts'
import { applySwaps, shortenSwaps } from './swaps.ts'
import { JUMPS, PEEPHOLE, PUSHES_BLOCK, traits } from './traits.ts'

/**
 * Improves the instructions of one block in place, leaving `NOP`s where some fall away: CPython's
 * `optimize_basic_block`. New constants (tuples) are added to `consts`.
 */
export function optimizeBlock(block: BasicBlock, consts: CodeConstant[], cache: ConstCache): void {
  const instrs = block.instrs
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i]!
    const bits = traits[instr.opcode]!
    if ((bits & PEEPHOLE) === 0) continue
    if ((bits & (JUMPS | PUSHES_BLOCK)) !== 0) {
      if ((bits & PUSHES_BLOCK) !== 0) block.hasBlockPush = true
      instr.target = skipEmpty(instr.target!)
      // A jump that was threaded is looked at again: its new target may be a jump as well.
      if ((bits & JUMPS) !== 0) while (threadJump(instr)) instr.target = skipEmpty(instr.target!)
      continue
    }
    switch (instr.opcode) {
      case op.LOAD_CONST:
        if (i + 1 < instrs.length) foldConstantTest(block, i, consts)
        break
      case op.BUILD_TUPLE:
        buildTuple(block, i, consts, cache)
        break
      case op.NOP:
        block.hasNops = true
        break
      case op.SWAP:
        block.hasNops = true
        if (instr.oparg === 1) {
          instr.opcode = op.NOP
        } else {
          i = shortenSwaps(instrs, i)
          applySwaps(instrs, i)
        }
        break
      case op.PUSH_NULL:
        if (i + 1 < instrs.length && instrs[i + 1]!.opcode === op.LOAD_GLOBAL) {
          // Bit 0 of the argument tells LOAD_GLOBAL to push the NULL itself.
          instr.opcode = op.NOP
          instr.oparg = 0
          block.hasNops = true
          instrs[i + 1]!.oparg |= 1
        }
        break
    }
  }
}

/** Decides a test of the constant that the instruction at `i` loads, and turns `is None` tests into single jumps. */
function foldConstantTest(block: BasicBlock, i: number, consts: CodeConstant[]): void {
  const load = block.instrs[i]!
  const next = block.instrs[i + 1]!
  switch (next.opcode) {
    case op.POP_JUMP_IF_FALSE:
    case op.POP_JUMP_IF_TRUE: {
      const jumps = isTrue(consts[load.oparg]!) === (next.opcode === op.POP_JUMP_IF_TRUE)
      load.opcode = op.NOP
      block.hasNops = true
      next.opcode = jumps ? op.JUMP : op.NOP
      if (jumps) block.nofallthrough = true
      return
    }
    case op.JUMP_IF_FALSE_OR_POP:
    case op.JUMP_IF_TRUE_OR_POP: {
      const jumps = isTrue(consts[load.oparg]!) === (next.opcode === op.JUMP_IF_TRUE_OR_POP)
      block.hasNops = true
      if (jumps) block.nofallthrough = true
      else load.opcode = op.NOP
      next.opcode = jumps ? op.JUMP : op.NOP
      return
    }
    case op.IS_OP:
      foldNoneTest(block, i, consts)
  }
}

function foldNoneTest(block: BasicBlock, i: number, consts: CodeConstant[]): void {
  const instrs = block.instrs
  if (i + 2 >= instrs.length || consts[instrs[i]!.oparg] !== null) return
  const jump = instrs[i + 2]!
  if (jump.opcode !== op.POP_JUMP_IF_FALSE && jump.opcode !== op.POP_JUMP_IF_TRUE) return
  const inverted = instrs[i + 1]!.oparg !== 0
  const onFalse = jump.opcode === op.POP_JUMP_IF_FALSE
  block.hasNops = true
  instrs[i]!.opcode = op.NOP
  instrs[i + 1]!.opcode = op.NOP
  jump.opcode = inverted !== onFalse ? op.POP_JUMP_IF_NOT_NONE : op.POP_JUMP_IF_NONE
}

/** Drops a tuple that is unpacked at once, or folds one of constants. */
function buildTuple(block: BasicBlock, i: number, consts: CodeConstant[], cache: ConstCache): void {
  const instrs = block.instrs
  const build = instrs[i]!
  const count = build.oparg
  if (i + 1 < instrs.length && count >= 1 && count <= 3) {
    const next = instrs[i + 1]!
    if (next.opcode === op.UNPACK_SEQUENCE && next.oparg === count) {
      build.opcode = op.NOP
      block.hasNops = true
      next.opcode = count === 1 ? op.NOP : op.SWAP
      return
    }
  }
  if (i >= count) foldTuple(block, i, consts, cache)
}

function foldTuple(block: BasicBlock, i: number, consts: CodeConstant[], cache: ConstCache): void {
  const instrs = block.instrs
  const build = instrs[i]!
  const count = build.oparg
  for (let k = i - count; k < i; k++) if (instrs[k]!.opcode !== op.LOAD_CONST) return
  const items: CodeConstant[] = []
  block.hasNops = true
  for (let k = i - count; k < i; k++) {
    items.push(consts[instrs[k]!.oparg]!)
    instrs[k]!.opcode = op.NOP
  }
  const tuple = mergeTuple(cache, items) as CodeConstant
  let index = consts.indexOf(tuple)
  if (index < 0) index = consts.push(tuple) - 1
  build.opcode = op.LOAD_CONST
  build.oparg = index
}

/**
 * Lets a jump lead on where its target is a jump of the same line that would surely be taken, or surely not. Returns
 * whether anything changed.
 */
function threadJump(jump: Instr): boolean {
  const target = jump.target!.instrs[0]!
  const opcode = jump.opcode
  const next = target.opcode
  switch (opcode) {
    case op.JUMP:
    case op.POP_JUMP_IF_FALSE:
    case op.POP_JUMP_IF_TRUE:
    case op.POP_JUMP_IF_NONE:
    case op.POP_JUMP_IF_NOT_NONE:
      return next === op.JUMP && follow(jump, target, opcode)
    case op.JUMP_IF_FALSE_OR_POP:
      if (next === op.POP_JUMP_IF_FALSE) return follow(jump, target, next)
      if (next === op.JUMP || next === opcode) return follow(jump, target, opcode)
      return (
        (next === op.JUMP_IF_TRUE_OR_POP || next === op.POP_JUMP_IF_TRUE) && pass(jump, target, op.POP_JUMP_IF_FALSE)
      )
    case op.JUMP_IF_TRUE_OR_POP:
      if (next === op.POP_JUMP_IF_TRUE) return follow(jump, target, next)
      if (next === op.JUMP || next === opcode) return follow(jump, target, opcode)
      return (
        (next === op.JUMP_IF_FALSE_OR_POP || next === op.POP_JUMP_IF_FALSE) && pass(jump, target, op.POP_JUMP_IF_TRUE)
      )
    default:
      return false
  }
}

/** Jumps to where the target jumps. A jump to itself is left alone. */
function follow(jump: Instr, target: Instr, opcode: number): boolean {
  if (jump.lineno !== target.lineno || jump.target === target.target) return false
  jump.target = target.target
  jump.opcode = opcode
  return true
}

/** Jumps behind the target, which would not jump. */
function pass(jump: Instr, target: Instr, opcode: number): boolean {
  if (jump.lineno !== target.lineno) return false
  jump.opcode = opcode
  jump.target = jump.target!.next
  return true
}
