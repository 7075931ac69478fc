import { strToUtf16 } from '../base/values.ts'
import { CO_VARARGS, CO_VARKEYWORDS } from '../bytecode/code.ts'
import { keep } from '../memory/counted.ts'
import type { Owned, WeakReferences } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { asStr, utf16 } from '../objects/access.ts'
import { typeError } from '../objects/errors.ts'
import { newDict, newTuple } from '../objects/make.ts'
import {
  type KeywordNames,
  newObject,
  type PyDict,
  type PyObject,
  type PyTuple,
  type Value,
} from '../objects/object.ts'
import { shown } from '../objects/protocols.ts'
import { functionType, isInstanceOf, strType } from '../objects/types.ts'
import type { Code, PyCode } from './code.ts'

/** A variable shared by several functions. */
export interface CellData {
  value: Owned<Value> | undefined
}

export type PyCell = PyObject<CellData>

/** The `data` of a function; it owns all it holds. */
export interface FunctionData {
  code: Owned<PyCode>
  readonly globals: Owned<PyDict>
  readonly builtins: Owned<PyDict>
  name: Owned<Value>
  qualname: Owned<Value>
  defaults: Owned<PyTuple> | null
  kwdefaults: Owned<PyDict> | null
  readonly closure: Owned<PyTuple> | null
  /** A dict, or the tuple of names and values that MAKE_FUNCTION got. */
  annotations: Owned<Value> | null
  /** `null` while it is what the code says. */
  doc: Owned<Value> | null
  module: Owned<Value>
  dict: Owned<PyDict> | null
  weakrefs: WeakReferences | null
}

export type PyFunction = PyObject<FunctionData>

/** A function; the parts that MAKE_FUNCTION adds are set afterwards. */
export function newFunction(code: PyCode, globals: PyDict, builtins: PyDict, module: Value): Owned<PyFunction> {
  const { name, qualname } = code.data
  const data: FunctionData = {
    code: keep<PyCode>(code),
    globals: keep<PyDict>(globals),
    builtins: keep<PyDict>(builtins),
    name: keep<Value>(name),
    qualname: keep<Value>(qualname),
    defaults: null,
    kwdefaults: null,
    closure: null,
    annotations: null,
    doc: null,
    module: keep(module),
    dict: null,
    weakrefs: null,
  }
  const func = newObject(functionType, data)
  track(func)
  return func
}

function quoted(names: readonly string[]): string {
  const all = names.map((name) => `'${name}'`)
  if (all.length === 1) return all[0]!
  if (all.length === 2) return `${all[0]} and ${all[1]}`
  return `${all.slice(0, -1).join(', ')}, and ${all[all.length - 1]}`
}

function missingArguments(func: FunctionData, names: readonly string[], kind: string): unknown {
  const s = names.length === 1 ? '' : 's'
  return typeError(`${utf16(func.qualname)}() missing ${names.length} required ${kind} argument${s}: ${quoted(names)}`)
}

function tooManyPositional(func: FunctionData, given: number, kwonlyGiven: number): unknown {
  const code = func.code.data
  const defaults = func.defaults === null ? 0 : func.defaults.data.length
  const max = code.argcount
  const takes = defaults > 0 ? `from ${max - defaults} to ${max}` : `${max}`
  const plural = defaults > 0 || max !== 1 ? 's' : ''
  const kwonly =
    kwonlyGiven > 0
      ? ` positional argument${given === 1 ? '' : 's'} (and ${kwonlyGiven} keyword-only argument${kwonlyGiven === 1 ? '' : 's'})`
      : ''
  const were = given === 1 && kwonlyGiven === 0 ? 'was' : 'were'
  return typeError(
    `${utf16(func.qualname)}() takes ${takes} positional argument${plural} but ${given}${kwonly} ${were} given`,
  )
}

/** Where a keyword argument goes, or -1. */
function parameterIndex(code: Code, name: Value, from: number): number {
  const end = code.argcount + code.kwonlyargcount
  for (let i = from; i < end; i++) if (code.localsplusnames[i] === name) return i
  if (typeof name === 'string') return -1
  const text = utf16(name)
  for (let i = from; i < end; i++) if (strToUtf16(asStr(code.localsplusnames[i]!)!) === text) return i
  return -1
}

