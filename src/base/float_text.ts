/**
 * Python's `repr` of a float: the shortest digits that read back as the same number, with an exponent from 1e16 on
 * and below 1e-4.
 */
export function floatRepr(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${Object.is(value, -0) ? '-0' : value}.0`
  const text = shortest(value)
  return /[.en]/.test(text) ? text : text + '.0'
}

/** The parts of a complex number in its `repr`: as a float's, but a whole number has no point. */
function shortFloatText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return Object.is(value, -0) ? '-0' : String(value)
  return shortest(value)
}

/** Python's `repr` of a complex number. */
export function complexRepr(real: number, imag: number): string {
  const imagText = shortFloatText(imag)
  if (Object.is(real, 0)) return imagText + 'j'
  return `(${shortFloatText(real)}${imagText.startsWith('-') ? '' : '+'}${imagText}j)`
}

function shortest(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (value === Infinity) return 'inf'
  if (value === -Infinity) return '-inf'
  const magnitude = Math.abs(value)
  if (magnitude >= 1e-4 && magnitude < 1e16) return String(value)
  const [digits, exponent] = value.toExponential().split('e') as [string, string]
  const size = exponent.slice(1)
  return `${digits}e${exponent[0]}${size.length < 2 ? '0' + size : size}`
}

/** The value of a float literal, exactly rounded; underscores may stand between its digits. */
export function floatFromLiteral(text: string): number {
  return Number(text.includes('_') ? text.replaceAll('_', '') : text)
}
