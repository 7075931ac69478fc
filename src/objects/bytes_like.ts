import { type PyObject, TPFLAGS_BYTES_SUBCLASS, type Value } from './object.ts'
import { bytearrayType, isSubtype } from './types.ts'

/** The `data` of a bytearray: the bytes in use are `bytes.subarray(0, length)`. */
export interface BytearrayData {
  bytes: Uint8Array
  length: number
  /** Views that look at the memory: it must not be resized while there are any. */
  exports: number
}

export type PyBytearray = PyObject<BytearrayData>

/** What `-b` asks for: warnings about comparing bytes with other things (1), or errors (2). The start of the machine sets it. */
export const bytesWarning: { level: number } = { level: 0 }

/** Whether a value is a `bytes`, subclasses included. */
export function isBytes(value: Value): value is PyObject<Uint8Array> {
  return typeof value === 'object' && (value.type.flags & TPFLAGS_BYTES_SUBCLASS) !== 0
}

/** The bytes of a `bytes` or `bytearray`, subclasses included; `undefined` for anything else. */
export function bytesOf(value: Value): Uint8Array | undefined {
  if (typeof value !== 'object') return undefined
  if ((value.type.flags & TPFLAGS_BYTES_SUBCLASS) !== 0) return value.data as Uint8Array
  if (value.type !== bytearrayType && !isSubtype(value.type, bytearrayType)) return undefined
  const { bytes, length } = (value as PyBytearray).data
  return bytes.subarray(0, length)
}
