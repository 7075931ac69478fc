import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import type { GetSet } from './define.ts'
import { typeError } from './errors.ts'
import type { ExceptionData, PyException } from './exception_types.ts'
import { hasAttributes, instanceDict } from './instance.ts'
import { newTuple, none } from './make.ts'
import {
  type KeywordNames,
  type PyDict,
  type PyTuple,
  type PyType,
  TPFLAGS_BASE_EXC_SUBCLASS,
  type Value,
} from './object.ts'
import { str } from './protocols.ts'
import { isInstanceOf, isSubtype, tupleType, typeOf, typeType } from './types.ts'

/*
 * What the files of the exception types share.
 */

/** The `data` of a new exception with these `args`, which it takes over. */
export function newExceptionData(args: Owned<PyTuple>): ExceptionData {
  return { args, traceback: null, context: null, cause: null, suppressContext: false, fields: null }
}

/** The positional arguments of a call as a tuple. */
export function positionalTuple(args: readonly Value[], kwnames: KeywordNames): Owned<PyTuple> {
  const count = kwnames === null ? args.length : args.length - kwnames.length
  const items: Owned<Value>[] = []
  for (let i = 0; i < count; i++) items.push(keep(args[i]!))
  return newTuple(items)
}

/** Replaces an exception's `args` by a tuple that it takes over. */
export function setArgs(self: PyException, args: Owned<PyTuple>): void {
  const old = self.data.args
  self.data.args = args
  drop(old)
}

/** `BaseException.__init__`: the arguments become `args`, unless `__new__` has put the same there already. */
export function initArgs(self: PyException, args: readonly Value[], kwnames: KeywordNames): void {
  const count = kwnames === null ? args.length : args.length - kwnames.length
  const present = self.data.args.data
  let same = present.length === count
  for (let i = 0; same && i < count; i++) same = present[i] === args[i]
  if (!same) setArgs(self, positionalTuple(args, kwnames))
}

/** TypeError for keyword arguments where a type takes none. */
export function noKeywords(type: PyType, kwnames: KeywordNames): void {
  if (kwnames !== null && kwnames.length > 0) throw typeError(`${type.name}() takes no keyword arguments`)
}

/** An attribute of the type itself, borrowed; `undefined` where it is not set. */
export function field(self: PyException, name: string): Owned<Value> | undefined {
  return self.data.fields === null ? undefined : self.data.fields[name]
}

/** Sets an attribute of the type itself, taking over the value. */
export function setField(self: PyException, name: string, value: Owned<Value> | undefined): void {
  const { data } = self
  if (data.fields === null) data.fields = {}
  const old = data.fields[name]
  data.fields[name] = value
  drop(old)
}

/** The members behind attributes of a type itself: None while they are not set. */
export function fieldMembers(...names: readonly string[]): Record<string, GetSet<PyException>> {
  const members: Record<string, GetSet<PyException>> = {}
  for (const name of names) {
    members[name] = {
      get: (self) => {
        const value = field(self, name)
        return value === undefined ? none() : keep<Value>(value)
      },
      set: (self, value) => setField(self, name, value === undefined ? undefined : keep(value)),
    }
  }
  return members
}

/** Whether a value is a class that derives from BaseException. */
export function isExceptionClass(value: Value): value is PyType {
  return isInstanceOf(value, typeType) && ((value as PyType).flags & TPFLAGS_BASE_EXC_SUBCLASS) !== 0
}

/** Whether a value is an exception. */
export function isExceptionValue(value: Value): value is PyException {
  return (typeOf(value).flags & TPFLAGS_BASE_EXC_SUBCLASS) !== 0
}

/** Whether `except matcher` catches an exception: a class, or a tuple of such, nested or not. What is neither catches nothing. */
export function exceptionMatches(exception: PyException, matcher: Value): boolean {
  if (isInstanceOf(matcher, tupleType)) {
    return (matcher as PyTuple).data.some((each) => exceptionMatches(exception, each))
  }
  return isExceptionClass(matcher) && isSubtype(exception.type, matcher)
}

/** `str()` of an exception without a form of its own: the one argument, or all as a tuple. */
export function exceptionStr({ data }: PyException): Owned<Value> {
  const { data: args } = data.args
  return args.length === 0 ? '' : str(args.length === 1 ? args[0]! : data.args)
}

/** The state of an exception for pickling, owned: its `__dict__`, or nothing. */
export function exceptionState(self: PyException): Owned<PyDict> | null {
  return hasAttributes(self) ? keep(instanceDict(self)) : null
}

/** What `__reduce__` of an exception gives: `(type, args)`, and a state if there is one; takes over `args` and `state`. */
export function reduceTo(self: PyException, args: Owned<Value>, state: Owned<Value> | null): Owned<Value> {
  const parts: Owned<Value>[] = [keep<Value>(self.type), args]
  if (state !== null) parts.push(state)
  return newTuple(parts)
}
