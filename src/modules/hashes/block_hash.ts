/** A hash function under way. */
export interface Hasher {
  readonly blockSize: number
  readonly digestSize: number
  update(bytes: Uint8Array): void
  /** The hash of what has been given so far; more may follow. */
  digest(): Uint8Array
  copy(): Hasher
}

/** How one of the functions that work on blocks (Merkle and Damgård's construction) differs from the others. */
export interface BlockFunction {
  readonly blockSize: number
  readonly digestSize: number
  /** The state before the first block, in 32-bit words. */
  readonly initial: readonly number[]
  /** Mixes one block, which begins at an offset, into the state. */
  readonly compress: (state: Uint32Array, block: DataView, offset: number) => void
  readonly littleEndian: boolean
}

/** MD5, SHA-1 and SHA-2. */
export class BlockHash implements Hasher {
  private readonly kind: BlockFunction
  private readonly state: Uint32Array
  private readonly pending: Uint8Array
  private held = 0
  private total = 0

  constructor(kind: BlockFunction, state: ArrayLike<number> = kind.initial) {
    this.kind = kind
    this.state = Uint32Array.from(state)
    this.pending = new Uint8Array(kind.blockSize)
  }

  get blockSize(): number {
    return this.kind.blockSize
  }

  get digestSize(): number {
    return this.kind.digestSize
  }

  update(bytes: Uint8Array): void {
    const { blockSize, compress } = this.kind
    this.total += bytes.length
    let at = 0
    if (this.held > 0) {
      at = Math.min(blockSize - this.held, bytes.length)
      this.pending.set(bytes.subarray(0, at), this.held)
      this.held += at
      if (this.held < blockSize) return
      compress(this.state, new DataView(this.pending.buffer), 0)
      this.held = 0
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (; at + blockSize <= bytes.length; at += blockSize) compress(this.state, view, at)
    this.pending.set(bytes.subarray(at))
    this.held = bytes.length - at
  }

  digest(): Uint8Array {
    const { blockSize, digestSize, compress, littleEndian } = this.kind
    const state = this.state.slice()
    const lengthSize = blockSize / 8
    const padded = this.held + 1 + lengthSize > blockSize ? 2 * blockSize : blockSize
    const last = new Uint8Array(padded)
    last.set(this.pending.subarray(0, this.held))
    last[this.held] = 0x80
    const view = new DataView(last.buffer)
    view.setBigUint64(padded - 8, BigInt(this.total) * 8n, littleEndian)
    for (let at = 0; at < padded; at += blockSize) compress(state, view, at)
    const out = new Uint8Array(4 * state.length)
    const words = new DataView(out.buffer)
    state.forEach((word, i) => {
      words.setUint32(4 * i, word, littleEndian)
    })
    return out.slice(0, digestSize)
  }

  copy(): BlockHash {
    const other = new BlockHash(this.kind, this.state)
    other.pending.set(this.pending)
    other.held = this.held
    other.total = this.total
    return other
  }
}
