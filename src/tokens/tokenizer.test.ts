import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decodeSource } from '../source/decode.ts'
import { PySyntaxError } from '../source/errors.ts'
import { sliceText } from '../source/text.ts'
import * as T from './token.ts'
import { releaseTokens, stateAfter, tokenize } from './tokenizer.ts'
import { E_EOF, E_OK, nameOf, type TokenizeOptions, type Tokens } from './tokens.ts'

type Mode = 'exec' | 'eval' | 'single'
type ErrorFields = [string, string, number | null, number | null, string | null, number | null, number | null]

interface Recorded {
  readonly source: string
  readonly tokens: readonly (readonly [number, number, number, number, number, string])[]
  readonly error: ErrorFields | null
  readonly compile: Readonly<Partial<Record<Mode | 'bytes', ErrorFields>>>
}

const recorded = JSON.parse(
  readFileSync(new URL('../../tests/data/tokens.json', import.meta.url), 'utf8'),
) as readonly Recorded[]

const text = (source: string, options?: Partial<TokenizeOptions>) => tokenize(decodeSource(source, '<string>'), options)

function fieldsOf(error: unknown): ErrorFields {
  assert.ok(error instanceof PySyntaxError, String(error))
  return [error.type, error.msg, error.lineno, error.offset, error.text, error.end_lineno, error.end_offset]
}

/** The tokens as `_tokenize.TokenizerIter` shows them, to which a keyword is a name. */
function rows(tokens: Tokens) {
  const out: (string | number)[][] = []
  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kinds[i]!
    if (kind === T.ENDMARKER || kind === T.ERRORTOKEN) break
    const string = tokens.cols[i] === -1 ? '' : sliceText(tokens.source, tokens.starts[i]!, tokens.ends[i]!)
    const place = [tokens.lines[i]!, tokens.cols[i]!, tokens.endLines[i]!, tokens.endCols[i]!]
    out.push([kind >= T.KW_FALSE ? T.NAME : kind, ...place, string])
  }
  return out
}

const kinds = (tokens: Tokens) => Array.from(tokens.kinds.subarray(0, tokens.count))

test('the tokens and errors that CPython was recorded to give', () => {
  assert.ok(recorded.length > 200)
  for (const { source, tokens, error } of recorded) {
    const found = text(source)
    assert.deepEqual(rows(found), tokens, JSON.stringify(source))
    assert.deepEqual(found.final.raised === null ? null : fieldsOf(found.error), error, JSON.stringify(source))
    releaseTokens(found)
  }
})

test('the errors that compile() was recorded to report, in all modes', () => {
  let count = 0
  for (const { source, compile } of recorded) {
    for (const [key, expected] of Object.entries(compile)) {
      const mode = key === 'bytes' ? 'exec' : (key as Mode)
      const input = key === 'bytes' ? new TextEncoder().encode(source) : source
      const found = tokenize(decodeSource(input, '<string>', { mode }), { mode })
      assert.deepEqual(fieldsOf(found.error), expected, `${key}: ${JSON.stringify(source)}`)
      count++
    }
  }
  assert.ok(count > 100)
})

test('keywords have kinds of their own, soft keywords are names', () => {
  const tokens = text('if None match _ case print yield async await\n')
  const expected = [
    T.KW_IF,
    T.KW_NONE,
    T.NAME,
    T.NAME,
    T.NAME,
    T.NAME,
    T.KW_YIELD,
    T.ASYNC,
    T.AWAIT,
    T.NEWLINE,
    T.ENDMARKER,
  ]
  assert.deepEqual(kinds(tokens), expected)
})

test('equal names are one string, NFKC-normalised', () => {
  const tokens = text('ﬁn é a_very_long_identifier a_very_long_identifier e\u0301\n')
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((i) => nameOf(tokens, i)),
    ['fin', 'é', 'a_very_long_identifier', 'a_very_long_identifier', 'é'],
  )
  assert.equal(tokens.nameIds[2], tokens.nameIds[3])
})

test('a single statement ends with a NEWLINE and closes its blocks', () => {
  const single = (options: Partial<TokenizeOptions>) =>
    kinds(tokenize(decodeSource('if x:\n  y', '<stdin>', { mode: 'single' }), { mode: 'single', ...options }))
  const head = [T.KW_IF, T.NAME, T.COLON, T.NEWLINE, T.INDENT, T.NAME, T.NEWLINE]
  assert.deepEqual(single({}), [...head, T.DEDENT, T.NEWLINE, T.ENDMARKER])
  assert.deepEqual(single({ dontImplyDedent: true }), [...head, T.ENDMARKER])
  const empty = tokenize(decodeSource('', '<stdin>', { mode: 'single' }), { mode: 'single' })
  assert.deepEqual(kinds(empty), [T.ENDMARKER])
})

