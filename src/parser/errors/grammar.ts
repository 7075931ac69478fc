import { compileRules, type Rule } from './notation.ts'
import { compoundRules } from './rules/compound.ts'
import { expressionRules } from './rules/expressions.ts'
import { invalidExpressionRules } from './rules/invalid_expressions.ts'
import { invalidStatementRules } from './rules/invalid_statements.ts'
import { lambdaParameterRules, parameterRules } from './rules/parameters.ts'
import { patternRules } from './rules/patterns.ts'
import { statementRules } from './rules/statements.ts'
import { targetRules } from './rules/targets.ts'

let rules: ReadonlyMap<string, Rule> | null = null

/** A rule of CPython 3.11's grammar by its name in `Grammar/python.gram`. The rules are made on first use. */
export function grammarRule(name: string): Rule {
  rules ??= compileRules([
    statementRules,
    compoundRules,
    parameterRules,
    lambdaParameterRules,
    patternRules,
    expressionRules,
    targetRules,
    invalidStatementRules,
    invalidExpressionRules,
  ])
  return rules.get(name)!
}
