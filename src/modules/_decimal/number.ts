import { PyError } from '../../base/errors.ts'
import { intAdd, intSub } from '../../objects/number/int_arith.ts'

/*
 * The numbers of the General Decimal Arithmetic as libmpdec has them: no Python object is known here.
 */

/**
 * An exponent, a precision or a limit of one. Those of the 64-bit build go to ±2·10^18, so they are ints in their one form:
 * a `number` in the safe range, a `bigint` outside.
 */
export type Exp = number | bigint

export const FINITE = 0
export const INFINITE = 1
export const QNAN = 2
export const SNAN = 3

/** Conditions: libmpdec's bits, whose order `repr` of a context shows. */
export const CLAMPED = 0x1
export const CONVERSION_SYNTAX = 0x2
export const DIVISION_BY_ZERO = 0x4
export const DIVISION_IMPOSSIBLE = 0x8
export const DIVISION_UNDEFINED = 0x10
export const INEXACT = 0x40
export const INVALID_CONTEXT = 0x80
export const INVALID_OPERATION = 0x100
export const FLOAT_OPERATION = 0x400
export const OVERFLOW = 0x800
export const ROUNDED = 0x1000
export const SUBNORMAL = 0x2000
export const UNDERFLOW = 0x4000
/** All conditions of the signal InvalidOperation. */
export const IEEE_INVALID_OPERATION = 0x3ba
/** Conditions whose result is a NaN or an infinity. */
export const ERRORS = IEEE_INVALID_OPERATION | DIVISION_BY_ZERO

/** Rounding modes by libmpdec's numbers; the first of them, away from zero, is what the others are not. */
export const roundingNames = [
  'ROUND_UP',
  'ROUND_DOWN',
  'ROUND_CEILING',
  'ROUND_FLOOR',
  'ROUND_HALF_UP',
  'ROUND_HALF_DOWN',
  'ROUND_HALF_EVEN',
  'ROUND_05UP',
]
export const ROUND_DOWN = 1
export const ROUND_CEILING = 2
export const ROUND_FLOOR = 3
export const ROUND_HALF_UP = 4
export const ROUND_HALF_DOWN = 5
export const ROUND_HALF_EVEN = 6
export const ROUND_05UP = 7

export const MAX_PREC = 999999999999999999n
export const MAX_EMAX = 999999999999999999n
export const MIN_EMIN = -999999999999999999n
export const MIN_ETINY = -1999999999999999997n
/** Exponents that are beyond all contexts: what is still larger or smaller is cut to them. */
export const EXP_INF = 2000000000000000001n
export const EXP_CLAMP = -4000000000000000001n

/** Digits that a coefficient may have here; what needs more is a MemoryError. */
export const DIGITS_MAX = 300_000_000

/** A number; it never changes. */
export class Dec {
  /** `FINITE` … `SNAN`. */
  readonly kind: number
  readonly negative: boolean
  /** The coefficient, or the payload of a NaN. */
  readonly coef: bigint
  /** Decimal digits of `coef`: 1 for a zero, 0 for an infinity and a NaN without payload. */
  readonly digits: number
  readonly exp: Exp
  /** `hash()`, once it was asked for; that of a NaN belongs to the object. */
  hash: number | bigint | undefined

  constructor(kind: number, negative: boolean, coef: bigint, digits: number, exp: Exp) {
    this.kind = kind
    this.negative = negative
    this.coef = coef
    this.digits = digits
    this.exp = exp
    this.hash = undefined
  }
}

/** What governs an operation, and what has happened under it: libmpdec's `mpd_context_t`. */
export class Context {
  prec: Exp
  emax: Exp
  emin: Exp
  round: number
  clamp: number
  capitals: number
  traps: number
  status: number

  constructor(prec: Exp, emax: Exp, emin: Exp, round: number, clamp: number, traps: number) {
    this.prec = prec
    this.emax = emax
    this.emin = emin
    this.round = round
    this.clamp = clamp
    this.capitals = 1
    this.traps = traps
    this.status = 0
  }
}

/** Conditions that operations have met. */
export class Status {
  bits = 0
}

/** A context that differs in precision, rounding and clamping; limits stay. */
export function derived(ctx: Context, prec: Exp, round: number, clamp: number): Context {
  return new Context(prec, ctx.emax, ctx.emin, round, clamp, 0)
}

