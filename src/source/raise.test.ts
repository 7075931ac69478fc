import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeSource } from './decode.ts'
import { programText, type ReadingPlace, syntaxErrorAt } from './raise.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function place(text: string | Uint8Array, lineno: number, start: number, end: number, file?: Uint8Array): ReadingPlace {
  const source = decodeSource(text, 'f.py', { file: file ?? null })
  const mode = 'exec'
  return { source, mode, lineno, bufferStart: start, bufferEnd: end, startingLineno: 0, startingCol: 0 }
}

const errorAt = (where: ReadingPlace, lineno: number, col: number, endCol: number) => {
  const { text, offset, end_offset } = syntaxErrorAt(where, 'SyntaxError', 'msg', lineno, col, lineno, endCol)
  return [text, offset, end_offset]
}

test('the line read last is quoted with its newline, earlier ones without', () => {
  const where = place('a b\nc d\n', 2, 4, 8)
  assert.deepEqual(errorAt(where, 2, 3, 4), ['c d\n', 3, 4])
  assert.deepEqual(errorAt(where, 1, 3, 4), ['a b', 3, 4])
})

test('columns count characters only where the encoding is declared', () => {
  assert.deepEqual(errorAt(place('é €x\n', 1, 0, 8), 1, 8, 9), ['é €x\n', 5, 6])
  assert.deepEqual(errorAt(place(bytes('é €x\n'), 1, 0, 8), 1, 8, 9), ['é €x\n', 8, 9])
})

test('a column past the end counts one more, and no end stays none', () => {
  assert.deepEqual(errorAt(place('é\n', 1, 0, 3), 1, 9, -1), ['é\n', 3, -1])
  assert.deepEqual(errorAt(place('é\n', 1, 0, 3), 1, 1, 0), ['é\n', 1, 0])
})

test('a file on disk is quoted from there', () => {
  assert.deepEqual(errorAt(place('a\n', 1, 0, 2, bytes('other\n')), 1, 1, 2), ['other\n', 1, 2])
  assert.deepEqual(errorAt(place('a\n', 1, 0, 2, bytes('')), 1, 1, 2), ['a\n', 1, 2])
})

test('an expression of an f-string counts from its own start', () => {
  const where: ReadingPlace = { ...place('(a b)\n', 3, 0, 6), mode: 'fstring', startingLineno: 3, startingCol: 10 }
  const error = syntaxErrorAt(where, 'SyntaxError', 'invalid syntax', 3, 13, 3, 14)
  assert.deepEqual([error.msg, error.lineno, error.offset, error.end_offset], ['f-string: invalid syntax', 3, 3, 4])
})

test('lines of a file', () => {
  const file = bytes('one\r\ntwo\rthree\n\nlast')
  const lines = [0, 1, 2, 3, 4, 5, 6].map((lineno) => programText(file, lineno, null))
  assert.deepEqual(lines, [null, 'one\n', 'two\n', 'three\n', '\n', 'last', null])
  assert.equal(programText(Uint8Array.from([0xe9, 10]), 1, null), null)
  assert.equal(programText(Uint8Array.from([0xe9, 10]), 1, 'iso-8859-1'), 'é\n')
})

test('of a long line the last piece of 999 bytes is quoted', () => {
  assert.equal(programText(bytes(`${'a'.repeat(999)}bc\n`), 1, null), 'bc\n')
  assert.equal(programText(bytes(`${'a'.repeat(998)}\n`), 1, null), `${'a'.repeat(998)}\n`)
})