test('at the prompt an empty line is a NEWLINE', () => {
  assert.deepEqual(kinds(text('x\n\n', { interactive: true })), [T.NAME, T.NEWLINE, T.NEWLINE, T.ENDMARKER])
  assert.deepEqual(kinds(text('x\n\n')), [T.NAME, T.NEWLINE, T.ENDMARKER])
})

test('type comments are tokens on demand, and type: ignore is set aside', () => {
  const source = 'x = 1 # type: int\ny #type:ignore[a]\n#  type:\tignore\nz # type: ignored\n# type: (int) -> str\n'
  const tokens = text(source, { typeComments: true })
  const found: string[] = []
  for (let i = 0; i < tokens.count; i++) {
    if (tokens.kinds[i] === T.TYPE_COMMENT) found.push(sliceText(tokens.source, tokens.starts[i]!, tokens.ends[i]!))
  }
  assert.deepEqual(found, ['int', 'ignored', '(int) -> str'])
  const ignores = tokens.typeIgnores.map(({ lineno, start, end }) => [lineno, source.slice(start, end)])
  assert.deepEqual(ignores, [
    [2, '[a]'],
    [3, ''],
  ])
  assert.ok(!kinds(text(source)).includes(T.TYPE_COMMENT))
})

test('before Python 3.7 async and await are keywords only in async def', () => {
  const source = 'async = await\nasync def f():\n  await x\nawait\nasync \\\n def g(): pass\n'
  const found = kinds(text(source, { asyncHacks: true })).filter((kind) => kind === T.ASYNC || kind === T.AWAIT)
  assert.deepEqual(found, [T.ASYNC, T.AWAIT, T.ASYNC])
})

test('a number before a keyword warns once, and the handler may make it an error', () => {
  const tokens = text('x = 1if y else 2\n')
  assert.deepEqual(
    tokens.warnings.map((w) => [w.index, w.warning.category, w.warning.message, w.warning.lineno]),
    [[2, 'SyntaxWarning', 'invalid decimal literal', 1]],
  )
  assert.deepEqual(fieldsOf(tokens.warnings[0]!.error).slice(1, 4), ['invalid decimal literal', 1, 5])
  const failed = tokenize(decodeSource('x = 1if y else 2\n', 'f'), {}, () => 'error')
  assert.deepEqual(kinds(failed), [T.NAME, T.EQUAL, T.ERRORTOKEN])
  assert.deepEqual(fieldsOf(failed.error), fieldsOf(tokens.warnings[0]!.error))
})

test('the state after some tokens tells the open brackets and how far was read', () => {
  const tokens = text('a = (b,\n  [c\n')
  assert.equal(kinds(tokens).at(-1), T.ERRORTOKEN)
  const after = (count: number) => stateAfter(tokens, count)
  assert.deepEqual(after(2).brackets, [])
  assert.deepEqual(after(3).brackets, [{ char: '(', lineno: 1, col: 4 }])
  assert.equal(after(5).lineno, 1)
  assert.deepEqual(after(7).brackets.at(-1), { char: '[', lineno: 2, col: 2 })
  assert.deepEqual([after(7).lineno, after(7).done, tokens.final.done], [2, E_OK, E_EOF])
  assert.equal(tokens.error?.message, "'[' was never closed")
})

test('faulty UTF-8 counts in a name but not in a comment', () => {
  const bytes = (...parts: (string | number)[]) =>
    Uint8Array.from(parts.flatMap((p) => (typeof p === 'number' ? [p] : Array.from(p, (c) => c.charCodeAt(0)))))
  const named = tokenize(decodeSource(bytes('x = ', 0xe9, ' + 1\n'), '<string>'))
  const msg = "(unicode error) 'utf-8' codec can't decode byte 0xe9 in position 0: unexpected end of data"
  assert.deepEqual(fieldsOf(named.error), ['SyntaxError', msg, 1, 5, 'x = \ufffd + 1\n', 1, -1])
  assert.equal(named.final.raised?.type, 'UnicodeDecodeError')
  assert.equal(tokenize(decodeSource(bytes('# ', 0xe9, '\n'), '<string>')).error, null)
})

test('arrays given back are used again, while others are in use', () => {
  const outer = text('a b c\n')
  const inner = text('d\n')
  assert.notEqual(inner.kinds, outer.kinds)
  releaseTokens(inner)
  const next = text('e\n')
  assert.equal(next.kinds, inner.kinds)
  assert.deepEqual(kinds(outer), [T.NAME, T.NAME, T.NAME, T.NEWLINE, T.ENDMARKER])
})
