import type { RuleTable } from '../notation.ts'
import { memo } from '../notation.ts'
import { exprName, lastItem, type Piece } from '../piece.ts'
import type { RuleContext } from '../rule_context.ts'

const equalityHint = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
const unparenthesized = 'Generator expression must be parenthesized'
const targetHint = 'did you forget parentheses around the comprehension target?'
const starredValue = 'cannot use a starred expression in a dictionary value'
const missingValue = "expression expected after dictionary key and ':'"

/** The last expression of the last `for … in … if …` clause. */
const clausesEnd = (clauses: Piece): Piece => lastItem(lastItem(clauses))

/** A generator among several arguments; alone it needs no parentheses, and another rule tells what is wrong then. */
function generatorAmongArguments(p: RuleContext, call: Piece, clauses: Piece): Piece | null {
  const positional = call.items.filter((item) => item.kind !== 'keyword' && item.kind !== 'unpacking')
  if (positional.length <= 1) return null
  return p.raiseRange(positional[positional.length - 1]!, clausesEnd(clauses), unparenthesized)
}

function argumentAfterKeyword(p: RuleContext, call: Piece): never {
  const unpacking = call.items.some((item) => item.kind === 'unpacking')
  return p.raise(`positional argument follows keyword argument${unpacking ? ' unpacking' : ''}`)
}

/** What is wrong with an expression, an argument list, a comprehension or a display; active in the second pass. */
export const invalidExpressionRules: RuleTable = {
  invalid_arguments: [
    [
      "((starred_expression | (assignment_expression | expression !':=') !'=')+, ',' kwargs | kwargs) ',' @'*'",
      (p, star) => p.raiseAt(star, 'iterable argument unpacking follows keyword argument unpacking'),
    ],
    [
      "@expression @for_if_clauses ',' (args | expression for_if_clauses)?",
      (p, elt, clauses) => p.raiseRange(elt, clausesEnd(clauses), unparenthesized),
    ],
    ["@NAME @'=' expression for_if_clauses", (p, name, equal) => p.raiseRange(name, equal, equalityHint)],
    ['@args @for_if_clauses', generatorAmongArguments],
    [
      "args ',' @expression @for_if_clauses",
      (p, elt, clauses) => p.raiseRange(elt, clausesEnd(clauses), unparenthesized),
    ],
    ["@args ',' args", argumentAfterKeyword],
  ],
  invalid_kwarg: [
    [
      "@('True' | 'False' | 'None') @'='",
      (p, name, equal) => p.raiseRange(name, equal, `cannot assign to ${p.sourceOf(name)}`),
    ],
    ["@NAME @'=' expression for_if_clauses", (p, name, equal) => p.raiseRange(name, equal, equalityHint)],
    [
      "!(NAME '=') @expression @'='",
      (p, left, equal) => p.raiseRange(left, equal, 'expression cannot contain assignment, perhaps you meant "=="?'),
    ],
  ],

  // The name tells CPython to leave the error rules out below it; see `RuleContext`.
  expression_without_invalid: [["disjunction 'if' disjunction 'else' expression", 'IfExp'], 'disjunction', 'lambdef'],
  invalid_legacy_expression: [
    [
      "@NAME !'(' @star_expressions",
      (p, name, args) =>
        p.isLegacyStatement(name)
          ? p.raiseRange(name, args, `Missing parentheses in call to '${name.text}'. Did you mean ${name.text}(...)?`)
          : null,
    ],
  ],
  invalid_expression: [
    // A name before a string may be a wrong prefix, and soft keywords are names: neither lacks a comma.
    [
      '!(NAME STRING | SOFT_KEYWORD) @disjunction @expression_without_invalid',
      (p, a, b) =>
        p.isLegacyStatement(a) || p.levelBefore() === 0
          ? null
          : p.raiseRange(a, b, 'invalid syntax. Perhaps you forgot a comma?'),
    ],
    [
      "@disjunction 'if' @disjunction !('else' | ':')",
      (p, a, b) => p.raiseRange(a, b, "expected 'else' after 'if' expression"),
    ],
  ],
  invalid_named_expression: memo(
    [
      "@expression ':=' expression",
      (p, target) => p.raiseAt(target, `cannot use assignment expressions with ${exprName(target)}`),
    ],
    ["@NAME '=' @bitwise_or !('=' | ':=')", (p, name, value) => p.raiseRange(name, value, equalityHint)],
    [
      "!(list | tuple | genexp | 'True' | 'None' | 'False') @bitwise_or '=' bitwise_or !('=' | ':=')",
      (p, target) =>
        p.raiseAt(target, `cannot assign to ${exprName(target)} here. Maybe you meant '==' instead of '='?`),
    ],
  ),

  invalid_comprehension: [
    [
      "('[' | '(' | '{') @starred_expression for_if_clauses",
      (p, starred) => p.raiseAt(starred, 'iterable unpacking cannot be used in comprehension'),
    ],
    [
      "('[' | '{') @star_named_expression ',' @star_named_expressions for_if_clauses",
      (p, head, tail) => p.raiseRange(head, lastItem(tail), targetHint),
    ],
    [
      "('[' | '{') @star_named_expression @',' for_if_clauses",
      (p, head, comma) => p.raiseRange(head, comma, targetHint),
    ],
  ],
  invalid_dict_comprehension: [
    [
      "'{' @'**' bitwise_or for_if_clauses '}'",
      (p, stars) => p.raiseAt(stars, 'dict unpacking cannot be used in dict comprehension'),
    ],
  ],
  invalid_group: [
    ["'(' @starred_expression ')'", (p, starred) => p.raiseAt(starred, 'cannot use starred expression here')],
    ["'(' @'**' expression ')'", (p, stars) => p.raiseAt(stars, 'cannot use double starred expression here')],
  ],
  invalid_double_starred_kvpairs: [
    "double_starred_kvpair+, ',' invalid_kvpair",
    ["expression ':' @'*' bitwise_or", (p, star) => p.raiseStartingFrom(star, starredValue)],
    ["expression @':' &('}' | ',')", (p, colon) => p.raiseAt(colon, missingValue)],
  ],
  invalid_kvpair: [
    ["@expression !':'", (p, key) => p.raiseAtEnd(key, "':' expected after dictionary key")],
    ["expression ':' @'*' bitwise_or", (p, star) => p.raiseStartingFrom(star, starredValue)],
    ["expression @':' &('}' | ',')", (p, colon) => p.raiseAt(colon, missingValue)],
  ],
}
