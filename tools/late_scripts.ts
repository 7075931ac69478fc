import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BuildOptions, build, type Plugin } from 'esbuild'

/*
 * Parts of the virtual machine that no start needs are scripts of their own, which it neither reads nor keeps in memory;
 * what is used together stands together. The sources know nothing of it: in the main script functions and modules of the
 * same names stand for those of a late one and load it at their first use, and it is given what it needs of the main
 * script, each name once.
 */

/** A late script and its files, relative to the root. They export functions and modules (`ModuleDef`) only. */
interface LateScript {
  readonly name: string
  readonly files: readonly string[]
}

const lateScripts: readonly LateScript[] = [
  { name: 'unicode', files: ['src/base/unicode_names.ts', 'src/modules/unicodedata/module.ts'] },
  { name: 'decimal', files: ['src/modules/_decimal/module.ts'] },
  {
    name: 'compression',
    files: ['src/modules/zlib/module.ts', 'src/modules/_bz2/module.ts', 'src/modules/_lzma/module.ts'],
  },
  {
    name: 'modules',
    files: [
      'src/modules/_bisect.ts',
      'src/modules/_heapq.ts',
      'src/modules/_locale.ts',
      'src/modules/_opcode.ts',
      'src/modules/_operator/module.ts',
      'src/modules/_posixsubprocess.ts',
      'src/modules/_random.ts',
      'src/modules/_socket/module.ts',
      'src/modules/_sre/module.ts',
      'src/modules/_statistics.ts',
      'src/modules/_string.ts',
      'src/modules/_struct.ts',
      'src/modules/binascii/module.ts',
      'src/modules/fcntl.ts',
      'src/modules/hashes/digests_module.ts',
      'src/modules/itertools/module.ts',
      'src/modules/math.ts',
      'src/modules/select.ts',
    ],
  },
  {
    name: 'seldom',
    files: [
      'src/modules/_csv/module.ts',
      'src/modules/_hashlib/module.ts',
      'src/modules/array/module.ts',
      'src/modules/cmath.ts',
      'src/modules/hashes/blake2_module.ts',
      'src/modules/hashes/sha3_module.ts',
      'src/modules/mmap/module.ts',
      'src/modules/pwd.ts',
      'src/modules/resource.ts',
      'src/modules/termios/module.ts',
    ],
  },
]

/** The names that a late script needs of each file of the main one. */
type Needs = ReadonlyMap<string, readonly string[]>

const isRelative = /^\.\.?\//

function lateFiles(root: string): Map<string, { script: LateScript; index: number }> {
  return new Map(
    lateScripts.flatMap((script) => script.files.map((file, index) => [join(root, file), { script, index }] as const)),
  )
}

/** What stands in the main script for an export of a late file: `place` is the file's own exports. */
function standIn(name: string, value: unknown, place: string): string {
  const isFunction = typeof value === 'function' && !/^class\b/.test(String(value))
  if (isFunction) return `export const ${name} = (...args) => ${place}.${name}(...args)\n`
  const def = value as { name?: unknown; make?: unknown; fill?: unknown }
  if (typeof def.name !== 'string' || typeof def.make !== 'function' || typeof def.fill !== 'function') {
    throw new Error(`${name} of a late script is neither a function nor a module`)
  }
  const fields = [`name: ${JSON.stringify(def.name)}`]
  for (const method of ['make', 'fill']) fields.push(`${method}: (...args) => ${place}.${name}.${method}(...args)`)
  return `export const ${name} = { ${fields.join(', ')} }\n`
}

/** The text of a late file as the main script has it. */
async function standInFile(file: string, script: string, index: number): Promise<string> {
  const exports = (await import(pathToFileURL(file).href)) as Record<string, unknown>
  const lines = Object.entries(exports).map(([name, value]) => standIn(name, value, `load()[${index}]`))
  return `import { load } from ${JSON.stringify(`late:${script}`)}\n${lines.join('')}`
}

/** The text of what loads a late script, and gives it what it needs. */
function loaderText(script: string, needs: Needs): string {
  const imports: string[] = []
  const parts: string[] = []
  let count = 0
  for (const [file, names] of needs) {
    const own = names.map((name) => ({ name, local: `n${count++}` }))
    imports.push(`import { ${own.map(({ name, local }) => `${name} as ${local}`)} } from ${JSON.stringify(file)}\n`)
    parts.push(`{ ${own.map(({ name, local }) => `${name}: ${local}`).join(', ')} }`)
  }
  const call = `TAIPAN_LATE(${JSON.stringify(script)}, [${parts.join(', ')}])`
  return `${imports.join('')}let modules\nexport const load = () => (modules ??= ${call})\n`
}

