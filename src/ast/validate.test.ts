import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../base/errors.ts'
import { Complex, Ellipsis, Float } from '../base/values.ts'
import { astFromObject } from './from_object.ts'
import type { Mod } from './nodes.ts'
import { fixMissingLocations } from './positions.ts'
import { validateAst } from './validate.ts'

type Loose = Record<string, unknown>

const at = { lineno: 1, col_offset: 0, end_lineno: 1, end_col_offset: 1 }
const load = { node: 'Name', id: 'a', ctx: 'Load', ...at }
const store = { ...load, ctx: 'Store' }
const pass = { node: 'Pass', ...at }
const node = (name: string, fields: Loose = {}): Loose => ({ node: name, ...fields, ...at })
const constant = (value: unknown): Loose => node('Constant', { value, kind: null })
const noArguments = {
  node: 'arguments',
  posonlyargs: [],
  args: [],
  vararg: null,
  kwonlyargs: [],
  kw_defaults: [],
  kwarg: null,
  defaults: [],
}
const wildcard = node('MatchAs', { pattern: null, name: null })
const generator = { node: 'comprehension', target: store, iter: load, ifs: [], is_async: 0 }

const moduleOf = (...body: unknown[]): Loose => ({ node: 'Module', body, type_ignores: [] })
const expr = (value: unknown): Loose => moduleOf(node('Expr', { value }))
const match = (pattern: unknown): Loose =>
  moduleOf(node('Match', { subject: load, cases: [{ node: 'match_case', pattern, guard: null, body: [pass] }] }))

function check(object: unknown): Mod {
  const mod = astFromObject(object, 'exec')
  validateAst(mod)
  return mod
}

