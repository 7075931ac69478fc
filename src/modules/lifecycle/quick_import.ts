import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { gcState } from '../../memory/state.ts'
import { setAttr, typeLookup } from '../../objects/attributes.ts'
import { newModule, type PyModule } from '../../objects/define_module.ts'
import { isException, keyError, newException } from '../../objects/errors.ts'
import {
  PyExc_AttributeError,
  PyExc_BaseException,
  PyExc_ImportWarning,
  PyExc_ModuleNotFoundError,
  type PyException,
} from '../../objects/exception_types.ts'
import { instanceAttribute } from '../../objects/instance.ts'
import { newDict, newText, newTuple, none } from '../../objects/make.ts'
import type { PyDict, PyInstance, PyList, PyTuple, PyType, Value } from '../../objects/object.ts'
import { callMethod, shown } from '../../objects/protocols.ts'
import { thread } from '../../objects/thread.ts'
import { dictType, listType, moduleType, None, tupleType } from '../../objects/types.ts'
import { warn } from '../../objects/warn.ts'
import type { PyCode } from '../../vm/code.ts'
import { findFrozen, frozenCode } from '../../vm/frozen.ts'
import type { PyFunction } from '../../vm/function.ts'
import { importShortcut } from '../../vm/import.ts'
import { interpreter, sysAttribute } from '../../vm/interpreter.ts'
import { moduleCompletions } from '../../vm/module_completions.ts'
import { threadStart } from '../../vm/threads.ts'
import { execute } from '../builtins/execution.ts'
import { importBuiltin } from './builtin_import.ts'
import { atLastCall, ImportFrames, stepsUnderWay } from './import_frames.ts'
import { hasOtherFinders, isUnobserved, watchFinders, watchNames } from './import_guard.ts'
import { dropPlan, makeNamespace, type Plan, planFound, planFrozen } from './import_plan.ts'
import { bootstrapName, makeSpec } from './module_spec.ts'
import { searchPath } from './path_search.ts'
import { importSeldomUsed } from './seldom_used.ts'

/*
 * Frozen modules and those of the packed library, imported as importlib does it, without its Python code: that takes
 * more than a thousand instructions for a module. `import_guard.ts` says when; whatever is not plain is left to importlib.
 */

const EXTERNAL = '_frozen_importlib_external'

/** What an import would run of `importlib._bootstrap`, and of `importlib._bootstrap_external`. */
const USED = [
  '_find_and_load',
  '_find_and_load_unlocked',
  '_ModuleLockManager',
  '_ModuleLock',
  '_get_module_lock',
  '_lock_unlock_module',
  '_find_spec',
  '_ImportLockContext',
  'BuiltinImporter',
  'FrozenImporter',
  'ModuleSpec',
  'spec_from_loader',
  '_load_unlocked',
  'module_from_spec',
  '_new_module',
  '_init_module_attrs',
  '_call_with_frames_removed',
  '_verbose_message',
]
const USED_OF_EXTERNAL = [
  'PathFinder',
  'FileFinder',
  'SourceFileLoader',
  'SourcelessFileLoader',
  '_LoaderBasics',
  'spec_from_file_location',
  'cache_from_source',
  '_get_cached',
  '_path_join',
  '_path_split',
  '_path_stat',
  '_path_isfile',
  '_path_isdir',
  '_path_isabs',
  '_relax_case',
]

/** The frames under the code of a frozen module, and of one that is found on a path. */
let frozenFrames = new ImportFrames([])
let pathFrames = new ImportFrames([])

/** Learns the frames from the first import that importlib does by itself. */
function learnFrames({ data }: PyDict): void {
  const steps = stepsUnderWay(['_find_and_load', '_find_and_load_unlocked', '_load_unlocked', 'exec_module'])
  const loader = data.get('_LoaderBasics') as PyType
  const last = bootstrapName('_call_with_frames_removed')
  const execModule = typeLookup(loader, 'exec_module')
  if (steps.length === 0) return
  frozenFrames = new ImportFrames(steps)
  const inner = [execModule as PyFunction, last as PyFunction].map(atLastCall)
  pathFrames = new ImportFrames([...steps.slice(0, -1), ...inner])
}

