import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import { getAttr, lookupAttr, lookupSpecial, setAttr } from '../../objects/attributes.ts'
import { typeError } from '../../objects/errors.ts'
import { idOf } from '../../objects/ids.ts'
import type { PyStr, Value } from '../../objects/object.ts'
import { call, callMethod } from '../../objects/protocols.ts'
import { toList } from '../../objects/sequence_protocol.ts'
import { dictType, typeOf } from '../../objects/types.ts'
import { audit } from '../../vm/audit.ts'
import { machine } from '../../vm/frame.ts'
import { frameLocals } from '../../vm/frame_locals.ts'

/** A name of an attribute, or TypeError. */
function attributeName(name: Value): PyStr {
  if (asStr(name) === undefined) throw typeError(`attribute name must be string, not '${typeOf(name).name}'`)
  return name as PyStr
}

/** `getattr(object, name[, default])`. */
export function getAttribute(object: Value, name: Value, otherwise: Value | undefined): Owned<Value> {
  const key = attributeName(name)
  if (otherwise === undefined) return getAttr(object, key)
  return lookupAttr(object, key) ?? keep(otherwise)
}

/** `hasattr(obj, name)`. */
export function hasAttribute(object: Value, name: Value): boolean {
  const value = lookupAttr(object, attributeName(name))
  drop(value)
  return value !== undefined
}

/** `setattr(obj, name, value)`; `delattr` where `value` is `undefined`. */
export function setAttribute(object: Value, name: Value, value: Value | undefined): void {
  setAttr(object, attributeName(name), value)
}

/** `id(obj)`. */
export function identity(object: Value): number {
  const id = idOf(object)
  audit('builtins.id', id)
  return id
}

function currentLocals(): Value {
  if (machine.frame === null) throw typeError('locals() outside of all frames')
  return frameLocals(machine.frame)
}

/** `locals()`. */
export function locals(): Owned<Value> {
  return keep(currentLocals())
}

/** `vars([object])`. */
export function vars(object: Value | undefined): Owned<Value> {
  if (object === undefined) return locals()
  const dict = lookupAttr(object, '__dict__')
  if (dict === undefined) throw typeError('vars() argument must have __dict__ attribute')
  return dict
}

/** The names of the running scope, in a list. */
function scopeNames(): Owned<Value> {
  const namespace = currentLocals()
  if (typeOf(namespace) === dictType) return toList(namespace)
  const keys = callMethod(namespace, 'keys', [])
  try {
    return toList(keys)
  } finally {
    drop(keys)
  }
}

function namesOf(object: Value): Owned<Value> {
  const method = lookupSpecial(object, '__dir__')
  if (method === undefined) throw typeError('object does not provide __dir__')
  let names: Owned<Value>
  try {
    names = call(method, [])
  } finally {
    drop(method)
  }
  try {
    return toList(names)
  } finally {
    drop(names)
  }
}

/** `dir([object])`: a sorted list. */
export function dir(object: Value | undefined): Owned<Value> {
  const names = object === undefined ? scopeNames() : namesOf(object)
  try {
    drop(callMethod(names, 'sort', []))
  } catch (error) {
    drop(names)
    throw error
  }
  return names
}
