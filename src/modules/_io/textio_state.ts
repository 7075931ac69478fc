import { type Str, strLength } from '../../base/values.ts'
import { drop } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { bufferBytes, hasBuffer } from '../../objects/buffer.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import { newBytes } from '../../objects/make.ts'
import type { PyInstance, PyObject, Value } from '../../objects/object.ts'
import { latin1FromText } from '../../objects/text/latin1.ts'
import { strConcat, strSlice } from '../../objects/text/str_sequence.ts'
import { typeOf } from '../../objects/types.ts'
import { bufferedRandomType, bufferedReaderType, bufferedWriterType } from './buffered.ts'
import { type BufferedState, bufferedClosed, type PyBuffered, writeBytes } from './buffered_state.ts'
import { joinBytes } from './iobase.ts'
import { findLineEnd } from './lines.ts'
import type { NewlineState } from './newlines.ts'
import type { TextDecoding, TextEncoding } from './text_codec.ts'
import { closedError, isClosed, method, unsupported } from './types.ts'

/** Where the decoder stood, and the bytes that it was then given. */
export interface Snapshot {
  readonly flags: bigint
  readonly input: Uint8Array
}

/** The state of a TextIOWrapper. */
export class TextState {
  buffer: Owned<Value> | null = null
  ok = false
  detached = false
  finalizing = false
  encoding: Owned<Value> = ''
  errors: Owned<Value> = 'strict'
  decoder: TextDecoding | null = null
  /** Recognises ends of lines; `null` where these are not universal. */
  newlines: NewlineState | null = null
  encoder: TextEncoding | null = null
  /** What was given as `newline`; `null` for None. */
  newline: string | null = null
  writeNewline: string | null = null
  lineBuffering = false
  writeThrough = false
  seekable = false
  /** Whether `tell` works: not within a loop over the lines. */
  telling = false
  read1 = false
  chunkSize = 8192
  /** Decoded text; what lies before `used` has been read. `null` before anything was decoded. */
  text: Str | null = null
  used = 0
  snapshot: Snapshot | null = null
  /** Bytes for each character of the last chunk. */
  ratio = 0
  /** To be written: encoded chunks, then ASCII text that is its own encoding. */
  chunks: Uint8Array[] = []
  ascii = ''
  pending = 0
}

export type PyText = PyInstance<TextState>

/** The state of a stream that has a buffer. */
export function attached({ data }: PyText): TextState {
  if (!data.ok) throw valueError('I/O operation on uninitialized object')
  if (data.detached) throw valueError('underlying buffer has been detached')
  return data
}

/** The state of a buffer that is known to be one of ours. */
const bufferState = (buffer: Value): BufferedState => (buffer as PyObject as PyBuffered).data

/** Whether a buffer is one of ours, whose methods nobody has overridden. */
function isPlainBuffer(buffer: Value): boolean {
  if (typeof buffer !== 'object') return false
  const { type } = buffer
  return type === bufferedWriterType || type === bufferedReaderType || type === bufferedRandomType
}

/** The state of a stream that is open. */
export function openText(self: PyText): TextState {
  const state = attached(self)
  const buffer = state.buffer!
  if (isPlainBuffer(buffer) && bufferState(buffer).ok ? bufferedClosed(bufferState(buffer)) : isClosed(buffer)) {
    throw closedError()
  }
  return state
}

/** Forgets decoded text and its snapshot. */
export function forgetText(state: TextState): void {
  state.text = null
  state.used = 0
  state.snapshot = null
}

/** Decodes bytes, ends of lines included. */
export function decodeChunk(state: TextState, bytes: Uint8Array, final: boolean): Str {
  const text = state.decoder!.decode(bytes, final)
  return state.newlines === null ? text : state.newlines.decode(text, final)
}

/** The state of the decoder and of the ends of lines in one: the flags are shifted by one bit for these. */
export function decoderState(state: TextState): [Uint8Array, bigint] {
  const [bytes, flags] = state.decoder!.getstate()
  return state.newlines === null ? [bytes, flags] : [bytes, (flags << 1n) | (state.newlines.pendingCr ? 1n : 0n)]
}

/** Puts the decoder where `decoderState` found it. */
export function setDecoderState(state: TextState, bytes: Uint8Array, flags: bigint): void {
  if (state.newlines === null) {
    state.decoder!.setstate(bytes, flags)
    return
  }
  state.newlines.pendingCr = (flags & 1n) === 1n
  state.decoder!.setstate(bytes, flags >> 1n)
}

