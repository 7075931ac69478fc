import { JUMP, NOP } from '../../bytecode/opcodes.ts'
import type { BasicBlock } from '../cfg.ts'
import { cloneInstr, lastInstr, skipEmpty } from './blocks.ts'
import { ENDS_FLOW, EXITS, JUMPS, PUSHES_BLOCK, traits } from './traits.ts'

/** Exit blocks up to this many instructions are copied to where a jump leads to them. */
const MAX_COPY_SIZE = 4

/**
 * Marks a block as code generation left it: whether it is an exit and whether control falls out of its end. A jump at
 * its end is made to lead to a block with instructions. (CPython's `normalize_basic_block`; jumps and exits end their
 * block from the start, so one look at the last instruction is enough.)
 */
export function normalizeBlock(block: BasicBlock): void {
  if (block.instrs.length === 0) return
  const last = lastInstr(block)
  const bits = traits[last.opcode]!
  if ((bits & EXITS) !== 0) block.exit = true
  if ((bits & ENDS_FLOW) !== 0) block.nofallthrough = true
  if ((bits & JUMPS) !== 0) last.target = skipEmpty(last.target!)
}

function hasLine(block: BasicBlock): boolean {
  const instrs = block.instrs
  for (let i = 0; i < instrs.length; i++) if (instrs[i]!.lineno > 0) return true
  return false
}

/**
 * Replaces an unconditional jump to a small exit block without lines (an implicit `return None`) by a copy of that
 * block.
 */
export function extendBlock(block: BasicBlock): void {
  if (block.instrs.length === 0) return
  const last = lastInstr(block)
  if (last.opcode !== JUMP) return
  const target = last.target!
  if (!target.exit || target.instrs.length > MAX_COPY_SIZE || hasLine(target)) return
  last.opcode = NOP
  block.hasNops = true
  const copied = target.instrs
  for (let i = 0; i < copied.length; i++) {
    const instr = copied[i]!
    if ((traits[instr.opcode]! & PUSHES_BLOCK) !== 0) block.hasBlockPush = true
    block.instrs.push(cloneInstr(instr))
  }
  block.exit = true
}
