import { drop } from '../memory/counted.ts'
import { toException } from './errors.ts'
import type { PyException } from './exception_types.ts'
import type { Value } from './object.ts'

/** What happens to an exception that nobody can catch; the machine points it to `sys.unraisablehook`. */
export const unraisableHook: { report: (exception: PyException, where: Value | undefined, context?: string) => void } =
  {
    report: () => {},
  }

/**
 * Reports an exception that cannot propagate, such as one of `__del__`, and gives it up (`PyErr_WriteUnraisable`).
 * `context` says more about the place: `in atexit callback`.
 */
export function unraisable(error: unknown, where: Value | undefined, context?: string): void {
  const exception = toException(error)
  try {
    unraisableHook.report(exception, where, context)
  } finally {
    drop(exception)
  }
}
