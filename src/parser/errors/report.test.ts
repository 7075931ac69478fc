import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PyError } from '../../base/errors.ts'
import { decodeSource } from '../../source/decode.ts'
import { type CompileWarning, PySyntaxError } from '../../source/errors.ts'
import { tokenize } from '../../tokens/tokenizer.ts'
import type { TokenizeOptions } from '../../tokens/tokens.ts'
import { parsesByRules, reportSyntaxError } from './report.ts'
import type { RuleOptions } from './rule_context.ts'

type Mode = 'exec' | 'eval' | 'single' | 'func_type'
/** Type, message, line, offset, end line, end offset, text. */
type Fields = [string, string, number | null, number | null, number | null, number | null, string | null]

/** Flags of a recorded case that is not compiled by default. */
interface Flags {
  /** Feature version, type comments, barry_as_FLUFL, incomplete input allowed, no implied dedent. */
  readonly fv?: number
  readonly tc?: boolean
  readonly barry?: boolean
  readonly inc?: boolean
  readonly nodedent?: boolean
}

const defaults: RuleOptions = { featureVersion: 11, barryAsFlufl: false, warn: null }

function tokensOf(source: string | Uint8Array, mode: Mode = 'exec', options: Partial<TokenizeOptions> = {}) {
  return tokenize(decodeSource(source, '<case>', { mode }), { mode, ...options })
}

function fieldsOf(error: unknown): Fields {
  if (error instanceof PySyntaxError) {
    return [error.type, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset, error.text]
  }
  if (error instanceof PyError) return [error.type, error.message, null, null, null, null, null]
  throw error
}

/** The error of a source, or `null` if the rules accept it. */
function errorOf(source: string | Uint8Array, mode: Mode = 'exec', flags: Flags = {}): Fields | null {
  const featureVersion = flags.fv ?? 11
  const options: RuleOptions = {
    featureVersion,
    barryAsFlufl: flags.barry ?? false,
    allowIncompleteInput: flags.inc ?? false,
    warn: null,
  }
  try {
    const tokens = tokensOf(source, mode, {
      typeComments: flags.tc ?? false,
      asyncHacks: featureVersion < 7,
      dontImplyDedent: flags.nodedent ?? false,
    })
    return parsesByRules(tokens, options) ? null : reportSyntaxError(tokens, options)
  } catch (error) {
    return fieldsOf(error)
  }
}

