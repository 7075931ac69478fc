import type { Operator } from '../../ast/nodes.ts'
import { canonicalInt } from '../../base/values.ts'

/*
 * Python's integer arithmetic for constants, at any size. What Python raises an exception for, or what CPython does not
 * fold because the result could be large, is `undefined`.
 */

export type Int = number | bigint

/** Results of `*`, `**` and `<<` may have this many bits (CPython's `MAX_INT_SIZE`). */
const MAX_INT_BITS = 128

/** The number of bits of the absolute value. */
function bitLength(value: bigint): number {
  if (value < 0n) value = -value
  return value === 0n ? 0 : value.toString(2).length
}

/** `float(value)`; `undefined` where that is an OverflowError. */
export function intToFloat(value: Int): number | undefined {
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** A binary operator on two ints whose result is an int; `/` and `**` with a negative exponent are not among them. */
export function intOperation(op: Operator, a: Int, b: Int): Int | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const quick = smallOperation(op, a, b)
    // A double result in the safe range is exact; adding 0 turns -0, which is no int, into 0.
    if (Number.isSafeInteger(quick)) return quick + 0
  }
  const result = bigOperation(op, BigInt(a), BigInt(b))
  return result === undefined ? undefined : canonicalInt(result)
}

function smallOperation(op: Operator, a: number, b: number): number {
  switch (op) {
    case 'Add':
      return a + b
    case 'Sub':
      return a - b
    case 'Mult':
      return a * b
    default:
      return Number.NaN
  }
}

function bigOperation(op: Operator, a: bigint, b: bigint): bigint | undefined {
  switch (op) {
    case 'Add':
      return a + b
    case 'Sub':
      return a - b
    case 'Mult':
      return a !== 0n && b !== 0n && bitLength(a) + bitLength(b) > MAX_INT_BITS ? undefined : a * b
    case 'FloorDiv':
      return b === 0n ? undefined : floorDivide(a, b)
    case 'Mod':
      return b === 0n ? undefined : a - floorDivide(a, b) * b
    case 'Pow':
      return power(a, b)
    case 'LShift':
      return shiftLeft(a, b)
    case 'RShift':
      return b < 0n ? undefined : a >> (b > 0xffffffffn ? 0xffffffffn : b)
    case 'BitOr':
      return a | b
    case 'BitXor':
      return a ^ b
    case 'BitAnd':
      return a & b
    default:
      return undefined
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

function power(a: bigint, b: bigint): bigint | undefined {
  if (b === 0n) return 1n
  if (a === 0n) return 0n
  if (b > BigInt(MAX_INT_BITS) || bitLength(a) > Math.floor(MAX_INT_BITS / Number(b))) return undefined
  return a ** b
}

function shiftLeft(a: bigint, b: bigint): bigint | undefined {
  if (b < 0n) return undefined
  if (a === 0n || b === 0n) return a
  return b > BigInt(MAX_INT_BITS) || bitLength(a) > MAX_INT_BITS - Number(b) ? undefined : a << b
}

/** `a / b` as a float, correctly rounded; `undefined` for a ZeroDivisionError or OverflowError. */
export function trueDivide(a: Int, b: Int): number | undefined {
  if (b === 0) return undefined
  if (typeof a === 'number' && typeof b === 'number') return a / b
  const negative = a < 0 !== b < 0
  const magnitude = divideMagnitudes(absolute(BigInt(a)), absolute(BigInt(b)))
  return magnitude === undefined || !negative ? magnitude : -magnitude
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}

/** Bits of a double's significand, and two that decide the rounding. */
const QUOTIENT_BITS = 55
/** The exponent of the smallest normal double, as `frexp` counts. */
const MIN_EXPONENT = -1021

function divideMagnitudes(a: bigint, b: bigint): number | undefined {
  if (a === 0n) return 0
  const size = bitLength(a) - bitLength(b)
  if (size > 1024) return undefined
  if (size < MIN_EXPONENT - 54) return 0
  // The quotient has 55 or 56 bits, fewer where the result is subnormal; a rest below it makes its last bit odd.
  const shift = Math.max(size, MIN_EXPONENT) - QUOTIENT_BITS
  const dividend = shift < 0 ? a << BigInt(-shift) : a
  const divisor = shift > 0 ? b << BigInt(shift) : b
  const quotient = dividend / divisor
  const sticky = dividend % divisor !== 0n ? quotient | 1n : quotient
  const extra = Math.max(bitLength(quotient), MIN_EXPONENT - shift) - 53
  const result = scaleExact(roundHalfEven(sticky, extra), shift + extra)
  return Number.isFinite(result) ? result : undefined
}

/** `value / 2 ** bits`, rounded half to even. */
function roundHalfEven(value: bigint, bits: number): number {
  const unit = 1n << BigInt(bits)
  const whole = value >> BigInt(bits)
  const twice = (value & (unit - 1n)) * 2n
  return Number(twice > unit || (twice === unit && (whole & 1n) === 1n) ? whole + 1n : whole)
}

/** `value * 2 ** exponent` for a product that a double holds exactly, or that is too large. */
function scaleExact(value: number, exponent: number): number {
  const half = exponent >> 1
  return value * 2 ** half * 2 ** (exponent - half)
}
