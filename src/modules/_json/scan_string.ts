import { type Str, strFromCodePoints } from '../../base/values.ts'
import { drop } from '../../memory/counted.ts'
import { getAttr } from '../../objects/attributes.ts'
import { systemError, valueError } from '../../objects/errors.ts'
import type { Value } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { interpreter } from '../../vm/interpreter.ts'

/** Stands for a code point above U+FFFF where only its place matters. */
const PLACEHOLDER = '\uffff'

/** A document to scan: `units` has one code unit for each code point, whatever the string's form. */
export interface JsonText {
  readonly units: string
  /** The code points of a string that has some above U+FFFF, else `null`. */
  readonly wide: readonly number[] | null
  /** The `str` itself, for errors. */
  readonly source: Value
}

/** A document around a `str` value whose text is given. */
export function jsonText(source: Value, text: Str): JsonText {
  if (typeof text === 'string') return { units: text, wide: null, source }
  const wide = text.codePoints
  const units = wide.map((cp) => (cp > 0xffff ? PLACEHOLDER : String.fromCharCode(cp))).join('')
  return { units, wide, source }
}

/** A part of a document. */
function part({ units, wide }: JsonText, start: number, end: number): Str {
  return wide === null ? units.slice(start, end) : strFromCodePoints(wide.slice(start, end))
}

/** Throws `json.decoder.JSONDecodeError(message, document, position)`. */
export function decodeError(message: string, { source }: JsonText, position: number): never {
  const decoder = interpreter.modules.data.get('json.decoder')
  if (decoder === undefined) throw systemError('error return without exception set')
  const type = getAttr(decoder, 'JSONDecodeError')
  try {
    throw call(type, [message, source, position])
  } finally {
    drop(type)
  }
}

/** Where the string ended that `scanString` has read: behind its closing quote. */
export let stringEnd = 0

const QUOTE = 0x22
const BACKSLASH = 0x5c

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** The value of four hexadecimal digits, or -1. */
function hexUnit(units: string, at: number): number {
  let value = 0
  for (let i = at; i < at + 4; i++) {
    const digit = units.charCodeAt(i)
    const lower = digit | 0x20
    if (digit >= 0x30 && digit <= 0x39) value = value * 16 + digit - 0x30
    else if (lower >= 0x61 && lower <= 0x66) value = value * 16 + lower - 0x57
    else return -1
  }
  return value
}

/** The index of the next quote or backslash; refuses control characters if `strict`. */
function plainEnd(document: JsonText, start: number, begin: number, strict: boolean): number {
  const { units } = document
  const { length } = units
  for (let i = start; i < length; i++) {
    const unit = units.charCodeAt(i)
    if (unit === QUOTE || unit === BACKSLASH) return i
    if (unit <= 0x1f && strict) decodeError('Invalid control character at', document, i)
  }
  return decodeError('Unterminated string starting at', document, begin)
}

/**
 * Reads a JSON string whose first character behind the opening quote stands at `start`, and leaves its end in
 * `stringEnd`. Throws JSONDecodeError.
 */
export function scanString(document: JsonText, start: number, strict: boolean): Str {
  const { units } = document
  const begin = start - 1
  if (start < 0 || start > units.length) throw valueError('end is out of bounds')
  let at = plainEnd(document, start, begin, strict)
  if (units.charCodeAt(at) === QUOTE) {
    stringEnd = at + 1
    return part(document, start, at)
  }
  const parts: Str[] = []
  let from = start
  while (units.charCodeAt(at) === BACKSLASH) {
    if (at > from) parts.push(part(document, from, at))
    from = scanEscape(document, at + 1, begin, parts)
    at = plainEnd(document, from, begin, strict)
  }
  if (at > from) parts.push(part(document, from, at))
  stringEnd = at + 1
  return joined(parts)
}

/** Reads what stands behind a backslash; where the text goes on. */
function scanEscape(document: JsonText, at: number, begin: number, parts: Str[]): number {
  const { units } = document
  const { length } = units
  if (at === length) decodeError('Unterminated string starting at', document, begin)
  const letter = units[at]!
  if (letter !== 'u') {
    const character = escapes[letter]
    if (character === undefined) decodeError('Invalid \\escape', document, at - 1)
    parts.push(character)
    return at + 1
  }
  const unit = at + 5 >= length ? -1 : hexUnit(units, at + 1)
  if (unit < 0) decodeError('Invalid \\uXXXX escape', document, at)
  const end = at + 5
  const isHigh = (unit & 0xfc00) === 0xd800
  if (isHigh && end + 6 < length && units[end] === '\\' && units[end + 1] === 'u') {
    const low = hexUnit(units, end + 2)
    if (low < 0) decodeError('Invalid \\uXXXX escape', document, end + 1)
    if ((low & 0xfc00) === 0xdc00) {
      parts.push(strFromCodePoints([0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff)]))
      return end + 6
    }
  }
  parts.push(String.fromCharCode(unit))
  return end
}

function joined(parts: readonly Str[]): Str {
  let text = ''
  for (const piece of parts) {
    if (typeof piece !== 'string') return joinedWide(parts)
    text += piece
  }
  return text
}

function joinedWide(parts: readonly Str[]): Str {
  const codePoints: number[] = []
  for (const piece of parts) {
    if (typeof piece !== 'string') for (const cp of piece.codePoints) codePoints.push(cp)
    else for (let i = 0; i < piece.length; i++) codePoints.push(piece.charCodeAt(i))
  }
  return strFromCodePoints(codePoints)
}
