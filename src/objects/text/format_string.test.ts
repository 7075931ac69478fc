import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../../base/errors.ts'
import { type Str, strFromUtf16 } from '../../base/values.ts'
import { FieldName, type FormatPiece, FormatStringParser, type FormatValues, strFormat } from './format_string.ts'

/** A value that remembers how it was reached. */
const values: FormatValues<string> = {
  args: ['p0', 'p1'],
  keyword: (name) => {
    if (name === 'a') return 'a'
    throw new PyError('KeyError', `'${name}'`)
  },
  attribute: (value, name) => `${value}.${name}`,
  item: (value, key) => `${value}[${key}]`,
  convert: (value, conversion) => `${conversion}(${value})`,
  format: (value, spec) => `<${value}|${spec}>`,
}

function piecesOf(text: Str): FormatPiece[] {
  const parser = new FormatStringParser(text)
  const pieces: FormatPiece[] = []
  for (let piece = parser.next(); piece !== undefined; piece = parser.next()) pieces.push(piece)
  return pieces
}

function stepsOf(text: Str): unknown[] {
  const name = new FieldName(text)
  const steps: unknown[] = [name.first]
  for (let step = name.next(); step !== undefined; step = name.next()) steps.push(step)
  return steps
}

test('fields are replaced by formatted values', () => {
  assert.equal(strFormat('', values), '')
  assert.equal(strFormat('x{{}}', values), 'x{}')
  assert.equal(strFormat('{}{}', values), '<p0|><p1|>')
  assert.equal(strFormat('{0}{1}{0}', values), '<p0|><p1|><p0|>')
  assert.equal(strFormat('{a.b[1][x].c:>5}', values), '<a.b[1][x].c|>5>')
  assert.equal(strFormat('{0:{1}}', values), '<p0|<p1|>>')
  assert.equal(strFormat('{:{}}', values), '<p0|<p1|>>')
  assert.equal(strFormat('\xe9{a}\u0663', values), '\xe9<a|>\u0663')
  assert.equal(strFormat('{\u0660}', values), '<p0|>')
  assert.equal(strFormat('{a!r}{0!s:x}', values), '<r(a)|><s(p0)|x>')
})

test('what is wrong with a format string is said as CPython does', () => {
  assert.throws(() => strFormat('{', values), {
    type: 'ValueError',
    message: "Single '{' encountered in format string",
  })
  assert.throws(() => strFormat('}', values), {
    type: 'ValueError',
    message: "Single '}' encountered in format string",
  })
  assert.throws(() => strFormat('a}b', values), {
    type: 'ValueError',
    message: "Single '}' encountered in format string",
  })
  assert.throws(() => strFormat('{a', values), { type: 'ValueError', message: "expected '}' before end of string" })
  assert.throws(() => strFormat('{a!', values), {
    type: 'ValueError',
    message: 'end of string while looking for conversion specifier',
  })
  assert.throws(() => strFormat('{a!r', values), { type: 'ValueError', message: "unmatched '{' in format spec" })
  assert.throws(() => strFormat('{a!rx}', values), {
    type: 'ValueError',
    message: "expected ':' after conversion specifier",
  })
  assert.throws(() => strFormat('{a:', values), { type: 'ValueError', message: "unmatched '{' in format spec" })
  assert.throws(() => strFormat('{a{}}', values), { type: 'ValueError', message: "unexpected '{' in field name" })
  assert.throws(() => strFormat('{a.}', values), { type: 'ValueError', message: 'Empty attribute in format string' })
  assert.throws(() => strFormat('{a[}', values), { type: 'ValueError', message: "expected '}' before end of string" })
  assert.throws(() => strFormat('{a[]}', values), { type: 'ValueError', message: 'Empty attribute in format string' })
  assert.throws(() => strFormat('{a[1]x}', values), {
    type: 'ValueError',
    message: "Only '.' or '[' may follow ']' in format field specifier",
  })
  assert.throws(() => strFormat('{}{0}', values), {
    type: 'ValueError',
    message: 'cannot switch from automatic field numbering to manual field specification',
  })
  assert.throws(() => strFormat('{0}{}', values), {
    type: 'ValueError',
    message: 'cannot switch from manual field specification to automatic field numbering',
  })
  assert.throws(() => strFormat('{2}', values), {
    type: 'IndexError',
    message: 'Replacement index 2 out of range for positional args tuple',
  })
  assert.throws(() => strFormat('{99999999999999999999}', values), {
    type: 'ValueError',
    message: 'Too many decimal digits in format string',
  })
  assert.throws(() => strFormat('{a!x}', values), { type: 'ValueError', message: 'Unknown conversion specifier x' })
  assert.throws(() => strFormat('{a!\x01}', values), {
    type: 'ValueError',
    message: 'Unknown conversion specifier \\x1',
  })
  assert.throws(() => strFormat('{0:{1:{a}}}', values), {
    type: 'ValueError',
    message: 'Max string recursion exceeded',
  })
  assert.throws(() => strFormat('{a:}}', values), {
    type: 'ValueError',
    message: "Single '}' encountered in format string",
  })
  assert.throws(() => strFormat('{b}', values), { type: 'KeyError' })
  assert.throws(() => strFormat('{}', { ...values, args: null }), {
    type: 'ValueError',
    message: 'Format string contains positional fields',
  })
})

test('the parser gives text and fields in turn', () => {
  assert.deepEqual(piecesOf('a{{b{c.d!r:>{e}}f'), [
    { literal: 'a{', fieldName: null, spec: null, conversion: null, isSpecNested: false },
    { literal: 'b', fieldName: 'c.d', spec: '>{e}', conversion: 'r', isSpecNested: true },
    { literal: 'f', fieldName: null, spec: null, conversion: null, isSpecNested: false },
  ])
  assert.deepEqual(piecesOf('{}'), [{ literal: '', fieldName: '', spec: '', conversion: null, isSpecNested: false }])
  assert.deepEqual(piecesOf(strFromUtf16('x\u{1f600}')), [
    { literal: strFromUtf16('x\u{1f600}'), fieldName: null, spec: null, conversion: null, isSpecNested: false },
  ])
})

test('names are taken apart', () => {
  assert.deepEqual(stepsOf('a.b[0][x].c'), [
    'a',
    { isAttribute: true, name: 'b' },
    { isAttribute: false, name: 0 },
    { isAttribute: false, name: 'x' },
    { isAttribute: true, name: 'c' },
  ])
  assert.deepEqual(stepsOf('0'), [0])
  assert.deepEqual(stepsOf(''), [''])
  assert.deepEqual(stepsOf('12.x[34]'), [12, { isAttribute: true, name: 'x' }, { isAttribute: false, name: 34 }])
  assert.deepEqual(stepsOf('a[\u0663]'), ['a', { isAttribute: false, name: 3 }])
})
