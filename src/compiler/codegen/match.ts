import type { Pattern, StmtNode } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import type { BasicBlock } from '../cfg.ts'
import { jumpIf } from './conditions.ts'
import { emit, emitJumpNoLine, newBlock, setLoc, unsetLoc, useBlock } from './emit.ts'
import { nameOp } from './names.ts'
import { emitFailPop, ensureFailPop, PatternContext } from './pattern_context.ts'
import { isWildcard, visitPattern } from './patterns.ts'
import { type Unit, visitExpr, visitStmts } from './state.ts'

export function visitMatch(u: Unit, s: StmtNode<'Match'>): void {
  visitExpr(u, s.subject)
  const end = newBlock(u)
  const cases = s.cases
  const last = cases[cases.length - 1]!
  // A `case _` at the end needs no subject and no test.
  const hasDefault = isWildcard(last.pattern) && cases.length > 1
  const tested = hasDefault ? cases.length - 1 : cases.length
  for (let i = 0; i < tested; i++) {
    const match = cases[i]!
    const keepsSubject = i !== tested - 1
    const allowIrrefutable = match.guard !== null || i === cases.length - 1
    visitCase(u, match, keepsSubject, new PatternContext(allowIrrefutable), end)
  }
  if (hasDefault) {
    setLoc(u, last.pattern)
    emit(u, op.NOP)
    if (last.guard !== null) jumpIf(u, last.guard, end, false)
    visitStmts(u, last.body)
    unsetLoc(u)
  }
  useBlock(u, end)
}

function visitCase(
  u: Unit,
  match: StmtNode<'Match'>['cases'][number],
  keepsSubject: boolean,
  pc: PatternContext,
  end: BasicBlock,
): void {
  const pattern: Pattern = match.pattern
  setLoc(u, pattern)
  if (keepsSubject) emit(u, op.COPY, 1)
  visitPattern(u, pattern, pc)
  for (let i = 0; i < pc.stores.length; i++) nameOp(u, pc.stores[i]!, 'Store')
  if (match.guard !== null) jumpIf(u, match.guard, ensureFailPop(u, pc, 0), false)
  if (keepsSubject) emit(u, op.POP_TOP)
  visitStmts(u, match.body)
  emitJumpNoLine(u, op.JUMP, end)
  // What cleans up after a failure belongs to the pattern, not to the end of the body.
  setLoc(u, pattern)
  emitFailPop(u, pc)
}
