import { aliases, commonWords, names, rareWords, runs } from './unicode_names.generated.ts'

/** The generator's digits: printable ASCII without what a string literal, a template or the separator needs. */
const DIGITS = '#%&()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~'
const ONE_DIGIT_NUMBERS = 44

const SYLLABLE_BASE = 0xac00
const LEADS = 'G GG N D DD R M B BB S SS  J JJ C K T P H'.split(' ')
const VOWELS = 'A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I'.split(' ')
const TAILS = ' G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H'.split(' ')

/** Code points of the unified ideographs of Unicode 14, first and last of each block. */
const UNIFIED_IDEOGRAPHS = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0x20000, 0x2a6df],
  [0x2a700, 0x2b738],
  [0x2b740, 0x2b81d],
  [0x2b820, 0x2cea1],
  [0x2ceb0, 0x2ebe0],
  [0x30000, 0x3134a],
] as const

/** Names that end in the code point, as the table of characters has them. */
const NUMBERED = [
  ['CJK COMPATIBILITY IDEOGRAPH-', 0xf900, 0xfa6d],
  ['CJK COMPATIBILITY IDEOGRAPH-', 0xfa70, 0xfad9],
  ['CJK COMPATIBILITY IDEOGRAPH-', 0x2f800, 0x2fa1d],
  ['KHITAN SMALL SCRIPT CHARACTER-', 0x18b00, 0x18cd5],
  ['NUSHU CHARACTER-', 0x1b170, 0x1b2fb],
] as const

let table: Map<string, number> | null = null
let namesByCodePoint: Map<number, string> | null = null

/**
 * The code point that a name or alias of Unicode 14 stands for, as in `\N{name}` of Python 3.11; `undefined` for
 * none. Case does not matter, but for the names of unified ideographs and Hangul syllables; named sequences are not
 * found. The first call builds a table of 33,000 names.
 */
export function findUnicodeName(name: string): number | undefined {
  if (name.startsWith('HANGUL SYLLABLE ')) return findSyllable(name.slice('HANGUL SYLLABLE '.length))
  if (name.startsWith('CJK UNIFIED IDEOGRAPH-')) return findUnified(name.slice('CJK UNIFIED IDEOGRAPH-'.length))
  const upper = /^[\x20-\x7e]*$/.test(name) ? name.toUpperCase() : name
  return findNumbered(upper) ?? (table ??= readTable()).get(upper)
}

/** The name of a code point in Unicode 14, as `unicodedata.name` of Python 3.11 gives it; `undefined` for none. */
export function unicodeName(cp: number): string | undefined {
  const syllable = cp - SYLLABLE_BASE
  if (syllable >= 0 && syllable < LEADS.length * VOWELS.length * TAILS.length) {
    const vowel = Math.floor(syllable / TAILS.length)
    const lead = LEADS[Math.floor(vowel / VOWELS.length)]!
    return `HANGUL SYLLABLE ${lead}${VOWELS[vowel % VOWELS.length]!}${TAILS[syllable % TAILS.length]!}`
  }
  const hex = cp.toString(16).toUpperCase()
  if (UNIFIED_IDEOGRAPHS.some(([first, last]) => cp >= first && cp <= last)) return `CJK UNIFIED IDEOGRAPH-${hex}`
  for (const [prefix, first, last] of NUMBERED) if (cp >= first && cp <= last) return prefix + hex
  if (namesByCodePoint === null) {
    namesByCodePoint = new Map()
    table ??= readTable()
    // The aliases stand last in the table, and are no names.
    let left = table.size - aliases.split(',').length
    for (const [name, codePoint] of table) {
      if (left-- === 0) break
      namesByCodePoint.set(codePoint, name)
    }
  }
  return namesByCodePoint.get(cp)
}

function findSyllable(name: string): number | undefined {
  const lead = longestStart(LEADS, name, 0)
  const vowelAt = LEADS[lead]!.length
  const vowel = longestStart(VOWELS, name, vowelAt)
  if (vowel < 0) return undefined
  const tail = TAILS.indexOf(name.slice(vowelAt + VOWELS[vowel]!.length))
  return tail < 0 ? undefined : SYLLABLE_BASE + (lead * VOWELS.length + vowel) * TAILS.length + tail
}

function longestStart(parts: readonly string[], name: string, at: number): number {
  let best = -1
  for (const [i, part] of parts.entries()) {
    if (name.startsWith(part, at) && (best < 0 || part.length > parts[best]!.length)) best = i
  }
  return best
}

function findUnified(digits: string): number | undefined {
  if (!/^[0-9A-F]{4,5}$/.test(digits)) return undefined
  const cp = Number.parseInt(digits, 16)
  return UNIFIED_IDEOGRAPHS.some(([first, last]) => cp >= first && cp <= last) ? cp : undefined
}

function findNumbered(name: string): number | undefined {
  for (const [prefix, first, last] of NUMBERED) {
    if (!name.startsWith(prefix)) continue
    const digits = name.slice(prefix.length)
    const cp = Number.parseInt(digits, 16)
    if (cp >= first && cp <= last && cp.toString(16).toUpperCase() === digits) return cp
  }
  return undefined
}

function readTable(): Map<string, number> {
  const result = new Map<string, number>()
  const common = commonWords.split(' ')
  const rare = rareWords.split(' ')
  const codePoints = runs.split(' ')
  const coded = names.split(' ')
  let rareUsed = 0
  let words: string[] = []
  let next = 0
  let left = 0
  let run = 0
  for (let i = 0; i < coded.length - 1; i++) {
    const text = coded[i]!
    words = words.slice(0, DIGITS.indexOf(text[0]!))
    for (let k = 1; k < text.length; k++) {
      let number = DIGITS.indexOf(text[k]!)
      if (number >= ONE_DIGIT_NUMBERS) {
        number = ONE_DIGIT_NUMBERS + (number - ONE_DIGIT_NUMBERS) * DIGITS.length + DIGITS.indexOf(text[++k]!)
      }
      words.push(number === 0 ? rare[rareUsed++]! : common[number - 1]!)
    }
    if (left === 0) {
      next += Number.parseInt(codePoints[run]!, 36)
      left = Number.parseInt(codePoints[run + 1]!, 36)
      run += 2
    }
    result.set(joinWords(words), next++)
    left--
  }
  for (const alias of aliases.split(',')) {
    const space = alias.indexOf(' ')
    result.set(alias.slice(space + 1), Number.parseInt(alias.slice(0, space), 36))
  }
  return result
}

/** A word that ends in a hyphen joins the next, unless a `~` marks it. */
function joinWords(words: readonly string[]): string {
  let name = words[0]!
  for (let i = 1; i < words.length; i++) name += (name.endsWith('-') ? '' : ' ') + words[i]
  return name.includes('~') ? name.replaceAll('~', '') : name
}
