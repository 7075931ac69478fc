import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { getBuiltin } from './builtin_lookup.ts'
import { defineType } from './define.ts'
import type { DictTable } from './dict_table.ts'
import { isException, keyError, runtimeError, typeError } from './errors.ts'
import { PyExc_TypeError } from './exception_types.ts'
import { newOf } from './instance.ts'
import { iterSelf } from './iterator_types.ts'
import { combineSetHash, exactHash, hashHigh, hashLow } from './keys.ts'
import { newFrozenSet, newList, newSet, newTuple } from './make.ts'
import {
  type KeywordNames,
  newObject,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  type PyDict,
  type PyObject,
  type PySet,
  type PyType,
  TPFLAGS_HAVE_GC,
  type Value,
} from './object.ts'
import { callMethod } from './protocols.ts'
import { reprContainer, writeItems } from './repr_items.ts'
import { forEach } from './sequence_protocol.ts'
import { SetTable } from './set_table.ts'
import { genericAliasHook } from './type_hooks.ts'
import { builtinType, dictType, frozensetType, isSubtype, NotImplemented, setType, type TypeFor } from './types.ts'

const notImplemented = NotImplemented as Owned<Value>

/** Whether a value is a set or frozenset, subclasses included. */
export function isAnySet(value: Value): value is PySet {
  if (typeof value !== 'object') return false
  const { type } = value
  return type === setType || type === frozensetType || isSubtype(type, setType) || isSubtype(type, frozensetType)
}

/** A set of the builtin type that a set's type derives from. */
function newBase(type: PyType, table: SetTable): Owned<PySet> {
  return isSubtype(type, frozensetType) ? newFrozenSet(table) : newSet(table)
}

/** A table filled by `fill`; what it held is given up if that throws. */
function filled(fill: (table: SetTable) => void): SetTable {
  const table = new SetTable()
  try {
    fill(table)
  } catch (error) {
    table.clear()
    throw error
  }
  return table
}

/** Adds all items of an iterable. */
export function updateTable(table: SetTable, iterable: Value): void {
  if (isAnySet(iterable)) {
    table.merge(iterable.data)
    return
  }
  if (typeof iterable === 'object' && iterable.type === dictType) {
    const other = (iterable as PyDict).data
    table.reserve(other.used)
    for (let i = other.next(0); i >= 0; i = other.next(i + 1)) addEntry(table, other, i)
    return
  }
  forEach(iterable, (item) => void table.add(item))
}

/** Adds the key of a dict's entry, which the comparisons may remove meanwhile, by the hash that the dict knows. */
function addEntry(table: SetTable, dict: DictTable, entry: number): void {
  const key = keep<Value>(dict.keys[entry]!)
  try {
    if (dict.isExact) {
      dict.hashAt(entry)
      table.addKnown(key, hashLow, hashHigh)
    } else table.add(key)
  } finally {
    drop(key)
  }
}

/** Whether the key in a slot of a set is in a dict. */
function dictHas(dict: DictTable, table: SetTable, slot: number): boolean {
  const key = table.slots[slot]!
  if (!table.isExact || !dict.isExact) return dict.has(key)
  table.hashAt(slot)
  return dict.findHashed(key, hashLow, hashHigh) >= 0
}

const tableOf = (iterable: Value): SetTable => filled((table) => updateTable(table, iterable))

/** Does something with a key; an unhashable set is looked for as the frozenset of its items. */
function withKey<T>(key: Value, use: (key: Value) => T): T {
  try {
    return use(key)
  } catch (error) {
    if (typeof key !== 'object' || !isSubtype(key.type, setType) || !isException(error, PyExc_TypeError)) throw error
    drop(error)
  }
  const frozen = newFrozenSet((key as PySet).data.copy())
  try {
    return use(frozen)
  } finally {
    drop(frozen)
  }
}

const containsKey = (self: PySet, key: Value): boolean => withKey(key, (k) => self.data.has(k))

