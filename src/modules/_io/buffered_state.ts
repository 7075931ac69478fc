import { drop } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt } from '../../objects/access.ts'
import { getAttr } from '../../objects/attributes.ts'
import { isBytes } from '../../objects/bytes_like.ts'
import { isException, newException, runtimeError, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_BlockingIOError, PyExc_OSError } from '../../objects/exception_types.ts'
import { newBytes } from '../../objects/make.ts'
import type { PyInstance, Value } from '../../objects/object.ts'
import { call, isTrue, shown } from '../../objects/protocols.ts'
import { memoryviewType, None, typeOf } from '../../objects/types.ts'
import { checkSignals } from '../../vm/signals.ts'
import { fileReadInto, fileSeek, fileWrite, type PyFileIO, wouldBlock } from './fileio.ts'
import { newBytearray } from './iobase.ts'
import { method, toOffset } from './types.ts'

const NOTHING = new Uint8Array(0)

/** The words of the BlockingIOError of a write. */
const WOULD_BLOCK = 'write could not complete without blocking'

/**
 * The state of BufferedReader, BufferedWriter and BufferedRandom: what was read ahead, or what waits to be written. Never
 * both: before writing, the raw stream goes back over what was read ahead; before reading, what waits is written.
 */
export class BufferedState {
  raw: Owned<Value> | null = null
  /** The raw stream if it is a plain FileIO, whose functions are called without looking for methods. */
  file: PyFileIO | null = null
  ok = false
  detached = false
  finalizing = false
  /** The memory is gone since the stream was closed. */
  released = false
  readonly canRead: boolean
  readonly canWrite: boolean
  size = 0
  /** Read-ahead: the bytes `pos` to `end` of `memory`. */
  memory: Uint8Array = NOTHING
  pos = 0
  end = 0
  /** To be written: the first `pending` bytes of `output`. */
  output: Uint8Array = NOTHING
  pending = 0
  /** Where the raw stream stands; −1 if that is not known. */
  rawPosition = -1
  busy = false

  constructor(canRead: boolean, canWrite: boolean) {
    this.canRead = canRead
    this.canWrite = canWrite
  }
}

export type PyBuffered = PyInstance<BufferedState>

/** The state of a stream that can be used; ValueError for one without a raw stream. */
export function stateOf({ data }: PyBuffered): BufferedState {
  if (!data.ok) {
    throw valueError(data.detached ? 'raw stream has been detached' : 'I/O operation on uninitialized object')
  }
  return data
}

/** Whether the stream is closed: its raw stream says so. */
export function bufferedClosed(state: BufferedState): boolean {
  if (state.file !== null) return state.file.data.fd < 0
  const closed = getAttr(state.raw!, 'closed')
  try {
    return isTrue(closed)
  } finally {
    drop(closed)
  }
}

/** The state of a stream that is open; what has been read ahead of a closed one can still be taken. */
export function openState(self: PyBuffered, message: string): BufferedState {
  const state = stateOf(self)
  if (state.end > state.pos) return state
  if (state.released || bufferedClosed(state)) throw valueError(message)
  return state
}

/** Runs an operation that must not be begun again by the raw stream's own methods. */
export function exclusively<T>(self: PyBuffered, operation: (state: BufferedState) => T): T {
  const state = self.data
  if (state.busy) throw runtimeError(`reentrant call inside ${shown(self)}`)
  state.busy = true
  try {
    return operation(state)
  } finally {
    state.busy = false
  }
}

/** Forgets what was read ahead. */
export function resetRead(state: BufferedState): void {
  state.pos = 0
  state.end = 0
}

/** Reads once from the raw stream: how many bytes came (0 at the end), or `null` where none are there yet. */
export function rawRead(state: BufferedState, into: Uint8Array): number | null {
  const count = state.file === null ? rawReadByMethod(state.raw!, into) : fileReadInto(state.file, into)
  if (count !== null && count > 0 && state.rawPosition >= 0) state.rawPosition += count
  return count
}

