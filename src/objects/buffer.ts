import { typeError } from './errors.ts'
import type { PyBuffer, PyObject, Value } from './object.ts'
import { bytesType, isSubtype, typeOf } from './types.ts'

/** Flags of `bf_getbuffer`: CPython's `PyBUF_…`. */
export const PyBUF_SIMPLE = 0
export const PyBUF_WRITABLE = 1

/** Whether a value exports memory. */
export function hasBuffer(value: Value): value is PyObject {
  return typeof value === 'object' && (value.type.bf_getbuffer !== undefined || isSubtype(value.type, bytesType))
}

/** A view of an object's memory, to be released by the caller; TypeError where it exports none. */
export function getBuffer(value: Value, flags: number): PyBuffer {
  const type = typeOf(value)
  if (type.bf_getbuffer === undefined) throw typeError(`a bytes-like object is required, not '${type.name}'`)
  return type.bf_getbuffer(value as PyObject, flags)
}

/**
 * The bytes of a bytes-like object, for use at once: no Python code may run while they are read, since nothing keeps the
 * exporter from changing. Memory that is not contiguous is copied.
 */
export function bufferBytes(value: Value): Uint8Array {
  if (typeof value === 'object' && isSubtype(value.type, bytesType)) return value.data as Uint8Array
  const view = getBuffer(value, PyBUF_SIMPLE)
  view.release()
  return view.bytes
}
