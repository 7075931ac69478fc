/**
 * The 64-bit state words as pairs of 32-bit halves: BigInt arithmetic on every word would cost some fifty times more.
 */
class SipState {
  lo = new Int32Array(4)
  hi = new Int32Array(4)

  constructor(key: bigint, key1: bigint) {
    const low = Number(BigInt.asIntN(32, key))
    const high = Number(BigInt.asIntN(32, key >> 32n))
    const low1 = Number(BigInt.asIntN(32, key1))
    const high1 = Number(BigInt.asIntN(32, key1 >> 32n))
    this.set(0, high ^ 0x736f6d65, low ^ 0x70736575)
    this.set(1, high1 ^ 0x646f7261, low1 ^ 0x6e646f6d)
    this.set(2, high ^ 0x6c796765, low ^ 0x6e657261)
    this.set(3, high1 ^ 0x74656462, low1 ^ 0x79746573)
  }

  private set(i: number, high: number, low: number): void {
    this.hi[i] = high
    this.lo[i] = low
  }

  absorb(high: number, low: number): void {
    this.hi[3]! ^= high
    this.lo[3]! ^= low
    this.round()
    this.hi[0]! ^= high
    this.lo[0]! ^= low
  }

  round(): void {
    this.mix(0, 1, 13)
    this.swap(0)
    this.mix(2, 3, 16)
    this.mix(0, 3, 21)
    this.mix(2, 1, 17)
    this.swap(2)
  }

  /** `a += b; b = rotl(b, bits) ^ a` on 64-bit words, 0 < bits < 32. */
  private mix(a: number, b: number, bits: number): void {
    const { lo, hi } = this
    const bLow = lo[b]!
    const bHigh = hi[b]!
    const low = (lo[a]! >>> 0) + (bLow >>> 0)
    const aLow = low | 0
    const aHigh = (hi[a]! + bHigh + (low > 0xffffffff ? 1 : 0)) | 0
    lo[a] = aLow
    hi[a] = aHigh
    lo[b] = ((bLow << bits) | (bHigh >>> (32 - bits))) ^ aLow
    hi[b] = ((bHigh << bits) | (bLow >>> (32 - bits))) ^ aHigh
  }

  /** Rotates a word by 32 bits. */
  private swap(i: number): void {
    const low = this.lo[i]!
    this.lo[i] = this.hi[i]!
    this.hi[i] = low
  }
}

/** SipHash-1-3 of the bytes under the 128-bit key whose low half is `key` and whose high half is `key1`. */
export function siphash13(key: bigint, bytes: Uint8Array, key1 = 0n): Uint8Array {
  const state = new SipState(key, key1)
  const whole = bytes.length - (bytes.length % 8)
  for (let i = 0; i < whole; i += 8) state.absorb(word(bytes, i + 4), word(bytes, i))
  let low = 0
  let high = (bytes.length & 0xff) << 24
  for (let i = whole; i < bytes.length; i++) {
    const at = i - whole
    if (at < 4) low |= bytes[i]! << (8 * at)
    else high |= bytes[i]! << (8 * (at - 4))
  }
  state.absorb(high, low)
  state.lo[2]! ^= 0xff
  state.round()
  state.round()
  state.round()
  const { lo, hi } = state
  const out = new Uint8Array(8)
  const view = new DataView(out.buffer)
  view.setInt32(0, lo[0]! ^ lo[1]! ^ lo[2]! ^ lo[3]!, true)
  view.setInt32(4, hi[0]! ^ hi[1]! ^ hi[2]! ^ hi[3]!, true)
  return out
}

function word(bytes: Uint8Array, i: number): number {
  return bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
}

/** The key of hash-based `.pyc` files of CPython 3.11: the magic number with its `\r\n`, as a little-endian int. */
const SOURCE_HASH_KEY = 0x0a0d0da7n

/** `_imp.source_hash(_imp.pyc_magic_number_token, source)`: the eight bytes in a hash-based `.pyc` (PEP 552). */
export function sourceHash(source: Uint8Array): Uint8Array {
  return siphash13(SOURCE_HASH_KEY, source)
}
