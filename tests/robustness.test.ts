import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compile, PyError, PySyntaxError, parse, tokenize } from '../src/entry/compiler.ts'
import { fuzzPycs, fuzzSources } from '../tools/conformance/fuzz.ts'

/** `ok`, or the type and message of the Python error; any other error is thrown on. */
function outcome(run: () => unknown): string {
  try {
    run()
    return 'ok'
  } catch (error) {
    if (error instanceof PySyntaxError) return `${error.type}: ${error.msg} (line ${error.lineno})`
    if (error instanceof PyError) return `${error.type}: ${error.message}`
    throw error
  }
}

test('2,000 mutated sources end in a result or a Python error', () => {
  const { ends, failures } = fuzzSources(2000, 1)
  assert.deepEqual(failures, [])
  assert.ok((ends.get('SyntaxError') ?? 0) > 500 && (ends.get('accepted') ?? 0) > 50, JSON.stringify([...ends]))
})

test('2,000 mutated .pyc files end in a code object or a Python error', () => {
  const { ends, failures } = fuzzPycs(2000, 1)
  assert.deepEqual(failures, [])
  assert.ok((ends.get('ValueError') ?? 0) > 100 && (ends.get('accepted') ?? 0) > 100, JSON.stringify([...ends]))
})

const deep: [string, string, string][] = [
  [
    '10,000 nested parentheses',
    `${'('.repeat(10000)}1${')'.repeat(10000)}`,
    'SyntaxError: too many nested parentheses (line 1)',
  ],
  ['199 nested parentheses', `${'('.repeat(199)}1${')'.repeat(199)}`, 'ok'],
  ['100,000 elifs', `if x: pass\n${'elif x: pass\n'.repeat(100000)}`, 'MemoryError: '],
  [
    'a sum of 1 MB',
    `x = ${'1+'.repeat(500000)}1`,
    'RecursionError: maximum recursion depth exceeded during compilation',
  ],
  ['a list of 1 MB', `x = [${'a, '.repeat(350000)}]`, 'ok'],
  ['a string of 1 MB', `x = '${'a'.repeat(1000000)}'`, 'ok'],
  [
    '1,000 indented blocks',
    Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}if x:\n`).join(''),
    'IndentationError: too many levels of indentation (line 101)',
  ],
]

for (const [name, source, expected] of deep) {
  test(`${name}: CPython's answer`, () => {
    assert.equal(
      outcome(() => compile(source)),
      expected,
    )
  })
}

test('long chains are tokens and trees without trouble', () => {
  const sum = `x = ${'a.b + '.repeat(2000)}1\n`
  assert.equal(
    outcome(() => parse(sum)),
    'ok',
  )
  assert.equal(tokenize(sum).length, 8005)
})
