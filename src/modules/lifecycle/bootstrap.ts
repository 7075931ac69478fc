import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { setAttr } from '../../objects/attributes.ts'
import type { PyModule } from '../../objects/define_module.ts'
import { newText } from '../../objects/make.ts'
import type { PyList, Value } from '../../objects/object.ts'
import { interpreter, sysAttribute } from '../../vm/interpreter.ts'
import { deferBuiltin, enterBuiltin, tellOfImport } from './builtin_import.ts'
import { bootstrapName, frozenState, makeSpec } from './module_spec.ts'

/*
 * How `importlib._bootstrap` comes into use, which its own `_install` does in a thousand instructions.
 */

const NAME = '_frozen_importlib'

/** The module whose code it is. */
const ORIGIN = 'importlib._bootstrap'

/** Tells of the import of `importlib._bootstrap` itself, as `FrozenImporter` does of a module that is there already. */
function tellOfBootstrap({ data: { dict } }: PyModule): void {
  const { data } = dict
  const loader = bootstrapName('FrozenImporter')
  const home = sysAttribute('_stdlib_dir')
  const hasHome = typeof home === 'string' && home !== ''
  const file = hasHome ? newText(`${home}/${ORIGIN.replaceAll('.', '/')}.py`) : null
  if (hasHome) setAttr(loader, '_SEP', '/')
  const loaderState = frozenState(file, ORIGIN)
  const fields = { name: NAME, loader, origin: 'frozen', loaderState, locations: null, cached: null }
  data.set('__loader__', keep(loader))
  data.set('__package__', '')
  data.set('__spec__', makeSpec(fields, null))
  data.delete('__origname__')
  if (file !== null) data.set('__file__', file)
  drop(loaderState)
}

/** Completes the modules that there are and puts the first importers into `sys.meta_path` (`_setup`, `_install`). */
export function installBootstrap(importlib: PyModule, imp: PyModule): void {
  const { data } = importlib.data.dict
  const modules = interpreter.modules.data
  data.set('_imp', keep<Value>(imp))
  data.set('sys', keep(modules.get('sys')!))
  for (const name of ['sys', 'builtins', '_imp']) {
    tellOfImport(name, (modules.get(name) as Owned<PyModule>).data.dict, null)
  }
  tellOfBootstrap(importlib)
  for (const name of ['_thread', '_warnings', '_weakref']) {
    deferBuiltin(name)
    data.set(name, keep(modules.get(name)!))
  }
  const path = sysAttribute('meta_path') as PyList
  for (const name of ['BuiltinImporter', 'FrozenImporter']) path.data.push(keep(bootstrapName(name)))
}

/** Whether nobody wants to see imports. */
function isQuiet(): boolean {
  const { importTime, flags } = interpreter.config
  return !importTime && flags.verbose === 0
}

/** Enters the modules that `importlib._bootstrap_external` imports. */
export function enterNeededForFiles(): void {
  if (!isQuiet()) return
  drop(enterBuiltin('_io'))
  for (const name of ['marshal', 'posix']) deferBuiltin(name)
}

/** Enters the module that `zipimport` imports besides. */
export function enterNeededForArchives(): void {
  if (isQuiet()) deferBuiltin('time')
}
