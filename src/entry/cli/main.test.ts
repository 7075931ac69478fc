import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPyc } from '../../bytecode/pyc.ts'
import { type MemoryHostOptions, memoryHost } from '../../host/memory/host.ts'
import { run } from './main.ts'

async function taipan(line: string, options: MemoryHostOptions = {}) {
  const host = memoryHost({ ...options, args: line.split(' ').filter(Boolean) })
  await run(host)
  return { host, out: host.written.out, err: host.written.err, status: host.exitStatus }
}

const greet = 'def greet(name):\n    return f"Hello, {name}"\n'

test('--explain shows the stages in their order', async () => {
  const { out, err, status } = await taipan('--explain greet.py', { files: { 'greet.py': greet } })
  assert.deepEqual([err, status], ['', 0])
  const titles = [...out.matchAll(/^── (\w+) ─/gm)].map((m) => m[1])
  assert.deepEqual(titles, ['tokens', 'ast', 'symbols', 'bytecode', 'pyc'])
  assert.ok(!out.includes('\x1b'), 'plain where it is no terminal')
})

test('--explain=STAGE shows one stage without a title', async () => {
  const { out } = await taipan('--explain=symbols greet.py', { files: { 'greet.py': greet } })
  assert.equal(
    out,
    'module top\n  greet  local  assigned, namespace\n  function greet (line 1)\n    name  local  parameter, referenced\n',
  )
})

test('--explain=tokens is aligned', async () => {
  const { out } = await taipan('--explain=tokens a.py', { files: { 'a.py': 'x = 10\n' } })
  assert.deepEqual(out.split('\n'), [
    "0:0-0:0  ENCODING   'utf-8'",
    "1:0-1:1  NAME       'x'",
    "1:2-1:3  EQUAL      '='",
    "1:4-1:6  NUMBER     '10'",
    "1:6-1:7  NEWLINE    '\\n'",
    "2:0-2:0  ENDMARKER  ''",
    '',
  ])
})

test('--explain=ast is a tree', async () => {
  const { out } = await taipan('--explain=ast a.py', { files: { 'a.py': 'x = -1\n' } })
  assert.deepEqual(out.split('\n'), [
    'Module',
    '└─ body[0]: Assign 1:0-1:6',
    "   ├─ targets[0]: Name id='x' ctx=Store 1:0-1:1",
    '   └─ value: UnaryOp op=USub 1:4-1:6',
    '      └─ operand: Constant value=1 1:5-1:6',
    '',
  ])
})

test('--explain=bytecode follows -O', async () => {
  const files = { 'a.py': 'assert x\n' }
  const plain = await taipan('--explain=bytecode a.py', { files })
  const optimised = await taipan('--explain=bytecode -O a.py', { files })
  assert.ok(plain.out.includes('LOAD_ASSERTION_ERROR'))
  assert.ok(!optimised.out.includes('LOAD_ASSERTION_ERROR') && optimised.out.includes('RETURN_VALUE'))
})

test('--explain=pyc tells every object of the file', async () => {
  const { out } = await taipan('--explain=pyc a.py', { files: { 'a.py': 'x = 1\n' } })
  assert.ok(out.startsWith('     0  a7 0d 0d 0a  magic number 3495: Python 3.11\n'), out)
  assert.ok(out.includes('source changed 2001-09-09 01:46:40 UTC'))
  assert.ok(out.includes('source has 6 bytes'))
  assert.match(out, /^ +16 {2}c code object: argcount 0, .*stacksize 1, flags 0 {2}→ ref 0$/m)
})

test('--explain --json is one JSON object', async () => {
  const { out } = await taipan('--explain --json greet.py', { files: { 'greet.py': greet } })
  const all = JSON.parse(out)
  assert.deepEqual(Object.keys(all), ['file', 'tokens', 'ast', 'symbols', 'bytecode', 'pyc'])
  assert.equal(all.file, '/greet.py')
  assert.equal(all.ast.body[0].name, 'greet')
  assert.equal(all.bytecode.code_objects[0].instructions.at(-1).opname, 'RETURN_VALUE')
  assert.equal(all.pyc.source_size, greet.length)
})

test('colour is for terminals, and NO_COLOR turns it off', async () => {
  const files = { 'a.py': 'x\n' }
  assert.ok((await taipan('--explain a.py', { files, terminal: true })).out.includes('\x1b[1;36m── tokens'))
  const env = { NO_COLOR: '1' }
  assert.ok(!(await taipan('--explain a.py', { files, terminal: true, env })).out.includes('\x1b'))
})

