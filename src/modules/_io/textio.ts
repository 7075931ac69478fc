import { type Str, strLength, strToUtf16 } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt, asStr } from '../../objects/access.ts'
import { getAttr, lookupAttr } from '../../objects/attributes.ts'
import { bufferBytes } from '../../objects/buffer.ts'
import { defineType, type Result, tpInit } from '../../objects/define.ts'
import { attributeError, newException, toException, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_EncodingWarning, PyExc_OSError } from '../../objects/exception_types.ts'
import { instanceAttribute, newInstance } from '../../objects/instance.ts'
import { newStr, newText, none } from '../../objects/make.ts'
import type { PyType, Value } from '../../objects/object.ts'
import { call, isTrue, shown } from '../../objects/protocols.ts'
import { strictEncoding } from '../../objects/text/codec_errors.ts'
import { utf8Encode } from '../../objects/text/codec_utf8.ts'
import { strReplace } from '../../objects/text/str_replace.ts'
import { strConcat } from '../../objects/text/str_sequence.ts'
import { builtinType, None, type TypeFor, typeOf } from '../../objects/types.ts'
import { warn } from '../../objects/warn.ts'
import { importAttribute } from '../../vm/import.ts'
import { interpreter } from '../../vm/interpreter.ts'
import { localeEncoding } from '../../vm/locale_encoding.ts'
import { bufferedRandomType, bufferedReaderType, bufferedWriterType } from './buffered.ts'
import { cannotPickle, reprName } from './fileio.ts'
import { chained } from './iobase.ts'
import { NewlineState, seenNewlines } from './newlines.ts'
import { lookupTextCodec, plainKind, textDecoding, textEncoding } from './text_codec.ts'
import { seek, tell } from './textio_seek.ts'
import {
  attached,
  decodeChunk,
  forgetText,
  openText,
  type PyText,
  readChunk,
  readLine,
  resetDecoder,
  TextState,
  takeText,
  writePending,
} from './textio_state.ts'
import { asks, command, isClosed, lifetime, method, sizeOf, textIOBaseType, toOffset, unsupported } from './types.ts'

export const textIOWrapperType: TypeFor<PyText> = builtinType<PyText>(
  '_io.TextIOWrapper',
  textIOBaseType.flags,
  textIOBaseType,
)

function checkNewline(newline: string | null): void {
  if (newline === null || ['', '\n', '\r', '\r\n'].includes(newline)) return
  throw valueError(`illegal newline value: ${newline}`)
}

/** Sets what follows from `newline`: universal ends of lines, and what a line feed becomes. */
function setNewline(state: TextState, newline: string | null): void {
  state.newline = newline
  state.writeNewline = newline === '\r' || newline === '\r\n' ? newline : null
}

/** Makes the decoder and the encoder that the buffer has a use for. */
function setCodecs(state: TextState, encoding: string, errors: string): void {
  const info = plainKind(encoding, errors) === undefined ? lookupTextCodec(encoding) : null
  try {
    state.decoder?.release()
    state.encoder?.release()
    state.decoder = null
    state.encoder = null
    if (asks(state.buffer!, 'readable')) {
      state.decoder = textDecoding(encoding, errors, info)
      const universal = state.newline === null || state.newline === ''
      state.newlines = universal ? new NewlineState(state.newline === null) : null
    }
    if (asks(state.buffer!, 'writable')) state.encoder = textEncoding(encoding, errors, info)
  } finally {
    drop(info)
  }
}

/** An encoder that does not begin at the start of the file must not write a mark. */
function restartEncoder(state: TextState): void {
  if (!state.seekable || state.encoder === null || state.encoder.object === null) return
  const position = method(state.buffer!, 'tell')
  const atStart = position === 0
  drop(position)
  if (!atStart) state.encoder.restart(false)
}

/** The name of an encoding must be text that can be encoded itself. */
function checkEncodable(encoding: string): void {
  utf8Encode(encoding, strictEncoding)
}

/** In the development mode the error handler is looked up before it is needed. */
function checkErrors(errors: Str): void {
  if (!interpreter.config.flags.devMode || interpreter.finalizing) return
  const lookup = importAttribute('_codecs', 'lookup_error')
  try {
    drop(call(lookup, [newStr(errors)]))
  } finally {
    drop(lookup)
  }
}

