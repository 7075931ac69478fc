import { PyError } from '../base/errors.ts'

/**
 * Finds the code point that a Unicode 14 character name or alias stands for, without regard to case, as
 * `unicodedata.lookup` does without named sequences; `undefined` for an unknown name.
 */
export type UnicodeNameLookup = (name: string) => number | undefined

let installed: UnicodeNameLookup | null = null

/**
 * Installs the table behind `\N{…}`. The names weigh more than the whole compiler, so they are data that the host
 * brings along.
 */
export function setUnicodeNames(lookup: UnicodeNameLookup | null): void {
  installed = lookup
}

/** The code point named in `\N{name}`; `undefined` for an unknown name. Throws a `PyError` if no names are installed. */
export function lookupUnicodeName(name: string): number | undefined {
  if (installed === null) {
    throw new PyError('NotImplementedError', `\\N{${name}} needs the Unicode character names, which are not installed`)
  }
  return installed(name)
}
