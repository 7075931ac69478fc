import type { Alternative, RuleTable } from '../notation.ts'
import { exprName } from '../piece.ts'

const expectedColon = (alternative: string): Alternative => [alternative, (p) => p.raise("expected ':'")]

/** The head of a statement, whose captured keyword gives the line, without an indented block behind it. */
const unindented = (head: string, what: string): Alternative => [
  `${head} NEWLINE !INDENT`,
  (p, keyword) => p.raiseIndentation(`expected an indented block after ${what} on line ${p.lineOf(keyword)}`),
]

const mixedExcept = "cannot have both 'except' and 'except*' on the same 'try'"

/** What is wrong with a statement; active in the second pass. */
export const invalidStatementRules: RuleTable = {
  invalid_assignment: [
    [
      "@invalid_ann_assign_target ':' expression",
      (p, target) => p.raiseAt(target, `only single target (not ${exprName(target)}) can be annotated`),
    ],
    [
      "@star_named_expression ',' star_named_expressions* ':' expression",
      (p, target) => p.raiseAt(target, 'only single target (not tuple) can be annotated'),
    ],
    ["@expression ':' expression", (p, target) => p.raiseAt(target, 'illegal target for annotation')],
    ["(star_targets '=')* @star_expressions '='", (p, target) => p.raiseInvalidTarget('star', target)],
    [
      "(star_targets '=')* @yield_expr '='",
      (p, target) => p.raiseAt(target, 'assignment to yield expression not possible'),
    ],
    [
      '@star_expressions augassign (yield_expr | star_expressions)',
      (p, target) => p.raiseAt(target, `'${exprName(target)}' is an illegal expression for augmented assignment`),
    ],
  ],
  invalid_ann_assign_target: ['list', 'tuple', "'(' @invalid_ann_assign_target ')'"],
  invalid_del_stmt: [["'del' @star_expressions", (p, target) => p.raiseInvalidTarget('del', target)]],
  invalid_block: [['NEWLINE !INDENT', (p) => p.raiseIndentation('expected an indented block')]],
  invalid_import_from_targets: [
    ["import_from_as_names ',' NEWLINE", (p) => p.raise('trailing comma not allowed without surrounding parentheses')],
  ],

  invalid_with_item: [
    ["expression 'as' @expression &(',' | ')' | ':')", (p, target) => p.raiseInvalidTarget('star', target)],
  ],
  invalid_with_stmt: [
    expectedColon("ASYNC? 'with' (expression ('as' star_target)?)+, NEWLINE"),
    expectedColon("ASYNC? 'with' '(' (expressions ('as' star_target)?)+, ','? ')' NEWLINE"),
  ],
  invalid_with_stmt_indent: [
    unindented("ASYNC? @'with' (expression ('as' star_target)?)+, ':'", "'with' statement"),
    unindented("ASYNC? @'with' '(' (expressions ('as' star_target)?)+, ','? ')' ':'", "'with' statement"),
  ],
  invalid_for_target: [["ASYNC? 'for' @star_expressions", (p, target) => p.raiseInvalidTarget('for', target)]],
  invalid_for_stmt: [
    expectedColon("ASYNC? 'for' star_targets 'in' star_expressions NEWLINE"),
    unindented("ASYNC? @'for' star_targets 'in' star_expressions ':'", "'for' statement"),
  ],

  invalid_try_stmt: [
    unindented("@'try' ':'", "'try' statement"),
    ["'try' ':' block !('except' | 'finally')", (p) => p.raise("expected 'except' or 'finally' block")],
    [
      "'try' ':' block* except_block+ @'except' @'*' expression ('as' NAME)? ':'",
      (p, except, star) => p.raiseRange(except, star, mixedExcept),
    ],
    [
      "'try' ':' block* except_star_block+ @'except' (expression ('as' NAME)?)? ':'",
      (p, except) => p.raiseAt(except, mixedExcept),
    ],
  ],
  invalid_except_stmt: [
    [
      "'except' '*'? @expression ',' expressions ('as' NAME)? ':'",
      (p, first) => p.raiseStartingFrom(first, 'multiple exception types must be parenthesized'),
    ],
    expectedColon("'except' '*'? expression ('as' NAME)? NEWLINE"),
    expectedColon("'except' NEWLINE"),
    ["'except' '*' (NEWLINE | ':')", (p) => p.raise('expected one or more exception types')],
  ],
  invalid_finally_stmt: [unindented("@'finally' ':'", "'finally' statement")],
  invalid_except_stmt_indent: [
    unindented("@'except' expression ('as' NAME)? ':'", "'except' statement"),
    unindented("@'except' ':'", "'except' statement"),
  ],
  invalid_except_star_stmt_indent: [unindented("@'except' '*' expression ('as' NAME)? ':'", "'except*' statement")],

  invalid_match_stmt: [
    expectedColon("'match' subject_expr NEWLINE"),
    unindented("@'match' subject_expr ':'", "'match' statement"),
  ],
  invalid_case_block: [
    expectedColon("'case' patterns guard? NEWLINE"),
    unindented("@'case' patterns guard? ':'", "'case' statement"),
  ],
  invalid_if_stmt: [
    expectedColon("'if' named_expression NEWLINE"),
    unindented("@'if' named_expression ':'", "'if' statement"),
  ],
  invalid_elif_stmt: [
    expectedColon("'elif' named_expression NEWLINE"),
    unindented("@'elif' named_expression ':'", "'elif' statement"),
  ],
  invalid_else_stmt: [unindented("@'else' ':'", "'else' statement")],
  invalid_while_stmt: [
    expectedColon("'while' named_expression NEWLINE"),
    unindented("@'while' named_expression ':'", "'while' statement"),
  ],
  invalid_def_raw: [unindented("ASYNC? @'def' NAME '(' params? ')' ('->' expression)? ':'", 'function definition')],
  invalid_class_def_raw: [
    expectedColon("'class' NAME ('(' arguments? ')')? NEWLINE"),
    unindented("@'class' NAME ('(' arguments? ')')? ':'", 'class definition'),
  ],
}
