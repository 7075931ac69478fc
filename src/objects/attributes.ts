import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import type { DictTable } from './dict_table.ts'
import { attributeError, isException, missingText, newException, typeError } from './errors.ts'
import { PyExc_AttributeError, type PyException } from './exception_types.ts'
import { deleteInstanceAttribute, instanceAttribute, setInstanceAttribute } from './instance.ts'
import { newText } from './make.ts'
import { type PyDict, PyInstance, type PyObject, type PyStr, type PyType, type Value } from './object.ts'
import { textOf } from './protocols.ts'
import { typeDict } from './type_dict.ts'
import { typeOf } from './types.ts'

/** Names that a type remembers, those it lacks included: a program may compute any number. */
const LOOKUPS_MAX = 1000

/** What a type or its bases have under a name, borrowed; CPython's `_PyType_Lookup`. */
export function typeLookup(type: PyType, name: PyStr): Value | undefined {
  if (typeof name !== 'string') return lookupInMro(type, name)
  const { lookups } = type
  const found = lookups.get(name)
  if (found !== undefined) return found === null ? undefined : found
  const value = lookupInMro(type, name)
  if (lookups.size >= LOOKUPS_MAX) lookups.clear()
  lookups.set(name, value === undefined ? null : value)
  return value
}

function lookupInMro(type: PyType, name: PyStr): Value | undefined {
  const { mro } = type
  for (let i = 0; i < mro.length; i++) {
    const value = typeDict(mro[i]!).get(name)
    if (value !== undefined) return value
  }
  return undefined
}

/** The dict of the object's own attributes where it is a real one, borrowed. */
function realDict(owner: Value): DictTable | null {
  if (typeof owner !== 'object') return null
  const dict: PyDict | null = owner.type.tp_dict === undefined ? null : owner.type.tp_dict(owner, false)
  return dict === null ? null : dict.data
}

/** An object's own attribute, borrowed. */
function ownAttribute(owner: Value, type: PyType, name: PyStr): Value | undefined {
  if (owner instanceof PyInstance && type.tp_dict === undefined) return instanceAttribute(owner, name)
  return realDict(owner)?.get(name)
}

/** `object.__getattribute__` without the exception: data descriptors, own attributes, other class attributes. */
export function genericGetAttr(owner: Value, name: PyStr): Owned<Value> | undefined {
  const type = typeOf(owner)
  const attribute = typeLookup(type, name)
  const get = typeof attribute === 'object' ? attribute.type.tp_descr_get : undefined
  if (get === undefined) {
    const own = ownAttribute(owner, type, name)
    if (own !== undefined) return keep(own)
    return attribute === undefined ? undefined : keep(attribute)
  }
  const descriptor = attribute as PyObject
  // The descriptor may take itself out of the class.
  descriptor.rc++
  try {
    if (descriptor.type.tp_descr_set === undefined) {
      const own = ownAttribute(owner, type, name)
      if (own !== undefined) return keep(own)
    }
    return get(descriptor, owner, type)
  } finally {
    drop(descriptor)
  }
}

/** `object.__setattr__` and `object.__delattr__` (where `value` is `undefined`). */
export function genericSetAttr(owner: Value, name: PyStr, value: Value | undefined): void {
  const type = typeOf(owner)
  const attribute = typeLookup(type, name)
  if (typeof attribute === 'object' && attribute.type.tp_descr_set !== undefined) {
    attribute.rc++
    try {
      attribute.type.tp_descr_set(attribute, owner, value)
    } finally {
      drop(attribute)
    }
    return
  }
  if (type.tp_dict !== undefined) {
    const table = type.tp_dict(owner as PyObject, true)!.data
    if (value !== undefined) table.set(name, keep(value))
    else if (!table.delete(name)) throw cannotSet(owner, name)
    return
  }
  if (owner instanceof PyInstance && hasInstanceDict(type)) {
    if (value !== undefined) setInstanceAttribute(owner, name, keep(value))
    else if (!deleteInstanceAttribute(owner, name)) throw cannotSet(owner, name)
    return
  }
  throw attribute === undefined ? cannotSet(owner, name) : readOnly(owner, name)
}

/** The AttributeError of an assignment or deletion: unlike that of a reading it does not know the object. */
function cannotSet(owner: Value, name: PyStr): unknown {
  return newException(PyExc_AttributeError, [missingText(owner, name)])
}

function readOnly(owner: Value, name: PyStr): unknown {
  const message = `'${typeOf(owner).name}' object attribute '${textOf(name)}' is read-only`
  return newException(PyExc_AttributeError, [newText(message)])
}

/** Whether instances of a class have a `__dict__`. */
export function hasInstanceDict(type: PyType): boolean {
  return type.data.rootShape !== null && !type.data.noDict
}

type GetAttr = (owner: Value, name: PyStr) => Owned<Value> | undefined

/**
 * Modules make errors of their own for missing attributes: their `tp_getattro`, and what gives `undefined` in its place to
 * those who want no error. Set by the file of the type.
 */
export const moduleGetAttr: { slot: GetAttr | null; quiet: GetAttr } = { slot: null, quiet: genericGetAttr }

/** `getattr(owner, name)`, or `undefined` where the attribute is missing; an AttributeError counts as missing. */
export function lookupAttr(owner: Value, name: PyStr): Owned<Value> | undefined {
  const slot = typeOf(owner).tp_getattro!
  try {
    return slot === moduleGetAttr.slot ? moduleGetAttr.quiet(owner, name) : slot(owner, name)
  } catch (error) {
    if (!isException(error, PyExc_AttributeError)) throw error
    drop(error)
    return undefined
  }
}

/** `getattr(owner, name)`; throws AttributeError, which then knows the object and the name. */
export function getAttr(owner: Value, name: PyStr): Owned<Value> {
  let value: Owned<Value> | undefined
  try {
    value = typeOf(owner).tp_getattro!(owner, name)
  } catch (error) {
    if (isException(error, PyExc_AttributeError)) noteMissing(error, owner, name)
    throw error
  }
  if (value === undefined) throw attributeError(owner, name)
  return value
}

/** Tells an AttributeError that knows neither which attribute of which object is missing (`set_attribute_error_context`). */
function noteMissing(error: PyException, owner: Value, name: PyStr): void {
  const { data } = error
  if (data.fields === null) data.fields = { name: keep<Value>(name), obj: keep(owner) }
  else if (data.fields['name'] === undefined && data.fields['obj'] === undefined) {
    data.fields['name'] = keep<Value>(name)
    data.fields['obj'] = keep(owner)
  }
}

/** `setattr(owner, name, value)`; `delattr` where `value` is `undefined`. */
export function setAttr(owner: Value, name: PyStr, value: Value | undefined): void {
  const type = typeOf(owner)
  if (type.tp_setattro === undefined) {
    const verb = value === undefined ? 'del' : 'assign to'
    throw typeError(`'${type.name}' object has no attributes (${verb} .${textOf(name)})`)
  }
  type.tp_setattro(owner, name, value)
}

/** A special method found on the type and bound to the object, as CPython's `_PyObject_LookupSpecial`. */
export function lookupSpecial(owner: Value, name: string): Owned<Value> | undefined {
  const type = typeOf(owner)
  const attribute = typeLookup(type, name)
  if (attribute === undefined) return undefined
  const get = typeof attribute === 'object' ? attribute.type.tp_descr_get : undefined
  return get === undefined ? keep(attribute) : get(attribute as PyInstance, owner, type)
}
