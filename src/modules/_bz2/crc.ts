let table: Int32Array | null = null

/** The table of bzip2's CRC-32, which takes the highest bit first. */
export function crcTable(): Int32Array {
  if (table !== null) return table
  table = new Int32Array(256)
  for (let i = 0; i < 256; i++) {
    let value = i << 24
    for (let k = 0; k < 8; k++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1
    table[i] = value
  }
  return table
}

/** The checksum of a stream, after one more block. */
export function combineCrc(combined: number, block: number): number {
  return ((combined << 1) | (combined >>> 31)) ^ block
}
