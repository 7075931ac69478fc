import * as op from '../../bytecode/opcodes.ts'
import type { BasicBlock, Instr } from '../cfg.ts'
import { cleanBlock, endsWithJump, lastInstr } from './blocks.ts'
import { instrSize } from './traits.ts'

/** Removes the last needless `NOP`s and chooses the direction of every jump. The order of the blocks is final now. */
export function normalizeJumps(entry: BasicBlock): void {
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    cleanBlock(block)
    block.visited = false
  }
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    block.visited = true
    if (!endsWithJump(block)) continue
    const jump = lastInstr(block)
    jump.opcode = directed(jump, !jump.target!.visited)
  }
}

function directed(jump: Instr, forward: boolean): number {
  switch (jump.opcode) {
    case op.JUMP:
      return forward ? op.JUMP_FORWARD : op.JUMP_BACKWARD
    case op.JUMP_NO_INTERRUPT:
      return forward ? op.JUMP_FORWARD : op.JUMP_BACKWARD_NO_INTERRUPT
    case op.POP_JUMP_IF_NOT_NONE:
      return forward ? op.POP_JUMP_FORWARD_IF_NOT_NONE : op.POP_JUMP_BACKWARD_IF_NOT_NONE
    case op.POP_JUMP_IF_NONE:
      return forward ? op.POP_JUMP_FORWARD_IF_NONE : op.POP_JUMP_BACKWARD_IF_NONE
    case op.POP_JUMP_IF_FALSE:
      return forward ? op.POP_JUMP_FORWARD_IF_FALSE : op.POP_JUMP_BACKWARD_IF_FALSE
    case op.POP_JUMP_IF_TRUE:
      return forward ? op.POP_JUMP_FORWARD_IF_TRUE : op.POP_JUMP_BACKWARD_IF_TRUE
    default:
      return jump.opcode
  }
}

/**
 * Computes the offsets of the blocks and the arguments of the jumps. A distance of more than 255 needs an
 * `EXTENDED_ARG`, which moves what is behind it: so the work is repeated until no jump changes its size. Returns the
 * length of the code in code units.
 */
export function resolveJumps(entry: BasicBlock): number {
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    const instrs = block.instrs
    let size = 0
    for (let i = 0; i < instrs.length; i++) size += instrSize(instrs[i]!.opcode, instrs[i]!.oparg)
    block.size = size
  }
  for (;;) {
    const total = layOut(entry)
    let changed = false
    for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
      if (endsWithJump(block) && resolveJump(block, lastInstr(block))) changed = true
    }
    if (!changed) return total
  }
}

/** Sets the offsets of the blocks; returns the length of the code. */
function layOut(entry: BasicBlock): number {
  let offset = 0
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    block.offset = offset
    offset += block.size
  }
  return offset
}

/** Sets a jump's argument; whether its size, and with it that of its block, changed. */
function resolveJump(block: BasicBlock, jump: Instr): boolean {
  // Distances count from behind the jump as it was when the offsets were computed.
  const from = block.offset + block.size
  const before = instrSize(jump.opcode, jump.oparg)
  const to = jump.target!.offset
  jump.oparg = to < from ? from - to : to - from
  const after = instrSize(jump.opcode, jump.oparg)
  block.size += after - before
  return after !== before
}
