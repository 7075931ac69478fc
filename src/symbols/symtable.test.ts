import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../base/errors.ts'
import { parse } from '../parser/parse.ts'
import { decodeSource } from '../source/decode.ts'
import { PySyntaxError } from '../source/errors.ts'
import { SCOPE_OFFSET, type SymbolTable, type SymbolTableEntry } from './entry.ts'
import { futureFeatures } from './future.ts'
import { buildSymtable, type SymtableOptions } from './symtable.ts'

type ErrorRow = [source: string, msg: string, lineno: number, offset: number, end: number, endOffset: number | null]

function symtable(source: string, options: SymtableOptions = {}): SymbolTable {
  const mod = parse(decodeSource(source, '<case>'))
  const context = { filename: '<case>', sourceLine: options.sourceLine ?? null }
  return buildSymtable(mod, '<case>', futureFeatures(mod, context), options)
}

function caught(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return assert.fail('nothing was thrown')
}

const scopeNames = ['', 'local', 'global explicit', 'global', 'free', 'cell']

/** One line a block, symbol and parameter list, as the expectations below have them. */
function describe(entry: SymbolTableEntry, depth = 0): string[] {
  const pad = '  '.repeat(depth)
  const out = [`${pad}${entry.type} ${entry.name}:${entry.lineno}${entry.nested ? ' nested' : ''}`]
  for (const [name, flags] of [...entry.symbols].sort(([a], [b]) => (a < b ? -1 : 1))) {
    out.push(`${pad}  ${name} ${scopeNames[entry.scope(name)]} ${flags & ((1 << SCOPE_OFFSET) - 1)}`)
  }
  if (entry.varnames.length > 0) out.push(`${pad}  params ${entry.varnames.join(' ')}`)
  for (const child of entry.children) out.push(...describe(child, depth + 1))
  return out
}

/** A program, then what CPython 3.11.7 makes of it: scope and flags of each name. */
const programs: Record<string, string[]> = {
  closures: [
    'def f(a, *args, k=1, **kw):\n    b = a\n    def g():\n        nonlocal b\n        b = c\n        return a\n    c = 1\n    return g\n',
    'module top:0',
    '  f local 2',
    '  function f:1',
    '    a cell 20',
    '    args local 4',
    '    b cell 2',
    '    c cell 2',
    '    g local 18',
    '    k local 4',
    '    kw local 4',
    '    params a k args kw',
    '    function g:3 nested',
    '      a free 16',
    '      b free 10',
    '      c free 16',
  ],
  'class cells': [
    'class C:\n    x = 1\n    def m(self):\n        super().m()\n        return __class__, x, __y\n    def n(self): return [__class__ for _ in self]\n',
    'module top:0',
    '  C local 2',
    '  class C:1',
    '    m local 2',
    '    n local 2',
    '    x local 2',
    '    function m:3',
    '      _C__y global 16',
    '      __class__ free 16',
    '      self local 4',
    '      super global 16',
    '      x global 16',
    '      params self',
    '    function n:6',
    '      __class__ free 0',
    '      self local 20',
    '      params self',
    '      function listcomp:6 nested',
    '        .0 local 4',
    '        _ local 514',
    '        __class__ free 16',
    '        params .0',
  ],
  'class free': [
    'def f():\n    x = y = 1\n    class C:\n        x = 2\n        def m(self): return x, y\n    return C\n',
    'module top:0',
    '  f local 2',
    '  function f:1',
    '    C local 18',
    '    x cell 2',
    '    y cell 2',
    '    class C:3 nested',
    '      m local 2',
    '      x local 66',
    '      y free 0',
    '      function m:5 nested',
    '        self local 4',
    '        x free 16',
    '        y free 16',
    '        params self',
  ],
  'global through function': [
    'x = 1\ndef f():\n    x = 2\n    def g():\n        global x\n        def h(): return x\n',
    'module top:0',
    '  f local 2',
    '  x global explicit 3',
    '  function f:2',
    '    g local 2',
    '    x local 2',
    '    function g:4 nested',
    '      h local 2',
    '      x global explicit 1',
    '      function h:6 nested',
    '        x global 16',
  ],
  comprehension: [
    'def f(z):\n    return [(w := x + y) for x in z for y in x if w], {k: v for k, v in z}\n',
    'module top:0',
    '  f local 2',
    '  function f:1',
    '    w cell 2',
    '    z local 20',
    '    params z',
    '    function listcomp:2 nested',
    '      .0 local 4',
    '      w free 26',
    '      x local 530',
    '      y local 530',
    '      params .0',
    '    function dictcomp:2 nested',
    '      .0 local 4',
    '      k local 530',
    '      v local 530',
    '      params .0',
  ],
  'module walrus': [
    '[(w := i) for i in range(3)]\n',
    'module top:0',
    '  range global 16',
    '  w global explicit 1',
    '  function listcomp:1',
    '    .0 local 4',
    '    i local 530',
    '    w global explicit 3',
    '    params .0',
  ],
  mangling: [
    'class _A:\n    import __b.c as __d, __e.f\n    def m(self, __p, __q__):\n        __r = __s = 1\n        def g(): return __r\n',
    'module top:0',
    '  _A local 2',
    '  class _A:1',
    '    _A__d local 128',
    '    _A__e local 128',
    '    m local 2',
    '    function m:3',
    '      _A__p local 4',
    '      _A__r cell 2',
    '      _A__s local 2',
    '      __q__ local 4',
    '      g local 2',
    '      self local 4',
    '      params self _A__p __q__',
    '      function g:5 nested',
    '        _A__r free 16',
  ],
  annotations: [
    'from __future__ import annotations\nx: a = b\ndef f(p: c) -> d:\n    y: e = p\n',
    'module top:0',
    '  annotations local 128',
    '  b global 16',
    '  f local 2',
    '  x local 258',
    '  function f:3',
    '    p local 20',
    '    y local 258',
    '    params p',
  ],
  match: [
    "match a:\n    case {'k': b, **c} | [b, *c] as d if e:\n        pass\n",
    'module top:0',
    '  a global 16',
    '  b local 2',
    '  c local 2',
    '  d local 2',
    '  e global 16',
  ],
  except: [
    'try: pass\nexcept E as e: f\nelse: g\nfinally: h\n',
    'module top:0',
    '  E global 16',
    '  e local 2',
    '  f global 16',
    '  g global 16',
    '  h global 16',
  ],
}

