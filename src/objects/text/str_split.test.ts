import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { strPartition, strRpartition, strRsplit, strSplit, strSplitLines } from './str_split.ts'

test('split at white space and at a separator', () => {
  assert.deepEqual(strSplit('', null, -1), [])
  assert.deepEqual(strSplit('', null, 0), [])
  assert.deepEqual(strSplit('', null, 1), [])
  assert.deepEqual(strSplit('', null, 2), [])
  assert.deepEqual(strSplit(' a  b c ', null, -1), ['a', 'b', 'c'])
  assert.deepEqual(strSplit(' a  b c ', null, 0), ['a  b c '])
  assert.deepEqual(strSplit(' a  b c ', null, 1), ['a', 'b c '])
  assert.deepEqual(strSplit(' a  b c ', null, 2), ['a', 'b', 'c '])
  assert.deepEqual(strSplit('a\x1cb\x85c\u2003d', null, -1), ['a', 'b', 'c', 'd'])
  assert.deepEqual(strSplit('a\x1cb\x85c\u2003d', null, 0), ['a\x1cb\x85c\u2003d'])
  assert.deepEqual(strSplit('a\x1cb\x85c\u2003d', null, 1), ['a', 'b\x85c\u2003d'])
  assert.deepEqual(strSplit('a\x1cb\x85c\u2003d', null, 2), ['a', 'b', 'c\u2003d'])
  assert.deepEqual(strSplit(strFromUtf16('a\u{1f600}b a\u{1f600}b'), null, -1), [
    strFromUtf16('a\u{1f600}b'),
    strFromUtf16('a\u{1f600}b'),
  ])
  assert.deepEqual(strSplit(strFromUtf16('a\u{1f600}b a\u{1f600}b'), null, 0), [
    strFromUtf16('a\u{1f600}b a\u{1f600}b'),
  ])
  assert.deepEqual(strSplit(strFromUtf16('a\u{1f600}b a\u{1f600}b'), null, 1), [
    strFromUtf16('a\u{1f600}b'),
    strFromUtf16('a\u{1f600}b'),
  ])
  assert.deepEqual(strSplit(strFromUtf16('a\u{1f600}b a\u{1f600}b'), null, 2), [
    strFromUtf16('a\u{1f600}b'),
    strFromUtf16('a\u{1f600}b'),
  ])
  assert.deepEqual(strSplit('a,b,,c', ',', -1), ['a', 'b', '', 'c'])
  assert.deepEqual(strSplit('a,b,,c', ',', 1), ['a', 'b,,c'])
  assert.deepEqual(strSplit('', 'x', -1), [''])
  assert.deepEqual(strSplit('', 'x', 1), [''])
  assert.deepEqual(strSplit('aXXbXXXc', 'XX', -1), ['a', 'b', 'Xc'])
  assert.deepEqual(strSplit('aXXbXXXc', 'XX', 1), ['a', 'bXXXc'])
  assert.deepEqual(strSplit(strFromUtf16('a\u{1f600}ba\u{1f600}b'), 'a', -1), [
    '',
    strFromUtf16('\u{1f600}b'),
    strFromUtf16('\u{1f600}b'),
  ])
  assert.deepEqual(strSplit(strFromUtf16('a\u{1f600}ba\u{1f600}b'), 'a', 1), [
    '',
    strFromUtf16('\u{1f600}ba\u{1f600}b'),
  ])
  assert.deepEqual(strSplit(strFromUtf16('a\u{1f600}ba\u{1f600}b'), strFromUtf16('\u{1f600}'), -1), ['a', 'ba', 'b'])
  assert.deepEqual(strSplit(strFromUtf16('a\u{1f600}ba\u{1f600}b'), strFromUtf16('\u{1f600}'), 1), [
    'a',
    strFromUtf16('ba\u{1f600}b'),
  ])
  assert.deepEqual(strSplit('ab', strFromUtf16('a\u{1f600}b'), -1), ['ab'])
  assert.deepEqual(strSplit('ab', strFromUtf16('a\u{1f600}b'), 1), ['ab'])
  assert.throws(() => strSplit('a', ''), { type: 'ValueError', message: 'empty separator' })
})

