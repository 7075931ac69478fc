import { canonicalInt } from '../../base/values.ts'
import { intAdd, intNegate, intSub } from '../../objects/number/int_arith.ts'
import { add, subtract } from './arith.ts'
import { compareValues, copySign } from './compare.ts'
import {
  adjusted,
  CLAMPED,
  type Context,
  Dec,
  DIVISION_BY_ZERO,
  derived,
  digitCount,
  ERRORS,
  EXP_CLAMP,
  EXP_INF,
  type Exp,
  etiny,
  etop,
  FINITE,
  finite,
  INEXACT,
  INFINITE,
  INVALID_OPERATION,
  infinity,
  invalid,
  isZero,
  MAX_EMAX,
  MAX_PREC,
  MIN_ETINY,
  OVERFLOW,
  pow10,
  QNAN,
  ROUND_CEILING,
  ROUND_FLOOR,
  ROUNDED,
  Status,
  SUBNORMAL,
  shiftLeft,
  trailingZeros,
  UNDERFLOW,
} from './number.ts'
import { finalize, finish, largest, nanOf, nanOf2, removed, roundOff, shiftRight } from './rounding.ts'

/*
 * Operations that change the representation of one number: its exponent, its neighbours, its digits' places.
 */

/** Whether a number is normal in a context; zeros and special numbers are neither normal nor subnormal. */
export function isNormal(a: Dec, ctx: Context): boolean {
  return a.kind === FINITE && a.coef !== 0n && adjusted(a) >= ctx.emin
}

export function isSubnormal(a: Dec, ctx: Context): boolean {
  return a.kind === FINITE && a.coef !== 0n && adjusted(a) < ctx.emin
}

/** What `number_class` says. */
export function numberClass(a: Dec, ctx: Context): string {
  if (a.kind >= QNAN) return a.kind === QNAN ? 'NaN' : 'sNaN'
  const sign = a.negative ? '-' : '+'
  if (a.kind === INFINITE) return `${sign}Infinity`
  return sign + (a.coef === 0n ? 'Zero' : isNormal(a, ctx) ? 'Normal' : 'Subnormal')
}

/** `a` with the exponent of `b`. */
export function quantize(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  if (a.kind !== FINITE || b.kind !== FINITE) {
    const nan = nanOf2(a, b, ctx, st)
    if (nan !== undefined) return nan
    return a.kind === INFINITE && b.kind === INFINITE ? a : invalid(INVALID_OPERATION, st)
  }
  const { exp } = b
  if (exp > ctx.emax || exp < etiny(ctx)) return invalid(INVALID_OPERATION, st)
  if (a.coef === 0n) return finish(a.negative, 0n, 1, exp, ctx, st)
  const distance = intSub(a.exp, exp)
  if (intAdd(distance, a.digits) > ctx.prec) return invalid(INVALID_OPERATION, st)
  let result: Dec
  let met = 0
  if (distance >= 0) {
    const digits = a.digits + digitCount(distance)
    result = new Dec(FINITE, a.negative, shiftLeft(a.coef, distance), digits, exp)
  } else {
    result = roundOff(a.negative, a.coef, a.digits, intNegate(distance), exp, ctx.round)
    if (result.digits > ctx.prec) return invalid(INVALID_OPERATION, st)
    met = removed.digit === 0 ? ROUNDED : ROUNDED | INEXACT
  }
  const adj = adjusted(result)
  if (adj > ctx.emax || adj < etiny(ctx)) return invalid(INVALID_OPERATION, st)
  st.bits |= met
  return finish(result.negative, result.coef, result.digits, result.exp, ctx, st)
}

/** `a` with an exponent, whatever the context's precision and limits: what formatting does. `fmt` widens the limit. */
export function rescale(a: Dec, exp: Exp, ctx: Context, st: Status, fmt = false): Dec {
  if (exp > MAX_EMAX + 1n || exp < (fmt ? MIN_ETINY - MAX_PREC : MIN_ETINY)) return invalid(INVALID_OPERATION, st)
  if (a.kind !== FINITE) return a
  if (a.coef === 0n) return new Dec(FINITE, a.negative, 0n, 1, exp)
  const distance = intSub(a.exp, exp)
  let result: Dec
  if (distance >= 0) {
    if (intAdd(distance, a.digits) > MAX_PREC + 1n) return invalid(INVALID_OPERATION, st)
    result = new Dec(FINITE, a.negative, shiftLeft(a.coef, distance), a.digits + Number(distance), exp)
  } else {
    result = roundOff(a.negative, a.coef, a.digits, intNegate(distance), exp, ctx.round)
    st.bits |= removed.digit === 0 ? ROUNDED : ROUNDED | INEXACT
  }
  if (isSubnormal(result, ctx)) st.bits |= SUBNORMAL
  return result
}

