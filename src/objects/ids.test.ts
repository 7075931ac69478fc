import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idOf } from './ids.ts'

test('equal plain values have one id, others have other ids', () => {
  const values = [0, 1, -1, 2 ** 40, -(2 ** 40), 2 ** 40 - 1, 2n ** 60n, 'a', 'b', '', '0', true, false, {}, {}]
  const ids = values.map((value) => idOf(value))
  assert.equal(new Set(ids).size, values.length)
  assert.deepEqual(
    values.map((value) => idOf(value)),
    ids,
  )
  assert.ok(ids.every((id) => Number.isSafeInteger(id) && id > 0 && id % 16 === 0))
})

test('the ids of strings asked for lately stay, and no id is given twice', () => {
  const first = idOf('kept')
  const seen = new Set<number>([first])
  for (let i = 0; i < 300_000; i++) {
    seen.add(idOf(`string ${i}`))
    if (i % 50_000 === 0) assert.equal(idOf('kept'), first)
  }
  assert.equal(seen.size, 300_001)
})
