import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { getBuiltin } from './builtin_lookup.ts'
import { callDef, type DescriptorData, defineType, type GetSet, type GetSetData, newBuiltin } from './define.ts'
import { newException, typeError } from './errors.ts'
import { PyExc_AttributeError } from './exception_types.ts'
import { idOf } from './ids.ts'
import { newText, newTuple, none } from './make.ts'
import {
  type KeywordNames,
  newObject,
  Py_EQ,
  Py_NE,
  type PyObject,
  type PyType,
  TPFLAGS_HEAPTYPE,
  type Value,
} from './object.ts'
import { address } from './object_object.ts'
import { bindWrapper, callSlot, type MethodWrapperData, type WrapperData } from './slot_wrappers.ts'
import { defSignature } from './text_signature.ts'
import { type DocDescriptor, docDescriptorType } from './type_doc.ts'
import { docHook } from './type_hooks.ts'
import { qualName } from './type_names.ts'
import {
  classMethodDescriptorType,
  getsetDescriptorType,
  isInstanceOf,
  isSubtype,
  isType,
  memberDescriptorType,
  methodDescriptorType,
  methodWrapperType,
  NotImplemented,
  type TypeFor,
  typeOf,
  wrapperDescriptorType,
} from './types.ts'

/*
 * The descriptors of builtin types (CPython's descrobject.c): what their `__dict__`s hold.
 */

type Descriptor<D> = PyObject<D>

/** The TypeError of a descriptor that is applied to an object of another type. */
function checkInstance(name: string, type: PyType, self: Value): void {
  if (!isInstanceOf(self, type)) {
    throw typeError(`descriptor '${name}' for '${type.name}' objects doesn't apply to a '${typeOf(self).name}' object`)
  }
}

function positionalCount(args: readonly Value[], kwnames: KeywordNames): number {
  return kwnames === null ? args.length : args.length - kwnames.length
}

function needsArgument(name: string, type: PyType): unknown {
  return typeError(`descriptor '${name}' of '${type.name}' object needs an argument`)
}

const reprOf = (kind: string, name: string, type: PyType): Owned<Value> =>
  newText(`<${kind} '${name}' of '${type.name}' objects>`)

/** A docstring, or None. */
function docOf(owner: string, name: string): Owned<Value> {
  const doc = docHook.docOf(owner, name)
  return doc === undefined ? none() : newText(doc)
}

/** `__name__`, `__objclass__`: what all descriptors keep. */
function nameMembers<D>(
  of: (data: D) => readonly [string, PyType],
): Record<string, (self: Descriptor<D>) => Owned<Value>> {
  return {
    __objclass__: ({ data }) => keep<Value>(of(data)[1]),
    __name__: ({ data }) => newText(of(data)[0]),
  }
}

/** `__doc__`, `__qualname__`, and `__text_signature__` of those that are called. */
function nameGetSet<D>(
  of: (data: D) => readonly [string, PyType],
  signature?: (data: D) => string | null,
): Record<string, (self: Descriptor<D>) => Owned<Value>> {
  const entries: Record<string, (self: Descriptor<D>) => Owned<Value>> = {
    __doc__: ({ data }) => {
      const [name, type] = of(data)
      return docOf(type.name, name)
    },
    __qualname__: ({ data }) => {
      const [name, type] = of(data)
      return newText(`${qualName(type)}.${name}`)
    },
  }
  if (signature !== undefined) {
    entries['__text_signature__'] = ({ data }) => {
      const text = signature(data)
      return text === null ? none() : newText(text)
    }
  }
  return entries
}

/** `__reduce__` of descriptors: an attribute of their type. */
function reduceTo(owner: Value, name: string): Owned<Value> {
  return newTuple([getBuiltin('getattr'), newTuple([keep(owner), newText(name)])])
}

const defNames = (data: DescriptorData): readonly [string, PyType] => [data.def.name, data.type]
const defText = ({ def, type }: DescriptorData): string | null => {
  const text = docHook.signatureOf(type.name, def.name)
  return text === undefined ? defSignature(def) : text
}

