import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import { genericGetAttr, genericSetAttr } from '../../objects/attributes.ts'
import { defineType, type GetSet } from '../../objects/define.ts'
import { newException, overflowError, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_AttributeError } from '../../objects/exception_types.ts'
import { newOf } from '../../objects/instance.ts'
import { newTuple } from '../../objects/make.ts'
import { toIndex } from '../../objects/number_protocol.ts'
import {
  type KeywordNames,
  type PyList,
  type PyType,
  TPFLAGS_LIST_SUBCLASS,
  TPFLAGS_LONG_SUBCLASS,
  type Value,
} from '../../objects/object.ts'
import { None, typeOf } from '../../objects/types.ts'
import { parseKeywords } from './arguments.ts'
import { contextMethods, contextRawMethods } from './context_methods.ts'
import { type Context, type Exp, MAX_EMAX, MAX_PREC, MIN_EMIN, roundingNames } from './number.ts'
import { newSignalDict, signalDictFlags } from './signal_dict.ts'
import { flagsOfDict, flagsOfList, shownFlags, signalList } from './signals.ts'
import {
  type ContextData,
  contextType,
  copyContext,
  copyOf,
  defaultContext,
  endContext,
  type PyContext,
} from './types.ts'

/*
 * `decimal.Context`: attributes with their limits, pickling, text.
 */

const INVALID_ROUNDING =
  'valid values for rounding are:\n' +
  '  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n' +
  '   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n' +
  '   ROUND_05UP]'

/** The number of a rounding mode, or TypeError. */
export function roundingArgument(value: Value): number {
  const text = asStr(value)
  const mode = typeof text === 'string' ? roundingNames.indexOf(text) : -1
  if (mode < 0) throw typeError(INVALID_ROUNDING)
  return mode
}

const SSIZE_MAX = 2n ** 63n - 1n

/** A `Py_ssize_t` as `PyLong_AsSsize_t` takes it: an int, no conversion. */
export function ssizeArgument(value: Value): Exp {
  if (typeof value === 'number') return value
  if ((typeOf(value).flags & TPFLAGS_LONG_SUBCLASS) === 0) throw typeError('an integer is required')
  const int = toIndex(value)
  if (int > SSIZE_MAX || int < -SSIZE_MAX - 1n) throw overflowError('Python int too large to convert to C ssize_t')
  return int
}

function setPrec(ctx: Context, value: Value): void {
  const prec = ssizeArgument(value)
  if (prec <= 0 || prec > MAX_PREC) throw valueError('valid range for prec is [1, MAX_PREC]')
  ctx.prec = prec
}

function setEmin(ctx: Context, value: Value): void {
  const emin = ssizeArgument(value)
  if (emin > 0 || emin < MIN_EMIN) throw valueError('valid range for Emin is [MIN_EMIN, 0]')
  ctx.emin = emin
}

function setEmax(ctx: Context, value: Value): void {
  const emax = ssizeArgument(value)
  if (emax < 0 || emax > MAX_EMAX) throw valueError('valid range for Emax is [0, MAX_EMAX]')
  ctx.emax = emax
}

function setRounding(ctx: Context, value: Value): void {
  ctx.round = roundingArgument(value)
}

function setCapitals(ctx: Context, value: Value): void {
  const capitals = ssizeArgument(value)
  if (capitals !== 0 && capitals !== 1) throw valueError('valid values for capitals are 0 or 1')
  ctx.capitals = capitals
}

function setClamp(ctx: Context, value: Value): void {
  const clamp = ssizeArgument(value)
  if (clamp !== 0 && clamp !== 1) throw valueError('valid values for clamp are 0 or 1')
  ctx.clamp = clamp
}

function setFlags(ctx: Context, field: 'traps' | 'status', value: Value): void {
  ctx[field] = signalDictFlags(value) ?? flagsOfDict(value)
}

/** As `setFlags`, where a list of signals will do too. */
function setListed(ctx: Context, field: 'traps' | 'status', value: Value): void {
  if ((typeOf(value).flags & TPFLAGS_LIST_SUBCLASS) !== 0) ctx[field] = flagsOfList(value as PyList)
  else setFlags(ctx, field, value)
}

/** The parameters of `Context` in their order. */
export const contextParameters = ['prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp', 'flags', 'traps']

