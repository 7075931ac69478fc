import type { ByteInput } from './byte_input.ts'
import { DATA_ERROR, LzmaFault, NEEDS_INPUT } from './fault.ts'
import * as model from './model.ts'
import type { OutputQueue } from './output_queue.ts'

const WINDOW_START = 1 << 16

/** Where a decoder has stopped. */
export type Stop = 'input' | 'output' | 'end'

/**
 * The heart of LZMA: bits of a range coder become literals and matches. Symbols are decoded whole: where the input ends
 * within one, the probabilities it has changed are set back, and it waits for more.
 */
export class LzmaDecoder {
  private probabilities: Uint16Array = new Uint16Array(0)
  private readonly dictionarySize: number
  private window = new Uint8Array(0)
  private at = 0
  /** Bytes since the dictionary was reset. */
  private total = 0
  private lc = 0
  private literalMask = 0
  private positionMask = 0
  private state = 0
  private readonly reps = new Int32Array(4)
  private range = 0
  private code = 0
  private input!: ByteInput
  private readonly changed = new Uint16Array(256)
  private readonly before = new Uint16Array(256)
  private changes = 0

  constructor(dictionarySize: number) {
    this.dictionarySize = Math.max(dictionarySize, 4096)
  }

  resetDictionary(): void {
    this.window = new Uint8Array(Math.min(WINDOW_START, this.dictionarySize))
    this.at = 0
    this.total = 0
  }

  resetState(parameters: model.LiteralParameters): void {
    this.probabilities = model.newProbabilities(parameters)
    this.lc = parameters.lc
    this.literalMask = (1 << parameters.lp) - 1
    this.positionMask = (1 << parameters.pb) - 1
    this.state = 0
    this.reps.fill(0)
  }

  /** Begins a range-coded run; throws `NEEDS_INPUT`. */
  start(input: ByteInput): void {
    const bytes = input.take(5)
    if (bytes[0] !== 0) throw new LzmaFault(DATA_ERROR)
    this.range = 0xffffffff
    this.code = ((bytes[1]! << 24) | (bytes[2]! << 16) | (bytes[3]! << 8) | bytes[4]!) >>> 0
  }

  /** Whether the range coder is where it must be at the end of a run. */
  get isClean(): boolean {
    return this.code === 0
  }

  /** Takes the byte that belongs to the end of a run; throws `NEEDS_INPUT`. */
  finish(input: ByteInput): void {
    this.input = input
    this.changes = 0
    this.normalize()
  }

  /** Adds bytes that are not coded. */
  copy(bytes: Uint8Array, out: OutputQueue): void {
    for (const byte of bytes) this.put(byte, out)
  }

  /**
   * Decodes until `out` holds `limit` bytes or `remaining` have been made; gives how many were made and why it stopped:
   * `end` is the end marker.
   */
  decode(input: ByteInput, out: OutputQueue, limit: number, remaining: number): [number, Stop] {
    this.input = input
    const first = this.total
    for (;;) {
      const made = this.total - first
      if (made >= remaining || out.length >= limit) return [made, 'output']
      const mark = input.at
      const { range, code } = this
      this.changes = 0
      try {
        if (!this.symbol(out, remaining - made)) return [this.total - first, 'end']
      } catch (error) {
        if (error !== NEEDS_INPUT) throw error
        while (this.changes > 0) {
          this.changes--
          this.probabilities[this.changed[this.changes]!] = this.before[this.changes]!
        }
        this.range = range
        this.code = code
        input.hold(mark)
        return [this.total - first, 'input']
      }
    }
  }

  private normalize(): void {
    if (this.range >= model.TOP) return
    const byte = this.input.byte()
    this.range = (this.range << 8) >>> 0
    this.code = ((this.code << 8) | byte) >>> 0
  }

  private bit(at: number): number {
    if (this.range < model.TOP) this.normalize()
    const { probabilities } = this
    const probability = probabilities[at]!
    this.changed[this.changes] = at
    this.before[this.changes++] = probability
    const bound = (this.range >>> model.PROBABILITY_BITS) * probability
    if (this.code < bound) {
      this.range = bound
      probabilities[at] = probability + ((model.PROBABILITY_ONE - probability) >> model.ADAPTATION)
      return 0
    }
    this.range -= bound
    this.code -= bound
    probabilities[at] = probability - (probability >> model.ADAPTATION)
    return 1
  }

  private tree(base: number, bits: number): number {
    let node = 1
    for (let i = 0; i < bits; i++) node = (node << 1) | this.bit(base + node)
    return node - (1 << bits)
  }

  private reverseTree(base: number, bits: number): number {
    let node = 1
    let value = 0
    for (let i = 0; i < bits; i++) {
      const bit = this.bit(base + node)
      node = (node << 1) | bit
      value |= bit << i
    }
    return value
  }

