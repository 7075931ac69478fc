import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt, asStr } from './access.ts'
import { toIndexSized } from './arguments.ts'
import { lookupSpecial } from './attributes.ts'
import { getBuffer, hasBuffer, PyBUF_FULL_RO, simpleBytes } from './buffer.ts'
import { bytesOf, isBytes } from './bytes_like.ts'
import { isException, typeError, valueError } from './errors.ts'
import { PyExc_TypeError } from './exception_types.ts'
import { toIndex } from './number_protocol.ts'
import type { PyBuffer, PyList, Value } from './object.ts'
import { call } from './protocols.ts'
import { next } from './sequence_protocol.ts'
import { newBytes as zeroBytes } from './text/bytes_sequence.ts'
import { ByteWriter } from './text/codec_output.ts'
import { iterOr } from './to_fast_sequence.ts'
import { listType, tupleType, typeOf } from './types.ts'

/*
 * Bytes out of any object: what the constructors of `bytes` and `bytearray` do.
 */

/** An int as a byte; `message` is the text of the ValueError. */
export function toByte(value: Value, message = 'byte must be in range(0, 256)'): number {
  const number = typeof value === 'number' ? value : toIndex(value)
  if (number < 0 || number > 255) throw valueError(message)
  return Number(number)
}

/** The length that a constructor got, or `undefined` where the argument is no integer after all. */
export function lengthArgument(value: Value): number | undefined {
  if (asInt(value) === undefined && typeOf(value).nb_index === undefined) return undefined
  let length: number
  try {
    length = toIndexSized(value)
  } catch (error) {
    if (!isException(error, PyExc_TypeError)) throw error
    drop(error)
    return undefined
  }
  if (length < 0) throw valueError('negative count')
  return length
}

/** What an object's `__bytes__` gives; `undefined` where it has none. */
export function specialBytes(value: Value): Owned<Value> | undefined {
  const method = lookupSpecial(value, '__bytes__')
  if (method === undefined) return undefined
  let made: Owned<Value>
  try {
    made = call(method, [])
  } finally {
    drop(method)
  }
  if (isBytes(made)) return made
  const { name } = typeOf(made)
  drop(made)
  throw typeError(`__bytes__ returned non-bytes (type ${name})`)
}

/** A copy of the memory of a view, row by row where it is not contiguous. */
function copyBuffer(view: PyBuffer): Uint8Array {
  const total = view.shape.reduce((product, length) => product * length, view.itemsize)
  const out = zeroBytes(total)
  let at = 0
  const { bytes, shape, strides, itemsize } = view
  const copy = (dimension: number, from: number): void => {
    if (dimension === shape.length) {
      for (let i = 0; i < itemsize; i++) out[at++] = bytes[from + i]!
      return
    }
    for (let i = 0; i < shape[dimension]!; i++) copy(dimension + 1, from + i * strides[dimension]!)
  }
  copy(0, view.offset)
  return out
}

/** The bytes of an object with a buffer, copied. */
export function copyOfBuffer(value: Value): Uint8Array {
  const own = bytesOf(value)
  if (own !== undefined) return own.slice()
  const view = getBuffer(value, PyBUF_FULL_RO)
  try {
    return copyBuffer(view)
  } finally {
    view.release()
  }
}

/** The bytes that an iterable of ints gives. */
export function bytesOfItems(iterable: Value, rangeMessage: string, notIterable: string): Uint8Array {
  if (typeof iterable === 'object' && (iterable.type === listType || iterable.type === tupleType)) {
    return bytesOfArray(iterable as PyList, rangeMessage)
  }
  const iterator = iterOr(iterable, notIterable)
  const out = new ByteWriter(64)
  try {
    for (let item = next(iterator); item !== undefined; item = next(iterator)) {
      try {
        out.add(toByte(item, rangeMessage))
      } finally {
        drop(item)
      }
    }
  } finally {
    drop(iterator)
  }
  return out.finish()
}

/** The list may change while `__index__` of an item runs. */
function bytesOfArray({ data: items }: PyList, rangeMessage: string): Uint8Array {
  const out = new ByteWriter(items.length)
  for (let i = 0; i < items.length; i++) {
    const item = keep<Value>(items[i]!)
    try {
      out.add(toByte(item, rangeMessage))
    } finally {
      drop(item)
    }
  }
  return out.finish()
}

/** The bytes of any object that `bytes(object)` takes, apart from `__bytes__`, strings and lengths (`PyBytes_FromObject`). */
export function bytesFromObject(value: Value): Uint8Array {
  if (hasBuffer(value)) return copyOfBuffer(value)
  const impossible = `cannot convert '${typeOf(value).name}' object to bytes`
  if (asStr(value) !== undefined) throw typeError(impossible)
  return bytesOfItems(value, 'bytes must be in range(0, 256)', impossible)
}

/** `bufferBytes` of an operand of `+`. */
export function concatOperand(value: Value, other: Value): Uint8Array {
  const bytes = simpleBytes(value)
  if (bytes !== null) return bytes
  throw typeError(`can't concat ${typeOf(value).name} to ${typeOf(other).name}`)
}
