/** Where bytes are in bytes. What is looked for is a sequence or a single byte. */
import { PyError } from '../../base/errors.ts'
import { clipEnd, clipStart, NO_END } from './str_search.ts'

/** An int as a byte. Throws `ValueError`. */
export function checkByte(value: number | bigint): number {
  if (value < 0 || value > 255) throw new PyError('ValueError', 'byte must be in range(0, 256)')
  return Number(value)
}

/** `value.find(sub, start, end)`: −1 where there is none. */
export function bytesFind(value: Uint8Array, sub: Uint8Array | number, start = 0, end = NO_END): number {
  const from = clipStart(start, value.length)
  const to = clipEnd(end, value.length)
  if (typeof sub === 'number' || sub.length === 1) {
    const at = from >= to ? -1 : value.indexOf(typeof sub === 'number' ? sub : sub[0], from)
    return at < to ? at : -1
  }
  const last = to - sub.length
  if (from > last) return -1
  if (sub.length === 0) return from
  for (let at = value.indexOf(sub[0], from); at >= 0 && at <= last; at = value.indexOf(sub[0], at + 1)) {
    if (isAt(value, sub, at)) return at
  }
  return -1
}

/** `value.rfind(sub, start, end)`: −1 where there is none. */
export function bytesRfind(value: Uint8Array, sub: Uint8Array | number, start = 0, end = NO_END): number {
  const from = clipStart(start, value.length)
  const to = clipEnd(end, value.length)
  const bytes = typeof sub === 'number' ? Uint8Array.of(sub) : sub
  for (let at = to - bytes.length; at >= from; at--) if (isAt(value, bytes, at)) return at
  return -1
}

/** `value.count(sub, start, end)`: occurrences that do not overlap. */
export function bytesCount(value: Uint8Array, sub: Uint8Array | number, start = 0, end = NO_END): number {
  const from = clipStart(start, value.length)
  const to = clipEnd(end, value.length)
  const size = typeof sub === 'number' ? 1 : sub.length
  if (size === 0) return Math.max(0, to - from + 1)
  let count = 0
  for (let at = bytesFind(value, sub, from, to); at >= 0; at = bytesFind(value, sub, at + size, to)) count++
  return count
}

/** `value.startswith(prefix, start, end)` for one prefix. */
export function bytesStartsWith(value: Uint8Array, prefix: Uint8Array, start = 0, end = NO_END): boolean {
  const from = clipStart(start, value.length)
  return from + prefix.length <= clipEnd(end, value.length) && isAt(value, prefix, from)
}

/** `value.endswith(suffix, start, end)` for one suffix. */
export function bytesEndsWith(value: Uint8Array, suffix: Uint8Array, start = 0, end = NO_END): boolean {
  const at = clipEnd(end, value.length) - suffix.length
  return at >= clipStart(start, value.length) && isAt(value, suffix, at)
}

function isAt(value: Uint8Array, sub: Uint8Array, at: number): boolean {
  for (let i = 0; i < sub.length; i++) if (value[at + i] !== sub[i]) return false
  return true
}
