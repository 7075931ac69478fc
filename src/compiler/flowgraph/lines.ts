import { KW_NAMES, LOAD_CONST, RETURN_VALUE } from '../../bytecode/opcodes.ts'
import { BasicBlock, type Instr } from '../cfg.ts'
import { cloneInstr, copyLocation, endsWithJump, isExitWithoutLine, lastInstr } from './blocks.ts'

function copyBlock(block: BasicBlock): BasicBlock {
  const copy = new BasicBlock()
  for (let i = 0; i < block.instrs.length; i++) copy.instrs.push(cloneInstr(block.instrs[i]!))
  copy.exit = block.exit
  copy.nofallthrough = true
  copy.hasBlockPush = block.hasBlockPush
  copy.hasNops = block.hasNops
  return copy
}

/**
 * PEP 626 wants a line for every exit: gives each jump to an exit block without a line its own copy of that block,
 * with the jump's line, and lets the others take the line of what they follow. New blocks are added to `blocks`.
 */
export function duplicateExits(blocks: BasicBlock[]): void {
  for (let i = blocks.length - 1; i >= 0; i--) {
    const block = blocks[i]!
    if (!endsWithJump(block)) continue
    const jump = lastInstr(block)
    const target = jump.target!
    if (target.predecessors <= 1 || !isExitWithoutLine(target)) continue
    const copy = copyBlock(target)
    blocks.push(copy)
    copyLocation(jump, copy.instrs[0]!)
    jump.target = copy
    target.predecessors--
    copy.predecessors = 1
    copy.next = target.next
    target.next = copy
  }
  for (let i = blocks.length - 1; i >= 0; i--) {
    const block = blocks[i]!
    while (block.next !== null && block.next.instrs.length === 0) block.next = block.next.next
  }
  for (let i = blocks.length - 1; i >= 0; i--) {
    const block = blocks[i]!
    const next = block.next
    if (block.nofallthrough || next === null || block.instrs.length === 0 || !isExitWithoutLine(next)) continue
    copyLocation(lastInstr(block), next.instrs[0]!)
  }
}

/**
 * Gives instructions without a line that of the instruction before them, also across the border of a block that has
 * a single predecessor. Returns the highest index of a constant in use, at least 0.
 */
export function propagateLines(entry: BasicBlock): number {
  let maxConst = 0
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    const instrs = block.instrs
    if (instrs.length === 0) continue
    let prev: Instr | null = null
    for (let i = 0; i < instrs.length; i++) {
      const instr = instrs[i]!
      if (instr.lineno >= 0) prev = instr
      else if (prev !== null) copyLocation(prev, instr)
      else clearLocation(instr)
      if ((instr.opcode === LOAD_CONST || instr.opcode === KW_NAMES) && instr.oparg > maxConst) maxConst = instr.oparg
    }
    if (prev === null) continue
    if (!block.nofallthrough && block.next!.predecessors === 1) inheritLine(block.next!, prev)
    if (endsWithJump(block) && lastInstr(block).target!.predecessors === 1) {
      inheritLine(lastInstr(block).target!, prev)
    }
  }
  return maxConst
}

/** An instruction may have columns without a line; none may come to light when it is given a line later. */
function clearLocation(instr: Instr): void {
  instr.lineno = -1
  instr.end_lineno = -1
  instr.col_offset = -1
  instr.end_col_offset = -1
}

function inheritLine(block: BasicBlock, from: Instr): void {
  const first = block.instrs[0]!
  if (first.lineno < 0) copyLocation(from, first)
}

/** Gives every return that is left without a line that of the code before it: not always right, but some line. */
export function guaranteeExitLines(entry: BasicBlock, firstlineno: number): void {
  let lineno = firstlineno
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    if (block.instrs.length === 0) continue
    const last = lastInstr(block)
    if (last.lineno >= 0) lineno = last.lineno
    else if (last.opcode === RETURN_VALUE) {
      for (let i = 0; i < block.instrs.length; i++) block.instrs[i]!.lineno = lineno
    }
  }
}
