import type { ExprContext } from '../../ast/nodes.ts'
import type { PySyntaxError } from '../../source/errors.ts'
import { rangedSyntaxError } from '../../symbols/errors.ts'
import type { Unit } from './state.ts'

/** The SyntaxError at the unit's position (`compiler_error`). */
export function syntaxError(u: Unit, msg: string): PySyntaxError {
  return rangedSyntaxError(u.c, msg, u, 'args')
}

/** Issues a SyntaxWarning at the unit's position; throws PySyntaxError where warnings are errors. */
export function warn(u: Unit, message: string): void {
  const handler = u.c.warn
  if (handler === null) return
  const warning = { category: 'SyntaxWarning', message, filename: u.c.filename, lineno: u.lineno } as const
  if (handler(warning) === 'error') throw syntaxError(u, message)
}

/** Throws for a name that may not be bound: `__debug__`. */
export function checkForbiddenName(u: Unit, name: string, ctx: ExprContext): void {
  if (name !== '__debug__' || ctx === 'Load') return
  throw syntaxError(u, ctx === 'Store' ? 'cannot assign to __debug__' : 'cannot delete __debug__')
}
