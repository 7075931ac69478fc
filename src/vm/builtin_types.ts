import { defineObjectTypes } from '../objects/builtin_types.ts'
import { defineAsyncGeneratorTypes } from './async_generators.ts'
import { defineCellType } from './cell_type.ts'
import { defineCodeType } from './code_type.ts'
import { defineFrameType } from './frame_type.ts'
import { defineFunctionType } from './function_type.ts'
import { defineGeneratorTypes } from './generator_types.ts'
import { installLoops } from './loops.ts'
import { defineMethodType } from './method_type.ts'
import { defineModuleType } from './module_type.ts'
import { installObjectHooks } from './object_hooks.ts'
import { defineTracebackType } from './traceback_type.ts'

let defined = false

/** Gives all builtin types their behaviour; later calls do nothing. */
export function defineBuiltinTypes(): void {
  if (defined) return
  defined = true
  installLoops()
  installObjectHooks()
  defineObjectTypes()
  defineFunctionType()
  defineMethodType()
  defineCellType()
  defineCodeType()
  defineFrameType()
  defineTracebackType()
  defineModuleType()
  defineGeneratorTypes()
  defineAsyncGeneratorTypes()
}
