/**
 * The decimal digits of floats, correctly rounded, ties to even, at any precision. The host's own conversions do most of
 * the work; they end at 100 digits and round ties up, so those cases are computed exactly.
 */

/** A positive number as its decimal digits: the value is 0.digits × 10^point. */
export interface DecimalDigits {
  readonly digits: string
  readonly point: number
}

/** Digits that the host's `toFixed` and `toExponential` can be asked for. */
const HOST_DIGITS = 100

/** No double has more decimal places than this: what is asked for beyond is zeros. */
const MAX_PLACES = 1074

/** No double has more significant digits than this. */
const MAX_SIGNIFICANT = 767

const view = new DataView(new ArrayBuffer(8))

/** The mantissa and the power of two whose product a finite number above zero is. */
export function mantissaAndExponent(value: number): { mantissa: bigint; exponent: number } {
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0) & 0x7fff_ffff_ffff_ffffn
  const biased = Number(bits >> 52n)
  const fraction = bits & 0xf_ffff_ffff_ffffn
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10_0000_0000_0000n, exponent: biased - 1075 }
}

/** The integer nearest to `value` × 10^`power`, ties to even; `value` is finite and above zero. */
export function roundScaled(value: number, power: number): bigint {
  const { mantissa, exponent } = mantissaAndExponent(value)
  let numerator = mantissa
  let denominator = 1n
  if (power >= 0) numerator *= 10n ** BigInt(power)
  else denominator = 10n ** BigInt(-power)
  if (exponent >= 0) numerator <<= BigInt(exponent)
  else denominator <<= BigInt(-exponent)
  const quotient = numerator / denominator
  const twice = (numerator - quotient * denominator) * 2n
  const isUp = twice > denominator || (twice === denominator && (quotient & 1n) === 1n)
  return isUp ? quotient + 1n : quotient
}

/** A number ≥ 0 with `places` digits after the point, as `123.450`; without point where there are none. */
export function fixedDigits(value: number, places: number): string {
  if (value === 0) return places > 0 ? '0.' + '0'.repeat(places) : '0'
  if (places > MAX_PLACES) return fixedDigits(value, MAX_PLACES) + '0'.repeat(places - MAX_PLACES)
  if (value >= 1e21) {
    const whole = BigInt(value).toString()
    return places > 0 ? whole + '.' + '0'.repeat(places) : whole
  }
  if (places <= HOST_DIGITS && !isTie(value, places)) return value.toFixed(places)
  const digits = roundScaled(value, places)
    .toString()
    .padStart(places + 1, '0')
  if (places === 0) return digits
  return digits.slice(0, digits.length - places) + '.' + digits.slice(digits.length - places)
}

/** Whether a number lies halfway between two of that many decimal places: its last bit is one place further. */
function isTie(value: number, places: number): boolean {
  const scaled = value * 2 ** (places + 1)
  return scaled < 2 ** 53 && scaled % 2 === 1
}

/** A number ≥ 0 with that many significant digits, at least one; zeros at the end are kept. */
export function significantDigits(value: number, count: number): DecimalDigits {
  if (value === 0) return { digits: '0'.repeat(count), point: 1 }
  if (count > MAX_SIGNIFICANT) {
    const { digits, point } = significantDigits(value, MAX_SIGNIFICANT)
    return { digits: digits + '0'.repeat(count - MAX_SIGNIFICANT), point }
  }
  if (count <= HOST_DIGITS && !isNearTie(value, count)) {
    const text = value.toExponential(count - 1)
    const at = text.indexOf('e')
    const digits = count === 1 ? text.slice(0, 1) : text[0] + text.slice(2, at)
    return { digits, point: Number(text.slice(at + 1)) + 1 }
  }
  // With fewer digits the exponent might be that of the next power of ten.
  const power = Number(value.toExponential(HOST_DIGITS).split('e')[1])
  const digits = roundScaled(value, count - 1 - power).toString()
  return digits.length === count ? { digits, point: power + 1 } : { digits: digits.slice(0, count), point: power + 2 }
}

/** Whether the digits after those asked for are a five and then zeros, as far as can be seen cheaply. */
function isNearTie(value: number, count: number): boolean {
  const next = value.toExponential(Math.min(HOST_DIGITS, count))
  // Most numbers are known not to be one by their next digit, which costs far less than many digits.
  if (next.charCodeAt(next.indexOf('e') - 1) !== 0x35) return count >= HOST_DIGITS
  const text = value.toExponential(Math.min(HOST_DIGITS, count + 20))
  const at = text.indexOf('e')
  return /^50*$/.test(text.slice(count + 1, at)) || count + 20 > HOST_DIGITS
}

/** The shortest digits that read back as the number, which is finite and not below zero. */
export function shortestDigits(value: number): DecimalDigits {
  const text = value.toExponential()
  const at = text.indexOf('e')
  return { digits: text[0] + text.slice(2, at), point: Number(text.slice(at + 1)) + 1 }
}