/** Lets late files be loaded late by the main script. */
function lateStandIns(root: string, needs: ReadonlyMap<string, Needs> = new Map()): Plugin {
  const late = lateFiles(root)
  return {
    name: 'late-stand-ins',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: isRelative }, ({ path, resolveDir }) => {
        const file = resolve(resolveDir, path)
        return late.has(file) ? { path: file, namespace: 'late-file' } : undefined
      })
      onResolve({ filter: /^late:/ }, ({ path }) => ({ path, namespace: 'late-loader' }))
      onLoad({ filter: /./, namespace: 'late-file' }, async ({ path }) => {
        const { script, index } = late.get(path)!
        return { contents: await standInFile(path, script.name, index), resolveDir: dirname(path) }
      })
      onLoad({ filter: /./, namespace: 'late-loader' }, ({ path }) => {
        const script = path.slice('late:'.length)
        return { contents: loaderText(script, needs.get(script) ?? new Map()), resolveDir: root }
      })
    },
  }
}

/** The entry of a late script: the exports of its files, in order. */
function entryText({ files }: LateScript): string {
  const imports = files.map((file, i) => `import * as m${i} from ${JSON.stringify(`./${file}`)}\n`)
  return `${imports.join('')}export const modules = [${files.map((_, i) => `m${i}`).join(', ')}]\n`
}

/** Takes files of the main script from it: as imports that are left, or as constants that it has given (`needs`). */
function mainImports(main: ReadonlySet<string>, needs: Needs | null): Plugin {
  return {
    name: 'main-imports',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: isRelative }, ({ path, resolveDir }) => {
        const file = resolve(resolveDir, path)
        if (!main.has(file)) return undefined
        return needs === null ? { path: file, external: true } : { path: file, namespace: 'main' }
      })
      onLoad({ filter: /./, namespace: 'main' }, ({ path }) => {
        const index = [...needs!.keys()].indexOf(path)
        const names = needs!.get(path) ?? []
        return { contents: names.map((name) => `export const ${name} = TAIPAN_MAIN[${index}].${name}\n`).join('') }
      })
    },
  }
}

/** The names that an import as esbuild writes it takes from a file: those in braces, or all. */
async function namesOf(what: string, file: string): Promise<string[]> {
  if (what.startsWith('*')) return Object.keys((await import(pathToFileURL(file).href)) as object)
  const list = /^\{(.*)\}$/s.exec(what)?.[1]
  if (list === undefined) throw new Error(`${file}: an import that is not known: ${what}`)
  const names = list.split(',').map((item) => item.trim().split(' as ')[0]!)
  return names.filter((name) => name !== '')
}

/** The names in the imports of a module that esbuild has written, by file. Throws for names that stand for variables. */
async function importedNames(text: string): Promise<Needs> {
  const needs = new Map<string, string[]>()
  for (const [, what, file] of text.matchAll(/^import (?:(\S[^"]*) from )?"([^"]+)";$/gm)) {
    if (!file!.startsWith('/')) continue
    const names = what === undefined ? [] : await namesOf(what, file!)
    for (const [, variable] of readFileSync(file!, 'utf8').matchAll(/^export let (\w+)/gm)) {
      if (names.includes(variable!)) throw new Error(`${file}: ${variable} is a variable, which no late script can see`)
    }
    needs.set(file!, [...new Set([...(needs.get(file!) ?? []), ...names])])
  }
  return needs
}

/** The files that a bundle is made of. */
async function filesOf(options: BuildOptions, root: string): Promise<Set<string>> {
  const { metafile } = await build({ ...options, write: false, metafile: true, sourcemap: false })
  return new Set(Object.keys(metafile!.inputs).map((file) => resolve(root, file)))
}

/**
 * Bundles a main script and its late ones. `options` are those of the main script; the late ones get the same, their names
 * in its directory, and are functions of `require`, their path and what the main script gives them.
 */
export async function bundleWithLateScripts(root: string, options: BuildOptions): Promise<void> {
  const main = await filesOf({ ...options, plugins: [lateStandIns(root)] }, root)
  const needs = new Map<string, Needs>()
  for (const script of lateScripts) {
    const stdin = { contents: entryText(script), resolveDir: root }
    const { entryPoints: _, outfile: __, banner: ___, footer: ____, ...rest } = options
    const plugins = [mainImports(main, null)]
    const probe = { ...rest, stdin, plugins, format: 'esm', minify: false, sourcemap: false, write: false } as const
    const { outputFiles } = await build(probe)
    needs.set(script.name, await importedNames(outputFiles[0]!.text))
    const { warnings } = await build({
      ...rest,
      stdin,
      plugins: [mainImports(main, needs.get(script.name)!)],
      outfile: join(dirname(options.outfile!), `${script.name}.cjs`),
      banner: { js: '(function (require, TAIPAN_PATH, TAIPAN_MAIN) { const module = { exports: {} };' },
      footer: { js: 'return module.exports.modules })' },
    })
    if (warnings.length > 0) throw new Error(`the script ${script.name} lacks what it needs`)
  }
  await build({ ...options, plugins: [lateStandIns(root, needs)] })
}
