import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import type { PyModule } from '../../objects/define_module.ts'
import type { DictTable } from '../../objects/dict_table.ts'
import { instanceAttribute, newInstance, setInstanceAttribute } from '../../objects/instance.ts'
import { newFloat, newList, newSet, newText, newTuple, none } from '../../objects/make.ts'
import type { PyDict, PyFloat, PyInstance, PyList, PySet, PyTuple, PyType, Value } from '../../objects/object.ts'
import { SetTable } from '../../objects/set_table.ts'
import { dictType, floatType, listType, None, setType, tupleType } from '../../objects/types.ts'
import type { PyCode } from '../../vm/code.ts'
import { interpreter, sysAttribute } from '../../vm/interpreter.ts'
import { platform, S_IFDIR, S_IFMT, S_IFREG, SystemFault } from '../../vm/platform.ts'
import { timestamp } from '../posix/results.ts'

/*
 * The search for a module along `sys.path` or the path of a package (`PathFinder`), as far as it needs no Python code:
 * through directories that do not have the module, to the packed library.
 */

/** A compiled module. */
export interface CompiledModule {
  /** Its code, owned, made anew. */
  readonly code: () => Owned<PyCode>
  readonly isPackage: boolean
  /** The path of its source. */
  readonly file: string
}

/** The packed library as a place to search in. */
export interface PackedLibrary {
  readonly path: string
  /** Its directory as `zipimport` keeps it. */
  readonly files: PyDict
  readonly zipimporter: PyType
  /** The compiled module of this path, without suffix; `null` if there is none. */
  module(path: string): CompiledModule | null
  /** Whether the archive has anything of this path that importlib would look at. */
  has(path: string): boolean
}

/** A module of the library, and the finder that is its loader, borrowed. */
export interface FoundInPath extends CompiledModule {
  readonly finder: Value
}

let library: PackedLibrary | null = null

/** Lets the library take part in searches: to be called when `zipimport` is there, but no hook of its own. */
export function searchLibrary(packed: PackedLibrary): void {
  library = packed
  external = (interpreter.modules.data.get('_frozen_importlib_external') as PyModule).data.dict.data
  fileHook = (sysAttribute('path_hooks') as PyList).data[0]
}

/** The modification time of a directory as `FileFinder` keeps it. */
function modified(path: string): number {
  try {
    return timestamp(platform().files.stat(path, true).mtimeNs)
  } catch (error) {
    if (error instanceof SystemFault) return -1
    throw error
  }
}

/** The names in a directory as `FileFinder` keeps them; `undefined` where importlib must look itself. */
function listNames(path: string): Owned<PySet> | undefined {
  const table = new SetTable()
  try {
    for (const name of platform().files.list(path)) {
      if (typeof name !== 'string') return undefined
      table.add(newText(name))
    }
  } catch (error) {
    if (error instanceof SystemFault) return undefined
    throw error
  }
  return newSet(table)
}

/** Whether a `FileFinder` has nothing of this name; false where importlib must tell. */
function isElsewhere(finder: PyInstance, tail: string): boolean {
  const path = instanceAttribute(finder, 'path')
  const time = instanceAttribute(finder, '_path_mtime')
  const loaders = instanceAttribute(finder, '_loaders')
  if (typeof path !== 'string' || path === '' || instanceAttribute(finder, 'find_spec') !== undefined) return false
  if (typeof loaders !== 'object' || loaders.type !== listType) return false
  const now = modified(path)
  const known = typeof time === 'object' && time.type === floatType ? (time as PyFloat).data : time
  if (known !== now) {
    const names = now < 0 ? undefined : listNames(path)
    if (names === undefined) return false
    setInstanceAttribute(finder, '_path_cache', names)
    setInstanceAttribute(finder, '_path_mtime', newFloat(now))
  }
  const names = instanceAttribute(finder, '_path_cache')
  if (typeof names !== 'object' || names.type !== setType) return false
  const { data } = names as PySet
  if (data.has(tail)) return false
  for (const pair of (loaders as PyList).data) {
    if (typeof pair !== 'object' || pair.type !== tupleType) return false
    const suffix = (pair as PyTuple).data[0]
    if (typeof suffix !== 'string' || data.has(tail + suffix)) return false
  }
  return true
}

/** The finder that `zipimport` makes for a directory of the library. */
function zipFinder({ path, files, zipimporter }: PackedLibrary, inside: string): Owned<Value> {
  const finder = newInstance(zipimporter, undefined)
  setInstanceAttribute(finder, '_files', keep<Value>(files))
  setInstanceAttribute(finder, 'archive', newText(path))
  setInstanceAttribute(finder, 'prefix', newText(inside === '' ? '' : `${inside}/`))
  return finder
}

/** The type bits of what stands at a path, 0 for nothing. */
export function typeAt(path: string): number {
  try {
    return platform().files.stat(path, true).mode & S_IFMT
  } catch (error) {
    if (error instanceof SystemFault) return 0
    throw error
  }
}

/** What stands at a path, or at the nearest path above it where something stands. */
function nearestMode(path: string): { mode: number; isThere: boolean } {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const mode = at === '' ? 0 : typeAt(at)
    if (mode !== 0) return { mode, isThere: at === path }
    if (!at.includes('/')) return { mode: 0, isThere: false }
  }
}

