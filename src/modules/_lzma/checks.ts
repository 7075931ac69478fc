import { crc32 } from '../binascii/checksums.ts'
import { BlockHash } from '../hashes/block_hash.ts'
import { sha256 } from '../hashes/sha256.ts'

export const CHECK_NONE = 0
export const CHECK_CRC32 = 1
export const CHECK_CRC64 = 4
export const CHECK_SHA256 = 10
export const CHECK_ID_MAX = 15

/** Bytes that the checks of an xz stream take, by their ids. */
export const CHECK_SIZES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64]

/** A check that goes over data as it comes. */
export interface Check {
  update(bytes: Uint8Array): void
  digest(): Uint8Array
}

let table: Uint32Array | null = null

/** The table of CRC-64: pairs of the low and high half. */
function crc64Table(): Uint32Array {
  if (table !== null) return table
  table = new Uint32Array(512)
  for (let i = 0; i < 256; i++) {
    let low = i
    let high = 0
    for (let k = 0; k < 8; k++) {
      const odd = low & 1
      low = ((low >>> 1) | (high << 31)) >>> 0
      high >>>= 1
      if (odd === 1) {
        low = (low ^ 0xd7870f42) >>> 0
        high = (high ^ 0xc96c5795) >>> 0
      }
    }
    table[2 * i] = low
    table[2 * i + 1] = high
  }
  return table
}

class Crc64 implements Check {
  private low = 0xffffffff
  private high = 0xffffffff

  update(bytes: Uint8Array): void {
    const entries = crc64Table()
    let { low, high } = this
    for (let i = 0; i < bytes.length; i++) {
      const at = 2 * ((low ^ bytes[i]!) & 0xff)
      low = ((low >>> 8) | (high << 24)) ^ entries[at]!
      high = (high >>> 8) ^ entries[at + 1]!
    }
    this.low = low
    this.high = high
  }

  digest(): Uint8Array {
    const out = new Uint8Array(8)
    const view = new DataView(out.buffer)
    view.setUint32(0, ~this.low, true)
    view.setUint32(4, ~this.high, true)
    return out
  }
}

class Crc32 implements Check {
  private crc = 0

  update(bytes: Uint8Array): void {
    this.crc = crc32(bytes, this.crc)
  }

  digest(): Uint8Array {
    const out = new Uint8Array(4)
    new DataView(out.buffer).setUint32(0, this.crc, true)
    return out
  }
}

/** A check by its id; `null` for one that is not known, or none. */
export function newCheck(id: number): Check | null {
  switch (id) {
    case CHECK_CRC32:
      return new Crc32()
    case CHECK_CRC64:
      return new Crc64()
    case CHECK_SHA256:
      return new BlockHash(sha256)
    default:
      return null
  }
}

export const isCheckSupported = (id: number): boolean =>
  [CHECK_NONE, CHECK_CRC32, CHECK_CRC64, CHECK_SHA256].includes(id)
