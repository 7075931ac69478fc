import { strToUtf16 } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from './access.ts'
import { lookupSpecial } from './attributes.ts'
import { defineType } from './define.ts'
import { newException, typeError } from './errors.ts'
import { PyExc_ReferenceError } from './exception_types.ts'
import { none } from './make.ts'
import { binaryOp, binaryOp1, power, toIndex, unaryOp, unsupportedOperands } from './number_protocol.ts'
import { type KeywordNames, Py_EQ, Py_NE, type PyObject, type PyType, type Value } from './object.ts'
import { address } from './object_object.ts'
import { call, callMethod, hash, isTrue, richCompare, str } from './protocols.ts'
import { contains, getItem, iter, len, next, setItem } from './sequence_protocol.ts'
import { genericAliasHook } from './type_hooks.ts'
import { floatType, intType, None, NotImplemented, typeOf } from './types.ts'
import {
  callableProxyType,
  clearWeakRef,
  isProxy,
  isWeakRef,
  newWeakRef,
  type PyWeakRef,
  proxyType,
  referentOf,
  refType,
} from './weakref.ts'

/*
 * The types behind `weakref.ref` and `weakref.proxy` (CPython's weakrefobject.c).
 */

/** Defines the types of weak references and proxies. */
export function defineWeakRefTypes(): void {
  defineRef()
  defineProxy(proxyType, {})
  defineProxy(callableProxyType, {
    tp_call: (self: PyWeakRef, args: readonly Value[], kwnames: KeywordNames) =>
      withReferent(self, (referent) => call(referent, args, kwnames)),
  })
}

const ownership = {
  tp_dealloc: clearWeakRef,
  tp_clear: clearWeakRef,
  tp_traverse: ({ data }: PyWeakRef, visit: (child: PyObject) => void) => {
    if (typeof data.callback === 'object' && data.callback !== null) visit(data.callback)
  },
}

/** The arguments of `ref(object, callback)`, whose keywords `__init__` refuses. */
function refArguments(method: string, args: readonly Value[], kwnames: KeywordNames): readonly Value[] {
  const given = args.length - (kwnames === null ? 0 : kwnames.length)
  if (given >= 1 && given <= 2) return args.slice(0, given)
  const [bound, count, s] = given < 1 ? ['least', 1, ''] : ['most', 2, 's']
  throw typeError(`${method} expected at ${bound} ${count} argument${s}, got ${given}`)
}

function defineRef(): void {
  defineType(refType, () => ({
    slots: {
      ...ownership,
      tp_new: (type: PyType, args: readonly Value[], kwnames: KeywordNames) => {
        const [referent, callback] = refArguments('__new__', args, kwnames)
        return newWeakRef(type, referent!, callback)
      },
      tp_init: (_self: PyWeakRef, args: readonly Value[], kwnames: KeywordNames) => {
        if (kwnames !== null && kwnames.length > 0) throw typeError('ref() takes no keyword arguments')
        refArguments('__init__', args, kwnames)
      },
      tp_call: (self: PyWeakRef, args: readonly Value[], kwnames: KeywordNames): Owned<Value> => {
        if (kwnames !== null && kwnames.length > 0) throw typeError('weakref() takes no keyword arguments')
        if (args.length > 0) throw typeError(`weakref expected 0 arguments, got ${args.length}`)
        const referent = referentOf(self)
        return referent === null ? none() : keep<Value>(referent)
      },
      tp_repr: reprOfRef,
      tp_hash: (self: PyWeakRef) => {
        const { data } = self
        if (data.hash !== undefined) return data.hash
        const referent = referentOf(self)
        if (referent === null) throw typeError('weak object has gone away')
        const result = withKept(referent, hash)
        data.hash = result
        return result
      },
      tp_richcompare: compareRefs,
    },
    classMethods: { '__class_getitem__(item, /)': (type, item) => genericAliasHook.make(type, item) },
    members: { __callback__: ({ data }: PyWeakRef) => (data.callback === null ? none() : keep<Value>(data.callback)) },
  }))
}

function reprOfRef(self: PyWeakRef): Owned<Value> {
  const referent = referentOf(self)
  if (referent === null) return `<weakref at ${address(self)}; dead>`
  return withKept(referent, () => {
    const name = lookupSpecial(referent, '__name__')
    const text = name === undefined ? undefined : asStr(name)
    const suffix = text === undefined ? '' : ` (${strToUtf16(text)})`
    drop(name)
    return `<weakref at ${address(self)}; to '${referent.type.name}' at ${address(referent)}${suffix}>`
  })
}

/** Live references compare as what they refer to, dead ones by identity. */
function compareRefs(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if ((op !== Py_EQ && op !== Py_NE) || !isWeakRef(lhs) || !isWeakRef(rhs)) return NotImplemented as Owned<Value>
  const [left, right] = [referentOf(lhs), referentOf(rhs)]
  if (left === null || right === null) return (lhs === rhs) === (op === Py_EQ)
  return withKept(left, () => withKept(right, () => richCompare(left, right, op)))
}

/** Does something with an object while it is kept alive. */
function withKept<T>(object: PyObject, use: (object: PyObject) => T): T {
  keep(object)
  try {
    return use(object)
  } finally {
    drop(object)
  }
}

/** What a proxy stands for, borrowed; other values stand for themselves. ReferenceError where it is dead. */
function unwrap(value: Value): Value {
  if (!isProxy(value)) return value
  const referent = referentOf(value)
  if (referent === null) throw newException(PyExc_ReferenceError, ['weakly-referenced object no longer exists'])
  return referent
}

