import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as base from '../../base/elementary.ts'
import { quickExp, quickLog, quickSin } from './quick.ts'

/** Numbers without order from −1 to 1. */
function* numbers(count: number): Generator<number> {
  let state = 1
  for (let i = 0; i < count; i++) {
    state = Math.imul(state, 1664525) + 1013904223
    const high = state >>> 0
    state = Math.imul(state, 1664525) + 1013904223
    yield (high * 2 ** 21 + (state >>> 11)) / 2 ** 52 - 1
  }
}

test('quick functions give the precise results, or none in few cases', () => {
  const functions: [(x: number) => number, (x: number) => number, (x: number) => number][] = [
    [quickExp, base.exp, (x) => x * 700],
    [quickExp, base.exp, (x) => x],
    [quickLog, base.log, (x) => Math.exp(x * 500)],
    [quickLog, base.log, (x) => 2.1 + x],
    [(x) => quickSin(x, 0), base.sin, (x) => x * 4],
    [(x) => quickSin(x, 0), base.sin, (x) => x * 40_000],
    [(x) => quickSin(x, 1), base.cos, (x) => x * 4],
    [(x) => quickSin(x, 1), base.cos, (x) => x * 40_000],
  ]
  for (const [quick, precise, argument] of functions) {
    let undecided = 0
    for (const number of numbers(5000)) {
      const x = argument(number)
      const value = quick(x)
      if (Number.isNaN(value)) undecided++
      else assert.equal(value, precise(x), String(x))
    }
    assert.ok(undecided < 500, String(undecided))
  }
})

test('arguments out of range give none', () => {
  for (const x of [Number.NaN, Infinity, -Infinity, 1e300, -1e300]) {
    assert.ok(Number.isNaN(quickExp(x)))
    assert.ok(Number.isNaN(quickSin(x, 0)))
  }
  for (const x of [0, -1, Number.NaN, Infinity, 5e-324]) assert.ok(Number.isNaN(quickLog(x)))
})
