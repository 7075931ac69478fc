import { PyError } from '../../base/errors.ts'

/** The bits of a half-precision float (IEEE 754 binary16), rounded half to even. Throws `OverflowError`. */
export function packHalf(x: number): number {
  const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0
  const size = Math.abs(x)
  if (Number.isNaN(x)) return sign | 0x7e00
  if (size === Infinity) return sign | 0x7c00
  if (size >= 65520) throw new PyError('OverflowError', 'float too large to pack with e format')
  if (size < 2 ** -14) return sign | roundHalfEven(size * 2 ** 24)
  let exponent = Math.floor(Math.log2(size))
  if (2 ** exponent > size) exponent--
  else if (2 ** (exponent + 1) <= size) exponent++
  // A mantissa that rounds up to 2048 goes over into the exponent by itself.
  return sign | (((exponent + 14) << 10) + roundHalfEven(size * 2 ** (10 - exponent)))
}

function roundHalfEven(value: number): number {
  const whole = Math.floor(value)
  const over = value - whole
  return over > 0.5 || (over === 0.5 && (whole & 1) === 1) ? whole + 1 : whole
}

/** The half-precision float with these bits. */
export function unpackHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 0x3ff
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25)
}
