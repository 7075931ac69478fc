/** The form in which the generated tables write numbers; `digitValue` in `src/base/unicode.ts` reads it. */

const root = '@unicode/unicode-14.0.0'
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The code points of a property of Unicode 14, named as the package names it. */
export async function codePoints(property: string): Promise<Set<number>> {
  const module = (await import(`${root}/${property}/code-points.mjs`)) as { default: readonly number[] }
  return new Set(module.default)
}

/** A mapping of Unicode 14 from code points, named as the package names it. */
export async function mapping<T>(name: string): Promise<Map<number, T>> {
  const module = (await import(`${root}/${name}/code-points.mjs`)) as { default: Map<number, T> }
  return module.default
}

/** Each number in groups of five bits, the highest first; bit 32 of a digit says that another follows. */
export function encode(deltas: readonly number[]): string {
  let text = ''
  for (const delta of deltas) {
    let shift = 0
    while (delta >> (shift + 5)) shift += 5
    for (; shift >= 0; shift -= 5) text += digits[((delta >> shift) & 31) | (shift ? 32 : 0)]
  }
  return text
}
