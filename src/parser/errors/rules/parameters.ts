import type { RuleTable } from '../notation.ts'

/**
 * Parameters of `def`. A parameter takes the comma that follows it, or stands before the closing parenthesis; a type
 * comment may follow either.
 */
export const parameterRules: RuleTable = {
  params: ['invalid_parameters', 'parameters'],
  parameters: [
    [
      'slash_no_default param_no_default* param_with_default* star_etc?',
      (p) => p.since(8, 'Positional-only parameters are'),
    ],
    ['slash_with_default param_with_default* star_etc?', (p) => p.since(8, 'Positional-only parameters are')],
    'param_no_default+ param_with_default* star_etc?',
    'param_with_default+ star_etc?',
    'star_etc',
  ],
  slash_no_default: ["param_no_default+ '/' ','", "param_no_default+ '/' &')'"],
  slash_with_default: [
    "param_no_default* param_with_default+ '/' ','",
    "param_no_default* param_with_default+ '/' &')'",
  ],
  star_etc: [
    'invalid_star_etc',
    "'*' param_no_default param_maybe_default* kwds?",
    "'*' param_no_default_star_annotation param_maybe_default* kwds?",
    "'*' ',' param_maybe_default+ kwds?",
    'kwds',
  ],
  kwds: ['invalid_kwds', "'**' param_no_default"],
  param_no_default: ["@param ',' TYPE_COMMENT?", "@param TYPE_COMMENT? &')'"],
  param_no_default_star_annotation: [
    "param_star_annotation ',' TYPE_COMMENT?",
    "param_star_annotation TYPE_COMMENT? &')'",
  ],
  param_with_default: ["param default ',' TYPE_COMMENT?", "param default TYPE_COMMENT? &')'"],
  param_maybe_default: ["param default? ',' TYPE_COMMENT?", "param default? TYPE_COMMENT? &')'"],
  param: [['NAME annotation?', 'arg']],
  param_star_annotation: ['NAME star_annotation'],
  annotation: ["':' expression"],
  star_annotation: ["':' star_expression"],
  default: ["'=' expression", 'invalid_default'],

  invalid_parameters: [
    [
      'param_no_default* invalid_parameters_helper @param_no_default',
      (p, param) => p.raiseAt(param, 'non-default argument follows default argument'),
    ],
    [
      "param_no_default* @'(' param_no_default+ ','? @')'",
      (p, open, close) => p.raiseRange(open, close, 'Function parameters cannot be parenthesized'),
    ],
    ["@'/' ','", (p, slash) => p.raiseAt(slash, 'at least one argument must precede /')],
    [
      "(slash_no_default | slash_with_default) param_maybe_default* @'/'",
      (p, slash) => p.raiseAt(slash, '/ may appear only once'),
    ],
    [
      "(slash_no_default | slash_with_default)? param_maybe_default* '*' (',' | param_no_default) param_maybe_default* @'/'",
      (p, slash) => p.raiseAt(slash, '/ must be ahead of *'),
    ],
    ["param_maybe_default+ '/' @'*'", (p, star) => p.raiseAt(star, 'expected comma between / and *')],
  ],
  invalid_parameters_helper: ['slash_with_default', 'param_with_default+'],
  invalid_default: [["@'=' &(')' | ',')", (p, equal) => p.raiseAt(equal, 'expected default value expression')]],
  invalid_star_etc: [
    ["@'*' (')' | ',' (')' | '**'))", (p, star) => p.raiseAt(star, 'named arguments must follow bare *')],
    ["'*' ',' TYPE_COMMENT", (p) => p.raise('bare * has associated type comment')],
    ["'*' param @'='", (p, equal) => p.raiseAt(equal, 'var-positional argument cannot have default value')],
    [
      "'*' (param_no_default | ',') param_maybe_default* @'*' (param_no_default | ',')",
      (p, star) => p.raiseAt(star, '* argument may appear only once'),
    ],
  ],
  invalid_kwds: [
    ["'**' param @'='", (p, equal) => p.raiseAt(equal, 'var-keyword argument cannot have default value')],
    ["'**' param ',' @param", (p, param) => p.raiseAt(param, 'arguments cannot follow var-keyword argument')],
    [
      "'**' param ',' @('*' | '**' | '/')",
      (p, token) => p.raiseAt(token, 'arguments cannot follow var-keyword argument'),
    ],
  ],
  invalid_double_type_comments: [
    ['TYPE_COMMENT NEWLINE TYPE_COMMENT NEWLINE INDENT', (p) => p.raise('Cannot have two type comments on def')],
  ],
}

