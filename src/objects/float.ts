import { floatRepr } from '../base/float_text.ts'
import { Complex, strLength } from '../base/values.ts'
import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asFloat, asInt, asStr } from './access.ts'
import { bufferBytes, hasBuffer } from './buffer.ts'
import { defineType, tpNew } from './define.ts'
import { typeError, valueError } from './errors.ts'
import { PyExc_DeprecationWarning } from './exception_types.ts'
import { idOf } from './ids.ts'
import { newInstance } from './instance.ts'
import { newComplex, newFloat, newStr, newTuple } from './make.ts'
import { complexPow } from './number/complex_arith.ts'
import * as arith from './number/float_arith.ts'
import { hashFloat } from './number/hash.ts'
import { toIndex } from './number_protocol.ts'
import type { PyType, Value } from './object.ts'
import { call, shown, str } from './protocols.ts'
import {
  floatFromHex,
  floatHex,
  floatIntegerRatio,
  floatToInt,
  roundFloat,
  roundFloatToInt,
} from './text/float_conversions.ts'
import { formatFloat } from './text/format_float.ts'
import { floatFromBytesText, floatFromStr } from './text/number_text.ts'
import { floatType, None, NotImplemented, strType, typeOf } from './types.ts'
import { warn } from './warn.ts'

const notImplemented = NotImplemented as Owned<Value>

/** The double of a float or int operand; `undefined` for anything else. Throws OverflowError for too large an int. */
function operand(value: Value): number | undefined {
  if (typeof value === 'number') return value
  const float = asFloat(value)
  if (float !== undefined) return float
  const int = asInt(value)
  return int === undefined ? undefined : arith.intToFloat(int)
}

function binary(operation: (a: number, b: number) => number): (lhs: Value, rhs: Value) => Owned<Value> {
  return (lhs, rhs) => {
    const a = operand(lhs)
    const b = a === undefined ? undefined : operand(rhs)
    return b === undefined ? notImplemented : newFloat(operation(a!, b))
  }
}

function compare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  const a = asFloat(lhs)!
  const b = asFloat(rhs) ?? asInt(rhs)
  if (b === undefined) return notImplemented
  switch (op) {
    case 0:
      return a < b
    case 1:
      return a <= b
    case 2:
      return arith.compareFloatInt(a, b) === 0
    case 3:
      return arith.compareFloatInt(a, b) !== 0
    case 4:
      return a > b
    default:
      return a >= b
  }
}

function power(base: Value, exponent: Value, modulus: Value): Owned<Value> {
  if (modulus !== None) throw typeError('pow() 3rd argument not allowed unless all arguments are integers')
  const a = operand(base)
  const b = a === undefined ? undefined : operand(exponent)
  if (b === undefined) return notImplemented
  const result = arith.floatPow(a!, b)
  return result === null ? newComplex(complexPow(new Complex(a!, 0), new Complex(b, 0))) : newFloat(result)
}

/** The double of `float(value)` (`PyNumber_Float`). */
function toFloat(value: Value): number {
  const type = typeOf(value)
  const text = asStr(value)
  // A class derived from str may have a __float__.
  if (text !== undefined && (type === strType || (type.nb_float ?? type.nb_index) === undefined)) {
    return floatFromStr(text)
  }
  if (type === floatType) return asFloat(value)!
  if (type.nb_float !== undefined) return viaFloat(value)
  if (type.nb_index !== undefined) return arith.intToFloat(toIndex(value))
  const float = asFloat(value)
  if (float !== undefined) return float
  if (hasBuffer(value)) return floatFromBytesText(bufferBytes(value), () => shown(value))
  throw typeError(`float() argument must be a string or a real number, not '${type.name}'`)
}

