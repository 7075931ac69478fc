/** Runs every `tests/python/<area>/<behaviour>.py` and compares what it prints with the recorded `.out` beside it. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { sourceFiles } from '../tools/source_files.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'tests/python')
const command = join(root, 'dist/cli.js')

/** Without what the user has set for Python. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PYTHON')))

for (const program of existsSync(folder) ? sourceFiles([folder], '.py') : []) {
  test(relative(folder, program), () => {
    const expected = program.replace(/\.py$/, '.out')
    assert.ok(existsSync(expected), 'its .out is missing: python3.11 tests/record_python.py')
    const options = { encoding: 'utf8', timeout: 60_000, env, cwd: dirname(program) } as const
    const { stdout, stderr, status } = spawnSync(process.execPath, [command, '-B', program], options)
    assert.equal(stderr, '')
    assert.equal(stdout, readFileSync(expected, 'utf8'))
    assert.equal(status, 0)
  })
}
