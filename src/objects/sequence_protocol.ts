import { drop, dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { builtinPolls, pollWords } from '../memory/state.ts'
import { asInt } from './access.ts'
import { toSubscript } from './arguments.ts'
import { lookupAttr } from './attributes.ts'
import { stopIteration, typeError } from './errors.ts'
import { lengthHint } from './length_hint.ts'
import { newList } from './make.ts'
import {
  newObject,
  Py_EQ,
  type PyList,
  type PyObject,
  type PyType,
  TPFLAGS_DICT_SUBCLASS,
  TPFLAGS_TYPE_SUBCLASS,
  type Value,
} from './object.ts'
import { call, richCompareBool } from './protocols.ts'
import { thread } from './thread.ts'
import { genericAliasHook } from './type_hooks.ts'
import { builtinType, listType, None, tupleType, typeOf, typeType } from './types.ts'

/*
 * The sequence, mapping and iterator protocols (CPython's abstract.c).
 */

/** `len(value)`. */
export function len(value: Value): number {
  if (typeof value === 'string') return value.length
  const type = typeOf(value)
  const length = type.sq_length ?? type.mp_length
  if (length === undefined) throw typeError(`object of type '${type.name}' has no len()`)
  return length(value)
}

/** Whether a value is a sequence to `PySequence_Check`: it can be indexed and is no dict. */
export function isSequence(value: Value): boolean {
  const type = typeOf(value)
  return type.sq_item !== undefined && (type.flags & TPFLAGS_DICT_SUBCLASS) === 0
}

/** `container[key]`. */
export function getItem(container: Value, key: Value): Owned<Value> {
  const type = typeOf(container)
  if (type.mp_subscript !== undefined) return type.mp_subscript(container, key)
  if (type.sq_item !== undefined) {
    if (asInt(key) === undefined && typeOf(key).nb_index === undefined) {
      throw typeError(`sequence index must be integer, not '${typeOf(key).name}'`)
    }
    return sequenceItem(container, toSubscript(key))
  }
  if (typeof container === 'object' && (container.type.flags & TPFLAGS_TYPE_SUBCLASS) !== 0) {
    if (container === typeType) return genericAliasHook.make(container, key)
    const method = lookupAttr(container, '__class_getitem__')
    if (method !== undefined && method !== None) {
      try {
        return call(method, [key])
      } finally {
        drop(method)
      }
    }
    throw typeError(`type '${(container as PyType).name}' is not subscriptable`)
  }
  throw typeError(`'${type.name}' object is not subscriptable`)
}

/** The item at an index that may count from the end. */
export function sequenceItem(sequence: Value, index: number): Owned<Value> {
  const type = typeOf(sequence)
  if (index < 0 && type.sq_length !== undefined) index += type.sq_length(sequence)
  return type.sq_item!(sequence, index)
}

/** `container[key] = value`; `del container[key]` where `value` is `undefined`. */
export function setItem(container: Value, key: Value, value: Value | undefined): void {
  const type = typeOf(container)
  if (type.mp_ass_subscript !== undefined) {
    type.mp_ass_subscript(container, key, value)
    return
  }
  if (type.sq_ass_item !== undefined) {
    let index = toSubscript(key)
    if (index < 0 && type.sq_length !== undefined) index += type.sq_length(container)
    type.sq_ass_item(container, index, value)
    return
  }
  const what = value === undefined ? "doesn't support item deletion" : 'does not support item assignment'
  throw typeError(`'${type.name}' object ${what}`)
}

/** `value in container`. */
export function contains(container: Value, value: Value): boolean {
  const type = typeOf(container)
  if (type.sq_contains !== undefined) return type.sq_contains(container, value)
  if (type.tp_iter === undefined && type.sq_item === undefined) {
    throw typeError(`argument of type '${type.name}' is not iterable`)
  }
  const iterator = iter(container)
  try {
    for (let item = next(iterator); item !== undefined; item = next(iterator)) {
      const equal = richCompareBool(item, value, Py_EQ)
      drop(item)
      if (equal) return true
    }
    return false
  } finally {
    drop(iterator)
  }
}

/** The `data` of an `iterator`. */
export interface SequenceIteratorData {
  sequence: Owned<Value> | null
  index: number
}

/** The iterator over objects that have only `__getitem__` (CPython's `PySeqIter_Type`). */
export const sequenceIteratorType = builtinType<PyObject<SequenceIteratorData>>('iterator', 1 << 14)

/** `iter(value)`. */
export function iter(value: Value): Owned<PyObject> {
  const type = typeOf(value)
  if (type.tp_iter === undefined) {
    if (type.sq_item === undefined) throw typeError(`'${type.name}' object is not iterable`)
    return newObject(sequenceIteratorType, { sequence: keep(value), index: 0 })
  }
  const iterator = type.tp_iter(value)
  if (typeOf(iterator).tp_iternext === undefined) {
    const { name } = typeOf(iterator)
    drop(iterator)
    throw typeError(`iter() returned non-iterator of type '${name}'`)
  }
  return iterator as Owned<PyObject>
}

/** The next item of an iterator; `undefined` at its end. */
export function next(iterator: PyObject): Owned<Value> | undefined {
  const advance = iterator.type.tp_iternext
  if (advance === undefined) throw typeError(`'${iterator.type.name}' object is not an iterator`)
  return advance(iterator)
}

/** Gives up what a generator returned and nobody asked for. */
function forgetReturned(): void {
  const { returned } = thread
  if (returned === undefined) return
  thread.returned = undefined
  drop(returned)
}

/**
 * The next item by this `tp_iternext`, as `__next__` gives it: StopIteration at the end, with the value that a generator
 * returned.
 */
export function nextOrStop(
  advance: (iterator: PyObject) => Owned<Value> | undefined,
  iterator: PyObject,
): Owned<Value> {
  forgetReturned()
  const item = advance(iterator)
  if (item !== undefined) return item
  const { returned } = thread
  thread.returned = undefined
  const error = stopIteration(returned)
  drop(returned)
  throw error
}

/** Does something with each item, which is borrowed and dropped afterwards; ends early where `visit` gives false. */
export function forEach(iterable: Value, visit: (item: Owned<Value>) => boolean | void): void {
  const iterator = iter(iterable)
  try {
    for (let item = next(iterator); item !== undefined; item = next(iterator)) {
      let go: boolean | void
      try {
        go = visit(item)
      } finally {
        drop(item)
      }
      if (go === false) return
      if (pollWords[0] !== 0) builtinPolls.serve()
    }
    forgetReturned()
  } finally {
    drop(iterator)
  }
}

/**
 * Appends all items of an iterable to an array that others may see and change meanwhile. Asks for the length first, as
 * CPython does to make room: a program notices.
 */
export function appendAll(items: Owned<Value>[], iterable: Value): void {
  const iterator = iter(iterable)
  try {
    lengthHint(iterable)
    const advance = iterator.type.tp_iternext!
    for (let item = advance(iterator); item !== undefined; item = advance(iterator)) {
      items.push(item)
      if (pollWords[0] !== 0) builtinPolls.serve()
    }
  } finally {
    drop(iterator)
  }
}

/** All items of an iterable, owned, in an array of the caller's. */
export function toArray(iterable: Value): Owned<Value>[] {
  if (typeof iterable === 'object' && (iterable.type === listType || iterable.type === tupleType)) {
    const items = (iterable as PyList).data.slice()
    for (let i = 0; i < items.length; i++) keep(items[i]!)
    return items
  }
  const items: Owned<Value>[] = []
  try {
    appendAll(items, iterable)
  } catch (error) {
    dropAll(items)
    throw error
  }
  return items
}

/** `list(iterable)`. */
export function toList(iterable: Value): Owned<PyList> {
  return newList(toArray(iterable))
}
