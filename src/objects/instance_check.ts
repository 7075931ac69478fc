import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { lookupAttr, lookupSpecial } from './attributes.ts'
import { enterRecursive, leaveRecursive, typeError } from './errors.ts'
import type { PyTuple, PyType, Value } from './object.ts'
import { TPFLAGS_TUPLE_SUBCLASS } from './object.ts'
import { call, isTrue } from './protocols.ts'
import { isSubtype, isType, typeOf, typeType, unionType } from './types.ts'
import type { PyUnion } from './union.ts'

/*
 * `isinstance` and `issubclass` (CPython's abstract.c), with what `__instancecheck__` and `__subclasscheck__` of `type`
 * do.
 */

function isTuple(value: Value): value is PyTuple {
  return typeof value === 'object' && (value.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0
}

/** `__bases__` of what is no class, if that is a tuple, owned (`abstract_get_bases`). */
function abstractBases(value: Value): Owned<PyTuple> | undefined {
  const bases = lookupAttr(value, '__bases__')
  if (bases === undefined || isTuple(bases)) return bases as Owned<PyTuple> | undefined
  drop(bases)
  return undefined
}

function checkClass(value: Value, message: string): void {
  const bases = abstractBases(value)
  if (bases === undefined) throw typeError(message)
  drop(bases)
}

/** Whether a class-like object is among the `__bases__` of another, at any depth (`abstract_issubclass`). */
function abstractIsSubclass(derived: Value, cls: Value): boolean {
  if (derived === cls) return true
  const bases = abstractBases(derived)
  if (bases === undefined) return false
  enterRecursive(' in __issubclass__')
  try {
    return bases.data.some((base) => abstractIsSubclass(base, cls))
  } finally {
    leaveRecursive()
    drop(bases)
  }
}

/** `type.__instancecheck__` (`object_isinstance`). */
function objectIsInstance(value: Value, cls: Value): boolean {
  if (isType(cls)) {
    if (isSubtype(typeOf(value), cls)) return true
    const claimed = lookupAttr(value, '__class__')
    if (claimed === undefined) return false
    try {
      return isType(claimed) && claimed !== typeOf(value) && isSubtype(claimed, cls)
    } finally {
      drop(claimed)
    }
  }
  checkClass(cls, 'isinstance() arg 2 must be a type, a tuple of types, or a union')
  const claimed = lookupAttr(value, '__class__')
  if (claimed === undefined) return false
  try {
    return abstractIsSubclass(claimed, cls)
  } finally {
    drop(claimed)
  }
}

/** `type.__subclasscheck__` (`recursive_issubclass`). */
function objectIsSubclass(derived: Value, cls: Value): boolean {
  if (isType(cls) && isType(derived)) return isSubtype(derived, cls)
  checkClass(derived, 'issubclass() arg 1 must be a class')
  if (typeOf(cls) !== unionType) checkClass(cls, 'issubclass() arg 2 must be a class, a tuple of classes, or a union')
  return abstractIsSubclass(derived, cls)
}

function ask(checker: Owned<Value>, value: Value, where: string): boolean {
  try {
    enterRecursive(where)
    let answer: Owned<Value>
    try {
      answer = call(checker, [value])
    } finally {
      leaveRecursive()
    }
    const truth = isTrue(answer)
    drop(answer)
    return truth
  } finally {
    drop(checker)
  }
}

/** `isinstance(value, cls)`: `cls` may be a tuple or a union of classes. A tuple's items live while the caller holds it. */
export function isInstance(value: Value, cls: Value): boolean {
  if (typeOf(value) === cls) return true
  if (typeOf(cls) === typeType) return objectIsInstance(value, cls)
  if (typeOf(cls) === unionType) return isInstance(value, (cls as PyUnion).data.args)
  if (isTuple(cls)) {
    enterRecursive(' in __instancecheck__')
    try {
      for (const item of cls.data) if (isInstance(value, item)) return true
      return false
    } finally {
      leaveRecursive()
    }
  }
  const checker = lookupSpecial(cls, '__instancecheck__')
  if (checker !== undefined) return ask(checker, value, ' in __instancecheck__')
  return objectIsInstance(value, cls)
}

/** `issubclass(derived, cls)`: `cls` may be a tuple or a union of classes. */
export function isSubclass(derived: Value, cls: Value): boolean {
  if (typeOf(cls) === typeType) return derived === cls || objectIsSubclass(derived, cls)
  if (typeOf(cls) === unionType) return isSubclass(derived, (cls as PyUnion).data.args)
  if (isTuple(cls)) {
    enterRecursive(' in __subclasscheck__')
    try {
      for (const item of cls.data) if (isSubclass(derived, item)) return true
      return false
    } finally {
      leaveRecursive()
    }
  }
  const checker = lookupSpecial(cls, '__subclasscheck__')
  if (checker !== undefined) return ask(checker, derived, ' in __subclasscheck__')
  return objectIsSubclass(derived, cls)
}

/** The methods of `type` that `isinstance` and `issubclass` call for metaclasses. */
export const typeCheckMethods = {
  '__instancecheck__(instance, /)': (self: PyType, instance: Value): Owned<Value> => objectIsInstance(instance, self),
  '__subclasscheck__(subclass, /)': (self: PyType, subclass: Value): Owned<Value> => objectIsSubclass(subclass, self),
}
