import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { typeError } from '../../objects/errors.ts'
import { newObject, type PyObject, TPFLAGS_BASETYPE, type Value } from '../../objects/object.ts'
import { builtinType, isInstanceOf, isSubtype, None } from '../../objects/types.ts'
import { contextValue, newContextVariable, setContextValue } from '../_contextvars.ts'
import {
  CLAMPED,
  Context,
  type Dec,
  DIVISION_BY_ZERO,
  IEEE_INVALID_OPERATION,
  OVERFLOW,
  ROUND_HALF_EVEN,
  ROUND_HALF_UP,
  Status,
  UNDERFLOW,
} from './number.ts'

/*
 * The types of the module, and which context is the current one.
 */

export type PyDecimal = PyObject<Dec>
export type PyContext = PyObject<ContextData>

/** The data of a Context: what it says, and the views of its traps and flags, once they were asked for. */
export interface ContextData {
  readonly ctx: Context
  traps: Owned<Value> | null
  flags: Owned<Value> | null
}

/** The data of a SignalDict: a view of a context's traps or flags; `null` for one that was made without. */
export interface SignalDictData {
  ctx: Context | null
  readonly field: 'traps' | 'status'
}

/** The data of what `localcontext` gives. */
export interface ManagerData {
  readonly local: Owned<PyContext>
  readonly global: Owned<PyContext>
}

export const decimalType = builtinType<PyDecimal>('decimal.Decimal', TPFLAGS_BASETYPE)
export const contextType = builtinType<PyContext>('decimal.Context', TPFLAGS_BASETYPE)
export const managerType = builtinType<PyObject<ManagerData>>('decimal.ContextManager')
export const signalDictMixinType = builtinType<PyObject<SignalDictData>>('decimal.SignalDictMixin', TPFLAGS_BASETYPE)

/** What the operation under way has met. No operation calls Python code, so there is only one. */
export const met = new Status()

/** A Decimal of the exact type. */
export function newDecimal(value: Dec): Owned<Value> {
  return newObject(decimalType, value)
}

/** The number of a Decimal; `undefined` for other values. */
export function asDecimal(value: Value): Dec | undefined {
  if (typeof value !== 'object') return undefined
  if (value.type === decimalType || isSubtype(value.type, decimalType)) return value.data as Dec
  return undefined
}

const DEFAULT_LIMIT = 999999
const DEFAULT_TRAPS = IEEE_INVALID_OPERATION | DIVISION_BY_ZERO | OVERFLOW

function newContext(ctx: Context): Owned<PyContext> {
  return newObject<ContextData>(contextType, { ctx, traps: null, flags: null })
}

function template(prec: number, round: number, traps: number): Owned<PyContext> {
  return newContext(new Context(prec, DEFAULT_LIMIT, -DEFAULT_LIMIT, round, 0, traps))
}

/** `DefaultContext`: what new contexts begin with. */
export const defaultContext = template(28, ROUND_HALF_EVEN, DEFAULT_TRAPS)
/** `BasicContext` */
export const basicContext = template(9, ROUND_HALF_UP, DEFAULT_TRAPS | UNDERFLOW | CLAMPED)
/** `ExtendedContext` */
export const extendedContext = template(9, ROUND_HALF_EVEN, 0)

/** A copy of what a context says. */
export function copyOf(ctx: Context): Context {
  const copy = new Context(ctx.prec, ctx.emax, ctx.emin, ctx.round, ctx.clamp, ctx.traps)
  copy.capitals = ctx.capitals
  copy.status = ctx.status
  return copy
}

/** A copy of a context, of the exact type. */
export function copyContext({ data }: PyContext): Owned<PyContext> {
  return newContext(copyOf(data.ctx))
}

/** The context variable that holds the current context; made with the module. */
let variable: Owned<PyObject> | undefined

/** Makes the variable of the current context, once. */
export function defineCurrentContext(): void {
  variable ??= newContextVariable('decimal_context')
}

/** The current context, borrowed; a fresh one where none was set. */
export function currentContext(): PyContext {
  const found = contextValue(variable!)
  if (found !== undefined) return found as PyContext
  const made = copyContext(defaultContext)
  made.data.ctx.status = 0
  setContextValue(variable!, made as Owned<Value>)
  return made
}

/** What the current context says. */
export function current(): Context {
  return currentContext().data.ctx
}

/** Makes a context the current one; of the module's own ones a copy. */
export function setCurrentContext(context: PyContext): void {
  let chosen: Owned<PyContext>
  if (context === defaultContext || context === basicContext || context === extendedContext) {
    chosen = copyContext(context)
    chosen.data.ctx.status = 0
  } else chosen = keep(context) as Owned<PyContext>
  setContextValue(variable!, chosen as Owned<Value>)
}

/** The context of an optional argument: the current one where it is missing or None. */
export function contextArgument(value: Value | undefined): Context {
  if (value === undefined || value === None) return current()
  if (!isInstanceOf(value, contextType)) throw typeError('optional argument must be a context')
  return (value as PyContext).data.ctx
}

/** Gives up what a context holds. */
export function endContext({ data }: PyContext): void {
  drop(data.traps)
  drop(data.flags)
}
