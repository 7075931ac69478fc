import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { defineType } from '../../objects/define.ts'
import { keyError, newException, typeError } from '../../objects/errors.ts'
import {
  PyExc_ArithmeticError,
  PyExc_TypeError,
  PyExc_ZeroDivisionError,
  type PyException,
} from '../../objects/exception_types.ts'
import { newList } from '../../objects/make.ts'
import { type PyDict, type PyList, type PyType, TPFLAGS_DICT_SUBCLASS, type Value } from '../../objects/object.ts'
import { isTrue } from '../../objects/protocols.ts'
import { typeOf } from '../../objects/types.ts'
import { exceptionClass } from '../exception_class.ts'
import * as conditions from './number.ts'
import { type Context, IEEE_INVALID_OPERATION } from './number.ts'

/*
 * Signals: the exceptions that traps raise, and the flags behind them.
 */

function signal(name: string, ...bases: [PyType, ...PyType[]]): PyType {
  const type = exceptionClass('decimal', name, bases[0])
  type.bases = bases
  return type
}

const DecimalException = signal('DecimalException', PyExc_ArithmeticError)
const Clamped = signal('Clamped', DecimalException)
const Rounded = signal('Rounded', DecimalException)
const Inexact = signal('Inexact', DecimalException)
const Subnormal = signal('Subnormal', DecimalException)
const Underflow = signal('Underflow', Inexact, Rounded, Subnormal)
const Overflow = signal('Overflow', Inexact, Rounded)
const DivisionByZero = signal('DivisionByZero', DecimalException, PyExc_ZeroDivisionError)
const FloatOperation = signal('FloatOperation', DecimalException, PyExc_TypeError)
const InvalidOperation = signal('InvalidOperation', DecimalException)
const ConversionSyntax = signal('ConversionSyntax', InvalidOperation)
const DivisionImpossible = signal('DivisionImpossible', InvalidOperation)
const DivisionUndefined = signal('DivisionUndefined', InvalidOperation, PyExc_ZeroDivisionError)
const InvalidContext = signal('InvalidContext', InvalidOperation)

/** All exception classes, bases first. */
export const exceptionClasses: readonly PyType[] = [
  DecimalException,
  Clamped,
  Rounded,
  Inexact,
  Subnormal,
  Underflow,
  Overflow,
  DivisionByZero,
  FloatOperation,
  InvalidOperation,
  ConversionSyntax,
  DivisionImpossible,
  DivisionUndefined,
  InvalidContext,
]

interface SignalRow {
  readonly flag: number
  readonly type: PyType
}

/** The signals in the order in which they are listed and raised. */
export const signals: readonly SignalRow[] = [
  { flag: IEEE_INVALID_OPERATION, type: InvalidOperation },
  { flag: conditions.FLOAT_OPERATION, type: FloatOperation },
  { flag: conditions.DIVISION_BY_ZERO, type: DivisionByZero },
  { flag: conditions.OVERFLOW, type: Overflow },
  { flag: conditions.UNDERFLOW, type: Underflow },
  { flag: conditions.SUBNORMAL, type: Subnormal },
  { flag: conditions.INEXACT, type: Inexact },
  { flag: conditions.ROUNDED, type: Rounded },
  { flag: conditions.CLAMPED, type: Clamped },
]

/** What the argument of an exception lists: the conditions behind InvalidOperation one by one, then the other signals. */
const listed: readonly SignalRow[] = [
  { flag: conditions.INVALID_OPERATION, type: InvalidOperation },
  { flag: conditions.CONVERSION_SYNTAX, type: ConversionSyntax },
  { flag: conditions.DIVISION_IMPOSSIBLE, type: DivisionImpossible },
  { flag: conditions.DIVISION_UNDEFINED, type: DivisionUndefined },
  { flag: conditions.INVALID_CONTEXT, type: InvalidContext },
  ...signals.slice(1),
]

const INVALID_SIGNALS =
  'valid values for signals are:\n' +
  '  [InvalidOperation, FloatOperation, DivisionByZero,\n' +
  '   Overflow, Underflow, Subnormal, Inexact, Rounded,\n' +
  '   Clamped]'

/** Gives the exception classes their behaviour. */
export function defineSignals(): void {
  for (const type of exceptionClasses) defineType(type, () => ({ attributes: { __module__: 'decimal' } }))
}

/** Notes conditions in a context and raises the first signal that is trapped. */
export function addStatus(ctx: Context, bits: number): void {
  ctx.status |= bits
  if ((bits & ctx.traps) !== 0) throw trapped(bits & ctx.traps)
}

function trapped(bits: number): Owned<PyException> {
  const { type } = signals.find(({ flag }) => (flag & bits) !== 0)!
  const list = newList(typesOf(listed, bits))
  try {
    return newException(type, [list])
  } finally {
    drop(list)
  }
}

function typesOf(rows: readonly SignalRow[], bits: number): Owned<Value>[] {
  return rows.filter(({ flag }) => (flag & bits) !== 0).map(({ type }) => keep<Value>(type))
}

/** The list of signals among flags, as pickling shows it. */
export function signalList(bits: number): Owned<Value> {
  return newList(typesOf(signals, bits))
}

/** The flag of a signal's class; KeyError for others. */
export function signalFlag(key: Value): number {
  const row = signals.find(({ type }) => type === key)
  if (row === undefined) throw keyError(INVALID_SIGNALS)
  return row.flag
}

/** The flags of a list of signals. */
export function flagsOfList(list: PyList): number {
  let bits = 0
  for (const item of list.data) bits |= signalFlag(item)
  return bits
}

/** The flags that a dict from each signal to a truth says. */
export function flagsOfDict(value: Value): number {
  if ((typeOf(value).flags & TPFLAGS_DICT_SUBCLASS) === 0) throw typeError('argument must be a signal dict')
  const table = (value as PyDict).data
  if (table.used !== signals.length) throw keyError('invalid signal dict')
  let bits = 0
  for (const { flag, type } of signals) {
    const truth = table.get(type)
    if (truth === undefined) throw keyError('invalid signal dict')
    if (isTrue(truth)) bits |= flag
  }
  return bits
}

/** The names that `repr` of a context shows, by bit. */
const shownNames = [
  'Clamped',
  'InvalidOperation',
  'DivisionByZero',
  'InvalidOperation',
  'InvalidOperation',
  'InvalidOperation',
  'Inexact',
  'InvalidOperation',
  'InvalidOperation',
  'InvalidOperation',
  'FloatOperation',
  'Overflow',
  'Rounded',
  'Subnormal',
  'Underflow',
]

/** Flags as `repr` of a context shows them. */
export function shownFlags(bits: number): string {
  const names = shownNames.filter((_, i) => (bits & (1 << i)) !== 0)
  return `[${[...new Set(names)].join(', ')}]`
}
