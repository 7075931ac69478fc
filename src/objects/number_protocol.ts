import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asFloat, asInt } from './access.ts'
import { overflowError, typeError } from './errors.ts'
import { PyExc_DeprecationWarning } from './exception_types.ts'
import type { PyType, Value } from './object.ts'
import { isSubtype, None, NotImplemented, typeOf } from './types.ts'
import { warn } from './warn.ts'

/*
 * The number protocol (CPython's abstract.c). Fast paths for plain numbers are the callers'; what stands here goes by the
 * slots, with CPython's order of trying the operands' types.
 */

/** `operator.index(value)`; TypeError for what is no integer. */
export function toIndex(value: Value): number | bigint {
  const int = asInt(value)
  if (int !== undefined) return int
  const type = typeOf(value)
  if (type.nb_index === undefined) {
    throw typeError(`'${type.name}' object cannot be interpreted as an integer`)
  }
  const result = type.nb_index(value)
  if (typeof result === 'number' || typeof result === 'bigint') return result
  const number = asInt(result)
  const { name } = typeOf(result)
  drop(result)
  if (number === undefined) throw typeError(`__index__ returned non-int (type ${name})`)
  warn(PyExc_DeprecationWarning, strictSubclass('__index__', name), 1)
  return number
}

/** The DeprecationWarning of a conversion that gives an instance of a subclass of int. */
export function strictSubclass(method: string, typeName: string): string {
  return (
    `${method} returned non-int (type ${typeName}).  The ability to return an instance of a strict subclass of int is ` +
    'deprecated, and may not be allowed in a future version of Python.'
  )
}

/** What `float(value)` gives for a number: through `__float__`, else `__index__`. */
export function toDouble(value: Value): number {
  const float = asFloat(value)
  if (float !== undefined) return float
  if (typeof value === 'number') return value
  const type = typeOf(value)
  if (type.nb_float !== undefined && asInt(value) === undefined) {
    const result = type.nb_float(value)
    const number = asFloat(result)
    if (number === undefined) {
      const found = typeOf(result).name
      drop(result)
      throw typeError(`${type.name}.__float__ returned non-float (type ${found})`)
    }
    drop(result)
    return number
  }
  if (asInt(value) === undefined && type.nb_index === undefined) {
    throw typeError(`must be real number, not ${type.name}`)
  }
  const number = Number(toIndex(value))
  if (!Number.isFinite(number)) throw overflowError('int too large to convert to float')
  return number
}

/** A binary slot of the number protocol. */
export type BinarySlot =
  | 'nb_add'
  | 'nb_subtract'
  | 'nb_multiply'
  | 'nb_remainder'
  | 'nb_divmod'
  | 'nb_lshift'
  | 'nb_rshift'
  | 'nb_and'
  | 'nb_xor'
  | 'nb_or'
  | 'nb_floor_divide'
  | 'nb_true_divide'
  | 'nb_matrix_multiply'

/** Tries both operands' slots; `NotImplemented` where neither knows what to do (CPython's `binary_op1`). */
export function binaryOp1(lhs: Value, rhs: Value, slot: BinarySlot): Owned<Value> {
  const left = typeOf(lhs)
  const right = typeOf(rhs)
  const ours = left[slot]
  let theirs = left === right ? undefined : right[slot]
  if (theirs === ours) theirs = undefined
  if (ours !== undefined) {
    if (theirs !== undefined && isSubtype(right, left)) {
      const result = theirs(lhs, rhs)
      if (result !== NotImplemented) return result
      theirs = undefined
    }
    const result = ours(lhs, rhs)
    if (result !== NotImplemented) return result
  }
  return theirs === undefined ? (NotImplemented as Owned<Value>) : theirs(lhs, rhs)
}

/** The TypeError of operands that an operator cannot serve. */
export function unsupportedOperands(lhs: Value, rhs: Value, operator: string): unknown {
  const [left, right] = [typeOf(lhs).name, typeOf(rhs).name]
  const hint =
    operator === '>>' && left === 'builtin_function_or_method' && shownAsPrint(lhs)
      ? '. Did you mean "print(<message>, file=<output_stream>)"?'
      : ''
  return typeError(`unsupported operand type(s) for ${operator}: '${left}' and '${right}'${hint}`)
}

function shownAsPrint(value: Value): boolean {
  return typeof value === 'object' && (value.data as { def?: { name?: string } }).def?.name === 'print'
}

/** An operator of BINARY_OP: its slots and how messages show it. */
interface OperatorRow {
  readonly slot: BinarySlot | 'nb_power'
  readonly inplace: keyof PyType
  readonly text: string
}

const operatorRow = (slot: BinarySlot | 'nb_power', inplace: keyof PyType, text: string): OperatorRow => ({
  slot,
  inplace,
  text,
})

