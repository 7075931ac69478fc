import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bytesLstrip,
  bytesPartition,
  bytesRemovePrefix,
  bytesRemoveSuffix,
  bytesRpartition,
  bytesRsplit,
  bytesRstrip,
  bytesSplit,
  bytesSplitLines,
  bytesStrip,
} from './bytes_split.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

test('split', () => {
  assert.deepEqual(bytesSplit(bytes(''), null, -1), [])
  assert.deepEqual(bytesSplit(bytes(''), null, 0), [])
  assert.deepEqual(bytesSplit(bytes(''), null, 1), [])
  assert.deepEqual(bytesSplit(bytes(''), null, 2), [])
  assert.deepEqual(bytesSplit(bytes(' a  b c '), null, -1), [bytes('a'), bytes('b'), bytes('c')])
  assert.deepEqual(bytesSplit(bytes(' a  b c '), null, 0), [bytes('a  b c ')])
  assert.deepEqual(bytesSplit(bytes(' a  b c '), null, 1), [bytes('a'), bytes('b c ')])
  assert.deepEqual(bytesSplit(bytes(' a  b c '), null, 2), [bytes('a'), bytes('b'), bytes('c ')])
  assert.deepEqual(bytesSplit(bytes('a\x1cb\x0bc'), null, -1), [bytes('a\x1cb'), bytes('c')])
  assert.deepEqual(bytesSplit(bytes('a\x1cb\x0bc'), null, 0), [bytes('a\x1cb\x0bc')])
  assert.deepEqual(bytesSplit(bytes('a\x1cb\x0bc'), null, 1), [bytes('a\x1cb'), bytes('c')])
  assert.deepEqual(bytesSplit(bytes('a\x1cb\x0bc'), null, 2), [bytes('a\x1cb'), bytes('c')])
  assert.deepEqual(bytesSplit(bytes('a,b,,c'), bytes(','), -1), [bytes('a'), bytes('b'), bytes(''), bytes('c')])
  assert.deepEqual(bytesSplit(bytes('a,b,,c'), bytes(','), 1), [bytes('a'), bytes('b,,c')])
  assert.deepEqual(bytesSplit(bytes(''), bytes('x'), -1), [bytes('')])
  assert.deepEqual(bytesSplit(bytes(''), bytes('x'), 1), [bytes('')])
  assert.deepEqual(bytesSplit(bytes('aXXbXXXc'), bytes('XX'), -1), [bytes('a'), bytes('b'), bytes('Xc')])
  assert.deepEqual(bytesSplit(bytes('aXXbXXXc'), bytes('XX'), 1), [bytes('a'), bytes('bXXXc')])
  assert.throws(() => bytesSplit(bytes('a'), bytes('')), { type: 'ValueError', message: 'empty separator' })
})

test('rsplit', () => {
  assert.deepEqual(bytesRsplit(bytes(''), null, -1), [])
  assert.deepEqual(bytesRsplit(bytes(''), null, 0), [])
  assert.deepEqual(bytesRsplit(bytes(''), null, 1), [])
  assert.deepEqual(bytesRsplit(bytes(''), null, 2), [])
  assert.deepEqual(bytesRsplit(bytes(' a  b c '), null, -1), [bytes('a'), bytes('b'), bytes('c')])
  assert.deepEqual(bytesRsplit(bytes(' a  b c '), null, 0), [bytes(' a  b c')])
  assert.deepEqual(bytesRsplit(bytes(' a  b c '), null, 1), [bytes(' a  b'), bytes('c')])
  assert.deepEqual(bytesRsplit(bytes(' a  b c '), null, 2), [bytes(' a'), bytes('b'), bytes('c')])
  assert.deepEqual(bytesRsplit(bytes('a\x1cb\x0bc'), null, -1), [bytes('a\x1cb'), bytes('c')])
  assert.deepEqual(bytesRsplit(bytes('a\x1cb\x0bc'), null, 0), [bytes('a\x1cb\x0bc')])
  assert.deepEqual(bytesRsplit(bytes('a\x1cb\x0bc'), null, 1), [bytes('a\x1cb'), bytes('c')])
  assert.deepEqual(bytesRsplit(bytes('a\x1cb\x0bc'), null, 2), [bytes('a\x1cb'), bytes('c')])
  assert.deepEqual(bytesRsplit(bytes('a,b,,c'), bytes(','), -1), [bytes('a'), bytes('b'), bytes(''), bytes('c')])
  assert.deepEqual(bytesRsplit(bytes('a,b,,c'), bytes(','), 1), [bytes('a,b,'), bytes('c')])
  assert.deepEqual(bytesRsplit(bytes(''), bytes('x'), -1), [bytes('')])
  assert.deepEqual(bytesRsplit(bytes(''), bytes('x'), 1), [bytes('')])
  assert.deepEqual(bytesRsplit(bytes('aXXbXXXc'), bytes('XX'), -1), [bytes('a'), bytes('bX'), bytes('c')])
  assert.deepEqual(bytesRsplit(bytes('aXXbXXXc'), bytes('XX'), 1), [bytes('aXXbX'), bytes('c')])
  assert.throws(() => bytesRsplit(bytes('a'), bytes('')), { type: 'ValueError', message: 'empty separator' })
})

