import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt } from './access.ts'
import { toIndexSized } from './arguments.ts'
import { lookupAttr, typeLookup } from './attributes.ts'
import { attributeError, isException, newException, toException, typeError, valueError } from './errors.ts'
import { PyExc_AttributeError, PyExc_StopIteration } from './exception_types.ts'
import { reduceHash } from './hash_number.ts'
import { toIndex } from './number_protocol.ts'
import {
  type KeywordNames,
  type PyObject,
  type PyStr,
  type PyType,
  TPFLAGS_METHOD_DESCRIPTOR,
  type Value,
} from './object.ts'
import { call, isTrue } from './protocols.ts'
import type { SlotName, SlotRow } from './slot_rows.ts'
import { rowsBySlot } from './slot_rows.ts'
import { thread } from './thread.ts'
import { isSubtype, None, NotImplemented, typeOf } from './types.ts'
import { unraisable } from './unraisable.ts'

/*
 * From a special method written in Python to the slot that calls it (CPython's `slot_…` functions).
 */

/** Calls a special method that the type has; `undefined` where it has none. */
export function callSpecialIfAny(self: Value, name: string, args: readonly Value[]): Owned<Value> | undefined {
  const type = typeOf(self)
  const method = typeLookup(type, name)
  if (method === undefined) return undefined
  if (typeof method === 'object') {
    if ((method.type.flags & TPFLAGS_METHOD_DESCRIPTOR) !== 0) return callKept(method, [self, ...args], null)
    const get = method.type.tp_descr_get
    if (get !== undefined) {
      const bound = get(method, self, type)
      try {
        return call(bound, args)
      } finally {
        drop(bound)
      }
    }
  }
  return callKept(method, args, null)
}

/** Calls something borrowed from a dict that the call may change. */
function callKept(callable: Value, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  keep(callable)
  try {
    return call(callable, args, kwnames)
  } finally {
    drop(callable)
  }
}

/** Calls a special method; AttributeError where the type has none. */
export function callSpecial(self: Value, name: string, args: readonly Value[]): Owned<Value> {
  const result = callSpecialIfAny(self, name, args)
  if (result === undefined) throw newException(PyExc_AttributeError, [name])
  return result
}

function callSpecialWith(self: Value, name: string, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const type = typeOf(self)
  const method = typeLookup(type, name)
  if (method === undefined) throw newException(PyExc_AttributeError, [name])
  if (typeof method === 'object') {
    if ((method.type.flags & TPFLAGS_METHOD_DESCRIPTOR) !== 0) return callKept(method, [self, ...args], kwnames)
    const get = method.type.tp_descr_get
    if (get !== undefined) {
      const bound = get(method, self, type)
      try {
        return call(bound, args, kwnames)
      } finally {
        drop(bound)
      }
    }
  }
  return callKept(method, args, kwnames)
}

const notImplemented = NotImplemented as Owned<Value>

/** `lhs <op> rhs` by `__op__` and `__rop__` (CPython's `SLOT1BIN`). */
function binary(name: string, reflectedName: string, slot: SlotName): (lhs: Value, rhs: Value) => Owned<Value> {
  const self = (lhs: Value, rhs: Value): Owned<Value> => {
    const left = typeOf(lhs)
    const right = typeOf(rhs)
    let reflected = left !== right && (right[slot] as unknown) === self
    if ((left[slot] as unknown) === self) {
      if (reflected && isSubtype(right, left) && overrides(left, right, reflectedName)) {
        const result = callSpecialIfAny(rhs, reflectedName, [lhs]) ?? notImplemented
        if (result !== NotImplemented) return result
        reflected = false
      }
      const result = callSpecialIfAny(lhs, name, [rhs]) ?? notImplemented
      if (result !== NotImplemented || left === right) return result
    }
    return reflected ? (callSpecialIfAny(rhs, reflectedName, [lhs]) ?? notImplemented) : notImplemented
  }
  return self
}

/** Whether the subclass on the right has a reflected method of its own. */
function overrides(left: PyType, right: PyType, name: string): boolean {
  const theirs = typeLookup(right, name)
  return theirs !== undefined && theirs !== typeLookup(left, name)
}

function power(base: Value, exponent: Value, modulus: Value): Owned<Value> {
  if (modulus === None) return binaryPower(base, exponent)
  if ((typeOf(base).nb_power as unknown) === power) return callSpecial(base, '__pow__', [exponent, modulus])
  return notImplemented
}

