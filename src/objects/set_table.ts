import { drop, keep } from '../memory/counted.ts'
import type { Owned, WeakReferences } from '../memory/header.ts'
import { exactHash, hashHigh, hashKey, hashLow, keyEquals, setHalves, setHash } from './keys.ts'
import { immortal, PyObject, type Value } from './object.ts'
import { noneType } from './types.ts'

/** Entries that are looked at one after the other before the search jumps: CPython's number. */
const LINEAR_PROBES = 9
const MIN_SIZE = 8
/** Above this number of keys a table doubles, below it quadruples. */
const BIG = 50000

/** Marks a slot whose key was removed. */
const DUMMY = immortal(new PyObject(noneType, undefined)) as Owned<Value>
/** What DUMMY's slot has as its hash: no key's. */
const DUMMY_HASH = -1

/**
 * The hash table of `set` and `frozenset`: CPython's, probe for probe, because a program sees the order of its slots when
 * it iterates. Hashes are 64-bit numbers in two halves, so that no `bigint` is made.
 *
 * As long as no key's `__hash__` or `__eq__` is written in Python, strings go by a cheap hash of their text, which
 * programs never see; once such a key takes part, the table goes by the hashes that Python sees (`exact`).
 *
 * The table owns its keys.
 */
export class SetTable {
  /** Keys by slot: `undefined` where none has been. */
  slots: (Owned<Value> | undefined)[] = [
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]
  private lows: number[] = [0, 0, 0, 0, 0, 0, 0, 0]
  private highs: number[] = [0, 0, 0, 0, 0, 0, 0, 0]
  /** Number of keys. */
  used = 0
  /** Slots in use, those of removed keys included. */
  private fill = 0
  /** Where `pop` looks next. */
  private finger = 0
  private exact = false
  /** `hash()` of a frozenset, and its hash as a key of a table, once asked for. */
  hash: number | bigint | undefined = undefined
  keyHash: number | bigint | undefined = undefined
  weakrefs: WeakReferences | null = null

  /** Whether a key is there. May run Python code (`__hash__`, `__eq__`) and throw its exceptions. */
  has(key: Value): boolean {
    this.hashFor(key)
    return this.find(key, hashLow, hashHigh) >= 0
  }

  /** Adds a key; false if it was there. */
  add(key: Value): boolean {
    this.hashFor(key)
    return this.addHashed(key, hashLow, hashHigh)
  }

  /** Adds a key whose hash an exact table knows. */
  addKnown(key: Value, low: number, high: number): boolean {
    this.goExact()
    return this.addHashed(key, low, high)
  }

  /** Removes a key whose hash an exact table knows; false if it was not there. */
  deleteKnown(key: Value, low: number, high: number): boolean {
    this.goExact()
    const slot = this.find(key, low, high)
    if (slot < 0) return false
    drop(this.remove(slot))
    return true
  }

  /** Puts the hash of a key into `hashLow` and `hashHigh`. */
  hashAt(slot: number): void {
    setHalves(this.lows[slot]!, this.highs[slot]!)
  }

  /** Removes a key; false if it was not there. */
  delete(key: Value): boolean {
    this.hashFor(key)
    const slot = this.find(key, hashLow, hashHigh)
    if (slot < 0) return false
    drop(this.remove(slot))
    return true
  }

  /** Takes the key out of a slot; it is the caller's. */
  remove(slot: number): Owned<Value> {
    const key = this.slots[slot]!
    this.slots[slot] = DUMMY
    this.lows[slot] = DUMMY_HASH
    this.highs[slot] = DUMMY_HASH
    this.used--
    return key
  }

  /** Takes out some key, owned; `undefined` from an empty table. */
  pop(): Owned<Value> | undefined {
    if (this.used === 0) return undefined
    const mask = this.slots.length - 1
    let slot = this.finger & mask
    while (this.slots[slot] === undefined || this.slots[slot] === DUMMY) slot = slot === mask ? 0 : slot + 1
    this.finger = slot + 1
    return this.remove(slot)
  }

  /** The first slot from `from` on that holds a key, or -1. */
  next(from: number): number {
    const { slots } = this
    for (let i = from; i < slots.length; i++) if (slots[i] !== undefined && slots[i] !== DUMMY) return i
    return -1
  }