for (const [name, [source, ...expected]] of Object.entries(programs)) {
  test(`scopes: ${name}`, () => {
    assert.deepEqual(describe(symtable(source!).top), expected)
  })
}

/** Invalid programs with the error that CPython 3.11.7 raises. */
const errors: ErrorRow[] = [
  ['def f(x):\n    global x', "name 'x' is parameter and global", 2, 5, 2, 13],
  ['def f():\n    print(x)\n    global x', "name 'x' is used prior to global declaration", 3, 5, 3, 13],
  ['def f():\n    x: int\n    global x', "annotated name 'x' can't be global", 3, 5, 3, 13],
  ['def f():\n    x = 1\n    global x', "name 'x' is assigned to before global declaration", 3, 5, 3, 13],
  ['def f(x):\n    nonlocal x', "name 'x' is parameter and nonlocal", 2, 5, 2, 15],
  [
    'def g():\n    x = 0\n    def f():\n        print(x)\n        nonlocal x',
    "name 'x' is used prior to nonlocal declaration",
    5,
    9,
    5,
    19,
  ],
  [
    'def g():\n    x = 0\n    def f():\n        x: int\n        nonlocal x',
    "annotated name 'x' can't be nonlocal",
    5,
    9,
    5,
    19,
  ],
  [
    'def g():\n    x = 0\n    def f():\n        x = 1\n        nonlocal x',
    "name 'x' is assigned to before nonlocal declaration",
    5,
    9,
    5,
    19,
  ],
  ['def f():\n    global x\n    x: int = 1', "annotated name 'x' can't be global", 3, 5, 3, 15],
  [
    'def g():\n    x = 1\n    def f():\n        nonlocal x\n        x: int = 1',
    "annotated name 'x' can't be nonlocal",
    5,
    9,
    5,
    19,
  ],
  ['nonlocal x', 'nonlocal declaration not allowed at module level', 1, 1, 1, 11],
  ['def f():\n    nonlocal x', "no binding for nonlocal 'x' found", 2, 5, 2, 15],
  ['def f():\n    nonlocal x, y\n    global x', "name 'x' is nonlocal and global", 2, 5, 2, 18],
  ['def f():\n    global x\n    nonlocal x', "name 'x' is nonlocal and global", 2, 5, 2, 13],
  ['def f(a, a): pass', "duplicate argument 'a' in function definition", 1, 10, 1, 11],
  ['lambda a, *, a: 0', "duplicate argument 'a' in function definition", 1, 14, 1, 15],
  ['class C:\n    def f(self, __a, __a): pass', "duplicate argument '__a' in function definition", 2, 22, 2, 25],
  ['def f():\n    from m import *', 'import * only allowed at module level', 2, 19, 2, 20],
  ['class C:\n    from m import *', 'import * only allowed at module level', 2, 19, 2, 20],
  ['[x := 1 for x in y]', "assignment expression cannot rebind comprehension iteration variable 'x'", 1, 2, 1, 3],
  [
    '[[x := 1 for i in y] for x in z]',
    "assignment expression cannot rebind comprehension iteration variable 'x'",
    1,
    3,
    1,
    4,
  ],
  [
    '[i for i in (j := y)]',
    'assignment expression cannot be used in a comprehension iterable expression',
    1,
    14,
    1,
    20,
  ],
  [
    '[i for i in y for k in (j := y)]',
    'assignment expression cannot be used in a comprehension iterable expression',
    1,
    25,
    1,
    31,
  ],
  [
    'class C:\n    [x := 1 for i in y]',
    'assignment expression within a comprehension cannot be used in a class body',
    2,
    6,
    2,
    7,
  ],
  [
    '[[(x := 1) for y in z] for x in x]',
    "assignment expression cannot rebind comprehension iteration variable 'x'",
    1,
    4,
    1,
    5,
  ],
  [
    '[(x := 1) for i in z for x in w]',
    "assignment expression cannot rebind comprehension iteration variable 'x'",
    1,
    3,
    1,
    4,
  ],
  ['def f():\n    [(yield) for i in z]', "'yield' inside list comprehension", 2, 7, 2, 12],
  ['def f():\n    {(yield from z) for i in z}', "'yield' inside set comprehension", 2, 7, 2, 19],
  ['def f():\n    {(yield): 1 for i in z}', "'yield' inside dict comprehension", 2, 7, 2, 12],
  ['def f():\n    ((yield) for i in z)', "'yield' inside generator expression", 2, 7, 2, 12],
  [
    'from __future__ import annotations\nx: (yield)',
    "'yield expression' can not be used within an annotation",
    2,
    5,
    2,
    10,
  ],
  [
    'from __future__ import annotations\ndef f(a: (b := 1)): pass',
    "'named expression' can not be used within an annotation",
    2,
    11,
    2,
    17,
  ],
  [
    'from __future__ import annotations\nasync def f() -> (await x): pass',
    "'await expression' can not be used within an annotation",
    2,
    19,
    2,
    26,
  ],
  [
    'from __future__ import annotations\nx: (yield from y)',
    "'yield expression' can not be used within an annotation",
    2,
    5,
    2,
    17,
  ],
  ['from __future__ import nothing', 'future feature nothing is not defined', 1, 1, 1, null],
  ['from __future__ import braces', 'not a chance', 1, 1, 1, null],
  [
    'import a; from __future__ import annotations',
    'from __future__ imports must occur at the beginning of the file',
    1,
    10,
    1,
    null,
  ],
  ['def f():\n    é = 1; global é', "name 'é' is assigned to before global declaration", 2, 13, 2, 22],
]

