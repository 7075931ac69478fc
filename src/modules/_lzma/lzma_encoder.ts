import type { LzmaOptions } from './filter_chain.ts'
import { MatchFinder } from './match_finder.ts'
import * as model from './model.ts'
import { RangeEncoder } from './range_encoder.ts'

/** Matches of three bytes from farther away cost more than literals. */
const FAR_FOR_THREE = 1 << 12

/** The least search depth; options with 0 leave it to us. */
const DEPTH_DEFAULT = 48

/** Codes data as literals and matches of LZMA, looking one place ahead. */
class LzmaEncoder {
  readonly range = new RangeEncoder()
  /** Where the next symbol begins. */
  at = 0
  private readonly data: Uint8Array
  private readonly options: LzmaOptions
  private readonly finder: MatchFinder
  private probabilities: Uint16Array
  private state = 0
  private readonly reps = new Int32Array(4)
  /** What the search at `foundAt` gave. */
  private foundAt = -1
  private foundLength = 0
  private foundDistance = 0
  private repLength = 0

  constructor(data: Uint8Array, options: LzmaOptions) {
    this.data = data
    this.options = options
    this.probabilities = model.newProbabilities(options)
    this.finder = new MatchFinder(data, options.dict_size, options.nice_len, options.depth || DEPTH_DEFAULT)
  }

  resetState(): void {
    this.probabilities = model.newProbabilities(this.options)
    this.state = 0
    this.reps.fill(0)
  }

  /** Codes one symbol, which goes no farther than `end`. */
  step(end: number): void {
    const { at } = this
    const rep = this.bestRep(at)
    const limit = end - at
    const repLength = Math.min(rep >= 0 ? this.repLength : 0, limit)
    this.search(at)
    const length = Math.min(this.foundLength, limit)
    const distance = this.foundDistance
    const isGood = length >= 4 || (length === 3 && distance < FAR_FOR_THREE)
    if (repLength >= 2 && (!isGood || repLength + (distance < 512 ? 1 : distance < 32768 ? 2 : 3) >= length)) {
      this.writeRep(rep, repLength)
    } else if (isGood && !this.isBetterNext(at, length, end)) this.writeMatch(distance, length)
    else if (rep === 0 && this.data[at] === this.data[at - this.reps[0]! - 1] && at > 0) this.writeShortRep()
    else this.writeLiteral()
  }

  /** Which of the last four distances gives the longest match, -1 for none; its length is then in `repLength`. */
  private bestRep(at: number): number {
    let best = -1
    this.repLength = 0
    for (let i = 0; i < 4; i++) {
      const from = at - this.reps[i]! - 1
      if (from < 0) continue
      const length = this.finder.common(from, at)
      if (length > this.repLength) {
        this.repLength = length
        best = i
      }
    }
    return best
  }

  private search(at: number): void {
    if (this.foundAt === at) return
    this.foundAt = at
    this.foundLength = this.finder.find(at)
    this.foundDistance = this.finder.distance
  }

  /** Whether a literal here makes a longer match possible; what is found there is kept. */
  private isBetterNext(at: number, length: number, end: number): boolean {
    if (length >= this.options.nice_len || at + 1 >= end) return false
    const distance = this.foundDistance
    this.search(at + 1)
    if (this.foundLength > length + (this.foundDistance > 8 * distance ? 1 : 0)) return true
    this.foundAt = -1
    return false
  }

  private writeLiteral(): void {
    const { data, at, range, probabilities, state } = this
    const { lc, lp, pb } = this.options
    range.bit(probabilities, model.IS_MATCH + state * 16 + (at & ((1 << pb) - 1)), 0)
    const previous = at === 0 ? 0 : data[at - 1]!
    const context = ((at & ((1 << lp) - 1)) << lc) + (previous >> (8 - lc))
    const base = model.LITERAL + model.LITERAL_SIZE * context
    const byte = data[at]!
    let node = 1
    let i = 7
    if (state >= model.FIRST_MATCH_STATE) {
      const match = data[at - this.reps[0]! - 1]!
      for (; i >= 0; i--) {
        const matchBit = (match >> i) & 1
        const bit = (byte >> i) & 1
        range.bit(probabilities, base + ((1 + matchBit) << 8) + node, bit)
        node = (node << 1) | bit
        if (matchBit !== bit) {
          i--
          break
        }
      }
    }
    for (; i >= 0; i--) {
      const bit = (byte >> i) & 1
      range.bit(probabilities, base + node, bit)
      node = (node << 1) | bit
    }
    this.state = model.afterLiteral(state)
    this.at++
  }

  private writeLength(base: number, length: number, position: number): void {
    const { range, probabilities } = this
    const value = length - model.MATCH_MIN
    range.bit(probabilities, base, value < 8 ? 0 : 1)
    if (value < 8) {
      range.tree(probabilities, base + model.LENGTH_LOW + position * 8, 3, value)
      return
    }
    range.bit(probabilities, base + 1, value < 16 ? 0 : 1)
    if (value < 16) range.tree(probabilities, base + model.LENGTH_MIDDLE + position * 8, 3, value - 8)
    else range.tree(probabilities, base + model.LENGTH_HIGH, 8, value - 16)
  }

