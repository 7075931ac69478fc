import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { setAttr } from '../../objects/attributes.ts'
import type { PyModule } from '../../objects/define_module.ts'
import type { PyList, PyType, Value } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { thread } from '../../objects/thread.ts'
import { dictType, isType, listType, moduleType, None } from '../../objects/types.ts'
import { builtinModules, createBuiltin } from '../../vm/builtin_modules.ts'
import { importShortcut } from '../../vm/import.ts'
import { interpreter, sysAttribute } from '../../vm/interpreter.ts'
import { hasThreads } from '../../vm/threads.ts'

/*
 * Modules written in TypeScript are looked for first of all, by a class of `importlib._bootstrap`: to find, make and enter
 * one takes a thousand instructions of Python. Where nobody could tell, the same is done here.
 */

/** What `importlib._bootstrap` does it with. */
const USED = [
  '_find_and_load',
  '_find_and_load_unlocked',
  '_find_spec',
  '_load_unlocked',
  'module_from_spec',
  'spec_from_loader',
  '_init_module_attrs',
  'BuiltinImporter',
  'ModuleSpec',
] as const

/** What these names meant at the start, owned, and the versions that the types among them had. */
let standard: readonly Owned<Value>[] = []
let versions: readonly number[] = []

const versionsOf = (values: readonly Value[]) => values.map((value) => (isType(value) ? value.version : 0))

function current(): readonly (Value | undefined)[] {
  const { data } = (interpreter.importlib as Owned<PyModule>).data.dict
  return USED.map((name) => data.get(name))
}

/** Whether the import system is as it was at the start, and this class is the first to be asked. */
function isStandard(): boolean {
  const path = sysAttribute('meta_path')
  if (typeof path !== 'object' || path.type !== listType) return false
  const first = (path as PyList).data[0]
  if (first === undefined || first !== standard[USED.indexOf('BuiltinImporter')]) return false
  const now = current()
  for (let i = 0; i < USED.length; i++) {
    const value = standard[i]!
    if (now[i] !== value || (isType(value) && (value as PyType).version !== versions[i])) return false
  }
  return true
}

/** The import of a module written in TypeScript that is not there yet; `undefined` where it must go the usual way. */
function importBuiltin(name: Value): Owned<Value> | undefined {
  if (typeof name !== 'string' || !builtinModules.has(name) || interpreter.modules.type !== dictType) return undefined
  if (interpreter.modules.data.get(name) !== undefined || interpreter.config.flags.verbose > 0) return undefined
  if (thread.trace !== null || thread.profile !== null || hasThreads() || !isStandard()) return undefined
  const loader = standard[USED.indexOf('BuiltinImporter')]!
  const spec = call(standard[USED.indexOf('ModuleSpec')]!, [name, loader, 'built-in', false], ['origin', 'is_package'])
  try {
    const module = createBuiltin(name)
    if (module === undefined) return undefined
    setAttr(spec, '_initializing', false)
    if (typeof module === 'object' && module.type === moduleType)
      setAttributes(module as unknown as PyModule, loader, spec)
    interpreter.modules.data.set(name, keep(module))
    return module
  } finally {
    drop(spec)
  }
}

/** The attributes of a module that tell of its import (`_init_module_attrs`). */
function setAttributes({ data: { dict } }: PyModule, loader: Value, spec: Value): void {
  const { data } = dict
  if ((data.get('__loader__') ?? None) === None) data.set('__loader__', keep(loader))
  if ((data.get('__package__') ?? None) === None) data.set('__package__', '')
  data.set('__spec__', keep(spec))
}

/** To be called once `importlib` has been installed, before any program runs. */
export function shortenBuiltinImports(): void {
  standard = current().map((value) => keep(value ?? None))
  versions = versionsOf(standard)
  importShortcut.take = importBuiltin
}
