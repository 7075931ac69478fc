import { intAdd, intSub } from '../../objects/number/int_arith.ts'
import { compareAbs } from './compare.ts'
import {
  adjusted,
  CLAMPED,
  type Context,
  countDigits,
  Dec,
  DIGITS_MAX,
  DIVISION_BY_ZERO,
  DIVISION_IMPOSSIBLE,
  DIVISION_UNDEFINED,
  derived,
  digitCount,
  type Exp,
  etiny,
  FINITE,
  finite,
  INFINITE,
  INVALID_OPERATION,
  infinity,
  invalid,
  isZero,
  NAN,
  pow10,
  QNAN,
  ROUND_FLOOR,
  Status,
  shiftLeft,
  trailingZeros,
  withSign,
} from './number.ts'
import { finalize, finish, nanOf, nanOf2 } from './rounding.ts'

/*
 * The basic operations. Each takes its operands, the context that rounds the result, and where to note conditions.
 */

export function add(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  return addSigned(a, b, b.negative, ctx, st)
}

export function subtract(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  return addSigned(a, b, !b.negative, ctx, st)
}

/** `a + b`, where `b` has the sign `bNegative`. */
function addSigned(a: Dec, b: Dec, bNegative: boolean, ctx: Context, st: Status): Dec {
  if (a.kind !== FINITE || b.kind !== FINITE) return addSpecial(a, b, bNegative, ctx, st)
  if (a.exp === b.exp) return addAligned(a.negative, a.coef, a.digits, bNegative, b.coef, b.digits, a.exp, ctx, st)
  if (a.exp > b.exp) return addShifted(a, a.negative, b, bNegative, ctx, st)
  return addShifted(b, bNegative, a, a.negative, ctx, st)
}

function addSpecial(a: Dec, b: Dec, bNegative: boolean, ctx: Context, st: Status): Dec {
  const nan = nanOf2(a, b, ctx, st)
  if (nan !== undefined) return nan
  if (a.kind !== INFINITE) return infinity(bNegative)
  if (b.kind === INFINITE && a.negative !== bNegative) return invalid(INVALID_OPERATION, st)
  return a
}

/** The sum of two numbers, `big` having the larger exponent. */
function addShifted(big: Dec, bigNegative: boolean, small: Dec, smallNegative: boolean, ctx: Context, st: Status): Dec {
  let { coef, digits, exp } = small
  let shifted = big.coef
  let length = big.digits
  if (shifted !== 0n) {
    // What is too small to be seen counts as a one below the last digit: it spares a shift of any length.
    const below = length > ctx.prec ? 1 : intSub(intAdd(ctx.prec, 2), length)
    const limit = intSub(big.exp, below)
    if (adjusted(small) < limit) {
      coef = coef === 0n ? 0n : 1n
      digits = 1
      exp = limit
    }
    const shift = intSub(big.exp, exp)
    shifted = shiftLeft(shifted, shift)
    length += Number(shift)
  }
  return addAligned(bigNegative, shifted, length, smallNegative, coef, digits, exp, ctx, st)
}

/** The sum of two numbers of the same exponent. */
function addAligned(
  aNegative: boolean,
  a: bigint,
  aDigits: number,
  bNegative: boolean,
  b: bigint,
  bDigits: number,
  exp: Exp,
  ctx: Context,
  st: Status,
): Dec {
  if (aNegative === bNegative) {
    const sum = a + b
    let digits = aDigits > bDigits ? aDigits : bDigits
    if (sum >= pow10(digits)) digits++
    return finish(aNegative, sum, digits, exp, ctx, st)
  }
  const difference = a - b
  if (difference === 0n) return finish(ctx.round === ROUND_FLOOR, 0n, 1, exp, ctx, st)
  if (difference > 0n) return finish(aNegative, difference, countDigits(difference), exp, ctx, st)
  return finish(bNegative, -difference, countDigits(-difference), exp, ctx, st)
}

/** The product, not rounded. */
function product(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  const negative = a.negative !== b.negative
  if (a.kind !== FINITE || b.kind !== FINITE) {
    const nan = nanOf2(a, b, ctx, st)
    if (nan !== undefined) return nan
    return isZero(a) || isZero(b) ? invalid(INVALID_OPERATION, st) : infinity(negative)
  }
  const exp = intAdd(a.exp, b.exp)
  const coef = a.coef * b.coef
  if (coef === 0n) return new Dec(FINITE, negative, 0n, 1, exp)
  const digits = a.digits + b.digits
  return new Dec(FINITE, negative, coef, coef < pow10(digits - 1) ? digits - 1 : digits, exp)
}

export function multiply(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  const result = product(a, b, ctx, st)
  if (result.kind !== FINITE) return result
  return finish(result.negative, result.coef, result.digits, result.exp, ctx, st)
}

