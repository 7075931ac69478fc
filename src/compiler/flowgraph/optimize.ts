import type { CodeConstant } from '../../bytecode/code.ts'
import { JUMP, JUMP_NO_INTERRUPT, NOP } from '../../bytecode/opcodes.ts'
import type { BasicBlock } from '../cfg.ts'
import type { ConstCache } from '../unit.ts'
import { cleanBlock, endsWithJump, lastInstr, removeEmptyBlocks } from './blocks.ts'
import { extendBlock } from './normalize.ts'
import { optimizeBlock } from './peephole.ts'
import { PUSHES_BLOCK, traits } from './traits.ts'

/**
 * Optimises the flow graph in place: the peephole pass, the removal of what cannot be reached, of `NOP`s and of jumps
 * to the next instruction. Leaves the number of predecessors in each block. (CPython's `optimize_cfg`.)
 *
 * @param blocks all blocks in the order in which they were made
 * @param consts `co_consts` so far; new ones are added
 */
export function optimizeFlowGraph(
  entry: BasicBlock,
  blocks: readonly BasicBlock[],
  consts: CodeConstant[],
  cache: ConstCache,
): void {
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    optimizeBlock(block, consts, cache)
    cleanBlock(block)
  }
  // CPython walks its list of blocks, which starts with the newest.
  for (let i = blocks.length - 1; i >= 0; i--) extendBlock(blocks[i]!)
  countPredecessors(entry)
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    if (block.predecessors !== 0) continue
    block.instrs.length = 0
    block.nofallthrough = false
  }
  removeEmptyBlocks(entry)
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) cleanBlock(block)
  if (removeRedundantJumps(entry)) removeEmptyBlocks(entry)
}

/** Counts, for every block that can be reached, the ways to it; handlers are reached from where they are set up. */
function countPredecessors(entry: BasicBlock): void {
  entry.predecessors = 1
  const stack: BasicBlock[] = [entry]
  while (stack.length !== 0) {
    const block = stack.pop()!
    const next = block.next
    if (next !== null && !block.nofallthrough && next.predecessors++ === 0) stack.push(next)
    if (block.hasBlockPush) {
      const instrs = block.instrs
      for (let i = 0; i < instrs.length; i++) {
        const instr = instrs[i]!
        if ((traits[instr.opcode]! & PUSHES_BLOCK) !== 0 && instr.target!.predecessors++ === 0)
          stack.push(instr.target!)
      }
    }
    if (endsWithJump(block)) {
      const target = lastInstr(block).target!
      if (target.predecessors++ === 0) stack.push(target)
    }
  }
}

function removeRedundantJumps(entry: BasicBlock): boolean {
  let removed = false
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    if (block.instrs.length === 0) continue
    const last = lastInstr(block)
    if ((last.opcode !== JUMP && last.opcode !== JUMP_NO_INTERRUPT) || last.target !== block.next) continue
    block.nofallthrough = false
    last.opcode = NOP
    block.hasNops = true
    removed = true
  }
  return removed
}
