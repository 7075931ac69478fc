import { intAdd, intSub } from '../../objects/number/int_arith.ts'
import { add, subtract } from './arith.ts'
import { compareAbs } from './compare.ts'
import { BITS_PER_DIGIT, bitsFor, expFixed, ln10, lnFixed } from './fixed_point.ts'
import { expSteps, lnSteps, log10Steps } from './log_steps.ts'
import {
  adjusted,
  CLAMPED,
  type Context,
  countDigits,
  Dec,
  derived,
  digitCount,
  type Exp,
  etiny,
  FINITE,
  finite,
  INEXACT,
  INVALID_OPERATION,
  infinity,
  invalid,
  isZero,
  MIN_ETINY,
  maxContext,
  ONE,
  OVERFLOW,
  pow10,
  ROUND_HALF_EVEN,
  ROUNDED,
  Status,
  SUBNORMAL,
  trailingZeros,
  UNDERFLOW,
  wideContext,
  ZERO,
} from './number.ts'
import { finalize, finish, nanOf } from './rounding.ts'

/*
 * `exp`, `ln` and `log10`, correctly rounded to half even. A result counts once its neighbours round to the same number.
 */

/** A number as fixed point. */
function toFixed(coef: bigint, exp: number, bits: number): bigint {
  const shifted = coef << BigInt(bits)
  return exp >= 0 ? shifted * pow10(exp) : shifted / pow10(-exp)
}

/** A fixed-point number, its magnitude, with so many decimal digits after `10 ** exp`. */
function fromFixed(x: bigint, bits: number, digits: number, exp: Exp): Dec {
  const scaled = (x < 0n ? -x : x) * pow10(digits)
  return finite(x < 0n, scaled >> BigInt(bits), intSub(exp, digits))
}

/** The result of an approximation that is at most a unit in digit number `prec` wrong; `undefined` where that may matter. */
function settled(approximation: Dec, prec: number, ctx: Context, st: Status): Dec | undefined {
  if (approximation.coef !== 0n) {
    const unit = new Dec(FINITE, false, 1n, 1, intAdd(approximation.exp, approximation.digits - prec))
    const work = derived(ctx, ctx.prec, ROUND_HALF_EVEN, 0)
    const ignored = new Status()
    const above = add(approximation, unit, work, ignored)
    const below = subtract(approximation, unit, work, ignored)
    if (above.kind !== below.kind || compareAbs(above, below) !== 0) return undefined
  }
  st.bits |= INEXACT | ROUNDED
  const underflows = approximation.coef !== 0n && adjusted(approximation) < ctx.emin && approximation.exp < etiny(ctx)
  if (underflows) st.bits |= UNDERFLOW
  return finalize(approximation, derived(ctx, ctx.prec, ROUND_HALF_EVEN, ctx.clamp), st)
}

/** Whether a result may be the smallest normal number or just below it. */
function isAtLimit(approximation: Dec, prec: number, ctx: Context): boolean {
  const adj = adjusted(approximation)
  if (approximation.coef === 0n || (adj !== ctx.emin && adj !== intSub(ctx.emin, 1))) return false
  const limit = new Dec(FINITE, approximation.negative, 1n, 1, ctx.emin)
  const distance = subtract(approximation, limit, maxContext, new Status())
  return distance.coef === 0n || adjusted(distance) <= intSub(adj, prec - 3)
}

/**
 * Tries with more and more digits until rounding is certain. `compute` and `steps` give an approximation with so many
 * digits, the latter as libmpdec does.
 */
function correctlyRounded(ctx: Context, st: Status, compute: (prec: number) => Dec, steps: (prec: number) => Dec): Dec {
  let approximate = compute
  for (let prec = digitCount(ctx.prec) + 3; ; prec += 19) {
    let approximation = approximate(prec)
    if (approximate === compute && isAtLimit(approximation, prec, ctx)) {
      approximate = steps
      approximation = steps(prec)
    }
    const result = settled(approximation, prec, ctx, st)
    if (result !== undefined) return result
  }
}

/** Digits before the point from which on `e ** x` is beyond all contexts. */
const EXP_DIGITS = 19

/** `e ** a`. */
export function exp(a: Dec, ctx: Context, st: Status): Dec {
  if (a.kind !== FINITE) return nanOf(a, ctx, st) ?? (a.negative ? ZERO : a)
  if (a.coef === 0n) return ONE
  const before = intAdd(a.exp, a.digits)
  const work = derived(ctx, ctx.prec, ROUND_HALF_EVEN, ctx.clamp)
  if (before > EXP_DIGITS) {
    if (!a.negative) {
      st.bits |= OVERFLOW | INEXACT | ROUNDED
      return infinity(false)
    }
    st.bits |= INEXACT | ROUNDED | SUBNORMAL | UNDERFLOW | CLAMPED
    return finish(false, 0n, 1, intSub(etiny(ctx), 3), work, st)
  }
  const first = digitCount(ctx.prec)
  const whole = Math.max(0, Number(before))
  const compute = (prec: number) => {
    // Below 9·10^(−prec−1) the result rounds as 1 does, with as many digits as there is room for.
    const limit = new Dec(FINITE, false, 9n, 1, -(prec + 1))
    if (compareAbs(a, limit) <= 0) return new Dec(FINITE, false, pow10(first - 1), first, -(first - 1))
    const digits = prec + 6
    const bits = bitsFor(digits + whole)
    const x = toFixed(a.negative ? -a.coef : a.coef, Number(a.exp), bits)
    const ten = ln10(bits)
    let tens = x / ten
    if (tens * ten > x) tens -= 1n
    return fromFixed(expFixed(x - tens * ten, bits), bits, digits, tens)
  }
  return correctlyRounded(ctx, st, compute, (prec) => {
    const result = expSteps(a, prec)
    const missing = first - result.digits
    return missing <= 0
      ? result
      : new Dec(FINITE, false, result.coef * pow10(missing), first, intSub(result.exp, missing))
  })
}

