import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { DictTable } from './dict_table.ts'
import { normKey } from './keys.ts'
import { newDict } from './make.ts'
import {
  INLINE_SLOTS,
  type InstanceExtra,
  newObject,
  type PyDict,
  PyInstance,
  type PyObject,
  type PyType,
  TPFLAGS_HEAPTYPE,
  type Value,
} from './object.ts'
import { Shape } from './shape.ts'

/** The shape of instances whose attributes live in a real dict. */
export const dictShape = new Shape([], 0, null)

/** A new instance of a type, empty but for `data`. It owns a reference to its type. */
export function newInstance<D>(type: PyType, data: D): Owned<PyInstance<D>> {
  const instance = new PyInstance(type, data, type.data.rootShape ?? dictShape)
  if ((type.flags & TPFLAGS_HEAPTYPE) !== 0) type.rc++
  if (type.tracked) track(instance)
  return instance as Owned<PyInstance<D>>
}

/** A new object of a builtin type, or of a class derived from it. */
export function newOf<D>(type: PyType, data: D): Owned<PyObject<D>> {
  if ((type.flags & TPFLAGS_HEAPTYPE) !== 0) return newInstance(type, data) as Owned<PyObject<D>>
  const object = newObject(type, data)
  if (type.tracked) track(object)
  return object
}

/** What few instances have, made on demand. */
export function extraOf(instance: PyInstance): InstanceExtra {
  instance.extra ??= { slots: [], dict: null, weakrefs: null }
  return instance.extra
}

/** The value in a slot, borrowed; `undefined` where it is empty. */
export function getSlot(instance: PyInstance, slot: number): Owned<Value> | undefined {
  switch (slot) {
    case 0:
      return instance.s0
    case 1:
      return instance.s1
    case 2:
      return instance.s2
    case 3:
      return instance.s3
    case 4:
      return instance.s4
    case 5:
      return instance.s5
    default:
      return instance.extra?.slots[slot - INLINE_SLOTS]
  }
}

/** Puts a value into a slot; the old one stays the caller's to drop. */
export function setSlot(instance: PyInstance, slot: number, value: Owned<Value> | undefined): void {
  switch (slot) {
    case 0:
      instance.s0 = value
      break
    case 1:
      instance.s1 = value
      break
    case 2:
      instance.s2 = value
      break
    case 3:
      instance.s3 = value
      break
    case 4:
      instance.s4 = value
      break
    case 5:
      instance.s5 = value
      break
    default:
      extraOf(instance).slots[slot - INLINE_SLOTS] = value
  }
}

/** An attribute of the instance itself, borrowed. */
export function instanceAttribute(instance: PyInstance, name: Value): Value | undefined {
  if (instance.extra !== null && instance.extra.dict !== null) return instance.extra.dict.data.get(name)
  const text = typeof name === 'string' ? name : normKey(name)
  if (typeof text !== 'string') return undefined
  const slot = instance.shape.find(text)
  return slot < 0 ? undefined : getSlot(instance, slot)
}

/** Binds an attribute of the instance itself; it takes over `value`. */
export function setInstanceAttribute(instance: PyInstance, name: Value, value: Owned<Value>): void {
  const dict = instance.extra === null ? null : instance.extra.dict
  if (dict !== null) {
    dict.data.set(name, value)
    return
  }
  const { shape } = instance
  if (typeof name !== 'string' || shape === dictShape) {
    instanceDict(instance).data.set(name, value)
    return
  }
  const slot = shape.find(name)
  if (slot >= 0) {
    const old = getSlot(instance, slot)
    setSlot(instance, slot, value)
    drop(old)
    return
  }
  const next = shape.with(name)
  if (next === null) {
    instanceDict(instance).data.set(name, value)
    return
  }
  setSlot(instance, shape.size, value)
  instance.shape = next
}

/** Unbinds an attribute of the instance itself; false if it has none of this name. */
export function deleteInstanceAttribute(instance: PyInstance, name: Value): boolean {
  const dict = instance.extra === null ? null : instance.extra.dict
  if (dict !== null) return dict.data.delete(name)
  if (typeof name !== 'string') return false
  const { shape } = instance
  const slot = shape.find(name)
  if (slot < 0) return false
  const next = shape.without(name)
  if (next === null) return instanceDict(instance).data.delete(name)
  const old = getSlot(instance, slot)
  for (let i = slot; i < shape.size - 1; i++) setSlot(instance, i, getSlot(instance, i + 1))
  setSlot(instance, shape.size - 1, undefined)
  instance.shape = next
  drop(old)
  return true
}

/** The instance's `__dict__`, borrowed. Once made it holds the attributes, and the shape only the slots of `__slots__`. */
export function instanceDict(instance: PyInstance): PyDict {
  const extra = extraOf(instance)
  if (extra.dict !== null) return extra.dict
  const table = new DictTable()
  const { shape } = instance
  shape.names.forEach((name, i) => {
    table.set(name, getSlot(instance, shape.reserved + i)!)
    setSlot(instance, shape.reserved + i, undefined)
  })
  extra.dict = newDict(table)
  instance.shape = dictShape
  return extra.dict
}

/** Replaces the instance's `__dict__`; `undefined` takes it away, so that a fresh one is made when needed. */
export function setInstanceDict(instance: PyInstance, dict: PyDict | undefined): void {
  const old = instanceDict(instance)
  extraOf(instance).dict = dict === undefined ? newDict() : keep(dict)
  drop(old)
}

/** Whether an instance has, or has had, attributes of its own: whether CPython would have made its `__dict__`. */
export function hasAttributes(instance: PyInstance): boolean {
  if (instance.extra !== null && instance.extra.dict !== null) return true
  return instance.shape.names.length > 0
}

/** Number of slots that `__slots__` takes and that stay in place whatever the shape. */
function reservedSlots(instance: PyInstance): number {
  return instance.type.data.slotCount
}

/** Visits what an instance owns itself, its type included. */
export function traverseInstance(instance: PyInstance, visit: (child: PyObject) => void): void {
  const count = instance.shape === dictShape ? reservedSlots(instance) : instance.shape.size
  for (let i = 0; i < count; i++) {
    const value = getSlot(instance, i)
    if (typeof value === 'object') visit(value)
  }
  const dict = instance.extra === null ? null : instance.extra.dict
  if (dict !== null) visit(dict)
  if (instance.type.tracked) visit(instance.type)
}

/** Gives up what an instance holds in its slots and dict: those of `__slots__` first, then attributes in their order. */
export function clearInstance(instance: PyInstance): void {
  const count = instance.shape === dictShape ? reservedSlots(instance) : instance.shape.size
  const { extra } = instance
  if (count > 0 && instance.shape !== dictShape) instance.shape = instance.shape.root()
  for (let i = 0; i < count; i++) {
    const value = getSlot(instance, i)
    if (value === undefined) continue
    setSlot(instance, i, undefined)
    drop(value)
  }
  if (extra !== null && extra.dict !== null) {
    const { dict } = extra
    extra.dict = null
    if (instance.shape === dictShape) instance.shape = instance.type.data.rootShape ?? dictShape
    drop(dict)
  }
}