test('rsplit at white space and at a separator', () => {
  assert.deepEqual(strRsplit('', null, -1), [])
  assert.deepEqual(strRsplit('', null, 0), [])
  assert.deepEqual(strRsplit('', null, 1), [])
  assert.deepEqual(strRsplit('', null, 2), [])
  assert.deepEqual(strRsplit(' a  b c ', null, -1), ['a', 'b', 'c'])
  assert.deepEqual(strRsplit(' a  b c ', null, 0), [' a  b c'])
  assert.deepEqual(strRsplit(' a  b c ', null, 1), [' a  b', 'c'])
  assert.deepEqual(strRsplit(' a  b c ', null, 2), [' a', 'b', 'c'])
  assert.deepEqual(strRsplit('a\x1cb\x85c\u2003d', null, -1), ['a', 'b', 'c', 'd'])
  assert.deepEqual(strRsplit('a\x1cb\x85c\u2003d', null, 0), ['a\x1cb\x85c\u2003d'])
  assert.deepEqual(strRsplit('a\x1cb\x85c\u2003d', null, 1), ['a\x1cb\x85c', 'd'])
  assert.deepEqual(strRsplit('a\x1cb\x85c\u2003d', null, 2), ['a\x1cb', 'c', 'd'])
  assert.deepEqual(strRsplit(strFromUtf16('a\u{1f600}b a\u{1f600}b'), null, -1), [
    strFromUtf16('a\u{1f600}b'),
    strFromUtf16('a\u{1f600}b'),
  ])
  assert.deepEqual(strRsplit(strFromUtf16('a\u{1f600}b a\u{1f600}b'), null, 0), [
    strFromUtf16('a\u{1f600}b a\u{1f600}b'),
  ])
  assert.deepEqual(strRsplit(strFromUtf16('a\u{1f600}b a\u{1f600}b'), null, 1), [
    strFromUtf16('a\u{1f600}b'),
    strFromUtf16('a\u{1f600}b'),
  ])
  assert.deepEqual(strRsplit(strFromUtf16('a\u{1f600}b a\u{1f600}b'), null, 2), [
    strFromUtf16('a\u{1f600}b'),
    strFromUtf16('a\u{1f600}b'),
  ])
  assert.deepEqual(strRsplit('a,b,,c', ',', -1), ['a', 'b', '', 'c'])
  assert.deepEqual(strRsplit('a,b,,c', ',', 1), ['a,b,', 'c'])
  assert.deepEqual(strRsplit('', 'x', -1), [''])
  assert.deepEqual(strRsplit('', 'x', 1), [''])
  assert.deepEqual(strRsplit('aXXbXXXc', 'XX', -1), ['a', 'bX', 'c'])
  assert.deepEqual(strRsplit('aXXbXXXc', 'XX', 1), ['aXXbX', 'c'])
  assert.deepEqual(strRsplit(strFromUtf16('a\u{1f600}ba\u{1f600}b'), 'a', -1), [
    '',
    strFromUtf16('\u{1f600}b'),
    strFromUtf16('\u{1f600}b'),
  ])
  assert.deepEqual(strRsplit(strFromUtf16('a\u{1f600}ba\u{1f600}b'), 'a', 1), [
    strFromUtf16('a\u{1f600}b'),
    strFromUtf16('\u{1f600}b'),
  ])
  assert.deepEqual(strRsplit(strFromUtf16('a\u{1f600}ba\u{1f600}b'), strFromUtf16('\u{1f600}'), -1), ['a', 'ba', 'b'])
  assert.deepEqual(strRsplit(strFromUtf16('a\u{1f600}ba\u{1f600}b'), strFromUtf16('\u{1f600}'), 1), [
    strFromUtf16('a\u{1f600}ba'),
    'b',
  ])
  assert.deepEqual(strRsplit('ab', strFromUtf16('a\u{1f600}b'), -1), ['ab'])
  assert.deepEqual(strRsplit('ab', strFromUtf16('a\u{1f600}b'), 1), ['ab'])
  assert.throws(() => strRsplit('a', ''), { type: 'ValueError', message: 'empty separator' })
})

