import { Complex } from '../base/values.ts'
import type { Owned } from '../memory/header.ts'
import { toComplex } from '../objects/complex.ts'
import { defineModule } from '../objects/define_module.ts'
import { newComplex, newFloat, newTuple } from '../objects/make.ts'
import type { Value } from '../objects/object.ts'
import * as functions from './cmath/functions.ts'

const unary = (compute: (z: Complex) => Complex) => (z: Value) => newComplex(compute(toComplex(z)))
const test = (check: (z: Complex) => boolean) => (z: Value) => check(toComplex(z))

/** The module `cmath`. */
export const cmathModule = defineModule('cmath', () => ({
  functions: {
    'acos(z, /)': unary(functions.acos),
    'acosh(z, /)': unary(functions.acosh),
    'asin(z, /)': unary(functions.asin),
    'asinh(z, /)': unary(functions.asinh),
    'atan(z, /)': unary(functions.atan),
    'atanh(z, /)': unary(functions.atanh),
    'cos(z, /)': unary(functions.cos),
    'cosh(z, /)': unary(functions.cosh),
    'exp(z, /)': unary(functions.exp),
    'isclose(a, b, *, rel_tol: double = 1e-09, abs_tol: double = 0.0)': (a, b, relTol, absTol) =>
      functions.isclose(toComplex(a), toComplex(b), relTol, absTol),
    'isfinite(z, /)': test(functions.isfinite),
    'isinf(z, /)': test(functions.isinf),
    'isnan(z, /)': test(functions.isnan),
    'log(z, base = NULL, /)': (z, base) =>
      newComplex(functions.log(toComplex(z), base === undefined ? undefined : toComplex(base))),
    'log10(z, /)': unary(functions.log10),
    'phase(z, /)': (z) => newFloat(functions.phase(toComplex(z))),
    'polar(z, /)': (z) => {
      const [r, phi] = functions.polar(toComplex(z))
      return newTuple([newFloat(r), newFloat(phi)] as Owned<Value>[])
    },
    'rect(r: double, phi: double, /)': (r, phi) => newComplex(functions.rect(r, phi)),
    'sin(z, /)': unary(functions.sin),
    'sinh(z, /)': unary(functions.sinh),
    'sqrt(z, /)': unary(functions.sqrt),
    'tan(z, /)': unary(functions.tan),
    'tanh(z, /)': unary(functions.tanh),
  },
  attributes: {
    pi: newFloat(Math.PI),
    e: newFloat(Math.E),
    tau: newFloat(2 * Math.PI),
    inf: newFloat(Infinity),
    infj: newComplex(new Complex(0, Infinity)),
    nan: newFloat(Number.NaN),
    nanj: newComplex(new Complex(0, Number.NaN)),
  },
}))