/**
 * Puts a call's arguments into the locals of a new frame (CPython's `initialize_locals`). The arguments are borrowed: the
 * frame gets references of its own.
 */
export function bindArguments(
  func: FunctionData,
  locals: (Owned<Value> | undefined)[],
  args: readonly Value[],
  kwnames: KeywordNames,
): void {
  const code = func.code.data
  const { argcount, kwonlyargcount, flags } = code
  const positional = args.length - (kwnames === null ? 0 : kwnames.length)
  const total = argcount + kwonlyargcount
  const direct = Math.min(positional, argcount)
  for (let i = 0; i < direct; i++) locals[i] = keep(args[i]!)
  let place = total
  if ((flags & CO_VARARGS) !== 0) {
    const rest = positional > argcount ? args.slice(argcount, positional).map((arg) => keep(arg)) : []
    locals[place++] = newTuple(rest)
  }
  let kwdict: PyDict | null = null
  if ((flags & CO_VARKEYWORDS) !== 0) locals[place] = kwdict = newDict()
  if (kwnames !== null) bindKeywords(func, locals, args, kwnames, positional, kwdict)
  if (positional > argcount && (flags & CO_VARARGS) === 0) {
    let kwonlyGiven = 0
    for (let i = argcount; i < total; i++) if (locals[i] !== undefined) kwonlyGiven++
    throw tooManyPositional(func, positional, kwonlyGiven)
  }
  if (positional < argcount) bindDefaults(func, locals, positional)
  if (kwonlyargcount > 0) bindKeywordDefaults(func, locals)
}

/** Places of keyword arguments, found before any argument is moved. */
const places = new Int32Array(256)

/**
 * Moves the arguments of a call from a stack into the locals of a new frame: `n` from `base` on, the last of them named by
 * `kwnames`, after `self` (borrowed), if there is one. False, with nothing moved, where the call is not as simple as
 * that: it has an error, or `**kwargs` to fill.
 */
export function moveArguments(
  func: FunctionData,
  locals: (Owned<Value> | undefined)[],
  stack: readonly (Owned<Value> | undefined)[],
  base: number,
  n: number,
  kwnames: KeywordNames,
  self: Value | undefined,
): boolean {
  const code = func.code.data
  const { argcount, kwonlyargcount, flags } = code
  if ((flags & CO_VARKEYWORDS) !== 0) return false
  const shift = self === undefined ? 0 : 1
  const named = kwnames === null ? 0 : kwnames.length
  const given = n - named
  const positional = given + shift
  const varargs = (flags & CO_VARARGS) !== 0
  if (positional > argcount && !varargs) return false
  if (argcount < shift) return false
  if (named > 0 && !findPlaces(code, kwnames!, positional)) return false
  const { defaults, kwdefaults } = func
  const required = argcount - (defaults === null ? 0 : defaults.data.length)
  if (positional < required && !areNamed(positional, required, named)) return false
  for (let i = argcount; i < argcount + kwonlyargcount; i++) {
    if (areNamed(i, i + 1, named)) continue
    if (kwdefaults === null || kwdefaults.data.findString(code.localsplusnames[i] as string) < 0) return false
  }
  if (self !== undefined) locals[0] = keep(self)
  const direct = positional < argcount ? positional : argcount
  for (let i = shift; i < direct; i++) locals[i] = stack[base + i - shift]
  if (varargs) {
    const rest = positional > argcount ? (stack.slice(base + argcount - shift, base + given) as Owned<Value>[]) : []
    locals[argcount + kwonlyargcount] = newTuple(rest)
  }
  for (let k = 0; k < named; k++) locals[places[k]!] = stack[base + given + k]
  for (let i = direct > required ? direct : required; i < argcount; i++) {
    if (locals[i] === undefined) locals[i] = keep<Value>(defaults!.data[i - required]!)
  }
  for (let i = argcount; i < argcount + kwonlyargcount; i++) {
    if (locals[i] === undefined) locals[i] = keep<Value>(kwdefaults!.data.get(code.localsplusnames[i]!) as Owned<Value>)
  }
  return true
}

