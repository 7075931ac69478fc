import type { Expr, ExprNode } from '../../ast/nodes.ts'
import { EllipsisType } from '../../base/values.ts'
import * as op from '../../bytecode/opcodes.ts'
import type { BasicBlock } from '../cfg.ts'
import { emit, emitJump, emitJumpNoLine, newBlock, setLoc, useBlock } from './emit.ts'
import { warn } from './errors.ts'
import { emitCompare } from './operators.ts'
import { type Unit, visitExpr } from './state.ts'

/** Jumps to `target` if the truth of an expression is `cond`, else goes on (`compiler_jump_if`). */
export function jumpIf(u: Unit, e: Expr, target: BasicBlock, cond: boolean): void {
  while (e.node === 'UnaryOp' && e.op === 'Not') {
    e = e.operand
    cond = !cond
  }
  switch (e.node) {
    case 'BoolOp':
      jumpIfBoolOp(u, e, target, cond)
      return
    case 'IfExp':
      jumpIfConditional(u, e, target, cond)
      return
    case 'Compare':
      // The position stays that of the comparison for whatever follows.
      setLoc(u, e)
      if (e.ops.length > 1) {
        jumpIfChain(u, e, target, cond)
        return
      }
  }
  visitExpr(u, e)
  emitJump(u, cond ? op.POP_JUMP_IF_TRUE : op.POP_JUMP_IF_FALSE, target)
}

function jumpIfBoolOp(u: Unit, e: ExprNode<'BoolOp'>, target: BasicBlock, cond: boolean): void {
  const shortCircuit = e.op === 'Or'
  const inner = shortCircuit === cond ? target : newBlock(u)
  const last = e.values.length - 1
  for (let i = 0; i < last; i++) jumpIf(u, e.values[i]!, inner, shortCircuit)
  jumpIf(u, e.values[last]!, target, cond)
  if (inner !== target) useBlock(u, inner)
}

function jumpIfConditional(u: Unit, e: ExprNode<'IfExp'>, target: BasicBlock, cond: boolean): void {
  const end = newBlock(u)
  const orelse = newBlock(u)
  jumpIf(u, e.test, orelse, false)
  jumpIf(u, e.body, target, cond)
  emitJumpNoLine(u, op.JUMP, end)
  useBlock(u, orelse)
  jumpIf(u, e.orelse, target, cond)
  useBlock(u, end)
}

function jumpIfChain(u: Unit, e: ExprNode<'Compare'>, target: BasicBlock, cond: boolean): void {
  checkIdentityTest(u, e)
  const cleanup = newBlock(u)
  visitExpr(u, e.left)
  const last = e.ops.length - 1
  for (let i = 0; i < last; i++) {
    visitExpr(u, e.comparators[i]!)
    emit(u, op.SWAP, 2)
    emit(u, op.COPY, 2)
    emitCompare(u, e.ops[i]!)
    emitJump(u, op.POP_JUMP_IF_FALSE, cleanup)
  }
  visitExpr(u, e.comparators[last]!)
  emitCompare(u, e.ops[last]!)
  emitJump(u, cond ? op.POP_JUMP_IF_TRUE : op.POP_JUMP_IF_FALSE, target)
  const end = newBlock(u)
  emitJumpNoLine(u, op.JUMP, end)
  useBlock(u, cleanup)
  emit(u, op.POP_TOP)
  if (!cond) emitJumpNoLine(u, op.JUMP, target)
  useBlock(u, end)
}

/** The value of a comparison or of a chain of them. */
export function visitCompare(u: Unit, e: ExprNode<'Compare'>): void {
  checkIdentityTest(u, e)
  visitExpr(u, e.left)
  const last = e.ops.length - 1
  if (last === 0) {
    visitExpr(u, e.comparators[0]!)
    emitCompare(u, e.ops[0]!)
    return
  }
  const cleanup = newBlock(u)
  for (let i = 0; i < last; i++) {
    visitExpr(u, e.comparators[i]!)
    emit(u, op.SWAP, 2)
    emit(u, op.COPY, 2)
    emitCompare(u, e.ops[i]!)
    emitJump(u, op.JUMP_IF_FALSE_OR_POP, cleanup)
  }
  visitExpr(u, e.comparators[last]!)
  emitCompare(u, e.ops[last]!)
  const end = newBlock(u)
  emitJumpNoLine(u, op.JUMP, end)
  useBlock(u, cleanup)
  emit(u, op.SWAP, 2)
  emit(u, op.POP_TOP)
  useBlock(u, end)
}

/** The value of `and` or `or`. */
export function visitBoolOp(u: Unit, e: ExprNode<'BoolOp'>): void {
  const jump = e.op === 'And' ? op.JUMP_IF_FALSE_OR_POP : op.JUMP_IF_TRUE_OR_POP
  const end = newBlock(u)
  const last = e.values.length - 1
  for (let i = 0; i < last; i++) {
    visitExpr(u, e.values[i]!)
    emitJump(u, jump, end)
    useBlock(u, newBlock(u))
  }
  visitExpr(u, e.values[last]!)
  useBlock(u, end)
}

/** The value of a conditional expression; a loop for those that are the `else` of another one. */
export function visitIfExp(u: Unit, e: ExprNode<'IfExp'>): void {
  const ends: BasicBlock[] = []
  for (;;) {
    const end = newBlock(u)
    const orelse = newBlock(u)
    ends.push(end)
    jumpIf(u, e.test, orelse, false)
    visitExpr(u, e.body)
    emitJumpNoLine(u, op.JUMP, end)
    useBlock(u, orelse)
    if (e.orelse.node !== 'IfExp') break
    e = e.orelse
    setLoc(u, e)
  }
  visitExpr(u, e.orelse)
  for (let i = ends.length - 1; i >= 0; i--) useBlock(u, ends[i]!)
}

/** Warns of `is` next to a literal, once in a chain (`check_compare`). */
function checkIdentityTest(u: Unit, e: ExprNode<'Compare'>): void {
  let left = hasIdentity(e.left)
  for (let i = 0; i < e.ops.length; i++) {
    const operator = e.ops[i]!
    const right = hasIdentity(e.comparators[i]!)
    if ((operator === 'Is' || operator === 'IsNot') && !(left && right)) {
      const is = operator === 'Is'
      warn(u, `"is${is ? '' : ' not'}" with a literal. Did you mean "${is ? '=' : '!'}="?`)
      return
    }
    left = right
  }
}

/** Not a literal other than None, True, False and `...`. */
function hasIdentity(e: Expr): boolean {
  if (e.node !== 'Constant') return true
  const value = e.value
  return value === null || typeof value === 'boolean' || value instanceof EllipsisType
}
