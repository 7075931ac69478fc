/** The modulus of numeric hashes: 2^61 − 1 (`sys.hash_info.modulus`). */
const MODULUS = 2n ** 61n - 1n

/** `hash()` of an int: the number modulo 2^61 − 1 with its sign; −1 is −2, because C keeps −1 for errors. */
export function hashInt(value: number | bigint): number | bigint {
  if (typeof value === 'number') return value === -1 ? -2 : value
  const magnitude = (value < 0n ? -value : value) % MODULUS
  const hash = value < 0n ? -magnitude : magnitude
  return hash === -1n ? -2 : fit(hash)
}

/** What a `__hash__` method gave, cut to a hash: CPython hashes an int that does not fit 64 bits. */
export function reduceHash(value: number | bigint): number | bigint {
  if (typeof value === 'number') return value === -1 ? -2 : value
  if (value >= -(2n ** 63n) && value < 2n ** 63n) return value
  return hashInt(value)
}

function fit(value: bigint): number | bigint {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value
}
