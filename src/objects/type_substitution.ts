import { strToUtf16 } from '../base/values.ts'
import { drop, dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { lookupAttr } from './attributes.ts'
import { typeError } from './errors.ts'
import { newTuple } from './make.ts'
import type { PyTuple, Value } from './object.ts'
import { call, isTrue, shown, strText } from './protocols.ts'
import { getItem } from './sequence_protocol.ts'
import { Ellipsis, isInstanceOf, isType, None, tupleType, typeOf } from './types.ts'

/*
 * Type variables in `list[T]` and `T | int`: which there are, and what stands for them (genericaliasobject.c).
 */

/** `__args__` of an unpacked tuple such as `*tuple[int, str]`, owned. */
function unpackedTupleArgs(value: Value): Owned<Value> | undefined {
  const args = lookupAttr(value, '__typing_unpacked_tuple_args__')
  if (args !== None) return args
  drop(args)
  return undefined
}

/** The type variables in the arguments of a generic type, each once: an owned tuple (`_Py_make_parameters`). */
export function parametersOf(args: PyTuple): Owned<PyTuple> {
  const found: Owned<Value>[] = []
  const add = (value: Value) => {
    if (!found.includes(value as Owned<Value>)) found.push(keep(value))
  }
  for (const arg of args.data) {
    if (isType(arg)) continue
    const substitute = lookupAttr(arg, '__typing_subst__')
    if (substitute !== undefined) {
      drop(substitute)
      add(arg)
      continue
    }
    const inner = lookupAttr(arg, '__parameters__')
    if (inner === undefined) continue
    if (isInstanceOf(inner, tupleType)) for (const each of (inner as Owned<PyTuple>).data) add(each)
    drop(inner)
  }
  return newTuple(found)
}

/** The arguments of a subscription with unpacked tuples of known length spread out: an owned tuple. */
function spreadArguments(item: Value): Owned<PyTuple> {
  const given: readonly Value[] = isInstanceOf(item, tupleType) ? (item as PyTuple).data : [item]
  const out: Owned<Value>[] = []
  for (const each of given) {
    const inner = isType(each) ? undefined : unpackedTupleArgs(each)
    if (inner !== undefined) {
      const args = isInstanceOf(inner, tupleType) ? (inner as Owned<PyTuple>).data : undefined
      if (args !== undefined && args[args.length - 1] !== Ellipsis) {
        for (const arg of args) out.push(keep<Value>(arg))
        drop(inner)
        continue
      }
      drop(inner)
    }
    out.push(keep(each))
  }
  return newTuple(out)
}

/** Lets each type variable look at, and change, what stands for all of them (`__typing_prepare_subst__`). */
function prepareArguments(self: Value, parameters: readonly Value[], given: Owned<PyTuple>): Owned<Value> {
  let item: Owned<Value> = given
  for (const parameter of parameters) {
    const prepare = lookupAttr(parameter, '__typing_prepare_subst__')
    if (prepare === undefined) continue
    try {
      if (prepare === None) continue
      const tuple = isInstanceOf(item, tupleType) ? keep(item) : newTuple([keep(item)])
      let next: Owned<Value>
      try {
        next = call(prepare, [self, tuple])
      } finally {
        drop(tuple)
      }
      drop(item)
      item = next
    } catch (error) {
      drop(item)
      throw error
    } finally {
      drop(prepare)
    }
  }
  return item
}

/** A generic type in an argument, with its own type variables replaced (`subs_tvars`). */
function substituteInside(arg: Value, parameters: readonly Value[], items: readonly Value[]): Owned<Value> {
  const inner = lookupAttr(arg, '__parameters__')
  try {
    if (inner === undefined || !isInstanceOf(inner, tupleType) || (inner as PyTuple).data.length === 0) return keep(arg)
    const subargs: Owned<Value>[] = []
    for (const each of (inner as Owned<PyTuple>).data) {
      const at = parameters.indexOf(each)
      if (at < 0) {
        subargs.push(keep<Value>(each))
        continue
      }
      const value = items[at]!
      // Only a TypeVarTuple can be iterated: a tuple stands for it.
      if (typeOf(parameters[at]!).tp_iter !== undefined && isInstanceOf(value, tupleType)) {
        for (const part of (value as PyTuple).data) subargs.push(keep<Value>(part))
      } else subargs.push(keep(value))
    }
    const key = newTuple(subargs)
    try {
      return getItem(arg, key)
    } finally {
      drop(key)
    }
  } finally {
    drop(inner)
  }
}

function isUnpackedTypeVarTuple(arg: Value): boolean {
  const flag = lookupAttr(arg, '__typing_is_unpacked_typevartuple__')
  if (flag === undefined) return false
  try {
    return isTrue(flag)
  } finally {
    drop(flag)
  }
}

function substituteOne(arg: Value, parameters: readonly Value[], items: readonly Value[], out: Owned<Value>[]): void {
  const unpack = isUnpackedTypeVarTuple(arg)
  const substitute = lookupAttr(arg, '__typing_subst__')
  let made: Owned<Value>
  if (substitute === undefined) made = substituteInside(arg, parameters, items)
  else {
    try {
      made = call(substitute, [items[parameters.indexOf(arg)]!])
    } finally {
      drop(substitute)
    }
  }
  if (!unpack) {
    out.push(made)
    return
  }
  for (const part of (made as Owned<PyTuple>).data) out.push(keep<Value>(part))
  drop(made)
}

/**
 * The arguments of a generic type `self` with `item` (one, or a tuple) in the place of its type variables: an owned
 * tuple (`_Py_subs_parameters`).
 */
export function substituteParameters(self: Value, args: PyTuple, parameters: PyTuple, item: Value): Owned<PyTuple> {
  const variables: readonly Value[] = parameters.data
  if (variables.length === 0) throw typeError(`${shown(self)} is not a generic class`)
  const prepared = prepareArguments(self, variables, spreadArguments(item))
  const out: Owned<Value>[] = []
  try {
    const items: readonly Value[] = isInstanceOf(prepared, tupleType) ? (prepared as Owned<PyTuple>).data : [prepared]
    if (items.length !== variables.length) {
      const much = items.length > variables.length ? 'many' : 'few'
      throw typeError(`Too ${much} arguments for ${shown(self)}; actual ${items.length}, expected ${variables.length}`)
    }
    for (const arg of args.data) {
      if (isType(arg)) out.push(keep<Value>(arg))
      else substituteOne(arg, variables, items, out)
    }
    return newTuple(out)
  } catch (error) {
    dropAll(out)
    throw error
  } finally {
    drop(prepared)
  }
}

function hasAttribute(value: Value, name: string): boolean {
  const found = lookupAttr(value, name)
  if (found === undefined) return false
  drop(found)
  return true
}

/** How a type is shown inside of another: a class by its name, in UTF-16. */
export function typeItemRepr(value: Value): string {
  if (value === Ellipsis) return '...'
  if (hasAttribute(value, '__origin__') && hasAttribute(value, '__args__')) return shown(value)
  const qualname = lookupAttr(value, '__qualname__')
  if (qualname === undefined) return shown(value)
  const module = lookupAttr(value, '__module__')
  try {
    if (module === undefined || module === None) return shown(value)
    const name = strToUtf16(strText(qualname))
    return module === 'builtins' ? name : `${strToUtf16(strText(module))}.${name}`
  } finally {
    drop(module)
    drop(qualname)
  }
}