const recorded = readFileSync(new URL('./recorded_errors.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as [string, Mode, Flags, Fields])

test('every recorded program gives the error that CPython 3.11.7 gave, field by field', () => {
  assert.ok(recorded.length > 800)
  for (const [source, mode, flags, expected] of recorded) {
    assert.deepEqual(
      errorOf(source, mode, flags),
      expected,
      `${mode} ${JSON.stringify(flags)} ${JSON.stringify(source)}`,
    )
  }
})

test('columns of bytes without a declared encoding are bytes, of others characters', () => {
  const utf8 = new TextEncoder()
  assert.deepEqual(errorOf(utf8.encode('é b')), ['SyntaxError', 'invalid syntax', 1, 4, 1, 5, 'é b\n'])
  assert.deepEqual(errorOf(utf8.encode('# coding: utf-8\né b')), ['SyntaxError', 'invalid syntax', 2, 3, 2, 4, 'é b\n'])
  assert.deepEqual(errorOf(utf8.encode('\ufeffé b')), ['SyntaxError', 'invalid syntax', 1, 3, 1, 4, 'é b\n'])
})

test('an integer too long to be converted has no columns', () => {
  const source = `x = 1\ny = ${'1'.repeat(4301)}\n`
  const message =
    'Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; use ' +
    'sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid ' +
    'decimal conversion limits.'
  assert.deepEqual(errorOf(source), ['SyntaxError', message, 2, 0, 2, 0, `y = ${'1'.repeat(4301)}\n`])
})

// Each form with the least depth at which CPython 3.11.7 answered MemoryError.
const depths: [string, (n: number) => string, number][] = [
  ['unary operators', (n) => `${'-'.repeat(n)}a\n`, 5970],
  ['not', (n) => `${'not '.repeat(n)}a\n`, 5970],
  ['lambda', (n) => `${'lambda: '.repeat(n)}a\n`, 2985],
  ['conditional expressions', (n) => `${'a if b else '.repeat(n)}a\n`, 5970],
  ['elif', (n) => `if a: pass\n${'elif a: pass\n'.repeat(n)}`, 5967],
  ['powers', (n) => `${'a**'.repeat(n)}a\n`, 2985],
  ['calls', (n) => `${'f('.repeat(50)}${'not '.repeat(n)}a${')'.repeat(50)}\n`, 4789],
  ['dictionaries', (n) => `${'{1:'.repeat(30)}${'not '.repeat(n)}a${'}'.repeat(30)}\n`, 5119],
  ['an empty list, whose alternatives go deeper', (n) => `${'not '.repeat(n)}[]\n`, 5941],
  ['an invalid program in the second pass', (n) => `${'not '.repeat(n)}a b\n`, 5964],
]

for (const [name, source, limit] of depths) {
  test(`the depth at which the parser gives up: ${name}`, () => {
    const memoryError: Fields = ['MemoryError', '', null, null, null, null, null]
    assert.notDeepEqual(errorOf(source(limit - 1)), memoryError)
    assert.deepEqual(errorOf(source(limit)), memoryError)
  })
}

test('long inputs end in an answer', () => {
  const sum = `x = ${'a+'.repeat(20_000)}\n`
  assert.deepEqual(errorOf(sum), ['SyntaxError', 'invalid syntax', 1, 40_005, 1, 40_005, sum])
  const list = `x = [${'a,'.repeat(10_000)} b c]\n`
  const message = 'invalid syntax. Perhaps you forgot a comma?'
  assert.deepEqual(errorOf(list), ['SyntaxError', message, 1, 20_007, 1, 20_010, list])
  assert.equal(errorOf(`a${'.b'.repeat(20_000)}\n`), null)
  assert.equal(errorOf('('.repeat(10_000))?.[1], 'too many nested parentheses')
})

test('valid programs are accepted, error rules or not', () => {
  const programs = [
    'match(x)\nprint(match, case, _)\nmatch x:\n  case [1, *_] | {"a": b, **c} if d: pass\n  case A(1, b=2): pass\n',
    'async def f(a, /, b: int = 1, *c: *d, e, **g) -> h:\n  async with a as b, c: await d\n  return [x async for x in y]\n',
    'with (a as b, c as (d, [e, *f])): pass\nfor a, *b in c: pass\nelse: pass\n',
    'try: pass\nexcept* A as b: pass\nelse: pass\nfinally: pass\n',
    'a[b, *c, d:e:f] = g.h().i["j"] = yield\n(a): int = 1\na.b: c\nx @= y\ndel (a, [b.c]), d[e]\n',
    'f(*a, b, **c, d=e)\nf(a for b in c)\nlambda a, b=1, /, *c, d, **e: (yield)\n{**a, b: c}\n{*a, b}\n',
    "x = f'{a!r:>{w}}' 'b' rf'{b=}'\n",
    '@a.b(c)\nclass D(E, metaclass=F): x: int\n',
  ]
  for (const program of programs) assert.equal(errorOf(program), null, program)
  assert.equal(errorOf('(int, *str, **list) -> a', 'func_type'), null)
  assert.equal(errorOf('a if b else c', 'eval'), null)
  assert.equal(errorOf('a; b # c\n\n', 'single'), null)
  assert.equal(errorOf('1 <> 2', 'exec', { barry: true }), null)
  assert.equal(errorOf('async = await = 1', 'exec', { fv: 6 }), null)
})

test('to report a program that the rules accept is an error of ours, not a SyntaxError', () => {
  assert.throws(
    () => reportSyntaxError(tokensOf('a = 1\n'), defaults),
    (error) => !(error instanceof PyError) && error instanceof Error,
  )
})

function warningsOf(source: string, verdict?: 'error'): [string, number, string][] {
  const seen: CompileWarning[] = []
  const warn = (warning: CompileWarning) => {
    seen.push(warning)
    return verdict
  }
  parsesByRules(tokensOf(source), { ...defaults, warn })
  return seen.map((warning) => [warning.category, warning.lineno, warning.message])
}

test('each warning is issued once, also those of tokens behind the error', () => {
  assert.deepEqual(warningsOf("x = '\\d' + ('\\e' b)\ny = 1if a else 2\n"), [
    ['DeprecationWarning', 1, "invalid escape sequence '\\d'"],
    ['DeprecationWarning', 1, "invalid escape sequence '\\e'"],
    ['SyntaxWarning', 2, 'invalid decimal literal'],
  ])
})

test('a warning made an error stands at its token', () => {
  const warn = () => 'error' as const
  const report = (source: string) => {
    try {
      return reportSyntaxError(tokensOf(source), { ...defaults, warn })
    } catch (error) {
      return fieldsOf(error)
    }
  }
  assert.deepEqual(warningsOf("'\\d' + '\\e'\n", 'error'), [['DeprecationWarning', 1, "invalid escape sequence '\\d'"]])
  assert.deepEqual(report("x = ['\\d', 2]\n"), [
    'SyntaxError',
    "invalid escape sequence '\\d'",
    1,
    6,
    1,
    10,
    "x = ['\\d', 2]\n",
  ])
  assert.deepEqual(report('x = 1if a else $\n'), [
    'SyntaxError',
    'invalid decimal literal',
    1,
    5,
    1,
    5,
    'x = 1if a else $',
  ])
})
