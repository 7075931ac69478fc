/**
 * `taipan/compiler`: the stages of CPython 3.11 from source to `.pyc`, as functions. Nothing here runs Python, reads a
 * file or needs Node.
 */
import { astFromObject } from '../ast/from_object.ts'
import type { Mod } from '../ast/nodes.ts'
import { validateAst } from '../ast/validate.ts'
import { CO_FUTURE_BARRY_AS_BDFL, type CodeObject } from '../bytecode/code.ts'
import { compileAst } from '../compiler/compile.ts'
import { installUnicodeNames } from '../host/unicode_names.ts'
import { parse as parseSource } from '../parser/parse.ts'
import { decodeSource } from '../source/decode.ts'
import type { CompileWarning } from '../source/errors.ts'
import { programText } from '../source/raise.ts'
import { futureFeatures } from '../symbols/future.ts'
import { buildSymtable } from '../symbols/symtable.ts'
import { type SymbolTableView, symbolTableView } from '../symbols/view.ts'

export { type DumpOptions, dump } from '../ast/dump.ts'
export type * from '../ast/nodes.ts'
export { unparse } from '../ast/unparse.ts'
export { PyError } from '../base/errors.ts'
export type { Constant, Str } from '../base/values.ts'
export { Complex, Ellipsis, Float, FrozenSet, strFromUtf16, strToUtf16, WideStr } from '../base/values.ts'
export { type CodeConstant, type CodeFields, CodeObject } from '../bytecode/code.ts'
export { codeInfo, type DisassembleOptions, disassemble, getInstructions, type Instruction } from '../bytecode/dis.ts'
export { cacheFromSource, readPyc, sourceFromCache, writePyc } from '../bytecode/pyc.ts'
export { loadUnicodeNames } from '../host/unicode_names.ts'
export { type CompileWarning, PySyntaxError } from '../source/errors.ts'
export type { SymbolTableView } from '../symbols/view.ts'
export { type TokenInfo, tokenize } from '../tokens/tokenize_module.ts'
export * as marshal from './marshal.ts'

installUnicodeNames()

/** What a program is: `exec` a module, `eval` an expression, `single` an interactive statement. */
export type Mode = 'exec' | 'eval' | 'single'

/** How a source is read. */
export interface SourceOptions {
  /** The name in positions and errors; `<string>` by default. */
  readonly filename?: string
  /** Flags of `compile()` and future features, as in `ast.PyCF_…` and `__future__`. */
  readonly flags?: number
  /** Receives each warning when CPython issues it; `'error'` makes a SyntaxError of it. Default: they are dropped. */
  readonly onWarning?: ((warning: CompileWarning) => unknown) | undefined
  /** `string` (the default): as `compile()` reads its argument; `file`: as the interpreter reads a script. */
  readonly from?: 'string' | 'file'
  /**
   * The bytes of the file of this name, `null` where there is none. CPython quotes the line of an error from the file
   * that `filename` names; without this, errors found after parsing have no `text`.
   */
  readonly readFile?: (filename: string) => Uint8Array | null
}

/** How `parse` parses. */
export interface ParseOptions extends SourceOptions {
  readonly mode?: Mode | 'func_type'
  /** Keep type comments in the tree (PEP 484). */
  readonly type_comments?: boolean
  /** The minor version whose grammar is wanted: 11 by default. */
  readonly feature_version?: number
}

/** How `compile` compiles. */
export interface CompileOptions extends SourceOptions {
  readonly mode?: Mode
  /** 0: as written; 1: no asserts, `__debug__` is false; 2: no docstrings either. */
  readonly optimize?: 0 | 1 | 2
}

/** Flags of `compile()` beside those of future features: the numbers of CPython's `compile.h`. */
export const PyCF_DONT_IMPLY_DEDENT = 0x200
export const PyCF_TYPE_COMMENTS = 0x1000
export const PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000

const handlerOf = (options: SourceOptions) => {
  const { onWarning } = options
  return onWarning === undefined
    ? undefined
    : (warning: CompileWarning) => (onWarning(warning) === 'error' ? 'error' : undefined)
}

function lineReader(options: SourceOptions): ((filename: string, lineno: number) => string | null) | null {
  const { readFile } = options
  if (readFile === undefined) return null
  return (filename, lineno) => {
    const file = readFile(filename)
    return file === null ? null : programText(file, lineno, null)
  }
}

function parseWith(source: string | Uint8Array, options: ParseOptions): Mod {
  const { filename = '<string>', mode = 'exec', from = 'string' } = options
  const file = from === 'string' ? (options.readFile?.(filename) ?? null) : null
  const text = decodeSource(source, filename, { from, mode, file })
  const flags = options.flags ?? 0
  return parseSource(text, {
    mode,
    typeComments: options.type_comments === true || (flags & PyCF_TYPE_COMMENTS) !== 0,
    featureVersion: options.feature_version,
    barryAsFlufl: (flags & CO_FUTURE_BARRY_AS_BDFL) !== 0,
    dontImplyDedent: (flags & PyCF_DONT_IMPLY_DEDENT) !== 0,
    warn: handlerOf(options),
  })
}

/**
 * The syntax tree of a source: `ast.parse`.
 *
 * @param source a `str`, or bytes in the encoding that they declare (UTF-8 without a declaration)
 * @throws PySyntaxError as CPython would; PyError for what it reports otherwise (`MemoryError` for programs nested too
 *   deeply, `UnicodeEncodeError` for a string with lone surrogates)
 */
export function parse(source: string | Uint8Array, options: ParseOptions = {}): Mod {
  return parseWith(source, options)
}

/**
 * The symbol tables of a source, with the interface of Python's `symtable` module.
 *
 * @throws what `parse` throws, and PySyntaxError for names that are declared or bound as Python forbids
 */
export function symtable(
  source: string | Uint8Array,
  filename: string,
  mode: Mode,
  options: SourceOptions = {},
): SymbolTableView {
  const mod = parseWith(source, { ...options, filename, mode })
  const context = { filename, sourceLine: lineReader(options) }
  const future = futureFeatures(mod, context, options.flags ?? 0)
  return symbolTableView(buildSymtable(mod, filename, future, context).top, filename)
}

/**
 * The code object of a source or of a syntax tree: `compile(source, filename, mode, flags, True, optimize)`.
 * A tree is checked first, as CPython checks the trees that programs make, and is not changed.
 *
 * @throws PySyntaxError and PyError as CPython would (`TypeError`, `ValueError` for a bad tree, `RecursionError`)
 */
export function compile(source: string | Uint8Array | Mod, options: CompileOptions = {}): CodeObject {
  const isTree = typeof source === 'object' && 'node' in source
  const mod = isTree ? checkedTree(source, options.mode ?? 'exec') : parseWith(source, options)
  return compileAst(mod, {
    filename: options.filename ?? '<string>',
    flags: options.flags ?? 0,
    optimize: options.optimize ?? 0,
    warn: handlerOf(options) ?? null,
    sourceLine: lineReader(options),
  })
}

function checkedTree(tree: Mod, mode: Mode): Mod {
  const copy = astFromObject(tree, mode)
  validateAst(copy)
  return copy
}
