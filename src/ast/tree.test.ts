import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Complex, Ellipsis, Float, strFromCodePoints } from '../base/values.ts'
import { docstringNode, getDocstring } from './docstring.ts'
import { astToJson, constantToJson } from './json.ts'
import type { Expr, ModNode, Node, Stmt } from './nodes.ts'
import { fixMissingLocations, incrementLineno } from './positions.ts'
import { iterChildNodes, iterFields, walk } from './walk.ts'

const at = { lineno: 1, col_offset: 0, end_lineno: 1, end_col_offset: 1 }
const name = (id: string): Expr => ({ node: 'Name', id, ctx: 'Load', ...at })
const constant = (value: string): Expr => ({ node: 'Constant', value, kind: null, ...at })
const moduleOf = (...body: Stmt[]): ModNode<'Module'> => ({ node: 'Module', body, type_ignores: [] })
const expr = (value: Expr): Stmt => ({ node: 'Expr', value, ...at })

const dict: Expr = { node: 'Dict', keys: [null, name('a')], values: [name('b'), name('c')], ...at }
const label = (node: Node) => (node.node === 'Name' ? node.id : node.node)

test('fields and children come in the order of the table', () => {
  assert.deepEqual(
    [...iterFields(dict)].map(([field]) => field),
    ['keys', 'values'],
  )
  assert.deepEqual([...iterChildNodes(dict)].map(label), ['a', 'b', 'c'])
})

test('a walk takes nearer nodes first', () => {
  const sum: Expr = { node: 'BinOp', left: dict, op: 'Add', right: name('d'), ...at }
  assert.deepEqual([...walk(moduleOf(expr(sum)))].map(label), ['Module', 'Expr', 'BinOp', 'Dict', 'd', 'a', 'b', 'c'])
})

test('the items of a constant tuple are no nodes', () => {
  const tuple: Expr = { node: 'Constant', value: [1, 'a'], kind: null, ...at }
  assert.deepEqual([...walk(tuple)], [tuple])
})

test('missing positions are those of the node around', () => {
  const bare = { node: 'Name', id: 'a', ctx: 'Load' } as Expr
  const placed = { node: 'Expr', value: bare, lineno: 7, col_offset: 3 } as Stmt
  const tree = fixMissingLocations(moduleOf(placed))
  const position = { lineno: 7, col_offset: 3, end_lineno: 1, end_col_offset: 0 }
  assert.deepEqual(tree.body[0], { node: 'Expr', value: { ...bare, ...position }, ...position })
})

test('lines are moved, those of type: ignore too', () => {
  const tree: ModNode<'Module'> = {
    ...moduleOf(expr(name('a'))),
    type_ignores: [{ node: 'TypeIgnore', lineno: 2, tag: '' }],
  }
  const copy = incrementLineno(structuredClone(tree), 3)
  assert.deepEqual(copy.type_ignores, [{ node: 'TypeIgnore', lineno: 5, tag: '' }])
  assert.deepEqual(
    [...walk(copy)].slice(1, 3).map((node) => 'lineno' in node && node.lineno),
    [4, 5],
  )
  const stmt = copy.body[0]!
  assert.deepEqual([stmt.lineno, stmt.end_lineno, stmt.col_offset], [4, 4, 0])
})

test('docstrings are strings that begin a body', () => {
  assert.equal(docstringNode([]), null)
  assert.equal(docstringNode([expr(name('a'))]), null)
  assert.equal(docstringNode([expr({ node: 'Constant', value: new Uint8Array(), kind: null, ...at })]), null)
  assert.equal(docstringNode([{ node: 'Pass', ...at }, expr(constant('a'))]), null)
  assert.equal(docstringNode([expr(constant('a'))])?.value, 'a')
})

test('docstrings are cleaned as inspect.cleandoc cleans them', () => {
  const doc = (text: string, clean?: boolean) => getDocstring(moduleOf(expr(constant(text))), clean)
  assert.equal(doc('  first\n\n    second\n      third\n    \n  '), 'first\n\nsecond\n  third')
  assert.equal(doc('\n\tone\n        two\n'), 'one\ntwo')
  assert.equal(doc('  a\n  b', false), '  a\n  b')
  assert.equal(doc('\n \n'), ' ')
  assert.equal(getDocstring(moduleOf()), null)
  const wide = strFromCodePoints([0x20, 0x1f600])
  const found = getDocstring(moduleOf(expr({ node: 'Constant', value: wide, kind: null, ...at })))
  assert.deepEqual(found, strFromCodePoints([0x1f600]))
})

test('trees become JSON with the position last', () => {
  const json = astToJson(expr(dict))
  assert.deepEqual(Object.keys(json as object), [
    'node',
    'value',
    'lineno',
    'col_offset',
    'end_lineno',
    'end_col_offset',
  ])
  const again = JSON.parse(JSON.stringify(json))
  assert.deepEqual(again.value.keys, [null, { node: 'Name', id: 'a', ctx: 'Load', ...at }])
})

test('constants become JSON without loss', () => {
  for (const same of [null, true, 5, 'é']) assert.equal(constantToJson(same), same)
  assert.equal(constantToJson(strFromCodePoints([0x1f600])), '😀')
  assert.deepEqual(constantToJson('\ud83d\ude00'), { type: 'str', repr: "'\\ud83d\\ude00'" })
  assert.deepEqual(constantToJson(2n ** 64n), { type: 'int', repr: '18446744073709551616' })
  assert.deepEqual(constantToJson(new Float(1)), { type: 'float', repr: '1.0' })
  assert.deepEqual(constantToJson(new Complex(0, 1)), { type: 'complex', repr: '1j' })
  assert.deepEqual(constantToJson(new Uint8Array([0])), { type: 'bytes', repr: "b'\\x00'" })
  assert.deepEqual(constantToJson([1, 'a']), { type: 'tuple', repr: "(1, 'a')" })
  assert.deepEqual(constantToJson(Ellipsis), { type: 'ellipsis', repr: 'Ellipsis' })
})
