import { PyError } from '../base/errors.ts'

/**
 * Finds the code point that a Unicode 14 character name or alias stands for, without regard to case, as
 * `unicodedata.lookup` does without named sequences; `undefined` for an unknown name.
 */
export type UnicodeNameLookup = (name: string) => number | undefined

let source: (() => UnicodeNameLookup | null) | null = null

/**
 * Says where the table behind `\N{…}` comes from: `names` is asked at each name, and gives `null` while there are none.
 * The names weigh as much as the whole compiler, so they are data that the host brings along.
 */
export function setUnicodeNames(names: (() => UnicodeNameLookup | null) | null): void {
  source = names
}

/** The code point named in `\N{name}`; `undefined` for an unknown name. Throws a `PyError` if no names are installed. */
export function lookupUnicodeName(name: string): number | undefined {
  const lookup = source?.() ?? null
  if (lookup === null) {
    throw new PyError(
      'NotImplementedError',
      `\\N{${name}} needs the Unicode character names, which are not loaded: await loadUnicodeNames() first`,
    )
  }
  return lookup(name)
}
