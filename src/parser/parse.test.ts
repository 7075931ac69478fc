import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Expr, Mod } from '../ast/nodes.ts'
import { PyError } from '../base/errors.ts'
import { decodeSource } from '../source/decode.ts'
import type { CompileWarning } from '../source/errors.ts'
import { PySyntaxError } from '../source/errors.ts'
import { parse } from './parse.ts'

function tree(text: string): Mod {
  return parse(decodeSource(text, 'test.py'))
}

function expression(text: string): Expr {
  const mod = parse(decodeSource(text, 'test.py', { mode: 'eval' }), { mode: 'eval' })
  assert.equal(mod.node, 'Expression')
  return (mod as Extract<Mod, { node: 'Expression' }>).body
}

/** `ok`, or the type of the exception. */
function answer(text: string): string {
  try {
    tree(text)
    return 'ok'
  } catch (error) {
    if (error instanceof PyError) return error.type
    throw error
  }
}

describe('nodes', () => {
  it('have the fields of the table in their order, then the positions', () => {
    assert.deepEqual(Object.keys(expression('a.b')), [
      'node',
      'value',
      'attr',
      'ctx',
      'lineno',
      'col_offset',
      'end_lineno',
      'end_col_offset',
    ])
  })

  it('do not share arrays', () => {
    const mod = tree('f()\ng()\n') as Extract<Mod, { node: 'Module' }>
    const [first, second] = mod.body.map((statement) => (statement.node === 'Expr' ? statement.value : null))
    assert.ok(first?.node === 'Call' && second?.node === 'Call')
    assert.notEqual(first.args, second.args)
    assert.notEqual(first.args, first.keywords)
  })
})

describe('depth', () => {
  const chains: [string, (n: number) => string, number][] = [
    ['not', (n) => 'not '.repeat(n) + 'a', 5969],
    ['signs', (n) => '-'.repeat(n) + 'a', 5969],
    ['powers', (n) => 'a**'.repeat(n) + 'a', 2984],
    ['lambdas', (n) => 'lambda:'.repeat(n) + 'a', 2984],
    ['lambda defaults', (n) => 'lambda a='.repeat(n) + 'a' + ':0'.repeat(n), 746],
    ['conditional expressions', (n) => 'a if b else '.repeat(n) + 'a', 5969],
    ['elif', (n) => 'if a:pass\n' + 'elif a:pass\n'.repeat(n), 5966],
    ['not behind =', (n) => 'x = ' + 'not '.repeat(n) + 'a', 5967],
    ['not in a call', (n) => 'f(' + 'not '.repeat(n) + 'a)', 5964],
    ['not in 50 lists', (n) => '['.repeat(50) + 'not '.repeat(n) + 'a' + ']'.repeat(50), 4538],
    ['not in an f-string', (n) => "f'{" + 'not '.repeat(n) + "a}'", 5946],
  ]
  for (const [name, make, limit] of chains) {
    it(`${name}: ${limit} are accepted and one more is a MemoryError`, () => {
      assert.equal(answer(make(limit)), 'ok')
      assert.equal(answer(make(limit + 1)), 'MemoryError')
    })
  }

  it('is bounded by brackets and indentation', () => {
    assert.equal(answer('('.repeat(200) + ')'.repeat(200)), 'ok')
    assert.equal(answer('('.repeat(10_000) + ')'.repeat(10_000)), 'SyntaxError')
    const blocks = (n: number) => Array.from({ length: n }, (_, i) => ' '.repeat(i) + 'if a:\n').join('')
    assert.equal(answer(blocks(99) + ' '.repeat(99) + 'b\n'), 'ok')
    assert.equal(answer(blocks(100) + ' '.repeat(100) + 'b\n'), 'IndentationError')
  })

  it('does not grow with what is only long', () => {
    const n = 50_000
    for (const text of ['a' + '+a'.repeat(n), 'a' + '.a'.repeat(n), 'a' + '()'.repeat(n), 'a,'.repeat(n)]) {
      assert.equal(answer(text), 'ok')
    }
    for (const text of ['"a" '.repeat(n), 'a=' + 'a='.repeat(n) + 'a', 'a' + '<a'.repeat(n), 'a=1\n'.repeat(n)]) {
      assert.equal(answer(text), 'ok')
    }
    assert.equal(answer('if a:pass\n' + 'elif a:pass\n'.repeat(n)), 'MemoryError')
  })
})

describe('warnings', () => {
  const source = decodeSource("x = '\\d' '\\e'; 1if 1else 2; b'\\400'\nwith ('\\g'): pass\n", 'test.py')

  function run(refused: string | null): [string[], unknown] {
    const issued: string[] = []
    const warn = (warning: CompileWarning) => {
      if (warning.message === refused) return 'error' as const
      issued.push(`${warning.lineno}: ${warning.message}`)
      return undefined
    }
    try {
      parse(source, { warn })
      return [issued, null]
    } catch (error) {
      return [issued, error]
    }
  }

  const all = [
    "1: invalid escape sequence '\\d'",
    "1: invalid escape sequence '\\e'",
    '1: invalid decimal literal',
    '1: invalid decimal literal',
    "1: invalid octal escape sequence '\\400'",
    "2: invalid escape sequence '\\g'",
  ]

  it('are issued in the order of the source, each once', () => {
    assert.deepEqual(run(null), [all, null])
  })

  it('become errors at the place where they are refused, after those before', () => {
    const [issued, error] = run("invalid octal escape sequence '\\400'")
    assert.deepEqual(issued, all.slice(0, 4))
    assert.ok(error instanceof PySyntaxError)
    assert.equal(error.msg, "invalid octal escape sequence '\\400'")
    assert.deepEqual([error.lineno, error.offset, error.end_offset], [1, 29, 36])
  })

  it('are issued once for an invalid program too', () => {
    const issued: string[] = []
    const bad = decodeSource("'\\d'; x x\n", 'test.py')
    const warn = (warning: CompileWarning) => void issued.push(warning.message)
    assert.throws(() => parse(bad, { warn }), { msg: 'invalid syntax' })
    assert.deepEqual(issued, ["invalid escape sequence '\\d'"])
  })
})

describe('barryAsFlufl', () => {
  it('turns the spelling of inequality around', () => {
    const options = { mode: 'eval', barryAsFlufl: true } as const
    const mod = parse(decodeSource('a <> b', 'test.py', options), options)
    assert.equal((mod as Extract<Mod, { node: 'Expression' }>).body.node, 'Compare')
    assert.throws(() => parse(decodeSource('a != b', 'test.py', options), options), {
      msg: "with Barry as BDFL, use '<>' instead of '!='",
    })
  })
})
