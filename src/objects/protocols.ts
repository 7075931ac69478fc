import { type Str, strToUtf16, WideStr } from '../base/values.ts'
import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from './access.ts'
import { attributeError, enterRecursive, leaveRecursive, typeError } from './errors.ts'
import {
  type KeywordNames,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_NE,
  type PyObject,
  type PyStr,
  type Value,
} from './object.ts'
import { isSubtype, None, NotImplemented, typeOf } from './types.ts'

/*
 * The object protocol (CPython's object.c and call.c). Parameters are borrowed, results owned.
 */

/** Calls an object; `kwnames` names the last arguments. */
export function call(callable: Value, args: readonly Value[], kwnames: KeywordNames = null): Owned<Value> {
  const type = typeOf(callable)
  if (type.tp_call === undefined) throw typeError(`'${type.name}' object is not callable`)
  return type.tp_call(callable as PyObject, args, kwnames)
}

/** `repr(value)`. */
export function repr(value: Value): Owned<PyStr> {
  const type = typeOf(value)
  enterRecursive(' while getting the repr of an object')
  try {
    const text = type.tp_repr!(value)
    if (asStr(text) === undefined) throw wrongType('__repr__', text)
    return text as Owned<PyStr>
  } finally {
    leaveRecursive()
  }
}

/** `str(value)`. */
export function str(value: Value): Owned<PyStr> {
  if (typeof value === 'string') return value
  const type = typeOf(value)
  if (type.tp_str === undefined) return repr(value)
  enterRecursive(' while getting the str of an object')
  try {
    const text = type.tp_str(value)
    if (asStr(text) === undefined) throw wrongType('__str__', text)
    return text as Owned<PyStr>
  } finally {
    leaveRecursive()
  }
}

function wrongType(method: string, result: Value): unknown {
  const { name } = typeOf(result)
  drop(result)
  return typeError(`${method} returned non-string (type ${name})`)
}

/** The text of `repr(value)`. */
export function reprText(value: Value): Str {
  const text = repr(value)
  const result = asStr(text)!
  drop(text)
  return result
}

/** The text of `str(value)`. */
export function strText(value: Value): Str {
  const text = str(value)
  const result = asStr(text)!
  drop(text)
  return result
}

/** `repr(value)` for a message, in UTF-16. */
export function shown(value: Value): string {
  return strToUtf16(reprText(value))
}

/** `hash(value)`; TypeError for unhashable types. */
export function hash(value: Value): number | bigint {
  const type = typeOf(value)
  if (type.tp_hash === undefined) throw typeError(`unhashable type: '${type.name}'`)
  return type.tp_hash(value)
}

/** `bool(value)`. */
export function isTrue(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'number':
      return value !== 0
    case 'string':
      return value !== ''
    case 'bigint':
      return true
  }
  if (value === None) return false
  const { type } = value
  if (type.nb_bool !== undefined) return type.nb_bool(value)
  if (type.mp_length !== undefined) return type.mp_length(value) > 0
  if (type.sq_length !== undefined) return type.sq_length(value) > 0
  return true
}

const swapped = [Py_GT, Py_GE, Py_EQ, Py_NE, Py_LT, Py_LE]
const operators = ['<', '<=', '==', '!=', '>', '>=']

/** `lhs < rhs` and its like; `op` is `Py_LT` … `Py_GE`. */
export function richCompare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  enterRecursive(' in comparison')
  try {
    return compare(lhs, rhs, op)
  } finally {
    leaveRecursive()
  }
}

function compare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  const left = typeOf(lhs)
  const right = typeOf(rhs)
  let reflected = false
  if (left !== right && right.tp_richcompare !== undefined && isSubtype(right, left)) {
    reflected = true
    const result = right.tp_richcompare(rhs, lhs, swapped[op]!)
    if (result !== NotImplemented) return result
  }
  if (left.tp_richcompare !== undefined) {
    const result = left.tp_richcompare(lhs, rhs, op)
    if (result !== NotImplemented) return result
  }
  if (!reflected && right.tp_richcompare !== undefined) {
    const result = right.tp_richcompare(rhs, lhs, swapped[op]!)
    if (result !== NotImplemented) return result
  }
  if (op === Py_EQ) return lhs === rhs
  if (op === Py_NE) return lhs !== rhs
  throw typeError(`'${operators[op]}' not supported between instances of '${left.name}' and '${right.name}'`)
}

/** The truth of `richCompare`; one object equals itself without being asked. */
export function richCompareBool(lhs: Value, rhs: Value, op: number): boolean {
  if (lhs === rhs) {
    if (op === Py_EQ) return true
    if (op === Py_NE) return false
  }
  if (typeof lhs !== 'object' && typeof lhs === typeof rhs) {
    if (op === Py_EQ) return false
    if (op === Py_NE) return true
  }
  const result = richCompare(lhs, rhs, op)
  if (typeof result === 'boolean') return result
  const truth = isTrue(result)
  drop(result)
  return truth
}

/** Calls a method by name, found as an attribute. */
export function callMethod(owner: Value, name: string, args: readonly Value[]): Owned<Value> {
  const method = typeOf(owner).tp_getattro!(owner, name)
  if (method === undefined) throw attributeError(owner, name)
  try {
    return call(method, args)
  } finally {
    drop(method)
  }
}

/** A `str` value's text must be in UTF-16 for JavaScript: surrogate pairs of wide strings are joined. */
export function textOf(value: Value): string {
  const text = asStr(value)!
  return text instanceof WideStr ? strToUtf16(text) : text
}
