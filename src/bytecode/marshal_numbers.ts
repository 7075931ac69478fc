import { PyError } from '../base/errors.ts'

/** Bits in one digit of a marshalled int. */
const DIGIT_BITS = 15

/** V8 holds no larger int; a larger one is a `MemoryError` here. */
const MAX_BITS = 1 << 30

/** The int that the digits make, the lowest first, in time that grows hardly faster than their number. */
export function intFromDigits(digits: readonly number[], negative: boolean): bigint {
  if (digits.length * DIGIT_BITS > MAX_BITS - 64) throw new PyError('MemoryError', '')
  let hex = ''
  let bits = 0
  let held = 0
  const pieces: string[] = []
  for (const digit of digits) {
    held |= digit << bits
    bits += DIGIT_BITS
    while (bits >= 16) {
      pieces.push((held & 0xffff).toString(16).padStart(4, '0'))
      held >>>= 16
      bits -= 16
    }
  }
  hex = pieces.push(held.toString(16)) === 1 ? pieces[0]! : pieces.reverse().join('')
  const value = BigInt(`0x${hex}`)
  return negative ? -value : value
}

/** The digits of an int without its sign, the lowest first. */
export function digitsOfInt(value: bigint): number[] {
  const hex = (value < 0n ? -value : value).toString(16)
  const digits: number[] = []
  let held = 0
  let bits = 0
  for (let end = hex.length; end > 0; end -= 4) {
    held |= Number.parseInt(hex.slice(Math.max(0, end - 4), end), 16) << bits
    bits += 16
    while (bits >= DIGIT_BITS) {
      digits.push(held & 0x7fff)
      held >>>= DIGIT_BITS
      bits -= DIGIT_BITS
    }
  }
  if (held !== 0) digits.push(held)
  while (digits.length > 0 && digits[digits.length - 1] === 0) digits.pop()
  return digits
}

/** A float as C's `%.17g`, which versions 0 and 1 write. */
export function formatFloat17(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  let [mantissa = '', exponent = ''] = roundHalfEven(Math.abs(value)).split('e')
  const power = Number(exponent)
  const digits = mantissa.replace('.', '')
  if (power < -4 || power >= 17) {
    mantissa = trimZeros(`${digits[0]}.${digits.slice(1)}`)
    const size = String(Math.abs(power)).padStart(2, '0')
    mantissa += `e${power < 0 ? '-' : '+'}${size}`
  } else if (power < 0) {
    mantissa = trimZeros(`0.${'0'.repeat(-power - 1)}${digits}`)
  } else {
    mantissa = trimZeros(`${digits.slice(0, power + 1)}.${digits.slice(power + 1)}`)
  }
  return value < 0 ? `-${mantissa}` : mantissa
}

/** 17 digits and an exponent. JavaScript rounds a tie up; C rounds it to the even digit. */
function roundHalfEven(value: number): string {
  const exact = value.toExponential(60)
  const [mantissa = '', exponent] = exact.split('e')
  const isTie = mantissa[18] === '5' && /^0*$/.test(mantissa.slice(19))
  if (isTie && Number(mantissa[17]) % 2 === 0) return `${mantissa.slice(0, 18)}e${exponent}`
  return value.toExponential(16)
}

/** Without the zeros that end a fraction. */
function trimZeros(text: string): string {
  return text.replace(/\.?0*$/, '')
}

/**
 * The float that a text of versions 0 and 1 stands for, read as C's `strtod` does; it ends at a NUL.
 *
 * @throws PyError ValueError if the text is no number.
 */
export function parseFloatText(bytes: Uint8Array): number {
  const nul = bytes.indexOf(0)
  const text = new TextDecoder().decode(nul < 0 ? bytes : bytes.subarray(0, nul))
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text)
  const word = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i.exec(text)
  if (word === null) throw new PyError('ValueError', `could not convert string to float: '${text.slice(0, 200)}'`)
  const size = word[2] === undefined ? Number.NaN : Number.POSITIVE_INFINITY
  return word[1] === '-' ? -size : size
}
