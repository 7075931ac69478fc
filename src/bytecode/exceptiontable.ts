/**
 * `co_exceptiontable`: which handler serves which instructions, as CPython's `Objects/exception_handling_notes.txt`
 * lays it out: four numbers per entry in base 64, the highest digit first; bit 6 says that digits follow, bit 7 marks
 * the first byte of an entry.
 */

/** One entry. Offsets are in code units (two bytes each), not in bytes. */
export interface ExceptionTableEntry {
  readonly start: number
  /** Exclusive. */
  readonly end: number
  readonly target: number
  /** The depth that the stack is cut down to before the exception is pushed. */
  readonly depth: number
  /** Whether the offset of the instruction that raised is pushed below the exception. */
  readonly lasti: boolean
}

/** The largest number of bytes that one entry takes. */
const ENTRY_MAX = 20

/**
 * Writes an exception table; made once and used for many code objects: `reset()`, `add` for each entry, `finish()`.
 */
export class ExceptionTableWriter {
  private bytes = new Uint8Array(256)
  private end = 0

  /** Begins a table. */
  reset(): void {
    this.end = 0
  }

  /** Adds an entry; offsets are in code units, `end` is exclusive, all numbers are below 2^30. */
  add(start: number, end: number, target: number, depth: number, lasti: boolean): void {
    if (this.end + ENTRY_MAX > this.bytes.length) {
      const bytes = new Uint8Array(this.bytes.length * 2)
      bytes.set(this.bytes)
      this.bytes = bytes
    }
    this.item(start, 0x80)
    this.item(end - start, 0)
    this.item(target, 0)
    this.item((depth << 1) | (lasti ? 1 : 0), 0)
  }

  /** The table written since `reset`, in memory of its own. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.end)
  }

  private item(value: number, mark: number): void {
    let shift = value >= 0x1000000 ? 24 : value >= 0x40000 ? 18 : value >= 0x1000 ? 12 : value >= 0x40 ? 6 : 0
    for (; shift > 0; shift -= 6) {
      this.bytes[this.end++] = ((value >> shift) & 0x3f) | 0x40 | mark
      mark = 0
    }
    this.bytes[this.end++] = (value & 0x3f) | mark
  }
}

/** Reads an exception table; an entry that is cut off ends it, as in `dis`. */
export function parseExceptionTable(table: Uint8Array): ExceptionTableEntry[] {
  const entries: ExceptionTableEntry[] = []
  let at = 0
  let ended = false
  const next = (): number => {
    let value = 0
    for (;;) {
      const byte = table[at++]
      if (byte === undefined) {
        ended = true
        return 0
      }
      value = value * 64 + (byte & 0x3f)
      if ((byte & 0x40) === 0) return value
    }
  }
  while (at < table.length) {
    const start = next()
    const length = next()
    const target = next()
    const depthAndLasti = next()
    if (ended) break
    const depth = Math.floor(depthAndLasti / 2)
    entries.push({ start, end: start + length, target, depth, lasti: depthAndLasti % 2 === 1 })
  }
  return entries
}
