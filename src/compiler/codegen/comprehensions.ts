import type { Comprehension, Expr, ExprNode } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import { jumpIf } from './conditions.ts'
import { emit, emitJump, newBlock, setLoc, useBlock } from './emit.ts'
import { syntaxError } from './errors.ts'
import { popFrameBlock, pushFrameBlock } from './frame_blocks.ts'
import { enterScope, exitScope, makeClosure } from './scopes.ts'
import { isTopLevelAwait, type Unit, visitExpr } from './state.ts'
import { emitAwait, emitYield, emitYieldFrom } from './yields.ts'

type ComprehensionExpr = ExprNode<'GeneratorExp'> | ExprNode<'ListComp'> | ExprNode<'SetComp'> | ExprNode<'DictComp'>

/** How each kind names its function, begins its result (a generator has none) and adds an item to it. */
const KINDS = {
  GeneratorExp: { name: '<genexpr>', build: op.NOP, add: op.NOP },
  ListComp: { name: '<listcomp>', build: op.BUILD_LIST, add: op.LIST_APPEND },
  SetComp: { name: '<setcomp>', build: op.BUILD_SET, add: op.SET_ADD },
  DictComp: { name: '<dictcomp>', build: op.BUILD_MAP, add: op.MAP_ADD },
} as const

/** A comprehension or generator expression: a function that is called at once with the outermost iterator. */
export function visitComprehension(u: Unit, e: ComprehensionExpr): void {
  const kind = KINDS[e.node]
  const isGenerator = e.node === 'GeneratorExp'
  const topLevelAwait = isTopLevelAwait(u)
  const child = enterScope(u, kind.name, 'comprehension', e, e.lineno)
  setLoc(child, e)
  const isAsync = child.ste.coroutine
  const awaits = isAsync && !isGenerator
  if (awaits && u.scopeType !== 'async function' && u.scopeType !== 'comprehension' && !topLevelAwait) {
    throw syntaxError(child, 'asynchronous comprehension outside of an asynchronous function')
  }
  if (!isGenerator) emit(child, kind.build, 0)
  visitGenerator(child, e, 0, 0)
  if (!isGenerator) emit(child, op.RETURN_VALUE)
  const code = exitScope(child, true)
  if (topLevelAwait && isAsync) u.ste.coroutine = true
  makeClosure(u, code, child, 0)
  const outermost = e.generators[0]!
  visitExpr(u, outermost.iter)
  emit(u, outermost.is_async ? op.GET_AITER : op.GET_ITER)
  emit(u, op.PRECALL, 0)
  emit(u, op.CALL, 0)
  if (awaits) emitAwait(u, 0)
}

/** The `for` clause at an index with all inside it; `depth` counts the iterators on the stack. */
function visitGenerator(u: Unit, e: ComprehensionExpr, index: number, depth: number): void {
  if (e.generators[index]!.is_async) visitAsyncGenerator(u, e, index, depth)
  else visitSyncGenerator(u, e, index, depth)
}

function visitSyncGenerator(u: Unit, e: ComprehensionExpr, index: number, depth: number): void {
  const start = newBlock(u)
  const ifCleanup = newBlock(u)
  const anchor = newBlock(u)
  const gen = e.generators[index]!
  const single = index === 0 ? null : singleItem(gen.iter)
  if (index === 0) {
    u.argcount = 1
    emit(u, op.LOAD_FAST, 0)
  } else if (single !== null) {
    visitExpr(u, single)
  } else {
    visitExpr(u, gen.iter)
    emit(u, op.GET_ITER)
  }
  if (single === null) {
    depth++
    useBlock(u, start)
    emitJump(u, op.FOR_ITER, anchor)
  }
  visitExpr(u, gen.target)
  for (let i = 0; i < gen.ifs.length; i++) jumpIf(u, gen.ifs[i]!, ifCleanup, false)
  visitInner(u, e, index + 1, depth)
  useBlock(u, ifCleanup)
  if (single === null) {
    emitJump(u, op.JUMP, start)
    useBlock(u, anchor)
  }
}

/** The item of `for y in [f(x)]`, which is an assignment and needs no iterator. */
function singleItem(iter: Expr): Expr | null {
  if ((iter.node !== 'List' && iter.node !== 'Tuple') || iter.elts.length !== 1) return null
  const item = iter.elts[0]!
  return item.node === 'Starred' ? null : item
}

function visitAsyncGenerator(u: Unit, e: ComprehensionExpr, index: number, depth: number): void {
  const start = newBlock(u)
  const except = newBlock(u)
  const ifCleanup = newBlock(u)
  const gen: Comprehension = e.generators[index]!
  if (index === 0) {
    u.argcount = 1
    emit(u, op.LOAD_FAST, 0)
  } else {
    visitExpr(u, gen.iter)
    emit(u, op.GET_AITER)
  }
  useBlock(u, start)
  pushFrameBlock(u, { kind: 'async comprehension' })
  emitJump(u, op.SETUP_FINALLY, except)
  emit(u, op.GET_ANEXT)
  emitYieldFrom(u, true)
  emit(u, op.POP_BLOCK)
  visitExpr(u, gen.target)
  for (let i = 0; i < gen.ifs.length; i++) jumpIf(u, gen.ifs[i]!, ifCleanup, false)
  visitInner(u, e, index + 1, depth + 1)
  useBlock(u, ifCleanup)
  emitJump(u, op.JUMP, start)
  popFrameBlock(u)
  useBlock(u, except)
  emit(u, op.END_ASYNC_FOR)
}

/** The next `for` clause, or behind the last one the item. */
function visitInner(u: Unit, e: ComprehensionExpr, index: number, depth: number): void {
  if (index < e.generators.length) {
    visitGenerator(u, e, index, depth)
    return
  }
  switch (e.node) {
    case 'GeneratorExp':
      visitExpr(u, e.elt)
      emitYield(u)
      emit(u, op.POP_TOP)
      return
    case 'DictComp':
      visitExpr(u, e.key)
      visitExpr(u, e.value)
      emit(u, op.MAP_ADD, depth + 1)
      return
    default:
      visitExpr(u, e.elt)
      emit(u, KINDS[e.node].add, depth + 1)
  }
}