function defineMethodDescriptor(): void {
  defineType(methodDescriptorType as TypeFor<Descriptor<DescriptorData>>, () => ({
    slots: {
      tp_call: ({ data }, args, kwnames) => {
        const { def, type } = data
        if (positionalCount(args, kwnames) < 1) {
          throw typeError(`unbound method ${qualName(type)}.${def.name}() needs an argument`)
        }
        checkInstance(def.name, type, args[0]!)
        return callDef(def, args[0], args.slice(1), kwnames)
      },
      tp_descr_get: (self, instance) => {
        if (instance === undefined) return keep<Value>(self)
        checkInstance(self.data.def.name, self.data.type, instance)
        return newBuiltin(self.data.def, instance)
      },
      tp_repr: ({ data }) => reprOf('method', data.def.name, data.type),
    },
    methods: { '__reduce__()': ({ data }) => reduceTo(data.type, data.def.name) },
    members: nameMembers(defNames),
    getset: nameGetSet(defNames, defText),
  }))
}

/** The class that a class method is bound to (`classmethod_get`). */
function classFor({ def, type }: DescriptorData, instance: Value | undefined, owner: Value | undefined): PyType {
  const cls = owner ?? (instance === undefined ? undefined : typeOf(instance))
  if (cls === undefined) {
    throw typeError(`descriptor '${def.name}' for type '${type.name}' needs either an object or a type`)
  }
  if (!isType(cls)) {
    const found = typeOf(cls).name
    throw typeError(`descriptor '${def.name}' for type '${type.name}' needs a type, not a '${found}' as arg 2`)
  }
  if (!isSubtype(cls, type)) {
    throw typeError(`descriptor '${def.name}' requires a subtype of '${type.name}' but received '${cls.name}'`)
  }
  return cls
}

function defineClassMethodDescriptor(): void {
  defineType(classMethodDescriptorType as TypeFor<Descriptor<DescriptorData>>, () => ({
    slots: {
      tp_descr_get: ({ data }, instance, owner) => newBuiltin(data.def, classFor(data, instance, owner)),
      tp_call: ({ data }, args, kwnames) => {
        if (positionalCount(args, kwnames) < 1) throw needsArgument(data.def.name, data.type)
        return callDef(data.def, classFor(data, undefined, args[0]), args.slice(1), kwnames)
      },
      tp_repr: ({ data }) => reprOf('method', data.def.name, data.type),
    },
    members: nameMembers(defNames),
    getset: nameGetSet(defNames, defText),
  }))
}

const slotNames = (data: WrapperData): readonly [string, PyType] => [data.row.name, data.type]

function defineWrapperDescriptor(): void {
  defineType(wrapperDescriptorType as TypeFor<Descriptor<WrapperData>>, () => ({
    slots: {
      tp_call: ({ data }, args, kwnames) => {
        const { row, fn, type } = data
        if (positionalCount(args, kwnames) < 1) throw needsArgument(row.name, type)
        const self = args[0]!
        if (!isInstanceOf(self, type)) {
          const found = typeOf(self).name
          throw typeError(`descriptor '${row.name}' requires a '${type.name}' object but received a '${found}'`)
        }
        return callSlot(row, fn, self, args.slice(1), kwnames)
      },
      tp_descr_get: (self, instance) => {
        if (instance === undefined) return keep<Value>(self)
        checkInstance(self.data.row.name, self.data.type, instance)
        const wrapper = newObject(methodWrapperType, bindWrapper(self, instance))
        track(wrapper)
        return wrapper
      },
      tp_repr: ({ data }) => reprOf('slot wrapper', data.row.name, data.type),
    },
    methods: { '__reduce__()': ({ data }) => reduceTo(data.type, data.row.name) },
    members: nameMembers(slotNames),
    getset: nameGetSet(slotNames, ({ row }) => row.signature),
  }))
}

