import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CodeObject } from './code.ts'
import { codeLines, codePositions, LineTableReader, LineTableWriter, lineAtOffset } from './linetable.ts'
import { loads } from './marshal_read.ts'
import { sampleMarshal } from './sample.fixture.ts'

function codesOf(code: CodeObject): CodeObject[] {
  return [code, ...code.co_consts.filter((value) => value instanceof CodeObject).flatMap(codesOf)]
}

const sample = loads(Uint8Array.from(Buffer.from(sampleMarshal, 'base64'))) as CodeObject
const method = codesOf(sample).find((code) => code.co_name === 'method')!

test('tables of CPython are written again as they were', () => {
  const writer = new LineTableWriter()
  for (const code of codesOf(sample)) {
    writer.reset(code.co_firstlineno)
    const reader = new LineTableReader(code.co_linetable, code.co_firstlineno)
    while (reader.next()) {
      writer.add(reader.end - reader.start, reader.lineno, reader.end_lineno, reader.col_offset, reader.end_col_offset)
    }
    assert.deepEqual(writer.finish(), code.co_linetable)
  }
})

/** Recorded from `co_lines()` and `co_positions()`. */
test('lines and positions', () => {
  assert.deepEqual(
    codeLines(method)
      .slice(0, 4)
      .map((range) => [range.start, range.end, range.lineno]),
    [
      [0, 2, 14],
      [2, 4, 15],
      [4, 6, 16],
      [6, 8, 16],
    ],
  )
  const positions = codePositions(method).map((p) => [p.lineno, p.end_lineno, p.col_offset, p.end_col_offset])
  assert.deepEqual(positions.slice(0, 4), [
    [14, 14, 0, 0],
    [15, 20, 12, 32],
    [16, 16, 26, 27],
    [16, 16, 23, 43],
  ])
  assert.equal(positions.length, method.co_code.length / 2)
})

test('the line at an offset', () => {
  assert.equal(lineAtOffset(method, -1), method.co_firstlineno)
  assert.equal(lineAtOffset(method, 0), 14)
  assert.equal(lineAtOffset(method, 5), 16)
  assert.equal(lineAtOffset(method, method.co_code.length), null)
})

function bytesOf(add: (writer: LineTableWriter) => void): number[] {
  const writer = new LineTableWriter()
  writer.reset(10)
  add(writer)
  return [...writer.finish()]
}

test('each form of entry', () => {
  assert.deepEqual(
    bytesOf((w) => w.add(2, -1, -1, -1, -1)),
    [0xf9],
  )
  assert.deepEqual(
    bytesOf((w) => w.add(1, 10, 10, 13, 20)),
    [0x88, 0x57],
  )
  assert.deepEqual(
    bytesOf((w) => w.add(1, 12, 12, 100, 120)),
    [0xe0, 100, 120],
  )
  assert.deepEqual(
    bytesOf((w) => w.add(1, 7, 7, -1, -1)),
    [0xe8, 0x07],
  )
  assert.deepEqual(
    bytesOf((w) => w.add(1, 7, 9, 4, 200)),
    [0xf0, 0x07, 0x02, 0x05, 0x49, 0x03],
  )
  assert.deepEqual(
    bytesOf((w) => w.add(20, -1, -1, -1, -1)),
    [0xff, 0xff, 0xfb],
  )
})

test('a table grows, and one does not disturb another', () => {
  const writer = new LineTableWriter()
  const tables = [1, 2].map((line) => {
    writer.reset(0)
    for (let i = 0; i < 20000; i++) writer.add(1, 1000 * (i % 2) + line, 1000000, 500, 600)
    return writer.finish()
  })
  const again = bytesOf((w) => {
    w.reset(0)
    for (let i = 0; i < 20000; i++) w.add(1, 1000 * (i % 2) + 1, 1000000, 500, 600)
  })
  assert.deepEqual([...tables[0]!], again)
  assert.notDeepEqual([...tables[1]!], again)
})

test('a table that is cut off or senseless ends', () => {
  for (const table of [[0xf0], [0xf0, 0x7f, 0x7f], [0xe8], [0x80], [0x00, 0x01], [0xff, 0x40, 0x40]]) {
    for (const step of ['next', 'nextLine'] as const) {
      const reader = new LineTableReader(Uint8Array.from(table), 1)
      let count = 0
      while (reader[step]()) count++
      assert.ok(count >= 1 && count <= table.length)
    }
  }
})
