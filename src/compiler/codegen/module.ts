import type { Mod, Stmt } from '../../ast/nodes.ts'
import { PyError } from '../../base/errors.ts'
import type { Str } from '../../base/values.ts'
import type { CodeObject } from '../../bytecode/code.ts'
import { SETUP_ANNOTATIONS } from '../../bytecode/opcodes.ts'
import { isStr } from './constants.ts'
import { emit, setLoc, unsetLoc } from './emit.ts'
import { nameOp } from './names.ts'
import { enterModule, exitScope } from './scopes.ts'
import { type Compilation, type Unit, visitExpr, visitStmts } from './state.ts'

/** Generates the code of a module, an expression or interactive statements (`compiler_mod`). */
export function compileModule(c: Compilation, mod: Mod): CodeObject {
  const u = enterModule(c)
  switch (mod.node) {
    case 'Module':
      visitBody(u, mod.body)
      return exitScope(u, true)
    case 'Interactive':
      if (u.ste.annotated) emit(u, SETUP_ANNOTATIONS)
      visitStmts(u, mod.body)
      return exitScope(u, true)
    case 'Expression':
      visitExpr(u, mod.body)
      return exitScope(u, false)
    default:
      throw new PyError('SystemError', 'module kind 4 should not be possible')
  }
}

/** The statements of a module or class: sets up `__annotations__` and stores the docstring. */
export function visitBody(u: Unit, body: readonly Stmt[]): void {
  const first = body[0]
  // The line of SETUP_ANNOTATIONS is that of the first statement.
  if (u.scopeType === 'module' && first !== undefined) setLoc(u, first)
  if (u.ste.annotated) emit(u, SETUP_ANNOTATIONS)
  if (first === undefined) return
  const hasDocstring = u.c.optimize < 2 && docstring(body) !== null
  if (hasDocstring && first.node === 'Expr') {
    visitExpr(u, first.value)
    unsetLoc(u)
    nameOp(u, '__doc__', 'Store')
  }
  const visitors = u.c.visitors
  for (let i = hasDocstring ? 1 : 0; i < body.length; i++) visitors.stmt(u, body[i]!)
}

/** The docstring that a body begins with, `null` if it has none. */
export function docstring(body: readonly Stmt[]): Str | null {
  const first = body[0]
  if (first === undefined || first.node !== 'Expr' || first.value.node !== 'Constant') return null
  const value = first.value.value
  return isStr(value) ? value : null
}
