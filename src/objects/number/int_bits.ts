import { PyError } from '../../base/errors.ts'
import { canonicalInt } from '../../base/values.ts'
import { trueDivide } from '../../compiler/optimizer/ints.ts'
import type { Int } from './int_arith.ts'

/** `a.bit_length()`. */
export function intBitLength(a: Int): number {
  if (typeof a === 'number') {
    const magnitude = Math.abs(a)
    if (magnitude < 0x100000000) return 32 - Math.clz32(magnitude)
    return 64 - Math.clz32(Math.floor(magnitude / 0x100000000))
  }
  const hex = (a < 0n ? -a : a).toString(16)
  return hex.length * 4 - (Math.clz32(Number.parseInt(hex[0]!, 16)) - 28)
}

/** `a.bit_count()`. */
export function intBitCount(a: Int): number {
  if (typeof a === 'number') {
    const magnitude = Math.abs(a)
    return bitCount32(magnitude | 0) + bitCount32(Math.floor(magnitude / 0x100000000))
  }
  const hex = (a < 0n ? -a : a).toString(16)
  let count = 0
  for (let i = 0; i < hex.length; i += 7) count += bitCount32(Number.parseInt(hex.slice(i, i + 7), 16))
  return count
}

function bitCount32(value: number): number {
  value -= (value >>> 1) & 0x55555555
  value = (value & 0x33333333) + ((value >>> 2) & 0x33333333)
  return Math.imul((value + (value >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** `a / b`, correctly rounded. Throws `ZeroDivisionError` or `OverflowError`. */
export function intTrueDiv(a: Int, b: Int): number {
  if (b === 0) throw new PyError('ZeroDivisionError', 'division by zero')
  const quotient = trueDivide(a, b)
  if (quotient === undefined) throw new PyError('OverflowError', 'integer division result too large for a float')
  return quotient
}

/**
 * `a.to_bytes(length, byteorder, signed=isSigned)`. Throws `ValueError` for a negative length, `OverflowError` for an
 * int that does not fit.
 */
export function intToBytes(a: Int, length: number, isLittle: boolean, isSigned: boolean): Uint8Array {
  if (length < 0) throw new PyError('ValueError', 'length argument must be non-negative')
  if (a < 0 && !isSigned) throw new PyError('OverflowError', "can't convert negative int to unsigned")
  const out = new Uint8Array(length)
  if (length === 0 && (a === 0 || a === -1)) return out
  const isNegative = a < 0
  // The bits of a negative number are those of its complement, inverted.
  const magnitude = isNegative ? -1n - BigInt(a) : BigInt(a)
  const bits = intBitLength(canonicalInt(magnitude)) + (isSigned ? 1 : 0)
  if (bits > length * 8) throw new PyError('OverflowError', 'int too big to convert')
  const hex = magnitude.toString(16).padStart(length * 2, '0')
  const fill = isNegative ? 255 : 0
  for (let i = 0; i < length; i++) {
    const at = hex.length - 2 - 2 * i
    out[isLittle ? i : length - 1 - i] = ((nibble(hex, at) << 4) | nibble(hex, at + 1)) ^ fill
  }
  return out
}

function nibble(hex: string, at: number): number {
  const c = hex.charCodeAt(at)
  return c < 58 ? c - 48 : c - 87
}

/** Bytes of which an unsigned number is in the safe range, whatever they are. */
const SAFE_BYTES = 6

/** `int.from_bytes(bytes, byteorder, signed=isSigned)`. */
export function intFromBytes(bytes: Uint8Array, isLittle: boolean, isSigned: boolean): Int {
  const length = bytes.length
  if (length === 0) return 0
  const isNegative = isSigned && bytes[isLittle ? length - 1 : 0]! >= 0x80
  if (length <= SAFE_BYTES) {
    let value = 0
    for (let i = 0; i < length; i++) value = value * 256 + bytes[isLittle ? length - 1 - i : i]!
    return isNegative ? value - 256 ** length : value
  }
  const digits: string[] = []
  for (let i = 0; i < length; i++) digits.push(HEX[bytes[isLittle ? length - 1 - i : i]!]!)
  const value = BigInt('0x' + digits.join(''))
  return canonicalInt(isNegative ? value - (1n << BigInt(8 * length)) : value)
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
