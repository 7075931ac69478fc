import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { typeError } from '../objects/errors.ts'
import { exceptionMatches, isExceptionClass, isExceptionValue } from '../objects/exception_data.ts'
import { groupProjection, isExceptionGroup, newExceptionGroup } from '../objects/exception_group.ts'
import { PyExc_BaseExceptionGroup, type PyException } from '../objects/exception_types.ts'
import { newList, newTuple, none } from '../objects/make.ts'
import type { PyList, PyTuple, Value } from '../objects/object.ts'
import { callMethod } from '../objects/protocols.ts'
import { isInstanceOf, isSubtype, None, tupleType, typeOf } from '../objects/types.ts'

/** TypeError for what may not stand after `except*`. */
function checkStarType(type: Value): void {
  const types: readonly Value[] = isInstanceOf(type, tupleType) ? (type as PyTuple).data : [type]
  for (const each of types) {
    if (!isExceptionClass(each)) {
      throw typeError('catching classes that do not inherit from BaseException is not allowed')
    }
    if (isSubtype(each, PyExc_BaseExceptionGroup)) {
      throw typeError('catching ExceptionGroup with except* is not allowed. Use except instead.')
    }
  }
}

/**
 * What `except*` makes of an exception: the part of these types, as a group, and the rest, owned; None for nothing
 * (CHECK_EG_MATCH). An exception of these types that is no group is wrapped in one.
 */
export function matchGroup(exception: PyException, type: Value): { match: Owned<Value>; rest: Owned<Value> } {
  checkStarType(type)
  if ((exception as Value) === None) return { match: none(), rest: none() }
  if (exceptionMatches(exception, type)) {
    if (isExceptionGroup(exception)) return { match: keep<Value>(exception), rest: none() }
    const alone = newTuple([keep<Value>(exception)])
    try {
      return { match: newExceptionGroup('', alone), rest: none() }
    } finally {
      drop(alone)
    }
  }
  if (!isExceptionGroup(exception)) return { match: none(), rest: keep<Value>(exception) }
  const pair = callMethod(exception, 'split', [type])
  try {
    if (typeOf(pair) !== tupleType)
      throw typeError(`${exception.type.name}.split must return a tuple, not ${typeOf(pair).name}`)
    const parts = (pair as Owned<PyTuple>).data
    if (parts.length < 2) {
      throw typeError(`${exception.type.name}.split must return a 2-tuple, got tuple of size ${parts.length}`)
    }
    const match = keep<Value>(parts[0]!)
    return { match, rest: match === None ? keep<Value>(exception) : keep<Value>(parts[1]!) }
  } finally {
    drop(pair)
  }
}

/** Whether an exception is what an `except*` clause got, raised again: it has the same traceback, cause and context. */
function isReraise(exception: PyException, original: PyException): boolean {
  const [a, b] = [exception.data, original.data]
  return a.traceback === b.traceback && a.cause === b.cause && a.context === b.context
}

/**
 * The exception to raise after all `except*` clauses, or None, owned (PREP_RERAISE_STAR): what was not handled or raised
 * again keeps its place in the original group, and what was newly raised stands beside it.
 */
export function prepareReraiseStar(original: Value, raised: Value): Owned<Value> {
  const exceptions = (raised as PyList).data
  if (exceptions.length === 0) return none()
  if (!isExceptionGroup(original)) return keep<Value>(exceptions[0]!)
  const fresh: Owned<Value>[] = []
  const again: PyException[] = []
  for (const each of exceptions) {
    if (!isExceptionValue(each)) continue
    if (isReraise(each, original)) again.push(each)
    else fresh.push(keep<Value>(each))
  }
  const rest = groupProjection(original, again)
  if (fresh.length === 0) return rest ?? none()
  if (rest !== null) fresh.push(rest)
  const list = newList(fresh)
  try {
    return newExceptionGroup('', list)
  } finally {
    drop(list)
  }
}
