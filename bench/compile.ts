/**
 * Compiling all of a library: Taipan beside the fastest CPython 3.11 of the machine, in turn, in one run.
 *
 *   npm run bench [-- --tree DIR --runs N]
 *
 * cold: `taipan --compile -f -q DIR` against `python3.11 -m compileall -j 1 -f -q DIR`, whole processes.
 * warm: source text to `.pyc` bytes in memory, the second and later passes over all files in one process.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { sourceFiles } from '../tools/source_files.ts'
import { unpackLibrary } from '../tools/stdlib.ts'

const here = dirname(fileURLToPath(import.meta.url))
const dist = join(here, '../dist')

function seconds(run: () => void): number {
  const start = process.hrtime.bigint()
  run()
  return Number(process.hrtime.bigint() - start) / 1e9
}

function command(name: string, args: readonly string[]): string {
  const result = spawnSync(name, args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (result.error) throw result.error
  return result.stdout
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

/** The installed CPythons 3.11, by resolved path. */
function pythons(): string[] {
  const found = new Set<string>()
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const probe =
      'import platform,sys;v=sys.version_info;assert v[:2]==(3,11) and platform.python_implementation()=="CPython";print(sys.executable)'
    const run = spawnSync(join(folder, 'python3.11'), ['-I', '-c', probe], { encoding: 'utf8' })
    if (run.status === 0) found.add(run.stdout.trim())
  }
  return [...found]
}

const pythonWarm = `
import marshal, sys, time, warnings
warnings.simplefilter("ignore")
files = []
for path in open(sys.argv[1]).read().split("\\n"):
    with open(path, "rb") as f:
        files.append((path, f.read()))
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    for path, source in files:
        try:
            marshal.dumps(compile(source, path, "exec", 0, True, 0))
        except (SyntaxError, ValueError):
            pass
    print(time.perf_counter() - start)
`

function warm(python: string, files: readonly string[], passes: number): { taipan: number[]; python: number[] } {
  const folder = mkdtempSync(join(tmpdir(), 'taipan-bench-'))
  const list = join(folder, 'list')
  writeFileSync(list, files.join('\n'))
  const numbers = (text: string) => text.trim().split('\n').map(Number).slice(1)
  const script = join(here, 'warm.mjs')
  const taipan = numbers(
    command(process.execPath, [script, pathToFileURL(join(dist, 'compiler.js')).href, list, String(passes)]),
  )
  const reference = numbers(command(python, ['-I', '-c', pythonWarm, list, String(passes)]))
  rmSync(folder, { recursive: true })
  return { taipan, python: reference }
}

function cold(python: string, tree: string, runs: number): { taipan: number[]; python: number[]; memory: number } {
  const folder = mkdtempSync(join(tmpdir(), 'taipan-bench-'))
  const copy = join(folder, 'Lib')
  cpSync(tree, copy, {
    recursive: true,
    filter: (path) => !path.endsWith('__pycache__') && !path.endsWith('site-packages'),
  })
  const memoryFile = join(folder, 'memory')
  const taipan: number[] = []
  const reference: number[] = []
  let memory = 0
  for (let i = 0; i < runs; i++) {
    const preload = ['--import', pathToFileURL(join(here, 'peak_memory.mjs')).href]
    process.env['TAIPAN_BENCH_MEMORY'] = memoryFile
    taipan.push(
      seconds(() => void command(process.execPath, [...preload, join(dist, 'cli.js'), '--compile', '-f', '-q', copy])),
    )
    memory = Math.max(memory, Number(readFileSync(memoryFile, 'utf8')))
    reference.push(
      seconds(() => void command(python, ['-W', 'ignore', '-m', 'compileall', '-j', '1', '-f', '-q', copy])),
    )
  }
  rmSync(folder, { recursive: true })
  return { taipan, python: reference, memory }
}

function row(label: string, taipan: readonly number[], python: readonly number[]): void {
  const ratio = median(taipan) / median(python)
  const cells = [median(taipan), median(python)].map((t) => `${t.toFixed(2)} s`.padStart(10))
  console.log(`${label.padEnd(8)}${cells.join('')}${ratio.toFixed(2).padStart(10)}`)
}

const { values } = parseArgs({ options: { tree: { type: 'string' }, runs: { type: 'string', default: '3' } } })
const candidates = pythons()
if (candidates.length === 0) {
  console.error('no python3.11 on the PATH to compare with')
  process.exit(1)
}
const library = command(candidates[0]!, ['-c', 'import os;print(os.path.dirname(os.__file__))']).trim()
const tree = values.tree ?? (library === '' ? unpackLibrary() : library)
const files = sourceFiles([tree], '.py').filter((path) => !path.includes('site-packages'))
const sample = files.filter((_, i) => i % 10 === 0)
const speeds = candidates.map((python) => ({ python, time: median(warm(python, sample, 3).python) }))
const { python } = speeds.reduce((a, b) => (a.time <= b.time ? a : b))
const bytes = files.reduce((sum, path) => sum + readFileSync(path).length, 0)
console.log(
  `${files.length} files, ${(bytes / 1e6).toFixed(1)} MB, against ${command(python, ['--version']).trim()} (${python})`,
)
console.log(`${''.padEnd(8)}${'Taipan'.padStart(10)}${'CPython'.padStart(10)}${'ratio'.padStart(10)}`)
const runs = Number(values.runs)
const first = cold(python, tree, runs)
row('cold', first.taipan, first.python)
const later = warm(python, files, runs + 2)
row('warm', later.taipan, later.python)
console.log(`peak memory of the cold run: ${(first.memory / 1e3).toFixed(0)} MB`)
