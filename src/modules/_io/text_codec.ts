import type { Str } from '../../base/values.ts'
import { drop } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt, asStr } from '../../objects/access.ts'
import { getAttr, lookupAttr } from '../../objects/attributes.ts'
import { isBytes } from '../../objects/bytes_like.ts'
import { newException, typeError } from '../../objects/errors.ts'
import { PyExc_LookupError } from '../../objects/exception_types.ts'
import { newBytes, newStr, newTuple } from '../../objects/make.ts'
import type { PyTuple, Value } from '../../objects/object.ts'
import { TPFLAGS_TUPLE_SUBCLASS } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import {
  type DecodeErrorHandler,
  decodeErrorHandlers,
  type EncodeErrorHandler,
  encodeErrorHandlers,
} from '../../objects/text/codec_errors.ts'
import { asciiDecode, asciiEncode, latin1Decode, latin1Encode } from '../../objects/text/codec_latin1.ts'
import { utf8Decode, utf8Encode } from '../../objects/text/codec_utf8.ts'
import { typeOf } from '../../objects/types.ts'
import { importAttribute } from '../../vm/import.ts'
import { method } from './types.ts'

const NOTHING = new Uint8Array(0)

/** Turns bytes that come in pieces into text. */
export interface TextDecoding {
  decode(bytes: Uint8Array, final: boolean): Str
  /** Bytes that wait for more, and a number that means the rest of the state. */
  getstate(): [Uint8Array, bigint]
  setstate(bytes: Uint8Array, flags: bigint): void
  reset(): void
  /** Gives up what it holds. */
  release(): void
  /** The Python object that it holds, borrowed. */
  readonly object: Value | null
}

/** Turns text that comes in pieces into bytes. */
export interface TextEncoding {
  encode(text: Str): Uint8Array
  /** Begins anew: at the start of the file, where some encodings have a mark, or behind it. */
  restart(atStart: boolean): void
  release(): void
  readonly object: Value | null
  /** Whether ASCII text is its own encoding, so that it can be put together as text. */
  readonly asciiIsPlain: boolean
}

type Kind = 'utf-8' | 'ascii' | 'latin-1'

const kinds: Readonly<Record<string, Kind>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  ascii: 'ascii',
  'us-ascii': 'ascii',
  'latin-1': 'latin-1',
  latin1: 'latin-1',
  'iso-8859-1': 'latin-1',
  'iso8859-1': 'latin-1',
}

/** Error handlers that programs cannot replace in practice, and that need no Python. */
const plainErrors = ['strict', 'ignore', 'replace', 'surrogateescape', 'backslashreplace']

/** The codec that can be used without Python, if this is one. */
export function plainKind(encoding: string, errors: string): Kind | undefined {
  return plainErrors.includes(errors) ? kinds[encoding.toLowerCase().replace(/_/g, '-')] : undefined
}

class PlainDecoding implements TextDecoding {
  readonly object = null
  private readonly kind: Kind
  private readonly handler: DecodeErrorHandler
  private waiting: Uint8Array = NOTHING

  constructor(kind: Kind, errors: string) {
    this.kind = kind
    this.handler = decodeErrorHandlers[errors]!
  }

  decode(bytes: Uint8Array, final: boolean): Str {
    if (this.kind === 'latin-1') return latin1Decode(bytes)
    if (this.kind === 'ascii') return asciiDecode(bytes, this.handler)
    let input = bytes
    if (this.waiting.length > 0) {
      input = new Uint8Array(this.waiting.length + bytes.length)
      input.set(this.waiting)
      input.set(bytes, this.waiting.length)
    }
    const { text, consumed } = utf8Decode(input, this.handler, final)
    this.waiting = consumed < input.length ? input.slice(consumed) : NOTHING
    return text
  }

  getstate(): [Uint8Array, bigint] {
    return [this.waiting, 0n]
  }

  setstate(bytes: Uint8Array): void {
    this.waiting = this.kind === 'utf-8' ? bytes : NOTHING
  }

  reset(): void {
    this.waiting = NOTHING
  }

  release(): void {}
}

class PlainEncoding implements TextEncoding {
  readonly object = null
  readonly asciiIsPlain = true
  private readonly handler: EncodeErrorHandler
  private readonly run: (text: Str, errors: EncodeErrorHandler) => Uint8Array

  constructor(kind: Kind, errors: string) {
    this.handler = encodeErrorHandlers[errors]!
    this.run = kind === 'utf-8' ? utf8Encode : kind === 'ascii' ? asciiEncode : latin1Encode
  }

