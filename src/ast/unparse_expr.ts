import { PyError } from '../base/errors.ts'
import { constantRepr } from '../base/repr.ts'
import { Complex, type Constant, Ellipsis, Float, strCodePoints, strFromCodePoints, WideStr } from '../base/values.ts'
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
  NAMED_EXPR,
  OR,
  TEST,
  TUPLE,
  unaryOperators,
  YIELD,
} from './operators.ts'
import { ALL_QUOTES, type FstringPart, fstringLiteral, MULTI_QUOTES, stringLiteral } from './unparse_strings.ts'

/** Nodes that start with an expression which may be as deep as the chain is long. */

const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const COLON = 0x3a

const parens = (inner: string, needed: boolean): string => (needed ? `(${inner})` : inner)
const commaList = (items: readonly string[]): string => (items.length === 1 ? `${items[0]},` : items.join(', '))

type RareExpr = ExprNode<
  | 'Dict'
  | 'IfExp'
  | 'Lambda'
  | 'GeneratorExp'
  | 'ListComp'
  | 'SetComp'
  | 'DictComp'
  | 'Yield'
  | 'YieldFrom'
  | 'Await'
  | 'NamedExpr'
  | 'JoinedStr'
  | 'FormattedValue'
>

/**
 * Writes expressions as `ast.unparse` does. `level` is how tightly an expression must bind to go without parentheses.
 */
class ExpressionWriter {
  /** Inside of an f-string no string literal may have a backslash. */
  readonly #avoidBackslashes: boolean

  constructor(avoidBackslashes: boolean) {
    this.#avoidBackslashes = avoidBackslashes
  }

