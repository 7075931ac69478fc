import { drop, keep } from '../memory/counted.ts'
import type { Owned, WeakReferences } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { asStr } from '../objects/access.ts'
import { defineType, tpNew } from '../objects/define.ts'
import { defineModule } from '../objects/define_module.ts'
import { keyError, newException, runtimeError, typeError, valueError } from '../objects/errors.ts'
import { PyExc_LookupError } from '../objects/exception_types.ts'
import { newTuple } from '../objects/make.ts'
import {
  immortal,
  type KeywordNames,
  newObject,
  Py_EQ,
  Py_NE,
  PyObject,
  TPFLAGS_HAVE_GC,
  type Value,
} from '../objects/object.ts'
import { address } from '../objects/object_object.ts'
import { call, richCompareBool, shown } from '../objects/protocols.ts'
import { thread } from '../objects/thread.ts'
import { genericAliasHook } from '../objects/type_hooks.ts'
import { builtinType, None, NotImplemented } from '../objects/types.ts'

/*
 * Context variables (PEP 567, CPython's context.c).
 *
 * A context holds its variables in a table that its copies share; whoever changes a shared table first makes one of its
 * own. So `copy_context()` costs the same for any number of variables. The table is an object of its own, as CPython's
 * HAMT is, since the collector must see each reference once.
 */

type PyVariable = PyObject<VariableData>
type PyBindings = PyObject<Map<PyVariable, Owned<Value>>>
type PyContext = PyObject<ContextData>
type PyToken = PyObject<TokenData>

interface VariableData {
  readonly name: Owned<Value>
  readonly fallback: Owned<Value> | undefined
}

interface ContextData {
  bindings: Owned<PyBindings>
  /** What was current before `run` entered this context. */
  previous: Owned<PyContext> | null
  entered: boolean
  weakrefs: WeakReferences | null
}

interface TokenData {
  readonly context: Owned<PyContext>
  readonly variable: Owned<PyVariable>
  readonly old: Owned<Value> | undefined
  used: boolean
}

interface ViewData {
  readonly bindings: Owned<PyBindings>
  readonly entries: Iterator<[PyVariable, Owned<Value>]>
  readonly kind: 'keys' | 'values' | 'items'
}

const variableType = builtinType<PyVariable>('_contextvars.ContextVar', TPFLAGS_HAVE_GC)
const contextType = builtinType<PyContext>('_contextvars.Context', TPFLAGS_HAVE_GC)
const tokenType = builtinType<PyToken>('_contextvars.Token', TPFLAGS_HAVE_GC)
const bindingsType = builtinType<PyBindings>('hamt', TPFLAGS_HAVE_GC)
const missingType = builtinType('Token.MISSING')
const viewTypes = {
  keys: builtinType<PyObject<ViewData>>('keys', TPFLAGS_HAVE_GC),
  values: builtinType<PyObject<ViewData>>('values', TPFLAGS_HAVE_GC),
  items: builtinType<PyObject<ViewData>>('items', TPFLAGS_HAVE_GC),
}

/** `Token.MISSING`. */
const missing = immortal(new PyObject(missingType, undefined))

function newBindings(map: Map<PyVariable, Owned<Value>>): Owned<PyBindings> {
  const bindings = newObject(bindingsType, map)
  track(bindings)
  return bindings
}

function newContext(bindings: Owned<PyBindings>): Owned<PyContext> {
  const data: ContextData = { bindings, previous: null, entered: false, weakrefs: null }
  const context = newObject(contextType, data)
  track(context)
  return context
}

/** The current context of the running thread, borrowed. */
function currentContext(): PyContext {
  thread.context ??= newContext(newBindings(new Map())) as Owned<PyObject>
  return thread.context as PyContext
}

/** The bindings of a context for a change: its own. */
function ownBindings({ data }: PyContext): Map<PyVariable, Owned<Value>> {
  const { bindings } = data
  if (bindings.rc === 1) return bindings.data
  const map = new Map<PyVariable, Owned<Value>>()
  for (const [variable, value] of bindings.data) map.set(keep(variable), keep(value))
  data.bindings = newBindings(map)
  drop(bindings)
  return map
}

function bind(context: PyContext, variable: PyVariable, value: Owned<Value>): void {
  const map = ownBindings(context)
  const old = map.get(variable)
  if (old === undefined) keep(variable)
  map.set(variable, value)
  drop(old)
}

function unbind(context: PyContext, variable: PyVariable): void {
  const map = ownBindings(context)
  const old = map.get(variable)
  if (old === undefined) throw newException(PyExc_LookupError, [variable])
  map.delete(variable)
  drop(old)
  drop(variable)
}

/** A new context variable without a default (`PyContextVar_New`); the module must have been imported. */
export function newContextVariable(name: string): Owned<PyObject> {
  const data: VariableData = { name, fallback: undefined }
  const variable = newObject(variableType, data)
  track(variable)
  return variable as Owned<PyObject>
}