function withReferent<T>(proxy: Value, use: (referent: PyObject) => T): T {
  return withKept(unwrap(proxy) as PyObject, use)
}

function withBoth(lhs: Value, rhs: Value, use: (lhs: Value, rhs: Value) => Owned<Value>): Owned<Value> {
  const left = keep(unwrap(lhs))
  try {
    const right = keep(unwrap(rhs))
    try {
      return use(left, right)
    } finally {
      drop(right)
    }
  } finally {
    drop(left)
  }
}

/** The number slots of operators, by their `nb_op` numbers. */
const operatorSlots = [
  'add',
  'and',
  'floor_divide',
  'lshift',
  'matrix_multiply',
  'multiply',
  'remainder',
  'or',
  'power',
  'rshift',
  'subtract',
  'true_divide',
  'xor',
]

function numberSlots(): Record<string, (lhs: Value, rhs: Value, modulus: Value) => Owned<Value>> {
  const slots: Record<string, (lhs: Value, rhs: Value, modulus: Value) => Owned<Value>> = {}
  operatorSlots.forEach((name, i) => {
    slots[`nb_${name}`] = (lhs, rhs) => withBoth(lhs, rhs, (left, right) => binaryOp(left, right, i))
    slots[`nb_inplace_${name}`] = (lhs, rhs) =>
      withBoth(lhs, rhs, (left, right) => binaryOp(left, right, i + operatorSlots.length))
  })
  slots['nb_divmod'] = (lhs, rhs) =>
    withBoth(lhs, rhs, (left, right) => {
      const result = binaryOp1(left, right, 'nb_divmod')
      if (result === NotImplemented) throw unsupportedOperands(left, right, 'divmod()')
      return result
    })
  slots['nb_power'] = (base, exponent, modulus) =>
    withBoth(base, exponent, (left, right) => {
      const third = unwrap(modulus)
      const result = power(left, right, third)
      if (result !== NotImplemented) return result
      if (third === None) throw unsupportedOperands(left, right, '** or pow()')
      const names = [left, right, third].map((value) => `'${typeOf(value).name}'`).join(', ')
      throw typeError(`unsupported operand type(s) for ** or pow(): ${names}`)
    })
  return slots
}

const unarySlots = {
  nb_negative: (self: Value) => withReferent(self, (referent) => unaryOp(referent, 'nb_negative', '-')),
  nb_positive: (self: Value) => withReferent(self, (referent) => unaryOp(referent, 'nb_positive', '+')),
  nb_invert: (self: Value) => withReferent(self, (referent) => unaryOp(referent, 'nb_invert', '~')),
  nb_absolute: (self: Value) =>
    withReferent(self, (referent) => {
      const { nb_absolute } = referent.type
      if (nb_absolute === undefined) throw typeError(`bad operand type for abs(): '${referent.type.name}'`)
      return nb_absolute(referent)
    }),
  nb_bool: (self: Value) => withReferent(self, isTrue),
  nb_int: (self: Value) => withReferent(self, (referent) => call(intType, [referent])),
  nb_float: (self: Value) => withReferent(self, (referent) => call(floatType, [referent])),
  nb_index: (self: Value): Owned<Value> => withReferent(self, toIndex),
}

/** What plain proxies have and callable ones, as in CPython, have not. */
const proxyMethods = {
  '__bytes__()': (self: PyWeakRef) => withReferent(self, (referent) => callMethod(referent, '__bytes__', [])),
  '__reversed__()': (self: PyWeakRef) => withReferent(self, (referent) => callMethod(referent, '__reversed__', [])),
}

function defineProxy(type: typeof proxyType, more: object): void {
  defineType(type, () => ({
    slots: {
      ...ownership,
      ...numberSlots(),
      ...unarySlots,
      tp_repr: (self: PyWeakRef): Owned<Value> => {
        const referent = referentOf(self) ?? None
        return `<weakproxy at ${address(self)} to ${referent.type.name} at ${address(referent)}>`
      },
      tp_str: (self: PyWeakRef) => withReferent(self, str),
      tp_getattro: (self: PyWeakRef, name) =>
        withReferent(self, (referent) => referent.type.tp_getattro!(referent, name)),
      tp_setattro: (self: PyWeakRef, name, value) =>
        withReferent(self, (referent) => referent.type.tp_setattro!(referent, name, value)),
      tp_richcompare: (lhs: Value, rhs: Value, op: number) =>
        withBoth(lhs, rhs, (left, right) => richCompare(left, right, op)),
      tp_iter: (self: PyWeakRef): Owned<Value> => withReferent(self, iter),
      tp_iternext: (self: PyWeakRef) =>
        withReferent(self, (referent) => {
          if (referent.type.tp_iternext !== undefined) return next(referent)
          throw typeError(`Weakref proxy referenced a non-iterator '${referent.type.name}' object`)
        }),
      mp_length: (self: PyWeakRef) => withReferent(self, len),
      mp_subscript: (self: Value, key: Value) => withBoth(self, key, getItem),
      mp_ass_subscript: (self: PyWeakRef, key: Value, value: Value | undefined) =>
        withReferent(self, (referent) => setItem(referent, unwrap(key), value)),
      sq_contains: (self: PyWeakRef, value: Value) =>
        withReferent(self, (referent) => contains(referent, unwrap(value))),
      ...more,
    },
    methods: type === proxyType ? proxyMethods : {},
  }))
}
