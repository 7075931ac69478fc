import { growing, memo, type RuleTable } from '../notation.ts'
import { lastItem } from '../piece.ts'

/** The patterns of `case` (PEP 634). Of patterns only the positions matter. */
export const patternRules: RuleTable = {
  patterns: ['open_sequence_pattern', 'pattern'],
  pattern: ['as_pattern', 'or_pattern'],
  as_pattern: [["or_pattern 'as' pattern_capture_target", 'pattern'], 'invalid_as_pattern'],
  or_pattern: [['@closed_pattern+|', (p, all) => (all.items.length === 1 ? all.items[0]! : p.node('pattern'))]],
  closed_pattern: memo(
    ['literal_pattern', 'pattern'],
    ['capture_pattern', 'pattern'],
    ['wildcard_pattern', 'pattern'],
    ['value_pattern', 'pattern'],
    // A parenthesised pattern has the position of what stands inside.
    'group_pattern',
    ['sequence_pattern', 'pattern'],
    ['mapping_pattern', 'pattern'],
    ['class_pattern', 'pattern'],
  ),
  literal_pattern: ["signed_number !('+' | '-')", 'complex_number', 'strings', "'None'", "'True'", "'False'"],
  literal_expr: ["signed_number !('+' | '-')", 'complex_number', 'strings', "'None'", "'True'", "'False'"],
  complex_number: ["signed_real_number '+' imaginary_number", "signed_real_number '-' imaginary_number"],
  signed_number: ['NUMBER', "'-' NUMBER"],
  signed_real_number: ['real_number', "'-' real_number"],
  real_number: [['@NUMBER', (p, number) => p.requireReal(number)]],
  imaginary_number: [['@NUMBER', (p, number) => p.requireImaginary(number)]],
  capture_pattern: ['pattern_capture_target'],
  pattern_capture_target: ["!'_' @NAME !('.' | '(' | '=')"],
  wildcard_pattern: ["'_'"],
  value_pattern: ["attr !('.' | '(' | '=')"],
  attr: growing("name_or_attr '.' NAME"),
  name_or_attr: ['attr', 'NAME'],
  group_pattern: ["'(' @pattern ')'"],
  sequence_pattern: ["'[' maybe_sequence_pattern? ']'", "'(' open_sequence_pattern? ')'"],
  open_sequence_pattern: ["maybe_star_pattern ',' maybe_sequence_pattern?"],
  maybe_sequence_pattern: ["maybe_star_pattern+, ','?"],
  maybe_star_pattern: ['star_pattern', 'pattern'],
  star_pattern: memo("'*' pattern_capture_target", "'*' wildcard_pattern"),
  mapping_pattern: [
    "'{' '}'",
    "'{' double_star_pattern ','? '}'",
    "'{' items_pattern ',' double_star_pattern ','? '}'",
    "'{' items_pattern ','? '}'",
  ],
  items_pattern: ['key_value_pattern+,'],
  key_value_pattern: ["(literal_expr | attr) ':' pattern"],
  double_star_pattern: ["'**' pattern_capture_target"],
  class_pattern: [
    "name_or_attr '(' ')'",
    "name_or_attr '(' positional_patterns ','? ')'",
    "name_or_attr '(' keyword_patterns ','? ')'",
    "name_or_attr '(' positional_patterns ',' keyword_patterns ','? ')'",
    'invalid_class_pattern',
  ],
  positional_patterns: ['pattern+,'],
  keyword_patterns: ['keyword_pattern+,'],
  keyword_pattern: ["NAME '=' pattern"],

  invalid_as_pattern: [
    ["or_pattern 'as' @'_'", (p, target) => p.raiseAt(target, "cannot use '_' as a target")],
    ["or_pattern 'as' !NAME @expression", (p, target) => p.raiseAt(target, 'invalid pattern target')],
  ],
  invalid_class_pattern: [
    [
      "name_or_attr '(' @invalid_class_argument_pattern",
      (p, late) => p.raiseRange(late.items[0]!, lastItem(late), 'positional patterns follow keyword patterns'),
    ],
  ],
  invalid_class_argument_pattern: ["(positional_patterns ',')? keyword_patterns ',' @positional_patterns"],
}
