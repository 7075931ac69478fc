/** `format()` of ints. */
import { PyError } from '../../base/errors.ts'
import { intRepr } from '../../base/int_text.ts'
import type { Str } from '../../base/values.ts'
import { formatFloatSpec } from './format_float.ts'
import {
  alignText,
  type FormatDefaults,
  type FormatSpec,
  layoutNumber,
  parseFormatSpec,
  unknownFormatCode,
} from './format_spec.ts'
import { strFromCodePoint } from './str_sequence.ts'

const DEFAULTS: FormatDefaults = { type: 'd', align: '>' }

/** Prefix and base of the types that are not decimal. */
const RADIXES: Readonly<Record<string, readonly [string, number]>> = {
  b: ['0b', 2],
  o: ['0o', 8],
  x: ['0x', 16],
  X: ['0X', 16],
}

/**
 * `format(value, spec)` of an int, whose type has this name. Throws `ValueError`, `OverflowError`, `MemoryError`. Ints
 * of more than `maxDigits` decimal digits are a `ValueError`; 0 is no limit.
 */
export function formatInt(value: number | bigint, spec: Str, typeName = 'int', maxDigits?: number): Str {
  if (spec === '') return intRepr(value, maxDigits)
  const parsed = parseFormatSpec(spec, typeName, DEFAULTS)
  const type = parsed.type < 0x80 ? String.fromCharCode(parsed.type) : '?'
  if (type !== '' && 'bcdoxXn'.includes(type)) return formatAsInt(value, type, parsed, maxDigits)
  if (type !== '' && 'eEfFgG%'.includes(type)) return formatFloatSpec(intToFloat(value), parsed)
  throw unknownFormatCode(parsed.type, typeName)
}

function formatAsInt(value: number | bigint, type: string, spec: FormatSpec, maxDigits: number | undefined): Str {
  if (spec.precision !== -1) {
    throw new PyError('ValueError', 'Precision not allowed in integer format specifier')
  }
  if (spec.noNegativeZero) {
    throw new PyError('ValueError', 'Negative zero coercion (z) not allowed in integer format specifier')
  }
  if (type === 'c') return formatCharacter(value, spec)
  const isNegative = value < 0
  const radix = RADIXES[type]
  if (radix === undefined) {
    const text = intRepr(value, maxDigits)
    return layoutNumber({ isNegative, prefix: '', digits: isNegative ? text.slice(1) : text, rest: '' }, spec, 3)
  }
  const text = (isNegative ? -value : value).toString(radix[1])
  const digits = type === 'X' ? text.toUpperCase() : text
  return layoutNumber({ isNegative, prefix: spec.alternate ? radix[0] : '', digits, rest: '' }, spec, 4)
}

function formatCharacter(value: number | bigint, spec: FormatSpec): Str {
  if (spec.sign !== '') {
    throw new PyError('ValueError', "Sign not allowed with integer format specifier 'c'")
  }
  if (spec.alternate) {
    throw new PyError('ValueError', "Alternate form (#) not allowed with integer format specifier 'c'")
  }
  if (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value) {
    throw new PyError('OverflowError', 'Python int too large to convert to C long')
  }
  if (value < 0 || value > 0x10ffff) {
    throw new PyError('OverflowError', '%c arg not in range(0x110000)')
  }
  const char = strFromCodePoint(Number(value))
  return alignText(char, spec.align === '=' ? { ...spec, align: '>' } : spec)
}

/** The float nearest to an int. Throws `OverflowError`. */
export function intToFloat(value: number | bigint): number {
  const result = Number(value)
  if (!Number.isFinite(result)) throw new PyError('OverflowError', 'int too large to convert to float')
  return result
}
