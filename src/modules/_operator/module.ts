import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt } from '../../objects/access.ts'
import { defineModule } from '../../objects/define_module.ts'
import { isSequence } from '../../objects/enumerate.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import { lengthHint } from '../../objects/length_hint.ts'
import { binaryOp, power, toIndex, unaryOp, unsupportedOperands } from '../../objects/number_protocol.ts'
import { type KeywordNames, Py_EQ, Py_GE, Py_GT, Py_LE, Py_LT, Py_NE, type Value } from '../../objects/object.ts'
import { call, isTrue, richCompare, richCompareBool } from '../../objects/protocols.ts'
import { contains, forEach, getItem, setItem } from '../../objects/sequence_protocol.ts'
import { None, NotImplemented, typeOf } from '../../objects/types.ts'
import { compareDigest } from './compare_digest.ts'
import { attrgetterType, defineGetters, itemgetterType, methodcallerType } from './getters.ts'

/** Operators by their number in BINARY_OP; from 13 on they are the in-place forms. */
const ADD = 0
const AND = 1
const FLOOR_DIVIDE = 2
const LSHIFT = 3
const MATMUL = 4
const MULTIPLY = 5
const REMAINDER = 6
const OR = 7
const POWER = 8
const RSHIFT = 9
const SUBTRACT = 10
const TRUE_DIVIDE = 11
const XOR = 12
const INPLACE = 13

const binary = (operator: number) => (a: Value, b: Value) => binaryOp(a, b, operator)
const compare = (op: number) => (a: Value, b: Value) => richCompare(a, b, op)

function absolute(value: Value): Owned<Value> {
  const { nb_absolute, name } = typeOf(value)
  if (nb_absolute === undefined) throw typeError(`bad operand type for abs(): '${name}'`)
  return nb_absolute(value)
}

function concat(a: Value, b: Value, inplace: boolean): Owned<Value> {
  const type = typeOf(a)
  const slot = (inplace ? type.sq_inplace_concat : undefined) ?? type.sq_concat
  if (slot !== undefined) return slot(a, b)
  if (isSequence(a) && isSequence(b)) {
    const add = (inplace ? type.nb_inplace_add : undefined) ?? type.nb_add ?? typeOf(b).nb_add
    const result = add === undefined ? NotImplemented : add(a, b)
    if (result !== NotImplemented) return result as Owned<Value>
  }
  throw typeError(`'${type.name}' object can't be concatenated`)
}

/** Counts items that equal `value`, or finds the first (`_PySequence_IterSearch`). */
function search(sequence: Value, value: Value, firstOnly: boolean): number {
  const type = typeOf(sequence)
  if (type.tp_iter === undefined && type.sq_item === undefined) {
    throw typeError(`argument of type '${type.name}' is not iterable`)
  }
  let count = 0
  let at = 0
  let found = false
  forEach(sequence, (item) => {
    if (richCompareBool(item, value, Py_EQ)) {
      count++
      found = true
      if (firstOnly) return false
    }
    at++
    return true
  })
  if (!firstOnly) return count
  if (!found) throw valueError('sequence.index(x): x not in sequence')
  return at
}