const binaryPower = (() => {
  const plain = (lhs: Value, rhs: Value): Owned<Value> => {
    const left = typeOf(lhs)
    const right = typeOf(rhs)
    let reflected = left !== right && (right.nb_power as unknown) === power
    if ((left.nb_power as unknown) === power) {
      if (reflected && isSubtype(right, left) && overrides(left, right, '__rpow__')) {
        const result = callSpecialIfAny(rhs, '__rpow__', [lhs]) ?? notImplemented
        if (result !== NotImplemented) return result
        reflected = false
      }
      const result = callSpecialIfAny(lhs, '__pow__', [rhs]) ?? notImplemented
      if (result !== NotImplemented || left === right) return result
    }
    return reflected ? (callSpecialIfAny(rhs, '__rpow__', [lhs]) ?? notImplemented) : notImplemented
  }
  return plain
})()

const compareNames = ['__lt__', '__le__', '__eq__', '__ne__', '__gt__', '__ge__']

/** As `slot_tp_richcompare`: what goes wrong when the method is looked up counts as not having it. */
function compare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  const type = typeOf(lhs)
  const method = typeLookup(type, compareNames[op]!)
  if (method === undefined) return notImplemented
  if (typeof method !== 'object') return call(method, [rhs])
  if ((method.type.flags & TPFLAGS_METHOD_DESCRIPTOR) !== 0) return callKept(method, [lhs, rhs], null)
  const get = method.type.tp_descr_get
  if (get === undefined) return callKept(method, [rhs], null)
  let bound: Owned<Value>
  try {
    bound = get(method, lhs, type)
  } catch (error) {
    drop(toException(error))
    return notImplemented
  }
  try {
    return call(bound, [rhs])
  } finally {
    drop(bound)
  }
}

function length(self: Value): number {
  const result = callSpecial(self, '__len__', [])
  try {
    const number = asInt(result)
    if (number === undefined && typeOf(result).nb_index === undefined) {
      throw typeError(`'${typeOf(result).name}' object cannot be interpreted as an integer`)
    }
    const length = number ?? toIndex(result)
    if (length < 0) throw valueError('__len__() should return >= 0')
    // Beyond what a `number` counts exactly, the `bigint` is what the program must see as `len`.
    return typeof length === 'number' || length >= 2n ** 63n ? toIndexSized(result) : (length as unknown as number)
  } finally {
    drop(result)
  }
}

function hashSlot(self: Value): number | bigint {
  const method = typeLookup(typeOf(self), '__hash__')
  if (method === undefined || method === None) return hashNotImplemented(self)
  const result = callSpecial(self, '__hash__', [])
  const number = asInt(result)
  drop(result)
  if (number === undefined) throw typeError('__hash__ method should return an integer')
  return reduceHash(number)
}

/** The hash slot of types that set `__hash__ = None`. */
export function hashNotImplemented(self: Value): never {
  throw typeError(`unhashable type: '${typeOf(self).name}'`)
}

function bool(self: Value): boolean {
  const result = callSpecialIfAny(self, '__bool__', [])
  if (result === undefined) {
    return typeLookup(typeOf(self), '__len__') === undefined ? true : length(self) > 0
  }
  if (typeof result === 'boolean') return result
  const { name } = typeOf(result)
  drop(result)
  throw typeError(`__bool__ should return bool, returned ${name}`)
}

function iternext(self: PyObject): Owned<Value> | undefined {
  try {
    return callSpecial(self, '__next__', [])
  } catch (error) {
    if (!isException(error, PyExc_StopIteration)) throw error
    const value = error.data.fields?.['value']
    if (value !== undefined && value !== None) thread.returned = keep<Value>(value)
    drop(error)
    return undefined
  }
}

function iterate(self: Value): Owned<Value> {
  const method = typeLookup(typeOf(self), '__iter__')
  if (method === None) throw typeError(`'${typeOf(self).name}' object is not iterable`)
  return callSpecial(self, '__iter__', [])
}

function contains(self: Value, value: Value): boolean {
  const method = typeLookup(typeOf(self), '__contains__')
  if (method === None) throw typeError(`'${typeOf(self).name}' object is not a container`)
  const result = callSpecial(self, '__contains__', [value])
  const truth = isTrue(result)
  drop(result)
  return truth
}

/** `__getattribute__` alone, or with `__getattr__` for what it does not find (`slot_tp_getattr_hook`). */
function getattribute(self: Value, name: PyStr): Owned<Value> | undefined {
  const type = typeOf(self)
  const hook = typeLookup(type, '__getattr__')
  let found: Owned<Value> | undefined
  const own = typeLookup(type, '__getattribute__')
  const wrapped = wrappedGetattribute(own)
  if (wrapped !== undefined && hook === undefined) return wrapped(self, name)
  try {
    found = wrapped === undefined ? callSpecial(self, '__getattribute__', [name]) : wrapped(self, name)
  } catch (error) {
    if (hook === undefined || !isException(error, PyExc_AttributeError)) throw error
    drop(error)
  }
  return found ?? (hook === undefined ? undefined : callSpecial(self, '__getattr__', [name]))
}