interface InitArguments {
  buffer: Value
  encoding: string | null
  errors: Value
  newline: string | null
  lineBuffering: boolean
  writeThrough: boolean
}

function chosenEncoding(encoding: string | null): string {
  if (encoding !== null && encoding !== 'locale') return encoding
  const utf8 = interpreter.config.flags.utf8Mode !== 0
  if (encoding === null) {
    if (interpreter.config.flags.warnDefaultEncoding !== 0) {
      warn(PyExc_EncodingWarning, "'encoding' argument not specified", 1)
    }
    if (utf8) return 'utf-8'
  }
  return localeEncoding()
}

function initialize(self: PyText, given: InitArguments): void {
  const state = self.data
  state.ok = false
  state.detached = false
  const encoding = chosenEncoding(given.encoding)
  checkEncodable(encoding)
  const errors = given.errors === None ? 'strict' : asStr(given.errors)
  if (errors === undefined) {
    throw typeError(`TextIOWrapper() argument 'errors' must be str or None, not ${typeOf(given.errors).name}`)
  }
  if (strToUtf16(errors).includes('\0')) throw valueError('embedded null character')
  checkErrors(errors)
  checkNewline(given.newline)
  const old = state.buffer
  state.buffer = keep(given.buffer)
  drop(old)
  forgetText(state)
  state.chunks = []
  state.ascii = ''
  state.pending = 0
  state.ratio = 0
  state.encoding = newText(encoding)
  state.errors = newStr(errors)
  state.lineBuffering = given.lineBuffering
  state.writeThrough = given.writeThrough
  setNewline(state, given.newline)
  setCodecs(state, encoding, strToUtf16(errors))
  state.seekable = asks(given.buffer, 'seekable')
  state.telling = state.seekable
  const buffered = typeof given.buffer === 'object' ? given.buffer.type : null
  if (buffered === bufferedReaderType || buffered === bufferedRandomType) state.read1 = true
  else if (buffered === bufferedWriterType) state.read1 = false
  else {
    const read1 = lookupAttr(given.buffer, 'read1')
    state.read1 = read1 !== undefined
    drop(read1)
  }
  restartEncoder(state)
  state.ok = true
}

/** The str of an optional argument, or `null`. */
function optionalText(value: Value, name: string): Str | null {
  if (value === None) return null
  const text = asStr(value)
  if (text === undefined) {
    throw typeError(`reconfigure() argument '${name}' must be str or None, not ${typeOf(value).name}`)
  }
  return text
}

function reconfigure(
  self: PyText,
  encodingValue: Value,
  errorsValue: Value,
  newlineValue: Value | undefined,
  lineBuffering: Value,
  writeThrough: Value,
): Result {
  const state = attached(self)
  if (state.text !== null && (encodingValue !== None || errorsValue !== None || newlineValue !== undefined)) {
    throw unsupported('It is not possible to set the encoding or newline of stream after the first read')
  }
  const encoding = optionalText(encodingValue, 'encoding')
  const errors = optionalText(errorsValue, 'errors')
  let newline = state.newline
  if (newlineValue !== undefined) {
    const text = optionalText(newlineValue, 'newline')
    newline = text === null ? null : strToUtf16(text)
    checkNewline(newline)
  }
  const [lines, through] = [
    lineBuffering === None ? state.lineBuffering : isTrue(lineBuffering),
    writeThrough === None ? state.writeThrough : isTrue(writeThrough),
  ]
  command(self, 'flush')
  if (encoding !== null || errors !== null || newlineValue !== undefined) {
    const name = encoding === null ? strToUtf16(asStr(state.encoding)!) : chosenEncoding(strToUtf16(encoding))
    checkEncodable(name)
    const handler = errors === null ? (encoding === null ? asStr(state.errors)! : 'strict') : errors
    const before = state.newline
    setNewline(state, newline)
    try {
      setCodecs(state, name, strToUtf16(handler))
    } catch (error) {
      setNewline(state, before)
      throw error
    }
    state.encoding = newText(name)
    state.errors = newStr(handler)
    restartEncoder(state)
  }
  state.lineBuffering = lines
  state.writeThrough = through
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x80) return false
  return true
}

