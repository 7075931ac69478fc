import { PyError } from '../../base/errors.ts'

const N = 624
const M = 397
const UPPER = 0x80000000
const LOWER = 0x7fffffff
const MATRIX = 0x9908b0df

/** The generator behind `random.Random`: MT19937 (Matsumoto and Nishimura), with CPython's ways to seed and read it. */
export class MersenneTwister {
  private readonly words = new Uint32Array(N)
  private index = N + 1

  /** `Random.seed` with the absolute value of an int, or a hash. */
  seed(value: number | bigint): void {
    let rest = BigInt(value)
    if (rest < 0n) rest = -rest
    const hex = rest.toString(16)
    const key: number[] = []
    for (let end = hex.length; end > 0; end -= 8) key.push(Number.parseInt(hex.slice(Math.max(0, end - 8), end), 16))
    this.seedByArray(key)
  }

  private seedByOne(seed: number): void {
    const { words } = this
    words[0] = seed
    for (let i = 1; i < N; i++) {
      const last = words[i - 1]! ^ (words[i - 1]! >>> 30)
      words[i] = Math.imul(1812433253, last) + i
    }
    this.index = N
  }

  /** `init_by_array`: a seed of 32-bit words, the lowest first. */
  seedByArray(key: readonly number[]): void {
    const { words } = this
    this.seedByOne(19650218)
    let i = 1
    let j = 0
    for (let k = Math.max(N, key.length); k > 0; k--) {
      const last = words[i - 1]! ^ (words[i - 1]! >>> 30)
      words[i] = (words[i]! ^ Math.imul(last, 1664525)) + key[j]! + j
      if (++i >= N) {
        words[0] = words[N - 1]!
        i = 1
      }
      if (++j >= key.length) j = 0
    }
    for (let k = N - 1; k > 0; k--) {
      const last = words[i - 1]! ^ (words[i - 1]! >>> 30)
      words[i] = (words[i]! ^ Math.imul(last, 1566083941)) - i
      if (++i >= N) {
        words[0] = words[N - 1]!
        i = 1
      }
    }
    words[0] = 0x80000000
  }

  private refill(): void {
    const { words } = this
    for (let k = 0; k < N; k++) {
      const y = (words[k]! & UPPER) | (words[k + 1 < N ? k + 1 : 0]! & LOWER)
      words[k] = words[k + M < N ? k + M : k + M - N]! ^ (y >>> 1) ^ (y & 1 ? MATRIX : 0)
    }
    this.index = 0
  }

  /** The next 32 bits. */
  next32(): number {
    if (this.index >= N) this.refill()
    let y = this.words[this.index++]!
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    return (y ^ (y >>> 18)) >>> 0
  }

  /** `Random.random()`: a float of 53 bits from 0 to below 1. */
  random(): number {
    const high = this.next32() >>> 5
    const low = this.next32() >>> 6
    return (high * 67108864 + low) / 9007199254740992
  }

  /** `Random.getrandbits(k)`. Throws `ValueError` for a negative count, `MemoryError` for a huge one. */
  getRandBits(count: number): number | bigint {
    if (count < 0) throw new PyError('ValueError', 'number of bits must be non-negative')
    if (count === 0) return 0
    if (count <= 32) return this.next32() >>> (32 - count)
    if (count > 2 ** 30) throw new PyError('MemoryError', '')
    const words: string[] = []
    for (let left = count; left > 0; left -= 32) {
      const word = left < 32 ? this.next32() >>> (32 - left) : this.next32()
      words.push(word.toString(16).padStart(8, '0'))
    }
    const value = BigInt('0x' + words.reverse().join(''))
    return value <= 9007199254740991n ? Number(value) : value
  }

  /** `Random.getstate()`: 624 words and the place of the next. */
  getState(): number[] {
    return [...this.words, this.index]
  }

  /** `Random.setstate()`, of 624 words cut to 32 bits and an index. Throws `ValueError`. */
  setState(state: readonly (number | bigint)[]): void {
    if (state.length !== N + 1) throw new PyError('ValueError', 'state vector is the wrong size')
    const index = Number(state[N]!)
    if (index < 0 || index > N) throw new PyError('ValueError', 'invalid state')
    for (let i = 0; i < N; i++) this.words[i] = Number(BigInt.asUintN(32, BigInt(state[i]!)))
    this.index = index
  }
}
