import { type Str, WideStr } from '../../base/values.ts'

/*
 * Strings as JSON writes them (`encode_basestring` and `encode_basestring_ascii`).
 */

const QUOTE = 0x22
const BACKSLASH = 0x5c

const shortEscapes = new Map<number, string>([
  [QUOTE, '\\"'],
  [BACKSLASH, '\\\\'],
  [0x08, '\\b'],
  [0x0c, '\\f'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x09, '\\t'],
])

function unicodeEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}

function escapeUnit(unit: number): string {
  return shortEscapes.get(unit) ?? unicodeEscape(unit)
}

/** A plain string in quotes; code units above `max` are escaped. */
function quotePlain(text: string, max: number): string {
  const { length } = text
  let out = '"'
  let done = 0
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0x20 && unit !== QUOTE && unit !== BACKSLASH && unit <= max) continue
    out += text.slice(done, i) + escapeUnit(unit)
    done = i + 1
  }
  return done === 0 ? `"${text}"` : `${out}${text.slice(done)}"`
}

/** A string in quotes, in ASCII: other code points are escaped, those above U+FFFF as two surrogates. */
export function quoteAscii(text: Str): string {
  if (typeof text === 'string') return quotePlain(text, 0x7e)
  let out = '"'
  for (const codePoint of text.codePoints) {
    if (codePoint > 0xffff) {
      const rest = codePoint - 0x10000
      out += unicodeEscape(0xd800 | (rest >> 10)) + unicodeEscape(0xdc00 | (rest & 0x3ff))
    } else if (codePoint >= 0x20 && codePoint <= 0x7e && codePoint !== QUOTE && codePoint !== BACKSLASH) {
      out += String.fromCharCode(codePoint)
    } else out += escapeUnit(codePoint)
  }
  return `${out}"`
}

/** A string in quotes; only what JSON forbids in a string is escaped. */
export function quote(text: Str): Str {
  if (typeof text === 'string') return quotePlain(text, 0xffff)
  const out = [QUOTE]
  for (const codePoint of text.codePoints) {
    if (codePoint >= 0x20 && codePoint !== QUOTE && codePoint !== BACKSLASH) out.push(codePoint)
    else for (const c of escapeUnit(codePoint)) out.push(c.charCodeAt(0))
  }
  out.push(QUOTE)
  return new WideStr(out)
}
