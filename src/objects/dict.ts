import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { lookupAttr } from './attributes.ts'
import { defineType } from './define.ts'
import { DictTable } from './dict_table.ts'
import { newDictIterator, newDictView } from './dict_views.ts'
import { isException, keyError, runtimeError, typeError, valueError } from './errors.ts'
import { PyExc_TypeError } from './exception_types.ts'
import { instanceDict, newInstance, setInstanceDict } from './instance.ts'
import { hashHigh, hashLow } from './keys.ts'
import { newDict, newTuple } from './make.ts'
import {
  type KeywordNames,
  Py_EQ,
  Py_NE,
  type PyDict,
  type PyInstance,
  type PyObject,
  type PyType,
  TPFLAGS_DICT_SUBCLASS,
  type Value,
} from './object.ts'
import { call, richCompareBool } from './protocols.ts'
import { reprContainer, writeRepr } from './repr_items.ts'
import { forEach, getItem, iter, next, setItem, toArray } from './sequence_protocol.ts'
import { isAnySet } from './set.ts'
import type { SetTable } from './set_table.ts'
import { callSpecialIfAny } from './slot_functions.ts'
import { genericAliasHook } from './type_hooks.ts'
import { dictType, NotImplemented, typeOf } from './types.ts'

/** The dict behind a value, subclasses included. */
export function asDict(value: Value): PyDict | undefined {
  return typeof value === 'object' && (value.type.flags & TPFLAGS_DICT_SUBCLASS) !== 0 ? (value as PyDict) : undefined
}

function newDictOf(type: PyType): Owned<Value> {
  return type === dictType ? newDict() : newInstance(type, new DictTable())
}

/** What `dict(...)` and `dict.update(...)` take: a mapping or pairs, then keywords. */
function updateWith(name: string, self: PyDict, args: readonly Value[], kwnames: KeywordNames): void {
  const keywords = kwnames === null ? 0 : kwnames.length
  const positional = args.length - keywords
  if (positional > 1) throw typeError(`${name} expected at most 1 argument, got ${positional}`)
  if (positional === 1) updateDict(self.data, args[0]!)
  for (let i = 0; i < keywords; i++) self.data.set(kwnames![i]!, keep(args[positional + i]!))
}

/** Adds the items of a mapping, or the pairs of an iterable (`dict_update_arg`). */
export function updateDict(table: DictTable, other: Value): void {
  if (typeof other === 'object' && other.type === dictType) {
    mergeTable(table, (other as PyDict).data)
    return
  }
  const keys = lookupAttr(other, 'keys')
  if (keys === undefined) {
    mergePairs(table, other)
    return
  }
  try {
    const dict = asDict(other)
    if (dict !== undefined && dict.type.tp_iter === dictType.tp_iter) mergeTable(table, dict.data)
    else mergeMapping(table, other, keys)
  } finally {
    drop(keys)
  }
}

/** Adds all items of another table. */
export function mergeTable(table: DictTable, other: DictTable): void {
  if (table === other) return
  const { version, used } = other
  for (let i = other.next(0); i >= 0; i = other.next(i + 1)) {
    const key = keep<Value>(other.keys[i]!)
    const value = keep<Value>(other.values[i]!)
    try {
      if (other.isExact) {
        other.hashAt(i)
        table.setKnown(key, value, 2, hashLow, hashHigh)
      } else table.set(key, value)
    } finally {
      drop(key)
    }
    if (other.version !== version && other.used !== used) throw runtimeError('dict mutated during update')
  }
}

function mergeMapping(table: DictTable, mapping: Value, keysMethod: Value): void {
  const keys = call(keysMethod, [])
  try {
    forEach(keys, (key) => table.set(key, getItem(mapping, key)))
  } finally {
    drop(keys)
  }
}

function mergePairs(table: DictTable, pairs: Value): void {
  let number = 0
  forEach(pairs, (pair) => {
    const items = pairItems(pair, number)
    try {
      if (items.length !== 2) {
        throw valueError(`dictionary update sequence element #${number} has length ${items.length}; 2 is required`)
      }
      table.set(items[0]!, keep<Value>(items[1]!))
    } finally {
      for (const item of items) drop(item)
    }
    number++
  })
}

