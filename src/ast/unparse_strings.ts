import { strRepr } from '../base/repr.ts'
import { isPrintable } from '../base/unicode.ts'
import { type Str, strCodePoints, strFromCodePoints } from '../base/values.ts'

export const MULTI_QUOTES: readonly string[] = ['"""', "'''"]
export const ALL_QUOTES: readonly string[] = ["'", '"', ...MULTI_QUOTES]

const BACKSLASH = 0x5c
const NEWLINE = 0x0a
const TAB = 0x09
const RETURN = 0x0d

/** What may stand between quotes, and the quotes that are possible around it, best first. */
interface LiteralBody {
  readonly body: string
  readonly quotes: readonly string[]
}

/** One part of an f-string: its source text in code points, and whether it is literal text. */
export interface FstringPart {
  readonly text: readonly number[]
  readonly literal: boolean
}

/** A string literal that avoids backslashes where it can: line ends and tabs stand as they are. */
export function stringLiteral(value: Str, quotes: readonly string[]): string {
  const literal = literalBody(strCodePoints(value), quotes, false)
  const quote = literal.quotes[0]!
  return quote + literal.body + quote
}

/**
 * An f-string from its parts. Literal text may have backslashes, replacement fields must not: so one kind of quotes is
 * sought that suits all parts.
 */
export function fstringLiteral(parts: readonly FstringPart[]): string {
  let body = ''
  let quotes: readonly string[] = ALL_QUOTES
  for (const part of parts) {
    const literal = literalBody(part.text, quotes, part.literal)
    if (!literal.quotes.some((quote) => quotes.includes(quote))) return fallbackFstring(parts)
    body += literal.body
    quotes = literal.quotes
  }
  return `f${quotes[0]}${body}${quotes[0]}`
}

/** Each part as `repr` writes it between single quotes, all between triple ones. */
function fallbackFstring(parts: readonly FstringPart[]): string {
  // A double quote in front makes `repr` choose single quotes.
  const body = parts.map(({ text }) => strRepr(strFromCodePoints([0x22, ...text])).slice(2, -1))
  return `f'''${body.join('')}'''`
}

/** Chooses among `allowed` quotes those that need no escape; falls back on `repr`'s text and quotes. */
function literalBody(text: readonly number[], allowed: readonly string[], escapeWhitespace: boolean): LiteralBody {
  let body = ''
  for (const cp of text) body += escapeChar(cp, escapeWhitespace)
  const quotes = allowed.filter((quote) => !body.includes(quote) && (quote.length === 3 || !body.includes('\n')))
  if (quotes.length === 0) {
    const repr = strRepr(strFromCodePoints(text))
    const first = repr[0]!
    return { body: repr.slice(1, -1), quotes: [allowed.find((quote) => quote.includes(first)) ?? first] }
  }
  if (body === '') return { body, quotes }
  const last = body[body.length - 1]!
  // Quotes that the text does not end with come first, otherwise in order.
  const sorted = [...quotes.filter((quote) => quote[0] !== last), ...quotes.filter((quote) => quote[0] === last)]
  return { body: sorted[0]![0] === last ? `${body.slice(0, -1)}\\${last}` : body, quotes: sorted }
}

/** Backslashes and what is not printable as `unicode_escape` writes them. */
function escapeChar(cp: number, escapeWhitespace: boolean): string {
  if (cp !== BACKSLASH) {
    if (isPrintable(cp) || (!escapeWhitespace && (cp === NEWLINE || cp === TAB))) return String.fromCodePoint(cp)
  }
  if (cp === BACKSLASH) return '\\\\'
  if (cp === NEWLINE) return '\\n'
  if (cp === TAB) return '\\t'
  if (cp === RETURN) return '\\r'
  if (cp <= 0xff) return `\\x${hex(cp, 2)}`
  return cp <= 0xffff ? `\\u${hex(cp, 4)}` : `\\U${hex(cp, 8)}`
}

function hex(cp: number, digits: number): string {
  return cp.toString(16).padStart(digits, '0')
}
