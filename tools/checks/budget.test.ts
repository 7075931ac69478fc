import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { budgetBreaches } from './budget.ts'

function folder(lines: number): string {
  const root = mkdtempSync(join(tmpdir(), 'budget-'))
  writeFileSync(join(root, 'a.ts'), '// line\n'.repeat(lines))
  return root
}

test('a file of 700 lines is in its budget, one of 701 is not', () => {
  assert.deepEqual(budgetBreaches(folder(700), {}), [])
  assert.deepEqual(budgetBreaches(folder(701), {}), ['a.ts: 701 lines, the budget is 700'])
})

test('an exception covers its file and may not outlive its need', () => {
  assert.deepEqual(budgetBreaches(folder(701), { 'a.ts': 'a table' }), [])
  assert.deepEqual(budgetBreaches(folder(1), { 'a.ts': 'a table' }), [
    'a.ts: is on the list of exceptions without need',
  ])
})
