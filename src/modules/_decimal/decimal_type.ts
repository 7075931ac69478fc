import { Complex, canonicalInt } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import { defineType } from '../../objects/define.ts'
import { overflowError, typeError, valueError } from '../../objects/errors.ts'
import { newOf } from '../../objects/instance.ts'
import { newComplex, newFloat, newStr, newTuple } from '../../objects/make.ts'
import { intNegate } from '../../objects/number/int_arith.ts'
import {
  type KeywordNames,
  type PyDict,
  type PyType,
  TPFLAGS_DICT_SUBCLASS,
  TPFLAGS_LONG_SUBCLASS,
  type Value,
} from '../../objects/object.ts'
import { address } from '../../objects/object_object.ts'
import { call } from '../../objects/protocols.ts'
import { None, NotImplemented, typeOf } from '../../objects/types.ts'
import { quantize } from './adjust.ts'
import { checkCount, parseKeywords } from './arguments.ts'
import * as arith from './arith.ts'
import { divmodTuple, finished } from './context_methods.ts'
import { ssizeArgument } from './context_type.ts'
import { fromNumberExactly, fromObjectExactly, hashNumber, operand, toFloat, toInt } from './convert.ts'
import { compareDecimal } from './decimal_compare.ts'
import { decimalMethods, decimalRawMethods } from './decimal_methods.ts'
import { type DecimalSpec, formatDecimal, isValidLocale, parseSpec, withoutNegativeZero } from './format.ts'
import {
  type Context,
  Dec,
  FINITE,
  INFINITE,
  isNan,
  isZero,
  pow10,
  QNAN,
  ROUND_CEILING,
  ROUND_DOWN,
  ROUND_FLOOR,
  ROUND_HALF_EVEN,
  SNAN,
  type Status,
  shiftLeft,
  ZERO,
} from './number.ts'
import { power, powerModulo } from './power.ts'
import { toScientific } from './text.ts'
import { contextArgument, current, decimalType, met, newDecimal, type PyDecimal } from './types.ts'

/*
 * `decimal.Decimal`: construction, operators, conversions.
 */

const notImplemented = NotImplemented as Owned<Value>

/** `DecimalTuple`; set when the module is made. */
let decimalTuple: Owned<Value> | undefined

/** Sets the class of what `as_tuple` gives; takes it over. */
export function setDecimalTuple(type: Owned<Value>): void {
  decimalTuple = type
}

function construct(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const [value, context] = parseKeywords(['value', 'context'], 0, args, kwnames)
  const ctx = contextArgument(context)
  if (type !== decimalType) return newOf(type, fromObjectExactly(value, ctx)) as Owned<Value>
  if (typeof value === 'object' && value.type === decimalType) return keep<Value>(value)
  return newDecimal(fromObjectExactly(value, ctx))
}

type Binary = (a: Dec, b: Dec, ctx: Context, st: Status) => Dec

function binary(operation: Binary): (lhs: Value, rhs: Value) => Owned<Value> {
  return (lhs, rhs) => {
    const a = operand(lhs)
    if (a === undefined) return notImplemented
    const b = operand(rhs)
    if (b === undefined) return notImplemented
    const ctx = current()
    met.bits = 0
    return finished(operation(a, b, ctx, met), ctx)
  }
}

function unary(operation: (a: Dec, ctx: Context, st: Status) => Dec): (self: PyDecimal) => Owned<Value> {
  return ({ data }) => {
    const ctx = current()
    met.bits = 0
    return finished(operation(data, ctx, met), ctx)
  }
}

function divmod(lhs: Value, rhs: Value): Owned<Value> {
  const a = operand(lhs)
  if (a === undefined) return notImplemented
  const b = operand(rhs)
  return b === undefined ? notImplemented : divmodTuple(a, b, current())
}

