import { intSub } from '../../objects/number/int_arith.ts'
import {
  adjusted,
  type Context,
  type Dec,
  FINITE,
  INFINITE,
  INVALID_OPERATION,
  isNan,
  ONE,
  QNAN,
  type Status,
  shiftLeft,
  withSign,
  ZERO,
} from './number.ts'
import { finalize, nanOf2 } from './rounding.ts'

/** −1, 0 or 1 by the magnitudes of two numbers that are no NaNs. */
export function compareAbs(a: Dec, b: Dec): number {
  if (a.kind === INFINITE) return b.kind === INFINITE ? 0 : 1
  if (b.kind === INFINITE) return -1
  if (a.coef === 0n) return b.coef === 0n ? 0 : -1
  if (b.coef === 0n) return 1
  let [x, y] = [a.coef, b.coef]
  if (a.exp !== b.exp) {
    const [left, right] = [adjusted(a), adjusted(b)]
    if (left !== right) return left < right ? -1 : 1
    if (a.exp > b.exp) x = shiftLeft(x, intSub(a.exp, b.exp))
    else y = shiftLeft(y, intSub(b.exp, a.exp))
  }
  return x < y ? -1 : x > y ? 1 : 0
}

/** −1, 0 or 1 by the values of two numbers that are no NaNs. */
export function compareValues(a: Dec, b: Dec): number {
  const [left, right] = [signOf(a), signOf(b)]
  if (left !== right) return left < right ? -1 : 1
  return left === 0 ? 0 : left * compareAbs(a, b)
}

function signOf(a: Dec): number {
  if (a.coef === 0n && a.kind === FINITE) return 0
  return a.negative ? -1 : 1
}

/** −1, 0 or 1 by the total ordering of representations. */
function totalOrder(a: Dec, b: Dec): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1
  const order = totalOrderAbs(a, b)
  return a.negative ? 0 - order : order
}

function totalOrderAbs(a: Dec, b: Dec): number {
  if (isNan(a)) {
    if (!isNan(b)) return 1
    if (a.kind !== b.kind) return a.kind === QNAN ? 1 : -1
    return a.coef < b.coef ? -1 : a.coef > b.coef ? 1 : 0
  }
  if (isNan(b)) return -1
  const order = compareAbs(a, b)
  if (order !== 0 || a.exp === b.exp) return order
  return a.exp < b.exp ? -1 : 1
}

function asNumber(order: number): Dec {
  return order === 0 ? ZERO : withSign(ONE, order < 0)
}

export function compare(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  return nanOf2(a, b, ctx, st) ?? asNumber(compareValues(a, b))
}

/** As `compare`, but quiet NaNs signal too. */
export function compareSignal(a: Dec, b: Dec, ctx: Context, st: Status): Dec {
  const nan = nanOf2(a, b, ctx, st)
  if (nan === undefined) return asNumber(compareValues(a, b))
  st.bits |= INVALID_OPERATION
  return nan
}

export function compareTotal(a: Dec, b: Dec): Dec {
  return asNumber(totalOrder(a, b))
}

export function compareTotalMag(a: Dec, b: Dec): Dec {
  return asNumber(totalOrderAbs(a, b))
}

/** −1 or 1 by the representations of two numbers of the same value. */
function orderOfEqual(a: Dec, b: Dec): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1
  return a.exp < b.exp !== a.negative ? -1 : 1
}

type Order = (a: Dec, b: Dec) => number

function extreme(order: Order, sign: number) {
  return (a: Dec, b: Dec, ctx: Context, st: Status): Dec => {
    let chosen: Dec
    if (a.kind === QNAN && !isNan(b)) chosen = b
    else if (b.kind === QNAN && !isNan(a)) chosen = a
    else {
      const nan = nanOf2(a, b, ctx, st)
      if (nan !== undefined) return nan
      const difference = order(a, b) || orderOfEqual(a, b)
      chosen = difference * sign < 0 ? b : a
    }
    return finalize(chosen, ctx, st)
  }
}

export const max = extreme(compareValues, 1)
export const maxMag = extreme(compareAbs, 1)
export const min = extreme(compareValues, -1)
export const minMag = extreme(compareAbs, -1)

export function sameQuantum(a: Dec, b: Dec): boolean {
  if (a.kind === FINITE && b.kind === FINITE) return a.exp === b.exp
  return (isNan(a) && isNan(b)) || (a.kind === INFINITE && b.kind === INFINITE)
}

/** `a` with the sign of `b`. */
export function copySign(a: Dec, b: Dec): Dec {
  return withSign(a, b.negative)
}
