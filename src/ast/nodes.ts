import type { Constant } from '../base/values.ts'

/**
 * The syntax tree of Python 3.11: one row a node, in the notation and the field order of CPython's `Python.asdl`.
 * Types, `dump`, the visitors and the validator come from these rows.
 */
export const mods = {
  Module: 'body: stmt*, type_ignores: type_ignore*',
  Interactive: 'body: stmt*',
  Expression: 'body: expr',
  FunctionType: 'argtypes: expr*, returns: expr',
} as const

export const stmts = {
  FunctionDef:
    'name: identifier, args: arguments, body: stmt*, decorator_list: expr*, returns: expr?, type_comment: string?',
  AsyncFunctionDef:
    'name: identifier, args: arguments, body: stmt*, decorator_list: expr*, returns: expr?, type_comment: string?',
  ClassDef: 'name: identifier, bases: expr*, keywords: keyword*, body: stmt*, decorator_list: expr*',
  Return: 'value: expr?',
  Delete: 'targets: expr*',
  Assign: 'targets: expr*, value: expr, type_comment: string?',
  AugAssign: 'target: expr, op: operator, value: expr',
  AnnAssign: 'target: expr, annotation: expr, value: expr?, simple: int',
  For: 'target: expr, iter: expr, body: stmt*, orelse: stmt*, type_comment: string?',
  AsyncFor: 'target: expr, iter: expr, body: stmt*, orelse: stmt*, type_comment: string?',
  While: 'test: expr, body: stmt*, orelse: stmt*',
  If: 'test: expr, body: stmt*, orelse: stmt*',
  With: 'items: withitem*, body: stmt*, type_comment: string?',
  AsyncWith: 'items: withitem*, body: stmt*, type_comment: string?',
  Match: 'subject: expr, cases: match_case*',
  Raise: 'exc: expr?, cause: expr?',
  Try: 'body: stmt*, handlers: excepthandler*, orelse: stmt*, finalbody: stmt*',
  TryStar: 'body: stmt*, handlers: excepthandler*, orelse: stmt*, finalbody: stmt*',
  Assert: 'test: expr, msg: expr?',
  Import: 'names: alias*',
  ImportFrom: 'module: identifier?, names: alias*, level: int?',
  Global: 'names: identifier*',
  Nonlocal: 'names: identifier*',
  Expr: 'value: expr',
  Pass: '',
  Break: '',
  Continue: '',
} as const

export const exprs = {
  BoolOp: 'op: boolop, values: expr*',
  NamedExpr: 'target: expr, value: expr',
  BinOp: 'left: expr, op: operator, right: expr',
  UnaryOp: 'op: unaryop, operand: expr',
  Lambda: 'args: arguments, body: expr',
  IfExp: 'test: expr, body: expr, orelse: expr',
  Dict: 'keys: expr?*, values: expr*',
  Set: 'elts: expr*',
  ListComp: 'elt: expr, generators: comprehension*',
  SetComp: 'elt: expr, generators: comprehension*',
  DictComp: 'key: expr, value: expr, generators: comprehension*',
  GeneratorExp: 'elt: expr, generators: comprehension*',
  Await: 'value: expr',
  Yield: 'value: expr?',
  YieldFrom: 'value: expr',
  Compare: 'left: expr, ops: cmpop*, comparators: expr*',
  Call: 'func: expr, args: expr*, keywords: keyword*',
  FormattedValue: 'value: expr, conversion: int, format_spec: expr?',
  JoinedStr: 'values: expr*',
  Constant: 'value: constant, kind: string?',
  Attribute: 'value: expr, attr: identifier, ctx: expr_context',
  Subscript: 'value: expr, slice: expr, ctx: expr_context',
  Starred: 'value: expr, ctx: expr_context',
  Name: 'id: identifier, ctx: expr_context',
  List: 'elts: expr*, ctx: expr_context',
  Tuple: 'elts: expr*, ctx: expr_context',
  Slice: 'lower: expr?, upper: expr?, step: expr?',
} as const

export const patterns = {
  MatchValue: 'value: expr',
  MatchSingleton: 'value: constant',
  MatchSequence: 'patterns: pattern*',
  MatchMapping: 'keys: expr*, patterns: pattern*, rest: identifier?',
  MatchClass: 'cls: expr, patterns: pattern*, kwd_attrs: identifier*, kwd_patterns: pattern*',
  MatchStar: 'name: identifier?',
  MatchAs: 'pattern: pattern?, name: identifier?',
  MatchOr: 'patterns: pattern*',
} as const

export const typeIgnores = { TypeIgnore: 'lineno: int, tag: string' } as const
export const excepthandlers = { ExceptHandler: 'type: expr?, name: identifier?, body: stmt*' } as const

/** Product types with positions. */
export const located = {
  arg: 'arg: identifier, annotation: expr?, type_comment: string?',
  keyword: 'arg: identifier?, value: expr',
  alias: 'name: identifier, asname: identifier?',
} as const

/** Product types without positions. */
export const unlocated = {
  comprehension: 'target: expr, iter: expr, ifs: expr*, is_async: int',
  arguments:
    'posonlyargs: arg*, args: arg*, vararg: arg?, kwonlyargs: arg*, kw_defaults: expr?*, kwarg: arg?, defaults: expr*',
  withitem: 'context_expr: expr, optional_vars: expr?',
  match_case: 'pattern: pattern, guard: expr?, body: stmt*',
} as const

