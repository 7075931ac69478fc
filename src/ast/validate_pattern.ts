import { Complex, type Constant, Float, WideStr } from '../base/values.ts'
import type { Expr, ExprNode, Pattern, PatternNode } from './nodes.ts'
import { validateExpr } from './validate_expr.ts'
import { type Depth, descend, invalid, validateName, validatePosition } from './validate_rules.ts'

/** Checks a pattern; `starAllowed` where it is an item of a sequence. */
export function validatePattern(depth: Depth, p: Pattern, starAllowed: boolean): void {
  validatePosition(p)
  descend(depth)
  switch (p.node) {
    case 'MatchValue':
      validateValue(depth, p.value)
      break
    case 'MatchSingleton':
      if (!isSingleton(p.value)) throw invalid('MatchSingleton can only contain True, False and None')
      break
    case 'MatchSequence':
      validatePatterns(depth, p.patterns, true)
      break
    case 'MatchMapping':
      validateMapping(depth, p)
      break
    case 'MatchClass':
      validateClass(depth, p)
      break
    case 'MatchStar':
      if (!starAllowed) throw invalid("can't use MatchStar here")
      if (p.name !== null) validateCapture(p.name)
      break
    case 'MatchAs':
      if (p.name !== null) validateCapture(p.name)
      if (p.pattern === null) break
      if (p.name === null) throw invalid('MatchAs must specify a target name if a pattern is given')
      validatePattern(depth, p.pattern, false)
      break
    case 'MatchOr':
      if (p.patterns.length < 2) throw invalid('MatchOr requires at least 2 patterns')
      validatePatterns(depth, p.patterns, false)
      break
    default:
      p satisfies never
  }
  depth.level--
}

function validatePatterns(depth: Depth, patterns: readonly Pattern[], starAllowed: boolean): void {
  for (const pattern of patterns) validatePattern(depth, pattern, starAllowed)
}

function isSingleton(value: Constant): boolean {
  return value === null || typeof value === 'boolean'
}

function validateCapture(name: string): void {
  if (name === '_') throw invalid("can't capture name '_' in patterns")
  validateName(name)
}

function validateMapping(depth: Depth, p: PatternNode<'MatchMapping'>): void {
  if (p.keys.length !== p.patterns.length) {
    throw invalid("MatchMapping doesn't have the same number of keys as patterns")
  }
  if (p.rest !== null) validateCapture(p.rest)
  for (const key of p.keys) {
    if (key.node !== 'Constant' || !isSingleton(key.value)) validateValue(depth, key)
  }
  validatePatterns(depth, p.patterns, false)
}

function validateClass(depth: Depth, p: PatternNode<'MatchClass'>): void {
  if (p.kwd_attrs.length !== p.kwd_patterns.length) {
    throw invalid("MatchClass doesn't have the same number of keyword attributes as patterns")
  }
  validateExpr(depth, p.cls, 'Load')
  let cls = p.cls
  while (cls.node === 'Attribute') cls = cls.value
  if (cls.node !== 'Name') throw invalid('MatchClass cls field can only contain Name or Attribute nodes.')
  for (const attr of p.kwd_attrs) validateName(attr)
  validatePatterns(depth, p.patterns, false)
  validatePatterns(depth, p.kwd_patterns, false)
}

/** Patterns may compare with literals and with attributes. */
function validateValue(depth: Depth, e: Expr): void {
  validateExpr(depth, e, 'Load')
  switch (e.node) {
    case 'Constant':
      if (isLiteral(e.value)) return
      throw invalid('unexpected constant inside of a literal pattern')
    case 'Attribute':
    case 'JoinedStr':
      return
    case 'UnaryOp':
      if (isNegativeNumber(e, true)) return
      break
    case 'BinOp':
      if (isComplexNumber(e)) return
      break
  }
  throw invalid('patterns may only match literals and attribute lookups')
}

function isLiteral(value: Constant): boolean {
  const isText = typeof value === 'string' || value instanceof WideStr || value instanceof Uint8Array
  return isText || isReal(value) || value instanceof Complex
}

function isReal(value: Constant): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Float
}

function isNegativeNumber(e: ExprNode<'UnaryOp'>, imaginaryAllowed: boolean): boolean {
  if (e.op !== 'USub' || e.operand.node !== 'Constant') return false
  const { value } = e.operand
  return isReal(value) || (imaginaryAllowed && value instanceof Complex)
}

/** A real number, signed or not, plus or minus an imaginary one. */
function isComplexNumber(e: ExprNode<'BinOp'>): boolean {
  if (e.op !== 'Add' && e.op !== 'Sub') return false
  const { left, right } = e
  if (right.node !== 'Constant' || !(right.value instanceof Complex)) return false
  if (left.node === 'Constant') return isReal(left.value)
  return left.node === 'UnaryOp' && isNegativeNumber(left, false)
}
