import { CO_FAST_CELL } from '../bytecode/code.ts'
import { drop } from '../memory/counted.ts'
import { getAttr } from '../objects/attributes.ts'
import { builtinsHook } from '../objects/builtin_lookup.ts'
import { encodingsHook } from '../objects/codec_registry.ts'
import { runtimeError } from '../objects/errors.ts'
import { bindHook } from '../objects/method_wrappers.ts'
import type { PyType, Value } from '../objects/object.ts'
import { superHooks } from '../objects/super.ts'
import { importHook } from '../objects/type_hooks.ts'
import { frameHooks } from '../objects/type_new.ts'
import { cellType, dictType, isType, typeOf } from '../objects/types.ts'
import { machine } from './frame.ts'
import type { PyCell } from './function.ts'
import { importModule } from './import.ts'
import { currentBuiltins } from './interpreter.ts'
import { newMethod } from './method.ts'

/** The class and the first argument that `super()` means in the running function, both borrowed. */
function currentSuper(): { type: PyType; self: Value } {
  const { frame } = machine
  if (frame === null) throw runtimeError('super(): no current frame')
  const { code, stack } = frame
  if (code.argcount === 0) throw runtimeError('super(): no arguments')
  let self = stack[0] as Value | undefined
  if (
    self !== undefined &&
    typeOf(self) === cellType &&
    frame.pc > 0 &&
    (code.localspluskinds[0]! & CO_FAST_CELL) !== 0
  ) {
    self = (self as PyCell).data.value
  }
  if (self === undefined) throw runtimeError('super(): arg[0] deleted')
  for (let i = code.nlocalsplus - code.nfreevars; i < code.nlocalsplus; i++) {
    if (code.localsplusnames[i] !== '__class__') continue
    const cell = stack[i]
    if (cell === undefined || typeOf(cell) !== cellType) throw runtimeError('super(): bad __class__ cell')
    const type = (cell as PyCell).data.value
    if (type === undefined) throw runtimeError('super(): empty __class__ cell')
    if (!isType(type)) throw runtimeError(`super(): __class__ is not a type (${typeOf(type).name})`)
    return { type, self }
  }
  throw runtimeError('super(): __class__ cell not found')
}

/** Gives the types below what they need of frames, functions and methods. */
export function installObjectHooks(): void {
  bindHook.bind = newMethod
  encodingsHook.importEncodings = () => {
    const encodings = importModule('encodings')
    // Its code registers the search function.
    drop(getAttr(encodings, '__dict__'))
    drop(encodings)
  }
  importHook.module = importModule
  superHooks.current = currentSuper
  frameHooks.moduleName = () => machine.frame?.globals.data.get('__name__')
  builtinsHook.find = (name) => {
    const builtins = currentBuiltins()
    return builtins.type === dictType ? builtins.data.get(name) : undefined
  }
}
