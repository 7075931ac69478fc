import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeSource } from '../source/decode.ts'
import { PySyntaxError } from '../source/errors.ts'
import { tokenizeFStringExpression } from './fstring_source.ts'
import * as T from './token.ts'
import { nameOf } from './tokens.ts'

test('an expression of an f-string has the places of the outer source on its first line', () => {
  const source = 'é = f"{a + (\nb)}"\n'
  const outer = decodeSource(source, 'f.py')
  const start = outer.bytes.indexOf(0x7b) + 1
  const end = outer.bytes.indexOf(0x7d)
  const tokens = tokenizeFStringExpression(outer, start, end, 1, start - 1, {})
  const rows = Array.from({ length: tokens.count }, (_, i) => [tokens.kinds[i], tokens.lines[i], tokens.cols[i]])
  assert.deepEqual(rows.slice(0, 5), [
    [T.LPAR, 1, start - 1],
    [T.NAME, 1, start],
    [T.PLUS, 1, start + 2],
    [T.LPAR, 1, start + 4],
    [T.NAME, 2, 0],
  ])
  assert.equal(nameOf(tokens, 1), 'a')
})

test('the tokenizer tells errors in the text between parentheses', () => {
  const outer = decodeSource('x = f"{ 1a }"\n', 'f.py')
  const tokens = tokenizeFStringExpression(outer, 7, 11, 1, 6, {})
  const error = tokens.error
  assert.ok(error instanceof PySyntaxError)
  assert.deepEqual([error.msg, error.lineno, error.offset, error.text], ['invalid decimal literal', 1, 3, '( 1a )'])
})
