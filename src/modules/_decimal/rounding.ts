import { intAdd, intSub } from '../../objects/number/int_arith.ts'
import {
  CLAMPED,
  type Context,
  Dec,
  type Exp,
  etiny,
  etop,
  FINITE,
  INEXACT,
  INVALID_OPERATION,
  infinity,
  OVERFLOW,
  pow10,
  QNAN,
  ROUND_05UP,
  ROUND_CEILING,
  ROUND_DOWN,
  ROUND_FLOOR,
  ROUND_HALF_DOWN,
  ROUND_HALF_EVEN,
  ROUND_HALF_UP,
  ROUNDED,
  SNAN,
  type Status,
  SUBNORMAL,
  shiftLeft,
  UNDERFLOW,
} from './number.ts'

/*
 * Making results fit their context. What rounding takes away is known by one digit: 0 for nothing, 5 for exactly half,
 * 1 for less, 6 for more.
 */

/** What `shiftRight` took away last. */
export const removed = { digit: 0 }

/** `coef / 10 ** n` cut, for `n` ≥ 0; `removed.digit` tells of the rest. */
export function shiftRight(coef: bigint, digits: number, n: Exp): bigint {
  if (coef === 0n || n === 0) {
    removed.digit = 0
    return coef
  }
  if (n > digits) {
    removed.digit = 1
    return 0n
  }
  const power = pow10(Number(n))
  const quotient = n === digits ? 0n : coef / power
  const rest = coef - quotient * power
  if (rest === 0n) removed.digit = 0
  else {
    const twice = rest + rest
    removed.digit = twice < power ? 1 : twice === power ? 5 : 6
  }
  return quotient
}

/** Whether a coefficient that lost `digit` grows by one. */
function increments(coef: bigint, negative: boolean, digit: number, round: number): boolean {
  if (digit === 0) return false
  switch (round) {
    case ROUND_DOWN:
      return false
    case ROUND_HALF_EVEN:
      return digit > 5 || (digit === 5 && (coef & 1n) === 1n)
    case ROUND_HALF_UP:
      return digit >= 5
    case ROUND_HALF_DOWN:
      return digit > 5
    case ROUND_CEILING:
      return !negative
    case ROUND_FLOOR:
      return negative
    case ROUND_05UP:
      return coef % 5n === 0n
    default:
      return true
  }
}

/** The largest number of a context. */
export function largest(negative: boolean, ctx: Context): Dec {
  const prec = Number(ctx.prec)
  return new Dec(FINITE, negative, pow10(prec) - 1n, prec, etop(ctx))
}

function overflowed(negative: boolean, ctx: Context): Dec {
  switch (ctx.round) {
    case ROUND_DOWN:
    case ROUND_05UP:
      return largest(negative, ctx)
    case ROUND_CEILING:
      return negative ? largest(true, ctx) : infinity(false)
    case ROUND_FLOOR:
      return negative ? infinity(true) : largest(false, ctx)
    default:
      return infinity(negative)
  }
}

/** A finite result that fits its context: rounded, overflowed, subnormal or folded down (`mpd_qfinalize`). */
export function finish(negative: boolean, coef: bigint, digits: number, exp: Exp, ctx: Context, st: Status): Dec {
  if (digits <= ctx.prec && typeof exp === 'number' && ctx.clamp === 0) {
    const adj = exp + digits - 1
    if (adj <= ctx.emax && adj >= ctx.emin) return new Dec(FINITE, negative, coef, digits, exp)
  }
  const adj = intAdd(exp, digits - 1)
  if (adj > ctx.emax) {
    if (coef === 0n) {
      st.bits |= CLAMPED
      return new Dec(FINITE, negative, 0n, 1, ctx.clamp === 1 ? etop(ctx) : ctx.emax)
    }
    st.bits |= OVERFLOW | INEXACT | ROUNDED
    return overflowed(negative, ctx)
  }
  if (ctx.clamp === 1 && exp > etop(ctx)) return foldDown(negative, coef, digits, exp, ctx, st)
  if (adj < ctx.emin) return subnormal(negative, coef, digits, exp, ctx, st)
  if (digits > ctx.prec) return roundToPrecision(negative, coef, digits, exp, ctx, st)
  return new Dec(FINITE, negative, coef, digits, exp)
}

function foldDown(negative: boolean, coef: bigint, digits: number, exp: Exp, ctx: Context, st: Status): Dec {
  const top = etop(ctx)
  st.bits |= CLAMPED
  if (coef === 0n) return new Dec(FINITE, negative, 0n, 1, top)
  const shift = Number(intSub(exp, top))
  if (intAdd(exp, digits - 1) < ctx.emin) st.bits |= SUBNORMAL
  return new Dec(FINITE, negative, shiftLeft(coef, shift), digits + shift, top)
}

