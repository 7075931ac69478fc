import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../base/errors.ts'
import { CodeObject } from '../bytecode/code.ts'
import { loads } from '../bytecode/marshal_read.ts'
import { dumps } from '../bytecode/marshal_write.ts'
import { parse } from '../parser/parse.ts'
import { decodeSource } from '../source/decode.ts'
import { type CompileWarning, PySyntaxError } from '../source/errors.ts'
import { type CompileAstOptions, compileAst } from './compile.ts'
import { compiledModules, compiledVariants } from './compile_code.fixture.ts'
import { doubtfulModules, refusedModules } from './compile_errors.fixture.ts'

type Mode = 'exec' | 'eval' | 'single'

function compile(source: string, options: Partial<CompileAstOptions> = {}, mode: Mode = 'exec'): CodeObject {
  return compileAst(parse(decodeSource(source, '<test>'), { mode }), { filename: '<test>', ...options })
}

/** Compares field by field first, for a readable difference, then the references between objects as well. */
function assertSameCode(source: string, actual: CodeObject, recorded: string): void {
  const expected = Uint8Array.from(Buffer.from(recorded, 'base64'))
  const written = dumps(actual)
  // Read back, so that the items of sets are in the order of the file.
  assert.deepEqual(loads(written), loads(expected), source)
  assert.equal(Buffer.from(written).toString('base64'), recorded, source)
}

function errorOf(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return null
}

test('modules become the code that CPython makes of them', () => {
  for (const [source, code] of compiledModules) assertSameCode(source, compile(source), code)
})

test('modes, flags and optimisation levels are respected', () => {
  for (const [mode, flags, optimize, source, code] of compiledVariants) {
    assertSameCode(source, compile(source, { flags, optimize }, mode), code)
  }
})

test('errors have the message and place of CPython', () => {
  for (const [source, [msg, lineno, offset, end_lineno, end_offset]] of refusedModules) {
    const error = errorOf(() => compile(source))
    assert.ok(error instanceof PySyntaxError, source)
    const { msg: m, lineno: l, offset: o, end_lineno: el, end_offset: eo } = error
    assert.deepEqual([m, l, o, el, eo], [msg, lineno, offset, end_lineno, end_offset], source)
  }
})

test('warnings come in order', () => {
  for (const [source, expected] of doubtfulModules) {
    const warnings: CompileWarning[] = []
    compile(source, {
      warn: (warning) => {
        warnings.push(warning)
        return undefined
      },
    })
    const actual = warnings.map((w) => [w.message, w.lineno])
    assert.deepEqual(actual, expected, source)
  }
})

test('a warning turned into an error is a SyntaxError at the place', () => {
  const error = errorOf(() => compile('x = 1\ny = x is 1\n', { warn: () => 'error' }))
  assert.ok(error instanceof PySyntaxError)
  assert.equal(error.msg, '"is" with a literal. Did you mean "=="?')
  assert.deepEqual([error.lineno, error.offset, error.end_lineno, error.end_offset], [2, 5, 2, 11])
})

test('an error quotes the line that the caller reads', () => {
  const sourceLine = (filename: string, lineno: number): string => `${filename}:${lineno}`
  const error = errorOf(() => compile('pass\nreturn', { sourceLine }))
  assert.ok(error instanceof PySyntaxError)
  assert.equal(error.text, '<test>:2')
})

test('long chains need no stack; too deep ones are a RecursionError', () => {
  const chains: Record<string, (n: number) => string> = {
    attributes: (n) => `a${'.b'.repeat(n)}`,
    calls: (n) => `a${'()'.repeat(n)}`,
    subscripts: (n) => `a${'[0]'.repeat(n)}`,
    sums: (n) => `a${'+a'.repeat(n)}`,
    powers: (n) => `a${'**a'.repeat(n)}`,
    negations: (n) => `${'not '.repeat(n)}a`,
    conditions: (n) => `${'a if b else '.repeat(n)}c`,
    elifs: (n) => `if a: b\n${'elif a: b\n'.repeat(n)}`,
    lambdas: (n) => `${'lambda: '.repeat(n)}a`,
  }
  for (const [name, chain] of Object.entries(chains)) {
    assert.ok(compile(chain(2800)) instanceof CodeObject, name)
    const error = errorOf(() => compile(chain(20000)))
    assert.ok(error instanceof PyError && (error.type === 'RecursionError' || error.type === 'MemoryError'), name)
  }
})
