import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { genericGetAttr, genericSetAttr } from './attributes.ts'
import { defineType } from './define.ts'
import { typeError } from './errors.ts'
import { idOf } from './ids.ts'
import { newInstance } from './instance.ts'
import { newObject, Py_EQ, Py_NE, type PyType, type Value } from './object.ts'
import { repr, richCompare } from './protocols.ts'
import { qualifiedName } from './type_names.ts'
import { NotImplemented, objectType, typeOf } from './types.ts'

/** The address that `repr` shows. */
export function address(value: Value): string {
  return `0x${idOf(value).toString(16)}`
}

/** `object.__eq__` and `object.__ne__`: identity; `__ne__` asks the type's `__eq__` first. */
function objectRichCompare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if (op === Py_EQ) return lhs === rhs ? true : (NotImplemented as Owned<Value>)
  if (op !== Py_NE) return NotImplemented as Owned<Value>
  const compare = typeOf(lhs).tp_richcompare
  if (compare === undefined) return NotImplemented as Owned<Value>
  const equal = compare(lhs, rhs, Py_EQ)
  if (equal === NotImplemented) return equal
  const truth = equal === true || (equal !== false && richCompare(equal, true, Py_EQ) === true)
  drop(equal)
  return !truth
}

/** `object.__hash__`: from the address. */
function objectHash(self: Value): number {
  return idOf(self) / 16
}

/** Whether `__new__` or `__init__` of the type itself takes the arguments that `object`'s would refuse. */
function refuseArguments(type: PyType, which: 'new' | 'init'): void {
  if (which === 'new') {
    if (type.tp_new !== objectType.tp_new) {
      throw typeError('object.__new__() takes exactly one argument (the type to instantiate)')
    }
    if (type.tp_init === objectType.tp_init) throw typeError(`${type.name}() takes no arguments`)
  } else {
    if (type.tp_init !== objectType.tp_init) {
      throw typeError('object.__init__() takes exactly one argument (the instance to initialize)')
    }
    if (type.tp_new === objectType.tp_new) {
      throw typeError(`${type.name}.__init__() takes exactly one argument (the instance to initialize)`)
    }
  }
}

/** Methods of `object` that stand in files of their own add themselves here before the types are made ready. */
export function defineObjectType(
  methods: Record<string, (self: Value, ...args: never[]) => Owned<Value> | void>,
): void {
  defineType(objectType, () => ({
    slots: {
      tp_repr: (self: Value): Owned<Value> => `<${qualifiedName(typeOf(self))} object at ${address(self)}>`,
      tp_str: (self: Value): Owned<Value> => repr(self),
      tp_hash: objectHash,
      tp_richcompare: objectRichCompare,
      tp_getattro: genericGetAttr,
      tp_setattro: genericSetAttr,
      tp_new: (type: PyType, args: readonly Value[]): Owned<Value> => {
        if (args.length > 0) refuseArguments(type, 'new')
        if (type.data.abstract) throw abstractError(type)
        return type === objectType ? newObject(objectType, undefined) : newInstance(type, undefined)
      },
      tp_init: (self: Value, args: readonly Value[]): void => {
        if (args.length > 0) refuseArguments(typeOf(self), 'init')
      },
    },
    methods: methods as Record<never, never>,
    getset: {
      __class__: {
        get: (self: Value): Owned<Value> => keep(typeOf(self)),
        set: (self, value) => setClass(self, value),
      },
    },
  }))
}

/** Parts of `object` that need floors or files above this one. */
export const objectHooks: {
  setClass: (self: Value, value: Value | undefined) => void
  abstractError: (type: PyType) => unknown
} = {
  setClass: () => {
    throw typeError('__class__ assignment only supported for mutable types or ModuleType subclasses')
  },
  abstractError: (type) => typeError(`Can't instantiate abstract class ${type.name}`),
}

function setClass(self: Value, value: Value | undefined): void {
  objectHooks.setClass(self, value)
}

function abstractError(type: PyType): unknown {
  return objectHooks.abstractError(type)
}
