import type { Arg, Arguments, Comprehension, Expr, ExprNode, Keyword } from '../../ast/nodes.ts'
import type { Constant } from '../../base/values.ts'
import { compilationTooDeep } from '../../symbols/errors.ts'
import { foldFormat } from './format.ts'
import { foldBinary, foldUnary } from './operators.ts'
import { frozenSet, isStr, subscript } from './sequences.ts'

/** The name that is a constant. */
const DEBUG = '__debug__'

/** A constant in the place of an expression. */
function constantAt(at: Expr, value: Constant): ExprNode<'Constant'> {
  return {
    node: 'Constant',
    value,
    kind: null,
    lineno: at.lineno,
    col_offset: at.col_offset,
    end_lineno: at.end_lineno,
    end_col_offset: at.end_col_offset,
  }
}

function hasStarred(items: readonly Expr[]): boolean {
  for (let i = 0; i < items.length; i++) if (items[i]!.node === 'Starred') return true
  return false
}

/** The values of a list of constants; null if anything else is in it. */
function constantItems(items: readonly Expr[]): Constant[] | null {
  for (let i = 0; i < items.length; i++) if (items[i]!.node !== 'Constant') return null
  return items.map((item) => (item as ExprNode<'Constant'>).value)
}

/**
 * A list or set that is only iterated over or searched: constants in one become a tuple or frozenset, a list of other
 * things a tuple.
 */
export function foldIterable(node: Expr): Expr {
  if (node.node === 'Set') {
    const items = constantItems(node.elts)
    return items === null ? node : constantAt(node, frozenSet(items))
  }
  if (node.node !== 'List' || hasStarred(node.elts)) return node
  const items = constantItems(node.elts)
  if (items !== null) return constantAt(node, items)
  return {
    node: 'Tuple',
    elts: node.elts,
    ctx: node.ctx,
    lineno: node.lineno,
    col_offset: node.col_offset,
    end_lineno: node.end_lineno,
    end_col_offset: node.end_col_offset,
  }
}

function foldBinOp(node: ExprNode<'BinOp'>): Expr {
  const { left, right } = node
  if (left.node !== 'Constant') return node
  if (right.node === 'Constant') {
    const value = foldBinary(node.op, left.value, right.value)
    return value === undefined ? node : constantAt(node, value)
  }
  if (node.op !== 'Mod' || right.node !== 'Tuple' || !isStr(left.value) || hasStarred(right.elts)) return node
  return foldFormat(node, left.value, right.elts) ?? node
}

function foldUnaryOp(node: ExprNode<'UnaryOp'>): Expr {
  const operand = node.operand
  if (operand.node === 'Constant') {
    const value = foldUnary(node.op, operand.value)
    return value === undefined ? node : constantAt(node, value)
  }
  if (node.op !== 'Not' || operand.node !== 'Compare' || operand.ops.length !== 1) return node
  // Only tests whose outcome is a bool for sure can be turned round.
  switch (operand.ops[0]!) {
    case 'Is':
      operand.ops[0] = 'IsNot'
      return operand
    case 'IsNot':
      operand.ops[0] = 'Is'
      return operand
    case 'In':
      operand.ops[0] = 'NotIn'
      return operand
    case 'NotIn':
      operand.ops[0] = 'In'
      return operand
    default:
      return node
  }
}

function foldSubscript(node: ExprNode<'Subscript'>): Expr {
  const { value, slice } = node
  if (value.node !== 'Constant' || slice.node !== 'Constant' || node.ctx !== 'Load') return node
  const item = subscript(value.value, slice.value)
  return item === undefined ? node : constantAt(node, item)
}

/**
 * Folds constants in expressions, in place: a method gives the node to put where the given one was, which mostly is
 * that one. CPython's depth of recursion is counted in `depth`; where a tree is deep because its operators chain,
 * `expr` goes down by a loop.
 */
export class ExpressionFolder {
  protected depth: number
  private readonly limit: number
  private readonly debug: boolean
  /** Annotations are not evaluated and stay as they are. */
  protected readonly keepAnnotations: boolean
  /** Nodes whose deep operand is being folded, outermost first. */
  private readonly spine: Expr[] = []

  constructor(depth: number, limit: number, debug: boolean, keepAnnotations: boolean) {
    this.depth = depth
    this.limit = limit
    this.debug = debug
    this.keepAnnotations = keepAnnotations
  }

  /** Counts one more level. */
  protected enter(): void {
    if (++this.depth > this.limit) throw compilationTooDeep()
  }

  /** Folds an expression; what comes back is to be put where it was. */
  expr(node: Expr): Expr {
    // More than half of all expressions are names and constants.
    const kind = node.node
    if (kind === 'Name' || kind === 'Constant') {
      if (this.depth >= this.limit) throw compilationTooDeep()
      return kind === 'Name' ? this.name(node) : node
    }
    return this.descend(node)
  }

  private descend(node: Expr): Expr {
    const spine = this.spine
    const base = spine.length
    for (;;) {
      this.enter()
      const operand = deepOperand(node)
      if (operand === null) break
      spine.push(node)
      node = operand
    }
    node = this.leafOrList(node)
    this.depth--
    while (spine.length > base) {
      node = this.finish(spine.pop()!, node)
      this.depth--
    }
    return node
  }

  protected optionalExpr(node: Expr | null): Expr | null {
    return node === null ? null : this.expr(node)
  }

