import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from '../parser/parse.ts'
import { decodeSource } from '../source/decode.ts'
import { PySyntaxError } from '../source/errors.ts'
import { FUTURE_ANNOTATIONS, FUTURE_BARRY_AS_BDFL, futureFeatures } from './future.ts'

function features(source: string, flags?: number, mode: 'exec' | 'eval' | 'single' = 'exec') {
  const mod = parse(decodeSource(source, '<case>'), { mode })
  return futureFeatures(mod, { filename: '<case>', sourceLine: null }, flags)
}

test('future statements may follow a docstring and each other', () => {
  const source = '"doc"\nfrom __future__ import annotations, division\nfrom __future__ import generator_stop\nx\n'
  assert.deepEqual(features(source), { features: FUTURE_ANNOTATIONS, lineno: 3 })
})

test('a module without them has none, but keeps the flags given', () => {
  assert.deepEqual(features('x\n'), { features: 0, lineno: -1 })
  assert.deepEqual(features('x\n', FUTURE_BARRY_AS_BDFL), { features: FUTURE_BARRY_AS_BDFL, lineno: -1 })
  assert.deepEqual(features('x', 0, 'eval'), { features: 0, lineno: -1 })
})

test('a late one on a line of its own is left to the compiler', () => {
  assert.deepEqual(features('x = 1\nfrom __future__ import annotations\n'), { features: 0, lineno: -1 })
  assert.deepEqual(features('"a"\n"b"\nfrom __future__ import annotations\n'), { features: 0, lineno: -1 })
})

test('every feature of Python 3.11 is known, no other', () => {
  const names = 'nested_scopes generators division absolute_import with_statement print_function unicode_literals'
  assert.equal(features(`from __future__ import ${names.replaceAll(' ', ', ')}, generator_stop\n`).features, 0)
  assert.equal(features('from __future__ import barry_as_FLUFL\n').features, FUTURE_BARRY_AS_BDFL)
  assert.throws(() => features('from __future__ import match\n'), PySyntaxError)
})

test('a long name is cut after 100 bytes', () => {
  const shown = (name: string) => {
    try {
      features(`from __future__ import ${name}\n`)
    } catch (error) {
      return (error as PySyntaxError).msg
    }
    return null
  }
  assert.equal(shown('a'.repeat(120)), `future feature ${'a'.repeat(100)} is not defined`)
  assert.equal(shown(`a${'é'.repeat(80)}`), `future feature a${'é'.repeat(49)}\ufffd is not defined`)
})
