import { memo, type RuleTable } from '../notation.ts'

/** Compound statements, their blocks and clauses. */
export const compoundRules: RuleTable = {
  compound_stmt: [
    "&('def' | '@' | ASYNC) function_def",
    "&'if' if_stmt",
    "&('class' | '@') class_def",
    "&('with' | ASYNC) with_stmt",
    "&('for' | ASYNC) for_stmt",
    "&'try' try_stmt",
    "&'while' while_stmt",
    'match_stmt',
  ],
  block: memo('NEWLINE INDENT statements DEDENT', 'simple_stmts', 'invalid_block'),
  decorators: ["('@' named_expression NEWLINE)+"],

  class_def: ['decorators class_def_raw', 'class_def_raw'],
  class_def_raw: ['invalid_class_def_raw', "'class' NAME ('(' arguments? ')')? ':' block"],

  function_def: ['decorators function_def_raw', 'function_def_raw'],
  function_def_raw: [
    'invalid_def_raw',
    "'def' NAME ^'(' params? ')' ('->' expression)? ^':' func_type_comment? block",
    [
      "ASYNC 'def' NAME ^'(' params? ')' ('->' expression)? ^':' func_type_comment? block",
      (p) => p.since(5, 'Async functions are'),
    ],
  ],

  if_stmt: [
    'invalid_if_stmt',
    "'if' named_expression ':' block elif_stmt",
    "'if' named_expression ':' block else_block?",
  ],
  elif_stmt: [
    'invalid_elif_stmt',
    "'elif' named_expression ':' block elif_stmt",
    "'elif' named_expression ':' block else_block?",
  ],
  else_block: ['invalid_else_stmt', "'else' ^':' block"],
  while_stmt: ['invalid_while_stmt', "'while' named_expression ':' block else_block?"],
  for_stmt: [
    'invalid_for_stmt',
    "'for' star_targets 'in' ~ star_expressions ':' TYPE_COMMENT? block else_block?",
    [
      "ASYNC 'for' star_targets 'in' ~ star_expressions ':' TYPE_COMMENT? block else_block?",
      (p) => p.since(5, 'Async for loops are'),
    ],
    'invalid_for_target',
  ],
  with_stmt: [
    'invalid_with_stmt_indent',
    ["'with' '(' with_item+, ','? ')' ':' block", (p) => p.since(9, 'Parenthesized context managers are')],
    "'with' with_item+, ':' TYPE_COMMENT? block",
    ["ASYNC 'with' '(' with_item+, ','? ')' ':' block", (p) => p.since(5, 'Async with statements are')],
    ["ASYNC 'with' with_item+, ':' TYPE_COMMENT? block", (p) => p.since(5, 'Async with statements are')],
    'invalid_with_stmt',
  ],
  with_item: ["expression 'as' star_target &(',' | ')' | ':')", 'invalid_with_item', 'expression'],

  try_stmt: [
    'invalid_try_stmt',
    "'try' ^':' block finally_block",
    "'try' ^':' block except_block+ else_block? finally_block?",
    ["'try' ^':' block except_star_block+ else_block? finally_block?", (p) => p.since(11, 'Exception groups are')],
  ],
  except_block: [
    'invalid_except_stmt_indent',
    "'except' expression ('as' NAME)? ':' block",
    "'except' ':' block",
    'invalid_except_stmt',
  ],
  except_star_block: [
    'invalid_except_star_stmt_indent',
    "'except' '*' expression ('as' NAME)? ':' block",
    'invalid_except_stmt',
  ],
  finally_block: ['invalid_finally_stmt', "'finally' ^':' block"],

  match_stmt: [
    ["'match' subject_expr ':' NEWLINE INDENT case_block+ DEDENT", (p) => p.since(10, 'Pattern matching is')],
    'invalid_match_stmt',
  ],
  subject_expr: ["star_named_expression ',' star_named_expressions?", 'named_expression'],
  case_block: ['invalid_case_block', "'case' patterns guard? ':' block"],
  guard: ["'if' named_expression"],
}
