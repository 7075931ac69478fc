import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { exactHash, exactKeys, keyEquals, normKey, structuralHash } from './keys.ts'
import type { Value } from './object.ts'

/** Entries up to which a table is searched from the front, without an index. */
const SEARCH_MAX = 8

/** What a key that is found by its plain value is found by. */
type Norm = string | number | bigint | object

let versions = 0

/**
 * The hash table of `dict` and `set`: entries in the order of insertion, and an index.
 *
 * Keys whose equality is that of a plain JavaScript value (strings, ints, integral floats, objects compared by
 * identity; see `normKey`) are found through a `Map` of these. Tuples, bytes and the like are found by a hash of their
 * content. As soon as a key whose `__hash__` or `__eq__` is written in Python takes part, the whole table goes by the
 * hashes that Python sees (`exact`), since such a key may equal anything of the same hash.
 *
 * The table owns its keys and values. `values` stays empty for sets.
 */
export class DictTable {
  /** Keys in order; `undefined` where one was deleted. */
  keys: (Owned<Value> | undefined)[] = []
  values: (Owned<Value> | undefined)[] = []
  /** Number of keys. */
  used = 0
  /** Changes when a key comes or goes; unique among all tables. */
  version = 0
  /** Whether all keys are their own `Norm`. */
  private plain = true
  private index: Map<Norm, number> | null = null
  /** Entries by hash: of keys found by content, or of all keys once `exact` is true. */
  private hashed: Map<number | bigint, number[]> | null = null
  private exact = false

  /** The entry of a key, or -1. May run Python code (`__hash__`, `__eq__`) and throw its exceptions. */
  find(key: Value): number {
    if (this.exact) return this.findHashed(key, exactHash(key))
    const norm = typeof key === 'string' ? key : normKey(key)
    if (norm !== undefined) return this.findNorm(norm)
    const hash = structuralHash(key)
    if (hash !== undefined) return this.hashed === null ? -1 : this.findHashed(key, hash)
    if (this.used === 0) {
      exactHash(key)
      return -1
    }
    this.goExact()
    return this.findHashed(key, exactHash(key))
  }

  /** The entry of a plain string, or -1; runs no Python code unless an exotic key is present. */
  findString(key: string): number {
    return this.exact ? this.findHashed(key, exactHash(key)) : this.findNorm(key)
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
    const entry = this.find(key)
    if (entry >= 0) {
      const old = this.values[entry]
      this.values[entry] = value
      drop(old)
    } else {
      this.values[this.append(key)] = value
    }
  }

  /** Adds a key of a set; false if it was there. */
  add(key: Value): boolean {
    if (this.find(key) >= 0) return false
    this.append(key)
    return true
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
    const key = this.keys[entry]!
    if (this.exact) this.forget(exactKeys.get(this)?.[entry] as number, entry)
    else {
      const norm = normKey(key)
      if (norm === undefined) this.forget(structuralHash(key)!, entry)
      else this.index?.delete(norm)
    }
    this.version = ++versions
    this.used--
    this.keys[entry] = undefined
    if (entry < this.values.length) this.values[entry] = undefined
    if (this.used === 0) this.reset()
    drop(key)
  }

  /** The first entry from `from` on that is in use, or -1. */
  next(from: number): number {
    const { keys } = this
    for (let i = from; i < keys.length; i++) if (keys[i] !== undefined) return i
    return -1
  }

  /** The last entry in use, or -1. */
  last(): number {
    for (let i = this.keys.length - 1; i >= 0; i--) if (this.keys[i] !== undefined) return i
    return -1
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
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]
      if (key === undefined) continue
      table.keys.push(keep(key))
      if (values.length > 0) table.values.push(keep(values[i]!))
    }
    table.used = this.used
    table.plain = this.plain
    table.version = ++versions
    if (this.exact)
      exactKeys.set(
        table,
        exactKeys.get(this)!.filter((_, i) => keys[i] !== undefined),
      )
    table.exact = this.exact
    table.reindex()
    return table
  }

  /** Puts a key that is not there at the end; the number of its entry. */
  append(key: Value): number {
    if (this.keys.length > SEARCH_MAX && this.keys.length > 2 * this.used) this.compact()
    const entry = this.keys.length
    if (this.exact) {
      const hash = exactHash(key)
      exactKeys.get(this)![entry] = hash
      this.remember(hash, entry)
    } else {
      const norm = typeof key === 'string' ? key : normKey(key)
      if (norm === undefined) {
        const hash = structuralHash(key)
        if (hash === undefined) {
          this.goExact()
          return this.append(key)
        }
        this.plain = false
        this.remember(hash, entry)
      } else {
        if (norm !== key) this.plain = false
        if (this.index !== null) this.index.set(norm, entry)
        else if (entry >= SEARCH_MAX) this.makeIndex().set(norm, entry)
      }
    }
    this.keys.push(keep(key))
    this.used++
    this.version = ++versions
    return entry
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

  private findHashed(key: Value, hash: number | bigint): number {
    for (;;) {
      const entries = this.hashed?.get(hash)
      if (entries === undefined) return -1
      const { version } = this
      let changed = false
      for (const entry of entries) {
        const other = this.keys[entry]!
        if (other === key) return entry
        keep(other)
        let equal: boolean
        try {
          equal = keyEquals(other, key)
        } finally {
          drop(other)
        }
        // A comparison written in Python may have changed the table: then begin again, as CPython does.
        changed = this.version !== version
        if (changed) break
        if (equal) return entry
      }
      if (!changed) return -1
    }
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

  private remember(hash: number | bigint, entry: number): void {
    this.hashed ??= new Map()
    const entries = this.hashed.get(hash)
    if (entries === undefined) this.hashed.set(hash, [entry])
    else entries.push(entry)
  }

  private forget(hash: number | bigint, entry: number): void {
    const entries = this.hashed!.get(hash)!
    if (entries.length === 1) this.hashed!.delete(hash)
    else entries.splice(entries.indexOf(entry), 1)
  }

  /** From now on all keys are found by the hash that Python sees. */
  private goExact(): void {
    const hashes: (number | bigint)[] = []
    for (let i = 0; i < this.keys.length; i++) {
      const key = this.keys[i]
      if (key !== undefined) hashes[i] = exactHash(key)
    }
    exactKeys.set(this, hashes)
    this.exact = true
    this.plain = false
    this.reindex()
  }

  private reindex(): void {
    this.index = null
    this.hashed = null
    const hashes = exactKeys.get(this)
    if (this.exact) {
      for (let i = 0; i < this.keys.length; i++) if (this.keys[i] !== undefined) this.remember(hashes![i]!, i)
      return
    }
    if (this.keys.length > SEARCH_MAX) this.makeIndex()
    if (this.plain) return
    for (let i = 0; i < this.keys.length; i++) {
      const key = this.keys[i]
      if (key !== undefined && normKey(key) === undefined) this.remember(structuralHash(key)!, i)
    }
  }

  /** Closes the gaps that deleted keys left. */
  private compact(): void {
    const { keys, values } = this
    const hashes = exactKeys.get(this)
    let to = 0
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === undefined) continue
      keys[to] = keys[i]
      if (values.length > 0) values[to] = values[i]
      if (hashes !== undefined) hashes[to] = hashes[i]!
      to++
    }
    keys.length = to
    if (values.length > to) values.length = to
    this.reindex()
  }

  private reset(): void {
    this.keys = []
    this.values = []
    this.used = 0
    this.plain = true
    this.index = null
    this.hashed = null
    this.exact = false
    exactKeys.delete(this)
  }
}
