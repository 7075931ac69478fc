import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { track } from '../../memory/state.ts'
import { lookupAttr } from '../../objects/attributes.ts'
import { getBuiltin } from '../../objects/builtin_lookup.ts'
import { defineType } from '../../objects/define.ts'
import { asDict, instanceDictAttribute } from '../../objects/dict.ts'
import { DictTable } from '../../objects/dict_table.ts'
import { dictItemsType, dictKeysType, dictValuesType } from '../../objects/dict_views.ts'
import { keyError, runtimeError, typeError, valueError } from '../../objects/errors.ts'
import { clearInstance, extraOf, newInstance, traverseInstance } from '../../objects/instance.ts'
import { iterSelf } from '../../objects/iterator_types.ts'
import { newList, newTuple, none } from '../../objects/make.ts'
import {
  type KeywordNames,
  newObject,
  Py_EQ,
  Py_NE,
  type PyDict,
  type PyInstance,
  type PyObject,
  type PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_DICT_SUBCLASS,
  TPFLAGS_HAVE_GC,
  type Value,
} from '../../objects/object.ts'
import { call, callMethod, richCompareBool } from '../../objects/protocols.ts'
import { reprContainer, writeRepr } from '../../objects/repr_items.ts'
import { contains, forEach, getItem, iter, next, setItem, toArray } from '../../objects/sequence_protocol.ts'
import { Shape } from '../../objects/shape.ts'
import { shortName } from '../../objects/type_names.ts'
import { builtinType, dictType, isInstanceOf, NotImplemented, type TypeFor } from '../../objects/types.ts'

const FLAGS = TPFLAGS_HAVE_GC | TPFLAGS_BASETYPE | TPFLAGS_DICT_SUBCLASS

/**
 * `OrderedDict`: a dict whose table is in order anyway. What it adds is moving, comparing in order and noticing any
 * change while it is iterated.
 */
export const orderedDictType: TypeFor<PyDict> = builtinType('collections.OrderedDict', FLAGS, dictType)

type Part = 'keys' | 'values' | 'items'

interface OrderedViewData {
  readonly dict: Owned<PyDict>
}
type OrderedView = PyObject<OrderedViewData>

const odictKeysType: TypeFor<OrderedView> = builtinType('odict_keys', TPFLAGS_HAVE_GC, dictKeysType)
const odictValuesType: TypeFor<OrderedView> = builtinType('odict_values', TPFLAGS_HAVE_GC, dictValuesType)
const odictItemsType: TypeFor<OrderedView> = builtinType('odict_items', TPFLAGS_HAVE_GC, dictItemsType)
const viewTypes = { keys: odictKeysType, values: odictValuesType, items: odictItemsType }

interface OrderedIteratorData {
  dict: Owned<PyDict> | null
  readonly part: Part
  readonly reversed: boolean
  readonly version: number
  /** The entry to give next, or -1. */
  entry: number
}
type OrderedIterator = PyObject<OrderedIteratorData>

const odictIteratorType: TypeFor<OrderedIterator> = builtinType('odict_iterator', TPFLAGS_HAVE_GC)

const isOrdered = (value: Value): value is PyDict => isInstanceOf(value, orderedDictType)

function addPairs(self: PyDict, pairs: Value): void {
  forEach(pairs, (pair) => {
    const items = toArray(pair)
    try {
      if (items.length < 2)
        throw valueError(`need more than ${items.length} value${items.length === 1 ? '' : 's'} to unpack`)
      if (items.length > 2) throw valueError('too many values to unpack (expected 2)')
      setItem(self, items[0]!, items[1])
    } finally {
      for (const item of items) drop(item)
    }
  })
}

/** The `update` of mutable mappings: what a subclass has as `__setitem__` is called. */
function updateFrom(self: PyDict, other: Value): void {
  if (typeof other === 'object' && other.type === dictType) {
    const items = callMethod(other, 'items', [])
    try {
      addPairs(self, items)
    } finally {
      drop(items)
    }
    return
  }
  const keysMethod = lookupAttr(other, 'keys')
  if (keysMethod !== undefined) {
    const keys = calledAndDropped(keysMethod)
    try {
      forEach(keys, (key) => {
        const value = getItem(other, key)
        try {
          setItem(self, key, value)
        } finally {
          drop(value)
        }
      })
    } finally {
      drop(keys)
    }
    return
  }
  const itemsMethod = lookupAttr(other, 'items')
  if (itemsMethod === undefined) {
    addPairs(self, other)
    return
  }
  const items = calledAndDropped(itemsMethod)
  try {
    addPairs(self, items)
  } finally {
    drop(items)
  }
}

function calledAndDropped(callable: Owned<Value>): Owned<Value> {
  try {
    return call(callable, [])
  } finally {
    drop(callable)
  }
}

