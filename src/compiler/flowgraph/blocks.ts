import { NOP } from '../../bytecode/opcodes.ts'
import { type BasicBlock, Instr } from '../cfg.ts'
import { JUMPS, traits } from './traits.ts'

/** The last instruction of a block that has one. */
export function lastInstr(block: BasicBlock): Instr {
  return block.instrs[block.instrs.length - 1]!
}

/** Whether a block ends with a jump. */
export function endsWithJump(block: BasicBlock): boolean {
  return block.instrs.length !== 0 && (traits[lastInstr(block).opcode]! & JUMPS) !== 0
}

/** The block itself, or the first one behind it that has instructions. */
export function skipEmpty(block: BasicBlock): BasicBlock {
  while (block.instrs.length === 0) block = block.next!
  return block
}

export function cloneInstr(instr: Instr): Instr {
  return new Instr(
    instr.opcode,
    instr.oparg,
    instr.target,
    instr.lineno,
    instr.end_lineno,
    instr.col_offset,
    instr.end_col_offset,
  )
}

export function copyLocation(from: Instr, to: Instr): void {
  to.lineno = from.lineno
  to.end_lineno = from.end_lineno
  to.col_offset = from.col_offset
  to.end_col_offset = from.end_col_offset
}

/** Whether an exit block has no line of its own, so that it must get that of whatever leads to it. */
export function isExitWithoutLine(block: BasicBlock): boolean {
  if (!block.exit) return false
  const instrs = block.instrs
  for (let i = 0; i < instrs.length; i++) if (instrs[i]!.lineno >= 0) return false
  return true
}

/**
 * Removes the `NOP`s of a block that no line needs: those without a line, and those whose line an instruction before
 * or behind them has as well. An instruction without a line takes over that of the `NOP` before it.
 */
export function cleanBlock(block: BasicBlock): void {
  if (!block.hasNops) return
  block.hasNops = false
  const instrs = block.instrs
  const count = instrs.length
  let dest = 0
  while (dest < count && instrs[dest]!.opcode !== NOP) dest++
  if (dest === count) return
  let prevLine = dest === 0 ? -1 : instrs[dest - 1]!.lineno
  for (let src = dest; src < count; src++) {
    const instr = instrs[src]!
    if (instr.opcode === NOP) {
      if (isRemovable(block, src, instr, prevLine)) continue
      block.hasNops = true
    }
    // A block without removable NOPs keeps its array as it is.
    if (dest !== src) instrs[dest] = instr
    dest++
    prevLine = instr.lineno
  }
  if (dest !== count) instrs.length = dest
}

function isRemovable(block: BasicBlock, index: number, nop: Instr, prevLine: number): boolean {
  const line = nop.lineno
  if (line < 0 || line === prevLine) return true
  const instrs = block.instrs
  if (index < instrs.length - 1) {
    const next = instrs[index + 1]!
    if (next.lineno === line) return true
    if (next.lineno >= 0) return false
    copyLocation(nop, next)
    return true
  }
  let next = block.next
  while (next !== null && next.instrs.length === 0) next = next.next
  return next !== null && next.instrs[0]!.lineno === line
}

/**
 * Unlinks blocks without instructions, and makes jumps that lead to one lead to the next block instead. A last block
 * stays even when it is empty.
 */
export function removeEmptyBlocks(entry: BasicBlock): void {
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    let next: BasicBlock | null = block.next
    if (next === null) continue
    while (next.instrs.length === 0 && next.next !== null) next = next.next
    block.next = next
  }
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    if (!endsWithJump(block)) continue
    const jump = lastInstr(block)
    jump.target = skipEmpty(jump.target!)
  }
}
