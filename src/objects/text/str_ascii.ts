/** `ascii()`. */
import { type Str, strCodePoints } from '../../base/values.ts'
import { escapedCodePoint } from './codec_errors.ts'

/** What `ascii` makes of the `repr` of an object: everything beyond ASCII escaped. */
export function asciiOfRepr(repr: Str): string {
  if (typeof repr === 'string' && /^[\0-\x7f]*$/.test(repr)) return repr
  let out = ''
  for (const cp of strCodePoints(repr)) out += cp < 0x80 ? String.fromCharCode(cp) : escapedCodePoint(cp)
  return out
}
