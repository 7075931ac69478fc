import { defineObjectTypes } from '../objects/builtin_types.ts'
import { defineFunctionTypes } from './function_type.ts'
import { installObjectHooks } from './object_hooks.ts'

let defined = false

/** Gives all builtin types their behaviour; later calls do nothing. */
export function defineBuiltinTypes(): void {
  if (defined) return
  defined = true
  installObjectHooks()
  defineObjectTypes()
  defineFunctionTypes()
}
