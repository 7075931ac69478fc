import { strToUtf16 } from '../../base/values.ts'
import { drop } from '../../memory/counted.ts'
import { asStr } from '../../objects/access.ts'
import { bufferBytes, hasBuffer } from '../../objects/buffer.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import type { PyObject, Value } from '../../objects/object.ts'
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
  const path = fspath(value)
  try {
    const name = strToUtf16(asStr(path) ?? decodePath((path as PyObject<Uint8Array>).data))
    if (name.includes('\0')) throw valueError('embedded null character')
    return name
  } finally {
    drop(path)
  }
}
