import type { PyDict } from '../objects/object.ts'

/**
 * What is added to a module of the library when its code has run, by the module's name: for what the library can only
 * know of an implementation that its authors knew.
 */
export const moduleCompletions = new Map<string, (namespace: PyDict) => void>()

/** Completes the module whose code has run in this namespace. */
export function completeModule(namespace: PyDict): void {
  const name = namespace.data.get('__name__')
  if (typeof name !== 'string') return
  moduleCompletions.get(name)?.(namespace)
}
