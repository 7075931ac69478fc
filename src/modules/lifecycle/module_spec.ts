import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import type { PyModule } from '../../objects/define_module.ts'
import { newInstance, setInstanceAttribute } from '../../objects/instance.ts'
import { newList, none } from '../../objects/make.ts'
import type { PyInstance, PyList, PyType, Value } from '../../objects/object.ts'
import { simpleNamespaceType } from '../../objects/types.ts'
import { interpreter } from '../../vm/interpreter.ts'

/** What a `ModuleSpec` is made from, borrowed. */
export interface SpecFields {
  readonly name: string
  readonly loader: Value
  readonly origin: Value
  readonly loaderState: Value | null
  /** `submodule_search_locations` of a package. */
  readonly locations: PyList | null
  /** Of a module with a location. */
  readonly cached: Value | null
}

/** What a name means in `importlib._bootstrap`, borrowed. */
export function bootstrapName(name: string): Value {
  return (interpreter.importlib as Owned<PyModule>).data.dict.data.get(name)!
}

/**
 * A `ModuleSpec` with its attributes in importlib's order, and the mark of a module that is being initialised or has been;
 * `null` for one that importlib has not loaded.
 */
export function makeSpec(fields: SpecFields, initializing: boolean | null): Owned<PyInstance> {
  const orNone = (value: Value | null): Owned<Value> => (value === null ? none() : keep(value))
  const spec = newInstance(bootstrapName('ModuleSpec') as PyType, undefined)
  setInstanceAttribute(spec, 'name', fields.name)
  setInstanceAttribute(spec, 'loader', keep(fields.loader))
  setInstanceAttribute(spec, 'origin', keep(fields.origin))
  setInstanceAttribute(spec, 'loader_state', orNone(fields.loaderState))
  setInstanceAttribute(spec, 'submodule_search_locations', orNone(fields.locations))
  setInstanceAttribute(spec, '_uninitialized_submodules', newList([]))
  setInstanceAttribute(spec, '_set_fileattr', fields.cached !== null)
  setInstanceAttribute(spec, '_cached', orNone(fields.cached))
  if (initializing !== null) setInstanceAttribute(spec, '_initializing', initializing)
  return spec as Owned<PyInstance>
}

/** The `loader_state` that FrozenImporter gives a module of the library: the file of its source, if any, and its name. */
export function frozenState(file: Value | null, origin: string): Owned<Value> {
  const state = newInstance(simpleNamespaceType, undefined)
  setInstanceAttribute(state, 'filename', file === null ? none() : keep(file))
  setInstanceAttribute(state, 'origname', origin)
  return state
}