  encode(text: Str): Uint8Array {
    return this.run(text, this.handler)
  }

  restart(): void {}

  release(): void {}
}

function isTuple(value: Value): value is PyTuple {
  return typeof value === 'object' && (value.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0
}

class CodecDecoding implements TextDecoding {
  readonly object: Owned<Value>

  constructor(decoder: Owned<Value>) {
    this.object = decoder
  }

  decode(bytes: Uint8Array, final: boolean): Str {
    const input = newBytes(bytes)
    let output: Owned<Value>
    try {
      output = method(this.object, 'decode', input, final)
    } finally {
      drop(input)
    }
    try {
      const text = asStr(output)
      if (text === undefined) throw typeError(`decoder should return a string result, not '${typeOf(output).name}'`)
      return text
    } finally {
      drop(output)
    }
  }

  getstate(): [Uint8Array, bigint] {
    const state = method(this.object, 'getstate')
    try {
      if (!isTuple(state) || state.data.length !== 2) throw typeError('illegal decoder state')
      const [buffer, flags] = state.data
      if (!isBytes(buffer!)) {
        const found = typeOf(buffer!).name
        throw typeError(`illegal decoder state: the first item should be a bytes object, not '${found}'`)
      }
      const number = asInt(flags!)
      if (number === undefined) throw typeError('illegal decoder state')
      return [buffer.data, BigInt(number)]
    } finally {
      drop(state)
    }
  }

  setstate(bytes: Uint8Array, flags: bigint): void {
    const state = newTuple([newBytes(bytes), flags <= 9007199254740991n ? Number(flags) : flags])
    try {
      drop(method(this.object, 'setstate', state))
    } finally {
      drop(state)
    }
  }

  reset(): void {
    drop(method(this.object, 'reset'))
  }

  release(): void {
    drop(this.object)
  }
}

class CodecEncoding implements TextEncoding {
  readonly object: Owned<Value>
  readonly asciiIsPlain = false

  constructor(encoder: Owned<Value>) {
    this.object = encoder
  }

  encode(text: Str): Uint8Array {
    const input = newStr(text)
    let output: Owned<Value>
    try {
      output = method(this.object, 'encode', input)
    } finally {
      drop(input)
    }
    try {
      if (!isBytes(output)) throw typeError(`encoder should return a bytes object, not '${typeOf(output).name}'`)
      return output.data
    } finally {
      drop(output)
    }
  }

  restart(atStart: boolean): void {
    drop(atStart ? method(this.object, 'reset') : method(this.object, 'setstate', 0))
  }

  release(): void {
    drop(this.object)
  }
}

/** The codec of an encoding that is one of text (`_PyCodec_LookupTextEncoding`), owned. */
export function lookupTextCodec(encoding: string): Owned<Value> {
  const end = encoding.indexOf('\0')
  if (end >= 0) throw newException(PyExc_LookupError, [`unknown encoding: ${encoding.slice(0, end)}`])
  const lookup = importAttribute('_codecs', 'lookup')
  let info: Owned<Value>
  try {
    info = call(lookup, [encoding])
  } finally {
    drop(lookup)
  }
  const isText = lookupAttr(info, '_is_text_encoding')
  drop(isText)
  if (isText !== false) return info
  drop(info)
  const text = `'${encoding}' is not a text encoding; use codecs.open() to handle arbitrary codecs`
  throw newException(PyExc_LookupError, [text])
}

function incremental(info: Value, which: 'incrementaldecoder' | 'incrementalencoder', errors: string): Owned<Value> {
  const factory = getAttr(info, which)
  try {
    return call(factory, [errors])
  } finally {
    drop(factory)
  }
}

/** A decoder of an encoding. Throws LookupError for an unknown one. */
export function textDecoding(encoding: string, errors: string, info: Value | null): TextDecoding {
  const kind = plainKind(encoding, errors)
  if (kind !== undefined) return new PlainDecoding(kind, errors)
  return new CodecDecoding(incremental(info!, 'incrementaldecoder', errors))
}

/** An encoder of an encoding. */
export function textEncoding(encoding: string, errors: string, info: Value | null): TextEncoding {
  const kind = plainKind(encoding, errors)
  if (kind !== undefined) return new PlainEncoding(kind, errors)
  return new CodecEncoding(incremental(info!, 'incrementalencoder', errors))
}
