import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { pollWords, WORD_IMPORTS } from '../memory/state.ts'
import { asStr, utf16 } from '../objects/access.ts'
import { getAttr, lookupAttr } from '../objects/attributes.ts'
import { isDeferred } from '../objects/deferred_module.ts'
import type { PyModule } from '../objects/define_module.ts'
import { importError, isException, newException, typeError, valueError } from '../objects/errors.ts'
import { PyExc_ImportError, PyExc_ImportWarning, PyExc_KeyError, type PyException } from '../objects/exception_types.ts'
import { none } from '../objects/make.ts'
import { Py_EQ, type PyDict, type PyObject, type PyStr, TPFLAGS_DICT_SUBCLASS, type Value } from '../objects/object.ts'
import { callMethod, isTrue, reprText, richCompareBool, shown, strText } from '../objects/protocols.ts'
import { getItem } from '../objects/sequence_protocol.ts'
import { dictType, isInstanceOf, moduleType, None, typeOf } from '../objects/types.ts'
import { warn } from '../objects/warn.ts'
import { audit } from './audit.ts'
import { interpreter, sysAttribute } from './interpreter.ts'
import { perfCounter, writeError } from './system.ts'
import type { PyTraceback } from './traceback.ts'

/*
 * Importing, as CPython's Python/import.c: what is in `sys.modules` costs no Python call, all else goes through
 * `importlib._bootstrap`.
 */

/** What can be done without importlib's code, with the same outcome. */
export const importShortcut: {
  /** The import of a module that is not in `sys.modules`, owned; `undefined` where importlib must do it. */
  take: (name: Value) => Owned<Value> | undefined
  /** Whether a module that is being initialised can be had at once, as no other thread imports it. */
  needsNoLock: () => boolean
  /** Whether `_handle_fromlist` would find all that it looks for. */
  hasAll: (module: Value, fromlist: Value) => boolean
  /** `parent` of a spec as importlib makes them; `undefined` for others. */
  parentOf: (spec: Value) => string | undefined
} = { take: () => undefined, needsNoLock: () => false, hasAll: () => false, parentOf: () => undefined }

/** The module of this name in `sys.modules`, owned (`import_get_module`). */
export function getModule(name: Value): Owned<Value> | undefined {
  const { modules } = interpreter
  if (modules.type === dictType) {
    const module = modules.data.get(name)
    return module === undefined ? undefined : keep(module)
  }
  try {
    return getItem(modules, name)
  } catch (error) {
    if (!isException(error, PyExc_KeyError)) throw error
    drop(error)
    return undefined
  }
}

/** Whether a module's `__spec__` says that it is being initialised. */
function isInitializing(module: Value): boolean {
  const spec = lookupAttr(module, '__spec__')
  if (spec === undefined) return false
  try {
    return specInitializing(spec)
  } finally {
    drop(spec)
  }
}

function specInitializing(spec: Value): boolean {
  const value = lookupAttr(spec, '_initializing')
  if (value === undefined) return false
  try {
    return isTrue(value)
  } finally {
    drop(value)
  }
}

/** Waits for a module that another thread is importing (`import_ensure_initialized`). */
function ensureInitialized(module: Value, name: Value): void {
  if (interpreter.importlib === null || isDeferred(module)) return
  if (!isInitializing(module) || importShortcut.needsNoLock()) return
  drop(callMethod(interpreter.importlib, '_lock_unlock_module', [name]))
}

/** A module that is imported already, waiting for it if needed (`PyImport_GetModule`). */
export function importedModule(name: Value): Owned<Value> | undefined {
  const module = getModule(name)
  if (module === undefined || module === None) return module
  try {
    ensureInitialized(module, name)
  } catch (error) {
    drop(module)
    removeImportlibFrames(error)
    throw error
  }
  return module
}

const BOOTSTRAP = '<frozen importlib._bootstrap>'
const BOOTSTRAP_EXTERNAL = '<frozen importlib._bootstrap_external>'

/**
 * Takes importlib's own frames out of a traceback: of an ImportError all of them, of others those chunks that end in a
 * call of the module's code.
 */
function removeImportlibFrames(error: unknown): void {
  if (interpreter.config.flags.verbose > 0 || !isBaseException(error)) return
  const trimAlways = isException(error, PyExc_ImportError)
  const { data } = error
  let inImportlib = false
  let previous: PyTraceback | null = null
  /** The entry before the chunk under way, `null` for the exception itself. */
  let outer: PyTraceback | null = null
  let at = data.traceback as PyTraceback | null
  while (at !== null) {
    const { next, frame } = at.data as { next: PyTraceback | null; frame: PyTraceback['data']['frame'] }
    const { filename, name } = frame.data.code
    const now = filename === BOOTSTRAP || filename === BOOTSTRAP_EXTERNAL
    if (now && !inImportlib) outer = previous
    inImportlib = now
    if (inImportlib && (trimAlways || name === '_call_with_frames_removed')) {
      if (next !== null) keep<PyObject>(next)
      const old: PyObject | null = outer === null ? data.traceback : outer.data.next
      if (outer === null) data.traceback = next as Owned<PyTraceback> | null
      else outer.data.next = next as Owned<PyTraceback> | null
      drop(old)
      previous = outer
    } else previous = at
    at = next
  }
}

