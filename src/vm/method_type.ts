import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from '../objects/access.ts'
import { genericGetAttr, getAttr, lookupAttr, typeLookup } from '../objects/attributes.ts'
import { getBuiltin } from '../objects/builtin_lookup.ts'
import { defineType, tpNew } from '../objects/define.ts'
import { typeError } from '../objects/errors.ts'
import { idOf } from '../objects/ids.ts'
import { newTuple } from '../objects/make.ts'
import { Py_EQ, Py_NE, type PyObject, type Value } from '../objects/object.ts'
import { call, hash, richCompareBool, shown, textOf } from '../objects/protocols.ts'
import { methodType, None, NotImplemented, type TypeFor, typeOf } from '../objects/types.ts'
import { newCallFrame } from './calls.ts'
import { EXIT_RUN, machine, run } from './frame.ts'
import type { PyFunction } from './function.ts'
import { type MethodData, newMethod } from './method.ts'

type Method = PyObject<MethodData>

function funcName(func: Value): string {
  const name = lookupAttr(func, '__qualname__') ?? lookupAttr(func, '__name__')
  const text = name !== undefined && asStr(name) !== undefined ? textOf(name) : '?'
  drop(name)
  return text
}

function compare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if ((op !== Py_EQ && op !== Py_NE) || typeOf(lhs) !== methodType || typeOf(rhs) !== methodType) {
    return keep(NotImplemented)
  }
  const [a, b] = [(lhs as Method).data, (rhs as Method).data]
  const equal = richCompareBool(a.func, b.func, Py_EQ) && a.self === b.self
  return equal === (op === Py_EQ)
}

/** Defines `method`: a function bound to an object. What it does not have itself it takes from the function. */
export function defineMethodType(): void {
  defineType(methodType as TypeFor<Method>, () => ({
    slots: {
      tp_new: tpNew('method(function, instance, /)', (_type, func, instance): Owned<Value> => {
        if (typeOf(func).tp_call === undefined) throw typeError('first argument must be callable')
        if (instance === None) throw typeError('instance must not be None')
        return newMethod(func, instance)
      }),
      tp_call: ({ data }, args, kwnames) => {
        const { func, self } = data
        if (typeof func === 'object' && func.type.name === 'function') {
          const frame = newCallFrame(func as Owned<PyFunction>, [self, ...args], kwnames)
          frame.back = machine.frame
          frame.exit = EXIT_RUN
          return run(frame)
        }
        return call(func, [self, ...args], kwnames)
      },
      tp_getattro: (self, name) => {
        if (typeLookup(methodType, name) !== undefined) return genericGetAttr(self, name)
        return getAttr((self as Method).data.func, name)
      },
      tp_repr: ({ data }): Owned<Value> => `<bound method ${funcName(data.func)} of ${shown(data.self)}>`,
      tp_richcompare: compare,
      tp_hash: ({ data }) => Number(BigInt(idOf(data.self)) ^ BigInt.asIntN(52, BigInt(hash(data.func)))),
      tp_weakrefs: ({ data }) => data,
      tp_dealloc: ({ data }) => {
        drop(data.func)
        drop(data.self)
      },
      tp_traverse: ({ data }, visit) => {
        if (typeof data.func === 'object') visit(data.func)
        if (typeof data.self === 'object') visit(data.self)
      },
    },
    methods: {
      '__reduce__()': ({ data }): Owned<Value> => {
        const name = getAttr(data.func, '__name__')
        return newTuple([getBuiltin('getattr'), newTuple([keep<Value>(data.self), name])])
      },
    },
    members: {
      __func__: ({ data }) => keep<Value>(data.func),
      __self__: ({ data }) => keep<Value>(data.self),
    },
    getset: { __doc__: ({ data }) => getAttr(data.func, '__doc__') },
  }))
}
