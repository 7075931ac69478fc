let table: Int32Array | null = null

function crcTable(): Int32Array {
  const out = new Int32Array(256)
  for (let i = 0; i < 256; i++) {
    let value = i
    for (let k = 0; k < 8; k++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    out[i] = value
  }
  return out
}

/** `crc32`: the checksum of zip files, going on from `start`, of which the low 32 bits count. */
export function crc32(data: Uint8Array, start: number | bigint = 0): number {
  const entries = (table ??= crcTable())
  let crc = ~Number(BigInt.asIntN(32, BigInt(start)))
  for (let i = 0; i < data.length; i++) crc = (crc >>> 8) ^ entries[(crc ^ data[i]!) & 255]!
  return ~crc >>> 0
}

/** `crc_hqx`: CRC-CCITT, going on from `start`, of which the low 16 bits count. */
export function crcHqx(data: Uint8Array, start: number | bigint): number {
  let crc = Number(BigInt.asUintN(16, BigInt(start)))
  for (let i = 0; i < data.length; i++) {
    crc ^= data[i]! << 8
    for (let k = 0; k < 8; k++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return crc
}
