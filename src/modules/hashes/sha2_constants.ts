/** The constants of SHA-2 are the first bits of roots of primes: they are computed, not listed. */

function primes(count: number): bigint[] {
  const found: bigint[] = []
  for (let n = 2n; found.length < count; n++) if (found.every((p) => n % p !== 0n)) found.push(n)
  return found
}

/** The largest number whose power is not above `value`. */
function integerRoot(value: bigint, power: bigint): bigint {
  let low = 0n
  let high = 1n << BigInt(Math.ceil(value.toString(2).length / Number(power)) + 1)
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle ** power <= value) low = middle
    else high = middle
  }
  return low
}

/** The first `bits` bits behind the point of the roots of the first primes. */
export function rootFractions(count: number, power: number, bits: number): bigint[] {
  const scale = BigInt(bits)
  return primes(count).map((prime) =>
    BigInt.asUintN(bits, integerRoot(prime << (scale * BigInt(power)), BigInt(power))),
  )
}

/** Makes a value when it is first asked for: these constants take time, and few programs hash. */
export function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** Numbers of 64 bits as pairs of 32-bit words, the upper one first. */
export function wordPairs(values: readonly bigint[]): number[] {
  return values.flatMap((value) => [Number(value >> 32n), Number(value & 0xffffffffn)])
}