/** Puts the decoder at the beginning. */
export function resetDecoder(state: TextState): void {
  state.decoder?.reset()
  state.newlines?.reset()
}

/** Writes what waits to the buffer. */
export function writePending(state: TextState): void {
  if (state.pending === 0) return
  const { chunks } = state
  if (state.ascii !== '') chunks.push(latin1FromText(state.ascii))
  const bytes = joinBytes(chunks, state.pending)
  state.chunks = []
  state.ascii = ''
  state.pending = 0
  const buffer = state.buffer!
  if (typeof buffer === 'object' && buffer.type === bufferedWriterType) {
    const target = bufferState(buffer)
    if (target.ok && !target.busy && !target.released && !bufferedClosed(target)) {
      writeBytes(target, bytes)
      return
    }
  }
  const data = newBytes(bytes)
  try {
    drop(method(buffer, 'write', data))
  } finally {
    drop(data)
  }
}

/** Decodes a chunk of the buffer; false at the end of the file. */
export function readChunk(state: TextState, hint: number): boolean {
  if (state.decoder === null) throw unsupported('not readable')
  let before: [Uint8Array, bigint] | null = null
  if (state.telling) before = decoderState(state)
  const wanted = hint > 0 ? Math.max(1, Math.floor(Math.max(1, state.ratio) * hint)) : 0
  const name = state.read1 ? 'read1' : 'read'
  const chunk = method(state.buffer!, name, Math.max(state.chunkSize, wanted))
  try {
    if (!hasBuffer(chunk)) {
      const found = typeOf(chunk).name
      throw typeError(`underlying ${name}() should have returned a bytes-like object, not '${found}'`)
    }
    const bytes = bufferBytes(chunk)
    const atEnd = bytes.length === 0
    const text = decodeChunk(state, bytes, atEnd)
    const length = strLength(text)
    state.text = text
    state.used = 0
    state.ratio = length > 0 ? bytes.length / length : 0
    if (before !== null) {
      const [waiting, flags] = before
      state.snapshot = {
        flags,
        input: waiting.length === 0 ? bytes : joinBytes([waiting, bytes], waiting.length + bytes.length),
      }
    }
    return !(atEnd && length === 0)
  } finally {
    drop(chunk)
  }
}

/** Takes decoded text: at most so many characters, all where `count` is negative. */
export function takeText(state: TextState, count: number): Str {
  if (state.text === null) return ''
  const left = strLength(state.text) - state.used
  const size = count < 0 || count > left ? left : count
  if (state.used === 0 && size === left) {
    state.used = size
    return state.text
  }
  const text = strSlice(state.text, state.used, state.used + size)
  state.used += size
  return text
}

/** Reads a line; at most `limit` characters unless that is negative. */
export function readLine(self: PyText, limit: number): Str {
  const state = openText(self)
  writePending(state)
  const ending = state.newline === null ? '\n' : state.newline === '' ? null : state.newline
  let line: Str = ''
  for (;;) {
    const { text, used } = state
    if (text === null || used >= strLength(text)) {
      let more = true
      do more = readChunk(state, 0)
      while (more && strLength(state.text!) === 0)
      if (!more) {
        forgetText(state)
        return line
      }
      continue
    }
    const length = strLength(text)
    if (strLength(line) > 0) {
      // The line goes on from the last chunk, whose end may be the first half of an end of line.
      const whole = strConcat(line, used === 0 ? text : strSlice(text, used, length))
      const carried = strLength(line)
      const end = cut(findLineEnd(whole, ending === '\r\n' ? carried - 1 : carried, ending), limit, strLength(whole))
      if (end >= 0) {
        state.used = used + end - carried
        return strSlice(whole, 0, end)
      }
      line = whole
    } else {
      const end = cut(findLineEnd(text, used, ending), limit < 0 ? -1 : used + limit, length)
      if (end >= 0) {
        state.used = end
        return strSlice(text, used, end)
      }
      line = used === 0 ? text : strSlice(text, used, length)
    }
    state.used = length
  }
}

/** Where a line is cut: at its end or at the limit, or −1 if it goes on. */
function cut(end: number, limit: number, length: number): number {
  if (limit >= 0 && (end < 0 ? limit <= length : limit < end)) return limit
  return end
}
