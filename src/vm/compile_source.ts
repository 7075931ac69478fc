import type { Mod } from '../ast/nodes.ts'
import { validateAst } from '../ast/validate.ts'
import { CO_FUTURE_BARRY_AS_BDFL, type CodeObject } from '../bytecode/code.ts'
import { compileAst } from '../compiler/compile.ts'
import { drop } from '../memory/counted.ts'
import { isException } from '../objects/errors.ts'
import { PyExc_DeprecationWarning, PyExc_SyntaxWarning } from '../objects/exception_types.ts'
import { newText } from '../objects/make.ts'
import { recursion, thread } from '../objects/thread.ts'
import { type ParseOptions, parse } from '../parser/parse.ts'
import { decodeSource } from '../source/decode.ts'
import { type CompileWarning, PySyntaxError } from '../source/errors.ts'
import { programText } from '../source/raise.ts'
import { machine } from './frame.ts'
import { interpreter } from './interpreter.ts'
import { readFile } from './system.ts'
import { warnExplicit } from './warnings.ts'

/** What a source is: a module, an expression, an interactive statement, a function's type. */
export type CompileMode = 'exec' | 'eval' | 'single' | 'func_type'

/** Flags of `compile()` (CPython's `compile.h`). */
export const PyCF_MASK = 0x1fe0000
/** Future features that are always on by now. */
export const PyCF_MASK_OBSOLETE = 0x10
export const PyCF_DONT_IMPLY_DEDENT = 0x200
export const PyCF_ONLY_AST = 0x400
export const PyCF_TYPE_COMMENTS = 0x1000
export const PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000
export const PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000
export const PyCF_COMPILE_MASK =
  PyCF_ONLY_AST | PyCF_ALLOW_TOP_LEVEL_AWAIT | PyCF_TYPE_COMMENTS | PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT

/** How a source is compiled. */
export interface CompileSettings {
  readonly filename: string
  readonly mode: CompileMode
  readonly flags: number
  /** 0, 1, 2, or -1 for the interpreter's own level. */
  readonly optimize: number
  /** The grammar's minor version; -1 for the current one. */
  readonly featureVersion?: number
  /** `file`: as the interpreter reads a script. */
  readonly from?: 'string' | 'file'
}

/** Issues a compiler's warning; `'error'` where a filter makes an error of it, of which the compiler makes a SyntaxError. */
function issueWarning(warning: CompileWarning): 'error' | undefined {
  const category = warning.category === 'SyntaxWarning' ? PyExc_SyntaxWarning : PyExc_DeprecationWarning
  try {
    warnExplicit({
      category,
      message: newText(warning.message),
      filename: newText(warning.filename),
      lineno: warning.lineno,
    })
    return undefined
  } catch (error) {
    if (!isException(error, category)) throw error
    drop(error)
    return 'error'
  }
}

/** A line of a file for a SyntaxError. */
function sourceLine(filename: string, lineno: number): string | null {
  const file = readFile(filename)
  return file === null ? null : programText(file, lineno, null)
}

/**
 * The syntax tree of a source (a `str` as UTF-16, or bytes in the encoding they declare).
 *
 * @throws PySyntaxError, PyError, and what a warnings filter raises
 */
export function parseProgram(source: string | Uint8Array, settings: CompileSettings): Mod {
  const { filename, mode, from = 'string' } = settings
  const answers: ('error' | undefined)[] = []
  const issue = (warning: CompileWarning): 'error' | undefined => {
    const answer = issueWarning(warning)
    answers.push(answer)
    return answer
  }
  try {
    return parse(decodeSource(source, filename, { from, mode }), { ...parseOptions(settings), warn: issue })
  } catch (error) {
    const file = from === 'string' && mode === 'exec' && error instanceof PySyntaxError ? readFile(filename) : null
    if (file === null) throw error
    // CPython quotes the line from the file that the name leads to, if there is one: the same failure once more, with it.
    let at = 0
    const replay = (): 'error' | undefined => answers[at++]
    parse(decodeSource(source, filename, { from, mode, file }), { ...parseOptions(settings), warn: replay })
    throw error
  }
}

function parseOptions({ mode, flags, featureVersion = -1 }: CompileSettings): ParseOptions {
  return {
    mode,
    typeComments: (flags & PyCF_TYPE_COMMENTS) !== 0,
    featureVersion: featureVersion < 0 ? undefined : featureVersion,
    barryAsFlufl: (flags & CO_FUTURE_BARRY_AS_BDFL) !== 0,
    dontImplyDedent: (flags & PyCF_DONT_IMPLY_DEDENT) !== 0,
    allowIncompleteInput: (flags & PyCF_ALLOW_INCOMPLETE_INPUT) !== 0,
  }
}

/** Compiles a syntax tree, which is used up. `isChecked` says that a parser made it. */
export function compileTree(tree: Mod, settings: CompileSettings, isChecked: boolean): CodeObject {
  if (!isChecked) validateAst(tree)
  return compileAst(tree, {
    filename: settings.filename,
    flags: settings.flags & (PyCF_MASK | PyCF_ALLOW_TOP_LEVEL_AWAIT),
    optimize: settings.optimize < 0 ? interpreter.config.flags.optimize : settings.optimize,
    warn: issueWarning,
    sourceLine,
    recursionLimit: recursion.limit,
    recursionDepth: thread.depth,
  })
}

/** The code object of a source. Throws as `parseProgram`. */
export function compileProgram(source: string | Uint8Array, settings: CompileSettings): CodeObject {
  return compileTree(parseProgram(source, settings), settings, true)
}

/** Future features of the running frame's code, which `compile`, `exec` and `eval` inherit (`PyEval_MergeCompilerFlags`). */
export function inheritedFlags(): number {
  return machine.frame === null ? 0 : machine.frame.code.flags & PyCF_MASK
}
