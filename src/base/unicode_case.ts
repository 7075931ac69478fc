import { decodeNumbers } from './unicode.ts'
import {
  foldRuns,
  foldSeveral,
  lowerRuns,
  lowerSeveral,
  titleRuns,
  titleSeveral,
  upperRuns,
  upperSeveral,
} from './unicode_case.generated.ts'

/** What code points become in one case: a code point, or a text of several. Those that stay are not in it. */
type CaseTable = Map<number, number | string>

/** One of the four full case mappings of Unicode 14, of characters by themselves. */
export type CaseMapping = (cp: number) => number | string

let lowerTable: CaseTable | null = null
let upperTable: CaseTable | null = null
let titleTable: CaseTable | null = null
let foldTable: CaseTable | null = null

/** The lower case of a code point: itself, another one, or (of U+0130) a text. A final sigma is the caller's affair. */
export const toLower: CaseMapping = (cp) => (lowerTable ??= tableOf([lowerRuns], lowerSeveral)).get(cp) ?? cp

/** The upper case of a code point: itself, another one, or a text of several. */
export const toUpper: CaseMapping = (cp) => (upperTable ??= tableOf([upperRuns], upperSeveral)).get(cp) ?? cp

/** The title case of a code point: itself, another one, or a text of several. */
export const toTitle: CaseMapping = (cp) => (titleTable ??= tableOf([upperRuns, titleRuns], titleSeveral)).get(cp) ?? cp

/** The full case folding of a code point: itself, another one, or a text of several. */
export const toFolded: CaseMapping = (cp) => (foldTable ??= tableOf([lowerRuns, foldRuns], foldSeveral)).get(cp) ?? cp

function tableOf(runs: readonly string[], several: string): CaseTable {
  const table: CaseTable = new Map()
  for (const text of runs) readRuns(text, table)
  for (const word of several.split('|')) table.set(word.charCodeAt(0), word.slice(1))
  return table
}

/**
 * Adds runs of code points that are equally far from each other and from what they become. Each is four numbers: the
 * distance from the last code point of the run before, that between its members, how many they are, and how far they
 * are from what they become, twice, and one more where that is lower.
 */
function readRuns(text: string, table: CaseTable): void {
  const numbers = decodeNumbers(text)
  let cp = 0
  for (let i = 0; i < numbers.length; i += 4) {
    const stride = numbers[i + 1]!
    const distance = numbers[i + 3]!
    const delta = distance & 1 ? -(distance >> 1) : distance >> 1
    cp += numbers[i]!
    for (let left = numbers[i + 2]!; ; cp += stride) {
      table.set(cp, cp + delta)
      if (--left === 0) break
    }
  }
}
