/** Builds the package into `dist/`: the bundles, their types, and the library of CPython compiled by Taipan itself. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build } from 'esbuild'
import { type Zippable, zipSync } from 'fflate'
import type { CodeObject } from '../src/bytecode/code.ts'
import { loads } from '../src/bytecode/marshal_read.ts'
import { packModule } from '../src/vm/deepfreeze_pack.ts'
import { frozenCodeNames } from '../src/vm/frozen.ts'
import { packFrozen } from '../src/vm/frozen_archive.ts'
import { libraryDirectory } from '../src/vm/library_directory.ts'
import { builtinDocs } from './docs.ts'
import { bundleWithLateScripts } from './late_scripts.ts'
import { libraryFiles, ownFiles, unpackLibrary } from './stdlib.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')

/** One zip with every library module, source and `.pyc`; unchecked hashes, since the two never part. */
async function packLibrary(): Promise<Uint8Array> {
  const { compile, writePyc } = (await import(
    pathToFileURL(join(dist, 'compiler.mjs')).href
  )) as typeof import('../src/entry/compiler.ts')
  const files: Zippable = {}
  const fixed = { mtime: new Date(1980, 0, 1) }
  for (const [name, source] of [...libraryFiles(), ...ownFiles()]) {
    const code = compile(source, { filename: name })
    files[name] = [source, fixed]
    files[`${name}c`] = [writePyc(code, { mode: 'unchecked-hash', source }), fixed]
  }
  // Stored: what is imported is then read at its place, and npm compresses the package anyway.
  return zipSync(files, { level: 0 })
}

/** Modules that do something when they are imported, or are no modules of their own. */
const NOT_IMPORTED = /^(antigravity|this|turtle|idlelib|lib2to3|tkinter|ctypes|test)\b|__main__|^encodings\b/

/** What `re` makes of the patterns that the library's modules compile: see `tools/record_patterns.py`. */
function packPatterns(): string {
  const modules = [...libraryFiles().keys()]
    .map((path) => path.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.'))
    .filter((name) => !NOT_IMPORTED.test(name))
  const script = join(root, 'tools/record_patterns.py')
  const run = spawnSync(process.execPath, [join(dist, 'cli.js'), '-B', script, ...modules], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
  })
  if (run.status !== 0) throw new Error('the patterns of the library cannot be recorded')
  return run.stdout
}

/** The code of the modules that CPython freezes, and images of these and of the library's, in one piece of data. */
async function packFrozenModules(zip: Uint8Array): Promise<Uint8Array> {
  const { compile, marshal } = (await import(
    pathToFileURL(join(dist, 'compiler.mjs')).href
  )) as typeof import('../src/entry/compiler.ts')
  const image = (marshalled: Uint8Array) => packModule(loads(marshalled) as CodeObject)
  const library = libraryFiles()
  const codes = new Map<string, Uint8Array>()
  for (const name of frozenCodeNames) {
    const path = (name === '__hello_only__' ? '__hello__' : name).replaceAll('.', '/')
    // The parts of `__phello__` that the archive lacks are empty files.
    const source = library.get(`${path}.py`) ?? library.get(`${path}/__init__.py`) ?? new Uint8Array(0)
    codes.set(name, marshal.dumps(compile(source, { filename: `<frozen ${name}>` })))
  }
  const images = new Map([...codes].map(([name, code]) => [name, image(code)]))
  for (const [path, source] of [...library, ...ownFiles()]) {
    images.set(path, image(marshal.dumps(compile(source, { filename: path }))))
  }
  return packFrozen(codes, images, libraryDirectory(zip), await builtinDocs())
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(11)
}

/** Modules that run much of what starts a program. */
const COMMON_IMPORTS = 'import json, re, dataclasses, typing, asyncio'

/** Modules that need the late scripts which those do not. */
const LATE_IMPORTS =
  "import array, csv, decimal, hashlib, unicodedata, zlib, bz2, lzma; decimal.Decimal('0.1') + 1; unicodedata.name('a')"

/** What all bundles have in common. */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'neutral',
  external: ['node:*'] as string[],
  target: 'es2022',
  minify: true,
  keepNames: false,
  sourcemap: true,
  legalComments: 'none',
  logLevel: 'warning',
} as const