/** What a tree is refused with: the text is CPython 3.11.7's. */
const faults: [error: string, object: unknown][] = [
  // Kinds of fields.
  ['TypeError: expected Module node, got Expression', { node: 'Expression', body: load }],
  ['TypeError: expected Module node, got int', 3],
  ['TypeError: required field "body" missing from Module', { node: 'Module' }],
  ['TypeError: Module field "body" must be a list, not a int', { node: 'Module', body: 3, type_ignores: [] }],
  ['TypeError: required field "lineno" missing from stmt', moduleOf(1)],
  ['TypeError: required field "lineno" missing from stmt', moduleOf({ node: 'Pass' })],
  ['TypeError: required field "col_offset" missing from expr', expr({ ...load, col_offset: undefined })],
  ['TypeError: required field "end_lineno" missing from pattern', match({ ...wildcard, end_lineno: undefined })],
  ['TypeError: expected some sort of stmt, but got <Name object>', moduleOf(load)],
  ['TypeError: expected some sort of expr, but got <Pass object>', expr(pass)],
  ['TypeError: expected some sort of expr_context, but got 3', expr({ ...load, ctx: 3 })],
  [
    'TypeError: expected some sort of cmpop, but got None',
    expr(node('Compare', { left: load, ops: [null], comparators: [load] })),
  ],
  ["ValueError: field 'value' is required for Expr", expr(null)],
  [
    'TypeError: required field "value" missing from keyword',
    expr(node('Call', { func: load, args: [], keywords: [null] })),
  ],
  [
    'TypeError: required field "pattern" missing from match_case',
    moduleOf(node('Match', { subject: load, cases: [null] })),
  ],
  ['TypeError: AST identifier must be of type str', moduleOf(node('Global', { names: ['a', 3] }))],
  ['TypeError: AST string must be of type str', expr(node('Constant', { value: 1, kind: 3 }))],
  ["ValueError: invalid integer value: 'x'", moduleOf({ ...pass, lineno: 'x' })],
  ['ValueError: invalid integer value: 1.5', moduleOf({ ...pass, lineno: new Float(1.5) })],
  ['OverflowError: Python int too large to convert to C int', moduleOf({ ...pass, lineno: 2 ** 40 })],
  // Positions.
  ['ValueError: AST node line range (5, 4) is not valid', moduleOf({ ...pass, lineno: 5, end_lineno: 4 })],
  [
    'ValueError: AST node column range (0, 0) for line range (-2, 0) is not valid',
    moduleOf({ ...pass, lineno: -2, end_lineno: 0, end_col_offset: 0 }),
  ],
  [
    'ValueError: AST node column range (-1, 1) for line range (1, 1) is not valid',
    moduleOf({ ...pass, col_offset: -1 }),
  ],
  ['ValueError: line 1, column 3-2 is not a valid range', moduleOf({ ...pass, col_offset: 3, end_col_offset: 2 })],
  // Statements.
  ['ValueError: None disallowed in statement list', moduleOf(null)],
  ['ValueError: empty body on If', moduleOf(node('If', { test: load, body: [], orelse: [] }))],
  [
    'ValueError: empty body on FunctionDef',
    moduleOf(node('FunctionDef', { name: 'f', args: noArguments, body: [], decorator_list: [] })),
  ],
  ['ValueError: empty targets on Delete', moduleOf(node('Delete', { targets: [] }))],
  ['ValueError: empty targets on Assign', moduleOf(node('Assign', { targets: [], value: load }))],
  ['ValueError: empty items on With', moduleOf(node('With', { items: [], body: [pass] }))],
  ['ValueError: empty names on Import', moduleOf(node('Import', { names: [] }))],
  ['ValueError: empty cases on Match', moduleOf(node('Match', { subject: load, cases: [] }))],
  [
    'ValueError: Negative ImportFrom level',
    moduleOf(node('ImportFrom', { module: 'a', names: [node('alias', { name: 'b' })], level: -1 })),
  ],
  ['ValueError: Raise with cause but no exception', moduleOf(node('Raise', { exc: null, cause: load }))],
  [
    'ValueError: Try has neither except handlers nor finalbody',
    moduleOf(node('Try', { body: [pass], handlers: [], orelse: [], finalbody: [] })),
  ],
  [
    'ValueError: TryStar has orelse but no except handlers',
    moduleOf(node('TryStar', { body: [pass], handlers: [], orelse: [pass], finalbody: [pass] })),
  ],
  [
    'TypeError: AnnAssign with simple non-Name target',
    moduleOf(
      node('AnnAssign', {
        target: node('Subscript', { value: load, slice: load, ctx: 'Store' }),
        annotation: load,
        value: null,
        simple: 1,
      }),
    ),
  ],
  // Expressions.
  ['ValueError: expression must have Load context but has Store instead', expr(store)],
  [
    "ValueError: expression which can't be assigned to in Store context",
    moduleOf(node('Assign', { targets: [constant(1)], value: load })),
  ],
  ["ValueError: identifier field can't represent 'None' constant", expr({ ...load, id: 'None' })],
  ['ValueError: None disallowed in expression list', expr(node('Tuple', { elts: [null], ctx: 'Load' }))],
  ['ValueError: BoolOp with less than 2 values', expr(node('BoolOp', { op: 'And', values: [load] }))],
  ["ValueError: Dict doesn't have the same number of keys as values", expr(node('Dict', { keys: [load], values: [] }))],
  ['ValueError: Compare with no comparators', expr(node('Compare', { left: load, ops: ['Lt'], comparators: [] }))],
  [
    'ValueError: Compare has a different number of comparators and operands',
    expr(node('Compare', { left: load, ops: [], comparators: [load] })),
  ],
  ['ValueError: comprehension with no generators', expr(node('ListComp', { elt: load, generators: [] }))],
  [
    'ValueError: more positional defaults than args on arguments',
    expr(node('Lambda', { args: { ...noArguments, defaults: [load] }, body: load })),
  ],
  [
    'ValueError: length of kwonlyargs is not the same as kw_defaults on arguments',
    expr(node('Lambda', { args: { ...noArguments, kw_defaults: [null] }, body: load })),
  ],
  ['TypeError: got an invalid type in Constant: object', expr(constant({}))],
  ['TypeError: got an invalid type in Constant: Name', expr(constant([1, load]))],
  // Patterns.
  ["ValueError: can't use MatchStar here", match(node('MatchStar', { name: null }))],
  ["ValueError: can't capture name '_' in patterns", match(node('MatchAs', { pattern: null, name: '_' }))],
  [
    'ValueError: MatchAs must specify a target name if a pattern is given',
    match(node('MatchAs', { pattern: wildcard, name: null })),
  ],
  ['ValueError: MatchOr requires at least 2 patterns', match(node('MatchOr', { patterns: [wildcard] }))],
  ['ValueError: MatchSingleton can only contain True, False and None', match(node('MatchSingleton', { value: 1 }))],
  ['ValueError: patterns may only match literals and attribute lookups', match(node('MatchValue', { value: load }))],
  [
    'ValueError: unexpected constant inside of a literal pattern',
    match(node('MatchValue', { value: constant(Ellipsis) })),
  ],
  [
    'ValueError: patterns may only match literals and attribute lookups',
    match(node('MatchMapping', { keys: [load], patterns: [wildcard], rest: null })),
  ],
  [
    "ValueError: MatchMapping doesn't have the same number of keys as patterns",
    match(node('MatchMapping', { keys: [], patterns: [wildcard], rest: null })),
  ],
  [
    "ValueError: MatchClass doesn't have the same number of keyword attributes as patterns",
    match(node('MatchClass', { cls: load, patterns: [], kwd_attrs: ['a'], kwd_patterns: [] })),
  ],
  [
    'ValueError: MatchClass cls field can only contain Name or Attribute nodes.',
    match(node('MatchClass', { cls: constant(1), patterns: [], kwd_attrs: [], kwd_patterns: [] })),
  ],
  [
    "ValueError: identifier field can't represent 'True' constant",
    match(node('MatchClass', { cls: load, patterns: [], kwd_attrs: ['True'], kwd_patterns: [wildcard] })),
  ],
]

