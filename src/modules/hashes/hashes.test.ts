import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BlockFunction, BlockHash, type Hasher } from './block_hash.ts'
import { Keccak } from './keccak.ts'
import { md5 } from './md5.ts'
import { sha1 } from './sha1.ts'
import { sha224, sha256 } from './sha256.ts'
import { sha384, sha512 } from './sha512.ts'

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const abc = new TextEncoder().encode('abc')

function hashed(hasher: Hasher, bytes: Uint8Array): string {
  hasher.update(bytes)
  return hex(hasher.digest())
}

const published: readonly [string, () => Hasher, string][] = [
  ['MD5', () => new BlockHash(md5), '900150983cd24fb0d6963f7d28e17f72'],
  ['SHA-1', () => new BlockHash(sha1), 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['SHA-224', () => new BlockHash(sha224), '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7'],
  ['SHA-256', () => new BlockHash(sha256), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'SHA-384',
    () => new BlockHash(sha384),
    'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  ],
  [
    'SHA-512',
    () => new BlockHash(sha512),
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  ],
  ['SHA3-256', () => new Keccak(136, 32, 6), '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532'],
  ['SHAKE128', () => new Keccak(168, 32, 0x1f), '5881092dd818bf5cf8a3ddb793fbcba74097d5c526a6d35f97b83351940f2cc8'],
]

for (const [name, make, expected] of published) {
  test(`${name} of 'abc' is the published one`, () => assert.equal(hashed(make(), abc), expected))
}

test('a message may come in pieces of any size', () => {
  const message = Uint8Array.from({ length: 1000 }, (_, i) => i * 7)
  for (const kind of [md5, sha1, sha256, sha512] as BlockFunction[]) {
    const whole = hashed(new BlockHash(kind), message)
    for (const size of [1, 3, 63, 64, 65, 127, 129]) {
      const hasher = new BlockHash(kind)
      for (let at = 0; at < message.length; at += size) hasher.update(message.subarray(at, at + size))
      assert.equal(hex(hasher.digest()), whole)
    }
  }
})

test('a copy goes its own way, and a digest ends nothing', () => {
  const hasher = new BlockHash(sha256)
  hasher.update(abc)
  const copy = hasher.copy()
  copy.update(abc)
  const before = hex(hasher.digest())
  assert.equal(before, hex(hasher.digest()))
  assert.notEqual(before, hex(copy.digest()))
})
