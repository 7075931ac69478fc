import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt } from '../objects/access.ts'
import { lookupSpecial } from '../objects/attributes.ts'
import { defineModule } from '../objects/define_module.ts'
import { typeError } from '../objects/errors.ts'
import { newFloat, newTuple } from '../objects/make.ts'
import { comb, factorial, gcd, isqrt, lcm, perm } from '../objects/number/int_math.ts'
import { binaryOp, NB_MULTIPLY, toDouble, toIndex } from '../objects/number_protocol.ts'
import { type KeywordNames, PyFloat, type Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'
import { forEach, toArray } from '../objects/sequence_protocol.ts'
import { floatToInt } from '../objects/text/float_conversions.ts'
import { floatType, None, typeOf } from '../objects/types.ts'
import * as elementary from './math/elementary.ts'
import * as functions from './math/functions.ts'
import { gamma, lgamma } from './math/gamma.ts'
import * as representation from './math/representation.ts'

/** A C `double` of an argument; plain floats first, since nearly all are. */
function real(value: Value): number {
  return value instanceof PyFloat ? value.data : toDouble(value)
}

/** A function from a float to a float. */
const unary = (compute: (x: number) => number) => (x: Value) => newFloat(compute(real(x)))

/** A function from two floats to a float. */
const binary = (compute: (x: number, y: number) => number) => (x: Value, y: Value) =>
  newFloat(compute(real(x), real(y)))

/** The argument of a logarithm: ints of any size keep their digits. */
function logArgument(value: Value): number | bigint {
  return asInt(value) ?? real(value)
}

/** `math.floor` and `math.ceil`. */
function rounding(method: string, round: (x: number) => number) {
  return (x: Value): Owned<Value> => {
    if (typeof x === 'number' || typeof x === 'bigint') return x
    if (typeof x === 'object' && x.type === floatType) return floatToInt(round(x.data as number))
    const special = lookupSpecial(x, method)
    if (special === undefined) return floatToInt(round(real(x)))
    return callOwned(special, [])
  }
}

function callOwned(callable: Owned<Value>, args: readonly Value[]): Owned<Value> {
  try {
    return call(callable, args)
  } finally {
    drop(callable)
  }
}

function trunc(x: Value): Owned<Value> {
  if (typeof x === 'number' || typeof x === 'bigint') return x
  if (typeof x === 'object' && x.type === floatType) return floatToInt(x.data as number)
  const special = lookupSpecial(x, '__trunc__')
  if (special === undefined) throw typeError(`type ${typeOf(x).name} doesn't define __trunc__ method`)
  return callOwned(special, [])
}

function log(args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  if (kwnames !== null && kwnames.length > 0) throw typeError('log() takes no keyword arguments')
  const [x, base] = args
  if (x === undefined || args.length > 2) throw typeError('math.log requires 1 to 2 arguments')
  if (base === undefined) return newFloat(functions.log(logArgument(x)))
  // The logarithm of the first is taken before the second is looked at.
  const argument = logArgument(x)
  functions.log(argument)
  return newFloat(functions.logWithBase(argument, logArgument(base)))
}

function reals(iterable: Value): number[] {
  const numbers: number[] = []
  forEach(iterable, (item) => void numbers.push(real(item)))
  return numbers
}

function dist(p: Value, q: Value): Owned<Value> {
  const first = toArray(p)
  let second: Owned<Value>[] = []
  try {
    second = toArray(q)
    if (first.length !== second.length)
      return newFloat(functions.dist(new Array(first.length), new Array(second.length)))
    return newFloat(functions.dist(first.map(real), second.map(real)))
  } finally {
    for (const item of first) drop(item)
    for (const item of second) drop(item)
  }
}

/** `gcd` and `lcm`: all arguments are looked at, even if the result is known. */
function folded(start: number | bigint, combine: (a: number | bigint, b: number | bigint) => number | bigint) {
  return (integers: readonly Value[]): Owned<Value> => {
    let result = start
    integers.forEach((value, i) => {
      const number = toIndex(value)
      result = i === 0 ? combine(number, number) : combine(result, number)
    })
    return result
  }
}

function prod(iterable: Value, start: Value): Owned<Value> {
  let result = keep(start)
  try {
    forEach(iterable, (item) => {
      const product = binaryOp(result, item, NB_MULTIPLY)
      drop(result)
      result = product
    })
  } catch (error) {
    drop(result)
    throw error
  }
  return result
}

function ldexp(x: Value, exponent: Value): Owned<Value> {
  const number = asInt(exponent)
  const mantissa = real(x)
  if (number === undefined) throw typeError('Expected an int as second argument to ldexp.')
  return newFloat(representation.ldexp(mantissa, number))
}

const pair = (a: Owned<Value>, b: Owned<Value>) => newTuple([a, b])

/** The module `math`. */
export const mathModule = defineModule('math', () => ({
  functions: {
    'acos(x, /)': unary(functions.acos),
    'acosh(x, /)': unary(functions.acosh),
    'asin(x, /)': unary(functions.asin),
    'asinh(x, /)': unary(functions.asinh),
    'atan(x, /)': unary(functions.atan),
    'atan2(y, x, /)': binary(functions.atan2),
    'atanh(x, /)': unary(functions.atanh),
    'cbrt(x, /)': unary(functions.cbrt),
    'ceil(x, /)': rounding('__ceil__', Math.ceil),
    'comb(n, k, /)': (n, k): Owned<Value> => comb(toIndex(n), toIndex(k)),
    'copysign(x, y, /)': binary(representation.copysign),
    'cos(x, /)': unary(functions.cos),
    'cosh(x, /)': unary(functions.cosh),
    'degrees(x, /)': unary(representation.degrees),
    'dist(p, q, /)': dist,
    'erf(x, /)': unary(elementary.erf),
    'erfc(x, /)': unary(elementary.erfc),
    'exp(x, /)': unary(functions.exp),
    'exp2(x, /)': unary(functions.exp2),
    'expm1(x, /)': unary(functions.expm1),
    'fabs(x, /)': unary(Math.abs),
    'factorial(n, /)': (n): Owned<Value> => factorial(toIndex(n)),
    'floor(x, /)': rounding('__floor__', Math.floor),
    'fmod(x, y, /)': binary(representation.fmod),
    'frexp(x, /)': (x) => {
      const [mantissa, exponent] = representation.frexp(real(x))
      return pair(newFloat(mantissa), exponent)
    },
    'fsum(seq, /)': (seq) => newFloat(representation.fsum(reals(seq))),
    'gamma(x, /)': unary(gamma),
    'gcd(*integers)': folded(0, gcd),
    'isclose(a: double, b: double, *, rel_tol: double = 1e-09, abs_tol: double = 0.0)': (a, b, relTol, absTol) =>
      representation.isclose(a, b, relTol, absTol),
    'isfinite(x, /)': (x) => Number.isFinite(real(x)),
    'isinf(x, /)': (x) => Math.abs(real(x)) === Infinity,
    'isnan(x, /)': (x) => Number.isNaN(real(x)),
    'isqrt(n, /)': (n): Owned<Value> => isqrt(toIndex(n)),
    'lcm(*integers)': folded(1, lcm),
    'ldexp(x, i, /)': ldexp,
    'lgamma(x, /)': unary(lgamma),
    'log10(x, /)': (x) => newFloat(functions.log10(logArgument(x))),
    'log1p(x, /)': unary(functions.log1p),
    'log2(x, /)': (x) => newFloat(functions.log2(logArgument(x))),
    'modf(x, /)': (x) => {
      const [fraction, whole] = representation.modf(real(x))
      return pair(newFloat(fraction), newFloat(whole))
    },
    'nextafter(x, y, /)': binary(representation.nextafter),
    'perm(n, k = None, /)': (n, k): Owned<Value> => (k === None ? factorial(toIndex(n)) : perm(toIndex(n), toIndex(k))),
    'pow(x, y, /)': binary(functions.pow),
    'prod(iterable, /, *, start = 1)': prod,
    'radians(x, /)': unary(representation.radians),
    'remainder(x, y, /)': binary(representation.remainder),
    'sin(x, /)': unary(functions.sin),
    'sinh(x, /)': unary(functions.sinh),
    'sqrt(x, /)': unary(functions.sqrt),
    'tan(x, /)': unary(functions.tan),
    'tanh(x, /)': unary(functions.tanh),
    'trunc(x, /)': trunc,
    'ulp(x, /)': unary(representation.ulp),
  },
  rawFunctions: {
    'hypot(*coordinates)': (args: readonly Value[], kwnames: KeywordNames) => {
      if (kwnames !== null && kwnames.length > 0) throw typeError('math.hypot() takes no keyword arguments')
      return newFloat(functions.hypot(args.map(real)))
    },
    'log(x, base = math.e)': log,
  },
  attributes: {
    pi: newFloat(Math.PI),
    e: newFloat(Math.E),
    tau: newFloat(2 * Math.PI),
    inf: newFloat(Infinity),
    nan: newFloat(Number.NaN),
  },
}))