function rawReadByMethod(raw: Value, into: Uint8Array): number | null {
  const view = viewOf(into)
  let result: Owned<Value>
  try {
    result = method(raw, 'readinto', view)
  } finally {
    drop(view)
  }
  if (result === None) {
    drop(result)
    return null
  }
  const count = countOf(result, 'raw readinto() failed')
  if (count < 0 || count > into.length) {
    const range = `(should have been between 0 and ${into.length})`
    throw newException(PyExc_OSError, [`raw readinto() returned invalid length ${count} ${range}`])
  }
  return count
}

/** The number that a method of a raw stream gave, whose reference is given up. */
function countOf(result: Owned<Value>, failure: string): number {
  const number = asInt(result) ?? (typeOf(result).nb_index === undefined ? undefined : toOffset(result))
  if (number !== undefined) {
    drop(result)
    return Number(number)
  }
  const cause = typeError(`'${typeOf(result).name}' object cannot be interpreted as an integer`)
  drop(result)
  const error = newException(PyExc_OSError, [failure])
  error.data.cause = cause
  error.data.suppressContext = true
  throw error
}

/** A memoryview of memory, owned; it looks at the memory itself. */
function viewOf(memory: Uint8Array): Owned<Value> {
  const array = newBytearray(memory)
  try {
    return call(memoryviewType, [array])
  } finally {
    drop(array)
  }
}

/** Writes once to the raw stream: how many bytes went, or `null` where none can go now. */
function rawWrite(state: BufferedState, bytes: Uint8Array): number | null {
  let count: number | null
  if (state.file !== null) count = fileWrite(state.file, bytes)
  else {
    const source = newBytes(bytes.slice())
    const view = call(memoryviewType, [source])
    drop(source)
    let result: Owned<Value>
    try {
      result = method(state.raw!, 'write', view)
    } finally {
      drop(view)
    }
    if (result === None) {
      drop(result)
      count = null
    } else {
      count = countOf(result, 'raw write() failed')
      if (count < 0 || count > bytes.length) {
        const range = `(should have been between 0 and ${bytes.length})`
        throw newException(PyExc_OSError, [`raw write() returned invalid length ${count} ${range}`])
      }
    }
  }
  if (count !== null && count > 0 && state.rawPosition >= 0) state.rawPosition += count
  return count
}

/** Where the raw stream stands, asked anew. */
export function rawTell(state: BufferedState): number {
  state.rawPosition = -1
  const position = state.file === null ? toOffset(dropped(method(state.raw!, 'tell'))) : fileSeek(state.file, 0, 1)
  return checkedPosition(state, position)
}

/** Moves the raw stream. */
export function rawSeek(state: BufferedState, target: number, whence: number): number {
  const position =
    state.file === null
      ? toOffset(dropped(method(state.raw!, 'seek', target, whence)))
      : fileSeek(state.file, target, whence)
  return checkedPosition(state, position)
}

/** A number without its reference: numbers carry none, objects that stand for one are asked before. */
function dropped(value: Owned<Value>): Value {
  if (typeof value !== 'object') return value
  try {
    return toOffset(value)
  } finally {
    drop(value)
  }
}

function checkedPosition(state: BufferedState, position: number): number {
  if (position < 0) {
    throw newException(PyExc_OSError, [`Raw stream returned invalid position ${position}`])
  }
  state.rawPosition = position
  return position
}

/** Writes what waits; BlockingIOError where the raw stream takes no more now. */
export function flushOutput(state: BufferedState): void {
  while (state.pending > 0) {
    const count = rawWrite(state, state.output.subarray(0, state.pending))
    if (count === null) throw wouldBlock(WOULD_BLOCK, 0)
    state.output.copyWithin(0, count, state.pending)
    state.pending -= count
    checkSignals()
  }
}

/** Lets the raw stream stand where the program thinks that it is: what was read ahead is forgotten. */
export function rewind(state: BufferedState): void {
  const ahead = state.end - state.pos
  if (ahead > 0) rawSeek(state, -ahead, 1)
  resetRead(state)
}

/** Makes ready for reading. */
export function beforeReading(state: BufferedState): void {
  if (state.pending > 0) flushOutput(state)
}

/** Fills the empty read-ahead by one raw read; what `rawRead` gives. */
export function fill(state: BufferedState): number | null {
  if (state.memory.length !== state.size) state.memory = new Uint8Array(state.size)
  resetRead(state)
  const count = rawRead(state, state.memory)
  if (count !== null) state.end = count
  return count
}