  text(e: Expr, level: number): string {
    switch (e.node) {
      case 'Name':
        return e.id
      case 'Constant':
        return this.#constant(e)
      case 'Attribute':
      case 'Subscript':
      case 'Call':
      case 'BinOp':
        return chainText(
          e,
          level,
          (operand, at) => this.text(operand, at),
          (node, before, at) => this.#link(node, before, at),
        )
      case 'UnaryOp':
        return this.#unary(e, level)
      case 'Tuple':
        return parens(commaList(this.#texts(e.elts)), e.elts.length === 0 || level > TUPLE)
      case 'List':
        return `[${this.#texts(e.elts).join(', ')}]`
      case 'Set':
        // An empty one can only be written as an unpacking: `{}` is a dictionary.
        return e.elts.length === 0 ? '{*()}' : `{${this.#texts(e.elts).join(', ')}}`
      case 'BoolOp':
        return this.#boolean(e, level)
      case 'Compare':
        return this.#compare(e, level)
      case 'Starred':
        return `*${this.text(e.value, EXPR)}`
      case 'Slice':
        return this.#slice(e)
      default:
        return this.#rare(e, level)
    }
  }

  arguments(args: Arguments): string {
    const out: string[] = []
    const positional = [...args.posonlyargs, ...args.args]
    const withoutDefault = positional.length - args.defaults.length
    positional.forEach((arg, i) => {
      const value = i < withoutDefault ? '' : `=${this.text(args.defaults[i - withoutDefault]!, TEST)}`
      out.push(`${this.arg(arg)}${value}${i + 1 === args.posonlyargs.length ? ', /' : ''}`)
    })
    if (args.vararg !== null || args.kwonlyargs.length > 0) {
      out.push(`*${args.vararg === null ? '' : this.arg(args.vararg)}`)
    }
    args.kwonlyargs.forEach((arg, i) => {
      const value = args.kw_defaults[i] ?? null
      out.push(value === null ? this.arg(arg) : `${this.arg(arg)}=${this.text(value, TEST)}`)
    })
    if (args.kwarg !== null) out.push(`**${this.arg(args.kwarg)}`)
    return out.join(', ')
  }

  arg(arg: Arg): string {
    return arg.annotation === null ? arg.arg : `${arg.arg}: ${this.text(arg.annotation, TEST)}`
  }

  keyword(keyword: Keyword): string {
    return `${keyword.arg === null ? '**' : `${keyword.arg}=`}${this.text(keyword.value, TEST)}`
  }

  generator(generator: Comprehension): string {
    let out = generator.is_async !== 0 ? ' async for ' : ' for '
    out += `${this.text(generator.target, TUPLE)} in ${this.text(generator.iter, OR)}`
    for (const condition of generator.ifs) out += ` if ${this.text(condition, OR)}`
    return out
  }

  literal(value: Constant): string {
    if (value instanceof Float || value instanceof Complex) {
      const infinite = constantRepr(value).replaceAll('inf', INFINITY_TEXT)
      return infinite.replaceAll('nan', `(${INFINITY_TEXT}-${INFINITY_TEXT})`)
    }
    if (this.#avoidBackslashes && isStr(value)) return stringLiteral(value, ALL_QUOTES)
    return constantRepr(value)
  }

  #texts(list: readonly Expr[]): string[] {
    return list.map((e) => this.text(e, TEST))
  }

  #rare(e: RareExpr, level: number): string {
    switch (e.node) {
      case 'Dict':
        return this.#dict(e)
      case 'IfExp': {
        const inner = `${this.text(e.body, OR)} if ${this.text(e.test, OR)} else ${this.text(e.orelse, TEST)}`
        return parens(inner, level > TEST)
      }
      case 'Lambda': {
        const args = this.arguments(e.args)
        return parens(`lambda${args === '' ? '' : ` ${args}`}: ${this.text(e.body, TEST)}`, level > TEST)
      }
      case 'GeneratorExp':
        return `(${this.text(e.elt, TEST)}${this.#generators(e.generators)})`
      case 'ListComp':
        return `[${this.text(e.elt, TEST)}${this.#generators(e.generators)}]`
      case 'SetComp':
        return `{${this.text(e.elt, TEST)}${this.#generators(e.generators)}}`
      case 'DictComp':
        return `{${this.text(e.key, TEST)}: ${this.text(e.value, TEST)}${this.#generators(e.generators)}}`
      case 'Yield':
        return parens(e.value === null ? 'yield' : `yield ${this.text(e.value, ATOM)}`, level > YIELD)
      case 'YieldFrom':
        return parens(`yield from ${this.text(e.value, ATOM)}`, level > YIELD)
      case 'Await':
        return parens(`await ${this.text(e.value, ATOM)}`, level > AWAIT)
      case 'NamedExpr':
        return parens(`${this.text(e.target, ATOM)} := ${this.text(e.value, ATOM)}`, level > NAMED_EXPR)
      case 'JoinedStr':
        return this.#joinedStr(e)
      case 'FormattedValue':
        return utf16(formattedValue(e))
    }
  }

  #link(e: ChainNode, first: string, level: number): string {
    switch (e.node) {
      case 'Attribute':
        return `${first}${isIntLiteral(e.value) ? ' .' : '.'}${e.attr}`
      case 'Subscript': {
        const { slice } = e
        const isTuple = slice.node === 'Tuple' && slice.elts.length > 0
        return `${first}[${isTuple ? commaList(this.#texts(slice.elts)) : this.text(slice, TEST)}]`
      }
      case 'Call':
        return `${first}(${[...this.#texts(e.args), ...e.keywords.map((keyword) => this.keyword(keyword))].join(', ')})`
      case 'BinOp': {
        const op = binaryOperators[e.op]
        const right = this.text(e.right, op.precedence + (e.op === 'Pow' ? 0 : 1))
        return parens(`${first} ${op.text} ${right}`, level > op.precedence)
      }
    }
  }