/** Finds where keyword arguments go; false where one is unknown, given twice, or is a parameter filled by position. */
function findPlaces(code: Code, kwnames: readonly Value[], positional: number): boolean {
  const { localsplusnames, posonlyargcount } = code
  const end = code.argcount + code.kwonlyargcount
  if (kwnames.length > places.length) return false
  for (let k = 0; k < kwnames.length; k++) {
    const name = kwnames[k]!
    let i = posonlyargcount
    while (i < end && localsplusnames[i] !== name) i++
    if (i === end || (i < positional && i < code.argcount)) return false
    for (let j = 0; j < k; j++) if (places[j] === i) return false
    places[k] = i
  }
  return true
}

/** Whether keyword arguments stand for all parameters from one to another (exclusive). */
function areNamed(from: number, to: number, named: number): boolean {
  for (let i = from; i < to; i++) {
    let k = 0
    while (k < named && places[k] !== i) k++
    if (k === named) return false
  }
  return true
}

function bindKeywords(
  func: FunctionData,
  locals: (Owned<Value> | undefined)[],
  args: readonly Value[],
  kwnames: readonly Value[],
  positional: number,
  kwdict: PyDict | null,
): void {
  const code = func.code.data
  for (let k = 0; k < kwnames.length; k++) {
    const name = kwnames[k]!
    const value = args[positional + k]!
    if (!isInstanceOf(name, strType)) throw typeError(`${utf16(func.qualname)}() keywords must be strings`)
    const index = parameterIndex(code, name, code.posonlyargcount)
    if (index < 0) {
      if (kwdict === null) throw unexpectedKeyword(func, kwnames, name)
      kwdict.data.set(name, keep(value))
    } else if (locals[index] !== undefined) {
      throw typeError(`${utf16(func.qualname)}() got multiple values for argument ${shown(name)}`)
    } else locals[index] = keep(value)
  }
}

function unexpectedKeyword(func: FunctionData, kwnames: readonly Value[], name: Value): unknown {
  const code = func.code.data
  const positionalOnly = code.localsplusnames.slice(0, code.posonlyargcount).filter((n) => kwnames.includes(n))
  if (positionalOnly.length > 0) {
    const names = positionalOnly.map((n) => utf16(n)).join(', ')
    return typeError(
      `${utf16(func.qualname)}() got some positional-only arguments passed as keyword arguments: '${names}'`,
    )
  }
  return typeError(`${utf16(func.qualname)}() got an unexpected keyword argument ${shown(name)}`)
}

function bindDefaults(func: FunctionData, locals: (Owned<Value> | undefined)[], positional: number): void {
  const code = func.code.data
  const defaults = func.defaults === null ? [] : func.defaults.data
  const required = code.argcount - defaults.length
  const missing: string[] = []
  for (let i = positional; i < required; i++) {
    if (locals[i] === undefined) missing.push(utf16(code.localsplusnames[i]!))
  }
  if (missing.length > 0) throw missingArguments(func, missing, 'positional')
  for (let i = Math.max(required, positional); i < code.argcount; i++) {
    if (locals[i] === undefined) locals[i] = keep<Value>(defaults[i - required]!)
  }
}

function bindKeywordDefaults(func: FunctionData, locals: (Owned<Value> | undefined)[]): void {
  const code = func.code.data
  const missing: string[] = []
  for (let i = code.argcount; i < code.argcount + code.kwonlyargcount; i++) {
    if (locals[i] !== undefined) continue
    const name = code.localsplusnames[i]!
    const value = func.kwdefaults === null ? undefined : func.kwdefaults.data.get(name)
    if (value === undefined) missing.push(utf16(name))
    else locals[i] = keep(value)
  }
  if (missing.length > 0) throw missingArguments(func, missing, 'keyword-only')
}
