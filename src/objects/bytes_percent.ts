import { strCodePoints, strLength } from '../base/values.ts'
import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt, asStr } from './access.ts'
import { bufferBytes, hasBuffer } from './buffer.ts'
import { specialBytes } from './bytes_build.ts'
import { bytesOf, isBytes } from './bytes_like.ts'
import { isException, typeError } from './errors.ts'
import { PyExc_TypeError } from './exception_types.ts'
import { asciiHook } from './format.ts'
import { intLimits } from './int_limits.ts'
import { newBytes } from './make.ts'
import { TPFLAGS_TUPLE_SUBCLASS, type Value } from './object.ts'
import { getItem } from './sequence_protocol.ts'
import { percentFloat, percentInt } from './str_format.ts'
import { type BytesPercentValues, bytesPercent } from './text/percent.ts'
import { bytearrayType, isInstanceOf, typeOf } from './types.ts'

/** The bytes of a value for `%b`. */
function bytesArgument(value: Value): Uint8Array {
  const own = bytesOf(value)
  if (own !== undefined && (value as { type: unknown }).type === bytearrayType) return own
  if (isBytes(value) && typeOf(value).name === 'bytes') return value.data
  const made = specialBytes(value)
  if (made !== undefined) {
    const bytes = bytesOf(made)!
    drop(made)
    return bytes
  }
  if (hasBuffer(value)) return bufferBytes(value)
  throw typeError(
    `%b requires a bytes-like object, or an object that implements __bytes__, not '${typeOf(value).name}'`,
  )
}

function floatArgument(value: Value): number {
  try {
    return percentFloat(value)
  } catch (error) {
    if (!isException(error, PyExc_TypeError)) throw error
    drop(error)
    throw typeError(`float argument required, not ${typeOf(value).name}`)
  }
}

function charArgument(value: Value): number | bigint | null {
  const bytes = bytesOf(value)
  if (bytes !== undefined) return bytes.length === 1 ? bytes[0]! : null
  return asInt(value) ?? percentInt(value, true)
}

function asciiText(value: Value): string {
  const text = asciiHook.ascii(value)
  const shown = asStr(text)!
  drop(text)
  return strLength(shown) === 0 ? '' : String.fromCharCode(...strCodePoints(shown))
}

/** `template % operand` of bytes and bytearray. */
export function percentBytes(template: Uint8Array, operand: Value): Uint8Array {
  const made: Owned<Value>[] = []
  const isTuple = typeof operand === 'object' && (operand.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0
  const isText = asStr(operand) !== undefined || isBytes(operand) || isInstanceOf(operand, bytearrayType)
  const values: BytesPercentValues<Value> = {
    operand,
    items: isTuple ? (operand.data as readonly Value[]) : null,
    isMapping: typeOf(operand).mp_subscript !== undefined && !isTuple && !isText,
    maxDigits: intLimits.maxStrDigits,
    typeName: (value) => typeOf(value).name,
    star: (value) => asInt(value) ?? null,
    int: percentInt,
    float: floatArgument,
    char: charArgument,
    item: (key) => {
      const name = newBytes(key)
      try {
        const found = getItem(operand, name)
        made.push(found)
        return found
      } finally {
        drop(name)
      }
    },
    bytes: bytesArgument,
    ascii: asciiText,
  }
  try {
    return bytesPercent(template, values)
  } finally {
    for (const value of made) drop(value)
  }
}
