import { canonicalInt } from '../../base/values.ts'
import { intAdd, intNegate, intSub } from '../../objects/number/int_arith.ts'
import { divide, isFinal, multiply, productPower, subtract } from './arith.ts'
import { compareAbs } from './compare.ts'
import { exp, ln } from './logarithms.ts'
import {
  adjusted,
  Context,
  countDigits,
  Dec,
  DIGITS_MAX,
  digitCount,
  ERRORS,
  EXP_INF,
  type Exp,
  etiny,
  FINITE,
  finite,
  INEXACT,
  INFINITE,
  INVALID_OPERATION,
  infinity,
  invalid,
  isZero,
  NAN,
  ONE,
  pow10,
  ROUND_HALF_EVEN,
  ROUNDED,
  Status,
  shiftLeft,
  wideContext,
  withSign,
} from './number.ts'
import { finalize, finish, nanOf2, nanOf3 } from './rounding.ts'

/*
 * Powers. Those with an integer exponent are products, rounded at each step to some digits more than asked for; others
 * are `exp(b * ln(a))`. So results are not always correctly rounded, but the same as libmpdec's.
 */

/** Whether a finite number is an integer. */
function isInteger(a: Dec): boolean {
  if (a.kind !== FINITE) return false
  if (a.coef === 0n || a.exp >= 0) return true
  const places = intNegate(a.exp)
  return places < a.digits && a.coef % pow10(Number(places)) === 0n
}

/** Whether an integer is odd. */
function isOdd(a: Dec): boolean {
  if (a.exp > 0) return false
  return a.exp === 0 ? (a.coef & 1n) === 1n : ((a.coef / pow10(-Number(a.exp))) & 1n) === 1n
}

/** One with as many zeros after the point as the precision allows. */
function paddedOne(negative: boolean, places: Exp): Dec {
  const count = digitCount(places)
  return new Dec(FINITE, negative, pow10(count), count + 1, 0 - count)
}

export function power(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  const nan = nanOf2(a, b, ctx, st)
  if (nan !== undefined) return nan
  const integral = isInteger(b)
  const negative = integral && a.negative && b.coef !== 0n && isOdd(b)
  if (isZero(a)) {
    if (isZero(b)) return invalid(INVALID_OPERATION, st)
    return b.negative ? infinity(negative) : new Dec(FINITE, negative, 0n, 1, 0)
  }
  if (a.negative && (!integral || b.kind === INFINITE)) return invalid(INVALID_OPERATION, st)
  if (b.kind === INFINITE) return infinitePower(a, b, negative, ctx, st)
  if (a.kind === INFINITE) {
    if (isZero(b)) return withSign(ONE, negative)
    return b.negative ? new Dec(FINITE, negative, 0n, 1, 0) : infinity(negative)
  }
  if (b.coef === 0n) return withSign(ONE, negative)
  return (
    powerOfOne(a, b, integral, negative, ctx, st) ??
    boundedPower(a, b, negative, ctx, st) ??
    (integral ? integerPower(a, b, negative, ctx, st) : realPower(a, b, ctx, st))
  )
}

function infinitePower(a: Dec, b: Dec, negative: boolean, ctx: Context, st: Status): Dec {
  const order = compareAbs(a, ONE)
  if (order === 0) {
    st.bits |= INEXACT | ROUNDED
    return paddedOne(negative, intSub(ctx.prec, 1))
  }
  return order < 0 === b.negative ? infinity(negative) : new Dec(FINITE, negative, 0n, 1, 0)
}

/** A power of ±1; `undefined` for other numbers. */
function powerOfOne(a: Dec, b: Dec, integral: boolean, negative: boolean, ctx: Context, st: Status): Dec | undefined {
  if (compareAbs(a, ONE) !== 0) return undefined
  const most = intSub(ctx.prec, 1)
  if (!integral) {
    st.bits |= INEXACT | ROUNDED
    return paddedOne(negative, most)
  }
  if (b.negative) return withSign(ONE, negative)
  // 1.00 ** 3 is 1.000000.
  const places = b.exp > 30 ? EXP_INF : canonicalInt(integerOf(b) * BigInt(intNegate(a.exp)))
  if (a.exp >= 0) return finite(negative, 1n, 0)
  if (places <= most) return paddedOne(negative, places)
  st.bits |= ROUNDED
  return paddedOne(negative, most)
}

/** The integer that a number is. */
function integerOf(a: Dec): bigint {
  return a.exp >= 0 ? shiftLeft(a.coef, a.exp) : a.coef / pow10(-Number(a.exp))
}

/** A lower bound of the exponent of `log10(a)`, for a positive `a` other than 1. */
function logExponent(a: Dec): Exp {
  const adj = adjusted(a)
  if (adj > 0) return digitsOf(adj) - 1
  if (adj < -1) return digitsOf(intAdd(adj, 1)) - 1
  const difference = subtract(a, ONE, wideContext(a.digits + 30), new Status())
  return intSub(adjusted(difference), adj === 0 ? 2 : 1)
}

