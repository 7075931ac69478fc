import { complexRepr, floatRepr } from './float_text.ts'
import { intRepr } from './int_text.ts'
import { isPrintable } from './unicode.ts'
import { Complex, type Constant, Ellipsis, Float, FrozenSet, type Str, WideStr } from './values.ts'

const BACKSLASH = 0x5c

/** Python's `repr` of a str, as a JavaScript string (UTF-16): Unicode 14 decides what is printable. */
export function strRepr(value: Str): string {
  const wide = typeof value === 'string' ? null : value.codePoints
  const narrow = typeof value === 'string' ? value : ''
  const quote = quoteFor(hasCodePoint(value, 0x27), hasCodePoint(value, 0x22))
  const quoteCode = quote.charCodeAt(0)
  const length = wide === null ? narrow.length : wide.length
  if (wide === null && quoteCode === 0x27 && /^[ -&(-[\]-~]*$/.test(narrow)) return `'${narrow}'`
  let out = quote
  for (let i = 0; i < length; i++) {
    const cp = wide === null ? narrow.charCodeAt(i) : wide[i]!
    if (cp === quoteCode || cp === BACKSLASH) out += '\\' + String.fromCharCode(cp)
    else if (isPrintable(cp)) out += String.fromCodePoint(cp)
    else out += escapeSequence(cp)
  }
  return out + quote
}

/** Python's `repr` of bytes. */
export function bytesRepr(value: Uint8Array): string {
  const quote = quoteFor(value.includes(0x27), value.includes(0x22))
  const quoteCode = quote.charCodeAt(0)
  let out = 'b' + quote
  for (let i = 0; i < value.length; i++) {
    const c = value[i]!
    if (c === quoteCode || c === BACKSLASH) out += '\\' + String.fromCharCode(c)
    else if (c >= 0x20 && c < 0x7f) out += String.fromCharCode(c)
    else out += escapeSequence(c)
  }
  return out + quote
}

/**
 * Python's `repr` of a constant. The members of a frozenset come in the order in which they were added, whereas
 * CPython lists them by hash. Throws `ValueError` for an int of too many digits.
 */
export function constantRepr(value: Constant): string {
  if (value === null) return 'None'
  switch (typeof value) {
    case 'string':
      return strRepr(value)
    case 'boolean':
      return value ? 'True' : 'False'
    case 'number':
    case 'bigint':
      return intRepr(value)
  }
  if (value === Ellipsis) return 'Ellipsis'
  if (value instanceof Float) return floatRepr(value.value)
  if (value instanceof Complex) return complexRepr(value.real, value.imag)
  if (value instanceof WideStr) return strRepr(value)
  if (value instanceof Uint8Array) return bytesRepr(value)
  if (value instanceof FrozenSet) return frozenSetRepr(value)
  const items = (value as readonly Constant[]).map(constantRepr)
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`
}

function frozenSetRepr(value: FrozenSet): string {
  return value.items.length === 0 ? 'frozenset()' : `frozenset({${value.items.map(constantRepr).join(', ')}})`
}

function quoteFor(hasSingle: boolean, hasDouble: boolean): string {
  return hasSingle && !hasDouble ? '"' : "'"
}

function hasCodePoint(value: Str, cp: number): boolean {
  return typeof value === 'string' ? value.includes(String.fromCharCode(cp)) : value.codePoints.includes(cp)
}

function escapeSequence(cp: number): string {
  if (cp === 0x0a) return '\\n'
  if (cp === 0x0d) return '\\r'
  if (cp === 0x09) return '\\t'
  const hex = cp.toString(16)
  if (cp <= 0xff) return '\\x' + hex.padStart(2, '0')
  return cp <= 0xffff ? '\\u' + hex.padStart(4, '0') : '\\U' + hex.padStart(8, '0')
}
