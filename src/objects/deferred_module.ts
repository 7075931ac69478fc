import { drop } from '../memory/counted.ts'
import type { Owned, WeakReferences } from '../memory/header.ts'
import { type ModuleData, newModule, type PyModule } from './define_module.ts'
import type { PyDict, Value } from './object.ts'
import { moduleType } from './types.ts'

/*
 * Modules whose namespace is filled when somebody first asks for it. Whatever reads `dict` of a module's data does that:
 * attributes, `__dict__`, `from` imports. To import one, or to find it in `sys.modules`, does not.
 */

/** Fills the namespace of a module; it throws what the module's code throws, and may be asked again then. */
export type Filling = (namespace: PyDict, module: PyModule) => void

/** The data of a module until its namespace is asked for. */
class DeferredData implements ModuleData {
  weakrefs: WeakReferences | null = null
  private readonly module: PyModule
  readonly namespace: Owned<PyDict>
  readonly filling: Filling

  constructor(module: PyModule, namespace: Owned<PyDict>, filling: Filling) {
    this.module = module
    this.namespace = namespace
    this.filling = filling
  }

  get dict(): Owned<PyDict> {
    if (deferred.has(this.module)) fill(this.module, this)
    return this.namespace
  }
}

/** In the order in which they were imported; borrowed. */
const deferred = new Set<PyModule>()

function fill(module: PyModule, data: DeferredData): void {
  const { namespace, filling } = data
  const before = new Set(namespace.data.keys)
  deferred.delete(module)
  module.data = { dict: namespace, weakrefs: data.weakrefs }
  try {
    filling(namespace, module)
  } catch (error) {
    for (const key of namespace.data.keys.slice()) {
      if (key !== undefined && !before.has(key)) namespace.data.delete(key)
    }
    data.weakrefs = module.data.weakrefs
    module.data = data
    deferred.add(module)
    throw error
  }
}

/** A module with this namespace, which it takes over, and what fills it up at its first use. */
export function newDeferredModule(namespace: Owned<PyDict>, filling: Filling): Owned<PyModule> {
  const module = newModule(namespace)
  module.data = new DeferredData(module, namespace, filling)
  deferred.add(module)
  return module
}

/** Whether the namespace of a module is still to be filled. */
export function isDeferred(value: Value): boolean {
  return typeof value === 'object' && value.type === moduleType && (value as PyModule).data instanceof DeferredData
}

/** The namespace of a module as it is now, borrowed. */
export function namespaceAsIs({ data }: PyModule): Owned<PyDict> {
  return data instanceof DeferredData ? data.namespace : data.dict
}

/** Gives up a module that ends. */
export function endModule(module: PyModule): void {
  deferred.delete(module)
  drop(namespaceAsIs(module))
}

/** Fills the namespaces of all modules: before anything that would see that one is not, or see it being filled. */
export function fillModules(): void {
  for (const module of [...deferred]) void module.data.dict
}
