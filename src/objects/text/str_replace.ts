/** Replacing parts of strings, and single characters by a table. */
import { StrBuilder } from '../../base/str_builder.ts'
import { type Str, strLength } from '../../base/values.ts'
import { strCount, strFind } from './str_search.ts'
import { checkTextLength, strCharAt, strCodePointAt, strSlice } from './str_sequence.ts'

/**
 * `value.replace(from, to, count)`; a negative count is all. An empty `from` is found before each character and at the
 * end. Throws `MemoryError`.
 */
export function strReplace(value: Str, from: Str, to: Str, count = -1): Str {
  if (count === 0) return value
  const limit = count < 0 ? Number.MAX_SAFE_INTEGER : count
  const length = strLength(value)
  const growth = strLength(to) - strLength(from)
  if (growth > 0 && length * (growth + 1) + growth > 1 << 20) {
    checkTextLength(length + growth * strCount(value, from, 0, length, limit))
  }
  if (typeof value === 'string' && typeof from === 'string' && typeof to === 'string' && from !== '') {
    if (limit >= length) return value.replaceAll(from, () => to)
  }
  return from === '' ? interleave(value, to, limit) : replaceEach(value, from, to, limit)
}

function replaceEach(value: Str, from: Str, to: Str, limit: number): Str {
  const size = strLength(from)
  let at = strFind(value, from)
  if (at < 0) return value
  const out = new StrBuilder()
  let copied = 0
  for (let left = limit; at >= 0 && left > 0; left--) {
    out.addStr(strSlice(value, copied, at))
    out.addStr(to)
    copied = at + size
    at = strFind(value, from, copied)
  }
  out.addStr(strSlice(value, copied, strLength(value)))
  return out.finish()
}

function interleave(value: Str, to: Str, limit: number): Str {
  const out = new StrBuilder()
  const length = strLength(value)
  let i = 0
  for (; i <= length && i < limit; i++) {
    out.addStr(to)
    if (i < length) out.addStr(strCharAt(value, i))
  }
  if (i < length) out.addStr(strSlice(value, i, length))
  return out.finish()
}

/** What a table has for a code point: another one, a text, `null` to leave it out, `undefined` to leave it as it is. */
export type Translation = number | Str | null | undefined

/** `value.translate(table)`. Each different code point is looked up once for ASCII, each time beyond it. */
export function strTranslate(value: Str, lookup: (cp: number) => Translation): Str {
  const out = new StrBuilder()
  const length = strLength(value)
  const known: Translation[] = []
  const isKnown = new Uint8Array(128)
  for (let i = 0; i < length; i++) {
    const cp = strCodePointAt(value, i)
    let target: Translation
    if (cp >= 128) target = lookup(cp)
    else {
      if (isKnown[cp] === 0) {
        known[cp] = lookup(cp)
        isKnown[cp] = 1
      }
      target = known[cp]
    }
    if (target === undefined) out.addCodePoint(cp)
    else if (typeof target === 'number') out.addCodePoint(target)
    else if (target !== null) out.addStr(target)
  }
  return out.finish()
}