function update(self: PyDict, args: readonly Value[], kwnames: KeywordNames): void {
  const keywords = kwnames === null ? 0 : kwnames.length
  const positional = args.length - keywords
  if (positional > 1) throw typeError(`update() takes at most 1 positional argument (${positional} given)`)
  if (positional === 1) updateFrom(self, args[0]!)
  for (let i = 0; i < keywords; i++) setItem(self, kwnames![i]!, args[positional + i])
}

function init(self: PyDict, args: readonly Value[], kwnames: KeywordNames): void {
  const positional = args.length - (kwnames?.length ?? 0)
  if (positional > 1) throw typeError(`expected at most 1 arguments, got ${positional}`)
  update(self, args, kwnames)
}

function popItem({ data }: PyDict, last: boolean): Owned<Value> {
  const entry = last ? data.last() : data.next(0)
  if (entry < 0) throw keyError('dictionary is empty')
  const value = data.values[entry]!
  return newTuple([last ? data.takeLast(entry) : data.take(entry), value])
}

function moveToEnd({ data }: PyDict, key: Value, last: boolean): void {
  const entry = data.find(key)
  if (entry < 0) throw keyError(key)
  if (last) {
    if (entry !== data.last()) data.moveToEnd(entry)
  } else if (entry !== data.next(0)) data.moveToFront(entry)
}

function setDefault(self: PyDict, key: Value, fallback: Value): Owned<Value> {
  if (self.type === orderedDictType) return keep(self.data.setDefault(key, fallback))
  if (contains(self, key)) return getItem(self, key)
  setItem(self, key, fallback)
  return keep(fallback)
}

function popKey(self: PyDict, key: Value, fallback: Value | undefined): Owned<Value> {
  const value = self.data.pop(key)
  if (value !== undefined) return value
  if (fallback === undefined) throw keyError(key)
  return keep(fallback)
}

function copy(self: PyDict): Owned<Value> {
  if (self.type === orderedDictType) return newInstance(orderedDictType, self.data.copy())
  const made = call(self.type, [])
  const { data } = self
  try {
    for (let i = data.next(0); i >= 0; i = data.next(i + 1)) {
      const key = keep<Value>(data.keys[i]!)
      const value = getItem(self, key)
      try {
        setItem(made, key, value)
      } finally {
        drop(key)
        drop(value)
      }
    }
  } catch (error) {
    drop(made)
    throw error
  }
  return made
}

function compare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if (asDict(rhs) === undefined || (op !== Py_EQ && op !== Py_NE)) return NotImplemented as Owned<Value>
  const equal = dictType.tp_richcompare!(lhs, rhs, Py_EQ) === true
  const same = equal && (!isOrdered(rhs) || sameOrder((lhs as PyDict).data, rhs.data))
  return same === (op === Py_EQ)
}

/** Whether two tables with equal items have them in the same order. */
function sameOrder(left: DictTable, right: DictTable): boolean {
  const { version } = left
  const other = right.version
  let j = right.next(0)
  for (let i = left.next(0); i >= 0 && j >= 0; i = left.next(i + 1), j = right.next(j + 1)) {
    const a = keep<Value>(left.keys[i]!)
    const b = keep<Value>(right.keys[j]!)
    try {
      if (!richCompareBool(a, b, Py_EQ)) return false
    } finally {
      drop(a)
      drop(b)
    }
    if (left.version !== version || right.version !== other) throw runtimeError('OrderedDict mutated during iteration')
  }
  return true
}

function union(lhs: Value, rhs: Value): Owned<Value> {
  const { type } = (isOrdered(lhs) ? lhs : rhs) as PyDict
  if (asDict(isOrdered(lhs) ? rhs : lhs) === undefined) return NotImplemented as Owned<Value>
  const made = call(type, [lhs])
  try {
    updateFrom(made as PyDict, rhs)
  } catch (error) {
    drop(made)
    throw error
  }
  return made
}

function reprOf(self: PyDict): Owned<Value> {
  const name = shortName(self.type)
  if (self.data.used === 0) return `${name}()`
  return reprContainer(self, '...', (out) => {
    const items = newList(itemsOf(self))
    try {
      out.addText(`${name}(`)
      writeRepr(out, items)
      out.addText(')')
    } finally {
      drop(items)
    }
  })
}

function itemsOf(self: PyDict): Owned<Value>[] {
  if (self.type !== orderedDictType) {
    const view = callMethod(self, 'items', [])
    try {
      return toArray(view)
    } finally {
      drop(view)
    }
  }
  const { data } = self
  const items: Owned<Value>[] = []
  for (let i = data.next(0); i >= 0; i = data.next(i + 1)) {
    items.push(newTuple([keep<Value>(data.keys[i]!), keep<Value>(data.values[i]!)]))
  }
  return items
}

function reduce(self: PyDict): Owned<Value> {
  const state = callMethod(self, '__getstate__', [])
  const items = callMethod(self, 'items', [])
  try {
    return newTuple([keep<Value>(self.type), newTuple([]), state, none(), iter(items)])
  } finally {
    drop(items)
  }
}