/** `a * b + c`, rounded once. */
export function fma(a: Dec, b: Dec, c: Dec, ctx: Context, st: Status): Dec {
  const work = new Status()
  let result = product(a, b, ctx, work)
  if ((work.bits & INVALID_OPERATION) === 0) result = add(result, c, ctx, work)
  st.bits |= work.bits
  return result
}

/** Whether further factors would change nothing. */
export function isFinal(result: Dec, bits: number): boolean {
  return result.kind !== FINITE || (result.coef === 0n && (bits & CLAMPED) !== 0)
}

/** `base ** n` for `n` ≥ 1, from its highest bit down. */
export function productPower(base: Dec, n: bigint, ctx: Context, st: Status): Dec {
  const bits = n.toString(2)
  const met = new Status()
  let result = base
  for (let i = 1; i < bits.length; i++) {
    result = multiply(result, result, ctx, met)
    if (bits.charCodeAt(i) === 0x31) result = multiply(result, base, ctx, met)
    if (isFinal(result, met.bits)) break
  }
  st.bits |= met.bits
  return result
}

/** `a / b`. Where the precision is more than memory can hold, only an exact quotient can be had. */
export function divide(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  if (ctx.prec <= DIGITS_MAX || a.coef === 0n || b.coef === 0n) return quotient(a, b, ctx, st)
  const work = new Status()
  const result = quotient(a, b, derived(ctx, a.digits + b.digits * 4, ctx.round, ctx.clamp), work)
  if (work.bits !== 0) digitCount(ctx.prec)
  return result
}

function quotient(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  const negative = a.negative !== b.negative
  if (a.kind !== FINITE || b.kind !== FINITE) {
    const nan = nanOf2(a, b, ctx, st)
    if (nan !== undefined) return nan
    if (a.kind === INFINITE) return b.kind === INFINITE ? invalid(INVALID_OPERATION, st) : infinity(negative)
    st.bits |= CLAMPED
    return new Dec(FINITE, negative, 0n, 1, etiny(ctx))
  }
  if (b.coef === 0n) {
    if (a.coef === 0n) return invalid(DIVISION_UNDEFINED, st)
    st.bits |= DIVISION_BY_ZERO
    return infinity(negative)
  }
  const ideal = intSub(a.exp, b.exp)
  if (a.coef === 0n) return finish(negative, 0n, 1, ideal, ctx, st)
  // The quotient has one or two digits more than the precision, the last of which tells whether there is a rest.
  const shift = b.digits - a.digits + Number(ctx.prec) + 1
  const dividend = shift > 0 ? shiftLeft(a.coef, shift) : a.coef
  const divisor = shift < 0 ? shiftLeft(b.coef, -shift) : b.coef
  let coef = dividend / divisor
  let exp = intSub(ideal, shift)
  let digits = Number(ctx.prec) + 1
  if (coef >= pow10(digits)) digits++
  if (coef * divisor !== dividend) {
    if (coef % 5n === 0n) coef += 1n
  } else {
    const zeros = trailingZeros(coef, shift)
    if (zeros > 0) {
      coef /= pow10(zeros)
      digits -= zeros
      exp = intAdd(exp, zeros)
    }
  }
  return finish(negative, coef, digits, exp, ctx, st)
}

interface DivMod {
  readonly quotient: Dec
  readonly rest: Dec
}

const impossible: DivMod = { quotient: NAN, rest: NAN }

/** The integer quotient and the rest of finite numbers, `b` not zero; not yet made to fit. */
function divideToInteger(a: Dec, b: Dec, ctx: Context, st: Status): DivMod {
  const negative = a.negative !== b.negative
  const exp = a.exp > b.exp ? b.exp : a.exp
  const none = new Dec(FINITE, negative, 0n, 1, 0)
  if (a.coef === 0n) return { quotient: none, rest: new Dec(FINITE, a.negative, 0n, 1, exp) }
  const distance = intSub(adjusted(a), adjusted(b))
  if (distance < 0) {
    if (a.exp <= b.exp) return { quotient: none, rest: a }
    const shift = intSub(a.exp, b.exp)
    const rest = new Dec(FINITE, a.negative, shiftLeft(a.coef, shift), a.digits + Number(shift), exp)
    return { quotient: none, rest }
  }
  if (distance > ctx.prec) {
    st.bits |= DIVISION_IMPOSSIBLE
    return impossible
  }
  const dividend = a.exp > b.exp ? shiftLeft(a.coef, intSub(a.exp, b.exp)) : a.coef
  const divisor = b.exp > a.exp ? shiftLeft(b.coef, intSub(b.exp, a.exp)) : b.coef
  const whole = dividend / divisor
  const quotient = finite(negative, whole, 0)
  if (quotient.digits > ctx.prec) {
    st.bits |= DIVISION_IMPOSSIBLE
    return impossible
  }
  return { quotient, rest: finite(a.negative, dividend - whole * divisor, exp) }
}

