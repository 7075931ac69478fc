import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import type { Result } from '../../objects/define.ts'
import { typeError } from '../../objects/errors.ts'
import { newTuple } from '../../objects/make.ts'
import type { KeywordNames, Value } from '../../objects/object.ts'
import { None } from '../../objects/types.ts'
import * as adjust from './adjust.ts'
import { checkCount, parseKeywords } from './arguments.ts'
import * as arith from './arith.ts'
import * as comparing from './compare.ts'
import { applied, fromNumberExactly, fromObject, requiredOperand } from './convert.ts'
import { exp, ln, log10 } from './logarithms.ts'
import {
  type Context,
  type Dec,
  etiny,
  etop,
  INFINITE,
  isNan,
  isZero,
  QNAN,
  SNAN,
  type Status,
  TEN,
  withSign,
} from './number.ts'
import { power, powerModulo } from './power.ts'
import { sqrt } from './roots.ts'
import { addStatus } from './signals.ts'
import { toEngineering, toScientific } from './text.ts'
import { asDecimal, met, newDecimal, type PyContext } from './types.ts'

/*
 * The operations as methods of a context: `context.add(x, y)`.
 */

type Unary = (a: Dec, ctx: Context, st: Status) => Dec
type Binary = (a: Dec, b: Dec, ctx: Context, st: Status) => Dec
type Raw = (self: PyContext, args: readonly Value[], kwnames: KeywordNames) => Result

/** The result of an operation as a value, once its conditions are noted in the context. */
export function finished(result: Dec, ctx: Context): Owned<Value> {
  if (met.bits !== 0) addStatus(ctx, met.bits)
  return newDecimal(result)
}

function unary(operation: Unary) {
  return ({ data: { ctx } }: PyContext, x: Value): Owned<Value> => {
    const a = requiredOperand(x)
    met.bits = 0
    return finished(operation(a, ctx, met), ctx)
  }
}

/** A method that asks something of its operand. */
function asks(question: (a: Dec, ctx: Context) => Owned<Value>) {
  return ({ data: { ctx } }: PyContext, x: Value): Owned<Value> => question(requiredOperand(x), ctx)
}

function two(name: string, run: (a: Dec, b: Dec, ctx: Context) => Owned<Value>): Raw {
  return ({ data: { ctx } }, args, kwnames) => {
    checkCount(name, args, kwnames, 2, 2)
    const a = requiredOperand(args[0]!)
    const b = requiredOperand(args[1]!)
    met.bits = 0
    return run(a, b, ctx)
  }
}

const binary = (name: string, operation: Binary): Raw =>
  two(name, (a, b, ctx) => finished(operation(a, b, ctx, met), ctx))

/** `divmod` of two numbers as a tuple. */
export function divmodTuple(a: Dec, b: Dec, ctx: Context): Owned<Value> {
  met.bits = 0
  const { quotient, rest } = arith.divmod(a, b, ctx, met)
  if (met.bits !== 0) addStatus(ctx, met.bits)
  return newTuple([newDecimal(quotient), newDecimal(rest)])
}

function raise({ data: { ctx } }: PyContext, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const [x, y, z] = parseKeywords(['a', 'b', 'modulo'], 2, args, kwnames)
  const a = requiredOperand(x!)
  const b = requiredOperand(y!)
  const modulus = z === undefined || z === None ? undefined : requiredOperand(z)
  met.bits = 0
  return finished(modulus === undefined ? power(a, b, ctx, met) : powerModulo(a, b, modulus, ctx, met), ctx)
}

function fma({ data: { ctx } }: PyContext, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  checkCount('fma', args, kwnames, 3, 3)
  const a = requiredOperand(args[0]!)
  const b = requiredOperand(args[1]!)
  const c = requiredOperand(args[2]!)
  met.bits = 0
  return finished(arith.fma(a, b, c, ctx, met), ctx)
}

function requiredDecimal(x: Value): Dec {
  const a = asDecimal(x)
  if (a === undefined) throw typeError('argument must be a Decimal')
  return a
}

