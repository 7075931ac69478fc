import { strToUtf16 } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { typeLookup } from './attributes.ts'
import { classNames } from './class_dir.ts'
import { fillModules } from './deferred_module.ts'
import { defineType } from './define.ts'
import { attributeError, typeError } from './errors.ts'
import { typeCheckMethods } from './instance_check.ts'
import { newDict, newList, newText } from './make.ts'
import type { KeywordNames, PyList, PyObject, PyStr, PyType, Value } from './object.ts'
import { TPFLAGS_HEAPTYPE, TPFLAGS_MANAGED_DICT } from './object.ts'
import { shown } from './protocols.ts'
import { rowsByName } from './slot_rows.ts'
import { typeGetSet, typeMembers } from './type_attributes.ts'
import { typeDict, typeModified } from './type_dict.ts'
import { unionHook } from './type_hooks.ts'
import { mroImplementation } from './type_mro.ts'
import { moduleName, qualName } from './type_names.ts'
import { newType } from './type_new.ts'
import { isImmutable } from './type_ready.ts'
import { updateSlots } from './type_slots.ts'
import { isInstanceOf, strType, typeOf, typeType } from './types.ts'

/** `type.__getattribute__` without the exception. */
function typeGetAttr(self: PyType, name: PyStr): Owned<Value> | undefined {
  const meta = self.type
  const metaAttribute = typeLookup(meta, name)
  const metaGet = typeof metaAttribute === 'object' ? metaAttribute.type.tp_descr_get : undefined
  if (metaGet !== undefined && (metaAttribute as PyObject).type.tp_descr_set !== undefined) {
    return getKept(metaGet, metaAttribute as PyObject, self, meta)
  }
  const attribute = typeLookup(self, name)
  if (attribute !== undefined) {
    const get = typeof attribute === 'object' ? attribute.type.tp_descr_get : undefined
    return get === undefined ? keep(attribute) : getKept(get, attribute as PyObject, undefined, self)
  }
  if (metaGet !== undefined) return getKept(metaGet, metaAttribute as PyObject, self, meta)
  return metaAttribute === undefined ? undefined : keep(metaAttribute)
}

/** Calls `__get__` of a descriptor that it may take out of its class. */
function getKept(
  get: NonNullable<PyType['tp_descr_get']>,
  descriptor: PyObject,
  instance: Value | undefined,
  owner: PyType,
): Owned<Value> {
  descriptor.rc++
  try {
    return get(descriptor, instance, owner)
  } finally {
    drop(descriptor)
  }
}

/** `type.__setattr__`: a special method changes the slots, any attribute the version. */
function typeSetAttr(self: PyType, name: PyStr, value: Value | undefined): void {
  if (isImmutable(self)) {
    throw typeError(`cannot set ${shown(name)} attribute of immutable type '${self.name}'`)
  }
  const key = typeof name === 'string' || typeOf(name) === strType ? name : (name.data as string)
  const metaAttribute = typeLookup(self.type, key)
  if (typeof metaAttribute === 'object' && metaAttribute.type.tp_descr_set !== undefined) {
    metaAttribute.rc++
    try {
      metaAttribute.type.tp_descr_set(metaAttribute, self, value)
    } finally {
      drop(metaAttribute)
    }
  } else setOwn(self, key, value)
  typeModified(self)
  if (typeof key === 'string' && rowsByName.has(key)) updateSlots(self, key)
}

/** Sets an attribute in a type's own dict; the old value ends when nobody can find it any more. */
function setOwn(self: PyType, name: PyStr, value: Value | undefined): void {
  const table = typeDict(self)
  const old = table.get(name)
  if (old !== undefined) keep(old)
  if (value !== undefined) table.set(name, keep(value))
  else if (!table.delete(name)) throw attributeError(self, name)
  typeModified(self)
  drop(old)
}

/** `type(...)`: makes an object, and initialises it if it is an instance of the type. */
function typeCall(self: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  if (self === typeType) {
    const count = kwnames === null ? args.length : args.length - kwnames.length
    if (count === 1) {
      if (args.length > 1) throw typeError('type() takes no keyword arguments')
      return keep<Value>(typeOf(args[0]!))
    }
    if (count !== 3) throw typeError('type() takes 1 or 3 arguments')
  }
  if (self.tp_new === undefined) throw typeError(`cannot create '${self.name}' instances`)
  const made = self.tp_new(self, args, kwnames)
  if (!isInstanceOf(made, self)) return made
  const init = typeOf(made).tp_init
  if (init !== undefined) {
    try {
      init(made, args, kwnames)
    } catch (error) {
      drop(made)
      throw error
    }
  }
  return made
}

