import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../../base/errors.ts'
import { SWAP } from '../../bytecode/opcodes.ts'
import { SymbolTableEntry } from '../../symbols/entry.ts'
import { rotate } from './pattern_context.ts'
import { type Compilation, Unit } from './state.ts'

function unit(): Unit {
  const none = new Map<string, number>()
  const ste = new SymbolTableEntry('module', 'top', 0, 0, 0, 0)
  return new Unit({} as Compilation, null, ste, '<module>', 'module', 1, [], none, none)
}

test('a rotation moves the top down by swaps', () => {
  const u = unit()
  rotate(u, 3)
  const emitted = u.curblock.instrs.map(({ opcode, oparg }) => [opcode, oparg])
  assert.deepEqual(emitted, [
    [SWAP, 3],
    [SWAP, 2],
  ])
})

test('rotations that would fill the memory are a MemoryError before they are made', () => {
  const u = unit()
  rotate(u, 10)
  assert.throws(
    () => rotate(u, 2 ** 23),
    (error) => error instanceof PyError && error.type === 'MemoryError',
  )
  assert.equal(u.curblock.instrs.length, 9)
})
