import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr, utf16 } from './access.ts'
import { typeLookup } from './attributes.ts'
import { defineType } from './define.ts'
import { attributeError, typeError, valueError } from './errors.ts'
import type { KeywordNames, PyObject, PyStr, PyType, Value } from './object.ts'
import { rowsByName } from './slot_rows.ts'
import { typeDict, typeModified } from './type_dict.ts'
import { moduleName, qualifiedName } from './type_names.ts'
import { newType, updateSlots } from './type_new.ts'
import { isImmutable } from './type_ready.ts'
import { isInstanceOf, typeOf, typeType } from './types.ts'

/** `type.__getattribute__` without the exception. */
function typeGetAttr(self: PyType, name: PyStr): Owned<Value> | undefined {
  const meta = self.type
  const metaAttribute = typeLookup(meta, name)
  const metaGet = typeof metaAttribute === 'object' ? metaAttribute.type.tp_descr_get : undefined
  if (metaGet !== undefined && (metaAttribute as PyObject).type.tp_descr_set !== undefined) {
    return metaGet(metaAttribute as PyObject, self, meta)
  }
  const attribute = typeLookup(self, name)
  if (attribute !== undefined) {
    const get = typeof attribute === 'object' ? attribute.type.tp_descr_get : undefined
    return get === undefined ? keep(attribute) : get(attribute as PyObject, undefined, self)
  }
  if (metaGet !== undefined) return metaGet(metaAttribute as PyObject, self, meta)
  return metaAttribute === undefined ? undefined : keep(metaAttribute)
}

/** `type.__setattr__`: a special method changes the slots, any attribute the version. */
function typeSetAttr(self: PyType, name: PyStr, value: Value | undefined): void {
  if (isImmutable(self)) {
    throw typeError(`cannot set '${utf16(name)}' attribute of immutable type '${self.name}'`)
  }
  const metaAttribute = typeLookup(self.type, name)
  if (typeof metaAttribute === 'object' && metaAttribute.type.tp_descr_set !== undefined) {
    metaAttribute.type.tp_descr_set(metaAttribute, self, value)
  } else {
    const table = typeDict(self)
    if (value !== undefined) table.set(name, keep(value))
    else if (!table.delete(name)) throw attributeError(self, name)
  }
  typeModified(self)
  if (typeof name === 'string' && rowsByName.has(name)) updateSlots(self, name)
}

/** `type(...)`: makes an object, and initialises it if it is an instance of the type. */
export function typeCall(self: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  if (self === typeType && kwnames === null) {
    if (args.length === 1) return keep<Value>(typeOf(args[0]!))
    if (args.length !== 3) throw typeError('type() takes 1 or 3 arguments')
  }
  if (self.tp_new === undefined) throw typeError(`cannot create '${qualifiedNameForNew(self)}' instances`)
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

function qualifiedNameForNew(type: PyType): string {
  return type.data.module === 'builtins' ? type.name : `${type.data.module}.${type.name}`
}

function setName(self: PyType, value: Value | undefined, attribute: '__name__' | '__qualname__'): void {
  if (isImmutable(self)) throw typeError(`cannot set '${attribute}' attribute of immutable type '${self.name}'`)
  if (value === undefined) throw typeError(`cannot delete '${attribute}' attribute of type '${self.name}'`)
  if (asStr(value) === undefined) {
    throw typeError(`can only assign string to ${self.name}.${attribute}, not '${typeOf(value).name}'`)
  }
  if (attribute === '__qualname__') {
    const old = self.data.qualname as Owned<Value>
    self.data.qualname = keep(value)
    drop(old)
  } else {
    const text = utf16(value)
    if (text.includes('\0')) throw valueError('type name must not contain null characters')
    self.name = text
  }
}

/** The attribute of a type's own dict, for getters of `type` that programs can override per class. */
function own(self: PyType, name: string): Owned<Value> | undefined {
  const value = typeDict(self).get(name)
  return value === undefined ? undefined : keep(value)
}

export type TypeGetSet = Record<
  string,
  { get: (self: PyType) => Owned<Value>; set?: (self: PyType, value: Value | undefined) => void }
>

/** Defines `type`. `methods` and `getset` bring in what stands in other files. */
export function defineTypeType(
  methods: Record<string, (self: PyType, ...args: never[]) => Owned<Value> | void>,
  getset: TypeGetSet,
): void {
  defineType(typeType, () => ({
    slots: {
      tp_repr: (self): Owned<Value> => `<class '${qualifiedName(self)}'>`,
      tp_call: (self: PyObject, args: readonly Value[], kwnames: KeywordNames) =>
        typeCall(self as PyType, args, kwnames),
      tp_getattro: typeGetAttr,
      tp_setattro: typeSetAttr,
      tp_new: newType,
      tp_init: (_self: Value, args: readonly Value[], kwnames: KeywordNames) => {
        if (kwnames !== null && args.length - kwnames.length === 1)
          throw typeError('type.__init__() takes no keyword arguments')
        if (args.length !== 1 && args.length - (kwnames?.length ?? 0) !== 3)
          throw typeError('type.__init__() takes 1 or 3 arguments')
      },
      tp_dealloc: deallocType,
      tp_traverse: traverseType,
      tp_weakrefs: (self) => self.data,
    },
    methods: methods as Record<never, never>,
    getset: {
      __name__: { get: (self): Owned<Value> => self.name, set: (self, value) => setName(self, value, '__name__') },
      __qualname__: {
        get: (self): Owned<Value> => keep(self.data.qualname),
        set: (self, value) => setName(self, value, '__qualname__'),
      },
      __module__: {
        get: (self): Owned<Value> => {
          const module = own(self, '__module__') ?? (moduleName(self) as string | undefined)
          if (module === undefined) throw attributeError(self, '__module__')
          return module
        },
        set: (self, value) => {
          if (isImmutable(self)) throw typeError(`cannot set '__module__' attribute of immutable type '${self.name}'`)
          typeModified(self)
          if (value === undefined) typeDict(self).delete('__module__')
          else typeDict(self).set('__module__', keep(value))
        },
      },
      ...getset,
    },
  }))
}

function traverseType(self: PyType, visit: (child: PyObject) => void): void {
  if (self.dict !== null) {
    for (const value of self.dict.values) if (typeof value === 'object') visit(value)
  }
  for (const base of self.bases) visit(base)
  visit(self.type)
}

function deallocType(self: PyType): void {
  for (const base of self.bases) base.data.subclasses?.delete(self)
  self.dict?.clear()
  for (const base of self.bases) drop(base)
}