/** Moves bytes out of the read-ahead. */
export function takeAhead(state: BufferedState, into: Uint8Array, at: number): number {
  const count = Math.min(state.end - state.pos, into.length - at)
  into.set(state.memory.subarray(state.pos, state.pos + count), at)
  state.pos += count
  return count
}

/** All that the raw stream still has, after what was read ahead; `null` where nothing is there yet. */
export function readAll(state: BufferedState): Uint8Array | null {
  beforeReading(state)
  const ahead = state.memory.slice(state.pos, state.end)
  resetRead(state)
  const chunks: Uint8Array[] = [ahead]
  let size = ahead.length
  if (state.file !== null || hasReadall(state.raw!)) {
    const rest = method(state.raw!, 'readall')
    try {
      if (rest !== None && !isBytes(rest)) throw typeError('readall() should return bytes')
      state.rawPosition = -1
      if (rest === None) return size === 0 ? null : ahead
      return joined([ahead, (rest as { data: Uint8Array } & Value).data])
    } finally {
      drop(rest)
    }
  }
  for (;;) {
    const data = method(state.raw!, 'read')
    try {
      if (data !== None && !isBytes(data)) throw typeError('read() should return bytes')
      const bytes = data === None ? null : (data as { data: Uint8Array } & Value).data
      if (bytes === null || bytes.length === 0) {
        if (size === 0 && bytes === null) return null
        return joined(chunks)
      }
      chunks.push(bytes)
      size += bytes.length
      if (state.rawPosition >= 0) state.rawPosition += bytes.length
    } finally {
      drop(data)
    }
  }
}

function hasReadall(raw: Value): boolean {
  const type = typeOf(raw)
  const found = type.tp_getattro!(raw, 'readall')
  drop(found)
  return found !== undefined
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    out.set(chunk, at)
    at += chunk.length
  }
  return out
}

/** Reads until there are enough bytes or no more come; `null` where nothing at all is there yet. */
export function readMany(state: BufferedState, wanted: number): Uint8Array | null {
  const out = new Uint8Array(wanted)
  let done = takeAhead(state, out, 0)
  beforeReading(state)
  resetRead(state)
  while (done < wanted) {
    const whole = wanted - done - ((wanted - done) % state.size)
    let count: number | null
    if (whole > 0) {
      count = rawRead(state, out.subarray(done, done + whole))
      if (count !== null) done += count
    } else {
      count = fill(state)
      if (count !== null) done += takeAhead(state, out, done)
    }
    if (count === null && done === 0) return null
    if (count === null || count === 0) break
  }
  return done === wanted ? out : out.slice(0, done)
}

/** Puts bytes into the buffer, writing what does not fit; how many there were. */
export function writeBytes(state: BufferedState, bytes: Uint8Array): number {
  if (state.output.length !== state.size) state.output = new Uint8Array(state.size)
  if (state.end > state.pos) rewind(state)
  else resetRead(state)
  const { length } = bytes
  if (state.pending + length <= state.size) {
    state.output.set(bytes, state.pending)
    state.pending += length
    return length
  }
  try {
    flushOutput(state)
  } catch (error) {
    return writeBlocked(state, bytes, error)
  }
  let done = 0
  while (length - done > state.size) {
    const count = rawWrite(state, bytes.subarray(done))
    if (count === null) {
      const room = state.size - state.pending
      state.output.set(bytes.subarray(done, done + room), state.pending)
      state.pending += room
      throw wouldBlock(WOULD_BLOCK, done + room)
    }
    done += count
    checkSignals()
  }
  state.output.set(bytes.subarray(done), 0)
  state.pending = length - done
  return length
}

/** What of the bytes still fits is kept where the raw stream takes no more now. */
function writeBlocked(state: BufferedState, bytes: Uint8Array, error: unknown): number {
  if (!isException(error, PyExc_BlockingIOError)) throw error
  const room = state.size - state.pending
  if (bytes.length <= room) {
    drop(error)
    state.output.set(bytes, state.pending)
    state.pending += bytes.length
    return bytes.length
  }
  drop(error)
  state.output.set(bytes.subarray(0, room), state.pending)
  state.pending += room
  throw wouldBlock(WOULD_BLOCK, room)
}
