import type { CharTest } from './characters.ts'

/** No table: any character, and also the end of the text. */
export const NO_TABLE = -1

/** Entries of a table: one for each of the first 256 characters, and one that says whether later ones may be in it. */
const STRIDE = 257

/**
 * The character classes of a pattern. Membership of the first 256 characters stands in one array for all of them;
 * that of others is asked once for each block of 256 and then remembered.
 */
export class CharTables {
  /** The tables behind each other: 1 for a member. */
  entries = new Uint8Array(8 * STRIDE)
  private size = 0
  private readonly tests: CharTest[] = []
  private readonly pages: (Uint8Array | undefined)[][] = []
  private readonly testOfTable = new Map<number, number>()

  /** A table that is answered for later characters by its test as well. Returns where it begins. */
  exact(test: CharTest): number {
    const base = this.add()
    for (let ch = 0; ch < 256; ch++) if (test(ch)) this.entries[base + ch] = 1
    this.entries[base + 256] = 1
    this.testOfTable.set(base, this.tests.length)
    this.tests.push(test)
    this.pages.push([])
    return base
  }

  /** A table that may say more than is true, from its 257 entries. Returns where it begins. */
  rough(entries: Uint8Array): number {
    const base = this.add()
    this.entries.set(entries, base)
    return base
  }

  /** The number of an exact table's test, for `hasHigh`. */
  testOf(table: number): number {
    return this.testOfTable.get(table)!
  }

  /** Whether a character from U+0100 on is in the class of a test. */
  hasHigh(test: number, ch: number): boolean {
    const pages = this.pages[test]!
    const page = pages[ch >> 8] ?? this.fill(test, ch >> 8)
    return page[ch & 255] === 1
  }

  private fill(test: number, block: number): Uint8Array {
    const page = new Uint8Array(256)
    const isMember = this.tests[test]!
    for (let i = 0; i < 256; i++) if (isMember(block * 256 + i)) page[i] = 1
    this.pages[test]![block] = page
    return page
  }

  /** Whether two classes (tables, or `-2 - ch`) are known to share no character. */
  areDisjoint(exactTable: number, first: number): boolean {
    if (exactTable === NO_TABLE || first === NO_TABLE) return false
    if (exactTable < 0 && first < 0) return exactTable !== first
    if (exactTable < 0) return !this.mayHave(first, -2 - exactTable)
    if (first < 0) return !this.mayHave(exactTable, -2 - first)
    for (let i = 0; i < STRIDE; i++) {
      if ((this.entries[exactTable + i]! & this.entries[first + i]!) === 1) return false
    }
    return true
  }

  private mayHave(table: number, ch: number): boolean {
    if (ch < 256) return this.entries[table + ch] === 1
    const test = this.testOfTable.get(table)
    return test === undefined ? this.entries[table + 256] === 1 : this.hasHigh(test, ch)
  }

  private add(): number {
    const base = this.size
    this.size += STRIDE
    if (this.size > this.entries.length) {
      const grown = new Uint8Array(this.entries.length * 2)
      grown.set(this.entries)
      this.entries = grown
    }
    return base
  }
}
