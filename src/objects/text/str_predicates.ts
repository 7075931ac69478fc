/** The questions `str` answers about itself. All but `isascii`, `isprintable` say no to an empty string. */
import {
  decimalValue,
  isAlpha,
  isAlphanumeric,
  isDigit,
  isLowercase,
  isNumeric,
  isPrintable,
  isSpace,
  isTitlecase,
  isUppercase,
  isXidContinue,
  isXidStart,
} from '../../base/unicode.ts'
import { type Str, strLength } from '../../base/values.ts'
import { strCodePointAt } from './str_sequence.ts'

function every(value: Str, property: (cp: number) => boolean): boolean {
  const length = strLength(value)
  for (let i = 0; i < length; i++) if (!property(strCodePointAt(value, i))) return false
  return true
}

function isDecimal(cp: number): boolean {
  return decimalValue(cp) >= 0
}

/** `value.isalnum()`. */
export function strIsAlnum(value: Str): boolean {
  return value !== '' && every(value, isAlphanumeric)
}

/** `value.isalpha()`. */
export function strIsAlpha(value: Str): boolean {
  return value !== '' && every(value, isAlpha)
}

/** `value.isascii()`. */
export function strIsAscii(value: Str): boolean {
  return typeof value === 'string' && /^[\0-\x7f]*$/.test(value)
}

/** `value.isdecimal()`. */
export function strIsDecimal(value: Str): boolean {
  return value !== '' && every(value, isDecimal)
}

/** `value.isdigit()`. */
export function strIsDigit(value: Str): boolean {
  return value !== '' && every(value, isDigit)
}

/** `value.isnumeric()`. */
export function strIsNumeric(value: Str): boolean {
  return value !== '' && every(value, isNumeric)
}

/** `value.isprintable()`. */
export function strIsPrintable(value: Str): boolean {
  return every(value, isPrintable)
}

/** `value.isspace()`. */
export function strIsSpace(value: Str): boolean {
  return value !== '' && every(value, isSpace)
}

/** `value.isidentifier()`; keywords are identifiers too. */
export function strIsIdentifier(value: Str): boolean {
  const length = strLength(value)
  if (length === 0) return false
  const first = strCodePointAt(value, 0)
  if (first !== 0x5f && !isXidStart(first)) return false
  for (let i = 1; i < length; i++) if (!isXidContinue(strCodePointAt(value, i))) return false
  return true
}

/** `value.islower()`: letters of lower case, and none of upper or title case. */
export function strIsLower(value: Str): boolean {
  let found = false
  const length = strLength(value)
  for (let i = 0; i < length; i++) {
    const cp = strCodePointAt(value, i)
    if (isLowercase(cp)) found = true
    else if (isUppercase(cp) || isTitlecase(cp)) return false
  }
  return found
}

/** `value.isupper()`: letters of upper case, and none of lower or title case. */
export function strIsUpper(value: Str): boolean {
  return typeof value === 'string' ? (isUpperAscii(value) ?? isUpper(value)) : isUpper(value)
}

/** `isupper` of a text in ASCII, which what a module is asked for its constants by is; `undefined` for others. */
function isUpperAscii(value: string): boolean | undefined {
  let found = false
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i)
    if (unit >= 0x61) {
      if (unit >= 0x80) return undefined
      if (unit <= 0x7a) return false
    } else if (unit >= 0x41 && unit <= 0x5a) found = true
  }
  return found
}

function isUpper(value: Str): boolean {
  let found = false
  const length = strLength(value)
  for (let i = 0; i < length; i++) {
    const cp = strCodePointAt(value, i)
    if (isUppercase(cp)) found = true
    else if (isLowercase(cp) || isTitlecase(cp)) return false
  }
  return found
}

/** `value.istitle()`: upper or title case only where no letter with a case is before, lower case only where one is. */
export function strIsTitle(value: Str): boolean {
  let found = false
  let isInside = false
  const length = strLength(value)
  for (let i = 0; i < length; i++) {
    const cp = strCodePointAt(value, i)
    if (isUppercase(cp) || isTitlecase(cp)) {
      if (isInside) return false
      isInside = found = true
    } else if (isLowercase(cp)) {
      if (!isInside) return false
      isInside = found = true
    } else isInside = false
  }
  return found
}
