import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { exactHash, hashHigh, hashKey, hashLow, keyEquals, normKey, setHalves, setHash } from './keys.ts'
import type { Value } from './object.ts'

/** Entries up to which a table is searched from the front, without an index. */
const SEARCH_MAX = 8

/** What a key that is found by its plain value is found by. */
type Norm = string | number | bigint | object

/** Where keys that are found by a hash stand: the parts run parallel to the table's entries. */
interface HashIndex {
  /** The first entry of each lower half of a hash. */
  readonly heads: Map<number, number>
  /** The next entry of the same lower half, or -1. */
  chain: number[]
  lows: number[]
  highs: number[]
}

let versions = 0

/**
 * The hash table of `dict`: entries in the order of insertion, and an index.
 *
 * Keys whose equality is that of a plain JavaScript value (strings, ints, integral floats, objects compared by
 * identity; see `normKey`) are found through a `Map` of these. Tuples, bytes and the like are found by a hash of their
 * content. As soon as a key whose `__hash__` or `__eq__` is written in Python takes part, the whole table goes by the
 * hashes that Python sees (`exact`), since such a key may equal anything of the same hash.
 *
 * The table owns its keys and values.
 */
export class DictTable {
  /** Keys in order; `undefined` where one was deleted. */
  keys: (Owned<Value> | undefined)[] = []
  values: (Owned<Value> | undefined)[] = []
  /** Number of keys. */
  used = 0
  /** Changes when a key comes or goes; unique among all tables. */
  version = 0
  /** What a `defaultdict` makes missing values with; owned. It stands here because all dicts have a table as their data. */
  factory: Owned<Value> | null = null
  /** No entry before this one is in use. */
  private first = 0
  /** Whether all keys are their own `Norm`. */
  private plain = true
  private exact = false
  private index: Map<Norm, number> | null = null
  /** Of keys found by content, or of all keys once `exact` is true. */
  private hashed: HashIndex | null = null

  /** The entry of a key, or -1. May run Python code (`__hash__`, `__eq__`) and throw its exceptions. */
  find(key: Value): number {
    if (!this.exact) {
      const norm = typeof key === 'string' ? key : normKey(key)
      if (norm !== undefined) return this.findNorm(norm)
    }
    this.hashFor(key)
    return this.findHashed(key, hashLow, hashHigh)
  }

  /** The entry of a plain string, or -1; runs no Python code unless an exotic key is present. */
  findString(key: string): number {
    return this.exact ? this.find(key) : this.findNorm(key)
  }

  /** The value of a key, borrowed. */
  get(key: Value): Value | undefined {
    const entry = typeof key === 'string' && !this.exact ? this.findNorm(key) : this.find(key)
    return entry < 0 ? undefined : this.values[entry]
  }

  has(key: Value): boolean {
    return this.find(key) >= 0
  }

  /** Binds a key: takes over `value`, and makes its own reference to `key` if it is new. */
  set(key: Value, value: Owned<Value>): void {
    if (!this.exact) {
      const norm = typeof key === 'string' ? key : normKey(key)
      if (norm !== undefined) {
        const entry = this.findNorm(norm)
        if (entry >= 0) {
          const old = this.values[entry]
          this.values[entry] = value
          drop(old)
        } else this.appendNorm(key, norm, value)
        return
      }
    }
    this.setHashed(key, value)
  }

  /** The value of a key, borrowed; if there is none, `value` (borrowed too) is bound to it first. */
  setDefault(key: Value, value: Value): Value {
    if (!this.exact) {
      const norm = normKey(key)
      if (norm !== undefined) {
        const entry = this.findNorm(norm)
        if (entry >= 0) return this.values[entry]!
        this.appendNorm(key, norm, keep(value))
        return value
      }
    }
    this.hashFor(key)
    const low = hashLow
    const high = hashHigh
    const entry = this.findHashed(key, low, high)
    if (entry >= 0) return this.values[entry]!
    this.appendHashed(key, low, high, keep(value))
    return value
  }

