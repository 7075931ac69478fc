import { ByteInput } from './byte_input.ts'
import { CHECK_ID_MAX, CHECK_SIZES, type Check, newCheck } from './checks.ts'
import { DATA_ERROR, FORMAT_ERROR, LzmaFault, MEMLIMIT_ERROR, NEEDS_INPUT, OPTIONS_ERROR } from './fault.ts'
import { ChainDecoder, checkChain, decodeProperties, decoderMemory, type Filter } from './filter_chain.ts'
import type { Stop } from './lzma_decoder.ts'
import type { OutputQueue } from './output_queue.ts'
import { crcBytes, equalBytes, FOOTER_MAGIC, HEADER_SIZE, readNumber, STREAM_MAGIC } from './xz_format.ts'

/** A block of the stream, as the index must repeat it. */
interface BlockSizes {
  readonly unpadded: bigint
  readonly uncompressed: bigint
}

/** What a block's header says. */
interface BlockHeader {
  readonly filters: readonly Filter[]
  readonly compressed: bigint | null
  readonly uncompressed: bigint | null
}

type Phase = 'header' | 'block' | 'data' | 'check' | 'index' | 'footer' | 'end'

/** A file in the .xz format: one stream of blocks. */
export class XzDecoder {
  /** The id of the stream's check; `null` until it is known. */
  check: number | null = null
  private readonly input: ByteInput
  private readonly memoryLimit: bigint | null
  private phase: Phase = 'header'
  private flags: Uint8Array = new Uint8Array(2)
  private header: BlockHeader | null = null
  private headerSize = 0
  private chain: ChainDecoder | null = null
  private sum: Check | null = null
  private compressed = 0
  private uncompressed = 0
  private readonly blocks: BlockSizes[] = []
  private indexSize = 0

  constructor(input: ByteInput, memoryLimit: bigint | null) {
    this.input = input
    this.memoryLimit = memoryLimit
  }

  /** Decodes until `out` holds `limit` bytes, the input is used up, or the stream ends. */
  decode(out: OutputQueue, limit: number): Stop {
    for (;;) {
      if (this.phase === 'end') return 'end'
      if (this.phase === 'data') {
        const stop = this.decodeData(out, limit)
        if (stop !== 'end') return stop
        this.phase = 'check'
        continue
      }
      const mark = this.input.at
      try {
        this.readPart()
      } catch (error) {
        if (error !== NEEDS_INPUT) throw error
        this.input.hold(mark)
        return 'input'
      }
    }
  }

  private readPart(): void {
    switch (this.phase) {
      case 'header':
        this.readStreamHeader()
        return
      case 'block':
        this.readBlockHeader()
        return
      case 'check':
        this.readCheck()
        return
      case 'index':
        this.readIndex()
        return
      default:
        this.readFooter()
    }
  }

  private decodeData(out: OutputQueue, limit: number): Stop {
    const { input } = this
    const from = input.at
    try {
      return this.chain!.decode(input, out, limit)
    } catch (error) {
      if (error !== NEEDS_INPUT) throw error
      return 'input'
    } finally {
      this.compressed += input.at - from
    }
  }

  private readStreamHeader(): void {
    const bytes = this.input.take(HEADER_SIZE)
    if (!equalBytes(bytes.subarray(0, 6), STREAM_MAGIC)) throw new LzmaFault(FORMAT_ERROR)
    const flags = bytes.slice(6, 8)
    if (!equalBytes(crcBytes(flags), bytes.subarray(8))) throw new LzmaFault(DATA_ERROR)
    if (flags[0] !== 0 || flags[1]! > CHECK_ID_MAX) throw new LzmaFault(OPTIONS_ERROR)
    this.flags = flags
    this.check = flags[1]!
    this.phase = 'block'
  }

