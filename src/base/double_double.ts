/**
 * Arithmetic with about 106 bits: a number is the sum of two doubles, the second below half a unit in the last place of
 * the first. (Dekker 1971, Knuth's two-sum; JavaScript has no fused multiply-add, so factors are split.)
 */
export class DoubleDouble {
  readonly hi: number
  readonly lo: number

  constructor(hi: number, lo: number) {
    this.hi = hi
    this.lo = lo
  }
}

/** 2^27 + 1: multiplying by it splits a double into two halves of 26 bits. */
const SPLITTER = 134217729

/** The exact sum of two doubles. */
export function twoSum(a: number, b: number): DoubleDouble {
  const sum = a + b
  const rest = sum - a
  return new DoubleDouble(sum, a - (sum - rest) + (b - rest))
}

/** The exact sum of two doubles of which the first is not the smaller one. */
function quickTwoSum(a: number, b: number): DoubleDouble {
  const sum = a + b
  return new DoubleDouble(sum, b - (sum - a))
}

/** The exact product of two doubles, as long as nothing overflows (about 2^996) or underflows. */
export function twoProduct(a: number, b: number): DoubleDouble {
  const product = a * b
  const aSplit = SPLITTER * a
  const aHigh = aSplit - (aSplit - a)
  const aLow = a - aHigh
  const bSplit = SPLITTER * b
  const bHigh = bSplit - (bSplit - b)
  const bLow = b - bHigh
  return new DoubleDouble(product, aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow)
}

export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const high = twoSum(a.hi, b.hi)
  const low = twoSum(a.lo, b.lo)
  const sum = quickTwoSum(high.hi, high.lo + low.hi)
  return quickTwoSum(sum.hi, sum.lo + low.lo)
}

export function negate(a: DoubleDouble): DoubleDouble {
  return new DoubleDouble(-a.hi, -a.lo)
}

export function subtract(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  return add(a, negate(b))
}

export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const product = twoProduct(a.hi, b.hi)
  return quickTwoSum(product.hi, product.lo + (a.hi * b.lo + a.lo * b.hi))
}

export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const first = a.hi / b.hi
  const rest = subtract(a, multiply(b, new DoubleDouble(first, 0)))
  const second = rest.hi / b.hi
  const rest2 = subtract(rest, multiply(b, new DoubleDouble(second, 0)))
  return add(quickTwoSum(first, second), new DoubleDouble(rest2.hi / b.hi, 0))
}

/** Multiplies by a power of two. */
export function scale(a: DoubleDouble, factor: number): DoubleDouble {
  return new DoubleDouble(a.hi * factor, a.lo * factor)
}

export function squareRoot(a: DoubleDouble): DoubleDouble {
  if (a.hi === 0) return a
  const root = Math.sqrt(a.hi)
  const rest = subtract(a, twoProduct(root, root))
  return quickTwoSum(root, rest.hi / (2 * root))
}
