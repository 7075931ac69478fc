import type { Expr, ExprNode } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import { loadConst } from './constants.ts'
import { emit } from './emit.ts'
import { warn } from './errors.ts'
import { type Unit, visitExpr } from './state.ts'
import { inferTypeName } from './types.ts'

const MISSED_COMMA = 'perhaps you missed a comma?'

/** Types of constants that have no items. */
const UNSUBSCRIPTABLE: ReadonlySet<string> = new Set([
  'NoneType',
  'ellipsis',
  'bool',
  'int',
  'float',
  'complex',
  'frozenset',
])
const SEQUENCES: ReadonlySet<string> = new Set(['str', 'bytes', 'tuple'])

/** Warns of a subscript that must fail: of something without items, or with an index that is no number. */
export function checkSubscript(u: Unit, e: ExprNode<'Subscript'>): void {
  const { value, slice } = e
  // Nearly all subscripts are of names and attributes.
  if (value.node === 'Name' || value.node === 'Attribute') return
  const type = inferTypeName(value)
  if (type === null) return
  if (isUnsubscriptable(value, type)) {
    warn(u, `'${type}' object is not subscriptable; ${MISSED_COMMA}`)
  }
  const indexType = inferTypeName(slice)
  if (indexType === null || indexType === 'int' || indexType === 'bool' || !isSequence(value, type)) return
  warn(u, `${type} indices must be integers or slices, not ${indexType}; ${MISSED_COMMA}`)
}

function isUnsubscriptable(e: Expr, type: string): boolean {
  switch (e.node) {
    case 'Constant':
      return UNSUBSCRIPTABLE.has(type)
    case 'Set':
    case 'SetComp':
    case 'GeneratorExp':
    case 'Lambda':
      return true
    default:
      return false
  }
}

function isSequence(e: Expr, type: string): boolean {
  switch (e.node) {
    case 'Constant':
      return SEQUENCES.has(type)
    case 'Tuple':
    case 'List':
    case 'ListComp':
    case 'JoinedStr':
    case 'FormattedValue':
      return true
    default:
      return false
  }
}

export function visitSlice(u: Unit, e: ExprNode<'Slice'>): void {
  visitBound(u, e.lower)
  visitBound(u, e.upper)
  if (e.step !== null) visitExpr(u, e.step)
  emit(u, op.BUILD_SLICE, e.step === null ? 2 : 3)
}

function visitBound(u: Unit, bound: Expr | null): void {
  if (bound === null) loadConst(u, null)
  else visitExpr(u, bound)
}
