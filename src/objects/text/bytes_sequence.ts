/** `bytes` and `bytearray` as sequences: concatenation, repetition, joining, order, steps. Results are always new. */
import { PyError } from '../../base/errors.ts'

/** What is longer cannot be allocated everywhere; it is a MemoryError. */
const MAX_LENGTH = 2 ** 32

/** `PY_SSIZE_T_MAX`, as near as a double has it. */
const SSIZE_MAX = 2 ** 63

/** So many bytes, all zero. Throws `MemoryError`. */
export function newBytes(length: number): Uint8Array {
  if (length > MAX_LENGTH) throw new PyError('MemoryError', '')
  try {
    return new Uint8Array(length)
  } catch {
    // The host says so with a RangeError.
    throw new PyError('MemoryError', '')
  }
}

/** `a + b`. Throws `MemoryError`. */
export function bytesConcat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = newBytes(a.length + b.length)
  out.set(a)
  out.set(b, a.length)
  return out
}

/** `value * count`. Throws `MemoryError`, also where CPython says that a size overflows. */
export function bytesRepeat(value: Uint8Array, count: number): Uint8Array {
  const total = count <= 0 ? 0 : value.length * count
  if (total >= SSIZE_MAX) throw new PyError('MemoryError', '')
  const out = newBytes(total)
  if (value.length === 1) return out.fill(value[0])
  if (total === 0) return out
  out.set(value)
  for (let done = value.length; done < total; done *= 2) out.copyWithin(done, 0, Math.min(done, total - done))
  return out
}

/** `separator.join(parts)`. Throws `MemoryError`. */
export function bytesJoin(separator: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  let total = separator.length * Math.max(0, parts.length - 1)
  for (let i = 0; i < parts.length; i++) total += parts[i].length
  const out = newBytes(total)
  let pos = 0
  for (let i = 0; i < parts.length; i++) {
    if (i > 0) {
      out.set(separator, pos)
      pos += separator.length
    }
    out.set(parts[i], pos)
    pos += parts[i].length
  }
  return out
}

/** Below zero, zero or above, as `a` is less than, equal to or greater than `b`. */
export function bytesCompare(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i] - b[i]
  return a.length - b.length
}

/** The `count` bytes at `start`, `start + step` and so on, which are all within the value. */
export function bytesSliceStep(value: Uint8Array, start: number, step: number, count: number): Uint8Array {
  if (step === 1) return value.slice(start, start + count)
  const out = new Uint8Array(count)
  for (let i = 0; i < count; i++) out[i] = value[start + i * step]
  return out
}
