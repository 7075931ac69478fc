/**
 * A program is run, imported and compiled, and its `.pyc` goes from Taipan to CPython and back. What needs a CPython 3.11
 * is skipped where there is none.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const reference = 'python3.11'
const command = join(import.meta.dirname, '../dist/cli.js')
const folder = mkdtempSync(join(tmpdir(), 'taipan-'))
after(() => rmSync(folder, { recursive: true }))

/** Without what the user has set for Python. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PYTHON')))

function output(program: string, ...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000, env, cwd: folder })
  assert.equal(stderr, '')
  assert.equal(status, 0)
  return stdout
}

const taipan = (...args: readonly string[]) => output(process.execPath, command, ...args)
const cpython = (...args: readonly string[]) => output(reference, ...args)
const hasCpython = spawnSync(reference, ['-c', 'pass']).status === 0
const skip = hasCpython ? false : `there is no ${reference}`

const source = join(folder, 'greet.py')
const pyc = join(folder, '__pycache__/greet.cpython-311.pyc')
writeFileSync(source, 'def greet(name):\n    return f"Hello, {name}"\n\nprint(greet("Aryan"))\n')
// A .pyc holds the time of its source in whole seconds.
utimesSync(source, 1_700_000_000, 1_700_000_000)

test('running a program leaves nothing behind', () => {
  assert.equal(taipan('greet.py'), 'Hello, Aryan\n')
  assert.ok(!existsSync(pyc))
})

test('importing it leaves its .pyc, which runs', () => {
  assert.equal(taipan('-c', 'import greet'), 'Hello, Aryan\n')
  assert.ok(existsSync(pyc))
  assert.equal(taipan(pyc), 'Hello, Aryan\n')
})

test('compileall compiles it', () => {
  rmSync(pyc)
  assert.equal(taipan('-m', 'compileall', 'greet.py'), "Compiling 'greet.py'...\n")
  assert.ok(existsSync(pyc))
  assert.equal(taipan('-m', 'compileall', 'greet.py'), '')
})

test("CPython runs Taipan's .pyc, and would write the same", { skip }, () => {
  rmSync(pyc)
  taipan('-c', 'import greet')
  const ours = readFileSync(pyc)
  assert.equal(cpython(pyc), 'Hello, Aryan\n')
  assert.equal(cpython('-c', 'import greet'), 'Hello, Aryan\n')
  rmSync(pyc)
  cpython('-c', 'import greet')
  assert.deepEqual(readFileSync(pyc), ours)
})

test("Taipan runs CPython's .pyc, also without the source", { skip }, () => {
  rmSync(pyc, { force: true })
  cpython('-m', 'compileall', '-q', '-b', 'greet.py')
  const sourceless = join(folder, 'greet.pyc')
  assert.equal(taipan(sourceless), 'Hello, Aryan\n')
  rmSync(source)
  assert.equal(taipan('-c', 'import greet'), 'Hello, Aryan\n')
  assert.ok(!existsSync(pyc))
})
