import { type Complex, type Str, strFromUtf16, WideStr } from '../base/values.ts'
import type { Owned } from '../memory/header.ts'
import { gcState, track } from '../memory/state.ts'
import { DictTable } from './dict_table.ts'
import {
  immortal,
  newObject,
  type PyDict,
  PyFloat,
  type PyList,
  type PyObject,
  type PySet,
  type PyStr,
  type PyTuple,
  type Value,
} from './object.ts'
import { SetTable } from './set_table.ts'
import {
  bytesType,
  complexType,
  dictType,
  floatType,
  frozensetType,
  listType,
  None,
  setType,
  strType,
  tupleType,
} from './types.ts'

/** A float. */
export function newFloat(value: number): Owned<PyFloat> {
  return new PyFloat(floatType, value) as Owned<PyFloat>
}

/** A list that takes over the array and its references. */
export function newList(items: Owned<Value>[]): Owned<PyList> {
  const list = newObject(listType, items)
  track(list)
  return list
}

const emptyTuple = newObject<readonly Owned<Value>[]>(tupleType, [])
emptyTuple.rc = 0x20000000

/** A tuple that takes over the array and its references; the empty tuple is one object. */
export function newTuple(items: readonly Owned<Value>[]): Owned<PyTuple> {
  if (items.length === 0) {
    emptyTuple.rc++
    return emptyTuple
  }
  const tuple = newObject(tupleType, items)
  track(tuple)
  return tuple
}

/** A dict that takes over the table. */
export function newDict(table: DictTable = new DictTable()): Owned<PyDict> {
  const dict = newObject(dictType, table)
  track(dict)
  return dict
}

/** A set that takes over the table. */
export function newSet(table: SetTable = new SetTable()): Owned<PySet> {
  const set = newObject(setType, table)
  track(set)
  return set
}

/** A frozenset that takes over the table. */
export function newFrozenSet(table: SetTable = new SetTable()): Owned<PySet> {
  const set = newObject(frozensetType, table)
  track(set)
  return set
}

/** The bytes objects of length 0 (the last) and 1, of which there is one each. */
const shortBytes: Owned<PyObject<Uint8Array>>[] = []

/** A bytes object; the array must not change any more. Objects of length 0 and 1 are one each, as in CPython. */
export function newBytes(bytes: Uint8Array): Owned<PyObject<Uint8Array>> {
  if (bytes.length > 1) {
    const made = newObject(bytesType, bytes)
    if (gcState.tracer !== null) gcState.tracer.born(made)
    return made
  }
  const at = bytes.length === 0 ? 256 : bytes[0]!
  let object = shortBytes[at]
  if (object === undefined) shortBytes[at] = object = immortal(newObject(bytesType, bytes))
  object.rc++
  return object
}

/** A complex number. */
export function newComplex(value: Complex): Owned<PyObject<Complex>> {
  return newObject(complexType, value)
}

/** The `str` value of a base string. */
export function newStr(text: Str): Owned<PyStr> {
  return text instanceof WideStr ? newObject(strType, text) : text
}

/** The `str` of a JavaScript (UTF-16) string. */
export function newText(text: string): Owned<PyStr> {
  return newStr(strFromUtf16(text))
}

/** `None`, owned. */
export function none(): Owned<PyObject> {
  None.rc++
  return None as Owned<PyObject>
}
