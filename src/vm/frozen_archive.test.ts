import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frozenArchive, packFrozen } from './frozen_archive.ts'

test('an archive gives back the pieces of each module and null for others', () => {
  const bytes = packFrozen(
    new Map([
      ['os', new Uint8Array([1, 2, 3])],
      ['importlib._bootstrap', new Uint8Array([])],
      ['zipimport', new Uint8Array([255])],
    ]),
    new Map([
      ['os', new Uint8Array([4, 5])],
      ['json/__init__.py', new Uint8Array([6])],
    ]),
    { size: 1000, files: [['os.py', 0, 5, 5, 0, 0, 33, 7]] },
    new Map([
      ['list.append', 'Adds.'],
      ['int', 'A number.'],
      ['str', 'x'.repeat(9000)],
    ]),
  )
  const modules = frozenArchive({ read: (offset, size) => bytes.slice(offset, offset + size) })
  assert.deepEqual([...modules.code('os')!], [1, 2, 3])
  assert.deepEqual([...modules.code('importlib._bootstrap')!], [])
  assert.deepEqual([...modules.code('zipimport')!], [255])
  assert.deepEqual([...modules.image('os')!], [4, 5])
  assert.deepEqual([...modules.image('json/__init__.py')!], [6])
  assert.deepEqual(modules.library, { size: 1000, files: [['os.py', 0, 5, 5, 0, 0, 33, 7]] })
  assert.equal(modules.docs('int'), 'int\t"A number."\nlist.append\t"Adds."\n')
  assert.equal(modules.docs('list'), modules.docs('int'))
  assert.equal(modules.docs('str.join'), `str\t"${'x'.repeat(9000)}"\n`)
  assert.equal(modules.docs('abs'), '')
  assert.equal(modules.code('abc'), null)
  assert.equal(modules.image('zipimport'), null)
  assert.equal(modules.has('zipimport'), true)
  assert.equal(modules.has('json/__init__.py'), false)
  assert.equal(modules.has('constructor'), false)
})
