import { keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import type { ModuleDef, PyModule } from '../objects/define_module.ts'
import type { Value } from '../objects/object.ts'

/** The modules written in TypeScript by name (CPython's `PyImport_Inittab`); filled before an interpreter starts. */
export const builtinModules = new Map<string, ModuleDef>()

/** Modules of which there is one for good, whatever programs take out of `sys.modules`. */
const singletons = new Map<string, Owned<PyModule>>()

/** Makes a module the one that every later import of its name gives. */
export function fixModule(name: string, module: PyModule): void {
  singletons.set(name, keep<PyModule>(module))
}

/** A module written in TypeScript, owned; `undefined` where there is none of this name. */
export function createBuiltin(name: string): Owned<Value> | undefined {
  const fixed = singletons.get(name)
  if (fixed !== undefined) return keep<Value>(fixed)
  return builtinModules.get(name)?.make()
}