/** The items of both, in a set of the base of `self`'s type. */
export function intersectionOf(self: PySet, other: Value): Owned<PySet> {
  if (self === other) return newBase(self.type, self.data.copy())
  return newBase(
    self.type,
    filled((table) => {
      if (isAnySet(other)) {
        let [large, small] = [self.data, other.data]
        if (small.used > large.used) [large, small] = [small, large]
        for (let i = small.next(0); i >= 0; i = small.next(i + 1)) {
          const key = keep<Value>(small.slots[i]!)
          try {
            if (large.hasSlotOf(small, i)) table.add(key)
          } finally {
            drop(key)
          }
        }
      } else {
        forEach(other, (item) => {
          if (self.data.has(item)) table.add(item)
        })
      }
    }),
  )
}

/** Takes the items of `other` out of a set. */
export function differenceUpdate(self: PySet, other: Value): void {
  const table = self.data
  if (self === other) {
    table.clear()
    return
  }
  if (!isAnySet(other)) {
    forEach(other, (item) => void table.delete(item))
  } else if (other.data.used >> 3 > table.used) {
    const common = intersectionOf(self, other)
    try {
      discardAll(table, common.data)
    } finally {
      drop(common)
    }
  } else discardAll(table, other.data)
  table.trim()
}

function discardAll(table: SetTable, other: SetTable): void {
  for (let i = other.next(0); i >= 0; i = other.next(i + 1)) {
    const key = keep<Value>(other.slots[i]!)
    try {
      if (other.isExact) {
        other.hashAt(i)
        table.deleteKnown(key, hashLow, hashHigh)
      } else table.delete(key)
    } finally {
      drop(key)
    }
  }
}

function differenceOf(self: PySet, other: Value): Owned<PySet> {
  const size = isAnySet(other)
    ? other.data.used
    : typeof other === 'object' && other.type === dictType
      ? (other as PyDict).data.used
      : -1
  if (size < 0 || self.data.used >> 2 > size) {
    const copy = newBase(self.type, self.data.copy())
    try {
      differenceUpdate(copy, other)
    } catch (error) {
      drop(copy)
      throw error
    }
    return copy
  }
  const without = (other as PyDict | PySet).data
  const { data } = self
  return newBase(
    self.type,
    filled((table) => {
      for (let i = data.next(0); i >= 0; i = data.next(i + 1)) {
        const key = keep<Value>(data.slots[i]!)
        try {
          const there = without instanceof SetTable ? without.hasSlotOf(data, i) : dictHas(without, data, i)
          if (!there && data.isExact) {
            data.hashAt(i)
            table.addKnown(key, hashLow, hashHigh)
          } else if (!there) table.add(key)
        } finally {
          drop(key)
        }
      }
    }),
  )
}

/** Turns a set into the items that are in one of both only. */
export function symmetricDifferenceUpdate(self: PySet, other: Value): void {
  if (self === other) self.data.clear()
  else if (typeof other === 'object' && other.type === dictType) {
    const { data } = other as PyDict
    for (let i = data.next(0); i >= 0; i = data.next(i + 1)) {
      if (data.isExact) data.hashAt(i)
      toggle(self.data, data.keys[i]!, data.isExact)
    }
  } else if (isAnySet(other)) toggleAll(self.data, other.data)
  else {
    const table = tableOf(other)
    try {
      toggleAll(self.data, table)
    } finally {
      table.clear()
    }
  }
}

/** Takes an item out, or puts it in if it is not there; `known` where `hashLow` and `hashHigh` are its hash. */
function toggle(table: SetTable, item: Value, known: boolean): void {
  const low = hashLow
  const high = hashHigh
  keep(item)
  try {
    if (known) {
      if (!table.deleteKnown(item, low, high)) table.addKnown(item, low, high)
    } else if (!table.delete(item)) table.add(item)
  } finally {
    drop(item)
  }
}

function toggleAll(table: SetTable, other: SetTable): void {
  for (let i = other.next(0); i >= 0; i = other.next(i + 1)) {
    if (other.isExact) other.hashAt(i)
    toggle(table, other.slots[i]!, other.isExact)
  }
}

