/** Bytes as hexadecimal text. */
import { PyError } from '../../base/errors.ts'
import { bytesRepr } from '../../base/repr.ts'
import { type Str, strLength } from '../../base/values.ts'
import { isByteSpace } from './bytes_case.ts'
import { checkTextLength, strCodePointAt } from './str_sequence.ts'

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * `value.hex(separator, bytesPerSeparator)`: groups are counted from the right, for a negative number from the left.
 * Throws `ValueError` for a separator that is not one ASCII character, `MemoryError`.
 */
export function bytesHex(value: Uint8Array, separator: Str | Uint8Array | null = null, bytesPerSeparator = 1): string {
  const between = separator === null ? '' : separatorChar(separator)
  checkTextLength(value.length * (between === '' ? 2 : 3))
  const size = between === '' ? 0 : Math.abs(bytesPerSeparator)
  const digits = Array.from(value, (byte) => hexOfByte[byte])
  if (size === 0 || size >= digits.length) return digits.join('')
  const first = bytesPerSeparator > 0 ? digits.length % size : 0
  const groups: string[] = first > 0 ? [digits.slice(0, first).join('')] : []
  for (let i = first; i < digits.length; i += size) groups.push(digits.slice(i, i + size).join(''))
  return groups.join(between)
}

function separatorChar(separator: Str | Uint8Array): string {
  const isBytes = separator instanceof Uint8Array
  if ((isBytes ? separator.length : strLength(separator)) !== 1) {
    throw new PyError('ValueError', 'sep must be length 1.')
  }
  const code = isBytes ? separator[0] : strCodePointAt(separator, 0)
  if (code > 0x7f) throw new PyError('ValueError', 'sep must be ASCII.')
  return String.fromCharCode(code)
}

/** `bytes.fromhex(text)`: white space may stand between bytes. Throws `ValueError` with the place of the fault. */
export function bytesFromHex(text: Str): Uint8Array {
  const length = strLength(text)
  const out = new Uint8Array(length >> 1)
  for (let i = 0; i < length; i++) if (strCodePointAt(text, i) > 0x7f) throw notHexadecimal(i)
  let size = 0
  let i = 0
  while (i < length) {
    if (isByteSpace(strCodePointAt(text, i))) {
      i++
      continue
    }
    const high = hexDigit(strCodePointAt(text, i))
    if (high < 0) throw notHexadecimal(i)
    const low = i + 1 < length ? hexDigit(strCodePointAt(text, i + 1)) : -1
    if (low < 0) throw notHexadecimal(i + 1)
    out[size++] = high * 16 + low
    i += 2
  }
  return out.slice(0, size)
}

/** The value of a hexadecimal digit, or −1. */
export function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

function notHexadecimal(position: number): PyError {
  return new PyError('ValueError', `non-hexadecimal number found in fromhex() arg at position ${position}`)
}

/** `repr(bytearray(value))` of a type with this name. Unlike that of bytes, it escapes each single quote. */
export function bytearrayRepr(value: Uint8Array, typeName = 'bytearray'): string {
  const inner = bytesRepr(value)
  return `${typeName}(${inner.startsWith('b"') ? inner.replaceAll("'", "\\'") : inner})`
}