const setters = [setPrec, setRounding, setEmin, setEmax, setCapitals, setClamp]

/** Sets what the arguments in the order of `contextParameters` say; None and `undefined` say nothing. */
export function setAttributes(ctx: Context, values: readonly (Value | undefined)[]): void {
  const given = (i: number): Value | undefined => (values[i] === None ? undefined : values[i])
  setters.forEach((set, i) => {
    const value = given(i)
    if (value !== undefined) set(ctx, value)
  })
  const [flags, traps] = [given(6), given(7)]
  if (traps !== undefined) setListed(ctx, 'traps', traps)
  if (flags !== undefined) setListed(ctx, 'status', flags)
}

function init({ data }: PyContext, args: readonly Value[], kwnames: KeywordNames): void {
  setAttributes(data.ctx, parseKeywords(contextParameters, 0, args, kwnames))
}

function reprOf({ data: { ctx } }: PyContext): Owned<Value> {
  return (
    `Context(prec=${ctx.prec}, rounding=${roundingNames[ctx.round]}, Emin=${ctx.emin}, Emax=${ctx.emax}, ` +
    `capitals=${ctx.capitals}, clamp=${ctx.clamp}, flags=${shownFlags(ctx.status)}, traps=${shownFlags(ctx.traps)})`
  )
}

function reduce({ type, data: { ctx } }: PyContext): Owned<Value> {
  const args: Owned<Value>[] = [
    ctx.prec,
    roundingNames[ctx.round]!,
    ctx.emin,
    ctx.emax,
    ctx.capitals,
    ctx.clamp,
    signalList(ctx.status),
    signalList(ctx.traps),
  ]
  return newTuple([keep<Value>(type), newTuple(args) as Owned<Value>])
}

function getAttribute(self: Value, name: Value): Owned<Value> | undefined {
  const { data } = self as PyContext
  if (name === 'traps') return keep<Value>((data.traps ??= newSignalDict(data.ctx, 'traps')))
  if (name === 'flags') return keep<Value>((data.flags ??= newSignalDict(data.ctx, 'status')))
  return genericGetAttr(self, name as string)
}

function setAttribute(self: Value, name: Value, value: Value | undefined): void {
  if (value === undefined) throw newException(PyExc_AttributeError, ['context attributes cannot be deleted'])
  const { ctx } = (self as PyContext).data
  if (name === 'traps') setFlags(ctx, 'traps', value)
  else if (name === 'flags') setFlags(ctx, 'status', value)
  else genericSetAttr(self, name as string, value)
}

/** An attribute that is read and set; it cannot be deleted, which `setAttribute` sees to. */
function attribute(get: (ctx: Context) => Owned<Value>, set: (ctx: Context, value: Value) => void): GetSet<PyContext> {
  return {
    get: ({ data }) => get(data.ctx),
    set: ({ data }, value) => set(data.ctx, value!),
  }
}

/** Gives `Context` its behaviour. */
export function defineContextType(): void {
  defineType(contextType, () => ({
    signature: '(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)',
    slots: {
      tp_new: (type: PyType): Owned<Value> =>
        newOf<ContextData>(type, { ctx: copyOf(defaultContext.data.ctx), traps: null, flags: null }) as Owned<Value>,
      tp_init: init,
      tp_repr: reprOf,
      tp_getattro: getAttribute,
      tp_setattro: setAttribute,
      tp_dealloc: endContext,
    },
    getset: {
      prec: attribute((ctx) => ctx.prec, setPrec),
      Emax: attribute((ctx) => ctx.emax, setEmax),
      Emin: attribute((ctx) => ctx.emin, setEmin),
      rounding: attribute((ctx) => roundingNames[ctx.round]!, setRounding),
      capitals: attribute((ctx) => ctx.capitals, setCapitals),
      clamp: attribute((ctx) => ctx.clamp, setClamp),
    },
    methods: {
      ...contextMethods,
      'clear_flags()': ({ data }: PyContext) => {
        data.ctx.status = 0
      },
      'clear_traps()': ({ data }: PyContext) => {
        data.ctx.traps = 0
      },
      '__copy__()': (self: PyContext) => copyContext(self),
      'copy()': (self: PyContext) => copyContext(self),
      '__reduce__()': reduce,
    },
    rawMethods: contextRawMethods,
    attributes: { __module__: 'decimal' },
  }))
}
