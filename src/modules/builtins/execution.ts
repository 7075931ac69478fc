import { fieldsLambda } from '../../compiler/fields_lambda.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { fillModules } from '../../objects/deferred_module.ts'
import { runtimeError, systemError, typeError, valueError } from '../../objects/errors.ts'
import { newText } from '../../objects/make.ts'
import { type PyDict, type PyObject, type PyTuple, TPFLAGS_DICT_SUBCLASS, type Value } from '../../objects/object.ts'
import { cellType, codeType, None, tupleType, typeOf } from '../../objects/types.ts'
import { audit } from '../../vm/audit.ts'
import { newCode, type PyCode } from '../../vm/code.ts'
import {
  type CompileMode,
  type CompileSettings,
  compileProgram,
  compileTree,
  inheritedFlags,
  PyCF_COMPILE_MASK,
  PyCF_MASK,
  PyCF_MASK_OBSOLETE,
  PyCF_ONLY_AST,
  parseProgram,
} from '../../vm/compile_source.ts'
import { machine } from '../../vm/frame.ts'
import { frameLocals } from '../../vm/frame_locals.ts'
import { currentBuiltins } from '../../vm/interpreter.ts'
import { completeModule } from '../../vm/module_completions.ts'
import { runCode } from '../../vm/run_code.ts'
import { hasAstClasses, isNode } from '../_ast/classes.ts'
import { treeFromObject } from '../_ast/from_python.ts'
import { treeToObject } from '../_ast/to_python.ts'
import { filenameArgument, sourceArgument } from './source.ts'

/** Arguments of `compile`. */
export interface CompileArguments {
  readonly source: Value
  readonly filename: Value
  readonly mode: string
  readonly flags: number
  readonly dontInherit: boolean
  readonly optimize: number
  readonly featureVersion: number
}

function compileMode(mode: string, flags: number): CompileMode {
  if (mode === 'exec' || mode === 'eval' || mode === 'single') return mode
  const onlyAst = (flags & PyCF_ONLY_AST) !== 0
  if (mode === 'func_type') {
    if (onlyAst) return mode
    throw valueError("compile() mode 'func_type' requires flag PyCF_ONLY_AST")
  }
  throw valueError(
    onlyAst
      ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
      : "compile() mode must be 'exec', 'eval' or 'single'",
  )
}

/** `compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)`. */
export function compile(given: CompileArguments): Owned<Value> {
  const filename = filenameArgument(given.filename)
  if ((given.flags & ~(PyCF_MASK | PyCF_MASK_OBSOLETE | PyCF_COMPILE_MASK)) !== 0) {
    throw valueError('compile(): unrecognised flags')
  }
  if (given.optimize < -1 || given.optimize > 2) throw valueError('compile(): invalid optimize value')
  const flags = given.dontInherit ? given.flags : given.flags | inheritedFlags()
  const onlyAst = (given.flags & PyCF_ONLY_AST) !== 0
  // The code of `ast` completes the classes of nodes.
  if (onlyAst) fillModules()
  const settings: CompileSettings = {
    filename,
    mode: compileMode(given.mode, given.flags),
    flags,
    optimize: given.optimize,
    featureVersion: onlyAst ? given.featureVersion : -1,
  }
  if (hasAstClasses() && isNode(given.source)) {
    if (onlyAst) return keep(given.source)
    return newCode(compileTree(treeFromObject(given.source, settings.mode), settings, false))
  }
  const source = sourceArgument(given.source, 'compile', 'string, bytes or AST')
  audit('compile', typeof source === 'string' ? newText(source) : None, newText(filename))
  if (onlyAst) return treeToObject(parseProgram(source, settings))
  return newCode(compileProgram(source, settings))
}

/** The namespaces that code is run in; borrowed. */
interface Namespaces {
  readonly globals: PyDict
  readonly locals: PyObject
}

function isDict(value: Value): value is PyDict {
  return typeof value === 'object' && (value.type.flags & TPFLAGS_DICT_SUBCLASS) !== 0
}

function isMapping(value: Value): value is PyObject {
  return typeOf(value).mp_subscript !== undefined
}

