import { PyError } from '../base/errors.ts'
import { FrozenSet } from '../base/values.ts'
import { isConstant, pyTypeName } from './from_object.ts'
import type { Arg, Arguments, Comprehension, Expr, ExprContext, ExprNode, Keyword } from './nodes.ts'
import { type Depth, descend, invalid, validateName, validatePosition } from './validate_rules.ts'

/** Checks each expression of a list. */
export function validateExprs(
  depth: Depth,
  list: readonly (Expr | null)[],
  ctx: ExprContext,
  nullAllowed = false,
): void {
  for (const e of list) {
    if (e !== null) validateExpr(depth, e, ctx)
    else if (!nullAllowed) throw invalid('None disallowed in expression list')
  }
}

/** Checks an expression that stands where `ctx` is wanted. */
export function validateExpr(depth: Depth, e: Expr, ctx: ExprContext): void {
  validatePosition(e)
  descend(depth)
  if (e.node === 'Name') validateName(e.id)
  validateContext(e, ctx)
  switch (e.node) {
    case 'Name':
      break
    case 'Constant':
      validateConstant(depth, e.value)
      break
    case 'Attribute':
      validateExpr(depth, e.value, 'Load')
      break
    case 'Subscript':
      validateExpr(depth, e.slice, 'Load')
      validateExpr(depth, e.value, 'Load')
      break
    case 'Starred':
      validateExpr(depth, e.value, ctx)
      break
    case 'List':
    case 'Tuple':
      validateExprs(depth, e.elts, ctx)
      break
    case 'Call':
      validateExpr(depth, e.func, 'Load')
      validateExprs(depth, e.args, 'Load')
      validateKeywords(depth, e.keywords)
      break
    case 'BinOp':
      validateExpr(depth, e.left, 'Load')
      validateExpr(depth, e.right, 'Load')
      break
    case 'UnaryOp':
      validateExpr(depth, e.operand, 'Load')
      break
    case 'BoolOp':
      if (e.values.length < 2) throw invalid('BoolOp with less than 2 values')
      validateExprs(depth, e.values, 'Load')
      break
    case 'Compare':
      validateCompare(depth, e)
      break
    default:
      validateRareExpr(depth, e)
  }
  depth.level--
}

type RareExpr = ExprNode<
  | 'Lambda'
  | 'IfExp'
  | 'Dict'
  | 'Set'
  | 'ListComp'
  | 'SetComp'
  | 'GeneratorExp'
  | 'DictComp'
  | 'Yield'
  | 'NamedExpr'
  | 'YieldFrom'
  | 'Await'
  | 'JoinedStr'
  | 'FormattedValue'
  | 'Slice'
>

function validateRareExpr(depth: Depth, e: RareExpr): void {
  switch (e.node) {
    case 'Lambda':
      validateArguments(depth, e.args)
      validateExpr(depth, e.body, 'Load')
      break
    case 'IfExp':
      validateExpr(depth, e.test, 'Load')
      validateExpr(depth, e.body, 'Load')
      validateExpr(depth, e.orelse, 'Load')
      break
    case 'Dict':
      if (e.keys.length !== e.values.length) throw invalid("Dict doesn't have the same number of keys as values")
      // A key that is None unpacks its value.
      validateExprs(depth, e.keys, 'Load', true)
      validateExprs(depth, e.values, 'Load')
      break
    case 'Set':
      validateExprs(depth, e.elts, 'Load')
      break
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
      validateGenerators(depth, e.generators)
      validateExpr(depth, e.elt, 'Load')
      break
    case 'DictComp':
      validateGenerators(depth, e.generators)
      validateExpr(depth, e.key, 'Load')
      validateExpr(depth, e.value, 'Load')
      break
    case 'Yield':
      if (e.value !== null) validateExpr(depth, e.value, 'Load')
      break
    case 'NamedExpr':
      if (e.target.node !== 'Name') throw new PyError('TypeError', 'NamedExpr target must be a Name')
      validateExpr(depth, e.value, 'Load')
      break
    case 'YieldFrom':
    case 'Await':
      validateExpr(depth, e.value, 'Load')
      break
    case 'JoinedStr':
      validateExprs(depth, e.values, 'Load')
      break
    case 'FormattedValue':
      validateExpr(depth, e.value, 'Load')
      if (e.format_spec !== null) validateExpr(depth, e.format_spec, 'Load')
      break
    case 'Slice':
      if (e.lower !== null) validateExpr(depth, e.lower, 'Load')
      if (e.upper !== null) validateExpr(depth, e.upper, 'Load')
      if (e.step !== null) validateExpr(depth, e.step, 'Load')
      break
    default:
      e satisfies never
  }
}

function validateContext(e: Expr, wanted: ExprContext): void {
  if ('ctx' in e) {
    if (e.ctx !== wanted) throw invalid(`expression must have ${wanted} context but has ${e.ctx} instead`)
  } else if (wanted !== 'Load') {
    throw invalid(`expression which can't be assigned to in ${wanted} context`)
  }
}

function validateCompare(depth: Depth, e: ExprNode<'Compare'>): void {
  if (e.comparators.length === 0) throw invalid('Compare with no comparators')
  if (e.comparators.length !== e.ops.length) {
    throw invalid('Compare has a different number of comparators and operands')
  }
  validateExprs(depth, e.comparators, 'Load')
  validateExpr(depth, e.left, 'Load')
}

function validateConstant(depth: Depth, value: unknown): void {
  if (!isConstant(value)) throw new PyError('TypeError', `got an invalid type in Constant: ${pyTypeName(value)}`)
  if (!Array.isArray(value) && !(value instanceof FrozenSet)) return
  descend(depth)
  for (const item of value instanceof FrozenSet ? value.items : value) validateConstant(depth, item)
  depth.level--
}

function validateGenerators(depth: Depth, generators: readonly Comprehension[]): void {
  if (generators.length === 0) throw invalid('comprehension with no generators')
  for (const generator of generators) {
    validateExpr(depth, generator.target, 'Store')
    validateExpr(depth, generator.iter, 'Load')
    validateExprs(depth, generator.ifs, 'Load')
  }
}

/** Checks the values of the keywords of a call or class. */
export function validateKeywords(depth: Depth, keywords: readonly Keyword[]): void {
  for (const keyword of keywords) validateExpr(depth, keyword.value, 'Load')
}

/** Checks the parameters of a function or lambda, their annotations and defaults. */
export function validateArguments(depth: Depth, args: Arguments): void {
  validateArgs(depth, args.posonlyargs)
  validateArgs(depth, args.args)
  if (args.vararg !== null) validateAnnotation(depth, args.vararg)
  validateArgs(depth, args.kwonlyargs)
  if (args.kwarg !== null) validateAnnotation(depth, args.kwarg)
  if (args.defaults.length > args.posonlyargs.length + args.args.length) {
    throw invalid('more positional defaults than args on arguments')
  }
  if (args.kw_defaults.length !== args.kwonlyargs.length) {
    throw invalid('length of kwonlyargs is not the same as kw_defaults on arguments')
  }
  validateExprs(depth, args.defaults, 'Load')
  validateExprs(depth, args.kw_defaults, 'Load', true)
}

function validateArgs(depth: Depth, args: readonly Arg[]): void {
  for (const arg of args) {
    validatePosition(arg)
    validateAnnotation(depth, arg)
  }
}

function validateAnnotation(depth: Depth, arg: Arg): void {
  if (arg.annotation !== null) validateExpr(depth, arg.annotation, 'Load')
}
