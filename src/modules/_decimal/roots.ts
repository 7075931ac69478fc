import { intAdd, intSub } from '../../objects/number/int_arith.ts'
import {
  type Context,
  type Dec,
  DIGITS_MAX,
  derived,
  digitCount,
  type Exp,
  FINITE,
  finite,
  INVALID_OPERATION,
  invalid,
  pow10,
  ROUND_HALF_EVEN,
  Status,
  shiftLeft,
} from './number.ts'
import { finish, nanOf } from './rounding.ts'

/** The largest integer whose square is not above `n` ≥ 0. */
function integerRoot(n: bigint): bigint {
  if (n < 2n ** 52n) return BigInt(Math.floor(Math.sqrt(Number(n))))
  const bits = BigInt(n.toString(16).length * 4)
  // The root of the upper half of the bits has half the digits; one division gives the others.
  const cut = (bits >> 2n) & ~1n
  const half = cut >> 1n
  let root = (integerRoot(n >> cut) + 1n) << half
  for (;;) {
    const next = (root + n / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

/** Half of an exponent, rounded down. */
function halfOf(exp: Exp): Exp {
  if (typeof exp === 'number') return Math.floor(exp / 2)
  return intAdd(0, exp >> 1n)
}

/** The square root, correctly rounded. Where the precision is more than memory can hold, only an exact one can be had. */
export function sqrt(a: Dec, ctx: Context, st: Status): Dec {
  if (a.kind !== FINITE) {
    const nan = nanOf(a, ctx, st)
    if (nan !== undefined) return nan
    return a.negative ? invalid(INVALID_OPERATION, st) : a
  }
  const ideal = halfOf(a.exp)
  const work = derived(ctx, ctx.prec, ROUND_HALF_EVEN, ctx.clamp)
  if (a.coef === 0n) return finish(a.negative, 0n, 1, ideal, work, st)
  if (a.negative) return invalid(INVALID_OPERATION, st)
  if (ctx.prec <= DIGITS_MAX) return rootOf(a, ideal, work, st)
  const met = new Status()
  work.prec = a.digits
  const result = rootOf(a, ideal, work, met)
  if (met.bits !== 0) digitCount(ctx.prec)
  return result
}

function rootOf(a: Dec, ideal: Exp, ctx: Context, st: Status): Dec {
  const odd = intSub(a.exp, intAdd(ideal, ideal)) === 1
  let coef = odd ? a.coef * 10n : a.coef
  const length = odd ? (a.digits >> 1) + 1 : (a.digits + 1) >> 1
  const shift = Number(ctx.prec) + 1 - length
  let exact = true
  if (shift >= 0) coef = shiftLeft(coef, 2 * shift)
  else {
    const power = pow10(-2 * shift)
    const cut = coef / power
    exact = cut * power === coef
    coef = cut
  }
  let root = integerRoot(coef)
  exact &&= root * root === coef
  let exp = intSub(ideal, shift)
  if (exact) {
    root = shift >= 0 ? root / pow10(shift) : shiftLeft(root, -shift)
    exp = ideal
  } else if (root % 5n === 0n) root += 1n
  const result = finite(false, root, exp)
  return finish(false, root, result.digits, exp, ctx, st)
}
