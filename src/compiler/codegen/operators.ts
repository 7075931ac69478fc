import type { CmpOp, Operator, UnaryOperator } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import { emit } from './emit.ts'
import type { Unit } from './state.ts'

/** Arguments of `BINARY_OP`; those of the in-place operators follow them in the same order. */
const BINARY_ARGS: Readonly<Record<Operator, number>> = {
  Add: 0,
  BitAnd: 1,
  FloorDiv: 2,
  LShift: 3,
  MatMult: 4,
  Mult: 5,
  Mod: 6,
  BitOr: 7,
  Pow: 8,
  RShift: 9,
  Sub: 10,
  Div: 11,
  BitXor: 12,
}
const INPLACE = 13

/** Arguments of `COMPARE_OP`. */
const COMPARE_ARGS = { Lt: 0, LtE: 1, Eq: 2, NotEq: 3, Gt: 4, GtE: 5 } as const

const UNARY_OPCODES: Readonly<Record<UnaryOperator, number>> = {
  Invert: op.UNARY_INVERT,
  Not: op.UNARY_NOT,
  UAdd: op.UNARY_POSITIVE,
  USub: op.UNARY_NEGATIVE,
}

export function emitBinary(u: Unit, operator: Operator): void {
  emit(u, op.BINARY_OP, BINARY_ARGS[operator])
}

export function emitInplace(u: Unit, operator: Operator): void {
  emit(u, op.BINARY_OP, BINARY_ARGS[operator] + INPLACE)
}

export function emitUnary(u: Unit, operator: UnaryOperator): void {
  emit(u, UNARY_OPCODES[operator])
}

export function emitCompare(u: Unit, operator: CmpOp): void {
  switch (operator) {
    case 'Is':
      emit(u, op.IS_OP, 0)
      break
    case 'IsNot':
      emit(u, op.IS_OP, 1)
      break
    case 'In':
      emit(u, op.CONTAINS_OP, 0)
      break
    case 'NotIn':
      emit(u, op.CONTAINS_OP, 1)
      break
    default:
      emit(u, op.COMPARE_OP, COMPARE_ARGS[operator])
  }
}
