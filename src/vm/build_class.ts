import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from '../objects/access.ts'
import { lookupAttr } from '../objects/attributes.ts'
import { runtimeError, typeError } from '../objects/errors.ts'
import { newDict, newTuple } from '../objects/make.ts'
import {
  type KeywordNames,
  type PyObject,
  type PyTuple,
  type PyType,
  TPFLAGS_TYPE_SUBCLASS,
  type Value,
} from '../objects/object.ts'
import { call, shown } from '../objects/protocols.ts'
import { setItem } from '../objects/sequence_protocol.ts'
import { calculateMetaclass } from '../objects/type_new.ts'
import { cellType, functionType, isInstanceOf, tupleType, typeOf, typeType } from '../objects/types.ts'
import { newCallFrame } from './calls.ts'
import { EXIT_RUN, machine, run } from './frame.ts'
import type { PyCell, PyFunction } from './function.ts'

/** The bases of a class with `__mro_entries__` asked; the tuple itself where nothing changes. Gives owned. */
function updateBases(bases: PyTuple): Owned<PyTuple> {
  let replaced: Owned<Value>[] | null = null
  for (let i = 0; i < bases.data.length; i++) {
    const base = bases.data[i]!
    const method = isType(base) ? undefined : lookupAttr(base, '__mro_entries__')
    if (method === undefined) {
      if (replaced !== null) replaced.push(keep<Value>(base))
      continue
    }
    let entries: Owned<Value>
    try {
      entries = call(method, [bases])
    } finally {
      drop(method)
    }
    if (!isInstanceOf(entries, tupleType)) {
      drop(entries)
      throw typeError('__mro_entries__ must return a tuple')
    }
    replaced ??= bases.data.slice(0, i).map((each) => keep<Value>(each))
    for (const entry of (entries as Owned<PyTuple>).data) replaced.push(keep<Value>(entry))
    drop(entries)
  }
  return replaced === null ? keep(bases) : newTuple(replaced)
}

function isType(value: Value): value is PyType {
  return typeof value === 'object' && (value.type.flags & TPFLAGS_TYPE_SUBCLASS) !== 0
}

/** Keyword arguments of a class statement without `metaclass`; all borrowed. */
interface ClassKeywords {
  readonly metaclass: Value | undefined
  readonly names: readonly Value[]
  readonly values: readonly Value[]
}

function classKeywords(args: readonly Value[], kwnames: KeywordNames): ClassKeywords {
  const names: Value[] = []
  const values: Value[] = []
  let metaclass: Value | undefined
  const first = args.length - (kwnames?.length ?? 0)
  kwnames?.forEach((name, i) => {
    const value = args[first + i]!
    if (asStr(name) === 'metaclass') metaclass = value
    else {
      names.push(name)
      values.push(value)
    }
  })
  return { metaclass, names, values }
}

function metaclassOf(given: Value | undefined, bases: PyTuple): Value {
  if (given !== undefined && !isType(given)) return given
  const first = bases.data[0]
  const metaclass = given ?? (first === undefined ? typeType : typeOf(first))
  return calculateMetaclass(metaclass as PyType, bases.data)
}

function prepare(metaclass: Value, name: Value, bases: PyTuple, keywords: ClassKeywords): Owned<Value> {
  const method = lookupAttr(metaclass, '__prepare__')
  if (method === undefined) return newDict()
  let namespace: Owned<Value>
  try {
    namespace = callWith(method, [name, bases], keywords)
  } finally {
    drop(method)
  }
  if (typeOf(namespace).mp_subscript !== undefined) return namespace
  const { name: found } = typeOf(namespace)
  drop(namespace)
  const owner = isType(metaclass) ? metaclass.name : '<metaclass>'
  throw typeError(`${owner}.__prepare__() must return a mapping, not ${found}`)
}

function callWith(callable: Value, args: readonly Value[], { names, values }: ClassKeywords): Owned<Value> {
  return call(callable, [...args, ...values], names.length === 0 ? null : names)
}

/** Runs the body of a class in its namespace; its result: the cell of `__class__`, or None. */
function runBody(func: PyFunction, namespace: Value): Owned<Value> {
  const frame = newCallFrame(func, [], null)
  drop(frame.locals)
  frame.locals = keep(namespace as PyObject)
  frame.back = machine.frame
  frame.exit = EXIT_RUN
  return run(frame)
}

/** Checks that `type.__new__` has put the class into the cell of `__class__`. */
function checkCell(cell: Value, name: Value, made: Value): void {
  if (!isType(made) || typeOf(cell) !== cellType) return
  const { value } = (cell as PyCell).data
  if (value === (made as Value)) return
  if (value === undefined) {
    throw runtimeError(
      `__class__ not set defining ${shown(name)} as ${shown(made)}. Was __classcell__ propagated to type.__new__?`,
    )
  }
  throw typeError(`__class__ set to ${shown(value)} defining ${shown(name)} as ${shown(made)}`)
}

/** `__build_class__(func, name, /, *bases, [metaclass], **kwds)`: what a class statement calls. */
export function buildClass(args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const count = args.length - (kwnames?.length ?? 0)
  if (count < 2) throw typeError('__build_class__: not enough arguments')
  const [func, name] = args as [Value, Value]
  if (typeOf(func) !== functionType) throw typeError('__build_class__: func must be a function')
  if (asStr(name) === undefined) throw typeError('__build_class__: name is not a string')
  const given = newTuple(args.slice(2, count).map((base) => keep(base)))
  let bases: Owned<PyTuple> | undefined
  let namespace: Owned<Value> | undefined
  let cell: Owned<Value> | undefined
  try {
    bases = updateBases(given)
    const keywords = classKeywords(args, kwnames)
    const metaclass = metaclassOf(keywords.metaclass, bases)
    namespace = prepare(metaclass, name, bases, keywords)
    cell = runBody(func as PyFunction, namespace)
    if (bases !== given) setItem(namespace, '__orig_bases__', given)
    const made = callWith(metaclass, [name, bases, namespace], keywords)
    try {
      checkCell(cell, name, made)
    } catch (error) {
      drop(made)
      throw error
    }
    return made
  } finally {
    drop(cell)
    drop(namespace)
    drop(bases)
    drop(given)
  }
}