/** The operators in the order of CPython's `nb_op` numbers; from 13 on they are the in-place forms. */
const operatorRows: readonly OperatorRow[] = [
  operatorRow('nb_add', 'nb_inplace_add', '+'),
  operatorRow('nb_and', 'nb_inplace_and', '&'),
  operatorRow('nb_floor_divide', 'nb_inplace_floor_divide', '//'),
  operatorRow('nb_lshift', 'nb_inplace_lshift', '<<'),
  operatorRow('nb_matrix_multiply', 'nb_inplace_matrix_multiply', '@'),
  operatorRow('nb_multiply', 'nb_inplace_multiply', '*'),
  operatorRow('nb_remainder', 'nb_inplace_remainder', '%'),
  operatorRow('nb_or', 'nb_inplace_or', '|'),
  operatorRow('nb_power', 'nb_inplace_power', '** or pow()'),
  operatorRow('nb_rshift', 'nb_inplace_rshift', '>>'),
  operatorRow('nb_subtract', 'nb_inplace_subtract', '-'),
  operatorRow('nb_true_divide', 'nb_inplace_true_divide', '/'),
  operatorRow('nb_xor', 'nb_inplace_xor', '^'),
]

/** Number of operators before the in-place forms begin. */
const INPLACE = operatorRows.length

/** Numbers of operators that others need to name. */
export const NB_ADD = 0
export const NB_MULTIPLY = 5

/** `lhs <operator> rhs`, in place from operator number 13 on; TypeError where neither operand knows how. */
export function binaryOp(lhs: Value, rhs: Value, operator: number): Owned<Value> {
  const inplace = operator >= INPLACE
  const row = operatorRows[inplace ? operator - INPLACE : operator]!
  if (inplace) {
    const fn = typeOf(lhs)[row.inplace] as ((lhs: Value, rhs: Value, modulus: Value) => Owned<Value>) | undefined
    if (fn !== undefined) {
      const result = fn(lhs, rhs, None)
      if (result !== NotImplemented) return result
    }
  }
  const result = row.slot === 'nb_power' ? power(lhs, rhs, None) : binaryOp1(lhs, rhs, row.slot)
  if (result !== NotImplemented) return result
  const sequence = sequenceOp(lhs, rhs, row.slot, inplace)
  if (sequence !== undefined) return sequence
  throw unsupportedOperands(lhs, rhs, inplace ? (row.slot === 'nb_power' ? '**=' : `${row.text}=`) : row.text)
}

/** Concatenation and repetition of sequences, which number slots do not serve. */
function sequenceOp(lhs: Value, rhs: Value, slot: string, inplace: boolean): Owned<Value> | undefined {
  const left = typeOf(lhs)
  const right = typeOf(rhs)
  if (slot === 'nb_add') {
    const concat = (inplace ? left.sq_inplace_concat : undefined) ?? left.sq_concat
    return concat === undefined ? undefined : concat(lhs, rhs)
  }
  if (slot !== 'nb_multiply') return undefined
  const repeat = (inplace ? left.sq_inplace_repeat : undefined) ?? left.sq_repeat
  if (repeat !== undefined) return repeat(lhs, repeatCount(rhs))
  return right.sq_repeat === undefined ? undefined : right.sq_repeat(rhs, repeatCount(lhs))
}

function repeatCount(count: Value): number {
  if (typeof count === 'number') return count
  const type = typeOf(count)
  if (asInt(count) === undefined && type.nb_index === undefined) {
    throw typeError(`can't multiply sequence by non-int of type '${type.name}'`)
  }
  const number = toIndex(count)
  if (typeof number === 'number') return number
  if (number < -(2n ** 63n) || number >= 2n ** 63n) {
    throw overflowError(`cannot fit '${type.name}' into an index-sized integer`)
  }
  return number < 0n ? 0 : Number.MAX_SAFE_INTEGER
}

/** `base ** exponent % modulus` by the slots; `NotImplemented` where no operand knows how (`ternary_op`). */
export function power(base: Value, exponent: Value, modulus: Value): Owned<Value> {
  const [left, right] = [typeOf(base), typeOf(exponent)]
  const ours = left.nb_power
  let theirs = left === right ? undefined : right.nb_power
  if (theirs === ours) theirs = undefined
  if (ours !== undefined) {
    if (theirs !== undefined && isSubtype(right, left)) {
      const result = theirs(base, exponent, modulus)
      if (result !== NotImplemented) return result
      theirs = undefined
    }
    const result = ours(base, exponent, modulus)
    if (result !== NotImplemented) return result
  }
  if (theirs !== undefined) {
    const result = theirs(base, exponent, modulus)
    if (result !== NotImplemented) return result
  }
  const last = modulus === None ? undefined : typeOf(modulus).nb_power
  if (last !== undefined && last !== ours && last !== theirs) return last(base, exponent, modulus)
  return NotImplemented as Owned<Value>
}

/** `-value` and its like. */
export function unaryOp(value: Value, slot: 'nb_negative' | 'nb_positive' | 'nb_invert', text: string): Owned<Value> {
  const fn = typeOf(value)[slot]
  if (fn === undefined) throw typeError(`bad operand type for unary ${text}: '${typeOf(value).name}'`)
  return fn(value)
}
