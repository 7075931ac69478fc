import type { BlockFunction } from './block_hash.ts'

/** MD5 (RFC 1321). */

const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
]
const SINES = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32))
const words = new Int32Array(16)

function compress(state: Uint32Array, block: DataView, offset: number): void {
  for (let i = 0; i < 16; i++) words[i] = block.getInt32(offset + 4 * i, true)
  let a = state[0]! | 0
  let b = state[1]! | 0
  let c = state[2]! | 0
  let d = state[3]! | 0
  for (let i = 0; i < 64; i++) {
    const round = i >> 4
    let f: number
    let k: number
    if (round === 0) {
      f = (b & c) | (~b & d)
      k = i
    } else if (round === 1) {
      f = (d & b) | (~d & c)
      k = 5 * i + 1
    } else if (round === 2) {
      f = b ^ c ^ d
      k = 3 * i + 5
    } else {
      f = c ^ (b | ~d)
      k = 7 * i
    }
    const sum = (a + f + SINES[i]! + words[k & 15]!) | 0
    const shift = SHIFTS[round]![i & 3]!
    a = d
    d = c
    c = b
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
}

export const md5: BlockFunction = {
  blockSize: 64,
  digestSize: 16,
  initial: [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476],
  compress,
  littleEndian: true,
}