type GetAttr = (self: Value, name: PyStr) => Owned<Value> | undefined

/** The slot behind a builtin `__getattribute__`, so that a missing attribute costs no exception. */
function wrappedGetattribute(method: Value | undefined): GetAttr | undefined {
  if (typeof method !== 'object' || method.type.name !== 'wrapper_descriptor') return undefined
  return (method.data as { fn: GetAttr }).fn
}

function setattr(self: Value, name: PyStr, value: Value | undefined): void {
  drop(value === undefined ? callSpecial(self, '__delattr__', [name]) : callSpecial(self, '__setattr__', [name, value]))
}

function descrGet(self: PyObject, instance: Value | undefined, owner: PyType | undefined): Owned<Value> {
  const result = callSpecialIfAny(self, '__get__', [instance ?? None, owner ?? None])
  return result ?? keep<Value>(self)
}

function descrSet(self: PyObject, instance: Value, value: Value | undefined): void {
  const args = value === undefined ? [instance] : [instance, value]
  drop(callSpecial(self, value === undefined ? '__delete__' : '__set__', args))
}

function assSubscript(self: Value, key: Value, value: Value | undefined): void {
  drop(value === undefined ? callSpecial(self, '__delitem__', [key]) : callSpecial(self, '__setitem__', [key, value]))
}

function initialize(self: Value, args: readonly Value[], kwnames: KeywordNames): void {
  const result = callSpecialWith(self, '__init__', args, kwnames)
  if (result !== None) {
    const { name } = typeOf(result)
    drop(result)
    throw typeError(`__init__() should return None, not '${name}'`)
  }
  drop(result)
}

function create(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const method = lookupAttr(type, '__new__')
  if (method === undefined) throw attributeError(type, '__new__')
  try {
    return call(method, [type, ...args], kwnames)
  } finally {
    drop(method)
  }
}

function finalize(self: PyObject): void {
  try {
    const result = callSpecialIfAny(self, '__del__', [])
    if (result !== undefined) drop(result)
  } catch (error) {
    const method = typeLookup(self.type, '__del__')
    unraisable(error, method)
  }
}

const operatorSlots = new Map<SlotName, unknown>()

/** The slot function that calls the special methods of these rows. */
export function slotFunction(slot: SlotName): unknown {
  let fn = operatorSlots.get(slot)
  if (fn === undefined) operatorSlots.set(slot, (fn = makeSlot(slot)))
  return fn
}

const special: Partial<Record<SlotName, unknown>> = {
  tp_getattro: getattribute,
  tp_setattro: setattr,
  tp_hash: hashSlot,
  tp_call: (self: Value, args: readonly Value[], kwnames: KeywordNames) =>
    callSpecialWith(self, '__call__', args, kwnames),
  tp_richcompare: compare,
  tp_iter: iterate,
  tp_iternext: iternext,
  tp_descr_get: descrGet,
  tp_descr_set: descrSet,
  tp_init: initialize,
  tp_new: create,
  tp_finalize: finalize,
  nb_power: power,
  nb_bool: bool,
  mp_length: length,
  sq_length: length,
  mp_subscript: (self: Value, key: Value) => callSpecial(self, '__getitem__', [key]),
  mp_ass_subscript: assSubscript,
  sq_item: (self: Value, index: number) => callSpecial(self, '__getitem__', [index]),
  sq_ass_item: assSubscript,
  sq_contains: contains,
}

/** Slots that only builtin types fill: a Python class reaches them through the number slots. */
const builtinOnly: ReadonlySet<SlotName> = new Set<SlotName>([
  'sq_concat',
  'sq_repeat',
  'sq_inplace_concat',
  'sq_inplace_repeat',
])

function makeSlot(slot: SlotName): unknown {
  if (builtinOnly.has(slot)) return undefined
  if (special[slot] !== undefined) return special[slot]
  const rows = rowsBySlot.get(slot)!
  const [first] = rows as [SlotRow]
  if (first.kind === 'binaryLeft') return binary(first.name, rows[1]!.name, slot)
  if (first.kind === 'inplace') {
    return (lhs: Value, rhs: Value) => callSpecialIfAny(lhs, first.name, [rhs]) ?? notImplemented
  }
  return (self: Value) => callSpecial(self, first.name, [])
}
