import { missing } from '../../objects/errors.ts'
import { BitInput, NEEDS_INPUT } from './bit_input.ts'
import { combineCrc, crcTable } from './crc.ts'
import { DecodeTable, LONGEST_CODE } from './decode_table.ts'
import { GROUP_SIZE } from './entropy.ts'

const BLOCK_UNIT = 100000
const SELECTORS_MAX = 18002
const RUN_WEIGHT_MAX = 2 * 1024 * 1024

/** What the decoder is reading or writing. */
const STREAM_HEADER = 0
const BLOCK_HEADER = 1
const SYMBOLS = 2
const OUTPUT = 3
const FOOTER = 4
const END = 5

const BLOCK_MAGIC = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]
const FOOTER_MAGIC = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]

/** A bzip2 stream that is being read. */
export class Bz2Decoder {
  readonly input = new BitInput()
  private state = STREAM_HEADER
  private readonly error: () => unknown
  private capacity = 0
  private combined = 0

  private blockCrc = 0
  private origin = 0
  private front: Uint8Array = new Uint8Array(0)
  private tables: DecodeTable[] = []
  private selectors: number[] = []
  private group = 0
  private left = 0
  private run = 0
  private runWeight = 1

  /** The bytes of the block; from bit 8 on the successors, once all are there. */
  private block = new Uint32Array(0)
  private size = 0
  private at = 0
  private given = 0
  private last = -1
  private repeated = 0
  private copies = 0
  private crc = -1

  /** `error` makes what is thrown for data that is no bzip2 stream. */
  constructor(error: () => unknown) {
    this.error = error
  }

  get isAtEnd(): boolean {
    return this.state === END
  }

  /** Decodes into `out` from `from` on until it is full, the input is used up, or the stream ends; gives where it stopped. */
  decode(out: Uint8Array, from: number): number {
    let to = from
    for (;;) {
      if (this.state === OUTPUT) {
        to = this.write(out, to)
        if (this.copies > 0 || this.given < this.size) return to
        this.endBlock()
      } else if (this.state === SYMBOLS) {
        if (!this.readSymbols()) return to
        this.startOutput()
      } else if (this.state === END || !this.readHeader()) return to
    }
  }

  /** Reads one of the headers, which must be there as a whole; false if it is not. */
  private readHeader(): boolean {
    const mark = this.input.mark()
    try {
      if (this.state === STREAM_HEADER) this.readStreamHeader()
      else if (this.state === BLOCK_HEADER) this.readBlockHeader()
      else this.readFooter()
      return true
    } catch (error) {
      if (error !== NEEDS_INPUT) throw error
      this.input.hold(mark)
      return false
    }
  }

  private readStreamHeader(): void {
    const { input } = this
    for (const char of 'BZh') if (input.read(8) !== char.charCodeAt(0)) throw this.error()
    const level = input.read(8) - 0x30
    if (level < 1 || level > 9) throw this.error()
    this.capacity = level * BLOCK_UNIT
    this.state = BLOCK_HEADER
  }

  private readBlockHeader(): void {
    const { input } = this
    const first = input.read(8)
    const magic = first === FOOTER_MAGIC[0] ? FOOTER_MAGIC : BLOCK_MAGIC
    if (first !== magic[0]) throw this.error()
    for (let i = 1; i < magic.length; i++) if (input.read(8) !== magic[i]) throw this.error()
    if (magic === FOOTER_MAGIC) {
      this.state = FOOTER
      return
    }
    const crc = input.read32()
    if (input.read(1) === 1) throw missing('reading of randomised bzip2 blocks, which version 0.9.0 wrote')
    const origin = input.read(24)
    if (origin > this.capacity + 10) throw this.error()
    const front = this.readUsed()
    this.readTables(front.length + 2)
    this.blockCrc = crc
    this.origin = origin
    this.front = front
    if (this.block.length < this.capacity) this.block = new Uint32Array(this.capacity)
    this.size = 0
    this.group = -1
    this.left = 0
    this.run = 0
    this.runWeight = 1
    this.state = SYMBOLS
  }

  private readFooter(): void {
    if (this.input.read32() !== this.combined) throw this.error()
    this.state = END
  }

  private readUsed(): Uint8Array {
    const { input } = this
    const words = input.read(16)
    const used: number[] = []
    for (let i = 0; i < 16; i++) {
      if (((words >> (15 - i)) & 1) === 0) continue
      const word = input.read(16)
      for (let k = 0; k < 16; k++) if (((word >> (15 - k)) & 1) === 1) used.push(16 * i + k)
    }
    if (used.length === 0) throw this.error()
    return Uint8Array.from(used)
  }

