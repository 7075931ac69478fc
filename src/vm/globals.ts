import type { PyModule } from '../objects/define_module.ts'
import type { PyDict, Value } from '../objects/object.ts'
import { isInstanceOf, moduleType } from '../objects/types.ts'
import { currentBuiltins } from './interpreter.ts'

/**
 * The builtins that code with these globals sees, borrowed: what `__builtins__` names, or the running frame's
 * (`_PyEval_BuiltinsFromGlobals`).
 */
export function builtinsFromGlobals(globals: PyDict): PyDict {
  const builtins: Value | undefined = globals.data.get('__builtins__')
  if (builtins === undefined) return currentBuiltins()
  if (isInstanceOf(builtins, moduleType)) return (builtins as PyModule).data.dict
  return builtins as PyDict
}
