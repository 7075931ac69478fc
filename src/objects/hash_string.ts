import { siphash13 } from '../base/siphash.ts'
import { encodeUtf8 } from '../base/utf8.ts'
import { type Str, strLength } from '../base/values.ts'

/** The secret of `str` and `bytes` hashes: `PYTHONHASHSEED`, or random; set at the start. `fixed` where the user chose it. */
export const hashSecret: { key: bigint; key1: bigint; fixed: boolean } = { key: 0n, key1: 0n, fixed: false }

/** Sets the secret from a seed as CPython does (0: no secret), or from random bytes where `seed` is those 16 bytes. */
export function seedHashes(seed: number | Uint8Array): void {
  let bytes = typeof seed === 'number' ? new Uint8Array(16) : seed
  if (typeof seed === 'number' && seed !== 0) {
    bytes = new Uint8Array(16)
    for (let i = 0, x = seed; i < 16; i++) {
      x = (Math.imul(x, 214013) + 2531011) >>> 0
      bytes[i] = (x >>> 16) & 0xff
    }
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16)
  hashSecret.key = view.getBigUint64(0, true)
  hashSecret.key1 = view.getBigUint64(8, true)
  hashSecret.fixed = typeof seed === 'number'
}

/** Hashes of strings that a program has seen, for it often asks again; so many, and of so many characters. */
const known = new Map<string, number | bigint>()
const KNOWN_MAX = 20000
const CHARACTERS_MAX = 1 << 22
let characters = 0

function signed(bytes: Uint8Array): number | bigint {
  const value = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0, true)
  if (value === -1n) return -2
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value
}

/** `hash(bytes)`: SipHash-1-3. */
export function hashBytes(bytes: Uint8Array): number | bigint {
  return bytes.length === 0 ? 0 : signed(siphash13(hashSecret.key, bytes, hashSecret.key1))
}

/** `hash(str)`: that of the characters in the narrowest of CPython's three forms. */
export function hashString(text: Str): number | bigint {
  if (strLength(text) === 0) return 0
  if (typeof text !== 'string') {
    const bytes = new Uint8Array(text.codePoints.length * 4)
    const view = new DataView(bytes.buffer)
    text.codePoints.forEach((cp, i) => {
      view.setUint32(i * 4, cp, true)
    })
    return hashBytes(bytes)
  }
  const cached = known.get(text)
  if (cached !== undefined) return cached
  const hash = hashBytes(plainBytes(text))
  characters += text.length
  if (known.size >= KNOWN_MAX || characters > CHARACTERS_MAX) {
    known.clear()
    characters = text.length
  }
  known.set(text, hash)
  return hash
}

function plainBytes(text: string): Uint8Array {
  let max = 0
  for (let i = 0; i < text.length; i++) max |= text.charCodeAt(i)
  if (max < 0x80) return encodeUtf8(text)
  if (max < 0x100) return Uint8Array.from(text, (char) => char.charCodeAt(0))
  const bytes = new Uint8Array(text.length * 2)
  for (let i = 0; i < text.length; i++) {
    bytes[2 * i] = text.charCodeAt(i)
    bytes[2 * i + 1] = text.charCodeAt(i) >> 8
  }
  return bytes
}