  /** Removes a key; its value, owned, or `undefined` if there is none. The key's reference is given up. */
  pop(key: Value): Owned<Value> | undefined {
    const entry = this.find(key)
    if (entry < 0) return undefined
    const value = this.values[entry]
    this.remove(entry)
    return value
  }

  /** Removes a key and its value; false if it is not there. */
  delete(key: Value): boolean {
    const entry = this.find(key)
    if (entry < 0) return false
    const value = this.values[entry]
    this.remove(entry)
    drop(value)
    return true
  }

  /** Removes the entry and gives up its key; its value is the caller's. */
  remove(entry: number): void {
    drop(this.take(entry))
  }

  /** Removes the entry; its key and value are the caller's. */
  take(entry: number): Owned<Value> {
    const key = this.keys[entry]!
    const norm = this.exact ? undefined : normKey(key)
    if (norm === undefined) this.forget(entry)
    else if (this.index !== null) this.index.delete(norm)
    this.version = ++versions
    this.used--
    this.keys[entry] = undefined
    this.values[entry] = undefined
    if (entry === this.first) this.first = entry + 1
    return key
  }

  /** Removes the last entry, which must be in use, and its place; key and value are the caller's. */
  takeLast(entry: number): Owned<Value> {
    const key = this.take(entry)
    this.keys.length = entry
    this.values.length = entry
    if (this.first > entry) this.first = entry
    return key
  }

  /** The first entry from `from` on that is in use, or -1. */
  next(from: number): number {
    const { keys } = this
    if (from < this.first) from = this.first
    for (let i = from; i < keys.length; i++) {
      if (keys[i] !== undefined) {
        if (from <= this.first) this.first = i
        return i
      }
    }
    return -1
  }

  /** The last entry in use before `before`, or -1. */
  previous(before: number): number {
    const { keys } = this
    for (let i = Math.min(before, keys.length) - 1; i >= 0; i--) if (keys[i] !== undefined) return i
    return -1
  }

  /** The last entry in use, or -1. */
  last(): number {
    return this.previous(this.keys.length)
  }

  /** Forgets everything; what was held is given up afterwards, when the table is already empty. */
  clear(): void {
    const { keys, values } = this
    this.reset()
    this.version = ++versions
    for (let i = 0; i < keys.length; i++) {
      drop(keys[i])
      drop(values[i])
    }
  }

  /** A copy that holds references of its own. */
  copy(): DictTable {
    const table = new DictTable()
    const { keys, values } = this
    const tight = this.used === keys.length
    table.keys = tight ? keys.slice() : keys.filter((key) => key !== undefined)
    table.values = tight ? values.slice() : values.filter((_, i) => keys[i] !== undefined)
    for (let i = 0; i < table.keys.length; i++) {
      keep(table.keys[i]!)
      keep(table.values[i]!)
    }
    table.used = this.used
    table.plain = this.plain
    table.exact = this.exact
    table.version = ++versions
    const { hashed } = this
    if (hashed !== null) {
      const kept = tight ? null : keys.map((_, i) => i).filter((i) => keys[i] !== undefined)
      table.hashed = {
        heads: new Map(),
        chain: [],
        lows: kept === null ? hashed.lows.slice() : kept.map((i) => hashed.lows[i] ?? 0),
        highs: kept === null ? hashed.highs.slice() : kept.map((i) => hashed.highs[i] ?? 0),
      }
    }
    table.reindex()
    return table
  }

  /** Puts an entry behind all others; its new number. */
  moveToEnd(entry: number): number {
    const { keys, values } = this
    const key = keys[entry]!
    const value = values[entry]!
    const low = this.hashed?.lows[entry]
    const high = this.hashed?.highs[entry]
    const norm = this.exact ? undefined : normKey(key)
    this.take(entry)
    if (norm !== undefined) this.appendNorm(key, norm, value)
    else this.appendHashed(key, low!, high!, value)
    drop(key)
    return this.keys.length - 1
  }

