import { CHECK_ID_MAX, CHECK_SIZES, isCheckSupported, newCheck } from './checks.ts'
import { CHECK_ERROR, LzmaFault, PROGRAM_ERROR } from './fault.ts'
import {
  checkChain,
  encodeProperties,
  FILTER_LZMA1,
  type Filter,
  type LzmaOptions,
  simpleFilters,
} from './filter_chain.ts'
import { encodeLzma1, encodeLzma2 } from './lzma_encoder.ts'
import { packParameters } from './model.ts'
import { crcBytes, encodeNumber, FOOTER_MAGIC, joinBytes, paddingFor, STREAM_MAGIC } from './xz_format.ts'

/** Writes a whole container around data. */
export type ContainerEncoder = (data: Uint8Array) => Uint8Array

/** What a chain of filters makes of data. */
function encodeChain(data: Uint8Array, filters: readonly Filter[]): Uint8Array {
  let bytes = data
  for (const filter of simpleFilters(filters, true)) bytes = filter.process(bytes, true)
  const { id, options } = filters.at(-1) as { id: bigint | number; options: LzmaOptions }
  return id === FILTER_LZMA1 ? encodeLzma1(bytes, options) : joinBytes(encodeLzma2(bytes, options))
}

/** The header of a block without sizes. */
function blockHeader(filters: readonly Filter[]): Uint8Array {
  const flags = filters.map((filter) => {
    const properties = encodeProperties(filter)
    return joinBytes([encodeNumber(filter.id), encodeNumber(properties.length), properties])
  })
  const body = joinBytes([Uint8Array.of(0, filters.length - 1), ...flags])
  const padded = joinBytes([body, paddingFor(body.length)])
  padded[0] = (padded.length + 4) / 4 - 1
  return joinBytes([padded, crcBytes(padded)])
}

function encodeXz(data: Uint8Array, filters: readonly Filter[], checkId: number): Uint8Array {
  const flags = Uint8Array.of(0, checkId)
  const parts = [STREAM_MAGIC, flags, crcBytes(flags)]
  const index = [Uint8Array.of(0), encodeNumber(data.length === 0 ? 0 : 1)]
  if (data.length > 0) {
    const header = blockHeader(filters)
    const coded = encodeChain(data, filters)
    const check = newCheck(checkId)
    check?.update(data)
    parts.push(header, coded, paddingFor(coded.length), check?.digest() ?? new Uint8Array(0))
    index.push(encodeNumber(header.length + coded.length + CHECK_SIZES[checkId]!), encodeNumber(data.length))
  }
  const body = joinBytes(index)
  const padded = joinBytes([body, paddingFor(body.length)])
  const footer = new Uint8Array(6)
  new DataView(footer.buffer).setUint32(0, (padded.length + 4) / 4 - 1, true)
  footer.set(flags, 4)
  return joinBytes([...parts, padded, crcBytes(padded), crcBytes(footer), footer, FOOTER_MAGIC])
}

/** The .xz format. Throws for filters and checks that it cannot have. */
export function xzEncoder(filters: readonly Filter[], check: number): ContainerEncoder {
  if (check < 0 || check > CHECK_ID_MAX) throw new LzmaFault(PROGRAM_ERROR)
  if (!isCheckSupported(check)) throw new LzmaFault(CHECK_ERROR)
  checkChain(filters, true, false)
  return (data) => encodeXz(data, filters, check)
}

/** The least power of two, or one and a half of one, that is no less than a size. */
function roundDictionary(size: number): number {
  const power = 2 ** Math.floor(Math.log2(size))
  return size === power ? size : size <= power * 1.5 ? power * 1.5 : 2 * power
}

/** The .lzma format, of unknown size. */
export function aloneEncoder(options: LzmaOptions): ContainerEncoder {
  checkChain([{ id: FILTER_LZMA1, options }], true, true)
  return (data) => {
    const header = new Uint8Array(13).fill(0xff)
    header[0] = packParameters(options)
    new DataView(header.buffer).setUint32(1, Math.min(roundDictionary(options.dict_size), 0xffffffff), true)
    return joinBytes([header, encodeLzma1(data, options)])
  }
}

/** Filters without a container. */
export function rawEncoder(filters: readonly Filter[]): ContainerEncoder {
  checkChain(filters, true, true)
  return (data) => encodeChain(data, filters)
}
