import type { Hasher } from './block_hash.ts'

/** SHA-3 and SHAKE (FIPS 202): a sponge of 25 lanes of 64 bits, each as two words, the lower one first. */

const ROUNDS = 24
const LANES = 25

/** Where each lane goes to, and how far it is turned (ρ and π in one). */
const targets = new Uint8Array(LANES)
const turns = new Uint8Array(LANES)
/** The words of the constants of the rounds (ι). */
const constants = new Int32Array(2 * ROUNDS)

function prepare(): void {
  let x = 1
  let y = 0
  for (let t = 0; t < LANES - 1; t++) {
    const next = (2 * x + 3 * y) % 5
    turns[x + 5 * y] = (((t + 1) * (t + 2)) / 2) % 64
    targets[x + 5 * y] = y + 5 * next
    x = y
    y = next
  }
  let register = 1
  for (let i = 0; i < ROUNDS; i++) {
    for (let j = 0; j < 7; j++) {
      if ((register & 1) !== 0) {
        const bit = (1 << j) - 1
        constants[2 * i + (bit >= 32 ? 1 : 0)]! ^= 1 << (bit % 32)
      }
      register = (register << 1) ^ ((register >> 7) * 0x171)
    }
  }
}

const columns = new Int32Array(10)
const moved = new Int32Array(2 * LANES)

function permute(state: Int32Array): void {
  // The constant of the first round is 1.
  if (constants[0] === 0) prepare()
  for (let i = 0; i < ROUNDS; i++) {
    for (let x = 0; x < 10; x++) {
      columns[x] = state[x]! ^ state[x + 10]! ^ state[x + 20]! ^ state[x + 30]! ^ state[x + 40]!
    }
    for (let x = 0; x < 5; x++) {
      const low = columns[2 * ((x + 1) % 5)]!
      const high = columns[2 * ((x + 1) % 5) + 1]!
      const dl = columns[2 * ((x + 4) % 5)]! ^ ((low << 1) | (high >>> 31))
      const dh = columns[2 * ((x + 4) % 5) + 1]! ^ ((high << 1) | (low >>> 31))
      for (let k = 2 * x; k < 50; k += 10) {
        state[k]! ^= dl
        state[k + 1]! ^= dh
      }
    }
    for (let k = 0; k < LANES; k++) {
      const turn = turns[k]!
      const low = turn >= 32 ? state[2 * k + 1]! : state[2 * k]!
      const high = turn >= 32 ? state[2 * k]! : state[2 * k + 1]!
      const rest = turn % 32
      const target = 2 * targets[k]!
      moved[target] = rest === 0 ? low : (low << rest) | (high >>> (32 - rest))
      moved[target + 1] = rest === 0 ? high : (high << rest) | (low >>> (32 - rest))
    }
    for (let y = 0; y < 50; y += 10) {
      for (let x = 0; x < 10; x++) {
        state[y + x] = moved[y + x]! ^ (~moved[y + ((x + 2) % 10)]! & moved[y + ((x + 4) % 10)]!)
      }
    }
    state[0]! ^= constants[2 * i]!
    state[1]! ^= constants[2 * i + 1]!
  }
}

/** One of the functions: `suffix` is what stands behind the message, 6 for SHA-3 and 0x1f for SHAKE. */
export class Keccak implements Hasher {
  readonly blockSize: number
  readonly digestSize: number
  private readonly suffix: number
  private readonly state = new Int32Array(2 * LANES)
  private at = 0

  constructor(blockSize: number, digestSize: number, suffix: number) {
    this.blockSize = blockSize
    this.digestSize = digestSize
    this.suffix = suffix
  }

  private absorb(at: number, byte: number): void {
    this.state[at >> 2]! ^= byte << (8 * (at & 3))
  }

  update(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) {
      this.absorb(this.at, bytes[i]!)
      if (++this.at === this.blockSize) {
        permute(this.state)
        this.at = 0
      }
    }
  }

  digest(): Uint8Array {
    return this.squeeze(this.digestSize)
  }

  /** As many bytes of output as are asked for. */
  squeeze(size: number): Uint8Array {
    const last = this.copy()
    last.absorb(last.at, last.suffix)
    last.absorb(last.blockSize - 1, 0x80)
    const out = new Uint8Array(size)
    for (let i = 0; i < size; i++) {
      const at = i % last.blockSize
      if (at === 0) permute(last.state)
      out[i] = last.state[at >> 2]! >>> (8 * (at & 3))
    }
    return out
  }

  copy(): Keccak {
    const other = new Keccak(this.blockSize, this.digestSize, this.suffix)
    other.state.set(this.state)
    other.at = this.at
    return other
  }
}
