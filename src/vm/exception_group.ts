import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { exceptionMatches } from '../objects/exception_data.ts'
import { groupProjection, isExceptionGroup, newExceptionGroup } from '../objects/exception_group.ts'
import type { PyException } from '../objects/exception_types.ts'
import { newList, newTuple, none } from '../objects/make.ts'
import type { PyList, PyTuple, Value } from '../objects/object.ts'
import { callMethod } from '../objects/protocols.ts'
import { None } from '../objects/types.ts'

/** What one `except*` clause makes of an exception, both owned: what it catches and what goes on to the next clause; None for nothing. */
export interface GroupMatch {
  readonly match: Owned<Value>
  readonly rest: Owned<Value>
}

/** What `except* type` catches of what is left of an exception (CHECK_EG_MATCH); both borrowed. */
export function matchGroup(exception: Value, type: Value): GroupMatch {
  if (exception === None) return { match: none(), rest: none() }
  if (exceptionMatches(exception as PyException, type)) {
    if (isExceptionGroup(exception)) return { match: keep<Value>(exception), rest: none() }
    const exceptions = newTuple([keep(exception)])
    try {
      return { match: newExceptionGroup('', exceptions), rest: none() }
    } finally {
      drop(exceptions)
    }
  }
  if (!isExceptionGroup(exception)) return { match: none(), rest: keep(exception) }
  const pair = callMethod(exception, 'split', [type]) as Owned<PyTuple>
  const [match, others] = pair.data as readonly [Owned<Value>, Owned<Value>]
  const rest: Value = match === None ? exception : others
  keep<Value>(match)
  keep(rest)
  drop(pair)
  return { match, rest: rest as Owned<Value> }
}

/** Whether an exception was raised again by its clause, and is not a new one. */
function isReraise({ data }: PyException, { data: original }: PyException): boolean {
  return data.traceback === original.traceback && data.cause === original.cause && data.context === original.context
}

/** The exception to raise after all `except*` clauses, or None, owned (PREP_RERAISE_STAR); both borrowed. */
export function prepareReraiseStar(original: Value, results: Value): Owned<Value> {
  const exceptions = (results as PyList).data
  if (exceptions.length === 0) return none()
  if (!isExceptionGroup(original)) return keep<Value>(exceptions[0]!)
  const raised: Owned<Value>[] = []
  const reraised: PyException[] = []
  for (const each of exceptions) {
    if (each === None) continue
    if (isReraise(each as Owned<PyException>, original)) reraised.push(each as Owned<PyException>)
    else raised.push(keep<Value>(each))
  }
  const list = newList(raised)
  try {
    const rest = groupProjection(original, reraised)
    if (raised.length === 0) return rest ?? none()
    if (rest === null && raised.length === 1) return keep<Value>(raised[0]!)
    if (rest !== null) raised.push(rest)
    return newExceptionGroup('', list)
  } finally {
    drop(list)
  }
}
