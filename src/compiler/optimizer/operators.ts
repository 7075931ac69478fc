import type { Operator, UnaryOperator } from '../../ast/nodes.ts'
import { Complex, type Constant, canonicalInt, Float } from '../../base/values.ts'
import { complexOperation, complexPower } from './complexes.ts'
import { floatOperation, floatPower } from './floats.ts'
import { type Int, intOperation, intToFloat, trueDivide } from './ints.ts'
import { concatenate, isSequence, repeat } from './sequences.ts'
import { isTrue } from './truth.ts'

/** The value of an int or bool as an int. */
function asInt(value: Constant): Int | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  return typeof value === 'boolean' ? Number(value) : undefined
}

/** The value of a real number as a double; `undefined` for anything else, and for an int that is too large. */
function asFloat(value: Constant): number | undefined {
  if (value instanceof Float) return value.value
  const int = asInt(value)
  return int === undefined ? undefined : intToFloat(int)
}

function asComplex(value: Constant): Complex | undefined {
  if (value instanceof Complex) return value
  const real = asFloat(value)
  return real === undefined ? undefined : new Complex(real, 0)
}

function boxFloat(value: number | undefined): Float | undefined {
  return value === undefined ? undefined : new Float(value)
}

/**
 * The result of a binary operator on two constants, as CPython's optimiser folds it: `undefined` where Python raises an
 * exception or where the result could be too large.
 */
export function foldBinary(op: Operator, a: Constant, b: Constant): Constant | undefined {
  if (op === 'MatMult') return undefined
  const x = asInt(a)
  const y = asInt(b)
  if (x !== undefined && y !== undefined) return intBinary(op, a, b, x, y)
  if (isSequence(a) || isSequence(b)) return sequenceBinary(op, a, b, x, y)
  if (a instanceof Complex || b instanceof Complex) {
    const left = asComplex(a)
    const right = asComplex(b)
    return left === undefined || right === undefined ? undefined : complexOperation(op, left, right)
  }
  const left = asFloat(a)
  const right = asFloat(b)
  if (left === undefined || right === undefined) return undefined
  return op === 'Pow' ? realPower(left, right) : boxFloat(floatOperation(op, left, right))
}

function intBinary(op: Operator, a: Constant, b: Constant, x: Int, y: Int): Constant | undefined {
  switch (op) {
    case 'Div':
      return boxFloat(trueDivide(x, y))
    case 'Pow':
      if (y < 0) {
        const base = intToFloat(x)
        const exponent = intToFloat(y)
        return base === undefined || exponent === undefined ? undefined : realPower(base, exponent)
      }
      return intOperation(op, x, y)
    case 'BitOr':
    case 'BitXor':
    case 'BitAnd': {
      const bits = intOperation(op, x, y)
      return typeof a === 'boolean' && typeof b === 'boolean' ? bits === 1 : bits
    }
    default:
      return intOperation(op, x, y)
  }
}

function realPower(base: number, exponent: number): Constant | undefined {
  const power = floatPower(base, exponent)
  if (power === 'complex') return complexPower(new Complex(base, 0), new Complex(exponent, 0))
  return boxFloat(power)
}

function sequenceBinary(
  op: Operator,
  a: Constant,
  b: Constant,
  x: Int | undefined,
  y: Int | undefined,
): Constant | undefined {
  if (op === 'Add') return isSequence(a) && isSequence(b) ? concatenate(a, b) : undefined
  if (op !== 'Mult') return undefined
  if (isSequence(a)) return y === undefined ? undefined : repeat(a, y)
  return x === undefined || !isSequence(b) ? undefined : repeat(b, x)
}

/** The result of a unary operator on a constant; `undefined` where Python raises an exception. */
export function foldUnary(op: UnaryOperator, value: Constant): Constant | undefined {
  if (op === 'Not') return !isTrue(value)
  const int = asInt(value)
  if (int !== undefined) {
    if (op === 'UAdd') return int
    return canonicalInt(op === 'USub' ? -BigInt(int) : ~BigInt(int))
  }
  if (op === 'Invert') return undefined
  if (value instanceof Float) return op === 'UAdd' ? value : new Float(-value.value)
  if (!(value instanceof Complex)) return undefined
  return op === 'UAdd' ? value : new Complex(-value.real, -value.imag)
}
