import type { ExprContext } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import {
  CELL,
  FREE,
  GLOBAL_EXPLICIT,
  GLOBAL_IMPLICIT,
  LOCAL,
  NUMBER_UNIT,
  SCOPE_MASK,
  SCOPE_OFFSET,
} from '../../symbols/entry.ts'
import { mangle } from '../../symbols/mangle.ts'
import { emit } from './emit.ts'
import { checkForbiddenName } from './errors.ts'
import type { Unit } from './state.ts'

/** The index of a name in `co_names`, which gets it if it does not have it yet. */
export function nameIndex(u: Unit, name: string): number {
  let index = u.nameIndex.get(name)
  if (index === undefined) {
    index = u.names.length
    u.nameIndex.set(name, index)
    u.names.push(name)
  }
  return index
}

/** Adds an instruction whose argument is a name of `co_names`: an attribute, a module. */
export function emitName(u: Unit, opcode: number, name: string): void {
  emit(u, opcode, nameIndex(u, u.private === null ? name : mangle(u.private, name)))
}

/** Adds the load, store or deletion of a variable (`compiler_nameop`). Throws PySyntaxError for `__debug__ = …`. */
export function nameOp(u: Unit, name: string, ctx: ExprContext): void {
  if (ctx !== 'Load') checkForbiddenName(u, name, ctx)
  const mangled = u.private === null ? name : mangle(u.private, name)
  const flags = u.ste.symbols.get(mangled)
  const scope = flags === undefined ? 0 : (flags >> SCOPE_OFFSET) & SCOPE_MASK
  const inFunction = u.ste.type === 'function'
  if (scope === LOCAL && inFunction) {
    emit(u, byContext(ctx, op.LOAD_FAST, op.STORE_FAST, op.DELETE_FAST), numberOf(u, mangled, flags, true))
  } else if (scope === GLOBAL_EXPLICIT || (scope === GLOBAL_IMPLICIT && inFunction)) {
    const index = numberOf(u, mangled, flags, false)
    if (ctx === 'Load') emit(u, op.LOAD_GLOBAL, index << 1)
    else emit(u, ctx === 'Store' ? op.STORE_GLOBAL : op.DELETE_GLOBAL, index)
  } else if (scope === FREE || scope === CELL) {
    const load = u.ste.type === 'class' ? op.LOAD_CLASSDEREF : op.LOAD_DEREF
    const index = (scope === FREE ? u.freevars : u.cellvars).get(mangled)!
    emit(u, byContext(ctx, load, op.STORE_DEREF, op.DELETE_DEREF), index)
  } else {
    emit(u, byContext(ctx, op.LOAD_NAME, op.STORE_NAME, op.DELETE_NAME), numberOf(u, mangled, flags, false))
  }
}

/**
 * The index of a variable in `varnames` or `names`, which gets it if it does not have it yet. From then on it stands
 * with the flags of the symbol; `flags` is undefined for a name that is none, such as `__module__` in a class.
 */
function numberOf(u: Unit, name: string, flags: number | undefined, isLocal: boolean): number {
  if (flags === undefined) return nameIndex(u, name)
  // A division and not a shift: there may be more names than bits are left in 32.
  const number = (flags / NUMBER_UNIT) | 0
  if (number !== 0) return number - 1
  const index = isLocal ? u.varnames.push(name) - 1 : nameIndex(u, name)
  u.ste.symbols.set(name, flags + (index + 1) * NUMBER_UNIT)
  return index
}

function byContext(ctx: ExprContext, load: number, store: number, del: number): number {
  return ctx === 'Load' ? load : ctx === 'Store' ? store : del
}
