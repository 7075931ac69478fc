import { ADAPTATION, PROBABILITY_BITS, PROBABILITY_ONE, TOP } from './model.ts'

/** A range coder that writes. */
export class RangeEncoder {
  private bytes = new Uint8Array(1 << 12)
  length = 0
  private low = 0
  private range = 0xffffffff
  private cache = 0
  private pending = 1

  bit(probabilities: Uint16Array, at: number, bit: number): void {
    const probability = probabilities[at]!
    const bound = (this.range >>> PROBABILITY_BITS) * probability
    if (bit === 0) {
      this.range = bound
      probabilities[at] = probability + ((PROBABILITY_ONE - probability) >> ADAPTATION)
    } else {
      this.low += bound
      this.range -= bound
      probabilities[at] = probability - (probability >> ADAPTATION)
    }
    if (this.range < TOP) this.shift()
  }

  direct(value: number, bits: number): void {
    for (let i = bits - 1; i >= 0; i--) {
      this.range >>>= 1
      if (((value >>> i) & 1) === 1) this.low += this.range
      if (this.range < TOP) this.shift()
    }
  }

  tree(probabilities: Uint16Array, base: number, bits: number, value: number): void {
    let node = 1
    for (let i = bits - 1; i >= 0; i--) {
      const bit = (value >>> i) & 1
      this.bit(probabilities, base + node, bit)
      node = (node << 1) | bit
    }
  }

  reverseTree(probabilities: Uint16Array, base: number, bits: number, value: number): void {
    let node = 1
    for (let i = 0; i < bits; i++) {
      const bit = (value >>> i) & 1
      this.bit(probabilities, base + node, bit)
      node = (node << 1) | bit
    }
  }

  private shift(): void {
    this.range = (this.range << 8) >>> 0
    this.writeLow()
  }

  private writeLow(): void {
    if (this.low < 0xff000000 || this.low >= 2 ** 32) {
      const carry = this.low >= 2 ** 32 ? 1 : 0
      let byte = this.cache
      do {
        this.push(byte + carry)
        byte = 0xff
      } while (--this.pending > 0)
      this.cache = Math.floor(this.low / 2 ** 24) & 0xff
    }
    this.pending++
    this.low = (this.low % 2 ** 24) * 256
  }

  private push(byte: number): void {
    if (this.length === this.bytes.length) {
      const larger = new Uint8Array(2 * this.length)
      larger.set(this.bytes)
      this.bytes = larger
    }
    this.bytes[this.length++] = byte
  }

  /** How many bytes there would be if the run ended now. */
  get size(): number {
    return this.length + this.pending + 4
  }

  /** Ends the run and gives its bytes; the next one begins. */
  finish(): Uint8Array {
    for (let i = 0; i < 5; i++) this.writeLow()
    const out = this.bytes.slice(0, this.length)
    this.length = 0
    this.low = 0
    this.range = 0xffffffff
    this.cache = 0
    this.pending = 1
    return out
  }
}
