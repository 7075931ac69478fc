/**
 * Python constants as the stages before the virtual machine hold them.
 *
 * | Python | here |
 * |---|---|
 * | `None` | `null` |
 * | `True`, `False` | `true`, `false` |
 * | `Ellipsis` | `Ellipsis` |
 * | `int` | `number` where |n| ≤ 2^53−1, else `bigint`: one value, one form |
 * | `float`, `complex` | `Float`, `Complex` |
 * | `str` | `string` whose code units are its code points, or `WideStr` if any is above U+FFFF |
 * | `bytes` | `Uint8Array` |
 * | `tuple` | array |
 * | `frozenset` | `FrozenSet` |
 *
 * None of them is changed once made.
 */
export type Constant =
  | null
  | boolean
  | EllipsisType
  | number
  | bigint
  | Float
  | Complex
  | Str
  | Uint8Array
  | readonly Constant[]
  | FrozenSet

/** The type of `Ellipsis`. */
export class EllipsisType {
  readonly kind = 'Ellipsis'
}

/** Python's `...`. */
export const Ellipsis = new EllipsisType()

/** A Python float; a bare `number` is an int. */
export class Float {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** A Python complex number. */
export class Complex {
  readonly real: number
  readonly imag: number

  constructor(real: number, imag: number) {
    this.real = real
    this.imag = imag
  }
}

/** A frozenset of constants, in the order in which they were added, without duplicates. */
export class FrozenSet {
  readonly items: readonly Constant[]

  constructor(items: readonly Constant[]) {
    this.items = items
  }
}

/** A Python string that has a code point above U+FFFF. */
export class WideStr {
  readonly codePoints: readonly number[]

  constructor(codePoints: readonly number[]) {
    this.codePoints = codePoints
  }
}

/**
 * A Python string. In a plain `string` each code unit is one code point, so a surrogate pair in it means
 * two lone surrogates; a string with a code point above U+FFFF is a `WideStr`, never a plain one.
 */
export type Str = string | WideStr

/** The int in its one form: `number` in the safe range, `bigint` outside. */
export function canonicalInt(value: bigint): number | bigint {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value
}

/** The Python string with these code points. */
export function strFromCodePoints(codePoints: readonly number[]): Str {
  for (const cp of codePoints) if (cp > 0xffff) return new WideStr(codePoints)
  let text = ''
  for (let i = 0; i < codePoints.length; i += 4096) text += String.fromCharCode(...codePoints.slice(i, i + 4096))
  return text
}

/** The Python string that a JavaScript string (UTF-16) stands for: each surrogate pair is one code point. */
export function strFromUtf16(text: string): Str {
  for (let i = 0; i < text.length - 1; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      return new WideStr(Array.from(text, (c) => c.codePointAt(0)!))
    }
  }
  return text
}

/** The JavaScript string (UTF-16) of a Python string; two adjacent lone surrogates become one code point. */
export function strToUtf16(value: Str): string {
  if (typeof value === 'string') return value
  let text = ''
  for (const cp of value.codePoints) text += String.fromCodePoint(cp)
  return text
}

/** The code points of a Python string. */
export function strCodePoints(value: Str): readonly number[] {
  if (typeof value !== 'string') return value.codePoints
  const out = new Array<number>(value.length)
  for (let i = 0; i < value.length; i++) out[i] = value.charCodeAt(i)
  return out
}

/** `len()` of a Python string. */
export function strLength(value: Str): number {
  return typeof value === 'string' ? value.length : value.codePoints.length
}

/** Whether two Python strings are equal. */
export function strEquals(a: Str, b: Str): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b
  return a.codePoints.length === b.codePoints.length && a.codePoints.every((cp, i) => cp === b.codePoints[i])
}
