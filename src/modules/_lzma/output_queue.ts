/** Decoded bytes that wait to be fetched. */
export class OutputQueue {
  private bytes = new Uint8Array(1 << 12)
  private start = 0
  private end = 0

  get length(): number {
    return this.end - this.start
  }

  push(byte: number): void {
    if (this.end === this.bytes.length) this.makeRoom(1)
    this.bytes[this.end++] = byte
  }

  append(data: Uint8Array): void {
    if (this.end + data.length > this.bytes.length) this.makeRoom(data.length)
    this.bytes.set(data, this.end)
    this.end += data.length
  }

  /** Moves bytes into a block from `at` on; tells how many. */
  drainTo(block: Uint8Array, at: number): number {
    const count = Math.min(this.length, block.length - at)
    block.set(this.bytes.subarray(this.start, this.start + count), at)
    this.start += count
    if (this.start === this.end) this.start = this.end = 0
    return count
  }

  /** Takes all bytes; they stay valid until more is pushed. */
  takeAll(): Uint8Array {
    const all = this.bytes.subarray(this.start, this.end)
    this.start = this.end = 0
    return all
  }

  private makeRoom(count: number): void {
    const used = this.bytes.subarray(this.start, this.end)
    if (used.length + count <= this.bytes.length / 2) this.bytes.copyWithin(0, this.start, this.end)
    else {
      const larger = new Uint8Array(2 * (used.length + count))
      larger.set(used)
      this.bytes = larger
    }
    this.end = used.length
    this.start = 0
  }
}
