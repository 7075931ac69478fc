import { codeLengths } from './code_lengths.ts'

/** Symbols that share a table. */
export const GROUP_SIZE = 50

/** How often the tables are improved. */
const ITERATIONS = 4

/** The length that a symbol has at first in a table that is not for it. */
const FAR = 15

/** The symbols of a block and what the stream says of them. */
export interface BlockCodes {
  /** The symbols: runs, positions in the move-to-front list, the end. */
  readonly symbols: Uint16Array
  readonly alphabetSize: number
  /** The lengths of the codes in each table. */
  readonly tables: readonly Uint8Array[]
  /** Which table each group of symbols goes by. */
  readonly selectors: Uint8Array
}

const RUN_A = 0
const RUN_B = 1

/** The symbols of a block whose rotations stand in this order: move-to-front, with runs of zeros in binary. */
export function moveToFront(block: Uint8Array, order: Int32Array, used: Uint8Array): [Uint16Array, number] {
  const list: number[] = []
  for (let byte = 0; byte < 256; byte++) if (used[byte] === 1) list.push(byte)
  const front = Uint8Array.from(list)
  const end = front.length + 1
  const size = order.length
  const symbols = new Uint16Array(size + 1)
  let count = 0
  let zeros = 0
  const writeZeros = () => {
    for (let left = zeros; left > 0; left = (left - 1) >> 1) symbols[count++] = left & 1 ? RUN_A : RUN_B
    zeros = 0
  }
  for (let i = 0; i < size; i++) {
    const at = order[i]! - 1
    const byte = block[at < 0 ? at + size : at]!
    if (front[0] === byte) {
      zeros++
      continue
    }
    if (zeros > 0) writeZeros()
    let place = 1
    while (front[place] !== byte) place++
    front.copyWithin(1, 0, place)
    front[0] = byte
    symbols[count++] = place + 1
  }
  if (zeros > 0) writeZeros()
  symbols[count++] = end
  return [symbols.subarray(0, count), end + 1]
}

function tableCount(symbols: number): number {
  if (symbols < 200) return 2
  if (symbols < 600) return 3
  if (symbols < 1200) return 4
  return symbols < 2400 ? 5 : 6
}

/** Tables to begin with: each is for a range of the alphabet that about as many symbols fall into. */
function firstTables(frequencies: Int32Array, total: number, count: number): Uint8Array[] {
  const tables: Uint8Array[] = Array.from({ length: count }, () => new Uint8Array(frequencies.length).fill(FAR))
  let rest = total
  let start = 0
  for (let part = count; part > 0; part--) {
    const target = Math.floor(rest / part)
    let end = start - 1
    let sum = 0
    while (sum < target && end < frequencies.length - 1) sum += frequencies[++end]!
    if (end > start && part !== count && part !== 1 && (count - part) % 2 === 1) sum -= frequencies[end--]!
    for (let symbol = start; symbol <= end; symbol++) tables[part - 1]![symbol] = 0
    start = end + 1
    rest -= sum
  }
  return tables
}

/** The table that codes a group of symbols shortest; the first of several. */
function cheapest(tables: readonly Uint8Array[], group: Uint16Array): number {
  let best = 0
  let bestCost = Number.POSITIVE_INFINITY
  for (let t = 0; t < tables.length; t++) {
    const lengths = tables[t]!
    let cost = 0
    for (let i = 0; i < group.length; i++) cost += lengths[group[i]!]!
    if (cost < bestCost) {
      bestCost = cost
      best = t
    }
  }
  return best
}

/** Chooses tables for the symbols of a block, as bzip2 does: groups choose tables, tables follow their groups, four times. */
export function chooseTables(symbols: Uint16Array, alphabetSize: number): BlockCodes {
  const frequencies = new Int32Array(alphabetSize)
  for (const symbol of symbols) frequencies[symbol]!++
  const tables = firstTables(frequencies, symbols.length, tableCount(symbols.length))
  const selectors = new Uint8Array(Math.ceil(symbols.length / GROUP_SIZE))
  for (let round = 0; round < ITERATIONS; round++) {
    const counts = tables.map(() => new Int32Array(alphabetSize))
    for (let g = 0; g < selectors.length; g++) {
      const group = symbols.subarray(g * GROUP_SIZE, (g + 1) * GROUP_SIZE)
      const table = cheapest(tables, group)
      selectors[g] = table
      const own = counts[table]!
      for (let i = 0; i < group.length; i++) own[group[i]!]!++
    }
    for (let t = 0; t < tables.length; t++) codeLengths(counts[t]!, tables[t]!)
  }
  return { symbols, alphabetSize, tables, selectors }
}

/** The canonical codes that belong to lengths: shorter ones first, symbols of a length in their order. */
export function assignCodes(lengths: Uint8Array): Int32Array {
  const codes = new Int32Array(lengths.length)
  let code = 0
  for (let length = 1; length <= 20; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) if (lengths[symbol] === length) codes[symbol] = code++
    code <<= 1
  }
  return codes
}
