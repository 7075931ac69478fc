import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { strReplace, strTranslate } from './str_replace.ts'

test('replace takes occurrences from the left', () => {
  assert.equal(strReplace('aaaa', 'aa', 'b', -1), 'bb')
  assert.equal(strReplace('aaaa', 'aa', 'b', 0), 'aaaa')
  assert.equal(strReplace('aaaa', 'aa', 'b', 1), 'baa')
  assert.equal(strReplace('aaaa', 'aa', 'b', 2), 'bb')
  assert.equal(strReplace('abc', '', '-', -1), '-a-b-c-')
  assert.equal(strReplace('abc', '', '-', 0), 'abc')
  assert.equal(strReplace('abc', '', '-', 1), '-abc')
  assert.equal(strReplace('abc', '', '-', 2), '-a-bc')
  assert.equal(strReplace('', '', 'x', -1), 'x')
  assert.equal(strReplace('', '', 'x', 0), '')
  assert.equal(strReplace('', '', 'x', 1), 'x')
  assert.equal(strReplace('', '', 'x', 2), 'x')
  assert.equal(strReplace('', 'a', 'b', -1), '')
  assert.equal(strReplace('', 'a', 'b', 0), '')
  assert.equal(strReplace('', 'a', 'b', 1), '')
  assert.equal(strReplace('', 'a', 'b', 2), '')
  assert.equal(strReplace('a.b', '.', '$&', -1), 'a$&b')
  assert.equal(strReplace('a.b', '.', '$&', 0), 'a.b')
  assert.equal(strReplace('a.b', '.', '$&', 1), 'a$&b')
  assert.equal(strReplace('a.b', '.', '$&', 2), 'a$&b')
  assert.deepEqual(strReplace('abc', 'b', strFromUtf16('a\u{1f600}b'), -1), strFromUtf16('aa\u{1f600}bc'))
  assert.equal(strReplace('abc', 'b', strFromUtf16('a\u{1f600}b'), 0), 'abc')
  assert.deepEqual(strReplace('abc', 'b', strFromUtf16('a\u{1f600}b'), 1), strFromUtf16('aa\u{1f600}bc'))
  assert.deepEqual(strReplace('abc', 'b', strFromUtf16('a\u{1f600}b'), 2), strFromUtf16('aa\u{1f600}bc'))
  assert.deepEqual(strReplace(strFromUtf16('a\u{1f600}b'), 'a', 'bb', -1), strFromUtf16('bb\u{1f600}b'))
  assert.deepEqual(strReplace(strFromUtf16('a\u{1f600}b'), 'a', 'bb', 0), strFromUtf16('a\u{1f600}b'))
  assert.deepEqual(strReplace(strFromUtf16('a\u{1f600}b'), 'a', 'bb', 1), strFromUtf16('bb\u{1f600}b'))
  assert.deepEqual(strReplace(strFromUtf16('a\u{1f600}b'), 'a', 'bb', 2), strFromUtf16('bb\u{1f600}b'))
  assert.equal(strReplace(strFromUtf16('a\u{1f600}b'), strFromUtf16('\u{1f600}'), '', -1), 'ab')
  assert.deepEqual(
    strReplace(strFromUtf16('a\u{1f600}b'), strFromUtf16('\u{1f600}'), '', 0),
    strFromUtf16('a\u{1f600}b'),
  )
  assert.equal(strReplace(strFromUtf16('a\u{1f600}b'), strFromUtf16('\u{1f600}'), '', 1), 'ab')
  assert.equal(strReplace(strFromUtf16('a\u{1f600}b'), strFromUtf16('\u{1f600}'), '', 2), 'ab')
  assert.equal(strReplace('abc', strFromUtf16('a\u{1f600}b'), 'x', -1), 'abc')
  assert.equal(strReplace('abc', strFromUtf16('a\u{1f600}b'), 'x', 0), 'abc')
  assert.equal(strReplace('abc', strFromUtf16('a\u{1f600}b'), 'x', 1), 'abc')
  assert.equal(strReplace('abc', strFromUtf16('a\u{1f600}b'), 'x', 2), 'abc')
  assert.deepEqual(strReplace(strFromUtf16('a\u{1f600}b'), '', '-', -1), strFromUtf16('-a-\u{1f600}-b-'))
  assert.deepEqual(strReplace(strFromUtf16('a\u{1f600}b'), '', '-', 0), strFromUtf16('a\u{1f600}b'))
  assert.deepEqual(strReplace(strFromUtf16('a\u{1f600}b'), '', '-', 1), strFromUtf16('-a\u{1f600}b'))
  assert.deepEqual(strReplace(strFromUtf16('a\u{1f600}b'), '', '-', 2), strFromUtf16('-a-\u{1f600}b'))
  assert.throws(() => strReplace('a'.repeat(100_000), 'a', 'b'.repeat(10_000)), { type: 'MemoryError' })
})

test('translate maps, deletes and keeps', () => {
  const table = new Map<number, number | string | null>([
    [0x61, 0x62],
    [0x63, null],
    [0x64, 'xyz'],
    [0x1f600, 0x2a],
  ])
  assert.equal(
    strTranslate('abcde', (cp) => table.get(cp)),
    'bbxyze',
  )
  assert.equal(
    strTranslate('', (cp) => table.get(cp)),
    '',
  )
  assert.equal(
    strTranslate(strFromUtf16('a\u{1f600}b'), (cp) => table.get(cp)),
    'b*b',
  )
  assert.equal(
    strTranslate('aaa', (cp) => table.get(cp)),
    'bbb',
  )
})
