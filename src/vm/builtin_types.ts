import { builtinsHook } from '../objects/builtin_lookup.ts'
import { defineObjectTypes } from '../objects/builtin_types.ts'
import { defineAsyncGeneratorTypes } from './async_generators.ts'
import { defineCellType } from './cell_type.ts'
import { defineCodeType } from './code_type.ts'
import { machine } from './frame.ts'
import { defineFunctionType } from './function_type.ts'
import { defineGeneratorTypes } from './generator_types.ts'
import { defineMethodType } from './method_type.ts'
import { defineModuleType } from './module_type.ts'
import { installObjectHooks } from './object_hooks.ts'

let defined = false

/** Gives all builtin types their behaviour; later calls do nothing. */
export function defineBuiltinTypes(): void {
  if (defined) return
  defined = true
  installObjectHooks()
  builtinsHook.find = (name) => machine.frame?.builtins.data.get(name)
  defineObjectTypes()
  defineFunctionType()
  defineMethodType()
  defineCellType()
  defineCodeType()
  defineModuleType()
  defineGeneratorTypes()
  defineAsyncGeneratorTypes()
}
