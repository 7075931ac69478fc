import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { defineType, tpInit } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import { conversions, newException, valueError } from '../../objects/errors.ts'
import { PyExc_EOFError } from '../../objects/exception_types.ts'
import { newOf } from '../../objects/instance.ts'
import { newBytes } from '../../objects/make.ts'
import type { PyObject, Value } from '../../objects/object.ts'
import { builtinType, None } from '../../objects/types.ts'
import { exceptionClass } from '../exception_class.ts'
import { OutputBuffer } from '../output_buffer.ts'
import { ByteInput } from './byte_input.ts'
import { CHECK_CRC32, CHECK_CRC64, CHECK_ID_MAX, CHECK_NONE, CHECK_SHA256, isCheckSupported } from './checks.ts'
import { aloneEncoder, type ContainerEncoder, rawEncoder, xzEncoder } from './container_encoder.ts'
import { LzmaFault, OPTIONS_ERROR } from './fault.ts'
import {
  checkChain,
  decodeProperties,
  encodeProperties,
  FILTER_DELTA,
  FILTER_LZMA1,
  FILTER_LZMA2,
  type LzmaOptions,
  PRESET_DEFAULT,
  PRESET_EXTREME,
  presetOptions,
} from './filter_chain.ts'
import {
  describeFilter,
  filterId,
  lzmaPreset,
  parseFilter,
  parseFilters,
  toUnsigned32,
  toUnsigned64,
} from './filter_spec.ts'
import { OutputQueue } from './output_queue.ts'
import { AloneDecoder, AutoDecoder, type ContainerDecoder, RawDecoder } from './stream_decoders.ts'
import { XzDecoder } from './xz_decoder.ts'
import { joinBytes } from './xz_format.ts'

const FORMAT_AUTO = 0
const FORMAT_XZ = 1
const FORMAT_ALONE = 2
const FORMAT_RAW = 3
const CHECK_UNKNOWN = CHECK_ID_MAX + 1

const LZMAError = exceptionClass('_lzma', 'LZMAError')

/** All data is kept until `flush`, which encodes it; `encode` is `null` afterwards. */
interface CompressorData {
  encode: ContainerEncoder | null
  parts: Uint8Array[]
}

interface DecompressorData {
  input: ByteInput
  decoder: ContainerDecoder
  readonly out: OutputQueue
  /** Whether the decoder has come to its end; there may be more in `out`. */
  hasEnded: boolean
  eof: boolean
  needsInput: boolean
  unusedData: Owned<Value>
}

type PyCompressor = PyObject<CompressorData>
type PyDecompressor = PyObject<DecompressorData>

const compressorType = builtinType<PyCompressor>('_lzma.LZMACompressor')
const decompressorType = builtinType<PyDecompressor>('_lzma.LZMADecompressor')

function aloneOptions(preset: number, filters: Value): LzmaOptions {
  if (filters === None) return lzmaPreset(preset, LZMAError)
  const chain = parseFilters(filters, LZMAError)
  const [first] = chain
  if (chain.length !== 1 || first!.id !== FILTER_LZMA1) {
    throw valueError('Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter')
  }
  return (first as { options: LzmaOptions }).options
}

function encoderFor(format: number, check: number, presetValue: Value, filters: Value): ContainerEncoder {
  if (format !== FORMAT_XZ && check !== -1 && check !== CHECK_NONE) {
    throw valueError('Integrity checks are only supported by FORMAT_XZ')
  }
  if (presetValue !== None && filters !== None) throw valueError('Cannot specify both preset and filter chain')
  const preset = presetValue === None ? PRESET_DEFAULT : toUnsigned32(presetValue)
  switch (format) {
    case FORMAT_XZ: {
      const checkId = check === -1 ? CHECK_CRC64 : check
      if (filters !== None) return xzEncoder(parseFilters(filters, LZMAError), checkId)
      const options = presetOptions(preset)
      if (options === null) throw new LzmaFault(OPTIONS_ERROR)
      return xzEncoder([{ id: FILTER_LZMA2, options }], checkId)
    }
    case FORMAT_ALONE:
      return aloneEncoder(aloneOptions(preset, filters))
    case FORMAT_RAW:
      if (filters === None) throw valueError('Must specify filters for FORMAT_RAW')
      return rawEncoder(parseFilters(filters, LZMAError))
    default:
      throw valueError(`Invalid container format: ${format}`)
  }
}

function decoderFor(input: ByteInput, format: number, limitValue: Value, filters: Value): ContainerDecoder {
  if (limitValue !== None && format === FORMAT_RAW) throw valueError('Cannot specify memory limit with FORMAT_RAW')
  const limit = limitValue === None ? null : toUnsigned64(limitValue)
  if (format === FORMAT_RAW && filters === None) throw valueError('Must specify filters for FORMAT_RAW')
  if (format !== FORMAT_RAW && filters !== None) throw valueError('Cannot specify filters except with FORMAT_RAW')
  switch (format) {
    case FORMAT_AUTO:
      return new AutoDecoder(input, limit)
    case FORMAT_XZ:
      return new XzDecoder(input, limit)
    case FORMAT_ALONE:
      return new AloneDecoder(input, limit, false)
    case FORMAT_RAW: {
      const chain = parseFilters(filters, LZMAError)
      checkChain(chain, false, true)
      return new RawDecoder(input, chain)
    }
    default:
      throw valueError(`Invalid container format: ${format}`)
  }
}

