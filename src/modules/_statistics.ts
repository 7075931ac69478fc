import { defineModule } from '../objects/define_module.ts'
import { valueError } from '../objects/errors.ts'
import { newFloat } from '../objects/make.ts'
import { log } from './math/functions.ts'

/** A quotient of two polynomials, highest coefficient first; that of the denominator ends in 1. */
interface Rational {
  readonly over: readonly number[]
  readonly under: readonly number[]
}

/*
 * Coefficients of Algorithm AS 241 (M. J. Wichura, Applied Statistics 37, 1988), PPND16: for probabilities near a half,
 * for those further out, and for the tails; each the nearest double to the published number.
 */
const middle: Rational = {
  over: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
    133.14166789178438, 3.3871328727963665,
  ],
  under: [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
    42.31333070160091, 1,
  ],
}
const outer: Rational = {
  over: [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  under: [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
}
const tail: Rational = {
  over: [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
    1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  under: [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
    0.1369298809227358, 0.599832206555888, 1,
  ],
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient)
}

/** The value below which a normal distribution has the share `p`, as CPython 3.11 reckons it. */
function inverseNormal(p: number, mu: number, sigma: number): number {
  if (p <= 0 || p >= 1 || sigma <= 0) throw valueError('inv_cdf undefined for these parameters')
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return mu + ((polynomial(middle.over, r) * q) / polynomial(middle.under, r)) * sigma
  }
  const r = Math.sqrt(-log(q <= 0 ? p : 1 - p))
  const { over, under } = r <= 5 ? outer : tail
  const at = r <= 5 ? r - 1.6 : r - 5
  const x = polynomial(over, at) / polynomial(under, at)
  return mu + (q < 0 ? -x : x) * sigma
}

/** The module `_statistics`. */
export const statisticsModule = defineModule('_statistics', () => ({
  functions: {
    '_normal_dist_inv_cdf(p: double, mu: double, sigma: double, /)': (p, mu, sigma) =>
      newFloat(inverseNormal(p, mu, sigma)),
  },
}))
