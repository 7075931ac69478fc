import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashBytes, NameTable } from './names.ts'

test('thousands of names keep their numbers while the table grows', () => {
  const table = new NameTable()
  const find = (name: string) => {
    const bytes = new TextEncoder().encode(name)
    return table.find(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length))
  }
  assert.equal(find('False'), 0)
  const ids = Array.from({ length: 20000 }, (_, i) => find(`name${i}`))
  assert.equal(new Set(ids).size, 20000)
  assert.deepEqual(
    Array.from({ length: 20000 }, (_, i) => find(`name${i}`)),
    ids,
  )
  assert.equal(table.names[ids[12345]!], 'name12345')
  assert.equal(find('x\u20ac'), -1)
})

test('a name may be as long as a source', () => {
  const bytes = new TextEncoder().encode('n'.repeat(1_000_000))
  const table = new NameTable()
  const id = table.find(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length))
  assert.equal(table.names[id]?.length, 1_000_000)
})
