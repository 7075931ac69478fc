import type { Str } from '../base/values.ts'
import { strCodePoints, strFromCodePoints, strToUtf16 } from '../base/values.ts'
import { PyFloat, type PyObject, TPFLAGS_LONG_SUBCLASS, TPFLAGS_UNICODE_SUBCLASS, type Value } from './object.ts'
import { utf8Encode } from './text/codec_utf8.ts'
import { floatType, isSubtype } from './types.ts'

/*
 * The plain value behind a Python value, subclasses included; `undefined` where the value is of another type. No Python
 * code runs.
 */

/** The text of a `str`. */
export function asStr(value: Value): Str | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && (value.type.flags & TPFLAGS_UNICODE_SUBCLASS) !== 0) return value.data as Str
  return undefined
}

/** The number of an `int` or `bool`. */
export function asInt(value: Value): number | bigint | undefined {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return value
    case 'boolean':
      return value ? 1 : 0
    case 'object':
      return (value.type.flags & TPFLAGS_LONG_SUBCLASS) !== 0 ? (value.data as number | bigint) : undefined
    default:
      return undefined
  }
}

/** The number of a `float`. */
export function asFloat(value: Value): number | undefined {
  if (typeof value !== 'object') return undefined
  if (value instanceof PyFloat || isSubtype(value.type, floatType)) return (value as PyObject<number>).data
  return undefined
}

/** The JavaScript (UTF-16) text of a `str` that is known to be one. */
export function utf16(value: Value): string {
  return strToUtf16(asStr(value)!)
}

/** The concatenation of strings. */
export function concatStr(a: Str, b: Str): Str {
  if (typeof a === 'string' && typeof b === 'string') return a + b
  return strFromCodePoints([...strCodePoints(a), ...strCodePoints(b)])
}

const SURROGATE = /[\ud800-\udfff]/

/** UnicodeEncodeError for a str that has no UTF-8 form; other values may be anything. */
export function checkText(value: Value): void {
  const text = asStr(value)
  if (text !== undefined && (typeof text !== 'string' || SURROGATE.test(text))) utf8Encode(text)
}
