import { annotationText } from '../../ast/annotation_text.ts'
import type { Arg, Arguments, Expr, ExprNode, Position, StmtNode } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import { mangle } from '../../symbols/mangle.ts'
import { addConst, loadConst, loadName, nameTuple } from './constants.ts'
import { emit, saveLoc, setLoc } from './emit.ts'
import { checkForbiddenName } from './errors.ts'
import { docstring } from './module.ts'
import { nameOp } from './names.ts'
import { enterScope, exitScope, makeClosure } from './scopes.ts'
import { type Unit, visitExpr, visitExprs } from './state.ts'

/** Flags of `MAKE_FUNCTION`. */
const HAS_DEFAULTS = 0x01
const HAS_KEYWORD_DEFAULTS = 0x02
const HAS_ANNOTATIONS = 0x04

/** `def` and `async def`. */
export function visitFunction(u: Unit, s: StmtNode<'FunctionDef'> | StmtNode<'AsyncFunctionDef'>): void {
  const { args, body, decorator_list: decorators } = s
  checkParameters(u, args)
  visitExprs(u, decorators)
  let flags = visitDefaults(u, args)
  if (visitAnnotations(u, args, s.returns)) flags |= HAS_ANNOTATIONS
  const scopeType = s.node === 'FunctionDef' ? 'function' : 'async function'
  const child = enterScope(u, s.name, scopeType, s, firstLine(s, decorators))
  const doc = u.c.optimize < 2 ? docstring(body) : null
  addConst(child, doc)
  countArguments(child, args)
  const visitors = u.c.visitors
  for (let i = doc === null ? 0 : 1; i < body.length; i++) visitors.stmt(child, body[i]!)
  makeClosure(u, exitScope(child, true), child, flags)
  applyDecorators(u, decorators)
  nameOp(u, s.name, 'Store')
}

/** A `lambda` whose body is being visited. */
interface OpenLambda {
  readonly parent: Unit
  readonly child: Unit
  /** Flags of `MAKE_FUNCTION`. */
  readonly flags: number
  /** The parent's position before it. */
  readonly outer: Position
}

/** `lambda`; those that are the body of another one by a loop, for they can be thousands. */
export function visitLambda(u: Unit, e: ExprNode<'Lambda'>): void {
  const open: OpenLambda[] = []
  let lambda = beginLambda(u, e)
  for (;;) {
    open.push(lambda)
    if (e.body.node !== 'Lambda') break
    e = e.body
    lambda = beginLambda(lambda.child, e)
  }
  visitExpr(lambda.child, e.body)
  for (let i = open.length - 1; i >= 0; i--) finishLambda(open[i]!)
}

/** Its first constant is None, so that it has no docstring. */
function beginLambda(parent: Unit, e: ExprNode<'Lambda'>): OpenLambda {
  const outer = saveLoc(parent)
  setLoc(parent, e)
  checkParameters(parent, e.args)
  const flags = visitDefaults(parent, e.args)
  const child = enterScope(parent, '<lambda>', 'lambda', e, e.lineno)
  addConst(child, null)
  countArguments(child, e.args)
  return { parent, child, flags, outer }
}

function finishLambda({ parent, child, flags, outer }: OpenLambda): void {
  const isGenerator = child.ste.generator
  if (!isGenerator) emit(child, op.RETURN_VALUE)
  makeClosure(parent, exitScope(child, !isGenerator), child, flags)
  setLoc(parent, outer)
}

/** The line of the first decorator, else of the definition. */
export function firstLine(s: { readonly lineno: number }, decorators: readonly Expr[]): number {
  return decorators.length === 0 ? s.lineno : decorators[0]!.lineno
}

/** Calls the decorators that lie below the definition on the stack, the last one first. */
export function applyDecorators(u: Unit, decorators: readonly Expr[]): void {
  if (decorators.length === 0) return
  const saved = saveLoc(u)
  for (let i = decorators.length - 1; i >= 0; i--) {
    setLoc(u, decorators[i]!)
    emit(u, op.PRECALL, 0)
    emit(u, op.CALL, 0)
  }
  setLoc(u, saved)
}

function countArguments(child: Unit, args: Arguments): void {
  child.argcount = args.args.length
  child.posonlyargcount = args.posonlyargs.length
  child.kwonlyargcount = args.kwonlyargs.length
}

/** Throws PySyntaxError for a parameter called `__debug__`. */
function checkParameters(u: Unit, args: Arguments): void {
  checkParameterList(u, args.posonlyargs)
  checkParameterList(u, args.args)
  if (args.vararg !== null) checkForbiddenName(u, args.vararg.arg, 'Store')
  checkParameterList(u, args.kwonlyargs)
  if (args.kwarg !== null) checkForbiddenName(u, args.kwarg.arg, 'Store')
}

function checkParameterList(u: Unit, list: readonly Arg[]): void {
  for (let i = 0; i < list.length; i++) checkForbiddenName(u, list[i]!.arg, 'Store')
}

/** Pushes the tuple of positional and the dict of keyword-only defaults, as far as there are any; returns the flags. */
function visitDefaults(u: Unit, args: Arguments): number {
  let flags = 0
  if (args.defaults.length !== 0) {
    visitExprs(u, args.defaults)
    emit(u, op.BUILD_TUPLE, args.defaults.length)
    flags |= HAS_DEFAULTS
  }
  if (args.kwonlyargs.length !== 0 && visitKeywordDefaults(u, args)) flags |= HAS_KEYWORD_DEFAULTS
  return flags
}

function visitKeywordDefaults(u: Unit, args: Arguments): boolean {
  const names: string[] = []
  for (let i = 0; i < args.kwonlyargs.length; i++) {
    const value = args.kw_defaults[i]
    if (value === null || value === undefined) continue
    names.push(mangle(u.private, args.kwonlyargs[i]!.arg))
    visitExpr(u, value)
  }
  if (names.length === 0) return false
  loadConst(u, nameTuple(names))
  emit(u, op.BUILD_CONST_KEY_MAP, names.length)
  return true
}

/** Pushes a tuple of names and annotations by turns; tells whether there are any. */
function visitAnnotations(u: Unit, args: Arguments, returns: Expr | null): boolean {
  let count = visitParameterAnnotations(u, args.args)
  count += visitParameterAnnotations(u, args.posonlyargs)
  if (args.vararg !== null) count += visitAnnotation(u, args.vararg.arg, args.vararg.annotation)
  count += visitParameterAnnotations(u, args.kwonlyargs)
  if (args.kwarg !== null) count += visitAnnotation(u, args.kwarg.arg, args.kwarg.annotation)
  count += visitAnnotation(u, 'return', returns)
  if (count === 0) return false
  emit(u, op.BUILD_TUPLE, count)
  return true
}

function visitParameterAnnotations(u: Unit, list: readonly Arg[]): number {
  let count = 0
  for (let i = 0; i < list.length; i++) count += visitAnnotation(u, list[i]!.arg, list[i]!.annotation)
  return count
}

/** Pushes a parameter's name and annotation if it has one; returns how many values that made. */
function visitAnnotation(u: Unit, name: string, annotation: Expr | null): number {
  if (annotation === null) return 0
  loadName(u, mangle(u.private, name))
  if (u.c.textAnnotations) {
    loadConst(u, annotationText(annotation))
  } else if (annotation.node === 'Starred') {
    // `*args: *Ts` means the one item of `[*Ts]`.
    visitExpr(u, annotation.value)
    emit(u, op.UNPACK_SEQUENCE, 1)
  } else {
    visitExpr(u, annotation)
  }
  return 2
}
