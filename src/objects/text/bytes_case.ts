/** The ASCII letters among bytes: their case, and the questions that `bytes` answers about itself. */
import { bytesTranslate } from './bytes_replace.ts'

const lowerTable = Uint8Array.from({ length: 256 }, (_, c) => (isUpper(c) ? c + 32 : c))
const upperTable = Uint8Array.from({ length: 256 }, (_, c) => (isLower(c) ? c - 32 : c))
const swapTable = Uint8Array.from({ length: 256 }, (_, c) => (isAlpha(c) ? c ^ 32 : c))

function isUpper(c: number): boolean {
  return c >= 0x41 && c <= 0x5a
}

function isLower(c: number): boolean {
  return c >= 0x61 && c <= 0x7a
}

function isAlpha(c: number): boolean {
  return isUpper(c) || isLower(c)
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39
}

/** Whether a byte is white space to `bytes`: C's `isspace`. */
export function isByteSpace(c: number): boolean {
  return c === 0x20 || (c >= 0x09 && c <= 0x0d)
}

/** `value.lower()`. */
export function bytesLower(value: Uint8Array): Uint8Array {
  return bytesTranslate(value, lowerTable)
}

/** `value.upper()`. */
export function bytesUpper(value: Uint8Array): Uint8Array {
  return bytesTranslate(value, upperTable)
}

/** `value.swapcase()`. */
export function bytesSwapcase(value: Uint8Array): Uint8Array {
  return bytesTranslate(value, swapTable)
}

/** `value.capitalize()`. */
export function bytesCapitalize(value: Uint8Array): Uint8Array {
  const out = bytesLower(value)
  if (out.length > 0) out[0] = upperTable[out[0]]
  return out
}

/** `value.title()`. */
export function bytesTitle(value: Uint8Array): Uint8Array {
  const out = bytesLower(value)
  for (let i = 0; i < out.length; i++) if (i === 0 || !isAlpha(out[i - 1])) out[i] = upperTable[out[i]]
  return out
}

/** `value.isalnum()`. */
export function bytesIsAlnum(value: Uint8Array): boolean {
  return value.length > 0 && value.every((c) => isAlpha(c) || isDigit(c))
}

/** `value.isalpha()`. */
export function bytesIsAlpha(value: Uint8Array): boolean {
  return value.length > 0 && value.every(isAlpha)
}

/** `value.isascii()`. */
export function bytesIsAscii(value: Uint8Array): boolean {
  return value.every((c) => c < 0x80)
}

/** `value.isdigit()`. */
export function bytesIsDigit(value: Uint8Array): boolean {
  return value.length > 0 && value.every(isDigit)
}

/** `value.isspace()`. */
export function bytesIsSpace(value: Uint8Array): boolean {
  return value.length > 0 && value.every(isByteSpace)
}

/** `value.islower()`. */
export function bytesIsLower(value: Uint8Array): boolean {
  return value.some(isLower) && !value.some(isUpper)
}

/** `value.isupper()`. */
export function bytesIsUpper(value: Uint8Array): boolean {
  return value.some(isUpper) && !value.some(isLower)
}

/** `value.istitle()`: each letter that begins a word is upper case, the others lower. */
export function bytesIsTitle(value: Uint8Array): boolean {
  let isInside = false
  for (let i = 0; i < value.length; i++) {
    if (isInside ? isUpper(value[i]) : isLower(value[i])) return false
    isInside = isAlpha(value[i])
  }
  return value.some(isAlpha)
}
