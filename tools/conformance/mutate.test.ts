import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mutateBytes, mutateSource, random, topStatements } from './mutate.ts'

test('the same seed gives the same damage', () => {
  const source = 'def f(a, b):\n    return a + b\n'
  const run = (seed: number) => {
    const rng = random(seed)
    return Array.from({ length: 50 }, () => mutateSource(source, rng))
  }
  assert.deepEqual(run(7), run(7))
  assert.notDeepEqual(run(7), run(8))
  assert.ok(run(7).filter((text) => text !== source).length > 40)
})

test('bytes are damaged without touching the original', () => {
  const data = new Uint8Array(64).fill(1)
  const rng = random(1)
  const changed = Array.from({ length: 50 }, () => mutateBytes(data, rng))
  assert.ok(changed.filter((bytes) => bytes.length !== 64 || bytes.some((b) => b !== 1)).length > 40)
  assert.ok(data.every((b) => b === 1))
})

test('statements keep their bodies and their decorators', () => {
  const source = 'import a\n@b\ndef f():\n    pass\nif x:\n    y\nelse:\n    z\n'
  assert.deepEqual(topStatements(source), ['import a\n', '@b\ndef f():\n    pass\n', 'if x:\n    y\nelse:\n    z\n\n'])
})