  /** The keys, borrowed, in the order of iteration. */
  toKeys(): Owned<Value>[] {
    const keys: Owned<Value>[] = []
    for (let i = this.next(0); i >= 0; i = this.next(i + 1)) keys.push(this.slots[i]!)
    return keys
  }

  /** Forgets everything; what was held is given up afterwards, when the table is already empty. */
  clear(): void {
    const keys = this.toKeys()
    const empty = new SetTable()
    this.slots = empty.slots
    this.lows = empty.lows
    this.highs = empty.highs
    this.used = 0
    this.fill = 0
    this.exact = false
    for (let i = 0; i < keys.length; i++) drop(keys[i])
  }

  /** Trades contents with another table. */
  swap(other: SetTable): void {
    const { slots, lows, highs, used, fill, exact, hash } = this
    this.slots = other.slots
    this.lows = other.lows
    this.highs = other.highs
    this.used = other.used
    this.fill = other.fill
    this.exact = other.exact
    this.hash = other.hash
    other.slots = slots
    other.lows = lows
    other.highs = highs
    other.used = used
    other.fill = fill
    other.exact = exact
    other.hash = hash
  }

  /** A copy that holds references of its own. */
  copy(): SetTable {
    const table = new SetTable()
    table.merge(this)
    return table
  }

  /** Adds all keys of another table (`set_merge`). */
  merge(other: SetTable): void {
    if (other === this || other.used === 0) return
    if (this.exact !== other.exact) {
      this.goExact()
      other.goExact()
    }
    this.reserve(other.used)
    if (this.fill === 0) {
      if (other.slots.length === this.slots.length && other.fill === other.used) {
        this.slots = other.slots.slice()
        this.lows = other.lows.slice()
        this.highs = other.highs.slice()
      } else this.insertAll(other)
      for (let i = 0; i < this.slots.length; i++) if (this.slots[i] !== undefined) keep(this.slots[i]!)
      this.fill = other.used
      this.used = other.used
      return
    }
    // The comparisons may change the other table: each key is held while it is looked for.
    for (let i = other.next(0); i >= 0; i = other.next(i + 1)) {
      const key = keep<Value>(other.slots[i]!)
      try {
        if (this.exact === other.exact) this.addHashed(key, other.lows[i]!, other.highs[i]!)
        else this.add(key)
      } finally {
        drop(key)
      }
    }
  }

  /** Makes room for `count` more keys. */
  reserve(count: number): void {
    if ((this.fill + count) * 5 >= (this.slots.length - 1) * 3) this.resize((this.used + count) * 2)
  }

  /** Forgets where removed keys were, if they are more than a quarter. */
  trim(): void {
    if (this.fill - this.used > (this.slots.length - 1) / 4)
      this.resize(this.used > BIG ? this.used * 2 : this.used * 4)
  }

  /** Whether a key that stands in a slot of another table is here; spares hashing it again. */
  hasSlotOf(other: SetTable, slot: number): boolean {
    const key = keep<Value>(other.slots[slot]!)
    try {
      if (this.exact !== other.exact) {
        this.goExact()
        other.goExact()
        return this.has(key)
      }
      return this.find(key, other.lows[slot]!, other.highs[slot]!) >= 0
    } finally {
      drop(key)
    }
  }

  /** Whether keys are found by the hashes that Python sees. */
  get isExact(): boolean {
    return this.exact
  }

  /** Calls `visit` with the halves of each key's hash. */
  forEachHash(visit: (low: number, high: number) => void): void {
    for (let i = this.next(0); i >= 0; i = this.next(i + 1)) visit(this.lows[i]!, this.highs[i]!)
  }

  /** Puts the hash of a key into `hashLow` and `hashHigh`. */
  private hashFor(key: Value): void {
    if (!this.exact && hashKey(key)) return
    const hash = exactHash(key)
    if (!this.exact) this.goExact()
    setHash(hash)
  }

  /** From now on all keys are found by the hash that Python sees. */
  private goExact(): void {
    if (this.exact) return
    this.exact = true
    const { slots, lows, highs } = this
    for (let i = 0; i < slots.length; i++) {
      if (slots[i] === undefined || slots[i] === DUMMY) continue
      setHash(exactHash(slots[i]!))
      lows[i] = hashLow
      highs[i] = hashHigh
    }
    this.rebuild(slots.length)
  }

