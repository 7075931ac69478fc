import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { bytesOf } from './bytes_like.ts'
import { bufferError, isException, typeError } from './errors.ts'
import { PyExc_Exception } from './exception_types.ts'
import type { PyBuffer, PyObject, Value } from './object.ts'
import { typeOf } from './types.ts'

/** Flags of `bf_getbuffer`: CPython's `PyBUF_…`. */
export const PyBUF_SIMPLE = 0
export const PyBUF_WRITABLE = 1
export const PyBUF_FORMAT = 4
export const PyBUF_ND = 8
export const PyBUF_STRIDES = 0x10 | PyBUF_ND
export const PyBUF_C_CONTIGUOUS = 0x20 | PyBUF_STRIDES
export const PyBUF_F_CONTIGUOUS = 0x40 | PyBUF_STRIDES
export const PyBUF_ANY_CONTIGUOUS = 0x80 | PyBUF_STRIDES
const PyBUF_INDIRECT = 0x100 | PyBUF_STRIDES
export const PyBUF_FULL_RO = PyBUF_INDIRECT | PyBUF_FORMAT

/** The layout of exported memory; the parts have the meaning of `PyBuffer`'s. */
export interface BufferLayout {
  readonly bytes: Uint8Array
  readonly offset: number
  readonly readonly: boolean
  readonly itemsize: number
  readonly format: string | null
  readonly shape: readonly number[]
  readonly strides: readonly number[]
}

class BufferView implements PyBuffer {
  owner: Owned<PyObject> | null
  bytes: Uint8Array
  readonly offset: number
  readonly readonly: boolean
  readonly itemsize: number
  readonly format: string | null
  readonly shape: readonly number[]
  readonly strides: readonly number[]
  private readonly released: (() => void) | null

  constructor(owner: PyObject, layout: BufferLayout, released: (() => void) | null) {
    this.owner = keep(owner)
    this.bytes = layout.bytes
    this.offset = layout.offset
    this.readonly = layout.readonly
    this.itemsize = layout.itemsize
    this.format = layout.format
    this.shape = layout.shape
    this.strides = layout.strides
    this.released = released
  }

  release(): void {
    const { owner } = this
    if (owner === null) return
    this.owner = null
    this.released?.()
    drop(owner)
  }
}

/** A view that an exporter gives out; `released` is called once, when it is given up. */
export function exportBuffer(owner: PyObject, layout: BufferLayout, released: (() => void) | null = null): PyBuffer {
  return new BufferView(owner, layout, released)
}

/** A view of plain bytes (`PyBuffer_FillInfo`); BufferError where writing is asked for and not possible. */
export function exportBytes(
  owner: PyObject,
  bytes: Uint8Array,
  readonly: boolean,
  flags: number,
  released: (() => void) | null = null,
): PyBuffer {
  if (readonly && (flags & PyBUF_WRITABLE) !== 0) throw bufferError('Object is not writable.')
  const layout = { bytes, offset: 0, readonly, itemsize: 1, format: null, shape: [bytes.length], strides: [1] }
  return exportBuffer(owner, layout, released)
}

/** Whether a value exports memory. */
export function hasBuffer(value: Value): value is PyObject {
  return typeof value === 'object' && value.type.bf_getbuffer !== undefined
}

/** A view of an object's memory, to be released by the caller; TypeError where it exports none. */
export function getBuffer(value: Value, flags: number): PyBuffer {
  const type = typeOf(value)
  if (type.bf_getbuffer === undefined) throw typeError(`a bytes-like object is required, not '${type.name}'`)
  return type.bf_getbuffer(value as PyObject, flags)
}

/**
 * The bytes of a bytes-like object, for use at once: no Python code may run while they are read, since nothing keeps the
 * exporter from changing. BufferError for memory that is not contiguous.
 */
export function bufferBytes(value: Value): Uint8Array {
  const bytes = bytesOf(value)
  if (bytes !== undefined) return bytes
  const view = getBuffer(value, PyBUF_SIMPLE)
  const found = view.bytes
  view.release()
  return found
}

/** The bytes of an object; `null` where it does not give them out as they are. */
export function simpleBytes(value: Value): Uint8Array | null {
  const own = bytesOf(value)
  if (own !== undefined) return own
  if (!hasBuffer(value)) return null
  try {
    return bufferBytes(value)
  } catch (error) {
    if (!isException(error, PyExc_Exception)) throw error
    drop(error)
    return null
  }
}
