import type { ExprNode } from '../../ast/nodes.ts'
import { PyError } from '../../base/errors.ts'
import * as op from '../../bytecode/opcodes.ts'
import { loadConst } from './constants.ts'
import { emit } from './emit.ts'
import { emitName } from './names.ts'
import { STACK_USE_GUIDELINE, type Unit, visitExpr, visitExprs } from './state.ts'

/** Flags of `FORMAT_VALUE`. */
const CONVERT_STR = 1
const CONVERT_REPR = 2
const CONVERT_ASCII = 3
const HAS_SPEC = 4

/** An f-string: one instruction joins the parts, or `''.join` where there are too many for the stack. */
export function visitJoinedStr(u: Unit, e: ExprNode<'JoinedStr'>): void {
  const values = e.values
  if (values.length <= STACK_USE_GUIDELINE) {
    visitExprs(u, values)
    if (values.length !== 1) emit(u, op.BUILD_STRING, values.length)
    return
  }
  loadConst(u, '')
  emitName(u, op.LOAD_METHOD, 'join')
  emit(u, op.BUILD_LIST, 0)
  for (let i = 0; i < values.length; i++) {
    visitExpr(u, values[i]!)
    emit(u, op.LIST_APPEND, 1)
  }
  emit(u, op.PRECALL, 1)
  emit(u, op.CALL, 1)
}

/** A replacement field of an f-string. */
export function visitFormattedValue(u: Unit, e: ExprNode<'FormattedValue'>): void {
  visitExpr(u, e.value)
  let flags = conversionFlag(e.conversion)
  if (e.format_spec !== null) {
    visitExpr(u, e.format_spec)
    flags |= HAS_SPEC
  }
  emit(u, op.FORMAT_VALUE, flags)
}

/** `conversion` is the code of the character behind `!`, -1 without one. */
function conversionFlag(conversion: number): number {
  switch (conversion) {
    case -1:
      return 0
    case 115:
      return CONVERT_STR
    case 114:
      return CONVERT_REPR
    case 97:
      return CONVERT_ASCII
    default:
      throw new PyError('SystemError', `Unrecognized conversion character ${conversion}`)
  }
}
