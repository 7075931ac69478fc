import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PyError } from '../../base/errors.ts'
import { strFromUtf16 } from '../../base/values.ts'
import { type Match, Matcher, matchAt, type Subject, search } from './engine.ts'
import { expandTemplate, findAll, groupText, split, substitute } from './loops.ts'
import { Program } from './program.ts'
import { validateCode } from './validate.ts'

type Outcome = [number[], number] | null

interface Case {
  readonly pattern: string
  readonly isBytes: boolean
  readonly codes: number[]
  readonly groups: number
  readonly rows: readonly {
    readonly subject: string | number[]
    readonly pos: number
    readonly endpos: number
    readonly match: Outcome
    readonly fullmatch: Outcome
    readonly search: Outcome[]
  }[]
}

const path = new URL('../../../tests/data/sre_cases.json', import.meta.url)
const cases = JSON.parse(readFileSync(path, 'utf8')) as Case[]

function outcome(match: Match | null): Outcome {
  return match === null ? null : [[...match.spans], match.lastindex]
}

function programOf(pattern: string): Program {
  const { codes, groups } = cases.find((entry) => entry.pattern === pattern)!
  return new Program(Uint32Array.from(codes), groups)
}

test('patterns match what CPython matches with the same codes', () => {
  for (const { pattern, codes, groups, rows } of cases) {
    validateCode(Uint32Array.from(codes), groups)
    const program = new Program(Uint32Array.from(codes), groups)
    for (const row of rows) {
      const subject: Subject =
        typeof row.subject === 'string' ? strFromUtf16(row.subject) : Uint8Array.from(row.subject)
      const place = `${pattern} on ${JSON.stringify(row.subject)} ${row.pos}:${row.endpos}`
      assert.deepEqual(outcome(matchAt(program, subject, row.pos, row.endpos, false)), row.match, place)
      assert.deepEqual(outcome(matchAt(program, subject, row.pos, row.endpos, true)), row.fullmatch, place)
      assert.deepEqual(outcome(search(program, subject, row.pos, row.endpos)), row.search[0] ?? null, place)
      const found: Outcome[] = []
      const matcher = new Matcher(program, subject, row.pos, row.endpos)
      for (let match = matcher.next(true); match !== null; match = matcher.next(true)) found.push(outcome(match))
      assert.deepEqual(found, row.search, place)
    }
  }
})

test('codes with an unknown operator or operand are refused', () => {
  for (const { codes, groups } of cases) {
    const broken = Uint32Array.from([...codes.slice(0, -1), 43, 1])
    assert.throws(() => validateCode(broken, groups), new PyError('RuntimeError', 'invalid SRE code'))
  }
  assert.throws(() => validateCode(new Uint32Array(0), 0), new PyError('RuntimeError', 'invalid SRE code'))
  assert.throws(() => validateCode(Uint32Array.of(17, 4, 1), 1), new PyError('RuntimeError', 'invalid SRE code'))
  validateCode(Uint32Array.of(17, 3, 1), 1)
})

test('a million rounds of a repeat need no deep stack, and the poll function is called', () => {
  let polls = 0
  const match = matchAt(programOf('(a|b)*c'), 'ab'.repeat(500_000) + 'c', 0, 1e9, true, () => polls++)
  assert.deepEqual(match!.spans, [0, 1_000_001, 999_999, 1_000_000])
  assert.ok(polls > 5)
})

test('what the poll function throws ends the match, and the engine goes on to work', () => {
  const program = programOf('(a|b)*c')
  const stop = new Error('interrupted')
  assert.throws(
    () =>
      search(program, 'ab'.repeat(100_000), 0, 1e9, () => {
        throw stop
      }),
    stop,
  )
  assert.deepEqual(search(program, 'xabc', 0, 4)!.spans, [1, 4, 2, 3])
})

test('loops follow the rules for empty matches', () => {
  const program = programOf('x*')
  assert.deepEqual(findAll(program, 'axb', 0, 3), ['', 'x', '', ''])
  assert.deepEqual(split(program, 'axbc', 0), ['', 'a', '', 'b', 'c', ''])
  assert.deepEqual(split(program, 'axbc', 1), ['', 'axbc'])
  assert.deepEqual(
    substitute(program, 'abxd', 0, () => '-'),
    { pieces: ['-', 'a', '-', 'b', '-', '-', 'd', '-'], count: 5 },
  )
})

test('groups and templates give the texts of groups', () => {
  const program = programOf('(<)?(\\w+)(?(1)>|$)')
  assert.deepEqual(findAll(program, '<a><b> c', 0, 8), [
    ['<', 'a'],
    ['<', 'b'],
    ['', 'c'],
  ])
  const match = search(program, 'word', 0, 4)!
  assert.equal(groupText('word', match, 1), null)
  assert.deepEqual(expandTemplate(['[', 1, 2, ']'], 'word', match), ['[', 'word', ']'])
  assert.deepEqual(split(program, 'x <a> c', 1), ['x ', '<', 'a', ' c'])
})
