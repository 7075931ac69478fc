import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Complex, type Constant, Ellipsis, Float, WideStr } from '../../base/values.ts'
import { distinct, equalityKey } from './equality.ts'

/** Groups of constants: equal in Python within a group, different across groups. */
const groups: readonly (readonly Constant[])[] = [
  [0, false, new Float(0), new Float(-0), new Complex(-0, 0)],
  [1, true, new Float(1), new Complex(1, 0)],
  [2n ** 53n, new Float(2 ** 53), new Complex(2 ** 53, -0)],
  [2n ** 53n + 1n],
  [new Float(0.5), new Complex(0.5, 0)],
  [new Complex(0, 1), new Complex(-0, 1)],
  [new Float(Number.POSITIVE_INFINITY)],
  ['1', '1'],
  [Uint8Array.of(49), Uint8Array.of(49)],
  [new WideStr([0x1f600]), new WideStr([0x1f600])],
  [null],
  [Ellipsis],
  [
    [1, 'a'],
    [true, 'a'],
    [new Float(1), 'a'],
  ],
  [['1', 'a']],
  [['1a']],
  [[1, ['a']]],
]

test('a key is shared by equal constants only', () => {
  groups.forEach((group, i) => {
    for (const value of group) {
      groups.forEach((other, j) => {
        for (const another of other) assert.equal(equalityKey(value) === equalityKey(another), i === j)
      })
    }
  })
})

test('a NaN equals itself only', () => {
  const nan = new Float(Number.NaN)
  assert.equal(equalityKey(nan), equalityKey(nan))
  assert.notEqual(equalityKey(nan), equalityKey(new Float(Number.NaN)))
})

test('of equal values the first stays', () => {
  assert.deepEqual(distinct(['a', 1, true, 'b', new Float(1), 'a']), ['a', 1, 'b'])
})
