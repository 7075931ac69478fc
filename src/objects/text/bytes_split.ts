/** Cutting bytes into parts and taking bytes off the ends. Results are always new. */
import { PyError } from '../../base/errors.ts'
import { isByteSpace } from './bytes_case.ts'
import { bytesEndsWith, bytesFind, bytesRfind, bytesStartsWith } from './bytes_search.ts'

/** `value.split(separator, maxsplit)`; without separator, at runs of white space. Throws `ValueError`. */
export function bytesSplit(value: Uint8Array, separator: Uint8Array | null = null, maxsplit = -1): Uint8Array[] {
  if (separator === null) return splitSpace(value, maxsplit)
  checkSeparator(separator)
  const parts: Uint8Array[] = []
  let start = 0
  while (parts.length !== maxsplit) {
    const at = bytesFind(value, separator, start)
    if (at < 0) break
    parts.push(value.slice(start, at))
    start = at + separator.length
  }
  parts.push(value.slice(start))
  return parts
}

/** `value.rsplit(separator, maxsplit)`; without separator, at runs of white space. Throws `ValueError`. */
export function bytesRsplit(value: Uint8Array, separator: Uint8Array | null = null, maxsplit = -1): Uint8Array[] {
  if (separator === null) return rsplitSpace(value, maxsplit)
  checkSeparator(separator)
  const parts: Uint8Array[] = []
  let end = value.length
  while (parts.length !== maxsplit) {
    const at = bytesRfind(value, separator, 0, end)
    if (at < 0) break
    parts.push(value.slice(at + separator.length, end))
    end = at
  }
  parts.push(value.slice(0, end))
  return parts.reverse()
}

/** `value.partition(separator)`. Throws `ValueError`. */
export function bytesPartition(value: Uint8Array, separator: Uint8Array): [Uint8Array, Uint8Array, Uint8Array] {
  checkSeparator(separator)
  const at = bytesFind(value, separator)
  if (at < 0) return [value.slice(), new Uint8Array(), new Uint8Array()]
  return [value.slice(0, at), separator.slice(), value.slice(at + separator.length)]
}

/** `value.rpartition(separator)`. Throws `ValueError`. */
export function bytesRpartition(value: Uint8Array, separator: Uint8Array): [Uint8Array, Uint8Array, Uint8Array] {
  checkSeparator(separator)
  const at = bytesRfind(value, separator)
  if (at < 0) return [new Uint8Array(), new Uint8Array(), value.slice()]
  return [value.slice(0, at), separator.slice(), value.slice(at + separator.length)]
}

/** `value.splitlines(keepends)`: lines end at line feeds and carriage returns alone. */
export function bytesSplitLines(value: Uint8Array, keepEnds = false): Uint8Array[] {
  const lines: Uint8Array[] = []
  let start = 0
  for (let i = 0; i < value.length; i++) {
    if (value[i] !== 0x0a && value[i] !== 0x0d) continue
    const end = i
    if (value[i] === 0x0d && value[i + 1] === 0x0a) i++
    lines.push(value.slice(start, keepEnds ? i + 1 : end))
    start = i + 1
  }
  if (start < value.length) lines.push(value.slice(start))
  return lines
}

/** `value.strip(chars)`; without bytes to strip, white space goes. */
export function bytesStrip(value: Uint8Array, chars: Uint8Array | null = null): Uint8Array {
  const start = firstKept(value, chars)
  return value.slice(start, lastKept(value, start, chars))
}

/** `value.lstrip(chars)`; without bytes to strip, white space goes. */
export function bytesLstrip(value: Uint8Array, chars: Uint8Array | null = null): Uint8Array {
  return value.slice(firstKept(value, chars))
}

/** `value.rstrip(chars)`; without bytes to strip, white space goes. */
export function bytesRstrip(value: Uint8Array, chars: Uint8Array | null = null): Uint8Array {
  return value.slice(0, lastKept(value, 0, chars))
}

/** `value.removeprefix(prefix)`. */
export function bytesRemovePrefix(value: Uint8Array, prefix: Uint8Array): Uint8Array {
  return value.slice(bytesStartsWith(value, prefix) ? prefix.length : 0)
}

/** `value.removesuffix(suffix)`. */
export function bytesRemoveSuffix(value: Uint8Array, suffix: Uint8Array): Uint8Array {
  return value.slice(0, bytesEndsWith(value, suffix) ? value.length - suffix.length : value.length)
}

function checkSeparator(separator: Uint8Array): void {
  if (separator.length === 0) throw new PyError('ValueError', 'empty separator')
}

function isStripped(byte: number, chars: Uint8Array | null): boolean {
  return chars === null ? isByteSpace(byte) : chars.includes(byte)
}

function firstKept(value: Uint8Array, chars: Uint8Array | null): number {
  let start = 0
  while (start < value.length && isStripped(value[start], chars)) start++
  return start
}

function lastKept(value: Uint8Array, start: number, chars: Uint8Array | null): number {
  let end = value.length
  while (end > start && isStripped(value[end - 1], chars)) end--
  return end
}

function splitSpace(value: Uint8Array, maxsplit: number): Uint8Array[] {
  const parts: Uint8Array[] = []
  let i = 0
  for (;;) {
    while (i < value.length && isByteSpace(value[i])) i++
    if (i === value.length) return parts
    if (parts.length === maxsplit) break
    const start = i++
    while (i < value.length && !isByteSpace(value[i])) i++
    parts.push(value.slice(start, i))
  }
  parts.push(value.slice(i))
  return parts
}

function rsplitSpace(value: Uint8Array, maxsplit: number): Uint8Array[] {
  const parts: Uint8Array[] = []
  let end = value.length
  for (;;) {
    while (end > 0 && isByteSpace(value[end - 1])) end--
    if (end === 0) break
    if (parts.length === maxsplit) {
      parts.push(value.slice(0, end))
      break
    }
    let start = end - 1
    while (start > 0 && !isByteSpace(value[start - 1])) start--
    parts.push(value.slice(start, end))
    end = start
  }
  return parts.reverse()
}
