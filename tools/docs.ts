/** The docstrings of CPython's builtins, which are nobody's to copy by hand: taken from the development dependency `pyodide`. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundledPython } from './reference/python.ts'

const path = join(import.meta.dirname, '../build/docs.json')

/** The docstrings by name (`list.append`); asks for them the first time. */
export async function builtinDocs(): Promise<ReadonlyMap<string, string>> {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true })
    const python = await bundledPython()
    await python.run(join(import.meta.dirname, 'reference/docs.py'), [path])
  }
  return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>))
}
