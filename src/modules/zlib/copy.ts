/**
 * A copy of a stream of the library and of all that hangs on it, in which the same things are shared as in the original:
 * what zlib's `deflateCopy` and `inflateCopy` do. Functions are not copied.
 */
export function copyStream<T extends object>(stream: T): T {
  return copyValue(stream, new Map()) as T
}

function copyValue(value: unknown, known: Map<object, object>): unknown {
  if (typeof value !== 'object' || value === null) return value
  let copy = known.get(value)
  if (copy !== undefined) return copy
  if (ArrayBuffer.isView(value)) {
    const view = value as Uint8Array<ArrayBuffer>
    const buffer = copyBuffer(view.buffer, known)
    const Kind = view.constructor as Uint8ArrayConstructor
    copy = new Kind(buffer, view.byteOffset, view.length)
    known.set(value, copy)
    return copy
  }
  copy = Array.isArray(value) ? [] : (Object.create(Object.getPrototypeOf(value)) as object)
  known.set(value, copy)
  for (const [key, part] of Object.entries(value)) (copy as Record<string, unknown>)[key] = copyValue(part, known)
  return copy
}

function copyBuffer(buffer: ArrayBuffer, known: Map<object, object>): ArrayBuffer {
  let copy = known.get(buffer) as ArrayBuffer | undefined
  if (copy === undefined) {
    copy = buffer.slice(0)
    known.set(buffer, copy)
  }
  return copy
}
