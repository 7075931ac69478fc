const KB = 1024
const MB = 1024 * KB

/** The sizes of the blocks in which CPython's compressors collect what they give: some of them write other bytes for other sizes. */
const BLOCK_SIZES = [
  ...[32 * KB, 64 * KB, 256 * KB, MB, 4 * MB, 8 * MB, 16 * MB, 16 * MB, 32 * MB, 32 * MB, 32 * MB, 32 * MB],
  ...[64 * MB, 64 * MB, 128 * MB, 128 * MB, 256 * MB],
]

/** The first block of most results: used again and again, as results are copied out of it. */
let spare: Uint8Array<ArrayBuffer> | null = new Uint8Array(BLOCK_SIZES[0]!)

/** What a compressor writes, in blocks that grow (CPython's `_BlocksOutputBuffer`). */
export class OutputBuffer {
  private readonly blocks: Uint8Array<ArrayBuffer>[] = []
  private readonly maxLength: number
  /** Bytes in all blocks. */
  allocated = 0

  /** A buffer of at most `maxLength` bytes (-1: as many as there will be); its first block has `firstSize` bytes. */
  constructor(maxLength: number, firstSize = BLOCK_SIZES[0]!) {
    this.maxLength = maxLength
    this.add(maxLength >= 0 && maxLength < firstSize ? maxLength : firstSize)
  }

  /** The block to write to. */
  get block(): Uint8Array<ArrayBuffer> {
    return this.blocks[this.blocks.length - 1]!
  }

  /** Whether as much has been written as may be, with `free` bytes left in the last block. */
  isFull(free: number): boolean {
    return this.allocated - free === this.maxLength
  }

  /** Adds a block and gives it. */
  grow(): Uint8Array<ArrayBuffer> {
    const size = BLOCK_SIZES[Math.min(this.blocks.length, BLOCK_SIZES.length - 1)]!
    const rest = this.maxLength - this.allocated
    this.add(this.maxLength >= 0 && size > rest ? rest : size)
    return this.block
  }

  private add(size: number): void {
    let block: Uint8Array<ArrayBuffer>
    if (size === BLOCK_SIZES[0] && spare !== null) {
      block = spare
      spare = null
    } else block = new Uint8Array(size)
    this.blocks.push(block)
    this.allocated += size
  }

  /** All that has been written, with `free` bytes left in the last block. The buffer is then at its end. */
  finish(free: number): Uint8Array {
    const { blocks } = this
    const out = new Uint8Array(this.allocated - free)
    let at = 0
    for (const block of blocks) {
      const part = at + block.length > out.length ? block.subarray(0, out.length - at) : block
      out.set(part, at)
      at += part.length
    }
    if (blocks[0]!.length === BLOCK_SIZES[0]) spare = blocks[0]!
    return out
  }
}
