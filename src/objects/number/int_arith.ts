import { PyError } from '../../base/errors.ts'
import { canonicalInt } from '../../base/values.ts'

/** A Python int in its one form: `number` in the safe range, `bigint` outside. */
export type Int = number | bigint

const MAX = Number.MAX_SAFE_INTEGER
const MIN = Number.MIN_SAFE_INTEGER

/** Bits that a `bigint` may have in V8; other engines allow no fewer. */
const MAX_BITS = 2 ** 30

/** Runs an operation on large numbers; where the host has no room for the result, that is a `MemoryError`. */
function large(operation: () => bigint): Int {
  let result: bigint
  try {
    result = operation()
  } catch (error) {
    if (error instanceof RangeError) throw new PyError('MemoryError', '')
    throw error
  }
  return canonicalInt(result)
}

/** `a + b`. */
export function intAdd(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (sum <= MAX && sum >= MIN) return sum
  }
  return large(() => BigInt(a) + BigInt(b))
}

/** `a - b`. */
export function intSub(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b
    if (difference <= MAX && difference >= MIN) return difference
  }
  return large(() => BigInt(a) - BigInt(b))
}

/** `a * b`. */
export function intMul(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    // Adding 0 turns -0, which is no int, into 0.
    if (product <= MAX && product >= MIN) return product + 0
  }
  return large(() => BigInt(a) * BigInt(b))
}

/** `-a`. */
export function intNegate(a: Int): Int {
  return typeof a === 'number' ? 0 - a : -a
}

/** `abs(a)`. */
export function intAbs(a: Int): Int {
  return a < 0 ? intNegate(a) : a
}

/** `a // b`. Throws `ZeroDivisionError`. */
export function intFloorDiv(a: Int, b: Int): Int {
  if (b === 0) throw new PyError('ZeroDivisionError', 'integer division or modulo by zero')
  if (typeof a === 'number' && typeof b === 'number') {
    const rest = a % b
    const quotient = (a - rest) / b
    return (rest !== 0 && rest < 0 !== b < 0 ? quotient - 1 : quotient) + 0
  }
  return canonicalInt(floorQuotient(BigInt(a), BigInt(b)))
}

function floorQuotient(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a < 0n !== b < 0n && quotient * b !== a ? quotient - 1n : quotient
}

/** `a % b`, which has the sign of `b`. Throws `ZeroDivisionError`. */
export function intMod(a: Int, b: Int): Int {
  if (b === 0) throw new PyError('ZeroDivisionError', 'integer modulo by zero')
  if (typeof a === 'number' && typeof b === 'number') {
    const rest = a % b
    return (rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest) + 0
  }
  return canonicalInt(floorRest(BigInt(a), BigInt(b)))
}

function floorRest(a: bigint, b: bigint): bigint {
  const rest = a % b
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest
}

/** `divmod(a, b)`. Throws `ZeroDivisionError`. */
export function intDivmod(a: Int, b: Int): [Int, Int] {
  if (typeof a === 'number' && typeof b === 'number') return [intFloorDiv(a, b), intMod(a, b)]
  if (b === 0) return [intFloorDiv(a, b), 0]
  const divisor = BigInt(b)
  const quotient = floorQuotient(BigInt(a), divisor)
  return [canonicalInt(quotient), canonicalInt(BigInt(a) - quotient * divisor)]
}

/** `a & b`. */
export function intAnd(a: Int, b: Int): Int {
  if (isInt32(a) && isInt32(b)) return a & b
  return canonicalInt(BigInt(a) & BigInt(b))
}

/** `a | b`. */
export function intOr(a: Int, b: Int): Int {
  if (isInt32(a) && isInt32(b)) return a | b
  return canonicalInt(BigInt(a) | BigInt(b))
}

/** `a ^ b`. */
export function intXor(a: Int, b: Int): Int {
  if (isInt32(a) && isInt32(b)) return a ^ b
  return canonicalInt(BigInt(a) ^ BigInt(b))
}

/** `~a`. */
export function intInvert(a: Int): Int {
  return typeof a === 'number' && a !== MAX ? -1 - a : canonicalInt(~BigInt(a))
}

function isInt32(value: Int): value is number {
  return typeof value === 'number' && value === (value | 0)
}

/**
 * `a << b`. Throws `ValueError` for a negative count, `OverflowError` for one of which CPython says that no memory could
 * hold the result, and `MemoryError` where there is none here.
 */
export function intLshift(a: Int, b: Int): Int {
  if (b < 0) throw new PyError('ValueError', 'negative shift count')
  if (a === 0) return 0
  if (typeof a === 'number' && typeof b === 'number' && b < 1024) {
    const shifted = a * 2 ** b
    if (shifted <= MAX && shifted >= MIN) return shifted
  }
  // CPython counts digits of 30 bits in a signed 64-bit number.
  if (b >= 30n * 2n ** 63n) throw new PyError('OverflowError', 'too many digits in integer')
  if (b > MAX_BITS) throw new PyError('MemoryError', '')
  return large(() => BigInt(a) << BigInt(b))
}

