import type { Expr, ExprNode } from '../../ast/nodes.ts'
import { FrozenSet } from '../../base/values.ts'
import * as op from '../../bytecode/opcodes.ts'
import { areConstants, constantValues, loadConst } from './constants.ts'
import { emit } from './emit.ts'
import { distinct } from './equality.ts'
import { syntaxError } from './errors.ts'
import { STACK_USE_GUIDELINE, type Unit, visitExpr, visitExprs } from './state.ts'

/** How a collection is built: at once, item by item, from an iterable. */
interface Builder {
  readonly build: number
  readonly add: number
  readonly extend: number
  /** It is a list that becomes a tuple in the end. */
  readonly tuple: boolean
}

const LIST: Builder = { build: op.BUILD_LIST, add: op.LIST_APPEND, extend: op.LIST_EXTEND, tuple: false }
const TUPLE: Builder = { build: op.BUILD_LIST, add: op.LIST_APPEND, extend: op.LIST_EXTEND, tuple: true }
const SET: Builder = { build: op.BUILD_SET, add: op.SET_ADD, extend: op.SET_UPDATE, tuple: false }

/** Positions in the argument of `UNPACK_EX`: at most so many items before and after the starred one. */
const MAX_BEFORE_STAR = 1 << 8
const MAX_AFTER_STAR = 0x7fffffff >> 8

export function visitList(u: Unit, e: ExprNode<'List'>): void {
  if (e.ctx === 'Load') buildFrom(u, e.elts, 0, LIST)
  else if (e.ctx === 'Store') assignTo(u, e.elts)
  else visitExprs(u, e.elts)
}

export function visitTuple(u: Unit, e: ExprNode<'Tuple'>): void {
  if (e.ctx === 'Load') buildFrom(u, e.elts, 0, TUPLE)
  else if (e.ctx === 'Store') assignTo(u, e.elts)
  else visitExprs(u, e.elts)
}

export function visitSet(u: Unit, e: ExprNode<'Set'>): void {
  buildFrom(u, e.elts, 0, SET)
}

/** Builds the tuple of positional arguments of a call; `pushed` of them are on the stack already. */
export function buildArguments(u: Unit, args: readonly Expr[], pushed: number): void {
  buildFrom(u, args, pushed, TUPLE)
}

/** `starunpack_helper`: by one instruction if there is no `*` and the stack is deep enough. */
function buildFrom(u: Unit, elts: readonly Expr[], pushed: number, builder: Builder): void {
  const count = elts.length
  if (count > 2 && areConstants(elts, 0, count)) {
    buildFromConstants(u, elts, pushed, builder)
    return
  }
  const isBig = count + pushed > STACK_USE_GUIDELINE
  if (!isBig && !hasStarred(elts)) {
    visitExprs(u, elts)
    emit(u, builder.tuple ? op.BUILD_TUPLE : builder.build, count + pushed)
    return
  }
  let isBuilt = false
  if (isBig) {
    emit(u, builder.build, pushed)
    isBuilt = true
  }
  for (let i = 0; i < count; i++) {
    const elt = elts[i]!
    if (elt.node === 'Starred') {
      if (!isBuilt) emit(u, builder.build, i + pushed)
      isBuilt = true
      visitExpr(u, elt.value)
      emit(u, builder.extend, 1)
    } else {
      visitExpr(u, elt)
      if (isBuilt) emit(u, builder.add, 1)
    }
  }
  if (builder.tuple) emit(u, op.LIST_TO_TUPLE)
}

function buildFromConstants(u: Unit, elts: readonly Expr[], pushed: number, builder: Builder): void {
  const values = constantValues(elts, 0, elts.length)
  if (builder.tuple && pushed === 0) {
    loadConst(u, values)
    return
  }
  emit(u, builder.build, pushed)
  loadConst(u, builder === SET ? new FrozenSet(distinct(values)) : values)
  emit(u, builder.extend, 1)
  if (builder.tuple) emit(u, op.LIST_TO_TUPLE)
}

/** Whether one of the expressions is `*x`. */
export function hasStarred(elts: readonly Expr[]): boolean {
  for (let i = 0; i < elts.length; i++) if (elts[i]!.node === 'Starred') return true
  return false
}

/** Unpacks the top of the stack into targets. */
function assignTo(u: Unit, elts: readonly Expr[]): void {
  emitUnpack(u, elts)
  for (let i = 0; i < elts.length; i++) {
    const elt = elts[i]!
    visitExpr(u, elt.node === 'Starred' ? elt.value : elt)
  }
}

function emitUnpack(u: Unit, elts: readonly Expr[]): void {
  const count = elts.length
  let seenStar = false
  for (let i = 0; i < count; i++) {
    if (elts[i]!.node !== 'Starred') continue
    if (seenStar) throw syntaxError(u, 'multiple starred expressions in assignment')
    emit(u, op.UNPACK_EX, unpackExArg(u, i, count, 'assignment'))
    seenStar = true
  }
  if (!seenStar) emit(u, op.UNPACK_SEQUENCE, count)
}

/** The argument of `UNPACK_EX` for a star at an index among so many targets; `what` names them in the error. */
export function unpackExArg(u: Unit, star: number, count: number, what: string): number {
  const after = count - star - 1
  if (star >= MAX_BEFORE_STAR || after >= MAX_AFTER_STAR) {
    throw syntaxError(u, `too many expressions in star-unpacking ${what}`)
  }
  return star + (after << 8)
}

/** A dict display: in runs without `**`, each within the stack guideline. */
export function visitDict(u: Unit, e: ExprNode<'Dict'>): void {
  const count = e.values.length
  let hasDict = false
  let run = 0
  for (let i = 0; i < count; i++) {
    if (e.keys[i] === null) {
      if (run !== 0) {
        visitDictRun(u, e, i - run, i, hasDict)
        hasDict = true
        run = 0
      }
      if (!hasDict) emit(u, op.BUILD_MAP, 0)
      hasDict = true
      visitExpr(u, e.values[i]!)
      emit(u, op.DICT_UPDATE, 1)
    } else if (run * 2 > STACK_USE_GUIDELINE) {
      visitDictRun(u, e, i - run, i + 1, hasDict)
      hasDict = true
      run = 0
    } else {
      run++
    }
  }
  if (run !== 0) visitDictRun(u, e, count - run, count, hasDict)
  else if (!hasDict) emit(u, op.BUILD_MAP, 0)
}

/** The pairs `begin` to `end`, none of them `**`; `update` merges them into the dict below. */
function visitDictRun(u: Unit, e: ExprNode<'Dict'>, begin: number, end: number, update: boolean): void {
  const count = end - begin
  const isBig = count * 2 > STACK_USE_GUIDELINE
  if (count > 1 && !isBig && areConstants(e.keys, begin, end)) {
    for (let i = begin; i < end; i++) visitExpr(u, e.values[i]!)
    loadConst(u, constantValues(e.keys, begin, end))
    emit(u, op.BUILD_CONST_KEY_MAP, count)
  } else {
    if (isBig) emit(u, op.BUILD_MAP, 0)
    for (let i = begin; i < end; i++) {
      visitExpr(u, e.keys[i]!)
      visitExpr(u, e.values[i]!)
      if (isBig) emit(u, op.MAP_ADD, 1)
    }
    if (!isBig) emit(u, op.BUILD_MAP, count)
  }
  if (update) emit(u, op.DICT_UPDATE, 1)
}