function pairItems(pair: Value, number: number): Owned<Value>[] {
  try {
    return toArray(pair)
  } catch (error) {
    if (!isException(error, PyExc_TypeError)) throw error
    drop(error)
    throw typeError(`cannot convert dictionary update sequence element #${number} to a sequence`)
  }
}

/** `dict[key]`, with `__missing__` for subclasses. */
function subscript(self: PyDict, key: Value): Owned<Value> {
  const value = self.data.get(key)
  if (value !== undefined) return keep(value)
  if (self.type !== dictType) {
    const made = callSpecialIfAny(self, '__missing__', [key])
    if (made !== undefined) return made
  }
  throw keyError(key)
}

function compareDicts(lhs: Value, rhs: Value, op: number): Owned<Value> {
  const left = asDict(lhs)
  const right = asDict(rhs)
  if (left === undefined || right === undefined || (op !== Py_EQ && op !== Py_NE)) return NotImplemented as Owned<Value>
  return equalTables(left.data, right.data) === (op === Py_EQ)
}

function equalTables(left: DictTable, right: DictTable): boolean {
  if (left.used !== right.used) return false
  for (let i = left.next(0); i >= 0; i = left.next(i + 1)) {
    const key = keep<Value>(left.keys[i]!)
    const value = keep<Value>(left.values[i]!)
    let other: Value | undefined
    try {
      other = right.get(key)
      if (other === undefined) return false
      keep(other)
      if (!richCompareBool(value, other, Py_EQ)) return false
    } finally {
      drop(other)
      drop(key)
      drop(value)
    }
  }
  return true
}

function union(lhs: Value, rhs: Value): Owned<Value> {
  const left = asDict(lhs)
  if (left === undefined || asDict(rhs) === undefined) return NotImplemented as Owned<Value>
  const result = newDict(left.data.copy())
  try {
    updateDict(result.data, rhs)
  } catch (error) {
    drop(result)
    throw error
  }
  return result
}

function reprOf(self: PyDict): Owned<Value> {
  const table = self.data
  if (table.used === 0) return '{}'
  return reprContainer(self, '{...}', (out) => {
    let first = true
    out.addText('{')
    for (let i = table.next(0); i >= 0; i = table.next(i + 1)) {
      if (!first) out.addText(', ')
      first = false
      const value = keep<Value>(table.values[i]!)
      try {
        writeRepr(out, table.keys[i]!)
        out.addText(': ')
        writeRepr(out, value)
      } finally {
        drop(value)
      }
    }
    out.addText('}')
  })
}

/** Takes the keys of a set with their hashes. */
function keysFromSet(table: DictTable, keys: SetTable, value: Value): void {
  for (let i = keys.next(0); i >= 0; i = keys.next(i + 1)) {
    const key = keep<Value>(keys.slots[i]!)
    keys.hashAt(i)
    try {
      table.setKnown(key, keep(value), 2, hashLow, hashHigh)
    } finally {
      drop(key)
    }
  }
}

function fromKeys(type: PyType, iterable: Value, value: Value): Owned<Value> {
  const made = call(type, [])
  try {
    if (typeof made === 'object' && made.type === dictType) {
      const table = (made as PyDict).data
      if (isAnySet(iterable) && iterable.data.isExact) keysFromSet(table, iterable.data, value)
      else forEach(iterable, (key) => table.set(key, keep(value)))
    } else {
      const iterator = iter(iterable)
      try {
        for (let key = next(iterator); key !== undefined; key = next(iterator)) {
          try {
            setItem(made, key, value)
          } finally {
            drop(key)
          }
        }
      } finally {
        drop(iterator)
      }
    }
  } catch (error) {
    drop(made)
    throw error
  }
  return made
}

function popKey(self: PyDict, key: Value, fallback: Value | undefined): Owned<Value> {
  const value = self.data.pop(key)
  if (value !== undefined) return value
  if (fallback === undefined) throw keyError(key)
  return keep(fallback)
}