function isBaseException(error: unknown): error is PyException {
  return typeof error === 'object' && error !== null && 'rc' in error && 'shape' in error
}

/** The text of a `str` in UTF-16, of which only `.` matters here. */
function text(value: Value): string {
  return utf16(value)
}

function parentOf(spec: Value): Owned<Value> {
  return importShortcut.parentOf(spec) ?? getAttr(spec, 'parent')
}

/** The package that relative imports of a module start from, as text (`resolve_name`, its first half). */
function callingPackage(globals: PyDict): string {
  const table = globals.data
  const given = table.get('__package__')
  const spec = table.get('__spec__')
  if (given !== undefined && given !== None) {
    if (asStr(given) === undefined) throw typeError('package must be a string')
    if (spec !== undefined && spec !== None) {
      const parent = parentOf(spec)
      let equal: boolean
      try {
        equal = richCompareBool(given, parent, Py_EQ)
      } finally {
        drop(parent)
      }
      if (!equal) warn(PyExc_ImportWarning, '__package__ != __spec__.parent', 1)
    }
    return text(given)
  }
  if (spec !== undefined && spec !== None) {
    const parent = parentOf(spec)
    if (asStr(parent) === undefined) {
      drop(parent)
      throw typeError('__spec__.parent must be a string')
    }
    return text(parent)
  }
  warn(
    PyExc_ImportWarning,
    "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__",
    1,
  )
  const name = table.get('__name__')
  if (name === undefined) throw newException(PyExc_KeyError, ["'__name__' not in globals"])
  if (asStr(name) === undefined) throw typeError('__name__ must be a string')
  const whole = text(name)
  if (table.has('__path__')) return whole
  const dot = whole.lastIndexOf('.')
  if (dot < 0) throw importError('attempted relative import with no known parent package')
  return whole.slice(0, dot)
}

/** The absolute name of a relative import (`resolve_name`). */
function resolveName(name: string, globals: Value | undefined, level: number): string {
  if (globals === undefined) throw newException(PyExc_KeyError, ["'__name__' not in globals"])
  if (typeof globals !== 'object' || (globals.type.flags & TPFLAGS_DICT_SUBCLASS) === 0) {
    throw typeError('globals must be a dict')
  }
  let base = callingPackage(globals as PyDict)
  if (base === '') throw importError('attempted relative import with no known parent package')
  for (let up = 1; up < level; up++) {
    const dot = base.lastIndexOf('.')
    if (dot < 0) throw importError('attempted relative import beyond top-level package')
    base = base.slice(0, dot)
  }
  return name === '' ? base : `${base}.${name}`
}

/** What `-X importtime` needs: nesting, and the time that nested imports have taken. */
const timing = { level: 0, accumulated: 0, header: false }

/** Imports a module that is not in `sys.modules` (`import_find_and_load`). */
function findAndLoad(name: Value): Owned<Value> {
  const attribute = (key: string): Value => sysAttribute(key) ?? None
  audit('import', name, None, attribute('path'), attribute('meta_path'), attribute('path_hooks'))
  const { importlib, importFunction, config } = interpreter
  pollWords[WORD_IMPORTS]!++
  try {
    if (!config.importTime) {
      return importShortcut.take(name) ?? callMethod(importlib!, '_find_and_load', [name, importFunction!])
    }
    return timed(name, () => callMethod(importlib!, '_find_and_load', [name, importFunction!]))
  } finally {
    pollWords[WORD_IMPORTS]!--
  }
}

function timed(name: Value, load: () => Owned<Value>): Owned<Value> {
  if (!timing.header) {
    timing.header = true
    writeError('import time: self [us] | cumulative | imported package\n')
  }
  const before = timing.accumulated
  timing.level++
  timing.accumulated = 0
  const start = perfCounter()
  try {
    return load()
  } finally {
    const total = perfCounter() - start
    timing.level--
    const micro = (seconds: number): string => String(Math.ceil(seconds * 1e6))
    const self = micro(total - timing.accumulated).padStart(9)
    const indent = ' '.repeat(timing.level * 2)
    writeError(`import time: ${self} | ${micro(total).padStart(10)} | ${indent}${text(name)}\n`)
    timing.accumulated = before + total
  }
}

/**
 * Imports a module as an `import` statement does (`PyImport_ImportModuleLevelObject`); all borrowed. Gives the top
 * package, or the module itself where `fromlist` is not empty.
 */
export function importModuleLevel(
  name: Value,
  globals: Value | undefined,
  fromlist: Value | undefined,
  level: number,
): Owned<Value> {
  try {
    return importLevel(name, globals, fromlist, level)
  } catch (error) {
    removeImportlibFrames(error)
    throw error
  }
}

