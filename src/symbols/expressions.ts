import type { Arguments, Comprehension, Expr, ExprNode, Keyword } from '../ast/nodes.ts'
import type { SymtableBuilder } from './builder.ts'
import { type ComprehensionKind, DEF_COMP_ITER, DEF_GLOBAL, DEF_LOCAL, DEF_NONLOCAL, DEF_PARAM, USE } from './entry.ts'

/**
 * Depth from which left-nested chains are walked by a loop. Above it plain recursion is faster; below it the
 * JavaScript stack must not grow with the length of a chain, and CPython allows 3,000 levels.
 */
const LOOP_DEPTH = 300

type ComprehensionNode = ExprNode<'ListComp' | 'SetComp' | 'DictComp' | 'GeneratorExp'>
/** Nodes whose first child may be as deep as a chain is long. */
type ChainNode = ExprNode<'Call' | 'BinOp' | 'Subscript' | 'Attribute'>

/**
 * Collects the names of an expression in the current block, in CPython's order (`symtable_visit_expr`).
 * The last child of a node is reached by going round the loop, so only other children recurse.
 */
export function visitExpr(st: SymtableBuilder, e: Expr): void {
  const depth = st.depth
  // Lambdas whose body is being walked: a body is a last child, its block is closed at the end.
  let lambdas = 0
  for (;;) {
    st.descend()
    switch (e.node) {
      case 'Name':
        visitName(st, e)
        break
      case 'Constant':
        break
      case 'Attribute':
        e = e.value
        continue
      case 'Call':
        if (st.depth > LOOP_DEPTH) visitChain(st, e)
        else {
          visitExpr(st, e.func)
          visitCallArguments(st, e)
        }
        break
      case 'BinOp':
        if (st.depth > LOOP_DEPTH) visitChain(st, e)
        else {
          visitExpr(st, e.left)
          e = e.right
          continue
        }
        break
      case 'Subscript':
        if (st.depth > LOOP_DEPTH) visitChain(st, e)
        else {
          visitExpr(st, e.value)
          e = e.slice
          continue
        }
        break
      case 'Tuple':
      case 'List':
      case 'Set':
        visitExprs(st, e.elts)
        break
      case 'Compare':
        visitExpr(st, e.left)
        visitExprs(st, e.comparators)
        break
      case 'BoolOp':
      case 'JoinedStr':
        visitExprs(st, e.values)
        break
      case 'UnaryOp':
        e = e.operand
        continue
      case 'Starred':
        e = e.value
        continue
      case 'FormattedValue':
        visitExpr(st, e.value)
        if (e.format_spec === null) break
        e = e.format_spec
        continue
      case 'IfExp':
        visitExpr(st, e.test)
        visitExpr(st, e.body)
        e = e.orelse
        continue
      case 'Lambda':
        visitLambdaHead(st, e)
        lambdas++
        e = e.body
        continue
      default:
        visitRareExpr(st, e)
    }
    break
  }
  for (; lambdas > 0; lambdas--) st.exitBlock()
  st.depth = depth
}

/** Visits each expression of a list. */
export function visitExprs(st: SymtableBuilder, list: readonly (Expr | null)[]): void {
  for (let i = 0; i < list.length; i++) {
    const e = list[i]!
    if (e !== null) visitExpr(st, e)
  }
}

/** Visits the values of the keywords of a call or class. */
export function visitKeywords(st: SymtableBuilder, list: readonly Keyword[]): void {
  for (let i = 0; i < list.length; i++) visitExpr(st, list[i]!.value)
}

function visitName(st: SymtableBuilder, e: ExprNode<'Name'>): void {
  if (e.ctx !== 'Load') {
    st.define(e.id, DEF_LOCAL, e)
    return
  }
  st.define(e.id, USE, e)
  // A call of super() without arguments reads the cell of the class.
  if (e.id === 'super' && st.cur.type === 'function') st.define('__class__', USE, e)
}

