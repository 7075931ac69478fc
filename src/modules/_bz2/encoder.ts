import { sortRotations } from './block_sort.ts'
import { combineCrc, crcTable } from './crc.ts'
import { assignCodes, type BlockCodes, chooseTables, GROUP_SIZE, moveToFront } from './entropy.ts'

/** Bits, the highest first. */
class BitWriter {
  private bytes = new Uint8Array(1 << 12)
  private length = 0
  private bits = 0
  private count = 0

  /** Adds the low `count` (at most 24) bits of a number. What they make full is written by the next call, as in libbz2. */
  put(value: number, count: number): void {
    while (this.count >= 8) this.flushByte()
    this.bits = (this.bits << count) | value
    this.count += count
  }

  private flushByte(): void {
    this.count -= 8
    if (this.length === this.bytes.length) {
      const larger = new Uint8Array(2 * this.length)
      larger.set(this.bytes)
      this.bytes = larger
    }
    this.bytes[this.length++] = this.bits >>> this.count
  }

  put32(value: number): void {
    this.put(value >>> 16, 16)
    this.put(value & 0xffff, 16)
  }

  /** Ends the last byte with zeros, and writes it. */
  align(): void {
    this.put(0, (32 - this.count) % 8)
    while (this.count > 0) this.flushByte()
  }

  /** The bytes written so far, which are then forgotten. */
  take(): Uint8Array {
    const out = this.bytes.slice(0, this.length)
    this.length = 0
    return out
  }
}

const BLOCK_UNIT = 100000

/** What a block must leave free: bytes are added after the check for room. */
const BLOCK_MARGIN = 19

const LONGEST_RUN = 255

/** A bzip2 stream that is being written; its bytes are those that libbz2 writes. */
export class Bz2Encoder {
  private readonly out = new BitWriter()
  private readonly block: Uint8Array
  private readonly limit: number
  private used = new Uint8Array(256)
  private size = 0
  private crc = -1
  private combined = 0
  private runByte = -1
  private runLength = 0
  private hasBlock = false

  /** `level` is the size of blocks in units of 100,000 bytes, 1 to 9. */
  constructor(level: number) {
    this.block = new Uint8Array(level * BLOCK_UNIT)
    this.limit = level * BLOCK_UNIT - BLOCK_MARGIN
    for (const char of `BZh${level}`) this.out.put(char.charCodeAt(0), 8)
  }

  /** Takes data and gives what can be written already. The header comes with the first block. */
  write(data: Uint8Array): Uint8Array {
    for (let i = 0; i < data.length; i++) {
      const byte = data[i]!
      if (byte === this.runByte && this.runLength < LONGEST_RUN) this.runLength++
      else {
        this.endRun()
        this.runByte = byte
        this.runLength = 1
      }
      if (this.size >= this.limit) this.endBlock()
    }
    return this.hasBlock ? this.out.take() : new Uint8Array(0)
  }

  /** Ends the stream and gives the rest of it. */
  finish(): Uint8Array {
    this.endRun()
    if (this.size > 0) this.endBlock()
    this.out.put(0x177245, 24)
    this.out.put(0x385090, 24)
    this.out.put32(this.combined)
    this.out.align()
    return this.out.take()
  }

  /** Adds the run to the block: from four bytes on with their number instead of the others. */
  private endRun(): void {
    const { runByte, runLength, block } = this
    this.runLength = 0
    this.runByte = -1
    if (runLength === 0) return
    const table = crcTable()
    for (let i = 0; i < runLength; i++) this.crc = (this.crc << 8) ^ table[(this.crc >>> 24) ^ runByte]!
    this.used[runByte] = 1
    const written = Math.min(runLength, 4)
    for (let i = 0; i < written; i++) block[this.size++] = runByte
    if (runLength >= 4) {
      this.used[runLength - 4] = 1
      block[this.size++] = runLength - 4
    }
  }

  private endBlock(): void {
    const { out, size } = this
    const crc = ~this.crc
    this.combined = combineCrc(this.combined, crc)
    const block = this.block.subarray(0, size)
    const order = sortRotations(block, size)
    out.put(0x314159, 24)
    out.put(0x265359, 24)
    out.put32(crc)
    out.put(0, 1)
    out.put(order.indexOf(0), 24)
    this.writeUsed()
    const [symbols, alphabetSize] = moveToFront(block, order, this.used)
    this.writeCodes(chooseTables(symbols, alphabetSize))
    this.hasBlock = true
    this.size = 0
    this.crc = -1
    this.used = new Uint8Array(256)
  }

  /** Which bytes occur: a bit for each sixteen, then the sixteen bits of those with any. */
  private writeUsed(): void {
    const { out, used } = this
    const words = Array.from({ length: 16 }, (_, i) => used.subarray(16 * i, 16 * i + 16))
    for (const word of words) out.put(word.includes(1) ? 1 : 0, 1)
    for (const word of words) if (word.includes(1)) for (const bit of word) out.put(bit, 1)
  }

  private writeCodes({ symbols, tables, selectors }: BlockCodes): void {
    const { out } = this
    out.put(tables.length, 3)
    out.put(selectors.length, 15)
    const recent = tables.map((_, t) => t)
    for (const selector of selectors) {
      const place = recent.indexOf(selector)
      recent.splice(place, 1)
      recent.unshift(selector)
      for (let i = 0; i < place; i++) out.put(1, 1)
      out.put(0, 1)
    }
    for (const lengths of tables) this.writeLengths(lengths)
    const codes = tables.map(assignCodes)
    for (let g = 0; g < selectors.length; g++) {
      const lengths = tables[selectors[g]!]!
      const own = codes[selectors[g]!]!
      const end = Math.min((g + 1) * GROUP_SIZE, symbols.length)
      for (let i = g * GROUP_SIZE; i < end; i++) out.put(own[symbols[i]!]!, lengths[symbols[i]!]!)
    }
  }

  /** Lengths as steps from the one before. */
  private writeLengths(lengths: Uint8Array): void {
    const { out } = this
    let current = lengths[0]!
    out.put(current, 5)
    for (const length of lengths) {
      for (; current < length; current++) out.put(2, 2)
      for (; current > length; current--) out.put(3, 2)
      out.put(0, 1)
    }
  }
}
