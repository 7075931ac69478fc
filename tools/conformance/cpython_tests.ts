/**
 * Runs CPython's own tests, file by file and method by method, under an installed CPython 3.11 and under Taipan.
 *
 *   npm run cpython-tests [-- --python PATH] [--timeout SECONDS] [--memory MIB] [FILE...]
 *
 * The CPython must have its `test` package (Debian: `libpython3.11-testsuite`). The exit status is 0 where at least 92 %
 * of the methods that pass under CPython pass under Taipan, and no file was ended by a limit or a crash.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { reasonToLeaveOut } from './cpython_tests_left_out.ts'

const here = dirname(fileURLToPath(import.meta.url))
const command = join(here, '../../dist/cli.js')

/** The files that the measure is taken on: the language, its objects, and the modules that go with them. */
const language = `
  test_grammar test_syntax test_compile test_dis test_builtin test_descr test_class test_scope test_generators
  test_coroutines test_asyncgen test_exceptions test_exception_group test_traceback test_with test_patma test_dict
  test_list test_tuple test_set test_int test_long test_float test_complex test_bool test_unicode test_fstring
  test_format test_bytes test_slice test_range test_sort test_super test_property test_weakref test_gc
  test_finalization test_tracemalloc test_sys test_sys_settrace test_marshal test_code test_frame test_import
  test_py_compile test_compileall test_re test_struct test_json test_itertools test_functools test_collections
  test_enum test_dataclasses test_math`

/** The share of methods that must pass. */
const REQUIRED = 0.92

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3.11' },
    timeout: { type: 'string', default: '300' },
    memory: { type: 'string', default: '4096' },
  },
})

/** How a file went: its methods by how they ended, with the reason of those that did not pass. */
interface Outcome {
  readonly passed: ReadonlySet<string>
  readonly lost: ReadonlyMap<string, string>
  /** What ended the run before its time. */
  readonly broken: string | null
}

interface Row {
  readonly file: string
  readonly expected: number
  readonly passed: number
  readonly notes: readonly string[]
}

/** What to run, and with which additions to the environment. */
interface Implementation {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** The installed CPython, and Taipan with that CPython's library. Throws an Error that says what is missing. */
function implementations(): { reference: Implementation; taipan: Implementation } {
  const ask =
    'import sys, test.support; print(sys.implementation.name, sys.version_info[:2], sys.base_prefix, sep="\\n")'
  let answer: string
  try {
    answer = execFileSync(options.python, ['-c', ask], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string }
    const why = code === 'ENOENT' ? 'there is none of this name' : String(stderr ?? error).trim()
    throw new Error(`no CPython 3.11 with its test package at ${options.python} (--python): ${why}`)
  }
  const [name, version, home] = answer.trim().split('\n') as [string, string, string]
  if (name !== 'cpython' || version !== '(3, 11)') throw new Error(`${options.python} is not CPython 3.11`)
  const env = { PYTHONHOME: home, PYTHONPATH: join(here, 'support'), TAIPAN_IMPLEMENTATION: 'CPython' }
  return { reference: { argv: [options.python], env: {} }, taipan: { argv: [process.execPath, command], env } }
}

/** The environment without what the user has set for Python. */
function environment(additions: Readonly<Record<string, string>>, folder: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PYTHON'))
  return { ...Object.fromEntries(own), LC_ALL: 'C.UTF-8', TMPDIR: join(folder, 'tmp'), ...additions }
}

/** The memory of a process and of those it has started that are in its group, in MiB. */
function memoryOf(group: number): number {
  let total = 0
  for (const line of execFileSync('ps', ['-A', '-o', 'pgid=,rss='], { encoding: 'utf8' }).split('\n')) {
    const [pgid, kilobytes] = line.trim().split(/\s+/)
    if (Number(pgid) === group) total += Number(kilobytes)
  }
  return total / 1024
}

function kill(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, 'SIGKILL')
  } catch {
    // The group has ended by itself.
  }
}

/** Runs a program within the limits of time and memory; what ended it, if that was not itself. */
function runLimited(argv: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(argv[0]!, argv.slice(1), { cwd, env, stdio: 'ignore', detached: true })
    const end = Date.now() + 1000 * Number(options.timeout)
    let broken: string | null = null
    const watch = setInterval(() => {
      if (Date.now() > end) broken = `no end after ${options.timeout} s`
      else if (memoryOf(child.pid!) > Number(options.memory)) broken = `more than ${options.memory} MiB`
      if (broken !== null) kill(child)
    }, 1000)
    child.on('error', (error) => {
      clearInterval(watch)
      reject(error)
    })
    child.on('exit', (_status, signal) => {
      clearInterval(watch)
      kill(child)
      resolve(broken ?? (signal === null ? null : `ended by ${signal}`))
    })
  })
}

