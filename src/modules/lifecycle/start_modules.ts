import { drop } from '../../memory/counted.ts'
import { namespaceAsIs } from '../../objects/deferred_module.ts'
import type { PyModule } from '../../objects/define_module.ts'
import { importModule } from '../../vm/import.ts'
import { interpreter } from '../../vm/interpreter.ts'
import { deferBuiltin } from './builtin_import.ts'
import { canDefer, deferImport } from './deferred_import.ts'

/*
 * What Python imports at its start besides `site`. Modules stand in `sys.modules` in the order in which CPython has done
 * with them, and are deferred where nobody could tell.
 */

/** The module of the encoding of file names. */
const UTF_8 = 'encodings.utf_8'

/** Enters the package whose modules the codec registry looks for, and those of them that a start needs. */
function deferEncodings(): boolean {
  const { data } = interpreter.modules
  deferBuiltin('_codecs')
  const submodules = new Map([['utf_8', UTF_8]])
  if (!deferImport('codecs') || !deferImport('encodings', undefined, submodules)) return false
  const path = namespaceAsIs(data.get('encodings') as PyModule).data.get('__path__')
  if (!deferImport('encodings.aliases', path)) return false
  data.set('encodings', data.pop('encodings')!)
  return interpreter.config.filesystemEncoding !== 'utf-8' || deferImport(UTF_8, path)
}

/** Imports the package `encodings` (`init_fs_encoding`). */
export function importEncodings(): void {
  if (canDefer() && deferEncodings()) return
  drop(importModule('encodings'))
  if (interpreter.config.filesystemEncoding === 'utf-8') drop(importModule(UTF_8))
}

/** Imports `io`. */
export function importIo(): void {
  if (canDefer()) {
    deferBuiltin('_abc')
    if (deferImport('abc') && deferImport('io')) return
  }
  drop(importModule('io'))
}