/** `ln(a)` as fixed point for a finite positive `a` other than 1, with so many significant digits. */
function lnOf(a: Dec, digits: number): { value: bigint; bits: number } {
  let tens = adjusted(a)
  let scale = a.digits - 1
  // Between 0.33 and 3.3, so that what is near 1 has no multiple of ln(10) to be taken away again.
  const lead = Number(a.coef / pow10(Math.max(0, a.digits - 3))) / 10 ** Math.min(2, a.digits - 1)
  if (lead > 3.2) {
    tens = intAdd(tens, 1)
    scale++
  }
  const extra = tens === 0 ? smallness(a) : 0
  const bits = bitsFor(digits + extra + 20)
  const v = toFixed(a.coef, -scale, bits)
  return { value: lnFixed(v, bits) + BigInt(tens) * ln10(bits), bits }
}

/** Zeros after the point of `a - 1`, for an `a` near 1. */
function smallness(a: Dec): number {
  const difference = subtract(a, ONE, wideContext(a.digits + 30), new Status())
  return Math.max(0, -Number(adjusted(difference)))
}

/** A number with the given sign below all that a context can tell from zero; `undefined` where `ln(a)` is not that small. */
function vanishing(a: Dec, ctx: Context, prec: number): Dec | undefined {
  const adj = adjusted(a)
  if (adj !== 0 && adj !== -1) return undefined
  const order = adj === 0 ? 1 : -1
  const difference = subtract(a, ONE, wideContext(a.digits + 30), new Status())
  const bound = order < 0 ? intAdd(adjusted(difference), 1) : adjusted(difference)
  const tiny = intSub(ctx.emin, prec - 1)
  if (bound >= tiny) return undefined
  return new Dec(FINITE, order < 0, 1n, 1, intSub(tiny, 1))
}

/** What both logarithms give for operands that need no computing. */
function logOfSpecial(a: Dec, ctx: Context, st: Status): Dec | undefined {
  if (a.kind !== FINITE) {
    const nan = nanOf(a, ctx, st)
    if (nan !== undefined) return nan
    return a.negative ? invalid(INVALID_OPERATION, st) : a
  }
  if (isZero(a)) return infinity(true)
  return a.negative ? invalid(INVALID_OPERATION, st) : undefined
}

/** The result where the magnitude of a logarithm, of which a bound is known, has more digits than the context's exponents. */
function logOverflow(a: Dec, factor: number, ctx: Context, st: Status): Dec | undefined {
  const adj = BigInt(adjusted(a))
  const bound = (adj < 0n ? -adj - 1n : adj) * BigInt(factor)
  if (countDigits(bound) - 1 <= ctx.emax) return undefined
  st.bits |= OVERFLOW | INEXACT | ROUNDED
  return infinity(adj < 0n)
}

/** The natural logarithm. */
export function ln(a: Dec, ctx: Context, st: Status): Dec {
  const special = logOfSpecial(a, ctx, st)
  if (special !== undefined) return special
  if (compareAbs(a, ONE) === 0) return ZERO
  return (
    logOverflow(a, 2, ctx, st) ??
    correctlyRounded(
      ctx,
      st,
      (prec) => {
        const none = vanishing(a, ctx, prec)
        if (none !== undefined) return none
        const { value, bits } = lnOf(a, prec + 6)
        return significant(value, bits, prec + 6)
      },
      (prec) => lnSteps(a, prec, intSub(ctx.emin, prec - 1)),
    )
  )
}

/** A fixed-point number with so many significant digits. */
function significant(value: bigint, bits: number, digits: number): Dec {
  const magnitude = value < 0n ? -value : value
  const length = magnitude.toString(16).length * 4 - bits
  const adj = Math.floor(length / BITS_PER_DIGIT)
  const places = Math.max(0, digits - adj)
  return fromFixed(value, bits, places, 0)
}

/** The logarithm to base ten. */
export function log10(a: Dec, ctx: Context, st: Status): Dec {
  const special = logOfSpecial(a, ctx, st)
  if (special !== undefined) return special
  const work = derived(ctx, ctx.prec, ROUND_HALF_EVEN, ctx.clamp)
  if (trailingZeros(a.coef, a.digits) === a.digits - 1 && a.coef === pow10(a.digits - 1)) {
    const adj = BigInt(adjusted(a))
    return finalize(finite(adj < 0n, adj < 0n ? -adj : adj, 0), work, st)
  }
  return (
    logOverflow(a, 1, ctx, st) ??
    correctlyRounded(
      ctx,
      st,
      (prec) => {
        const { value, bits } = lnOf(a, prec + 6)
        return significant((value << BigInt(bits)) / ln10(bits), bits, prec + 6)
      },
      (prec) => log10Steps(a, prec, MIN_ETINY),
    )
  )
}