for (const [expected, object] of faults) {
  test(expected, () => {
    let found = 'no error'
    try {
      check(object)
    } catch (error) {
      assert.ok(error instanceof PyError)
      found = `${error.type}: ${error.message}`
    }
    assert.equal(found, expected)
  })
}

test('valid trees pass', () => {
  const negative = node('UnaryOp', { op: 'USub', operand: constant(1) })
  const complex = node('BinOp', { left: negative, op: 'Add', right: constant(new Complex(0, 2)) })
  check(match(node('MatchValue', { value: complex })))
  check(
    match(node('MatchMapping', { keys: [constant(null), constant('a')], patterns: [wildcard, wildcard], rest: 'r' })),
  )
  check(match(node('MatchSequence', { patterns: [node('MatchStar', { name: 'a' })] })))
  check(expr(node('Dict', { keys: [null], values: [load] })))
  check(expr(node('ListComp', { elt: load, generators: [generator] })))
  check(expr(constant([1, ['a', null], Ellipsis])))
  check(moduleOf(node('Assign', { targets: [node('Tuple', { elts: [store], ctx: 'Store' })], value: load })))
})

test('the tree is a fresh one with all its fields in order', () => {
  const object = moduleOf({
    value: { ctx: 'Load', id: 'a', col_offset: 0, lineno: 1, node: 'Name' },
    ...pass,
    node: 'Return',
  })
  const mod = check(object)
  assert.ok(mod.node === 'Module')
  const stmt = mod.body[0]!
  assert.ok(stmt.node === 'Return')
  assert.deepEqual(Object.entries(stmt.value!), Object.entries({ ...load, end_col_offset: 0 }))
  assert.notEqual(mod, object)
  const importFrom = node('ImportFrom', { module: 'a', names: [{ name: 'b', lineno: 1, col_offset: 0 }] })
  const alias = { node: 'alias', name: 'b', asname: null, ...at, end_col_offset: 0 }
  assert.deepEqual(check(moduleOf(importFrom)), moduleOf(node('ImportFrom', { module: 'a', names: [alias], level: 0 })))
})

test('other modes want other roots', () => {
  assert.equal(astFromObject({ node: 'Expression', body: load }, 'eval').node, 'Expression')
  assert.equal(astFromObject({ node: 'Interactive', body: [] }, 'single').node, 'Interactive')
  const type = astFromObject({ node: 'FunctionType', argtypes: [load], returns: load }, 'func_type')
  validateAst(type)
  assert.throws(() => astFromObject(moduleOf(), 'eval'), /expected Expression node, got Module/)
})

test('trees that are too deep are refused', () => {
  let e: Loose = load
  for (let i = 0; i < 100_000; i++) e = node('UnaryOp', { op: 'Not', operand: e })
  const deep = fixMissingLocations(expr(e) as unknown as Mod)
  const refused = (message: string) => (error: unknown) =>
    error instanceof PyError && error.type === 'RecursionError' && error.message === message
  assert.throws(
    () => astFromObject(deep, 'exec'),
    refused("maximum recursion depth exceeded while traversing 'expr' node"),
  )
  assert.throws(() => validateAst(deep), refused('maximum recursion depth exceeded during compilation'))
})