function typeRepr(self: PyType): Owned<Value> {
  const module = moduleName(self)
  if (module === undefined || module === 'builtins') return newText(`<class '${self.name}'>`)
  return newText(`<class '${strToUtf16(module)}.${qualName(self)}'>`)
}

function initialize(_self: Value, args: readonly Value[], kwnames: KeywordNames): void {
  const keywords = kwnames === null ? 0 : kwnames.length
  const count = args.length - keywords
  if (keywords > 0 && count === 1) throw typeError('type.__init__() takes no keyword arguments')
  if (count !== 1 && count !== 3) throw typeError('type.__init__() takes 1 or 3 arguments')
}

/** Defines `type`. */
export function defineTypeType(): void {
  defineType(typeType, () => ({
    slots: {
      tp_repr: typeRepr,
      tp_call: (self: PyObject, args: readonly Value[], kwnames: KeywordNames) =>
        typeCall(self as PyType, args, kwnames),
      tp_getattro: typeGetAttr,
      tp_setattro: typeSetAttr,
      tp_new: newType,
      tp_init: initialize,
      nb_or: (lhs, rhs) => unionHook.or(lhs, rhs),
      tp_dealloc: deallocType,
      tp_traverse: traverseType,
      tp_clear: clearType,
      tp_weakrefs: (self) => self.data,
    },
    methods: {
      'mro()': (self) => newList(mroImplementation(self).map((each) => keep<Value>(each))),
      '__subclasses__()': (self) => {
        fillModules()
        return listSubclasses(self)
      },
      ...typeCheckMethods,
      '__dir__()': (self) => classNames(self),
      '__sizeof__()': sizeOfType,
    },
    classMethods: { '__prepare__(*args, **kwargs)': () => newDict() },
    getset: typeGetSet,
    members: typeMembers,
  }))
}

/** The classes that have a type among their bases; modules whose code has not run yet may bring more. */
export function listSubclasses(self: PyType): Owned<PyList> {
  const subclasses = self.data.subclasses === null ? [] : [...self.data.subclasses]
  return newList(subclasses.filter((each) => each.rc > 0).map((each) => keep<Value>(each)))
}

function traverseType(self: PyType, visit: (child: PyObject) => void): void {
  if ((self.flags & TPFLAGS_HEAPTYPE) === 0) return
  const { dictObject, mroTuple, basesTuple } = self.data
  if (dictObject !== null) visit(dictObject)
  else if (self.dict !== null) {
    for (const value of self.dict.values) if (typeof value === 'object') visit(value)
  }
  if (mroTuple !== null) visit(mroTuple)
  if (basesTuple !== null) visit(basesTuple)
  if (self.base !== null) visit(self.base)
  if ((self.type.flags & TPFLAGS_HEAPTYPE) !== 0) visit(self.type)
}

/** Breaks the circle of a class and its own method resolution order. */
function clearType(self: PyType): void {
  typeModified(self)
  self.dict?.clear()
  const { mroTuple } = self.data
  self.data.mroTuple = null
  self.mro = []
  drop(mroTuple)
}

function deallocType(self: PyType): void {
  const { data, base } = self
  for (const each of self.bases) each.data.subclasses?.delete(self)
  const { dictObject, mroTuple, basesTuple, qualname } = data
  data.dictObject = null
  if (dictObject !== null) drop(dictObject)
  else self.dict?.clear()
  data.mroTuple = null
  data.basesTuple = null
  drop(mroTuple)
  drop(basesTuple)
  drop(base)
  drop(qualname)
  if ((self.type.flags & TPFLAGS_HEAPTYPE) !== 0) drop(self.type)
}

/** `type.__sizeof__`: a class carries the table of the names that its instances' attributes have in common. */
function sizeOfType({ flags }: PyType): number {
  if ((flags & TPFLAGS_HEAPTYPE) === 0) return 408
  return (flags & TPFLAGS_MANAGED_DICT) !== 0 ? 904 + 768 : 904
}
