import type { PyObject, Value } from './object.ts'
import { bytearrayType, bytesType, isSubtype } from './types.ts'

/** The `data` of a bytearray: the bytes in use are `bytes.subarray(0, length)`. */
export interface BytearrayData {
  bytes: Uint8Array
  length: number
  /** Views that look at the memory: it must not be resized while there are any. */
  exports: number
}

/** The bytes of a `bytes` or `bytearray`, subclasses included; `undefined` for anything else. */
export function bytesOf(value: Value): Uint8Array | undefined {
  if (typeof value !== 'object') return undefined
  if (isSubtype(value.type, bytesType)) return value.data as Uint8Array
  if (!isSubtype(value.type, bytearrayType)) return undefined
  const { bytes, length } = (value as PyObject<BytearrayData>).data
  return bytes.subarray(0, length)
}
