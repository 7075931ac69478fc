import { PyError } from '../../base/errors.ts'
import { decimalValue, decodeNumbers } from '../../base/unicode.ts'
import { findUnicodeName, unicodeName } from '../../base/unicode_names.ts'
import { kinds, mappings, namedSequences, numericValues, runs, tags } from './database.generated.ts'

/*
 * The Unicode character database, version 14.0.0. The generated texts are read when they are first asked for. Code points
 * with the same properties are runs: `starts` says where each begins, `kindOfRun` which kind it is.
 */

interface Kind {
  readonly category: string
  readonly bidirectional: string
  readonly combining: number
  readonly isMirrored: boolean
  readonly width: string
}

interface Kinds {
  readonly starts: Uint32Array
  readonly kindOfRun: readonly Kind[]
}

let allKinds: Kinds | null = null

function readKinds(): Kinds {
  const table = kinds.split('|').map((text): Kind => {
    const [category, bidirectional, combining, mirrored, width] = text.split(' ') as [
      string,
      string,
      string,
      string,
      string,
    ]
    return {
      category,
      bidirectional: bidirectional === '-' ? '' : bidirectional,
      combining: Number(combining),
      isMirrored: mirrored === '1',
      width,
    }
  })
  const numbers = decodeNumbers(runs)
  const starts = new Uint32Array(numbers.length / 2)
  const kindOfRun: Kind[] = []
  let cp = 0
  for (let i = 0; i < numbers.length; i += 2) {
    starts[i / 2] = cp
    kindOfRun.push(table[numbers[i + 1]!]!)
    cp += numbers[i]!
  }
  return { starts, kindOfRun }
}

function kindOf(cp: number): Kind {
  const { starts, kindOfRun } = (allKinds ??= readKinds())
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= cp) low = middle
    else high = middle
  }
  return kindOfRun[low]!
}

/** `unicodedata.category`. */
export function category(cp: number): string {
  return kindOf(cp).category
}

/** `unicodedata.bidirectional`; empty where there is no class. */
export function bidirectional(cp: number): string {
  return kindOf(cp).bidirectional
}

/** `unicodedata.combining`: the canonical combining class. */
export function combining(cp: number): number {
  return cp < 0x300 ? 0 : kindOf(cp).combining
}

/** `unicodedata.mirrored`. */
export function mirrored(cp: number): number {
  return kindOf(cp).isMirrored ? 1 : 0
}

/** `unicodedata.east_asian_width`. */
export function eastAsianWidth(cp: number): string {
  return kindOf(cp).width
}

/** A decomposition mapping; the tag is empty for a canonical one. */
export interface Mapping {
  readonly tag: string
  readonly codePoints: readonly number[]
}

let allMappings: Map<number, Mapping> | null = null

/** All decomposition mappings but those of Hangul syllables, in the order of code points. */
export function decompositions(): ReadonlyMap<number, Mapping> {
  allMappings ??= readMappings()
  return allMappings
}

function readMappings(): Map<number, Mapping> {
  const out = new Map<number, Mapping>()
  const names = tags.split(' ')
  const numbers = decodeNumbers(mappings)
  let cp = 0
  let base = 0
  for (let i = 0; i < numbers.length; ) {
    cp += numbers[i]!
    const head = numbers[i + 1]!
    i += 2
    const codePoints: number[] = []
    for (let left = head & 31; left > 0; left--) {
      const step = numbers[i++]!
      base += step & 1 ? -((step + 1) >> 1) : step >> 1
      codePoints.push(base)
    }
    base = codePoints[0]!
    out.set(cp, { tag: names[head >> 5]!, codePoints })
  }
  return out
}

/** `unicodedata.decomposition`; empty where there is none. */
export function decomposition(cp: number): string {
  const mapping = decompositions().get(cp)
  if (mapping === undefined) return ''
  const text = mapping.codePoints.map((part) => part.toString(16).toUpperCase().padStart(4, '0')).join(' ')
  return mapping.tag === '' ? text : `${mapping.tag} ${text}`
}

interface NumericValue {
  readonly value: number
  readonly isDigit: boolean
}

let allValues: Map<number, NumericValue> | null = null

function readValues(): Map<number, NumericValue> {
  const out = new Map<number, NumericValue>()
  let cp = 0
  for (const entry of numericValues.split(' ')) {
    const [distance, text] = entry.split(':') as [string, string]
    cp += Number.parseInt(distance, 16)
    const isDigit = text.endsWith('d')
    const [numerator, divisor] = (isDigit ? text.slice(0, -1) : text).split('/')
    out.set(cp, { value: Number(numerator) / Number(divisor ?? 1), isDigit })
  }
  return out
}

/** `unicodedata.decimal`; `undefined` where it is a ValueError `not a decimal`. */
export function decimal(cp: number): number | undefined {
  const value = decimalValue(cp)
  return value < 0 ? undefined : value
}

/** `unicodedata.digit`; `undefined` where it is a ValueError `not a digit`. */
export function digit(cp: number): number | undefined {
  const value = decimalValue(cp)
  if (value >= 0) return value
  const other = (allValues ??= readValues()).get(cp)
  return other?.isDigit ? other.value : undefined
}

/** `unicodedata.numeric`, a float; `undefined` where it is a ValueError `not a numeric character`. */
export function numeric(cp: number): number | undefined {
  const value = decimalValue(cp)
  return value >= 0 ? value : (allValues ??= readValues()).get(cp)?.value
}

/** `unicodedata.name`; `undefined` where it is a ValueError `no such name`. */
export function name(cp: number): string | undefined {
  return unicodeName(cp)
}

/** The most characters that CPython looks up. */
const MAX_NAME = 256

let sequences: Map<string, number[]> | null = null

/** `unicodedata.lookup`: the code points of a name, an alias or a named sequence. Throws `KeyError`. */
export function lookup(text: string): number[] {
  if (text.length > MAX_NAME) throw new PyError('KeyError', 'name too long')
  const cp = findUnicodeName(text)
  if (cp !== undefined) return [cp]
  sequences ??= readSequences()
  const found = sequences.get(text.toUpperCase())
  if (found === undefined) throw new PyError('KeyError', `undefined character name '${text}'`)
  return found
}

function readSequences(): Map<string, number[]> {
  const out = new Map<string, number[]>()
  for (const entry of namedSequences.split('|')) {
    const [label, codePoints] = entry.split(':') as [string, string]
    out.set(
      label,
      codePoints.split(' ').map((part) => Number.parseInt(part, 16)),
    )
  }
  return out
}
