import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SyntaxErrorFields, SyntaxErrorType } from './error_fields.ts'
import { PySyntaxError } from './errors.ts'
import { formatExceptionOnly, formatSyntaxError } from './format.ts'

const error = (fields: Partial<SyntaxErrorFields>, type: SyntaxErrorType = 'SyntaxError') =>
  new PySyntaxError(type, {
    msg: 'bad',
    filename: '/lib/f.py',
    lineno: 3,
    offset: null,
    text: null,
    end_lineno: 3,
    end_offset: null,
    ...fields,
  })

test('the line is stripped and the carets cover the range', () => {
  const found = error({ text: '    x = 1 2\n', offset: 9, end_offset: 12 })
  const expected = '  File "/lib/f.py", line 3\n    x = 1 2\n        ^^^\nSyntaxError: bad\n'
  assert.equal(formatSyntaxError(found), expected)
  assert.equal(formatExceptionOnly(found), expected)
})

test('without an end there is one caret, left of the text none', () => {
  assert.match(formatSyntaxError(error({ text: 'ab\n', offset: 2, end_offset: -1 })), /^ {4}ab\n {5}\^\nS/m)
  assert.match(formatSyntaxError(error({ text: '  ab\n', offset: 1, end_offset: 2 })), /^ {4}ab\nS/m)
  assert.match(
    formatSyntaxError(error({ text: 'ab\n', offset: 1, end_offset: 2 }, 'TabError')),
    /\n {4}\^\nTabError: bad\n$/,
  )
})

test('of an error over several lines the first is marked to its end', () => {
  assert.match(
    formatSyntaxError(error({ text: 'abcd', offset: 2, end_lineno: 4, end_offset: 1 })),
    /^ {4}abcd\n {5}\^\^\n/m,
  )
})

test('tabs stay above the carets in the traceback module only', () => {
  const found = error({ text: 'a\tb c\n', offset: 5, end_offset: 6 })
  assert.match(formatSyntaxError(found), /\n {8}\^\n/)
  assert.match(formatExceptionOnly(found), /\n {5}\t {2}\^\n/)
})

test('an error without a place', () => {
  const found = error({ lineno: null, filename: null })
  assert.equal(formatSyntaxError(found), 'SyntaxError: bad\n')
  assert.equal(formatSyntaxError(error({ lineno: null })), 'SyntaxError: bad (f.py)\n')
  assert.equal(formatExceptionOnly(error({ lineno: null })), 'SyntaxError: bad (/lib/f.py)\n')
})
