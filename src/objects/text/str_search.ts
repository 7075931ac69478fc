/** Where one string is in another. Ranges are clipped as CPython clips them: negative bounds count from the end. */
import { type Str, strCodePoints, strLength } from '../../base/values.ts'

/** The greatest bound: what a missing `end` stands for. */
export const NO_END = Number.MAX_SAFE_INTEGER

/** A lower bound as `find` and its like take it: within or above the length. */
export function clipStart(start: number, length: number): number {
  return start < 0 ? Math.max(0, start + length) : start
}

/** An upper bound as `find` and its like take it: within the length. */
export function clipEnd(end: number, length: number): number {
  return end > length ? length : end < 0 ? Math.max(0, end + length) : end
}

/** `value.find(sub, start, end)`: −1 where there is none. */
export function strFind(value: Str, sub: Str, start = 0, end = NO_END): number {
  const length = strLength(value)
  const from = clipStart(start, length)
  const to = clipEnd(end, length)
  if (to - from < strLength(sub)) return -1
  if (typeof value !== 'string') return findCodes(value.codePoints, strCodePoints(sub), from, to)
  if (typeof sub !== 'string') return -1
  return (to === length ? value : value.slice(0, to)).indexOf(sub, from)
}

/** `value.rfind(sub, start, end)`: −1 where there is none. */
export function strRfind(value: Str, sub: Str, start = 0, end = NO_END): number {
  const length = strLength(value)
  const from = clipStart(start, length)
  const to = clipEnd(end, length)
  const size = strLength(sub)
  if (to - from < size) return -1
  if (typeof value !== 'string') return rfindCodes(value.codePoints, strCodePoints(sub), from, to)
  if (typeof sub !== 'string') return -1
  if (from === 0) return value.lastIndexOf(sub, to - size)
  const at = value.slice(from, to).lastIndexOf(sub)
  return at < 0 ? -1 : at + from
}

/** `sub in value`. */
export function strContains(value: Str, sub: Str): boolean {
  if (typeof value !== 'string') return findCodes(value.codePoints, strCodePoints(sub), 0, value.codePoints.length) >= 0
  return typeof sub === 'string' && value.includes(sub)
}

/** `value.count(sub, start, end)`: occurrences that do not overlap, at most `limit`. */
export function strCount(value: Str, sub: Str, start = 0, end = NO_END, limit = NO_END): number {
  const length = strLength(value)
  const from = clipStart(start, length)
  const to = clipEnd(end, length)
  const size = strLength(sub)
  if (to - from < size) return 0
  if (size === 0) return Math.min(to - from + 1, limit)
  const range = typeof value === 'string' && to < length ? value.slice(0, to) : value
  let count = 0
  for (let at = strFind(range, sub, from, to); at >= 0 && count < limit; at = strFind(range, sub, at + size, to))
    count++
  return count
}

/** `value.startswith(prefix, start, end)` for one prefix. */
export function strStartsWith(value: Str, prefix: Str, start = 0, end = NO_END): boolean {
  const length = strLength(value)
  const from = clipStart(start, length)
  if (from + strLength(prefix) > clipEnd(end, length)) return false
  return matchesAt(value, prefix, from)
}

/** `value.endswith(suffix, start, end)` for one suffix. */
export function strEndsWith(value: Str, suffix: Str, start = 0, end = NO_END): boolean {
  const length = strLength(value)
  const at = clipEnd(end, length) - strLength(suffix)
  return at >= clipStart(start, length) && matchesAt(value, suffix, at)
}

function matchesAt(value: Str, sub: Str, at: number): boolean {
  if (typeof value === 'string') return typeof sub === 'string' && value.startsWith(sub, at)
  return codesMatchAt(value.codePoints, strCodePoints(sub), at)
}

function codesMatchAt(codes: readonly number[], sub: readonly number[], at: number): boolean {
  for (let i = 0; i < sub.length; i++) if (codes[at + i] !== sub[i]) return false
  return true
}

function findCodes(codes: readonly number[], sub: readonly number[], from: number, to: number): number {
  if (sub.length === 0) return from
  const last = to - sub.length
  for (let at = codes.indexOf(sub[0], from); at >= 0 && at <= last; at = codes.indexOf(sub[0], at + 1)) {
    if (codesMatchAt(codes, sub, at)) return at
  }
  return -1
}

function rfindCodes(codes: readonly number[], sub: readonly number[], from: number, to: number): number {
  for (let at = to - sub.length; at >= from; at--) if (codesMatchAt(codes, sub, at)) return at
  return -1
}