function symmetricDifferenceOf(self: PySet, other: Value): Owned<PySet> {
  const result = newBase(self.type, tableOf(other))
  try {
    symmetricDifferenceUpdate(result, self)
  } catch (error) {
    drop(result)
    throw error
  }
  return result
}

function isSubset(self: PySet, other: Value): boolean {
  if (!isAnySet(other)) {
    const common = intersectionOf(self, other)
    const all = common.data.used === self.data.used
    drop(common)
    return all
  }
  const { data } = self
  if (data.used > other.data.used) return false
  for (let i = data.next(0); i >= 0; i = data.next(i + 1)) if (!other.data.hasSlotOf(data, i)) return false
  return true
}

function isSuperset(self: PySet, other: Value): boolean {
  if (isAnySet(other)) return isSubset(other, self)
  let all = true
  forEach(other, (item) => {
    all = self.data.has(item)
    return all
  })
  return all
}

function isDisjoint(self: PySet, other: Value): boolean {
  if (self === other) return self.data.used === 0
  if (isAnySet(other)) {
    let [large, small] = [self.data, other.data]
    if (small.used > large.used) [large, small] = [small, large]
    for (let i = small.next(0); i >= 0; i = small.next(i + 1)) if (large.hasSlotOf(small, i)) return false
    return true
  }
  let disjoint = true
  forEach(other, (item) => {
    disjoint = !self.data.has(item)
    return disjoint
  })
  return disjoint
}

function compareSets(lhs: Value, rhs: Value, op: number): Owned<Value> {
  const self = lhs as PySet
  if (!isAnySet(rhs)) return notImplemented
  switch (op) {
    case Py_EQ:
      return equalSets(self, rhs)
    case Py_LE:
      return isSubset(self, rhs)
    case Py_GE:
      return isSubset(rhs, self)
    case Py_LT:
      return self.data.used < rhs.data.used && isSubset(self, rhs)
    case Py_GT:
      return self.data.used > rhs.data.used && isSubset(rhs, self)
    default:
      return !equalSets(self, rhs)
  }
}

function equalSets(left: PySet, right: PySet): boolean {
  const { data: a } = left
  const { data: b } = right
  if (a.used !== b.used) return false
  if (a.hash !== undefined && b.hash !== undefined && a.hash !== b.hash) return false
  return isSubset(left, right)
}

function reprOf(self: PySet): Owned<Value> {
  const { name } = self.type
  return reprContainer(self, `${name}(...)`, (out) => {
    const { data } = self
    if (data.used === 0) {
      out.addText(`${name}()`)
      return
    }
    const items = data.toKeys()
    for (const item of items) keep(item)
    try {
      out.addText(self.type === setType ? '{' : `${name}({`)
      writeItems(out, items)
      out.addText(self.type === setType ? '}' : '})')
    } finally {
      for (const item of items) drop(item)
    }
  })
}

/** `hash(frozenset)`: from the hashes of the items that Python sees, in any order. */
function hashOf({ data }: PySet): number | bigint {
  if (data.hash === undefined) {
    const hashes: bigint[] = []
    for (const key of data.toKeys()) hashes.push(BigInt(exactHash(key)))
    data.hash = combineSetHash(hashes)
  }
  return data.hash
}

interface SetIteratorData {
  set: Owned<PySet> | null
  /** Keys of the set at the start; -1 after it was found changed. */
  used: number
  position: number
  left: number
}

const setIteratorType: TypeFor<PyObject<SetIteratorData>> = builtinType('set_iterator', TPFLAGS_HAVE_GC)

function newSetIterator(self: PySet): Owned<Value> {
  const { used } = self.data
  const iterator = newObject<SetIteratorData>(setIteratorType, { set: keep(self), used, position: 0, left: used })
  track(iterator)
  return iterator
}

function nextOfSet({ data }: PyObject<SetIteratorData>): Owned<Value> | undefined {
  const { set } = data
  if (set === null) return undefined
  const table = set.data
  if (data.used !== table.used) {
    data.used = -1
    throw runtimeError('Set changed size during iteration')
  }
  const slot = table.next(data.position)
  if (slot >= 0) {
    data.position = slot + 1
    data.left--
    return keep<Value>(table.slots[slot]!)
  }
  data.set = null
  drop(set)
  return undefined
}

