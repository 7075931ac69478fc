import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dump } from '../ast/dump.ts'
import type { Expr, Mod } from '../ast/nodes.ts'
import { PyError } from '../base/errors.ts'
import { Complex, FrozenSet } from '../base/values.ts'
import { CO_FUTURE_ANNOTATIONS } from '../bytecode/code.ts'
import { parse } from '../parser/parse.ts'
import { decodeSource } from '../source/decode.ts'
import { type OptimizeOptions, optimizeAst } from './optimizer.ts'

function optimized(source: string, options?: Partial<OptimizeOptions>): Mod {
  const mod = parse(decodeSource(source, '<case>'))
  optimizeAst(mod, { optimize: 0, features: 0, ...options })
  return mod
}

/** The optimised expression of a module that is one expression statement. */
function expression(source: string, options?: Partial<OptimizeOptions>): Expr {
  const mod = optimized(source, options)
  assert.equal(mod.node, 'Module')
  const stmt = mod.body[0]!
  assert.equal(stmt.node, 'Expr')
  return stmt.value
}

/** Checks that a program is optimised to the tree that another one has as it is. */
function becomes(source: string, like: string, options?: Partial<OptimizeOptions>): void {
  const expected = parse(decodeSource(like, '<case>'))
  assert.equal(dump(optimized(source, options)), dump(expected), source)
}

function unchanged(source: string, options?: Partial<OptimizeOptions>): void {
  becomes(source, source, options)
}

test('__debug__ is a constant where it is read', () => {
  becomes('x = __debug__\n', 'x = True\n')
  becomes('x = __debug__\n', 'x = False\n', { optimize: 1 })
  becomes('if not __debug__: x\n', 'if False: x\n')
})

test('not goes into a comparison whose result is a bool', () => {
  becomes('not a is b\n', 'a is not b\n')
  becomes('not a is not b\n', 'a is b\n')
  becomes('not a in b\n', 'a not in b\n')
  becomes('not a not in b\n', 'a in b\n')
  unchanged('not a < b\n')
  unchanged('not a == b\n')
  unchanged('not a is b is c\n')
  const node = expression('not  a is b\n')
  assert.equal(node.col_offset, 5, 'the place of the comparison')
})

test('displays that are only searched become tuples and frozensets', () => {
  unchanged('a in {1, b}\n')
  becomes('a in [1, b]\n', 'a in (1, b)\n')
  unchanged('a in [1, *b]\n')
  unchanged('a in [1] in b\n')
  const node = expression('a < b not in {2, 1, 2.0, True}\n')
  assert.equal(node.node, 'Compare')
  const set = node.comparators[1]!
  assert.ok(set.node === 'Constant' && set.value instanceof FrozenSet)
  assert.deepEqual(set.value.items, [2, 1])
  assert.equal(set.col_offset, 13)
})

test('displays that are only iterated over become tuples', () => {
  becomes('for a in [b, c]: pass\n', 'for a in (b, c): pass\n')
  becomes('[a for a in [b, c]]\n', '[a for a in (b, c)]\n')
  const node = expression('{a for a in [1, 2]}\n')
  assert.ok(node.node === 'SetComp')
  const iter = node.generators[0]!.iter
  assert.ok(iter.node === 'Constant')
  assert.deepEqual(iter.value, [1, 2])
  unchanged('async def f():\n  async for a in [b, c]: pass\n')
})

test('only what is read is folded', () => {
  unchanged('del (a, b)\n')
  becomes('x[1 + 1] = 2 * 3\n', 'x[2] = 6\n')
  unchanged('() = x\n')
})

/** As `becomes`; the specification of a format is a bare constant, where the parser makes an f-string of it. */
function sameFString(source: string, like: string): void {
  const expected = dump(parse(decodeSource(like, '<case>')))
  const specs = expected.replace(/format_spec=JoinedStr\(values=\[(.*?)\]\)/g, 'format_spec=$1')
  assert.notEqual(specs, expected)
  assert.equal(dump(optimized(source)), specs, source)
}

test('a format with a tuple becomes an f-string', () => {
  becomes("'%s, %r%%' % (a, b)\n", "f'{a!s}, {b!r}%'\n")
  sameFString("'%5s|%-5a|%.3s|%5.1r' % (a, b, c, d)\n", "f'{a!s:>5}|{b!a:5}|{c!s:.3}|{d!r:>5.1}'\n")
  sameFString("'%05s%+-s%#12s%.s' % (a, b, c, d)\n", "f'{a!s:>5}{b!s}{c!s:>12}{d!s:.0}'\n")
  becomes("'\\U0001f600%s' % (a,)\n", "f'\\U0001f600{a!s}'\n")
  for (const format of ['%d', '%123s', '%.123s', '%.000s', '%', '%s%', '%s %s', 'none', '%(a)s', '%zs', '%ls', '%*s']) {
    unchanged(`'${format}' % (a,)\n`)
  }
  unchanged("'%s' % (*a,)\n")
  unchanged("b'%s' % (a,)\n")
  unchanged("'%s' % a\n")
})

test('the pieces of such an f-string stand where CPython puts them', () => {
  const node = expression("'a%s' % (b,)\n")
  assert.ok(node.node === 'JoinedStr')
  const [literal, value] = node.values
  assert.deepEqual([node.col_offset, node.end_col_offset], [0, 12])
  assert.equal(literal!.lineno, -1)
  assert.deepEqual([value!.lineno, value!.col_offset, value!.end_col_offset], [1, 9, 10])
})