function raise(base: Value, exponent: Value, modulus: Value): Owned<Value> {
  const a = operand(base)
  if (a === undefined) return notImplemented
  const b = operand(exponent)
  if (b === undefined) return notImplemented
  const ctx = current()
  if (modulus === None) {
    met.bits = 0
    return finished(power(a, b, ctx, met), ctx)
  }
  const m = operand(modulus)
  if (m === undefined) return notImplemented
  met.bits = 0
  return finished(powerModulo(a, b, m, ctx, met), ctx)
}

function hashOf(self: PyDecimal): number | bigint {
  const { data } = self
  if (data.kind === SNAN) throw typeError('Cannot hash a signaling NaN value')
  if (data.kind === QNAN) return pointerHash(self)
  return hashNumber(data)
}

/** The hash of an object by its identity: its address, whose low bits say nothing, turned by four. */
function pointerHash(self: PyDecimal): number | bigint {
  const place = BigInt(address(self))
  return canonicalInt(BigInt.asIntN(64, (place >> 4n) | (place << 60n)))
}

const text = (value: Dec) => toScientific(value, current().capitals)

function asTuple({ data }: PyDecimal): Owned<Value> {
  let exponent: Value
  if (data.kind === FINITE) exponent = data.exp
  else exponent = data.kind === INFINITE ? 'F' : data.kind === QNAN ? 'n' : 'N'
  const digits = data.digits > 0 ? [...data.coef.toString()].map(Number) : data.kind === INFINITE ? [0] : []
  const coefficient = newTuple(digits)
  try {
    return call(decimalTuple!, [data.negative ? 1 : 0, coefficient, exponent])
  } finally {
    drop(coefficient)
  }
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}

function asIntegerRatio({ data }: PyDecimal): Owned<Value> {
  if (isNan(data)) throw valueError('cannot convert NaN to integer ratio')
  if (data.kind === INFINITE) throw overflowError('cannot convert Infinity to integer ratio')
  const signed = data.negative ? -data.coef : data.coef
  if (data.exp >= 0 || data.coef === 0n)
    return newTuple([canonicalInt(shiftLeft(signed, data.coef === 0n ? 0 : data.exp)), 1])
  const denominator = pow10(Number(intNegate(data.exp)))
  const divisor = greatestDivisor(denominator, data.coef)
  return newTuple([canonicalInt(signed / divisor), canonicalInt(denominator / divisor)])
}

function round({ data }: PyDecimal, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const ctx = current()
  checkCount('Decimal.__round__', args, kwnames, 0, 1)
  const [places] = args
  if (places === undefined) return toInt(data, ctx, ROUND_HALF_EVEN)
  if ((typeOf(places).flags & TPFLAGS_LONG_SUBCLASS) === 0) throw typeError('optional arg must be an integer')
  const exp = intNegate(ssizeArgument(places))
  met.bits = 0
  return finished(quantize(data, new Dec(FINITE, false, 1n, 1, exp), ctx, met), ctx)
}

/** Takes the point, separator and groups of a specifier from a dict. */
function override(spec: DecimalSpec, dict: PyDict): void {
  const entry = (key: string) => {
    const value = dict.data.get(key)
    if (value === undefined) return undefined
    const found = asStr(value)
    if (found === undefined) throw typeError('bad argument type for built-in operation')
    if (typeof found !== 'string') return found
    const nul = found.indexOf('\0')
    return nul < 0 ? found : found.slice(0, nul)
  }
  spec.dot = entry('decimal_point') ?? spec.dot
  spec.sep = entry('thousands_sep') ?? spec.sep
  const grouping = entry('grouping')
  if (grouping !== undefined) {
    spec.grouping = typeof grouping === 'string' ? [...grouping].map((char) => char.charCodeAt(0)) : grouping.codePoints
  }
  if (!isValidLocale(spec)) throw valueError('invalid override dict')
}