test('partition', () => {
  assert.deepEqual(strPartition('a-b-c', '-'), ['a', '-', 'b-c'])
  assert.deepEqual(strPartition('abc', '-'), ['abc', '', ''])
  assert.deepEqual(strPartition('-', '-'), ['', '-', ''])
  assert.deepEqual(strPartition(strFromUtf16('a\u{1f600}b-a\u{1f600}b'), strFromUtf16('\u{1f600}')), [
    'a',
    strFromUtf16('\u{1f600}'),
    strFromUtf16('b-a\u{1f600}b'),
  ])
  assert.throws(() => strPartition('a', ''), { type: 'ValueError', message: 'empty separator' })
})

test('rpartition', () => {
  assert.deepEqual(strRpartition('a-b-c', '-'), ['a-b', '-', 'c'])
  assert.deepEqual(strRpartition('abc', '-'), ['', '', 'abc'])
  assert.deepEqual(strRpartition('-', '-'), ['', '-', ''])
  assert.deepEqual(strRpartition(strFromUtf16('a\u{1f600}b-a\u{1f600}b'), strFromUtf16('\u{1f600}')), [
    strFromUtf16('a\u{1f600}b-a'),
    strFromUtf16('\u{1f600}'),
    'b',
  ])
  assert.throws(() => strRpartition('a', ''), { type: 'ValueError', message: 'empty separator' })
})

test('lines end at every boundary of Unicode', () => {
  assert.deepEqual(strSplitLines(''), [])
  assert.deepEqual(strSplitLines('', true), [])
  assert.deepEqual(strSplitLines('a'), ['a'])
  assert.deepEqual(strSplitLines('a', true), ['a'])
  assert.deepEqual(strSplitLines('a\n'), ['a'])
  assert.deepEqual(strSplitLines('a\n', true), ['a\n'])
  assert.deepEqual(strSplitLines('\n'), [''])
  assert.deepEqual(strSplitLines('\n', true), ['\n'])
  assert.deepEqual(strSplitLines('a\r\nb\rc\nd'), ['a', 'b', 'c', 'd'])
  assert.deepEqual(strSplitLines('a\r\nb\rc\nd', true), ['a\r\n', 'b\r', 'c\n', 'd'])
  assert.deepEqual(strSplitLines('a\n\rb'), ['a', '', 'b'])
  assert.deepEqual(strSplitLines('a\n\rb', true), ['a\n', '\r', 'b'])
  assert.deepEqual(strSplitLines('a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i'), [
    'a',
    'b',
    'c',
    'd',
    'e',
    'f',
    'g',
    'h',
    'i',
  ])
  assert.deepEqual(strSplitLines('a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i', true), [
    'a\x0b',
    'b\x0c',
    'c\x1c',
    'd\x1d',
    'e\x1e',
    'f\x85',
    'g\u2028',
    'h\u2029',
    'i',
  ])
  assert.deepEqual(strSplitLines(strFromUtf16('a\u{1f600}b\na\u{1f600}b\r\n')), [
    strFromUtf16('a\u{1f600}b'),
    strFromUtf16('a\u{1f600}b'),
  ])
  assert.deepEqual(strSplitLines(strFromUtf16('a\u{1f600}b\na\u{1f600}b\r\n'), true), [
    strFromUtf16('a\u{1f600}b\n'),
    strFromUtf16('a\u{1f600}b\r\n'),
  ])
  assert.deepEqual(strSplitLines('a\x1fb'), ['a\x1fb'])
  assert.deepEqual(strSplitLines('a\x1fb', true), ['a\x1fb'])
})
