import { PyError } from '../../base/errors.ts'
import type { Tokens } from '../../tokens/tokens.ts'
import type { RuleOptions } from './rule_context.ts'
import { RuleParser } from './rule_parser.ts'

/**
 * Throws the error that CPython 3.11 raises for tokens that the fast parser has not accepted: a `PySyntaxError`, or
 * `PyError('MemoryError')` for input nested too deeply. Warnings that CPython's parser issues before it fails go to
 * `options.warn`.
 *
 * It costs as much as CPython's own parser with its error rules, so it is only for invalid programs. If the rules do
 * accept the tokens, the two parsers disagree, and a plain `Error` says so.
 */
export function reportSyntaxError(tokens: Tokens, options: RuleOptions): never {
  new RuleParser(tokens, options).parse()
  throw new Error('the grammar rules accept a program that the parser has rejected')
}

/** Whether the rules accept the tokens: what CPython's parser answers, at more than its cost. */
export function parsesByRules(tokens: Tokens, options: RuleOptions): boolean {
  try {
    new RuleParser(tokens, options).parse()
    return true
  } catch (error) {
    if (error instanceof PyError) return false
    throw error
  }
}
