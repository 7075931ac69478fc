import { strToUtf16 } from '../base/values.ts'
import { drop, dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from './access.ts'
import { lookupAttr, setAttr } from './attributes.ts'
import { defineType } from './define.ts'
import { enterRecursive, leaveRecursive, typeError, valueError } from './errors.ts'
import {
  exceptionMatches,
  field,
  initArgs,
  isExceptionClass,
  isExceptionValue,
  newExceptionData,
  noKeywords,
  positionalTuple,
  setField,
} from './exception_data.ts'
import { PyExc_BaseExceptionGroup, PyExc_Exception, PyExc_ExceptionGroup, type PyException } from './exception_types.ts'
import { newInstance } from './instance.ts'
import { newList, newText, newTuple, none } from './make.ts'
import type { KeywordNames, PyInstance, PyTuple, PyType, Value } from './object.ts'
import { call, callMethod, isTrue, strText } from './protocols.ts'
import { isSequence, toArray } from './sequence_protocol.ts'
import { genericAliasHook } from './type_hooks.ts'
import { functionType, isInstanceOf, isSubtype, None, tupleType, typeOf } from './types.ts'

/** Whether a value is an exception group. */
export function isExceptionGroup(value: Value): value is PyException {
  return isInstanceOf(value, PyExc_BaseExceptionGroup)
}

/** The exceptions of a group, borrowed. */
export function groupExceptions(group: PyException): readonly PyException[] {
  return (field(group, 'exceptions') as PyTuple).data as readonly Value[] as readonly PyException[]
}

/** `BaseExceptionGroup(message, exceptions)`, owned; the arguments are borrowed. */
export function newExceptionGroup(message: Value, exceptions: Value): Owned<PyException> {
  return call(PyExc_BaseExceptionGroup, [message, exceptions]) as Owned<PyException>
}

const NEW = 'BaseExceptionGroup.__new__()'

function createGroup(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<PyInstance> {
  const count = args.length - (kwnames?.length ?? 0)
  if (count !== 2) throw typeError(`${NEW} takes exactly 2 arguments (${count} given)`)
  const [message, sequence] = args as [Value, Value]
  if (asStr(message) === undefined)
    throw typeError(`${NEW} argument 1 must be str, not ${message === None ? 'None' : typeOf(message).name}`)
  if (!isSequence(sequence)) throw typeError('second argument (exceptions) must be a sequence')
  const items = toArray(sequence)
  let made: PyType
  try {
    made = groupType(type, items)
  } catch (error) {
    dropAll(items)
    throw error
  }
  const exceptions = newTuple(items)
  const self = newInstance(made, newExceptionData(positionalTuple(args, kwnames)))
  setField(self, 'message', keep(message))
  setField(self, 'exceptions', exceptions)
  return self
}

/** The type of a group of these exceptions, where `type` was asked for: a BaseExceptionGroup of Exceptions is an ExceptionGroup. */
function groupType(type: PyType, items: readonly Value[]): PyType {
  if (items.length === 0) throw valueError('second argument (exceptions) must be a non-empty sequence')
  let allNonBase = true
  items.forEach((item, i) => {
    if (!isExceptionValue(item)) {
      throw valueError(`Item ${i} of second argument (exceptions) is not an exception`)
    }
    if (!isInstanceOf(item, PyExc_Exception)) allNonBase = false
  })
  if (type === PyExc_BaseExceptionGroup) return allNonBase ? PyExc_ExceptionGroup : type
  if (allNonBase) return type
  if (type === PyExc_ExceptionGroup) throw typeError('Cannot nest BaseExceptions in an ExceptionGroup')
  if (isSubtype(type, PyExc_Exception)) throw typeError(`Cannot nest BaseExceptions in '${type.name}'`)
  return type
}

/** What of a group is looked for: exceptions of a type, those a function is true for, or certain ones. */
type Matcher = (exception: PyException) => boolean

function matcherOf(value: Value): Matcher {
  if (typeOf(value) === functionType) {
    return (exception) => {
      const result = call(value, [exception])
      try {
        return isTrue(result)
      } finally {
        drop(result)
      }
    }
  }
  const types = typeOf(value) === tupleType ? (value as PyTuple).data : [value]
  if (!types.every(isExceptionClass)) {
    throw typeError('expected a function, exception type or tuple of exception types')
  }
  return (exception) => exceptionMatches(exception, value)
}

/** The parts of an exception that match and that do not, owned; `null` for nothing. */
interface SplitException {
  match: Owned<PyException> | null
  rest: Owned<PyException> | null
}

/** Splits an exception, keeping the nesting of groups; `rest` stays `null` unless it is wanted. */
function splitBy(exception: PyException, matches: Matcher, wantRest: boolean): SplitException {
  if (matches(exception)) return { match: keep<PyException>(exception), rest: null }
  if (!isExceptionGroup(exception)) return { match: null, rest: wantRest ? keep<PyException>(exception) : null }
  const matched: Owned<Value>[] = []
  const others: Owned<Value>[] = []
  const result: SplitException = { match: null, rest: null }
  try {
    for (const each of groupExceptions(exception)) {
      enterRecursive(' in exceptiongroup_split_recursive')
      try {
        const { match, rest } = splitBy(each, matches, wantRest)
        if (match !== null) matched.push(match)
        if (rest !== null) others.push(rest)
      } finally {
        leaveRecursive()
      }
    }
    result.match = subset(exception, matched)
    if (wantRest) result.rest = subset(exception, others)
    return result
  } catch (error) {
    drop(result.match)
    throw error
  } finally {
    dropAll(matched)
    dropAll(others)
  }
}

/** A group like `group` of some of its exceptions, which are borrowed; `null` for none. */
function subset(group: PyException, exceptions: readonly Value[]): Owned<PyException> | null {
  if (exceptions.length === 0) return null
  const list = newList(exceptions.map((each) => keep(each)))
  let derived: Owned<Value>
  try {
    derived = callMethod(group, 'derive', [list])
  } finally {
    drop(list)
  }
  try {
    if (!isExceptionGroup(derived)) throw typeError('derive must return an instance of BaseExceptionGroup')
    copyMetadata(group, derived)
  } catch (error) {
    drop(derived)
    throw error
  }
  return derived as Owned<PyException>
}

function copyMetadata(from: PyException, to: PyException): void {
  const old = { ...to.data }
  const { traceback, context, cause } = from.data
  to.data.traceback = traceback === null ? old.traceback : keep(traceback)
  to.data.context = context === null ? null : keep(context)
  to.data.cause = cause === null ? null : keep(cause)
  to.data.suppressContext = true
  if (traceback !== null) drop(old.traceback)
  drop(old.context)
  drop(old.cause)
  const notes = lookupAttr(from, '__notes__')
  if (notes === undefined) return
  try {
    if (!isSequence(notes)) return
    const copy = newList(toArray(notes))
    try {
      setAttr(to, '__notes__', copy)
    } finally {
      drop(copy)
    }
  } finally {
    drop(notes)
  }
}

/** The part of a group that holds those of its leaves that are in one of `groups`; `null` for none (`exception_group_projection`). */
export function groupProjection(group: PyException, groups: readonly PyException[]): Owned<PyException> | null {
  const leaves = new Set<Value>()
  for (const each of groups) collectLeaves(each, leaves)
  return splitBy(group, (exception) => leaves.has(exception), false).match
}

function collectLeaves(exception: PyException, leaves: Set<Value>): void {
  if (!isExceptionGroup(exception)) {
    leaves.add(exception)
    return
  }
  enterRecursive(' in collect_exception_group_leaf_ids')
  try {
    for (const each of groupExceptions(exception)) collectLeaves(each, leaves)
  } finally {
    leaveRecursive()
  }
}

function noMethodKeywords(name: string, kwnames: KeywordNames): void {
  if (kwnames !== null) throw typeError(`BaseExceptionGroup.${name}() takes no keyword arguments`)
}

function oneArgument(name: string, args: readonly Value[], kwnames: KeywordNames): Value {
  noMethodKeywords(name, kwnames)
  if (args.length !== 1) throw typeError(`${name} expected 1 argument, got ${args.length}`)
  return args[0]!
}

/** Defines BaseExceptionGroup. */
export function defineBaseExceptionGroup(): void {
  defineType(PyExc_BaseExceptionGroup, () => ({
    slots: {
      tp_new: createGroup,
      tp_init: (self: PyException, args: readonly Value[], kwnames: KeywordNames) => {
        noKeywords(self.type, kwnames)
        initArgs(self, args, kwnames)
      },
      tp_str: (self: PyException) => {
        const { length } = groupExceptions(self)
        const message = strToUtf16(strText(field(self, 'message')!))
        return newText(`${message} (${length} sub-exception${length > 1 ? 's' : ''})`)
      },
    },
    rawMethods: {
      'derive(excs, /)': (self, args, kwnames) => {
        noMethodKeywords('derive', kwnames)
        if (args.length !== 1) throw typeError(`function takes exactly 1 argument (${args.length} given)`)
        return newExceptionGroup(field(self, 'message')!, args[0]!)
      },
      'split(matcher, /)': (self, args, kwnames) => {
        const { match, rest } = splitBy(self, matcherOf(oneArgument('split', args, kwnames)), true)
        return newTuple([match ?? keep<Value>(None), rest ?? keep<Value>(None)])
      },
      'subgroup(matcher, /)': (self, args, kwnames) =>
        splitBy(self, matcherOf(oneArgument('subgroup', args, kwnames)), false).match ?? none(),
    },
    classMethods: { '__class_getitem__(object, /)': (type, args) => genericAliasHook.make(type, args) },
    members: {
      message: (self) => keep<Value>(field(self, 'message')!),
      exceptions: (self) => keep<Value>(field(self, 'exceptions')!),
    },
  }))
}
