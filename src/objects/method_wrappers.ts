import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { lookupAttr, setAttr } from './attributes.ts'
import { defineType, type TypeSpec } from './define.ts'
import { runtimeError, typeError } from './errors.ts'
import { newOf } from './instance.ts'
import { newDict, newText, none } from './make.ts'
import type { KeywordNames, PyDict, PyObject, PyType, Value } from './object.ts'
import { isAbstract } from './property.ts'
import { call, shown } from './protocols.ts'
import { classmethodType, dictType, isInstanceOf, staticmethodType, type TypeFor, typeOf } from './types.ts'

/** The `data` of a classmethod or staticmethod. */
interface WrappedCallable {
  callable: Owned<Value> | null
  dict: Owned<PyDict> | null
}

type PyWrapped = PyObject<WrappedCallable>

/** Binds a callable to what is its first argument; the machine sets it, as bound methods are its own. */
export const bindHook: { bind: (callable: Value, self: Value) => Owned<Value> } = {
  bind: () => {
    throw runtimeError('no bound methods')
  },
}

const COPIED = ['__module__', '__name__', '__qualname__', '__doc__', '__annotations__'] as const

function initialize(kind: string, self: PyWrapped, args: readonly Value[], kwnames: KeywordNames): void {
  if (kwnames !== null && kwnames.length > 0) throw typeError(`${kind}() takes no keyword arguments`)
  if (args.length !== 1) throw typeError(`${kind} expected 1 argument, got ${args.length}`)
  const callable = args[0]!
  const old = self.data.callable
  self.data.callable = keep(callable)
  drop(old)
  for (const name of COPIED) {
    const value = lookupAttr(callable, name)
    if (value === undefined) continue
    try {
      setAttr(self, name, value)
    } finally {
      drop(value)
    }
  }
}

/** The function that an initialised wrapper holds, borrowed. */
function wrapped(self: PyWrapped, kind: string): Value {
  const { callable } = self.data
  if (callable === null) throw runtimeError(`uninitialized ${kind} object`)
  return callable
}

function clear(self: PyWrapped): void {
  const { data } = self
  const { callable, dict } = data
  data.callable = null
  data.dict = null
  drop(callable)
  drop(dict)
}

const wrappedMember = ({ data }: PyWrapped): Owned<Value> =>
  data.callable === null ? none() : keep<Value>(data.callable)

function getDict({ data }: PyWrapped): Owned<Value> {
  data.dict ??= newDict()
  return keep<Value>(data.dict)
}

function setDict({ data }: PyWrapped, value: Value | undefined): void {
  if (value === undefined) throw typeError('cannot delete __dict__')
  if (!isInstanceOf(value, dictType)) {
    throw typeError(`__dict__ must be set to a dictionary, not a '${typeOf(value).name}'`)
  }
  const old = data.dict
  data.dict = keep(value as PyDict)
  drop(old)
}

/** What both types have. */
function common(kind: string) {
  return {
    slots: {
      tp_new: (type: PyType) => newOf<WrappedCallable>(type, { callable: null, dict: null }),
      tp_init: (self: PyWrapped, args: readonly Value[], kwnames: KeywordNames) =>
        initialize(kind, self, args, kwnames),
      tp_repr: ({ data }: PyWrapped): Owned<Value> =>
        newText(`<${kind}(${data.callable === null ? '<NULL>' : shown(data.callable)})>`),
      tp_dict: ({ data }: PyWrapped, create: boolean): PyDict | null => {
        if (data.dict === null && create) data.dict = newDict()
        return data.dict
      },
      tp_dealloc: clear,
      tp_clear: clear,
      tp_traverse: ({ data }: PyWrapped, visit: (child: PyObject) => void) => {
        if (typeof data.callable === 'object' && data.callable !== null) visit(data.callable)
        if (data.dict !== null) visit(data.dict)
      },
    },
    getset: {
      __isabstractmethod__: ({ data }: PyWrapped) => isAbstract(data.callable) as Owned<Value>,
      __dict__: { get: getDict, set: setDict },
    },
    members: { __func__: wrappedMember, __wrapped__: wrappedMember },
  } satisfies TypeSpec<PyWrapped, never, never, never>
}

/** Defines `classmethod` and `staticmethod`. */
export function defineMethodWrapperTypes(): void {
  const ofClass = common('classmethod')
  defineType(classmethodType as TypeFor<PyWrapped>, () => ({
    ...ofClass,
    slots: {
      ...ofClass.slots,
      tp_descr_get: (self, instance, owner) => {
        const callable = wrapped(self, 'classmethod')
        const type = owner ?? typeOf(instance!)
        const get = typeof callable === 'object' ? callable.type.tp_descr_get : undefined
        return get === undefined ? bindHook.bind(callable, type) : get(callable as PyObject, type, type)
      },
    },
  }))
  const ofStatic = common('staticmethod')
  defineType(staticmethodType as TypeFor<PyWrapped>, () => ({
    ...ofStatic,
    slots: {
      ...ofStatic.slots,
      tp_descr_get: (self) => keep(wrapped(self, 'staticmethod')),
      tp_call: (self, args, kwnames) => call(wrapped(self, 'staticmethod'), args, kwnames),
    },
  }))
}
