import type { ExprContext } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import { CELL, FREE, GLOBAL_EXPLICIT, GLOBAL_IMPLICIT, LOCAL, SCOPE_MASK, SCOPE_OFFSET } from '../../symbols/entry.ts'
import { mangle } from '../../symbols/mangle.ts'
import { emit } from './emit.ts'
import { checkForbiddenName } from './errors.ts'
import type { Unit } from './state.ts'

/** The index of a name in `names` (or another table), which gets it if it does not have it yet. */
export function indexOf(table: Map<string, number>, name: string): number {
  let index = table.get(name)
  if (index === undefined) table.set(name, (index = table.size))
  return index
}

/** Adds an instruction whose argument is a name of `co_names`: an attribute, a module. */
export function emitName(u: Unit, opcode: number, name: string): void {
  emit(u, opcode, indexOf(u.names, u.private === null ? name : mangle(u.private, name)))
}

/** Adds the load, store or deletion of a variable (`compiler_nameop`). Throws PySyntaxError for `__debug__ = …`. */
export function nameOp(u: Unit, name: string, ctx: ExprContext): void {
  if (ctx !== 'Load') checkForbiddenName(u, name, ctx)
  const mangled = u.private === null ? name : mangle(u.private, name)
  const flags = u.ste.symbols.get(mangled)
  const scope = flags === undefined ? 0 : (flags >> SCOPE_OFFSET) & SCOPE_MASK
  const inFunction = u.ste.type === 'function'
  if (scope === LOCAL && inFunction) {
    emit(u, byContext(ctx, op.LOAD_FAST, op.STORE_FAST, op.DELETE_FAST), indexOf(u.varnames, mangled))
  } else if (scope === GLOBAL_EXPLICIT || (scope === GLOBAL_IMPLICIT && inFunction)) {
    const index = indexOf(u.names, mangled)
    if (ctx === 'Load') emit(u, op.LOAD_GLOBAL, index << 1)
    else emit(u, ctx === 'Store' ? op.STORE_GLOBAL : op.DELETE_GLOBAL, index)
  } else if (scope === FREE || scope === CELL) {
    const load = u.ste.type === 'class' ? op.LOAD_CLASSDEREF : op.LOAD_DEREF
    const index = (scope === FREE ? u.freevars : u.cellvars).get(mangled)!
    emit(u, byContext(ctx, load, op.STORE_DEREF, op.DELETE_DEREF), index)
  } else {
    emit(u, byContext(ctx, op.LOAD_NAME, op.STORE_NAME, op.DELETE_NAME), indexOf(u.names, mangled))
  }
}

function byContext(ctx: ExprContext, load: number, store: number, del: number): number {
  return ctx === 'Load' ? load : ctx === 'Store' ? store : del
}