/** Of `importlib._bootstrap`. */
let specType: PyType
let specVersion: number
let handleFromlist: Value
let exec: Value

/** The package that a module is imported into. */
interface Parent {
  readonly name: string
  readonly path: PyList
  /** `_uninitialized_submodules` of its spec, which shows a module while its code runs. */
  readonly uninitialized: PyList
}

/** An import under way, and the lock of its module once another thread could ask for it. */
interface UnderWay {
  readonly name: string
  lock: Owned<Value> | null
}

const underWay: UnderWay[] = []

/** Locks the modules under way, as importlib would have done, before there is another thread. */
function lockModules(): void {
  for (const entry of underWay) {
    if (entry.lock !== null) continue
    entry.lock = callMethod(interpreter.importlib!, '_get_module_lock', [entry.name])
    drop(callMethod(entry.lock, 'acquire', []))
  }
}

/** The package of this name if it is as importlib made it. */
function findParent(name: string): Parent | undefined {
  const module = interpreter.modules.data.get(name)
  if (typeof module !== 'object' || module.type !== moduleType) return undefined
  const { data } = (module as PyModule).data.dict
  const path = data.get('__path__')
  const spec = data.get('__spec__')
  if (typeof path !== 'object' || path.type !== listType) return undefined
  if (typeof spec !== 'object' || spec.type !== specType) return undefined
  const uninitialized = instanceAttribute(spec as PyInstance, '_uninitialized_submodules')
  if (typeof uninitialized !== 'object' || uninitialized.type !== listType) return undefined
  return { name, path: path as PyList, uninitialized: uninitialized as PyList }
}

/** Runs the module's code; what `sys.modules` then has under its name, owned (`_load_unlocked`). */
function load(plan: Plan, code: PyCode, parent: string): Owned<Value> {
  const { name, isFrozen } = plan
  const frames = isFrozen ? frozenFrames : pathFrames
  const { data } = interpreter.modules
  const spec = makeSpec(plan, true)
  const module = newModule(makeNamespace(plan, parent, spec))
  const args = newTuple([keep<Value>(code), keep<Value>(module.data.dict)])
  const keywords = newDict()
  const imported = [name, interpreter.importFunction!]
  const executed = isFrozen ? [module] : [plan.loader, module]
  frames.enter([imported, imported, [spec], executed, [exec, args, keywords]])
  data.set(name, keep<Value>(module))
  try {
    execute(code, module.data.dict, None, None)
    const made = data.pop(name)
    if (made === undefined) throw keyError(name)
    data.set(name, keep(made))
    return made
  } catch (error) {
    data.delete(name)
    if (isFrozen && isException(error, PyExc_BaseException)) frames.trace(error as PyException)
    throw error
  } finally {
    frames.leave()
    setAttr(spec, '_initializing', false)
    drop(args)
    drop(keywords)
    drop(module)
    drop(spec)
  }
}

/** Binds a module in its package. */
function bindInParent(parent: string, child: string, module: Value): void {
  const owner = interpreter.modules.data.get(parent)
  if (owner === undefined) throw keyError(parent)
  keep(owner)
  try {
    setAttr(owner, child, module)
  } catch (error) {
    if (!isException(error, PyExc_AttributeError)) throw error
    drop(error)
    const message = `Cannot set an attribute on ${shown(parent)} for child module ${shown(child)}`
    warn(PyExc_ImportWarning, message, 1)
  } finally {
    drop(owner)
  }
}

/** Loads a module, holding what stands for its lock, and enters it into its package. */
function loadInto(plan: Plan, code: PyCode, parent: Parent | null): Owned<Value> {
  const { name } = plan
  const entry: UnderWay = { name, lock: null }
  underWay.push(entry)
  const uninitialized = parent === null ? null : keep<PyList>(parent.uninitialized)
  const child = parent === null ? name : name.slice(parent.name.length + 1)
  uninitialized?.data.push(child)
  try {
    let module: Owned<Value>
    try {
      module = load(plan, code, parent?.name ?? '')
    } finally {
      uninitialized?.data.pop()
      drop(uninitialized)
    }
    if (parent !== null) {
      try {
        bindInParent(parent.name, child, module)
      } catch (error) {
        drop(module)
        throw error
      }
    }
    return module
  } finally {
    underWay.splice(underWay.indexOf(entry), 1)
    if (entry.lock !== null) {
      drop(callMethod(entry.lock, 'release', []))
      drop(entry.lock)
    }
  }
}

