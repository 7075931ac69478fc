import assert from 'node:assert/strict'
import { test } from 'node:test'
import { annotationText } from '../src/ast/annotation_text.ts'
import { dump } from '../src/ast/dump.ts'
import type { Expr, Mod } from '../src/ast/nodes.ts'
import { unparse } from '../src/ast/unparse.ts'
import { PyError } from '../src/base/errors.ts'
import { strToUtf16 } from '../src/base/values.ts'
import { type ParseOptions, parse } from '../src/parser/parse.ts'
import { decodeSource } from '../src/source/decode.ts'

function tree(source: string, options: ParseOptions = {}): Mod {
  return parse(decodeSource(source, '<case>'), options)
}

function expression(source: string): Expr {
  const mod = tree(source, { mode: 'eval' })
  assert.ok(mod.node === 'Expression')
  return mod.body
}

/** An expression, the text of `ast.unparse`, the text of the annotation if it is another: all from CPython 3.11.7. */
const expressions: [source: string, unparsed: string, annotation?: string][] = [
  ['a + b * c - (d - e)', 'a + b * c - (d - e)'],
  ['(a ** b) ** c ** -d', '(a ** b) ** c ** (-d)'],
  ['-(-a) ** 2', '-(-a) ** 2'],
  ['not (not a and b) or c', 'not (not a and b) or c'],
  ['(a if b else c) if d else (e if f else g)', '(a if b else c) if d else e if f else g'],
  ['lambda a, /, b=1, *c, d, e=2, **f: (yield_, a)', 'lambda a, /, b=1, *c, d, e=2, **f: (yield_, a)'],
  ['lambda *, k: 0', 'lambda *, k: 0', 'lambda*, k: 0'],
  ['lambda **k: 0', 'lambda **k: 0', 'lambda**k: 0'],
  ['lambda: (lambda: 0)', 'lambda: lambda: 0'],
  ['a < b <= c != d is not e not in f', 'a < b <= c != d is not e not in f'],
  ['(a < b) < c', '(a < b) < c'],
  ['f(*a, b=1, **c)', 'f(*a, b=1, **c)'],
  ['f(x for x in y)', 'f((x for x in y))', 'f(x for x in y)'],
  ['f((x for x in y), z)', 'f((x for x in y), z)'],
  ['a[1:2, ::3, *b]', 'a[1:2, ::3, *b]'],
  ['a[()]', 'a[()]'],
  ['a[b, ]', 'a[b,]'],
  ['a[(b, c)]', 'a[b, c]'],
  ['[*a, *b]', '[*a, *b]'],
  ["{**a, 'b': c, **(d or e)}", "{**a, 'b': c, **(d or e)}"],
  ['{a, *b}', '{a, *b}'],
  ['{*()}', '{*()}'],
  ['(a,)', '(a,)'],
  ['()', '()'],
  ['(a, (b,), ())', '(a, (b,), ())'],
  [
    '[x async for x in (yield_ or z) if a if b for y in (lambda: x)]',
    '[x async for x in yield_ or z if a if b for y in (lambda: x)]',
  ],
  ['{k: v for k, v in z}', '{k: v for k, v in z}'],
  ['1 .real', '1 .real'],
  ['1.0.real', '1.0.real'],
  ['True.real', 'True .real', 'True.real'],
  ['(1).real', '1 .real'],
  ['1e400', '1e309'],
  ['-1e400', '-1e309'],
  ['1e400j', '1e309j'],
  ['1e16', '1e+16'],
  ['0.1j', '0.1j'],
  ['"it\'s"', '"it\'s"'],
  ["'both \\' and \"'", "'both \\' and \"'"],
  ["'tab\\t nl\\n bs\\\\ nul\\0 é € 😀 \\ud800'", "'tab\\t nl\\n bs\\\\ nul\\x00 é € 😀 \\ud800'"],
  ["b'\\x00\\xff\\'\"'", "b'\\x00\\xff\\'\"'"],
  ["u'kind'", "u'kind'"],
  ['...', '...'],
  ["f'{a}'", "f'{a}'"],
  ["f'{a!r:>{w}}'", "f'{a!r:>{w}}'"],
  ['f"{a[\'b\']}"', 'f"{a[\'b\']}"'],
  ["f'{ {1: 2}[1] }'", "f'{ {1: 2}[1]}'"],
  ["f'{(lambda: 1)}'", "f'{(lambda: 1)}'"],
  ["f'{a:{b}{{}}}'", "f'{a:{b}{ {}}}'"],
  ["f'{{}}{a}\\n'", "f'{{}}{a}\\n'"],
  ["f'\\'\"{a}'", "f''''\"{a}'''", "f'\\'\"{a}'"],
  ['f"it\'s {a} \\"q\\""', "f'''it's {a} \"q\"'''", "f'it\\'s {a} \"q\"'"],
  ["f'{a}\\t\"'", "f'{a}\\t\"'"],
  ['f"""\'\'\'{a}"""', "f\"'''{a}\""],
  ["f'{a if b else c}{d,}'", "f'{(a if b else c)}{(d,)}'"],
  ['f\'{f"{x}"}\'', 'f"{f\'{x}\'}"'],
  ['"plain" f\'{a}\' \'x\' "\\\\"', "f'plain{a}x\\\\'"],
  ['(a or b) and (c and d)', '(a or b) and (c and d)'],
  ['a @ b // c % d << e & f ^ g | ~h', 'a @ b // c % d << e & f ^ g | ~h'],
  ['-a ** -b', '-a ** (-b)'],
  ['(-a) ** b', '(-a) ** b'],
  ['(a + b).c[d](e)', '(a + b).c[d](e)'],
  ['"a".b', "'a'.b"],
  ['[1, 2].c', '[1, 2].c'],
  ['(a).b', 'a.b'],
]

