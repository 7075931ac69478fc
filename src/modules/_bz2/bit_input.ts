const EMPTY = new Uint8Array(0)

/** Thrown where the bits at hand are not enough; nobody outside the decoder sees it. */
export const NEEDS_INPUT = { needsInput: true }

/** Bits of bytes that come in pieces, the highest first. A byte is taken when its first bit is needed, not before. */
export class BitInput {
  private bytes: Uint8Array = EMPTY
  private at = 0
  private bits = 0
  private count = 0
  /** Whether what is left is the beginning of something that is only read as a whole. */
  private isHeld = false

  /** Adds bytes to those that have not been taken yet. */
  feed(data: Uint8Array): void {
    const rest = this.bytes.subarray(this.at)
    const joined = new Uint8Array(rest.length + data.length)
    joined.set(rest)
    joined.set(data, rest.length)
    this.bytes = joined
    this.at = 0
    this.isHeld = false
  }

  /** Bytes that nothing has looked at yet. */
  get available(): number {
    return this.isHeld ? 0 : this.bytes.length - this.at
  }

  /** Takes all bytes that are left. */
  takeRest(): Uint8Array {
    const rest = this.bytes.slice(this.at)
    this.bytes = EMPTY
    this.at = 0
    return rest
  }

  /** Where the input stands, to go back to. */
  mark(): readonly [number, number, number] {
    return [this.at, this.bits, this.count]
  }

  /** Goes back to where something begins that must wait for more input. */
  hold(mark: readonly [number, number, number]): void {
    ;[this.at, this.bits, this.count] = mark
    this.isHeld = true
  }

  /** The next bits, which stay; -1 if there are not so many. At most 24. */
  peek(count: number): number {
    while (this.count < count) {
      if (this.at === this.bytes.length) return -1
      this.bits = (this.bits << 8) | this.bytes[this.at++]!
      this.count += 8
    }
    return (this.bits >>> (this.count - count)) & ((1 << count) - 1)
  }

  /** Takes bits that `peek` has shown. */
  skip(count: number): void {
    this.count -= count
  }

  /** Takes bits; throws `NEEDS_INPUT`. */
  read(count: number): number {
    const value = this.peek(count)
    if (value < 0) throw NEEDS_INPUT
    this.count -= count
    return value
  }

  read32(): number {
    const high = this.read(16)
    return (high << 16) | this.read(16)
  }
}
