import { PyError } from '../base/errors.ts'
import { findUtf8Fault, utf8FaultMessage } from '../base/utf8.ts'
import { type Str, strFromCodePoints, strFromUtf16 } from '../base/values.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Up to this length a string is made by hand; a decoder call costs more than that. */
const BY_HAND = 48

/** The string whose code points are these bytes: what CPython makes of marshal's ASCII strings, ASCII or not. */
export function decodeAscii(bytes: Uint8Array, start: number, end: number): string {
  let all = 0
  for (let i = start; i < end; i++) all |= bytes[i]!
  if (all < 0x80 && end - start > BY_HAND) return decoder.decode(bytes.subarray(start, end))
  let text = ''
  let i = start
  for (; i + 8 <= end; i += 8) {
    text += String.fromCharCode(
      bytes[i]!,
      bytes[i + 1]!,
      bytes[i + 2]!,
      bytes[i + 3]!,
      bytes[i + 4]!,
      bytes[i + 5]!,
      bytes[i + 6]!,
      bytes[i + 7]!,
    )
  }
  return i === end ? text : text + fewCharacters(bytes, i, end - i)
}

/** Up to seven characters, in one call. */
function fewCharacters(bytes: Uint8Array, i: number, count: number): string {
  const a = bytes[i]!
  switch (count) {
    case 1:
      return String.fromCharCode(a)
    case 2:
      return String.fromCharCode(a, bytes[i + 1]!)
    case 3:
      return String.fromCharCode(a, bytes[i + 1]!, bytes[i + 2]!)
    case 4:
      return String.fromCharCode(a, bytes[i + 1]!, bytes[i + 2]!, bytes[i + 3]!)
    case 5:
      return String.fromCharCode(a, bytes[i + 1]!, bytes[i + 2]!, bytes[i + 3]!, bytes[i + 4]!)
    case 6:
      return String.fromCharCode(a, bytes[i + 1]!, bytes[i + 2]!, bytes[i + 3]!, bytes[i + 4]!, bytes[i + 5]!)
    default:
      return String.fromCharCode(
        a,
        bytes[i + 1]!,
        bytes[i + 2]!,
        bytes[i + 3]!,
        bytes[i + 4]!,
        bytes[i + 5]!,
        bytes[i + 6]!,
      )
  }
}

function isSurrogate(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 3 <= end && bytes[at] === 0xed && bytes[at + 1]! >= 0xa0 && (bytes[at + 2]! & 0xc0) === 0x80
}

/**
 * Decodes UTF-8 in which lone surrogates may be encoded too (Python's `surrogatepass`).
 *
 * @throws PyError UnicodeDecodeError.
 */
export function decodeUtf8SurrogatePass(bytes: Uint8Array, start: number, end: number): Str {
  let from = start
  let surrogates = false
  for (;;) {
    const fault = findUtf8Fault(bytes, from, end)
    if (fault === null) break
    if (!isSurrogate(bytes, fault.start, end)) {
      throw new PyError('UnicodeDecodeError', utf8FaultMessage(bytes, fault, start))
    }
    surrogates = true
    from = fault.start + 3
  }
  if (!surrogates) return strFromUtf16(decoder.decode(bytes.subarray(start, end)))
  const codePoints: number[] = []
  for (let i = start; i < end; ) {
    const lead = bytes[i++]!
    const more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
    let codePoint = more === 0 ? lead : lead & (0x3f >> more)
    for (let k = 0; k < more; k++) codePoint = (codePoint << 6) | (bytes[i++]! & 0x3f)
    codePoints.push(codePoint)
  }
  return strFromCodePoints(codePoints)
}
