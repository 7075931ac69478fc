import { type Alternative, growing, memo, type RuleTable } from '../notation.ts'
import type { RuleContext } from '../rule_context.ts'

/** Constant pieces carry the word that messages use for them. */
const constant = (name: string) => (p: RuleContext) => p.node('Constant', [], name)

const binary = (self: string, operand: string, operators: readonly string[]): Alternative[] =>
  operators.map((operator) => [`${self} '${operator}' ${operand}`, 'BinOp'])

/** Expressions, from tuples down to atoms. */
export const expressionRules: RuleTable = {
  expressions: [["@expression @(',' @expression)+ ','?", 'Tuple'], ["@expression ','", 'Tuple'], 'expression'],
  expression: memo(
    'invalid_expression',
    'invalid_legacy_expression',
    ["disjunction 'if' disjunction 'else' expression", 'IfExp'],
    'disjunction',
    'lambdef',
  ),
  yield_expr: [
    ["'yield' 'from' expression", 'YieldFrom'],
    ["'yield' star_expressions?", 'Yield'],
  ],
  star_expressions: [
    ["@star_expression @(',' @star_expression)+ ','?", 'Tuple'],
    ["@star_expression ','", 'Tuple'],
    'star_expression',
  ],
  star_expression: memo(["'*' @bitwise_or", 'Starred'], 'expression'),
  star_named_expressions: ["@star_named_expression+, ','?"],
  star_named_expression: [["'*' @bitwise_or", 'Starred'], 'named_expression'],
  assignment_expression: [
    ["NAME ':=' ~ expression", (p) => p.since(8, 'Assignment expressions are') && p.node('NamedExpr')],
  ],
  named_expression: ['assignment_expression', 'invalid_named_expression', "@expression !':='"],
  disjunction: memo(["conjunction ('or' conjunction)+", 'BoolOp'], 'conjunction'),
  conjunction: memo(["inversion ('and' inversion)+", 'BoolOp'], 'inversion'),
  inversion: memo(["'not' inversion", 'UnaryOp'], 'comparison'),

  comparison: [['@bitwise_or @compare_op_bitwise_or_pair+', 'Compare'], 'bitwise_or'],
  compare_op_bitwise_or_pair: [
    'eq_bitwise_or',
    'noteq_bitwise_or',
    'lte_bitwise_or',
    'lt_bitwise_or',
    'gte_bitwise_or',
    'gt_bitwise_or',
    'notin_bitwise_or',
    'in_bitwise_or',
    'isnot_bitwise_or',
    'is_bitwise_or',
  ],
  eq_bitwise_or: ["'==' bitwise_or"],
  noteq_bitwise_or: ['not_equal bitwise_or'],
  // A rule of its own because the spelling decides: `<>` or `!=`.
  not_equal: [["@'!='", (p, operator) => p.checkNotEqual(operator)]],
  lte_bitwise_or: ["'<=' bitwise_or"],
  lt_bitwise_or: ["'<' bitwise_or"],
  gte_bitwise_or: ["'>=' bitwise_or"],
  gt_bitwise_or: ["'>' bitwise_or"],
  notin_bitwise_or: ["'not' 'in' bitwise_or"],
  in_bitwise_or: [["'in' bitwise_or", 'In']],
  isnot_bitwise_or: ["'is' 'not' bitwise_or"],
  is_bitwise_or: ["'is' bitwise_or"],

  bitwise_or: growing(...binary('bitwise_or', 'bitwise_xor', ['|']), 'bitwise_xor'),
  bitwise_xor: growing(...binary('bitwise_xor', 'bitwise_and', ['^']), 'bitwise_and'),
  bitwise_and: growing(...binary('bitwise_and', 'shift_expr', ['&']), 'shift_expr'),
  shift_expr: growing(...binary('shift_expr', 'sum', ['<<', '>>']), 'sum'),
  sum: growing(...binary('sum', 'term', ['+', '-']), 'term'),
  term: growing(
    ...binary('term', 'factor', ['*', '/', '//', '%']),
    ["term '@' factor", (p) => p.since(5, "The '@' operator is") && p.node('BinOp')],
    'factor',
  ),
  factor: memo(["'+' factor", 'UnaryOp'], ["'-' factor", 'UnaryOp'], ["'~' factor", 'UnaryOp'], 'power'),
  power: [["await_primary '**' factor", 'BinOp'], 'await_primary'],
  await_primary: memo(['AWAIT primary', (p) => p.since(5, 'Await expressions are') && p.node('Await')], 'primary'),
  primary: growing(
    ["primary '.' NAME", 'Attribute'],
    ['primary genexp', 'Call'],
    ["primary '(' arguments? ')'", 'Call'],
    ["primary '[' slices ']'", 'Subscript'],
    'atom',
  ),
  slices: ["@slice !','", ["(slice | starred_expression)+, ','?", 'Tuple']],
  slice: [["expression? ':' expression? (':' expression?)?", 'Slice'], 'named_expression'],
  atom: [
    'NAME',
    ["'True'", constant('True')],
    ["'False'", constant('False')],
    ["'None'", constant('None')],
    '&STRING @strings',
    'NUMBER',
    "&'(' @(tuple | group | genexp)",
    "&'[' @(list | listcomp)",
    "&'{' @(dict | set | dictcomp | setcomp)",
    ["'...'", constant('ellipsis')],
  ],
  group: ["'(' @(yield_expr | named_expression) ')'", 'invalid_group'],
  lambdef: [["'lambda' lambda_params? ':' expression", 'Lambda']],
  strings: memo(['@STRING+', (p, tokens) => p.concatenateStrings(tokens)]),

  list: [["'[' @star_named_expressions? ']'", 'List']],
  tuple: [["'(' @(@star_named_expression ',' @star_named_expressions?)? ')'", 'Tuple']],
  set: [["'{' star_named_expressions '}'", 'Set']],
  dict: [["'{' double_starred_kvpairs? '}'", 'Dict'], "'{' invalid_double_starred_kvpairs '}'"],
  double_starred_kvpairs: ["double_starred_kvpair+, ','?"],
  double_starred_kvpair: ["'**' bitwise_or", 'kvpair'],
  kvpair: ["expression ':' expression"],

  for_if_clauses: ['for_if_clause+'],
  for_if_clause: [
    [
      "ASYNC 'for' star_targets 'in' ~ @disjunction @('if' @disjunction)*",
      (p, iter, ifs) => p.since(6, 'Async comprehensions are') && p.node('comprehension', [iter, ...ifs.items]),
    ],
    ["'for' star_targets 'in' ~ @disjunction @('if' @disjunction)*", 'comprehension'],
    'invalid_for_target',
  ],
  listcomp: [["'[' named_expression for_if_clauses ']'", 'ListComp'], 'invalid_comprehension'],
  setcomp: [["'{' named_expression for_if_clauses '}'", 'SetComp'], 'invalid_comprehension'],
  genexp: [
    ["'(' (assignment_expression | expression !':=') for_if_clauses ')'", 'GeneratorExp'],
    'invalid_comprehension',
  ],
  dictcomp: [["'{' kvpair for_if_clauses '}'", 'DictComp'], 'invalid_dict_comprehension'],

  arguments: memo("@args ','? &')'", 'invalid_arguments'),
  args: [
    ["@(@starred_expression | @(assignment_expression | @expression !':=') !'=')+, @(',' @kwargs)?", 'Call'],
    ['@kwargs', 'Call'],
  ],
  kwargs: ["@kwarg_or_starred+, ',' @kwarg_or_double_starred+,", 'kwarg_or_starred+,', 'kwarg_or_double_starred+,'],
  starred_expression: [["'*' @expression", 'Starred']],
  kwarg_or_starred: ['invalid_kwarg', ["NAME '=' expression", 'keyword'], 'starred_expression'],
  kwarg_or_double_starred: ['invalid_kwarg', ["NAME '=' expression", 'keyword'], ["'**' expression", 'unpacking']],
}