/** The value of a variable in the current context, borrowed; `undefined` where it has none. */
export function contextValue(variable: PyObject): Value | undefined {
  return (thread.context as PyContext | null)?.data.bindings.data.get(variable as PyVariable)
}

/** Sets a variable in the current context; takes over the value. */
export function setContextValue(variable: PyObject, value: Owned<Value>): void {
  bind(currentContext(), variable as PyVariable, value)
}

function isVariable(value: Value): value is PyVariable {
  return typeof value === 'object' && value.type === variableType
}

function lookup({ data }: PyContext, key: Value): Owned<Value> | undefined {
  if (!isVariable(key)) throw typeError(`a ContextVar key was expected, got ${shown(key)}`)
  return data.bindings.data.get(key)
}

function defineVariable(): void {
  defineType(variableType, () => ({
    slots: {
      tp_new: tpNew('ContextVar(name, /, *, default = NULL)', (_type, name, fallback) => {
        if (asStr(name) === undefined) throw typeError('context variable name must be a str')
        const data: VariableData = { name: keep(name), fallback: fallback === undefined ? undefined : keep(fallback) }
        const variable = newObject(variableType, data)
        track(variable)
        return variable
      }),
      tp_repr: reprOfVariable,
      tp_dealloc: ({ data }: PyVariable) => {
        drop(data.name)
        drop(data.fallback)
      },
      tp_traverse: ({ data }: PyVariable, visit) => {
        if (typeof data.name === 'object') visit(data.name)
        if (typeof data.fallback === 'object') visit(data.fallback)
      },
    },
    methods: {
      'get(default = NULL, /)': (self: PyVariable, fallback) => {
        const value = (thread.context as PyContext | null)?.data.bindings.data.get(self)
        const found = value ?? fallback ?? self.data.fallback
        if (found === undefined) throw newException(PyExc_LookupError, [self])
        return keep(found)
      },
      'set(value, /)': (self: PyVariable, value) => {
        const context = currentContext()
        const old = context.data.bindings.data.get(self)
        const data: TokenData = {
          context: keep(context) as Owned<PyContext>,
          variable: keep(self) as Owned<PyVariable>,
          old: old === undefined ? undefined : keep(old),
          used: false,
        }
        const token = newObject(tokenType, data)
        track(token)
        bind(context, self, keep(value))
        return token
      },
      'reset(token, /)': (self: PyVariable, token) => {
        if (typeof token !== 'object' || token.type !== tokenType) {
          throw typeError(`expected an instance of Token, got ${shown(token)}`)
        }
        reset(self, token as PyToken)
      },
    },
    members: { name: ({ data }: PyVariable) => keep(data.name) },
    classMethods: { '__class_getitem__(key, /)': (type, key) => genericAliasHook.make(type, key) },
  }))
}

function reprOfVariable(self: PyVariable): Owned<Value> {
  const { name, fallback } = self.data
  const suffix = fallback === undefined ? '' : ` default=${shown(fallback)}`
  return `<ContextVar name=${shown(name)}${suffix} at ${address(self)}>`
}

function reset(variable: PyVariable, token: PyToken): void {
  const { data } = token
  if (data.used) throw runtimeError(`${shown(token)} has already been used once`)
  if (data.variable !== variable) throw valueError(`${shown(token)} was created by a different ContextVar`)
  const context = currentContext()
  if (data.context !== context) throw valueError(`${shown(token)} was created in a different Context`)
  data.used = true
  if (data.old === undefined) unbind(context, variable)
  else bind(context, variable, keep(data.old))
}

function defineToken(): void {
  defineType(missingType, () => ({ slots: { tp_repr: (): Owned<Value> => '<Token.MISSING>' } }))
  defineType(tokenType, () => ({
    slots: {
      tp_new: () => {
        throw runtimeError('Tokens can only be created by ContextVars')
      },
      tp_repr: (self: PyToken): Owned<Value> =>
        `<Token${self.data.used ? ' used' : ''} var=${shown(self.data.variable)} at ${address(self)}>`,
      tp_dealloc: ({ data }: PyToken) => {
        drop(data.context)
        drop(data.variable)
        drop(data.old)
      },
      tp_traverse: ({ data }: PyToken, visit) => {
        visit(data.context)
        visit(data.variable)
        if (typeof data.old === 'object') visit(data.old)
      },
    },
    getset: {
      var: ({ data }: PyToken) => keep<Value>(data.variable),
      old_value: ({ data }: PyToken) => keep<Value>(data.old ?? missing),
    },
    classMethods: { '__class_getitem__(key, /)': (type, key) => genericAliasHook.make(type, key) },
    attributes: { MISSING: missing, __hash__: None },
  }))
}

function enter(context: PyContext): void {
  const { data } = context
  if (data.entered) throw runtimeError(`cannot enter context: ${shown(context)} is already entered`)
  data.previous = currentContext() as Owned<PyContext>
  data.entered = true
  thread.context = keep(context) as Owned<PyObject>
}

