/**
 * `co_linetable`: where each instruction comes from, as PEP 657 and CPython's `Objects/locations.md` lay it out.
 *
 * An entry covers up to eight code units: a byte of 0x80, the entry's kind and its length, then what the kind needs.
 */
import type { CodeObject } from './code.ts'

/* Kinds of entries; 0 to 9 are the short form, by group of eight columns. */
const ONE_LINE = 10
const NO_COLUMNS = 13
const LONG = 14
const NONE = 15

/** The largest number of bytes that one entry takes. */
const ENTRY_MAX = 25

/** Tables share memory: an allocation for each would cost more than all that is written into it. */
const CHUNK_SIZE = 1 << 16

/** Writes six bits a byte, the lowest first; returns the offset behind them. */
function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  value >>>= 0
  while (value >= 64) {
    bytes[at++] = 0x40 | (value & 0x3f)
    value >>>= 6
  }
  bytes[at] = value
  return at + 1
}

function writeSignedVarint(bytes: Uint8Array, at: number, value: number): number {
  return writeVarint(bytes, at, value < 0 ? (-value << 1) | 1 : value << 1)
}

/**
 * Writes a location table; made once and used for many code objects, so that nothing is allocated per entry.
 *
 * `reset(co_firstlineno)`, then `add` for each instruction in order, then `finish()`.
 */
export class LineTableWriter {
  private bytes = new Uint8Array(CHUNK_SIZE)
  private start = 0
  private end = 0
  private line = 0

  /** Begins the table of a code object with this first line. */
  reset(firstlineno: number): void {
    this.end = this.start
    this.line = firstlineno
  }

  /**
   * Adds an instruction of `size` code units (caches and `EXTENDED_ARG`s included).
   *
   * @param lineno below 0 for an instruction without a line.
   * @param col_offset below 0 where there are no columns; so `end_col_offset`.
   */
  add(size: number, lineno: number, end_lineno: number, col_offset: number, end_col_offset: number): void {
    // More than half of all instructions stand on the line of the one before and take the short form.
    if (
      lineno === this.line &&
      end_lineno === lineno &&
      col_offset >= 0 &&
      col_offset < 80 &&
      size <= 8 &&
      lineno >= 0
    ) {
      const width = end_col_offset - col_offset
      const at = this.end
      if (width >= 0 && width < 16 && at + ENTRY_MAX <= this.bytes.length) {
        this.bytes[at] = 0x80 | ((col_offset >> 3) << 3) | (size - 1)
        this.bytes[at + 1] = ((col_offset & 7) << 4) | width
        this.end = at + 2
        return
      }
    }
    while (size > 8) {
      this.entry(8, lineno, end_lineno, col_offset, end_col_offset)
      size -= 8
    }
    this.entry(size, lineno, end_lineno, col_offset, end_col_offset)
  }

  /** The table written since `reset`, in memory that is not written to again. */
  finish(): Uint8Array {
    const table = new Uint8Array(this.bytes.buffer, this.start, this.end - this.start)
    this.start = this.end
    return table
  }

  private entry(size: number, lineno: number, endLineno: number, column: number, endColumn: number): void {
    if (this.end + ENTRY_MAX > this.bytes.length) this.grow()
    const bytes = this.bytes
    let at = this.end
    if (lineno < 0) {
      bytes[at] = 0x80 | (NONE << 3) | (size - 1)
      this.end = at + 1
      return
    }
    const delta = lineno - this.line
    this.line = lineno
    if (endLineno === lineno && column >= 0 && endColumn >= 0) {
      const width = endColumn - column
      if (delta === 0 && column < 80 && width < 16 && width >= 0) {
        bytes[at] = 0x80 | ((column >> 3) << 3) | (size - 1)
        bytes[at + 1] = ((column & 7) << 4) | width
        this.end = at + 2
        return
      }
      if (delta >= 0 && delta < 3 && column < 128 && endColumn < 128) {
        bytes[at] = 0x80 | ((ONE_LINE + delta) << 3) | (size - 1)
        bytes[at + 1] = column
        bytes[at + 2] = endColumn
        this.end = at + 3
        return
      }
    } else if ((column < 0 || endColumn < 0) && (endLineno === lineno || endLineno === -1)) {
      bytes[at++] = 0x80 | (NO_COLUMNS << 3) | (size - 1)
      this.end = writeSignedVarint(bytes, at, delta)
      return
    }
    bytes[at++] = 0x80 | (LONG << 3) | (size - 1)
    at = writeSignedVarint(bytes, at, delta)
    at = writeVarint(bytes, at, endLineno - lineno)
    at = writeVarint(bytes, at, column + 1)
    this.end = writeVarint(bytes, at, endColumn + 1)
  }

  /** Takes the table begun to a new chunk of memory. */
  private grow(): void {
    const size = this.end - this.start
    const bytes = new Uint8Array(Math.max(CHUNK_SIZE, size * 2))
    bytes.set(this.bytes.subarray(this.start, this.end))
    this.bytes = bytes
    this.start = 0
    this.end = size
  }
}

/**
 * Walks a location table entry by entry; nothing is allocated per entry. A table that is cut off or malformed ends
 * early or gives meaningless numbers, but is never read beyond its end.
 */
