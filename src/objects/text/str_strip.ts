/** Taking characters off the ends of strings. */
import { isSpace } from '../../base/unicode.ts'
import { type Str, strLength } from '../../base/values.ts'
import { strEndsWith, strStartsWith } from './str_search.ts'
import { strCodePointAt, strSlice } from './str_sequence.ts'

/** `value.strip(chars)`; without characters, white space goes. */
export function strStrip(value: Str, chars: Str | null = null): Str {
  const strips = testOf(chars)
  const start = firstKept(value, strips)
  return strSlice(value, start, lastKept(value, start, strips))
}

/** `value.lstrip(chars)`; without characters, white space goes. */
export function strLstrip(value: Str, chars: Str | null = null): Str {
  return strSlice(value, firstKept(value, testOf(chars)), strLength(value))
}

/** `value.rstrip(chars)`; without characters, white space goes. */
export function strRstrip(value: Str, chars: Str | null = null): Str {
  return strSlice(value, 0, lastKept(value, 0, testOf(chars)))
}

/** `value.removeprefix(prefix)`. */
export function strRemovePrefix(value: Str, prefix: Str): Str {
  return strStartsWith(value, prefix) ? strSlice(value, strLength(prefix), strLength(value)) : value
}

/** `value.removesuffix(suffix)`. */
export function strRemoveSuffix(value: Str, suffix: Str): Str {
  return strEndsWith(value, suffix) ? strSlice(value, 0, strLength(value) - strLength(suffix)) : value
}

function testOf(chars: Str | null): (cp: number) => boolean {
  if (chars === null) return isSpace
  if (typeof chars !== 'string') {
    const codes = new Set(chars.codePoints)
    return (cp) => codes.has(cp)
  }
  if (chars.length === 1) {
    const only = chars.charCodeAt(0)
    return (cp) => cp === only
  }
  return (cp) => cp <= 0xffff && chars.includes(String.fromCharCode(cp))
}

function firstKept(value: Str, strips: (cp: number) => boolean): number {
  const length = strLength(value)
  let start = 0
  while (start < length && strips(strCodePointAt(value, start))) start++
  return start
}

function lastKept(value: Str, start: number, strips: (cp: number) => boolean): number {
  let end = strLength(value)
  while (end > start && strips(strCodePointAt(value, end - 1))) end--
  return end
}
