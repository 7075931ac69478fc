import { drop, dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { getAttr, lookupAttr, lookupSpecial, typeLookup } from './attributes.ts'
import { attributeDict } from './class_instances.ts'
import type { BuiltinData } from './define.ts'
import { runtimeError, systemError, typeError, valueError } from './errors.ts'
import { hasAttributes } from './instance.ts'
import { newDict, newTuple, none } from './make.ts'
import {
  type PyDict,
  PyInstance,
  type PyList,
  type PyObject,
  type PyTuple,
  type PyType,
  TPFLAGS_MANAGED_DICT,
  type Value,
} from './object.ts'
import { call, callMethod } from './protocols.ts'
import { iter } from './sequence_protocol.ts'
import { typeDict } from './type_dict.ts'
import { importHook } from './type_hooks.ts'
import { POINTER } from './type_layout.ts'
import { builtinFunctionType, dictType, isInstanceOf, listType, None, objectType, tupleType, typeOf } from './types.ts'

/*
 * How objects are pickled and copied: `__getstate__`, `__reduce__`, `__reduce_ex__` of `object`.
 */

/** Calls a function of the module `copyreg`. */
function copyreg(name: string, args: readonly Value[]): Owned<Value> {
  const module = importHook.module('copyreg')
  try {
    return callMethod(module, name, args)
  } finally {
    drop(module)
  }
}

/** The names of the slots that a class and its bases add: a list, or None (`_PyType_GetSlotNames`). */
function slotNamesOf(type: PyType): Owned<Value> {
  const cached = typeDict(type).get('__slotnames__')
  if (cached !== undefined) {
    if (cached !== None && !isInstanceOf(cached, listType)) {
      throw typeError(`${type.name}.__slotnames__ should be a list or None, not ${typeOf(cached).name}`)
    }
    return keep(cached)
  }
  const names = copyreg('_slotnames', [type])
  if (names !== None && !isInstanceOf(names, listType)) {
    drop(names)
    throw typeError("copyreg._slotnames didn't return a list or None")
  }
  return names
}

/** The dict of the attributes, owned, or None where it is empty. */
function dictState(self: Value): Owned<Value> {
  if (typeof self !== 'object' || self.type.data.dictoffset === 0) return none()
  if (self.type.tp_dict === undefined) {
    if (!(self instanceof PyInstance) || !hasAttributes(self)) return none()
  }
  const dict = attributeDict(self)
  return dict === null || dict.data.used === 0 ? none() : keep<Value>(dict)
}

/** TypeError where instances hold what neither their dict nor their slots show. */
function checkPicklable(type: PyType, slots: Value): void {
  const { data } = type
  let size = objectType.data.basicsize
  if (data.dictoffset !== 0 && (type.flags & TPFLAGS_MANAGED_DICT) === 0) size += POINTER
  if (data.weaklistoffset !== 0) size += POINTER
  if (slots !== None) size += POINTER * (slots as PyList).data.length
  if (data.basicsize > size) throw typeError(`cannot pickle '${type.name}' object`)
}

/** `object.__getstate__()`; `required` says that nothing but the state can tell what the object holds. */
export function defaultState(self: Value, required: boolean): Owned<Value> {
  const type = typeOf(self)
  if (required && type.data.itemsize !== 0) throw typeError(`cannot pickle ${type.name} objects`)
  const state = dictState(self)
  let slots: Owned<Value> | undefined
  try {
    slots = slotNamesOf(type)
    if (required) checkPicklable(type, slots)
    if (slots === None || (slots as Owned<PyList>).data.length === 0) return keep(state)
    const values = slotValues(self, slots as Owned<PyList>)
    if (values.data.used > 0) return newTuple([keep(state), values as Owned<Value>])
    drop(values)
    return keep(state)
  } finally {
    drop(slots)
    drop(state)
  }
}

function slotValues(self: Value, names: PyList): Owned<PyDict> {
  const values = newDict()
  const count = names.data.length
  try {
    for (let i = 0; i < count; i++) {
      const name = names.data[i] as string
      const value = lookupAttr(self, name)
      if (value !== undefined) values.data.set(name, value)
      if (names.data.length !== count) throw runtimeError('__slotsname__ changed size during iteration')
    }
    return values
  } catch (error) {
    drop(values)
    throw error
  }
}

/** The state of an object by its `__getstate__`. */
function stateOf(self: Value, required: boolean): Owned<Value> {
  const method = getAttr(self, '__getstate__')
  try {
    if (isDefaultGetState(method, self)) return defaultState(self, required)
    return call(method, [])
  } finally {
    drop(method)
  }
}

function isDefaultGetState(method: Value, self: Value): boolean {
  if (typeOf(method) !== builtinFunctionType) return false
  const { data } = method as PyObject<BuiltinData>
  const own = typeLookup(objectType, '__getstate__') as PyObject<BuiltinData>
  return data.self === self && data.def === own.data.def
}

interface NewArguments {
  args: Owned<PyTuple> | null
  kwargs: Owned<PyDict> | null
}

/** What `__new__` is to get when the object is made again, by `__getnewargs_ex__` or `__getnewargs__`. */
function newArguments(self: Value): NewArguments {
  const extended = lookupSpecial(self, '__getnewargs_ex__')
  if (extended !== undefined) return extendedArguments(extended)
  const method = lookupSpecial(self, '__getnewargs__')
  if (method === undefined) return { args: null, kwargs: null }
  const args = callAndDrop(method)
  if (isInstanceOf(args, tupleType)) return { args: args as Owned<PyTuple>, kwargs: null }
  drop(args)
  throw typeError(`__getnewargs__ should return a tuple, not '${typeOf(args).name}'`)
}

function callAndDrop(method: Owned<Value>): Owned<Value> {
  try {
    return call(method, [])
  } finally {
    drop(method)
  }
}

function extendedArguments(method: Owned<Value>): NewArguments {
  const pair = callAndDrop(method)
  try {
    if (!isInstanceOf(pair, tupleType)) {
      throw typeError(`__getnewargs_ex__ should return a tuple, not '${typeOf(pair).name}'`)
    }
    const { data } = pair as Owned<PyTuple>
    if (data.length !== 2) {
      throw valueError(`__getnewargs_ex__ should return a tuple of length 2, not ${data.length}`)
    }
    const [args, kwargs] = data as readonly [Value, Value]
    if (!isInstanceOf(args, tupleType)) {
      const found = typeOf(args).name
      throw typeError(`first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '${found}'`)
    }
    if (!isInstanceOf(kwargs, dictType)) {
      const found = typeOf(kwargs).name
      throw typeError(`second item of the tuple returned by __getnewargs_ex__ must be a dict, not '${found}'`)
    }
    return { args: keep(args as PyTuple), kwargs: keep(kwargs as PyDict) }
  } finally {
    drop(pair)
  }
}

/** The function that makes the object again, and its arguments. */
function constructorOf(self: Value, { args, kwargs }: NewArguments): Owned<Value>[] {
  const module = importHook.module('copyreg')
  try {
    const type = keep<Value>(typeOf(self))
    if (kwargs === null || kwargs.data.used === 0) {
      const given = args === null ? [] : args.data.map((arg) => keep<Value>(arg))
      return [getAttr(module, '__newobj__'), newTuple([type, ...given])]
    }
    if (args === null) throw systemError('bad argument to internal function')
    return [getAttr(module, '__newobj_ex__'), newTuple([type, keep<Value>(args), keep<Value>(kwargs)])]
  } finally {
    drop(module)
  }
}

/** `__reduce_ex__` of protocol 2 and above (`reduce_newobj`). */
function reduceNewObject(self: Value): Owned<Value> {
  const type = typeOf(self)
  if (type.tp_new === undefined) throw typeError(`cannot pickle '${type.name}' object`)
  const given = newArguments(self)
  const parts: Owned<Value>[] = []
  const isList = isInstanceOf(self, listType)
  const isDict = isInstanceOf(self, dictType)
  try {
    parts.push(...constructorOf(self, given))
    parts.push(stateOf(self, !(given.args !== null || isList || isDict)))
    parts.push(isList ? (iter(self) as Owned<Value>) : none())
    parts.push(isDict ? itemsIterator(self) : none())
  } catch (error) {
    dropAll(parts)
    throw error
  } finally {
    drop(given.args)
    drop(given.kwargs)
  }
  return newTuple(parts)
}

function itemsIterator(self: Value): Owned<Value> {
  const items = callMethod(self, 'items', [])
  try {
    return iter(items) as Owned<Value>
  } finally {
    drop(items)
  }
}

/** `object.__reduce__` of a protocol. */
export function commonReduce(self: Value, protocol: number): Owned<Value> {
  return protocol >= 2 ? reduceNewObject(self) : copyreg('_reduce_ex', [self, protocol])
}

/** `object.__reduce_ex__`: calls `__reduce__` where the class has one of its own. */
export function reduceEx(self: Value, protocol: number): Owned<Value> {
  const reduce = lookupAttr(self, '__reduce__')
  if (reduce !== undefined) {
    try {
      const ofClass = getAttr(typeOf(self), '__reduce__')
      const overridden = ofClass !== typeLookup(objectType, '__reduce__')
      drop(ofClass)
      if (overridden) return call(reduce, [])
    } finally {
      drop(reduce)
    }
  }
  return commonReduce(self, protocol)
}
