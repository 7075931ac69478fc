import { CodeObject } from '../../bytecode/code.ts'
import { loads } from '../../bytecode/marshal_read.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { utf16 } from '../../objects/access.ts'
import { getAttr } from '../../objects/attributes.ts'
import { builtinFunction } from '../../objects/define.ts'
import { newDict, newText, newTuple } from '../../objects/make.ts'
import { newObject, type PyDict, type PyType, type Value } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { dictType, tupleType, typeOf } from '../../objects/types.ts'
import { newCode } from '../../vm/code.ts'
import { frozenModuleCode } from '../../vm/deepfreeze.ts'
import { interpreter, type LibraryDirectory, type LibraryRow } from '../../vm/interpreter.ts'
import { moduleCompletions } from '../../vm/module_completions.ts'
import { SystemFault } from '../../vm/platform.ts'
import { KeptFile } from '../../vm/system.ts'
import { LOCAL_HEADER_SIZE } from '../../vm/zip_directory.ts'
import { useCompiledPatterns } from './compiled_patterns.ts'
import { watchNames } from './import_guard.ts'
import { type CompiledModule, searchLibrary } from './path_search.ts'

/*
 * The packed standard library: a zip archive that `zipimport` serves as any other, except that its directory is known
 * from the build and its compiled modules are fetched here, without Python code for each.
 */

/** In a row: how the file is compressed, 0 for not at all. */
const METHOD = 1

/** Bytes of a `.pyc` before the code. */
const PYC_HEADER_SIZE = 16

/** The descriptor of the library: the highest that there can be. */
const LIBRARY_FD = 65535

/** The archive and its directory. */
class Library {
  readonly path: string
  private readonly file: KeptFile
  readonly entries = new Map<string, LibraryRow>()

  constructor(path: string, file: KeptFile, { files }: LibraryDirectory) {
    this.path = path
    this.file = file
    for (let i = 0; i < files.length; i++) this.entries.set(files[i]![0], files[i]!)
  }

  /** The stored bytes of an entry. */
  data([name, , , size, offset]: LibraryRow): Uint8Array {
    const start = LOCAL_HEADER_SIZE + name.length
    const bytes = this.file.read(offset, start + size)
    const extra = bytes[28]! | (bytes[29]! << 8)
    return extra === 0 ? bytes.subarray(start) : this.file.read(offset + start + extra, size)
  }
}

function openLibrary(path: string): Library | null {
  try {
    const file = KeptFile.open(path, LIBRARY_FD)
    const { library } = interpreter.frozen
    return library === null || library.size !== file.size ? null : new Library(path, file, library)
  } catch (error) {
    if (error instanceof SystemFault) return null
    throw error
  }
}

/** The directory as `zipimport` keeps it: a tuple for each name. */
function directoryDict({ path, entries }: Library): Owned<PyDict> {
  const dict = newDict()
  const isPlain = typeof newText(path) === 'string'
  entries.forEach((row, name) => {
    const file = `${path}/${name}`
    const items: Owned<Value>[] = row.slice()
    items[0] = isPlain ? file : newText(file)
    // No part of a cycle: the collector need not watch a thousand of them.
    dict.data.set(name, newObject(tupleType, items))
  })
  return dict
}

/** Gives a code object, and those nested in it, the name of the file that its module's source has in the archive. */
function setFilename(code: CodeObject, filename: string): void {
  ;(code as { co_filename: unknown }).co_filename = filename
  for (const constant of code.co_consts) if (constant instanceof CodeObject) setFilename(constant, filename)
}

const searchOrder = [
  { suffix: '/__init__.py', isPackage: true },
  { suffix: '.py', isPackage: false },
] as const

/** A compiled module by its path without suffix; `null` if the library has none of this path. */
function compiledModule(library: Library, path: string): CompiledModule | null {
  for (const { suffix, isPackage } of searchOrder) {
    const entry = library.entries.get(`${path}${suffix}c`)
    if (entry === undefined || entry[METHOD] !== 0) continue
    const filename = `${library.path}/${path}${suffix}`
    const compiled = () => {
      const code = loads(library.data(entry).subarray(PYC_HEADER_SIZE), true) as CodeObject
      setFilename(code, filename)
      return code
    }
    const code = () => {
      const image = interpreter.frozen.image(`${path}${suffix}`)
      return image === null ? newCode(compiled()) : frozenModuleCode(image, filename, compiled)
    }
    return { code, isPackage, file: filename }
  }
  return null
}

/** What `zipimport._get_module_code` gives for a compiled module of the library; `null` if it has none. */
function moduleCode(library: Library, prefix: string, fullname: string): Owned<Value> | null {
  const found = compiledModule(library, prefix + fullname.slice(fullname.lastIndexOf('.') + 1))
  return found === null ? null : newTuple([found.code(), found.isPackage, newText(found.file)])
}

/** Whether there is a file or directory from which the module of a path could be imported. */
function hasModule({ entries }: Library, path: string): boolean {
  for (const { suffix } of searchOrder) if (entries.has(path + suffix) || entries.has(`${path}${suffix}c`)) return true
  return entries.has(`${path}/`)
}

function textAttribute(owner: Value, name: string): string {
  const value = getAttr(owner, name)
  const text = utf16(value)
  drop(value)
  return text
}

/** What an import of a module of the library would run. */
const USED_OF_ZIPIMPORT = ['zipimporter', '_get_module_info', '_get_module_path', '_is_dir', '_get_module_code']

/** Puts our reading of the library into `zipimport`. */
function completeZipimport(library: Library, namespace: PyDict): void {
  const { data } = namespace
  const cache = data.get('_zip_directory_cache')
  const original = data.get('_get_module_code')
  if (cache === undefined || original === undefined || typeOf(cache) !== dictType) return
  const files = directoryDict(library)
  ;(cache as PyDict).data.set(newText(library.path), files)
  const fallback = keep(original)
  const getModuleCode = builtinFunction(
    '_get_module_code(self, fullname, /)',
    (self, fullname): Owned<Value> => {
      if (textAttribute(self, 'archive') === library.path) {
        const found = moduleCode(library, textAttribute(self, 'prefix'), utf16(fullname))
        if (found !== null) return found
      }
      return call(fallback, [self, fullname])
    },
    'zipimport',
  )
  data.set('_get_module_code', getModuleCode)
  watchNames(namespace, USED_OF_ZIPIMPORT)
  searchLibrary({
    path: library.path,
    files,
    zipimporter: data.get('zipimporter') as PyType,
    module: (path) => compiledModule(library, path),
    has: (path) => hasModule(library, path),
  })
}

/** Makes an archive the packed library: to be called before the interpreter starts. False where it cannot be read. */
export function useLibrary(path: string): boolean {
  const library = openLibrary(path)
  if (library === null) return false
  moduleCompletions.set('zipimport', (namespace) => completeZipimport(library, namespace))
  useCompiledPatterns(path)
  return true
}