function subnormal(negative: boolean, coef: bigint, digits: number, exp: Exp, ctx: Context, st: Status): Dec {
  const tiny = etiny(ctx)
  if (coef === 0n) {
    if (exp >= tiny) return new Dec(FINITE, negative, 0n, 1, exp)
    st.bits |= CLAMPED
    return new Dec(FINITE, negative, 0n, 1, tiny)
  }
  st.bits |= SUBNORMAL
  if (exp >= tiny) return new Dec(FINITE, negative, coef, digits, exp)
  const shift = intSub(tiny, exp)
  const rounded = roundOff(negative, coef, digits, shift, tiny, ctx.round)
  st.bits |= ROUNDED
  if (removed.digit !== 0) {
    st.bits |= INEXACT | UNDERFLOW
    if (rounded.coef === 0n) st.bits |= CLAMPED
  }
  return rounded
}

/**
 * The number without its last `shift` digits, rounded; it may then have a digit more than before. `removed.digit` tells
 * of the rest.
 */
export function roundOff(negative: boolean, coef: bigint, digits: number, shift: Exp, exp: Exp, round: number): Dec {
  let cut = shiftRight(coef, digits, shift)
  let left = cut === 0n ? 1 : digits - Number(shift)
  if (increments(cut, negative, removed.digit, round)) {
    cut += 1n
    if (cut >= pow10(left)) left++
  }
  return new Dec(FINITE, negative, cut, left, exp)
}

function roundToPrecision(negative: boolean, coef: bigint, digits: number, exp: Exp, ctx: Context, st: Status): Dec {
  const prec = Number(ctx.prec)
  const shift = digits - prec
  let cut = shiftRight(coef, digits, shift)
  const { digit } = removed
  st.bits |= digit === 0 ? ROUNDED : ROUNDED | INEXACT
  const raised = intAdd(exp, shift)
  if (increments(cut, negative, digit, ctx.round)) {
    cut += 1n
    if (cut === pow10(prec)) return finish(negative, pow10(prec - 1), prec, intAdd(raised, 1), ctx, st)
  }
  return new Dec(FINITE, negative, cut, prec, raised)
}

/** Any number made to fit its context. */
export function finalize(a: Dec, ctx: Context, st: Status): Dec {
  if (a.kind === FINITE) return finish(a.negative, a.coef, a.digits, a.exp, ctx, st)
  return a.kind >= QNAN ? fixNaN(a, a.kind, ctx) : a
}

/** A NaN of this kind, its payload cut to what the context has room for. */
function fixNaN(a: Dec, kind: number, ctx: Context): Dec {
  const room = intSub(ctx.prec, ctx.clamp)
  if (a.digits <= room) return a.kind === kind ? a : new Dec(kind, a.negative, a.coef, a.digits, 0)
  const payload = a.coef % pow10(Number(room))
  if (payload === 0n) return new Dec(kind, a.negative, 0n, 0, 0)
  return new Dec(kind, a.negative, payload, payload.toString().length, 0)
}

/** The NaN that an operand passes on; `undefined` where it is none. */
export function nanOf(a: Dec, ctx: Context, st: Status): Dec | undefined {
  if (a.kind < QNAN) return undefined
  if (a.kind === SNAN) st.bits |= INVALID_OPERATION
  return fixNaN(a, QNAN, ctx)
}

/** The NaN that the first of two operands passes on, signaling ones before quiet ones. */
export function nanOf2(a: Dec, b: Dec, ctx: Context, st: Status): Dec | undefined {
  if (a.kind < QNAN && b.kind < QNAN) return undefined
  if (a.kind === SNAN || b.kind === SNAN) {
    st.bits |= INVALID_OPERATION
    return fixNaN(a.kind === SNAN ? a : b, QNAN, ctx)
  }
  return fixNaN(a.kind === QNAN ? a : b, QNAN, ctx)
}

/** As `nanOf2` for three operands. */
export function nanOf3(a: Dec, b: Dec, c: Dec, ctx: Context, st: Status): Dec | undefined {
  const operands = [a, b, c]
  const signaling = operands.find((operand) => operand.kind === SNAN)
  if (signaling !== undefined) st.bits |= INVALID_OPERATION
  const chosen = signaling ?? operands.find((operand) => operand.kind === QNAN)
  return chosen === undefined ? undefined : fixNaN(chosen, QNAN, ctx)
}
