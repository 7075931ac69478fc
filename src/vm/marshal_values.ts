import { PyError } from '../base/errors.ts'
import { Complex, Ellipsis, EllipsisType, Float, FrozenSet, WideStr } from '../base/values.ts'
import { CodeObject } from '../bytecode/code.ts'
import {
  List,
  MAX_DEPTH,
  type MarshalValue,
  MutableSet,
  StopIteration,
  StopIterationType,
} from '../bytecode/marshal_values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { bufferBytes, hasBuffer } from '../objects/buffer.ts'
import { PyExc_StopIteration } from '../objects/exception_types.ts'
import {
  newBytes,
  newComplex,
  newDict,
  newFloat,
  newFrozenSet,
  newList,
  newSet,
  newStr,
  newTuple,
  none,
} from '../objects/make.ts'
import type { PyDict, PyList, PyObject, PySet, PyTuple, Value } from '../objects/object.ts'
import { SetTable } from '../objects/set_table.ts'
import * as types from '../objects/types.ts'
import type { Code } from './code.ts'
import { newCode } from './code.ts'

/*
 * Marshal's values as Python objects, and back. An object that stands in several places is one on either side.
 */

/** The Python value of what marshal has read, owned. */
export function fromMarshal(value: MarshalValue): Owned<Value> {
  return new Importer().value(value)
}

class Importer {
  /** Containers made so far; a reference to one of them may come while it is still being filled. */
  private readonly made = new Map<object, Value>()

  value(value: MarshalValue): Owned<Value> {
    if (typeof value !== 'object') return value
    if (value === null) return none()
    const known = this.made.get(value)
    if (known !== undefined) return keep(known)
    const made = this.object(value)
    if (!this.made.has(value)) this.made.set(value, made)
    return made
  }

  private object(value: Exclude<MarshalValue, null> & object): Owned<Value> {
    if (value instanceof CodeObject) return newCode(value)
    if (value instanceof Float) return newFloat(value.value)
    if (value instanceof Complex) return newComplex(value)
    if (value instanceof WideStr) return newStr(value)
    if (value instanceof Uint8Array) return newBytes(value)
    if (value instanceof EllipsisType) return keep<Value>(types.Ellipsis)
    if (value instanceof StopIterationType) return keep<Value>(PyExc_StopIteration)
    if (value instanceof List) return this.list(value)
    if (value instanceof FrozenSet) return newFrozenSet(this.items(value.items))
    if (value instanceof MutableSet) return newSet(this.items(value.items))
    if (value instanceof Map) return this.dict(value)
    return this.tuple(value as readonly MarshalValue[])
  }

  private list(value: List): Owned<Value> {
    const items: Owned<Value>[] = []
    const list = newList(items)
    this.made.set(value, list)
    for (const item of value.items) items.push(this.value(item))
    return list
  }

  private tuple(value: readonly MarshalValue[]): Owned<Value> {
    if (value.length === 0) return newTuple([])
    const items: Owned<Value>[] = []
    const tuple = newTuple(EMPTY_SLOT)
    tuple.data = items
    this.made.set(value, tuple)
    for (const item of value) items.push(this.value(item))
    return tuple
  }

  private items(values: readonly MarshalValue[]): SetTable {
    const table = new SetTable()
    for (const value of values) {
      const item = this.value(value)
      table.add(item)
      drop(item)
    }
    return table
  }

  private dict(value: ReadonlyMap<MarshalValue, MarshalValue>): Owned<Value> {
    const dict = newDict()
    this.made.set(value, dict)
    for (const [key, item] of value) {
      const made = this.value(key)
      dict.data.set(made, this.value(item))
      drop(made)
    }
    return dict
  }
}

/** Makes `newTuple` give an object of its own, whose items are then put in. */
const EMPTY_SLOT: readonly Owned<Value>[] = [false]

/** What marshal writes for a Python value. Throws PyError ValueError for one that marshal cannot write. */
export function toMarshal(value: Value): MarshalValue {
  return new Exporter().value(value)
}

class Exporter {
  private readonly made = new Map<object, MarshalValue>()
  private depth = 0

  value(value: Value): MarshalValue {
    if (typeof value !== 'object') return value
    const known = this.made.get(value)
    if (known !== undefined) return known
    if (++this.depth > MAX_DEPTH + 1) throw new PyError('ValueError', 'object too deeply nested to marshal')
    const made = this.object(value)
    this.depth--
    this.made.set(value, made)
    return made
  }

  private object(value: PyObject): MarshalValue {
    switch (value.type) {
      case types.noneType:
        return null
      case types.ellipsisType:
        return Ellipsis
      case types.strType:
        return value.data as WideStr
      case types.floatType:
        return new Float(value.data as number)
      case types.complexType:
        return value.data as Complex
      case types.bytesType:
        return value.data as Uint8Array
      case types.codeType:
        return (value.data as Code).object
      case types.tupleType:
        return this.fill((value as PyTuple).data, [])
      case types.listType:
        return this.list(value as PyList)
      case types.dictType:
        return this.dict(value as PyDict)
      case types.setType:
        return new MutableSet(this.keys(value as PySet))
      case types.frozensetType:
        return new FrozenSet(this.keys(value as PySet) as FrozenSet['items'])
    }
    if (value === PyExc_StopIteration) return StopIteration
    if (hasBuffer(value)) return bufferBytes(value).slice()
    throw new PyError('ValueError', 'unmarshallable object')
  }

  private fill(items: readonly Value[], out: MarshalValue[]): MarshalValue[] {
    for (const item of items) out.push(this.value(item))
    return out
  }

  private list(value: PyList): List {
    const list = new List([])
    this.made.set(value, list)
    this.fill(value.data, list.items)
    return list
  }

  private dict(dict: PyDict): ReadonlyMap<MarshalValue, MarshalValue> {
    const { data } = dict
    const map = new Map<MarshalValue, MarshalValue>()
    this.made.set(dict, map)
    for (let i = data.next(0); i >= 0; i = data.next(i + 1)) {
      map.set(this.value(data.keys[i]!), this.value(data.values[i]!))
    }
    return map
  }

  private keys({ data }: PySet): MarshalValue[] {
    return data.toKeys().map((key) => this.value(key))
  }
}
