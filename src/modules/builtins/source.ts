import { type Str, strToUtf16 } from '../../base/values.ts'
import { drop } from '../../memory/counted.ts'
import { asStr } from '../../objects/access.ts'
import { bufferBytes, hasBuffer } from '../../objects/buffer.ts'
import { isBytes } from '../../objects/bytes_like.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import { PyExc_DeprecationWarning } from '../../objects/exception_types.ts'
import type { PyObject, Value } from '../../objects/object.ts'
import { typeOf } from '../../objects/types.ts'
import { warn } from '../../objects/warn.ts'
import { decodePath, fspath } from '../../vm/fspath.ts'

/** The text or bytes of a program given to `compile`, `exec` or `eval` (`_Py_SourceAsString`). */
export function sourceArgument(value: Value, functionName: string, what: string): string | Uint8Array {
  const text = asStr(value)
  if (text !== undefined) return strToUtf16(text)
  if (!hasBuffer(value)) throw typeError(`${functionName}() arg 1 must be a ${what} object`)
  return bufferBytes(value)
}

/** A file name as text, in UTF-16 (`PyUnicode_FSDecoder`). */
export function filenameArgument(value: Value): string {
  if (hasBuffer(value) && !isBytes(value)) {
    const name = typeOf(value).name
    warn(PyExc_DeprecationWarning, `path should be string, bytes, or os.PathLike, not ${name}`, 1)
    return nameOf(decodePath(bufferBytes(value)))
  }
  const path = fspath(value)
  try {
    return nameOf(asStr(path) ?? decodePath((path as PyObject<Uint8Array>).data))
  } finally {
    drop(path)
  }
}

function nameOf(text: Str): string {
  const name = strToUtf16(text)
  if (name.includes('\0')) throw valueError('embedded null character')
  return name
}
