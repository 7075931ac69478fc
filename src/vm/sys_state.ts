import { newDict } from '../objects/make.ts'
import type { PyDict } from '../objects/object.ts'

/** The namespace of the `sys` module, borrowed: hooks and streams are looked up in it when they are needed. */
export function sysModule(): PyDict {
  return sysDict
}

/** The dict of `sys`, made before the module. */
export const sysDict: PyDict = newDict()
