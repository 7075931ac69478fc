import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CodeConstant } from '../../bytecode/code.ts'
import { opcodeName } from '../../bytecode/opcode_table.ts'
import * as op from '../../bytecode/opcodes.ts'
import { BasicBlock, Instr } from '../cfg.ts'
import { ConstantPool } from '../const_cache.ts'
import { cleanBlock, removeEmptyBlocks } from './blocks.ts'
import { resolveHandlers } from './handlers.ts'
import { normalizeJumps, resolveJumps } from './jumps.ts'
import { duplicateExits, guaranteeExitLines, propagateLines } from './lines.ts'
import { extendBlock, normalizeBlock } from './normalize.ts'
import { optimizeFlowGraph } from './optimize.ts'
import { computeStackDepth } from './stackdepth.ts'
import { applySwaps, shortenSwaps } from './swaps.ts'
import { instrSize } from './traits.ts'

function instr(opcode: number, oparg = 0, lineno = 1, target: BasicBlock | null = null): Instr {
  return new Instr(opcode, oparg, target, lineno, lineno, 0, 1)
}

function block(...instrs: Instr[]): BasicBlock {
  const made = new BasicBlock()
  made.instrs.push(...instrs)
  made.hasNops = instrs.some(({ opcode }) => opcode === op.NOP)
  return made
}

/** Puts blocks one behind the other, as code generation leaves them. */
function chain(...blocks: BasicBlock[]): BasicBlock {
  for (let i = 1; i < blocks.length; i++) blocks[i - 1]!.next = blocks[i]!
  for (const made of blocks) normalizeBlock(made)
  return blocks[0]!
}

function show(made: BasicBlock): string[] {
  return made.instrs.map((i) => `${opcodeName(i.opcode)} ${i.oparg} @${i.lineno}`)
}

/** What swaps and stores do to a stack whose items are numbers, the top last: its rest, and the locals. */
function run(instrs: readonly Instr[], size: number): unknown {
  const stack = Array.from({ length: size }, (_, i) => i)
  const locals: Record<number, number> = {}
  for (const { opcode, oparg } of instrs) {
    if (opcode === op.SWAP) {
      const top = stack.length - 1
      ;[stack[top], stack[top + 1 - oparg]] = [stack[top + 1 - oparg]!, stack[top]!]
    } else if (opcode === op.STORE_FAST) locals[oparg] = stack.pop()!
    else if (opcode === op.POP_TOP) stack.pop()
  }
  return { stack, locals }
}

test('runs of swaps are shortened without changing what they do', () => {
  let seed = 7
  const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below
  for (let round = 0; round < 300; round++) {
    const instrs = Array.from({ length: 1 + random(6) }, () => instr(op.SWAP, 2 + random(4)))
    instrs.push(...Array.from({ length: random(6) }, () => instr(op.STORE_FAST, random(4))))
    const expected = run(instrs, 8)
    const swaps = instrs.filter((i) => i.opcode === op.SWAP).length
    const last = shortenSwaps(instrs, 0)
    assert.deepEqual(run(instrs, 8), expected)
    assert.ok(instrs.filter((i) => i.opcode === op.SWAP).length <= swaps)
    applySwaps(instrs, last)
    assert.deepEqual(run(instrs, 8), expected)
  }
})

test('two stores to one local do not change places', () => {
  const stores = [instr(op.SWAP, 2), instr(op.STORE_FAST, 1), instr(op.STORE_FAST, 1)]
  applySwaps(stores, 0)
  assert.equal(stores[0]!.opcode, op.SWAP)
  const between = [op.STORE_FAST, op.STORE_FAST, op.STORE_FAST].map((opcode, i) => instr(opcode, i % 2))
  applySwaps([instr(op.SWAP, 3), ...between], 0)
  assert.deepEqual(
    between.map((i) => i.oparg),
    [0, 1, 0],
  )
  const lines = [instr(op.SWAP, 2), instr(op.STORE_FAST, 1, 1), instr(op.STORE_FAST, 2, 2)]
  applySwaps(lines, 0)
  assert.equal(lines[0]!.opcode, op.SWAP, 'a tracer sees the lines')
})

test('only NOPs that hold a line of their own stay', () => {
  const made = block(
    instr(op.NOP, 0, -1),
    instr(op.NOP, 0, 1),
    instr(op.POP_TOP, 0, 1),
    instr(op.NOP, 0, 1),
    instr(op.NOP, 0, 2),
    instr(op.NOP, 0, 3),
    instr(op.POP_TOP, 0, -1),
    instr(op.NOP, 0, 4),
  )
  made.next = block()
  made.next.next = block(instr(op.POP_TOP, 0, 4))
  cleanBlock(made)
  assert.deepEqual(show(made), ['POP_TOP 0 @1', 'NOP 0 @2', 'POP_TOP 0 @3'])
})

test('empty blocks are unlinked, jumps to them go on', () => {
  const end = block(instr(op.RETURN_VALUE))
  const empty = block()
  const jump = instr(op.POP_JUMP_IF_TRUE, 0, 1, empty)
  const entry = block(jump)
  entry.next = empty
  empty.next = end
  removeEmptyBlocks(entry)
  assert.equal(entry.next, end)
  assert.equal(jump.target, end)
})