for (const [source, msg, lineno, offset, end_lineno, end_offset] of errors) {
  test(`error: ${msg}: ${JSON.stringify(source)}`, () => {
    const error = caught(() => symtable(source))
    assert.ok(error instanceof PySyntaxError)
    const { type, filename, text } = error
    const place = [error.lineno, error.offset, error.end_lineno, error.end_offset]
    assert.deepEqual([type, error.msg, filename, text], ['SyntaxError', msg, '<case>', null])
    assert.deepEqual(place, [lineno, offset, end_lineno, end_offset])
  })
}

test('an error quotes the line that the reader gives', () => {
  const asked: unknown[] = []
  const sourceLine = (filename: string, lineno: number) => {
    asked.push([filename, lineno])
    return 'the line\n'
  }
  const error = caught(() => symtable('def f(x):\n    global x', { sourceLine }))
  assert.equal((error as PySyntaxError).text, 'the line\n')
  assert.deepEqual(asked, [['<case>', 2]])
})

const tooDeep = (error: unknown) =>
  error instanceof PyError &&
  error.type === 'RecursionError' &&
  error.message === 'maximum recursion depth exceeded during compilation'

test('a tree may be three times as deep as the recursion limit', () => {
  // A statement and a name stand around 2998 operators.
  symtable(`${'-'.repeat(2998)}x`)
  assert.throws(() => symtable(`${'-'.repeat(2999)}x`), tooDeep)
  assert.throws(() => symtable(`${'-'.repeat(2998)}x`, { recursionDepth: 1 }), tooDeep)
  symtable(`${'-'.repeat(3298)}x`, { recursionLimit: 1100 })
})