  private find(key: Value, low: number, high: number): number {
    const { slots, lows, highs } = this
    const mask = slots.length - 1
    let perturbLow = low
    let perturbHigh = high
    let i = low & mask
    for (;;) {
      const end = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i
      for (let at = i; at <= end; at++) {
        const other = slots[at]
        if (other === undefined) return -1
        if (lows[at] !== low || highs[at] !== high) continue
        if (other === key) return at
        if (typeof other !== 'object' && typeof other === typeof key) continue
        const equal = this.equals(other, key)
        // The comparison may have changed the table: then the search begins again.
        if (slots !== this.slots || slots[at] !== other) return this.find(key, low, high)
        if (equal) return at
      }
      perturbLow = (perturbLow >>> 5) | (perturbHigh << 27)
      perturbHigh >>>= 5
      i = (Math.imul(i, 5) + 1 + perturbLow) & mask
    }
  }

  private equals(other: Value, key: Value): boolean {
    keep(other)
    try {
      return keyEquals(other, key)
    } finally {
      drop(other)
    }
  }

  private addHashed(key: Value, low: number, high: number): boolean {
    const { slots, lows, highs } = this
    const mask = slots.length - 1
    let perturbLow = low
    let perturbHigh = high
    let i = low & mask
    // A removed key's slot that was passed: the new key goes there, which CPython's order shows.
    let free = -1
    for (;;) {
      const end = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i
      for (let at = i; at <= end; at++) {
        const other = slots[at]
        if (other === undefined) {
          if (free >= 0) {
            slots[free] = keep(key)
            lows[free] = low
            highs[free] = high
            this.used++
            return true
          }
          slots[at] = keep(key)
          lows[at] = low
          highs[at] = high
          this.used++
          this.fill++
          if (this.fill * 5 >= mask * 3) this.resize(this.used > BIG ? this.used * 2 : this.used * 4)
          return true
        }
        if (lows[at] !== low || highs[at] !== high) {
          if (other === DUMMY) free = at
          continue
        }
        if (other === key) return false
        if (typeof other !== 'object' && typeof other === typeof key) continue
        const equal = this.equals(other, key)
        if (slots !== this.slots || slots[at] !== other) return this.addHashed(key, low, high)
        if (equal) return false
      }
      perturbLow = (perturbLow >>> 5) | (perturbHigh << 27)
      perturbHigh >>>= 5
      i = (Math.imul(i, 5) + 1 + perturbLow) & mask
    }
  }

  /** Makes room for more than `minUsed` keys, and forgets where removed ones were. */
  private resize(minUsed: number): void {
    let size = MIN_SIZE
    while (size <= minUsed) size *= 2
    this.rebuild(size)
  }

  private rebuild(size: number): void {
    const old = new SetTable()
    old.slots = this.slots
    old.lows = this.lows
    old.highs = this.highs
    this.slots = new Array<undefined>(size).fill(undefined)
    this.lows = new Array<number>(size).fill(0)
    this.highs = new Array<number>(size).fill(0)
    this.fill = this.used
    this.insertAll(old)
  }

  /** Puts the keys of another table into the slots of this empty one, without references of their own. */
  private insertAll(other: SetTable): void {
    const { slots, lows, highs } = this
    const mask = slots.length - 1
    for (let from = 0; from < other.slots.length; from++) {
      const key = other.slots[from]
      if (key === undefined || key === DUMMY) continue
      const low = other.lows[from]!
      const high = other.highs[from]!
      const at = freeSlot(slots, mask, low, high)
      slots[at] = key
      lows[at] = low
      highs[at] = high
    }
  }
}

function freeSlot(slots: readonly (Value | undefined)[], mask: number, low: number, high: number): number {
  let perturbLow = low
  let perturbHigh = high
  let i = low & mask
  for (;;) {
    const end = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i
    for (let at = i; at <= end; at++) if (slots[at] === undefined) return at
    perturbLow = (perturbLow >>> 5) | (perturbHigh << 27)
    perturbHigh >>>= 5
    i = (Math.imul(i, 5) + 1 + perturbLow) & mask
  }
}
