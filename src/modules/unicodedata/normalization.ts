import { PyError } from '../../base/errors.ts'
import { decodeNumbers } from '../../base/unicode.ts'
import { type Str, strCodePoints, strEquals, strFromCodePoints } from '../../base/values.ts'
import { exclusions } from './database.generated.ts'
import { combining, decompositions } from './database.ts'

/* Unicode normalization forms (UAX #15) over the tables of Unicode 14, whatever the host's version is. */

const SYLLABLES = 0xac00
const LEADS = 0x1100
const VOWELS = 0x1161
const TAILS = 0x11a7
const LEAD_COUNT = 19
const VOWEL_COUNT = 21
const TAIL_COUNT = 28
const SYLLABLE_COUNT = LEAD_COUNT * VOWEL_COUNT * TAIL_COUNT

/** Below these no character changes in the form. */
const FIRST_CHANGED: Readonly<Record<string, number>> = { NFC: 0x300, NFD: 0xc0, NFKC: 0xa0, NFKD: 0xa0 }

/** What a character decomposes to in another version: `null` for nothing, `undefined` where the versions agree. */
export type DecompositionOverride = (cp: number) => readonly number[] | null | undefined

/** `unicodedata.normalize`. Throws `ValueError` for an unknown form. */
export function normalize(form: string, text: Str, override?: DecompositionOverride): Str {
  const first = FIRST_CHANGED[form]
  if (first === undefined) throw new PyError('ValueError', 'invalid normalization form')
  if (isBelow(text, first)) return text
  const decomposed = decompose(strCodePoints(text), form.startsWith('NFK'), override)
  return strFromCodePoints(form.endsWith('C') ? compose(decomposed) : decomposed)
}

/** `unicodedata.is_normalized`. Throws `ValueError` for an unknown form. */
export function isNormalized(form: string, text: Str, override?: DecompositionOverride): boolean {
  return strEquals(normalize(form, text, override), text)
}

function isBelow(text: Str, limit: number): boolean {
  if (typeof text !== 'string') return false
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= limit) return false
  return true
}

const full: [Map<number, readonly number[]>, Map<number, readonly number[]>] = [new Map(), new Map()]

/** The full decomposition of a code point, canonical or also compatible; `undefined` if it stays. */
function fullDecomposition(cp: number, isCompatible: boolean): readonly number[] | undefined {
  const known = full[isCompatible ? 1 : 0]
  const found = known.get(cp)
  if (found !== undefined) return found
  const mapping = decompositions().get(cp)
  if (mapping === undefined || (mapping.tag !== '' && !isCompatible)) return undefined
  const out = mapping.codePoints.flatMap((part) => fullDecomposition(part, isCompatible) ?? [part])
  known.set(cp, out)
  return out
}

function decompose(
  codePoints: readonly number[],
  isCompatible: boolean,
  override: DecompositionOverride | undefined,
): number[] {
  const out: number[] = []
  for (const cp of codePoints) {
    const syllable = cp - SYLLABLES
    if (cp < 0xa0) out.push(cp)
    else if (syllable >= 0 && syllable < SYLLABLE_COUNT) {
      const tail = syllable % TAIL_COUNT
      const vowel = Math.floor(syllable / TAIL_COUNT)
      out.push(LEADS + Math.floor(vowel / VOWEL_COUNT), VOWELS + (vowel % VOWEL_COUNT))
      if (tail > 0) out.push(TAILS + tail)
    } else {
      const other = override?.(cp)
      const parts = other === undefined ? fullDecomposition(cp, isCompatible) : other
      if (parts === undefined || parts === null) out.push(cp)
      else for (const part of parts) out.push(part)
    }
  }
  return order(out)
}

/** Sorts runs of combining characters by their class, those of one class staying in their order. */
function order(codePoints: number[]): number[] {
  const { length } = codePoints
  for (let start = 0; start < length; start++) {
    if (codePoints[start]! < 0x300 || combining(codePoints[start]!) === 0) continue
    let end = start + 1
    while (end < length && combining(codePoints[end]!) !== 0) end++
    if (end - start > 1) {
      const run = codePoints.slice(start, end).map((cp) => ({ cp, order: combining(cp) }))
      run.sort((a, b) => a.order - b.order)
      for (const [i, entry] of run.entries()) codePoints[start + i] = entry.cp
    }
    start = end
  }
  return codePoints
}

const CODE_POINTS = 0x110000
let pairs: Map<number, number> | null = null

/** The characters that two characters compose to, by `first * 0x110000 + second`. */
function readPairs(): Map<number, number> {
  const excluded = new Set<number>()
  let cp = 0
  for (const distance of decodeNumbers(exclusions)) {
    cp += distance
    excluded.add(cp)
  }
  const out = new Map<number, number>()
  for (const [whole, { tag, codePoints }] of decompositions()) {
    if (tag === '' && codePoints.length === 2 && !excluded.has(whole)) {
      out.set(codePoints[0]! * CODE_POINTS + codePoints[1]!, whole)
    }
  }
  return out
}

function composePair(first: number, second: number): number | undefined {
  const lead = first - LEADS
  const vowel = second - VOWELS
  if (lead >= 0 && lead < LEAD_COUNT && vowel >= 0 && vowel < VOWEL_COUNT) {
    return SYLLABLES + (lead * VOWEL_COUNT + vowel) * TAIL_COUNT
  }
  const syllable = first - SYLLABLES
  const tail = second - TAILS
  if (syllable >= 0 && syllable < SYLLABLE_COUNT && syllable % TAIL_COUNT === 0 && tail > 0 && tail < TAIL_COUNT) {
    return first + tail
  }
  return (pairs ??= readPairs()).get(first * CODE_POINTS + second)
}

/** Composes what is decomposed and ordered; changes the array. */
function compose(codePoints: number[]): number[] {
  let starter = -1
  let count = 0
  /** Class of the last character that was kept behind the starter; 0 if it follows at once. */
  let last = 0
  for (const cp of codePoints) {
    const own = combining(cp)
    if (starter >= 0 && (last < own || last === 0)) {
      const whole = last === 0 && count - 1 !== starter ? undefined : composePair(codePoints[starter]!, cp)
      if (whole !== undefined) {
        codePoints[starter] = whole
        continue
      }
    }
    if (own === 0) {
      starter = count
      last = 0
    } else last = own
    codePoints[count++] = cp
  }
  codePoints.length = count
  return codePoints
}