  private readTables(alphabetSize: number): void {
    const { input } = this
    const count = input.read(3)
    if (count < 2 || count > 6) throw this.error()
    const selectorCount = input.read(15)
    if (selectorCount < 1) throw this.error()
    const recent = Array.from({ length: count }, (_, t) => t)
    const selectors: number[] = []
    for (let i = 0; i < selectorCount; i++) {
      let place = 0
      while (input.read(1) === 1) if (++place >= count) throw this.error()
      const [selector] = recent.splice(place, 1)
      recent.unshift(selector!)
      if (selectors.length < SELECTORS_MAX) selectors.push(selector!)
    }
    this.selectors = selectors
    this.tables = recent.map(() => new DecodeTable(this.readLengths(alphabetSize)))
  }

  private readLengths(alphabetSize: number): Uint8Array {
    const { input } = this
    const lengths = new Uint8Array(alphabetSize)
    let current = input.read(5)
    for (let i = 0; i < alphabetSize; i++) {
      for (;;) {
        if (current < 1 || current > LONGEST_CODE) throw this.error()
        if (input.read(1) === 0) break
        current += input.read(1) === 0 ? 1 : -1
      }
      lengths[i] = current
    }
    return lengths
  }

  /** The next symbol; -1 if its bits are not there yet. */
  private readSymbol(): number {
    if (this.left === 0) {
      if (this.group + 1 >= this.selectors.length) throw this.error()
      this.group++
      this.left = GROUP_SIZE
    }
    const { input } = this
    const table = this.tables[this.selectors[this.group]!]!
    for (let length = table.shortest; length <= LONGEST_CODE; length++) {
      const code = input.peek(length)
      if (code < 0) return -1
      if (!table.reaches(length, code)) continue
      const symbol = table.symbol(length, code)
      if (symbol === undefined) throw this.error()
      input.skip(length)
      this.left--
      return symbol
    }
    throw this.error()
  }

  /** Reads the symbols of a block as far as they are there; true at their end. */
  private readSymbols(): boolean {
    const { front, block, capacity } = this
    const end = front.length + 1
    for (;;) {
      const symbol = this.readSymbol()
      if (symbol < 0) return false
      if (symbol <= 1) {
        if (this.runWeight >= RUN_WEIGHT_MAX) throw this.error()
        this.run += this.runWeight << symbol
        this.runWeight <<= 1
        continue
      }
      if (this.run > 0) {
        if (this.size + this.run > capacity) throw this.error()
        block.fill(front[0]!, this.size, this.size + this.run)
        this.size += this.run
        this.run = 0
        this.runWeight = 1
      }
      if (symbol === end) return true
      if (this.size >= capacity) throw this.error()
      const byte = front[symbol - 1]!
      front.copyWithin(1, 0, symbol - 1)
      front[0] = byte
      block[this.size++] = byte
    }
  }

  /** Threads the bytes of the block: what follows each of them in the text. */
  private startOutput(): void {
    const { block, size } = this
    if (this.origin >= size) throw this.error()
    const starts = new Int32Array(257)
    for (let i = 0; i < size; i++) starts[(block[i]! & 0xff) + 1]!++
    for (let byte = 1; byte <= 256; byte++) starts[byte]! += starts[byte - 1]!
    for (let i = 0; i < size; i++) block[starts[block[i]! & 0xff]!++]! |= i << 8
    this.at = block[this.origin]! >>> 8
    this.given = 0
    this.last = -1
    this.repeated = 0
    this.copies = 0
    this.crc = -1
    this.state = OUTPUT
  }

  /** Writes the block's text: a byte after four equal ones says how many more of them there are. */
  private write(out: Uint8Array, from: number): number {
    const table = crcTable()
    const { block, size } = this
    let { crc, at, given, last, repeated, copies } = this
    let to = from
    while (to < out.length) {
      if (copies > 0) {
        copies--
        out[to++] = last
        crc = (crc << 8) ^ table[(crc >>> 24) ^ last]!
        if (copies === 0) last = -1
        continue
      }
      if (given === size) break
      const entry = block[at]!
      const byte = entry & 0xff
      at = entry >>> 8
      given++
      if (repeated === 4) {
        repeated = 0
        copies = byte
        if (copies === 0) last = -1
        continue
      }
      if (byte === last) repeated++
      else {
        last = byte
        repeated = 1
      }
      out[to++] = byte
      crc = (crc << 8) ^ table[(crc >>> 24) ^ byte]!
    }
    Object.assign(this, { crc, at, given, last, repeated, copies })
    return to
  }

  private endBlock(): void {
    const crc = ~this.crc
    if (crc !== this.blockCrc) throw this.error()
    this.combined = combineCrc(this.combined, crc)
    this.state = BLOCK_HEADER
  }
}
