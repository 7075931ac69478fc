import type { PyType } from './object.ts'

/** How warnings are issued; the `_warnings` module sets it. */
export const warningHook: { warn: (category: PyType, message: string, stacklevel: number) => void } = {
  warn: () => {},
}

/** Issues a warning as `warnings.warn` does; throws where a filter makes an error of it (`PyErr_WarnEx`). */
export function warn(category: PyType, message: string, stacklevel: number): void {
  warningHook.warn(category, message, stacklevel)
}
