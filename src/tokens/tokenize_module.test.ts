import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PySyntaxError } from '../source/errors.ts'
import { TokenError, tokenize } from './tokenize_module.ts'

type Row = [string, string, string, [number, number], [number, number], string]
interface Recorded {
  readonly source: string
  readonly module: readonly Row[]
  readonly module_error: readonly unknown[] | string | null
}

const recorded = JSON.parse(
  readFileSync(new URL('../../tests/data/tokens.json', import.meta.url), 'utf8'),
) as readonly Recorded[]

const bytes = (text: string) => new TextEncoder().encode(text)

test('the tokens that Lib/tokenize.py was recorded to give', () => {
  let count = 0
  for (const { source, module, module_error } of recorded) {
    if (module_error !== null) continue
    const rows = tokenize(bytes(source)).map((t) => [t.type, t.exact_type, t.string, t.start, t.end, t.line])
    assert.deepEqual(rows, module, JSON.stringify(source))
    count++
  }
  assert.ok(count > 80)
})

test('the errors that Lib/tokenize.py was recorded to raise', () => {
  let count = 0
  for (const { source, module_error } of recorded) {
    if (!Array.isArray(module_error)) continue
    assert.throws(
      () => tokenize(bytes(source)),
      (error: unknown) => {
        const found =
          error instanceof PySyntaxError
            ? [error.type, error.msg, error.lineno, error.offset, error.text]
            : error instanceof TokenError && [error.type, error.message]
        assert.deepEqual(found, module_error, JSON.stringify(source))
        return true
      },
    )
    count++
  }
  assert.ok(count > 40)
})

test('the encoding comes first, and decodes the rest', () => {
  const [first, name] = tokenize(Uint8Array.from([...bytes('# coding: latin-1\n'), 0xe9, 10])).filter(
    (t) => t.type === 'ENCODING' || t.type === 'NAME',
  )
  assert.equal(first?.string, 'iso-8859-1')
  assert.equal(name?.string, 'é')
  assert.equal(tokenize(Uint8Array.from([0xef, 0xbb, 0xbf, 0x78]))[0]?.string, 'utf-8')
  assert.equal(tokenize('# coding: latin-1\n')[0]?.type, 'COMMENT')
})

test('bad declarations are errors without a place', () => {
  const message = (input: Uint8Array) => {
    try {
      tokenize(input)
      return null
    } catch (error) {
      return error instanceof PySyntaxError ? [error.msg, error.lineno] : String(error)
    }
  }
  assert.deepEqual(message(bytes('# coding: foo\n')), ['unknown encoding: foo', null])
  assert.deepEqual(message(Uint8Array.from([0xe9])), ['invalid or missing encoding declaration', null])
  const withBom = Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes('# coding: latin-1\n')])
  assert.deepEqual(message(withBom), ['encoding problem: utf-8', null])
  const late = Uint8Array.from([...bytes('x\ny\nz = '), 0xe9])
  assert.match(String(message(late)), /can't decode byte 0xe9 in position 4: unexpected end of data/)
})
