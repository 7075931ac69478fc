import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

/** V8 never optimises a function of more than 61,440 bytes of its bytecode; the loop must stay well below. */
const LOOP_MAX = 40_000

/** V8's bytecode of the loop, as V8 prints it. */
function loopBytecode(): string {
  const script = join(import.meta.dirname, 'loop_once.fixture.ts')
  const flags = ['--print-bytecode', '--print-bytecode-filter=runLoop', '--import', 'tsx']
  return spawnSync(process.execPath, [...flags, script], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout
}

const stdout = loopBytecode()

test('the loop is small enough for the optimising compiler', () => {
  const match = /Bytecode length: (\d+)/.exec(stdout)
  assert.ok(match, 'V8 printed no bytecode of runLoop')
  const size = Number(match[1])
  assert.ok(size > 5_000, `runLoop has only ${size} bytes: is it the loop?`)
  assert.ok(size < LOOP_MAX, `runLoop has ${size} bytes of bytecode`)
})

test('the loop goes to its opcodes through a jump table', () => {
  const targets = [...stdout.matchAll(/SwitchOnSmiNoFeedback [^{]*\{([^}]*)\}/g)].map(
    ([, list]) => list!.split(',').length,
  )
  assert.ok(
    Math.max(0, ...targets) > 100,
    `V8 compares one after the other: its largest table has ${Math.max(0, ...targets)}`,
  )
})
