import { Complex } from '../../base/values.ts'
import { domainError } from '../math/representation.ts'

/**
 * What the functions give where a part of the argument is infinite or NaN (C99, annex G). Rows go by the real part,
 * columns by the imaginary one: −∞, negative, −0, 0, positive, ∞, NaN. Each entry has a letter for each part of the
 * result; `..` is computed, `!!` is a ValueError.
 */
const TABLES = {
  acos: 'TIPIPIPiPiTiNI HI........HiNN HI........HiHN HI........HiHN HI........HiNN QI0I0I0i0iQiNI NINNNNNNNNNiNN',
  acosh: 'ItIpIpIPIPITIN Ih........IHNN Ih........IHNN Ih........IHNN Ih........IHNN IqIoIoI0I0IQIN INNNNNNNNNINNN',
  asinh: 'iqioioi0i0iQiN ih........iHNN ih........iHNN Ih........IHNN Ih........IHNN IqIoIoI0I0IQIN INNNNoN0NNINNN',
  atanh: 'ohohohoHoHoHoN oh........oHNN oh........oHoN 0h........0H0N 0h........0HNN 0h0h0h0H0H0H0N 0hNNNNNNNN0HNN',
  cosh: '!!..I0Io..!!IN !!........!!NN !!........!!N0 !!........!!N0 !!........!!NN !!..IoI0..!!IN NNNNN0N0NNNNNN',
  exp: '00..0o00..0000 !!........!!NN !!........!!NN !!........!!NN !!........!!NN !!..IoI0..!!IN NNNNNoN0NNNNNN',
  log: 'ItIpIpIPIPITIN Ih........IHNN Ih........IHNN Ih........IHNN Ih........IHNN IqIoIoI0I0IQIN INNNNNNNNNINNN',
  sinh: '!!..ioi0..!!IN !!........!!NN !!........!!0N !!........!!0N !!........!!NN !!..IoI0..!!IN NNNNNoN0NNNNNN',
  sqrt: 'Ii0i0i0I0IIINI Ii........IINN Ii........IINN Ii........IINN Ii........IINN IiIoIoI0I0IIIN IiNNNNNNNNIINN',
  tanh: 'm0..mom0..m0m0 !!........!!NN !!........!!NN !!........!!NN !!........!!NN 10..1o10..1010 NNNNNoN0NNNNNN',
  rect: '!!..i0io..!!IN !!........!!NN 00........0000 00........0000 !!........!!NN !!..IoI0..!!IN NNNNN0N0NNNNNN',
} as const

/** The functions that have a table. */
export type SpecialFunction = keyof typeof TABLES

const VALUES: Readonly<Record<string, number>> = {
  N: Number.NaN,
  I: Infinity,
  i: -Infinity,
  '0': 0,
  o: -0,
  '1': 1,
  m: -1,
  P: Math.PI,
  p: -Math.PI,
  H: Math.PI / 2,
  h: -Math.PI / 2,
  Q: Math.PI / 4,
  q: -Math.PI / 4,
  T: Math.PI * 0.75,
  t: -Math.PI * 0.75,
}

function typeOf(value: number): number {
  if (Number.isNaN(value)) return 6
  if (value === 0) return Object.is(value, -0) ? 2 : 3
  if (value < 0) return value === -Infinity ? 0 : 1
  return value === Infinity ? 5 : 4
}

/**
 * The value from a function's table; `null` where it is to be computed: of finite parts always. Throws `ValueError`.
 */
export function specialValue(name: SpecialFunction, real: number, imag: number): Complex | null {
  if (Number.isFinite(real) && Number.isFinite(imag)) return null
  const at = typeOf(real) * 15 + typeOf(imag) * 2
  const [first, second] = [TABLES[name][at]!, TABLES[name][at + 1]!]
  if (first === '!') throw domainError()
  return first === '.' ? null : new Complex(VALUES[first]!, VALUES[second]!)
}
