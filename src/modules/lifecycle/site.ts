import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { getAttr } from '../../objects/attributes.ts'
import type { PyModule } from '../../objects/define_module.ts'
import { newInstance, setInstanceAttribute } from '../../objects/instance.ts'
import { newList, newText, none } from '../../objects/make.ts'
import type { PyList, PyType, Value } from '../../objects/object.ts'
import { call, callMethod } from '../../objects/protocols.ts'
import { listType } from '../../objects/types.ts'
import type { PyFunction } from '../../vm/function.ts'
import { importModule } from '../../vm/import.ts'
import { interpreter, setSysAttribute, sysAttribute } from '../../vm/interpreter.ts'
import { platform, S_IFDIR, S_IFREG, SystemFault } from '../../vm/platform.ts'
import { newFlags } from '../sys/info.ts'
import { versionDirectory } from '../sys/version.ts'
import { deferBuiltin } from './builtin_import.ts'
import { canDefer, deferImport } from './deferred_import.ts'
import { hasOtherFinders } from './import_guard.ts'
import { searchPath, typeAt } from './path_search.ts'

/*
 * `site` as the start of Python runs it. In a plain environment (no `pyvenv.cfg`, `.pth` files or customisation, paths
 * that are what they seem) its `main` does little, but needs `os` and all that `os` imports. There the same is done here,
 * and those modules are deferred.
 */

/** What is known before anything is changed. */
interface Plain {
  /** `sys.path` with the directories for packages. */
  readonly path: readonly string[]
  readonly userBase: string
  readonly userSite: string
  readonly enableUserSite: boolean | null
}

/** Whether `os.path.abspath` gives a path back as it is. */
const isNormal = (path: string): boolean => NORMAL.test(path)
const NORMAL = /^(?:\/(?!\.{1,2}(?:\/|$))[\x01-\x2e\x30-\x7f]+)+$/

/** Whether a directory has files that `site` would have to read, or cannot be looked through. */
function hasPthFiles(directory: string): boolean {
  try {
    return platform()
      .files.list(directory)
      .some((name) => typeof name !== 'string' || name.endsWith('.pth'))
  } catch (error) {
    if (error instanceof SystemFault) return true
    throw error
  }
}

/** `check_enableusersite`. */
function checkEnableUserSite(): boolean | null {
  if (interpreter.config.flags.noUserSite !== 0) return false
  const { uid, euid, gid, egid } = platform().processes.users!
  return uid === euid && gid === egid ? true : null
}

/** `getuserbase`; `undefined` where it is not plain. */
function getUserBase(): string | undefined {
  const { processes } = platform()
  const given = processes.variable('PYTHONUSERBASE')
  if (given !== undefined && given !== '') return undefined
  const home = processes.variable('HOME')
  return typeof home === 'string' && isNormal(home) ? `${home}/.local` : undefined
}

/** The entries of `sys.path`; `undefined` if `removeduppaths` would change them. */
function searchedPaths(): string[] | undefined {
  const list = sysAttribute('path')
  if (typeof list !== 'object' || list.type !== listType) return undefined
  const entries: string[] = []
  for (const entry of (list as PyList).data) {
    if (typeof entry !== 'string' || !isNormal(entry) || entries.includes(entry)) return undefined
    entries.push(entry)
  }
  return entries
}

/** What `main` would find; `undefined` where it must look itself. */
function lookAround(): Plain | undefined {
  const { executable, prefix, execPrefix, platlibdir, stdlibDir } = interpreter.config
  const path = searchedPaths()
  if (path === undefined || platform().processes.users === null) return undefined
  if (![executable, prefix, execPrefix, stdlibDir ?? ''].every(isNormal) || platlibdir !== 'lib') return undefined
  const bin = executable.slice(0, executable.lastIndexOf('/'))
  for (const place of [bin, bin.slice(0, bin.lastIndexOf('/'))]) {
    if (typeAt(`${place}/pyvenv.cfg`) === S_IFREG) return undefined
  }
  const userBase = getUserBase()
  if (userBase === undefined) return undefined
  const sitePackages = (base: string) => `${base}/lib/${versionDirectory}/site-packages`
  const userSite = sitePackages(userBase)
  const enableUserSite = checkEnableUserSite()
  for (const place of [...(enableUserSite ? [userSite] : []), sitePackages(prefix), sitePackages(execPrefix)]) {
    if (path.includes(place) || typeAt(place) !== S_IFDIR) continue
    if (hasPthFiles(place)) return undefined
    path.push(place)
  }
  return { path, userBase, userSite, enableUserSite }
}

