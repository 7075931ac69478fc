/**
 * What codecs do about input that they cannot convert: the faults, and the error handlers that Python has by name.
 * A codec calls its handler with the fields of the exception; what is not built in, the caller wraps.
 */
import { PyError } from '../../base/errors.ts'
import { decodeErrorMessage } from '../../base/utf8.ts'
import { type Str, strFromCodePoints } from '../../base/values.ts'
import { strCodePointAt } from './str_sequence.ts'

/** A `UnicodeDecodeError` or `UnicodeEncodeError` with its attributes. */
export class UnicodeFault extends PyError {
  readonly encoding: string
  /** The bytes that were decoded, or the string that was encoded. */
  readonly object: Uint8Array | Str
  readonly start: number
  readonly end: number
  readonly reason: string

  constructor(encoding: string, object: Uint8Array | Str, start: number, end: number, reason: string) {
    const isDecoding = object instanceof Uint8Array
    super(
      isDecoding ? 'UnicodeDecodeError' : 'UnicodeEncodeError',
      isDecoding
        ? decodeErrorMessage(encoding, object[start], start, end, reason)
        : encodeErrorMessage(encoding, object, start, end, reason),
    )
    this.encoding = encoding
    this.object = object
    this.start = start
    this.end = end
    this.reason = reason
  }
}

/** The text of a `UnicodeEncodeError`. */
export function encodeErrorMessage(encoding: string, object: Str, start: number, end: number, reason: string): string {
  if (end - start !== 1) {
    return `'${encoding}' codec can't encode characters in position ${start}-${end - 1}: ${reason}`
  }
  const char = escapedCodePoint(strCodePointAt(object, start))
  return `'${encoding}' codec can't encode character '${char}' in position ${start}: ${reason}`
}

/** What stands for faulty bytes, and where decoding goes on; a negative position counts from the end. */
interface DecodeRepair {
  readonly replacement: Str
  readonly position: number
  /** The bytes to go on in, where the handler changed the exception's object. */
  readonly object?: Uint8Array
}

/** What stands for characters that cannot be encoded (bytes as they are), and where encoding goes on. */
interface EncodeRepair {
  readonly replacement: Str | Uint8Array
  readonly position: number
}

/** Called with the fields of a `UnicodeDecodeError`. */
export type DecodeErrorHandler = (
  encoding: string,
  object: Uint8Array,
  start: number,
  end: number,
  reason: string,
) => DecodeRepair

/** Called with the fields of a `UnicodeEncodeError`. */
export type EncodeErrorHandler = (
  encoding: string,
  object: Str,
  start: number,
  end: number,
  reason: string,
) => EncodeRepair

/** `strict` for decoding. */
export const strictDecoding: DecodeErrorHandler = (encoding, object, start, end, reason) => {
  throw new UnicodeFault(encoding, object, start, end, reason)
}

/** `strict` for encoding. */
export const strictEncoding: EncodeErrorHandler = (encoding, object, start, end, reason) => {
  throw new UnicodeFault(encoding, object, start, end, reason)
}

const wrongException = (): never => {
  throw new PyError('TypeError', "don't know how to handle UnicodeDecodeError in error callback")
}

/** Most bytes that one call of `surrogateescape` decodes. */
const MAX_ESCAPED = 4

/** The error handlers for decoding that Python has by name. */
export const decodeErrorHandlers: Readonly<Record<string, DecodeErrorHandler>> = {
  strict: strictDecoding,
  ignore: (_encoding, _object, _start, end) => ({ replacement: '', position: end }),
  replace: (_encoding, _object, _start, end) => ({ replacement: '\ufffd', position: end }),
  backslashreplace: (_encoding, object, start, end) => {
    let replacement = ''
    for (let i = start; i < end; i++) replacement += escapedCodePoint(object[i])
    return { replacement, position: end }
  },
  xmlcharrefreplace: wrongException,
  namereplace: wrongException,
  surrogateescape: (encoding, object, start, end, reason) => {
    const codes: number[] = []
    for (let i = start; i < end && codes.length < MAX_ESCAPED && object[i] >= 0x80; i++) codes.push(0xdc00 + object[i])
    if (codes.length === 0) throw new UnicodeFault(encoding, object, start, end, reason)
    return { replacement: strFromCodePoints(codes), position: start + codes.length }
  },
  surrogatepass: (encoding, object, start, end, reason) => {
    const form = standardForm(encoding)
    const cp = form === null ? 0 : readUnit(form, object, start)
    if (form === null || !isSurrogate(cp)) throw new UnicodeFault(encoding, object, start, end, reason)
    return { replacement: String.fromCharCode(cp), position: start + form.size }
  },
}

