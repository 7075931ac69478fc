import { BlockHash, type Hasher } from '../hashes/block_hash.ts'
import { sha256 } from '../hashes/sha256.ts'

const INNER = 0x36
const OUTER = 0x5c

/** HMAC (RFC 2104) over a hash function. */
export class Hmac {
  private readonly inner: Hasher
  private readonly outer: Hasher

  constructor(inner: Hasher, outer: Hasher) {
    this.inner = inner
    this.outer = outer
  }

  static withKey(begin: () => Hasher, key: Uint8Array): Hmac {
    const inner = begin()
    const outer = begin()
    const block = new Uint8Array(inner.blockSize)
    if (key.length > block.length) {
      const hashed = begin()
      hashed.update(key)
      block.set(hashed.digest())
    } else block.set(key)
    inner.update(block.map((byte) => byte ^ INNER))
    outer.update(block.map((byte) => byte ^ OUTER))
    return new Hmac(inner, outer)
  }

  get blockSize(): number {
    return this.inner.blockSize
  }

  get digestSize(): number {
    return this.inner.digestSize
  }

  update(bytes: Uint8Array): void {
    this.inner.update(bytes)
  }

  digest(): Uint8Array {
    const outer = this.outer.copy()
    outer.update(this.inner.digest())
    return outer.digest()
  }

  copy(): Hmac {
    return new Hmac(this.inner.copy(), this.outer.copy())
  }
}

/** PBKDF2 (RFC 8018) with HMAC; `poll` is called now and then. */
export function pbkdf2(
  begin: () => Hasher,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
  poll: () => void,
): Uint8Array {
  const keyed = Hmac.withKey(begin, password)
  const size = keyed.digestSize
  const out = new Uint8Array(Math.ceil(length / size) * size)
  for (let at = 0, block = 1; at < out.length; at += size, block++) {
    let part = keyed.copy()
    part.update(salt)
    part.update(Uint8Array.of(block >>> 24, block >>> 16, block >>> 8, block))
    let last = part.digest()
    const sum = last.slice()
    for (let i = 1; i < iterations; i++) {
      part = keyed.copy()
      part.update(last)
      last = part.digest()
      for (let k = 0; k < size; k++) sum[k]! ^= last[k]!
      if ((i & 0xff) === 0) poll()
    }
    out.set(sum, at)
  }
  return out.slice(0, length)
}

const QUARTERS = [
  [0, 4, 8, 12],
  [5, 9, 13, 1],
  [10, 14, 2, 6],
  [15, 3, 7, 11],
  [0, 1, 2, 3],
  [5, 6, 7, 4],
  [10, 11, 8, 9],
  [15, 12, 13, 14],
] as const

const turn = (x: number, by: number): number => (x << by) | (x >>> (32 - by))

const work = new Int32Array(16)

/** Salsa20/8 of sixteen words, in place. */
function salsa(words: Int32Array): void {
  work.set(words)
  for (let round = 0; round < 8; round += 2) {
    for (let q = 0; q < QUARTERS.length; q++) {
      const [a, b, c, d] = QUARTERS[q]!
      work[b]! ^= turn(work[a]! + work[d]!, 7)
      work[c]! ^= turn(work[b]! + work[a]!, 9)
      work[d]! ^= turn(work[c]! + work[b]!, 13)
      work[a]! ^= turn(work[d]! + work[c]!, 18)
    }
  }
  for (let i = 0; i < 16; i++) words[i]! += work[i]!
}

/** scrypt's mixing of 2·r blocks of sixteen words. */
function mixBlocks(words: Int32Array, scratch: Int32Array): void {
  const blocks = words.length / 16
  const state = words.slice(words.length - 16)
  for (let i = 0; i < blocks; i++) {
    for (let k = 0; k < 16; k++) state[k]! ^= words[16 * i + k]!
    salsa(state)
    scratch.set(state, 16 * ((i >> 1) + (i & 1) * (blocks / 2)))
  }
  words.set(scratch)
}

export interface ScryptCost {
  readonly n: number
  readonly r: number
  readonly p: number
}

/** scrypt (RFC 7914). */
export function scrypt(
  password: Uint8Array,
  salt: Uint8Array,
  { n, r, p }: ScryptCost,
  length: number,
  poll: () => void,
): Uint8Array {
  const begin = () => new BlockHash(sha256)
  const blocks = pbkdf2(begin, password, salt, 1, p * 128 * r, poll)
  const size = 32 * r
  const table = new Int32Array(n * size)
  const scratch = new Int32Array(size)
  // Words are little-endian, as in all memory that JavaScript runs on.
  const all = new Int32Array(blocks.buffer)
  for (let part = 0; part < p; part++) {
    const words = all.subarray(part * size, (part + 1) * size)
    for (let i = 0; i < n; i++) {
      table.set(words, i * size)
      mixBlocks(words, scratch)
    }
    for (let i = 0; i < n; i++) {
      const at = (words[size - 16]! & (n - 1)) * size
      for (let k = 0; k < size; k++) words[k]! ^= table[at + k]!
      mixBlocks(words, scratch)
      if ((i & 0xff) === 0) poll()
    }
  }
  return pbkdf2(begin, password, blocks, 1, length, poll)
}
