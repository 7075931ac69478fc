/** `format()` of strings. */
import { PyError } from '../../base/errors.ts'
import { type Str, strLength } from '../../base/values.ts'
import { alignText, type FormatDefaults, parseFormatSpec, unknownFormatCode } from './format_spec.ts'
import { strSlice } from './str_sequence.ts'

const DEFAULTS: FormatDefaults = { type: 's', align: '<' }
const TYPE_S = 0x73

/** `format(value, spec)` of a str, whose type has this name. Throws `ValueError`, `MemoryError`. */
export function formatStr(value: Str, spec: Str, typeName = 'str'): Str {
  if (spec === '') return value
  const parsed = parseFormatSpec(spec, typeName, DEFAULTS)
  if (parsed.type !== TYPE_S) throw unknownFormatCode(parsed.type, typeName)
  const where = 'in string format specifier'
  if (parsed.sign !== '') {
    throw new PyError('ValueError', `${parsed.sign === ' ' ? 'Space' : 'Sign'} not allowed ${where}`)
  }
  if (parsed.noNegativeZero) {
    throw new PyError('ValueError', `Negative zero coercion (z) not allowed ${where}`)
  }
  if (parsed.alternate) throw new PyError('ValueError', `Alternate form (#) not allowed ${where}`)
  if (parsed.align === '=') throw new PyError('ValueError', `'=' alignment not allowed ${where}`)
  const { precision } = parsed
  const text = precision >= 0 && precision < strLength(value) ? strSlice(value, 0, precision) : value
  return alignText(text, parsed)
}
