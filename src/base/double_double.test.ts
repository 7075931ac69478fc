import assert from 'node:assert/strict'
import { test } from 'node:test'
import { add, DoubleDouble, divide, multiply, squareRoot, subtract, twoProduct, twoSum } from './double_double.ts'

const THIRD = divide(new DoubleDouble(1, 0), new DoubleDouble(3, 0))

test('sums and products of two doubles are exact', () => {
  const sum = twoSum(2 ** 60, 2 ** -40)
  assert.deepEqual([sum.hi, sum.lo], [2 ** 60, 2 ** -40])
  const a = 9007199254740991
  const b = 9007199254740989
  const product = twoProduct(a, b)
  assert.equal(BigInt(product.hi) + BigInt(product.lo), BigInt(a) * BigInt(b))
})

test('results have about 106 bits', () => {
  // 1/3 in binary is 0.010101…; 3 times it misses 1 by less than 2^-104.
  const one = multiply(THIRD, new DoubleDouble(3, 0))
  const rest = subtract(one, new DoubleDouble(1, 0))
  assert.ok(Math.abs(rest.hi) < 2 ** -104)
  assert.equal(THIRD.hi, 1 / 3)
  assert.notEqual(THIRD.lo, 0)
  const root = squareRoot(new DoubleDouble(2, 0))
  const back = subtract(multiply(root, root), new DoubleDouble(2, 0))
  assert.ok(Math.abs(back.hi) < 2 ** -102)
  const sum = add(THIRD, new DoubleDouble(2 ** -70, 0))
  assert.equal(subtract(sum, THIRD).hi, 2 ** -70)
})
