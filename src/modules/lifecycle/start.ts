import { findUnicodeName } from '../../base/unicode_names.ts'
import { drop, keep } from '../../memory/counted.ts'
import { growOld } from '../../memory/gc.ts'
import type { Owned } from '../../memory/header.ts'
import { gcState, pollWords, WORD_IMPORTS } from '../../memory/state.ts'
import { getAttr } from '../../objects/attributes.ts'
import { bytesWarning } from '../../objects/bytes_like.ts'
import { type ModuleDef, newModule, type PyModule } from '../../objects/define_module.ts'
import { importError } from '../../objects/errors.ts'
import { newDict, none } from '../../objects/make.ts'
import type { PyDict, PyList, PyObject, Value } from '../../objects/object.ts'
import { callMethod } from '../../objects/protocols.ts'
import { codecChecks } from '../../objects/str_codecs.ts'
import { setUnicodeNames } from '../../parser/unicode_names.ts'
import { builtinModules, fixModule } from '../../vm/builtin_modules.ts'
import { defineBuiltinTypes } from '../../vm/builtin_types.ts'
import { codeOptions } from '../../vm/code.ts'
import type { Config } from '../../vm/config.ts'
import { evalCode } from '../../vm/execute.ts'
import { machine } from '../../vm/frame.ts'
import { findFrozen, frozenCode } from '../../vm/frozen.ts'
import { importModule } from '../../vm/import.ts'
import { type FrozenModules, interpreter, setSysAttribute, sysAttribute } from '../../vm/interpreter.ts'
import { runLoop } from '../../vm/loop.generated.ts'
import { moduleRepr } from '../../vm/module_type.ts'
import { initWarnings } from '../../vm/warnings.ts'
import { impModule } from '../_imp.ts'
import { installSignalHandlers } from '../_signal.ts'
import { startTracing } from '../_tracemalloc.ts'
import { builtinsModule } from '../builtins/module.ts'
import { moduleDefs } from '../registry.ts'
import { sysModule, updateSysFromConfig } from '../sys/module.ts'
import { completePlatform } from '../sys/platform_name.ts'
import { enterNeededForArchives, enterNeededForFiles, installBootstrap } from './bootstrap.ts'
import { deferBuiltin } from './builtin_import.ts'
import { canDefer } from './deferred_import.ts'
import { useLibrary } from './library.ts'
import { shortenImports, shortenPathImports } from './quick_import.ts'
import { importSite } from './site.ts'
import { importEncodings, importIo } from './start_modules.ts'
import { installStderrPrinter } from './stderr_printer.ts'
import { installStreams } from './streams.ts'

/** What an interpreter is started with. */
export interface Start {
  readonly config: Config
  readonly frozen: FrozenModules
  /** The packed library, if `config.moduleSearchPaths` has it. */
  readonly library?: string | null
  /** Modules beside those of the registry, such as those of tests. */
  readonly extraModules?: readonly ModuleDef[]
}

/** Where the machine's types, loop and modules are put together, once in a process. */
function prepare(extra: readonly ModuleDef[]): void {
  defineBuiltinTypes()
  machine.loop = runLoop
  completePlatform()
  setUnicodeNames(() => findUnicodeName)
  for (const def of [...moduleDefs, sysModule, builtinsModule, impModule, ...extra]) builtinModules.set(def.name, def)
}

/** Enters a module into `sys.modules`, which makes a reference of its own. */
function enter(name: string, module: PyModule): void {
  interpreter.modules.data.set(name, keep<Value>(module))
}

/** Makes `sys` and `builtins`. */
function makeCoreModules(): { sys: Owned<PyModule>; builtins: Owned<PyModule> } {
  initWarnings()
  const sys = sysModule.make()
  fixModule('sys', sys)
  setSysAttribute('modules', keep<Value>(interpreter.modules))
  enter('sys', sys)
  const builtins = builtinsModule.make()
  fixModule('builtins', builtins)
  enter('builtins', builtins)
  interpreter.builtins = keep<PyDict>(builtins.data.dict)
  interpreter.original = builtins.data.dict.data.copy()
  interpreter.importFunction = keep(builtins.data.dict.data.get('__import__')!)
  return { sys, builtins }
}