function reduceSetIterator({ data }: PyObject<SetIteratorData>): Owned<Value> {
  const items: Owned<Value>[] = []
  if (data.set !== null) {
    const table = data.set.data
    for (let i = table.next(data.position); i >= 0; i = table.next(i + 1)) items.push(keep<Value>(table.slots[i]!))
  }
  return newTuple([getBuiltin('iter'), newTuple([newList(items)])])
}

function oneArgument(
  name: string,
  shown: string,
  args: readonly Value[],
  kwnames: KeywordNames,
  strict: boolean,
): Value | undefined {
  const keywords = kwnames === null ? 0 : kwnames.length
  if (keywords > 0 && strict) throw typeError(`${name}() takes no keyword arguments`)
  const count = args.length - keywords
  if (count > 1) throw typeError(`${shown} expected at most 1 argument, got ${count}`)
  return count === 1 ? args[0] : undefined
}

function initSet(self: PySet, args: readonly Value[], kwnames: KeywordNames): void {
  const iterable = oneArgument('set', self.type.name, args, kwnames, true)
  if (self.data.used > 0) self.data.clear()
  if (iterable !== undefined) updateTable(self.data, iterable)
}

function newFrozenSetOf(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const strict = type === frozensetType || type.tp_init === frozensetType.tp_init
  const iterable = oneArgument('frozenset', type.name, args, kwnames, strict)
  if (iterable === undefined) return newOf(type, new SetTable())
  if (type === frozensetType && typeof iterable === 'object' && iterable.type === frozensetType) return keep(iterable)
  return newOf(type, tableOf(iterable))
}

/** A set operation in place that takes over the table of its result. */
function become(self: PySet, result: Owned<PySet>): void {
  self.data.swap(result.data)
  drop(result)
}

function fold(
  self: PySet,
  others: readonly Value[],
  first: (self: PySet, other: Value) => Owned<PySet>,
  next: (self: PySet, other: Value) => Owned<PySet>,
): Owned<PySet> {
  if (others.length === 0) return newBase(self.type, self.data.copy())
  let result = first(self, others[0]!)
  for (let i = 1; i < others.length; i++) {
    const previous = result
    try {
      result = next(previous, others[i]!)
    } finally {
      drop(previous)
    }
  }
  return result
}

const intersectAll = (self: PySet, others: readonly Value[]) => fold(self, others, intersectionOf, intersectionOf)

function unionAll(self: PySet, others: readonly Value[]): Owned<PySet> {
  const result = newBase(self.type, self.data.copy())
  try {
    for (const other of others) if (other !== self) updateTable(result.data, other)
  } catch (error) {
    drop(result)
    throw error
  }
  return result
}

function subtractAll(self: PySet, others: readonly Value[]): Owned<PySet> {
  if (others.length === 0) return newBase(self.type, self.data.copy())
  const result = differenceOf(self, others[0]!)
  try {
    for (let i = 1; i < others.length; i++) differenceUpdate(result, others[i]!)
  } catch (error) {
    drop(result)
    throw error
  }
  return result
}

const bothSets =
  (operation: (self: PySet, other: Value) => Owned<PySet>) =>
  (lhs: Value, rhs: Value): Owned<Value> =>
    isAnySet(lhs) && isAnySet(rhs) ? operation(lhs, rhs) : notImplemented

const inPlace =
  (operation: (self: PySet, other: Value) => void) =>
  (lhs: Value, rhs: Value): Owned<Value> => {
    if (!isAnySet(rhs)) return notImplemented
    operation(lhs as PySet, rhs)
    return keep(lhs)
  }

