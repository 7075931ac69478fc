import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { typeLookup } from './attributes.ts'
import type { GetSetData } from './define.ts'
import { attributeError, newException, typeError } from './errors.ts'
import { PyExc_AttributeError } from './exception_types.ts'
import {
  clearInstance,
  extraOf,
  getSlot,
  instanceDict,
  setInstanceDict,
  setSlot,
  traverseInstance,
} from './instance.ts'
import { none } from './make.ts'
import {
  type InstanceExtra,
  newObject,
  type PyDict,
  PyInstance,
  type PyObject,
  type PyType,
  TPFLAGS_DICT_SUBCLASS,
  TPFLAGS_HEAPTYPE,
  type Value,
} from './object.ts'
import { getsetDescriptorType, memberDescriptorType, typeOf } from './types.ts'
import { WeakRefList } from './weakref.ts'

/*
 * What classes written in Python give their instances: slots, `__dict__`, `__weakref__`, and their end.
 */

/** The nearest builtin type that instances of a class derive from: what their `data` belongs to. */
function builtinBase(type: PyType): PyType {
  let base = type
  while ((base.flags & TPFLAGS_HEAPTYPE) !== 0) base = base.base!
  return base
}

/** Ends an instance: slots, attributes, then what the builtin base holds, then the reference to the class. */
export function instanceDealloc(self: PyObject): void {
  const { type } = self
  if (self instanceof PyInstance) clearInstance(self)
  const solid = type.data.solidBase
  if (solid !== null && solid.tp_dealloc !== undefined) solid.tp_dealloc(self)
  drop(type)
}

/** Visits each reference once: a builtin base whose own instances have attributes visits those itself. */
export function instanceTraverse(self: PyObject, visit: (child: PyObject) => void): void {
  const solid = self.type.data.solidBase
  if (!(self instanceof PyInstance)) visit(self.type)
  else if (solid === null || solid.data.rootShape === null) traverseInstance(self, visit)
  if (solid !== null && solid.tp_traverse !== undefined) solid.tp_traverse(self, visit)
}

export function instanceClear(self: PyObject): void {
  if (self instanceof PyInstance) clearInstance(self)
  self.type.data.solidBase?.tp_clear?.(self)
}

/** The holder of an instance's weak references. */
export function instanceWeakrefs(self: PyObject, create: boolean): InstanceExtra | null {
  return create ? extraOf(self as PyInstance) : (self as PyInstance).extra
}

function noDict(self: Value): unknown {
  return newException(PyExc_AttributeError, [`'${typeOf(self).name}' object has no attribute '__dict__'`])
}

/** The real dict of an object's attributes, made if there is none yet; borrowed. `null` where the type has none. */
export function attributeDict(self: PyObject): PyDict | null {
  const { type } = self
  if (type.tp_dict !== undefined) return type.tp_dict(self, true)
  if (self instanceof PyInstance && type.data.rootShape !== null && !type.data.noDict) return instanceDict(self)
  return null
}

/** The `__dict__` descriptor of a builtin base whose instances have a dict (`get_dict_descriptor`). */
function baseDictDescriptor(self: Value): PyObject | null {
  const base = builtinBase(typeOf(self))
  if (base.data.dictoffset === 0) return null
  const descriptor = typeLookup(base, '__dict__')
  if (typeof descriptor === 'object' && descriptor.type.tp_descr_set !== undefined) return descriptor
  throw typeError(`this __dict__ descriptor does not support '${typeOf(self).name}' objects`)
}

function getDict(self: Value): Owned<Value> {
  const descriptor = baseDictDescriptor(self)
  if (descriptor !== null) return descriptor.type.tp_descr_get!(descriptor, self, typeOf(self))
  const dict = attributeDict(self as PyObject)
  if (dict === null) throw noDict(self)
  return keep<Value>(dict)
}

function setDict(self: Value, value: Value | undefined): void {
  const descriptor = baseDictDescriptor(self)
  if (descriptor !== null) {
    descriptor.type.tp_descr_set!(descriptor, self, value)
    return
  }
  const type = typeOf(self)
  if (value !== undefined && (typeOf(value).flags & TPFLAGS_DICT_SUBCLASS) === 0) {
    throw typeError(`__dict__ must be set to a dictionary, not a '${typeOf(value).name}'`)
  }
  if (!(self instanceof PyInstance) || type.data.noDict) {
    throw newException(PyExc_AttributeError, ['This object has no __dict__'])
  }
  setInstanceDict(self, value as PyDict | undefined)
}

function getWeakref(self: Value): Owned<Value> {
  const { tp_weakrefs } = typeOf(self)
  if (tp_weakrefs === undefined) throw newException(PyExc_AttributeError, ['This object has no __weakref__'])
  const list = tp_weakrefs(self as PyObject, false)?.weakrefs
  const head = list instanceof WeakRefList ? list.head : null
  return head === null ? none() : keep<Value>(head)
}

function addDescriptor(kind: PyType, data: GetSetData): void {
  const { type, name } = data
  const table = type.dict!
  if (table.findString(name) >= 0) return
  type.rc++
  const descriptor = newObject<GetSetData>(kind, data)
  track(descriptor)
  table.set(name, descriptor as Owned<Value>)
}

/** Puts the descriptor of a slot of `__slots__` into a class. */
export function addSlotMember(type: PyType, name: string, slot: number): void {
  addDescriptor(memberDescriptorType, {
    name,
    type,
    slot,
    get: (self: PyInstance) => {
      const value = getSlot(self, slot)
      if (value === undefined) throw attributeError(self, name)
      return keep<Value>(value)
    },
    set: (self: PyInstance, value: Value | undefined) => {
      const old = getSlot(self, slot)
      if (value === undefined && old === undefined) throw newException(PyExc_AttributeError, [name])
      setSlot(self, slot, value === undefined ? undefined : keep(value))
      drop(old)
    },
  })
}

/** Puts `__dict__` and `__weakref__` into a class that adds them to its instances. */
export function addInstanceDescriptors(type: PyType, dict: boolean, weakref: boolean): void {
  if (dict) addDescriptor(getsetDescriptorType, { name: '__dict__', type, get: getDict, set: setDict })
  if (weakref) addDescriptor(getsetDescriptorType, { name: '__weakref__', type, get: getWeakref, set: undefined })
}
