import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import type { Value } from '../../objects/object.ts'
import { builtinModules } from '../../vm/builtin_modules.ts'
import { importModule } from '../../vm/import.ts'
import { interpreter } from '../../vm/interpreter.ts'
import { deferBuiltin } from './builtin_import.ts'
import { canDefer, enterDeferred, findDeferrable } from './deferred_import.ts'
import { dropPlan } from './import_plan.ts'
import { isLibraryShadowed } from './path_search.ts'

/**
 * Modules that much of the library imports for functions of which a program calls few, and the modules that their own
 * code imports, in order, besides those that every start imports. That code makes names of their own and changes nothing
 * else, so that nobody can tell when it runs; `ast` alone changes classes of `_ast`, which `compile` takes care of.
 */
const SELDOM_USED: Readonly<Record<string, readonly string[]>> = {
  ast: ['_ast', 'contextlib', 'enum'],
  dis: ['types', 'collections', 'opcode'],
  inspect: [
    'ast',
    'dis',
    'collections.abc',
    'enum',
    'importlib.machinery',
    'itertools',
    'linecache',
    're',
    'tokenize',
    'token',
    'types',
    'functools',
    'keyword',
    'operator',
  ],
  linecache: ['functools', 'tokenize'],
  locale: ['re', 'functools', '_locale'],
  opcode: ['_opcode'],
  signal: ['enum'],
  textwrap: ['re'],
  token: [],
  tokenize: ['collections', 'functools', 'itertools', 're', 'token'],
  traceback: ['collections.abc', 'itertools', 'linecache', 'textwrap', 'contextlib'],
}

/** Imports what a seldom used module imports. */
function importNeeded(name: string): void {
  if (interpreter.modules.data.has(name)) return
  if (builtinModules.has(name)) deferBuiltin(name)
  else drop(importModule(name))
}

/** The import of a module whose code need not run now; `undefined` where it must, or somebody could tell. */
export function importSeldomUsed(name: string): Owned<Value> | undefined {
  const needed = Object.hasOwn(SELDOM_USED, name) ? SELDOM_USED[name] : undefined
  if (needed === undefined || !canDefer() || isLibraryShadowed()) return undefined
  const found = findDeferrable(name)
  if (found === undefined) return undefined
  try {
    for (const each of needed) importNeeded(each)
  } catch (error) {
    dropPlan(found.planned)
    throw error
  }
  enterDeferred(found)
  return keep(interpreter.modules.data.get(name)!)
}