/** Methods with one operand or none. */
export const contextMethods = {
  'abs(x, /)': unary(arith.abs),
  'exp(x, /)': unary(exp),
  'ln(x, /)': unary(ln),
  'log10(x, /)': unary(log10),
  'minus(x, /)': unary(arith.minus),
  'next_minus(x, /)': unary(adjust.nextMinus),
  'next_plus(x, /)': unary(adjust.nextPlus),
  'normalize(x, /)': unary(adjust.reduce),
  'plus(x, /)': unary(arith.plus),
  'to_integral(x, /)': unary(adjust.toIntegral),
  'to_integral_exact(x, /)': unary(adjust.toIntegralExact),
  'to_integral_value(x, /)': unary(adjust.toIntegral),
  'sqrt(x, /)': unary(sqrt),
  'logb(x, /)': unary(adjust.logb),
  'logical_invert(x, /)': unary(adjust.logicalInvert),
  'Etiny()': ({ data }: PyContext): Owned<Value> => etiny(data.ctx),
  'Etop()': ({ data }: PyContext): Owned<Value> => etop(data.ctx),
  'radix()': () => newDecimal(TEN),
  'is_canonical(x, /)': (_self: PyContext, x: Value): Owned<Value> => requiredDecimal(x) !== undefined,
  'is_finite(x, /)': asks((a) => a.kind < INFINITE),
  'is_infinite(x, /)': asks((a) => a.kind === INFINITE),
  'is_nan(x, /)': asks(isNan),
  'is_normal(x, /)': asks(adjust.isNormal),
  'is_qnan(x, /)': asks((a) => a.kind === QNAN),
  'is_signed(x, /)': asks((a) => a.negative),
  'is_snan(x, /)': asks((a) => a.kind === SNAN),
  'is_subnormal(x, /)': asks(adjust.isSubnormal),
  'is_zero(x, /)': asks(isZero),
  '_apply(x, /)': ({ data }: PyContext, x: Value) => newDecimal(applied(requiredOperand(x), data.ctx)),
  'canonical(x, /)': (_self: PyContext, x: Value) => {
    requiredDecimal(x)
    return keep(x)
  },
  'copy_abs(x, /)': asks((a) => newDecimal(withSign(a, false))),
  'copy_decimal(x, /)': (_self: PyContext, x: Value) =>
    asDecimal(x) !== undefined ? keep(x) : newDecimal(requiredOperand(x)),
  'copy_negate(x, /)': asks((a) => newDecimal(withSign(a, !a.negative))),
  'number_class(x, /)': asks(adjust.numberClass),
  'to_sci_string(x, /)': asks((a, ctx) => toScientific(a, ctx.capitals)),
  'to_eng_string(x, /)': asks((a, ctx) => toEngineering(a, ctx.capitals)),
  'create_decimal_from_float(f, /)': ({ data }: PyContext, f: Value) =>
    newDecimal(applied(fromNumberExactly(f), data.ctx)),
}

/** Methods that parse their arguments themselves. */
export const contextRawMethods: Readonly<Record<string, Raw>> = {
  'add(x, y, /)': binary('add', arith.add),
  'compare(x, y, /)': binary('compare', comparing.compare),
  'compare_signal(x, y, /)': binary('compare_signal', comparing.compareSignal),
  'divide(x, y, /)': binary('divide', arith.divide),
  'divide_int(x, y, /)': binary('divide_int', arith.divideInt),
  'divmod(x, y, /)': two('divmod', divmodTuple),
  'max(x, y, /)': binary('max', comparing.max),
  'max_mag(x, y, /)': binary('max_mag', comparing.maxMag),
  'min(x, y, /)': binary('min', comparing.min),
  'min_mag(x, y, /)': binary('min_mag', comparing.minMag),
  'multiply(x, y, /)': binary('multiply', arith.multiply),
  'next_toward(x, y, /)': binary('next_toward', adjust.nextToward),
  'quantize(x, y, /)': binary('quantize', adjust.quantize),
  'remainder(x, y, /)': binary('remainder', arith.remainder),
  'remainder_near(x, y, /)': binary('remainder_near', arith.remainderNear),
  'subtract(x, y, /)': binary('subtract', arith.subtract),
  'power(a, b, modulo = None)': raise,
  'fma(x, y, z, /)': fma,
  'compare_total(x, y, /)': binary('compare_total', comparing.compareTotal),
  'compare_total_mag(x, y, /)': binary('compare_total_mag', comparing.compareTotalMag),
  'copy_sign(x, y, /)': binary('copy_sign', comparing.copySign),
  'logical_and(x, y, /)': binary('logical_and', adjust.logicalAnd),
  'logical_or(x, y, /)': binary('logical_or', adjust.logicalOr),
  'logical_xor(x, y, /)': binary('logical_xor', adjust.logicalXor),
  'rotate(x, y, /)': binary('rotate', adjust.rotate),
  'same_quantum(x, y, /)': two('same_quantum', comparing.sameQuantum),
  'scaleb(x, y, /)': binary('scaleb', adjust.scaleb),
  'shift(x, y, /)': binary('shift', adjust.shift),
  'create_decimal(num = "0", /)': ({ data }, args, kwnames) => {
    checkCount('create_decimal', args, kwnames, 0, 1)
    return newDecimal(fromObject(args[0], data.ctx))
  },
}
