import { isXidContinue, isXidStart } from '../base/unicode.ts'
import { codePointAt, decodeUtf8, encodeUtf8, findUtf8Fault, sequenceLength } from '../base/utf8.ts'

/** The keywords in the order of their kinds: number `i` is of kind `KW_FALSE + i`; then those that are tokens. */
const KEYWORDS =
  'False None True and as assert break class continue def del elif else except finally for from global if import in ' +
  'is lambda nonlocal not or pass raise return try while with yield async await'
const keywords: ReadonlySet<string> = new Set(KEYWORDS.split(' '))
export const KEYWORD_COUNT = 33
export const ASYNC_ID = 33
export const AWAIT_ID = 34

export const isKeyword = (name: string): boolean => keywords.has(name)

/** Bounds of one table: past either, the next source starts a new one, so that a long-lived process does not grow. */
const MAX_NAMES = 200_000
const MAX_BYTES = 4_000_000

/** Seed of the hash that scanners compute over a name's bytes: `h = imul(h ^ byte, HASH_FACTOR)`. */
export const HASH_SEED = 0x2f0b4a27
export const HASH_FACTOR = 0x01000193

/** Numbers of one slot of the table: hash, id plus 1, where the name's bytes start and end. */
const HASH = 0
const ID = 1
const START = 2
const END = 3
const SLOT_SHIFT = 2

/**
 * All distinct names seen, keyed by their UTF-8 bytes: a name seen before costs one probe and no allocation, and
 * equal names share one string, which makes their comparison a pointer comparison in practice. What a probe looks at
 * stands side by side: the table of a large program does not fit into the fast caches.
 */
export class NameTable {
  readonly names: string[] = []
  private slots = new Int32Array(8192 << SLOT_SHIFT)
  private mask = 8191
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
    const { slots, mask } = this
    let slot = (hash ^ (hash >>> 15)) & mask
    for (;;) {
      const at = slot << SLOT_SHIFT
      const id = slots[at + ID]! - 1
      if (id < 0) return this.insert(bytes, start, end, hash, at)
      if (slots[at + HASH] === hash && this.matches(at, bytes, start, end)) return id
      slot = (slot + 1) & mask
    }
  }

  private matches(at: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.bytes
    let i = this.slots[at + START]!
    if (this.slots[at + END]! - i !== end - start) return false
    for (let k = start; k < end; k++) if (own[i++] !== bytes[k]) return false
    return true
  }

  private insert(bytes: Uint8Array, start: number, end: number, hash: number, at: number): number {
    const name = identifierText(bytes, start, end)
    if (name === null) return -1
    if (this.bytesUsed + end - start > this.bytes.length) this.growBytes(end - start)
    const { slots, bytes: own, bytesUsed } = this
    for (let i = start; i < end; i++) own[bytesUsed + i - start] = bytes[i]!
    slots[at + HASH] = hash
    slots[at + ID] = this.names.push(name)
    slots[at + START] = bytesUsed
    this.bytesUsed = bytesUsed + end - start
    slots[at + END] = this.bytesUsed
    const id = this.names.length - 1
    if (id << 1 > this.mask) this.growSlots()
    return id
  }

  private growBytes(needed: number): void {
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.bytesUsed + needed))
    grown.set(this.bytes)
    this.bytes = grown
  }

  private growSlots(): void {
    const old = this.slots
    const slots = new Int32Array(old.length * 2)
    const mask = this.mask * 2 + 1
    for (let from = 0; from < old.length; from += 1 << SLOT_SHIFT) {
      if (old[from + ID] === 0) continue
      const hash = old[from + HASH]!
      let slot = (hash ^ (hash >>> 15)) & mask
      while (slots[(slot << SLOT_SHIFT) + ID] !== 0) slot = (slot + 1) & mask
      slots.set(old.subarray(from, from + (1 << SLOT_SHIFT)), slot << SLOT_SHIFT)
    }
    this.slots = slots
    this.mask = mask
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
