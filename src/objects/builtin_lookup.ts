import { keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { newException } from './errors.ts'
import { PyExc_AttributeError } from './exception_types.ts'
import type { Value } from './object.ts'

/** Where the builtins of the running frame are found; the machine sets it. */
export const builtinsHook: { find: (name: string) => Value | undefined } = { find: () => undefined }

/** A builtin by its name, as the running program sees it (CPython's `_PyEval_GetBuiltin`): what iterators pickle with. */
export function getBuiltin(name: string): Owned<Value> {
  const value = builtinsHook.find(name)
  if (value === undefined) throw newException(PyExc_AttributeError, [name])
  return keep(value)
}