for (const [source, unparsed, annotation = unparsed] of expressions) {
  test(`the text of ${JSON.stringify(source)}`, () => {
    const e = expression(source)
    assert.equal(unparse(e), unparsed)
    assert.equal(strToUtf16(annotationText(e)), annotation)
    assert.equal(dump(expression(unparsed)), dump(e))
  })
}

/** A program and the text of `ast.unparse`, from CPython 3.11.7. */
const programs: [source: string, unparsed: string][] = [
  ['"doc"', '"""doc"""'],
  ['x = 1\n"not doc"', "x = 1\n'not doc'"],
  [
    'def f():\n  "doc \'with\' \\"quotes\\" and \\\\ and \\n newline"\n  return',
    'def f():\n    """doc \'with\' "quotes" and \\\\ and \n newline"""\n    return',
  ],
  [
    'class C(A, metaclass=M):\n  u"doc"\n  x: int = 1\n  (y): int\n  z.w: str = \'\'',
    'class C(A, metaclass=M):\n    u"""doc"""\n    x: int = 1\n    (y): int\n    z.w: str = \'\'',
  ],
  [
    'async def f(a: b=c, *d: e, **g: h) -> i:\n  async with a as b, c: pass\n  async for x, in y: await z\n  else: pass',
    'async def f(a: b=c, *d: e, **g: h) -> i:\n    async with a as b, c:\n        pass\n    async for x, in y:\n        await z\n    else:\n        pass',
  ],
  ['@a.b\n@c(d)\ndef f(): yield x, y\n', '@a.b\n@c(d)\ndef f():\n    yield (x, y)'],
  [
    'if a:\n  b\nelif c:\n  d\nelif e:\n  f\nelse:\n  if g: h',
    'if a:\n    b\nelif c:\n    d\nelif e:\n    f\nelif g:\n    h',
  ],
  ['while a:\n  break\nelse:\n  continue', 'while a:\n    break\nelse:\n    continue'],
  [
    'try: a\nexcept (A, B) as e: b\nexcept C: c\nexcept: d\nelse: e\nfinally: f',
    'try:\n    a\nexcept (A, B) as e:\n    b\nexcept C:\n    c\nexcept:\n    d\nelse:\n    e\nfinally:\n    f',
  ],
  [
    'try: a\nexcept* A: b\nexcept* B as e:\n  try: c\n  except D: d',
    'try:\n    a\nexcept* A:\n    b\nexcept* B as e:\n    try:\n        c\n    except D:\n        d',
  ],
  ['for a, b in c, d: pass', 'for a, b in (c, d):\n    pass'],
  ['with (a as b, c as (d, e)): pass', 'with a as b, c as (d, e):\n    pass'],
  ['del a, (b, c), d[0]', 'del a, (b, c), d[0]'],
  ['x = y, z = *a, b', 'x = y, z = (*a, b)'],
  ['x += yield', 'x += (yield)'],
  ['raise A from b', 'raise A from b'],
  ['raise', 'raise'],
  ["assert a, 'b'", "assert a, 'b'"],
  ['import a.b as c, d', 'import a.b as c, d'],
  ['from .. import a as b', 'from .. import a as b'],
  ['from .a import *', 'from .a import *'],
  ['global a, b', 'global a, b'],
  ['print((yield), (a := b))', 'print((yield), (a := b))'],
  ['(a := b)', '(a := b)'],
  [
    'match a, b:\n  case [1, -2, 3+4j, None, *_]: pass\n  case {\'k\': v, **r} if r: pass\n  case A.b(x, k=(1 | 2) as n): pass\n  case (a | b) as c: pass\n  case "s" | True | _: pass',
    "match (a, b):\n    case [1, -2, 3 + 4j, None, *_]:\n        pass\n    case {'k': v, **r} if r:\n        pass\n    case A.b(x, k=1 | 2 as n):\n        pass\n    case a | b as c:\n        pass\n    case 's' | True | _:\n        pass",
  ],
  ['async def f(): return [await x async for y in z]', 'async def f():\n    return [await x async for y in z]'],
  ['return_ = lambda: (yield)', 'return_ = lambda: (yield)'],
]

