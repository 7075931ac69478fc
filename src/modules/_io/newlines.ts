import { type Str, strFromCodePoints, strLength } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt, asStr } from '../../objects/access.ts'
import { defineType, type Result, tpInit } from '../../objects/define.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import { newInstance } from '../../objects/instance.ts'
import { newBytes, newStr, newTuple, none } from '../../objects/make.ts'
import type { PyInstance, PyTuple, PyType, Value } from '../../objects/object.ts'
import { TPFLAGS_BASETYPE, TPFLAGS_TUPLE_SUBCLASS } from '../../objects/object.ts'
import { strConcat, strSlice } from '../../objects/text/str_sequence.ts'
import { builtinType, None, type TypeFor, typeOf } from '../../objects/types.ts'
import { method } from './types.ts'

const SEEN_CR = 1
const SEEN_LF = 2
const SEEN_CRLF = 4
const SEEN_ALL = 7

const CR = 13
const LF = 10

/** What has been seen of the ends of lines: CPython's `newlines` attribute; owned. */
export function seenNewlines(seen: number): Owned<Value> {
  const texts = [
    [SEEN_CR, '\r'],
    [SEEN_LF, '\n'],
    [SEEN_CRLF, '\r\n'],
  ] as const
  const found = texts.filter(([bit]) => (seen & bit) !== 0).map(([, text]) => text)
  if (found.length === 0) return none()
  return found.length === 1 ? found[0]! : newTuple(found)
}

/** Recognises and, if asked, translates the ends of lines in text that comes in pieces. */
export class NewlineState {
  readonly translate: boolean
  seen = 0
  /** A carriage return at the end of the last piece, held back since a line feed may follow. */
  pendingCr = false

  constructor(translate: boolean) {
    this.translate = translate
  }

  /** The next piece; a carriage return at its end is held back unless it is the last one. */
  decode(piece: Str, final: boolean): Str {
    let text = piece
    if (this.pendingCr && (final || strLength(text) > 0)) {
      text = strConcat('\r', text)
      this.pendingCr = false
    }
    const length = strLength(text)
    if (!final && length > 0 && charAt(text, length - 1) === CR) {
      text = strSlice(text, 0, length - 1)
      this.pendingCr = true
    }
    return typeof text === 'string' ? this.plain(text) : this.wide(text.codePoints)
  }

  private plain(text: string): string {
    if (!text.includes('\r')) {
      if ((this.seen & SEEN_LF) === 0 && text.includes('\n')) this.seen |= SEEN_LF
      return text
    }
    if (this.seen !== SEEN_ALL) {
      for (let i = 0; i < text.length && this.seen !== SEEN_ALL; i++) {
        const unit = text.charCodeAt(i)
        if (unit === LF) this.seen |= SEEN_LF
        else if (unit === CR) {
          if (text.charCodeAt(i + 1) === LF) {
            this.seen |= SEEN_CRLF
            i++
          } else this.seen |= SEEN_CR
        }
      }
    }
    return this.translate ? text.replace(/\r\n?/g, '\n') : text
  }

  private wide(points: readonly number[]): Str {
    const out: number[] = []
    for (let i = 0; i < points.length; i++) {
      const point = points[i]!
      if (point === CR) {
        const crlf = points[i + 1] === LF
        this.seen |= crlf ? SEEN_CRLF : SEEN_CR
        if (this.translate) out.push(LF)
        else {
          out.push(CR)
          if (crlf) out.push(LF)
        }
        if (crlf) i++
        continue
      }
      if (point === LF) this.seen |= SEEN_LF
      out.push(point)
    }
    return strFromCodePoints(out)
  }

  reset(): void {
    this.seen = 0
    this.pendingCr = false
  }
}

function charAt(text: Str, index: number): number {
  return typeof text === 'string' ? text.charCodeAt(index) : text.codePoints[index]!
}

/** The `data` of an IncrementalNewlineDecoder. */
interface DecoderData {
  /** The decoder behind, or None. */
  decoder: Owned<Value> | null
  state: NewlineState | null
}

type PyNewlineDecoder = PyInstance<DecoderData>

export const newlineDecoderType: TypeFor<PyNewlineDecoder> = builtinType<PyNewlineDecoder>(
  '_io.IncrementalNewlineDecoder',
  TPFLAGS_BASETYPE,
)

function ready({ data }: PyNewlineDecoder): { decoder: Owned<Value>; state: NewlineState } {
  if (data.decoder === null || data.state === null) {
    throw valueError('IncrementalNewlineDecoder.__init__() not called')
  }
  return data as { decoder: Owned<Value>; state: NewlineState }
}

function decode(self: PyNewlineDecoder, input: Value, final: boolean): Owned<Value> {
  const { decoder, state } = ready(self)
  const output = decoder === None ? keep(input) : method(decoder, 'decode', input, final)
  try {
    const text = asStr(output)
    if (text === undefined) throw typeError(`decoder should return a string result, not '${typeOf(output).name}'`)
    return newStr(state.decode(text, final))
  } finally {
    drop(output)
  }
}

function getstate(self: PyNewlineDecoder): Owned<Value> {
  const { decoder, state } = ready(self)
  const pending = state.pendingCr ? 1n : 0n
  if (decoder === None) return newTuple([newBytes(new Uint8Array(0)), Number(pending)])
  const inner = method(decoder, 'getstate')
  try {
    if (!isTuple(inner)) throw typeError('illegal decoder state')
    const [buffer, flags] = inner.data
    const number = BigInt(asInt(flags!) ?? 0)
    const together = (number << 1n) | pending
    return newTuple([keep<Value>(buffer!), together <= 9007199254740991n ? Number(together) : together])
  } finally {
    drop(inner)
  }
}

function isTuple(value: Value): value is PyTuple {
  return typeof value === 'object' && (value.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0
}

function setstate(self: PyNewlineDecoder, value: Value): Result {
  const { decoder, state } = ready(self)
  if (!isTuple(value)) throw typeError('state argument must be a tuple')
  const flags = value.data.length === 2 ? asInt(value.data[1]!) : undefined
  if (flags === undefined) throw typeError('setstate(): illegal state argument')
  const number = BigInt(flags)
  state.pendingCr = (number & 1n) === 1n
  if (decoder === None) return
  const rest = number >> 1n
  const inner = newTuple([keep<Value>(value.data[0]!), rest <= 9007199254740991n ? Number(rest) : rest])
  try {
    return method(decoder, 'setstate', inner)
  } finally {
    drop(inner)
  }
}

/** Defines IncrementalNewlineDecoder. */
export function defineNewlineDecoder(): void {
  defineType(newlineDecoderType, () => ({
    slots: {
      tp_new: (type: PyType) => newInstance<DecoderData>(type, { decoder: null, state: null }),
      tp_init: tpInit(
        "IncrementalNewlineDecoder(decoder, translate: bool, errors = 'strict')",
        ({ data }: PyNewlineDecoder, decoder, translate) => {
          const old = data.decoder
          data.decoder = keep(decoder)
          data.state = new NewlineState(translate)
          drop(old)
        },
      ),
      tp_dealloc: ({ data }) => drop(data.decoder),
    },
    methods: {
      'decode(input, final: bool = False)': decode,
      'getstate()': getstate,
      'setstate(state, /)': setstate,
      'reset()': (self) => {
        const { decoder, state } = ready(self)
        state.reset()
        if (decoder !== None) return method(decoder, 'reset')
      },
    },
    getset: { newlines: (self) => seenNewlines(ready(self).state.seen) },
  }))
}
