import { keep } from '../memory/counted.ts'
import type { Owned, WeakReferences } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { type BuiltinFunction, MethodDef, newBuiltin, type Result } from './define.ts'
import { newDict, none } from './make.ts'
import { type KeywordNames, newObject, type PyDict, type PyObject, type PyType, type Value } from './object.ts'
import { shortName } from './type_names.ts'
import { moduleType } from './types.ts'

/** The `data` of a module. */
export interface ModuleData {
  readonly dict: Owned<PyDict>
  weakrefs: WeakReferences | null
}

export type PyModule = PyObject<ModuleData>

/** What a module written in TypeScript has. */
export interface ModuleSpec<F extends string> {
  /** The module that the functions name as theirs, where it is not this one. */
  readonly functionsModule?: string
  /** Functions by signature. */
  readonly functions?: { readonly [Sig in F]: BuiltinFunction<Sig> }
  /** Functions that parse their arguments themselves; the signature is for `__text_signature__`. */
  readonly rawFunctions?: Readonly<Record<string, (args: readonly Value[], kwnames: KeywordNames) => Result>>
  /** Types, under their names. */
  readonly types?: readonly PyType[]
  /** Other attributes. */
  readonly attributes?: Readonly<Record<string, Value>>
  /** The namespace, where it exists before the module; borrowed. */
  readonly dict?: PyDict
  /** What is made anew for each import: gets the namespace, in which it may set more. */
  readonly setup?: (namespace: PyDict) => void
}

/** A module that has not been made yet: its name, and how it is made at the first import. */
export interface ModuleDef {
  readonly name: string
  readonly make: () => Owned<PyModule>
  /** Fills the empty namespace of a module that was made without it. */
  readonly fill: (module: PyModule, namespace: PyDict) => void
}

/** A module object around a namespace, which it takes over. */
export function newModule(dict: Owned<PyDict>): Owned<PyModule> {
  const module = newObject<ModuleData>(moduleType, { dict, weakrefs: null })
  track(module)
  return module
}

/** Declares a module written in TypeScript; `describe` runs at its first import. */
export function defineModule<F extends string>(name: string, describe: () => ModuleSpec<F>): ModuleDef {
  const describeAny = describe as unknown as () => ModuleSpec<string>
  return {
    name,
    make: () => {
      const spec = describeAny()
      const dict = spec.dict === undefined ? newDict() : keep<PyDict>(spec.dict)
      const module = newModule(dict)
      fillModule(name, module, dict, spec)
      return module
    },
    fill: (module, namespace) => fillModule(name, module, namespace, describeAny()),
  }
}

function fillModule(name: string, module: PyModule, dict: PyDict, spec: ModuleSpec<string>): void {
  const { data } = dict
  data.set('__name__', name)
  for (const key of ['__doc__', '__package__', '__loader__', '__spec__']) data.set(key, none())
  // Messages name the functions of builtins without their module.
  const home = spec.functionsModule ?? name
  const owner = name === 'builtins' ? '' : home
  const add = (text: string, run: (...args: never[]) => Result, raw: boolean) => {
    const def = new MethodDef(text, run, false, owner, raw)
    data.set(def.name, newBuiltin(def, module, home))
  }
  for (const [text, run] of Object.entries(spec.functions ?? {})) add(text, run as (...args: never[]) => Result, false)
  for (const [text, run] of Object.entries(spec.rawFunctions ?? {}))
    add(text, run as (...args: never[]) => Result, true)
  for (const type of spec.types ?? []) data.set(shortName(type), keep<Value>(type))
  for (const [key, value] of Object.entries(spec.attributes ?? {})) data.set(key, keep(value))
  spec.setup?.(dict)
}
