import type { Mod } from '../ast/nodes.ts'
import { isStackOverflow } from '../base/errors.ts'
import { CO_FUTURE_ANNOTATIONS } from '../bytecode/code.ts'
import { compilationTooDeep } from '../symbols/errors.ts'
import { StatementFolder } from './optimizer/statements.ts'

/** Levels of a tree that CPython's compiler allows for each level of Python's recursion limit. */
const COMPILER_STACK_FRAME_SCALE = 3
const DEFAULT_RECURSION_LIMIT = 1000

export interface OptimizeOptions {
  /** 0, 1 or 2, as `-O`: `__debug__` is true at 0 only. */
  readonly optimize: number
  /** Future flags; with `CO_FUTURE_ANNOTATIONS` annotations are left alone. */
  readonly features: number
  /** `sys.getrecursionlimit()`. */
  readonly recursionLimit?: number
  /** Python frames and calls that are active: 0 for a script, 2 inside a `compile()` that a module calls. */
  readonly recursionDepth?: number
}

/**
 * Folds constants in a syntax tree, in place, as CPython's `ast_opt.c` does before the symbol table is built.
 *
 * @throws PyError `RecursionError` for a tree that is too deep, at the depth at which CPython raises it.
 */
export function optimizeAst(mod: Mod, options: OptimizeOptions): void {
  const limit = (options.recursionLimit ?? DEFAULT_RECURSION_LIMIT) * COMPILER_STACK_FRAME_SCALE
  const depth = (options.recursionDepth ?? 0) * COMPILER_STACK_FRAME_SCALE
  const keepAnnotations = (options.features & CO_FUTURE_ANNOTATIONS) !== 0
  try {
    new StatementFolder(depth, limit, options.optimize === 0, keepAnnotations).mod(mod)
  } catch (error) {
    // No source is that deep, but a tree made by a program may use up JavaScript's stack before it reaches the limit.
    throw isStackOverflow(error) ? compilationTooDeep() : error
  }
}