/** The integer that rounding gives. */
export function toIntegral(a: Dec, ctx: Context, st: Status): Dec {
  if (a.kind !== FINITE) return nanOf(a, ctx, st) ?? a
  if (a.exp >= 0) return a
  if (a.coef === 0n) return new Dec(FINITE, a.negative, 0n, 1, 0)
  return roundOff(a.negative, a.coef, a.digits, intNegate(a.exp), 0, ctx.round)
}

/** As `toIntegral`, with the conditions of rounding. */
export function toIntegralExact(a: Dec, ctx: Context, st: Status): Dec {
  const result = toIntegral(a, ctx, st)
  if (result !== a && a.kind === FINITE && a.coef !== 0n) {
    st.bits |= removed.digit === 0 ? ROUNDED : ROUNDED | INEXACT
  }
  return result
}

/** The number without zeros at its end. */
export function reduce(a: Dec, ctx: Context, st: Status): Dec {
  if (a.kind !== FINITE) return nanOf(a, ctx, st) ?? a
  const result = finish(a.negative, a.coef, a.digits, a.exp, ctx, st)
  if (result.kind !== FINITE) return result
  if (result.coef === 0n) return new Dec(FINITE, a.negative, 0n, 1, 0)
  const room = intSub(ctx.clamp === 1 ? etop(ctx) : ctx.emax, result.exp)
  const zeros = trailingZeros(result.coef, room)
  if (zeros === 0) return result
  const coef = result.coef / pow10(zeros)
  return new Dec(FINITE, result.negative, coef, result.digits - zeros, intAdd(result.exp, zeros))
}

/** The nearest number in a direction: up (`sign` 1) or down (−1). */
function neighbour(a: Dec, sign: 1 | -1, ctx: Context, st: Status): Dec {
  if (a.kind !== FINITE) {
    const nan = nanOf(a, ctx, st)
    if (nan !== undefined) return nan
    if (a.negative === sign < 0) return a
    digitCount(ctx.prec)
    return largest(sign > 0, ctx)
  }
  const work = derived(ctx, ctx.prec, sign > 0 ? ROUND_CEILING : ROUND_FLOOR, ctx.clamp)
  const met = new Status()
  const rounded = finalize(a, work, met)
  if ((met.bits & (INEXACT | ERRORS)) !== 0) {
    st.bits |= met.bits & ERRORS
    return rounded
  }
  met.bits = 0
  const tiny = new Dec(FINITE, false, 1n, 1, intSub(etiny(ctx), 1))
  const result = sign > 0 ? add(a, tiny, work, met) : subtract(a, tiny, work, met)
  st.bits |= met.bits & ERRORS
  return result
}

export function nextMinus(a: Dec, ctx: Context, st: Status): Dec {
  return neighbour(a, -1, ctx, st)
}

export function nextPlus(a: Dec, ctx: Context, st: Status): Dec {
  return neighbour(a, 1, ctx, st)
}

export function nextToward(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  const nan = nanOf2(a, b, ctx, st)
  if (nan !== undefined) return nan
  const order = compareValues(a, b)
  if (order === 0) return copySign(a, b)
  const result = neighbour(a, order < 0 ? 1 : -1, ctx, st)
  if (result.kind === INFINITE) st.bits |= OVERFLOW | ROUNDED | INEXACT
  else if (adjusted(result) < ctx.emin) {
    st.bits |= UNDERFLOW | SUBNORMAL | ROUNDED | INEXACT
    if (isZero(result)) st.bits |= CLAMPED
  }
  return result
}

/** The exponent of the first digit as a number. */
export function logb(a: Dec, ctx: Context, st: Status): Dec {
  if (a.kind !== FINITE) return nanOf(a, ctx, st) ?? infinity(false)
  if (a.coef === 0n) {
    st.bits |= DIVISION_BY_ZERO
    return infinity(true)
  }
  const adj = BigInt(adjusted(a))
  return finalize(finite(adj < 0n, adj < 0n ? -adj : adj, 0), ctx, st)
}

