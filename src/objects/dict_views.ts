import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { getBuiltin } from './builtin_lookup.ts'
import { defineType } from './define.ts'
import { runtimeError } from './errors.ts'
import { iterSelf } from './iterator_types.ts'
import { newList, newSet, newTuple } from './make.ts'
import { newMappingProxy } from './mappingproxy.ts'
import {
  newObject,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_NE,
  type PyDict,
  type PyObject,
  type PySet,
  TPFLAGS_HAVE_GC,
  TPFLAGS_TUPLE_SUBCLASS,
  type Value,
} from './object.ts'
import { richCompareBool } from './protocols.ts'
import { reprContainer, writeItems } from './repr_items.ts'
import { contains, forEach, iter, len, next, toArray } from './sequence_protocol.ts'
import { differenceUpdate, intersectionOf, isAnySet, symmetricDifferenceUpdate, updateTable } from './set.ts'
import { builtinType, NotImplemented, setType, type TypeFor } from './types.ts'

/** What views and iterators of a dict give. */
export type DictPart = 'keys' | 'values' | 'items'

/** The `data` of a view. */
interface ViewData {
  readonly dict: Owned<PyDict>
}
type DictView = PyObject<ViewData>

/** The `data` of an iterator: `dict` is `null` once it is exhausted. */
interface DictIteratorData {
  dict: Owned<PyDict> | null
  /** Keys of the dict at the start; -1 after it was found changed. */
  used: number
  position: number
  left: number
}
type DictIterator = PyObject<DictIteratorData>

const viewType = (name: string): TypeFor<DictView> => builtinType(name, TPFLAGS_HAVE_GC)
const iteratorType = (name: string): TypeFor<DictIterator> => builtinType(name, TPFLAGS_HAVE_GC)

export const dictKeysType = viewType('dict_keys')
export const dictValuesType = viewType('dict_values')
export const dictItemsType = viewType('dict_items')
const dictKeyIteratorType = iteratorType('dict_keyiterator')
const dictValueIteratorType = iteratorType('dict_valueiterator')
const dictItemIteratorType = iteratorType('dict_itemiterator')
const dictReverseKeyIteratorType = iteratorType('dict_reversekeyiterator')
const dictReverseValueIteratorType = iteratorType('dict_reversevalueiterator')
const dictReverseItemIteratorType = iteratorType('dict_reverseitemiterator')

const viewTypes = { keys: dictKeysType, values: dictValuesType, items: dictItemsType }
const forwardTypes = { keys: dictKeyIteratorType, values: dictValueIteratorType, items: dictItemIteratorType }
const reverseTypes = {
  keys: dictReverseKeyIteratorType,
  values: dictReverseValueIteratorType,
  items: dictReverseItemIteratorType,
}

/** `dict.keys()`, `dict.values()` or `dict.items()`. */
export function newDictView(dict: PyDict, part: DictPart): Owned<PyObject> {
  const view = newObject<ViewData>(viewTypes[part], { dict: keep(dict) })
  track(view)
  return view
}

/** An iterator over a dict. */
export function newDictIterator(dict: PyDict, part: DictPart, reverse: boolean): Owned<PyObject> {
  const { data } = dict
  const position = reverse ? data.keys.length : 0
  const iterator = newObject<DictIteratorData>(reverse ? reverseTypes[part] : forwardTypes[part], {
    dict: keep(dict),
    used: data.used,
    position,
    left: data.used,
  })
  track(iterator)
  return iterator
}

/** Moves an iterator on: the number of the next entry, or -1 at the end. */
function advance(data: DictIteratorData, reverse: boolean): number {
  const { dict } = data
  if (dict === null) return -1
  const table = dict.data
  if (data.used !== table.used) {
    data.used = -1
    throw runtimeError('dictionary changed size during iteration')
  }
  const entry = reverse ? table.previous(data.position) : table.next(data.position)
  if (entry >= 0) {
    if (data.left === 0) {
      data.dict = null
      drop(dict)
      throw runtimeError('dictionary keys changed during iteration')
    }
    data.position = reverse ? entry : entry + 1
    data.left--
    return entry
  }
  data.dict = null
  drop(dict)
  return -1
}