/** The widest context with this precision. */
export function wideContext(prec: Exp, round = ROUND_HALF_EVEN): Context {
  return new Context(prec, MAX_EMAX, MIN_EMIN, round, 0, 0)
}

/** The widest context. Its status means nothing. */
export const maxContext = wideContext(MAX_PREC)

/** The smallest exponent of subnormal numbers. */
export function etiny(ctx: Context): Exp {
  return intSub(ctx.emin, intSub(ctx.prec, 1))
}

/** The largest exponent of numbers with full precision. */
export function etop(ctx: Context): Exp {
  return intSub(ctx.emax, intSub(ctx.prec, 1))
}

/** The exponent of the first digit. */
export function adjusted(a: Dec): Exp {
  return intAdd(a.exp, a.digits - 1)
}

export function isZero(a: Dec): boolean {
  return a.coef === 0n && a.kind === FINITE
}

export function isNan(a: Dec): boolean {
  return a.kind >= QNAN
}

export function finite(negative: boolean, coef: bigint, exp: Exp): Dec {
  return new Dec(FINITE, negative, coef, countDigits(coef), exp)
}

export function infinity(negative: boolean): Dec {
  return new Dec(INFINITE, negative, 0n, 0, 0)
}

export const ZERO = new Dec(FINITE, false, 0n, 1, 0)
export const ONE = new Dec(FINITE, false, 1n, 1, 0)
export const TEN = new Dec(FINITE, false, 10n, 2, 0)
export const NAN = new Dec(QNAN, false, 0n, 0, 0)

/** The NaN that an operation without a result gives. */
export function invalid(condition: number, st: Status): Dec {
  st.bits |= condition
  return NAN
}

/** The number with another sign. */
export function withSign(a: Dec, negative: boolean): Dec {
  return a.negative === negative ? a : new Dec(a.kind, negative, a.coef, a.digits, a.exp)
}

const POWERS_KEPT = 1200
const powers: bigint[] = [1n]
const largePowers = new Map<number, bigint>()
const LARGE_KEPT = 16

/** `10 ** n`; small ones are kept for good, and some large ones that were asked for lately. */
export function pow10(n: number): bigint {
  if (n < powers.length) return powers[n]!
  if (n <= POWERS_KEPT) {
    let power = powers[powers.length - 1]!
    while (powers.length <= n) powers.push((power *= 10n))
    return power
  }
  if (n > DIGITS_MAX) throw new PyError('MemoryError', '')
  const known = largePowers.get(n)
  if (known !== undefined) return known
  if (largePowers.size >= LARGE_KEPT) largePowers.clear()
  const power = 10n ** BigInt(n)
  largePowers.set(n, power)
  return power
}

/** A number of digits to shift by, which must fit the memory. */
export function digitCount(n: Exp): number {
  if (n > DIGITS_MAX) throw new PyError('MemoryError', '')
  return Number(n)
}

/** `coef * 10 ** n` for `n` ≥ 0. */
export function shiftLeft(coef: bigint, n: Exp): bigint {
  return coef === 0n || n === 0 ? coef : coef * pow10(digitCount(n))
}

const LOG10_2 = Math.LOG10E * Math.LN2

/** Number of decimal digits of a coefficient; 1 for zero. */
export function countDigits(n: bigint): number {
  const double = Number(n)
  let log: number
  if (double < 1e300) {
    if (double < 10) return 1
    log = Math.log10(double)
  } else {
    const hex = n.toString(16)
    log = Math.log10(Number.parseInt(hex.slice(0, 13), 16)) + (hex.length - 13) * 4 * LOG10_2
  }
  const whole = Math.floor(log)
  const fraction = log - whole
  // Only close to a power of ten can the logarithm be wrong about the number of digits.
  if (fraction > 1e-5 && fraction < 1 - 1e-5) return whole + 1
  const near = Math.round(log)
  return n >= pow10(near) ? near + 1 : near
}

/** Zeros at the end of a coefficient other than 0, at most `max`. */
export function trailingZeros(coef: bigint, max: Exp): number {
  if (max <= 0 || coef % 10n !== 0n) return 0
  const text = coef.toString()
  let count = 1
  while (count < max && text.charCodeAt(text.length - 1 - count) === 0x30) count++
  return count
}