/** `divmod(a, b)`: both parts, cut towards zero. */
export function divmod(a: Dec, b: Dec, ctx: Context, st: Status): DivMod {
  const negative = a.negative !== b.negative
  if (a.kind !== FINITE || b.kind !== FINITE) {
    const nan = nanOf2(a, b, ctx, st)
    if (nan !== undefined) return { quotient: nan, rest: nan }
    if (a.kind !== INFINITE) {
      return { quotient: new Dec(FINITE, negative, 0n, 1, 0), rest: finalize(a, ctx, st) }
    }
    st.bits |= INVALID_OPERATION
    return { quotient: b.kind === INFINITE ? NAN : infinity(negative), rest: NAN }
  }
  if (b.coef === 0n) {
    st.bits |= a.coef === 0n ? DIVISION_UNDEFINED : DIVISION_BY_ZERO | INVALID_OPERATION
    return { quotient: a.coef === 0n ? NAN : infinity(negative), rest: NAN }
  }
  const { quotient, rest } = divideToInteger(a, b, ctx, st)
  const whole = finalize(quotient, ctx, st)
  return { quotient: whole, rest: finalize(rest, ctx, st) }
}

/** `a // b`, cut towards zero. */
export function divideInt(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  const negative = a.negative !== b.negative
  if (a.kind !== FINITE || b.kind !== FINITE) {
    const nan = nanOf2(a, b, ctx, st)
    if (nan !== undefined) return nan
    if (a.kind !== INFINITE) return new Dec(FINITE, negative, 0n, 1, 0)
    return b.kind === INFINITE ? invalid(INVALID_OPERATION, st) : infinity(negative)
  }
  if (b.coef === 0n) {
    if (a.coef === 0n) return invalid(DIVISION_UNDEFINED, st)
    st.bits |= DIVISION_BY_ZERO
    return infinity(negative)
  }
  return finalize(divideToInteger(a, b, ctx, st).quotient, ctx, st)
}

/** What both kinds of remainder give for operands that are special or divide by zero. */
function specialRemainder(a: Dec, b: Dec, ctx: Context, st: Status): Dec | undefined {
  if (a.kind !== FINITE || b.kind !== FINITE) {
    const nan = nanOf2(a, b, ctx, st)
    if (nan !== undefined) return nan
    return a.kind === INFINITE ? invalid(INVALID_OPERATION, st) : finalize(a, ctx, st)
  }
  if (b.coef !== 0n) return undefined
  return invalid(a.coef === 0n ? DIVISION_UNDEFINED : INVALID_OPERATION, st)
}

/** `a % b`, with the sign of `a`. */
export function remainder(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  return specialRemainder(a, b, ctx, st) ?? finalize(divideToInteger(a, b, ctx, st).rest, ctx, st)
}

/** `a - b * n`, `n` being the integer nearest to `a / b`. */
export function remainderNear(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  const special = specialRemainder(a, b, ctx, st)
  if (special !== undefined) return special
  const { quotient, rest } = divideToInteger(a, b, ctx, st)
  if (rest.kind >= QNAN || rest.coef === 0n) return finalize(rest, ctx, st)
  const distance = intSub(adjusted(b), adjusted(rest))
  if (distance < -1 || distance > 1) return finalize(rest, ctx, st)
  const exp = rest.exp
  const divisor = b.exp > exp ? shiftLeft(b.coef, intSub(b.exp, exp)) : b.coef
  const other = finite(!rest.negative, divisor - rest.coef, exp)
  const order = compareAbs(other, rest)
  if (order > 0 || (order === 0 && (quotient.coef & 1n) === 0n)) return finalize(rest, ctx, st)
  if (quotient.digits === ctx.prec && quotient.coef + 1n === pow10(quotient.digits)) {
    return invalid(DIVISION_IMPOSSIBLE, st)
  }
  return finalize(other, ctx, st)
}

export function plus(a: Dec, ctx: Context, st: Status): Dec {
  return withSignOf(a, a.negative, ctx, st)
}

export function minus(a: Dec, ctx: Context, st: Status): Dec {
  return withSignOf(a, !a.negative, ctx, st)
}

export function abs(a: Dec, ctx: Context, st: Status): Dec {
  return a.negative ? minus(a, ctx, st) : plus(a, ctx, st)
}

/** A number with a sign, which a zero has only where rounding goes down. */
function withSignOf(a: Dec, negative: boolean, ctx: Context, st: Status): Dec {
  const nan = nanOf(a, ctx, st)
  if (nan !== undefined) return nan
  return finalize(withSign(a, isZero(a) && ctx.round !== ROUND_FLOOR ? false : negative), ctx, st)
}