  /** Puts an entry before all others; costs as much as the table is long. */
  moveToFront(entry: number): void {
    this.compactWith((order) => {
      order.splice(order.indexOf(entry), 1)
      order.unshift(entry)
    })
    this.version = ++versions
  }

  /** Adds a key that is not there, found by its norm. */
  private appendNorm(key: Value, norm: Norm, value: Owned<Value>): void {
    if (this.keys.length > SEARCH_MAX && this.keys.length > 2 * this.used) this.compact()
    if (norm !== key) this.plain = false
    const entry = this.keys.length
    if (this.index !== null) this.index.set(norm, entry)
    else if (entry >= SEARCH_MAX) this.makeIndex().set(norm, entry)
    this.keys.push(keep(key))
    this.values.push(value)
    this.used++
    this.version = ++versions
  }

  /**
   * Hashes a key for `findHashed` and `setKnown`, so that it need not be hashed twice: 0 where it goes by its norm, else
   * a number for how the table hashes now, with the hash in `hashLow` and `hashHigh`.
   */
  prepare(key: Value): 0 | 1 | 2 {
    if (!this.exact && normKey(key) !== undefined) return 0
    this.hashFor(key)
    return this.exact ? 2 : 1
  }

  /** Whether all keys are found by the hashes that Python sees. */
  get isExact(): boolean {
    return this.exact
  }

  /** Puts the hash of a key into `hashLow` and `hashHigh`; for exact tables. */
  hashAt(entry: number): void {
    setHalves(this.hashed!.lows[entry]!, this.hashed!.highs[entry]!)
  }

  /** As `set`, for a key whose hash is known from `prepare` or from another exact table (`how` is 2). */
  setKnown(key: Value, value: Owned<Value>, how: 0 | 1 | 2, low: number, high: number): void {
    if (how === 2) this.goExact()
    if (how === 0 || this.exact !== (how === 2)) {
      this.set(key, value)
      return
    }
    let entry: number
    try {
      entry = this.findHashed(key, low, high)
    } catch (error) {
      drop(value)
      throw error
    }
    if (entry >= 0) {
      const old = this.values[entry]
      this.values[entry] = value
      drop(old)
    } else this.appendHashed(key, low, high, value)
  }

  private setHashed(key: Value, value: Owned<Value>): void {
    let entry: number
    let low: number
    let high: number
    try {
      this.hashFor(key)
      low = hashLow
      high = hashHigh
      entry = this.findHashed(key, low, high)
    } catch (error) {
      drop(value)
      throw error
    }
    if (entry >= 0) {
      const old = this.values[entry]
      this.values[entry] = value
      drop(old)
    } else this.appendHashed(key, low, high, value)
  }

  /** Adds a key that is not there, found by its hash. */
  private appendHashed(key: Value, low: number, high: number, value: Owned<Value>): void {
    if (this.keys.length > SEARCH_MAX && this.keys.length > 2 * this.used) this.compact()
    const entry = this.keys.length
    this.plain = false
    this.remember(entry, low, high)
    this.keys.push(keep(key))
    this.values.push(value)
    this.used++
    this.version = ++versions
  }

  /** Puts the hash of a key into `hashLow` and `hashHigh`. */
  private hashFor(key: Value): void {
    if (!this.exact && hashKey(key)) return
    const hash = exactHash(key)
    if (!this.exact) this.goExact()
    setHash(hash)
  }