/** What stands for namespaces that were not given: those of the running frame. */
function namespaces(globals: Value, locals: Value): { globals: Value; locals: Value } {
  if (globals !== None) return { globals, locals: locals === None ? globals : locals }
  const { frame } = machine
  if (frame === null) throw systemError('globals and locals cannot be NULL')
  return { globals: frame.globals, locals: locals === None ? frameLocals(frame) : locals }
}

/** Gives a namespace its `__builtins__` if it has none. */
function ensureBuiltins(globals: PyDict): void {
  const table = globals.data
  if (!table.has('__builtins__')) table.set('__builtins__', keep<Value>(currentBuiltins()))
}

function isCode(value: Value): value is PyCode {
  return typeOf(value) === codeType
}

const INHERITED = { filename: '<string>', optimize: -1 } as const

/** `eval(source, globals=None, locals=None, /)`. */
export function evaluate(source: Value, globals: Value, locals: Value): Owned<Value> {
  if (locals !== None && !isMapping(locals)) throw typeError('locals must be a mapping')
  if (globals !== None && !isDict(globals)) {
    throw typeError(
      isMapping(globals) ? 'globals must be a real dict; try eval(expr, {}, mapping)' : 'globals must be a dict',
    )
  }
  const places = namespaces(globals, locals) as Namespaces
  ensureBuiltins(places.globals)
  if (isCode(source)) {
    audit('exec', source)
    if (source.data.nfreevars > 0) throw typeError('code object passed to eval() may not contain free variables')
    return runCode(source, places.globals, places.locals)
  }
  let text = sourceArgument(source, 'eval', 'string, bytes or code')
  if (typeof text === 'string') text = text.replace(/^[ \t]+/, '')
  else {
    let start = 0
    while (text[start] === 32 || text[start] === 9) start++
    text = text.subarray(start)
  }
  return runSource(text, 'eval', places)
}

function runSource(text: string | Uint8Array, mode: CompileMode, places: Namespaces): Owned<Value> {
  const flags = inheritedFlags()
  const known = mode === 'eval' && flags === 0 && typeof text === 'string' ? fieldsLambda(text) : null
  const code = newCode(known ?? compileProgram(text, { ...INHERITED, mode, flags }))
  try {
    audit('exec', code)
    return runCode(code, places.globals, places.locals)
  } finally {
    drop(code)
  }
}

/** The cells for a code object's free variables, or an error where they do not fit. */
function checkClosure(code: PyCode, closure: Value): PyTuple | null {
  const count = code.data.nfreevars
  if (count === 0) {
    if (closure !== None) throw typeError('cannot use a closure with this code object')
    return null
  }
  const cells = typeOf(closure) === tupleType ? (closure as PyTuple) : null
  if (cells === null || cells.data.length !== count || cells.data.some((cell) => typeOf(cell) !== cellType)) {
    throw typeError(`code object requires a closure of exactly length ${count}`)
  }
  return cells
}

/** `exec(source, globals=None, locals=None, /, *, closure=None)`. */
export function execute(source: Value, globals: Value, locals: Value, closure: Value): void {
  const places = namespaces(globals, locals)
  if (!isDict(places.globals)) {
    throw typeError(`exec() globals must be a dict, not ${typeOf(places.globals).name}`)
  }
  if (!isMapping(places.locals)) {
    throw typeError(`locals must be a mapping or None, not ${typeOf(places.locals).name}`)
  }
  ensureBuiltins(places.globals)
  if (isCode(source)) {
    const cells = checkClosure(source, closure)
    audit('exec', source)
    drop(runCode(source, places.globals, places.locals, cells))
    completeModule(places.globals)
    return
  }
  if (closure !== None) throw typeError('closure can only be used when source is a code object')
  const text = sourceArgument(source, 'exec', 'string, bytes or code')
  drop(runSource(text, 'exec', places as Namespaces))
}

/** `globals()`. */
export function globals(): Owned<Value> {
  const { frame } = machine
  if (frame === null) throw runtimeError('globals() outside of all frames')
  return keep<Value>(frame.globals)
}
