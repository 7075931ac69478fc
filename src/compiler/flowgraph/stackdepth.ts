import { hasVaryingEffect, OPCODE_LIMIT, stackEffect } from '../../bytecode/opcode_table.ts'
import type { BasicBlock } from '../cfg.ts'
import { ENDS_FLOW, JUMPS, PUSHES_BLOCK, traits } from './traits.ts'

/** No effect is that large; it marks one that depends on the argument in another way than by `factors` and `masks`. */
const VARIES = 127

/*
 * Effects of falling through: `effects[opcode] + factors[opcode] * (oparg & masks[opcode])`. To compute them from tables
 * is what makes the pass fast.
 */
const effects = new Int8Array(OPCODE_LIMIT)
const factors = new Int8Array(OPCODE_LIMIT)
const masks = new Int32Array(OPCODE_LIMIT)
const SAMPLES = [1, 2, 3, 4, 5, 8, 16, 255, 256, 65537]
for (let opcode = 0; opcode < OPCODE_LIMIT; opcode++) {
  const effect = stackEffect(opcode, 0, false)
  if (!hasVaryingEffect(opcode)) {
    effects[opcode] = effect
    continue
  }
  const factor = stackEffect(opcode, 1, false) - effect
  // The whole argument, or its lowest bit as for LOAD_GLOBAL.
  const mask = [-1, 1].find((bits) =>
    SAMPLES.every((n) => stackEffect(opcode, n, false) === effect + factor * (n & bits)),
  )
  effects[opcode] = mask === undefined ? VARIES : effect
  factors[opcode] = mask === undefined ? 0 : factor
  masks[opcode] = mask ?? 0
}

/** CPython does not look again at a block that is entered this deep. */
const DEEP = 100

function enter(stack: BasicBlock[], block: BasicBlock, depth: number): void {
  if (block.startdepth >= depth || block.startdepth >= DEEP) return
  block.startdepth = depth | 0
  stack.push(block)
}

/**
 * The largest depth that the stack reaches, and in each block its depth at the start. Loops are taken to leave the
 * depth as it is.
 *
 * @param depth the depth at the start: 1 in a generator or coroutine, else 0
 */
export function computeStackDepth(entry: BasicBlock, depth: number): number {
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) block.startdepth = -1
  let max = 0
  const stack: BasicBlock[] = []
  enter(stack, entry, depth)
  while (stack.length !== 0) {
    const block = stack.pop()!
    const instrs = block.instrs
    depth = block.startdepth
    let next = block.next
    for (let i = 0; i < instrs.length; i++) {
      const instr = instrs[i]!
      const opcode = instr.opcode
      let effect = effects[opcode]!
      if (effect === VARIES) effect = stackEffect(opcode, instr.oparg, false)
      else effect += factors[opcode]! * (instr.oparg & masks[opcode]!)
      const bits = traits[opcode]!
      if ((bits & (JUMPS | PUSHES_BLOCK)) !== 0) {
        const there = depth + stackEffect(opcode, instr.oparg, true)
        if (there > max) max = there
        enter(stack, instr.target!, there)
      }
      depth += effect
      if (depth > max) max = depth
      if ((bits & ENDS_FLOW) !== 0) {
        next = null
        break
      }
    }
    if (next !== null) enter(stack, next, depth)
  }
  return max
}