export const expr_contexts = ['Load', 'Store', 'Del'] as const
export const boolops = ['And', 'Or'] as const
export const operators = [
  'Add',
  'Sub',
  'Mult',
  'MatMult',
  'Div',
  'Mod',
  'Pow',
  'LShift',
  'RShift',
  'BitOr',
  'BitXor',
  'BitAnd',
  'FloorDiv',
] as const
export const unaryops = ['Invert', 'Not', 'UAdd', 'USub'] as const
export const cmpops = ['Eq', 'NotEq', 'Lt', 'LtE', 'Gt', 'GtE', 'Is', 'IsNot', 'In', 'NotIn'] as const

export type ExprContext = (typeof expr_contexts)[number]
export type BoolOperator = (typeof boolops)[number]
export type Operator = (typeof operators)[number]
export type UnaryOperator = (typeof unaryops)[number]
export type CmpOp = (typeof cmpops)[number]

/** Where a node stands: lines 1-based, columns 0-based in UTF-8 bytes. */
export interface Position {
  lineno: number
  col_offset: number
  end_lineno: number
  end_col_offset: number
}

interface Kinds {
  mod: Mod
  stmt: Stmt
  expr: Expr
  pattern: Pattern
  type_ignore: TypeIgnore
  excepthandler: ExceptHandler
  arg: Arg
  keyword: Keyword
  alias: Alias
  comprehension: Comprehension
  arguments: Arguments
  withitem: WithItem
  match_case: MatchCase
  expr_context: ExprContext
  boolop: BoolOperator
  operator: Operator
  unaryop: UnaryOperator
  cmpop: CmpOp
  /** A JavaScript string (UTF-16), NFKC-normalised. */
  identifier: string
  /** A JavaScript string (UTF-16). */
  string: string
  int: number
  constant: Constant
}

type Trim<S extends string> = S extends ` ${infer R}` ? Trim<R> : S
type Kind<K extends string> = K extends `${infer B}*`
  ? Kind<B>[]
  : K extends `${infer B}?`
    ? Kind<B> | null
    : K extends keyof Kinds
      ? Kinds[K]
      : { error: `unknown kind ${K}` }
type Fields<S extends string> = S extends ''
  ? unknown
  : S extends `${infer H},${infer R}`
    ? Field<Trim<H>> & Fields<Trim<R>>
    : Field<S>
type Field<S extends string> = S extends `${infer N}: ${infer K}` ? { [P in N]: Kind<K> } : never
type Flat<T> = { [P in keyof T]: T[P] }
/** The field `type` of ExceptHandler is an ASDL field, so the node's own name is under `node` everywhere. */
type Row<T extends string, S extends string> = Flat<{ readonly node: T } & Fields<S>>
type Placed<T extends string, S extends string> = Flat<{ readonly node: T } & Fields<S> & Position>
type Sum<T extends Record<string, string>> = { [K in keyof T & string]: Placed<K, T[K]> }

type ModNodes = { [K in keyof typeof mods]: Row<K, (typeof mods)[K]> }
type StmtNodes = Sum<typeof stmts>
type ExprNodes = Sum<typeof exprs>
type PatternNodes = Sum<typeof patterns>

export type Mod = ModNodes[keyof ModNodes]
export type Stmt = StmtNodes[keyof StmtNodes]
/** The statements without a block. */
export type SimpleStmt = Exclude<Stmt, { readonly body: unknown } | { readonly cases: unknown }>
export type Expr = ExprNodes[keyof ExprNodes]
export type Pattern = PatternNodes[keyof PatternNodes]
/** The module node of one kind, such as `ModNode<'Module'>`. */
export type ModNode<K extends keyof ModNodes> = ModNodes[K]
/** The statement node of one kind, such as `StmtNode<'If'>`. */
export type StmtNode<K extends keyof StmtNodes> = StmtNodes[K]
/** The expression node of one kind, such as `ExprNode<'Call'>`. */
export type ExprNode<K extends keyof ExprNodes> = ExprNodes[K]
/** The pattern node of one kind, such as `PatternNode<'MatchOr'>`. */
export type PatternNode<K extends keyof PatternNodes> = PatternNodes[K]

export type TypeIgnore = Row<'TypeIgnore', (typeof typeIgnores)['TypeIgnore']>
export type ExceptHandler = Placed<'ExceptHandler', (typeof excepthandlers)['ExceptHandler']>
export type Arg = Placed<'arg', (typeof located)['arg']>
export type Keyword = Placed<'keyword', (typeof located)['keyword']>
export type Alias = Placed<'alias', (typeof located)['alias']>
export type Comprehension = Row<'comprehension', (typeof unlocated)['comprehension']>
export type Arguments = Row<'arguments', (typeof unlocated)['arguments']>
export type WithItem = Row<'withitem', (typeof unlocated)['withitem']>
export type MatchCase = Row<'match_case', (typeof unlocated)['match_case']>

/** Any node of the tree. */
export type Node =
  | Mod
  | Stmt
  | Expr
  | Pattern
  | TypeIgnore
  | ExceptHandler
  | Arg
  | Keyword
  | Alias
  | Comprehension
  | Arguments
  | WithItem
  | MatchCase
