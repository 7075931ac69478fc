import { intAdd, intSub } from '../../objects/number/int_arith.ts'
import { add, divide, fma, multiply, productPower, subtract } from './arith.ts'
import { compareAbs } from './compare.ts'
import { fixedLn10 } from './fixed_point.ts'
import {
  adjusted,
  Dec,
  type Exp,
  FINITE,
  finite,
  maxContext,
  ONE,
  pow10,
  ROUND_DOWN,
  ROUND_HALF_EVEN,
  Status,
  wideContext,
  withSign,
} from './number.ts'
import { roundOff } from './rounding.ts'

/*
 * Approximations of `exp`, `ln` and `log10` with libmpdec's own steps, wrong in the last digits as its are. Where a result
 * is as good as the smallest normal number, it depends on them whether the result counts as subnormal.
 */

/** Conditions of intermediate results, which nobody asks for. */
const ignored = new Status()

/** How many terms of the series are needed for a number below one with so many digits. */
function termCount(r: Dec, prec: number): number {
  const ratio = prec.toString().length - 2 - Number(adjusted(r))
  return Math.max(3, Math.ceil((1.43503 * prec - 1.182) / ratio))
}

/** `e ** a` for an `a` with at most 19 digits before the point. */
export function expSteps(a: Dec, prec: number): Dec {
  const limit = new Dec(FINITE, false, 9n, 1, -(prec + 1))
  if (compareAbs(a, limit) <= 0) return ONE
  const whole = Math.max(0, Number(intAdd(a.exp, a.digits)))
  const work = wideContext(Math.max(10, prec + whole + 2))
  const reduced = new Dec(FINITE, a.negative, a.coef, a.digits, intSub(a.exp, whole))
  let sum: Dec = ONE
  for (let j = termCount(reduced, Number(work.prec)) - 1; j >= 1; j--) {
    const term = divide(reduced, finite(false, BigInt(j), 0), work, ignored)
    sum = fma(sum, term, ONE, work, ignored)
  }
  return productPower(sum, pow10(whole), work, ignored)
}

/** Where libmpdec's table of logarithms, in thousandths, is one above or below the rounded value. */
const tableAbove = [36, 50, 115, 140, 413, 435, 448, 502, 564, 568, 572, 615, 628, 673, 711, 756, 831]
const tableBelow = [505, 516, 545, 574, 589, 620, 636, 750, 762, 790]

/** The first approximation of a logarithm from three digits. */
function tableValue(lead: number): Dec {
  const isLarge = lead > 400
  const exact = Math.round(Math.abs(Math.log((lead + 100) / (isLarge ? 1000 : 100))) * 1000)
  const value = exact + (tableAbove.includes(lead) ? 1 : tableBelow.includes(lead) ? -1 : 0)
  return withSign(finite(false, BigInt(value), -3), isLarge)
}

/** The precisions of the iteration, the last one first. */
function schedule(prec: number, first: number): number[] {
  const steps: number[] = []
  let k = prec
  do {
    k = Math.floor((k + 2) / 2)
    steps.push(k)
  } while (k > first)
  return steps
}

/** `ln(10)` with so many digits. */
function ln10Digits(prec: number): Dec {
  const { value, bits } = fixedLn10(prec + 5)
  const digits = (value * pow10(prec + 4)) >> BigInt(bits)
  return roundOff(false, digits, prec + 5, 5, 1 - prec, ROUND_HALF_EVEN)
}

/** `ln(a)` for a positive `a` other than 1; `tiny` is the smallest exponent of results that count. */
export function lnSteps(a: Dec, prec: number, tiny: Exp): Dec {
  const three = a.digits >= 3 ? a.coef / pow10(a.digits - 3) : a.coef * pow10(3 - a.digits)
  const lead = Number(three) - 100
  const places = lead > 400 ? a.digits : a.digits - 1
  const v = new Dec(FINITE, false, a.coef, a.digits, -places)
  const tens = intAdd(a.exp, places)
  let digits = prec + 2
  if (tens === 0 && (lead <= 15 || lead >= 800)) {
    const difference = subtract(v, ONE, maxContext, ignored)
    const bound = difference.negative ? intAdd(adjusted(difference), 1) : adjusted(difference)
    if (bound < tiny) return new Dec(FINITE, difference.negative, 1n, 1, intSub(tiny, 1))
    const below = Number(bound) - 1
    if (below < 0) digits -= below
  }
  let z = tableValue(lead)
  for (const k of schedule(digits, 2).reverse()) {
    const prec = 2 * k + 3
    const work = wideContext(prec, ROUND_DOWN)
    const power = z.coef === 0n ? ONE : expSteps(withSign(z, !z.negative), prec)
    const excess = Math.max(0, v.digits - prec)
    const short = roundOff(false, v.coef, v.digits, excess, intAdd(v.exp, excess), ROUND_DOWN)
    const product = multiply(short, power, work, ignored)
    z = add(z, subtract(product, ONE, maxContext, ignored), maxContext, ignored)
  }
  const ten = ln10Digits(digits + 1)
  const multiple = BigInt(tens)
  const factor = finite(multiple < 0n, multiple < 0n ? -multiple : multiple, 0)
  return add(multiply(ten, factor, maxContext, ignored), z, maxContext, ignored)
}

/** The logarithm to base ten of a positive `a` that is no power of ten. */
export function log10Steps(a: Dec, prec: number, tiny: Exp): Dec {
  const work = wideContext(prec + 3)
  return divide(lnSteps(a, prec + 3, tiny), ln10Digits(prec + 3), work, ignored)
}
