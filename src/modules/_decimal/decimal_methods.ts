import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import type { Result } from '../../objects/define.ts'
import type { KeywordNames, Value } from '../../objects/object.ts'
import { None } from '../../objects/types.ts'
import * as adjust from './adjust.ts'
import { parseKeywords } from './arguments.ts'
import * as arith from './arith.ts'
import * as comparing from './compare.ts'
import { finished } from './context_methods.ts'
import { roundingArgument } from './context_type.ts'
import { requiredOperand } from './convert.ts'
import { exp, ln, log10 } from './logarithms.ts'
import {
  adjusted,
  type Context,
  type Dec,
  derived,
  FINITE,
  INFINITE,
  isNan,
  isZero,
  QNAN,
  SNAN,
  type Status,
  TEN,
  withSign,
} from './number.ts'
import { sqrt } from './roots.ts'
import { toEngineering } from './text.ts'
import { contextArgument, met, newDecimal, type PyDecimal } from './types.ts'

/*
 * The operations as methods of a Decimal: `x.compare(y, context=None)`.
 */

type Raw = (self: PyDecimal, args: readonly Value[], kwnames: KeywordNames) => Result

const ofContext = ['context']
const ofOther = ['other', 'context']
const ofRounding = ['rounding', 'context']

function asks(question: (a: Dec, ctx: Context) => Owned<Value>): Raw {
  return ({ data }, args, kwnames) => {
    const [context] = parseKeywords(ofContext, 0, args, kwnames)
    return question(data, contextArgument(context))
  }
}

const unary = (operation: (a: Dec, ctx: Context, st: Status) => Dec): Raw =>
  asks((a, ctx) => {
    met.bits = 0
    return finished(operation(a, ctx, met), ctx)
  })

function two(run: (a: Dec, b: Dec, ctx: Context) => Owned<Value>): Raw {
  return ({ data }, args, kwnames) => {
    const [other, context] = parseKeywords(ofOther, 1, args, kwnames)
    const ctx = contextArgument(context)
    const b = requiredOperand(other!)
    met.bits = 0
    return run(data, b, ctx)
  }
}

const binary = (operation: (a: Dec, b: Dec, ctx: Context, st: Status) => Dec): Raw =>
  two((a, b, ctx) => finished(operation(a, b, ctx, met), ctx))

/** A context with another rounding, where one is given. */
function withRounding(ctx: Context, rounding: Value | undefined): Context {
  if (rounding === undefined || rounding === None) return ctx
  return derived(ctx, ctx.prec, roundingArgument(rounding), ctx.clamp)
}

function integral(operation: (a: Dec, ctx: Context, st: Status) => Dec): Raw {
  return ({ data }, args, kwnames) => {
    const [rounding, context] = parseKeywords(ofRounding, 0, args, kwnames)
    const ctx = contextArgument(context)
    const work = withRounding(ctx, rounding)
    met.bits = 0
    return finished(operation(data, work, met), ctx)
  }
}

function quantize({ data }: PyDecimal, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const [other, rounding, context] = parseKeywords(['exp', 'rounding', 'context'], 1, args, kwnames)
  const ctx = contextArgument(context)
  const work = withRounding(ctx, rounding)
  const b = requiredOperand(other!)
  met.bits = 0
  return finished(adjust.quantize(data, b, work, met), ctx)
}

function fma({ data }: PyDecimal, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const [other, third, context] = parseKeywords(['other', 'third', 'context'], 2, args, kwnames)
  const ctx = contextArgument(context)
  const b = requiredOperand(other!)
  const c = requiredOperand(third!)
  met.bits = 0
  return finished(arith.fma(data, b, c, ctx, met), ctx)
}

const same = (self: PyDecimal) => keep<Value>(self)

/** Methods without arguments. */
export const decimalMethods = {
  'is_canonical()': (): Owned<Value> => true,
  'is_finite()': ({ data }: PyDecimal): Owned<Value> => data.kind === FINITE,
  'is_infinite()': ({ data }: PyDecimal): Owned<Value> => data.kind === INFINITE,
  'is_nan()': ({ data }: PyDecimal): Owned<Value> => isNan(data),
  'is_qnan()': ({ data }: PyDecimal): Owned<Value> => data.kind === QNAN,
  'is_snan()': ({ data }: PyDecimal): Owned<Value> => data.kind === SNAN,
  'is_signed()': ({ data }: PyDecimal): Owned<Value> => data.negative,
  'is_zero()': ({ data }: PyDecimal): Owned<Value> => isZero(data),
  'adjusted()': ({ data }: PyDecimal): Owned<Value> => (data.kind === FINITE ? adjusted(data) : 0),
  'canonical()': same,
  'conjugate()': same,
  'radix()': () => newDecimal(TEN),
  'copy_abs()': ({ data }: PyDecimal) => newDecimal(withSign(data, false)),
  'copy_negate()': ({ data }: PyDecimal) => newDecimal(withSign(data, !data.negative)),
}

/** Methods that parse their arguments themselves. */
export const decimalRawMethods: Readonly<Record<string, Raw>> = {
  'exp(context = None)': unary(exp),
  'ln(context = None)': unary(ln),
  'log10(context = None)': unary(log10),
  'next_minus(context = None)': unary(adjust.nextMinus),
  'next_plus(context = None)': unary(adjust.nextPlus),
  'normalize(context = None)': unary(adjust.reduce),
  'to_integral(rounding = None, context = None)': integral(adjust.toIntegral),
  'to_integral_exact(rounding = None, context = None)': integral(adjust.toIntegralExact),
  'to_integral_value(rounding = None, context = None)': integral(adjust.toIntegral),
  'sqrt(context = None)': unary(sqrt),
  'compare(other, context = None)': binary(comparing.compare),
  'compare_signal(other, context = None)': binary(comparing.compareSignal),
  'max(other, context = None)': binary(comparing.max),
  'max_mag(other, context = None)': binary(comparing.maxMag),
  'min(other, context = None)': binary(comparing.min),
  'min_mag(other, context = None)': binary(comparing.minMag),
  'next_toward(other, context = None)': binary(adjust.nextToward),
  'quantize(exp, rounding = None, context = None)': quantize,
  'remainder_near(other, context = None)': binary(arith.remainderNear),
  'fma(other, third, context = None)': fma,
  'is_normal(context = None)': asks(adjust.isNormal),
  'is_subnormal(context = None)': asks(adjust.isSubnormal),
  'logb(context = None)': unary(adjust.logb),
  'logical_invert(context = None)': unary(adjust.logicalInvert),
  'number_class(context = None)': asks(adjust.numberClass),
  'to_eng_string(context = None)': asks((a, ctx) => toEngineering(a, ctx.capitals)),
  'compare_total(other, context = None)': binary(comparing.compareTotal),
  'compare_total_mag(other, context = None)': binary(comparing.compareTotalMag),
  'copy_sign(other, context = None)': binary(comparing.copySign),
  'same_quantum(other, context = None)': two(comparing.sameQuantum),
  'logical_and(other, context = None)': binary(adjust.logicalAnd),
  'logical_or(other, context = None)': binary(adjust.logicalOr),
  'logical_xor(other, context = None)': binary(adjust.logicalXor),
  'rotate(other, context = None)': binary(adjust.rotate),
  'scaleb(other, context = None)': binary(adjust.scaleb),
  'shift(other, context = None)': binary(adjust.shift),
}