/** Number of digits of an exponent. */
function digitsOf(n: Exp): number {
  const value = BigInt(n)
  return countDigits(value < 0n ? -value : value)
}

/** A power that is sure to overflow or underflow; `undefined` for others. */
function boundedPower(a: Dec, b: Dec, negative: boolean, ctx: Context, st: Status): Dec | undefined {
  const exponent = intAdd(logExponent(withSign(a, false)), adjusted(b))
  const grows = adjusted(a) < 0 === b.negative
  const limit = grows ? ctx.emax : etiny(ctx)
  if (digitsOf(limit) >= exponent) return undefined
  return finish(negative, 1n, 1, grows ? EXP_INF : intSub(limit, 1), ctx, st)
}

/** As `finalize`, where an infinity is a number too large: rounding decides what becomes of it. */
function finalizeLarge(result: Dec, negative: boolean, ctx: Context, st: Status): Dec {
  if (result.kind === INFINITE) return finish(negative, 1n, 1, EXP_INF, ctx, st)
  return finalize(result, ctx, st)
}

const UINT_MAX = 2n ** 64n - 1n

function integerPower(a: Dec, b: Dec, negative: boolean, ctx: Context, st: Status): Dec {
  const extra = intAdd(intAdd(b.digits, b.exp), b.negative ? 3 : 2)
  const work = new Context(intAdd(ctx.prec, extra), ctx.emax, ctx.emin, ROUND_HALF_EVEN, 0, 0)
  let base = a
  if (b.negative) {
    const met = new Status()
    base = divide(ONE, a, work, met)
    st.bits |= met.bits
    if ((met.bits & ERRORS) !== 0) return finalize(NAN, ctx, st)
  }
  const small = intAdd(b.digits, b.exp) <= 20 ? integerOf(b) : UINT_MAX + 1n
  const result = small <= UINT_MAX ? productPower(base, small, work, st) : largePower(base, b, work, st)
  return finalizeLarge(result.kind >= 2 ? result : withSign(result, negative), negative, ctx, st)
}

/** `base ** b` for a `b` beyond 64 bits, from its lowest bit up. */
function largePower(base: Dec, b: Dec, ctx: Context, st: Status): Dec {
  const met = new Status()
  let result: Dec = ONE
  for (let n = integerOf(b); n !== 0n; n >>= 1n) {
    if ((n & 1n) === 1n) {
      result = multiply(result, base, ctx, met)
      st.bits |= met.bits
      if (isFinal(result, met.bits)) break
    }
    base = multiply(base, base, ctx, met)
    if (base.kind >= 2) return invalid(met.bits & ERRORS, st)
  }
  return result
}

/** Digits that an exponent may have. */
const EXP_DIGITS = 19

function realPower(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  const prec = a.digits > ctx.prec ? a.digits : ctx.prec
  const work = wideContext(intAdd(prec, 4 + EXP_DIGITS))
  const inner = new Status()
  const exponent = multiply(ln(a, work, inner), b, work, inner)
  let result = exp(exponent, work, st)
  st.bits |= (inner.bits & ERRORS) | INEXACT | ROUNDED
  if (result.kind === FINITE && compareAbs(result, ONE) === 0) result = paddedOne(false, intSub(ctx.prec, 1))
  return finalizeLarge(result, false, ctx, st)
}

function modularPower(base: bigint, n: bigint, modulus: bigint): bigint {
  let result = 1n % modulus
  let factor = base % modulus
  for (let rest = n; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * factor) % modulus
    factor = (factor * factor) % modulus
  }
  return result
}

/** `a ** b % modulus` for integers, exactly. */
export function powerModulo(a: Dec, b: Dec, modulus: Dec, ctx: Context, st: Status): Dec {
  const nan = nanOf3(a, b, modulus, ctx, st)
  if (nan !== undefined) return nan
  const fits =
    isInteger(a) &&
    isInteger(b) &&
    isInteger(modulus) &&
    modulus.coef !== 0n &&
    intAdd(modulus.digits, modulus.exp) <= ctx.prec
  if (!fits) return invalid(INVALID_OPERATION, st)
  const negative = a.negative && b.coef !== 0n && isOdd(b)
  if (b.coef === 0n) {
    if (a.coef === 0n) return invalid(INVALID_OPERATION, st)
    return finite(negative, compareAbs(modulus, ONE) === 0 ? 0n : 1n, 0)
  }
  if (b.negative) return invalid(INVALID_OPERATION, st)
  if (a.coef === 0n) return new Dec(FINITE, negative, 0n, 1, 0)
  const m = integerOf(modulus)
  let base = a.exp > 0 ? a.coef * modularPower(10n, BigInt(a.exp), m) : integerOf(a)
  base %= m
  if (b.exp <= 0) return finite(negative, modularPower(base, integerOf(b), m), 0)
  for (let i = digitCount(b.exp > DIGITS_MAX ? DIGITS_MAX : b.exp); i > 0; i--) base = modularPower(base, 10n, m)
  return finite(negative, modularPower(base, b.coef, m), 0)
}
