import { PyError } from '../base/errors.ts'
import { encodeUtf8, surrogateMessage } from '../base/utf8.ts'
import { decodeWith } from './codecs.ts'
import { findCookie } from './cookie.ts'
import { PySyntaxError } from './errors.ts'
import { type FileReading, readFileSource } from './file.ts'
import type { SourceFault, SourceText } from './text.ts'

/** How `decodeSource` is to read its input. */
export interface DecodeOptions {
  /** `string` (the default): as `compile()` takes its argument; `file`: as the interpreter reads a script. */
  readonly from?: 'string' | 'file'
  /** Whole modules (the default) get a last newline where they lack one; the other modes of `compile()` do not. */
  readonly mode?: 'exec' | 'eval' | 'single' | 'func_type'
  /** For `from: 'string'`: the file named `filename` exists and holds this, as when a module is imported. */
  readonly file?: Uint8Array | null
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Turns a program as it is stored into the UTF-8 text that the tokenizer reads, as CPython's `decode_str` and file
 * reader do (PEP 263): BOM, encoding cookie, universal newlines, a last newline for a module.
 *
 * A string is a `str`: no BOM or cookie is looked for in it. Throws `PySyntaxError` for null bytes, an unknown
 * encoding, bytes that the declared encoding cannot decode and a cookie that contradicts the BOM; `PyError`
 * (`UnicodeEncodeError`) for a `str` with lone surrogates.
 */
export function decodeSource(input: Uint8Array | string, filename: string, options?: DecodeOptions): SourceText {
  const addNewline = (options?.mode ?? 'exec') === 'exec'
  if (typeof input === 'string') return fromStr(input, filename, addNewline, options?.file ?? null)
  if (options?.from === 'file') return fileSource(readFileSource(input, filename), filename, input)
  return fromBytes(input, filename, addNewline, options?.file ?? null)
}

function fromStr(input: string, filename: string, addNewline: boolean, file: Uint8Array | null): SourceText {
  const encoded = encodeUtf8(input)
  if (encoded.length !== input.length) {
    const message = surrogateMessage(input)
    if (message !== null) throw new PyError('UnicodeEncodeError', message)
  }
  rejectNullBytes(encoded)
  const text = translateNewlines(encoded, 0, addNewline)
  return sourceText(filename, text, text, 'utf-8', 'utf-8', true, false, file, null)
}

function fromBytes(input: Uint8Array, filename: string, addNewline: boolean, file: Uint8Array | null): SourceText {
  rejectNullBytes(input)
  const hasBom = input[0] === 0xef && input[1] === 0xbb && input[2] === 0xbf
  const text = translateNewlines(input, hasBom ? 3 : 0, addNewline)
  const cookie = findCookie(text.bytes, text.length)
  if (hasBom && cookie !== null && cookie !== 'utf-8') {
    throw initError(filename, `encoding problem: ${cookie} with BOM`)
  }
  const declared = cookie ?? (hasBom ? 'utf-8' : null)
  if (declared === null || declared === 'utf-8') {
    return sourceText(filename, text, text, 'utf-8', declared, false, false, file, null)
  }
  const decoded = decodeWith(declared, text.bytes.subarray(0, text.length))
  if (decoded.error !== null) throw initError(filename, decoded.error)
  const recoded = padded(encodeUtf8(decoded.text))
  return sourceText(filename, recoded, text, declared, declared, false, false, file, null)
}

function fileSource(reading: FileReading, filename: string, input: Uint8Array): SourceText {
  const text = padded(reading.bytes)
  return sourceText(
    filename,
    text,
    text,
    reading.encoding ?? 'utf-8',
    reading.encoding,
    false,
    true,
    input,
    reading.fault,
  )
}

interface PaddedText {
  readonly bytes: Uint8Array
  readonly length: number
}

function sourceText(
  filename: string,
  text: PaddedText,
  original: PaddedText,
  encoding: string,
  declaredEncoding: string | null,
  isStr: boolean,
  fromFile: boolean,
  file: Uint8Array | null,
  fault: SourceFault | null,
): SourceText {
  return {
    filename,
    bytes: text.bytes,
    length: text.length,
    ascii: asciiText(text),
    encoding,
    isStr,
    declaredEncoding,
    original: original.bytes,
    originalLength: original.length,
    fromFile,
    file,
    fault,
  }
}

/** The text as a string if every byte of it is ASCII: then, and only then, decoding keeps the length. */
function asciiText(text: PaddedText): string | null {
  const decoded = lenient.decode(text.bytes.subarray(0, text.length))
  return decoded.length === text.length && !decoded.includes('\ufffd') ? decoded : null
}

function padded(bytes: Uint8Array): PaddedText {
  const out = new Uint8Array(bytes.length + 4)
  out.set(bytes)
  return { bytes: out, length: bytes.length }
}

/**
 * `\r\n` and `\r` become `\n`, and a module that does not end in one gets one. A module that ends in `\r\n` gets
 * another besides, as in CPython, which is why an indented block in it may end one line later.
 */
function translateNewlines(input: Uint8Array, start: number, addNewline: boolean): PaddedText {
  const out = new Uint8Array(input.length - start + 5)
  let length = 0
  let last = 0
  let from = start
  for (;;) {
    const cr = input.indexOf(13, from)
    const to = cr < 0 ? input.length : cr
    if (to > from) {
      out.set(from === 0 && to === input.length ? input : input.subarray(from, to), length)
      length += to - from
      last = input[to - 1]!
    }
    if (cr < 0) break
    out[length++] = last = 10
    from = cr + 1
    if (input[from] === 10) {
      from++
      if (from === input.length) last = 0
    }
  }
  if (addNewline && last !== 10) out[length++] = 10
  return { bytes: out, length }
}

function rejectNullBytes(bytes: Uint8Array): void {
  if (!bytes.includes(0)) return
  throw new PySyntaxError('SyntaxError', {
    msg: 'source code string cannot contain null bytes',
    filename: null,
    lineno: null,
    offset: null,
    text: null,
    end_lineno: null,
    end_offset: null,
  })
}

/** What CPython raises when it cannot even start to tokenize: line 0, offset -1. */
function initError(filename: string, msg: string): PySyntaxError {
  return new PySyntaxError('SyntaxError', {
    msg,
    filename,
    lineno: 0,
    offset: -1,
    text: null,
    end_lineno: null,
    end_offset: null,
  })
}
