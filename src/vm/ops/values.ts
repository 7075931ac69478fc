import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { newFloat, newTuple } from '../../objects/make.ts'
import { binaryOp, unaryOp } from '../../objects/number_protocol.ts'
import {
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_NE,
  type PyFloat,
  type PyList,
  type Value,
} from '../../objects/object.ts'
import { isTrue, richCompare } from '../../objects/protocols.ts'
import { contains, getItem, iter, len, setItem } from '../../objects/sequence_protocol.ts'
import { floatType } from '../../objects/types.ts'

/*
 * The semantics of opcodes as functions over values: operands are borrowed, results owned. The loop, and later the JIT,
 * take operands off the stack and put results on it as the opcode's row says.
 */

export const UNARY_POSITIVE = (value: Value): Owned<Value> => unaryOp(value, 'nb_positive', '+')
export const UNARY_NEGATIVE = (value: Value): Owned<Value> => {
  if (typeof value === 'number') return value === 0 ? 0 : -value
  return unaryOp(value, 'nb_negative', '-')
}
export const UNARY_NOT = (value: Value): Owned<Value> => !isTrue(value)
export const UNARY_INVERT = (value: Value): Owned<Value> => unaryOp(value, 'nb_invert', '~')

export const BINARY_OP = (lhs: Value, rhs: Value, oparg: number): Owned<Value> => {
  if (typeof lhs === 'number' && typeof rhs === 'number') {
    switch (oparg) {
      case 6:
      case 19: {
        if (rhs === 0) break
        const result = lhs % rhs
        return result !== 0 && result < 0 !== rhs < 0 ? result + rhs : result + 0
      }
      case 2:
      case 15: {
        if (rhs === 0) break
        const quotient = Math.floor(lhs / rhs)
        // Exact unless the division was rounded up to a whole number.
        if (quotient <= 0x3fffffff && quotient >= -0x3fffffff) return quotient + 0
        break
      }
      case 1:
      case 14:
        if ((lhs | 0) === lhs && (rhs | 0) === rhs) return lhs & rhs
        break
      case 7:
      case 20:
        if ((lhs | 0) === lhs && (rhs | 0) === rhs) return lhs | rhs
        break
      case 12:
      case 25:
        if ((lhs | 0) === lhs && (rhs | 0) === rhs) return lhs ^ rhs
        break
      case 9:
      case 22:
        if ((lhs | 0) === lhs && rhs >= 0) return rhs > 31 ? (lhs < 0 ? -1 : 0) : lhs >> rhs
        break
      case 3:
      case 16: {
        if (rhs < 0 || rhs > 52) break
        const result = lhs * 2 ** rhs
        if (Number.isSafeInteger(result)) return result + 0
        break
      }
    }
  }
  if (typeof lhs === 'object' && lhs.type === floatType) {
    const a = (lhs as PyFloat).data
    if (typeof rhs === 'number') return floatOp(a, rhs, oparg) ?? binaryOp(lhs, rhs, oparg)
    if (typeof rhs === 'object' && rhs.type === floatType) {
      return floatOp(a, (rhs as PyFloat).data, oparg) ?? binaryOp(lhs, rhs, oparg)
    }
  } else if (typeof lhs === 'number') {
    if (typeof rhs === 'object' && rhs.type === floatType) {
      return floatOp(lhs, (rhs as PyFloat).data, oparg) ?? binaryOp(lhs, rhs, oparg)
    }
    if (typeof rhs === 'number' && (oparg === 11 || oparg === 24) && rhs !== 0) return newFloat(lhs / rhs)
  }
  return binaryOp(lhs, rhs, oparg)
}

/** Arithmetic that cannot fail; `undefined` for all else. */
function floatOp(a: number, b: number, oparg: number): Owned<PyFloat> | undefined {
  switch (oparg) {
    case 0:
    case 13:
      return newFloat(a + b)
    case 5:
    case 18:
      return newFloat(a * b)
    case 10:
    case 23:
      return newFloat(a - b)
    case 11:
    case 24:
      return b === 0 ? undefined : newFloat(a / b)
    default:
      return undefined
  }
}

export const COMPARE_OP = (lhs: Value, rhs: Value, oparg: number): Owned<Value> => {
  if ((typeof lhs === 'number' && typeof rhs === 'number') || (typeof lhs === 'string' && typeof rhs === 'string')) {
    switch (oparg) {
      case Py_LT:
        return lhs < rhs
      case Py_LE:
        return lhs <= rhs
      case Py_EQ:
        return lhs === rhs
      case Py_NE:
        return lhs !== rhs
      case Py_GT:
        return lhs > rhs
      case Py_GE:
        return lhs >= rhs
    }
  }
  if (typeof lhs === 'object' && typeof rhs === 'object' && lhs.type === floatType && rhs.type === floatType) {
    return compareDoubles((lhs as PyFloat).data, (rhs as PyFloat).data, oparg)
  }
  return richCompare(lhs, rhs, oparg)
}

function compareDoubles(a: number, b: number, op: number): boolean {
  switch (op) {
    case Py_LT:
      return a < b
    case Py_LE:
      return a <= b
    case Py_EQ:
      return a === b
    case Py_NE:
      return a !== b
    case Py_GT:
      return a > b
    default:
      return a >= b
  }
}

export const IS_OP = (lhs: Value, rhs: Value, oparg: number): Owned<Value> => (lhs === rhs) !== (oparg !== 0)
export const CONTAINS_OP = (value: Value, container: Value, oparg: number): Owned<Value> =>
  contains(container, value) !== (oparg === 1)

export const BINARY_SUBSCR = (container: Value, key: Value): Owned<Value> => getItem(container, key)
export const STORE_SUBSCR = (value: Value, container: Value, key: Value): void => setItem(container, key, value)
export const DELETE_SUBSCR = (container: Value, key: Value): void => setItem(container, key, undefined)

export const GET_ITER = (iterable: Value): Owned<Value> => iter(iterable)
export const GET_LEN = (subject: Value): Owned<Value> => len(subject)

export const LIST_TO_TUPLE = (list: Value): Owned<Value> =>
  newTuple((list as PyList).data.map((item) => keep<Value>(item)))
