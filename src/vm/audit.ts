import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { newTuple } from '../objects/make.ts'
import type { Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'

/** Hooks of `sys.addaudithook`, in the order in which they were added; they are never removed. */
export const auditHooks: Owned<Value>[] = []

/** Raises an audit event (`PySys_Audit`); its arguments are borrowed. Costs nothing while there are no hooks. */
export function audit(event: string, ...args: Value[]): void {
  if (auditHooks.length === 0) return
  const tuple = newTuple(args.map((arg) => keep(arg)))
  try {
    for (const hook of auditHooks.slice()) drop(call(hook, [event, tuple]))
  } finally {
    drop(tuple)
  }
}
