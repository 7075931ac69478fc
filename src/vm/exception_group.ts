import type { Owned } from '../memory/header.ts'
import { missing } from '../objects/errors.ts'
import type { PyException } from '../objects/exception_types.ts'
import type { Value } from '../objects/object.ts'

/** What `except*` makes of a group: the part of these types and the rest, owned; None for nothing (CHECK_EG_MATCH). */
export function matchGroup(group: PyException, type: Value): { match: Owned<Value>; rest: Owned<Value> } {
  throw missing(`except* (${group.type.name}, ${typeof type})`)
}

/** The exception to raise after all `except*` clauses, or None, owned (PREP_RERAISE_STAR). */
export function prepareReraiseStar(original: Value, raised: Value): Owned<Value> {
  throw missing(`except* (${typeof original}, ${typeof raised})`)
}