/** `surrogateescape` for encoding. UTF-8, ASCII and Latin-1 write what it knows before they complain about the rest. */
export const surrogateEscapeEncoding: EncodeErrorHandler = (encoding, object, start, end, reason) => {
  const replacement = new Uint8Array(end - start)
  for (let i = start; i < end; i++) {
    const cp = strCodePointAt(object, i)
    if (!isEscapedByte(cp)) throw new UnicodeFault(encoding, object, start, end, reason)
    replacement[i - start] = cp - 0xdc00
  }
  return { replacement, position: end }
}

/** The error handlers for encoding that Python has by name, but for `namereplace`. */
export const encodeErrorHandlers: Readonly<Record<string, EncodeErrorHandler>> = {
  strict: strictEncoding,
  ignore: (_encoding, _object, _start, end) => ({ replacement: '', position: end }),
  replace: (_encoding, _object, start, end) => ({ replacement: '?'.repeat(end - start), position: end }),
  backslashreplace: replaceEach(escapedCodePoint),
  xmlcharrefreplace: replaceEach((cp) => `&#${cp};`),
  surrogateescape: surrogateEscapeEncoding,
  surrogatepass: (encoding, object, start, end, reason) => {
    const form = standardForm(encoding)
    const size = form?.size ?? 0
    const replacement = new Uint8Array((end - start) * size)
    for (let i = start; i < end; i++) {
      const cp = strCodePointAt(object, i)
      if (form === null || !isSurrogate(cp)) throw new UnicodeFault(encoding, object, start, end, reason)
      writeUnit(form, replacement, (i - start) * size, cp)
    }
    return { replacement, position: end }
  },
}

/** `namereplace`, with what finds the name of a code point in the character database. */
export function nameReplaceEncoding(nameOf: (cp: number) => string | undefined): EncodeErrorHandler {
  return replaceEach((cp) => {
    const name = nameOf(cp)
    return name === undefined ? escapedCodePoint(cp) : `\\N{${name}}`
  })
}

function replaceEach(textOf: (cp: number) => string): EncodeErrorHandler {
  return (_encoding, object, start, end) => {
    let replacement = ''
    for (let i = start; i < end; i++) replacement += textOf(strCodePointAt(object, i))
    return { replacement, position: end }
  }
}

/** A code point as `\xhh`, `\uhhhh` or `\Uhhhhhhhh`. */
export function escapedCodePoint(cp: number): string {
  const hex = cp.toString(16)
  if (cp <= 0xff) return '\\x' + hex.padStart(2, '0')
  return cp <= 0xffff ? '\\u' + hex.padStart(4, '0') : '\\U' + hex.padStart(8, '0')
}

export function isSurrogate(cp: number): boolean {
  return cp >= 0xd800 && cp <= 0xdfff
}

/** Whether a code point stands for a byte that `surrogateescape` decoded. */
export function isEscapedByte(cp: number): boolean {
  return cp >= 0xdc80 && cp <= 0xdcff
}

/** Where a handler says that work goes on, within the input. Throws `IndexError`. */
export function checkedPosition(position: number, length: number): number {
  const at = position < 0 ? position + length : position
  if (at < 0 || at > length) {
    throw new PyError('IndexError', `position ${at} from error handler out of bounds`)
  }
  return at
}

/** One of the encodings in which a surrogate has a form: the bytes that it takes, and whether the lowest comes first. */
interface StandardForm {
  readonly size: 2 | 3 | 4
  readonly isLittle: boolean
}

function standardForm(encoding: string): StandardForm | null {
  if (encoding === 'CP_UTF8' || /^utf[-_]?8$/i.test(encoding)) return { size: 3, isLittle: false }
  const match = /^utf[-_]?(16|32)(?:[-_]?([bl])e)?$/i.exec(encoding)
  if (match === null) return null
  return { size: match[1] === '16' ? 2 : 4, isLittle: match[2]?.toLowerCase() !== 'b' }
}

function readUnit(form: StandardForm, bytes: Uint8Array, at: number): number {
  if (at + form.size > bytes.length) return 0
  if (form.size === 3) {
    const [a, b, c] = bytes.subarray(at, at + 3)
    if ((a & 0xf0) !== 0xe0 || (b & 0xc0) !== 0x80 || (c & 0xc0) !== 0x80) return 0
    return ((a & 0x0f) << 12) | ((b & 0x3f) << 6) | (c & 0x3f)
  }
  let value = 0
  for (let i = 0; i < form.size; i++) value = (value << 8) | bytes[at + (form.isLittle ? form.size - 1 - i : i)]
  return value
}

function writeUnit(form: StandardForm, bytes: Uint8Array, at: number, cp: number): void {
  if (form.size === 3) {
    bytes[at] = 0xe0 | (cp >> 12)
    bytes[at + 1] = 0x80 | ((cp >> 6) & 0x3f)
    bytes[at + 2] = 0x80 | (cp & 0x3f)
    return
  }
  for (let i = 0; i < form.size; i++) bytes[at + (form.isLittle ? i : form.size - 1 - i)] = cp >> (8 * i)
}
