import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { newDeferredModule } from '../../objects/deferred_module.ts'
import type { PyModule } from '../../objects/define_module.ts'
import { newDict } from '../../objects/make.ts'
import type { PyDict, Value } from '../../objects/object.ts'
import { moduleType, None } from '../../objects/types.ts'
import { builtinModules, createBuiltin } from '../../vm/builtin_modules.ts'
import { interpreter } from '../../vm/interpreter.ts'
import { isUnobserved } from './import_guard.ts'
import { bootstrapName, makeSpec } from './module_spec.ts'

/*
 * Modules written in TypeScript are looked for first of all, by a class of `importlib._bootstrap`: to find, make and enter
 * one takes a thousand instructions of Python. Where nobody could tell, the same is done here.
 */

/** Gives the namespace of a module written in TypeScript what tells of its import; `initializing` as for `makeSpec`. */
export function tellOfImport(name: string, { data }: PyDict, initializing: boolean | null = false): void {
  const loader = bootstrapName('BuiltinImporter')
  const fields = { name, loader, origin: 'built-in', loaderState: null, locations: null, cached: null }
  if ((data.get('__loader__') ?? None) === None) data.set('__loader__', keep(loader))
  if ((data.get('__package__') ?? None) === None) data.set('__package__', '')
  data.set('__spec__', makeSpec(fields, initializing))
}

/** Enters a module written in TypeScript into `sys.modules`, of which nothing is made before somebody asks for it. */
export function deferBuiltin(name: string): void {
  const def = builtinModules.get(name)
  if (def === undefined || interpreter.modules.data.has(name)) return
  const module = newDeferredModule(newDict(), (namespace, made) => {
    def.fill(made, namespace)
    tellOfImport(name, namespace)
  })
  interpreter.modules.data.set(name, module as Owned<Value>)
}

/** Makes a module written in TypeScript and enters it into `sys.modules`, as `BuiltinImporter` does. */
export function enterBuiltin(name: string): Owned<Value> | undefined {
  const module = createBuiltin(name)
  if (module === undefined) return undefined
  if (typeof module === 'object' && module.type === moduleType) {
    tellOfImport(name, (module as unknown as PyModule).data.dict)
  }
  interpreter.modules.data.set(name, keep(module))
  return module
}

/** The import of a module written in TypeScript that is not there yet; `undefined` where it must go the usual way. */
export function importBuiltin(name: string): Owned<Value> | undefined {
  return builtinModules.has(name) && isUnobserved() ? enterBuiltin(name) : undefined
}
