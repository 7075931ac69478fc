import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mangle } from './mangle.ts'

const rows: [privateName: string | null, name: string, mangled: string][] = [
  [null, '__x', '__x'],
  ['C', '__x', '_C__x'],
  ['__C', '__x', '_C__x'],
  ['_C_', '__x', '_C___x'],
  ['___', '__x', '__x'],
  ['C', '_x', '_x'],
  ['C', '__x_', '_C__x_'],
  ['C', '__x__', '__x__'],
  ['C', '__', '__'],
  ['C', '___', '___'],
  ['C', '__a.b', '__a.b'],
  ['C', '.0', '.0'],
  ['C', '_', '_'],
]

for (const [privateName, name, mangled] of rows) {
  test(`${name} in ${privateName} is ${mangled}`, () => assert.equal(mangle(privateName, name), mangled))
}
