import {
  type Z_FlushMode,
  ZStream,
  zlibInflate,
  zlibInflateEnd,
  zlibInflateInit2,
  zlibInflateSetDictionary,
} from 'pako'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { bufferBytes, hasBuffer } from '../../objects/buffer.ts'
import { defineType } from '../../objects/define.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import { newBytes } from '../../objects/make.ts'
import { newObject, type PyObject, TPFLAGS_DISALLOW_INSTANTIATION, type Value } from '../../objects/object.ts'
import { builtinType } from '../../objects/types.ts'
import { OutputBuffer } from '../output_buffer.ts'
import { copyStream } from './copy.ts'
import { Z_BUF_ERROR, zlibError } from './error.ts'

export const DEF_BUF_SIZE = 16 * 1024
const Z_OK = 0
const Z_STREAM_END = 1
const Z_NEED_DICT = 2
const Z_SYNC_FLUSH = 2
const Z_FINISH = 4

interface DecompressData {
  readonly stream: ZStream
  readonly dictionary: Owned<Value> | undefined
  unusedData: Owned<Value>
  unconsumedTail: Owned<PyObject<Uint8Array>>
  eof: boolean
}

type PyDecompress = PyObject<DecompressData>

const decompressType = builtinType<PyDecompress>('zlib.Decompress', TPFLAGS_DISALLOW_INSTANTIATION)

const NOTHING = new Uint8Array(0)

/** What a run of the stream needs. */
interface Run {
  readonly input: Uint8Array
  readonly flush: number
  readonly buffer: OutputBuffer
  /** Called where the stream asks for its dictionary; false if there is none. */
  readonly giveDictionary: () => boolean
}

/** Runs the stream until it has no more to write or may write no more; gives the last status. */
function inflate(stream: ZStream, { input, flush, buffer, giveDictionary }: Run): number {
  stream.input = input
  stream.next_in = 0
  stream.avail_in = input.length
  stream.output = buffer.block
  stream.next_out = 0
  stream.avail_out = stream.output.length
  let status: number = Z_OK
  do {
    if (stream.avail_out === 0) {
      if (buffer.isFull(0)) break
      stream.output = buffer.grow()
      stream.next_out = 0
      stream.avail_out = stream.output.length
    }
    status = zlibInflate(stream, flush as Z_FlushMode)
    if (status === Z_NEED_DICT) {
      if (!giveDictionary()) break
    } else if (status !== Z_OK && status !== Z_BUF_ERROR && status !== Z_STREAM_END) break
  } while (stream.avail_out === 0 || status === Z_NEED_DICT)
  return status
}

/** What a run has written; the stream then holds on to nothing of it. */
function takeOutput(stream: ZStream, buffer: OutputBuffer): Uint8Array {
  const out = buffer.finish(stream.avail_out)
  stream.input = NOTHING
  stream.output = NOTHING as Uint8Array<ArrayBuffer>
  return out
}

/** `zlib.decompress`. */
export function decompress(data: Uint8Array, wbits: number, bufferSize: number): Uint8Array {
  if (bufferSize < 0) throw valueError('bufsize must be non-negative')
  const stream = new ZStream()
  const opened = zlibInflateInit2(stream, wbits)
  if (opened !== Z_OK) throw zlibError(stream, opened, 'while preparing to decompress data')
  // No more than the data can become is taken at once, however large a buffer the caller expects to need.
  const buffer = new OutputBuffer(-1, Math.max(1, Math.min(bufferSize, 1032 * data.length + DEF_BUF_SIZE)))
  const status = inflate(stream, { input: data, flush: Z_FINISH, buffer, giveDictionary: () => false })
  if (status !== Z_STREAM_END) throw zlibError(stream, status, 'while decompressing data')
  return takeOutput(stream, buffer)
}

function setDictionary({ stream, dictionary }: DecompressData): boolean {
  if (dictionary === undefined) return false
  const status = zlibInflateSetDictionary(stream, bufferBytes(dictionary))
  if (status !== Z_OK) throw zlibError(stream, status, 'while setting zdict')
  return true
}