/** Writes text: encodes it, and passes it on where enough waits or the stream's kind wants it at once. */
export function writeText(self: PyText, given: Str): void {
  const state = openText(self)
  const { encoder } = state
  if (encoder === null) throw unsupported('not writable')
  let text = given
  const hasLineFeed =
    (state.writeNewline !== null || state.lineBuffering) &&
    (typeof text === 'string' ? text.includes('\n') : text.codePoints.includes(10))
  if (hasLineFeed && state.writeNewline !== null) text = strReplace(text, '\n', state.writeNewline)
  const flushLine =
    state.lineBuffering &&
    (hasLineFeed || (typeof text === 'string' ? text.includes('\r') : text.codePoints.includes(13)))
  if (encoder.asciiIsPlain && typeof text === 'string' && isAscii(text)) {
    if (state.pending + text.length > state.chunkSize) writePending(state)
    state.ascii += text
    state.pending += text.length
  } else {
    const bytes = encoder.encode(text)
    if (state.pending + bytes.length > state.chunkSize) writePending(state)
    if (state.ascii !== '') {
      state.chunks.push(new TextEncoder().encode(state.ascii))
      state.ascii = ''
    }
    state.chunks.push(bytes)
    state.pending += bytes.length
  }
  if (state.pending >= state.chunkSize || flushLine || state.writeThrough) writePending(state)
  if (flushLine) command(state.buffer!, 'flush')
  if (state.text !== null || state.snapshot !== null) forgetText(state)
  if (state.decoder !== null) resetDecoder(state)
}

function write(self: PyText, value: Value): Owned<Value> {
  const text = asStr(value)
  if (text === undefined) {
    attached(self)
    throw typeError(`write() argument must be str, not ${value === None ? 'None' : typeOf(value).name}`)
  }
  writeText(self, text)
  return strLength(text)
}

function read(self: PyText, sizeValue: Value): Owned<Value> {
  attached(self)
  const size = sizeOf(sizeValue)
  const state = openText(self)
  if (state.decoder === null) throw unsupported('not readable')
  writePending(state)
  if (size < 0) {
    const bytes = method(state.buffer!, 'read')
    try {
      if (bytes === None) throw typeError('decoding to str: need a bytes-like object, NoneType found')
      const rest = decodeChunk(state, bufferBytes(bytes), true)
      const text = strConcat(takeText(state, -1), rest)
      if (state.snapshot !== null) {
        forgetText(state)
        state.text = ''
      }
      return newStr(text)
    } finally {
      drop(bytes)
    }
  }
  let text = takeText(state, size)
  let left = size - strLength(text)
  while (left > 0) {
    if (!readChunk(state, left)) break
    const more = takeText(state, left)
    left -= strLength(more)
    text = strConcat(text, more)
  }
  return newStr(text)
}

function nextLine(self: PyText): Owned<Value> | undefined {
  const state = attached(self)
  state.telling = false
  let line: Owned<Value>
  if (self.type === textIOWrapperType) line = newStr(readLine(self, -1))
  else {
    line = method(self, 'readline')
    if (asStr(line) === undefined) {
      const found = typeOf(line).name
      drop(line)
      throw newException(PyExc_OSError, [`readline() should have returned a str object, not '${found}'`])
    }
  }
  if (strLength(asStr(line)!) > 0) return line
  drop(line)
  forgetText(state)
  state.telling = state.seekable
  return undefined
}

function flush(self: PyText): Owned<Value> {
  const state = openText(self)
  state.telling = state.seekable
  writePending(state)
  return method(state.buffer!, 'flush')
}

function close(self: PyText): Result {
  const state = attached(self)
  if (isClosed(self)) return
  if (state.finalizing) {
    try {
      command(state.buffer!, '_dealloc_warn', self)
    } catch (error) {
      drop(toException(error))
    }
  }
  let failure: unknown
  try {
    command(self, 'flush')
  } catch (error) {
    failure = error
  }
  let result: Owned<Value>
  try {
    result = method(state.buffer!, 'close')
  } catch (error) {
    throw failure === undefined ? error : chained(failure, error)
  }
  if (failure === undefined) return result
  drop(result)
  throw failure
}

function detach(self: PyText): Owned<Value> {
  const state = attached(self)
  command(self, 'flush')
  const buffer = state.buffer!
  state.buffer = null
  state.detached = true
  return buffer
}