  private findNorm(norm: Norm): number {
    if (this.index !== null) {
      const entry = this.index.get(norm)
      return entry === undefined ? -1 : entry
    }
    const { keys } = this
    for (let i = 0; i < keys.length; i++) if (keys[i] === norm) return i
    if (!this.plain) {
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i]
        if (key !== undefined && normKey(key) === norm) return i
      }
    }
    return -1
  }

  /** The entry of a key with this hash, or -1. */
  findHashed(key: Value, low: number, high: number): number {
    const { hashed } = this
    if (hashed === null) return -1
    let entry = hashed.heads.get(low)
    while (entry !== undefined && entry >= 0) {
      if (hashed.highs[entry] === high) {
        const other = this.keys[entry]!
        if (other === key) return entry
        keep(other)
        let equal: boolean
        try {
          equal = keyEquals(other, key)
        } finally {
          drop(other)
        }
        // A comparison written in Python may have changed the table: then the search begins again, as CPython's does.
        if (this.hashed !== hashed || this.keys[entry] !== other) return this.findHashed(key, low, high)
        if (equal) return entry
      }
      entry = hashed.chain[entry]
    }
    return -1
  }

  private makeIndex(): Map<Norm, number> {
    const index = new Map<Norm, number>()
    for (let i = 0; i < this.keys.length; i++) {
      const key = this.keys[i]
      const norm = key === undefined ? undefined : normKey(key)
      if (norm !== undefined) index.set(norm, i)
    }
    this.index = index
    return index
  }

  private remember(entry: number, low: number, high: number): void {
    let { hashed } = this
    if (hashed === null) this.hashed = hashed = { heads: new Map(), chain: [], lows: [], highs: [] }
    const { chain, lows, highs } = hashed
    while (chain.length < entry) {
      chain.push(-1)
      lows.push(0)
      highs.push(0)
    }
    chain[entry] = -1
    lows[entry] = low
    highs[entry] = high
    let at = hashed.heads.get(low)
    if (at === undefined) hashed.heads.set(low, entry)
    else {
      while (chain[at]! >= 0) at = chain[at]!
      chain[at] = entry
    }
  }

  private forget(entry: number): void {
    const { heads, chain, lows } = this.hashed!
    const low = lows[entry]!
    let at = heads.get(low)!
    if (at === entry) {
      if (chain[entry]! < 0) heads.delete(low)
      else heads.set(low, chain[entry]!)
      return
    }
    while (chain[at] !== entry) at = chain[at]!
    chain[at] = chain[entry]!
  }

  /** From now on all keys are found by the hash that Python sees. */
  private goExact(): void {
    if (this.exact) return
    this.exact = true
    this.plain = false
    this.index = null
    this.hashed = null
    for (let i = 0; i < this.keys.length; i++) {
      const key = this.keys[i]
      if (key === undefined) continue
      setHash(exactHash(key))
      this.remember(i, hashLow, hashHigh)
    }
  }

  /** Makes the index anew; `hashed` still has the hashes of the entries. */
  private reindex(): void {
    this.index = null
    if (!this.exact && this.keys.length > SEARCH_MAX) this.makeIndex()
    const old = this.hashed
    if (old === null) return
    this.hashed = null
    for (let i = 0; i < this.keys.length; i++) {
      const key = this.keys[i]
      if (key !== undefined && (this.exact || normKey(key) === undefined)) this.remember(i, old.lows[i]!, old.highs[i]!)
    }
  }

  /** Closes the gaps that deleted keys left. */
  private compact(): void {
    if (this.used > 0) {
      this.compactWith(null)
      return
    }
    const { exact } = this
    this.reset()
    this.exact = exact
  }

  private compactWith(arrange: ((order: number[]) => void) | null): void {
    const { keys, values, hashed } = this
    const order: number[] = []
    for (let i = 0; i < keys.length; i++) if (keys[i] !== undefined) order.push(i)
    arrange?.(order)
    this.keys = order.map((i) => keys[i])
    this.values = order.map((i) => values[i])
    if (hashed !== null) {
      this.hashed = {
        heads: hashed.heads,
        chain: [],
        lows: order.map((i) => hashed.lows[i] ?? 0),
        highs: order.map((i) => hashed.highs[i] ?? 0),
      }
    }
    this.first = 0
    this.reindex()
  }

  private reset(): void {
    this.keys = []
    this.values = []
    this.used = 0
    this.first = 0
    this.plain = true
    this.index = null
    this.hashed = null
    this.exact = false
  }
}
