import type { Complex } from '../../base/values.ts'
import { drop } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asFloat, asInt } from '../../objects/access.ts'
import { getAttr } from '../../objects/attributes.ts'
import { typeError } from '../../objects/errors.ts'
import { isInstance } from '../../objects/instance_check.ts'
import { Py_EQ, Py_GE, Py_GT, Py_LE, Py_LT, Py_NE, type PyObject, type Value } from '../../objects/object.ts'
import { complexType, isInstanceOf, NotImplemented } from '../../objects/types.ts'
import { multiply } from './arith.ts'
import { compareValues } from './compare.ts'
import { fromFloat, fromInt } from './convert.ts'
import {
  type Context,
  Dec,
  FINITE,
  FLOAT_OPERATION,
  INVALID_OPERATION,
  isNan,
  maxContext,
  SNAN,
  Status,
} from './number.ts'
import { addStatus } from './signals.ts'
import { asDecimal, current } from './types.ts'

/*
 * Comparison with numbers of all kinds, by their exact values.
 */

/** `numbers.Rational`; set when the module is made. */
let rational: Owned<Value> | undefined

/** Sets what counts as a rational number; takes it over. */
export function setRational(type: Owned<Value>): void {
  rational = type
}

/** The int of an attribute. */
function intAttribute(value: Value, name: string): Dec {
  const found = getAttr(value, name)
  const int = asInt(found)
  drop(found)
  if (int === undefined) throw typeError('argument must be an integer')
  return fromInt(int)
}

/** The number multiplied with the denominator of what it is compared with. */
function scaled(a: Dec, other: Value): Dec {
  const { coef, digits } = multiply(
    new Dec(FINITE, false, a.coef, a.digits, 0),
    intAttribute(other, 'denominator'),
    maxContext,
    new Status(),
  )
  return new Dec(FINITE, a.negative, coef, digits, a.exp)
}

function ordered(a: Dec, b: Dec, op: number, ctx: Context): boolean {
  if (isNan(a) || isNan(b)) {
    const quiet = a.kind !== SNAN && b.kind !== SNAN && (op === Py_EQ || op === Py_NE)
    if (!quiet) addStatus(ctx, INVALID_OPERATION)
    return op === Py_NE
  }
  const order = compareValues(a, b)
  switch (op) {
    case Py_LT:
      return order < 0
    case Py_LE:
      return order <= 0
    case Py_EQ:
      return order === 0
    case Py_NE:
      return order !== 0
    case Py_GT:
      return order > 0
    case Py_GE:
      return order >= 0
    default:
      return false
  }
}

/** `lhs < rhs` and its like, for a Decimal on the left. */
export function compareDecimal(lhs: Value, rhs: Value, op: number): Owned<Value> {
  const a = (lhs as PyObject<Dec>).data
  const ctx = current()
  const decimal = asDecimal(rhs)
  if (decimal !== undefined) return ordered(a, decimal, op, ctx)
  const int = asInt(rhs)
  if (int !== undefined) return ordered(a, fromInt(int), op, ctx)
  const equality = op === Py_EQ || op === Py_NE
  const float = asFloat(rhs)
  if (float !== undefined) {
    if (equality) ctx.status |= FLOAT_OPERATION
    else addStatus(ctx, FLOAT_OPERATION)
    return ordered(a, fromFloat(float), op, ctx)
  }
  if (equality && isInstanceOf(rhs, complexType)) {
    const { real: re, imag: im } = (rhs as PyObject<Complex>).data
    if (im !== 0) return NotImplemented as Owned<Value>
    ctx.status |= FLOAT_OPERATION
    return ordered(a, fromFloat(re), op, ctx)
  }
  if (!isInstance(rhs, rational!)) return NotImplemented as Owned<Value>
  const numerator = intAttribute(rhs, 'numerator')
  return ordered(a.kind === FINITE ? scaled(a, rhs) : a, numerator, op, ctx)
}