test('partition', () => {
  assert.deepEqual(bytesPartition(bytes('a-b-c'), bytes('-')), [bytes('a'), bytes('-'), bytes('b-c')])
  assert.deepEqual(bytesPartition(bytes('abc'), bytes('-')), [bytes('abc'), bytes(''), bytes('')])
  assert.deepEqual(bytesPartition(bytes('-'), bytes('-')), [bytes(''), bytes('-'), bytes('')])
  assert.throws(() => bytesPartition(bytes('a'), bytes('')), { type: 'ValueError', message: 'empty separator' })
})

test('rpartition', () => {
  assert.deepEqual(bytesRpartition(bytes('a-b-c'), bytes('-')), [bytes('a-b'), bytes('-'), bytes('c')])
  assert.deepEqual(bytesRpartition(bytes('abc'), bytes('-')), [bytes(''), bytes(''), bytes('abc')])
  assert.deepEqual(bytesRpartition(bytes('-'), bytes('-')), [bytes(''), bytes('-'), bytes('')])
  assert.throws(() => bytesRpartition(bytes('a'), bytes('')), { type: 'ValueError', message: 'empty separator' })
})

test('splitlines', () => {
  assert.deepEqual(bytesSplitLines(bytes('')), [])
  assert.deepEqual(bytesSplitLines(bytes(''), true), [])
  assert.deepEqual(bytesSplitLines(bytes('a')), [bytes('a')])
  assert.deepEqual(bytesSplitLines(bytes('a'), true), [bytes('a')])
  assert.deepEqual(bytesSplitLines(bytes('a\x0a')), [bytes('a')])
  assert.deepEqual(bytesSplitLines(bytes('a\x0a'), true), [bytes('a\x0a')])
  assert.deepEqual(bytesSplitLines(bytes('\x0a')), [bytes('')])
  assert.deepEqual(bytesSplitLines(bytes('\x0a'), true), [bytes('\x0a')])
  assert.deepEqual(bytesSplitLines(bytes('a\x0d\x0ab\x0dc\x0ad')), [bytes('a'), bytes('b'), bytes('c'), bytes('d')])
  assert.deepEqual(bytesSplitLines(bytes('a\x0d\x0ab\x0dc\x0ad'), true), [
    bytes('a\x0d\x0a'),
    bytes('b\x0d'),
    bytes('c\x0a'),
    bytes('d'),
  ])
  assert.deepEqual(bytesSplitLines(bytes('a\x0a\x0db')), [bytes('a'), bytes(''), bytes('b')])
  assert.deepEqual(bytesSplitLines(bytes('a\x0a\x0db'), true), [bytes('a\x0a'), bytes('\x0d'), bytes('b')])
  assert.deepEqual(bytesSplitLines(bytes('a\x0bb\x85')), [bytes('a\x0bb\x85')])
  assert.deepEqual(bytesSplitLines(bytes('a\x0bb\x85'), true), [bytes('a\x0bb\x85')])
})

test('strip', () => {
  assert.deepEqual(bytesStrip(bytes('')), bytes(''))
  assert.deepEqual(bytesStrip(bytes('  a b\x09\x0a')), bytes('a b'))
  assert.deepEqual(bytesStrip(bytes('   ')), bytes(''))
  assert.deepEqual(bytesStrip(bytes('xyaxy'), bytes('yx')), bytes('a'))
  assert.deepEqual(bytesStrip(bytes('abc'), bytes('')), bytes('abc'))
  assert.deepEqual(bytesLstrip(bytes('')), bytes(''))
  assert.deepEqual(bytesLstrip(bytes('  a b\x09\x0a')), bytes('a b\x09\x0a'))
  assert.deepEqual(bytesLstrip(bytes('   ')), bytes(''))
  assert.deepEqual(bytesLstrip(bytes('xyaxy'), bytes('yx')), bytes('axy'))
  assert.deepEqual(bytesLstrip(bytes('abc'), bytes('')), bytes('abc'))
  assert.deepEqual(bytesRstrip(bytes('')), bytes(''))
  assert.deepEqual(bytesRstrip(bytes('  a b\x09\x0a')), bytes('  a b'))
  assert.deepEqual(bytesRstrip(bytes('   ')), bytes(''))
  assert.deepEqual(bytesRstrip(bytes('xyaxy'), bytes('yx')), bytes('xya'))
  assert.deepEqual(bytesRstrip(bytes('abc'), bytes('')), bytes('abc'))
  assert.deepEqual(bytesRemovePrefix(bytes('aab'), bytes('a')), bytes('ab'))
  assert.deepEqual(bytesRemoveSuffix(bytes('aab'), bytes('a')), bytes('aab'))
  assert.deepEqual(bytesRemovePrefix(bytes('baa'), bytes('a')), bytes('baa'))
  assert.deepEqual(bytesRemoveSuffix(bytes('baa'), bytes('a')), bytes('ba'))
  assert.deepEqual(bytesRemovePrefix(bytes('ab'), bytes('')), bytes('ab'))
  assert.deepEqual(bytesRemoveSuffix(bytes('ab'), bytes('')), bytes('ab'))
  assert.deepEqual(bytesRemovePrefix(bytes('a'), bytes('aa')), bytes('a'))
  assert.deepEqual(bytesRemoveSuffix(bytes('a'), bytes('aa')), bytes('a'))
})
