import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from '../objects/access.ts'
import { defineType, type GetSet, tpNew } from '../objects/define.ts'
import { newException, typeError, valueError } from '../objects/errors.ts'
import { PyExc_TypeError } from '../objects/exception_types.ts'
import { newDict, newTuple, none } from '../objects/make.ts'
import type { PyDict, PyTuple, Value } from '../objects/object.ts'
import { address } from '../objects/object_object.ts'
import { textOf } from '../objects/protocols.ts'
import {
  cellType,
  codeType,
  dictType,
  functionType,
  isInstanceOf,
  None,
  type TypeFor,
  tupleType,
  typeOf,
} from '../objects/types.ts'
import { audit } from './audit.ts'
import { newCallFrame } from './calls.ts'
import { newCell } from './cell_type.ts'
import type { PyCode } from './code.ts'
import { EXIT_RUN, machine, run } from './frame.ts'
import { type FunctionData, newFunction, type PyFunction } from './function.ts'
import { builtinsFromGlobals } from './globals.ts'
import { newMethod } from './method.ts'

type Writable = { -readonly [K in keyof FunctionData]: FunctionData[K] }

/** The `__annotations__` dict, made of what MAKE_FUNCTION left there at the first look. */
function annotations({ data }: PyFunction): Owned<PyDict> {
  const held = data.annotations
  if (held !== null && isInstanceOf(held, dictType)) return keep(held as Owned<PyDict>)
  const dict = newDict()
  if (held !== null) {
    const items = (held as PyTuple).data
    for (let i = 0; i < items.length; i += 2) dict.data.set(items[i]!, keep<Value>(items[i + 1]!))
    drop(held)
  }
  data.annotations = dict
  return keep(dict)
}

/** An accessor of a part that may be missing; None and `del` take it away. */
function optional(
  field: 'defaults' | 'kwdefaults' | 'annotations',
  check: (value: Value) => unknown,
): GetSet<PyFunction> {
  return {
    get: (self) => {
      if (field === 'annotations') return annotations(self)
      const value = self.data[field]
      return value === null ? none() : keep<Value>(value)
    },
    set: ({ data }, value) => {
      const error = value === undefined || value === None ? undefined : check(value)
      if (error !== undefined) throw error
      const old = data[field]
      ;(data as unknown as Record<string, unknown>)[field] = value === undefined || value === None ? null : keep(value)
      drop(old)
    },
  }
}

const mustBe = (attribute: string, what: string, good: (value: Value) => boolean) => (value: Value) =>
  good(value) ? undefined : typeError(`${attribute} must be set to a ${what} object`)

const isDict = (value: Value) => isInstanceOf(value, dictType)
const isTuple = (value: Value) => isInstanceOf(value, tupleType)

function nameAccessor(attribute: string, field: 'name' | 'qualname'): GetSet<PyFunction> {
  return {
    get: ({ data }) => keep<Value>(data[field]),
    set: ({ data }, value) => {
      if (value === undefined || asStr(value) === undefined) {
        throw typeError(`${attribute} must be set to a string object`)
      }
      const old = data[field]
      data[field] = keep(value)
      drop(old)
    },
  }
}

/** What `__doc__` is, made of the code at the first look, since code may be replaced. */
function docOf(data: FunctionData): Owned<Value> {
  data.doc ??= keep<Value>(data.code.data.doc ?? None)
  return data.doc
}

/** A struct member that holds any object: NULL, as `del` leaves it, reads as None. */
function member(field: 'doc' | 'module'): GetSet<PyFunction> {
  return {
    get: ({ data }) => keep<Value>(field === 'doc' ? docOf(data) : data.module),
    set: ({ data }, value) => {
      const old = data[field]
      data[field] = value === undefined ? none() : keep(value)
      drop(old)
    },
  }
}

/** Whether a frame on its way runs a code. */
function isRunning(code: PyCode): boolean {
  for (let frame = machine.frame; frame !== null; frame = frame.back) if (frame.code === code.data) return true
  return false
}

function setCode({ data }: PyFunction, value: Value | undefined): void {
  if (value === undefined || typeOf(value) !== codeType) throw typeError('__code__ must be set to a code object')
  const code = value as PyCode
  const free = code.data.nfreevars
  const closure = data.closure === null ? 0 : data.closure.data.length
  if (closure !== free) {
    throw valueError(`${textOf(data.name)}() requires a code object with ${closure} free vars, not ${free}`)
  }
  docOf(data)
  const old = data.code
  data.code = keep(code)
  // Frames borrow their code from the function: one that runs now must stay.
  if (!isRunning(old)) drop(old)
}

function closureProblem(code: PyCode, closure: Value): unknown {
  const { nfreevars, name } = code.data
  if (!isTuple(closure)) {
    if (nfreevars > 0 && closure === None) return typeError('arg 5 (closure) must be tuple')
    if (closure !== None) return typeError('arg 5 (closure) must be None or tuple')
  }
  const cells = closure === None ? [] : (closure as PyTuple).data
  if (nfreevars !== cells.length) {
    return valueError(`${textOf(name)} requires closure of length ${nfreevars}, not ${cells.length}`)
  }
  const wrong = cells.find((cell) => typeOf(cell) !== cellType)
  return wrong === undefined ? undefined : typeError(`arg 5 (closure) expected cell, found ${typeOf(wrong).name}`)
}