function leave({ data }: PyContext): void {
  const context = thread.context
  thread.context = data.previous as Owned<PyObject> | null
  data.previous = null
  data.entered = false
  drop(context)
}

function runInContext(self: PyContext, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  if (args.length - (kwnames === null ? 0 : kwnames.length) < 1) {
    throw typeError('run() missing 1 required positional argument')
  }
  enter(self)
  try {
    return call(args[0]!, args.slice(1), kwnames)
  } finally {
    leave(self)
  }
}

function sameBindings(lhs: PyContext, rhs: PyContext): boolean {
  const [left, right] = [lhs.data.bindings, rhs.data.bindings]
  if (left === right) return true
  if (left.data.size !== right.data.size) return false
  for (const [variable, value] of left.data) {
    const other = right.data.get(variable)
    if (other === undefined || !richCompareBool(value, other, Py_EQ)) return false
  }
  return true
}

function newView(context: PyContext, kind: ViewData['kind']): Owned<Value> {
  const bindings = keep(context.data.bindings) as Owned<PyBindings>
  const view = newObject<ViewData>(viewTypes[kind], { bindings, entries: bindings.data.entries(), kind })
  track(view)
  return view
}

function defineContext(): void {
  defineType(contextType, () => ({
    slots: {
      tp_new: (_type, args: readonly Value[]) => {
        if (args.length > 0) throw typeError('Context() does not accept any arguments')
        return newContext(newBindings(new Map()))
      },
      tp_richcompare: (lhs: Value, rhs: Value, op: number): Owned<Value> => {
        const known = typeof rhs === 'object' && rhs.type === contextType && (op === Py_EQ || op === Py_NE)
        if (!known) return NotImplemented as Owned<Value>
        return sameBindings(lhs as PyContext, rhs as PyContext) === (op === Py_EQ)
      },
      tp_iter: (self: PyContext) => newView(self, 'keys'),
      mp_length: ({ data }: PyContext) => data.bindings.data.size,
      mp_subscript: (self: Value, key: Value) => {
        const value = lookup(self as PyContext, key)
        if (value === undefined) throw keyError(key)
        return keep(value)
      },
      sq_contains: (self: PyContext, key: Value) => lookup(self, key) !== undefined,
      tp_weakrefs: ({ data }: PyContext) => data,
      tp_dealloc: ({ data }: PyContext) => {
        drop(data.previous)
        drop(data.bindings)
      },
      tp_traverse: ({ data }: PyContext, visit) => {
        visit(data.bindings)
        if (data.previous !== null) visit(data.previous)
      },
      tp_clear: ({ data }: PyContext) => {
        const { bindings } = data
        data.bindings = newBindings(new Map())
        drop(bindings)
      },
    },
    methods: {
      'get(key, default = None, /)': (self: PyContext, key, fallback) => keep(lookup(self, key) ?? fallback),
      'items()': (self: PyContext) => newView(self, 'items'),
      'keys()': (self: PyContext) => newView(self, 'keys'),
      'values()': (self: PyContext) => newView(self, 'values'),
      'copy()': ({ data }: PyContext) => newContext(keep(data.bindings) as Owned<PyBindings>),
    },
    rawMethods: { 'run()': runInContext },
  }))
}

function clearBindings({ data }: PyBindings): void {
  const entries = [...data]
  data.clear()
  for (const [variable, value] of entries) {
    drop(value)
    drop(variable)
  }
}

function defineBindings(): void {
  defineType(bindingsType, () => ({
    slots: {
      tp_dealloc: clearBindings,
      tp_clear: clearBindings,
      tp_traverse: ({ data }: PyBindings, visit) => {
        for (const [variable, value] of data) {
          visit(variable)
          if (typeof value === 'object') visit(value)
        }
      },
    },
  }))
  for (const type of Object.values(viewTypes)) {
    defineType(type, () => ({
      slots: {
        tp_iter: (self): Owned<Value> => keep<Value>(self),
        tp_iternext: nextOfView,
        tp_dealloc: ({ data }) => drop(data.bindings),
        tp_traverse: ({ data }, visit) => visit(data.bindings),
      },
    }))
  }
}

function nextOfView({ data }: PyObject<ViewData>): Owned<Value> | undefined {
  const step = data.entries.next()
  if (step.done === true) return undefined
  const [variable, value] = step.value
  if (data.kind === 'keys') return keep<Value>(variable)
  if (data.kind === 'values') return keep(value)
  return newTuple([keep<Value>(variable), keep(value)])
}

/** The module `_contextvars`. */
export const contextvarsModule = defineModule('_contextvars', () => {
  defineBindings()
  defineVariable()
  defineToken()
  defineContext()
  return {
    functions: { 'copy_context()': () => newContext(keep(currentContext().data.bindings) as Owned<PyBindings>) },
    types: [contextType, variableType, tokenType],
  }
})