/** Fills blocks until the limit, the end, or the input's; gives what is in them, and whether the last is full. */
function fill(data: DecompressorData, maxLength: number): [Uint8Array, boolean] {
  const { decoder, out } = data
  const buffer = new OutputBuffer(maxLength)
  let { block } = buffer
  let to = 0
  for (;;) {
    const stop = data.hasEnded ? 'end' : decoder.decode(out, block.length - to)
    data.hasEnded = stop === 'end'
    to += out.drainTo(block, to)
    if (data.hasEnded && out.length === 0) {
      data.eof = true
      break
    }
    if (to === block.length) {
      if (buffer.isFull(0)) break
      block = buffer.grow()
      to = 0
    } else if (stop === 'input') break
  }
  return [buffer.finish(block.length - to), to === block.length]
}

function decompress({ data }: PyDecompressor, input: Uint8Array, maxLength: number): Owned<Value> {
  if (data.eof) throw newException(PyExc_EOFError, ['Already at end of stream'])
  data.input.feed(input)
  const [bytes, isFull] = fill(data, maxLength)
  const rest = data.input.available
  data.needsInput = !data.eof && rest === 0 && !isFull
  if (data.eof && rest > 0) {
    const old = data.unusedData
    data.unusedData = newBytes(data.input.takeRest())
    drop(old)
  }
  return newBytes(bytes)
}

function defineCompressor(): void {
  defineType(compressorType, () => ({
    slots: {
      tp_new: (type) => newOf<CompressorData>(type, { encode: null, parts: [] }),
      tp_init: tpInit(
        'LZMACompressor(format: int = 1, check: int = -1, preset = None, filters = None)',
        ({ data }: PyCompressor, format, check, preset, filters) => {
          data.encode = encoderFor(format, check, preset, filters)
          data.parts = []
        },
      ),
    },
    methods: {
      'compress(data: bytes, /)': ({ data }, bytes) => {
        if (data.encode === null) throw valueError('Compressor has been flushed')
        data.parts.push(bytes.slice())
        return newBytes(new Uint8Array(0))
      },
      'flush()': ({ data }) => {
        const { encode } = data
        if (encode === null) throw valueError('Repeated call to flush()')
        const all = joinBytes(data.parts)
        data.encode = null
        data.parts = []
        return newBytes(encode(all))
      },
    },
  }))
}

function defineDecompressor(): void {
  defineType(decompressorType, () => ({
    signature: '(format=FORMAT_AUTO, memlimit=None, filters=None)',
    slots: {
      tp_new: (type) => {
        const input = new ByteInput()
        return newOf<DecompressorData>(type, {
          input,
          decoder: new AutoDecoder(input, null),
          out: new OutputQueue(),
          hasEnded: false,
          eof: false,
          needsInput: true,
          unusedData: newBytes(new Uint8Array(0)),
        })
      },
      tp_init: tpInit(
        'LZMADecompressor(format: int = 0, memlimit = None, filters = None)',
        ({ data }: PyDecompressor, format, memlimit, filters) => {
          const input = new ByteInput()
          data.decoder = decoderFor(input, format, memlimit, filters)
          data.input = input
          data.out.takeAll()
          data.hasEnded = false
          data.eof = false
          data.needsInput = true
        },
      ),
      tp_dealloc: ({ data }) => drop(data.unusedData),
    },
    methods: { 'decompress(data: bytes, max_length: ssize = -1)': decompress },
    members: {
      check: ({ data }): Owned<Value> => data.decoder.check ?? CHECK_UNKNOWN,
      eof: ({ data }): Owned<Value> => data.eof,
      needs_input: ({ data }): Owned<Value> => data.needsInput,
      unused_data: ({ data }) => keep(data.unusedData),
    },
  }))
}

const constants = {
  FORMAT_AUTO,
  FORMAT_XZ,
  FORMAT_ALONE,
  FORMAT_RAW,
  CHECK_NONE,
  CHECK_CRC32,
  CHECK_CRC64,
  CHECK_SHA256,
  CHECK_ID_MAX,
  CHECK_UNKNOWN,
  FILTER_LZMA1,
  FILTER_LZMA2,
  FILTER_DELTA,
  FILTER_X86: 4,
  FILTER_POWERPC: 5,
  FILTER_IA64: 6,
  FILTER_ARM: 7,
  FILTER_ARMTHUMB: 8,
  FILTER_SPARC: 9,
  MF_HC3: 0x03,
  MF_HC4: 0x04,
  MF_BT2: 0x12,
  MF_BT3: 0x13,
  MF_BT4: 0x14,
  MODE_FAST: 1,
  MODE_NORMAL: 2,
  PRESET_DEFAULT,
  PRESET_EXTREME,
}

/** The module `_lzma`. */
export const lzmaModule = defineModule('_lzma', () => {
  defineType(LZMAError, () => ({}))
  defineCompressor()
  defineDecompressor()
  conversions.push((error) => (error instanceof LzmaFault ? newException(LZMAError, [error.message]) : undefined))
  return {
    functions: {
      'is_check_supported(check_id: int, /)': (id) => isCheckSupported(id),
      '_encode_filter_properties(filter, /)': (spec) => newBytes(encodeProperties(parseFilter(spec, LZMAError))),
      '_decode_filter_properties(filter_id, encoded_props: bytes, /)': (id, properties) =>
        describeFilter(decodeProperties(filterId(toUnsigned64(id)), properties)),
    },
    types: [compressorType, decompressorType, LZMAError],
    attributes: constants,
  }
})
