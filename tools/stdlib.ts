/**
 * CPython's library as the development dependency `pyodide` carries it: the unmodified Python files of 3.11.3,
 * without the modules that are Pyodide's own.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const archive = join(root, 'node_modules/pyodide/python_stdlib.zip')
const unpacked = join(root, 'build/Lib')

/** Whether a path of the archive is CPython's and not Pyodide's. */
export function isLibraryFile(name: string): boolean {
  return name.endsWith('.py') && !/^_?pyodide\/|^_sysconfigdata__emscripten/.test(name)
}

/** The library's files by path, in the order of their paths. */
export function libraryFiles(): Map<string, Uint8Array> {
  const entries = unzipSync(readFileSync(archive), { filter: (file) => isLibraryFile(file.name) })
  return new Map(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The modules of our own in Python, which stand beside CPython's in the packed library: what the archive lacks. */
export function ownFiles(): Map<string, Uint8Array> {
  const folder = join(root, 'library')
  const names = readdirSync(folder, { encoding: 'utf8' })
    .filter((name) => name.endsWith('.py'))
    .sort()
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]))
}

/** The folder `build/Lib` with the library unpacked in it; unpacks it the first time. */
export function unpackLibrary(): string {
  if (existsSync(unpacked)) return unpacked
  const partial = `${unpacked}.${process.pid}`
  for (const [name, data] of libraryFiles()) {
    const path = join(partial, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, data)
  }
  if (existsSync(unpacked)) rmSync(partial, { recursive: true })
  else renameSync(partial, unpacked)
  return unpacked
}
