/** Where UTF-8 goes wrong, as Python's `UnicodeDecodeError` tells it: the bytes `start` to `end` and the reason. */
export interface Utf8Fault {
  readonly start: number
  readonly end: number
  readonly reason: 'invalid start byte' | 'invalid continuation byte' | 'unexpected end of data'
}

const encoder = new TextEncoder()
const lenientDecoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** UTF-8 of a JavaScript string; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/**
 * The JavaScript string of UTF-8 bytes, each faulty sequence replaced by U+FFFD as Python's `'replace'` does it.
 * Short ASCII, the usual case, is read by hand: a decoder call costs more than the text.
 */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= 24) {
    let text = ''
    let i = start
    for (; i < end; i++) {
      const c = bytes[i]!
      if (c >= 0x80) break
      text += String.fromCharCode(c)
    }
    if (i === end) return text
  }
  return lenientDecoder.decode(bytes.subarray(start, end))
}

/** The first fault of the bytes `from` to `to` as strict UTF-8, or `null`. Offsets are those of `bytes`. */
export function findUtf8Fault(bytes: Uint8Array, from: number, to: number): Utf8Fault | null {
  let i = from
  while (i < to) {
    const lead = bytes[i]!
    if (lead < 0x80) {
      i++
      continue
    }
    if (lead < 0xc2 || lead > 0xf4) return { start: i, end: i + 1, reason: 'invalid start byte' }
    const size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    for (let k = 1; k < size; k++) {
      if (i + k >= to) return { start: i, end: to, reason: 'unexpected end of data' }
      const next = bytes[i + k]!
      if ((next & 0xc0) !== 0x80 || (k === 1 && !allowsSecond(lead, next))) {
        return { start: i, end: i + k, reason: 'invalid continuation byte' }
      }
    }
    i += size
  }
  return null
}

/** Rules out overlong forms, surrogates and code points above U+10FFFF. */
function allowsSecond(lead: number, second: number): boolean {
  if (lead === 0xe0) return second >= 0xa0
  if (lead === 0xed) return second < 0xa0
  if (lead === 0xf0) return second >= 0x90
  if (lead === 0xf4) return second < 0x90
  return true
}

/** The text of Python's `UnicodeDecodeError` for a fault, positions counted from `origin`. */
export function utf8FaultMessage(bytes: Uint8Array, fault: Utf8Fault, origin: number): string {
  const start = fault.start - origin
  return decodeErrorMessage('utf-8', bytes[fault.start]!, start, fault.end - origin, fault.reason)
}

/** The text of any `UnicodeDecodeError`. */
export function decodeErrorMessage(codec: string, byte: number, start: number, end: number, reason: string): string {
  if (end - start === 1) {
    const hex = byte.toString(16).padStart(2, '0')
    return `'${codec}' codec can't decode byte 0x${hex} in position ${start}: ${reason}`
  }
  return `'${codec}' codec can't decode bytes in position ${start}-${end - 1}: ${reason}`
}

/** The code point whose UTF-8 starts at `i`; the bytes are known to be valid. */
export function codePointAt(bytes: Uint8Array, i: number): number {
  const lead = bytes[i]!
  if (lead < 0x80) return lead
  const second = bytes[i + 1]! & 0x3f
  if (lead < 0xe0) return ((lead & 0x1f) << 6) | second
  const third = bytes[i + 2]! & 0x3f
  if (lead < 0xf0) return ((lead & 0x0f) << 12) | (second << 6) | third
  return ((lead & 0x07) << 18) | (second << 12) | (third << 6) | (bytes[i + 3]! & 0x3f)
}

/** Number of bytes of the UTF-8 sequence that a lead byte starts. */
export function sequenceLength(lead: number): number {
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
}

/** The text of Python's `UnicodeEncodeError` for the first lone surrogate of a JavaScript string, or `null`. */
export function surrogateMessage(text: string): string | null {
  const match = /[\ud800-\udfff]+/u.exec(text)
  if (!match) return null
  const start = codePointCount(text, match.index)
  const count = match[0].length
  if (count === 1) {
    const hex = match[0].charCodeAt(0).toString(16)
    return `'utf-8' codec can't encode character '\\u${hex}' in position ${start}: surrogates not allowed`
  }
  return `'utf-8' codec can't encode characters in position ${start}-${start + count - 1}: surrogates not allowed`
}

/** Number of code points in the first `end` units of a JavaScript string. */
export function codePointCount(text: string, end: number): number {
  let count = 0
  for (let i = 0; i < end; i++) {
    const c = text.charCodeAt(i)
    if ((c & 0xfc00) === 0xd800 && i + 1 < text.length && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) i++
    count++
  }
  return count
}