test('a program on standard input', async () => {
  const { out } = await taipan('--explain=symbols -', { stdin: 'import os\n' })
  assert.equal(out, 'module top\n  os  local  imported\n')
})

test('a syntax error is printed as CPython prints it, and ends with status 1', async () => {
  const { out, err, status } = await taipan('--explain bad.py', { files: { 'bad.py': 'print(f(a b))\n' } })
  const expected =
    '  File "/bad.py", line 1\n    print(f(a b))\n            ^^^\nSyntaxError: invalid syntax. Perhaps you forgot a comma?\n'
  assert.deepEqual([out, err, status], ['', expected, 1])
})

test('warnings go to standard error with their line', async () => {
  const { err, status } = await taipan('--explain=symbols a.py', { files: { 'a.py': 'x is 1\n' } })
  assert.equal(err, '/a.py:1: SyntaxWarning: "is" with a literal. Did you mean "=="?\n  x is 1\n')
  assert.equal(status, 0)
})

test('what cannot be done is said in a sentence', async () => {
  const missing = await taipan('--explain nothing.py')
  assert.equal(missing.err, "taipan: [Errno 2] No such file or directory: 'nothing.py'\n")
  assert.equal(missing.status, 2)
  const stage = await taipan('--explain=bytes a.py', { files: { 'a.py': '' } })
  assert.ok(stage.err.endsWith("there is no stage 'bytes'; the stages are tokens, ast, symbols, bytecode, pyc\n"))
  const running = await taipan('a.py', { files: { 'a.py': '' } })
  assert.ok(running.err.includes('needs the virtual machine'))
  assert.equal(running.status, 2)
  const option = await taipan('--frobnicate')
  assert.ok(option.err.endsWith('taipan: error: unrecognized arguments: --frobnicate\n'))
})

const tree = { 't/a.py': 'x = 1\n', 't/bad.py': 'def f(:\n', 't/sub/c.py': 'y = 2\n', 't/notes.txt': '' }

test('--compile says what compileall says', async () => {
  const { out, err, status, host } = await taipan('--compile t', { files: tree })
  const lines = [
    "Listing 't'...",
    "Compiling 't/a.py'...",
    "Compiling 't/bad.py'...",
    '***   File "t/bad.py", line 1',
    '    def f(:',
    '          ^',
    'SyntaxError: invalid syntax',
    '',
    "Listing 't/sub'...",
    "Compiling 't/sub/c.py'...",
    '',
  ]
  assert.deepEqual([out.split('\n'), err, status], [lines, '', 1])
  const compiled = [...host.files.keys()].filter((name) => name.endsWith('.pyc'))
  assert.deepEqual(compiled.sort(), ['/t/__pycache__/a.cpython-311.pyc', '/t/sub/__pycache__/c.cpython-311.pyc'])
})

test('--compile leaves fresh files alone, unless forced', async () => {
  const files = { 'a.py': 'x = 1\n' }
  const first = await taipan('--compile a.py', { files })
  const again = Object.fromEntries(first.host.files)
  assert.equal((await taipan('--compile a.py', { files: again })).out, '')
  assert.equal((await taipan('--compile -f a.py', { files: again })).out, "Compiling 'a.py'...\n")
})

test('--compile -o, -d and --invalidation-mode shape the .pyc', async () => {
  const line = '--compile -q -o 0 -o 2 -d /there --invalidation-mode unchecked-hash a.py'
  const { host, status } = await taipan(line, { files: { 'a.py': '"doc"\n' } })
  assert.equal(status, 0)
  const plain = readPyc(host.files.get('/__pycache__/a.cpython-311.pyc')!, { name: 'a' })
  const bare = readPyc(host.files.get('/__pycache__/a.cpython-311.opt-2.pyc')!, { name: 'a' })
  assert.deepEqual(
    [plain.mode, plain.code.co_filename, plain.code.co_consts],
    ['unchecked-hash', '/there/a.py', ['doc', null]],
  )
  assert.deepEqual(bare.code.co_consts, [null])
})

test('--compile shows progress on a terminal alone', async () => {
  const files = { 't/a.py': '', 't/b.py': '' }
  assert.equal((await taipan('--compile -q t', { files })).err, '')
  const { err } = await taipan('--compile -q t', { files, terminal: true })
  assert.ok(err.includes('2/2 100%  t/b.py') && err.endsWith('\r\x1b[K'), JSON.stringify(err))
})

test('--compile refuses options that contradict each other', async () => {
  const { err, status } = await taipan('--compile -d x -s y t')
  assert.ok(err.endsWith('taipan: error: -d cannot be used in combination with -s or -p\n'))
  assert.equal(status, 2)
})
