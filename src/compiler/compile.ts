import type { Mod } from '../ast/nodes.ts'
import { isStackOverflow } from '../base/errors.ts'
import type { CodeObject } from '../bytecode/code.ts'
import type { WarningHandler } from '../source/errors.ts'
import { compilationTooDeep, type SourceLineReader } from '../symbols/errors.ts'
import { FUTURE_ANNOTATIONS, futureFeatures } from '../symbols/future.ts'
import { buildSymtable } from '../symbols/symtable.ts'
import { visitExpression } from './codegen/expressions.ts'
import { compileModule } from './codegen/module.ts'
import { Compilation } from './codegen/state.ts'
import { visitStatement } from './codegen/statements.ts'
import { ConstantPool } from './const_cache.ts'
import { optimizeAst } from './optimizer.ts'

const visitors = { expr: visitExpression, stmt: visitStatement }

/** How `compileAst` is to compile; only the file name is required. */
export interface CompileAstOptions {
  /** `co_filename`, and the name in errors and warnings. A JavaScript string (UTF-16). */
  readonly filename: string
  /** `PyCF_ALLOW_TOP_LEVEL_AWAIT` and the flags of future features that are on from outside. Default 0. */
  readonly flags?: number
  /** 0, 1 or 2: as `-O`. Default 0. */
  readonly optimize?: number
  readonly warn?: WarningHandler | null
  /** Reads the line that a SyntaxError quotes; without it errors have no `text`. */
  readonly sourceLine?: SourceLineReader | null
  /** Leaves constants unfolded: for a tree that was optimised already. */
  readonly dontOptimizeAst?: boolean
  /** `sys.getrecursionlimit()`; three times as many nested nodes are allowed. Default 1000. */
  readonly recursionLimit?: number
  /** Python frames that are active, which count against the limit. Default 0. */
  readonly recursionDepth?: number
}

/**
 * Compiles a syntax tree, as `_PyAST_Compile` of CPython's `compile.c` does: future statements, AST optimisation,
 * symbol tables, code generation, assembly. The tree is used up: the optimiser changes it in place.
 *
 * @param mod a valid tree of mode exec, single or eval
 * @throws PySyntaxError for what the grammar allows but the language does not; PyError `RecursionError` for a tree
 *   that is nested too deeply, `RuntimeError` for a function type
 */
export function compileAst(mod: Mod, options: CompileAstOptions): CodeObject {
  const { filename, optimize = 0, warn = null, sourceLine = null, recursionLimit, recursionDepth } = options
  const future = futureFeatures(mod, { filename, sourceLine }, options.flags ?? 0)
  const flags = future.features
  if (options.dontOptimizeAst !== true) {
    optimizeAst(mod, { optimize, features: flags, recursionLimit, recursionDepth })
  }
  const symtable = buildSymtable(mod, filename, future, { sourceLine, recursionLimit, recursionDepth })
  const compilation = new Compilation({
    filename,
    flags,
    optimize,
    interactive: mod.node === 'Interactive',
    constCache: new ConstantPool(),
    symtable,
    futureLine: future.lineno,
    textAnnotations: (flags & FUTURE_ANNOTATIONS) !== 0,
    warn,
    sourceLine,
    visitors,
  })
  try {
    return compileModule(compilation, mod)
  } catch (error) {
    // What the passes before let through can still be too much for the host's stack.
    throw isStackOverflow(error) ? compilationTooDeep() : error
  }
}
