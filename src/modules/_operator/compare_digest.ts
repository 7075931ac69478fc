import { asStr } from '../../objects/access.ts'
import { bufferBytes, hasBuffer } from '../../objects/buffer.ts'
import { typeError } from '../../objects/errors.ts'
import type { Value } from '../../objects/object.ts'
import { typeOf } from '../../objects/types.ts'

/** `hmac.compare_digest`: looks at all characters, whatever the first difference. */
export function compareDigest(a: Value, b: Value): boolean {
  const left = asStr(a)
  const right = asStr(b)
  if (left !== undefined && right !== undefined) {
    if (typeof left !== 'string' || typeof right !== 'string' || !isAscii(left) || !isAscii(right)) {
      throw typeError('comparing strings with non-ASCII characters is not supported')
    }
    return sameCodes(
      right.length,
      left.length,
      (i) => left.charCodeAt(i),
      (i) => right.charCodeAt(i),
    )
  }
  if (!hasBuffer(a) && !hasBuffer(b)) {
    const names = `'${typeOf(a).name}' and '${typeOf(b).name}'`
    throw typeError(`unsupported operand types(s) or combination of types: ${names}`)
  }
  const x = bufferBytes(a)
  const y = bufferBytes(b)
  return sameCodes(
    y.length,
    x.length,
    (i) => x[i]!,
    (i) => y[i]!,
  )
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false
  return true
}

function sameCodes(length: number, other: number, left: (i: number) => number, right: (i: number) => number): boolean {
  let difference = length === other ? 0 : 1
  const first = length === other ? left : right
  for (let i = 0; i < length; i++) difference |= first(i) ^ right(i)
  return difference === 0
}
