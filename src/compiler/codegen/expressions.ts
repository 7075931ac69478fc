import type { Expr, ExprNode } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import { beginCall, checkKeywords, finishCall, finishMethodCall, isMethodCall, matchAttributeStart } from './calls.ts'
import { visitDict, visitList, visitSet, visitTuple } from './collections.ts'
import { visitComprehension } from './comprehensions.ts'
import { visitBoolOp, visitCompare, visitIfExp } from './conditions.ts'
import { loadConst } from './constants.ts'
import { emit, setAttributeLoc, setCallLoc, setLoc } from './emit.ts'
import { checkForbiddenName, syntaxError } from './errors.ts'
import { visitFormattedValue, visitJoinedStr } from './fstrings.ts'
import { visitLambda } from './functions.ts'
import { emitName, nameOp } from './names.ts'
import { emitBinary, emitUnary } from './operators.ts'
import type { Unit } from './state.ts'
import { checkSubscript, visitSlice } from './subscripts.ts'
import { visitAwait, visitYield, visitYieldFrom } from './yields.ts'

/** What is left to do for an expression on the stack of pending ones, once its first operand is done. */
const ATTRIBUTE = 0
const METHOD_CALL = 1
const CALL = 2
const LEFT_OPERAND = 3
const RIGHT_OPERAND = 4
const SUBSCRIPT = 5
const UNARY = 6

/** Generates the code of an expression; the unit's position is restored afterwards (`compiler_visit_expr`). */
export function visitExpression(u: Unit, e: Expr): void {
  const lineno = u.lineno
  const endLineno = u.end_lineno
  const colOffset = u.col_offset
  const endColOffset = u.end_col_offset
  switch (e.node) {
    case 'Name':
      visitName(u, e)
      break
    case 'Constant':
      visitConstant(u, e)
      break
    case 'Attribute':
      pend(u, e, ATTRIBUTE)
      visitOperands(u, e.value)
      break
    case 'Call':
      visitOperands(u, descendCall(u, e))
      break
    case 'Subscript':
    case 'BinOp':
    case 'UnaryOp':
      visitOperands(u, descend(u, e)!)
      break
    default:
      setLoc(u, e)
      visitOther(u, e)
  }
  u.lineno = lineno
  u.end_lineno = endLineno
  u.col_offset = colOffset
  u.end_col_offset = endColOffset
}

// The two most frequent kinds, whose positions are read where the compiler sees no other kind of node.

function visitName(u: Unit, e: ExprNode<'Name'>): void {
  u.lineno = e.lineno
  u.end_lineno = e.end_lineno
  u.col_offset = e.col_offset
  u.end_col_offset = e.end_col_offset
  nameOp(u, e.id, e.ctx)
}

function visitConstant(u: Unit, e: ExprNode<'Constant'>): void {
  u.lineno = e.lineno
  u.end_lineno = e.end_lineno
  u.col_offset = e.col_offset
  u.end_col_offset = e.end_col_offset
  loadConst(u, e.value)
}

/**
 * Expressions that nest in their first operand, without recursion: chains such as `a.b(c)[d].e + f + g` may have
 * thousands of links. `pending` holds those whose operand is being visited: the whole expression is the last of them,
 * `first` its operand.
 */
function visitOperands(u: Unit, first: Expr): void {
  const pending = u.c.pending
  const base = pending.length - 1
  let e = first
  for (;;) {
    const operand = descend(u, e)
    if (operand !== null) {
      e = operand
      continue
    }
    for (;;) {
      if (pending.length === base) return
      const next = resume(u)
      if (next === null) continue
      e = next
      break
    }
  }
}

function pend(u: Unit, e: Expr, step: number): void {
  u.c.pending.push(e)
  u.c.pendingSteps.push(step)
}

/**
 * Starts an expression: returns its first operand and keeps it pending, or visits the whole and returns `null`. The
 * unit's position is left anywhere.
 */
function descend(u: Unit, e: Expr): Expr | null {
  switch (e.node) {
    case 'Name':
      visitName(u, e)
      return null
    case 'Attribute':
      pend(u, e, ATTRIBUTE)
      return e.value
    case 'Call':
      return descendCall(u, e)
    case 'Subscript':
      if (e.ctx === 'Load') {
        setLoc(u, e)
        checkSubscript(u, e)
      }
      pend(u, e, SUBSCRIPT)
      return e.value
    case 'BinOp':
      pend(u, e, LEFT_OPERAND)
      return e.left
    case 'UnaryOp':
      pend(u, e, UNARY)
      return e.operand
    case 'Constant':
      visitConstant(u, e)
      return null
    default:
      visitExpression(u, e)
      return null
  }
}