  private readBlockHeader(): void {
    const { input } = this
    const first = input.byte()
    if (first === 0) {
      this.phase = 'index'
      this.indexSize = 1
      return
    }
    const size = (first + 1) * 4
    input.at--
    const bytes = input.take(size)
    if (!equalBytes(crcBytes(bytes.subarray(0, size - 4)), bytes.subarray(size - 4))) throw new LzmaFault(DATA_ERROR)
    const header = parseBlockHeader(bytes.subarray(1, size - 4))
    checkChain(header.filters, false, false)
    if (this.memoryLimit !== null && decoderMemory(header.filters) > this.memoryLimit) {
      throw new LzmaFault(MEMLIMIT_ERROR)
    }
    this.header = header
    this.headerSize = size
    this.sum = newCheck(this.check!)
    this.compressed = 0
    this.uncompressed = 0
    this.chain = new ChainDecoder(header.filters, (decoded) => {
      this.uncompressed += decoded.length
      this.sum?.update(decoded)
    })
    this.phase = 'data'
  }

  /** Reads what follows a block's data: padding and its check. */
  private readCheck(): void {
    const { compressed, uncompressed } = this.header!
    if (compressed !== null && compressed !== BigInt(this.compressed)) throw new LzmaFault(DATA_ERROR)
    if (uncompressed !== null && uncompressed !== BigInt(this.uncompressed)) throw new LzmaFault(DATA_ERROR)
    const checkSize = CHECK_SIZES[this.check!]!
    const padding = (4 - (this.compressed % 4)) % 4
    const bytes = this.input.take(padding + checkSize)
    if (bytes.subarray(0, padding).some((byte) => byte !== 0)) throw new LzmaFault(DATA_ERROR)
    if (this.sum !== null && !equalBytes(this.sum.digest(), bytes.subarray(padding))) throw new LzmaFault(DATA_ERROR)
    this.blocks.push({
      unpadded: BigInt(this.headerSize + this.compressed + checkSize),
      uncompressed: BigInt(this.uncompressed),
    })
    this.chain = null
    this.phase = 'block'
  }

  /** Reads the index, whose first byte has been taken already. */
  private readIndex(): void {
    const { input, blocks } = this
    const from = input.at
    const wrong = () => new LzmaFault(DATA_ERROR)
    if (readNumber(input) !== BigInt(blocks.length)) throw wrong()
    for (const block of blocks) {
      if (readNumber(input) !== block.unpadded || readNumber(input) !== block.uncompressed) throw wrong()
    }
    const size = 1 + input.at - from
    const padding = input.take((4 - (size % 4)) % 4)
    if (padding.some((byte) => byte !== 0)) throw wrong()
    const body = new Uint8Array(1 + input.at - from)
    body.set(input.bytes.subarray(from, input.at), 1)
    if (!equalBytes(crcBytes(body), input.take(4))) throw wrong()
    this.indexSize = body.length + 4
    this.phase = 'footer'
  }

  private readFooter(): void {
    const bytes = this.input.take(HEADER_SIZE)
    const wrong = () => new LzmaFault(DATA_ERROR)
    if (!equalBytes(bytes.subarray(10), FOOTER_MAGIC)) throw wrong()
    if (!equalBytes(crcBytes(bytes.subarray(4, 10)), bytes.subarray(0, 4))) throw wrong()
    const backward = (new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) + 1) * 4
    if (backward !== this.indexSize || !equalBytes(bytes.subarray(8, 10), this.flags)) throw wrong()
    this.phase = 'end'
  }
}

/** The header of a block without its size and its check. */
function parseBlockHeader(bytes: Uint8Array): BlockHeader {
  const input = new ByteInput()
  input.feed(bytes)
  try {
    const flags = input.byte()
    if ((flags & 0x3c) !== 0) throw new LzmaFault(OPTIONS_ERROR)
    const compressed = (flags & 0x40) !== 0 ? readNumber(input) : null
    const uncompressed = (flags & 0x80) !== 0 ? readNumber(input) : null
    const filters: Filter[] = []
    for (let i = 0; i <= (flags & 3); i++) {
      const id = readNumber(input)
      const size = Number(readNumber(input))
      filters.push(decodeProperties(id === BigInt(Number(id)) && id < 2n ** 53n ? Number(id) : id, input.take(size)))
    }
    if (input.takeRest().some((byte) => byte !== 0)) throw new LzmaFault(OPTIONS_ERROR)
    return { filters, compressed, uncompressed }
  } catch (error) {
    if (error === NEEDS_INPUT) throw new LzmaFault(DATA_ERROR)
    throw error
  }
}
