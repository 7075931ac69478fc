import { strLength } from '../base/values.ts'
import { drop, dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { genericGetAttr, genericSetAttr, getAttr } from './attributes.ts'
import { objectNames } from './class_dir.ts'
import { defineType } from './define.ts'
import { typeError } from './errors.ts'
import { idOf } from './ids.ts'
import { newInstance } from './instance.ts'
import { newText, none } from './make.ts'
import { newObject, Py_EQ, Py_NE, type PyObject, type PyType, TPFLAGS_HEAPTYPE, type Value } from './object.ts'
import { commonReduce, defaultState, reduceEx } from './object_reduce.ts'
import { isTrue, repr, str, textOf } from './protocols.ts'
import { toArray } from './sequence_protocol.ts'
import { checkAssignable } from './type_layout.ts'
import { qualifiedName } from './type_names.ts'
import { isImmutable } from './type_ready.ts'
import { isSubtype, isType, moduleType, NotImplemented, objectType, typeOf } from './types.ts'

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
  try {
    return !isTrue(equal)
  } finally {
    drop(equal)
  }
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

/** The TypeError of an abstract class that is called. */
function abstractError(type: PyType): unknown {
  const methods = getAttr(type, '__abstractmethods__')
  let names: string[]
  try {
    const items = toArray(methods)
    names = items.map(textOf).sort()
    dropAll(items)
  } finally {
    drop(methods)
  }
  const s = names.length > 1 ? 's' : ''
  return typeError(`Can't instantiate abstract class ${type.name} with abstract method${s} ${names.join(', ')}`)
}

/** Makes an object of another class (`object.__class__ = …`). */
function setClass(self: Value, value: Value | undefined): void {
  if (value === undefined) throw typeError("can't delete __class__ attribute")
  if (!isType(value)) throw typeError(`__class__ must be set to a class, not '${typeOf(value).name}' object`)
  const old = typeOf(self)
  const areModules = isSubtype(value, moduleType) && isSubtype(old, moduleType)
  if (!areModules && (isImmutable(value) || isImmutable(old))) {
    throw typeError('__class__ assignment only supported for mutable types or ModuleType subclasses')
  }
  checkAssignable(old, value, '__class__')
  if (isHeapType(value)) keep(value)
  ;(self as PyObject).type = value
  if (isHeapType(old)) drop(old)
}

function isHeapType(type: PyType): boolean {
  return (type.flags & TPFLAGS_HEAPTYPE) !== 0
}

/** Number of items of an object whose size depends on them. */
function itemCount(self: Value): number {
  const data = typeof self === 'object' ? self.data : undefined
  return Array.isArray(data) || data instanceof Uint8Array ? data.length : 0
}

/** Defines `object`. */
export function defineObjectType(): void {
  defineType(objectType, () => ({
    signature: '()',
    slots: {
      tp_repr: (self: Value): Owned<Value> => newText(`<${qualifiedName(typeOf(self))} object at ${address(self)}>`),
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
    methods: {
      '__reduce_ex__(protocol: int, /)': (self: Value, protocol) => reduceEx(self, protocol),
      '__reduce__()': (self: Value) => commonReduce(self, 0),
      '__getstate__()': (self: Value) => defaultState(self, false),
      '__format__(format_spec: str, /)': (self: Value, spec) => {
        if (strLength(spec) > 0) {
          throw typeError(`unsupported format string passed to ${typeOf(self).name}.__format__`)
        }
        return str(self)
      },
      '__sizeof__()': (self: Value) => {
        const { basicsize, itemsize } = typeOf(self).data
        return basicsize + (itemsize > 0 ? itemsize * itemCount(self) : 0)
      },
      '__dir__()': (self: Value) => objectNames(self),
    },
    classMethods: {
      '__subclasshook__(*args)': (): Owned<Value> => NotImplemented as Owned<Value>,
      '__init_subclass__()': () => none(),
    },
    getset: {
      __class__: { get: (self: Value): Owned<Value> => keep(typeOf(self)), set: setClass },
    },
  }))
}