/** The finder that the hooks of `sys.path_hooks` make for a place; None where none of them does. */
function makeFinder(entry: string, packed: PackedLibrary): Owned<Value> | undefined {
  const inside = entry.slice(packed.path.length + 1)
  if (entry === packed.path) return zipFinder(packed, '')
  if (entry.startsWith(`${packed.path}/`)) return PLAIN_PATH.test(inside) ? zipFinder(packed, inside) : undefined
  if (!entry.startsWith('/')) return undefined
  const { mode, isThere } = nearestMode(entry)
  // It may be an archive, or be in one.
  if (mode === S_IFREG) return undefined
  if (!isThere || mode !== S_IFDIR) return none()
  const pair = (suffix: string, loader: string) => newTuple([suffix, keep(external.get(loader)!)])
  const finder = newInstance(external.get('FileFinder') as PyType, undefined)
  const loaders = newList([pair('.py', 'SourceFileLoader'), pair('.pyc', 'SourcelessFileLoader')])
  setInstanceAttribute(finder, '_loaders', loaders)
  setInstanceAttribute(finder, 'path', newText(entry))
  setInstanceAttribute(finder, '_path_mtime', -1)
  setInstanceAttribute(finder, '_path_cache', newSet())
  setInstanceAttribute(finder, '_relaxed_path_cache', newSet())
  return finder
}

const PLAIN_PATH = /^[^/]+(\/[^/]+)*$/

/** `importlib._bootstrap_external`. */
let external: DictTable

/** The hook of `sys.path_hooks` that makes a `FileFinder`. */
let fileHook: Value | undefined

/** Whether `sys.path_hooks` has zipimport's hook and that of `FileFinder`, and nothing else. */
function hasStandardHooks({ zipimporter }: PackedLibrary): boolean {
  const list = sysAttribute('path_hooks')
  if (typeof list !== 'object' || list.type !== listType) return false
  const { data } = list as PyList
  return data.length === 2 && data[0] === (zipimporter as Value) && data[1] === fileHook
}

/** The finder of a place, entered into the cache (`PathFinder._path_importer_cache`); borrowed. */
function enterFinder(cache: PyDict, entry: string, packed: PackedLibrary): Value | undefined {
  const finder = hasStandardHooks(packed) ? makeFinder(entry, packed) : undefined
  if (finder !== undefined) cache.data.set(entry, finder)
  return finder
}

function currentDirectory(): string | undefined {
  try {
    const path = platform().files.getcwd()
    return typeof path === 'string' ? path : undefined
  } catch (error) {
    if (error instanceof SystemFault) return undefined
    throw error
  }
}

/** The prefix of a finder that searches the library; `undefined` for any other. */
function prefixIn({ path, files, zipimporter }: PackedLibrary, finder: PyInstance): string | undefined {
  if (finder.type !== zipimporter || instanceAttribute(finder, '_files') !== files) return undefined
  const prefix = instanceAttribute(finder, 'prefix')
  if (instanceAttribute(finder, 'archive') !== path || typeof prefix !== 'string') return undefined
  return instanceAttribute(finder, 'find_spec') === undefined ? prefix : undefined
}

/** Whether something in a directory is imported instead of a module of the library. */
function shadows(directory: string, name: Value, packed: PackedLibrary): boolean {
  if (typeof name !== 'string') return true
  const [stem, suffix] = name.split('.', 2) as [string, string?]
  if (!packed.has(stem)) return false
  if (suffix !== undefined) return suffix === 'py' || suffix === 'pyc'
  return ['py', 'pyc'].some((end) => typeAt(`${directory}/${name}/__init__.${end}`) === S_IFREG)
}

/** What was found out of the names in directories. */
const shadowing = new WeakMap<PySet, boolean>()

function anyShadows(directory: string, names: PySet, packed: PackedLibrary): boolean {
  let found = shadowing.get(names)
  if (found === undefined) {
    found = names.data.toKeys().some((name) => shadows(directory, name, packed))
    shadowing.set(names, found)
  }
  return found
}

/**
 * Whether modules of the library may not be what is imported by their names: where `sys.path` has anything in front of it
 * but directories without such names.
 */
export function isLibraryShadowed(): boolean {
  const path = sysAttribute('path')
  const cache = sysAttribute('path_importer_cache')
  if (library === null || typeof path !== 'object' || path.type !== listType) return true
  if (typeof cache !== 'object' || cache.type !== dictType) return true
  for (const item of (path as PyList).data) {
    const entry = item === '' ? currentDirectory() : item
    if (entry === library.path) return false
    if (typeof entry !== 'string') return true
    const finder = (cache as PyDict).data.get(entry) ?? enterFinder(cache as PyDict, entry, library)
    if (finder === None) continue
    if (typeof finder !== 'object' || finder.type !== external.get('FileFinder')) return true
    // It learns the names in passing.
    if (!isElsewhere(finder as PyInstance, '')) return true
    const names = instanceAttribute(finder as PyInstance, '_path_cache') as PySet
    if (anyShadows(entry, names, library)) return true
  }
  return true
}

/** Where a module is on a path: `null` if nowhere, `undefined` where only importlib can tell. */
export function searchPath(path: PyList, name: string): FoundInPath | null | undefined {
  const cache = sysAttribute('path_importer_cache')
  if (library === null || typeof cache !== 'object' || cache.type !== dictType) return undefined
  const tail = name.slice(name.lastIndexOf('.') + 1)
  const fileFinder = external.get('FileFinder')
  for (const item of path.data) {
    const entry = item === '' ? currentDirectory() : item
    if (typeof entry !== 'string') return undefined
    const finder = (cache as PyDict).data.get(entry) ?? enterFinder(cache as PyDict, entry, library)
    if (finder === None) continue
    if (typeof finder !== 'object') return undefined
    if (finder.type === fileFinder) {
      if (!isElsewhere(finder as PyInstance, tail)) return undefined
      continue
    }
    const prefix = prefixIn(library, finder as PyInstance)
    if (prefix === undefined) return undefined
    const found = library.module(prefix + tail)
    if (found !== null) return { finder, ...found }
    if (library.has(prefix + tail)) return undefined
  }
  return null
}
