import {
  type Z_FlushMode,
  type Z_Strategy,
  ZStream,
  zlibDeflate,
  zlibDeflateEnd,
  zlibDeflateInit2,
  zlibDeflateSetDictionary,
} from 'pako'
import type { Owned } from '../../memory/header.ts'
import { defineType } from '../../objects/define.ts'
import { newException, valueError } from '../../objects/errors.ts'
import { newBytes } from '../../objects/make.ts'
import { newObject, type PyObject, TPFLAGS_DISALLOW_INSTANTIATION, type Value } from '../../objects/object.ts'
import { builtinType } from '../../objects/types.ts'
import { OutputBuffer } from '../output_buffer.ts'
import { copyStream } from './copy.ts'
import { Z_BUF_ERROR, Z_STREAM_ERROR, ZlibError, zlibError } from './error.ts'

export const DEF_MEM_LEVEL = 8
const DEFLATED = 8
const Z_NO_FLUSH = 0
const Z_FINISH = 4
const Z_BLOCK = 5
const Z_OK = 0
const Z_STREAM_END = 1

export interface CompressOptions {
  readonly level: number
  readonly method?: number
  readonly wbits: number
  readonly memLevel?: number
  readonly strategy?: number
}

type PyCompress = PyObject<{ readonly stream: ZStream }>

const compressType = builtinType<PyCompress>('zlib.Compress', TPFLAGS_DISALLOW_INSTANTIATION)

const NOTHING = new Uint8Array(0)

/** A stream; `null` where the library refuses the options. The hash is zlib's own: with it the bytes are zlib's, too. */
function openStream({ level, method = DEFLATED, wbits, memLevel = DEF_MEM_LEVEL, strategy = 0 }: CompressOptions) {
  const stream = new ZStream()
  const status = zlibDeflateInit2(stream, level, method, wbits, memLevel, strategy as Z_Strategy, true)
  return status === Z_OK ? stream : null
}

/** Runs the stream until it has no more to write; gives that and the last status. */
function deflate(stream: ZStream, input: Uint8Array, flush: number, doing: string): [Uint8Array, number] {
  const buffer = new OutputBuffer(-1)
  stream.input = input
  stream.next_in = 0
  stream.avail_in = input.length
  stream.output = buffer.block
  stream.next_out = 0
  stream.avail_out = stream.output.length
  let status: number
  do {
    if (stream.avail_out === 0) {
      stream.output = buffer.grow()
      stream.next_out = 0
      stream.avail_out = stream.output.length
    }
    status = zlibDeflate(stream, flush as Z_FlushMode)
    if (status === Z_STREAM_ERROR) throw zlibError(stream, status, doing)
  } while (stream.avail_out === 0)
  const out = buffer.finish(stream.avail_out)
  stream.input = NOTHING
  stream.output = NOTHING as Uint8Array<ArrayBuffer>
  return [out, status]
}

/** `zlib.compress`. */
export function compress(data: Uint8Array, options: CompressOptions): Uint8Array {
  const stream = openStream(options)
  if (stream === null) throw newException(ZlibError, ['Bad compression level'])
  return deflate(stream, data, Z_FINISH, 'while compressing data')[0]
}

/** `zlib.compressobj`. */
export function newCompress(options: CompressOptions, dictionary: Uint8Array | undefined): Owned<Value> {
  const stream = openStream(options)
  if (stream === null) throw valueError('Invalid initialization option')
  if (dictionary !== undefined && zlibDeflateSetDictionary(stream, dictionary) !== Z_OK) {
    throw valueError('Invalid dictionary')
  }
  return newObject(compressType, { stream })
}

function flush({ data: { stream } }: PyCompress, mode: number): Owned<Value> {
  if (mode === Z_NO_FLUSH) return newBytes(NOTHING)
  if (mode < 0 || mode > Z_BLOCK) throw zlibError(null, Z_STREAM_ERROR, 'while flushing')
  const [out, status] = deflate(stream, NOTHING, mode, 'while flushing')
  if (status === Z_STREAM_END && mode === Z_FINISH) zlibDeflateEnd(stream)
  else if (status !== Z_OK && status !== Z_BUF_ERROR) throw zlibError(stream, status, 'while flushing')
  return newBytes(out)
}

function copy({ data: { stream } }: PyCompress): Owned<Value> {
  if (stream.state === null) throw valueError('Inconsistent stream state')
  return newObject(compressType, { stream: copyStream(stream) })
}

/** Gives the type of compressors its behaviour. */
export function defineCompressType(): void {
  defineType(compressType, () => ({
    methods: {
      'compress(data: bytes, /)': ({ data: { stream } }, data) =>
        newBytes(deflate(stream, data, Z_NO_FLUSH, 'while compressing data')[0]),
      'flush(mode: int = 4, /)': flush,
      'copy()': copy,
      '__copy__()': copy,
      '__deepcopy__(memo, /)': copy,
    },
  }))
}