function viaFloat(value: Value): number {
  const type = typeOf(value)
  const result = type.nb_float!(value)
  const float = asFloat(result)
  const found = typeOf(result)
  drop(result)
  if (float === undefined) throw typeError(`${type.name}.__float__ returned non-float (type ${found.name})`)
  if (found !== floatType) {
    warn(
      PyExc_DeprecationWarning,
      `${type.name}.__float__ returned non-float (type ${found.name}).  The ability to return an instance of a strict subclass of float is deprecated, and may not be allowed in a future version of Python.`,
      1,
    )
  }
  return float
}

function makeFloat(type: PyType, value: number): Owned<Value> {
  return type === floatType ? newFloat(value) : newInstance(type, value)
}

function hash(self: Value): number | bigint {
  const value = asFloat(self)!
  return Number.isNaN(value) ? idOf(self) / 16 : hashFloat(value)
}

function round(value: number, digits: Value | undefined): Owned<Value> {
  if (digits === undefined || digits === None) return roundFloatToInt(value)
  const places = toIndex(digits)
  const clipped = places > 400 ? 400 : places < -400 ? -400 : Number(places)
  return newFloat(roundFloat(value, clipped))
}

/** Defines `float`. */
export function defineFloatType(): void {
  defineType(floatType, () => ({
    slots: {
      tp_new: tpNew('float(x = 0, /)', (type, x) => makeFloat(type, toFloat(x))),
      tp_repr: (self): Owned<Value> => floatRepr(self.data),
      tp_hash: hash,
      tp_richcompare: compare,
      nb_add: binary((a, b) => a + b),
      nb_subtract: binary((a, b) => a - b),
      nb_multiply: binary((a, b) => a * b),
      nb_remainder: binary(arith.floatMod),
      nb_divmod: (lhs, rhs) => {
        const a = operand(lhs)
        const b = a === undefined ? undefined : operand(rhs)
        if (b === undefined) return notImplemented
        const [quotient, rest] = arith.floatDivmod(a!, b)
        return newTuple([newFloat(quotient), newFloat(rest)])
      },
      nb_power: power,
      nb_negative: (self) => newFloat(-self.data),
      nb_positive: (self) => newFloat(self.data),
      nb_absolute: (self) => newFloat(Math.abs(self.data)),
      nb_bool: (self) => self.data !== 0,
      nb_int: (self): Owned<Value> => floatToInt(self.data),
      nb_float: (self) => newFloat(self.data),
      nb_floor_divide: binary(arith.floatFloorDiv),
      nb_true_divide: binary(arith.floatTrueDiv),
    },
    methods: {
      'conjugate()': (self) => newFloat(self.data),
      '__trunc__()': (self): Owned<Value> => floatToInt(self.data),
      '__floor__()': (self): Owned<Value> => floatToInt(Math.floor(self.data)),
      '__ceil__()': (self): Owned<Value> => floatToInt(Math.ceil(self.data)),
      '__round__(ndigits = NULL, /)': (self, digits) => round(self.data, digits),
      'as_integer_ratio()': (self) => newTuple([...floatIntegerRatio(self.data)]),
      'hex()': (self): Owned<Value> => floatHex(self.data),
      'is_integer()': (self): Owned<Value> => Number.isInteger(self.data),
      '__getnewargs__()': (self) => newTuple([newFloat(self.data)]),
      '__format__(format_spec: str, /)': (self, spec) =>
        strLength(spec) === 0 ? str(self) : newStr(formatFloat(self.data, spec, typeOf(self).name)),
    },
    classMethods: {
      'fromhex(string: str, /)': (type, text) => {
        const value = newFloat(floatFromHex(text))
        if (type === floatType) return value
        try {
          return call(type, [value])
        } finally {
          drop(value)
        }
      },
      '__getformat__(typestr: text, /)': (_type, kind): Owned<Value> => {
        if (kind !== 'double' && kind !== 'float') {
          throw valueError("__getformat__() argument 1 must be 'double' or 'float'")
        }
        return 'IEEE, little-endian'
      },
    },
    getset: {
      real: (self) => newFloat(self.data),
      imag: () => newFloat(0),
    },
  }))
}
