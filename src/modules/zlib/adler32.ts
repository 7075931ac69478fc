const MODULUS = 65521

/** Bytes after which the sums must be reduced lest they leave 32 bits (zlib's `NMAX`). */
const RUN = 5552

/** The Adler-32 checksum, going on from `start`. */
export function adler32(data: Uint8Array, start: number): number {
  let low = (start & 0xffff) % MODULUS
  let high = (start >>> 16) % MODULUS
  for (let from = 0; from < data.length; from += RUN) {
    const to = Math.min(from + RUN, data.length)
    for (let i = from; i < to; i++) {
      low += data[i]!
      high += low
    }
    low %= MODULUS
    high %= MODULUS
  }
  return high * 0x10000 + low
}
