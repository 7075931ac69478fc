import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import {
  strCharAt,
  strCodePointAt,
  strCompare,
  strConcat,
  strFromCodePoint,
  strJoin,
  strMaxCodePoint,
  strRepeat,
  strSlice,
  strSliceStep,
} from './str_sequence.ts'

test('items and slices count code points', () => {
  assert.equal(strCharAt('abc', 1), 'b')
  assert.deepEqual(strCharAt(strFromUtf16('a\u{1f600}b'), 1), strFromUtf16('\u{1f600}'))
  assert.equal(strCharAt(strFromUtf16('a\u{1f600}b'), 2), 'b')
  assert.equal(strCodePointAt('\ud83d\ude00', 1), 56832)
  assert.equal(strCodePointAt(strFromUtf16('a\u{1f600}b'), 1), 128512)
  assert.equal(strFromCodePoint(55296), '\ud800')
  assert.deepEqual(strFromCodePoint(128512), strFromUtf16('\u{1f600}'))
  assert.equal(strSlice('abcd', 1, 3), 'bc')
  assert.equal(strSlice(strFromUtf16('a\u{1f600}b'), 0, 1), 'a')
  assert.deepEqual(strSlice(strFromUtf16('a\u{1f600}b'), 0, 2), strFromUtf16('a\u{1f600}'))
  assert.equal(strSlice(strFromUtf16('a\u{1f600}b'), 2, 2), '')
  assert.equal(strSliceStep('abcdef', 5, -2, 3), 'fdb')
  assert.deepEqual(strSliceStep(strFromUtf16('a\u{1f600}b'), 2, -1, 3), strFromUtf16('b\u{1f600}a'))
  assert.equal(strSliceStep(strFromUtf16('a\u{1f600}b'), 0, 2, 2), 'ab')
  assert.equal(strSliceStep('abc', 1, 1, 2), 'bc')
})

test('strings of both forms are joined and repeated', () => {
  assert.deepEqual(strConcat('a', strFromUtf16('a\u{1f600}b')), strFromUtf16('aa\u{1f600}b'))
  assert.deepEqual(strConcat(strFromUtf16('a\u{1f600}b'), ''), strFromUtf16('a\u{1f600}b'))
  assert.equal(strConcat('\ud83d', '\ude00'), '\ud83d\ude00')
  assert.equal(strRepeat('ab', 3), 'ababab')
  assert.deepEqual(strRepeat(strFromUtf16('a\u{1f600}b'), 2), strFromUtf16('a\u{1f600}ba\u{1f600}b'))
  assert.equal(strRepeat('ab', -1), '')
  assert.equal(strJoin(', ', ['a', 'b', 'c']), 'a, b, c')
  assert.deepEqual(strJoin('-', ['a', strFromUtf16('a\u{1f600}b')]), strFromUtf16('a-a\u{1f600}b'))
  assert.equal(strJoin('x', []), '')
  assert.deepEqual(strJoin(strFromUtf16('a\u{1f600}b'), ['p', 'q']), strFromUtf16('pa\u{1f600}bq'))
  assert.throws(() => strRepeat('ab', 2 ** 40), { type: 'MemoryError' })
  assert.throws(() => strRepeat('ab', 2 ** 62), { type: 'OverflowError', message: 'repeated string is too long' })
})

test('order is that of the code points', () => {
  assert.equal(Math.sign(strCompare('a', 'b')), -1)
  assert.equal(Math.sign(strCompare('b', 'a')), 1)
  assert.equal(Math.sign(strCompare('a', 'a')), 0)
  assert.equal(Math.sign(strCompare('\uffff', strFromUtf16('\u{1f600}'))), -1)
  assert.equal(Math.sign(strCompare(strFromUtf16('\u{1f600}'), '\uffff')), 1)
  assert.equal(Math.sign(strCompare(strFromUtf16('a\u{1f600}b'), strFromUtf16('a\u{1f600}b'))), 0)
  assert.equal(Math.sign(strCompare('a', strFromUtf16('a\u{1f600}b'))), -1)
  assert.equal(Math.sign(strCompare(strFromUtf16('a\u{1f600}b'), strFromUtf16('a\u{1f600}'))), 1)
  assert.equal(strMaxCodePoint(strFromUtf16('a\u{1f600}b')), 128512)
  assert.equal(strMaxCodePoint(''), 0)
})
