import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CodeObject,
  compile,
  disassemble,
  dump,
  Float,
  type Mod,
  marshal,
  PyError,
  PySyntaxError,
  parse,
  readPyc,
  symtable,
  tokenize,
  unparse,
  WideStr,
  writePyc,
} from './compiler.ts'

const encode = (text: string) => new TextEncoder().encode(text)

test('tokenize gives the tokens of tokenize.py', () => {
  const tokens = tokenize('x += 1  # more\n')
  assert.deepEqual(
    tokens.map((t) => `${t.type} ${t.exact_type} ${t.string}`),
    [
      'NAME NAME x',
      'OP PLUSEQUAL +=',
      'NUMBER NUMBER 1',
      'COMMENT COMMENT # more',
      'NEWLINE NEWLINE \n',
      'ENDMARKER ENDMARKER ',
    ],
  )
  assert.deepEqual(tokens[1]!.start, [1, 2])
  assert.equal(tokenize(encode('x\n'))[0]!.exact_type, 'ENCODING')
})

test('parse, dump and unparse', () => {
  const tree = parse('x: int = f(1.5)')
  assert.equal(
    dump(tree),
    "Module(body=[AnnAssign(target=Name(id='x', ctx=Store()), annotation=Name(id='int', ctx=Load()), value=Call(func=Name(id='f', ctx=Load()), args=[Constant(value=1.5)], keywords=[]), simple=1)], type_ignores=[])",
  )
  assert.equal(unparse(tree), 'x: int = f(1.5)')
  assert.equal(dump(parse('a', { mode: 'eval' })), "Expression(body=Name(id='a', ctx=Load()))")
  assert.equal(
    dump(parse('(int) -> str', { mode: 'func_type' })),
    "FunctionType(argtypes=[Name(id='int', ctx=Load())], returns=Name(id='str', ctx=Load()))",
  )
  const typed = parse('x = []  # type: list[int]\n', { type_comments: true })
  assert.equal(typed.node === 'Module' && typed.body[0]!.node === 'Assign' && typed.body[0].type_comment, 'list[int]')
})

test('feature_version refuses newer syntax', () => {
  assert.throws(() => parse('match x:\n  case 1: pass\n', { feature_version: 9 }), {
    type: 'SyntaxError',
    msg: 'Pattern matching is only supported in Python 3.10 and greater',
  })
})

test('symtable tells scopes', () => {
  const table = symtable('def f(a):\n  def g(): return a\n  return g\n', 'x.py', 'exec')
  const [f] = table.get_children()
  assert.equal(f!.get_name(), 'f')
  assert.equal(f!.lookup('a').is_parameter(), true)
  assert.equal(f!.get_children()[0]!.lookup('a').is_free(), true)
})

test('compile makes a code object, of a source, of bytes and of a tree', () => {
  const source = 'x = [1.5, "😀", 12345678901234567890]\n'
  const code = compile(source, { filename: 'a.py' })
  assert.ok(code instanceof CodeObject)
  const [float, wide, big] = code.co_consts[0] as unknown[]
  assert.ok(float instanceof Float && wide instanceof WideStr && big === 12345678901234567890n)
  const tree = parse(source)
  const before = dump(tree, { include_attributes: true })
  assert.deepEqual(compile(tree, { filename: 'a.py' }), code)
  assert.equal(dump(tree, { include_attributes: true }), before, 'the tree is left as it was')
  assert.deepEqual(compile(encode(source), { filename: 'a.py' }), code)
})

test('a bad tree is refused as CPython refuses it', () => {
  const tree = parse('if x: pass') as Mod & { body: { body: unknown[] }[] }
  tree.body[0]!.body = []
  assert.throws(() => compile(tree), { type: 'ValueError', message: 'empty body on If' })
  assert.throws(() => compile(parse('x', { mode: 'eval' })), {
    type: 'TypeError',
    message: 'expected Module node, got Expression',
  })
})

test('optimize drops asserts, then docstrings', () => {
  const source = '"doc"\nassert x\n'
  assert.deepEqual(
    [0, 1, 2].map((optimize) => compile(source, { optimize: optimize as 0 | 1 | 2 }).co_consts),
    [['doc', null], ['doc', null], [null]],
  )
})

test('disassemble gives the text of dis', () => {
  assert.equal(
    disassemble(compile('x + 1\n', { mode: 'eval' })),
    [
      '  0           0 RESUME                   0',
      '',
      '  1           2 LOAD_NAME                0 (x)',
      '              4 LOAD_CONST               0 (1)',
      '              6 BINARY_OP                0 (+)',
      '             10 RETURN_VALUE',
      '',
    ].join('\n'),
  )
})

test('a .pyc comes back as it went, and a damaged one is refused', () => {
  const code = compile('def f(): return "x y"\n', { filename: 'f.py' })
  const pyc = writePyc(code, { mode: 'timestamp', mtime: 5, size: 22 })
  const back = readPyc(pyc, { name: 'f' })
  assert.deepEqual([back.mode, back.mtime, back.size, back.code], ['timestamp', 5, 22, code])
  assert.throws(() => readPyc(pyc.subarray(0, 40), { name: 'f' }), {
    type: 'EOFError',
    message: 'marshal data too short',
  })
  assert.throws(() => readPyc(encode('#!/bin/sh\n'), { name: 'f' }), {
    type: 'ImportError',
    message: "bad magic number in 'f': b'#!/b'",
  })
})

test('marshal writes values and reads them', () => {
  const value = [1, null, 'a', [true, new Float(0.5)], Uint8Array.of(1, 2)]
  assert.deepEqual(marshal.loads(marshal.dumps(value)), value)
})

test('errors carry the fields and the text of CPython', () => {
  try {
    compile('x = (1,\ny = 2\n', { filename: 'bad.py' })
    assert.fail('the program is invalid')
  } catch (error) {
    assert.ok(error instanceof PySyntaxError && error instanceof PyError && error instanceof Error)
    const { type, msg, filename, lineno, offset, text, end_lineno, end_offset } = error
    assert.deepEqual(
      [type, msg, filename, lineno, offset, text, end_lineno, end_offset],
      ['SyntaxError', "'(' was never closed", 'bad.py', 1, 5, 'x = (1,', 1, 0],
    )
    assert.equal(error.format(), `  File "bad.py", line 1\n    x = (1,\n        ^\nSyntaxError: '(' was never closed\n`)
  }
})

test('warnings go to the handler, which may make them errors', () => {
  const seen: string[] = []
  compile('"\\d" is x\n', { onWarning: (w) => void seen.push(`${w.category} ${w.lineno} ${w.message}`) })
  assert.deepEqual(seen, [
    "DeprecationWarning 1 invalid escape sequence '\\d'",
    'SyntaxWarning 1 "is" with a literal. Did you mean "=="?',
  ])
  assert.throws(() => compile('x is 1\n', { onWarning: () => 'error' }), {
    type: 'SyntaxError',
    msg: '"is" with a literal. Did you mean "=="?',
  })
})

test('Unicode names are there when a program asks for them', () => {
  assert.equal(compile('x = "\\N{SNOWMAN}"\n').co_consts[0], '☃')
  assert.throws(() => compile('"\\N{no such name}"'), {
    msg: "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-15: unknown Unicode character name",
  })
})
