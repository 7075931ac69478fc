import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { getAttr, lookupAttr } from '../../objects/attributes.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import { isInstance } from '../../objects/instance_check.ts'
import { newTuple, none } from '../../objects/make.ts'
import {
  newObject,
  type PyStr,
  type PyTuple,
  type PyType,
  TPFLAGS_MAPPING,
  TPFLAGS_MATCH_SELF,
  TPFLAGS_SEQUENCE,
  TPFLAGS_TYPE_SUBCLASS,
  type Value,
} from '../../objects/object.ts'
import { call, shown } from '../../objects/protocols.ts'
import { SetTable } from '../../objects/set_table.ts'
import { objectType, strType, tupleType, typeOf } from '../../objects/types.ts'
import type { Frame } from '../frame.ts'

function pushFlag(frame: Frame, sp: number, flag: number): number {
  frame.stack[sp] = (typeOf(frame.stack[sp - 1]!).flags & flag) !== 0
  return sp + 1
}

export function MATCH_MAPPING(frame: Frame, sp: number): number {
  return pushFlag(frame, sp, TPFLAGS_MAPPING)
}

export function MATCH_SEQUENCE(frame: Frame, sp: number): number {
  return pushFlag(frame, sp, TPFLAGS_SEQUENCE)
}

/** The values of a mapping under these keys, or `undefined` where one is missing. */
function matchKeys(mapping: Value, keys: readonly Value[]): Owned<PyTuple> | undefined {
  if (keys.length === 0) return newTuple([])
  const get = getAttr(mapping, 'get')
  const seen = new SetTable()
  const dummy = newObject(objectType, undefined)
  const values: Owned<Value>[] = []
  let complete = false
  try {
    for (const key of keys) {
      if (!seen.add(key)) throw valueError(`mapping pattern checks duplicate key (${shown(key)})`)
      const value = call(get, [key, dummy])
      if (value === (dummy as Value)) {
        drop(value)
        return undefined
      }
      values.push(value)
    }
    complete = true
    return newTuple(values)
  } finally {
    if (!complete) for (const value of values) drop(value)
    seen.clear()
    drop(dummy)
    drop(get)
  }
}

export function MATCH_KEYS(frame: Frame, sp: number): number {
  const { stack } = frame
  stack[sp] = matchKeys(stack[sp - 2]!, (stack[sp - 1] as Owned<PyTuple>).data) ?? none()
  return sp + 1
}

/** Attributes of a class pattern that were matched so far: none may come twice. */
interface Seen {
  readonly type: PyType
  readonly names: PyStr[]
}

/** An attribute for a sub-pattern, owned; `undefined` where the subject has none. */
function attributeFor(subject: Value, { type, names }: Seen, name: PyStr): Owned<Value> | undefined {
  if (names.includes(name)) {
    throw typeError(`${type.name}() got multiple sub-patterns for attribute ${shown(name)}`)
  }
  names.push(name)
  return lookupAttr(subject, name)
}

/** The names that positional sub-patterns stand for, owned; `undefined` where the subject itself is meant. */
function matchArgs(type: PyType): Owned<PyTuple> | undefined {
  const names = lookupAttr(type, '__match_args__')
  if (names === undefined) return (type.flags & TPFLAGS_MATCH_SELF) !== 0 ? undefined : newTuple([])
  if (typeOf(names) === tupleType) return names as Owned<PyTuple>
  const found = typeOf(names).name
  drop(names)
  throw typeError(`${type.name}.__match_args__ must be a tuple (got ${found})`)
}

/** Adds the attributes of positional sub-patterns; false where one is missing. */
function positional(subject: Value, seen: Seen, count: number, attributes: Owned<Value>[]): boolean {
  const { type } = seen
  const names = matchArgs(type)
  try {
    const allowed = names === undefined ? 1 : names.data.length
    if (allowed < count) {
      const s = allowed === 1 ? '' : 's'
      throw typeError(`${type.name}() accepts ${allowed} positional sub-pattern${s} (${count} given)`)
    }
    if (names === undefined) {
      attributes.push(keep(subject))
      return true
    }
    for (let i = 0; i < count; i++) {
      const name = names.data[i]!
      if (typeOf(name) !== strType) {
        throw typeError(`__match_args__ elements must be strings (got ${typeOf(name).name})`)
      }
      const value = attributeFor(subject, seen, name as PyStr)
      if (value === undefined) return false
      attributes.push(value)
    }
    return true
  } finally {
    drop(names)
  }
}

function matchClass(subject: Value, type: Value, count: number, names: readonly Value[]): Owned<PyTuple> | undefined {
  if (typeof type !== 'object' || (type.type.flags & TPFLAGS_TYPE_SUBCLASS) === 0) {
    throw typeError('called match pattern must be a type')
  }
  if (!isInstance(subject, type)) return undefined
  const attributes: Owned<Value>[] = []
  const seen: Seen = { type: type as PyType, names: [] }
  let complete = false
  try {
    if (count > 0 && !positional(subject, seen, count, attributes)) return undefined
    for (const name of names) {
      const value = attributeFor(subject, seen, name as PyStr)
      if (value === undefined) return undefined
      attributes.push(value)
    }
    complete = true
    return newTuple(attributes)
  } finally {
    if (!complete) for (const value of attributes) drop(value)
  }
}

export function MATCH_CLASS(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  const [subject, type, names] = [stack[sp - 3]!, stack[sp - 2]!, stack[sp - 1] as Owned<PyTuple>]
  stack[sp - 3] = matchClass(subject, type, arg, names.data) ?? none()
  drop(names)
  drop(type)
  drop(subject)
  return sp - 2
}
