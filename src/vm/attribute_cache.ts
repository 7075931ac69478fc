import { LOAD_ATTR, LOAD_METHOD, STORE_ATTR } from '../bytecode/opcodes.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { genericGetAttr, genericSetAttr, getAttr, hasInstanceDict, setAttr, typeLookup } from '../objects/attributes.ts'
import type { GetSetData } from '../objects/define.ts'
import { dictShape, getSlot } from '../objects/instance.ts'
import { PyInstance, type PyStr, type PyType, TPFLAGS_METHOD_DESCRIPTOR, type Value } from '../objects/object.ts'
import { isSubtype, memberDescriptorType, typeOf } from '../objects/types.ts'
import * as fast from './fast_opcodes.ts'
import type { Frame } from './frame.ts'

/*
 * Inline caches of attribute instructions: an instruction that met an attribute in a slot, or a method of the class, is
 * rewritten to an opcode that checks the version of the type and the shape of the instance and goes straight there.
 */

function setOpcode({ run }: Frame, at: number, opcode: number): void {
  run.words[at] = (run.words[at]! & ~255) | opcode
}

function rewrite(
  frame: Frame,
  at: number,
  opcode: number,
  version: number,
  index: number,
  shape: unknown,
  value: unknown,
): void {
  frame.run.caches[at] = { version, otherVersion: -1, index, shape, value }
  setOpcode(frame, at, opcode)
}

/** Whether a class attribute comes before one of the instance. */
function isDataDescriptor(attribute: Value | undefined): boolean {
  return typeof attribute === 'object' && attribute.type.tp_descr_set !== undefined
}

/** The place of an attribute that `__slots__` names, or -1. */
function memberSlot(attribute: Value | undefined, type: PyType): number {
  if (typeof attribute !== 'object' || attribute.type !== memberDescriptorType) return -1
  const { slot, type: owner } = attribute.data as GetSetData
  return slot !== undefined && isSubtype(type, owner) ? slot : -1
}

/** `owner.name`, owned. */
export function loadAttr(frame: Frame, owner: Value, at: number, arg: number): Owned<Value> {
  const name = frame.code.names[arg]!
  if (owner instanceof PyInstance && owner.type.tp_getattro === genericGetAttr && typeof name === 'string') {
    const { shape, type } = owner
    const attribute = typeLookup(type, name)
    const own = shape === dictShape ? -1 : shape.find(name)
    const slot = own >= 0 && !isDataDescriptor(attribute) ? own : memberSlot(attribute, type)
    const value = slot < 0 ? undefined : getSlot(owner, slot)
    if (value !== undefined) {
      rewrite(frame, at, fast.LOAD_ATTR_SLOT, type.version, slot, shape, null)
      return keep<Value>(value)
    }
  }
  setOpcode(frame, at, LOAD_ATTR)
  return getAttr(owner, name)
}

/** `owner.name = value`; all borrowed. */
export function storeAttr(frame: Frame, owner: Value, at: number, arg: number, value: Value): void {
  const name = frame.code.names[arg]!
  if (owner instanceof PyInstance && owner.type.tp_setattro === genericSetAttr && typeof name === 'string') {
    const { shape, type } = owner
    const attribute = typeLookup(type, name)
    const member = memberSlot(attribute, type)
    if (member >= 0) {
      rewrite(frame, at, fast.STORE_ATTR_SLOT, type.version, member, shape, null)
      setAttr(owner, name, value)
      return
    }
    if (shape !== dictShape && hasInstanceDict(type) && !isDataDescriptor(attribute)) {
      const slot = shape.find(name)
      const next = slot < 0 ? shape.with(name) : null
      if (slot >= 0) rewrite(frame, at, fast.STORE_ATTR_SLOT, type.version, slot, shape, null)
      else if (next !== null) rewrite(frame, at, fast.STORE_ATTR_SLOT, type.version, shape.size, shape, next)
      else setOpcode(frame, at, STORE_ATTR)
      setAttr(owner, name, value)
      return
    }
  }
  setOpcode(frame, at, STORE_ATTR)
  setAttr(owner, name, value)
}

/**
 * Replaces the owner on top of the stack by a function of its class and itself, or by NULL and the attribute. The caller
 * raises the stack by one.
 */
export function loadMethod(frame: Frame, sp: number, at: number, arg: number): void {
  const { stack } = frame
  const owner = stack[sp - 1] as Owned<Value>
  const name = frame.code.names[arg]!
  const type = typeOf(owner)
  const method = type.tp_getattro === genericGetAttr ? classMethod(owner, type, name) : undefined
  if (method !== undefined) {
    if (typeof owner === 'object' && typeof name === 'string') {
      const shape = owner instanceof PyInstance && owner.shape !== undefined ? owner.shape : null
      if (cacheable(owner, type)) rewrite(frame, at, fast.LOAD_METHOD_CLASS, type.version, 0, shape, method)
      else setOpcode(frame, at, LOAD_METHOD)
    }
    stack[sp - 1] = keep(method)
    stack[sp] = owner
    return
  }
  setOpcode(frame, at, LOAD_METHOD)
  const value = getAttr(owner, name)
  stack[sp - 1] = undefined
  stack[sp] = value
  drop(owner)
}

/** Whether the shape, or the type alone, tells that the object has no attribute of its own under the name. */
function cacheable(owner: Value, type: PyType): boolean {
  if (type.tp_dict !== undefined) return false
  return !(owner instanceof PyInstance) || owner.shape !== dictShape || !hasInstanceDict(type)
}

/** The function of a class that `owner.name` would bind, borrowed. */
function classMethod(owner: Value, type: PyType, name: PyStr): Value | undefined {
  const attribute = typeLookup(type, name)
  if (typeof attribute !== 'object' || (attribute.type.flags & TPFLAGS_METHOD_DESCRIPTOR) === 0) return undefined
  if (owner instanceof PyInstance && type.tp_dict === undefined) {
    const dict = owner.extra === null ? null : owner.extra.dict
    if (dict !== null) return dict.data.has(name) ? undefined : attribute
    return typeof name === 'string' && owner.shape.find(name) >= 0 ? undefined : attribute
  }
  if (typeof owner === 'object' && type.tp_dict !== undefined) {
    const dict = type.tp_dict(owner, false)
    if (dict?.data.has(name)) return undefined
  }
  return attribute
}
