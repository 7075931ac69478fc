/** Cutting strings into parts. A separator is never empty here: that is a `ValueError` thrown by `checkSeparator`. */
import { PyError } from '../../base/errors.ts'
import { isSpace } from '../../base/unicode.ts'
import { type Str, strLength } from '../../base/values.ts'
import { strFind, strRfind } from './str_search.ts'
import { strCodePointAt, strSlice } from './str_sequence.ts'

/** What is left of a separator, the separator, and what is right of it. */
export type Partition = readonly [Str, Str, Str]

/** `value.split(separator, maxsplit)`; without separator, at runs of white space. Throws `ValueError`. */
export function strSplit(value: Str, separator: Str | null = null, maxsplit = -1): Str[] {
  if (separator === null) return splitSpace(value, maxsplit)
  checkSeparator(separator)
  if (typeof value === 'string' && typeof separator === 'string' && maxsplit < 0) return value.split(separator)
  const parts: Str[] = []
  const size = strLength(separator)
  let start = 0
  while (parts.length !== maxsplit) {
    const at = strFind(value, separator, start)
    if (at < 0) break
    parts.push(strSlice(value, start, at))
    start = at + size
  }
  parts.push(strSlice(value, start, strLength(value)))
  return parts
}

/** `value.rsplit(separator, maxsplit)`; without separator, at runs of white space. Throws `ValueError`. */
export function strRsplit(value: Str, separator: Str | null = null, maxsplit = -1): Str[] {
  if (separator === null) return rsplitSpace(value, maxsplit)
  checkSeparator(separator)
  const parts: Str[] = []
  let end = strLength(value)
  while (parts.length !== maxsplit) {
    const at = strRfind(value, separator, 0, end)
    if (at < 0) break
    parts.push(strSlice(value, at + strLength(separator), end))
    end = at
  }
  parts.push(strSlice(value, 0, end))
  return parts.reverse()
}

/** `value.partition(separator)`. Throws `ValueError`. */
export function strPartition(value: Str, separator: Str): Partition {
  checkSeparator(separator)
  const at = strFind(value, separator)
  return at < 0 ? [value, '', ''] : around(value, at, separator)
}

/** `value.rpartition(separator)`. Throws `ValueError`. */
export function strRpartition(value: Str, separator: Str): Partition {
  checkSeparator(separator)
  const at = strRfind(value, separator)
  return at < 0 ? ['', '', value] : around(value, at, separator)
}

/** `value.splitlines(keepends)`. */
export function strSplitLines(value: Str, keepEnds = false): Str[] {
  const lines: Str[] = []
  const length = strLength(value)
  let start = 0
  for (let i = 0; i < length; i++) {
    const cp = strCodePointAt(value, i)
    if (!isLineBreak(cp)) continue
    const end = i
    if (cp === 0x0d && i + 1 < length && strCodePointAt(value, i + 1) === 0x0a) i++
    lines.push(strSlice(value, start, keepEnds ? i + 1 : end))
    start = i + 1
  }
  if (start < length) lines.push(strSlice(value, start, length))
  return lines
}

/** Whether `splitlines` ends a line at this code point. */
function isLineBreak(cp: number): boolean {
  if (cp <= 0x1e) return (cp >= 0x0a && cp <= 0x0d) || cp >= 0x1c
  return cp === 0x85 || cp === 0x2028 || cp === 0x2029
}

function checkSeparator(separator: Str): void {
  if (separator === '') throw new PyError('ValueError', 'empty separator')
}

function around(value: Str, at: number, separator: Str): Partition {
  return [strSlice(value, 0, at), separator, strSlice(value, at + strLength(separator), strLength(value))]
}

function splitSpace(value: Str, maxsplit: number): Str[] {
  const parts: Str[] = []
  const length = strLength(value)
  let i = 0
  for (;;) {
    while (i < length && isSpace(strCodePointAt(value, i))) i++
    if (i === length) return parts
    if (parts.length === maxsplit) break
    const start = i++
    while (i < length && !isSpace(strCodePointAt(value, i))) i++
    parts.push(strSlice(value, start, i))
  }
  // The rest keeps its white space, also that at its end.
  parts.push(strSlice(value, i, length))
  return parts
}

function rsplitSpace(value: Str, maxsplit: number): Str[] {
  const parts: Str[] = []
  let end = strLength(value)
  for (;;) {
    while (end > 0 && isSpace(strCodePointAt(value, end - 1))) end--
    if (end === 0) break
    if (parts.length === maxsplit) {
      parts.push(strSlice(value, 0, end))
      break
    }
    let start = end - 1
    while (start > 0 && !isSpace(strCodePointAt(value, start - 1))) start--
    parts.push(strSlice(value, start, end))
    end = start
  }
  return parts.reverse()
}