function itemOf(dict: PyDict, entry: number, part: DictPart): Owned<Value> {
  const { keys, values } = dict.data
  if (part === 'keys') return keep<Value>(keys[entry]!)
  if (part === 'values') return keep<Value>(values[entry]!)
  return newTuple([keep<Value>(keys[entry]!), keep<Value>(values[entry]!)])
}

/** One function for each part, so that a loop's `tp_iternext` does not ask which it is. */
function nextFunction(part: DictPart, reverse: boolean): (self: DictIterator) => Owned<Value> | undefined {
  if (reverse) {
    return ({ data }) => {
      const { dict } = data
      const entry = advance(data, true)
      return entry < 0 ? undefined : itemOf(dict!, entry, part)
    }
  }
  if (part === 'keys') {
    return ({ data }) => {
      const { dict } = data
      const entry = advance(data, false)
      return entry < 0 ? undefined : keep<Value>(dict!.data.keys[entry]!)
    }
  }
  if (part === 'values') {
    return ({ data }) => {
      const { dict } = data
      const entry = advance(data, false)
      return entry < 0 ? undefined : keep<Value>(dict!.data.values[entry]!)
    }
  }
  return ({ data }) => {
    const { dict } = data
    const entry = advance(data, false)
    if (entry < 0) return undefined
    return newTuple([keep<Value>(dict!.data.keys[entry]!), keep<Value>(dict!.data.values[entry]!)])
  }
}

function defineDictIterator(type: TypeFor<DictIterator>, part: DictPart, reverse: boolean): void {
  const step = nextFunction(part, reverse)
  defineType(type, () => ({
    slots: {
      tp_iter: iterSelf,
      tp_iternext: step,
      tp_dealloc: ({ data }) => drop(data.dict),
      tp_traverse: ({ data }, visit) => {
        if (data.dict !== null) visit(data.dict)
      },
    },
    methods: {
      '__length_hint__()': ({ data }) => (data.dict !== null && data.used === data.dict.data.used ? data.left : 0),
      '__reduce__()': ({ data }) => newTuple([getBuiltin('iter'), newTuple([newList(rest(data, type, step))])]),
    },
  }))
}

/** What an iterator would still give; it stays where it is. */
function rest(
  data: DictIteratorData,
  type: TypeFor<DictIterator>,
  step: (self: DictIterator) => Owned<Value> | undefined,
): Owned<Value>[] {
  const { dict, used, position, left } = data
  const items: Owned<Value>[] = []
  const copy = newObject<DictIteratorData>(type, { dict: dict === null ? null : keep(dict), used, position, left })
  try {
    for (let item = step(copy); item !== undefined; item = step(copy)) items.push(item)
  } finally {
    drop(copy)
  }
  return items
}

function isSetLike(value: Value): value is DictView {
  return typeof value === 'object' && (value.type === dictKeysType || value.type === dictItemsType)
}

/** `pair in dict.items()`. */
function containsItem({ data }: DictView, pair: Value): boolean {
  if (typeof pair !== 'object' || (pair.type.flags & TPFLAGS_TUPLE_SUBCLASS) === 0) return false
  const items = pair.data as readonly Owned<Value>[]
  if (items.length !== 2) return false
  const found = data.dict.data.get(items[0]!)
  if (found === undefined) return false
  keep(found)
  try {
    return richCompareBool(found, items[1]!, Py_EQ)
  } finally {
    drop(found)
  }
}

function viewContains(view: DictView, value: Value): boolean {
  return view.type === dictKeysType ? view.data.dict.data.has(value) : containsItem(view, value)
}

/** A new set of an operand's items. */
function toSet(value: Value): Owned<PySet> {
  const set = newSet()
  try {
    updateTable(
      set.data,
      typeof value === 'object' && value.type === dictKeysType ? (value as DictView).data.dict : value,
    )
  } catch (error) {
    drop(set)
    throw error
  }
  return set
}

function combine(lhs: Value, rhs: Value, change: (set: PySet, other: Value) => void): Owned<Value> {
  const result = toSet(lhs)
  try {
    change(result, rhs)
  } catch (error) {
    drop(result)
    throw error
  }
  return result
}

