import type { StrBuilder } from '../base/str_builder.ts'
import { decodeUtf8 } from '../base/utf8.ts'

/** Longer texts are decoded by the platform, which costs more per call but less per byte. */
const SHORT_TEXT = 32

/** Whether no character of valid UTF-8 is beyond U+FFFF, so that each is one code unit. */
function isBmp(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] >= 0xf0) return false
  return true
}

/** Adds the UTF-8 text of `bytes` from `start` to `end` to `out`. The bytes are valid UTF-8. */
export function addUtf8(out: StrBuilder, bytes: Uint8Array, start: number, end: number): void {
  if (end - start > SHORT_TEXT && isBmp(bytes, start, end)) {
    out.addText(decodeUtf8(bytes, start, end))
    return
  }
  let i = start
  while (i < end) {
    const byte = bytes[i]
    if (byte < 0x80) {
      const from = i
      do i++
      while (i < end && bytes[i] < 0x80)
      addAscii(out, bytes, from, i)
    } else if (byte < 0xe0) {
      out.addCodePoint(((byte & 0x1f) << 6) | (bytes[i + 1] & 0x3f))
      i += 2
    } else if (byte < 0xf0) {
      out.addCodePoint(((byte & 0x0f) << 12) | ((bytes[i + 1] & 0x3f) << 6) | (bytes[i + 2] & 0x3f))
      i += 3
    } else {
      out.addCodePoint(
        ((byte & 0x07) << 18) | ((bytes[i + 1] & 0x3f) << 12) | ((bytes[i + 2] & 0x3f) << 6) | (bytes[i + 3] & 0x3f),
      )
      i += 4
    }
  }
}

/** Longest run given to one `String.fromCharCode` call; far below the limit on the number of arguments. */
const ASCII_RUN = 2048

function addAscii(out: StrBuilder, bytes: Uint8Array, start: number, end: number): void {
  for (let i = start; i < end; i += ASCII_RUN) {
    const run = bytes.subarray(i, Math.min(end, i + ASCII_RUN))
    out.addText(String.fromCharCode.apply(null, run as unknown as number[]))
  }
}