function format({ data }: PyDecimal, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const ctx = current()
  checkCount('Decimal.__format__', args, kwnames, 1, 2)
  const specText = asStr(args[0]!)
  if (specText === undefined) throw typeError('format arg must be str')
  const spec = parseSpec(specText, ctx.capitals)
  if (spec === undefined) throw valueError('invalid format string')
  const [, dict] = args
  if (dict !== undefined) {
    if ((typeOf(dict).flags & TPFLAGS_DICT_SUBCLASS) === 0) throw typeError('optional argument must be a dict')
    override(spec, dict as PyDict)
  }
  const shown = withoutNegativeZero(data, spec, ctx)
  if (shown === undefined) throw valueError('unexpected error when rounding')
  const result = formatDecimal(shown, spec, ctx)
  if (result === undefined) throw valueError('format specification exceeds internal limits of _decimal')
  return newStr(result) as Owned<Value>
}

/** Bytes of a Decimal with a coefficient of at most four words, and digits in a word. */
const SIZE = 104
const STATIC_WORDS = 4
const WORD_DIGITS = 19

function sizeOf({ type, data }: PyDecimal): Owned<Value> {
  const words = Math.ceil(data.digits / WORD_DIGITS)
  return Math.max(SIZE, type.data.basicsize) + (words > STATIC_WORDS ? 8 * words : 0)
}

const toInteger =
  (rounding: number) =>
  ({ data }: PyDecimal): Owned<Value> =>
    toInt(data, current(), rounding)
const same = (self: PyDecimal) => keep<Value>(self)

/** Gives `Decimal` its behaviour. */
export function defineDecimalType(): void {
  defineType(decimalType, () => ({
    signature: '(value="0", context=None)',
    slots: {
      tp_new: construct,
      tp_repr: ({ data }: PyDecimal): Owned<Value> => `Decimal('${text(data)}')`,
      tp_str: ({ data }: PyDecimal): Owned<Value> => text(data),
      tp_hash: hashOf,
      tp_richcompare: compareDecimal,
      nb_add: binary(arith.add),
      nb_subtract: binary(arith.subtract),
      nb_multiply: binary(arith.multiply),
      nb_true_divide: binary(arith.divide),
      nb_floor_divide: binary(arith.divideInt),
      nb_remainder: binary(arith.remainder),
      nb_divmod: divmod,
      nb_power: raise,
      nb_negative: unary(arith.minus),
      nb_positive: unary(arith.plus),
      nb_absolute: unary(arith.abs),
      nb_bool: ({ data }: PyDecimal) => !isZero(data),
      nb_int: toInteger(ROUND_DOWN),
      nb_float: ({ data }: PyDecimal): Owned<Value> => newFloat(toFloat(data)),
    },
    methods: {
      ...decimalMethods,
      'as_tuple()': asTuple,
      'as_integer_ratio()': asIntegerRatio,
      '__copy__()': same,
      '__deepcopy__(memo, /)': same,
      '__reduce__()': (self: PyDecimal) =>
        newTuple([keep<Value>(self.type), newTuple([text(self.data)]) as Owned<Value>]),
      '__ceil__()': toInteger(ROUND_CEILING),
      '__floor__()': toInteger(ROUND_FLOOR),
      '__trunc__()': toInteger(ROUND_DOWN),
      '__complex__()': ({ data }: PyDecimal) => newComplex(new Complex(toFloat(data), 0)),
      '__sizeof__()': sizeOf,
    },
    rawMethods: { ...decimalRawMethods, '__round__(n, /)': round, '__format__(spec, /)': format },
    classMethods: {
      'from_float(f, /)': (type: PyType, value: Value) => {
        const result = newDecimal(fromNumberExactly(value))
        if (type === decimalType) return result
        try {
          return call(type, [result])
        } finally {
          drop(result)
        }
      },
    },
    getset: { real: same, imag: () => newDecimal(ZERO) },
    attributes: { __module__: 'decimal' },
  }))
}
