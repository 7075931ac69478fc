import assert from 'node:assert/strict'
import { test } from 'node:test'
import { complexRepr, floatFromLiteral, floatRepr } from './float_text.ts'

test('repr of floats', () => {
  const expected: [number, string][] = [
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-1.5, '-1.5'],
    [0.1, '0.1'],
    [0.30000000000000004, '0.30000000000000004'],
    [1e15, '1000000000000000.0'],
    [9999999999999998, '9999999999999998.0'],
    [1e16, '1e+16'],
    [123456789012345680, '1.2345678901234568e+17'],
    [1e22, '1e+22'],
    [1e100, '1e+100'],
    [1e-4, '0.0001'],
    [0.00012345, '0.00012345'],
    [1e-5, '1e-05'],
    [1.5e-7, '1.5e-07'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NEGATIVE_INFINITY, '-inf'],
    [Number.NaN, 'nan'],
  ]
  for (const [value, text] of expected) assert.equal(floatRepr(value), text)
})

test('repr of complex numbers', () => {
  const expected: [number, number, string][] = [
    [0, 1, '1j'],
    [0, -1, '-1j'],
    [0, -0, '-0j'],
    [-0, 1, '(-0+1j)'],
    [1, 2.5, '(1+2.5j)'],
    [1, -2, '(1-2j)'],
    [1, Number.NaN, '(1+nanj)'],
    [Number.POSITIVE_INFINITY, 1e16, '(inf+1e+16j)'],
  ]
  for (const [real, imag, text] of expected) assert.equal(complexRepr(real, imag), text)
})

test('float literals', () => {
  const expected: [string, number][] = [
    ['1.', 1],
    ['.5', 0.5],
    ['1_0.0_1e1_0', 10.01e10],
    ['1e400', Number.POSITIVE_INFINITY],
    ['9007199254740993.', 9007199254740992],
    ['2.2250738585072011e-308', 2.225073858507201e-308],
  ]
  for (const [text, value] of expected) assert.equal(floatFromLiteral(text), value)
})