/** `types.FunctionType(code, globals, name, argdefs, closure)`. */
function construct(code: Value, globals: PyDict, name: Value, defaults: Value, closure: Value): Owned<PyFunction> {
  if (typeOf(code) !== codeType) {
    throw newException(PyExc_TypeError, [`function() argument 'code' must be code, not ${typeOf(code).name}`])
  }
  if (name !== None && asStr(name) === undefined) throw typeError('arg 3 (name) must be None or string')
  if (defaults !== None && !isTuple(defaults)) throw typeError('arg 4 (defaults) must be None or tuple')
  const problem = closureProblem(code as PyCode, closure)
  if (problem !== undefined) throw problem
  audit('function.__new__', code)
  const builtins = builtinsFromGlobals(globals)
  const func = newFunction(code as PyCode, globals, builtins, globals.data.get('__name__') ?? None)
  const data = func.data as Writable
  if (name !== None) {
    drop(data.name)
    data.name = keep(name)
  }
  if (defaults !== None) data.defaults = keep(defaults as PyTuple)
  if (closure !== None && (closure as PyTuple).data.length > 0) data.closure = keep(closure as PyTuple)
  return func
}

function setDict({ data }: PyFunction, value: Value | undefined): void {
  if (value === undefined) throw typeError('cannot delete __dict__')
  if (!isDict(value)) throw typeError(`__dict__ must be set to a dictionary, not a '${typeOf(value).name}'`)
  const old = data.dict
  data.dict = keep(value as PyDict)
  drop(old)
}

/** Defines `function`. */
export function defineFunctionType(): void {
  defineType(functionType as TypeFor<PyFunction>, () => ({
    slots: {
      tp_new: tpNew(
        'function(code, globals: dict, name = None, argdefs = None, closure = None)',
        (_type, code, globals, name, argdefs, closure) => construct(code, globals, name, argdefs, closure),
      ),
      tp_call: (self, args, kwnames) => {
        const frame = newCallFrame(self, args, kwnames)
        frame.back = machine.frame
        frame.exit = EXIT_RUN
        return run(frame)
      },
      tp_descr_get: (self, instance) =>
        instance === undefined || instance === None ? keep<Value>(self) : newMethod(self, instance),
      tp_repr: (self): Owned<Value> => `<function ${textOf(self.data.qualname)} at ${address(self)}>`,
      tp_dict: ({ data }, create) => {
        if (data.dict === null && create) data.dict = newDict()
        return data.dict
      },
      tp_weakrefs: ({ data }) => data,
      tp_dealloc: ({ data }) => {
        const parts = functionParts(data)
        for (let i = 0; i < parts.length; i++) drop(parts[i])
      },
      tp_traverse: ({ data }, visit) => {
        const parts = functionParts(data)
        for (let i = 0; i < parts.length; i++) {
          const part = parts[i]
          if (typeof part === 'object' && part !== null) visit(part)
        }
      },
      tp_clear: clear,
    },
    members: {
      __closure__: ({ data }) => (data.closure === null ? none() : keep<Value>(data.closure)),
      __doc__: member('doc'),
      __globals__: ({ data }) => keep<Value>(data.globals),
      __module__: member('module'),
      __builtins__: ({ data }) => keep<Value>(data.builtins),
    },
    getset: {
      __code__: { get: ({ data }) => keep<Value>(data.code), set: setCode },
      __defaults__: optional('defaults', mustBe('__defaults__', 'tuple', isTuple)),
      __kwdefaults__: optional('kwdefaults', mustBe('__kwdefaults__', 'dict', isDict)),
      __annotations__: optional('annotations', mustBe('__annotations__', 'dict', isDict)),
      __dict__: {
        get: ({ data }) => {
          data.dict ??= newDict()
          return keep<Value>(data.dict)
        },
        set: setDict,
      },
      __name__: nameAccessor('__name__', 'name'),
      __qualname__: nameAccessor('__qualname__', 'qualname'),
    },
  }))
}

function functionParts(data: FunctionData): (Value | null)[] {
  return [
    data.code,
    data.globals,
    data.builtins,
    data.name,
    data.qualname,
    data.defaults,
    data.kwdefaults,
    data.closure,
    data.annotations,
    data.doc,
    data.module,
    data.dict,
  ]
}

/** Breaks cycles; code, globals and names stay, so that the function remains whole. */
function clear({ data }: PyFunction): void {
  const writable = data as Writable
  const { defaults, kwdefaults, annotations: notes, dict, closure } = writable
  writable.defaults = null
  writable.kwdefaults = null
  writable.annotations = null
  writable.dict = null
  // A function without the cells that its code wants must not be called: it keeps empty ones.
  if (closure !== null) writable.closure = newTuple(closure.data.map(() => newCell(undefined)))
  for (const part of [defaults, kwdefaults, notes, dict, closure]) drop(part)
}