test('a string that folding makes is no docstring', () => {
  for (const wrap of ['X', 'def f():\n  X', 'class C:\n  X', 'async def f():\n  X']) {
    const mod = optimized(wrap.replace('X', "'a' + 'b'\n"))
    assert.ok(mod.node === 'Module')
    const first = mod.body[0]!
    const stmt = 'body' in first ? first.body : first
    const inner = Array.isArray(stmt) ? stmt[0]! : stmt
    assert.ok('value' in inner && inner.value !== null && typeof inner.value === 'object')
    assert.ok('values' in inner.value, wrap)
    assert.equal(inner.value.values.length, 1)
  }
  unchanged("'a'\n")
  assert.equal(expression('1 + 1\n').node, 'Constant')
})

test('annotations are folded unless they are kept as text', () => {
  const source = 'def f(a: 1 + 1, /, b: -1, *c: -1, d: -1 = -2, **e: -1) -> -1: pass\nx: 1 + 1 = 1 + 2\n'
  const features = CO_FUTURE_ANNOTATIONS
  const kept = optimized(source, { features })
  assert.ok(kept.node === 'Module' && kept.body[1]!.node === 'AnnAssign')
  assert.equal(kept.body[1].annotation.node, 'BinOp')
  assert.equal(kept.body[1].value!.node, 'Constant')
  const text = dump(kept)
  assert.equal(text.split('UnaryOp').length - 1, 5)
  assert.equal(dump(optimized(source)).includes('UnaryOp'), false)
})

test('numbers in patterns are folded', () => {
  const mod = optimized('match x:\n  case -1 | {2 - 3j: [C(-4)]} | C(a=-5 as b): pass\n')
  assert.equal(/UnaryOp|BinOp/.test(dump(mod)), false)
  assert.ok(mod.node === 'Module' && mod.body[0]!.node === 'Match')
  const pattern = mod.body[0].cases[0]!.pattern
  assert.ok(pattern.node === 'MatchOr' && pattern.patterns[1]!.node === 'MatchMapping')
  const key = pattern.patterns[1].keys[0]!
  assert.ok(key.node === 'Constant')
  assert.deepEqual(key.value, new Complex(2, -3))
})

test('every statement and expression is reached', () => {
  const source = `
@d(-1)
class C(-1, k=-1):
    while -1: break
    else: -1
async def f(a=-1, *, b=-1):
    async with -1 as x[-1]: return -1
    async for x[-1] in -1: await g(-1)
    else: yield -1
    raise -1 from -1
try: assert -1, -1
except -1: x[-1] += -1
else: del x[-1]
finally: lambda a=-1: -1
try: -1
except* -1: -1
for x[-1] in -1: (y := -1)
else: -1 if -1 else -1
{-1: -1, **-1}; {-1, x}; [-1, x]; (-1, x); x[-1:-1:-1]; f'{-1!r:{-1}}'; x(-1, *-1, **-1)
{x[-1]: -1 for x in -1 if -1}; (-1 for x in -1); (yield from -1) if -1 else (-1).real; -1 < -1; -1 and -1
`
  assert.ok(dump(parse(decodeSource(source, '<case>'))).includes('UnaryOp'))
  assert.equal(dump(optimized(source)).includes('UnaryOp'), false)
})

/** Whether a program is too deep for the optimiser. */
function isTooDeep(source: string, options?: Partial<OptimizeOptions>): boolean {
  try {
    optimized(source, options)
    return false
  } catch (error) {
    assert.ok(error instanceof PyError)
    assert.equal(error.type, 'RecursionError')
    assert.equal(error.message, 'maximum recursion depth exceeded during compilation')
    return true
  }
}

test('trees are too deep where CPython finds them so', () => {
  const cases: readonly (readonly [(n: number) => string, number])[] = [
    [(n) => `${Array(n).fill('a').join('+')}\n`, 2999],
    [(n) => `a${'.b'.repeat(n)}\n`, 2998],
    [(n) => `${'-'.repeat(n)}a\n`, 2998],
    [(n) => `if a: pass\n${'elif a: pass\n'.repeat(n)}`, 2998],
  ]
  for (const [program, deepest] of cases) {
    assert.equal(isTooDeep(program(deepest)), false)
    assert.equal(isTooDeep(program(deepest + 1)), true)
  }
  const sum = (n: number) => `${Array(n).fill('a').join('+')}\n`
  assert.equal(isTooDeep(sum(2993), { recursionDepth: 2 }), false)
  assert.equal(isTooDeep(sum(2994), { recursionDepth: 2 }), true)
  assert.equal(isTooDeep(sum(599), { recursionLimit: 200 }), false)
  assert.equal(isTooDeep(sum(600), { recursionLimit: 200 }), true)
})

test('no chain uses up the stack', () => {
  const long = { recursionLimit: 100000 }
  assert.equal(isTooDeep(`${Array(50000).fill('1').join('+')}\n`, long), false)
  assert.equal(isTooDeep(`x${'.a[1]()'.repeat(20000)}\n`, long), false)
  assert.equal(isTooDeep(`${'lambda: '.repeat(2000)}1\n`, long), false)
  assert.equal(isTooDeep(`${'1 if 2 else '.repeat(2000)}3\n`, long), false)
  assert.equal(isTooDeep(`${'2 ** '.repeat(1500)}3\n`, long), false)
  assert.equal(isTooDeep(`${'not '.repeat(3000)}3\n`, long), false)
})