function importLevel(
  name: Value,
  globals: Value | undefined,
  fromlist: Value | undefined,
  level: number,
): Owned<Value> {
  if (asStr(name) === undefined) throw typeError('module name must be a string')
  if (level < 0) throw valueError('level must be >= 0')
  if (level === 0 && name === '') throw valueError('Empty module name')
  const absolute: Value = level > 0 ? resolveName(text(name), globals, level) : name
  let module = getModule(absolute)
  if (module !== undefined && module !== None) {
    try {
      ensureInitialized(module, absolute)
    } catch (error) {
      drop(module)
      throw error
    }
  } else module = findAndLoad(absolute)
  try {
    return resultOf(module, name, absolute, fromlist, level)
  } finally {
    drop(module)
  }
}

/** What the statement binds: the first part of a dotted name, or the module. */
function resultOf(
  module: Value,
  name: Value,
  absolute: Value,
  fromlist: Value | undefined,
  level: number,
): Owned<Value> {
  if (fromlist !== undefined && fromlist !== None && isTrue(fromlist)) {
    const path = lookupAttr(module, '__path__')
    if (path === undefined) return keep(module)
    drop(path)
    if (importShortcut.hasAll(module, fromlist)) return keep(module)
    const { importlib, importFunction } = interpreter
    return callMethod(importlib!, '_handle_fromlist', [module, fromlist, importFunction!])
  }
  const whole = text(name)
  if (level > 0 && whole === '') return keep(module)
  const dot = whole.indexOf('.')
  if (dot < 0) return keep(module)
  if (level === 0) return importModuleLevel(whole.slice(0, dot), undefined, undefined, 0)
  const full = text(absolute)
  const top = full.slice(0, full.length - (whole.length - dot))
  const found = getModule(top)
  if (found === undefined) throw newException(PyExc_KeyError, [`${shown(top)} not in sys.modules as expected`])
  return found
}

/** Imports a module by its absolute name and gives the module itself, not its top package (`PyImport_ImportModule`). */
export function importModule(name: string): Owned<Value> {
  const globals = interpreter.builtins
  drop(importModuleLevel(name, globals === null ? undefined : globals, undefined, 0))
  const module = getModule(name)
  if (module === undefined) throw newException(PyExc_KeyError, [name])
  return module
}

/** An attribute of a module that is imported for it, owned (`_PyImport_GetModuleAttrString`). */
export function importAttribute(module: string, name: string): Owned<Value> {
  const found = importModule(module)
  try {
    return getAttr(found, name)
  } finally {
    drop(found)
  }
}

/** IMPORT_NAME: calls the frame's `__import__`, unless that is our own. */
export function importName(
  builtins: PyDict,
  globals: PyDict,
  locals: Value | null,
  name: Value,
  fromlist: Value,
  level: Value,
): Owned<Value> {
  const importer = builtins.data.get('__import__')
  if (importer === undefined) throw importError('__import__ not found')
  if (importer === interpreter.importFunction) return importModuleLevel(name, globals, fromlist, Number(level))
  keep(importer)
  try {
    const { tp_call } = typeOf(importer)
    if (tp_call === undefined) throw typeError(`'${typeOf(importer).name}' object is not callable`)
    return tp_call(importer as PyObject, [name, globals, locals ?? None, fromlist, level], null)
  } finally {
    drop(importer)
  }
}

/** `from module import name`; what a circular import has not bound yet is looked for in `sys.modules` (IMPORT_FROM). */
export function importFrom(module: Value, name: PyStr): Owned<Value> {
  const found = lookupAttr(module, name)
  if (found !== undefined) return found
  // Only a missing `__name__` leads to the error below; CPython lets its AttributeError pass into the message too.
  const packageName = lookupAttr(module, '__name__')
  if (packageName !== undefined && asStr(packageName) !== undefined) {
    const full = `${text(packageName)}.${text(name)}`
    const submodule = importedModule(full)
    if (submodule !== undefined) {
      drop(packageName)
      return submodule
    }
  }
  throw cannotImport(module, name, packageName)
}

function cannotImport(module: Value, name: PyStr, packageName: Owned<Value> | undefined): unknown {
  const isName = packageName !== undefined && asStr(packageName) !== undefined
  const from = reprText(isName ? packageName : '<unknown module name>')
  const path = moduleFilename(module)
  let message: string
  if (path === undefined) message = `cannot import name ${shown(name)} from ${String(from)} (unknown location)`
  else {
    const where = String(strText(path))
    message = isInitializing(module)
      ? `cannot import name ${shown(name)} from partially initialized module ${String(from)} (most likely due to a circular import) (${where})`
      : `cannot import name ${shown(name)} from ${String(from)} (${where})`
  }
  return newException(PyExc_ImportError, [message], {
    msg: message,
    name: isName ? packageName : none(),
    path: path ?? none(),
  })
}

/** `__file__` of a module if it is a `str`, owned (`PyModule_GetFilenameObject`). */
function moduleFilename(module: Value): Owned<Value> | undefined {
  if (!isInstanceOf(module, moduleType)) return undefined
  const file = (module as PyModule).data.dict.data.get('__file__')
  return file === undefined || asStr(file) === undefined ? undefined : keep(file)
}
