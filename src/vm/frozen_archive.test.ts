import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frozenArchive, packFrozen } from './frozen_archive.ts'

test('an archive gives back the code of each module and null for others', () => {
  const bytes = packFrozen(
    new Map([
      ['os', new Uint8Array([1, 2, 3])],
      ['importlib._bootstrap', new Uint8Array([])],
      ['zipimport', new Uint8Array([255])],
    ]),
  )
  const modules = frozenArchive(bytes)
  assert.deepEqual([...modules.code('os')!], [1, 2, 3])
  assert.deepEqual([...modules.code('importlib._bootstrap')!], [])
  assert.deepEqual([...modules.code('zipimport')!], [255])
  assert.equal(modules.code('abc'), null)
})

test('an archive that does not start at its buffer is read', () => {
  const packed = packFrozen(new Map([['io', new Uint8Array([7])]]))
  const shifted = new Uint8Array(packed.length + 3)
  shifted.set(packed, 3)
  assert.deepEqual([...frozenArchive(shifted.subarray(3)).code('io')!], [7])
})
