import { crc32 } from '../binascii/checksums.ts'
import type { ByteInput } from './byte_input.ts'
import { DATA_ERROR, LzmaFault } from './fault.ts'

/** The parts that reading and writing of .xz files share. */

export const STREAM_MAGIC = Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)
export const FOOTER_MAGIC = Uint8Array.of(0x59, 0x5a)
export const HEADER_SIZE = 12

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

export function crcBytes(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(4)
  new DataView(out.buffer).setUint32(0, crc32(bytes), true)
  return out
}

/** Zeros that fill up a number of bytes to a multiple of four. */
export const paddingFor = (size: number): Uint8Array => new Uint8Array((4 - (size % 4)) % 4)

/** A number in groups of seven bits. */
export function encodeNumber(value: number | bigint): Uint8Array {
  const out: number[] = []
  let rest = BigInt(value)
  for (; rest >= 0x80n; rest >>= 7n) out.push(Number(rest & 0x7fn) | 0x80)
  return Uint8Array.of(...out, Number(rest))
}

/** Reads such a number; throws `NEEDS_INPUT`. */
export function readNumber(input: ByteInput): bigint {
  let value = 0n
  for (let shift = 0n; ; shift += 7n) {
    const byte = input.byte()
    if (shift > 56n || (byte === 0 && shift > 0n)) throw new LzmaFault(DATA_ERROR)
    value |= BigInt(byte & 0x7f) << shift
    if (byte < 0x80) return value
  }
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
