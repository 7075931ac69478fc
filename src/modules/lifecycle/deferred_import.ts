import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { gcState } from '../../memory/state.ts'
import { newDeferredModule } from '../../objects/deferred_module.ts'
import type { PyModule } from '../../objects/define_module.ts'
import type { PyDict, PyList, Value } from '../../objects/object.ts'
import { listType, None } from '../../objects/types.ts'
import type { PyCode } from '../../vm/code.ts'
import { findFrozen, frozenCode } from '../../vm/frozen.ts'
import { interpreter, sysAttribute } from '../../vm/interpreter.ts'
import { runIsolated } from '../../vm/isolated.ts'
import { execute } from '../builtins/execution.ts'
import { isUnobserved } from './import_guard.ts'
import { dropPlan, makeNamespace, type Plan, planFound, planFrozen } from './import_plan.ts'
import { makeSpec } from './module_spec.ts'
import { searchPath } from './path_search.ts'

/*
 * Modules of the library that are imported with little reason to expect that the program uses them. They are in
 * `sys.modules` with all that tells of their import; their code runs when somebody first asks for a name of theirs.
 */

/** Whether nobody could tell when a module's code runs. */
export function canDefer(): boolean {
  const { config, builtins, importFunction } = interpreter
  if (config.importTime || config.tracemalloc > 0 || gcState.tracer !== null) return false
  return builtins!.data.get('__import__') === importFunction && isUnobserved()
}

/** A module that can be imported without importlib. */
export interface Deferrable {
  readonly planned: Plan
  readonly code: () => Owned<PyCode> | null
}

/** The module of a name, looked for in `path` (borrowed) if it is not frozen; `undefined` where only importlib can tell. */
export function findDeferrable(name: string, path = sysAttribute('path')): Deferrable | undefined {
  const frozen = findFrozen(name)
  let planned: Plan | undefined
  let code: () => Owned<PyCode> | null
  if (frozen !== undefined) {
    planned = planFrozen(frozen)
    code = () => frozenCode(frozen)
  } else {
    if (typeof path !== 'object' || path.type !== listType) return undefined
    const found = searchPath(path as PyList, name)
    if (found === undefined || found === null) return undefined
    planned = planFound(name, found)
    code = found.code
  }
  return planned && { planned, code }
}

/** Runs `run` while `sys.modules` has a module under its name, whatever the program has done there. */
function whileEntered(name: string, module: PyModule, run: () => void): void {
  const { data } = interpreter.modules
  const entered = data.get(name)
  if (entered === module) {
    run()
    return
  }
  if (entered !== undefined) keep(entered)
  data.set(name, keep<Value>(module))
  try {
    run()
  } finally {
    if (entered === undefined) data.delete(name)
    else data.set(name, entered as Owned<Value>)
  }
}

/** Runs the code of a module in its namespace, with the names of its submodules after that. */
function runModule(code: Owned<PyCode> | null, namespace: PyDict, submodules: ReadonlyMap<string, string>): void {
  namespace.data.set('__builtins__', keep<Value>(interpreter.builtins!))
  try {
    if (code !== null) execute(code, namespace, None, None)
  } finally {
    drop(code)
  }
  for (const [name, fullname] of submodules) {
    const module = interpreter.modules.data.get(fullname)
    if (module !== undefined) namespace.data.set(name, keep(module))
  }
}

const NO_MODULES: ReadonlyMap<string, string> = new Map()

/**
 * Enters a module into `sys.modules`, whose code will run later; to be called where `canDefer`. It takes over what was
 * found. `submodules` are the full names of those that the package will have.
 */
export function enterDeferred({ planned, code }: Deferrable, submodules = NO_MODULES): void {
  const { name } = planned
  const spec = makeSpec(planned, false)
  const namespace = makeNamespace(planned, name.slice(0, Math.max(0, name.lastIndexOf('.'))), spec)
  const module = newDeferredModule(namespace, (dict, made) =>
    whileEntered(name, made, () => runIsolated(() => runModule(code(), dict, submodules))),
  )
  interpreter.modules.data.set(name, module as Owned<Value>)
  drop(spec)
  dropPlan(planned)
}

/** Finds and enters a module; false where only importlib can import it. */
export function deferImport(name: string, path = sysAttribute('path'), submodules = NO_MODULES): boolean {
  const found = findDeferrable(name, path)
  if (found === undefined) return false
  enterDeferred(found, submodules)
  return true
}
