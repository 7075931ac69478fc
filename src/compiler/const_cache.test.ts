import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Complex, type Constant, Ellipsis, Float, FrozenSet, WideStr } from '../base/values.ts'
import { ConstantPool } from './const_cache.ts'

/** Constants no two of which may be merged; `_PyCode_ConstantKey` tells them apart. */
function differentConstants(): Constant[] {
  return [
    null,
    Ellipsis,
    true,
    false,
    0,
    1,
    2n ** 70n,
    new Float(0),
    new Float(-0),
    new Float(1),
    new Complex(0, 0),
    new Complex(-0, 0),
    new Complex(0, -0),
    new Complex(-0, -0),
    new Complex(1, 23),
    new Complex(12, 3),
    '',
    '1',
    new WideStr([0x1f600]),
    new WideStr([0xd83d, 0xde00, 0x1f600]),
    new WideStr([0x1f600, 0x1f600]),
    new Uint8Array(),
    Uint8Array.of(49),
    [],
    [0],
    [false],
    [new Float(0)],
    [new Float(-0)],
    [[0]],
    [[[0]]],
    [0, 0],
    ['a', 'bc'],
    ['ab', 'c'],
    new FrozenSet([]),
    new FrozenSet([1, 2]),
    new FrozenSet([1, new Float(2)]),
    new FrozenSet([[1], 2]),
  ]
}

test('equal constants become one object, different ones do not', () => {
  const pool = new ConstantPool()
  const keys = differentConstants().map((value) => pool.mergeDeep(value))
  assert.equal(new Set(keys).size, keys.length)
  const first = keys.map((key) => pool.get(key))
  differentConstants().forEach((value, i) => {
    const key = pool.mergeDeep(value)
    assert.equal(key, keys[i])
    assert.equal(pool.get(key), first[i])
  })
})

test('a frozenset is the same in any order', () => {
  const pool = new ConstantPool()
  assert.equal(pool.mergeDeep(new FrozenSet(['a', 1])), pool.mergeDeep(new FrozenSet([1, 'a'])))
})

test('a NaN is merged with itself only', () => {
  const pool = new ConstantPool()
  const nan = new Float(Number.NaN)
  assert.equal(pool.mergeDeep(nan), pool.mergeDeep(nan))
  assert.notEqual(pool.mergeDeep(nan), pool.mergeDeep(new Float(Number.NaN)))
})

test('the items of a tuple are merged with constants seen before', () => {
  const pool = new ConstantPool()
  const float = new Float(1.5)
  const inner: Constant[] = [float, 'x']
  pool.mergeDeep(inner)
  const merged = pool.get(pool.mergeDeep([[new Float(1.5), 'x'], new Float(1.5)])) as Constant[]
  assert.equal((merged[0] as Constant[])[0], float)
  assert.equal(merged[1], float)
})

test('byte strings that differ where the hash does not look stay different', () => {
  const pool = new ConstantPool()
  const zeros = new Uint8Array(1000)
  const other = new Uint8Array(1000)
  other[1] = 1
  assert.equal(pool.merge(zeros), zeros)
  assert.equal(pool.merge(other), other)
  assert.equal(pool.merge(new Uint8Array(1000)), zeros)
})

test('constants of a code object get sets of names of their own', () => {
  const pool = new ConstantPool()
  const names = new FrozenSet(['name', 'other'])
  const digits = new FrozenSet(['200', '250'])
  const merged = pool.merge([null, names, digits])
  assert.notEqual(merged[1], names)
  assert.deepEqual(merged[1], names)
  assert.equal(merged[2], digits)
})