function compareWrappers(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if (typeOf(rhs) !== methodWrapperType || (op !== Py_EQ && op !== Py_NE)) return NotImplemented as Owned<Value>
  const [a, b] = [(lhs as PyObject<MethodWrapperData>).data, (rhs as PyObject<MethodWrapperData>).data]
  return (a.descriptor === b.descriptor && a.self === b.self) === (op === Py_EQ)
}

function defineMethodWrapper(): void {
  defineType(methodWrapperType as TypeFor<PyObject<MethodWrapperData>>, () => ({
    slots: {
      tp_call: ({ data }, args, kwnames) => {
        const { row, fn } = data.descriptor.data
        return callSlot(row, fn, data.self, args, kwnames)
      },
      tp_repr: ({ data }) => {
        const { row } = data.descriptor.data
        return newText(`<method-wrapper '${row.name}' of ${typeOf(data.self).name} object at ${address(data.self)}>`)
      },
      tp_hash: ({ data }) => (idOf(data.self) / 16) ^ (idOf(data.descriptor) / 16),
      tp_richcompare: compareWrappers,
      tp_dealloc: ({ data }) => {
        drop(data.descriptor)
        drop(data.self)
      },
      tp_traverse: ({ data }, visit) => {
        visit(data.descriptor)
        if (typeof data.self === 'object') visit(data.self)
      },
    },
    methods: { '__reduce__()': ({ data }) => reduceTo(data.self, data.descriptor.data.row.name) },
    members: { __self__: ({ data }) => keep<Value>(data.self) },
    getset: {
      __objclass__: ({ data }) => keep<Value>(data.descriptor.data.type),
      __name__: ({ data }) => data.descriptor.data.row.name,
      __qualname__: ({ data }) => {
        const { row, type } = data.descriptor.data
        return newText(`${qualName(type)}.${row.name}`)
      },
      __doc__: ({ data }) => docOf(data.descriptor.data.type.name, data.descriptor.data.row.name),
      __text_signature__: ({ data }) => data.descriptor.data.row.signature,
    },
  }))
}

const accessorNames = (data: GetSetData): readonly [string, PyType] => [data.name, data.type]

function isHeapType(type: PyType): boolean {
  return (type.flags & TPFLAGS_HEAPTYPE) !== 0
}

const memberMethods = {
  '__reduce__()': ({ data }: Descriptor<GetSetData>) => reduceTo(data.type, data.name),
}

function defineAccessor(type: TypeFor<Descriptor<GetSetData>>, kind: 'attribute' | 'member'): void {
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
          throw newException(PyExc_AttributeError, [newText(what)])
        }
        data.set(instance as never, value)
      },
      tp_repr: ({ data }) => reprOf(kind, data.name, data.type),
      // Those of classes written in Python own a reference to their class.
      tp_dealloc: ({ data }) => {
        if (isHeapType(data.type)) drop(data.type)
      },
      tp_traverse: ({ data }, visit) => {
        if (isHeapType(data.type)) visit(data.type)
      },
    },
    methods: (kind === 'member' ? memberMethods : {}) as Record<never, never>,
    members: nameMembers(accessorNames),
    getset: nameGetSet(accessorNames) as Record<string, GetSet<Descriptor<GetSetData>>['get']>,
  }))
}

/** Defines the descriptors of builtin types. */
export function defineDescriptorTypes(): void {
  defineMethodDescriptor()
  defineClassMethodDescriptor()
  defineWrapperDescriptor()
  defineMethodWrapper()
  defineAccessor(getsetDescriptorType as TypeFor<Descriptor<GetSetData>>, 'attribute')
  defineAccessor(memberDescriptorType as TypeFor<Descriptor<GetSetData>>, 'member')
  defineType(docDescriptorType as TypeFor<DocDescriptor>, () => ({
    slots: { tp_descr_get: ({ data }) => docOf(data.name, '') },
  }))
}
