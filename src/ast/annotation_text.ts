import { PyError } from '../base/errors.ts'
import { constantRepr, strRepr } from '../base/repr.ts'
import {
  Complex,
  type Constant,
  Ellipsis,
  Float,
  type Str,
  strCodePoints,
  strFromCodePoints,
  strFromUtf16,
  strToUtf16,
  WideStr,
} from '../base/values.ts'
import { type ChainNode, chainText } from './chain_text.ts'
import type { Arg, Arguments, Comprehension, Expr, ExprNode, Keyword } from './nodes.ts'
import {
  ATOM,
  AWAIT,
  binaryOperators,
  booleanOperators,
  CMP,
  comparisonOperators,
  EXPR,
  INFINITY_TEXT,
  OR,
  TEST,
  TUPLE,
  unaryOperators,
} from './operators.ts'

/** Nodes that start with an expression which may be as deep as the chain is long. */

const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const COLON = 0x3a

/**
 * The text of an annotation under `from __future__ import annotations`, as `Python/ast_unparse.c` writes it. It is not
 * the text of `ast.unparse`: f-strings, generators in calls, yields, NaN and tuples in constants differ.
 * Throws PyError `RecursionError` for an annotation nested too deeply.
 */
export function annotationText(annotation: Expr): Str {
  try {
    return strFromUtf16(text(annotation, TEST))
  } catch (error) {
    if (error instanceof RangeError) {
      throw new PyError('RecursionError', 'maximum recursion depth exceeded during compilation')
    }
    throw error
  }
}

const parens = (inner: string, needed: boolean): string => (needed ? `(${inner})` : inner)

function text(e: Expr, level: number): string {
  switch (e.node) {
    case 'Name':
      return e.id
    case 'Constant':
      return literalText(e)
    case 'Attribute':
    case 'Subscript':
    case 'Call':
    case 'BinOp':
      return chainText(e, level, text, linkText)
    case 'UnaryOp':
      return unaryText(e, level)
    case 'Tuple':
      return tupleText(e, level)
    case 'List':
      return `[${listText(e.elts)}]`
    case 'Set':
      return `{${listText(e.elts)}}`
    case 'BoolOp': {
      const op = booleanOperators[e.op]
      const operands = e.values.map((value) => text(value, op.precedence + 1))
      return parens(operands.join(` ${op.text} `), level > op.precedence)
    }
    case 'Compare':
      return compareText(e, level)
    case 'Starred':
      return `*${text(e.value, EXPR)}`
    case 'Slice':
      return sliceText(e)
    default:
      return rareText(e, level)
  }
}

function rareText(e: Expr, level: number): string {
  switch (e.node) {
    case 'Dict':
      return dictText(e)
    case 'IfExp': {
      const inner = `${text(e.body, OR)} if ${text(e.test, OR)} else ${text(e.orelse, TEST)}`
      return parens(inner, level > TEST)
    }
    case 'Lambda': {
      // CPython writes the space only if there is a positional parameter.
      const head = e.args.args.length + e.args.posonlyargs.length > 0 ? 'lambda ' : 'lambda'
      return parens(`${head}${argumentsText(e.args)}: ${text(e.body, TEST)}`, level > TEST)
    }
    case 'GeneratorExp':
      return `(${text(e.elt, TEST)}${generatorsText(e.generators)})`
    case 'ListComp':
      return `[${text(e.elt, TEST)}${generatorsText(e.generators)}]`
    case 'SetComp':
      return `{${text(e.elt, TEST)}${generatorsText(e.generators)}}`
    case 'DictComp':
      return `{${text(e.key, TEST)}: ${text(e.value, TEST)}${generatorsText(e.generators)}}`
    case 'Yield':
      return e.value === null ? '(yield)' : `(yield ${text(e.value, TEST)})`
    case 'YieldFrom':
      return `(yield from ${text(e.value, TEST)})`
    case 'Await':
      return parens(`await ${text(e.value, ATOM)}`, level > AWAIT)
    case 'NamedExpr':
      return parens(`${text(e.target, ATOM)} := ${text(e.value, ATOM)}`, level > TUPLE)
    case 'JoinedStr':
      return fstringText(fstringBody(e, false))
    case 'FormattedValue':
      return strToUtf16(strFromCodePoints(formattedValue(e)))
    default:
      return text(e, level)
  }
}

function linkText(e: ChainNode, first: string, level: number): string {
  switch (e.node) {
    case 'Attribute':
      return `${first}${isInt(e.value) ? ' .' : '.'}${e.attr}`
    case 'Subscript':
      return `${first}[${text(e.slice, TUPLE)}]`
    case 'Call':
      return first + callText(e)
    case 'BinOp': {
      const op = binaryOperators[e.op]
      const right = text(e.right, op.precedence + (e.op === 'Pow' ? 0 : 1))
      return parens(`${first} ${op.text} ${right}`, level > op.precedence)
    }
  }
}

function isInt(e: Expr): boolean {
  return e.node === 'Constant' && (typeof e.value === 'number' || typeof e.value === 'bigint')
}

function callText(e: ExprNode<'Call'>): string {
  const only = e.args.length === 1 && e.keywords.length === 0 ? e.args[0]! : null
  if (only?.node === 'GeneratorExp') return text(only, TEST)
  return `(${[...e.args.map((arg) => text(arg, TEST)), ...e.keywords.map(keywordText)].join(', ')})`
}

function keywordText(keyword: Keyword): string {
  return `${keyword.arg === null ? '**' : `${keyword.arg}=`}${text(keyword.value, TEST)}`
}

