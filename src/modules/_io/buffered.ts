import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { getAttr } from '../../objects/attributes.ts'
import { bufferBytes } from '../../objects/buffer.ts'
import { defineType, type Result, tpInit } from '../../objects/define.ts'
import { memoryError, toException, valueError } from '../../objects/errors.ts'
import { newInstance } from '../../objects/instance.ts'
import { newBytes, newText, none } from '../../objects/make.ts'
import type { PyType, Value } from '../../objects/object.ts'
import { builtinType, type TypeFor } from '../../objects/types.ts'
import {
  BufferedState,
  beforeReading,
  bufferedClosed,
  exclusively,
  fill,
  flushOutput,
  openState,
  type PyBuffered,
  rawRead,
  rawSeek,
  rawTell,
  readAll,
  readMany,
  resetRead,
  rewind,
  stateOf,
  takeAhead,
  writeBytes,
} from './buffered_state.ts'
import { cannotPickle, isPlainFile, reprName, warnUnclosed } from './fileio.ts'
import { chained, checkAbility } from './iobase.ts'
import {
  bufferedIOBaseType,
  command,
  lifetime,
  method,
  shownType,
  sizeOf,
  toOffset,
  unsupported,
  writableBuffer,
} from './types.ts'

const bufferedType = (name: string): TypeFor<PyBuffered> =>
  builtinType<PyBuffered>(`_io.${name}`, bufferedIOBaseType.flags, bufferedIOBaseType)

export const bufferedReaderType = bufferedType('BufferedReader')
export const bufferedWriterType = bufferedType('BufferedWriter')
export const bufferedRandomType = bufferedType('BufferedRandom')

/** The largest buffer that can be had. */
const BUFFER_MAX = 0x7fffffff

const abilities = ['seekable', 'readable', 'writable'] as const

function initialize(self: PyBuffered, raw: Value, size: number, needs: readonly (typeof abilities)[number][]): void {
  const state = self.data
  state.ok = false
  state.detached = false
  for (const ability of needs) checkAbility(raw, ability)
  const old = state.raw
  state.raw = keep(raw)
  drop(old)
  if (size <= 0) throw valueError('buffer size must be strictly positive')
  if (size > BUFFER_MAX) throw memoryError()
  state.size = size
  state.released = false
  state.pending = 0
  resetRead(state)
  state.rawPosition = -1
  state.file = isPlainFile(raw) ? raw : null
  if (state.file === null) {
    try {
      rawTell(state)
    } catch (error) {
      drop(toException(error))
    }
  }
  state.ok = true
}

function warnOfDealloc(self: PyBuffered, source: Value): void {
  const { ok, raw, file } = self.data
  if (!ok || raw === null) return
  if (file !== null) {
    warnUnclosed(file, source)
    return
  }
  try {
    command(raw, '_dealloc_warn', source)
  } catch (error) {
    drop(toException(error))
  }
}

function close(self: PyBuffered): Owned<Value> {
  const state = stateOf(self)
  if (bufferedClosed(state)) return none()
  if (state.finalizing) warnOfDealloc(self, self)
  let failure: unknown
  try {
    command(self, 'flush')
  } catch (error) {
    failure = error
  }
  let result: Owned<Value>
  try {
    result = method(state.raw!, 'close')
  } catch (error) {
    throw failure === undefined ? error : chained(failure, error)
  } finally {
    state.released = true
    state.pending = 0
    resetRead(state)
  }
  if (failure === undefined) return result
  drop(result)
  throw failure
}

function detach(self: PyBuffered): Owned<Value> {
  stateOf(self)
  command(self, 'flush')
  const state = self.data
  const raw = state.raw!
  state.raw = null
  state.file = null
  state.detached = true
  state.ok = false
  return raw
}

/** Writes what waits, and where the stream is read too, puts the raw stream where the program thinks that it is. */
function flushAndRewind(state: BufferedState): void {
  flushOutput(state)
  if (state.canRead) rewind(state)
}

function flush(self: PyBuffered): void {
  openState(self, 'flush of closed file')
  exclusively(self, flushAndRewind)
}

function seek(self: PyBuffered, targetValue: Value, whence: number): Owned<Value> {
  if (whence < 0 || whence > 4) throw valueError(`whence value ${whence} unsupported`)
  const state = openState(self, 'seek of closed file')
  checkAbility(state.raw!, 'seekable')
  let target = toOffset(targetValue)
  return exclusively(self, () => {
    const ahead = state.end - state.pos
    if ((whence === 0 || whence === 1) && ahead > 0) {
      const current = state.rawPosition >= 0 ? state.rawPosition : rawTell(state)
      const offset = whence === 0 ? target - (current - ahead) : target
      if (offset >= -state.pos && offset <= ahead) {
        state.pos += offset
        return current - ahead + offset
      }
    }
    flushOutput(state)
    if (whence === 1) target -= state.end - state.pos
    const position = rawSeek(state, target, whence)
    resetRead(state)
    return position
  })
}

