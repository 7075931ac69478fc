import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from './access.ts'
import { getBuiltin } from './builtin_lookup.ts'
import { type BuiltinData, callDef, defineType } from './define.ts'
import { idOf } from './ids.ts'
import { newText, newTuple, none } from './make.ts'
import { Py_EQ, Py_NE, type PyObject, type Value } from './object.ts'
import { address } from './object_object.ts'
import { textOf } from './protocols.ts'
import { defSignature } from './text_signature.ts'
import { docHook } from './type_hooks.ts'
import { qualName } from './type_names.ts'
import { builtinFunctionType, isInstanceOf, isType, moduleType, NotImplemented, type TypeFor, typeOf } from './types.ts'

type PyBuiltin = PyObject<BuiltinData>

/** The object that a method is bound to; `undefined` for functions of modules. */
function boundTo({ self }: BuiltinData): Value | undefined {
  return self === undefined || isInstanceOf(self, moduleType) ? undefined : self
}

/** Two builtins are equal when they are the same method of the same object. */
function compare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if (typeOf(rhs) !== builtinFunctionType || (op !== Py_EQ && op !== Py_NE)) return NotImplemented as Owned<Value>
  const [a, b] = [(lhs as PyBuiltin).data, (rhs as PyBuiltin).data]
  return (a.def === b.def && a.self === b.self) === (op === Py_EQ)
}

function qualname(data: BuiltinData): string {
  const self = boundTo(data)
  return self === undefined ? data.def.name : `${qualName(isType(self) ? self : typeOf(self))}.${data.def.name}`
}

/** What the documentation has for a function: by its module, or by the type that its method belongs to. */
function documented<T>(data: BuiltinData, ask: (owner: string, name: string) => T | undefined): T | undefined {
  const self = boundTo(data)
  if (self === undefined) {
    const { module } = data
    return ask(module === undefined || asStr(module) === undefined ? '' : textOf(module), data.def.name)
  }
  const type = isType(self) ? self : typeOf(self)
  for (const base of type.mro) {
    const found = ask(base.name, data.def.name)
    if (found !== undefined) return found
  }
  return undefined
}

function signatureOf(data: BuiltinData): Owned<Value> {
  const text = documented(data, docHook.signatureOf)
  return text === null ? none() : newText(text ?? defSignature(data.def))
}

/** Defines the type of builtin functions and methods (CPython's methodobject.c). */
export function defineBuiltinFunctionType(): void {
  defineType(builtinFunctionType as TypeFor<PyBuiltin>, () => ({
    slots: {
      tp_call: ({ data }, args, kwnames) => callDef(data.def, data.self, args, kwnames),
      tp_repr: ({ data }) => {
        const self = boundTo(data)
        if (self === undefined) return newText(`<built-in function ${data.def.name}>`)
        return newText(`<built-in method ${data.def.name} of ${typeOf(self).name} object at ${address(self)}>`)
      },
      tp_hash: ({ data }) => (data.self === undefined ? 0 : idOf(data.self) / 16) ^ (idOf(data.def) / 16),
      tp_richcompare: compare,
      tp_dealloc: ({ data }) => {
        drop(data.self)
        drop(data.module)
      },
      tp_traverse: ({ data }, visit) => {
        if (typeof data.self === 'object') visit(data.self)
        if (typeof data.module === 'object') visit(data.module)
      },
      tp_weakrefs: ({ data }) => data,
    },
    methods: {
      '__reduce__()': ({ data }) => {
        const self = boundTo(data)
        if (self === undefined) return data.def.name
        return newTuple([getBuiltin('getattr'), newTuple([keep(self), data.def.name])])
      },
    },
    members: {
      __module__: {
        get: ({ data }) => (data.module === undefined ? none() : keep<Value>(data.module)),
        set: ({ data }, value) => {
          const old = data.module
          data.module = value === undefined ? undefined : keep(value)
          drop(old)
        },
      },
    },
    getset: {
      __doc__: ({ data }) => {
        const doc = documented(data, docHook.docOf)
        return doc === undefined ? none() : newText(doc)
      },
      __name__: ({ data }) => data.def.name,
      __qualname__: ({ data }) => newText(qualname(data)),
      __self__: ({ data }) => (data.self === undefined || data.def.isStatic ? none() : keep<Value>(data.self)),
      __text_signature__: ({ data }) => signatureOf(data),
    },
  }))
}