  private direct(bits: number): number {
    let value = 0
    for (let i = 0; i < bits; i++) {
      this.normalize()
      this.range >>>= 1
      const bit = this.code >= this.range ? 1 : 0
      if (bit === 1) this.code -= this.range
      value = value * 2 + bit
    }
    return value
  }

  private lengthOf(base: number, position: number): number {
    if (this.bit(base) === 0) return model.MATCH_MIN + this.tree(base + model.LENGTH_LOW + position * 8, 3)
    if (this.bit(base + 1) === 0) {
      return model.MATCH_MIN + 8 + this.tree(base + model.LENGTH_MIDDLE + position * 8, 3)
    }
    return model.MATCH_MIN + 16 + this.tree(base + model.LENGTH_HIGH, 8)
  }

  private distanceOf(length: number): number {
    const slot = this.tree(model.DISTANCE_SLOT + Math.min(length - model.MATCH_MIN, 3) * 64, 6)
    if (slot < model.FIRST_SPECIAL_SLOT) return slot
    const bits = (slot >> 1) - 1
    const base = (2 | (slot & 1)) * 2 ** bits
    if (slot < model.FIRST_ALIGNED_SLOT) {
      return base + this.reverseTree(model.DISTANCE_SPECIAL + base - slot, bits)
    }
    return base + this.direct(bits - 4) * 16 + this.reverseTree(model.DISTANCE_ALIGN, 4)
  }

  /** Decodes one literal or match; false for the end marker. Nothing but probabilities has changed where it throws. */
  private symbol(out: OutputQueue, remaining: number): boolean {
    const { state, reps } = this
    const position = this.total & this.positionMask
    if (this.bit(model.IS_MATCH + state * 16 + position) === 0) {
      this.put(this.literal(), out)
      this.state = model.afterLiteral(state)
      return true
    }
    if (this.bit(model.IS_REP + state) === 0) {
      const length = this.lengthOf(model.MATCH_LENGTH, position)
      const distance = this.distanceOf(length)
      if (distance === 0xffffffff) {
        this.normalize()
        return false
      }
      this.checkMatch(distance, length, remaining)
      reps.copyWithin(1, 0, 3)
      reps[0] = distance
      this.state = model.afterMatch(state)
      this.repeat(distance, length, out)
      return true
    }
    let which = 0
    let length = 1
    if (this.bit(model.IS_REP0 + state) === 0) {
      if (this.bit(model.IS_REP0_LONG + state * 16 + position) === 1) length = 0
    } else if (this.bit(model.IS_REP1 + state) === 0) {
      which = 1
      length = 0
    } else {
      which = 2 + this.bit(model.IS_REP2 + state)
      length = 0
    }
    const isShort = length === 1
    if (!isShort) length = this.lengthOf(model.REP_LENGTH, position)
    const distance = reps[which]! >>> 0
    this.checkMatch(distance, length, remaining)
    reps.copyWithin(1, 0, which)
    reps[0] = distance
    this.state = isShort ? model.afterShortRep(state) : model.afterRep(state)
    this.repeat(distance, length, out)
    return true
  }

  private literal(): number {
    const previous = this.total === 0 ? 0 : this.back(0)
    const context = ((this.total & this.literalMask) << this.lc) + (previous >> (8 - this.lc))
    const base = model.LITERAL + model.LITERAL_SIZE * context
    let symbol = 1
    if (this.state >= model.FIRST_MATCH_STATE) {
      let match = this.back(this.reps[0]! >>> 0)
      while (symbol < 0x100) {
        const matchBit = (match >> 7) & 1
        match <<= 1
        const bit = this.bit(base + ((1 + matchBit) << 8) + symbol)
        symbol = (symbol << 1) | bit
        if (matchBit !== bit) break
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.bit(base + symbol)
    return symbol & 0xff
  }

  private checkMatch(distance: number, length: number, remaining: number): void {
    if (distance >= this.total || distance >= this.dictionarySize || length > remaining) throw new LzmaFault(DATA_ERROR)
  }

  /** The byte that stands `distance` before the last one. */
  private back(distance: number): number {
    const at = this.at - distance - 1
    return this.window[at < 0 ? at + this.window.length : at]!
  }

  private put(byte: number, out: OutputQueue): void {
    if (this.at === this.window.length) this.turn()
    this.window[this.at++] = byte
    this.total++
    out.push(byte)
  }

  /** Makes the window larger, up to the size of the dictionary, or begins it again. */
  private turn(): void {
    const { length } = this.window
    if (length >= this.dictionarySize) {
      this.at = 0
      return
    }
    const larger = new Uint8Array(Math.min(2 * length, this.dictionarySize))
    larger.set(this.window)
    this.window = larger
  }

  private repeat(distance: number, length: number, out: OutputQueue): void {
    for (let i = 0; i < length; i++) this.put(this.back(distance), out)
  }
}