/** Whether there is nothing to be imported that customises Python; `sys.path` is the one that it would be searched in. */
function isUncustomised(enableUserSite: boolean | null): boolean {
  const path = sysAttribute('path') as PyList
  if (hasOtherFinders() || searchPath(path, 'sitecustomize') !== null) return false
  return !enableUserSite || searchPath(path, 'usercustomize') === null
}

/** Enters what `site` imports: `os`, and what that imports. */
function deferOs(): boolean {
  const { data } = interpreter.modules
  deferBuiltin('_stat')
  for (const name of ['stat', '_collections_abc', 'genericpath', 'posixpath']) if (!deferImport(name)) return false
  data.set('os.path', keep(data.get('posixpath')!))
  return deferImport('os')
}

/** Imports `site` without running `main`. */
function importWithoutMain(): Owned<PyModule> {
  const flags = keep(sysAttribute('flags')!)
  setSysAttribute('flags', newFlags(1))
  try {
    return importModule('site') as Owned<PyModule>
  } finally {
    setSysAttribute('flags', flags)
  }
}

/** The text that `credits` prints: the longest among the constants of `setcopyright`. */
function creditsText(site: PyModule): Owned<Value> {
  const { consts } = (site.data.dict.data.get('setcopyright') as PyFunction).data.code.data
  let longest = ''
  for (const value of consts) if (typeof value === 'string' && value.length > longest.length) longest = value
  return longest
}

/** A `_Printer` with the files in which `license` looks, which its own initialisation would join with `os.path`. */
function newPrinter(type: Value, name: string, text: Owned<Value>, files: readonly string[]): Owned<Value> {
  const printer = newInstance(type as PyType, undefined)
  setInstanceAttribute(printer, '_Printer__name', name)
  setInstanceAttribute(printer, '_Printer__data', text)
  setInstanceAttribute(printer, '_Printer__lines', none())
  setInstanceAttribute(printer, '_Printer__filenames', newList(files.map(newText)))
  return printer
}

/** The builtins that `site` adds (`setquit`, `setcopyright`, `sethelper`). */
function setBuiltins(site: PyModule): void {
  const module = getAttr(site, '_sitebuiltins')
  const { data } = (module as Owned<PyModule>).data.dict
  const [quitter, printer, helper] = ['Quitter', '_Printer', '_Helper'].map((name) => data.get(name)!)
  const builtins = interpreter.builtins!.data
  for (const name of ['quit', 'exit']) builtins.set(name, call(quitter!, [name, 'Ctrl-D (i.e. EOF)']))
  const { stdlibDir } = interpreter.config
  const places = [`${stdlibDir}/..`, stdlibDir, '.']
  const files = places.flatMap((place) => [`${place}/LICENSE.txt`, `${place}/LICENSE`])
  builtins.set('copyright', newPrinter(printer!, 'copyright', keep(sysAttribute('copyright')!), []))
  builtins.set('credits', newPrinter(printer!, 'credits', creditsText(site), []))
  builtins.set('license', newPrinter(printer!, 'license', 'See https://www.python.org/psf/license/', files))
  builtins.set('help', call(helper!, []))
  drop(module)
}

/** Imports `site` and does what its `main` would do; false where it must run itself. */
function importPlainly(): boolean {
  const plain = canDefer() ? lookAround() : undefined
  if (plain === undefined) return false
  const { path, userBase, userSite, enableUserSite } = plain
  const list = sysAttribute('path') as PyList
  for (const entry of path.slice(list.data.length)) list.data.push(newText(entry))
  if (!isUncustomised(enableUserSite) || !deferOs()) return false
  const site = importWithoutMain()
  setSysAttribute('_home', none())
  const { data } = site.data.dict
  data.set('ENABLE_USER_SITE', enableUserSite ?? none())
  data.set('USER_BASE', newText(userBase))
  data.set('USER_SITE', newText(userSite))
  setBuiltins(site)
  if (interpreter.config.flags.isolated === 0) drop(callMethod(site, 'enablerlcompleter', []))
  drop(site)
  return true
}

/** Imports `site`, which completes `sys.path` and the builtins (`init_import_site`). */
export function importSite(): void {
  if (!importPlainly()) drop(importModule('site'))
}
