import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeType, nodeTypes } from './fields.ts'

test('rows become fields', () => {
  assert.deepEqual(nodeType({ node: 'Dict' }).fields, [
    { name: 'keys', type: 'expr', list: true, optional: true },
    { name: 'values', type: 'expr', list: true, optional: false },
  ])
  assert.deepEqual(nodeType({ node: 'Return' }).fields, [{ name: 'value', type: 'expr', list: false, optional: true }])
  assert.deepEqual(nodeType({ node: 'Pass' }).fields, [])
})

test('types know their sum, and whether they have positions', () => {
  const facts = (name: string) => {
    const { sum, product, located } = nodeTypes.get(name)!
    return [sum, product, located]
  }
  assert.deepEqual(facts('If'), ['stmt', false, true])
  assert.deepEqual(facts('Module'), ['mod', false, false])
  assert.deepEqual(facts('TypeIgnore'), ['type_ignore', false, false])
  assert.deepEqual(facts('keyword'), ['keyword', true, true])
  assert.deepEqual(facts('withitem'), ['withitem', true, false])
})

test('what is no node is refused', () => {
  assert.throws(() => nodeType({ node: 'Print' }), TypeError)
})