  private get position(): number {
    return this.at & ((1 << this.options.pb) - 1)
  }

  private writeMatch(distance: number, length: number): void {
    this.writeDistance(distance, length)
    this.reps.copyWithin(1, 0, 3)
    this.reps[0] = distance
    this.at += length
  }

  /** Writes the mark of the end: a match of the largest distance. */
  writeEnd(): void {
    this.writeDistance(0xffffffff, model.MATCH_MIN)
  }

  private writeDistance(distance: number, length: number): void {
    const { range, probabilities, state, position } = this
    range.bit(probabilities, model.IS_MATCH + state * 16 + position, 1)
    range.bit(probabilities, model.IS_REP + state, 0)
    this.writeLength(model.MATCH_LENGTH, length, position)
    const top = 31 - Math.clz32(distance)
    const slot = distance < model.FIRST_SPECIAL_SLOT ? distance : (top << 1) | ((distance >>> (top - 1)) & 1)
    range.tree(probabilities, model.DISTANCE_SLOT + Math.min(length - model.MATCH_MIN, 3) * 64, 6, slot)
    if (slot >= model.FIRST_SPECIAL_SLOT) {
      const bits = (slot >> 1) - 1
      const base = (2 | (slot & 1)) * 2 ** bits
      const rest = distance - base
      if (slot < model.FIRST_ALIGNED_SLOT) {
        range.reverseTree(probabilities, model.DISTANCE_SPECIAL + base - slot, bits, rest)
      } else {
        range.direct(Math.floor(rest / 16), bits - 4)
        range.reverseTree(probabilities, model.DISTANCE_ALIGN, 4, rest % 16)
      }
    }
    this.state = model.afterMatch(state)
  }

  private writeRep(which: number, length: number): void {
    const { range, probabilities, state, position, reps } = this
    range.bit(probabilities, model.IS_MATCH + state * 16 + position, 1)
    range.bit(probabilities, model.IS_REP + state, 1)
    range.bit(probabilities, model.IS_REP0 + state, which === 0 ? 0 : 1)
    if (which === 0) range.bit(probabilities, model.IS_REP0_LONG + state * 16 + position, 1)
    else {
      range.bit(probabilities, model.IS_REP1 + state, which === 1 ? 0 : 1)
      if (which > 1) range.bit(probabilities, model.IS_REP2 + state, which - 2)
    }
    this.writeLength(model.REP_LENGTH, length, position)
    const distance = reps[which]!
    reps.copyWithin(1, 0, which)
    reps[0] = distance
    this.state = model.afterRep(state)
    this.at += length
  }

  private writeShortRep(): void {
    const { range, probabilities, state, position } = this
    range.bit(probabilities, model.IS_MATCH + state * 16 + position, 1)
    range.bit(probabilities, model.IS_REP + state, 1)
    range.bit(probabilities, model.IS_REP0 + state, 0)
    range.bit(probabilities, model.IS_REP0_LONG + state * 16 + position, 0)
    this.state = model.afterShortRep(state)
    this.at++
  }
}

/** LZMA with the mark of its end. */
export function encodeLzma1(data: Uint8Array, options: LzmaOptions): Uint8Array {
  const encoder = new LzmaEncoder(data, options)
  while (encoder.at < data.length) encoder.step(data.length)
  encoder.writeEnd()
  return encoder.range.finish()
}

const CHUNK_MAX = 1 << 21
const CODED_MAX = 1 << 16
const PLAIN_MAX = 1 << 16
/** What one symbol can add at most to the coded bytes of a chunk. */
const SYMBOL_MAX = 32

/** LZMA2: chunks of LZMA, or of plain bytes where these are shorter. */
export function encodeLzma2(data: Uint8Array, options: LzmaOptions): Uint8Array[] {
  const out: Uint8Array[] = []
  const encoder = new LzmaEncoder(data, options)
  let isFirst = true
  let needsParameters = true
  let needsState = true
  while (encoder.at < data.length) {
    const start = encoder.at
    const end = Math.min(start + CHUNK_MAX, data.length)
    if (needsState) encoder.resetState()
    while (encoder.at < end && encoder.range.size + SYMBOL_MAX < CODED_MAX) encoder.step(end)
    const coded = encoder.range.finish()
    const size = encoder.at - start
    if (coded.length < size) {
      const reset = isFirst ? 3 : needsParameters ? 2 : needsState ? 1 : 0
      const sizes = [size - 1, coded.length - 1]
      const head = [0x80 | (reset << 5) | (sizes[0]! >> 16), sizes[0]! >> 8, sizes[0]!, sizes[1]! >> 8, sizes[1]!]
      out.push(Uint8Array.from(reset >= 2 ? [...head, model.packParameters(options)] : head), coded)
      needsParameters = false
      needsState = false
    } else {
      for (let from = start; from < encoder.at; from += PLAIN_MAX) {
        const plain = data.subarray(from, Math.min(from + PLAIN_MAX, encoder.at))
        out.push(Uint8Array.of(isFirst ? 1 : 2, (plain.length - 1) >> 8, plain.length - 1), plain)
        isFirst = false
      }
      needsState = true
    }
    isFirst = false
  }
  out.push(Uint8Array.of(0))
  return out
}
