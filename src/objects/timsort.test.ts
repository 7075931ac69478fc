import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TimSort } from './timsort.ts'

/** Numbers that are always the same, from 0 to below `limit`. */
function numbers(count: number, limit: number): number[] {
  let state = 12345
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state >>> 8) % limit
  })
}

const sorted = (keys: readonly number[]): number[] => {
  const order = Int32Array.from(keys.keys())
  new TimSort(order, (a, b) => keys[a]! < keys[b]!).run()
  return [...order]
}

test('equal keys keep their order, whatever the runs', () => {
  const shapes = [
    numbers(1000, 10),
    numbers(1000, 1e6),
    Array.from({ length: 500 }, (_, i) => 500 - i),
    [...Array(300).keys(), ...Array(300).keys(), ...numbers(70, 300)],
    [],
    [1],
  ]
  for (const keys of shapes) {
    const expected = [...keys.keys()].sort((a, b) => keys[a]! - keys[b]! || a - b)
    assert.deepEqual(sorted(keys), expected)
  }
})

test('a comparison that throws leaves a permutation', () => {
  const keys = [...Array(400).keys()].map((i) => (i * 37) % 200)
  for (let limit = 0; limit < 3000; limit += 97) {
    const order = Int32Array.from(keys.keys())
    let left = limit
    try {
      new TimSort(order, (a, b) => {
        if (left-- === 0) throw new RangeError('enough')
        return keys[a]! < keys[b]!
      }).run()
    } catch (error) {
      assert.ok(error instanceof RangeError)
    }
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      [...keys.keys()],
    )
  }
})

test('sorted and reversed input takes one comparison for each neighbour', () => {
  for (const keys of [[...Array(1000).keys()], [...Array(1000).keys()].reverse()]) {
    let count = 0
    new TimSort(Int32Array.from(keys.keys()), (a, b) => {
      count++
      return keys[a]! < keys[b]!
    }).run()
    assert.equal(count, 999)
  }
})
