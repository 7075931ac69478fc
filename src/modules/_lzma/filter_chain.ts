import type { ByteInput } from './byte_input.ts'
import { LzmaFault, OPTIONS_ERROR, PROGRAM_ERROR } from './fault.ts'
import type { Stop } from './lzma_decoder.ts'
import { Lzma1Decoder, Lzma2Decoder, type StreamDecoder } from './lzma2_decoder.ts'
import { type LiteralParameters, packParameters, unpackParameters } from './model.ts'
import { OutputQueue } from './output_queue.ts'
import { BranchFilter, branchConverters, DeltaFilter, type SimpleFilter } from './simple_filters.ts'

export const FILTER_LZMA1 = 0x4000000000000001n
export const FILTER_LZMA2 = 0x21
export const FILTER_DELTA = 3
export const FILTERS_MAX = 4

const MODE_FAST = 1
const MODE_NORMAL = 2
const MATCH_FINDERS = [0x03, 0x04, 0x12, 0x13, 0x14]
const DICTIONARY_MIN = 4096
const DICTIONARY_MAX = 1.5 * 2 ** 30

/** The options of LZMA and LZMA2. */
export interface LzmaOptions extends LiteralParameters {
  dict_size: number
  lc: number
  lp: number
  pb: number
  mode: number
  nice_len: number
  mf: number
  depth: number
}

/** A filter and its options. */
export type Filter =
  | { readonly id: typeof FILTER_LZMA1 | typeof FILTER_LZMA2; readonly options: LzmaOptions }
  | { readonly id: typeof FILTER_DELTA; readonly dist: number }
  | { readonly id: 4 | 5 | 6 | 7 | 8 | 9; readonly start_offset: number }

export const PRESET_DEFAULT = 6
export const PRESET_EXTREME = 2 ** 31
const PRESET_DICTIONARY_BITS = [18, 20, 21, 22, 22, 23, 23, 24, 25, 26]

/** The options of a preset; `null` for a number that is none. */
export function presetOptions(preset: number): LzmaOptions | null {
  const isExtreme = preset >= PRESET_EXTREME
  const level = isExtreme ? preset - PRESET_EXTREME : preset
  const bits = PRESET_DICTIONARY_BITS[level]
  if (bits === undefined) return null
  const isFast = level < 4 && !isExtreme
  return {
    dict_size: 2 ** bits,
    lc: 3,
    lp: 0,
    pb: 2,
    mode: isFast ? MODE_FAST : MODE_NORMAL,
    nice_len: isExtreme
      ? level === 3 || level === 5
        ? 192
        : 273
      : level < 2
        ? 128
        : level < 6
          ? level === 5
            ? 32
            : level === 4
              ? 16
              : 273
          : 64,
    mf: level === 0 && !isExtreme ? 0x03 : isFast ? 0x04 : 0x14,
    depth: isExtreme ? (level === 3 || level === 5 ? 0 : 512) : ([4, 8, 24, 48][level] ?? 0),
  }
}

function checkOptions({ dict_size, lc, lp, pb, mode, nice_len, mf }: LzmaOptions, isEncoder: boolean): void {
  const fits = lc <= 4 && lp <= 4 && lc + lp <= 4 && pb <= 4
  const encodes =
    dict_size >= DICTIONARY_MIN &&
    dict_size <= DICTIONARY_MAX &&
    (mode === MODE_FAST || mode === MODE_NORMAL) &&
    nice_len >= 2 &&
    nice_len <= 273 &&
    MATCH_FINDERS.includes(mf)
  if (!fits || (isEncoder && !encodes)) throw new LzmaFault(OPTIONS_ERROR)
}

/** Checks that filters can stand one after the other: all but the last keep the number of bytes. */
export function checkChain(filters: readonly Filter[], isEncoder: boolean, allowsLzma1: boolean): void {
  const last = filters.at(-1)
  if (last === undefined) throw new LzmaFault(PROGRAM_ERROR)
  filters.forEach((filter, i) => {
    if ('options' in filter !== (i === filters.length - 1)) throw new LzmaFault(OPTIONS_ERROR)
    if (filter.id === FILTER_LZMA1 && !allowsLzma1) throw new LzmaFault(isEncoder ? PROGRAM_ERROR : OPTIONS_ERROR)
    // LZMA2 reads its parameters from the stream.
    if ('options' in filter) {
      if (isEncoder || filter.id === FILTER_LZMA1) checkOptions(filter.options, isEncoder)
    } else checkSimple(filter)
  })
}

function checkSimple(filter: Exclude<Filter, { options: LzmaOptions }>): void {
  if (filter.id === FILTER_DELTA) {
    if (filter.dist < 1 || filter.dist > 256) throw new LzmaFault(OPTIONS_ERROR)
    return
  }
  const alignment = new Map<number, number>([
    [4, 1],
    [6, 16],
    [8, 2],
  ]).get(filter.id)
  if (filter.start_offset % (alignment ?? 4) !== 0) throw new LzmaFault(OPTIONS_ERROR)
}

