import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { utf16 } from '../objects/access.ts'
import { isException, newException } from '../objects/errors.ts'
import {
  PyExc_KeyError,
  PyExc_NameError,
  PyExc_UnboundLocalError,
  type PyException,
} from '../objects/exception_types.ts'
import type { PyDict, PyObject, PyStr, Value } from '../objects/object.ts'
import { getItem, setItem } from '../objects/sequence_protocol.ts'
import { dictType } from '../objects/types.ts'
import type { InlineCache } from './decode.ts'
import type { Frame } from './frame.ts'
import type { PyCell } from './function.ts'

/** The UnboundLocalError of a local variable without a value. */
export function unboundLocal(frame: Frame, index: number): Owned<PyException> {
  const name = frame.code.localsplusnames[index]!
  const message = `cannot access local variable '${utf16(name)}' where it is not associated with a value`
  return newException(PyExc_UnboundLocalError, [message])
}

/** The error of an empty cell: a local variable's, or a free variable's. */
export function unboundDeref(frame: Frame, index: number): Owned<PyException> {
  const { code } = frame
  if (index < code.nlocalsplus - code.nfreevars) return unboundLocal(frame, index)
  const name = utf16(code.localsplusnames[index]!)
  return newException(PyExc_NameError, [
    `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
  ])
}

function nameError(name: PyStr): Owned<PyException> {
  return newException(PyExc_NameError, [`name '${utf16(name)}' is not defined`], { name: keep(name) })
}

/** A global or builtin, borrowed; remembers at the instruction where it was found. */
export function loadGlobal(frame: Frame, at: number, index: number): Owned<Value> {
  const name = frame.code.names[index]!
  const { globals, builtins } = frame
  const caches = frame.run.caches
  if (builtins.type !== dictType) return loadFromMappings(frame, name)
  let table = globals.data
  let entry = table.find(name)
  let otherVersion = -1
  if (entry < 0) {
    table = builtins.data
    entry = table.find(name)
    if (entry < 0) throw nameError(name)
    otherVersion = table.version
  }
  const cache: InlineCache = { version: globals.data.version, otherVersion, index: entry, shape: null, value: table }
  caches[at] = cache
  return table.values[entry]!
}

/** Where `builtins` is no plain dict. */
function loadFromMappings(frame: Frame, name: PyStr): Owned<Value> {
  const found = frame.globals.data.get(name)
  if (found !== undefined) return found as Owned<Value>
  const value = mappingItem(frame.builtins, name)
  if (value === undefined) throw nameError(name)
  return value
}

/** An item of any mapping, owned; `undefined` where it raises KeyError. */
function mappingItem(mapping: PyObject, name: PyStr): Owned<Value> | undefined {
  if (mapping.type === dictType) {
    const value = (mapping as PyDict).data.get(name)
    return value === undefined ? undefined : keep(value)
  }
  try {
    return getItem(mapping, name)
  } catch (error) {
    if (!isException(error, PyExc_KeyError)) throw error
    drop(error)
    return undefined
  }
}

/** What a name means in a frame's locals, globals and builtins, owned. */
function lookupName(frame: Frame, name: PyStr): Owned<Value> {
  const local = frame.locals === null ? undefined : mappingItem(frame.locals, name)
  if (local !== undefined) return local
  const global = frame.globals.data.get(name)
  if (global !== undefined) return keep(global)
  const builtin = mappingItem(frame.builtins, name)
  if (builtin === undefined) throw nameError(name)
  return builtin
}

export function LOAD_NAME(frame: Frame, sp: number, arg: number): number {
  frame.stack[sp] = lookupName(frame, frame.code.names[arg]!)
  return sp + 1
}

export function STORE_NAME(frame: Frame, sp: number, arg: number): number {
  const name = frame.code.names[arg]!
  const value = frame.stack[sp - 1]!
  const locals = frame.locals!
  if (locals.type === dictType) (locals as PyDict).data.set(name, value)
  else {
    setItem(locals, name, value)
    drop(value)
  }
  return sp - 1
}

export function DELETE_NAME(frame: Frame, sp: number, arg: number): number {
  const name = frame.code.names[arg]!
  try {
    setItem(frame.locals!, name, undefined)
  } catch (error) {
    if (!isException(error, PyExc_KeyError)) throw error
    drop(error)
    throw nameError(name)
  }
  return sp
}

export function STORE_GLOBAL(frame: Frame, sp: number, arg: number): number {
  frame.globals.data.set(frame.code.names[arg]!, frame.stack[sp - 1]!)
  return sp - 1
}

export function DELETE_GLOBAL(frame: Frame, sp: number, arg: number): number {
  const name = frame.code.names[arg]!
  if (!frame.globals.data.delete(name)) throw nameError(name)
  return sp
}

export function DELETE_DEREF(frame: Frame, sp: number, arg: number): number {
  const { data } = frame.stack[arg] as PyCell
  const old = data.value
  if (old === undefined) throw unboundDeref(frame, arg)
  data.value = undefined
  drop(old)
  return sp
}

export function LOAD_CLASSDEREF(frame: Frame, sp: number, arg: number): number {
  let value = mappingItem(frame.locals!, frame.code.localsplusnames[arg]!)
  if (value === undefined) {
    const { value: held } = (frame.stack[arg] as PyCell).data
    if (held === undefined) throw unboundDeref(frame, arg)
    value = keep<Value>(held)
  }
  frame.stack[sp] = value
  return sp + 1
}
