import { drop } from '../memory/counted.ts'
import { toException } from './errors.ts'
import type { PyException } from './exception_types.ts'
import type { Value } from './object.ts'

/** What happens to an exception that nobody can catch; the machine points it to `sys.unraisablehook`. */
export const unraisableHook: { report: (exception: PyException, where: Value | undefined) => void } = {
  report: () => {},
}

/** Reports an exception that cannot propagate, such as one of `__del__`, and gives it up (`PyErr_WriteUnraisable`). */
export function unraisable(error: unknown, where: Value | undefined): void {
  const exception = toException(error)
  try {
    unraisableHook.report(exception, where)
  } finally {
    drop(exception)
  }
}
