import type { Operator } from '../../ast/nodes.ts'
import { pow } from '../../base/elementary.ts'

/* Python's float arithmetic for constants; `undefined` is an exception, which is not folded. */

/** A binary operator on two floats whose result is a float; `**` is not among them, for it may be complex. */
export function floatOperation(op: Operator, a: number, b: number): number | undefined {
  switch (op) {
    case 'Add':
      return a + b
    case 'Sub':
      return a - b
    case 'Mult':
      return a * b
    case 'Div':
      return b === 0 ? undefined : a / b
    case 'FloorDiv':
      return b === 0 ? undefined : floorDivide(a, b)
    case 'Mod':
      return b === 0 ? undefined : modulo(a, b)
    default:
      return undefined
  }
}

/** A zero with the sign of a number. */
function zeroLike(value: number): number {
  return value < 0 || Object.is(value, -0) ? -0 : 0
}

function modulo(a: number, b: number): number {
  const rest = a % b
  if (rest === 0) return zeroLike(b)
  return rest < 0 !== b < 0 ? rest + b : rest
}

function floorDivide(a: number, b: number): number {
  const rest = a % b
  let quotient = (a - rest) / b
  if (rest !== 0 && rest < 0 !== b < 0) quotient -= 1
  if (quotient === 0) return zeroLike(a / b)
  const floor = Math.floor(quotient)
  return quotient - floor > 0.5 ? floor + 1 : floor
}

function isOdd(value: number): boolean {
  return Math.abs(value) % 2 === 1
}

/** A power whose base is zero, infinite or NaN, or whose exponent is infinite or NaN. */
function specialPower(a: number, b: number): number | undefined {
  if (Number.isNaN(a)) return a
  if (Number.isNaN(b)) return a === 1 ? 1 : b
  if (!Number.isFinite(b)) {
    const size = Math.abs(a)
    if (size === 1) return 1
    return b > 0 === size > 1 ? Infinity : 0
  }
  if (b > 0) return isOdd(b) ? a : Math.abs(a)
  if (a === 0) return undefined
  return isOdd(b) ? zeroLike(a) : 0
}

/** `a ** b`; `'complex'` for a negative base with a fractional exponent, which has a complex result. */
export function floatPower(a: number, b: number): number | undefined | 'complex' {
  if (b === 0) return 1
  if (a === 0 || !Number.isFinite(a) || !Number.isFinite(b)) return specialPower(a, b)
  if (a < 0 && !Number.isInteger(b)) return 'complex'
  const size = Math.abs(a)
  const magnitude = size === 1 ? 1 : pow(size, b)
  if (magnitude === Infinity) return undefined
  return a < 0 && isOdd(b) ? -magnitude : magnitude
}
