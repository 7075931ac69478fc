import type { exprs } from '../../ast/nodes.ts'

/** The node names of expressions, and names for the pieces of syntax that are no expression. */
export type PieceKind =
  | keyof typeof exprs
  | 'comprehension'
  | 'generators'
  | 'keyword'
  | 'unpacking'
  | 'arg'
  | 'pattern'
  | 'token'
  | 'seq'
  | 'In'
  | 'none'

/**
 * What a rule of the error grammar has matched: the kind of node that CPython's parser builds for it, the tokens it
 * covers (its positions are theirs), and those children that a message may depend on. Nothing else of the tree is
 * ever built here.
 */
export interface Piece {
  readonly kind: PieceKind
  /** Index of the first and of the last token. */
  readonly first: number
  readonly last: number
  readonly items: readonly Piece[]
  /** The identifier of a Name, the constant's name (`None`, `literal`, …) of a Constant; otherwise empty. */
  readonly text: string
}

const noItems: readonly Piece[] = []

/** The result of a rule of which only the success counts, and the value of an optional item that is absent. */
export const NOTHING: Piece = { kind: 'none', first: 0, last: 0, items: noItems, text: '' }

export function piece(kind: PieceKind, first: number, last: number, items = noItems, text = ''): Piece {
  return { kind, first, last, items, text }
}

export function lastItem(seq: Piece): Piece {
  return seq.items[seq.items.length - 1]!
}

const exprNames: Partial<Record<PieceKind, string>> = {
  Attribute: 'attribute',
  Subscript: 'subscript',
  Starred: 'starred',
  Name: 'name',
  List: 'list',
  Tuple: 'tuple',
  Lambda: 'lambda',
  Call: 'function call',
  BoolOp: 'expression',
  BinOp: 'expression',
  UnaryOp: 'expression',
  GeneratorExp: 'generator expression',
  Yield: 'yield expression',
  YieldFrom: 'yield expression',
  Await: 'await expression',
  ListComp: 'list comprehension',
  SetComp: 'set comprehension',
  DictComp: 'dict comprehension',
  Dict: 'dict literal',
  Set: 'set display',
  JoinedStr: 'f-string expression',
  FormattedValue: 'f-string expression',
  Compare: 'comparison',
  IfExp: 'conditional expression',
  NamedExpr: 'named expression',
}

/** How CPython's messages call an expression (`_PyPegen_get_expr_name`). */
export function exprName(expr: Piece): string {
  return expr.kind === 'Constant' ? expr.text : exprNames[expr.kind]!
}

/** Where an expression was meant to be a target. */
export type TargetRole = 'star' | 'del' | 'for'

/**
 * The first part of an expression that cannot be a target (`_PyPegen_get_invalid_target`), or `null`. In a `for`
 * head `a in b` has been read as a comparison, of which only the left side is the target.
 */
export function invalidTarget(expr: Piece, role: TargetRole): Piece | null {
  switch (expr.kind) {
    case 'List':
    case 'Tuple':
      for (const item of expr.items) {
        const found = invalidTarget(item, role)
        if (found !== null) return found
      }
      return null
    case 'Starred':
      return role === 'del' ? expr : invalidTarget(expr.items[0]!, role)
    case 'Compare':
      if (role !== 'for') return expr
      return expr.items[1]!.kind === 'In' ? invalidTarget(expr.items[0]!, role) : null
    case 'Name':
    case 'Subscript':
    case 'Attribute':
      return null
    default:
      return expr
  }
}
