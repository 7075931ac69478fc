import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ExceptionTableEntry, ExceptionTableWriter, parseExceptionTable } from './exceptiontable.ts'

function written(entries: readonly ExceptionTableEntry[]): Uint8Array {
  const writer = new ExceptionTableWriter()
  writer.reset()
  for (const { start, end, target, depth, lasti } of entries) writer.add(start, end, target, depth, lasti)
  return writer.finish()
}

test('an entry is four numbers in base 64, the first byte marked', () => {
  assert.deepEqual([...written([{ start: 3, end: 10, target: 70, depth: 2, lasti: true }])], [0x83, 7, 0x41, 6, 5])
  const large = written([{ start: 0x1000000, end: 0x1040000, target: 0x1000, depth: 0, lasti: false }])
  assert.deepEqual([...large], [0xc1, 0x40, 0x40, 0x40, 0, 0x41, 0x40, 0x40, 0, 0x41, 0x40, 0, 0])
})

test('what was written is read', () => {
  const entries = [1, 63, 64, 4095, 4096, 262143, 262144, 16777216, 0x3fffffff].map((n, i) => {
    return { start: n, end: n + i + 1, target: n * 2 - i, depth: i, lasti: i % 2 === 1 }
  })
  const small = entries.slice(0, -1)
  assert.deepEqual(parseExceptionTable(written(small)), small)
  const many = Array.from({ length: 500 }, (_, i) => ({ start: i, end: i + 1, target: i * 3, depth: 1, lasti: false }))
  assert.deepEqual(parseExceptionTable(written(many)), many)
})

test('an entry that is cut off is none', () => {
  const table = written([
    { start: 0, end: 1, target: 2, depth: 0, lasti: false },
    { start: 1, end: 100, target: 200, depth: 0, lasti: false },
  ])
  assert.equal(parseExceptionTable(table).length, 2)
  assert.equal(parseExceptionTable(table.subarray(0, table.length - 1)).length, 1)
  assert.deepEqual(parseExceptionTable(new Uint8Array(0)), [])
})