  #unary(first: ExprNode<'UnaryOp'>, level: number): string {
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
    return prefix + this.text(e, level) + ')'.repeat(closing)
  }

  #boolean(e: ExprNode<'BoolOp'>, level: number): string {
    const op = booleanOperators[e.op]
    // Each operand has to bind tighter than the one before.
    const operands = e.values.map((value, i) => this.text(value, Math.min(op.precedence + 1 + i, ATOM)))
    return parens(operands.join(` ${op.text} `), level > op.precedence)
  }

  #compare(e: ExprNode<'Compare'>, level: number): string {
    let out = this.text(e.left, CMP + 1)
    for (let i = 0; i < e.ops.length; i++) {
      out += ` ${comparisonOperators[e.ops[i]!]} ${this.text(e.comparators[i]!, CMP + 1)}`
    }
    return parens(out, level > CMP)
  }

  #slice(e: ExprNode<'Slice'>): string {
    const lower = e.lower === null ? '' : this.text(e.lower, TEST)
    const upper = e.upper === null ? '' : this.text(e.upper, TEST)
    return `${lower}:${upper}${e.step === null ? '' : `:${this.text(e.step, TEST)}`}`
  }

  #dict(e: ExprNode<'Dict'>): string {
    const items = e.values.map((value, i) => {
      const key = e.keys[i]!
      return key === null ? `**${this.text(value, EXPR)}` : `${this.text(key, TEST)}: ${this.text(value, TEST)}`
    })
    return `{${items.join(', ')}}`
  }

  #generators(generators: readonly Comprehension[]): string {
    return generators.map((generator) => this.generator(generator)).join('')
  }

  #constant(e: ExprNode<'Constant'>): string {
    const { value } = e
    if (Array.isArray(value)) return `(${commaList(value.map((item) => this.literal(item)))})`
    if (value === Ellipsis) return '...'
    return (e.kind === 'u' ? 'u' : '') + this.literal(value)
  }

  #joinedStr(e: ExprNode<'JoinedStr'>): string {
    if (this.#avoidBackslashes) {
      const body: number[] = []
      appendFstringElement(body, e)
      return `f${stringLiteral(strFromCodePoints(body), ALL_QUOTES)}`
    }
    const parts = e.values.map((value): FstringPart => {
      const part: number[] = []
      appendFstringElement(part, value)
      return { text: part, literal: value.node === 'Constant' }
    })
    return fstringLiteral(parts)
  }
}

/** Writes expressions outside of f-strings. */
export const plain = new ExpressionWriter(false)
const inFstring = new ExpressionWriter(true)

/** The text of a docstring, between triple quotes. */
export function docstringText(e: ExprNode<'Constant'>): string {
  const { value } = e
  return isStr(value) ? (e.kind === 'u' ? 'u' : '') + stringLiteral(value, MULTI_QUOTES) : plain.literal(value)
}

function isStr(value: Constant): value is string | WideStr {
  return typeof value === 'string' || value instanceof WideStr
}

/** `3.real` would be a float: bool is a kind of int here, as CPython's test has it. */
function isIntLiteral(e: Expr): boolean {
  if (e.node !== 'Constant') return false
  const { value } = e
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
}

/** Appends the code points of one element of an f-string; literal text may hold lone surrogates. */
function appendFstringElement(out: number[], e: Expr): void {
  if (e.node === 'JoinedStr') for (const value of e.values) appendFstringElement(out, value)
  else if (e.node === 'FormattedValue') for (const cp of formattedValue(e)) out.push(cp)
  else if (e.node === 'Constant' && isStr(e.value)) {
    for (const cp of strCodePoints(e.value)) {
      out.push(cp)
      if (cp === OPEN_BRACE || cp === CLOSE_BRACE) out.push(cp)
    }
  } else throw new PyError('ValueError', `Unexpected node inside JoinedStr, <ast.${e.node} object>`)
}

function formattedValue(e: ExprNode<'FormattedValue'>): number[] {
  const value = inFstring.text(e.value, OR)
  if (value.includes('\\')) {
    throw new PyError('ValueError', 'Unable to avoid backslash in f-string expression part')
  }
  const conversion = e.conversion === -1 ? '' : `!${String.fromCodePoint(e.conversion)}`
  const head = `${value.startsWith('{') ? '{ ' : '{'}${value}${conversion}`
  const out = Array.from(head, (char) => char.codePointAt(0)!)
  if (e.format_spec !== null) {
    out.push(COLON)
    appendFstringElement(out, e.format_spec)
  }
  out.push(CLOSE_BRACE)
  return out
}

function utf16(codePoints: readonly number[]): string {
  let out = ''
  for (const cp of codePoints) out += String.fromCodePoint(cp)
  return out
}
