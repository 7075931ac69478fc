import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../base/errors.ts'
import { parse } from '../parser/parse.ts'
import { decodeSource } from '../source/decode.ts'
import { futureFeatures } from './future.ts'
import { buildSymtable } from './symtable.ts'
import { ClassView, FunctionView, type SymbolTableView, symbolTableView } from './view.ts'

const source = `
import sys as system
glob = 42
some_var: int = 12

class Mine:
    instance_var = 24
    def a_method(p1, p2):
        pass
    def a_method(p1): pass

def spam(a, b, *var, **kw):
    global bar
    bar = 47
    x = 23
    def internal():
        nonlocal x
        return x, glob
    return internal

def foo():
    pass
foo = 1
`

function view(text: string): SymbolTableView {
  const mod = parse(decodeSource(text, '<case>'))
  const future = futureFeatures(mod, { filename: '<case>', sourceLine: null })
  return symbolTableView(buildSymtable(mod, '<case>', future).top, '<case>')
}

const top = view(source)
const spam = top.lookup('spam').get_namespace() as FunctionView
const internal = spam.lookup('internal').get_namespace() as FunctionView
const mine = top.lookup('Mine').get_namespace() as ClassView

test('blocks have a type, a name and a line', () => {
  const facts = [top, spam, mine].map((t) => [
    t.get_type(),
    t.get_name(),
    t.get_lineno(),
    t.is_optimized(),
    t.is_nested(),
  ])
  assert.deepEqual(facts, [
    ['module', 'top', 0, false, false],
    ['function', 'spam', 12, true, false],
    ['class', 'Mine', 6, false, false],
  ])
  assert.ok(internal.is_nested() && !internal.has_children() && spam.has_children())
  assert.deepEqual(
    top.get_children().map((t) => t.get_name()),
    ['Mine', 'spam', 'foo'],
  )
  assert.equal(String(top), '<SymbolTable for module <case>>')
  assert.equal(String(spam), '<Function SymbolTable for spam in <case>>')
  assert.equal(String(mine), '<Class SymbolTable for Mine in <case>>')
})

test('functions list their names by kind', () => {
  assert.ok(spam instanceof FunctionView)
  assert.deepEqual(spam.get_parameters(), ['a', 'b', 'var', 'kw'])
  assert.deepEqual(spam.get_locals(), ['a', 'b', 'var', 'kw', 'x', 'internal'])
  assert.deepEqual(spam.get_globals(), ['bar'])
  assert.deepEqual(internal.get_frees(), ['x'])
  assert.deepEqual(internal.get_nonlocals(), ['x'])
  assert.deepEqual(internal.get_globals(), ['glob'])
})

test('classes list their methods once', () => {
  assert.ok(mine instanceof ClassView)
  assert.deepEqual(mine.get_methods(), ['a_method'])
  assert.equal(mine.lookup('a_method').get_namespaces().length, 2)
})

test('symbols answer what they are', () => {
  const facts = (table: SymbolTableView, name: string) => {
    const s = table.lookup(name)
    const answers = {
      referenced: s.is_referenced(),
      parameter: s.is_parameter(),
      global: s.is_global(),
      nonlocal: s.is_nonlocal(),
      declared_global: s.is_declared_global(),
      local: s.is_local(),
      annotated: s.is_annotated(),
      free: s.is_free(),
      imported: s.is_imported(),
      assigned: s.is_assigned(),
      namespace: s.is_namespace(),
    }
    return Object.entries(answers)
      .filter(([, yes]) => yes)
      .map(([name]) => name)
      .join(' ')
  }
  assert.equal(facts(top, 'system'), 'global local imported')
  assert.equal(facts(top, 'some_var'), 'global local annotated assigned')
  assert.equal(facts(top, 'int'), 'referenced global')
  assert.equal(facts(top, 'bar'), 'global declared_global')
  assert.equal(facts(top, 'foo'), 'global local assigned namespace')
  assert.equal(facts(spam, 'a'), 'parameter local')
  assert.equal(facts(spam, 'bar'), 'global declared_global assigned')
  assert.equal(facts(spam, 'x'), 'local assigned')
  assert.equal(facts(internal, 'x'), 'referenced nonlocal free')
})

test('the same views come back, and wrong questions raise', () => {
  assert.equal(top.get_children()[1], spam)
  assert.equal(top.lookup('glob'), top.lookup('glob'))
  const raises = (type: string, run: () => unknown) =>
    assert.throws(run, (error) => error instanceof PyError && error.type === type)
  raises('KeyError', () => top.lookup('nowhere'))
  raises('ValueError', () => top.lookup('glob').get_namespace())
  raises('ValueError', () => mine.lookup('a_method').get_namespace())
})