function truncate(self: PyBuffered, pos: Value): Owned<Value> {
  const state = openState(self, 'truncate of closed file')
  if (!state.canWrite) throw unsupported('truncate')
  return exclusively(self, () => {
    flushAndRewind(state)
    const result = method(state.raw!, 'truncate', pos)
    state.rawPosition = -1
    return result
  })
}

/** What asks the raw stream, with the checks of every method. */
const ask = (name: string) => (self: PyBuffered) => method(stateOf(self).raw!, name)

/** Bytes of CPython's own part of a buffered stream. */
const BASIC_SIZE = 168

const commonMethods = {
  'detach()': detach,
  'close()': close,
  'seekable()': ask('seekable'),
  'fileno()': ask('fileno'),
  'isatty()': ask('isatty'),
  '_dealloc_warn(source, /)': warnOfDealloc,
  '__getstate__()': cannotPickle,
  '__sizeof__()': ({ data }: PyBuffered): Owned<Value> => BASIC_SIZE + (data.ok && !data.released ? data.size : 0),
  'seek(target, whence: int = 0, /)': seek,
  'tell()': (self: PyBuffered): Owned<Value> => {
    const state = stateOf(self)
    return rawTell(state) - (state.end - state.pos) + state.pending
  },
  'truncate(pos = None, /)': truncate,
}

function read(self: PyBuffered, sizeValue: Value): Owned<Value> {
  const state = stateOf(self)
  const size = sizeOf(sizeValue)
  if (size < -1) throw valueError('read length must be non-negative or -1')
  if (size >= 0 && size <= state.end - state.pos) {
    const bytes = state.memory.slice(state.pos, state.pos + size)
    state.pos += size
    return newBytes(bytes)
  }
  openState(self, 'read of closed file')
  const bytes = exclusively(self, () => (size < 0 ? readAll(state) : readMany(state, size)))
  return bytes === null ? none() : newBytes(bytes)
}

function read1(self: PyBuffered, sizeValue: Value): Owned<Value> {
  const state = stateOf(self)
  const asked = toOffset(sizeValue)
  const size = asked < 0 ? state.size : asked
  openState(self, 'read of closed file')
  if (size === 0) return newBytes(new Uint8Array(0))
  const ahead = Math.min(size, state.end - state.pos)
  if (ahead > 0) {
    const bytes = state.memory.slice(state.pos, state.pos + ahead)
    state.pos += ahead
    return newBytes(bytes)
  }
  return exclusively(self, () => {
    beforeReading(state)
    resetRead(state)
    const bytes = new Uint8Array(size)
    const count = rawRead(state, bytes) ?? 0
    return newBytes(count === size ? bytes : bytes.slice(0, count))
  })
}

function readInto(self: PyBuffered, buffer: Value, once: boolean): Owned<Value> {
  stateOf(self)
  const view = writableBuffer(buffer, once ? 'readinto1' : 'readinto')
  try {
    const state = openState(self, 'readinto of closed file')
    const into = view.bytes
    let done = takeAhead(state, into, 0)
    const more = into.length - done
    if (more === 0 || (once && done > 0 && more <= state.size)) return done
    return exclusively(self, () => {
      beforeReading(state)
      while (done < into.length) {
        let count: number | null
        if (into.length - done > state.size) {
          count = rawRead(state, into.subarray(done))
          if (count !== null) done += count
        } else {
          count = fill(state)
          if (count !== null) done += takeAhead(state, into, done)
        }
        if (count === null && done === 0) return none()
        if (count === null || count === 0 || once) break
      }
      return done
    })
  } finally {
    view.release()
  }
}

function peek(self: PyBuffered): Owned<Value> {
  const state = openState(self, 'peek of closed file')
  return exclusively(self, () => {
    beforeReading(state)
    if (state.end === state.pos) fill(state)
    return newBytes(state.memory.slice(state.pos, state.end))
  })
}

const NEWLINE = 10

/** The next line, at most `limit` bytes of it unless that is negative. */
function readLine(self: PyBuffered, limit: number): Uint8Array {
  const state = openState(self, 'readline of closed file')
  const { memory, pos, end } = state
  const found = memory.indexOf(NEWLINE, pos)
  let stop = found >= 0 && found < end ? found + 1 : -1
  if (limit >= 0 && (stop < 0 ? end - pos >= limit : stop - pos > limit)) stop = pos + limit
  if (stop >= 0) {
    state.pos = stop
    return memory.slice(pos, stop)
  }
  return exclusively(self, () => longLine(state, limit))
}

