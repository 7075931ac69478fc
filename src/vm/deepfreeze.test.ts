import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Constant, Ellipsis, Float } from '../base/values.ts'
import { type CodeConstant, CodeObject } from '../bytecode/code.ts'
import { loads } from '../bytecode/marshal_read.ts'
import { dumps } from '../bytecode/marshal_write.ts'
import { compileAst } from '../compiler/compile.ts'
import type { Value } from '../objects/object.ts'
import { SetTable } from '../objects/set_table.ts'
import { codeType, typeOf } from '../objects/types.ts'
import { parse } from '../parser/parse.ts'
import { decodeSource } from '../source/decode.ts'
import { type Code, newCode, type PyCode } from './code.ts'
import { frozenModuleCode } from './deepfreeze.ts'
import { packModule } from './deepfreeze_pack.ts'

const source = `
"""A module, \\u00e9\\u4e2d."""
import os
from math import inf as 無限
LONG = 123456789012345678901234567890, -1, 2.5, -0.0, 1e999, 3j, b'bytes', '\\U0001f600', '\\ud800', ..., True, None
MORE = x in {1, 'two', 30, 400} if os else x in {'three', 7}

def outer(a, /, b=1, *args, c, d=(1, (2.5, 'y')), **kw):
    "Doc."
    cell = a
    def inner(x):
        nonlocal cell
        cell = lambda: (x, cell, b)
        try:
            return cell()
        except (ValueError, TypeError) as e:
            raise RuntimeError from e
        finally:
            cell = None
    return inner

class C:
    """Doc of C."""
    def m(self): return __class__, super().m
    async def g(self):
        async for x in self: yield x

def long():
    return [${Array.from({ length: 300 }, (_, i) => `a${i}.b${i}`).join(', ')}]
`

/** The code of a module as its `.pyc` gives it. */
function compile(text: string): CodeObject {
  const code = compileAst(parse(decodeSource(text, 'm.py'), { mode: 'exec' }), { filename: 'm.py' })
  return loads(dumps(code)) as CodeObject
}

/** What a value holds. */
function contents(value: Value): unknown {
  if (typeof value !== 'object') return value
  const { data } = value as { data: unknown }
  return data instanceof SetTable ? data.toKeys() : data
}

function sameValue(frozen: Value, plain: Value): void {
  assert.equal(typeOf(frozen), typeOf(plain))
  if (typeOf(plain) === codeType) {
    same((frozen as unknown as PyCode).data, (plain as unknown as PyCode).data)
    return
  }
  const [one, other] = [contents(frozen), contents(plain)]
  if (!Array.isArray(one) || !Array.isArray(other)) {
    assert.deepEqual(one, other)
    return
  }
  assert.equal(one.length, other.length)
  for (const [i, value] of other.entries()) sameValue(one[i] as Value, value as Value)
}

/** Whether two codes have the same fields, all of them. */
function same(frozen: Code, plain: Code): void {
  for (const field of [
    ...(['argcount', 'posonlyargcount', 'kwonlyargcount', 'flags', 'stacksize', 'firstlineno', 'simple'] as const),
    ...(['generator', 'optimized', 'nlocalsplus', 'nlocals', 'nfreevars', 'name', 'qualname', 'filename'] as const),
    ...(['names', 'localsplusnames', 'localspluskinds', 'doc', 'lines'] as const),
  ]) {
    assert.deepEqual(frozen[field], plain[field], `${field} of ${String(plain.qualname)}`)
  }
  for (const field of ['words', 'plainWords', 'handlers', 'offsets', 'indexes', 'firstTraceable', 'resumes'] as const) {
    assert.deepEqual(frozen.run[field], plain.run[field], `${field} of ${String(plain.qualname)}`)
  }
  assert.deepEqual(dumps(frozen.object as unknown as Constant), dumps(plain.object as unknown as Constant))
  assert.equal(frozen.consts.length, plain.consts.length)
  for (const [i, value] of plain.consts.entries()) sameValue(frozen.consts[i]!, value)
}

test('a module from its image is the module as it was compiled', () => {
  const object = compile(source)
  same(frozenModuleCode(packModule(object), 'm.py', () => object).data, newCode(object).data)
})

test('the compiled form of a frozen module is asked for once, and only where it is needed', () => {
  const object = compile(source)
  let asked = 0
  const { data } = frozenModuleCode(packModule(object), 'other.py', () => {
    asked++
    return object
  })
  const nested = data.consts.filter((value) => typeOf(value) === codeType) as unknown as PyCode[]
  assert.deepEqual(
    nested.map((code) => code.data.qualname),
    ['outer', 'C', 'long'],
  )
  assert.equal(nested[0]!.data.doc, 'Doc.')
  assert.equal(nested[0]!.data.filename, 'other.py')
  assert.ok(data.run.words.length > 0)
  assert.equal(asked, 0)
  assert.equal(nested[2]!.data.object.co_qualname, 'long')
  assert.equal(nested[0]!.data.object.co_qualname, 'outer')
  assert.equal(asked, 1)
})

test('all kinds of constants are in an image', () => {
  const constants: CodeConstant[] = [
    Ellipsis,
    new Float(Number.NaN),
    2n ** 80n,
    new Uint8Array([0, 255]),
    'é'.repeat(300),
  ]
  const fields = compile('')
  const object = new CodeObject({ ...fields, co_consts: constants })
  same(frozenModuleCode(packModule(object), 'm.py', () => object).data, newCode(object).data)
})
