import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zipSync } from 'fflate'
import { DIRECTORY_END_SIZE, directoryPlace, LOCAL_HEADER_SIZE, readDirectory } from './zip_directory.ts'

const archive = zipSync(
  {
    'a.py': new Uint8Array([1, 2, 3]),
    'é/b.py': [new Uint8Array(1000), { level: 9 }],
  },
  { level: 0, mtime: new Date(1980, 0, 1) },
)

test('the directory names the files with their sizes and places', () => {
  const place = directoryPlace(archive.subarray(archive.length - DIRECTORY_END_SIZE))!
  const entries = readDirectory(archive.subarray(place.offset, place.offset + place.size))
  assert.deepEqual(
    entries.map(({ name, method, size }) => [name, method, size]),
    [
      ['a.py', 0, 3],
      ['é/b.py', 8, 1000],
    ],
  )
  const [first] = entries
  const data = first!.offset + LOCAL_HEADER_SIZE + first!.name.length
  assert.deepEqual([...archive.subarray(data, data + 3)], [1, 2, 3])
})

test('what is no archive has no directory', () => {
  assert.equal(directoryPlace(new Uint8Array(DIRECTORY_END_SIZE)), null)
  assert.equal(directoryPlace(new Uint8Array(3)), null)
  assert.deepEqual(readDirectory(new Uint8Array(100)), [])
})
