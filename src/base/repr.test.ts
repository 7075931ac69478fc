import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesRepr, constantRepr, strRepr } from './repr.ts'
import { Complex, type Constant, Ellipsis, Float, FrozenSet, strFromUtf16 } from './values.ts'

test('repr of str', () => {
  const expected: [string, string][] = [
    ['', "''"],
    ["it's", '"it\'s"'],
    ['"', "'\"'"],
    ['\'"', "'\\'\"'"],
    ['a\\b\n\r\t\0\x1f\x7f', "'a\\\\b\\n\\r\\t\\x00\\x1f\\x7f'"],
    ['é\x80\xa0\xad', "'é\\x80\\xa0\\xad'"],
    ['€\u200b\u0378\ud800', "'€\\u200b\\u0378\\ud800'"],
    ['😀\u{e0001}', "'😀\\U000e0001'"],
  ]
  for (const [text, repr] of expected) assert.equal(strRepr(strFromUtf16(text)), repr)
  assert.equal(strRepr('\ud83d\ude00'), "'\\ud83d\\ude00'")
})

test('repr of bytes', () => {
  const of = (text: string) => bytesRepr(Uint8Array.from(text, (c) => c.charCodeAt(0)))
  assert.equal(of(''), "b''")
  assert.equal(of("it's"), 'b"it\'s"')
  assert.equal(of('\'"\\\n\0\x7f\xff'), "b'\\'\"\\\\\\n\\x00\\x7f\\xff'")
})

test('repr of constants', () => {
  const expected: [Constant, string][] = [
    [null, 'None'],
    [true, 'True'],
    [Ellipsis, 'Ellipsis'],
    [10n ** 20n, '100000000000000000000'],
    [new Float(1), '1.0'],
    [new Complex(1, 2), '(1+2j)'],
    [[], '()'],
    [['a'], "('a',)"],
    [[1, [false, new Float(0.5)]], '(1, (False, 0.5))'],
    [new FrozenSet([]), 'frozenset()'],
    [new FrozenSet([1, 'x']), "frozenset({1, 'x'})"],
  ]
  for (const [value, repr] of expected) assert.equal(constantRepr(value), repr)
})
