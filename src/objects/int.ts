import { intRepr } from '../base/int_text.ts'
import { strLength } from '../base/values.ts'
import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt, asStr } from './access.ts'
import { lookupSpecial, typeLookup } from './attributes.ts'
import { bufferBytes, hasBuffer } from './buffer.ts'
import { bytesOf } from './bytes_like.ts'
import { defineType, tpNew } from './define.ts'
import { typeError, valueError, zeroDivisionError } from './errors.ts'
import { PyExc_DeprecationWarning } from './exception_types.ts'
import { hashInt } from './hash_number.ts'
import { newInstance } from './instance.ts'
import { intLimits } from './int_limits.ts'
import { newBytes, newFloat, newStr, newTuple } from './make.ts'
import { floatPow, intToFloat } from './number/float_arith.ts'
import * as arith from './number/int_arith.ts'
import { intBitCount, intBitLength, intFromBytes, intToBytes, intTrueDiv } from './number/int_bits.ts'
import { strictSubclass, toIndex } from './number_protocol.ts'
import type { PyType, Value } from './object.ts'
import { call, isTrue, str } from './protocols.ts'
import { formatInt } from './text/format_int.ts'
import { intFromBytesText, intFromStr } from './text/number_text.ts'
import { boolType, bytesType, intType, None, NotImplemented, typeOf } from './types.ts'
import { warn } from './warn.ts'

type Int = number | bigint

const notImplemented = NotImplemented as Owned<Value>

/** A binary slot: both operands must be ints. */
function binary(operation: (a: Int, b: Int) => Int): (lhs: Value, rhs: Value) => Owned<Value> {
  return (lhs, rhs) => {
    const a = asInt(lhs)
    const b = asInt(rhs)
    return a === undefined || b === undefined ? notImplemented : operation(a, b)
  }
}

function compare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  const a = asInt(lhs)
  const b = asInt(rhs)
  if (a === undefined || b === undefined) return notImplemented
  switch (op) {
    case 0:
      return a < b
    case 1:
      return a <= b
    case 2:
      return a === b
    case 3:
      return a !== b
    case 4:
      return a > b
    default:
      return a >= b
  }
}

function power(base: Value, exponent: Value, modulus: Value): Owned<Value> {
  const a = asInt(base)
  const b = asInt(exponent)
  if (a === undefined || b === undefined) return notImplemented
  if (modulus !== None) {
    const m = asInt(modulus)
    return m === undefined ? notImplemented : arith.intPowMod(a, b, m)
  }
  if (b < 0) {
    if (a === 0) throw zeroDivisionError('0.0 cannot be raised to a negative power')
    return newFloat(floatPow(intToFloat(a), intToFloat(b))!)
  }
  return arith.intPow(a, b)
}

/** The int of `int(value)` without a base. */
function toInt(value: Value): Int {
  const text = asStr(value)
  if (text !== undefined) return intFromStr(text, 10, intLimits.maxStrDigits)
  const type = typeOf(value)
  if (type === intType || type === boolType) return asInt(value)!
  if (type.nb_int !== undefined) return converted(type.nb_int(value), '__int__')
  if (type.nb_index !== undefined) return toIndex(value)
  const truncate = lookupSpecial(value, '__trunc__')
  if (truncate !== undefined) return truncated(truncate)
  if (hasBuffer(value)) return intFromBytesText(bufferBytes(value), 10, intLimits.maxStrDigits)
  throw typeError(`int() argument must be a string, a bytes-like object or a real number, not '${type.name}'`)
}

function converted(result: Owned<Value>, method: string): Int {
  const number = asInt(result)
  const { name } = typeOf(result)
  const exact = typeof result === 'number' || typeof result === 'bigint'
  drop(result)
  if (number === undefined) throw typeError(`${method} returned non-int (type ${name})`)
  if (!exact) warn(PyExc_DeprecationWarning, strictSubclass(method, name), 1)
  return number
}

function truncated(method: Owned<Value>): Int {
  warn(PyExc_DeprecationWarning, 'The delegation of int() to __trunc__ is deprecated.', 1)
  let result: Owned<Value>
  try {
    result = call(method, [])
  } finally {
    drop(method)
  }
  const number = asInt(result)
  if (number !== undefined) {
    drop(result)
    return number
  }
  const { name, nb_index } = typeOf(result)
  if (nb_index === undefined) {
    drop(result)
    throw typeError(`__trunc__ returned non-Integral (type ${name})`)
  }
  const int = toIndex(result)
  drop(result)
  return int
}

function newInt(type: PyType, x: Value | undefined, base: Value | undefined): Owned<Value> {
  const value = intArgument(x, base)
  return type === intType ? value : (newInstance(type, value) as Owned<Value>)
}

function intArgument(x: Value | undefined, base: Value | undefined): Int {
  if (x === undefined) {
    if (base !== undefined) throw typeError('int() missing string argument')
    return 0
  }
  if (base === undefined) return toInt(x)
  const radix = toIndex(base)
  if (radix !== 0 && (radix < 2 || radix > 36)) throw valueError('int() base must be >= 2 and <= 36, or 0')
  const text = asStr(x)
  if (text !== undefined) return intFromStr(text, Number(radix), intLimits.maxStrDigits)
  const bytes = bytesOf(x)
  if (bytes !== undefined) return intFromBytesText(bytes, Number(radix), intLimits.maxStrDigits)
  throw typeError("int() can't convert non-string with explicit base")
}

function isLittle(byteorder: string): boolean {
  if (byteorder === 'little') return true
  if (byteorder === 'big') return false
  throw valueError("byteorder must be either 'little' or 'big'")
}

function roundInt(self: Value, digits: Value | undefined): Owned<Value> {
  const value = asInt(self)!
  if (digits === undefined) return value
  return arith.intRound(value, toIndex(digits))
}