function visitCallArguments(st: SymtableBuilder, e: ExprNode<'Call'>): void {
  visitExprs(st, e.args)
  visitKeywords(st, e.keywords)
}

/** Walks down the first children of a chain, then up again visiting the others, as recursion would. */
function visitChain(st: SymtableBuilder, first: ChainNode): void {
  const depth = st.depth
  const chain: ChainNode[] = []
  let e: Expr = first
  for (;;) {
    if (e.node === 'Call') {
      chain.push(e)
      e = e.func
    } else if (e.node === 'BinOp') {
      chain.push(e)
      e = e.left
    } else if (e.node === 'Subscript' || e.node === 'Attribute') {
      chain.push(e)
      e = e.value
    } else break
    st.descend()
  }
  // `visitExpr` counts the innermost node itself.
  st.depth--
  visitExpr(st, e)
  for (let i = chain.length - 1; i >= 0; i--) {
    const link = chain[i]!
    st.depth = depth + i
    if (link.node === 'Call') visitCallArguments(st, link)
    else if (link.node === 'BinOp') visitExpr(st, link.right)
    else if (link.node === 'Subscript') visitExpr(st, link.slice)
  }
  st.depth = depth
}

type RareExpr = ExprNode<
  | 'Dict'
  | 'Slice'
  | 'ListComp'
  | 'SetComp'
  | 'DictComp'
  | 'GeneratorExp'
  | 'NamedExpr'
  | 'Yield'
  | 'YieldFrom'
  | 'Await'
>

function visitRareExpr(st: SymtableBuilder, e: RareExpr): void {
  switch (e.node) {
    case 'Dict':
      visitExprs(st, e.keys)
      visitExprs(st, e.values)
      break
    case 'Slice':
      if (e.lower !== null) visitExpr(st, e.lower)
      if (e.upper !== null) visitExpr(st, e.upper)
      if (e.step !== null) visitExpr(st, e.step)
      break
    case 'ListComp':
      visitComprehension(st, e, 'listcomp', 'list')
      break
    case 'SetComp':
      visitComprehension(st, e, 'setcomp', 'set')
      break
    case 'DictComp':
      visitComprehension(st, e, 'dictcomp', 'dict')
      break
    case 'GeneratorExp':
      visitComprehension(st, e, 'genexpr', 'generator')
      break
    case 'NamedExpr':
      visitNamedExpr(st, e)
      break
    case 'Yield':
      rejectInAnnotation(st, 'yield expression', e)
      if (e.value !== null) visitExpr(st, e.value)
      markGenerator(st, e)
      break
    case 'YieldFrom':
      rejectInAnnotation(st, 'yield expression', e)
      visitExpr(st, e.value)
      markGenerator(st, e)
      break
    case 'Await':
      rejectInAnnotation(st, 'await expression', e)
      visitExpr(st, e.value)
      st.cur.coroutine = true
      break
    default:
      e satisfies never
  }
}

/** Visits the defaults, which belong to the block around a lambda, and opens its own block. */
function visitLambdaHead(st: SymtableBuilder, e: ExprNode<'Lambda'>): void {
  visitExprs(st, e.args.defaults)
  visitExprs(st, e.args.kw_defaults)
  st.enterBlock('function', 'lambda', e, e)
  visitParameters(st, e.args)
}

/** Defines the parameters of the current block, in the order of its local variables. */
export function visitParameters(st: SymtableBuilder, args: Arguments): void {
  for (const arg of args.posonlyargs) st.define(arg.arg, DEF_PARAM, arg)
  for (const arg of args.args) st.define(arg.arg, DEF_PARAM, arg)
  for (const arg of args.kwonlyargs) st.define(arg.arg, DEF_PARAM, arg)
  if (args.vararg !== null) {
    st.define(args.vararg.arg, DEF_PARAM, args.vararg)
    st.cur.varargs = true
  }
  if (args.kwarg !== null) {
    st.define(args.kwarg.arg, DEF_PARAM, args.kwarg)
    st.cur.varkeywords = true
  }
}