/** A line that goes on behind the read-ahead. */
function longLine(state: BufferedState, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [state.memory.slice(state.pos, state.end)]
  let size = state.end - state.pos
  beforeReading(state)
  resetRead(state)
  for (;;) {
    const count = fill(state)
    if (count === null || count === 0) break
    let stop = state.memory.indexOf(NEWLINE)
    stop = stop < 0 || stop >= count ? count : stop + 1
    if (limit >= 0 && size + stop > limit) stop = limit - size
    chunks.push(state.memory.slice(0, stop))
    size += stop
    state.pos = stop
    if (state.memory[stop - 1] === NEWLINE || (limit >= 0 && size >= limit)) break
  }
  const out = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    out.set(chunk, at)
    at += chunk.length
  }
  return out
}

function nextLine(self: PyBuffered): Owned<Value> | undefined {
  stateOf(self)
  if (self.type === bufferedReaderType || self.type === bufferedRandomType) {
    const line = readLine(self, -1)
    return line.length === 0 ? undefined : newBytes(line)
  }
  return bufferedIOBaseType.tp_iternext!(self)
}

const readMethods = {
  'read(size = -1, /)': read,
  'read1(size = -1, /)': read1,
  'readinto(buffer, /)': (self: PyBuffered, buffer: Value) => readInto(self, buffer, false),
  'readinto1(buffer, /)': (self: PyBuffered, buffer: Value) => readInto(self, buffer, true),
  'peek(size = 0, /)': peek,
  'readline(size = -1, /)': (self: PyBuffered, size: Value) => {
    stateOf(self)
    return newBytes(readLine(self, sizeOf(size)))
  },
  'readable()': ask('readable'),
}

function write(self: PyBuffered, value: Value): Owned<Value> {
  const state = stateOf(self)
  const bytes = bufferBytes(value)
  if (state.released || bufferedClosed(state)) throw valueError('write to closed file')
  return exclusively(self, () => writeBytes(state, bytes))
}

const writeMethods = {
  'write(buffer, /)': write,
  'flush()': flush as (self: PyBuffered) => Result,
  'writable()': ask('writable'),
}

const getset = {
  closed: (self: PyBuffered): Owned<Value> => {
    const state = stateOf(self)
    return state.file === null ? getAttr(state.raw!, 'closed') : state.file.data.fd < 0
  },
  name: (self: PyBuffered) => getAttr(stateOf(self).raw!, 'name'),
  mode: (self: PyBuffered) => getAttr(stateOf(self).raw!, 'mode'),
}

const members = {
  raw: (self: PyBuffered): Owned<Value> => (self.data.raw === null ? none() : keep<Value>(self.data.raw)),
  _finalizing: {
    get: (self: PyBuffered): Owned<Value> => self.data.finalizing,
    set: (self: PyBuffered, value: Value | undefined) => {
      self.data.finalizing = value === true
    },
  },
}

function reprOf(self: PyBuffered): Owned<Value> {
  const name = reprName(self)
  return newText(name === null ? `<${shownType(self)}>` : `<${shownType(self)} name=${name}>`)
}

const life = lifetime<PyBuffered>(
  ({ data }) => [data.raw],
  ({ data }) => {
    data.raw = null
    data.file = null
    data.ok = false
  },
)

/** The slots of a type that reads, writes or both. */
function slotsOf(name: string, reads: boolean, writes: boolean) {
  const needs = abilities.filter((a) => (a === 'readable' ? reads : a === 'writable' ? writes : reads && writes))
  return {
    tp_new: (type: PyType) => newInstance(type, new BufferedState(reads, writes)) as Owned<Value>,
    tp_init: tpInit(`${name}(raw, buffer_size: ssize = 8192)`, (self: PyBuffered, ...args: unknown[]) =>
      initialize(self, args[0] as Value, args[1] as number, needs),
    ),
    tp_repr: reprOf,
    ...life,
  }
}

/** Defines BufferedReader, BufferedWriter and BufferedRandom. */
export function defineBuffered(): void {
  defineType(bufferedReaderType, () => ({
    slots: { ...slotsOf('BufferedReader', true, false), tp_iternext: nextLine },
    methods: { ...commonMethods, ...readMethods, 'flush()': ask('flush') },
    getset,
    members,
  }))
  defineType(bufferedWriterType, () => ({
    slots: slotsOf('BufferedWriter', false, true),
    methods: { ...commonMethods, ...writeMethods },
    getset,
    members,
  }))
  defineType(bufferedRandomType, () => ({
    slots: { ...slotsOf('BufferedRandom', true, true), tp_iternext: nextLine },
    methods: { ...commonMethods, ...readMethods, ...writeMethods },
    getset,
    members,
  }))
}