/** `a >> b`. Throws `ValueError` for a negative count. */
export function intRshift(a: Int, b: Int): Int {
  if (b < 0) throw new PyError('ValueError', 'negative shift count')
  if (typeof a === 'number') {
    if (b > 52) return a < 0 ? -1 : 0
    return isInt32(a) && b < 32 ? a >> Number(b) : Math.floor(a / 2 ** Number(b))
  }
  return b > MAX_BITS ? (a < 0n ? -1 : 0) : canonicalInt(a >> BigInt(b))
}

/** `a ** b` for `b >= 0`; a negative exponent gives a float and is the caller's affair. */
export function intPow(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const power = smallPow(a, b)
    if (power <= MAX && power >= MIN) return power
    if (a === 2) return intLshift(1, b)
  } else if (b > MAX_BITS) {
    if (a === 0 || a === 1) return a
    if (a === -1) return (BigInt(b) & 1n) === 1n ? -1 : 1
    throw new PyError('MemoryError', '')
  }
  return large(() => BigInt(a) ** BigInt(b))
}

/** A power by squaring, exact as long as it is in the safe range. */
function smallPow(base: number, exponent: number): number {
  if (base === 0) return exponent === 0 ? 1 : 0
  if (base === 1) return 1
  if (base === -1) return exponent % 2 === 0 ? 1 : -1
  if (exponent > 52) return Infinity
  let result = 1
  for (;;) {
    if (exponent & 1) result *= base
    exponent >>= 1
    if (exponent === 0) return result
    base *= base
  }
}

/** `pow(a, b, modulus)`. Throws `ValueError` for a modulus of 0, or where `a` has no inverse and `b` is negative. */
export function intPowMod(a: Int, b: Int, modulus: Int): Int {
  if (modulus === 0) throw new PyError('ValueError', 'pow() 3rd argument cannot be 0')
  const size = intAbs(modulus)
  if (size === 1) return 0
  let base = intMod(a, size)
  if (b < 0) {
    base = invert(BigInt(a), BigInt(size))
    b = intNegate(b)
  }
  const power =
    size < 94906266
      ? smallPowMod(base as number, b, size as number)
      : largePowMod(BigInt(base), BigInt(b), BigInt(size))
  return modulus < 0 && power !== 0 ? intAdd(power, modulus) : power
}

/** The modulus is at most 2^26.5, so that products are exact. */
function smallPowMod(base: number, exponent: Int, modulus: number): number {
  let result = 1
  const bits = exponent.toString(2)
  for (let i = 0; i < bits.length; i++) {
    result = (result * result) % modulus
    if (bits.charCodeAt(i) === 0x31) result = (result * base) % modulus
  }
  return result
}

/** Bits of the exponent that one multiplication takes care of. */
const WINDOW = 5

function largePowMod(base: bigint, exponent: bigint, modulus: bigint): Int {
  const bits = exponent.toString(2)
  if (bits.length < 64) return canonicalInt(binaryPowMod(base, bits, modulus))
  const powers = [1n]
  for (let i = 1; i < 1 << WINDOW; i++) powers.push((powers[i - 1]! * base) % modulus)
  const padded = bits.padStart(Math.ceil(bits.length / WINDOW) * WINDOW, '0')
  let result = 1n
  for (let i = 0; i < padded.length; i += WINDOW) {
    for (let k = 0; k < WINDOW; k++) result = (result * result) % modulus
    const digit = Number.parseInt(padded.slice(i, i + WINDOW), 2)
    if (digit !== 0) result = (result * powers[digit]!) % modulus
  }
  return canonicalInt(result)
}

function binaryPowMod(base: bigint, bits: string, modulus: bigint): bigint {
  let result = 1n
  for (const bit of bits) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * base) % modulus
  }
  return result
}

/** The inverse of `a` modulo `n`, by Euclid's algorithm. */
function invert(a: bigint, n: bigint): Int {
  let [rest, next] = [n, floorRest(a, n)]
  let [factor, nextFactor] = [0n, 1n]
  while (next !== 0n) {
    const quotient = rest / next
    ;[rest, next] = [next, rest - quotient * next]
    ;[factor, nextFactor] = [nextFactor, factor - quotient * nextFactor]
  }
  if (rest !== 1n) throw new PyError('ValueError', 'base is not invertible for the given modulus')
  return canonicalInt(floorRest(factor, n))
}

/** `round(a, digits)`: for negative digits the nearest multiple of a power of ten, half to even. */
export function intRound(a: Int, digits: Int): Int {
  if (digits >= 0) return a
  // Beyond its own digits every number rounds to zero.
  if (intAbs(digits) > (typeof a === 'number' ? 17 : a.toString().length + 1)) return 0
  const unit = 10n ** BigInt(intAbs(digits))
  const value = BigInt(a)
  const rest = floorRest(value, unit)
  const down = value - rest
  const isUp = rest * 2n > unit || (rest * 2n === unit && ((down / unit) & 1n) === 1n)
  return canonicalInt(isUp ? down + unit : down)
}