/** Reads what `cpython_tests.py` has written. */
function readOutcome(path: string, broken: string | null): Outcome {
  const passed = new Set<string>()
  const lost = new Map<string, string>()
  let running: string | null = null
  let ended = false
  let text = ''
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    // Nothing was written: the run has failed before the first method.
  }
  for (const line of text.split('\n')) {
    const [mark, name, reason] = line.split('\t') as [string, string, string | undefined]
    if (mark === '.') ended = true
    else if (mark === '>') running = name
    else if (mark === '+') passed.add(name)
    else if (mark === '-' || mark === 's') lost.set(name, mark === 's' ? `skipped: ${reason}` : (reason ?? ''))
    if (mark !== '>') running = null
  }
  const why = broken ?? (ended ? null : 'the process ended before its time')
  return { passed, lost, broken: why === null ? null : running === null ? why : `${why}, in ${running}` }
}

async function runFile({ argv, env }: Implementation, file: string): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'cpython-tests-'))
  const output = join(folder, 'output')
  const cwd = join(folder, 'cwd')
  try {
    mkdirSync(cwd)
    mkdirSync(join(folder, 'tmp'))
    const script = join(here, 'cpython_tests.py')
    const broken = await runLimited([...argv, script, `test.${file}`, output], cwd, environment(env, folder))
    return readOutcome(output, broken)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** An id without the module that all of the file's methods share. */
function shortName(file: string, id: string): string {
  return id.replace(`test.${file}.`, '')
}

function compare(file: string, reference: Outcome, taipan: Outcome): Row {
  const expected = [...reference.passed].filter((id) => reasonToLeaveOut(file, shortName(file, id)) === undefined)
  const missed = expected.filter((id) => !taipan.passed.has(id))
  const why = (id: string) => taipan.lost.get(id) ?? 'did not run'
  const notes = missed.map((id) => `${shortName(file, id)}: ${why(id)}`)
  if (taipan.broken !== null) notes.unshift(taipan.broken)
  if (reference.broken !== null) notes.unshift(`CPython: ${reference.broken}`)
  return { file, expected: expected.length, passed: expected.length - missed.length, notes }
}

/** Notes of a file, each a line of what a terminal shows. */
const NOTE_WIDTH = 100
const NOTES_MAX = 12

function printRow({ file, expected, passed, notes }: Row, width: number): void {
  const count = `${String(passed).padStart(5)} / ${String(expected).padStart(4)}`
  const share = expected === 0 ? '      -' : `${((100 * passed) / expected).toFixed(1).padStart(6)}%`
  console.log(`${file.padEnd(width)} ${count} ${share}`)
  for (const note of notes.slice(0, NOTES_MAX)) console.log(`    ${note.slice(0, NOTE_WIDTH)}`)
  if (notes.length > NOTES_MAX) console.log(`    … and ${notes.length - NOTES_MAX} more`)
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
}

async function main(): Promise<void> {
  const { reference, taipan } = implementations()
  const files = positionals.length > 0 ? positionals : language.trim().split(/\s+/)
  const width = Math.max(...files.map((file) => file.length))
  let expected = 0
  let passed = 0
  let broken = 0
  for (const [i, file] of files.entries()) {
    progress(`${i + 1} of ${files.length}: ${file}, CPython`)
    const wanted = await runFile(reference, file)
    progress(`${i + 1} of ${files.length}: ${file}, Taipan`)
    const got = await runFile(taipan, file)
    progress('')
    const row = compare(file, wanted, got)
    printRow(row, width)
    expected += row.expected
    passed += row.passed
    if (got.broken !== null) broken++
  }
  const share = expected === 0 ? 0 : passed / expected
  printRow({ file: 'total', expected, passed, notes: [] }, width)
  if (broken > 0) console.log(`${broken} files did not come to their end`)
  if (share < REQUIRED || broken > 0) process.exitCode = 1
}

await main().catch((error: Error) => {
  console.error(`cpython-tests: ${error.message}`)
  process.exitCode = 1
})
