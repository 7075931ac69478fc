/** Filling up strings to a width. All functions throw `MemoryError` for widths that no string can have. */
import { StrBuilder } from '../../base/str_builder.ts'
import { type Str, strLength } from '../../base/values.ts'
import { checkTextLength, strCharAt, strCodePointAt, strConcat, strRepeat, strSlice } from './str_sequence.ts'

const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** The string between `left` and `right` times the fill character. */
export function strPad(value: Str, left: number, right: number, fill: Str): Str {
  if (left <= 0 && right <= 0) return value
  checkTextLength(strLength(value) + Math.max(left, 0) + Math.max(right, 0))
  return strConcat(strConcat(strRepeat(fill, left), value), strRepeat(fill, right))
}

/** `value.center(width, fill)`: of an odd number of fill characters the left gets more where the width is odd. */
export function strCenter(value: Str, width: number, fill: Str = ' '): Str {
  const missing = width - strLength(value)
  if (missing <= 0) return value
  const left = Math.floor(missing / 2) + (missing & width & 1)
  return strPad(value, left, missing - left, fill)
}

/** `value.ljust(width, fill)`. */
export function strLjust(value: Str, width: number, fill: Str = ' '): Str {
  return strPad(value, 0, width - strLength(value), fill)
}

/** `value.rjust(width, fill)`. */
export function strRjust(value: Str, width: number, fill: Str = ' '): Str {
  return strPad(value, width - strLength(value), 0, fill)
}

/** `value.zfill(width)`: zeros after a leading sign. */
export function strZfill(value: Str, width: number): Str {
  const length = strLength(value)
  if (width <= length) return value
  const first = length === 0 ? '' : strCharAt(value, 0)
  if (first !== '+' && first !== '-') return strPad(value, width - length, 0, '0')
  return strConcat(first, strPad(strSlice(value, 1, length), width - length, 0, '0'))
}

/** `value.expandtabs(tabSize)`: columns are counted from the last line feed or carriage return. */
export function strExpandTabs(value: Str, tabSize: number): Str {
  if (typeof value === 'string' && !value.includes('\t')) return value
  const out = new StrBuilder()
  const length = strLength(value)
  let column = 0
  let size = 0
  let copied = 0
  for (let i = 0; i < length; i++) {
    const cp = strCodePointAt(value, i)
    if (cp === TAB) {
      const spaces = tabSize > 0 ? tabSize - (column % tabSize) : 0
      size += spaces + i - copied
      checkTextLength(size)
      out.addStr(strSlice(value, copied, i))
      out.addText(' '.repeat(spaces))
      copied = i + 1
      column += spaces
    } else column = cp === LINE_FEED || cp === CARRIAGE_RETURN ? 0 : column + 1
  }
  checkTextLength(size + length - copied)
  out.addStr(strSlice(value, copied, length))
  return out.finish()
}
