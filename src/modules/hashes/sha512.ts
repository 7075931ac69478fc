import type { BlockFunction } from './block_hash.ts'
import { lazily, rootFractions, wordPairs } from './sha2_constants.ts'

/** SHA-512 and SHA-384 (FIPS 180-4), on pairs of 32-bit words: the upper one first. */

const constants = lazily(() => Int32Array.from(wordPairs(rootFractions(80, 3, 64))))
const words = new Int32Array(160)
const registers = new Int32Array(16)

/** How often 2^32 goes into a sum of lower halves, each taken without sign. */
function carry(sum: number): number {
  return Math.floor(sum / 0x100000000)
}

function schedule(block: DataView, offset: number): void {
  for (let i = 0; i < 32; i++) words[i] = block.getInt32(offset + 4 * i)
  for (let i = 32; i < 160; i += 2) {
    const xh = words[i - 30]!
    const xl = words[i - 29]!
    const yh = words[i - 4]!
    const yl = words[i - 3]!
    const s0h = ((xh >>> 1) | (xl << 31)) ^ ((xh >>> 8) | (xl << 24)) ^ (xh >>> 7)
    const s0l = ((xl >>> 1) | (xh << 31)) ^ ((xl >>> 8) | (xh << 24)) ^ ((xl >>> 7) | (xh << 25))
    const s1h = ((yh >>> 19) | (yl << 13)) ^ ((yl >>> 29) | (yh << 3)) ^ (yh >>> 6)
    const s1l = ((yl >>> 19) | (yh << 13)) ^ ((yh >>> 29) | (yl << 3)) ^ ((yl >>> 6) | (yh << 26))
    const low = (words[i - 31]! >>> 0) + (s0l >>> 0) + (words[i - 13]! >>> 0) + (s1l >>> 0)
    words[i] = words[i - 32]! + s0h + words[i - 14]! + s1h + carry(low)
    words[i + 1] = low
  }
}

function round(r: Int32Array, K: Int32Array, i: number): void {
  const eh = r[8]!
  const el = r[9]!
  const s1h = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((el >>> 9) | (eh << 23))
  const s1l = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((eh >>> 9) | (el << 23))
  const chh = (eh & r[10]!) ^ (~eh & r[12]!)
  const chl = (el & r[11]!) ^ (~el & r[13]!)
  const low1 = (r[15]! >>> 0) + (s1l >>> 0) + (chl >>> 0) + (K[i + 1]! >>> 0) + (words[i + 1]! >>> 0)
  const t1h = (r[14]! + s1h + chh + K[i]! + words[i]! + carry(low1)) | 0
  const t1l = low1 | 0
  const ah = r[0]!
  const al = r[1]!
  const s0h = ((ah >>> 28) | (al << 4)) ^ ((al >>> 2) | (ah << 30)) ^ ((al >>> 7) | (ah << 25))
  const s0l = ((al >>> 28) | (ah << 4)) ^ ((ah >>> 2) | (al << 30)) ^ ((ah >>> 7) | (al << 25))
  const majh = (ah & r[2]!) ^ (ah & r[4]!) ^ (r[2]! & r[4]!)
  const majl = (al & r[3]!) ^ (al & r[5]!) ^ (r[3]! & r[5]!)
  const low2 = (t1l >>> 0) + (s0l >>> 0) + (majl >>> 0)
  const lowE = (r[7]! >>> 0) + (t1l >>> 0)
  const nextE = r[6]! + t1h + carry(lowE)
  r.copyWithin(2, 0, 14)
  r[8] = nextE
  r[9] = lowE
  r[0] = t1h + s0h + majh + carry(low2)
  r[1] = low2
}

function compress(state: Uint32Array, block: DataView, offset: number): void {
  const K = constants()
  schedule(block, offset)
  registers.set(state)
  for (let i = 0; i < 160; i += 2) round(registers, K, i)
  for (let i = 0; i < 16; i += 2) {
    const low = state[i + 1]! + (registers[i + 1]! >>> 0)
    state[i] = state[i]! + registers[i]! + carry(low)
    state[i + 1] = low
  }
}

const kind = (digestSize: number, initial: () => readonly number[]): BlockFunction => ({
  blockSize: 128,
  digestSize,
  get initial() {
    return initial()
  },
  compress,
  littleEndian: false,
})

export const sha512 = kind(
  64,
  lazily(() => wordPairs(rootFractions(8, 2, 64))),
)
export const sha384 = kind(
  48,
  lazily(() => wordPairs(rootFractions(16, 2, 64).slice(8))),
)
