import { alphanumeric, printable, xidContinueOnly, xidStart } from './unicode_ranges.generated.ts'

/** One property of code points: where membership changes, ascending; the first change enters. */
type Boundaries = Uint32Array

let startTable: Boundaries | null = null
let continueTable: Boundaries | null = null
let printableTable: Boundaries | null = null
let alphanumericTable: Boundaries | null = null

/** Whether a code point may start an identifier: XID_Start of Unicode 14, without the underscore. */
export function isXidStart(cp: number): boolean {
  return contains((startTable ??= decodeBoundaries(xidStart)), cp)
}

/** Whether a code point may go on an identifier: XID_Continue of Unicode 14. */
export function isXidContinue(cp: number): boolean {
  return isXidStart(cp) || contains((continueTable ??= decodeBoundaries(xidContinueOnly)), cp)
}

/** `str.isprintable` of one code point, as Python 3.11 (Unicode 14) has it. */
export function isPrintable(cp: number): boolean {
  if (cp < 0x7f) return cp >= 0x20
  return contains((printableTable ??= decodeBoundaries(printable)), cp)
}

/** `str.isalnum` of one code point; with the underscore, what `\w` matches in Python 3.11's regular expressions. */
export function isAlphanumeric(cp: number): boolean {
  return contains((alphanumericTable ??= decodeBoundaries(alphanumeric)), cp)
}

/** Undoes the generator's text: distances in groups of five bits, bit 32 of a digit saying that another follows. */
function decodeBoundaries(text: string): Boundaries {
  const out = new Uint32Array(text.length)
  let count = 0
  let last = 0
  let delta = 0
  for (let i = 0; i < text.length; i++) {
    const digit = digitValue(text.charCodeAt(i))
    delta = (delta << 5) | (digit & 31)
    if (digit & 32) continue
    last += delta
    out[count++] = last
    delta = 0
  }
  return out.slice(0, count)
}

function digitValue(code: number): number {
  if (code >= 97) return code - 71
  if (code === 95) return 63
  if (code >= 65) return code - 65
  return code === 45 ? 62 : code + 4
}

function contains(table: Boundaries, cp: number): boolean {
  let low = 0
  let high = table.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (table[middle]! <= cp) low = middle + 1
    else high = middle
  }
  return (low & 1) === 1
}
