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
      if (hasAnnotations(mod.body)) emit(u, SETUP_ANNOTATIONS)
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
  if (hasAnnotations(body)) emit(u, SETUP_ANNOTATIONS)
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

/** Whether there is an annotated assignment in a block, in compound statements too (`find_ann`). */
function hasAnnotations(body: readonly Stmt[]): boolean {
  for (let i = 0; i < body.length; i++) if (isAnnotated(body[i]!)) return true
  return false
}

function isAnnotated(s: Stmt): boolean {
  switch (s.node) {
    case 'AnnAssign':
      return true
    case 'If':
      // A loop for `elif`, of which there may be thousands.
      for (let link = s; ; ) {
        if (hasAnnotations(link.body)) return true
        const orelse = link.orelse
        if (orelse.length !== 1 || orelse[0]!.node !== 'If') return hasAnnotations(orelse)
        link = orelse[0]
      }
    case 'For':
    case 'AsyncFor':
    case 'While':
      return hasAnnotations(s.body) || hasAnnotations(s.orelse)
    case 'With':
    case 'AsyncWith':
      return hasAnnotations(s.body)
    case 'Try':
    case 'TryStar':
      for (const handler of s.handlers) if (hasAnnotations(handler.body)) return true
      return hasAnnotations(s.body) || hasAnnotations(s.finalbody) || hasAnnotations(s.orelse)
    case 'Match':
      for (const match of s.cases) if (hasAnnotations(match.body)) return true
      return false
    default:
      return false
  }
}