const commonSlots = {
  tp_repr: reprOf,
  tp_richcompare: compareSets,
  tp_iter: newSetIterator,
  tp_dealloc: (self: PySet) => self.data.clear(),
  tp_traverse: (self: PySet, visit: (child: PyObject) => void) => {
    for (const key of self.data.toKeys()) if (typeof key === 'object') visit(key)
  },
  tp_weakrefs: (self: PySet) => self.data,
  sq_length: (self: PySet) => self.data.used,
  sq_contains: containsKey,
  nb_subtract: bothSets(differenceOf),
  nb_and: bothSets(intersectionOf),
  nb_xor: bothSets(symmetricDifferenceOf),
  nb_or: bothSets((self, other) => unionAll(self, [other])),
}

const commonMethods = {
  'difference(*others)': subtractAll,
  'intersection(*others)': intersectAll,
  'isdisjoint(other, /)': isDisjoint,
  'issubset(other, /)': isSubset,
  'issuperset(other, /)': isSuperset,
  'symmetric_difference(other, /)': symmetricDifferenceOf,
  'union(*others)': unionAll,
  '__reduce__()': (self: PySet): Owned<Value> => {
    const keys = self.data.toKeys()
    for (const key of keys) keep(key)
    const args = newTuple([newList(keys)])
    return newTuple([keep<Value>(self.type), args, callMethod(self, '__getstate__', [])])
  },
  '__sizeof__()': (self: PySet): Owned<Value> =>
    self.type.data.basicsize + (self.data.slots.length > 8 ? 16 * self.data.slots.length : 0),
}

/** Defines `set`, `frozenset` and their iterator. */
export function defineSetTypes(): void {
  defineType(setType, () => ({
    slots: {
      ...commonSlots,
      tp_new: (type: PyType) => newOf(type, new SetTable()),
      tp_init: initSet,
      tp_clear: (self) => self.data.clear(),
      nb_inplace_subtract: inPlace(differenceUpdate),
      nb_inplace_and: inPlace((self, other) => become(self, intersectionOf(self, other))),
      nb_inplace_xor: inPlace(symmetricDifferenceUpdate),
      nb_inplace_or: inPlace((self, other) => updateTable(self.data, other)),
    },
    methods: {
      ...commonMethods,
      'add(object, /)': (self, object) => void self.data.add(object),
      'clear()': (self) => self.data.clear(),
      'copy()': (self) => newBase(self.type, self.data.copy()),
      'discard(object, /)': (self, object) => void withKey(object, (key) => self.data.delete(key)),
      'remove(object, /)': (self, object) => {
        if (!withKey(object, (key) => self.data.delete(key))) throw keyError(object)
      },
      'pop()': (self) => {
        const item = self.data.pop()
        if (item === undefined) throw keyError('pop from an empty set')
        return item
      },
      'difference_update(*others)': (self, others) => {
        for (const other of others) differenceUpdate(self, other)
      },
      'intersection_update(*others)': (self, others) => become(self, intersectAll(self, others)),
      'symmetric_difference_update(other, /)': symmetricDifferenceUpdate,
      'update(*others)': (self, others) => {
        for (const other of others) updateTable(self.data, other)
      },
    },
    classMethods: { '__class_getitem__(item, /)': (type, item) => genericAliasHook.make(type, item) },
  }))
  defineType(frozensetType, () => ({
    slots: { ...commonSlots, tp_new: newFrozenSetOf, tp_hash: hashOf },
    methods: {
      ...commonMethods,
      'copy()': (self) => (self.type === frozensetType ? keep<Value>(self) : newBase(self.type, self.data.copy())),
    },
    classMethods: { '__class_getitem__(item, /)': (type, item) => genericAliasHook.make(type, item) },
  }))
  defineType(setIteratorType, () => ({
    slots: {
      tp_iter: iterSelf,
      tp_iternext: nextOfSet,
      tp_dealloc: ({ data }) => drop(data.set),
      tp_traverse: ({ data }, visit) => {
        if (data.set !== null) visit(data.set)
      },
    },
    methods: {
      '__length_hint__()': ({ data }) => (data.set !== null && data.used === data.set.data.used ? data.left : 0),
      '__reduce__()': reduceSetIterator,
    },
  }))
}