function newIterator(dict: PyDict, part: Part, reversed: boolean): Owned<Value> {
  const { data } = dict
  const iterator = newObject<OrderedIteratorData>(odictIteratorType, {
    dict: keep(dict),
    part,
    reversed,
    version: data.version,
    entry: reversed ? data.last() : data.next(0),
  })
  track(iterator)
  return iterator
}

function nextEntry({ data }: OrderedIterator): Owned<Value> | undefined {
  const { dict, entry, part } = data
  if (dict === null) return undefined
  const table = dict.data
  if (entry < 0 || table.version !== data.version) {
    data.dict = null
    drop(dict)
    if (entry < 0) return undefined
    throw runtimeError('OrderedDict mutated during iteration')
  }
  const key = table.keys[entry]!
  data.entry = data.reversed ? table.previous(entry) : table.next(entry + 1)
  if (part === 'keys') return keep<Value>(key)
  const kept = keep<Value>(key)
  const value = dict.type === orderedDictType ? keep<Value>(table.values[entry]!) : getItem(dict, kept)
  if (part === 'items') return newTuple([kept, value])
  drop(kept)
  return value
}

function newView(dict: PyDict, part: Part): Owned<Value> {
  const view = newObject<OrderedViewData>(viewTypes[part], { dict: keep(dict) })
  track(view)
  return view
}

function defineViews(): void {
  for (const part of ['keys', 'values', 'items'] as const) {
    defineType(viewTypes[part], () => ({
      slots: { tp_iter: ({ data }) => newIterator(data.dict, part, false) },
      methods: { '__reversed__()': ({ data }) => newIterator(data.dict, part, true) },
    }))
  }
  defineType(odictIteratorType, () => ({
    slots: {
      tp_iter: iterSelf,
      tp_iternext: nextEntry,
      tp_dealloc: ({ data }) => drop(data.dict),
      tp_traverse: ({ data }, visit) => {
        if (data.dict !== null) visit(data.dict)
      },
    },
    methods: {
      '__reduce__()': ({ data }) => {
        const { dict, part, reversed, version, entry } = data
        const copy = newObject<OrderedIteratorData>(odictIteratorType, {
          dict: dict === null ? null : keep(dict),
          part,
          reversed,
          version,
          entry,
        })
        const items: Owned<Value>[] = []
        try {
          for (let item = next(copy); item !== undefined; item = next(copy)) items.push(item)
        } finally {
          drop(copy)
        }
        return newTuple([getBuiltin('iter'), newTuple([newList(items)])])
      },
    },
  }))
}

/** Defines `OrderedDict`, its views and iterator. */
export function defineOrderedDict(): void {
  orderedDictType.data.rootShape = new Shape([], 0, null)
  defineType(orderedDictType, () => ({
    slots: {
      tp_new: (type: PyType) => newInstance(type, new DictTable()),
      tp_init: init,
      tp_repr: reprOf,
      tp_richcompare: compare,
      tp_iter: (self) => newIterator(self, 'keys', false),
      tp_dealloc: (self) => {
        clearInstance(self as PyInstance<DictTable>)
        self.data.clear()
      },
      tp_traverse: (self, visit) => {
        traverseInstance(self as PyInstance<DictTable>, visit)
        dictType.tp_traverse!(self, visit)
      },
      tp_clear: (self) => {
        clearInstance(self as PyInstance<DictTable>)
        self.data.clear()
      },
      tp_weakrefs: (self) => extraOf(self as PyInstance<DictTable>),
      mp_ass_subscript: (self, key, value) => dictType.mp_ass_subscript!(self, key, value),
      nb_or: union,
      nb_inplace_or: (lhs, rhs) => {
        updateFrom(lhs as PyDict, rhs)
        return keep(lhs)
      },
    },
    methods: {
      '__sizeof__()': (self) => self.type.data.basicsize + 16 + 120 * self.data.used,
      '__reduce__()': reduce,
      'setdefault(key, default = None)': setDefault,
      'pop(key, default = NULL)': popKey,
      'popitem(last: bool = True)': popItem,
      'keys()': (self) => newView(self, 'keys'),
      'values()': (self) => newView(self, 'values'),
      'items()': (self) => newView(self, 'items'),
      'clear()': (self) => self.data.clear(),
      'copy()': copy,
      '__reversed__()': (self) => newIterator(self, 'keys', true),
      'move_to_end(key, last: bool = True)': moveToEnd,
    },
    rawMethods: { 'update($self, /, *args, **kwargs)': update },
    classMethods: {
      'fromkeys(iterable, value = None)': (type, iterable, value) => {
        const made = call(type, [])
        try {
          forEach(iterable, (key) => setItem(made, key, value))
        } catch (error) {
          drop(made)
          throw error
        }
        return made
      },
    },
    getset: {
      __dict__: instanceDictAttribute,
    },
  }))
  defineViews()
}
