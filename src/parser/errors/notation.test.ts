import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as token from '../../tokens/token.ts'
import { compileRules, growing, hasKind, LOOP0, LOOP1, memo, PLAIN, type RuleTable } from './notation.ts'

const compile = (table: RuleTable) => compileRules([table])

/** The kinds of some tokens that a rule can start with, in one pass. */
function starts(table: RuleTable, name: string, pass: 0 | 1, kinds: readonly number[]): number[] | null {
  const set = compile(table).get(name)!.first[pass]!
  return set === null ? null : kinds.filter((kind) => hasKind(set, kind))
}

test('an unknown rule, token or too many captures are told when the rules are made', () => {
  assert.throws(() => compile({ a: ['b'] }), /no rule is called b/)
  assert.throws(() => compile({ a: ["'=>'"] }), /no token is spelled =>/)
  assert.throws(() => compile({ a: ['@NAME @NAME @NAME @NAME'] }), /more than three/)
})

test('words are keywords, operators, soft keywords and token kinds', () => {
  const steps = compile({ a: ["'if' '**=' '...' 'match' NEWLINE ^':' ~ NUMBER"] }).get('a')!.choices[0]!.steps
  assert.deepEqual(
    steps.map((step) => step.kind),
    [token.KW_IF, token.DOUBLESTAREQUAL, token.ELLIPSIS, 0, token.NEWLINE, token.COLON, 0, token.NUMBER],
  )
  assert.deepEqual([steps[3]!.text, steps[5]!.text], ['match', ':'])
})

test('repetition makes loops; a separator makes an item and a loop of what follows it', () => {
  const rules = compile({ some: ['NAME+'], any: ['NAME*'], list: ['NAME+,'], bars: ['NAME+|'] })
  const shape = (name: string) => rules.get(name)!.choices[0]!.steps[0]!.rule!.shape
  assert.deepEqual([shape('some'), shape('any'), shape('list')], [LOOP1, LOOP0, PLAIN])
  const parts = (name: string) => rules.get(name)!.choices[0]!.steps[0]!.rule!.choices[0]!.steps
  const again = parts('list')[1]!.rule!
  assert.equal(again.shape, LOOP0)
  assert.deepEqual(
    again.choices[0]!.steps.map((step) => step.kind),
    [token.COMMA, token.NAME],
  )
  assert.equal(parts('bars')[1]!.rule!.choices[0]!.steps[0]!.kind, token.VBAR)
})

test('a rule starts with what its alternatives start with; error rules count in the second pass', () => {
  const table: RuleTable = {
    a: ["b? ',' NAME", 'invalid_c', "!':' NUMBER"],
    b: ["'('", "'['"],
    invalid_c: ["'*' NAME"],
    open: ['b?'],
    forced: ["^':' NAME"],
  }
  const kinds = [token.NAME, token.NUMBER, token.LPAR, token.LSQB, token.COMMA, token.STAR, token.COLON]
  const plain = [token.NUMBER, token.LPAR, token.LSQB, token.COMMA]
  assert.deepEqual(starts(table, 'a', 0, kinds), plain)
  assert.deepEqual(starts(table, 'a', 1, kinds), [...plain, token.STAR])
  assert.equal(starts(table, 'open', 0, kinds), null)
  assert.equal(starts(table, 'forced', 0, kinds), null)
})

test('a left-recursive rule begins with its other alternatives and grows by its operators', () => {
  const sum = compile({ sum: growing("sum '+' NAME", "sum '-' NAME", 'NAME') }).get('sum')!
  assert.equal(sum.seed, 2)
  const kinds = [token.PLUS, token.MINUS, token.STAR, token.NAME]
  assert.deepEqual(
    kinds.filter((kind) => hasKind(sum.grows!, kind)),
    [token.PLUS, token.MINUS],
  )
})

test('remembered rules have a bit each, the others none', () => {
  const rules = compile({ a: memo('NAME'), b: growing("b '.' NAME", 'NAME'), c: ['a'] })
  assert.deepEqual(
    ['a', 'b', 'c'].map((name) => rules.get(name)!.memoBit),
    [1, 2, 0],
  )
})
