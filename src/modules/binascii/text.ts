import { PyError } from '../../base/errors.ts'

/** `binascii.Error`, a ValueError. */
export function binasciiError(message: string): PyError {
  return new PyError('binascii.Error', message)
}

const HEX = '0123456789abcdef'

/**
 * `hexlify`: two digits for each byte, `separator` (a character's code, or -1) between groups of `bytesPerGroup`, which
 * are counted from the right, or from the left if negative.
 */
export function hexlify(data: Uint8Array, separator = -1, bytesPerGroup = 1): Uint8Array {
  const size = Math.abs(bytesPerGroup)
  const hasGroups = separator >= 0 && size > 0 && data.length > 0
  const separators = hasGroups ? Math.ceil(data.length / size) - 1 : 0
  const out = new Uint8Array(2 * data.length + separators)
  const first = hasGroups && bytesPerGroup > 0 ? data.length % size || size : size
  let o = 0
  for (let i = 0; i < data.length; i++) {
    if (hasGroups && i > 0 && i >= first && (i - first) % size === 0) out[o++] = separator
    out[o++] = HEX.charCodeAt(data[i]! >> 4)
    out[o++] = HEX.charCodeAt(data[i]! & 15)
  }
  return out
}

/** The value of a hexadecimal digit, or -1. */
function digitValue(c: number): number {
  if (c >= 48 && c <= 57) return c - 48
  const letter = c | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

/** `unhexlify`. Throws `binascii.Error`. */
export function unhexlify(text: Uint8Array): Uint8Array {
  if (text.length % 2 === 1) throw binasciiError('Odd-length string')
  const out = new Uint8Array(text.length / 2)
  for (let i = 0; i < out.length; i++) {
    const high = digitValue(text[2 * i]!)
    const low = digitValue(text[2 * i + 1]!)
    if (high < 0 || low < 0) throw binasciiError('Non-hexadecimal digit found')
    out[i] = (high << 4) | low
  }
  return out
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const PAD = 61
const NEWLINE = 10

const base64Values = new Uint8Array(256).fill(255)
for (let i = 0; i < 64; i++) base64Values[BASE64.charCodeAt(i)] = i

/** `b2a_base64`. */
export function toBase64(data: Uint8Array, hasNewline = true): Uint8Array {
  const out = new Uint8Array(Math.ceil(data.length / 3) * 4 + (hasNewline ? 1 : 0))
  let o = 0
  for (let i = 0; i < data.length; i += 3) {
    const left = data.length - i
    const group = (data[i]! << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0)
    out[o++] = BASE64.charCodeAt(group >> 18)
    out[o++] = BASE64.charCodeAt((group >> 12) & 63)
    out[o++] = left > 1 ? BASE64.charCodeAt((group >> 6) & 63) : PAD
    out[o++] = left > 2 ? BASE64.charCodeAt(group & 63) : PAD
  }
  if (hasNewline) out[o] = NEWLINE
  return out
}

/** `a2b_base64`. Throws `binascii.Error`: in strict mode for everything that RFC 3548 does not allow. */
export function fromBase64(text: Uint8Array, isStrict = false): Uint8Array {
  if (isStrict && text[0] === PAD) throw binasciiError('Leading padding not allowed')
  const out = new Uint8Array(Math.ceil(text.length / 4) * 3)
  let o = 0
  let place = 0
  let bits = 0
  let pads = 0
  let isPadded = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === PAD) {
      isPadded = true
      if (place >= 2 && place + ++pads >= 4) {
        if (isStrict && i + 1 < text.length) throw binasciiError('Excess data after padding')
        return out.slice(0, o)
      }
      continue
    }
    const value = base64Values[c]!
    if (value === 255) {
      if (isStrict) throw binasciiError('Only base64 data is allowed')
      continue
    }
    if (isStrict && isPadded) throw binasciiError('Discontinuous padding not allowed')
    pads = 0
    bits = ((bits << 6) | value) & 0xffffff
    if (place > 0) out[o++] = bits >> (6 - 2 * place)
    place = (place + 1) & 3
  }
  if (place === 1) {
    throw binasciiError(
      `Invalid base64-encoded string: number of data characters (${Math.floor(o / 3) * 4 + 1}) cannot be 1 more than a ` +
        'multiple of 4',
    )
  }
  if (place !== 0) throw binasciiError('Incorrect padding')
  return out.slice(0, o)
}

/** Bytes of one line of uuencoded text. */
const MAX_UU = 45
const BACKTICK = 96

/** `b2a_uu`: one line. Throws `binascii.Error`. */
export function toUu(data: Uint8Array, useBacktick = false): Uint8Array {
  if (data.length > MAX_UU) throw binasciiError('At most 45 bytes at once')
  const zero = useBacktick ? BACKTICK : 32
  const out = [data.length === 0 ? zero : 32 + data.length]
  for (let i = 0; i < data.length; i += 3) {
    const group = (data[i]! << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0)
    for (let shift = 18; shift >= 0; shift -= 6) {
      const value = (group >> shift) & 63
      out.push(value === 0 ? zero : 32 + value)
    }
  }
  out.push(NEWLINE)
  return Uint8Array.from(out)
}

/** `a2b_uu`: one line. Throws `binascii.Error`. */
export function fromUu(line: Uint8Array): Uint8Array {
  // Without a line CPython reads the zero behind it.
  const out = new Uint8Array(((line[0] ?? 0) - 32) & 63)
  let at = 1
  let bits = 0
  let count = 0
  let isEnded = false
  for (let o = 0; o < out.length; at++) {
    const c = line[at] ?? NEWLINE
    isEnded = c === NEWLINE || c === 13
    if (!isEnded && (c < 32 || c > BACKTICK)) throw binasciiError('Illegal char')
    bits = ((bits << 6) | (isEnded ? 0 : (c - 32) & 63)) & 0xffff
    count += 6
    if (count >= 8) {
      count -= 8
      out[o++] = (bits >> count) & 255
    }
  }
  for (; at < line.length; at++) {
    const c = line[at]!
    if (c !== 32 && c !== BACKTICK && c !== NEWLINE && c !== 13) throw binasciiError('Trailing garbage')
  }
  return out
}