function popItem({ data: table }: PyDict): Owned<Value> {
  const entry = table.last()
  if (entry < 0) throw keyError('popitem(): dictionary is empty')
  const value = table.values[entry]!
  return newTuple([table.takeLast(entry), value])
}

/** Bytes of a dict's keys as CPython lays them out: a header, an index of powers of two, entries of 16 or 24 bytes. */
function sizeOf({ data: table, type }: PyDict): number {
  const { basicsize } = type.data
  if (table.used === 0 && table.keys.length === 0) return basicsize
  let log2 = 3
  while (((1 << log2) * 2) / 3 < table.used) log2++
  const indexBytes = log2 <= 7 ? 1 : log2 <= 15 ? 2 : log2 <= 31 ? 4 : 8
  const strings = table.keys.every((key) => key === undefined || typeof key === 'string')
  return basicsize + 32 + (1 << log2) * indexBytes + Math.floor(((1 << log2) * 2) / 3) * (strings ? 16 : 24)
}

/** The `__dict__` of builtin types whose instances have attributes of their own (`PyObject_GenericSetDict`). */
export const instanceDictAttribute = {
  get: (self: PyObject): Owned<Value> => keep<Value>(instanceDict(self as PyInstance)),
  set: (self: PyObject, value: Value | undefined): void => {
    if (value === undefined) throw typeError('cannot delete __dict__')
    const dict = asDict(value)
    if (dict === undefined) throw typeError(`__dict__ must be set to a dictionary, not a '${typeOf(value).name}'`)
    setInstanceDict(self as PyInstance, dict)
  },
}

/** Defines `dict`. */
export function defineDictType(): void {
  defineType(dictType, () => ({
    slots: {
      tp_new: newDictOf,
      tp_init: (self, args, kwnames) => updateWith('dict', self, args, kwnames),
      tp_repr: reprOf,
      tp_richcompare: compareDicts,
      tp_iter: (self) => newDictIterator(self, 'keys', false),
      tp_dealloc: (self) => self.data.clear(),
      tp_traverse: (self, visit) => {
        const { keys, values } = self.data
        for (let i = 0; i < keys.length; i++) {
          const key = keys[i]
          const value = values[i]
          if (typeof key === 'object') visit(key)
          if (typeof value === 'object') visit(value)
        }
      },
      tp_clear: (self) => self.data.clear(),
      mp_length: (self) => self.data.used,
      mp_subscript: subscript,
      mp_ass_subscript: (self, key, value) => {
        if (value !== undefined) self.data.set(key, keep(value))
        else if (!self.data.delete(key)) throw keyError(key)
      },
      sq_contains: (self, key) => self.data.find(key) >= 0,
      nb_or: union,
      nb_inplace_or: (lhs, rhs) => {
        updateDict((lhs as PyDict).data, rhs)
        return keep(lhs)
      },
    },
    methods: {
      'get(key, default = None, /)': (self, key, fallback) => keep(self.data.get(key) ?? fallback),
      'setdefault(key, default = None, /)': (self, key, fallback) => keep(self.data.setDefault(key, fallback)),
      'pop(key, default = NULL, /)': popKey,
      'popitem()': popItem,
      'keys()': (self) => newDictView(self, 'keys'),
      'items()': (self) => newDictView(self, 'items'),
      'values()': (self) => newDictView(self, 'values'),
      'clear()': (self) => self.data.clear(),
      'copy()': (self) => newDict(self.data.copy()),
      '__reversed__()': (self) => newDictIterator(self, 'keys', true),
      '__sizeof__()': sizeOf,
    },
    rawMethods: {
      'update($self, /, *args, **kwargs)': (self, args, kwnames) => updateWith('update', self, args, kwnames),
    },
    classMethods: {
      'fromkeys(iterable, value = None, /)': fromKeys,
      '__class_getitem__(item, /)': (type, item) => genericAliasHook.make(type, item),
    },
  }))
}
