import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { defineType } from '../../objects/define.ts'
import { DictTable } from '../../objects/dict_table.ts'
import { isException, valueError } from '../../objects/errors.ts'
import { PyExc_KeyError, PyExc_TypeError } from '../../objects/exception_types.ts'
import { newOf } from '../../objects/instance.ts'
import { newDict, newTuple } from '../../objects/make.ts'
import { Py_EQ, Py_NE, type PyObject, type PyType, TPFLAGS_DICT_SUBCLASS, type Value } from '../../objects/object.ts'
import { isTrue } from '../../objects/protocols.ts'
import { iter } from '../../objects/sequence_protocol.ts'
import {
  bytesType,
  dictType,
  floatType,
  frozensetType,
  isInstanceOf,
  listType,
  None,
  NotImplemented,
  setType,
  tupleType,
  typeOf,
} from '../../objects/types.ts'
import type { Context } from './number.ts'
import { flagsOfDict, signalFlag, signals } from './signals.ts'
import { type SignalDictData, signalDictMixinType } from './types.ts'

/*
 * The mapping from signals to truths that the traps and flags of a context are seen through.
 */

type PySignalDict = PyObject<SignalDictData>

/** `SignalDict`: the mixin made a MutableMapping; the module makes it, with Python's help. */
let signalDictType: Owned<PyType> | undefined

/** Sets the class of signal dicts; takes it over. */
export function setSignalDictType(type: Owned<PyType>): void {
  signalDictType = type
}

/** A view of the traps or the flags of a context. */
export function newSignalDict(ctx: Context, field: SignalDictData['field']): Owned<Value> {
  return newOf<SignalDictData>(signalDictType!, { ctx, field }) as Owned<Value>
}

/** The flags of a signal dict; `undefined` for other values. */
export function signalDictFlags(value: Value): number | undefined {
  if (!isInstanceOf(value, signalDictMixinType)) return undefined
  return flagsOf((value as PySignalDict).data)
}

/** The context behind a signal dict; ValueError where there is none, as for one that a program has made itself. */
function contextOf({ ctx }: SignalDictData): Context {
  if (ctx === null) throw valueError('invalid signal dict')
  return ctx
}

const flagsOf = (data: SignalDictData): number => contextOf(data)[data.field]

function setSignal({ data }: PySignalDict, key: Value, value: Value | undefined): void {
  const ctx = contextOf(data)
  if (value === undefined) throw valueError('signal keys cannot be deleted')
  const flag = signalFlag(key)
  if (isTrue(value)) ctx[data.field] |= flag
  else ctx[data.field] &= ~flag
}

const truth = (set: boolean) => (set ? 'True' : 'False')

function reprOf({ data }: PySignalDict): Owned<Value> {
  const bits = flagsOf(data)
  const rows = signals.map(({ flag, type }) => `<class 'decimal.${type.name}'>:${truth((bits & flag) !== 0)}`)
  return `{${rows.join(', ')}}`
}

/** The flags of what a signal dict can be compared with; `undefined` for other values. */
function comparedFlags(value: Value): number | undefined {
  const own = signalDictFlags(value)
  if (own !== undefined) return own
  if ((typeOf(value).flags & TPFLAGS_DICT_SUBCLASS) === 0) return undefined
  try {
    return flagsOfDict(value)
  } catch (error) {
    if (!isException(error, PyExc_KeyError) && !isException(error, PyExc_TypeError)) throw error
    drop(error)
    return undefined
  }
}

const sized: readonly PyType[] = [dictType, listType, tupleType, setType, frozensetType, bytesType]

/**
 * Whether CPython takes a value for a signal dict without a context: it looks at the first word of any object's data,
 * which is zero for what is empty or zero.
 */
function looksDetached(value: Value): boolean {
  if (typeof value !== 'object') return value === 0 || value === '' || value === false
  if (isInstanceOf(value, signalDictMixinType)) return (value as PySignalDict).data.ctx === null
  const { type } = value
  if (type === floatType) return Object.is(value.data, 0)
  return sized.includes(type) && (type.mp_length ?? type.sq_length)!(value) === 0
}

function compare(self: Value, other: Value, op: number): Owned<Value> {
  if (looksDetached(other)) throw valueError('invalid signal dict')
  const ours = flagsOf((self as PySignalDict).data)
  if (op !== Py_EQ && op !== Py_NE) return NotImplemented as Owned<Value>
  const theirs = comparedFlags(other)
  if (theirs === undefined) return NotImplemented as Owned<Value>
  return (ours === theirs) === (op === Py_EQ)
}

function asDict({ data }: PySignalDict): Owned<Value> {
  const table = new DictTable()
  const bits = flagsOf(data)
  for (const { flag, type } of signals) table.set(type, (bits & flag) !== 0)
  return newDict(table)
}

/** Gives the base of signal dicts its behaviour. */
export function defineSignalDictMixin(): void {
  defineType(signalDictMixinType, () => ({
    slots: {
      tp_new: (type: PyType): Owned<Value> =>
        newOf<SignalDictData>(type, { ctx: null, field: 'status' }) as Owned<Value>,
      tp_init: ({ data }: PySignalDict) => {
        data.ctx = null
      },
      tp_repr: reprOf,
      tp_richcompare: compare,
      tp_iter: ({ data }: PySignalDict) => {
        contextOf(data)
        const tuple = newTuple(signals.map(({ type }) => keep<Value>(type)))
        try {
          return iter(tuple)
        } finally {
          drop(tuple)
        }
      },
      mp_length: ({ data }: PySignalDict) => {
        contextOf(data)
        return signals.length
      },
      mp_subscript: (self: Value, key: Value): Owned<Value> =>
        (flagsOf((self as PySignalDict).data) & signalFlag(key)) !== 0,
      mp_ass_subscript: setSignal,
    },
    methods: { 'copy()': asDict },
    attributes: { __hash__: None },
  }))
}