const functions = {
  'truth(a, /)': (a: Value) => isTrue(a),
  'contains(a, b, /)': (a: Value, b: Value) => contains(a, b),
  'indexOf(a, b, /)': (a: Value, b: Value) => search(a, b, true),
  'countOf(a, b, /)': (a: Value, b: Value) => search(a, b, false),
  'is_(a, b, /)': (a: Value, b: Value) => a === b,
  'is_not(a, b, /)': (a: Value, b: Value) => a !== b,
  'index(a, /)': (a: Value) => toIndex(a),
  'add(a, b, /)': binary(ADD),
  'sub(a, b, /)': binary(SUBTRACT),
  'mul(a, b, /)': binary(MULTIPLY),
  'matmul(a, b, /)': binary(MATMUL),
  'floordiv(a, b, /)': binary(FLOOR_DIVIDE),
  'truediv(a, b, /)': binary(TRUE_DIVIDE),
  'mod(a, b, /)': binary(REMAINDER),
  'neg(a, /)': (a: Value) => unaryOp(a, 'nb_negative', '-'),
  'pos(a, /)': (a: Value) => unaryOp(a, 'nb_positive', '+'),
  'abs(a, /)': absolute,
  'inv(a, /)': (a: Value) => unaryOp(a, 'nb_invert', '~'),
  'invert(a, /)': (a: Value) => unaryOp(a, 'nb_invert', '~'),
  'lshift(a, b, /)': binary(LSHIFT),
  'rshift(a, b, /)': binary(RSHIFT),
  'not_(a, /)': (a: Value) => !isTrue(a),
  'and_(a, b, /)': binary(AND),
  'xor(a, b, /)': binary(XOR),
  'or_(a, b, /)': binary(OR),
  'iadd(a, b, /)': binary(INPLACE + ADD),
  'isub(a, b, /)': binary(INPLACE + SUBTRACT),
  'imul(a, b, /)': binary(INPLACE + MULTIPLY),
  'imatmul(a, b, /)': binary(INPLACE + MATMUL),
  'ifloordiv(a, b, /)': binary(INPLACE + FLOOR_DIVIDE),
  'itruediv(a, b, /)': binary(INPLACE + TRUE_DIVIDE),
  'imod(a, b, /)': binary(INPLACE + REMAINDER),
  'ilshift(a, b, /)': binary(INPLACE + LSHIFT),
  'irshift(a, b, /)': binary(INPLACE + RSHIFT),
  'iand(a, b, /)': binary(INPLACE + AND),
  'ixor(a, b, /)': binary(INPLACE + XOR),
  'ior(a, b, /)': binary(INPLACE + OR),
  'concat(a, b, /)': (a: Value, b: Value) => concat(a, b, false),
  'iconcat(a, b, /)': (a: Value, b: Value) => concat(a, b, true),
  'getitem(a, b, /)': (a: Value, b: Value) => getItem(a, b),
  'setitem(a, b, c, /)': (a: Value, b: Value, c: Value) => setItem(a, b, c),
  'delitem(a, b, /)': (a: Value, b: Value) => setItem(a, b, undefined),
  'pow(a, b, /)': (a: Value, b: Value): Owned<Value> => {
    const result = power(a, b, None)
    if (result === NotImplemented) throw unsupportedOperands(a, b, '** or pow()')
    return result
  },
  'ipow(a, b, /)': binary(INPLACE + POWER),
  'eq(a, b, /)': compare(Py_EQ),
  'ne(a, b, /)': compare(Py_NE),
  'lt(a, b, /)': compare(Py_LT),
  'le(a, b, /)': compare(Py_LE),
  'gt(a, b, /)': compare(Py_GT),
  'ge(a, b, /)': compare(Py_GE),
  '_compare_digest(a, b, /)': compareDigest,
  'length_hint(obj, default = 0, /)': (object: Value, fallback: Value): Owned<Value> => {
    if (asInt(fallback) === undefined) {
      throw typeError(`'${typeOf(fallback).name}' object cannot be interpreted as an integer`)
    }
    const hint = lengthHint(object)
    return hint === undefined ? keep(fallback) : hint
  },
}

/** The module `_operator`. */
export const operatorModule = defineModule('_operator', () => {
  defineGetters()
  return {
    functions,
    rawFunctions: {
      'call(obj, /, *args, **kwargs)': (args: readonly Value[], kwnames: KeywordNames) => {
        if (args.length - (kwnames?.length ?? 0) < 1) throw typeError('call expected at least 1 argument, got 0')
        return call(args[0]!, args.slice(1), kwnames)
      },
    },
    types: [attrgetterType, itemgetterType, methodcallerType],
  }
})
