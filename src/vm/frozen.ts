import { CodeObject } from '../bytecode/code.ts'
import { loads } from '../bytecode/marshal_read.ts'
import type { Owned } from '../memory/header.ts'
import { newCode, type PyCode } from './code.ts'
import { frozenModuleCode } from './deepfreeze.ts'
import { interpreter } from './interpreter.ts'

/** A module whose code is part of the program (CPython's `struct _frozen`). */
export interface FrozenModule {
  readonly name: string
  /** The module whose source it is; `null` for one that has no module of its own. */
  readonly origin: string | null
  readonly isPackage: boolean
  /** Under what name the code is kept. */
  readonly code: string
  /** Whether `-X frozen_modules=off` leaves it frozen. */
  readonly isEssential: boolean
}

function row(name: string, code: string, isPackage = false, origin: string | null = name): FrozenModule {
  return { name, origin, isPackage, code, isEssential: false }
}

function bootstrap(name: string, code: string): FrozenModule {
  return { name, origin: code, isPackage: false, code, isEssential: true }
}

/** CPython's `Python/frozen.c`. */
const table: readonly FrozenModule[] = [
  bootstrap('_frozen_importlib', 'importlib._bootstrap'),
  bootstrap('_frozen_importlib_external', 'importlib._bootstrap_external'),
  bootstrap('zipimport', 'zipimport'),
  row('abc', 'abc'),
  row('codecs', 'codecs'),
  row('io', 'io'),
  row('_collections_abc', '_collections_abc'),
  row('_sitebuiltins', '_sitebuiltins'),
  row('genericpath', 'genericpath'),
  row('ntpath', 'ntpath'),
  row('posixpath', 'posixpath'),
  row('os.path', 'posixpath', false, 'posixpath'),
  row('os', 'os'),
  row('site', 'site'),
  row('stat', 'stat'),
  row('importlib.util', 'importlib.util'),
  row('importlib.machinery', 'importlib.machinery'),
  row('runpy', 'runpy'),
  row('__hello__', '__hello__'),
  row('__hello_alias__', '__hello__', false, '__hello__'),
  row('__phello_alias__', '__hello__', true, '__hello__'),
  row('__phello_alias__.spam', '__hello__', false, '__hello__'),
  row('__phello__', '__phello__', true),
  row('__phello__.__init__', '__phello__', false, '<__phello__'),
  row('__phello__.ham', '__phello__.ham', true),
  row('__phello__.ham.__init__', '__phello__.ham', false, '<__phello__.ham'),
  row('__phello__.ham.eggs', '__phello__.ham.eggs'),
  row('__phello__.spam', '__phello__.spam'),
  row('__hello_only__', '__hello_only__', false, null),
]

const byName: ReadonlyMap<string, FrozenModule> = new Map(table.map((module) => [module.name, module]))

/** The names under which code is kept, each once: what a build has to freeze. */
export const frozenCodeNames: readonly string[] = [...new Set(table.map((module) => module.code))]

/** Whether the frozen modules of the library are used. */
function useFrozen(): boolean {
  const { overrideFrozen, config } = interpreter
  return overrideFrozen !== 0 ? overrideFrozen > 0 : config.useFrozenModules
}

/** The frozen module of a name that may be imported now. */
export function findFrozen(name: string): FrozenModule | undefined {
  const module = byName.get(name)
  if (module === undefined || (!module.isEssential && !useFrozen())) return undefined
  return interpreter.frozen.has(module.code) ? module : undefined
}

/** Names of all frozen modules that may be imported now. */
export function frozenNames(): string[] {
  const all = useFrozen()
  return table.filter((module) => all || module.isEssential).map((module) => module.name)
}

/** The marshalled code of a frozen module. */
export function frozenBytes(module: FrozenModule): Uint8Array {
  return interpreter.frozen.code(module.code)!
}

/** The code of a frozen module; `null` where what is marshalled is none. Throws PyError for damaged data. */
export function frozenCode(module: FrozenModule): Owned<PyCode> | null {
  const compiled = () => loads(frozenBytes(module), true)
  const image = interpreter.frozen.image(module.code)
  if (image !== null) return frozenModuleCode(image, `<frozen ${module.code}>`, () => compiled() as CodeObject)
  const code = compiled()
  return code instanceof CodeObject ? newCode(code) : null
}
