import type { ByteInput } from './byte_input.ts'
import { CHECK_NONE } from './checks.ts'
import { FORMAT_ERROR, LzmaFault, MEMLIMIT_ERROR, NEEDS_INPUT } from './fault.ts'
import { ChainDecoder, type Filter } from './filter_chain.ts'
import type { Stop } from './lzma_decoder.ts'
import { Lzma1Decoder } from './lzma2_decoder.ts'
import { unpackParameters } from './model.ts'
import type { OutputQueue } from './output_queue.ts'
import { XzDecoder } from './xz_decoder.ts'
import { STREAM_MAGIC } from './xz_format.ts'

/** What decodes one of the containers. */
export interface ContainerDecoder {
  /** The id of the check, once it is known. */
  readonly check: number | null
  decode(out: OutputQueue, limit: number): Stop
}

const ALONE_HEADER_SIZE = 13
const SIZE_UNKNOWN = 2n ** 64n - 1n
const SIZE_PLAUSIBLE = 2n ** 38n
const DICTIONARY_ANY = 0xffffffff

/** The old .lzma format: a short header and LZMA. */
export class AloneDecoder implements ContainerDecoder {
  readonly check = CHECK_NONE
  private readonly input: ByteInput
  private readonly memoryLimit: bigint | null
  private readonly isPicky: boolean
  private lzma: Lzma1Decoder | null = null

  /** `isPicky` refuses headers that no program writes: there is no magic number to know the format by. */
  constructor(input: ByteInput, memoryLimit: bigint | null, isPicky: boolean) {
    this.input = input
    this.memoryLimit = memoryLimit
    this.isPicky = isPicky
  }

  decode(out: OutputQueue, limit: number): Stop {
    const mark = this.input.at
    try {
      this.lzma ??= this.readHeader()
      return this.lzma.decode(this.input, out, limit)
    } catch (error) {
      if (error !== NEEDS_INPUT) throw error
      if (this.lzma === null) this.input.hold(mark)
      else this.input.hold(this.input.at)
      return 'input'
    }
  }

  private readHeader(): Lzma1Decoder {
    const { input, isPicky } = this
    // A first byte that cannot be is refused at once.
    const parameters = unpackParameters(input.byte())
    if (parameters === null) throw new LzmaFault(FORMAT_ERROR)
    const bytes = input.take(ALONE_HEADER_SIZE - 1)
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    const dictionarySize = view.getUint32(0, true)
    const size = view.getBigUint64(4, true)
    const isKnown = size !== SIZE_UNKNOWN
    if (isPicky && (!isPlausible(dictionarySize) || (isKnown && size >= SIZE_PLAUSIBLE))) {
      throw new LzmaFault(FORMAT_ERROR)
    }
    if (this.memoryLimit !== null && BigInt(dictionarySize) + 32768n > this.memoryLimit) {
      throw new LzmaFault(MEMLIMIT_ERROR)
    }
    return new Lzma1Decoder(parameters, dictionarySize, isKnown ? Number(size) : Number.POSITIVE_INFINITY)
  }
}

/** Whether a size of a dictionary is a power of two, or one and a half of one. */
function isPlausible(size: number): boolean {
  if (size === DICTIONARY_ANY) return true
  const power = 2 ** Math.floor(Math.log2(size))
  return size > 0 && (size === power || size === power * 1.5)
}

/** Streams without a container, of filters that the caller knows. */
export class RawDecoder implements ContainerDecoder {
  readonly check = CHECK_NONE
  private readonly input: ByteInput
  private readonly chain: ChainDecoder

  constructor(input: ByteInput, filters: readonly Filter[]) {
    this.input = input
    this.chain = new ChainDecoder(filters, null)
  }

  decode(out: OutputQueue, limit: number): Stop {
    try {
      return this.chain.decode(this.input, out, limit)
    } catch (error) {
      if (error !== NEEDS_INPUT) throw error
      this.input.hold(this.input.at)
      return 'input'
    }
  }
}

/** Tells .xz from .lzma by the first byte. */
export class AutoDecoder implements ContainerDecoder {
  private readonly input: ByteInput
  private readonly memoryLimit: bigint | null
  private decoder: ContainerDecoder | null = null

  constructor(input: ByteInput, memoryLimit: bigint | null) {
    this.input = input
    this.memoryLimit = memoryLimit
  }

  get check(): number | null {
    return this.decoder === null ? null : this.decoder.check
  }

  decode(out: OutputQueue, limit: number): Stop {
    const { input, memoryLimit } = this
    if (this.decoder === null) {
      if (input.available === 0) return 'input'
      this.decoder =
        input.bytes[input.at] === STREAM_MAGIC[0]
          ? new XzDecoder(input, memoryLimit)
          : new AloneDecoder(input, memoryLimit, true)
    }
    return this.decoder.decode(out, limit)
  }
}
