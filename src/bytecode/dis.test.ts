import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../base/errors.ts'
import type { Constant } from '../base/values.ts'
import { CO_ITERABLE_COROUTINE, CodeObject } from './code.ts'
import { codeInfo, type DisassembleOptions, disassemble, getInstructions, prettyFlags } from './dis.ts'
import { loads } from './marshal_read.ts'
import { BINARY_OP, EXTENDED_ARG, LOAD_CONST, LOAD_FAST, LOAD_NAME } from './opcodes.ts'
import { sampleCaches, sampleDis, sampleInfo, sampleMarshal } from './sample.fixture.ts'

const sample = loads(Uint8Array.from(Buffer.from(sampleMarshal, 'base64'))) as CodeObject

function find(code: CodeObject, name: string): CodeObject {
  for (const value of code.co_consts) {
    if (!(value instanceof CodeObject)) continue
    if (value.co_name === name) return value
    const inner = value.co_consts.some((item) => item instanceof CodeObject) ? find(value, name) : value
    if (inner.co_name === name) return inner
  }
  return code
}

const sortSets = (text: string): string => {
  return text.replace(/frozenset\(\{([^{}]*)\}\)/g, (_, items: string) => {
    return `frozenset({${items.split(', ').sort().join(', ')}})`
  })
}

/** A code object of these bytes, without lines. */
function bare(bytes: readonly number[], consts: readonly Constant[] = []): CodeObject {
  return new CodeObject({
    co_argcount: 0,
    co_posonlyargcount: 0,
    co_kwonlyargcount: 0,
    co_stacksize: 1,
    co_flags: 0,
    co_code: Uint8Array.from(bytes),
    co_consts: consts,
    co_names: ['a'],
    co_localsplusnames: ['x'],
    co_localspluskinds: Uint8Array.of(0x20),
    co_filename: 'a.py',
    co_name: 'f',
    co_qualname: 'f',
    co_firstlineno: 1,
    co_linetable: new Uint8Array(0),
    co_exceptiontable: new Uint8Array(0),
  })
}

function errorOf(code: CodeObject, options: DisassembleOptions = {}): string {
  try {
    disassemble(code, options)
  } catch (error) {
    assert.ok(error instanceof PyError)
    return `${error.type}: ${error.message}`
  }
  return 'no error'
}

test('the text of dis.dis', () => {
  assert.equal(sortSets(disassemble(sample)), sampleDis)
})

test('inline caches', () => {
  assert.equal(disassemble(find(sample, 'gen'), { show_caches: true, recursive: false }), sampleCaches)
})

test('the text of dis.code_info', () => {
  assert.equal(sortSets(codeInfo(find(sample, 'method'))), sampleInfo)
})

test('depth, addresses and the current instruction', () => {
  const outer = disassemble(sample, { depth: 0 })
  assert.equal(outer, disassemble(sample, { recursive: false }))
  assert.ok(sampleDis.startsWith(sortSets(outer).trimEnd()))
  assert.equal(disassemble(sample, { depth: 1 }).match(/^Disassembly/gm)?.length, 3)
  assert.match(disassemble(sample, { address: () => '0xabc' }), /<code object gen at 0xabc, file "sample.py", line 23>/)
  assert.match(disassemble(sample, { lasti: 2 }), /^ +1 --> {7}2 LOAD_CONST/m)
})

test('instructions as objects', () => {
  const instructions = getInstructions(find(sample, 'method'))
  assert.deepEqual(instructions[0], {
    opname: 'RESUME',
    opcode: 151,
    arg: 0,
    argval: 0,
    argrepr: '',
    offset: 0,
    starts_line: 14,
    is_jump_target: false,
    positions: { lineno: 14, end_lineno: 14, col_offset: 0, end_col_offset: 0 },
  })
  const format = instructions.find((instruction) => instruction.opname === 'FORMAT_VALUE' && instruction.arg === 6)
  assert.deepEqual(format?.argval, { conversion: 'repr', spec: true })
  assert.equal(format?.argrepr, 'repr, with format')
  const withoutArgument = instructions.find((instruction) => instruction.opname === 'PUSH_EXC_INFO')!
  assert.deepEqual([withoutArgument.arg, withoutArgument.argval], [null, null])
})

test('specialised instructions', () => {
  const code = bare([LOAD_FAST, 0, LOAD_FAST, 0, BINARY_OP, 0, 0, 0, 83, 0])
  const adaptive = Uint8Array.from([LOAD_FAST, 0, LOAD_FAST, 0, 5, 0, 3, 1, 83, 0])
  assert.equal(
    disassemble(code, { adaptive: () => adaptive, show_caches: true }),
    [
      '          0 LOAD_FAST                0 (x)',
      '          2 LOAD_FAST                0 (x)',
      '          4 BINARY_OP_ADD_INT        0 (+)',
      '          6 CACHE                    0 (counter: 259)',
      '          8 RETURN_VALUE',
      '',
    ].join('\n'),
  )
  assert.match(disassemble(code), /4 BINARY_OP +0 \(\+\)\n +8 RETURN_VALUE\n$/)
})

test('long arguments', () => {
  const consts = Array.from({ length: 600 }, (_, i) => 1000 + i)
  const code = bare([EXTENDED_ARG, 2, LOAD_CONST, 3], consts)
  assert.equal(
    disassemble(code),
    '          0 EXTENDED_ARG             2\n          2 LOAD_CONST             515 (1515)\n',
  )
})

test('arguments that lead nowhere', () => {
  assert.equal(errorOf(bare([LOAD_CONST, 0])), 'IndexError: tuple index out of range')
  assert.equal(errorOf(bare([LOAD_NAME, 1])), 'IndexError: tuple index out of range')
  assert.equal(errorOf(bare([LOAD_FAST, 1])), 'IndexError: tuple index out of range')
  assert.equal(errorOf(bare([BINARY_OP, 26])), 'IndexError: list index out of range')
  assert.equal(errorOf(bare([113, 7, 255, 0, 4, 0])), 'no error')
})

test('texts that no compiler causes are refused, not computed', () => {
  let shared: Constant = [1]
  for (let i = 0; i < 60; i++) shared = [shared, shared]
  assert.equal(errorOf(bare([LOAD_CONST, 0], [shared])), 'MemoryError: ')
  let deep: Constant = [1]
  for (let i = 0; i < 100000; i++) deep = [deep]
  const error = 'RecursionError: maximum recursion depth exceeded while getting the repr of an object'
  assert.equal(errorOf(bare([LOAD_CONST, 0], [deep])), error)
})

test('flags', () => {
  assert.equal(prettyFlags(0), '0x0')
  assert.equal(prettyFlags(3), 'OPTIMIZED, NEWLOCALS')
  assert.equal(prettyFlags(CO_ITERABLE_COROUTINE), 'ITERABLE_COROUTINE')
  assert.equal(prettyFlags(0x1000200), 'ASYNC_GENERATOR, 0x1000000')
})
