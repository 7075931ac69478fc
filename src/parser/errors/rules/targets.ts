import { growing, memo, type RuleTable } from '../notation.ts'

/** Targets of assignments, loops and `del`. */
export const targetRules: RuleTable = {
  star_targets: ["@star_target !','", ["star_target (',' star_target)* ','?", 'Tuple']],
  star_targets_list_seq: ["star_target+, ','?"],
  star_targets_tuple_seq: ["star_target (',' star_target)+ ','?", "star_target ','"],
  star_target: memo(["'*' (!'*' star_target)", 'Starred'], 'target_with_star_atom'),
  target_with_star_atom: memo(
    ["t_primary '.' NAME !t_lookahead", 'Attribute'],
    ["t_primary '[' slices ']' !t_lookahead", 'Subscript'],
    'star_atom',
  ),
  star_atom: [
    'NAME',
    "'(' @target_with_star_atom ')'",
    ["'(' star_targets_tuple_seq? ')'", 'Tuple'],
    ["'[' star_targets_list_seq? ']'", 'List'],
  ],
  single_target: ['single_subscript_attribute_target', 'NAME', "'(' @single_target ')'"],
  single_subscript_attribute_target: [
    ["t_primary '.' NAME !t_lookahead", 'Attribute'],
    ["t_primary '[' slices ']' !t_lookahead", 'Subscript'],
  ],
  t_primary: growing(
    ["t_primary '.' NAME &t_lookahead", 'Attribute'],
    ["t_primary '[' slices ']' &t_lookahead", 'Subscript'],
    ['t_primary genexp &t_lookahead', 'Call'],
    ["t_primary '(' arguments? ')' &t_lookahead", 'Call'],
    '@atom &t_lookahead',
  ),
  t_lookahead: ["'('", "'['", "'.'"],
  del_targets: ["del_target+, ','?"],
  del_target: memo(
    ["t_primary '.' NAME !t_lookahead", 'Attribute'],
    ["t_primary '[' slices ']' !t_lookahead", 'Subscript'],
    'del_t_atom',
  ),
  del_t_atom: ['NAME', "'(' @del_target ')'", ["'(' del_targets? ')'", 'Tuple'], ["'[' del_targets? ']'", 'List']],
}
