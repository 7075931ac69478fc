import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { toCInt } from '../../objects/arguments.ts'
import { defineType, tpInit } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import { newException, valueError } from '../../objects/errors.ts'
import { PyExc_EOFError, PyExc_OSError } from '../../objects/exception_types.ts'
import { newOf } from '../../objects/instance.ts'
import { newBytes } from '../../objects/make.ts'
import type { PyObject, Value } from '../../objects/object.ts'
import { builtinType } from '../../objects/types.ts'
import { OutputBuffer } from '../output_buffer.ts'
import { Bz2Decoder } from './decoder.ts'
import { Bz2Encoder } from './encoder.ts'

/** The encoder of a compressor; `null` once it has been flushed. */
type PyCompressor = PyObject<{ encoder: Bz2Encoder | null }>

interface DecompressorData {
  decoder: Bz2Decoder
  unusedData: Owned<Value>
  needsInput: boolean
}

type PyDecompressor = PyObject<DecompressorData>

const compressorType = builtinType<PyCompressor>('_bz2.BZ2Compressor')
const decompressorType = builtinType<PyDecompressor>('_bz2.BZ2Decompressor')

const invalidStream = () => newException(PyExc_OSError, ['Invalid data stream'])
const newDecoder = () => new Bz2Decoder(invalidStream)

function decompress({ data }: PyDecompressor, input: Uint8Array, maxLength: number): Owned<Value> {
  const { decoder } = data
  if (decoder.isAtEnd) throw newException(PyExc_EOFError, ['End of stream already reached'])
  decoder.input.feed(input)
  const buffer = new OutputBuffer(maxLength)
  let block = buffer.block
  let to = decoder.decode(block, 0)
  // Where no input is left CPython does not ask for more, even if the first block of output was too small for all.
  while (!decoder.isAtEnd && decoder.input.available > 0 && to === block.length && !buffer.isFull(0)) {
    block = buffer.grow()
    to = decoder.decode(block, 0)
  }
  const rest = decoder.input.available
  data.needsInput = !decoder.isAtEnd && rest === 0
  if (decoder.isAtEnd && rest > 0) {
    const old = data.unusedData
    data.unusedData = newBytes(decoder.input.takeRest())
    drop(old)
  }
  return newBytes(buffer.finish(block.length - to))
}

function defineTypes(): void {
  defineType(compressorType, () => ({
    signature: '(compresslevel=9, /)',
    slots: {
      tp_new: (type) => newOf<PyCompressor['data']>(type, { encoder: null }),
      tp_init: tpInit('BZ2Compressor(compresslevel = 9, /)', ({ data }: PyCompressor, compresslevel) => {
        const level = toCInt(compresslevel)
        if (level < 1 || level > 9) throw valueError('compresslevel must be between 1 and 9')
        data.encoder = new Bz2Encoder(level)
      }),
    },
    methods: {
      'compress(data: bytes, /)': ({ data }, input) => {
        if (data.encoder === null) throw valueError('Compressor has been flushed')
        return newBytes(data.encoder.write(input))
      },
      'flush()': ({ data }) => {
        const { encoder } = data
        if (encoder === null) throw valueError('Repeated call to flush()')
        data.encoder = null
        return newBytes(encoder.finish())
      },
    },
  }))
  defineType(decompressorType, () => ({
    signature: '()',
    slots: {
      tp_new: (type) =>
        newOf<DecompressorData>(type, {
          decoder: newDecoder(),
          unusedData: newBytes(new Uint8Array(0)),
          needsInput: true,
        }),
      tp_init: tpInit('BZ2Decompressor()', ({ data }: PyDecompressor) => {
        data.decoder = newDecoder()
        data.needsInput = true
      }),
      tp_dealloc: ({ data }) => drop(data.unusedData),
    },
    methods: { 'decompress(data: bytes, max_length: ssize = -1)': decompress },
    members: {
      eof: ({ data }): Owned<Value> => data.decoder.isAtEnd,
      unused_data: ({ data }) => keep(data.unusedData),
      needs_input: ({ data }): Owned<Value> => data.needsInput,
    },
  }))
}

/** The module `_bz2`. */
export const bz2Module = defineModule('_bz2', () => {
  defineTypes()
  return { types: [compressorType, decompressorType] }
})
