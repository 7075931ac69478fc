import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dumps } from '../bytecode/marshal_write.ts'
import { parse } from '../parser/parse.ts'
import { decodeSource } from '../source/decode.ts'
import { compileAst } from './compile.ts'
import { fieldsLambda } from './fields_lambda.ts'

const compiled = (source: string) =>
  compileAst(parse(decodeSource(source, '<string>'), { mode: 'eval' }), { filename: '<string>' })

function check(list: string): void {
  const made = fieldsLambda(expression(list))
  assert.deepEqual(made, compiled(expression(list)), list)
  // What is one object in CPython is so here: that shows in marshal's references.
  assert.deepEqual(dumps(made), dumps(compiled(expression(list))), list)
}

const expression = (list: string) => `lambda _cls, ${list}: _tuple_new(_cls, (${list}))`

test('the code is what the compiler makes of the expression', () => {
  const many = Array.from({ length: 30 }, (_, i) => `field_${'x'.repeat(i % 30)}${i}`)
  for (const list of ['a,', 'x, y', 'match, _, case', 'None_, print, __doc__', '_1, B2, c', many.join(', ')]) {
    check(list)
  }
  for (let length = 1; length < 40; length++) {
    check(`${'n'.repeat(length)}, m`)
  }
})

test('other expressions are left to the compiler', () => {
  const other = [
    '',
    'lambda _cls, ',
    'lambda _cls, : _tuple_new(_cls, ())',
    expression('a'),
    expression('a, b,'),
    expression('a,b'),
    expression('a, a'),
    expression('a, _cls'),
    expression('a, _tuple_new'),
    expression('a, if'),
    expression('a, None'),
    expression('a, await'),
    expression('__debug__,'),
    expression('\xe9, b'),
    expression('a=1, b'),
    expression('*a, b'),
    expression('a, \n b'),
    `${expression('a, b')} `,
    `${expression('a, b')}))`,
    'lambda _cls, a, b: _tuple_new(_cls, (b, a))',
    'lambda _cls, a, b: _tuple_new(_cls, (a, c))',
    'lambda _cls, x, y: _tuple_new(_cls, (x, y, z))',
    expression(Array.from({ length: 31 }, (_, i) => `f${i}`).join(', ')),
  ]
  for (const source of other) assert.equal(fieldsLambda(source), null, source)
})