/** The integer that says how far `shift`, `rotate` and `scaleb` go; `undefined` where it is none of 64 bits. */
function distanceOf(b: Dec): Exp | undefined {
  if (b.kind !== FINITE || b.exp !== 0 || b.digits > 20) return undefined
  return canonicalInt(b.negative ? -b.coef : b.coef)
}

/** `a * 10 ** b`. */
export function scaleb(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  const nan = nanOf2(a, b, ctx, st)
  if (nan !== undefined) return nan
  const n = distanceOf(b)
  const most = intAdd(intAdd(ctx.emax, ctx.prec), intAdd(ctx.emax, ctx.prec))
  if (n === undefined || n > most || n < intNegate(most)) return invalid(INVALID_OPERATION, st)
  if (a.kind === INFINITE) return a
  let exp = intAdd(a.exp, n)
  if (exp > EXP_INF) exp = EXP_INF
  if (exp < EXP_CLAMP) exp = EXP_CLAMP
  return finish(a.negative, a.coef, a.digits, exp, ctx, st)
}

/** The distance of `shift` and `rotate`, which is at most the precision. */
function placesOf(a: Dec, b: Dec, ctx: Context, st: Status): number | Dec {
  const nan = nanOf2(a, b, ctx, st)
  if (nan !== undefined) return nan
  const n = distanceOf(b)
  if (n === undefined || n > ctx.prec || n < intNegate(ctx.prec)) return invalid(INVALID_OPERATION, st)
  return a.kind === INFINITE ? a : digitCount(n)
}

/** The last digits of a coefficient, as many as the precision. */
function capped(coef: bigint, digits: number, ctx: Context): bigint {
  return digits > ctx.prec ? coef % pow10(Number(ctx.prec)) : coef
}

export function shift(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  const n = placesOf(a, b, ctx, st)
  if (typeof n !== 'number') return n
  if (n >= 0) return finite(a.negative, capped(shiftLeft(a.coef, n), a.digits + n, ctx), a.exp)
  const coef = capped(a.coef, a.digits, ctx)
  return finite(a.negative, shiftRight(coef, a.digits, -n), a.exp)
}

export function rotate(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  const n = placesOf(a, b, ctx, st)
  if (typeof n !== 'number') return n
  const prec = digitCount(ctx.prec)
  const left = n >= 0 ? n : prec + n
  const coef = capped(a.coef, a.digits, ctx)
  const high = capped(shiftLeft(coef, left), Math.min(a.digits, prec) + left, ctx)
  const low = shiftRight(coef, a.digits, prec - left)
  return finite(a.negative, high + low, a.exp)
}

/** The digits of a logical operand from the last to the first; `null` where it is none. */
function logicalDigits(a: Dec): string | null {
  if (a.kind !== FINITE || a.negative || a.exp !== 0) return null
  const text = a.coef.toString()
  return /^[01]*$/.test(text) ? text : null
}

/** A logical result of binary digits, cut to the precision. */
function fromBits(bits: bigint, ctx: Context): Dec {
  const coef = BigInt(bits.toString(2))
  const digits = coef.toString().length
  return finite(false, capped(coef, digits, ctx), 0)
}

function logical(combine: (a: bigint, b: bigint) => bigint) {
  return (a: Dec, b: Dec, ctx: Context, st: Status): Dec => {
    const [left, right] = [logicalDigits(a), logicalDigits(b)]
    if (left === null || right === null) return invalid(INVALID_OPERATION, st)
    return fromBits(combine(BigInt(`0b${left}`), BigInt(`0b${right}`)), ctx)
  }
}

export const logicalAnd = logical((a, b) => a & b)
export const logicalOr = logical((a, b) => a | b)
export const logicalXor = logical((a, b) => a ^ b)

export function logicalInvert(a: Dec, ctx: Context, st: Status): Dec {
  const text = logicalDigits(a)
  if (text === null) return invalid(INVALID_OPERATION, st)
  const width = Math.max(text.length, digitCount(ctx.prec))
  return fromBits(((1n << BigInt(width)) - 1n) ^ BigInt(`0b${text}`), ctx)
}
