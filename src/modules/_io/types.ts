import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt } from '../../objects/access.ts'
import { toIndexSized } from '../../objects/arguments.ts'
import { getAttr, lookupAttr } from '../../objects/attributes.ts'
import { getBuffer, hasBuffer, PyBUF_WRITABLE } from '../../objects/buffer.ts'
import { isException, newException, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_BufferError, PyExc_OSError, PyExc_ValueError, type PyException } from '../../objects/exception_types.ts'
import { clearInstance, extraOf, instanceDict, traverseInstance } from '../../objects/instance.ts'
import { toIndex } from '../../objects/number_protocol.ts'
import type { PyBuffer, PyDict, PyInstance, PyObject, PyType, Value } from '../../objects/object.ts'
import { TPFLAGS_BASETYPE, TPFLAGS_HAVE_GC, TPFLAGS_IMMUTABLETYPE } from '../../objects/object.ts'
import { call, isTrue } from '../../objects/protocols.ts'
import { Shape } from '../../objects/shape.ts'
import { builtinType, None, type TypeFor, typeOf } from '../../objects/types.ts'

/*
 * The types of `_io`, without behaviour, so that its files can name each other's.
 */

const FLAGS = TPFLAGS_BASETYPE | TPFLAGS_HAVE_GC

function ioType<S>(name: string, base?: PyType): TypeFor<S> {
  return builtinType<S>(`_io.${name}`, FLAGS, base)
}

export const iobaseType = ioType<PyInstance>('_IOBase')
iobaseType.data.rootShape = new Shape([], 0, null)
export const rawIOBaseType = ioType<PyInstance>('_RawIOBase', iobaseType)
export const bufferedIOBaseType = ioType<PyInstance>('_BufferedIOBase', iobaseType)
export const textIOBaseType = ioType<PyInstance>('_TextIOBase', iobaseType)

/** `io.UnsupportedOperation`: an OSError and a ValueError. */
export const UnsupportedOperation = builtinType<PyException>('io.UnsupportedOperation', FLAGS, PyExc_OSError)
UnsupportedOperation.bases = [PyExc_OSError, PyExc_ValueError]
// A class as programs make them: `io` gives it its `__module__`.
UnsupportedOperation.flags &= ~TPFLAGS_IMMUTABLETYPE

/** Bytes that buffers hold unless told otherwise. */
export const DEFAULT_BUFFER_SIZE = 8192

/** The error of an operation that a stream does not have. */
export function unsupported(message: string): Owned<PyException> {
  return newException(UnsupportedOperation, [message])
}

/** The error of a use after `close`. */
export function closedError(text = 'I/O operation on closed file.'): Owned<PyException> {
  return valueError(text)
}

/** Calls a method of a stream by its name; all arguments borrowed. */
export function method(stream: Value, name: string, ...args: Value[]): Owned<Value> {
  const bound = getAttr(stream, name)
  try {
    return call(bound, args)
  } finally {
    drop(bound)
  }
}

/** Calls a method whose result does not matter. */
export function command(stream: Value, name: string, ...args: Value[]): void {
  drop(method(stream, name, ...args))
}

/** The truth of what a method gives. */
export function asks(stream: Value, name: string): boolean {
  const result = method(stream, name)
  try {
    return isTrue(result)
  } finally {
    drop(result)
  }
}

/** The truth of an attribute, false where it is missing. */
export function attributeIsTrue(stream: Value, name: string): boolean {
  const value = lookupAttr(stream, name)
  if (value === undefined) return false
  try {
    return isTrue(value)
  } finally {
    drop(value)
  }
}

/** Whether a stream says that it is closed. */
export function isClosed(stream: Value): boolean {
  const value = getAttr(stream, 'closed')
  try {
    return isTrue(value)
  } finally {
    drop(value)
  }
}

/** An optional size: None and no argument are −1. */
export function sizeOf(value: Value | undefined): number {
  if (typeof value === 'number') return value
  if (value === undefined || value === None) return -1
  if (asInt(value) === undefined && typeOf(value).nb_index === undefined) {
    throw typeError(`argument should be integer or None, not '${typeOf(value).name}'`)
  }
  return toIndexSized(value)
}

/** An offset in a file (`Py_off_t`). */
export function toOffset(value: Value): number {
  if (typeof value === 'number') return value
  if (typeof value === 'object' && typeOf(value).nb_index === undefined && asInt(value) === undefined) {
    throw typeError(`'${value.type.name}' object cannot be interpreted as an integer`)
  }
  const number = toIndex(value)
  if (typeof number === 'number') return number
  throw valueError(`cannot fit '${typeOf(value).name}' into an offset-sized integer`)
}

/** TypeError unless the value exports bytes. */
export function checkBytesLike(value: Value): void {
  if (!hasBuffer(value)) throw typeError(`a bytes-like object is required, not '${typeOf(value).name}'`)
}

/** A view of memory to write into, which the caller releases; `name` is the method's, for the TypeError. */
export function writableBuffer(value: Value, name: string): PyBuffer {
  if (hasBuffer(value)) {
    try {
      return getBuffer(value, PyBUF_WRITABLE)
    } catch (error) {
      if (!isException(error, PyExc_BufferError)) throw error
      drop(error)
    }
  }
  const found = value === None ? 'None' : typeOf(value).name
  throw typeError(`${name}() argument must be read-write bytes-like object, not ${found}`)
}

/** What all types of `_io` have whose instances hold other objects: `parts` lists these. */
export function lifetime<S extends PyInstance>(
  parts: (self: S) => (Value | null | undefined)[],
  forget: (self: S) => void,
) {
  const release = (self: S) => {
    const held = parts(self)
    forget(self)
    for (const part of held) drop(part)
  }
  return {
    tp_dealloc: (self: S) => {
      clearInstance(self)
      release(self)
    },
    tp_clear: (self: S) => {
      clearInstance(self)
      release(self)
    },
    tp_traverse: (self: S, visit: (child: PyObject) => void) => {
      traverseInstance(self, visit)
      for (const part of parts(self)) if (typeof part === 'object' && part !== null) visit(part)
    },
  }
}

/** Where the weak references to a stream hang. */
export function weakrefs(self: PyInstance, create: boolean) {
  return create ? extraOf(self) : self.extra
}

/** A type's name as `tp_name` has it: with its module for builtin ones. */
export function shownType(self: PyInstance): string {
  const { type } = self
  return type.name
}

/** Gives a stream the attributes of a pickled state. */
export function addAttributes(self: PyInstance, dict: PyDict): void {
  const target = instanceDict(self).data
  const { keys, values } = dict.data
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]
    if (key !== undefined) target.set(key, keep<Value>(values[i]!))
  }
}
