/** The case of strings, by the full mappings of Unicode 14 (not the host's, whose Unicode is another). */
import { StrBuilder } from '../../base/str_builder.ts'
import { isCaseIgnorable, isLowercase, isTitlecase, isUppercase } from '../../base/unicode.ts'
import { type CaseMapping, toFolded, toLower, toTitle, toUpper } from '../../base/unicode_case.ts'
import { type Str, strLength } from '../../base/values.ts'
import { strCodePointAt } from './str_sequence.ts'

const CAPITAL_SIGMA = 0x3a3
const SMALL_SIGMA = 0x3c3
const FINAL_SIGMA = 0x3c2

/**
 * Texts of which every engine makes the lower and upper case of Unicode 14: Latin, Greek and Cyrillic, without the two
 * letters that got a capital later.
 */
const STABLE = /^[\0-\u019a\u019c-\u0263\u0265-\u02ff\u0370-\u0527]*$/
const ASCII = /^[\0-\x7f]*$/

/** `value.lower()`. */
export function strLower(value: Str): Str {
  if (typeof value === 'string' && STABLE.test(value)) return value.toLowerCase()
  return mapped(value, (cp, i) => lowerAt(value, cp, i))
}

/** `value.upper()`. */
export function strUpper(value: Str): Str {
  if (typeof value === 'string' && STABLE.test(value)) return value.toUpperCase()
  return mapped(value, toUpper)
}

/** `value.casefold()`. */
export function strCasefold(value: Str): Str {
  if (typeof value === 'string' && ASCII.test(value)) return value.toLowerCase()
  return mapped(value, toFolded)
}

/** `value.capitalize()`. */
export function strCapitalize(value: Str): Str {
  if (typeof value === 'string' && ASCII.test(value)) {
    return value.slice(0, 1).toUpperCase() + value.slice(1).toLowerCase()
  }
  return mapped(value, (cp, i) => (i === 0 ? toTitle(cp) : lowerAt(value, cp, i)))
}

/** `value.swapcase()`. */
export function strSwapcase(value: Str): Str {
  return mapped(value, (cp, i) => (isUppercase(cp) ? lowerAt(value, cp, i) : isLowercase(cp) ? toUpper(cp) : cp))
}

/** `value.title()`. */
export function strTitle(value: Str): Str {
  let isInside = false
  return mapped(value, (cp, i) => {
    const result = isInside ? lowerAt(value, cp, i) : toTitle(cp)
    isInside = isCased(cp)
    return result
  })
}

/** Whether a code point has a case (the property Cased). */
function isCased(cp: number): boolean {
  return isLowercase(cp) || isUppercase(cp) || isTitlecase(cp)
}

function mapped(value: Str, map: (cp: number, index: number) => ReturnType<CaseMapping>): Str {
  const out = new StrBuilder()
  const length = strLength(value)
  for (let i = 0; i < length; i++) {
    const target = map(strCodePointAt(value, i), i)
    if (typeof target === 'number') out.addCodePoint(target)
    else out.addText(target)
  }
  return out.finish()
}

function lowerAt(value: Str, cp: number, index: number): number | string {
  if (cp !== CAPITAL_SIGMA) return toLower(cp)
  return isFinal(value, index) ? FINAL_SIGMA : SMALL_SIGMA
}

/** Whether a sigma ends a word: a cased letter before it and none after it, those that do not matter skipped. */
function isFinal(value: Str, index: number): boolean {
  let before = index - 1
  while (before >= 0 && isCaseIgnorable(strCodePointAt(value, before))) before--
  if (before < 0 || !isCased(strCodePointAt(value, before))) return false
  const length = strLength(value)
  let after = index + 1
  while (after < length && isCaseIgnorable(strCodePointAt(value, after))) after++
  return after === length || !isCased(strCodePointAt(value, after))
}
