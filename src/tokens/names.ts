import { isXidContinue, isXidStart } from '../base/unicode.ts'
import { codePointAt, decodeUtf8, encodeUtf8, findUtf8Fault, sequenceLength } from '../base/utf8.ts'

/** The keywords in the order of their kinds: number `i` is of kind `KW_FALSE + i`; then those that are tokens. */
const KEYWORDS =
  'False None True and as assert break class continue def del elif else except finally for from global if import in ' +
  'is lambda nonlocal not or pass raise return try while with yield async await'
export const KEYWORD_COUNT = 33
export const ASYNC_ID = 33
export const AWAIT_ID = 34

/** Bounds of one table: past either, the next source starts a new one, so that a long-lived process does not grow. */
const MAX_NAMES = 200_000
const MAX_BYTES = 4_000_000

/** Seed of the hash that scanners compute over a name's bytes: `h = imul(h ^ byte, HASH_FACTOR)`. */
export const HASH_SEED = 0x2f0b4a27
export const HASH_FACTOR = 0x01000193

/**
 * All distinct names seen, keyed by their UTF-8 bytes: a name seen before costs one probe and no allocation, and
 * equal names share one string, which makes their comparison a pointer comparison in practice.
 */
export class NameTable {
  readonly names: string[] = []
  private slots = new Int32Array(8192)
  private hashes = new Int32Array(4096)
  private offsets = new Int32Array(4097)
  private bytes = new Uint8Array(65536)
  private bytesUsed = 0

  constructor() {
    for (const keyword of KEYWORDS.split(' ')) {
      const bytes = encodeUtf8(keyword)
      this.find(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length))
    }
  }

  get isFull(): boolean {
    return this.names.length > MAX_NAMES || this.bytesUsed > MAX_BYTES
  }

  /** Number of the name in these bytes; −1 if they are no identifier (see `badCharacter`). */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.slots.length - 1
    const slots = this.slots
    let slot = (hash ^ (hash >>> 15)) & mask
    for (;;) {
      const id = slots[slot]! - 1
      if (id < 0) return this.insert(bytes, start, end, hash, slot)
      if (this.hashes[id] === hash && this.matches(id, bytes, start, end)) return id
      slot = (slot + 1) & mask
    }
  }

  private matches(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.bytes
    let i = this.offsets[id]!
    if (this.offsets[id + 1]! - i !== end - start) return false
    for (let k = start; k < end; k++) if (own[i++] !== bytes[k]) return false
    return true
  }

  private insert(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const name = identifierText(bytes, start, end)
    if (name === null) return -1
    const id = this.names.length
    if (this.bytesUsed + end - start > this.bytes.length) this.growBytes(end - start)
    this.bytes.set(bytes.subarray(start, end), this.bytesUsed)
    this.bytesUsed += end - start
    this.names.push(name)
    this.hashes[id] = hash
    this.offsets[id + 1] = this.bytesUsed
    this.slots[slot] = id + 1
    if (id + 1 === this.hashes.length) this.growSlots()
    return id
  }

  private growBytes(needed: number): void {
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.bytesUsed + needed))
    grown.set(this.bytes)
    this.bytes = grown
  }

  private growSlots(): void {
    const size = this.hashes.length * 2
    const hashes = new Int32Array(size)
    hashes.set(this.hashes)
    const offsets = new Int32Array(size + 1)
    offsets.set(this.offsets)
    const slots = new Int32Array(size * 2)
    const mask = slots.length - 1
    for (let id = 0; id < this.names.length; id++) {
      const hash = hashes[id]!
      let slot = (hash ^ (hash >>> 15)) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = id + 1
    }
    this.hashes = hashes
    this.offsets = offsets
    this.slots = slots
  }
}

let current: NameTable | null = null

/** The table for a new source. The names of sources already read stay valid when it is replaced. */
export function nameTable(): NameTable {
  if (current === null || current.isFull) current = new NameTable()
  return current
}

export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, HASH_FACTOR)
  return hash
}

/** So many arguments any engine takes in a call. */
const MAX_ARGUMENTS = 4096

/** The NFKC form of an identifier, or `null` if a character does not belong in one or the UTF-8 is faulty. */
function identifierText(bytes: Uint8Array, start: number, end: number): string | null {
  let isAscii = true
  for (let i = start; i < end; i++) if (bytes[i]! >= 0x80) isAscii = false
  // In one piece: a string grown by concatenation is a tree until something flattens it.
  if (isAscii && end - start <= MAX_ARGUMENTS) {
    return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[])
  }
  if (findUtf8Fault(bytes, start, end) !== null || badCharacter(bytes, start, end) >= 0) return null
  return decodeUtf8(bytes, start, end).normalize('NFKC')
}

/** Byte offset of the first character that does not belong in an identifier (valid UTF-8), or −1. */
export function badCharacter(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end; i += sequenceLength(bytes[i]!)) {
    const cp = codePointAt(bytes, i)
    if (i === start ? !isXidStart(cp) && cp !== 0x5f : !isXidContinue(cp)) return i
  }
  return -1
}