function unaryText(first: ExprNode<'UnaryOp'>, level: number): string {
  let prefix = ''
  let closing = 0
  let e: Expr = first
  while (e.node === 'UnaryOp') {
    const op = unaryOperators[e.op]
    if (level > op.precedence) {
      prefix += '('
      closing++
    }
    prefix += op.text
    level = op.precedence
    e = e.operand
  }
  return prefix + text(e, level) + ')'.repeat(closing)
}

function listText(elts: readonly Expr[]): string {
  return elts.map((elt) => text(elt, TEST)).join(', ')
}

function tupleText(e: ExprNode<'Tuple'>, level: number): string {
  if (e.elts.length === 0) return '()'
  return parens(listText(e.elts) + (e.elts.length === 1 ? ',' : ''), level > TUPLE)
}

function compareText(e: ExprNode<'Compare'>, level: number): string {
  let out = text(e.left, CMP + 1)
  for (let i = 0; i < e.ops.length; i++) {
    out += ` ${comparisonOperators[e.ops[i]!]} ${text(e.comparators[i]!, CMP + 1)}`
  }
  return parens(out, level > CMP)
}

function sliceText(e: ExprNode<'Slice'>): string {
  const lower = e.lower === null ? '' : text(e.lower, TEST)
  const upper = e.upper === null ? '' : text(e.upper, TEST)
  return `${lower}:${upper}${e.step === null ? '' : `:${text(e.step, TEST)}`}`
}

function dictText(e: ExprNode<'Dict'>): string {
  const items = e.values.map((value, i) => {
    const key = e.keys[i]!
    return key === null ? `**${text(value, EXPR)}` : `${text(key, TEST)}: ${text(value, TEST)}`
  })
  return `{${items.join(', ')}}`
}

function generatorsText(generators: readonly Comprehension[]): string {
  let out = ''
  for (const generator of generators) {
    out += generator.is_async !== 0 ? ' async for ' : ' for '
    out += `${text(generator.target, TUPLE)} in ${text(generator.iter, OR)}`
    for (const condition of generator.ifs) out += ` if ${text(condition, OR)}`
  }
  return out
}

function argText(arg: Arg): string {
  return arg.annotation === null ? arg.arg : `${arg.arg}: ${text(arg.annotation, TEST)}`
}

function argumentsText(args: Arguments): string {
  const out: string[] = []
  const positional = [...args.posonlyargs, ...args.args]
  const withoutDefault = positional.length - args.defaults.length
  positional.forEach((arg, i) => {
    const value = i < withoutDefault ? '' : `=${text(args.defaults[i - withoutDefault]!, TEST)}`
    out.push(`${argText(arg)}${value}${i + 1 === args.posonlyargs.length ? ', /' : ''}`)
  })
  if (args.vararg !== null || args.kwonlyargs.length > 0) {
    out.push(`*${args.vararg === null ? '' : argText(args.vararg)}`)
  }
  args.kwonlyargs.forEach((arg, i) => {
    const value = args.kw_defaults[i] ?? null
    out.push(value === null ? argText(arg) : `${argText(arg)}=${text(value, TEST)}`)
  })
  if (args.kwarg !== null) out.push(`**${argText(args.kwarg)}`)
  return out.join(', ')
}

function literalText(e: ExprNode<'Constant'>): string {
  if (e.value === Ellipsis) return '...'
  return (e.kind ?? '') + constantText(e.value)
}

function constantText(value: Constant): string {
  if (Array.isArray(value)) {
    const items = value.map(constantText)
    return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`
  }
  const repr = constantRepr(value)
  const replaceable = value instanceof Complex || (value instanceof Float && !Number.isNaN(value.value))
  return replaceable ? repr.replaceAll('inf', INFINITY_TEXT) : repr
}

/** What stands between the quotes of an f-string, in code points: it may hold lone surrogates. */
function fstringBody(e: ExprNode<'JoinedStr'>, isFormatSpec: boolean): number[] {
  const out: number[] = []
  for (const value of e.values) appendFstringElement(out, value, isFormatSpec)
  return out
}

function appendFstringElement(out: number[], e: Expr, isFormatSpec: boolean): void {
  switch (e.node) {
    case 'Constant':
      for (const cp of strCodePoints(literalPart(e.value))) {
        out.push(cp)
        if (cp === OPEN_BRACE || cp === CLOSE_BRACE) out.push(cp)
      }
      break
    case 'FormattedValue':
      appendAll(out, formattedValue(e))
      break
    case 'JoinedStr': {
      const body = fstringBody(e, isFormatSpec)
      appendAll(out, isFormatSpec ? body : codePoints(fstringText(body)))
      break
    }
    default:
      throw new PyError('SystemError', 'unknown expression kind inside f-string')
  }
}

function formattedValue(e: ExprNode<'FormattedValue'>): number[] {
  // A lambda needs parentheses: its colon would start a format specification.
  const value = text(e.value, OR)
  const conversion = e.conversion > 0 ? `!${String.fromCharCode(e.conversion)}` : ''
  const out = codePoints(`${value.startsWith('{') ? '{ ' : '{'}${value}${conversion}`)
  if (e.format_spec !== null) {
    out.push(COLON)
    appendFstringElement(out, e.format_spec, true)
  }
  out.push(CLOSE_BRACE)
  return out
}

function fstringText(body: readonly number[]): string {
  return `f${strRepr(strFromCodePoints(body))}`
}

function literalPart(value: Constant): Str {
  if (typeof value === 'string' || value instanceof WideStr) return value
  throw new PyError('TypeError', 'replace() argument 1 must be str')
}

function codePoints(part: string): number[] {
  return Array.from(part, (char) => char.codePointAt(0)!)
}

function appendAll(out: number[], more: readonly number[]): void {
  for (const cp of more) out.push(cp)
}
