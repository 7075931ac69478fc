import { NOP, POP_TOP, STORE_FAST, SWAP } from '../../bytecode/opcodes.ts'
import type { Instr } from '../cfg.ts'

const PLACED = -1

/**
 * Replaces the run of `SWAP`s and `NOP`s that starts at `start` by the shortest one with the same effect, at its end
 * with `NOP`s before it. Returns the index of the last instruction of the run, or `start` where there is but one
 * `SWAP`.
 */
export function shortenSwaps(instrs: Instr[], start: number): number {
  let depth = instrs[start]!.oparg
  let end = start + 1
  let several = false
  for (; end < instrs.length; end++) {
    const instr = instrs[end]!
    if (instr.opcode === SWAP) {
      if (instr.oparg > depth) depth = instr.oparg
      several = true
    } else if (instr.opcode !== NOP) break
  }
  if (!several) return start
  writeCycles(instrs, start, end - 1, permutation(instrs, start, end, depth))
  return end - 1
}

/** Which item, counted from the top, a run of swaps brings to each place. */
function permutation(instrs: Instr[], start: number, end: number, depth: number): number[] {
  const items: number[] = []
  for (let i = 0; i < depth; i++) items.push(i)
  for (let i = start; i < end; i++) {
    const instr = instrs[i]!
    if (instr.opcode !== SWAP) continue
    const top = items[0]!
    items[0] = items[instr.oparg - 1]!
    items[instr.oparg - 1] = top
  }
  return items
}

/**
 * Writes swaps that bring about a permutation, last one first: a cycle that the top takes part in needs one swap
 * fewer than it has items, any other one swap more. Marks the items in `items` as it goes.
 */
function writeCycles(instrs: Instr[], start: number, last: number, items: number[]): void {
  let at = last
  for (let first = 0; first < items.length; first++) {
    if (items[first] === PLACED || items[first] === first) continue
    let place = first
    for (;;) {
      if (place !== 0) {
        const instr = instrs[at--]!
        instr.opcode = SWAP
        instr.oparg = place + 1
      }
      const item = items[place]!
      if (item === PLACED) break
      items[place] = PLACED
      place = item
    }
  }
  while (at >= start) instrs[at--]!.opcode = NOP
}

/**
 * The next instruction after `index` that does nothing but take the top of the stack away, −1 if something else than
 * a `NOP` stands before it or (unless `lineno` is −1) anything of another line, which a tracer could tell apart.
 */
function nextTaker(instrs: Instr[], index: number, lineno: number): number {
  for (let i = index + 1; i < instrs.length; i++) {
    const instr = instrs[i]!
    if (lineno >= 0 && instr.lineno !== lineno) return -1
    if (instr.opcode === NOP) continue
    return instr.opcode === STORE_FAST || instr.opcode === POP_TOP ? i : -1
  }
  return -1
}

function storedLocal(instr: Instr): number {
  return instr.opcode === STORE_FAST ? instr.oparg : -1
}

/** Whether exchanging the instructions at `j` and `k` would change which value a local ends up with. */
function storesCollide(instrs: Instr[], j: number, k: number): boolean {
  const first = storedLocal(instrs[j]!)
  const second = storedLocal(instrs[k]!)
  if (first < 0 && second < 0) return false
  if (first === second) return true
  for (let i = j + 1; i < k; i++) {
    const between = storedLocal(instrs[i]!)
    if (between >= 0 && (between === first || between === second)) return true
  }
  return false
}

/**
 * Does the work of swaps at compile time, from the one at `index` leftwards: where the items that a swap exchanges
 * are only stored or dropped behind it, the instructions that do so change places instead.
 */
export function applySwaps(instrs: Instr[], index: number): void {
  for (let i = index; i >= 0; i--) {
    const swap = instrs[i]!
    if (swap.opcode !== SWAP) {
      if (swap.opcode === NOP || swap.opcode === STORE_FAST || swap.opcode === POP_TOP) continue
      return
    }
    const j = nextTaker(instrs, i, -1)
    if (j < 0) return
    const lineno = instrs[j]!.lineno
    let k = j
    for (let count = swap.oparg - 1; count > 0; count--) {
      k = nextTaker(instrs, k, lineno)
      if (k < 0) return
    }
    if (storesCollide(instrs, j, k)) return
    swap.opcode = NOP
    const taker = instrs[j]!
    instrs[j] = instrs[k]!
    instrs[k] = taker
  }
}
