import type { StmtNode } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import { checkKeywords, finishCall } from './calls.ts'
import { loadConst, loadName } from './constants.ts'
import { emit, unsetLoc } from './emit.ts'
import { applyDecorators, firstLine } from './functions.ts'
import { visitBody } from './module.ts'
import { nameOp } from './names.ts'
import { enterScope, exitScope, makeClosure } from './scopes.ts'
import { type Unit, visitExprs } from './state.ts'

/** `class`: a call of `__build_class__` with a function of the body, the name and the arguments. */
export function visitClass(u: Unit, s: StmtNode<'ClassDef'>): void {
  const decorators = s.decorator_list
  visitExprs(u, decorators)
  const child = enterScope(u, s.name, 'class', s, firstLine(s, decorators))
  child.private = s.name
  visitClassBody(child, s)
  const code = exitScope(child, true)
  emit(u, op.PUSH_NULL)
  emit(u, op.LOAD_BUILD_CLASS)
  makeClosure(u, code, child, 0)
  loadName(u, s.name)
  if (s.keywords.length !== 0) checkKeywords(u, s.keywords)
  // The function and the name are the first two arguments.
  finishCall(u, 2, s.bases, s.keywords)
  applyDecorators(u, decorators)
  nameOp(u, s.name, 'Store')
}

/** The function of the body: returns the cell of `__class__` if a method needs it. */
function visitClassBody(u: Unit, s: StmtNode<'ClassDef'>): void {
  nameOp(u, '__name__', 'Load')
  nameOp(u, '__module__', 'Store')
  loadName(u, u.qualname)
  nameOp(u, '__qualname__', 'Store')
  visitBody(u, s.body)
  unsetLoc(u)
  if (u.ste.needsClassClosure) {
    emit(u, op.LOAD_CLOSURE, 0)
    emit(u, op.COPY, 1)
    nameOp(u, '__classcell__', 'Store')
  } else {
    loadConst(u, null)
  }
  emit(u, op.RETURN_VALUE)
}