  protected exprs(nodes: (Expr | null)[]): void {
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i]!
      if (node === null) continue
      const folded = this.expr(node)
      if (folded !== node) nodes[i] = folded
    }
  }

  /** An expression without one operand that could be deep. */
  private leafOrList(node: Expr): Expr {
    switch (node.node) {
      case 'Name':
        return this.name(node)
      case 'Constant':
        return node
      case 'Tuple':
        return this.tuple(node)
      case 'List':
      case 'Set':
        this.exprs(node.elts)
        return node
      case 'Dict':
        this.exprs(node.keys)
        this.exprs(node.values)
        return node
      case 'BoolOp':
      case 'JoinedStr':
        this.exprs(node.values)
        return node
      case 'Slice':
        node.lower = this.optionalExpr(node.lower)
        node.upper = this.optionalExpr(node.upper)
        node.step = this.optionalExpr(node.step)
        return node
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        node.elt = this.expr(node.elt)
        this.comprehensions(node.generators)
        return node
      case 'DictComp':
        node.key = this.expr(node.key)
        node.value = this.expr(node.value)
        this.comprehensions(node.generators)
        return node
      default:
        // What is left is `yield` without a value.
        return node
    }
  }

  private name(node: ExprNode<'Name'>): Expr {
    const isDebug = node.id.length === DEBUG.length && node.id === DEBUG && node.ctx === 'Load'
    return isDebug ? constantAt(node, this.debug) : node
  }

  private tuple(node: ExprNode<'Tuple'>): Expr {
    this.exprs(node.elts)
    if (node.ctx !== 'Load') return node
    const items = constantItems(node.elts)
    return items === null ? node : constantAt(node, items)
  }

  /** Puts the folded deep operand into its node, folds the other operands and then the node itself. */
  private finish(node: Expr, operand: Expr): Expr {
    switch (node.node) {
      case 'Attribute':
      case 'Starred':
      case 'Await':
      case 'YieldFrom':
      case 'Yield':
      case 'NamedExpr':
        if (node.value !== operand) node.value = operand
        return node
      case 'Call':
        if (node.func !== operand) node.func = operand
        this.exprs(node.args)
        if (node.keywords.length !== 0) this.keywords(node.keywords)
        return node
      case 'Subscript':
        if (node.value !== operand) node.value = operand
        node.slice = this.expr(node.slice)
        return foldSubscript(node)
      case 'BinOp':
        return this.binOp(node, operand)
      case 'UnaryOp':
        if (node.operand !== operand) node.operand = operand
        return foldUnaryOp(node)
      case 'Compare':
        return this.compare(node, operand)
      case 'IfExp':
        node.orelse = operand
        node.test = this.expr(node.test)
        node.body = this.expr(node.body)
        return node
      case 'Lambda':
        node.body = operand
        this.arguments(node.args)
        return node
      case 'FormattedValue':
        if (node.value !== operand) node.value = operand
        node.format_spec = this.optionalExpr(node.format_spec)
        return node
      default:
        throw new TypeError(`no operand of ${node.node} is deep`)
    }
  }

  private binOp(node: ExprNode<'BinOp'>, operand: Expr): Expr {
    if (node.op === 'Pow') {
      if (node.right !== operand) node.right = operand
      node.left = this.expr(node.left)
    } else {
      if (node.left !== operand) node.left = operand
      node.right = this.expr(node.right)
    }
    return foldBinOp(node)
  }

  private compare(node: ExprNode<'Compare'>, operand: Expr): Expr {
    if (node.left !== operand) node.left = operand
    this.exprs(node.comparators)
    const last = node.ops.length - 1
    if (node.ops[last] === 'In' || node.ops[last] === 'NotIn') {
      node.comparators[last] = foldIterable(node.comparators[last]!)
    }
    return node
  }

  protected keywords(nodes: readonly Keyword[]): void {
    for (let i = 0; i < nodes.length; i++) nodes[i]!.value = this.expr(nodes[i]!.value)
  }

  private comprehensions(nodes: readonly Comprehension[]): void {
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i]!
      node.target = this.expr(node.target)
      node.iter = foldIterable(this.expr(node.iter))
      this.exprs(node.ifs)
    }
  }

  protected arguments(node: Arguments): void {
    if (!this.keepAnnotations) {
      this.annotations(node.posonlyargs)
      this.annotations(node.args)
      if (node.vararg !== null) this.annotation(node.vararg)
      this.annotations(node.kwonlyargs)
      if (node.kwarg !== null) this.annotation(node.kwarg)
    }
    this.exprs(node.kw_defaults)
    this.exprs(node.defaults)
  }

  private annotations(nodes: readonly Arg[]): void {
    for (let i = 0; i < nodes.length; i++) this.annotation(nodes[i]!)
  }

  private annotation(node: Arg): void {
    if (node.annotation !== null) node.annotation = this.expr(node.annotation)
  }
}

/**
 * The operand of an expression by which source code can make trees of any depth; null for one that has no such operand:
 * a leaf, or a display whose brackets limit how deep it can be.
 */
function deepOperand(node: Expr): Expr | null {
  switch (node.node) {
    case 'Name':
    case 'Constant':
      return null
    case 'Attribute':
    case 'Subscript':
    case 'Starred':
    case 'Await':
    case 'Yield':
    case 'YieldFrom':
    case 'NamedExpr':
    case 'FormattedValue':
      return node.value
    case 'Call':
      return node.func
    case 'Compare':
      return node.left
    case 'BinOp':
      return node.op === 'Pow' ? node.right : node.left
    case 'UnaryOp':
      return node.operand
    case 'IfExp':
      return node.orelse
    case 'Lambda':
      return node.body
    default:
      node satisfies ExprNode<
        | 'Tuple'
        | 'List'
        | 'Set'
        | 'Dict'
        | 'BoolOp'
        | 'JoinedStr'
        | 'Slice'
        | 'ListComp'
        | 'SetComp'
        | 'GeneratorExp'
        | 'DictComp'
      >
      return null
  }
}
