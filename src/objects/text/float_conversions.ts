/** Floats as hexadecimal text, as fractions and as ints; rounding to decimal places. */
import { PyError } from '../../base/errors.ts'
import { floatRepr } from '../../base/float_text.ts'
import { canonicalInt, type Str } from '../../base/values.ts'
import { fixedDigits, mantissaAndExponent, roundScaled } from './float_digits.ts'

/** Beyond these, rounding to decimal places changes nothing, or leaves zero. */
const MAX_ROUND_DIGITS = 323
const MIN_ROUND_DIGITS = -308

/** Least exponent of a power of two that is a double. */
const MIN_EXPONENT = -1074

/** `value.hex()`. */
export function floatHex(value: number): string {
  if (!Number.isFinite(value)) return floatRepr(value)
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  if (value === 0) return `${sign}0x0.0p+0`
  const { mantissa, exponent } = mantissaAndExponent(Math.abs(value))
  const digits = mantissa.toString(16).padStart(14, '0')
  const power = exponent + 52
  return `${sign}0x${digits[0]}.${digits.slice(1)}p${power < 0 ? '' : '+'}${power}`
}

const HEX_FLOAT = /^([+-]?)(?:(infinity|inf|nan)|(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?)(.*)$/is

/** `float.fromhex(text)`. Throws `ValueError`, `OverflowError`. */
export function floatFromHex(text: Str): number {
  const trimmed = typeof text === 'string' ? text.replace(/^[\t-\r ]+|[\t-\r ]+$/g, '') : '?'
  const match = HEX_FLOAT.exec(trimmed)!
  const name = match[2]?.toLowerCase()
  const magnitude = name === undefined ? hexMagnitude(match) : name === 'nan' ? Number.NaN : Infinity
  // That a number is too large is said before what follows it is looked at.
  if (match[6] !== '' || magnitude < 0) {
    throw new PyError('ValueError', 'invalid hexadecimal floating-point string')
  }
  return match[1] === '-' ? -magnitude : magnitude
}

/** The number that a match found; −1 if it has no digits. */
function hexMagnitude(match: RegExpExecArray): number {
  const whole = match[3] ?? ''
  const fraction = match[4] ?? ''
  if (whole + fraction === '') return -1
  const mantissa = BigInt(`0x${whole}${fraction}`)
  if (mantissa === 0n) return 0
  const magnitude = scaledByPowerOfTwo(mantissa, Number(match[5] ?? 0) - 4 * fraction.length)
  if (magnitude === Infinity) {
    throw new PyError('OverflowError', 'hexadecimal value too large to represent as a float')
  }
  return magnitude
}

/** `mantissa` × 2^`exponent`, rounded to the nearest double, ties to even. The mantissa is above zero. */
function scaledByPowerOfTwo(mantissa: bigint, exponent: number): number {
  const size = mantissa.toString(16).length * 4
  if (size + exponent > 1100) return Infinity
  if (size + exponent < MIN_EXPONENT - 8) return 0
  // Leading bits of the first digit may be zero, which the exact length leaves out.
  const bits = size - (Math.clz32(Number.parseInt(mantissa.toString(16)[0], 16)) - 28)
  const shift = Math.max(bits - 53, MIN_EXPONENT - exponent, 0)
  let kept = mantissa >> BigInt(shift)
  const twice = (mantissa - (kept << BigInt(shift))) * 2n
  const unit = 1n << BigInt(shift)
  if (twice > unit || (twice === unit && (kept & 1n) === 1n)) kept += 1n
  return Number(kept) * 2 ** (exponent + shift)
}

/** `value.as_integer_ratio()`. Throws `OverflowError` for infinities, `ValueError` for NaN. */
export function floatIntegerRatio(value: number): [number | bigint, number | bigint] {
  if (Number.isNaN(value)) throw new PyError('ValueError', 'cannot convert NaN to integer ratio')
  if (!Number.isFinite(value)) throw new PyError('OverflowError', 'cannot convert Infinity to integer ratio')
  if (Number.isSafeInteger(value)) return [value === 0 ? 0 : value, 1]
  let { mantissa, exponent } = mantissaAndExponent(Math.abs(value))
  for (; exponent < 0 && (mantissa & 1n) === 0n; exponent++) mantissa >>= 1n
  const numerator = exponent > 0 ? mantissa << BigInt(exponent) : mantissa
  const denominator = exponent < 0 ? 1n << BigInt(-exponent) : 1n
  return [canonicalInt(value < 0 ? -numerator : numerator), canonicalInt(denominator)]
}

/** `int(value)`. Throws `OverflowError` for infinities, `ValueError` for NaN. */
export function floatToInt(value: number): number | bigint {
  if (Number.isNaN(value)) throw new PyError('ValueError', 'cannot convert float NaN to integer')
  if (!Number.isFinite(value)) throw new PyError('OverflowError', 'cannot convert float infinity to integer')
  const whole = Math.trunc(value)
  if (Number.isSafeInteger(whole)) return whole === 0 ? 0 : whole
  return canonicalInt(BigInt(whole))
}

/** `round(value)`: the nearest int, ties to even. Throws as `floatToInt`. */
export function roundFloatToInt(value: number): number | bigint {
  const down = Math.floor(value)
  const rest = value - down
  return floatToInt(rest < 0.5 || (rest === 0.5 && down % 2 === 0) || !(rest > 0) ? down : down + 1)
}

/** `round(value, places)`: the nearest float of so many decimal places, ties to even. Throws `OverflowError`. */
export function roundFloat(value: number, places: number): number {
  if (!Number.isFinite(value) || value === 0 || places > MAX_ROUND_DIGITS) return value
  const sign = value < 0 ? -1 : 1
  if (places < MIN_ROUND_DIGITS) return sign * 0
  const magnitude = Math.abs(value)
  const text = places >= 0 ? fixedDigits(magnitude, places) : `${roundScaled(magnitude, places)}e${-places}`
  const rounded = Number(text)
  if (rounded === Infinity) throw new PyError('OverflowError', 'rounded value too large to represent')
  return sign * rounded
}
