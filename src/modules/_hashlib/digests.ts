import { Blake2 } from '../hashes/blake2.ts'
import { type BlockFunction, BlockHash, type Hasher } from '../hashes/block_hash.ts'
import { Keccak } from '../hashes/keccak.ts'
import { md5 } from '../hashes/md5.ts'
import { sha1 } from '../hashes/sha1.ts'
import { sha224, sha256 } from '../hashes/sha256.ts'
import { sha384, sha512 } from '../hashes/sha512.ts'

/** SHA-512 cut to fewer bits; its first state is a hash of its name, made with a changed SHA-512 (FIPS 180-4, 5.3.6). */
function truncated(bits: number): BlockFunction {
  const changed = { ...sha512, initial: sha512.initial.map((word) => (word ^ 0xa5a5a5a5) >>> 0) }
  const start = new BlockHash(changed)
  start.update(new TextEncoder().encode(`SHA-512/${bits}`))
  const words = new DataView(start.digest().buffer)
  const initial = Array.from({ length: 16 }, (_, i) => words.getUint32(4 * i))
  return { ...sha512, digestSize: bits / 8, initial }
}

/** MD5 and SHA-1 side by side, as old TLS signs them. */
class PairHash implements Hasher {
  readonly blockSize = 64
  readonly digestSize = 36
  private readonly first: Hasher
  private readonly second: Hasher

  constructor(first: Hasher = new BlockHash(md5), second: Hasher = new BlockHash(sha1)) {
    this.first = first
    this.second = second
  }

  update(bytes: Uint8Array): void {
    this.first.update(bytes)
    this.second.update(bytes)
  }

  digest(): Uint8Array {
    return Uint8Array.of(...this.first.digest(), ...this.second.digest())
  }

  copy(): PairHash {
    return new PairHash(this.first.copy(), this.second.copy())
  }
}

function blake2(wide: boolean): Hasher {
  const none = new Uint8Array(0)
  const digestSize = wide ? 64 : 32
  const tree = { fanout: 1, depth: 1, leafSize: 0, nodeOffset: 0n, nodeDepth: 0, innerSize: 0, lastNode: false }
  return new Blake2(wide, { digestSize, key: none, salt: none, person: none, ...tree })
}

const keccak = (bits: number, isShake: boolean) => () =>
  new Keccak(200 - bits / 4, isShake ? 0 : bits / 8, isShake ? 0x1f : 6)

/** The hash functions by Python's names for them. */
const digests: ReadonlyMap<string, () => Hasher> = new Map([
  ['md5', () => new BlockHash(md5)],
  ['sha1', () => new BlockHash(sha1)],
  ['sha224', () => new BlockHash(sha224)],
  ['sha256', () => new BlockHash(sha256)],
  ['sha384', () => new BlockHash(sha384)],
  ['sha512', () => new BlockHash(sha512)],
  ['sha512_224', () => new BlockHash(truncated(224))],
  ['sha512_256', () => new BlockHash(truncated(256))],
  ['sha3_224', keccak(224, false)],
  ['sha3_256', keccak(256, false)],
  ['sha3_384', keccak(384, false)],
  ['sha3_512', keccak(512, false)],
  ['shake_128', keccak(128, true)],
  ['shake_256', keccak(256, true)],
  ['blake2b', () => blake2(true)],
  ['blake2s', () => blake2(false)],
  ['md5-sha1', () => new PairHash()],
])

/** OpenSSL's names, which may be written in any case, in lower case. */
const aliases: ReadonlyMap<string, string> = new Map([
  ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'md5-sha1'].map((name) => [name, name] as const),
  ...[1, 224, 256, 384, 512].map((bits) => [`sha-${bits}`, `sha${bits}`] as const),
  ...[224, 256].flatMap((bits) =>
    [`sha512-${bits}`, `sha-512/${bits}`, `sha2-512/${bits}`].map((name) => [name, `sha512_${bits}`] as const),
  ),
  ...[224, 256, 384, 512].flatMap((bits) => [
    [`sha2-${bits}`, `sha${bits}`] as const,
    [`sha3-${bits}`, `sha3_${bits}`] as const,
  ]),
  ...[128, 256].flatMap((bits) => [`shake-${bits}`, `shake${bits}`].map((name) => [name, `shake_${bits}`] as const)),
  ...['blake2b512', 'blake2b-512'].map((name) => [name, 'blake2b'] as const),
  ...['blake2s256', 'blake2s-256'].map((name) => [name, 'blake2s'] as const),
  ['ssl3-md5', 'md5'],
  ['ssl3-sha1', 'sha1'],
])

/** A hash function that was found: Python's name for it, and how one is begun. */
export interface Digest {
  readonly name: string
  readonly begin: () => Hasher
}

/** The hash function of one of Python's or OpenSSL's names; `null` for one that there is not. */
export function findDigest(name: string): Digest | null {
  const known = digests.has(name) ? name : (aliases.get(name.toLowerCase()) ?? name)
  const begin = digests.get(known)
  return begin === undefined ? null : { name: known, begin }
}

export const digestNames: readonly string[] = [...digests.keys()]