function intersect(lhs: Value, rhs: Value): Owned<Value> {
  let view = lhs
  let other = rhs
  if (!isSetLike(view)) [view, other] = [other, view]
  const size = (view as DictView).data.dict.data.used
  if (typeof other === 'object' && other.type === setType && size <= (other as PySet).data.used) {
    return intersectionOf(other as PySet, view)
  }
  if (isSetLike(other) && other.data.dict.data.used > size) [view, other] = [other, view]
  const result = newSet()
  try {
    forEach(other, (item) => {
      if (viewContains(view as DictView, item)) result.data.add(item)
    })
  } catch (error) {
    drop(result)
    throw error
  }
  return result
}

/** Whether each item of one is in the other. */
function allContained(items: Value, container: Value): boolean {
  const iterator = iter(items)
  try {
    for (let item = next(iterator); item !== undefined; item = next(iterator)) {
      try {
        if (!contains(container, item)) return false
      } finally {
        drop(item)
      }
    }
    return true
  } finally {
    drop(iterator)
  }
}

function compareViews(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if (!isAnySet(rhs) && !isSetLike(rhs)) return NotImplemented as Owned<Value>
  const left = len(lhs)
  const right = len(rhs)
  switch (op) {
    case Py_EQ:
      return left === right && allContained(lhs, rhs)
    case Py_NE:
      return !(left === right && allContained(lhs, rhs))
    case Py_LT:
      return left < right && allContained(lhs, rhs)
    case Py_LE:
      return left <= right && allContained(lhs, rhs)
    case Py_GT:
      return left > right && allContained(rhs, lhs)
    case Py_GE:
      return left >= right && allContained(rhs, lhs)
    default:
      return NotImplemented as Owned<Value>
  }
}

function isDisjoint(self: DictView, other: Value): boolean {
  if (self === other) return self.data.dict.data.used === 0
  let view: Value = self
  let items = other
  if ((isAnySet(other) || isSetLike(other)) && len(other) > self.data.dict.data.used) [view, items] = [other, self]
  let disjoint = true
  forEach(items, (item) => {
    disjoint = !contains(view, item)
    return disjoint
  })
  return disjoint
}

function reprView(self: DictView): Owned<Value> {
  const { name } = self.type
  return reprContainer(self, '...', (out) => {
    const items = toArray(self)
    try {
      out.addText(`${name}([`)
      writeItems(out, items)
      out.addText('])')
    } finally {
      for (const item of items) drop(item)
    }
  })
}

const viewSlots = (part: DictPart) => ({
  tp_repr: reprView,
  tp_iter: ({ data }: DictView): Owned<Value> => newDictIterator(data.dict, part, false),
  tp_dealloc: ({ data }: DictView) => drop(data.dict),
  tp_traverse: ({ data }: DictView, visit: (child: PyObject) => void) => visit(data.dict),
  sq_length: ({ data }: DictView) => data.dict.data.used,
})

const viewGetset = { mapping: ({ data }: DictView): Owned<Value> => newMappingProxy(data.dict) }

function defineSetLikeView(type: TypeFor<DictView>, part: DictPart): void {
  defineType(type, () => ({
    slots: {
      ...viewSlots(part),
      sq_contains: viewContains,
      tp_richcompare: compareViews,
      nb_subtract: (lhs, rhs) => combine(lhs, rhs, differenceUpdate),
      nb_and: intersect,
      nb_or: (lhs, rhs) => combine(lhs, rhs, (set, other) => updateTable(set.data, other)),
      nb_xor: (lhs, rhs) => combine(lhs, rhs, symmetricDifferenceUpdate),
    },
    methods: {
      'isdisjoint(other, /)': isDisjoint,
      '__reversed__()': (self) => newDictIterator(self.data.dict, part, true),
    },
    getset: viewGetset,
  }))
}

/** Defines the views and iterators of `dict`. */
export function defineDictViewTypes(): void {
  for (const part of ['keys', 'values', 'items'] as const) {
    defineDictIterator(forwardTypes[part], part, false)
    defineDictIterator(reverseTypes[part], part, true)
  }
  defineSetLikeView(dictKeysType, 'keys')
  defineSetLikeView(dictItemsType, 'items')
  defineType(dictValuesType, () => ({
    slots: viewSlots('values'),
    methods: { '__reversed__()': (self) => newDictIterator(self.data.dict, 'values', true) },
    getset: viewGetset,
  }))
}