function descendCall(u: Unit, e: ExprNode<'Call'>): Expr {
  setCallLoc(u, e)
  if (e.keywords.length !== 0) checkKeywords(u, e.keywords)
  if (isMethodCall(u, e)) {
    pend(u, e, METHOD_CALL)
    return (e.func as ExprNode<'Attribute'>).value
  }
  beginCall(u, e)
  pend(u, e, CALL)
  return e.func
}

/** Goes on with the innermost pending expression: returns its next operand, or finishes it and returns `null`. */
function resume(u: Unit): Expr | null {
  const e = u.c.pending.pop()!
  switch (u.c.pendingSteps.pop()!) {
    case ATTRIBUTE:
      finishAttribute(u, e as ExprNode<'Attribute'>)
      return null
    case METHOD_CALL: {
      const call = e as ExprNode<'Call'>
      finishMethodCall(u, call, call.func as ExprNode<'Attribute'>)
      return null
    }
    case CALL: {
      const call = e as ExprNode<'Call'>
      setCallLoc(u, call)
      finishCall(u, 0, call.args, call.keywords)
      return null
    }
    case LEFT_OPERAND:
      pend(u, e, RIGHT_OPERAND)
      return (e as ExprNode<'BinOp'>).right
    case RIGHT_OPERAND:
      setLoc(u, e)
      emitBinary(u, (e as ExprNode<'BinOp'>).op)
      return null
    case SUBSCRIPT:
      finishSubscript(u, e as ExprNode<'Subscript'>)
      return null
    default:
      setLoc(u, e)
      emitUnary(u, (e as ExprNode<'UnaryOp'>).op)
      return null
  }
}

function finishAttribute(u: Unit, e: ExprNode<'Attribute'>): void {
  setAttributeLoc(u, e)
  matchAttributeStart(u, e)
  if (e.ctx === 'Load') {
    emitName(u, op.LOAD_ATTR, e.attr)
  } else if (e.ctx === 'Store') {
    checkForbiddenName(u, e.attr, 'Store')
    emitName(u, op.STORE_ATTR, e.attr)
  } else {
    emitName(u, op.DELETE_ATTR, e.attr)
  }
}

function finishSubscript(u: Unit, e: ExprNode<'Subscript'>): void {
  visitExpression(u, e.slice)
  setLoc(u, e)
  emit(u, e.ctx === 'Load' ? op.BINARY_SUBSCR : e.ctx === 'Store' ? op.STORE_SUBSCR : op.DELETE_SUBSCR)
}

type PlainExpr = ExprNode<'Name' | 'Constant' | 'Attribute' | 'Call' | 'Subscript' | 'BinOp' | 'UnaryOp'>

function visitOther(u: Unit, e: Exclude<Expr, PlainExpr>): void {
  switch (e.node) {
    case 'Tuple':
      visitTuple(u, e)
      break
    case 'List':
      visitList(u, e)
      break
    case 'Compare':
      visitCompare(u, e)
      break
    case 'JoinedStr':
      visitJoinedStr(u, e)
      break
    case 'FormattedValue':
      visitFormattedValue(u, e)
      break
    case 'BoolOp':
      visitBoolOp(u, e)
      break
    case 'Slice':
      visitSlice(u, e)
      break
    case 'Dict':
      visitDict(u, e)
      break
    case 'IfExp':
      visitIfExp(u, e)
      break
    case 'Lambda':
      visitLambda(u, e)
      break
    case 'ListComp':
    case 'GeneratorExp':
    case 'DictComp':
    case 'SetComp':
      visitComprehension(u, e)
      break
    case 'Set':
      visitSet(u, e)
      break
    case 'Yield':
      visitYield(u, e)
      break
    case 'YieldFrom':
      visitYieldFrom(u, e)
      break
    case 'Await':
      visitAwait(u, e)
      break
    case 'NamedExpr':
      visitExpression(u, e.value)
      emit(u, op.COPY, 1)
      visitExpression(u, e.target)
      return
    case 'Starred': {
      const inTarget = e.ctx === 'Store'
      throw syntaxError(
        u,
        inTarget ? 'starred assignment target must be in a list or tuple' : "can't use starred expression here",
      )
    }
    default:
      e satisfies never
  }
}
