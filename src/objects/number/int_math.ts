import { PyError } from '../../base/errors.ts'
import { canonicalInt } from '../../base/values.ts'
import { type Int, intAbs, intMul, intSub } from './int_arith.ts'
import { intBitLength } from './int_bits.ts'

/* The functions of `math` on ints. */

const SSIZE_MAX = 9223372036854775807n

/** `math.isqrt(n)`. Throws `ValueError` for a negative number. */
export function isqrt(n: Int): Int {
  if (n < 0) throw new PyError('ValueError', 'isqrt() argument must be nonnegative')
  if (typeof n === 'number') {
    const root = Math.floor(Math.sqrt(n))
    return root * root > n ? root - 1 : root
  }
  // Each round doubles the number of correct leading bits of the root.
  const half = Math.floor((intBitLength(n) - 1) / 2)
  let root = 1n
  let bits = 0
  for (let shift = 31 - Math.clz32(half); shift >= 0; shift--) {
    const before = bits
    bits = Math.floor(half / 2 ** shift)
    root = (root << BigInt(bits - before - 1)) + (n >> BigInt(2 * half - before - bits + 1)) / root
  }
  return canonicalInt(root * root > n ? root - 1n : root)
}

/** `math.gcd` of two ints. */
export function gcd(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') return smallGcd(Math.abs(a), Math.abs(b))
  const x = BigInt(intAbs(a))
  const y = BigInt(intAbs(b))
  return x > y ? largeGcd(x, y) : largeGcd(y, x)
}

function smallGcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b]
  return a
}

/** Bits that Lehmer's algorithm looks at; its factors have no more, and their products with quotients are exact. */
const LEADING_BITS = 46

/**
 * Lehmer's algorithm, for a >= b: as long as the numbers are large, the steps of Euclid's are taken on their leading
 * bits, and many are done to the numbers at once.
 */
function largeGcd(a: bigint, b: bigint): Int {
  for (;;) {
    if (b === 0n) return canonicalInt(a)
    if (a <= 9007199254740991n) return smallGcd(Number(a), Number(b))
    const shift = BigInt(intBitLength(a) - LEADING_BITS)
    let x = Number(a >> shift)
    let y = Number(b >> shift)
    let [p, q, r, s] = [1, 0, 0, 1]
    while (y + r !== 0 && y + s !== 0) {
      const quotient = Math.floor((x + p) / (y + r))
      if (quotient !== Math.floor((x + q) / (y + s))) break
      ;[x, y] = [y, x - quotient * y]
      ;[p, r] = [r, p - quotient * r]
      ;[q, s] = [s, q - quotient * s]
    }
    if (q === 0) [a, b] = [b, a % b]
    else [a, b] = [BigInt(p) * a + BigInt(q) * b, BigInt(r) * a + BigInt(s) * b]
  }
}

/** `math.lcm` of two ints. */
export function lcm(a: Int, b: Int): Int {
  if (a === 0 || b === 0) return 0
  const divisor = gcd(a, b)
  const factor =
    typeof a === 'number' && typeof divisor === 'number' ? a / divisor : canonicalInt(BigInt(a) / BigInt(divisor))
  return intAbs(intMul(factor, b))
}

/** The product of the ints from `low` to `high`, by halves, so that the factors stay of like size. */
function product(low: bigint, high: bigint): bigint {
  if (high - low < 8n) {
    let result = low
    for (let n = low + 1n; n <= high; n++) result *= n
    return result
  }
  const middle = (low + high) >> 1n
  return product(low, middle) * product(middle + 1n, high)
}

/** The largest number whose factorial is in the safe range. */
const SAFE_FACTORIAL = 18

/** `math.factorial(n)`. Throws `ValueError` for a negative number, `OverflowError` for one beyond 2^63 − 1. */
export function factorial(n: Int): Int {
  if (n < 0) throw new PyError('ValueError', 'factorial() not defined for negative values')
  if (n > SSIZE_MAX) {
    throw new PyError('OverflowError', `factorial() argument should not exceed ${SSIZE_MAX}`)
  }
  if (n <= SAFE_FACTORIAL) {
    let result = 1
    for (let k = 2; k <= (n as number); k++) result *= k
    return result
  }
  return canonicalInt(roomFor(() => product(1n, BigInt(n))))
}

function roomFor(operation: () => bigint): bigint {
  try {
    return operation()
  } catch (error) {
    if (error instanceof RangeError) throw new PyError('MemoryError', '')
    throw error
  }
}

function checkCounts(n: Int, k: Int): void {
  if (n < 0) throw new PyError('ValueError', 'n must be a non-negative integer')
  if (k < 0) throw new PyError('ValueError', 'k must be a non-negative integer')
}

/** `math.perm(n, k)`; without `k` Python takes the factorial. Throws `ValueError` and `OverflowError`. */
export function perm(n: Int, k: Int): Int {
  checkCounts(n, k)
  if (n < k) return 0
  if (k > SSIZE_MAX) throw new PyError('OverflowError', `k must not exceed ${SSIZE_MAX}`)
  return k === 0 ? 1 : canonicalInt(roomFor(() => product(BigInt(n) - BigInt(k) + 1n, BigInt(n))))
}

/** `math.comb(n, k)`. Throws `ValueError` and `OverflowError`. */
export function comb(n: Int, k: Int): Int {
  checkCounts(n, k)
  if (n < k) return 0
  const rest = intSub(n, k)
  const count = rest < k ? rest : k
  if (count > SSIZE_MAX) throw new PyError('OverflowError', `min(n - k, k) must not exceed ${SSIZE_MAX}`)
  if (count === 0) return 1
  if (typeof n === 'number') {
    // Each partial product is a binomial coefficient itself, so that the divisions are exact.
    let result = 1
    let i = 1
    for (; i <= (count as number); i++) {
      const next = result * (n - i + 1)
      if (next > Number.MAX_SAFE_INTEGER) break
      result = next / i
    }
    if (i > (count as number)) return result
  }
  return canonicalInt(roomFor(() => combLarge(BigInt(n), BigInt(count))))
}

/** C(n, k) = C(n, j) · C(n − j, k − j) / C(k, j), which keeps the numbers small; the products are taken at once below. */
function combLarge(n: bigint, k: bigint): bigint {
  if (k <= 32n) return product(n - k + 1n, n) / product(1n, k)
  const half = k >> 1n
  return (combLarge(n, half) * combLarge(n - half, k - half)) / combLarge(k, half)
}
