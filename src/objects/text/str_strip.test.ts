import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { strLstrip, strRemovePrefix, strRemoveSuffix, strRstrip, strStrip } from './str_strip.ts'

test('strip takes white space or the given characters', () => {
  assert.equal(strStrip(''), '')
  assert.equal(strStrip('  a b\t\n'), 'a b')
  assert.equal(strStrip('\x1c\x85\u2003a\u3000'), 'a')
  assert.deepEqual(strStrip(strFromUtf16(' a\u{1f600}b ')), strFromUtf16('a\u{1f600}b'))
  assert.equal(strStrip('   '), '')
  assert.equal(strStrip('xxaxx', 'x'), 'a')
  assert.equal(strStrip('xyayx', 'yx'), 'a')
  assert.equal(strStrip('abc', ''), 'abc')
  assert.equal(strStrip(strFromUtf16('a\u{1f600}ba'), strFromUtf16('a\u{1f600}')), 'b')
  assert.equal(strStrip('aba', strFromUtf16('a\u{1f600}b')), '')
})

test('lstrip takes white space or the given characters', () => {
  assert.equal(strLstrip(''), '')
  assert.equal(strLstrip('  a b\t\n'), 'a b\t\n')
  assert.equal(strLstrip('\x1c\x85\u2003a\u3000'), 'a\u3000')
  assert.deepEqual(strLstrip(strFromUtf16(' a\u{1f600}b ')), strFromUtf16('a\u{1f600}b '))
  assert.equal(strLstrip('   '), '')
  assert.equal(strLstrip('xxaxx', 'x'), 'axx')
  assert.equal(strLstrip('xyayx', 'yx'), 'ayx')
  assert.equal(strLstrip('abc', ''), 'abc')
  assert.equal(strLstrip(strFromUtf16('a\u{1f600}ba'), strFromUtf16('a\u{1f600}')), 'ba')
  assert.equal(strLstrip('aba', strFromUtf16('a\u{1f600}b')), '')
})

test('rstrip takes white space or the given characters', () => {
  assert.equal(strRstrip(''), '')
  assert.equal(strRstrip('  a b\t\n'), '  a b')
  assert.equal(strRstrip('\x1c\x85\u2003a\u3000'), '\x1c\x85\u2003a')
  assert.deepEqual(strRstrip(strFromUtf16(' a\u{1f600}b ')), strFromUtf16(' a\u{1f600}b'))
  assert.equal(strRstrip('   '), '')
  assert.equal(strRstrip('xxaxx', 'x'), 'xxa')
  assert.equal(strRstrip('xyayx', 'yx'), 'xya')
  assert.equal(strRstrip('abc', ''), 'abc')
  assert.deepEqual(strRstrip(strFromUtf16('a\u{1f600}ba'), strFromUtf16('a\u{1f600}')), strFromUtf16('a\u{1f600}b'))
  assert.equal(strRstrip('aba', strFromUtf16('a\u{1f600}b')), '')
})

test('a prefix or suffix goes once', () => {
  assert.equal(strRemovePrefix('aab', 'a'), 'ab')
  assert.equal(strRemoveSuffix('aab', 'a'), 'aab')
  assert.equal(strRemovePrefix('baa', 'a'), 'baa')
  assert.equal(strRemoveSuffix('baa', 'a'), 'ba')
  assert.equal(strRemovePrefix('ab', ''), 'ab')
  assert.equal(strRemoveSuffix('ab', ''), 'ab')
  assert.equal(strRemovePrefix('a', 'aa'), 'a')
  assert.equal(strRemoveSuffix('a', 'aa'), 'a')
  assert.deepEqual(strRemovePrefix(strFromUtf16('a\u{1f600}b'), 'a'), strFromUtf16('\u{1f600}b'))
  assert.deepEqual(strRemoveSuffix(strFromUtf16('a\u{1f600}b'), 'a'), strFromUtf16('a\u{1f600}b'))
  assert.equal(strRemovePrefix(strFromUtf16('a\u{1f600}b'), strFromUtf16('a\u{1f600}b')), '')
  assert.equal(strRemoveSuffix(strFromUtf16('a\u{1f600}b'), strFromUtf16('a\u{1f600}b')), '')
  assert.deepEqual(
    strRemovePrefix(strFromUtf16('a\u{1f600}b'), strFromUtf16('\u{1f600}b')),
    strFromUtf16('a\u{1f600}b'),
  )
  assert.equal(strRemoveSuffix(strFromUtf16('a\u{1f600}b'), strFromUtf16('\u{1f600}b')), 'a')
})
