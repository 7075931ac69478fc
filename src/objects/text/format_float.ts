/** `format()` of floats and complex numbers. */
import { PyError } from '../../base/errors.ts'
import { complexRepr, floatRepr } from '../../base/float_text.ts'
import type { Str } from '../../base/values.ts'
import { checkPrecision, type FloatCode, type FloatFlags, floatToText } from './float_format.ts'
import {
  alignText,
  type FormatDefaults,
  type FormatSpec,
  layoutNumber,
  type NumberParts,
  parseFormatSpec,
  unknownFormatCode,
} from './format_spec.ts'

const DEFAULTS: FormatDefaults = { type: '', align: '>' }

/** `format(value, spec)` of a float, whose type has this name. Throws `ValueError`, `MemoryError`. */
export function formatFloat(value: number, spec: Str, typeName = 'float'): Str {
  if (spec === '') return floatRepr(value)
  const parsed = parseFormatSpec(spec, typeName, DEFAULTS)
  checkType(parsed, 'eEfFgGn%', typeName)
  return formatFloatSpec(value, parsed)
}

/** `format(complex(real, imag), spec)`, of a type with this name. Throws `ValueError`, `MemoryError`. */
export function formatComplex(real: number, imag: number, spec: Str, typeName = 'complex'): Str {
  if (spec === '') return complexRepr(real, imag)
  const parsed = parseFormatSpec(spec, typeName, DEFAULTS)
  checkType(parsed, 'eEfFgGn', typeName)
  checkPrecision(parsed.precision)
  if (parsed.fill === '0') {
    throw new PyError('ValueError', 'Zero padding is not allowed in complex format specifier')
  }
  if (parsed.align === '=') {
    throw new PyError('ValueError', "'=' alignment flag is not allowed in complex format specifier")
  }
  const isBare = parsed.type === 0
  const onlyImag = isBare && Object.is(real, 0)
  const unpadded: FormatSpec = { ...parsed, fill: ' ', align: '<', width: -1 }
  const realText = onlyImag ? '' : layoutNumber(partsOf(real, parsed, false), unpadded, 3)
  const imagSpec = onlyImag ? unpadded : { ...unpadded, sign: '+' }
  const text = `${realText}${layoutNumber(partsOf(imag, parsed, false), imagSpec, 3)}j`
  return alignText(isBare && !onlyImag ? `(${text})` : text, parsed)
}

/** A float by a specifier whose type is one of those of floats, or none. Throws `ValueError`, `MemoryError`. */
export function formatFloatSpec(value: number, spec: FormatSpec): Str {
  checkPrecision(spec.precision)
  return layoutNumber(partsOf(value, spec, true), spec, 3)
}

function checkType(spec: FormatSpec, types: string, typeName: string): void {
  if (spec.type !== 0 && !(spec.type < 0x80 && types.includes(String.fromCharCode(spec.type)))) {
    throw unknownFormatCode(spec.type, typeName)
  }
}

/** The text of a float as a specifier wants it, cut before the point. Without type and precision it is that of `repr`. */
function partsOf(value: number, spec: FormatSpec, isFloat: boolean): NumberParts {
  const type = String.fromCharCode(spec.type)
  const isPercent = type === '%'
  const flags: FloatFlags = {
    alternate: spec.alternate,
    addDotZero: isFloat && spec.type === 0,
    noNegativeZero: spec.noNegativeZero,
  }
  const isBare = spec.type === 0
  const code = isBare ? (spec.precision < 0 ? 'r' : 'g') : isPercent ? 'f' : type === 'n' ? 'g' : (type as FloatCode)
  const precision = spec.precision >= 0 ? spec.precision : isBare ? 0 : 6
  const text = floatToText(isPercent ? value * 100 : value, code, precision, flags)
  const isNegative = text.startsWith('-')
  const start = isNegative ? 1 : 0
  let end = start
  while (text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x39) end++
  return { isNegative, prefix: '', digits: text.slice(start, end), rest: text.slice(end) + (isPercent ? '%' : '') }
}
