import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { lookupAttr, setAttr } from './attributes.ts'
import { defineType, tpInit } from './define.ts'
import { newException, typeError } from './errors.ts'
import { PyExc_AttributeError } from './exception_types.ts'
import { newOf } from './instance.ts'
import { none } from './make.ts'
import type { PyObject, PyType, Value } from './object.ts'
import { call, isTrue, shown } from './protocols.ts'
import { None, propertyType, type TypeFor, typeOf } from './types.ts'

/** The `data` of a property. */
interface PropertyData {
  fget: Owned<Value> | null
  fset: Owned<Value> | null
  fdel: Owned<Value> | null
  doc: Owned<Value> | null
  /** What `__set_name__` got: for messages. */
  name: Owned<Value> | null
  /** Whether `doc` is the getter's. */
  getterDoc: boolean
}

type PyProperty = PyObject<PropertyData>

/** The truth of `value.__isabstractmethod__`; false where it is missing. */
export function isAbstract(value: Value | null): boolean {
  if (value === null) return false
  const flag = lookupAttr(value, '__isabstractmethod__')
  if (flag === undefined) return false
  try {
    return isTrue(flag)
  } finally {
    drop(flag)
  }
}

/** The AttributeError of a property without the function that an access needs. */
function noFunction(self: PyProperty, instance: Value, what: string): unknown {
  const { name } = self.data
  const of = shown(typeOf(instance).data.qualname)
  const named = name === null ? '' : ` ${shown(name)}`
  return newException(PyExc_AttributeError, [`property${named} of ${of} object has no ${what}`])
}

function given(value: Value | undefined): Owned<Value> | null {
  return value === undefined || value === None ? null : keep(value)
}

function replace<K extends Exclude<keyof PropertyData, 'getterDoc'>>(
  data: PropertyData,
  key: K,
  value: Owned<Value> | null,
): void {
  const old = data[key]
  data[key] = value
  drop(old)
}

function initialize(
  self: PyProperty,
  fget: Value | undefined,
  fset: Value | undefined,
  fdel: Value | undefined,
  doc: Value | undefined,
): void {
  const { data } = self
  replace(data, 'fget', given(fget))
  replace(data, 'fset', given(fset))
  replace(data, 'fdel', given(fdel))
  replace(data, 'doc', doc === undefined ? null : keep(doc))
  replace(data, 'name', null)
  data.getterDoc = false
  if (data.fget === null || (doc !== undefined && doc !== None)) return
  const getterDoc = lookupAttr(data.fget, '__doc__')
  if (getterDoc === undefined) return
  if (self.type === propertyType) replace(data, 'doc', getterDoc)
  else {
    // The class attribute `__doc__` of a subclass would hide the one of the data.
    try {
      setAttr(self, '__doc__', getterDoc)
    } finally {
      drop(getterDoc)
    }
  }
  data.getterDoc = true
}

/** A property of the same type with one function replaced (`getter`, `setter`, `deleter`). */
function copyWith(self: PyProperty, changed: 'fget' | 'fset' | 'fdel', value: Value): Owned<Value> {
  const { data } = self
  const pick = (key: 'fget' | 'fset' | 'fdel'): Value =>
    key === changed && value !== None ? value : (data[key] ?? None)
  const fget = pick('fget')
  const doc = data.getterDoc && fget !== None ? None : (data.doc ?? None)
  const copy = call(self.type, [fget, pick('fset'), pick('fdel'), doc])
  if (typeof copy === 'object' && copy.type.mro.includes(propertyType) && data.name !== null) {
    replace((copy as PyObject as PyProperty).data, 'name', keep<Value>(data.name))
  }
  return copy
}

const KEYS = ['fget', 'fset', 'fdel', 'doc', 'name'] as const

/** Defines `property`. */
export function definePropertyType(): void {
  defineType(propertyType as TypeFor<PyProperty>, () => ({
    signature: '(fget=None, fset=None, fdel=None, doc=None)',
    slots: {
      tp_new: (type: PyType) =>
        newOf<PropertyData>(type, { fget: null, fset: null, fdel: null, doc: null, name: null, getterDoc: false }),
      tp_init: tpInit('property(fget = NULL, fset = NULL, fdel = NULL, doc = NULL)', initialize),
      tp_descr_get: (self, instance) => {
        if (instance === undefined || instance === None) return keep<Value>(self)
        const { fget } = self.data
        if (fget === null) throw noFunction(self, instance, 'getter')
        return call(fget, [instance])
      },
      tp_descr_set: (self, instance, value) => {
        const fn = value === undefined ? self.data.fdel : self.data.fset
        if (fn === null) throw noFunction(self, instance, value === undefined ? 'deleter' : 'setter')
        drop(call(fn, value === undefined ? [instance] : [instance, value]))
      },
      tp_dealloc: ({ data }) => {
        for (const key of KEYS) replace(data, key, null)
      },
      tp_clear: ({ data }) => {
        for (const key of KEYS) replace(data, key, null)
      },
      tp_traverse: ({ data }, visit) => {
        for (const key of KEYS) {
          const value = data[key]
          if (typeof value === 'object' && value !== null) visit(value)
        }
      },
    },
    methods: {
      'getter(fget, /)': (self, fget) => copyWith(self, 'fget', fget),
      'setter(fset, /)': (self, fset) => copyWith(self, 'fset', fset),
      'deleter(fdel, /)': (self, fdel) => copyWith(self, 'fdel', fdel),
    },
    rawMethods: {
      '__set_name__(owner, name, /)': ({ data }, args) => {
        if (args.length !== 2) {
          throw typeError(`__set_name__() takes 2 positional arguments but ${args.length} were given`)
        }
        replace(data, 'name', keep(args[1]!))
      },
    },
    getset: {
      __isabstractmethod__: ({ data }) => isAbstract(data.fget) || isAbstract(data.fset) || isAbstract(data.fdel),
    },
    members: {
      fget: ({ data }) => keep<Value>(data.fget ?? None),
      fset: ({ data }) => keep<Value>(data.fset ?? None),
      fdel: ({ data }) => keep<Value>(data.fdel ?? None),
      __doc__: {
        get: ({ data }) => (data.doc === null ? none() : keep<Value>(data.doc)),
        set: ({ data }, value) => replace(data, 'doc', value === undefined ? null : keep(value)),
      },
    },
  }))
}
