import { strFromUtf16 } from '../base/values.ts'
import type { Owned } from '../memory/header.ts'
import { conversions } from '../objects/errors.ts'
import { PyExc_OSError, type PyException } from '../objects/exception_types.ts'
import { newStr } from '../objects/make.ts'
import type { Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'
import { None } from '../objects/types.ts'
import { strerror } from './errno.ts'
import { SystemFault } from './platform.ts'

/** The OSError of an error number, of the subclass that belongs to it; the paths are those that the caller was given. */
export function osError(errno: number, filename?: Value, filename2?: Value): Owned<PyException> {
  const args: Value[] = [errno, newStr(strFromUtf16(strerror(errno)))]
  if (filename !== undefined) args.push(filename)
  if (filename2 !== undefined) args.push(None, filename2)
  return call(PyExc_OSError, args) as Owned<PyException>
}

/** A refused call that nobody gave a path becomes an OSError without one. */
conversions.push((error) => (error instanceof SystemFault ? osError(error.errno) : undefined))

/** What is thrown in place of a caught error: an OSError about these paths if the system refused, else the same. */
export function withPath(error: unknown, filename: Value, filename2?: Value): unknown {
  return error instanceof SystemFault ? osError(error.errno, filename, filename2) : error
}
