import type { Mod } from '../ast/nodes.ts'
import { PyError } from '../base/errors.ts'
import { analyze } from './analysis.ts'
import { SymtableBuilder } from './builder.ts'
import type { SymbolTable } from './entry.ts'
import { compilationTooDeep, type SourceLineReader } from './errors.ts'
import { visitExpr } from './expressions.ts'
import { FUTURE_ANNOTATIONS, type FutureFeatures } from './future.ts'
import { visitStmts } from './statements.ts'

/** How `buildSymtable` is to behave; all of it may be left out. */
export interface SymtableOptions {
  /** Reads the line that a SyntaxError quotes; without it errors have no `text`. */
  readonly sourceLine?: SourceLineReader | null
  /** `sys.getrecursionlimit()`; three times as many nested nodes are allowed. Default 1000. */
  readonly recursionLimit?: number
  /** Python frames that are active, which count against the limit. Default 0. */
  readonly recursionDepth?: number
}

/**
 * The symbol tables of a module: which names each block defines and uses, and their scopes (`Python/symtable.c`).
 *
 * @param mod a valid tree of mode exec, single or eval
 * @param future the outcome of `futureFeatures`, with the flags that the compiler was given
 * @throws PySyntaxError where a name is declared or bound in a way that Python forbids; PyError `RecursionError` for a
 *   tree that is too deep, `RuntimeError` for a function type
 */
export function buildSymtable(
  mod: Mod,
  filename: string,
  future: FutureFeatures,
  options: SymtableOptions = {},
): SymbolTable {
  const st = new SymtableBuilder(
    mod,
    { filename, sourceLine: options.sourceLine ?? null },
    (future.features & FUTURE_ANNOTATIONS) !== 0,
    options.recursionLimit ?? 1000,
    options.recursionDepth ?? 0,
  )
  try {
    if (mod.node === 'Expression') visitExpr(st, mod.body)
    else if (mod.node === 'FunctionType') {
      throw new PyError('RuntimeError', 'this compiler does not handle FunctionTypes')
    } else visitStmts(st, mod.body)
  } catch (error) {
    // Trees that no source can make (made by a program) may nest in ways that only recursion follows.
    if (error instanceof RangeError) throw compilationTooDeep()
    throw error
  }
  analyze(st.top, st)
  return { top: st.top, blocks: st.blocks }
}