/** What filters before the last one do. */
export function simpleFilters(filters: readonly Filter[], isEncoder: boolean): SimpleFilter[] {
  return filters.slice(0, -1).map((filter) => {
    if (filter.id === FILTER_DELTA) return new DeltaFilter((filter as { dist: number }).dist, isEncoder)
    const { id, start_offset } = filter as { id: number; start_offset: number }
    return new BranchFilter(branchConverters.get(id)!(), start_offset, isEncoder)
  })
}

/** How much is decoded before it passes the other filters. */
const SLICE = 1 << 16

/** Decodes what a chain of filters has encoded. */
export class ChainDecoder {
  private readonly last: StreamDecoder
  private readonly filters: SimpleFilter[]
  private readonly raw = new OutputQueue()
  private readonly seen: ((bytes: Uint8Array) => void) | null

  /** `seen` is shown all that is decoded. */
  constructor(filters: readonly Filter[], seen: ((bytes: Uint8Array) => void) | null) {
    const last = filters.at(-1) as { id: bigint | number; options: LzmaOptions }
    const { options } = last
    this.last =
      last.id === FILTER_LZMA1
        ? new Lzma1Decoder(options, options.dict_size, Number.POSITIVE_INFINITY)
        : new Lzma2Decoder(options.dict_size)
    // The last of the encoder's filters is the first to be undone.
    this.filters = simpleFilters(filters, false).reverse()
    this.seen = seen
  }

  decode(input: ByteInput, out: OutputQueue, limit: number): Stop {
    for (;;) {
      const room = Math.max(1, Math.min(limit - out.length, SLICE))
      let stop: Stop
      try {
        stop = this.last.decode(input, this.raw, room)
      } catch (error) {
        this.pass(out, false)
        throw error
      }
      this.pass(out, stop === 'end')
      if (stop !== 'output' || out.length >= limit) return stop
    }
  }

  private pass(out: OutputQueue, isEnd: boolean): void {
    let bytes = this.raw.takeAll()
    for (const filter of this.filters) bytes = filter.process(bytes, isEnd)
    this.seen?.(bytes)
    out.append(bytes)
  }
}

function dictionaryCode(size: number): number {
  for (let code = 0; code < 40; code++) if (dictionaryOf(code) >= size) return code
  return 40
}

/** The size of a dictionary that a byte stands for: 2^n or 3·2^(n−1). */
function dictionaryOf(code: number): number {
  return code === 40 ? 2 ** 32 - 1 : (2 + (code & 1)) * 2 ** ((code >> 1) + 11)
}

const uint32 = (value: number) => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24)

/** The properties of a filter as streams hold them. */
export function encodeProperties(filter: Filter): Uint8Array {
  if ('options' in filter) {
    const { options } = filter
    if (filter.id === FILTER_LZMA2) return Uint8Array.of(dictionaryCode(Math.max(options.dict_size, DICTIONARY_MIN)))
    checkOptions(options, false)
    return Uint8Array.of(packParameters(options), ...uint32(options.dict_size))
  }
  checkSimple(filter)
  if ('dist' in filter) return Uint8Array.of(filter.dist - 1)
  return filter.start_offset === 0 ? new Uint8Array(0) : uint32(filter.start_offset)
}

/** The filter of an id and its properties; throws for what there is not. */
export function decodeProperties(id: bigint | number, properties: Uint8Array): Filter {
  const view = new DataView(properties.buffer, properties.byteOffset, properties.byteLength)
  const wrong = new LzmaFault(OPTIONS_ERROR)
  const base = presetOptions(PRESET_DEFAULT)!
  if (id === FILTER_LZMA1) {
    const parameters = properties.length === 5 ? unpackParameters(properties[0]!) : null
    if (parameters === null) throw wrong
    return { id: FILTER_LZMA1, options: { ...base, ...parameters, dict_size: view.getUint32(1, true) } }
  }
  if (id === FILTER_LZMA2) {
    if (properties.length !== 1 || properties[0]! > 40) throw wrong
    return { id: FILTER_LZMA2, options: { ...base, dict_size: dictionaryOf(properties[0]!) } }
  }
  if (id === FILTER_DELTA) {
    if (properties.length !== 1) throw wrong
    return { id: FILTER_DELTA, dist: properties[0]! + 1 }
  }
  if (!branchConverters.has(Number(id))) throw wrong
  if (properties.length !== 0 && properties.length !== 4) throw wrong
  const start_offset = properties.length === 0 ? 0 : view.getUint32(0, true)
  return { id: Number(id) as 4, start_offset }
}

/** Memory that decoding takes, as liblzma reckons it, but for its small parts. */
export function decoderMemory(filters: readonly Filter[]): number {
  const last = filters.at(-1)!
  return 32768 + ('options' in last ? last.options.dict_size : 0)
}