test('a jump to a small exit without lines becomes that exit', () => {
  const exit = () => block(instr(op.LOAD_CONST, 0, -1), instr(op.RETURN_VALUE, 0, -1))
  const end = exit()
  const entry = chain(block(instr(op.JUMP, 0, 5, end)), end)
  extendBlock(entry)
  assert.deepEqual(show(entry), ['NOP 0 @5', 'LOAD_CONST 0 @-1', 'RETURN_VALUE 0 @-1'])
  assert.notEqual(entry.instrs[1], end.instrs[0], 'instructions are not shared')
  const lined = exit()
  lined.instrs[1]!.lineno = 3
  const other = chain(block(instr(op.JUMP, 0, 5, lined)), lined)
  extendBlock(other)
  assert.deepEqual(show(other), ['JUMP 0 @5'])
})

test('what cannot be reached is removed, and with it jumps over it', () => {
  const end = block(instr(op.RETURN_VALUE, 0, 4))
  const dead = block(instr(op.POP_TOP, 0, 3))
  const entry = block(instr(op.LOAD_CONST, 0, 1), instr(op.LOAD_CONST, 0, 1), instr(op.POP_JUMP_IF_FALSE, 0, 1, end))
  chain(entry, dead, end)
  const consts: CodeConstant[] = [false]
  optimizeFlowGraph(entry, [entry, dead, end], consts, new ConstantPool())
  assert.deepEqual(show(entry), ['LOAD_CONST 0 @1', 'NOP 0 @1'])
  assert.equal(entry.next, end)
})

test('exits that several jumps share get the line of each', () => {
  const end = block(instr(op.LOAD_CONST, 0, -1), instr(op.RETURN_VALUE, 0, -1))
  const second = block(instr(op.LOAD_FAST, 0, 2), instr(op.POP_JUMP_IF_TRUE, 0, 2, end))
  const entry = block(instr(op.LOAD_FAST, 0, 1), instr(op.POP_JUMP_IF_TRUE, 0, 1, end))
  const blocks = [entry, end, second]
  chain(entry, second, end)
  end.predecessors = 3
  second.predecessors = 1
  duplicateExits(blocks)
  assert.equal(blocks.length, 5)
  assert.equal(propagateLines(entry), 0)
  guaranteeExitLines(entry, 1)
  assert.deepEqual(show(end), ['LOAD_CONST 0 @2', 'RETURN_VALUE 0 @2'])
  assert.deepEqual(show(entry.instrs[1]!.target!), ['LOAD_CONST 0 @1', 'RETURN_VALUE 0 @1'])
  assert.notEqual(entry.instrs[1]!.target, second.instrs[1]!.target)
})

test('the depth of the stack is that of the deepest way', () => {
  const handler = block(instr(op.POP_TOP), instr(op.RERAISE, 0))
  const body = block(instr(op.LOAD_FAST), instr(op.LOAD_FAST), instr(op.BUILD_TUPLE, 2), instr(op.RETURN_VALUE))
  const entry = block(instr(op.LOAD_FAST), instr(op.SETUP_WITH, 0, 1, handler))
  chain(entry, body, handler)
  assert.equal(computeStackDepth(entry, 0), 3)
  assert.equal(body.startdepth, 1)
  assert.equal(handler.startdepth, 2)
  assert.equal(computeStackDepth(entry, 1), 4)
})

test('handlers reach from where they are opened to where they are closed', () => {
  const handler = block(instr(op.RERAISE, 0, 3))
  const body = block(instr(op.POP_TOP, 0, 2), instr(op.POP_BLOCK, 0, 2), instr(op.RETURN_VALUE, 0, 2))
  const entry = block(instr(op.NOP, 0, 1), instr(op.SETUP_CLEANUP, 0, 1, handler))
  chain(entry, body, handler)
  resolveHandlers(entry)
  assert.deepEqual(
    body.instrs.map((i) => [opcodeName(i.opcode), i.except === handler]),
    [
      ['POP_TOP', true],
      ['NOP', false],
      ['RETURN_VALUE', false],
    ],
  )
  assert.equal(entry.instrs[1]!.opcode, op.NOP)
  assert.equal(handler.preserveLasti, true)
})

test('jumps that grow make others grow', () => {
  // Over 254 units and two jumps: the inner jump needs an EXTENDED_ARG, and through it the outer one.
  const fill = Array.from({ length: 254 }, () => instr(op.POP_TOP))
  const end = block(instr(op.RETURN_VALUE))
  const inner = block(instr(op.POP_JUMP_IF_TRUE, 0, 1, end))
  const entry = block(instr(op.POP_JUMP_IF_TRUE, 0, 1, end))
  const body = block(...fill)
  const back = block(instr(op.POP_JUMP_IF_FALSE, 0, 1, entry))
  chain(entry, inner, body, back, end)
  normalizeJumps(entry)
  const size = resolveJumps(entry)
  const total = [entry, inner, body, back, end]
    .flatMap((b) => b.instrs)
    .reduce((n, i) => n + instrSize(i.opcode, i.oparg), 0)
  assert.equal(size, total)
  assert.deepEqual(show(back), ['POP_JUMP_BACKWARD_IF_FALSE 260 @1'])
  assert.deepEqual(show(inner), ['POP_JUMP_FORWARD_IF_TRUE 256 @1'])
  assert.deepEqual(show(entry), ['POP_JUMP_FORWARD_IF_TRUE 258 @1'])
  assert.equal(end.offset, 260)
})