function reprOf(self: PyText): Owned<Value> {
  if (!self.data.ok) throw valueError('I/O operation on uninitialized object')
  const name = reprName(self)
  const mode = lookupAttr(self, 'mode')
  const modeText = mode === undefined ? '' : ` mode=${shown(mode)}`
  drop(mode)
  return newText(
    `<_io.TextIOWrapper${name === null ? '' : ` name=${name}`}${modeText} encoding=${shown(self.data.encoding)}>`,
  )
}

const ask = (name: string) => (self: PyText) => method(attached(self).buffer!, name)

function setChunkSize(self: PyText, value: Value | undefined): void {
  const state = attached(self)
  if (value === undefined) {
    const error = attributeError(self, '_CHUNK_SIZE')
    ;(error.data.args.data as Value[])[0] = 'cannot delete attribute'
    throw error
  }
  const size = asInt(value) === undefined ? toOffset(value) : Number(asInt(value))
  if (size <= 0) throw valueError('a strictly positive integer is required')
  state.chunkSize = size
}

/** Defines TextIOWrapper. */
export function defineTextIO(): void {
  defineType(textIOWrapperType, () => ({
    slots: {
      tp_new: (type: PyType) => newInstance(type, new TextState()),
      tp_init: tpInit(
        'TextIOWrapper(buffer, encoding: text = None, errors = None, newline: text = None, line_buffering: bool = False, write_through: bool = False)',
        (self: PyText, buffer, encoding, errors, newline, lineBuffering, writeThrough) =>
          initialize(self, { buffer, encoding, errors, newline, lineBuffering, writeThrough }),
      ),
      tp_repr: reprOf,
      tp_iternext: nextLine,
      ...lifetime<PyText>(
        ({ data }) => [data.buffer, data.decoder?.object, data.encoder?.object],
        ({ data }) => {
          data.buffer = null
          data.decoder = null
          data.encoder = null
          data.ok = false
        },
      ),
    },
    methods: {
      'detach()': detach,
      'reconfigure(*, encoding = None, errors = None, newline = NULL, line_buffering = None, write_through = None)':
        reconfigure,
      'write(text, /)': write,
      'read(size = -1, /)': read,
      'readline(size: ssize = -1, /)': (self, size) => {
        attached(self)
        return newStr(readLine(self, size))
      },
      'flush()': flush,
      'close()': close,
      'fileno()': ask('fileno'),
      'seekable()': ask('seekable'),
      'readable()': ask('readable'),
      'writable()': ask('writable'),
      'isatty()': ask('isatty'),
      'seek(cookie, whence: int = 0, /)': seek,
      'tell()': tell,
      'truncate(pos = None, /)': (self, pos) => {
        const state = attached(self)
        command(self, 'flush')
        return method(state.buffer!, 'truncate', pos)
      },
      '__getstate__()': cannotPickle,
    },
    members: {
      encoding: (self) => (self.data.ok ? keep(self.data.encoding) : none()),
      buffer: (self) => {
        const { buffer } = self.data
        if (buffer === null) throw attributeError(self, 'buffer')
        return keep<Value>(buffer)
      },
      line_buffering: (self) => self.data.lineBuffering,
      write_through: (self) => self.data.writeThrough,
      _finalizing: {
        get: (self) => self.data.finalizing,
        set: (self, value) => {
          self.data.finalizing = value === true
        },
      },
    },
    getset: {
      name: (self) => getAttr(attached(self).buffer!, 'name'),
      closed: (self) => getAttr(attached(self).buffer!, 'closed'),
      newlines: (self) => {
        const { newlines } = attached(self)
        return newlines === null ? none() : seenNewlines(newlines.seen)
      },
      errors: (self) => {
        if (!self.data.ok) throw valueError('I/O operation on uninitialized object')
        return keep(self.data.errors)
      },
      _CHUNK_SIZE: { get: (self) => attached(self).chunkSize, set: setChunkSize },
    },
  }))
}

/** Whether a stream is a TextIOWrapper whose `write` nobody has replaced. */
export function isPlainText(stream: Value): stream is PyText {
  if (typeof stream !== 'object' || stream.type !== textIOWrapperType) return false
  return instanceAttribute(stream as PyText & Value, 'write') === undefined
}
