import { strLength } from '../../base/values.ts'
import { drop } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt } from '../../objects/access.ts'
import { isBytes } from '../../objects/bytes_like.ts'
import { newException, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_OSError } from '../../objects/exception_types.ts'
import { toIndex } from '../../objects/number_protocol.ts'
import type { Value } from '../../objects/object.ts'
import { shown } from '../../objects/protocols.ts'
import { typeOf } from '../../objects/types.ts'
import {
  decodeChunk,
  decoderState,
  forgetText,
  openText,
  type PyText,
  resetDecoder,
  setDecoderState,
  type TextState,
  writePending,
} from './textio_state.ts'
import { command, method, toOffset, unsupported } from './types.ts'

/**
 * What `tell` gives: a place in the file where the decoder can begin, its state there, and how far to go on from it.
 * Where these are all 0, it is the place alone.
 */
interface Cookie {
  position: number
  flags: bigint
  bytesToFeed: number
  charsToSkip: number
  needEof: boolean
}

const canonical = (n: bigint): number | bigint => (n <= 9007199254740991n ? Number(n) : n)

function pack(cookie: Cookie): number | bigint {
  return canonical(
    BigInt(cookie.position) |
      ((cookie.flags & 0xffffffffn) << 64n) |
      (BigInt(cookie.bytesToFeed) << 96n) |
      (BigInt(cookie.charsToSkip) << 128n) |
      (cookie.needEof ? 1n << 160n : 0n),
  )
}

function unpack(number: number | bigint): Cookie {
  const all = BigInt(number)
  return {
    position: Number(all & 0xffffffffffffffffn),
    flags: (all >> 64n) & 0xffffffffn,
    bytesToFeed: Number((all >> 96n) & 0xffffffffn),
    charsToSkip: Number((all >> 128n) & 0xffffffffn),
    needEof: ((all >> 160n) & 1n) === 1n,
  }
}

const osFault = (message: string) => newException(PyExc_OSError, [message])

function numberOf(value: Owned<Value>): number {
  try {
    return toOffset(value)
  } finally {
    drop(value)
  }
}

/** `tell()`. */
export function tell(self: PyText): Owned<Value> {
  const state = openText(self)
  if (!state.seekable) throw unsupported('underlying stream is not seekable')
  if (!state.telling) throw osFault('telling position disabled by next() call')
  writePending(state)
  command(self, 'flush')
  const position = numberOf(method(state.buffer!, 'tell'))
  const { snapshot } = state
  if (state.decoder === null || snapshot === null) return position
  const cookie: Cookie = {
    position: position - snapshot.input.length,
    flags: snapshot.flags,
    bytesToFeed: 0,
    charsToSkip: 0,
    needEof: false,
  }
  if (state.text === null || state.used === 0) return pack(cookie)
  const [bytes, flags] = decoderState(state)
  try {
    reconstruct(state, cookie, snapshot.input)
  } finally {
    setDecoderState(state, bytes, flags)
  }
  return pack(cookie)
}

const NOTHING = new Uint8Array(0)

/** A place near before the wanted character where the decoder holds nothing back: how many bytes of the input lie before it. */
function safeStart(state: TextState, cookie: Cookie, input: Uint8Array): number {
  let skip = Math.min(input.length, Math.floor(state.ratio * cookie.charsToSkip))
  let back = 1
  const { flags } = cookie
  while (skip > 0) {
    setDecoderState(state, NOTHING, flags)
    const count = strLength(decodeChunk(state, input.subarray(0, skip), false))
    if (count <= cookie.charsToSkip) {
      const [waiting, found] = decoderState(state)
      if (waiting.length === 0) {
        cookie.flags = found
        cookie.charsToSkip -= count
        return skip
      }
      skip -= waiting.length
      back = 1
    } else {
      skip -= back
      back *= 2
    }
  }
  setDecoderState(state, NOTHING, flags)
  return 0
}

/** Finds where in the input the character stands that is read next. */
function reconstruct(state: TextState, cookie: Cookie, input: Uint8Array): void {
  cookie.charsToSkip = state.used
  const skip = safeStart(state, cookie, input)
  cookie.position += skip
  if (cookie.charsToSkip === 0) return
  let decoded = 0
  for (let i = skip; i < input.length; i++) {
    decoded += strLength(decodeChunk(state, input.subarray(i, i + 1), false))
    cookie.bytesToFeed++
    const [waiting, flags] = decoderState(state)
    if (waiting.length === 0 && decoded <= cookie.charsToSkip) {
      cookie.position += cookie.bytesToFeed
      cookie.charsToSkip -= decoded
      cookie.flags = flags
      cookie.bytesToFeed = 0
      decoded = 0
    }
    if (decoded >= cookie.charsToSkip) return
  }
  decoded += strLength(decodeChunk(state, NOTHING, true))
  cookie.needEof = true
  if (decoded < cookie.charsToSkip) throw osFault("can't reconstruct logical file position")
}

function restartEncoder(state: TextState, atStart: boolean): void {
  state.encoder?.restart(atStart)
}

function seekEnd(self: PyText, state: TextState): Owned<Value> {
  command(self, 'flush')
  forgetText(state)
  resetDecoder(state)
  const position = method(state.buffer!, 'seek', 0, 2)
  restartEncoder(state, position === 0)
  return position
}

function isZero(cookie: Value): boolean {
  return asInt(cookie) === 0
}

/** `seek(cookie, whence)`. */
export function seek(self: PyText, given: Value, whence: number): Owned<Value> {
  const state = openText(self)
  if (!state.seekable) throw unsupported('underlying stream is not seekable')
  let number: number | bigint
  if (whence === 1) {
    if (!isZero(given)) throw unsupported("can't do nonzero cur-relative seeks")
    command(self, 'flush')
    const here = method(self, 'tell')
    number = toIndex(here)
    drop(here)
  } else if (whence === 2) {
    if (!isZero(given)) throw unsupported("can't do nonzero end-relative seeks")
    return seekEnd(self, state)
  } else if (whence === 0) {
    number = toIndex(given)
  } else throw valueError(`invalid whence (${whence}, should be 0, 1 or 2)`)
  if (number < 0) throw valueError(`negative seek position ${shown(number)}`)
  command(self, 'flush')
  const cookie = unpack(number)
  drop(method(state.buffer!, 'seek', cookie.position))
  forgetText(state)
  if (state.decoder !== null) {
    if (cookie.position === 0 && cookie.flags === 0n) resetDecoder(state)
    else setDecoderState(state, NOTHING, cookie.flags)
  }
  if (cookie.charsToSkip > 0) skipChars(state, cookie)
  else state.snapshot = { flags: cookie.flags, input: NOTHING }
  restartEncoder(state, cookie.position === 0 && cookie.flags === 0n)
  return number
}

function skipChars(state: TextState, cookie: Cookie): void {
  const chunk = method(state.buffer!, 'read', cookie.bytesToFeed)
  try {
    if (!isBytes(chunk)) {
      throw typeError(`underlying read() should have returned a bytes object, not '${typeOf(chunk).name}'`)
    }
    state.snapshot = { flags: cookie.flags, input: chunk.data }
    state.text = decodeChunk(state, chunk.data, cookie.needEof)
    state.used = 0
    if (strLength(state.text) < cookie.charsToSkip) throw osFault("can't restore logical file position")
    state.used = cookie.charsToSkip
  } finally {
    drop(chunk)
  }
}
