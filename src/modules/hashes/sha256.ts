import type { BlockFunction } from './block_hash.ts'
import { lazily, rootFractions } from './sha2_constants.ts'

/** SHA-256 and SHA-224 (FIPS 180-4). */

const constants = lazily(() => Int32Array.from(rootFractions(64, 3, 32), Number))
const words = new Int32Array(64)

function compress(state: Uint32Array, block: DataView, offset: number): void {
  const K = constants()
  for (let i = 0; i < 16; i++) words[i] = block.getInt32(offset + 4 * i)
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15]!
    const y = words[i - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    words[i] = words[i - 16]! + s0 + words[i - 7]! + s1
  }
  let a = state[0]! | 0
  let b = state[1]! | 0
  let c = state[2]! | 0
  let d = state[3]! | 0
  let e = state[4]! | 0
  let f = state[5]! | 0
  let g = state[6]! | 0
  let h = state[7]! | 0
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + words[i]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
  state[5]! += f
  state[6]! += g
  state[7]! += h
}

const kind = (digestSize: number, initial: () => readonly number[]): BlockFunction => ({
  blockSize: 64,
  digestSize,
  get initial() {
    return initial()
  },
  compress,
  littleEndian: false,
})

export const sha256 = kind(
  32,
  lazily(() => rootFractions(8, 2, 32).map(Number)),
)
/** Its state is the lower half of that of SHA-384: the ninth to the sixteenth prime. */
export const sha224 = kind(
  28,
  lazily(() =>
    rootFractions(16, 2, 64)
      .slice(8)
      .map((value) => Number(value & 0xffffffffn)),
  ),
)