/** Parameters of `lambda`: no annotations, no type comments, closed by a colon. */
export const lambdaParameterRules: RuleTable = {
  lambda_params: ['invalid_lambda_parameters', 'lambda_parameters'],
  lambda_parameters: [
    [
      'lambda_slash_no_default lambda_param_no_default* lambda_param_with_default* lambda_star_etc?',
      (p) => p.since(8, 'Positional-only parameters are'),
    ],
    [
      'lambda_slash_with_default lambda_param_with_default* lambda_star_etc?',
      (p) => p.since(8, 'Positional-only parameters are'),
    ],
    'lambda_param_no_default+ lambda_param_with_default* lambda_star_etc?',
    'lambda_param_with_default+ lambda_star_etc?',
    'lambda_star_etc',
  ],
  lambda_slash_no_default: ["lambda_param_no_default+ '/' ','", "lambda_param_no_default+ '/' &':'"],
  lambda_slash_with_default: [
    "lambda_param_no_default* lambda_param_with_default+ '/' ','",
    "lambda_param_no_default* lambda_param_with_default+ '/' &':'",
  ],
  lambda_star_etc: [
    'invalid_lambda_star_etc',
    "'*' lambda_param_no_default lambda_param_maybe_default* lambda_kwds?",
    "'*' ',' lambda_param_maybe_default+ lambda_kwds?",
    'lambda_kwds',
  ],
  lambda_kwds: ['invalid_lambda_kwds', "'**' lambda_param_no_default"],
  lambda_param_no_default: ["@lambda_param ','", "@lambda_param &':'"],
  lambda_param_with_default: ["lambda_param default ','", "lambda_param default &':'"],
  lambda_param_maybe_default: ["lambda_param default? ','", "lambda_param default? &':'"],
  lambda_param: [['NAME', 'arg']],

  invalid_lambda_parameters: [
    [
      'lambda_param_no_default* invalid_lambda_parameters_helper @lambda_param_no_default',
      (p, param) => p.raiseAt(param, 'non-default argument follows default argument'),
    ],
    [
      "lambda_param_no_default* @'(' lambda_param+, ','? @')'",
      (p, open, close) => p.raiseRange(open, close, 'Lambda expression parameters cannot be parenthesized'),
    ],
    ["@'/' ','", (p, slash) => p.raiseAt(slash, 'at least one argument must precede /')],
    [
      "(lambda_slash_no_default | lambda_slash_with_default) lambda_param_maybe_default* @'/'",
      (p, slash) => p.raiseAt(slash, '/ may appear only once'),
    ],
    [
      "(lambda_slash_no_default | lambda_slash_with_default)? lambda_param_maybe_default* '*' (',' | lambda_param_no_default) lambda_param_maybe_default* @'/'",
      (p, slash) => p.raiseAt(slash, '/ must be ahead of *'),
    ],
    ["lambda_param_maybe_default+ '/' @'*'", (p, star) => p.raiseAt(star, 'expected comma between / and *')],
  ],
  invalid_lambda_parameters_helper: ['lambda_slash_with_default', 'lambda_param_with_default+'],
  invalid_lambda_star_etc: [
    ["'*' (':' | ',' (':' | '**'))", (p) => p.raise('named arguments must follow bare *')],
    ["'*' lambda_param @'='", (p, equal) => p.raiseAt(equal, 'var-positional argument cannot have default value')],
    [
      "'*' (lambda_param_no_default | ',') lambda_param_maybe_default* @'*' (lambda_param_no_default | ',')",
      (p, star) => p.raiseAt(star, '* argument may appear only once'),
    ],
  ],
  invalid_lambda_kwds: [
    ["'**' lambda_param @'='", (p, equal) => p.raiseAt(equal, 'var-keyword argument cannot have default value')],
    [
      "'**' lambda_param ',' @lambda_param",
      (p, param) => p.raiseAt(param, 'arguments cannot follow var-keyword argument'),
    ],
    [
      "'**' lambda_param ',' @('*' | '**' | '/')",
      (p, token) => p.raiseAt(token, 'arguments cannot follow var-keyword argument'),
    ],
  ],
}
