import type { Int } from './int_arith.ts'

/*
 * Hashes as CPython has them on 64-bit machines: signed 64-bit numbers, here a `number` in the safe range and a `bigint`
 * outside. That of an int is in `hash_number.ts`.
 */

const BITS = 61
const MODULUS = (1n << 61n) - 1n
const INFINITE = 314159
const IMAGINARY = 1000003n

/** The signed 64-bit number with these bits, in its one form. */
function toHash(bits: bigint): Int {
  const value = BigInt.asIntN(64, bits)
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value
}

const double = new DataView(new ArrayBuffer(8))

/**
 * `hash()` of a float: that of an equal int where there is one, as a number modulo 2^61 − 1 in any case. That of a NaN
 * goes by identity and is the caller's affair.
 */
export function hashFloat(value: number): Int {
  if (Number.isSafeInteger(value)) return value === -1 ? -2 : value + 0
  if (!Number.isFinite(value)) return value > 0 ? INFINITE : -INFINITE
  double.setFloat64(0, value)
  const high = double.getUint32(0)
  const biased = (high >>> 20) & 0x7ff
  const mantissa = (biased === 0 ? 0 : 2 ** 52) + (high & 0xfffff) * 2 ** 32 + double.getUint32(4)
  const exponent = (biased === 0 ? 1 : biased) - 1075
  // A factor of 2^e rotates the 61 bits of a number modulo 2^61 − 1.
  const turn = BigInt(((exponent % BITS) + BITS) % BITS)
  const bits = BigInt(mantissa)
  const hash = ((bits << turn) & MODULUS) | (bits >> (61n - turn))
  const signed = value < 0 ? -hash : hash
  return signed === -1n ? -2 : toHash(signed)
}

/** `hash()` of a complex number, from the hashes of its parts. */
export function combineComplexHash(real: Int, imag: Int): Int {
  const hash = toHash(BigInt(real) + IMAGINARY * BigInt(imag))
  return hash === -1 ? -2 : hash
}

/* The multipliers of xxHash that CPython's tuple hash takes, as halves of 32 bits. */
const PRIME_1_HIGH = 0x9e3779b1
const PRIME_1_LOW = 0x85ebca87
const PRIME_2_HIGH = 0xc2b2ae3d
const PRIME_2_LOW = 0x27d4eb4f
const PRIME_5_HIGH = 0x27d4eb2f
const PRIME_5_LOW = 0x165667c5

/** The upper half of the product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16)
  const other = aLow * bHigh + (middle & 0xffff)
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000)) | 0
}

/** The hash of a tuple under way, in halves of 32 bits: `bigint`s cost much more. */
export interface TupleHash {
  low: number
  high: number
}

/** The state before the first item. */
export function newTupleHash(): TupleHash {
  return { low: PRIME_5_LOW | 0, high: PRIME_5_HIGH | 0 }
}

/** Adds the hash of the next item. */
export function addTupleHash(state: TupleHash, itemLow: number, itemHigh: number): void {
  let { low, high } = state
  // acc += item * PRIME_2
  const productHigh =
    multiplyHigh(itemLow, PRIME_2_LOW) + Math.imul(itemLow, PRIME_2_HIGH) + Math.imul(itemHigh, PRIME_2_LOW)
  const sum = (low >>> 0) + (Math.imul(itemLow, PRIME_2_LOW) >>> 0)
  high = (high + productHigh + (sum > 0xffffffff ? 1 : 0)) | 0
  low = sum | 0
  // acc = rotate left by 31
  const turned = (high << 31) | (low >>> 1)
  low = (low << 31) | (high >>> 1)
  high = turned
  // acc *= PRIME_1
  state.high = (multiplyHigh(low, PRIME_1_LOW) + Math.imul(low, PRIME_1_HIGH) + Math.imul(high, PRIME_1_LOW)) | 0
  state.low = Math.imul(low, PRIME_1_LOW)
}

/** Ends the hash of a tuple of this length. */
export function endTupleHash(state: TupleHash, length: number): void {
  const sum = (state.low >>> 0) + ((length ^ (PRIME_5_LOW ^ 3527539)) >>> 0)
  state.low = sum | 0
  state.high = (state.high + PRIME_5_HIGH + (sum > 0xffffffff ? 1 : 0)) | 0
  if (state.high === -1 && state.low === -1) {
    state.high = 0
    state.low = 1546275796
  }
}

/** `hash()` of a tuple, from the hashes of its items. */
export function hashTuple(hashes: readonly Int[]): Int {
  const state = newTupleHash()
  for (let i = 0; i < hashes.length; i++) {
    const item = hashes[i]!
    if (typeof item === 'number') addTupleHash(state, item | 0, Math.floor(item / 0x100000000) | 0)
    else addTupleHash(state, Number(BigInt.asIntN(32, item)), Number(BigInt.asIntN(32, item >> 32n)))
  }
  endTupleHash(state, hashes.length)
  return fromHalves(state.high, state.low)
}

/** The signed 64-bit number of two halves. */
function fromHalves(high: number, low: number): Int {
  const value = high * 0x100000000 + (low >>> 0)
  return Number.isSafeInteger(value) ? value : (BigInt(high) << 32n) | BigInt(low >>> 0)
}
