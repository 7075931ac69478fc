import { keep } from '../memory/counted.ts'
import type { Owned, WeakReferences } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { newObject, type PyObject, type Value } from '../objects/object.ts'
import { methodType } from '../objects/types.ts'

/** The `data` of a bound method. */
export interface MethodData {
  readonly func: Owned<Value>
  readonly self: Owned<Value>
  weakrefs: WeakReferences | null
}

/** A function bound to an object; both borrowed. */
export function newMethod(func: Value, self: Value): Owned<PyObject<MethodData>> {
  const method = newObject<MethodData>(methodType, { func: keep(func), self: keep(self), weakrefs: null })
  track(method)
  return method
}
