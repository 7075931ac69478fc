import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { asciiOfRepr } from './str_ascii.ts'

test('what is beyond ASCII is escaped', () => {
  assert.equal(asciiOfRepr("'abc'"), "'abc'")
  assert.equal(asciiOfRepr(strFromUtf16('\xe9\u20ac\u{1f600}\ud800a')), '\\xe9\\u20ac\\U0001f600\\ud800a')
  assert.equal(asciiOfRepr('\n'), '\n')
})