const names = { TAIPAN_UNICODE_NAMES: '"./unicode-names.mjs"' }

/** Bundles entries into modules in `dist/`; what they load later stands in modules of its own. */
async function bundleModules(entryPoints: Record<string, string>): Promise<void> {
  await build({
    ...common,
    entryPoints,
    define: names,
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    splitting: true,
    chunkNames: '[name]-[hash]',
    format: 'esm',
  })
}

/** How a CommonJS module knows its directory, and what stands beside it. */
const moduleNames = { 'import.meta.dirname': '__dirname', TAIPAN_TOOLS: '"./tools.mjs"' }

/**
 * What a script begins and ends with that `runScript` runs from a cache of its code: a function of how modules are loaded,
 * the script's path, and what is to be called at the end.
 */
const scriptFunction = {
  define: { ...names, 'import.meta.url': 'TAIPAN_PATH' },
  banner: { js: '(function (require, TAIPAN_PATH, TAIPAN_DONE, TAIPAN_LATE) {' },
  footer: { js: '})' },
} as const

/**
 * How an entry is bundled into a script. Nothing is shaken out of it: what the virtual machine is put together from
 * registers itself when it is loaded.
 */
const scriptOptions = (entry: string, outfile: string, how: BuildOptions): BuildOptions => ({
  ...common,
  entryPoints: [entry],
  outfile,
  ignoreAnnotations: true,
  format: 'cjs',
  charset: 'ascii',
  ...how,
})

/** Says what the files named `.js` and `.d.ts` in a directory of `dist/` are. */
function writeScope(directory: string, type: 'commonjs' | 'module'): void {
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify({ type, sideEffects: false })}\n`)
}

async function main(): Promise<void> {
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist, { recursive: true })
  await bundleModules({ compiler: 'src/entry/compiler.ts', 'unicode-names': 'src/base/unicode_names.ts' })
  await bundleModules({ tools: 'src/entry/node_tools.ts' })
  // Node takes less time to load a command that is a CommonJS module.
  writeScope(dist, 'commonjs')
  await build(scriptOptions('src/entry/node_cli.ts', 'dist/cli.js', { define: moduleNames }))
  await build(scriptOptions('src/entry/node_thread.ts', 'dist/python_thread.cjs', {}))
  await bundleWithLateScripts(root, scriptOptions('src/entry/node_python.ts', 'dist/python.cjs', scriptFunction))
  chmodSync(join(dist, 'cli.js'), 0o755)
  const types = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  if (types.status !== 0) process.exit(types.status ?? 1)
  writeScope(join(dist, 'types'), 'module')
  unpackLibrary()
  const library = await packLibrary()
  mkdirSync(join(dist, 'lib'))
  writeFileSync(join(dist, 'lib/python311.zip'), library)
  const frozen = await packFrozenModules(library)
  writeFileSync(join(dist, 'lib/frozen.bin'), frozen)
  const patterns = packPatterns()
  writeFileSync(join(dist, 'lib/patterns.json'), patterns)
  for (const name of readdirSync(dist)) if (name.endsWith('.cache')) rmSync(join(dist, name))
  // The first run leaves the code that V8 has compiled: that of imports too, which most programs need.
  for (const program of [COMMON_IMPORTS, LATE_IMPORTS]) {
    spawnSync(process.execPath, [join(dist, 'cli.js'), '-c', program], { stdio: 'inherit' })
  }
  const single = await build({
    absWorkingDir: root,
    entryPoints: ['src/entry/compiler.ts'],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    minify: true,
    write: false,
    // loaded apart, and only by programs that use them
    external: ['../base/unicode_names.ts'],
    logLevel: 'warning',
  })
  console.log(`taipan/compiler  ${kilobytes(single.outputFiles[0]!.contents.length)} minified`)
  console.log(
    `                 ${kilobytes(gzipSync(single.outputFiles[0]!.contents, { level: 9 }).length)} compressed`,
  )
  console.log(`python311.zip    ${kilobytes(library.length)}`)
  console.log(`frozen.bin       ${kilobytes(frozen.length)}`)
  console.log(`patterns.json    ${kilobytes(patterns.length)}`)
}

await main()
