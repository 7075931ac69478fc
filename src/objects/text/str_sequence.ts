/** `str` as a sequence of code points: items, slices, concatenation, repetition, order, and a few counts. */
import { PyError } from '../../base/errors.ts'
import { StrBuilder } from '../../base/str_builder.ts'
import { type Str, strCodePoints, strFromCodePoints, strLength, WideStr } from '../../base/values.ts'

/** Longest text that the engines agree to make (V8: 2^29 − 24 units); what would be longer is a MemoryError. */
const MAX_LENGTH = 536_870_888

/** `PY_SSIZE_T_MAX`, as near as a double has it. */
const SSIZE_MAX = 2 ** 63

/** Throws `MemoryError` for a length that no text of the host can have. */
export function checkTextLength(length: number): void {
  if (length > MAX_LENGTH) throw new PyError('MemoryError', '')
}

/** The code point at an index that is within the string. */
export function strCodePointAt(value: Str, index: number): number {
  return typeof value === 'string' ? value.charCodeAt(index) : value.codePoints[index]
}

/** The character at an index that is within the string. */
export function strCharAt(value: Str, index: number): Str {
  return typeof value === 'string' ? value[index] : strFromCodePoint(value.codePoints[index])
}

/** The string of one code point (`chr`). */
export function strFromCodePoint(cp: number): Str {
  return cp <= 0xffff ? String.fromCharCode(cp) : new WideStr([cp])
}

/** The characters from `start` up to `end`; both are within the string. */
export function strSlice(value: Str, start: number, end: number): Str {
  if (typeof value === 'string') return value.slice(start, end)
  if (start === 0 && end >= value.codePoints.length) return value
  return start < end ? strFromCodePoints(value.codePoints.slice(start, end)) : ''
}

/** The `count` characters at `start`, `start + step` and so on, which are all within the string. */
export function strSliceStep(value: Str, start: number, step: number, count: number): Str {
  if (step === 1) return strSlice(value, start, start + count)
  if (typeof value !== 'string') {
    const codes = new Array<number>(count)
    for (let i = 0; i < count; i++) codes[i] = value.codePoints[start + i * step]
    return strFromCodePoints(codes)
  }
  const units = new Array<string>(count)
  for (let i = 0; i < count; i++) units[i] = value[start + i * step]
  return units.join('')
}

/** `a + b`. Throws `MemoryError`. */
export function strConcat(a: Str, b: Str): Str {
  if (typeof a === 'string' && typeof b === 'string') {
    if (a.length + b.length > MAX_LENGTH) throw new PyError('MemoryError', '')
    return a + b
  }
  if (a === '') return b
  if (b === '') return a
  return new WideStr(strCodePoints(a).concat(strCodePoints(b)))
}

/** `value * count`. Throws `OverflowError` and `MemoryError`. */
export function strRepeat(value: Str, count: number): Str {
  const length = strLength(value)
  if (count <= 0 || length === 0) return ''
  if (count === 1) return value
  if (length * count >= SSIZE_MAX) throw new PyError('OverflowError', 'repeated string is too long')
  checkTextLength(length * count)
  if (typeof value === 'string') return value.repeat(count)
  const out = new Array<number>(length * count)
  for (let i = 0; i < out.length; i++) out[i] = value.codePoints[i % length]
  return new WideStr(out)
}

/** `separator.join(parts)`. Throws `MemoryError`. */
export function strJoin(separator: Str, parts: readonly Str[]): Str {
  if (parts.length === 0) return ''
  if (parts.length === 1) return parts[0]
  let isPlain = typeof separator === 'string'
  let length = strLength(separator) * (parts.length - 1)
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]
    if (typeof part === 'string') length += part.length
    else {
      isPlain = false
      length += part.codePoints.length
    }
  }
  checkTextLength(length)
  if (isPlain) return (parts as readonly string[]).join(separator as string)
  const out = new StrBuilder()
  out.addStr(parts[0])
  for (let i = 1; i < parts.length; i++) {
    out.addStr(separator)
    out.addStr(parts[i])
  }
  return out.finish()
}

/** Below zero, zero or above, as `a` is less than, equal to or greater than `b` by code points. */
export function strCompare(a: Str, b: Str): number {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a === b ? 0 : 1
  const left = strCodePoints(a)
  const right = strCodePoints(b)
  const shared = Math.min(left.length, right.length)
  for (let i = 0; i < shared; i++) if (left[i] !== right[i]) return left[i] - right[i]
  return left.length - right.length
}

/** The greatest code point of a string, 0 for an empty one: what its size in CPython's memory depends on. */
export function strMaxCodePoint(value: Str): number {
  let max = 0
  const length = strLength(value)
  for (let i = 0; i < length; i++) max = Math.max(max, strCodePointAt(value, i))
  return max
}
