import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..')
const examples = join(root, 'examples')
const command = join(root, 'dist/cli.js')

/** Without what the user has set for Python. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PYTHON')))

for (const name of readdirSync(examples).filter((file) => file.endsWith('.py'))) {
  test(`examples/${name} prints what CPython prints`, () => {
    const expected = join(examples, name.replace(/\.py$/, '.out'))
    assert.ok(existsSync(expected), `${expected} is missing`)
    const options = { encoding: 'utf8', timeout: 60_000, env, cwd: examples } as const
    const { stdout, stderr, status } = spawnSync(process.execPath, [command, '-B', name], options)
    assert.equal(stderr, '')
    assert.equal(stdout, readFileSync(expected, 'utf8'))
    assert.equal(status, 0)
  })
}
