import type { Expr } from '../ast/nodes.ts'
import { StrBuilder } from '../base/str_builder.ts'
import type { Str } from '../base/values.ts'
import { decodeBytesEscapes, decodeRaw, decodeStrEscapes } from './escapes.ts'
import { FString } from './fstrings.ts'
import type { LiteralContext } from './literal_context.ts'

const BACKSLASH = 0x5c
const LETTER_b = 0x62
const LETTER_f = 0x66
const LETTER_r = 0x72
const LETTER_u = 0x75

/** The parts of a STRING token; `readPrefix` fills it in, so that nothing is allocated for it. */
interface LiteralShape {
  isBytes: boolean
  isRaw: boolean
  isFormatted: boolean
  /** Source bytes between the quotes. */
  start: number
  end: number
}

const shape: LiteralShape = { isBytes: false, isRaw: false, isFormatted: false, start: 0, end: 0 }

function readPrefix(ctx: LiteralContext, token: number): LiteralShape {
  const { bytes } = ctx.source
  let start = ctx.tokens.starts[token]
  let end = ctx.tokens.ends[token]
  shape.isBytes = false
  shape.isRaw = false
  shape.isFormatted = false
  let quote = bytes[start]
  while (quote >= 0x41) {
    const letter = quote | 0x20
    if (letter === LETTER_b) shape.isBytes = true
    else if (letter === LETTER_r) shape.isRaw = true
    else if (letter === LETTER_f) shape.isFormatted = true
    quote = bytes[++start]
  }
  start++
  end--
  if (end - start >= 4 && bytes[start] === quote && bytes[start + 1] === quote) {
    start += 2
    end -= 2
  }
  shape.start = start
  shape.end = end
  return shape
}

function indexOfByte(bytes: Uint8Array, byte: number, start: number, end: number): number {
  for (let i = start; i < end; i++) if (bytes[i] === byte) return i
  return -1
}

function readBytesLiteral(ctx: LiteralContext, literal: LiteralShape, token: number): Uint8Array {
  const { bytes } = ctx.source
  const { start, end } = literal
  for (let i = start; i < end; i++) {
    if (bytes[i] >= 0x80) ctx.raiseAt(token, 'bytes can only contain ASCII literal characters')
  }
  const raw = literal.isRaw || indexOfByte(bytes, BACKSLASH, start, end) < 0
  return raw ? bytes.slice(start, end) : decodeBytesEscapes(ctx, start, end, token)
}

function readStrLiteral(ctx: LiteralContext, literal: LiteralShape, token: number): Str {
  const { start, end } = literal
  const { ascii } = ctx.source
  if (ascii !== null) {
    const text = ascii.slice(start, end)
    return literal.isRaw || text.indexOf('\\') < 0 ? text : decodeStrEscapes(ctx, start, end, token)
  }
  const raw = literal.isRaw || indexOfByte(ctx.source.bytes, BACKSLASH, start, end) < 0
  return raw ? decodeRaw(ctx, start, end) : decodeStrEscapes(ctx, start, end, token)
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]
  let length = 0
  for (const part of parts) length += part.length
  const out = new Uint8Array(length)
  length = 0
  for (const part of parts) {
    out.set(part, length)
    length += part.length
  }
  return out
}

/** `'u'` where the first literal has the prefix `u` (not `U`), which `Constant.kind` records; else `null`. */
export function literalKind(ctx: LiteralContext, first: number): string | null {
  return ctx.source.bytes[ctx.tokens.starts[first]] === LETTER_u ? 'u' : null
}

function constantNode(ctx: LiteralContext, value: Str | Uint8Array, kind: string | null, first: number, last: number) {
  const { tokens } = ctx
  return {
    node: 'Constant' as const,
    value,
    kind,
    lineno: tokens.lines[first],
    col_offset: tokens.cols[first],
    end_lineno: tokens.endLines[last],
    end_col_offset: tokens.endCols[last],
  }
}

/**
 * The expression of one or more adjacent STRING tokens, `first` to `last`: a Constant of str or bytes, or a JoinedStr.
 * Follows CPython's `_PyPegen_concatenate_strings`: the literals are read in order, each error is raised (through
 * `ctx`) when its literal is reached.
 */
export function concatenateStrings(ctx: LiteralContext, first: number, last: number): Expr {
  let text: Str | null = null
  let joined: StrBuilder | null = null
  let formatted: FString | null = null
  let parts: Uint8Array[] | null = null
  for (let token = first; token <= last; token++) {
    const literal = readPrefix(ctx, token)
    if (literal.isFormatted) {
      if (ctx.featureVersion < 6) ctx.raise('Format strings are only supported in Python 3.6 and greater')
      if (parts !== null) ctx.raise('cannot mix bytes and nonbytes literals')
      if (formatted === null) {
        formatted = new FString(ctx, first, last)
        if (text !== null) formatted.addText(joined === null ? text : joined.finish())
      }
      formatted.readLiteral(token, literal.start, literal.end, literal.isRaw)
    } else if (literal.isBytes) {
      const value = readBytesLiteral(ctx, literal, token)
      if (text !== null || formatted !== null) ctx.raise('cannot mix bytes and nonbytes literals')
      if (parts === null) parts = [value]
      else parts.push(value)
    } else {
      const value = readStrLiteral(ctx, literal, token)
      if (parts !== null) ctx.raise('cannot mix bytes and nonbytes literals')
      if (formatted !== null) formatted.addText(value)
      else if (text === null) text = value
      else {
        if (joined === null) {
          joined = new StrBuilder()
          joined.addStr(text)
        }
        joined.addStr(value)
      }
    }
  }
  if (parts !== null) return constantNode(ctx, joinBytes(parts), null, first, last)
  if (formatted !== null) return formatted.finish(first, last)
  return constantNode(ctx, joined === null ? text! : joined.finish(), literalKind(ctx, first), first, last)
}
