import { PyError } from '../../base/errors.ts'

/* The functions of `math` that look at how a float is made, and those that are exact. */

const view = new DataView(new ArrayBuffer(8))

/** The error of a result that is not defined. */
export function domainError(): PyError {
  return new PyError('ValueError', 'math domain error')
}

/** The error of a result that is too large. */
export function rangeError(): PyError {
  return new PyError('OverflowError', 'math range error')
}

/** `math.copysign`. */
export function copysign(x: number, y: number): number {
  const size = Math.abs(x)
  return y < 0 || Object.is(y, -0) || (Number.isNaN(y) && isNegativeNan(y)) ? -size : size
}

function isNegativeNan(y: number): boolean {
  view.setFloat64(0, y)
  return view.getUint8(0) >= 0x80
}

/** `math.frexp`: a mantissa from 0.5 to 1 and an exponent. */
export function frexp(x: number): [number, number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0]
  let shift = 0
  if (Math.abs(x) < 2.2250738585072014e-308) {
    x *= 2 ** 54
    shift = -54
  }
  view.setFloat64(0, x)
  const high = view.getUint32(0)
  view.setUint32(0, (high & 0x800fffff) | 0x3fe00000)
  return [view.getFloat64(0), ((high >>> 20) & 0x7ff) - 1022 + shift]
}

/** `x * 2 ** exponent` with one rounding. */
export function scaleByPower(x: number, exponent: number): number {
  if (exponent > 2200) exponent = 2200
  else if (exponent < -2200) exponent = -2200
  const [mantissa, own] = frexp(x)
  const sum = own + exponent
  if (x === 0 || !Number.isFinite(x)) return x
  // Every step but the last is exact, as the mantissa keeps its bits.
  if (sum > 1024) return mantissa * Infinity
  if (sum > -1021) return mantissa * 2 ** (sum - 1) * 2
  if (sum < -1080) return mantissa * 0
  return roundSubnormal(mantissa, sum)
}

/** A result below the normal range: a whole number of its smallest units, half to even. */
function roundSubnormal(mantissa: number, exponent: number): number {
  const units = Math.abs(mantissa) * 2 ** (exponent + 1074)
  const whole = Math.floor(units)
  const over = units - whole
  const rounded = over > 0.5 || (over === 0.5 && whole % 2 === 1) ? whole + 1 : whole
  return (mantissa < 0 ? -1 : 1) * rounded * 5e-324
}

/** `math.ldexp`. Throws `OverflowError`. */
export function ldexp(x: number, exponent: number | bigint): number {
  const result = scaleByPower(x, Number(exponent))
  if (!Number.isFinite(result) && Number.isFinite(x)) throw rangeError()
  return result
}

/** `math.modf`: the fractional and the integer part, both with the sign of `x`. */
export function modf(x: number): [number, number] {
  if (Math.abs(x) === Infinity) return [copysign(0, x), x]
  const whole = Math.trunc(x)
  return [copysign(x - whole, x), whole]
}

/** `math.nextafter`. */
export function nextafter(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return x + y
  if (x === y) return y
  if (x === 0) return y > 0 ? 5e-324 : -5e-324
  view.setFloat64(0, x)
  const bits = view.getBigInt64(0)
  view.setBigInt64(0, x < y === x > 0 ? bits + 1n : bits - 1n)
  return view.getFloat64(0)
}

/** `math.ulp`. */
export function ulp(x: number): number {
  const size = Math.abs(x)
  if (!Number.isFinite(size)) return size
  const next = nextafter(size, Infinity)
  return next === Infinity ? size - nextafter(size, 0) : next - size
}

/** `math.isclose`. Throws `ValueError`. */
export function isclose(a: number, b: number, relTol: number, absTol: number): boolean {
  if (relTol < 0 || absTol < 0) throw new PyError('ValueError', 'tolerances must be non-negative')
  if (a === b) return true
  if (Math.abs(a) === Infinity || Math.abs(b) === Infinity) return false
  const distance = Math.abs(b - a)
  return distance <= Math.abs(relTol * b) || distance <= Math.abs(relTol * a) || distance <= absTol
}

/** `math.fmod`. Throws `ValueError`. */
export function fmod(x: number, y: number): number {
  const rest = x % y
  if (Number.isNaN(rest) && !Number.isNaN(x) && !Number.isNaN(y)) throw domainError()
  return rest
}

/** `math.remainder` (IEEE 754): what is left of the nearest multiple of `y`. Throws `ValueError`. */
export function remainder(x: number, y: number): number {
  if (Number.isFinite(x) && Number.isFinite(y) && y !== 0) {
    const size = Math.abs(x)
    const unit = Math.abs(y)
    const rest = size % unit
    const other = unit - rest
    // Half of a unit goes to the even multiple.
    const nearest = rest < other ? rest : rest > other ? -other : rest - 2 * ((0.5 * (size - rest)) % unit)
    return copysign(1, x) * nearest
  }
  if (Number.isNaN(x) || Number.isNaN(y)) return x + y
  if (Math.abs(x) === Infinity || y === 0) throw domainError()
  return x
}

/** `math.degrees`. */
export function degrees(x: number): number {
  return x * (180 / Math.PI)
}

/** `math.radians`. */
export function radians(x: number): number {
  return x * (Math.PI / 180)
}

/**
 * `math.fsum`: the sum rounded once. Throws `OverflowError` or `ValueError`. The partial sums are doubles that do not
 * overlap, in growing order (Shewchuk).
 */
export function fsum(values: readonly number[]): number {
  const partials: number[] = []
  let special = 0
  let infinite = 0
  for (const value of values) {
    let x = value
    let count = 0
    for (let k = 0; k < partials.length; k++) {
      let y = partials[k]!
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x]
      const high = x + y
      const low = y - (high - x)
      if (low !== 0) partials[count++] = low
      x = high
    }
    partials.length = count
    if (x === 0) continue
    if (Number.isFinite(x)) partials.push(x)
    else {
      // Only what was infinite or NaN before counts, not a sum that overflowed.
      if (Number.isFinite(value)) throw new PyError('OverflowError', 'intermediate overflow in fsum')
      if (Math.abs(value) === Infinity) infinite += value
      special += value
      partials.length = 0
    }
  }
  if (special !== 0) {
    if (Number.isNaN(infinite)) throw new PyError('ValueError', '-inf + inf in fsum')
    return special
  }
  return roundPartials(partials)
}

function roundPartials(partials: readonly number[]): number {
  let n = partials.length
  if (n === 0) return 0
  let high = partials[--n]!
  let low = 0
  while (n > 0) {
    const x = high
    const y = partials[--n]!
    high = x + y
    low = y - (high - x)
    if (low !== 0) break
  }
  // Half a unit goes up or down by the sign of what is left below it.
  if (n > 0 && ((low < 0 && partials[n - 1]! < 0) || (low > 0 && partials[n - 1]! > 0))) {
    const y = low * 2
    const x = high + y
    if (y === x - high) return x
  }
  return high
}
