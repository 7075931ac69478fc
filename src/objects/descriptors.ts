import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { type BuiltinData, callDef, type DescriptorData, defineType, type GetSetData, newBuiltin } from './define.ts'
import { newException, typeError } from './errors.ts'
import { PyExc_AttributeError } from './exception_types.ts'
import { idOf } from './ids.ts'
import { none } from './make.ts'
import { type KeywordNames, newObject, Py_EQ, Py_NE, type PyObject, type PyType, type Value } from './object.ts'
import { address } from './object_object.ts'
import { bindWrapper, callSlot, type MethodWrapperData, type WrapperData } from './slot_wrappers.ts'
import { qualName } from './type_names.ts'
import {
  builtinFunctionType,
  classMethodDescriptorType,
  getsetDescriptorType,
  isInstanceOf,
  isSubtype,
  memberDescriptorType,
  methodDescriptorType,
  methodWrapperType,
  NotImplemented,
  type TypeFor,
  typeOf,
  typeType,
  wrapperDescriptorType,
} from './types.ts'

/*
 * The descriptors of builtin types (CPython's descrobject.c and methodobject.c): what their `__dict__`s hold.
 */

type Descriptor<D> = PyObject<D>

/** The TypeError of a descriptor that is applied to an object of another type. */
function checkInstance(name: string, type: PyType, self: Value): void {
  if (!isInstanceOf(self, type)) {
    throw typeError(`descriptor '${name}' for '${type.name}' objects doesn't apply to a '${typeOf(self).name}' object`)
  }
}

function unboundCall<D extends DescriptorData | WrapperData>(
  { data }: Descriptor<D>,
  name: string,
  args: readonly Value[],
  kwnames: KeywordNames,
): Value {
  const positional = args.length - (kwnames?.length ?? 0)
  if (positional < 1) {
    throw typeError(`unbound method ${data.type.name}.${name}() needs an argument`)
  }
  const self = args[0]!
  checkInstance(name, data.type, self)
  return self
}

const reprOf = (kind: string, name: string, type: PyType): Owned<Value> =>
  `<${kind} '${name}' of '${type.name}' objects>`

/** Defines the types of functions and descriptors of builtin types. */
export function defineDescriptorTypes(): void {
  defineType(methodDescriptorType as TypeFor<Descriptor<DescriptorData>>, () => ({
    slots: {
      tp_call: (self, args, kwnames) => {
        const { def } = self.data
        return callDef(def, unboundCall(self, def.name, args, kwnames), args.slice(1), kwnames)
      },
      tp_descr_get: (self, instance) => {
        if (instance === undefined) return keep<Value>(self)
        checkInstance(self.data.def.name, self.data.type, instance)
        return newBuiltin(self.data.def, instance)
      },
      tp_repr: ({ data }) => reprOf('method', data.def.name, data.type),
    },
    getset: descriptorNames((self) => [self.data.def.name, self.data.type]),
  }))
  defineType(classMethodDescriptorType as TypeFor<Descriptor<DescriptorData>>, () => ({
    slots: {
      tp_descr_get: (self, instance, owner) => {
        const type = owner ?? typeOf(instance!)
        if (!isInstanceOf(type, typeType)) {
          const found = typeOf(type).name
          throw typeError(
            `descriptor '${self.data.def.name}' for type '${self.data.type.name}' needs a type, not a '${found}' as arg 2`,
          )
        }
        if (!isSubtype(type, self.data.type)) {
          throw typeError(
            `descriptor '${self.data.def.name}' requires a subtype of '${self.data.type.name}' but received '${type.name}'`,
          )
        }
        return newBuiltin(self.data.def, type)
      },
      tp_call: (self, args, kwnames) => {
        const [type] = args
        if (type === undefined)
          throw typeError(`descriptor '${self.data.def.name}' of '${self.data.type.name}' object needs an argument`)
        return callDef(self.data.def, type, args.slice(1), kwnames)
      },
      tp_repr: ({ data }) => reprOf('method', data.def.name, data.type),
    },
    getset: descriptorNames((self) => [self.data.def.name, self.data.type]),
  }))
  defineType(wrapperDescriptorType as TypeFor<Descriptor<WrapperData>>, () => ({
    slots: {
      tp_call: (self, args, kwnames) => {
        const { row, fn } = self.data
        return callSlot(row, fn, unboundCall(self, row.name, args, kwnames), args.slice(1), kwnames)
      },
      tp_descr_get: (self, instance) => {
        if (instance === undefined) return keep<Value>(self)
        checkInstance(self.data.row.name, self.data.type, instance)
        return newObject(methodWrapperType, bindWrapper(self, instance))
      },
      tp_repr: ({ data }) => reprOf('slot wrapper', data.row.name, data.type),
    },
    getset: descriptorNames((self) => [self.data.row.name, self.data.type]),
  }))
  defineType(methodWrapperType as TypeFor<PyObject<MethodWrapperData>>, () => ({
    slots: {
      tp_call: ({ data }, args, kwnames) => {
        const { row, fn } = data.descriptor.data
        return callSlot(row, fn, data.self, args, kwnames)
      },
      tp_repr: ({ data }) => {
        const { row } = data.descriptor.data
        return `<method-wrapper '${row.name}' of ${typeOf(data.self).name} object at ${address(data.self)}>`
      },
      tp_dealloc: ({ data }) => {
        drop(data.descriptor)
        drop(data.self)
      },
      tp_traverse: ({ data }, visit) => {
        visit(data.descriptor)
        if (typeof data.self === 'object') visit(data.self)
      },
    },
    getset: {
      __self__: ({ data }) => keep<Value>(data.self),
      __name__: ({ data }) => data.descriptor.data.row.name,
      __qualname__: ({ data }) => `${qualName(data.descriptor.data.type)}.${data.descriptor.data.row.name}`,
      __objclass__: ({ data }) => keep<Value>(data.descriptor.data.type),
    },
  }))
  defineAccessor(getsetDescriptorType as TypeFor<Descriptor<GetSetData>>, 'attribute')
  defineAccessor(memberDescriptorType as TypeFor<Descriptor<GetSetData>>, 'member')
  defineBuiltinFunction()
}

