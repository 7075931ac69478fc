import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

/** V8 never optimises a function of more than 61,440 bytes of its bytecode; the loop must stay well below. */
const LOOP_MAX = 40_000

/** V8's bytecode of the loop, as V8 prints it: into a file, since it loses what a pipe does not take at once. */
function loopBytecode(): string {
  const script = join(import.meta.dirname, 'loop_once.fixture.ts')
  const flags = ['--print-bytecode', '--print-bytecode-filter=runLoop', '--import', 'tsx']
  const folder = mkdtempSync(join(tmpdir(), 'taipan-'))
  const file = join(folder, 'bytecode')
  const output = openSync(file, 'w')
  try {
    spawnSync(process.execPath, [...flags, script], { stdio: ['ignore', output, 'inherit'] })
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(output)
    rmSync(folder, { recursive: true })
  }
}

const bytecode = loopBytecode()

test('the loop is small enough for the optimising compiler', () => {
  const match = /Bytecode length: (\d+)/.exec(bytecode)
  assert.ok(match, 'V8 printed no bytecode of runLoop')
  const size = Number(match[1])
  assert.ok(size > 5_000, `runLoop has only ${size} bytes: is it the loop?`)
  assert.ok(size < LOOP_MAX, `runLoop has ${size} bytes of bytecode`)
})

test('the loop goes to its opcodes through a jump table', () => {
  const targets = [...bytecode.matchAll(/SwitchOnSmiNoFeedback [^{]*\{([^}]*)\}/g)].map(
    ([, list]) => list!.split(',').length,
  )
  assert.ok(
    Math.max(0, ...targets) > 100,
    `V8 compares one after the other: its largest table has ${Math.max(0, ...targets)}`,
  )
})