function notFound(name: string): Owned<PyException> {
  const message = newText(`No module named ${shown(name)}`)
  return newException(PyExc_ModuleNotFoundError, [message], { msg: keep<Value>(message), name, path: none() })
}

/** Whether no Python code of the running thread is traced. */
const isUntraced = () => thread.trace === null && thread.profile === null

/** Whether a module has all names of a `from` import in its namespace, where that is all that importlib would see. */
function hasAll(module: Value, fromlist: Value): boolean {
  if (typeof module !== 'object' || module.type !== moduleType || !isUntraced()) return false
  if (typeof fromlist !== 'object' || fromlist.type !== tupleType) return false
  const { data } = (module as PyModule).data.dict
  for (const name of (fromlist as PyTuple).data) if (typeof name !== 'string' || !data.has(name)) return false
  return bootstrapName('_handle_fromlist') === handleFromlist
}

/** `ModuleSpec.parent`. */
function parentOf(spec: Value): string | undefined {
  if (typeof spec !== 'object' || spec.type !== specType || specType.version !== specVersion) return undefined
  const name = instanceAttribute(spec as PyInstance, 'name')
  const locations = instanceAttribute(spec as PyInstance, 'submodule_search_locations')
  if (typeof name !== 'string' || locations === undefined || !isUntraced()) return undefined
  return locations === None ? name.slice(0, Math.max(0, name.lastIndexOf('.'))) : name
}

/** The import of a module that is not there yet; `undefined` where importlib must do it. */
function importQuickly(name: Value): Owned<Value> | undefined {
  if (typeof name !== 'string' || interpreter.modules.type !== dictType || gcState.tracer !== null) return undefined
  if (interpreter.modules.data.get(name) !== undefined) return undefined
  const builtin = importBuiltin(name)
  if (builtin !== undefined || !isUnobserved()) return builtin
  const deferred = importSeldomUsed(name)
  if (deferred !== undefined) return deferred
  const dot = name.lastIndexOf('.')
  const parent = dot < 0 ? null : findParent(name.slice(0, dot))
  if (parent === undefined) return undefined
  let plan: Plan | undefined
  let code: Owned<PyCode> | null = null
  const frozen = findFrozen(name)
  if (frozen !== undefined) {
    if (!frozenFrames.isReady) return undefined
    code = frozenCode(frozen)
    plan = code === null ? undefined : planFrozen(frozen)
  } else {
    const path = parent === null ? sysAttribute('path') : parent.path
    if (!pathFrames.isReady || typeof path !== 'object' || path.type !== listType) return undefined
    const found = searchPath(path as PyList, name)
    if (found === undefined) return undefined
    if (found === null) {
      if (hasOtherFinders()) return undefined
      throw notFound(name)
    }
    plan = planFound(name, found)
    if (plan !== undefined) code = found.code()
  }
  try {
    return plan === undefined || code === null ? undefined : loadInto(plan, code, parent)
  } finally {
    if (plan !== undefined) dropPlan(plan)
    drop(code)
  }
}

/** Lets imports go this way as far as importlib is installed: to be called before any program runs. */
export function shortenImports(): void {
  specType = bootstrapName('ModuleSpec') as PyType
  specVersion = specType.version
  handleFromlist = bootstrapName('_handle_fromlist')
  exec = interpreter.builtins!.data.get('exec')!
  watchNames((interpreter.importlib as Owned<PyModule>).data.dict, USED)
  watchFinders()
  importShortcut.take = importQuickly
  importShortcut.needsNoLock = isUnobserved
  importShortcut.hasAll = hasAll
  importShortcut.parentOf = parentOf
  threadStart.before = lockModules
}

/** Imports the finders of files and archives through importlib (by `install`), and what comes after that on this way. */
export function shortenPathImports(install: () => void): void {
  moduleCompletions.set(EXTERNAL, learnFrames)
  install()
  moduleCompletions.delete(EXTERNAL)
  const external = interpreter.modules.data.get(EXTERNAL) as PyModule
  watchNames(external.data.dict, USED_OF_EXTERNAL)
  watchFinders()
}