/** Runs the code of a frozen module as a new module of this name, before anything can be imported. */
function runFrozen(name: string): Owned<PyModule> {
  const found = findFrozen(name)
  const code = found === undefined ? null : frozenCode(found)
  if (code === null) throw importError(`No such frozen object named '${name}'`)
  const dict = newDict()
  const module = newModule(dict)
  const { data } = dict
  data.set('__name__', name)
  for (const key of ['__doc__', '__package__', '__loader__', '__spec__']) data.set(key, none())
  data.set('__builtins__', keep<Value>(interpreter.builtins!))
  data.set('__origname__', found!.origin!)
  enter(name, module)
  drop(evalCode(code, dict, interpreter.builtins!, dict))
  drop(code)
  return module
}

/** The import system: `importlib._bootstrap`, then the importers of files and of zip archives (`init_importlib`). */
function installImportlib(): void {
  const importlib = runFrozen('_frozen_importlib')
  interpreter.importlib = keep<PyObject>(importlib)
  const imp = impModule.make()
  fixModule('_imp', imp)
  enter('_imp', imp)
  installBootstrap(importlib, imp)
  shortenImports()
  moduleRepr.of = (module) => callMethod(importlib, '_module_repr', [module])
  drop(imp)
  drop(importlib)
}

/** Finders of files and archives (`init_importlib_external`). */
function installExternalImporters(): void {
  enterNeededForFiles()
  shortenPathImports(() => drop(callMethod(interpreter.importlib!, '_install_external_importers', [])))
  enterNeededForArchives()
  const zipimport = importModule('zipimport')
  const zipimporter = getAttr(zipimport, 'zipimporter')
  const hooks = sysAttribute('path_hooks') as PyList
  hooks.data.unshift(zipimporter)
  drop(zipimport)
}

/** Handles signals, with the module behind `signal` (`init_signals`). */
function startSignals(): void {
  if (canDefer()) deferBuiltin('_signal')
  else drop(importModule('_signal'))
  installSignalHandlers()
}

/** The module `__main__`, empty (`add_main_module`). */
function addMainModule(builtins: PyModule): void {
  const dict = newDict()
  const module = newModule(dict)
  const { data } = dict
  data.set('__name__', '__main__')
  for (const key of ['__doc__', '__package__', '__loader__', '__spec__']) data.set(key, none())
  data.set('__annotations__', newDict())
  data.set('__builtins__', keep<Value>(builtins))
  data.set('__loader__', getAttr(interpreter.importlib!, 'BuiltinImporter'))
  enter('__main__', module)
  drop(module)
}

/**
 * Starts Python: modules, imports, streams, `site`, `__main__`, in CPython's order (`Py_InitializeFromConfig`). A platform
 * must have been installed. Throws the exception of a module that cannot be imported.
 */
export function startInterpreter({ config, frozen, library = null, extraModules = [] }: Start): void {
  interpreter.config = config
  bytesWarning.level = config.flags.bytesWarning
  codeOptions.debugRanges = config.debugRanges
  codecChecks.always = config.flags.devMode
  interpreter.frozen = frozen
  // What the start makes stays: looking for garbage among it would only cost time.
  const { threshold } = gcState
  gcState.threshold = 0
  pollWords[WORD_IMPORTS] = 1
  prepare(extraModules)
  if (library !== null) useLibrary(library)
  const { sys, builtins } = makeCoreModules()
  updateSysFromConfig()
  installStderrPrinter()
  installImportlib()
  installExternalImporters()
  importEncodings()
  if (config.installSignalHandlers) startSignals()
  importIo()
  installStreams(builtins.data.dict)
  addMainModule(builtins)
  if (config.tracemalloc > 0) startTracing(config.tracemalloc)
  if (config.warnoptions.length > 0) drop(importModule('warnings'))
  if (config.faulthandler) runFunction('faulthandler', 'enable', [])
  if (config.tracemalloc > 0) runFunction('_tracemalloc', 'start', [config.tracemalloc])
  if (config.flags.noSite === 0) importSite()
  drop(sys)
  drop(builtins)
  growOld()
  pollWords[WORD_IMPORTS] = 0
  // Unless `site` has run a program that set another one.
  if (gcState.threshold === 0) gcState.threshold = threshold
}

/** Imports a module and calls a function of it. */
function runFunction(module: string, name: string, args: readonly Value[]): void {
  const found = importModule(module)
  drop(callMethod(found, name, args))
  drop(found)
}