export class LineTableReader {
  /** The current entry covers the code units from `start` to `end` (exclusive). */
  start = 0
  end = 0
  /** −1 where there is none; so the three below. */
  lineno = -1
  end_lineno = -1
  col_offset = -1
  end_col_offset = -1
  private readonly table: Uint8Array
  private at = 0
  private computed: number

  /** Begins before the first entry. */
  constructor(table: Uint8Array, firstlineno: number) {
    this.table = table
    this.computed = firstlineno
  }

  /** Goes to the next entry and reads all of it; false after the last one. */
  next(): boolean {
    if (this.at >= this.table.length) return false
    const first = this.table[this.at++]!
    const kind = (first >> 3) & 15
    this.start = this.end
    this.end += (first & 7) + 1
    if (kind === NONE) {
      this.lineno = this.end_lineno = this.col_offset = this.end_col_offset = -1
      return true
    }
    if (kind >= ONE_LINE) this.computed = (this.computed + (kind < NO_COLUMNS ? kind - ONE_LINE : this.signed())) | 0
    this.lineno = this.end_lineno = this.computed
    if (kind === LONG) {
      this.end_lineno = (this.computed + this.varint()) | 0
      this.col_offset = this.varint() - 1
      this.end_col_offset = this.varint() - 1
    } else if (kind === NO_COLUMNS) {
      this.col_offset = this.end_col_offset = -1
    } else if (kind >= ONE_LINE) {
      this.col_offset = this.byte()
      this.end_col_offset = this.byte()
    } else {
      const second = this.byte()
      this.col_offset = (kind << 3) | (second >> 4)
      this.end_col_offset = this.col_offset + (second & 15)
    }
    return true
  }

  /** Goes to the next entry and reads its `start`, `end` and `lineno` only; false after the last one. */
  nextLine(): boolean {
    const table = this.table
    if (this.at >= table.length) return false
    const first = table[this.at++]!
    const kind = (first >> 3) & 15
    this.start = this.end
    this.end += (first & 7) + 1
    if (kind >= ONE_LINE && kind < NONE) {
      this.computed = (this.computed + (kind < NO_COLUMNS ? kind - ONE_LINE : this.signed())) | 0
    }
    this.lineno = kind === NONE ? -1 : this.computed
    while (this.at < table.length && table[this.at]! < 0x80) this.at++
    return true
  }

  private byte(): number {
    return this.at < this.table.length ? this.table[this.at++]! : 0
  }

  private varint(): number {
    let read = this.byte()
    let value = read & 63
    for (let shift = 6; (read & 64) !== 0; shift += 6) {
      read = this.byte()
      value |= (read & 63) << shift
    }
    return value
  }

  private signed(): number {
    const value = this.varint()
    return (value & 1) !== 0 ? -(value >>> 1) : value >>> 1
  }
}

/** A location table with the lines of another one and no columns, as `-X no_debug_ranges` makes them. */
export function withoutColumns(table: Uint8Array): Uint8Array {
  const reader = new LineTableReader(table, 0)
  const writer = new LineTableWriter()
  writer.reset(0)
  while (reader.next()) writer.add(reader.end - reader.start, reader.lineno, reader.lineno, -1, -1)
  return writer.finish().slice()
}

/** A run of code with one line: byte offsets, the end exclusive; `lineno` is null for code without a line. */
export interface LineRange {
  readonly start: number
  readonly end: number
  readonly lineno: number | null
}

/** What `co_lines()` gives: one range per entry of the table. */
export function codeLines(code: CodeObject): LineRange[] {
  const ranges: LineRange[] = []
  const reader = new LineTableReader(code.co_linetable, code.co_firstlineno)
  while (reader.nextLine()) {
    ranges.push({ start: reader.start * 2, end: reader.end * 2, lineno: reader.lineno < 0 ? null : reader.lineno })
  }
  return ranges
}

/** Where an instruction stands in the source (PEP 657). */
export interface Positions {
  readonly lineno: number | null
  readonly end_lineno: number | null
  readonly col_offset: number | null
  readonly end_col_offset: number | null
}

const orNull = (value: number): number | null => (value === -1 ? null : value)

/** What `co_positions()` gives: one element per code unit; those of one table entry share an object. */
export function codePositions(code: CodeObject): Positions[] {
  const positions: Positions[] = []
  const reader = new LineTableReader(code.co_linetable, code.co_firstlineno)
  while (reader.next()) {
    const position: Positions = {
      lineno: orNull(reader.lineno),
      end_lineno: orNull(reader.end_lineno),
      col_offset: orNull(reader.col_offset),
      end_col_offset: orNull(reader.end_col_offset),
    }
    for (let unit = reader.start; unit < reader.end; unit++) positions.push(position)
  }
  return positions
}

/**
 * The line of the instruction at a byte offset, as `PyCode_Addr2Line`: `co_firstlineno` for an offset below 0, null
 * where there is no line.
 */
export function lineAtOffset(code: CodeObject, offset: number): number | null {
  if (offset < 0) return code.co_firstlineno
  const reader = new LineTableReader(code.co_linetable, code.co_firstlineno)
  while (reader.nextLine()) if (offset < reader.end * 2) return orNull(reader.lineno)
  return null
}
