/**
 * The floors of ARCHITECTURE.md: a file imports from its own folder, or from a folder on a lower floor; `node:*` is
 * for the Node host alone, and a library for the folder that wraps it; no file takes part in an import cycle. Types may refer to each other in circles within a
 * floor (`import type`): nothing is left of that at run time.
 */
import { readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sourceFiles } from '../source_files.ts'

/** The folders of `src/`, lowest floor first. */
export const floors = [
  'base',
  'source',
  'tokens',
  'ast',
  'parser',
  'symbols',
  'bytecode',
  'compiler',
  'memory',
  'objects',
  'vm',
  'modules',
  'jit',
  'host',
  'entry',
]

/** Libraries that are bundled, each with the folder that may import it. */
const libraries: Readonly<Record<string, string>> = { pako: 'modules/zlib' }

const importPattern =
  /^\s*(?:import|export)\b[^'"]*?from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm

/** The module specifiers that a source text imports or re-exports, in order. */
export function importsOf(text: string): string[] {
  return [...text.matchAll(importPattern)].map((m) => m[1] ?? m[2] ?? m[3]!)
}

const typeImportPattern = /^\s*(?:import|export)\s+type\b[^'"]*?from\s*['"]([^'"]+)['"]/gm

/** The specifiers of `importsOf` that are still there at run time. */
export function runTimeImportsOf(text: string): string[] {
  return importsOf(text.replace(typeImportPattern, ''))
}

/** Sentences about every breach of the floors below `root`, a folder laid out as `src/`. */
export function floorBreaches(root: string): string[] {
  const breaches: string[] = []
  const graph = new Map<string, string[]>()
  for (const path of sourceFiles([root], '.ts')) {
    const file = relative(root, path)
    const isTest = file.endsWith('.test.ts')
    const floor = floors.indexOf(file.split('/')[0]!)
    if (floor < 0) breaches.push(`${file}: stands in no folder of the floors`)
    const text = readFileSync(path, 'utf8')
    for (const name of importsOf(text)) {
      if (!name.startsWith('.')) {
        const owner = libraries[name] ?? 'host/node'
        if (!isTest && !file.startsWith(`${owner}/`)) breaches.push(`${file}: imports '${name}'; only ${owner} may`)
        continue
      }
      const target = normalize(join(dirname(file), name))
      const targetFloor = floors.indexOf(target.split('/')[0]!)
      if (targetFloor > floor) breaches.push(`${file}: imports ${target}, which is on a higher floor`)
    }
    if (isTest) continue
    const targets = runTimeImportsOf(text).filter((name) => name.startsWith('.'))
    graph.set(
      file,
      targets.map((name) => normalize(join(dirname(file), name))),
    )
  }
  return [...breaches, ...cycles(graph)]
}

function cycles(graph: Map<string, string[]>): string[] {
  const found: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const trail: string[] = []
  const visit = (file: string) => {
    state.set(file, 'open')
    trail.push(file)
    for (const next of graph.get(file) ?? []) {
      if (state.get(next) === 'open') found.push(`cycle: ${[...trail.slice(trail.indexOf(next)), next].join(' → ')}`)
      else if (!state.has(next)) visit(next)
    }
    trail.pop()
    state.set(file, 'done')
  }
  for (const file of graph.keys()) if (!state.has(file)) visit(file)
  return found
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const breaches = floorBreaches('src')
  for (const breach of breaches) console.error(breach)
  console.log(`floors: ${breaches.length} breaches`)
  process.exit(breaches.length > 0 ? 1 : 0)
}