for (const [source, unparsed] of programs) {
  test(`the text of ${JSON.stringify(source)}`, () => {
    const mod = tree(source)
    assert.equal(unparse(mod), unparsed)
    assert.equal(dump(tree(unparsed)), dump(mod))
  })
}

test('type comments are written, ignored ones too', () => {
  const source =
    'def f(a): # type: (int) -> str\n  x = 1 # type: int\n  for i in a: # type: str\n    pass\n  y = 2 # type: ignore[z]\n'
  const lines = [
    'def f(a): # type: (int) -> str',
    '    x = 1 # type: int',
    '    for i in a: # type: str',
    '        pass',
  ]
  assert.equal(unparse(tree(source, { typeComments: true })), [...lines, '    y = 2 # type: ignore[z]'].join('\n'))
})

test('a function type loses its stars, of an interactive input only the last statement is written', () => {
  assert.equal(unparse(tree('(int, *str) -> a.b', { mode: 'func_type' })), '(int, str) -> a.b')
  assert.equal(unparse(tree('a; b', { mode: 'single' })), 'b')
})

test('an f-string that would need a backslash in an expression has no text', () => {
  const e = expression("f'{a}'")
  assert.ok(e.node === 'JoinedStr' && e.values[0]!.node === 'FormattedValue')
  const constant = { ...expression("'x'"), value: '\'\'\'"""\n' } as Expr
  const broken: Expr = { ...e, values: [{ ...e.values[0]!, value: constant }] }
  assert.throws(
    () => unparse(broken),
    (error) =>
      error instanceof PyError &&
      error.type === 'ValueError' &&
      error.message === 'Unable to avoid backslash in f-string expression part',
  )
})

