import { MATCH_MAX } from './model.ts'

const HASH_BITS = 16

/** Finds earlier occurrences of what stands at a place: chains of places with the same hash of three bytes. */
export class MatchFinder {
  private readonly data: Uint8Array
  private readonly heads = new Int32Array(1 << HASH_BITS).fill(-1)
  private readonly chain: Int32Array
  private readonly depth: number
  private readonly enough: number
  private readonly reach: number
  private inserted = 0
  /** The distance of the match that was found last, less one. */
  distance = 0

  constructor(data: Uint8Array, reach: number, enough: number, depth: number) {
    this.data = data
    this.chain = new Int32Array(data.length)
    this.reach = reach
    this.enough = enough
    this.depth = depth
  }

  private hash(at: number): number {
    const { data } = this
    const key = data[at]! | (data[at + 1]! << 8) | (data[at + 2]! << 16)
    return (Math.imul(key, 0x9e3779b1) >>> (32 - HASH_BITS)) & ((1 << HASH_BITS) - 1)
  }

  /** Remembers all places before `at`. */
  private insertUpTo(at: number): void {
    const last = Math.min(at, this.data.length - 2)
    for (; this.inserted < last; this.inserted++) {
      const hash = this.hash(this.inserted)
      this.chain[this.inserted] = this.heads[hash]!
      this.heads[hash] = this.inserted
    }
  }

  /** The length that two places have in common. */
  common(a: number, b: number): number {
    const { data } = this
    const end = Math.min(data.length - b, MATCH_MAX)
    let length = 0
    while (length < end && data[a + length] === data[b + length]) length++
    return length
  }

  /** The length of the longest match at a place, 0 for none; its distance is then in `distance`. */
  find(at: number): number {
    this.insertUpTo(at)
    if (at + 3 > this.data.length) return 0
    let best = 0
    let candidate = this.heads[this.hash(at)]!
    for (let i = 0; candidate >= 0 && i < this.depth; i++, candidate = this.chain[candidate]!) {
      if (at - candidate > this.reach) break
      if (best > 0 && this.data[candidate + best] !== this.data[at + best]) continue
      const length = this.common(candidate, at)
      if (length <= best) continue
      best = length
      this.distance = at - candidate - 1
      if (length >= this.enough) break
    }
    return best >= 3 ? best : 0
  }
}
