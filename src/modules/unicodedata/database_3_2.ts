import { decodeNumbers } from '../../base/unicode.ts'
import * as latest from './database.ts'
import * as generated from './database_3_2.generated.ts'

/*
 * Unicode 3.2.0, which the domain names of IDNA 2003 are defined by: what it does not assign, and where it differs from
 * the latest version.
 */

let starts: readonly number[] | null = null

/** The first code points of runs that are assigned and are not, by turns. */
function readStarts(): readonly number[] {
  const out: number[] = []
  let cp = 0
  for (const length of decodeNumbers(generated.assigned)) {
    out.push(cp)
    cp += length
  }
  return out
}

/** Whether Unicode 3.2 has the character. */
export function isAssigned(cp: number): boolean {
  starts ??= readStarts()
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= cp) low = middle
    else high = middle
  }
  return low % 2 === 0
}

/** Values by code point, read when they are first asked for. */
function table(text: string): () => ReadonlyMap<number, string> {
  let values: Map<number, string> | null = null
  return () => {
    if (values !== null) return values
    values = new Map()
    let cp = 0
    for (const entry of text.split(' ')) {
      const [distance, value] = entry.split(':') as [string, string]
      cp += Number.parseInt(distance, 16)
      values.set(cp, value)
    }
    return values
  }
}

const categories = table(generated.categories)
const bidirectionals = table(generated.bidirectionals)
const mirroredness = table(generated.mirroredness)
const widths = table(generated.widths)
const decimals = table(generated.decimals)
const decompositions = table(generated.decompositions)

/** `category`. */
function category(cp: number): string {
  if (!isAssigned(cp)) return 'Cn'
  return categories().get(cp) ?? latest.category(cp)
}

/** `bidirectional`. */
function bidirectional(cp: number): string {
  if (!isAssigned(cp)) return ''
  return bidirectionals().get(cp) ?? latest.bidirectional(cp)
}

/** `combining`. */
function combining(cp: number): number {
  return isAssigned(cp) ? latest.combining(cp) : 0
}

/** `mirrored`. */
function mirrored(cp: number): number {
  if (!isAssigned(cp)) return 0
  const old = mirroredness().get(cp)
  return old === undefined ? latest.mirrored(cp) : Number(old)
}

/** `east_asian_width`: that of unassigned characters is what CPython's table begins with. */
function eastAsianWidth(cp: number): string {
  return isAssigned(cp) ? (widths().get(cp) ?? latest.eastAsianWidth(cp)) : 'F'
}

/** `decomposition`. */
function decomposition(cp: number): string {
  return isAssigned(cp) ? latest.decomposition(cp) : ''
}

/** `decimal`; `undefined` where there is none. */
function decimal(cp: number): number | undefined {
  if (!isAssigned(cp)) return undefined
  const old = decimals().get(cp)
  return old === undefined ? latest.decimal(cp) : Number(old)
}

/** `digit`, which CPython answers from the latest version. */
const digit = latest.digit

/** `numeric`; `undefined` where there is none. */
function numeric(cp: number): number | undefined {
  return isAssigned(cp) ? latest.numeric(cp) : undefined
}

/** `name`; `undefined` where there is none. */
function name(cp: number): string | undefined {
  return isAssigned(cp) ? latest.name(cp) : undefined
}

/** How decomposing differs: another character, none (`null`), or no difference (`undefined`). */
export function decompositionOverride(cp: number): readonly number[] | null | undefined {
  if (!isAssigned(cp)) return null
  const old = decompositions().get(cp)
  return old === undefined ? undefined : [Number.parseInt(old, 16)]
}

/** The properties of this version, under the names that the present one has them. */
export const database = {
  category,
  bidirectional,
  combining,
  mirrored,
  eastAsianWidth,
  decomposition,
  decimal,
  digit,
  numeric,
  name,
}
