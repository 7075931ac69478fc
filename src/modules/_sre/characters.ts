import { decimalValue, isAlphanumeric, isSpace } from '../../base/unicode.ts'
import { toLower, toUpper } from '../../base/unicode_case.ts'
import { SRE } from './opcodes.ts'
import type { Codes } from './validate.ts'

/** `_sre.ascii_tolower`. */
export function asciiLower(ch: number): number {
  return ch >= 65 && ch <= 90 ? ch + 32 : ch
}

function asciiUpper(ch: number): number {
  return ch >= 97 && ch <= 122 ? ch - 32 : ch
}

/** `_sre.unicode_tolower`: the simple lower case of Unicode 14, one code point for one. */
export function unicodeLower(ch: number): number {
  if (ch < 128) return asciiLower(ch)
  const lower = toLower(ch)
  return typeof lower === 'number' ? lower : lower.codePointAt(0)!
}

/** The upper case as CPython's `Py_UNICODE_TOUPPER` gives it: where it has several characters, the first of them. */
function unicodeUpper(ch: number): number {
  if (ch < 128) return asciiUpper(ch)
  const upper = toUpper(ch)
  return typeof upper === 'number' ? upper : upper.codePointAt(0)!
}

/** `_sre.ascii_iscased`. */
export function asciiIsCased(ch: number): boolean {
  return asciiLower(ch) !== asciiUpper(ch)
}

/** `_sre.unicode_iscased`. */
export function unicodeIsCased(ch: number): boolean {
  return ch !== unicodeLower(ch) || ch !== unicodeUpper(ch)
}

/** A character of a pattern and one of the text under `re.LOCALE` and `re.IGNORECASE`, in the C locale. */
function equalsInLocale(pattern: number, ch: number): boolean {
  return ch === pattern || asciiLower(ch) === pattern || asciiUpper(ch) === pattern
}

function isAsciiWord(ch: number): boolean {
  return (ch >= 97 && ch <= 122) || (ch >= 65 && ch <= 90) || (ch >= 48 && ch <= 57) || ch === 95
}

/** Whether a character is in one of the `CATEGORY_…` classes; each odd code is the complement of the one before. */
function isInCategory(category: number, ch: number): boolean {
  const isMember = isInClass(category & ~1, ch)
  return (category & 1) === 0 ? isMember : !isMember
}

function isInClass(category: number, ch: number): boolean {
  switch (category) {
    case 0: // digit
      return ch >= 48 && ch <= 57
    case 2: // space
      return ch === 32 || (ch >= 9 && ch <= 13)
    case 4: // word
    case 8: // word in the locale
      return isAsciiWord(ch)
    case 6: // line break
      return ch === 10
    case 10: // Unicode digit
      return ch < 128 ? ch >= 48 && ch <= 57 : decimalValue(ch) >= 0
    case 12: // Unicode space
      return isSpace(ch)
    case 14: // Unicode word
      return ch < 128 ? isAsciiWord(ch) : isAlphanumeric(ch)
    default: // Unicode line break
      return (ch >= 10 && ch <= 13) || (ch >= 28 && ch <= 30) || ch === 0x85 || ch === 0x2028 || ch === 0x2029
  }
}

/** Whether a character is in the set whose codes begin at `at`. */
function isInCodes(code: Codes, at: number, ch: number): boolean {
  let answer = true
  for (;;) {
    switch (code[at++]) {
      case SRE.NEGATE:
        answer = !answer
        break
      case SRE.LITERAL:
        if (ch === code[at]) return answer
        at++
        break
      case SRE.CATEGORY:
        if (isInCategory(code[at]!, ch)) return answer
        at++
        break
      case SRE.CHARSET:
        if (ch < 256 && ((code[at + (ch >> 5)]! >>> (ch & 31)) & 1) === 1) return answer
        at += 8
        break
      case SRE.RANGE:
        if (code[at]! <= ch && ch <= code[at + 1]!) return answer
        at += 2
        break
      case SRE.RANGE_UNI_IGNORE: {
        const upper = unicodeUpper(ch)
        if ((code[at]! <= ch && ch <= code[at + 1]!) || (code[at]! <= upper && upper <= code[at + 1]!)) return answer
        at += 2
        break
      }
      case SRE.BIGCHARSET: {
        const blocks = at + 65
        if (ch < 0x10000) {
          const block = (code[at + 1 + (ch >> 10)]! >>> (((ch >> 8) & 3) * 8)) & 255
          if (((code[blocks + block * 8 + ((ch & 255) >> 5)]! >>> (ch & 31)) & 1) === 1) return answer
        }
        at = blocks + code[at]! * 8
        break
      }
      default:
        return !answer
    }
  }
}

/** What one character of the text is compared with; a test that is asked once for each character and then cached. */
export type CharTest = (ch: number) => boolean

/** The test of an operator that takes one character, except LITERAL and ANY_ALL; null for another operator. */
export function charTest(code: Codes, at: number): CharTest | null {
  const operand = code[at + 1]!
  switch (code[at]) {
    case SRE.ANY:
      return (ch) => ch !== 10
    case SRE.NOT_LITERAL:
      return (ch) => ch !== operand
    case SRE.LITERAL_IGNORE:
      return (ch) => asciiLower(ch) === operand
    case SRE.NOT_LITERAL_IGNORE:
      return (ch) => asciiLower(ch) !== operand
    case SRE.LITERAL_UNI_IGNORE:
      return (ch) => unicodeLower(ch) === operand
    case SRE.NOT_LITERAL_UNI_IGNORE:
      return (ch) => unicodeLower(ch) !== operand
    case SRE.LITERAL_LOC_IGNORE:
      return (ch) => equalsInLocale(operand, ch)
    case SRE.NOT_LITERAL_LOC_IGNORE:
      return (ch) => !equalsInLocale(operand, ch)
    case SRE.CATEGORY:
      return (ch) => isInCategory(operand, ch)
    case SRE.IN:
      return (ch) => isInCodes(code, at + 2, ch)
    case SRE.IN_IGNORE:
      return (ch) => isInCodes(code, at + 2, asciiLower(ch))
    case SRE.IN_UNI_IGNORE:
      return (ch) => isInCodes(code, at + 2, unicodeLower(ch))
    case SRE.IN_LOC_IGNORE:
      return (ch) => isInCodes(code, at + 2, asciiLower(ch)) || isInCodes(code, at + 2, asciiUpper(ch))
    default:
      return null
  }
}

/** The test of the set in an INFO block. */
export function setTest(code: Codes, at: number): CharTest {
  return (ch) => isInCodes(code, at, ch)
}

/** Tells word characters for `\b`: ASCII ones, or any of Unicode. */
export function isWord(ch: number, isUnicode: boolean): boolean {
  return ch < 128 || !isUnicode ? isAsciiWord(ch) : isAlphanumeric(ch)
}
