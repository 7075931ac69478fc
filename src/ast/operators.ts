import type { BoolOperator, CmpOp, Operator, UnaryOperator } from './nodes.ts'

/** How tightly an expression binds, from loosest to tightest; parentheses are needed around a looser one. */
export const NAMED_EXPR = 1
export const TUPLE = 2
export const YIELD = 3
/** Conditional expressions and lambdas. */
export const TEST = 4
export const OR = 5
const AND = 6
const NOT = 7
export const CMP = 8
/** `|`, and what may follow a star. */
export const EXPR = 9
const BXOR = 10
const BAND = 11
const SHIFT = 12
const ARITH = 13
const TERM = 14
/** Unary `+`, `-` and `~`. */
const FACTOR = 15
const POWER = 16
export const AWAIT = 17
export const ATOM = 18

/** How an operator is written, and how tightly it binds. */
export interface OperatorText {
  readonly text: string
  readonly precedence: number
}

export const binaryOperators: Readonly<Record<Operator, OperatorText>> = {
  Add: { text: '+', precedence: ARITH },
  Sub: { text: '-', precedence: ARITH },
  Mult: { text: '*', precedence: TERM },
  MatMult: { text: '@', precedence: TERM },
  Div: { text: '/', precedence: TERM },
  Mod: { text: '%', precedence: TERM },
  Pow: { text: '**', precedence: POWER },
  LShift: { text: '<<', precedence: SHIFT },
  RShift: { text: '>>', precedence: SHIFT },
  BitOr: { text: '|', precedence: EXPR },
  BitXor: { text: '^', precedence: BXOR },
  BitAnd: { text: '&', precedence: BAND },
  FloorDiv: { text: '//', precedence: TERM },
}

/** `not` with the space that separates it from its operand. */
export const unaryOperators: Readonly<Record<UnaryOperator, OperatorText>> = {
  Invert: { text: '~', precedence: FACTOR },
  Not: { text: 'not ', precedence: NOT },
  UAdd: { text: '+', precedence: FACTOR },
  USub: { text: '-', precedence: FACTOR },
}

export const booleanOperators: Readonly<Record<BoolOperator, OperatorText>> = {
  And: { text: 'and', precedence: AND },
  Or: { text: 'or', precedence: OR },
}

export const comparisonOperators: Readonly<Record<CmpOp, string>> = {
  Eq: '==',
  NotEq: '!=',
  Lt: '<',
  LtE: '<=',
  Gt: '>',
  GtE: '>=',
  Is: 'is',
  IsNot: 'is not',
  In: 'in',
  NotIn: 'not in',
}

/** What a literal of an infinite float is written as: too large for a float. */
export const INFINITY_TEXT = '1e309'
