import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { formatStr } from './format_str.ts'

test('strings', () => {
  assert.equal(formatStr('abc', ''), 'abc')
  assert.equal(formatStr('abc', 's'), 'abc')
  assert.equal(formatStr('abc', '5'), 'abc  ')
  assert.equal(formatStr('abc', '>5'), '  abc')
  assert.equal(formatStr('abc', '^6'), ' abc  ')
  assert.equal(formatStr('abc', '*<5'), 'abc**')
  assert.equal(formatStr('abc', '.2'), 'ab')
  assert.equal(formatStr('abc', '5.1'), 'a    ')
  assert.equal(formatStr('abc', '05'), 'abc00')
  assert.equal(formatStr('abc', '<05'), 'abc00')
  assert.deepEqual(
    formatStr('abc', strFromUtf16('\u{1f600}^7')),
    strFromUtf16('\u{1f600}\u{1f600}abc\u{1f600}\u{1f600}'),
  )
  assert.equal(formatStr('abc', '.0'), '')
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), ''), strFromUtf16('a\u{1f600}b'))
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), 's'), strFromUtf16('a\u{1f600}b'))
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), '5'), strFromUtf16('a\u{1f600}b  '))
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), '>5'), strFromUtf16('  a\u{1f600}b'))
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), '^6'), strFromUtf16(' a\u{1f600}b  '))
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), '*<5'), strFromUtf16('a\u{1f600}b**'))
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), '.2'), strFromUtf16('a\u{1f600}'))
  assert.equal(formatStr(strFromUtf16('a\u{1f600}b'), '5.1'), 'a    ')
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), '05'), strFromUtf16('a\u{1f600}b00'))
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), '<05'), strFromUtf16('a\u{1f600}b00'))
  assert.deepEqual(
    formatStr(strFromUtf16('a\u{1f600}b'), strFromUtf16('\u{1f600}^7')),
    strFromUtf16('\u{1f600}\u{1f600}a\u{1f600}b\u{1f600}\u{1f600}'),
  )
  assert.equal(formatStr(strFromUtf16('a\u{1f600}b'), '.0'), '')
  assert.equal(formatStr('', ''), '')
  assert.equal(formatStr('', 's'), '')
  assert.equal(formatStr('', '5'), '     ')
  assert.equal(formatStr('', '>5'), '     ')
  assert.equal(formatStr('', '^6'), '      ')
  assert.equal(formatStr('', '*<5'), '*****')
  assert.equal(formatStr('', '.2'), '')
  assert.equal(formatStr('', '5.1'), '     ')
  assert.equal(formatStr('', '05'), '00000')
  assert.equal(formatStr('', '<05'), '00000')
  assert.deepEqual(
    formatStr('', strFromUtf16('\u{1f600}^7')),
    strFromUtf16('\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}'),
  )
  assert.equal(formatStr('', '.0'), '')
  assert.throws(() => formatStr('abc', '+'), {
    type: 'ValueError',
    message: 'Sign not allowed in string format specifier',
  })
  assert.throws(() => formatStr('abc', '- '), {
    type: 'ValueError',
    message: "Unknown format code '\\x20' for object of type 'str'",
  })
  assert.throws(() => formatStr('abc', ' '), {
    type: 'ValueError',
    message: 'Space not allowed in string format specifier',
  })
  assert.throws(() => formatStr('abc', '#'), {
    type: 'ValueError',
    message: 'Alternate form (#) not allowed in string format specifier',
  })
  assert.throws(() => formatStr('abc', '=5'), {
    type: 'ValueError',
    message: "'=' alignment not allowed in string format specifier",
  })
  assert.throws(() => formatStr('abc', 'd'), {
    type: 'ValueError',
    message: "Unknown format code 'd' for object of type 'str'",
  })
  assert.throws(() => formatStr('abc', 'z'), {
    type: 'ValueError',
    message: 'Negative zero coercion (z) not allowed in string format specifier',
  })
  assert.throws(() => formatStr('abc', ','), { type: 'ValueError', message: "Cannot specify ',' with 's'." })
  assert.throws(() => formatStr('abc', '_s'), { type: 'ValueError', message: "Cannot specify '_' with 's'." })
  assert.throws(() => formatStr('abc', '.'), { type: 'ValueError', message: 'Format specifier missing precision' })
  assert.throws(() => formatStr('abc', '5.x5'), { type: 'ValueError', message: 'Format specifier missing precision' })
  assert.throws(() => formatStr('abc', '0=5'), {
    type: 'ValueError',
    message: "'=' alignment not allowed in string format specifier",
  })
})