for (const [kind, source] of Object.entries({
  operators: `x${' + y'.repeat(100_000)}`,
  attributes: `x${'.y'.repeat(100_000)}`,
  calls: `x${'(y)'.repeat(100_000)}`,
  subscripts: `x${'[y]'.repeat(100_000)}`,
})) {
  test(`a chain of ${kind} is refused as CPython refuses it, or walked if the limit allows`, () => {
    assert.throws(() => symtable(source), tooDeep)
    assert.ok(symtable(source, { recursionLimit: 100_000 }).top.symbols.has('x'))
  })
}

test('names in a long chain of each kind are found', () => {
  const source = `x${'.a(b)[c] + d - e'.repeat(400)}`
  assert.deepEqual([...symtable(source).top.symbols.keys()].sort(), ['b', 'c', 'd', 'e', 'x'])
})

test('a long chain of elif costs no stack', () => {
  const source = `if a:\n  b\n${'elif c:\n  d\n'.repeat(2900)}else:\n  e\n`
  assert.deepEqual([...symtable(source).top.symbols.keys()], ['a', 'b', 'c', 'd', 'e'])
})

test('lambdas may be nested as deep as the parser lets them', () => {
  let entry = symtable(`x = ${'lambda: '.repeat(2000)}y`).top
  let depth = 0
  for (; entry.children.length > 0; depth++) entry = entry.children[0]!
  assert.equal(depth, 2000)
  assert.equal(entry.scope('y'), 3)
})

test('the blocks of all nodes that open one can be found', () => {
  const mod = parse(decodeSource('class C:\n  def f(self): return [x for x in (lambda: y)()]\n', '<case>'))
  const table = buildSymtable(mod, '<case>', futureFeatures(mod, { filename: '<case>', sourceLine: null }))
  const found = [...table.blocks].map(([node, entry]) => `${node.node} ${entry.name}`)
  assert.deepEqual(found, ['Module top', 'ClassDef C', 'FunctionDef f', 'Lambda lambda', 'ListComp listcomp'])
})

test('flags of the block: generators, coroutines, varargs, returned values', () => {
  const source = 'async def f(*a, **k):\n  yield 1\ndef g():\n  return 1\nx = [i async for i in y]\n'
  const [f, g, listcomp] = symtable(source).top.children
  assert.deepEqual(
    [f!.generator, f!.coroutine, f!.varargs, f!.varkeywords, f!.returnsValue],
    [true, true, true, true, false],
  )
  assert.deepEqual(
    [g!.generator, g!.coroutine, g!.varargs, g!.varkeywords, g!.returnsValue],
    [false, false, false, false, true],
  )
  assert.deepEqual([listcomp!.coroutine, listcomp!.comprehension], [true, 'list'])
})

test('a function type has no symbols', () => {
  const mod = parse(decodeSource('(int) -> str', '<case>'), { mode: 'func_type' })
  const error = caught(() => buildSymtable(mod, '<case>', { features: 0, lineno: -1 }))
  assert.ok(error instanceof PyError)
  assert.deepEqual([error.type, error.message], ['RuntimeError', 'this compiler does not handle FunctionTypes'])
})
