import type { Str } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr, concatStr } from '../../objects/access.ts'
import { getAttr } from '../../objects/attributes.ts'
import { DictTable } from '../../objects/dict_table.ts'
import { typeError } from '../../objects/errors.ts'
import { formatValue } from '../../objects/format.ts'
import { newDict, newList, newSet, newStr, newTuple, none } from '../../objects/make.ts'
import type { PyDict, PyList, PySet, PyTuple, Value } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { forEach, toArray } from '../../objects/sequence_protocol.ts'
import { SetTable } from '../../objects/set_table.ts'
import { newSlice } from '../../objects/slice.ts'
import { dictType, isInstanceOf, typeOf } from '../../objects/types.ts'
import type { Frame } from '../frame.ts'
import { mergeInto } from '../keywords.ts'

/*
 * Opcodes that build containers. They move what stands on the stack into the container. Each gives the new height of the
 * stack; where one throws, the stack is as it was.
 */

function take(frame: Frame, sp: number, count: number): Owned<Value>[] {
  return frame.stack.slice(sp - count, sp) as Owned<Value>[]
}

export function BUILD_TUPLE(frame: Frame, sp: number, arg: number): number {
  frame.stack[sp - arg] = newTuple(take(frame, sp, arg))
  return sp - arg + 1
}

export function BUILD_LIST(frame: Frame, sp: number, arg: number): number {
  frame.stack[sp - arg] = newList(take(frame, sp, arg))
  return sp - arg + 1
}

export function BUILD_SET(frame: Frame, sp: number, arg: number): number {
  const table = new SetTable()
  try {
    for (let i = sp - arg; i < sp; i++) table.add(frame.stack[i]!)
  } catch (error) {
    table.clear()
    throw error
  }
  for (let i = sp - arg; i < sp; i++) drop(frame.stack[i])
  frame.stack[sp - arg] = newSet(table)
  return sp - arg + 1
}

export function BUILD_MAP(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  const table = new DictTable()
  const base = sp - 2 * arg
  try {
    for (let i = base; i < sp; i += 2) table.set(stack[i]!, keep<Value>(stack[i + 1]!))
  } catch (error) {
    table.clear()
    throw error
  }
  for (let i = base; i < sp; i++) drop(stack[i])
  stack[base] = newDict(table)
  return base + 1
}

export function BUILD_CONST_KEY_MAP(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  const keys = (stack[sp - 1] as PyTuple).data
  const table = new DictTable()
  const base = sp - 1 - arg
  for (let i = 0; i < arg; i++) table.set(keys[i]!, stack[base + i]!)
  drop(stack[sp - 1])
  stack[base] = newDict(table)
  return base + 1
}

export function BUILD_STRING(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  const base = sp - arg
  let text: Str = ''
  for (let i = base; i < sp; i++) text = concatStr(text, asStr(stack[i]!)!)
  for (let i = base; i < sp; i++) drop(stack[i])
  stack[base] = newStr(text)
  return base + 1
}

export function BUILD_SLICE(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  const base = sp - arg
  stack[base] = newSlice(stack[base]!, stack[base + 1]!, arg === 3 ? stack[base + 2]! : none())
  return base + 1
}

export function FORMAT_VALUE(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  const base = (arg & 4) !== 0 ? sp - 2 : sp - 1
  const text = formatValue(stack[base]!, (arg & 4) !== 0 ? stack[sp - 1]! : '', arg)
  for (let i = base; i < sp; i++) drop(stack[i])
  stack[base] = text
  return base + 1
}

export function LIST_APPEND(frame: Frame, sp: number, arg: number): number {
  const list = frame.stack[sp - 1 - arg] as PyList
  list.data.push(frame.stack[sp - 1]!)
  return sp - 1
}

export function SET_ADD(frame: Frame, sp: number, arg: number): number {
  const set = frame.stack[sp - 1 - arg] as PySet
  set.data.add(frame.stack[sp - 1]!)
  drop(frame.stack[sp - 1])
  return sp - 1
}

export function MAP_ADD(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  const dict = stack[sp - 2 - arg] as PyDict
  dict.data.set(stack[sp - 2]!, keep<Value>(stack[sp - 1]!))
  drop(stack[sp - 2])
  drop(stack[sp - 1])
  return sp - 2
}

export function LIST_EXTEND(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  const list = stack[sp - 1 - arg] as PyList
  const iterable = stack[sp - 1]!
  const type = typeOf(iterable)
  if (type.tp_iter === undefined && type.sq_item === undefined) {
    throw typeError(`Value after * must be an iterable, not ${type.name}`)
  }
  for (const item of toArray(iterable)) list.data.push(item)
  drop(iterable)
  return sp - 1
}

export function SET_UPDATE(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  const { data } = stack[sp - 1 - arg] as PySet
  const iterable = stack[sp - 1]!
  forEach(iterable, (item) => void data.add(item))
  drop(iterable)
  return sp - 1
}

export function DICT_UPDATE(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  const dict = stack[sp - 1 - arg] as PyDict
  const mapping = stack[sp - 1]!
  if (isInstanceOf(mapping, dictType)) {
    const table = (mapping as PyDict).data
    for (let i = table.next(0); i >= 0; i = table.next(i + 1)) {
      dict.data.set(table.keys[i]!, keep<Value>(table.values[i]!))
    }
  } else {
    if (getKeys(mapping) === undefined) throw typeError(`'${typeOf(mapping).name}' object is not a mapping`)
    const update = getAttr(dict, 'update')
    try {
      drop(call(update, [mapping]))
    } finally {
      drop(update)
    }
  }
  drop(mapping)
  return sp - 1
}

function getKeys(mapping: Value): true | undefined {
  const keys = typeOf(mapping).tp_getattro!(mapping, 'keys')
  drop(keys)
  return keys === undefined ? undefined : true
}

export function DICT_MERGE(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  const dict = stack[sp - 1 - arg] as PyDict
  const mapping = stack[sp - 1]!
  const callable = stack[sp - 1 - arg - 2]!
  mergeInto(callable, dict, mapping)
  drop(mapping)
  return sp - 1
}