function fromBytes(type: PyType, source: Value, byteorder: string, signed: boolean): Owned<Value> {
  const little = isLittle(byteorder)
  const bytes = bytesFromObject(source)
  const value = intFromBytes(bytes, little, signed)
  return type === intType ? value : call(type, [value])
}

/** What `bytes(source)` holds, for `int.from_bytes`. */
function bytesFromObject(source: Value): Uint8Array {
  if (hasBuffer(source)) return bufferBytes(source)
  const type = typeOf(source)
  const isIterable = (type.tp_iter ?? type.sq_item) !== undefined && asStr(source) === undefined
  if (!isIterable && typeLookup(type, '__bytes__') === undefined) {
    throw typeError(`cannot convert '${type.name}' object to bytes`)
  }
  const made = call(bytesType, [source])
  const bytes = bytesOf(made)!
  drop(made)
  return bytes
}

/** Defines `int` and `bool`. */
export function defineIntTypes(): void {
  defineType(intType, () => ({
    slots: {
      tp_new: tpNew('int(x = NULL, /, base = NULL)', newInt),
      tp_repr: (self): Owned<Value> => intRepr(asInt(self)!, intLimits.maxStrDigits),
      tp_hash: (self) => hashInt(asInt(self)!),
      tp_richcompare: compare,
      nb_add: binary(arith.intAdd),
      nb_subtract: binary(arith.intSub),
      nb_multiply: binary(arith.intMul),
      nb_remainder: binary(arith.intMod),
      nb_divmod: (lhs, rhs) => {
        const a = asInt(lhs)
        const b = asInt(rhs)
        return a === undefined || b === undefined ? notImplemented : newTuple(arith.intDivmod(a, b))
      },
      nb_power: power,
      nb_negative: (self): Owned<Value> => arith.intNegate(asInt(self)!),
      nb_positive: (self): Owned<Value> => asInt(self)!,
      nb_absolute: (self): Owned<Value> => arith.intAbs(asInt(self)!),
      nb_bool: (self) => asInt(self) !== 0,
      nb_invert: (self): Owned<Value> => arith.intInvert(asInt(self)!),
      nb_lshift: binary(arith.intLshift),
      nb_rshift: binary(arith.intRshift),
      nb_and: binary(arith.intAnd),
      nb_xor: binary(arith.intXor),
      nb_or: binary(arith.intOr),
      nb_int: (self): Owned<Value> => asInt(self)!,
      nb_float: (self) => newFloat(intToFloat(asInt(self)!)),
      nb_floor_divide: binary(arith.intFloorDiv),
      nb_true_divide: (lhs, rhs) => {
        const a = asInt(lhs)
        const b = asInt(rhs)
        return a === undefined || b === undefined ? notImplemented : newFloat(intTrueDiv(a, b))
      },
      nb_index: (self): Owned<Value> => asInt(self)!,
    },
    methods: {
      'conjugate()': (self): Owned<Value> => asInt(self)!,
      'bit_length()': (self): Owned<Value> => intBitLength(asInt(self)!),
      'bit_count()': (self): Owned<Value> => intBitCount(asInt(self)!),
      "to_bytes(length: ssize = 1, byteorder: text = 'big', *, signed: bool = False)": (
        self,
        length,
        byteorder,
        signed,
      ) => {
        const little = isLittle(byteorder)
        if (length < 0) throw valueError('length argument must be non-negative')
        return newBytes(intToBytes(asInt(self)!, length, little, signed))
      },
      'as_integer_ratio()': (self) => newTuple([asInt(self)!, 1]),
      '__trunc__()': (self): Owned<Value> => asInt(self)!,
      '__floor__()': (self): Owned<Value> => asInt(self)!,
      '__ceil__()': (self): Owned<Value> => asInt(self)!,
      '__round__(ndigits = NULL, /)': roundInt,
      '__getnewargs__()': (self) => newTuple([asInt(self)!]),
      '__format__(format_spec: str, /)': (self, spec) =>
        strLength(spec) === 0
          ? str(self)
          : newStr(formatInt(asInt(self)!, spec, typeOf(self).name, intLimits.maxStrDigits)),
      '__sizeof__()': (self): Owned<Value> => intSize(asInt(self)!),
    },
    classMethods: {
      "from_bytes(bytes, byteorder: text = 'big', *, signed: bool = False)": fromBytes,
    },
    getset: {
      real: (self): Owned<Value> => asInt(self)!,
      imag: (): Owned<Value> => 0,
      numerator: (self): Owned<Value> => asInt(self)!,
      denominator: (): Owned<Value> => 1,
    },
  }))
  defineType(boolType, () => ({
    slots: {
      tp_new: tpNew('bool(x = False, /)', (_type, x): Owned<Value> => isTrue(x)),
      tp_repr: (self): Owned<Value> => (self === true ? 'True' : 'False'),
      nb_and: logical((a, b) => a && b, arith.intAnd),
      nb_or: logical((a, b) => a || b, arith.intOr),
      nb_xor: logical((a, b) => a !== b, arith.intXor),
    },
  }))
}

function logical(
  onBools: (a: boolean, b: boolean) => boolean,
  onInts: (a: Int, b: Int) => Int,
): (lhs: Value, rhs: Value) => Owned<Value> {
  const plain = binary(onInts)
  return (lhs, rhs) => (typeof lhs === 'boolean' && typeof rhs === 'boolean' ? onBools(lhs, rhs) : plain(lhs, rhs))
}

/** `int.__sizeof__`: a header of 24 bytes and 4 for each 30 bits. */
function intSize(value: Int): number {
  return 24 + 4 * Math.max(1, Math.ceil(intBitLength(value) / 30))
}