function descriptorNames<D>(
  of: (self: Descriptor<D>) => readonly [string, PyType],
): Record<string, (self: Descriptor<D>) => Owned<Value>> {
  return {
    __name__: (self) => of(self)[0],
    __qualname__: (self) => `${qualName(of(self)[1])}.${of(self)[0]}`,
    __objclass__: (self) => keep<Value>(of(self)[1]),
  }
}

function defineAccessor(type: TypeFor<Descriptor<GetSetData>>, kind: string): void {
  defineType(type, () => ({
    slots: {
      tp_descr_get: (self, instance) => {
        if (instance === undefined) return keep<Value>(self)
        checkInstance(self.data.name, self.data.type, instance)
        return self.data.get(instance as never)
      },
      tp_descr_set: ({ data }, instance, value) => {
        checkInstance(data.name, data.type, instance)
        if (data.set === undefined) {
          const what =
            kind === 'member'
              ? 'readonly attribute'
              : `attribute '${data.name}' of '${data.type.name}' objects is not writable`
          throw newException(PyExc_AttributeError, [what])
        }
        data.set(instance as never, value)
      },
      tp_repr: ({ data }) => reprOf(kind, data.name, data.type),
    },
    getset: descriptorNames((self) => [self.data.name, self.data.type]),
  }))
}

function defineBuiltinFunction(): void {
  defineType(builtinFunctionType as TypeFor<PyObject<BuiltinData>>, () => ({
    slots: {
      tp_call: ({ data }, args, kwnames) => callDef(data.def, data.self, args, kwnames),
      tp_repr: ({ data }) => {
        if (data.self === undefined || !data.def.bound) return `<built-in function ${data.def.name}>`
        return `<built-in method ${data.def.name} of ${typeOf(data.self).name} object at ${address(data.self)}>`
      },
      tp_dealloc: ({ data }) => drop(data.self),
      tp_traverse: ({ data }, visit) => {
        if (typeof data.self === 'object') visit(data.self)
      },
      tp_weakrefs: ({ data }) => data,
      tp_hash: ({ data }) => (data.self === undefined ? 0 : idOf(data.self) / 16) ^ (idOf(data.def) / 16),
      tp_richcompare: (lhs, rhs, op) => compareBuiltins(lhs, rhs, op),
    },
    getset: {
      __name__: ({ data }) => data.def.name,
      __qualname__: ({ data }) => {
        const { self } = data
        if (self === undefined || !data.def.bound) return data.def.name
        const owner = isInstanceOf(self, typeType) ? (self as unknown as PyType) : typeOf(self)
        return `${qualName(owner)}.${data.def.name}`
      },
      __self__: ({ data }) => (data.self === undefined ? none() : keep<Value>(data.self)),
      __module__: {
        get: ({ data }) => (data.module === undefined ? none() : keep<Value>(data.module)),
        set: ({ data }, value) => {
          const old = data.module
          data.module = value === undefined ? undefined : keep(value)
          drop(old)
        },
      },
    },
  }))
}

/** Two bound builtins are equal when they are the same method of the same object. */
function sameBuiltin(lhs: Value, rhs: Value): boolean {
  if (typeof rhs !== 'object' || rhs.type !== builtinFunctionType) return false
  const [a, b] = [(lhs as PyObject<BuiltinData>).data, (rhs as PyObject<BuiltinData>).data]
  return a.def === b.def && a.self === b.self
}

function compareBuiltins(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if (typeof rhs !== 'object' || rhs.type !== builtinFunctionType || (op !== Py_EQ && op !== Py_NE)) {
    return NotImplemented as Owned<Value>
  }
  return sameBuiltin(lhs, rhs) === (op === Py_EQ)
}
