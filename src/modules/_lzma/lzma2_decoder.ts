import type { ByteInput } from './byte_input.ts'
import { DATA_ERROR, LzmaFault } from './fault.ts'
import { LzmaDecoder, type Stop } from './lzma_decoder.ts'
import { type LiteralParameters, unpackParameters } from './model.ts'
import type { OutputQueue } from './output_queue.ts'

/** What decodes the last filter of a chain: LZMA or LZMA2. */
export interface StreamDecoder {
  /** Decodes until `out` holds `limit` bytes, the input is used up, or the stream ends. */
  decode(input: ByteInput, out: OutputQueue, limit: number): Stop
}

/** LZMA2: chunks, each coded or plain, that say whether dictionary, probabilities and parameters begin anew. */
export class Lzma2Decoder implements StreamDecoder {
  private readonly lzma: LzmaDecoder
  private parameters: LiteralParameters | null = null
  private needsDictionary = true
  private needsState = true
  private isPlain = false
  private left = 0
  /** Where the coded bytes of the chunk end, counted from its start. */
  private coded = 0
  /** Whether a chunk's bytes are all decoded and its range coder has not been ended. */
  private isEnding = false

  constructor(dictionarySize: number) {
    this.lzma = new LzmaDecoder(dictionarySize)
  }

  decode(input: ByteInput, out: OutputQueue, limit: number): Stop {
    for (;;) {
      if (this.left === 0 && !this.header(input)) return 'end'
      if (out.length >= limit) return 'output'
      if (this.isPlain) {
        const count = Math.min(this.left, input.bytes.length - input.at, limit - out.length)
        if (count === 0) return 'input'
        this.lzma.copy(input.take(count), out)
        this.left -= count
        continue
      }
      const from = input.at
      const [made, stop] = this.lzma.decode(input, out, limit, this.left)
      this.coded -= input.at - from
      this.left -= made
      if (stop === 'end' || this.coded < 0) throw new LzmaFault(DATA_ERROR)
      if (stop === 'input') return 'input'
      if (this.left === 0) this.isEnding = true
    }
  }

  /** Ends the chunk before and reads the header of the next; false where there is none. Throws `NEEDS_INPUT`. */
  private header(input: ByteInput): boolean {
    if (this.isEnding) {
      const from = input.at
      this.lzma.finish(input)
      this.coded -= input.at - from
      this.isEnding = false
      if (this.coded !== 0 || !this.lzma.isClean) throw new LzmaFault(DATA_ERROR)
    }
    const mark = input.at
    try {
      return this.readHeader(input)
    } catch (error) {
      input.hold(mark)
      throw error
    }
  }

  private readHeader(input: ByteInput): boolean {
    const control = input.byte()
    if (control === 0) return false
    if (control > 2 && control < 0x80) throw new LzmaFault(DATA_ERROR)
    const resetsDictionary = control === 1 || control >= 0xe0
    if (!resetsDictionary && this.needsDictionary) throw new LzmaFault(DATA_ERROR)
    const sizes = input.take(control < 0x80 ? 2 : 4)
    const size = (sizes[0]! << 8) + sizes[1]! + 1
    if (control < 0x80) {
      if (resetsDictionary) this.lzma.resetDictionary()
      this.needsDictionary = false
      this.isPlain = true
      this.left = size
      // After plain bytes the probabilities must begin anew; liblzma asks it after a reset of the dictionary alone.
      if (resetsDictionary) this.needsState = true
      return true
    }
    this.readCoded(input, control, resetsDictionary)
    this.isPlain = false
    this.left = ((control & 0x1f) << 16) + size
    this.coded = (sizes[2]! << 8) + sizes[3]! + 1 - 5
    return true
  }

  private readCoded(input: ByteInput, control: number, resetsDictionary: boolean): void {
    let { parameters } = this
    if (control >= 0xc0) {
      parameters = unpackParameters(input.byte())
      if (parameters === null) throw new LzmaFault(DATA_ERROR)
    }
    if (parameters === null || (control < 0xa0 && this.needsState)) throw new LzmaFault(DATA_ERROR)
    this.lzma.start(input)
    if (resetsDictionary) this.lzma.resetDictionary()
    if (control >= 0xa0) this.lzma.resetState(parameters)
    this.parameters = parameters
    this.needsDictionary = false
    this.needsState = false
  }
}

/** LZMA by itself, of a known size or up to an end marker. */
export class Lzma1Decoder implements StreamDecoder {
  private readonly lzma: LzmaDecoder
  private isStarted = false
  private left: number

  /** `size` is infinite where the end is marked. */
  constructor(parameters: LiteralParameters, dictionarySize: number, size: number) {
    this.lzma = new LzmaDecoder(dictionarySize)
    this.lzma.resetDictionary()
    this.lzma.resetState(parameters)
    this.left = size
  }

  decode(input: ByteInput, out: OutputQueue, limit: number): Stop {
    if (!this.isStarted) {
      this.lzma.start(input)
      this.isStarted = true
    }
    if (this.left > 0) {
      const [made, stop] = this.lzma.decode(input, out, limit, this.left)
      this.left -= made
      if (stop === 'end') {
        if (this.left !== Number.POSITIVE_INFINITY || !this.lzma.isClean) throw new LzmaFault(DATA_ERROR)
        return 'end'
      }
      if (stop === 'input' || this.left > 0) return stop
    }
    this.lzma.finish(input)
    if (!this.lzma.isClean) throw new LzmaFault(DATA_ERROR)
    return 'end'
  }
}
