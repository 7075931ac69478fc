import assert from 'node:assert/strict'
import { test } from 'node:test'
import { siphash13, sourceHash } from './siphash.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => new TextEncoder().encode(text)

test('hashes of _imp.source_hash', () => {
  assert.equal(hex(siphash13(3547330085n, bytes('hello world'))), '5346c123d8e5c438')
  assert.equal(hex(siphash13(1n, bytes(''))), '8125964ebf0e4ac4')
})

test('hashes of importlib.util.source_hash', () => {
  assert.equal(hex(sourceHash(bytes('abc'))), 'c7af82e77c1da4f5')
  const long = Uint8Array.from([...Array.from({ length: 768 }, (_, i) => i & 255), ...bytes('xyz')])
  assert.equal(hex(sourceHash(long)), '8d9ef04a00685a81')
})
