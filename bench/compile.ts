/**
 * Compiling all of a library: Taipan beside the fastest CPython 3.11 of the machine, in turn, in one run.
 *
 *   npm run bench [-- --tree DIR] [--runs N]
 *
 * cold: `taipan --compile -f -q DIR` against `python3.11 -m compileall -j 1 -f -q DIR`, whole processes.
 * warm: source bytes to `.pyc` bytes in memory, all files, in processes that have done so four times before; twice for
 * Taipan: on the thread that calls the library, with Node's defaults, and on a thread as `taipan --compile` starts them.
 * The ratio is the median of the ratios of neighbouring runs, since the speed of a machine drifts.
 */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { threadSettings } from '../src/host/node/threads.ts'
import { sourceFiles } from '../tools/source_files.ts'

const here = import.meta.dirname
const dist = join(here, '../dist')
/** Passes before the ones that count: after them the hot code is optimised. */
const warmUp = 4

interface Times {
  readonly taipan: number[]
  readonly python: number[]
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

function secondsOf(name: string, args: readonly string[], env: Record<string, string> = {}): number {
  const start = process.hrtime.bigint()
  const { error } = spawnSync(name, args, { stdio: 'ignore', env: { ...process.env, ...env } })
  if (error) throw error
  return Number(process.hrtime.bigint() - start) / 1e9
}

/** A process that does its work once for each line it gets, and answers with the seconds. */
class Worker {
  private readonly child: ChildProcessWithoutNullStreams
  private readonly answers: AsyncIterator<string>

  constructor(name: string, args: readonly string[]) {
    this.child = spawn(name, args)
    this.child.stderr.pipe(process.stderr)
    this.answers = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]()
  }

  async pass(): Promise<number> {
    this.child.stdin.write('\n')
    const { value, done } = await this.answers.next()
    if (done) throw new Error(`${this.child.spawnfile} ended early`)
    return Number(value)
  }

  end(): void {
    this.child.stdin.end()
  }
}

/** The installed CPythons 3.11, by resolved path. */
function pythons(): string[] {
  const found = new Set<string>()
  const probe =
    'import platform,sys;assert sys.version_info[:2]==(3,11) and platform.python_implementation()=="CPython";print(sys.executable)'
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const run = spawnSync(join(folder, 'python3.11'), ['-I', '-c', probe], { encoding: 'utf8' })
    if (run.status === 0) found.add(run.stdout.trim())
  }
  return [...found]
}

async function fastest(candidates: readonly string[], list: string): Promise<string> {
  const times: [number, string][] = []
  for (const python of candidates) {
    const worker = new Worker(python, ['-I', join(here, 'warm.py'), list])
    times.push([median([await worker.pass(), await worker.pass(), await worker.pass()]), python])
    worker.end()
  }
  return times.sort((a, b) => a[0] - b[0])[0]![1]
}

interface WarmTimes {
  readonly caller: Times
  readonly thread: Times
}

async function warm(python: string, list: string, runs: number): Promise<WarmTimes> {
  const program = [join(here, 'warm.mjs'), pathToFileURL(join(dist, 'compiler.mjs')).href, list]
  const { resourceLimits, flags } = threadSettings(1)
  const workers = [
    new Worker(process.execPath, program),
    new Worker(process.execPath, [...flags, ...program, JSON.stringify(resourceLimits)]),
    new Worker(python, ['-I', join(here, 'warm.py'), list]),
  ]
  const passes: number[][] = []
  for (let i = -warmUp; i < runs; i++) {
    const seconds: number[] = []
    for (const worker of workers) seconds.push(await worker.pass())
    if (i >= 0) passes.push(seconds)
  }
  for (const worker of workers) worker.end()
  const times = (column: number): Times => ({
    taipan: passes.map((pass) => pass[column]!),
    python: passes.map((pass) => pass[2]!),
  })
  return { caller: times(0), thread: times(1) }
}

function cold(python: string, tree: string, runs: number, folder: string): Times & { readonly memory: number } {
  const copy = join(folder, 'Lib')
  cpSync(tree, copy, { recursive: true, filter: (path) => !/__pycache__$|site-packages$/.test(path) })
  const preload = ['--import', pathToFileURL(join(here, 'peak_memory.mjs')).href]
  const memoryFile = join(folder, 'memory')
  const compile = ['--compile', '-f', '-q', copy]
  const times: Times = { taipan: [], python: [] }
  let memory = 0
  for (let i = 0; i < runs; i++) {
    const env = { TAIPAN_BENCH_MEMORY: memoryFile }
    times.taipan.push(secondsOf(process.execPath, [...preload, join(dist, 'cli.js'), ...compile], env))
    memory = Math.max(memory, Number(readFileSync(memoryFile, 'utf8')))
    times.python.push(secondsOf(python, ['-W', 'ignore', '-m', 'compileall', '-j', '1', '-f', '-q', copy]))
  }
  return { ...times, memory }
}

/** Width of the column of labels. */
const LABEL = 24

function row(label: string, { taipan, python }: Times): void {
  const ratio = median(taipan.map((time, i) => time / python[i]!))
  const cells = [median(taipan), median(python)].map((t) => `${t.toFixed(2)} s`.padStart(10))
  console.log(`${label.padEnd(LABEL)}${cells.join('')}${ratio.toFixed(2).padStart(10)}`)
}

const { values } = parseArgs({ options: { tree: { type: 'string' }, runs: { type: 'string', default: '5' } } })
const candidates = pythons()
if (candidates.length === 0) {
  console.error('no python3.11 on the PATH to compare with')
  process.exit(1)
}
const find = ['-I', '-c', 'import os;print(os.path.dirname(os.__file__))']
const tree = values.tree ?? spawnSync(candidates[0]!, find, { encoding: 'utf8' }).stdout.trim()
const files = sourceFiles([tree], '.py').filter((path) => !path.includes('site-packages'))
const bytes = files.reduce((sum, path) => sum + readFileSync(path).length, 0)
const folder = mkdtempSync(join(tmpdir(), 'taipan-bench-'))
try {
  const [list, sample] = [join(folder, 'list'), join(folder, 'sample')]
  writeFileSync(list, files.join('\n'))
  writeFileSync(sample, files.filter((_, i) => i % 10 === 0).join('\n'))
  const python = await fastest(candidates, sample)
  console.log(`${files.length} files, ${(bytes / 1e6).toFixed(1)} MB, against ${python}`)
  console.log(`${''.padEnd(LABEL)}${['Taipan', 'CPython', 'ratio'].map((text) => text.padStart(10)).join('')}`)
  const first = cold(python, tree, Number(values.runs), folder)
  row('cold', first)
  const { caller, thread } = await warm(python, list, Number(values.runs))
  row("warm, caller's thread", caller)
  row('warm, compile thread', thread)
  console.log(`peak memory of the cold run: ${(first.memory / 1e3).toFixed(0)} MB`)
} finally {
  rmSync(folder, { recursive: true })
}
