import { NEEDS_INPUT } from './fault.ts'

/** Bytes that come in pieces. */
export class ByteInput {
  bytes: Uint8Array = new Uint8Array(0)
  at = 0
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

  /** Goes back to where something begins that must wait for more input. */
  hold(at: number): void {
    this.at = at
    this.isHeld = true
  }

  /** Takes bytes; throws `NEEDS_INPUT`. */
  take(count: number): Uint8Array {
    if (this.bytes.length - this.at < count) throw NEEDS_INPUT
    this.at += count
    return this.bytes.subarray(this.at - count, this.at)
  }

  byte(): number {
    if (this.at === this.bytes.length) throw NEEDS_INPUT
    return this.bytes[this.at++]!
  }

  /** Takes all bytes that are left. */
  takeRest(): Uint8Array {
    const rest = this.bytes.slice(this.at)
    this.at = this.bytes.length
    return rest
  }
}
