import { complexRepr } from '../base/float_text.ts'
import { Complex, strLength } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asFloat, asInt, asStr } from './access.ts'
import { lookupSpecial } from './attributes.ts'
import { defineType, tpNew } from './define.ts'
import { typeError, valueError } from './errors.ts'
import { PyExc_DeprecationWarning } from './exception_types.ts'
import { idOf } from './ids.ts'
import { newInstance } from './instance.ts'
import { newComplex, newFloat, newStr, newTuple } from './make.ts'
import * as arith from './number/complex_arith.ts'
import { compareFloatInt, intToFloat } from './number/float_arith.ts'
import { combineComplexHash, hashFloat } from './number/hash.ts'
import { toDouble } from './number_protocol.ts'
import { Py_EQ, Py_NE, type PyObject, type PyType, type Value } from './object.ts'
import { call, str } from './protocols.ts'
import { formatComplex } from './text/format_float.ts'
import { complexFromStr } from './text/number_text.ts'
import { complexType, isSubtype, None, NotImplemented, type TypeFor, typeOf } from './types.ts'
import { warn } from './warn.ts'

type PyComplex = PyObject<Complex>

const notImplemented = NotImplemented as Owned<Value>

/** The complex of a `complex` value, subclasses included. */
function asComplex(value: Value): Complex | undefined {
  return typeof value === 'object' && isSubtype(value.type, complexType) ? (value.data as Complex) : undefined
}

/** The complex of a numeric operand. */
function operand(value: Value): Complex | undefined {
  const complex = asComplex(value)
  if (complex !== undefined) return complex
  const float = asFloat(value)
  if (float !== undefined) return new Complex(float, 0)
  const int = asInt(value)
  return int === undefined ? undefined : new Complex(intToFloat(int), 0)
}

function binary(operation: (a: Complex, b: Complex) => Complex): (lhs: Value, rhs: Value) => Owned<Value> {
  return (lhs, rhs) => {
    const a = operand(lhs)
    const b = a === undefined ? undefined : operand(rhs)
    return b === undefined ? notImplemented : newComplex(operation(a!, b))
  }
}

function compare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if (op !== Py_EQ && op !== Py_NE) return notImplemented
  const a = asComplex(lhs)!
  let equal: boolean
  const b = asComplex(rhs)
  if (b !== undefined) equal = a.real === b.real && a.imag === b.imag
  else {
    const number = asFloat(rhs) ?? asInt(rhs)
    if (number === undefined) return notImplemented
    equal = a.imag === 0 && compareFloatInt(a.real, number) === 0
  }
  return equal === (op === Py_EQ)
}

function hashPart(value: number, self: Value): number | bigint {
  return Number.isNaN(value) ? idOf(self) / 16 : hashFloat(value)
}

/** The result of `__complex__`, or `undefined` where the type has none. */
function viaComplex(value: Value): Complex | undefined {
  const method = lookupSpecial(value, '__complex__')
  if (method === undefined) return undefined
  let result: Owned<Value>
  try {
    result = call(method, [])
  } finally {
    drop(method)
  }
  const complex = asComplex(result)
  const found = typeOf(result)
  drop(result)
  if (complex === undefined) throw typeError(`__complex__ returned non-complex (type ${found.name})`)
  if (found !== complexType) {
    warn(
      PyExc_DeprecationWarning,
      `__complex__ returned non-complex (type ${found.name}).  The ability to return an instance of a strict subclass of complex is deprecated, and may not be allowed in a future version of Python.`,
      1,
    )
  }
  return complex
}

/** A complex of anything that `complex()` or the functions of `cmath` take (`PyComplex_AsCComplex`). */
export function toComplex(value: Value): Complex {
  return asComplex(value) ?? viaComplex(value) ?? new Complex(toDouble(value), 0)
}

function newFromArguments(type: PyType, real: Value | undefined, imag: Value | undefined): Owned<Value> {
  const make = (value: Complex): Owned<Value> => (type === complexType ? newComplex(value) : newInstance(type, value))
  if (type === complexType && imag === undefined && typeof real === 'object' && real.type === type) return keep(real)
  if (real === undefined && imag === undefined) return make(new Complex(0, 0))
  const text = real === undefined ? undefined : asStr(real)
  if (text !== undefined) {
    if (imag !== undefined) throw typeError("complex() can't take second arg if first is a string")
    return make(complexFromStr(text))
  }
  if (imag !== undefined && asStr(imag) !== undefined) throw typeError("complex() second arg can't be a string")
  return make(combine(real, imag))
}

function combine(realArgument: Value | undefined, imagArgument: Value | undefined): Complex {
  const first = realArgument === undefined ? new Complex(0, 0) : part(realArgument, 'first')
  if (imagArgument === undefined) return first
  const imagComplex = asComplex(imagArgument)
  if (imagComplex !== undefined) return new Complex(first.real - imagComplex.imag, first.imag + imagComplex.real)
  const imag = realPart(imagArgument, 'second')
  const isComplex = realArgument !== undefined && asComplex(realArgument) !== undefined
  return new Complex(first.real, isComplex || first.imag !== 0 ? first.imag + imag : imag)
}

function part(value: Value, which: string): Complex {
  if (typeOf(value) === complexType) return asComplex(value)!
  // A class derived from complex may have a __complex__ of its own.
  return viaComplex(value) ?? asComplex(value) ?? new Complex(realPart(value, which), 0)
}

function realPart(value: Value, which: string): number {
  const type = typeOf(value)
  if (type.nb_float === undefined && type.nb_index === undefined) {
    const or = which === 'first' ? 'a string or a number' : 'a number'
    throw typeError(`complex() ${which} argument must be ${or}, not '${type.name}'`)
  }
  return toDouble(value)
}

/** Defines `complex`. */
export function defineComplexType(): void {
  defineType(complexType as TypeFor<PyComplex>, () => ({
    slots: {
      tp_new: tpNew('complex(real = NULL, imag = NULL)', newFromArguments),
      tp_repr: ({ data }): Owned<Value> => complexRepr(data.real, data.imag),
      tp_hash: (self) => combineComplexHash(hashPart(self.data.real, self), hashPart(self.data.imag, self)),
      tp_richcompare: compare,
      nb_add: binary(arith.complexAdd),
      nb_subtract: binary(arith.complexSub),
      nb_multiply: binary(arith.complexMul),
      nb_true_divide: binary(arith.complexTrueDiv),
      nb_power: (base, exponent, modulus) => {
        const a = operand(base)
        const b = a === undefined ? undefined : operand(exponent)
        if (b === undefined) return notImplemented
        if (modulus !== None) throw valueError('complex modulo')
        return newComplex(arith.complexPow(a!, b))
      },
      nb_negative: ({ data }) => newComplex(new Complex(-data.real, -data.imag)),
      nb_positive: ({ data }) => newComplex(data),
      nb_absolute: ({ data }) => newFloat(arith.complexAbs(data)),
      nb_bool: ({ data }) => data.real !== 0 || data.imag !== 0,
    },
    methods: {
      'conjugate()': ({ data }) => newComplex(new Complex(data.real, -data.imag)),
      '__complex__()': ({ data }) => newComplex(data),
      '__getnewargs__()': ({ data }) => newTuple([newFloat(data.real), newFloat(data.imag)]),
      '__format__(format_spec: str, /)': (self, spec) => {
        const { data, type } = self
        return strLength(spec) === 0 ? str(self) : newStr(formatComplex(data.real, data.imag, spec, type.name))
      },
    },
    members: {
      real: ({ data }) => newFloat(data.real),
      imag: ({ data }) => newFloat(data.imag),
    },
  }))
}
