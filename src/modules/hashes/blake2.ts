import type { Hasher } from './block_hash.ts'
import { lazily, rootFractions, wordPairs } from './sha2_constants.ts'

/** BLAKE2b and BLAKE2s (RFC 7693, and its parameters for salt, personalisation and trees). */

const PERMUTATIONS = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
]

/** The words that each of the eight quarter rounds of a round mixes. */
const QUARTERS = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
]

/** What is to be told to the function besides the message; `key`, `salt` and `person` may be empty. */
export interface Blake2Parameters {
  readonly digestSize: number
  readonly key: Uint8Array
  readonly salt: Uint8Array
  readonly person: Uint8Array
  readonly fanout: number
  readonly depth: number
  readonly leafSize: number
  readonly nodeOffset: bigint
  readonly nodeDepth: number
  readonly innerSize: number
  readonly lastNode: boolean
}

/** The state of 16 working words; those of 64 bits take two places, the lower one first. */
const work = new Int32Array(32)
const message = new Int32Array(32)

const iv32 = lazily(() => Int32Array.from(rootFractions(8, 2, 32), Number))
const iv64 = lazily(() => swapPairs(wordPairs(rootFractions(8, 2, 64))))

function swapPairs(pairs: readonly number[]): Int32Array {
  return Int32Array.from(pairs, (_, i) => pairs[i ^ 1]!)
}

function turn32(x: number, by: number): number {
  return (x >>> by) | (x << (32 - by))
}

function mix32(a: number, b: number, c: number, d: number, x: number, y: number): void {
  const v = work
  v[a] = v[a]! + v[b]! + x
  v[d] = turn32(v[d]! ^ v[a]!, 16)
  v[c]! += v[d]!
  v[b] = turn32(v[b]! ^ v[c]!, 12)
  v[a] = v[a]! + v[b]! + y
  v[d] = turn32(v[d]! ^ v[a]!, 8)
  v[c]! += v[d]!
  v[b] = turn32(v[b]! ^ v[c]!, 7)
}

/** `work[a] += work[b] + message[m]`; without a message word where `m` is negative. */
function add64(a: number, b: number, m: number): void {
  const v = work
  let low = (v[a]! >>> 0) + (v[b]! >>> 0)
  let high = v[a + 1]! + v[b + 1]!
  if (m >= 0) {
    low += message[m]! >>> 0
    high += message[m + 1]!
  }
  v[a] = low
  v[a + 1] = high + Math.floor(low / 0x100000000)
}

/** `work[a] = (work[a] ^ work[b]) turned right by so many bits`. */
function turn64(a: number, b: number, by: number): void {
  const v = work
  const low = v[a]! ^ v[b]!
  const high = v[a + 1]! ^ v[b + 1]!
  if (by === 32) {
    v[a] = high
    v[a + 1] = low
  } else if (by === 63) {
    v[a] = (low << 1) | (high >>> 31)
    v[a + 1] = (high << 1) | (low >>> 31)
  } else {
    v[a] = (low >>> by) | (high << (32 - by))
    v[a + 1] = (high >>> by) | (low << (32 - by))
  }
}

function mix64(a: number, b: number, c: number, d: number, x: number, y: number): void {
  add64(a, b, x)
  turn64(d, a, 32)
  add64(c, d, -1)
  turn64(b, c, 24)
  add64(a, b, y)
  turn64(d, a, 16)
  add64(c, d, -1)
  turn64(b, c, 63)
}

export class Blake2 implements Hasher {
  readonly blockSize: number
  readonly digestSize: number
  private readonly wide: boolean
  private readonly lastNode: boolean
  private readonly state: Int32Array
  private readonly pending: Uint8Array
  private held = 0
  private total = 0

  /** BLAKE2b if `wide`. */
  constructor(wide: boolean, parameters: Blake2Parameters) {
    this.wide = wide
    this.blockSize = wide ? 128 : 64
    this.digestSize = parameters.digestSize
    this.lastNode = parameters.lastNode
    this.state = (wide ? iv64() : iv32()).slice()
    this.pending = new Uint8Array(this.blockSize)
    const words = new Int32Array(parameterBlock(wide, parameters).buffer)
    words.forEach((word, i) => {
      this.state[i]! ^= word
    })
    if (parameters.key.length > 0) {
      const block = new Uint8Array(this.blockSize)
      block.set(parameters.key)
      this.update(block)
    }
  }

  update(bytes: Uint8Array): void {
    let at = 0
    // The last block is held back: it is mixed differently.
    while (at < bytes.length) {
      if (this.held === this.blockSize) {
        this.total += this.blockSize
        this.compress(this.state, false)
        this.held = 0
      }
      const size = Math.min(this.blockSize - this.held, bytes.length - at)
      this.pending.set(bytes.subarray(at, at + size), this.held)
      this.held += size
      at += size
    }
  }

  private compress(state: Int32Array, last: boolean): void {
    const { wide } = this
    const scale = wide ? 2 : 1
    const half = 8 * scale
    const view = new DataView(this.pending.buffer)
    for (let i = 0; i < 16 * scale; i++) message[i] = view.getInt32(4 * i, true)
    work.set(state)
    work.set(wide ? iv64() : iv32(), half)
    work[12 * scale]! ^= this.total
    work[12 * scale + 1]! ^= Math.floor(this.total / 0x100000000)
    if (last) {
      for (let i = 0; i < scale; i++) work[14 * scale + i]! ^= -1
      if (this.lastNode) for (let i = 0; i < scale; i++) work[15 * scale + i]! ^= -1
    }
    for (let round = 0; round < (wide ? 12 : 10); round++) {
      const order = PERMUTATIONS[round % 10]!
      for (let i = 0; i < 8; i++) {
        const [a, b, c, d] = QUARTERS[i] as [number, number, number, number]
        const x = order[2 * i]!
        const y = order[2 * i + 1]!
        if (wide) mix64(2 * a, 2 * b, 2 * c, 2 * d, 2 * x, 2 * y)
        else mix32(a, b, c, d, message[x]!, message[y]!)
      }
    }
    for (let i = 0; i < half; i++) state[i]! ^= work[i]! ^ work[i + half]!
  }

  digest(): Uint8Array {
    const last = this.copy()
    last.pending.fill(0, last.held)
    last.total += last.held
    last.compress(last.state, true)
    return new Uint8Array(last.state.buffer).slice(0, this.digestSize)
  }

  copy(): Blake2 {
    const other = Object.create(Blake2.prototype) as { -readonly [K in keyof Blake2]: Blake2[K] }
    return Object.assign(other, this, { state: this.state.slice(), pending: this.pending.slice() })
  }
}

function parameterBlock(wide: boolean, parameters: Blake2Parameters): Uint8Array {
  const block = new Uint8Array(wide ? 64 : 32)
  const view = new DataView(block.buffer)
  block[0] = parameters.digestSize
  block[1] = parameters.key.length
  block[2] = parameters.fanout
  block[3] = parameters.depth
  view.setUint32(4, parameters.leafSize, true)
  if (wide) view.setBigUint64(8, parameters.nodeOffset, true)
  else {
    view.setUint32(8, Number(parameters.nodeOffset & 0xffffffffn), true)
    view.setUint16(12, Number(parameters.nodeOffset >> 32n), true)
  }
  block[wide ? 16 : 14] = parameters.nodeDepth
  block[wide ? 17 : 15] = parameters.innerSize
  block.set(parameters.salt, wide ? 32 : 16)
  block.set(parameters.person, wide ? 48 : 24)
  return block
}
