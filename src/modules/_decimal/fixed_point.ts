/*
 * `exp` and `ln` on binary fixed-point numbers: a `bigint` that stands for itself divided by 2^bits.
 */

export const BITS_PER_DIGIT = 3.3219280948873626

/** Bits for so many decimal digits, and some to spare for the errors of the last ones. */
export function bitsFor(digits: number): number {
  return Math.ceil(digits * BITS_PER_DIGIT) + 40
}

/** `atanh(1 / n)`. */
function atanhOfInverse(n: bigint, bits: number): bigint {
  let power = (1n << BigInt(bits)) / n
  let sum = power
  const square = n * n
  for (let k = 3n; ; k += 2n) {
    power /= square
    if (power === 0n) return sum
    sum += power / k
  }
}

const ln10Known = { bits: 0, value: 0n }

/** The natural logarithm of ten. */
export function ln10(bits: number): bigint {
  if (ln10Known.bits < bits) {
    const more = bits + 64
    const sum = 46n * atanhOfInverse(31n, more) + 34n * atanhOfInverse(49n, more) + 20n * atanhOfInverse(161n, more)
    ln10Known.bits = more
    ln10Known.value = sum
  }
  return ln10Known.value >> BigInt(ln10Known.bits - bits)
}

/** `e ** x` for a small `x` of either sign: halved some times, a Taylor series, squared as often. */
export function expFixed(x: bigint, bits: number): bigint {
  const halvings = Math.ceil(Math.sqrt(bits) * 0.8) + 4
  const work = BigInt(bits + halvings + 16)
  const reduced = (x << (work - BigInt(bits))) >> BigInt(halvings)
  const one = 1n << work
  let term = one
  let sum = one
  for (let k = 1n; ; k++) {
    term = ((term * reduced) >> work) / k
    if (term === 0n || term === -1n) break
    sum += term
  }
  for (let i = 0; i < halvings; i++) sum = (sum * sum) >> work
  return sum >> (work - BigInt(bits))
}

/** `ln(v)` for a `v` between 0.3 and 3.2: Halley's iteration from the double, each step with thrice the bits. */
export function lnFixed(v: bigint, bits: number): bigint {
  const steps: number[] = []
  for (let need = bits; need > 45; need = Math.ceil(need / 3) + 8) steps.push(need)
  let at = 60
  const double = Number(v >> BigInt(bits - 60)) / 2 ** 60
  let y = BigInt(Math.round(Math.log(double) * 2 ** 60))
  for (const need of steps.reverse()) {
    const target = Math.min(bits, need + 8)
    y = target >= at ? y << BigInt(target - at) : y >> BigInt(at - target)
    at = target
    const value = v >> BigInt(bits - at)
    const power = expFixed(y, at)
    y += ((value - power) << BigInt(at + 1)) / (value + power)
  }
  return y << BigInt(bits - at)
}

/** `ln(10)` with at least so many decimal digits. */
export function fixedLn10(digits: number): { value: bigint; bits: number } {
  const bits = bitsFor(digits)
  return { value: ln10(bits), bits }
}
