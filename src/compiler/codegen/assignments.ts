import { annotationText } from '../../ast/annotation_text.ts'
import type { Expr, StmtNode } from '../../ast/nodes.ts'
import { PyError } from '../../base/errors.ts'
import * as op from '../../bytecode/opcodes.ts'
import { mangle } from '../../symbols/mangle.ts'
import { matchAttributeStart } from './calls.ts'
import { loadConst, loadName } from './constants.ts'
import { emit, saveLoc, setLoc } from './emit.ts'
import { checkForbiddenName } from './errors.ts'
import { emitName, nameOp } from './names.ts'
import { emitInplace } from './operators.ts'
import { type Unit, visitExpr } from './state.ts'

export function visitAssign(u: Unit, s: StmtNode<'Assign'>): void {
  u.lineno = s.lineno
  u.end_lineno = s.end_lineno
  u.col_offset = s.col_offset
  u.end_col_offset = s.end_col_offset
  visitExpr(u, s.value)
  const last = s.targets.length - 1
  for (let i = 0; i <= last; i++) {
    if (i < last) emit(u, op.COPY, 1)
    visitExpr(u, s.targets[i]!)
  }
}

/** `target op= value`: loads the target and keeps what it consists of for the store. */
export function visitAugAssign(u: Unit, s: StmtNode<'AugAssign'>): void {
  const target = s.target
  const saved = saveLoc(u)
  setLoc(u, target)
  loadTarget(u, target)
  setLoc(u, saved)
  visitExpr(u, s.value)
  emitInplace(u, s.op)
  setLoc(u, target)
  storeTarget(u, target)
}

function loadTarget(u: Unit, target: Expr): void {
  switch (target.node) {
    case 'Name':
      nameOp(u, target.id, 'Load')
      return
    case 'Attribute':
      visitExpr(u, target.value)
      emit(u, op.COPY, 1)
      matchAttributeStart(u, target)
      emitName(u, op.LOAD_ATTR, target.attr)
      return
    case 'Subscript':
      visitExpr(u, target.value)
      visitExpr(u, target.slice)
      emit(u, op.COPY, 2)
      emit(u, op.COPY, 2)
      emit(u, op.BINARY_SUBSCR)
      return
    default:
      throw new PyError('SystemError', 'invalid node type for augmented assignment')
  }
}

function storeTarget(u: Unit, target: Expr): void {
  switch (target.node) {
    case 'Name':
      nameOp(u, target.id, 'Store')
      return
    case 'Attribute':
      matchAttributeStart(u, target)
      emit(u, op.SWAP, 2)
      emitName(u, op.STORE_ATTR, target.attr)
      return
    case 'Subscript':
      emit(u, op.SWAP, 3)
      emit(u, op.SWAP, 2)
      emit(u, op.STORE_SUBSCR)
  }
}

/** `target: annotation = value`. Annotations count in modules and classes only. */
export function visitAnnAssign(u: Unit, s: StmtNode<'AnnAssign'>): void {
  const target = s.target
  if (s.value !== null) {
    visitExpr(u, s.value)
    visitExpr(u, target)
  }
  const isEvaluated = u.scopeType === 'module' || u.scopeType === 'class'
  switch (target.node) {
    case 'Name':
      checkForbiddenName(u, target.id, 'Store')
      if (s.simple && isEvaluated) storeAnnotation(u, target.id, s.annotation)
      break
    case 'Attribute':
      checkForbiddenName(u, target.attr, 'Store')
      if (s.value === null) evaluate(u, target.value)
      break
    case 'Subscript':
      if (s.value === null) {
        evaluate(u, target.value)
        evaluateIndex(u, target.slice)
      }
      break
    default:
      throw new PyError('SystemError', 'invalid node type for annotated assignment')
  }
  if (!s.simple && isEvaluated && !u.c.textAnnotations) evaluate(u, s.annotation)
}

function storeAnnotation(u: Unit, name: string, annotation: Expr): void {
  if (u.c.textAnnotations) loadConst(u, annotationText(annotation))
  else visitExpr(u, annotation)
  emitName(u, op.LOAD_NAME, '__annotations__')
  loadName(u, mangle(u.private, name))
  emit(u, op.STORE_SUBSCR)
}

/** Evaluates an expression for its errors only. */
function evaluate(u: Unit, e: Expr): void {
  visitExpr(u, e)
  emit(u, op.POP_TOP)
}

function evaluateIndex(u: Unit, e: Expr): void {
  if (e.node === 'Slice') {
    if (e.lower !== null) evaluate(u, e.lower)
    if (e.upper !== null) evaluate(u, e.upper)
    if (e.step !== null) evaluate(u, e.step)
  } else if (e.node === 'Tuple') {
    for (let i = 0; i < e.elts.length; i++) evaluateIndex(u, e.elts[i]!)
  } else {
    evaluate(u, e)
  }
}