/**
 * A comprehension is a function of one argument, `.0`: the iterator of its first `for`, made by the block around.
 */
function visitComprehension(
  st: SymtableBuilder,
  e: ComprehensionNode,
  name: string,
  kind: Exclude<ComprehensionKind, 'none'>,
): void {
  const outermost = e.generators[0]!
  st.cur.compIterExpr++
  visitExpr(st, outermost.iter)
  st.cur.compIterExpr--
  const block = st.enterBlock('function', name, e, e)
  block.comprehension = kind
  if (outermost.is_async !== 0) block.coroutine = true
  st.define('.0', DEF_PARAM, e)
  block.compIterTarget = true
  visitExpr(st, outermost.target)
  block.compIterTarget = false
  visitExprs(st, outermost.ifs)
  for (let i = 1; i < e.generators.length; i++) visitInnerGenerator(st, e.generators[i]!)
  if (e.node === 'DictComp') {
    visitExpr(st, e.value)
    visitExpr(st, e.key)
  } else visitExpr(st, e.elt)
  block.generator = kind === 'generator'
  st.exitBlock()
  if (block.coroutine && kind !== 'generator') st.cur.coroutine = true
}

function visitInnerGenerator(st: SymtableBuilder, generator: Comprehension): void {
  const block = st.cur
  block.compIterTarget = true
  visitExpr(st, generator.target)
  block.compIterTarget = false
  block.compIterExpr++
  visitExpr(st, generator.iter)
  block.compIterExpr--
  visitExprs(st, generator.ifs)
  if (generator.is_async !== 0) block.coroutine = true
}

function visitNamedExpr(st: SymtableBuilder, e: ExprNode<'NamedExpr'>): void {
  rejectInAnnotation(st, 'named expression', e)
  if (st.cur.compIterExpr > 0) {
    st.fail('assignment expression cannot be used in a comprehension iterable expression', e)
  }
  if (st.cur.comprehension !== 'none' && e.target.node === 'Name') bindOutsideComprehensions(st, e.target)
  visitExpr(st, e.value)
  visitExpr(st, e.target)
}

/** PEP 572: the target of a named expression in a comprehension belongs to the function or module around it. */
function bindOutsideComprehensions(st: SymtableBuilder, target: ExprNode<'Name'>): void {
  const name = target.id
  for (let i = st.stack.length - 1; i >= 0; i--) {
    const entry = st.stack[i]!
    // CPython looks the name up unmangled here.
    const flags = entry.symbols.get(name) ?? 0
    if (entry.comprehension !== 'none') {
      if ((flags & DEF_COMP_ITER) !== 0) {
        st.fail(`assignment expression cannot rebind comprehension iteration variable '${name}'`, target)
      }
    } else if (entry.type === 'function') {
      st.define(name, (flags & DEF_GLOBAL) !== 0 ? DEF_GLOBAL : DEF_NONLOCAL, target)
      st.recordDirective(name, target)
      st.defineIn(entry, name, DEF_LOCAL, target)
      return
    } else if (entry.type === 'module') {
      st.define(name, DEF_GLOBAL, target)
      st.recordDirective(name, target)
      st.defineIn(entry, name, DEF_GLOBAL, target)
      return
    } else if (entry.type === 'class') {
      st.fail('assignment expression within a comprehension cannot be used in a class body', target)
    }
  }
}

function markGenerator(st: SymtableBuilder, e: ExprNode<'Yield' | 'YieldFrom'>): void {
  st.cur.generator = true
  const kind = st.cur.comprehension
  if (kind === 'none') return
  st.fail(`'yield' inside ${kind === 'generator' ? 'generator expression' : `${kind} comprehension`}`, e)
}

function rejectInAnnotation(st: SymtableBuilder, what: string, e: Expr): void {
  if (st.cur.type === 'annotation') st.fail(`'${what}' can not be used within an annotation`, e)
}