test('long chains are written', () => {
  for (const link of [' + y', '.y', '(y)', '[y]']) {
    const source = `x${link.repeat(50_000)}`
    assert.equal(unparse(expression(source)), source)
    assert.equal(annotationText(expression(source)), source)
  }
  const elifs = `if a:\n    b${'\nelif a:\n    b'.repeat(2000)}`
  assert.equal(unparse(tree(`${elifs}\n`)), elifs)
})

test('what is nested too deeply is a RecursionError, not an overflow', () => {
  let e = expression('x')
  for (let i = 0; i < 100_000; i++) e = { ...(expression('[x]') as object), elts: [e] } as Expr
  for (const text of [unparse, annotationText]) {
    assert.throws(
      () => text(e),
      (error) => error instanceof PyError && error.type === 'RecursionError',
    )
  }
})

/** A program, its dump with an indentation of 2 and its dump without the names of fields, from CPython 3.11.7. */
const dumps: [source: string, indented: string, positional: string][] = [
  [
    'x = 1\n',
    "Module(\n  body=[\n    Assign(\n      targets=[\n        Name(id='x', ctx=Store())],\n      value=Constant(value=1))],\n  type_ignores=[])",
    "Module([Assign([Name('x', Store())], Constant(1))], [])",
  ],
  [
    'match x:\n    case [_, *s] | C(k=None) as y if y:\n        pass\n',
    "Module(\n  body=[\n    Match(\n      subject=Name(id='x', ctx=Load()),\n      cases=[\n        match_case(\n          pattern=MatchAs(\n            pattern=MatchOr(\n              patterns=[\n                MatchSequence(\n                  patterns=[\n                    MatchAs(),\n                    MatchStar(name='s')]),\n                MatchClass(\n                  cls=Name(id='C', ctx=Load()),\n                  patterns=[],\n                  kwd_attrs=[\n                    'k'],\n                  kwd_patterns=[\n                    MatchSingleton(value=None)])]),\n            name='y'),\n          guard=Name(id='y', ctx=Load()),\n          body=[\n            Pass()])])],\n  type_ignores=[])",
    "Module([Match(Name('x', Load()), [match_case(MatchAs(MatchOr([MatchSequence([MatchAs(), MatchStar('s')]), MatchClass(Name('C', Load()), [], ['k'], [MatchSingleton(None)])]), 'y'), Name('y', Load()), [Pass()])])], [])",
  ],
]

for (const [source, indented, positional] of dumps) {
  test(`the dump of ${JSON.stringify(source)}`, () => {
    assert.equal(dump(tree(source), { indent: 2 }), indented)
    assert.equal(dump(tree(source), { indent: '  ' }), indented)
    assert.equal(dump(tree(source), { annotate_fields: false }), positional)
  })
}

test('a dump may have positions', () => {
  const at = (column: number, end: number) => `lineno=1, col_offset=${column}, end_lineno=1, end_col_offset=${end}`
  const target = `Name(id='x', ctx=Store(), ${at(0, 1)})`
  const value = `Constant(value='a', ${at(4, 7)})`
  assert.equal(
    dump(tree("x = 'a'"), { include_attributes: true }),
    `Module(body=[Assign(targets=[${target}], value=${value}, ${at(0, 7)})], type_ignores=[])`,
  )
})

test('fields left out make those behind them named', () => {
  assert.equal(dump(expression("u'a'"), { annotate_fields: false }), "Constant('a', 'u')")
  assert.equal(
    dump(expression('a[:b]'), { annotate_fields: false }),
    "Subscript(Name('a', Load()), Slice(upper=Name('b', Load())), Load())",
  )
})

test('a dump on one line may be of any depth, one over many lines may not', () => {
  const e = expression(`x${'.y'.repeat(50_000)}`)
  assert.equal(
    dump(e).length,
    "Attribute(value=, attr='y', ctx=Load())".length * 50_000 + "Name(id='x', ctx=Load())".length,
  )
  assert.throws(
    () => dump(e, { indent: 1 }),
    (error) => error instanceof PyError && error.type === 'RecursionError',
  )
})
