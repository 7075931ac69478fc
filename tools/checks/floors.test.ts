import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { floorBreaches, importsOf } from './floors.ts'

function tree(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'floors-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  return root
}

test('a downward import is no breach', () => {
  const root = tree({ 'ast/a.ts': "import { b } from '../base/b.ts'\n", 'base/b.ts': 'export const b = 1\n' })
  assert.deepEqual(floorBreaches(root), [])
})

test('an upward import is a breach, a type-only one and one over several lines too', () => {
  const root = tree({
    'base/a.ts': "import type { X } from '../ast/x.ts'\n",
    'base/b.ts': "import {\n  x,\n  y,\n} from '../ast/x.ts'\n",
    'base/c.ts': "export { x } from '../ast/x.ts'\n",
    'ast/x.ts': 'export const x = 1\n',
  })
  assert.deepEqual(floorBreaches(root), [
    'base/a.ts: imports ast/x.ts, which is on a higher floor',
    'base/b.ts: imports ast/x.ts, which is on a higher floor',
    'base/c.ts: imports ast/x.ts, which is on a higher floor',
  ])
})

test('node modules and packages are for the Node host alone', () => {
  const text = "import * as fs from 'node:fs'\n"
  const root = tree({ 'compiler/a.ts': text, 'host/node/b.ts': text, 'compiler/a.test.ts': text })
  assert.deepEqual(floorBreaches(root), ["compiler/a.ts: imports 'node:fs'; only host/node may"])
})

test('a library is for the folder that wraps it', () => {
  const text = "import { ZStream } from 'pako'\n"
  const root = tree({ 'modules/zlib/a.ts': text, 'modules/gc.ts': text })
  assert.deepEqual(floorBreaches(root), ["modules/gc.ts: imports 'pako'; only modules/zlib may"])
})

test('a cycle within a floor is a breach', () => {
  const root = tree({ 'ast/a.ts': "import './b.ts'\n", 'ast/b.ts': "import { a } from './a.ts'\n" })
  assert.deepEqual(floorBreaches(root), ['cycle: ast/a.ts → ast/b.ts → ast/a.ts'])
})

test('types may refer to each other in circles within a floor', () => {
  const root = tree({
    'ast/a.ts': "import type { B } from './b.ts'\nimport type {\n  C,\n} from './b.ts'\n",
    'ast/b.ts': "import { a } from './a.ts'\n",
  })
  assert.deepEqual(floorBreaches(root), [])
})

test('a folder outside the floors is a breach', () => {
  assert.deepEqual(floorBreaches(tree({ 'utils/a.ts': '' })), ['utils/a.ts: stands in no folder of the floors'])
})

test('imports are found in all their forms', () => {
  const text =
    "import a from 'a'\nimport 'b'\nimport type { c } from 'c'\nconst d = await import('d')\nexport * from 'e'\n"
  assert.deepEqual(importsOf(text), ['a', 'b', 'c', 'd', 'e'])
})