/** `zlib.decompressobj`. */
export function newDecompress(wbits: number, dictionary: Value | undefined): Owned<Value> {
  if (dictionary !== undefined && !hasBuffer(dictionary)) {
    throw typeError('zdict argument must support the buffer protocol')
  }
  const stream = new ZStream()
  if (zlibInflateInit2(stream, wbits) !== Z_OK) throw valueError('Invalid initialization option')
  const decompressor = newObject<DecompressData>(decompressType, {
    stream,
    dictionary: dictionary === undefined ? undefined : keep(dictionary),
    unusedData: newBytes(NOTHING),
    unconsumedTail: newBytes(NOTHING),
    eof: false,
  })
  if (wbits < 0) {
    try {
      setDictionary(decompressor.data)
    } catch (error) {
      drop(decompressor)
      throw error
    }
  }
  return decompressor
}

/** Keeps the input that a run has left over: what follows the stream, or what the limit of the output let stand. */
function saveInput(data: DecompressData, status: number): void {
  const { stream } = data
  const rest = stream.input.slice(stream.next_in, stream.next_in + stream.avail_in)
  if (status === Z_STREAM_END && rest.length > 0) {
    const old = data.unusedData
    const before = (old as PyObject<Uint8Array>).data
    const joined = new Uint8Array(before.length + rest.length)
    joined.set(before)
    joined.set(rest, before.length)
    data.unusedData = newBytes(joined)
    drop(old)
    stream.avail_in = 0
  }
  if (stream.avail_in > 0 || data.unconsumedTail.data.length > 0) {
    const old = data.unconsumedTail
    data.unconsumedTail = newBytes(stream.avail_in > 0 ? rest : NOTHING)
    drop(old)
  }
}

function decompressPart({ data }: PyDecompress, input: Uint8Array, maxLength: number): Owned<Value> {
  if (maxLength < 0) throw valueError('max_length must be non-negative')
  const { stream } = data
  const buffer = new OutputBuffer(maxLength === 0 ? -1 : maxLength)
  const status = inflate(stream, { input, flush: Z_SYNC_FLUSH, buffer, giveDictionary: () => setDictionary(data) })
  saveInput(data, status)
  if (status === Z_STREAM_END) data.eof = true
  else if (status !== Z_OK && status !== Z_BUF_ERROR) throw zlibError(stream, status, 'while decompressing data')
  return newBytes(takeOutput(stream, buffer))
}

function flush({ data }: PyDecompress, length: number): Owned<Value> {
  if (length <= 0) throw valueError('length must be greater than zero')
  const { stream } = data
  const input = data.unconsumedTail.data
  const buffer = new OutputBuffer(-1, Math.min(length, 1032 * input.length + DEF_BUF_SIZE))
  const status = inflate(stream, { input, flush: Z_FINISH, buffer, giveDictionary: () => setDictionary(data) })
  saveInput(data, status)
  if (status === Z_STREAM_END) {
    data.eof = true
    zlibInflateEnd(stream)
  }
  return newBytes(takeOutput(stream, buffer))
}

function copy({ data }: PyDecompress): Owned<Value> {
  if (data.stream.state === null) throw valueError('Inconsistent stream state')
  return newObject<DecompressData>(decompressType, {
    stream: copyStream(data.stream),
    dictionary: data.dictionary === undefined ? undefined : keep(data.dictionary),
    unusedData: keep(data.unusedData),
    unconsumedTail: keep(data.unconsumedTail),
    eof: data.eof,
  })
}

/** Gives the type of decompressors its behaviour. */
export function defineDecompressType(): void {
  defineType(decompressType, () => ({
    slots: {
      tp_dealloc: ({ data }) => {
        drop(data.dictionary)
        drop(data.unusedData)
        drop(data.unconsumedTail)
      },
    },
    methods: {
      'decompress(data: bytes, /, max_length: ssize = 0)': decompressPart,
      'flush(length: ssize = 16384, /)': flush,
      'copy()': copy,
      '__copy__()': copy,
      '__deepcopy__(memo, /)': copy,
    },
    members: {
      unused_data: ({ data }) => keep(data.unusedData),
      unconsumed_tail: ({ data }) => keep<Value>(data.unconsumedTail),
      eof: ({ data }): Owned<Value> => data.eof,
    },
  }))
}
