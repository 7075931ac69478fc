import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { instanceAttribute } from '../../objects/instance.ts'
import { newDict, newList, newText, none } from '../../objects/make.ts'
import type { PyDict, PyInstance, PyList, Value } from '../../objects/object.ts'
import { None, simpleNamespaceType } from '../../objects/types.ts'
import type { FrozenModule } from '../../vm/frozen.ts'
import { interpreter, sysAttribute } from '../../vm/interpreter.ts'
import { bootstrapName, frozenState } from './module_spec.ts'
import type { FoundInPath } from './path_search.ts'

/** What a module is made from besides its code; it owns what it holds. */
export interface Plan {
  readonly name: string
  readonly isFrozen: boolean
  readonly loader: Owned<Value>
  readonly origin: Owned<Value>
  readonly loaderState: Owned<Value> | null
  readonly locations: Owned<PyList> | null
  readonly cached: Owned<Value> | null
  /** `__file__`. */
  readonly file: Owned<Value> | null
}

/** Plans what FrozenImporter would do; `undefined` for modules that have another one's code. */
export function planFrozen(found: FrozenModule): Plan | undefined {
  const { name, origin, isPackage } = found
  const home = sysAttribute('_stdlib_dir')
  if (origin !== name || typeof home !== 'string' || home === '') return undefined
  const place = `${home}/${name.replaceAll('.', '/')}`
  const file = newText(isPackage ? `${place}/__init__.py` : `${place}.py`)
  return {
    name,
    isFrozen: true,
    loader: keep(bootstrapName('FrozenImporter')),
    origin: 'frozen',
    loaderState: frozenState(file, name),
    locations: isPackage ? newList([newText(place)]) : null,
    cached: null,
    file,
  }
}

/** The path of the compiled file that belongs to a source file (`cache_from_source`), where nothing is configured. */
function cachePath(file: string): string | undefined {
  const implementation = sysAttribute('implementation')
  if (sysAttribute('pycache_prefix') !== None || interpreter.config.flags.optimize !== 0) return undefined
  if (typeof implementation !== 'object' || implementation.type !== simpleNamespaceType) return undefined
  const tag = instanceAttribute(implementation as unknown as PyInstance, 'cache_tag')
  if (typeof tag !== 'string') return undefined
  const slash = file.lastIndexOf('/')
  return `${file.slice(0, slash)}/__pycache__/${file.slice(slash + 1, -'.py'.length)}.${tag}.pyc`
}

/** Plans what the importer of the packed library would do. */
export function planFound(name: string, { finder, isPackage, file }: FoundInPath): Plan | undefined {
  const cached = cachePath(file)
  if (cached === undefined) return undefined
  return {
    name,
    isFrozen: false,
    loader: keep(finder),
    origin: newText(file),
    loaderState: null,
    locations: isPackage ? newList([newText(file.slice(0, file.lastIndexOf('/')))]) : null,
    cached: newText(cached),
    file: newText(file),
  }
}

/** The namespace of a new module with the attributes that tell of its import, in the order in which importlib sets them. */
export function makeNamespace(plan: Plan, parent: string, spec: PyInstance): Owned<PyDict> {
  const { name, loader, locations, cached, file } = plan
  const dict = newDict()
  const { data } = dict
  data.set('__name__', name)
  data.set('__doc__', none())
  data.set('__package__', locations === null ? parent : name)
  data.set('__loader__', keep<Value>(loader))
  data.set('__spec__', keep<Value>(spec))
  // FrozenImporter sets the file when it makes the module, all others when its attributes are set.
  if (cached === null && file !== null) data.set('__file__', keep<Value>(file))
  if (locations !== null) data.set('__path__', keep<Value>(locations))
  if (cached !== null && file !== null) {
    data.set('__file__', keep<Value>(file))
    data.set('__cached__', keep<Value>(cached))
  }
  return dict
}

export function dropPlan({ loader, origin, loaderState, locations, cached, file }: Plan): void {
  for (const value of [loader, origin, loaderState, locations, cached, file]) drop(value)
}
