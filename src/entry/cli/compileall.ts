import { strRepr } from '../../base/repr.ts'
import type { InvalidationMode } from '../../bytecode/pyc.ts'
import { type Host, HostError } from '../../host/host.ts'
import { type OptionRow, optionHelp, type ParsedOptions, parseOptions, UsageError } from './options.ts'
import { baseName, joinPath } from './paths.ts'
import { Progress } from './progress.ts'
import { type CompiledJob, type CompileJob, compileJob, finishJob } from './py_compile.ts'

const modes: readonly InvalidationMode[] = ['checked-hash', 'timestamp', 'unchecked-hash']

const rows: readonly OptionRow[] = [
  { flags: ['-h', '--help'], help: 'show this help and end' },
  { flags: ['-l'], help: 'stay out of subdirectories' },
  { flags: ['-r'], value: 'RECURSION', help: 'go this many levels down at most; wins over -l' },
  { flags: ['-f'], help: 'compile files that are up to date too' },
  { flags: ['-q'], help: 'print errors only; -qq prints nothing' },
  { flags: ['-b'], help: 'write the .pyc beside the source, not into __pycache__' },
  { flags: ['-d'], value: 'DESTDIR', help: 'put this in front of the file name that goes into the code' },
  { flags: ['-s'], value: 'STRIPDIR', help: 'take this off the front of the file name that goes into the code' },
  { flags: ['-p'], value: 'PREPENDDIR', help: 'put this in front of what -s left' },
  { flags: ['-x'], value: 'REGEXP', help: 'leave out files whose path matches' },
  { flags: ['-i'], value: 'FILE', help: 'also compile the files and folders listed in FILE, a line each; - is stdin' },
  { flags: ['-j', '--workers'], value: 'WORKERS', help: 'compile on this many threads; 0: one a processor' },
  { flags: ['--invalidation-mode'], value: 'MODE', help: `how a .pyc is checked: ${modes.join(', ')}` },
  { flags: ['-o'], value: 'LEVEL', help: 'optimisation level, -1 to 2; may be given several times' },
  { flags: ['-e'], value: 'DIR', help: 'leave out links that point outside of DIR' },
  { flags: ['--hardlink-dupes'], help: 'make equal .pyc files of several levels one file' },
]

/** The command's settings, after `compileall.main`. */
interface Settings {
  readonly maxLevels: number
  readonly force: boolean
  readonly quiet: number
  readonly legacy: boolean
  readonly ddir: string | null
  readonly stripDir: string | null
  readonly prependDir: string | null
  readonly exclude: RegExp | null
  readonly workers: number
  readonly mode: InvalidationMode
  readonly levels: readonly number[]
  readonly limitLinks: string | null
  readonly hardlinkDupes: boolean
}

function integer(options: ParsedOptions, flag: string, names: string, fallback: number): number {
  const text = options.values.get(flag)?.at(-1)
  if (text === undefined) return fallback
  if (!/^\s*[-+]?\d+(_\d+)*\s*$/.test(text))
    throw new UsageError(`argument ${names}: invalid int value: ${strRepr(text)}`)
  return Number(text.replaceAll('_', ''))
}

function settingsFrom(host: Host, options: ParsedOptions): Settings {
  const last = (flag: string) => options.values.get(flag)?.at(-1) ?? null
  const has = (flag: string) => options.values.has(flag)
  const mode = last('--invalidation-mode')
  if (mode !== null && !modes.includes(mode as InvalidationMode)) {
    const choices = modes.map((m) => `'${m}'`).join(', ')
    throw new UsageError(`argument --invalidation-mode: invalid choice: ${strRepr(mode)} (choose from ${choices})`)
  }
  const levels = (options.values.get('-o') ?? ['-1']).map((text) =>
    integer({ values: new Map([['-o', [text]]]), operands: [] }, '-o', '-o', -1),
  )
  const sorted = [...new Set(levels)].sort((a, b) => a - b)
  if (levels.length === 1 && has('--hardlink-dupes')) {
    throw new UsageError('Hardlinking of duplicated bytecode makes sense only for more than one optimization level.')
  }
  if (integer(options, '-j', '-j/--workers', 1) < 0) throw new UsageError('workers must be greater or equal to 0')
  if (has('-d') && (has('-s') || has('-p'))) throw new UsageError('-d cannot be used in combination with -s or -p')
  return {
    maxLevels: integer(options, '-r', '-r', has('-l') ? 0 : 1000),
    force: has('-f'),
    quiet: options.values.get('-q')?.length ?? 0,
    legacy: has('-b'),
    ddir: last('-d'),
    stripDir: last('-s'),
    prependDir: last('-p'),
    exclude: last('-x') === null ? null : excludePattern(last('-x')!),
    workers: integer(options, '-j', '-j/--workers', 1),
    mode: (mode as InvalidationMode | null) ?? (host.env('SOURCE_DATE_EPOCH') ? 'checked-hash' : 'timestamp'),
    levels: sorted,
    limitLinks: last('-e') || null,
    hardlinkDupes: has('--hardlink-dupes'),
  }
}

function excludePattern(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch (error) {
    throw new UsageError(`argument -x: ${(error as Error).message}`)
  }
}

/** What a walk comes upon: a file, or a line to print when the walk gets there. */
type Step = { readonly file: string } | { readonly line: string }

/** `compileall._walk_dir`: the files below a directory, names sorted, links to directories not followed. */
function* walk(host: Host, directory: string, levels: number, quiet: number): Generator<Step> {
  if (quiet === 0) yield { line: `Listing ${strRepr(directory)}...\n` }
  let names: string[] = []
  try {
    names = host.listDirectory(directory).sort()
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    if (quiet < 2) yield { line: `Can't list ${strRepr(directory)}\n` }
  }
  for (const name of names) {
    if (name === '__pycache__') continue
    const path = joinPath(directory, name)
    if (host.status(path)?.kind !== 'directory') yield { file: path }
    else if (levels > 0 && !host.isSymlink(path)) yield* walk(host, path, levels - 1, quiet)
  }
}

/** The file name for the code, after `-d`, `-s` and `-p`, as `compileall.compile_file` makes it. */
function codeFileName(file: string, ddir: string | null, strip: string | null, prepend: string | null): string | null {
  let dfile = ddir === null ? null : joinPath(ddir, baseName(file))
  if (strip !== null) {
    const parts = file.split('/')
    const kept = [...parts]
    strip.split('/').forEach((part, i) => {
      if (part === parts[i]) kept.splice(kept.indexOf(parts[i]!), 1)
    })
    dfile = joinPath(kept[0] ?? '', ...kept.slice(1))
  }
  return prepend === null ? dfile : joinPath(prepend, dfile ?? file)
}

function jobFor(host: Host, file: string, s: Settings, top: string | null): CompileJob | null {
  if (s.exclude?.test(file)) return null
  if (s.limitLinks !== null && host.isSymlink(file)) {
    if (!host.realPath(file).startsWith(`${host.realPath(s.limitLinks)}/`)) return null
  }
  const inTree = s.ddir !== null && top !== null
  const dfile = inTree ? codeFileName(file, null, top, s.ddir) : codeFileName(file, s.ddir, s.stripDir, s.prependDir)
  return {
    file,
    dfile,
    levels: s.levels,
    force: s.force,
    quiet: s.quiet,
    legacy: s.legacy,
    mode: s.mode,
    hardlinkDupes: s.hardlinkDupes,
  }
}

/** From so many files on a thread for the compiler pays: it compiles while this one writes. */
const threadedJobs = 16

async function compileTree(host: Host, directory: string, s: Settings): Promise<boolean> {
  const jobs: CompileJob[] = []
  /** The lines to print before the job of each index. */
  const lines: string[] = ['']
  for (const step of walk(host, directory, s.maxLevels, s.quiet)) {
    if ('line' in step) lines[jobs.length] += step.line
    else {
      const job = jobFor(host, step.file, s, directory)
      if (job !== null) lines[jobs.push(job)] = ''
    }
  }
  const progress = new Progress(host.stderr, 'Compiling', jobs.length)
  let ok = true
  const finish = (compiled: CompiledJob, index: number) => {
    const result = finishJob(host, jobs[index]!, compiled)
    const text = lines[index] + result.out
    if (text !== '' || result.err !== '') progress.clear()
    if (text !== '') host.stdout.write(text)
    if (result.err !== '') host.stderr.write(result.err)
    ok &&= result.ok
    progress.advance(jobs[index]!.file)
  }
  const threads = s.workers === 0 ? host.processors : s.workers
  if (host.hasThreads && (threads > 1 || jobs.length >= threadedJobs)) {
    await host.parallel<CompileJob, CompiledJob>(jobs, threads, finish)
  } else for (const [index, job] of jobs.entries()) finish(compileJob(host, job), index)
  progress.clear()
  if (lines[jobs.length] !== '') host.stdout.write(lines[jobs.length]!)
  return ok
}

/** The files and folders that `-i` names; `null` where its list cannot be read. */
function listed(host: Host, list: string, quiet: number): string[] | null {
  try {
    const text = new TextDecoder().decode(list === '-' ? host.readStdin() : host.readFile(list))
    return text
      .split('\n')
      .slice(0, text.endsWith('\n') ? -1 : undefined)
      .map((line) => line.trim())
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    if (quiet < 2) host.stdout.write(`Error reading file list ${list}\n`)
    return null
  }
}

/**
 * `taipan --compile`: what `python -m compileall` does, with its options, its output and its exit status; on a
 * terminal a progress line besides. Throws `UsageError`.
 */
export async function compileAll(host: Host, args: readonly string[]): Promise<number> {
  const options = parseOptions(rows, args)
  if (options.values.has('-h')) {
    const usage = 'usage: taipan --compile [OPTIONS] [FILE|DIR ...]'
    host.stdout.write(
      `${usage}\n\nCompiles Python files to .pyc, as python -m compileall does.\n\n${optionHelp(rows)}\n`,
    )
    return 0
  }
  const settings = settingsFrom(host, options)
  const list = options.values.get('-i')?.at(-1)
  const more = list === undefined ? [] : listed(host, list, settings.quiet)
  if (more === null) return 1
  const targets = [...options.operands, ...more]
  if (targets.length === 0) throw new UsageError('the following arguments are required: FILE|DIR')
  let ok = true
  for (const target of targets) {
    if (host.status(target)?.kind === 'file') {
      const job = jobFor(host, target, settings, null)
      if (job === null) continue
      const result = finishJob(host, job, compileJob(host, job))
      host.stdout.write(result.out)
      if (result.err !== '') host.stderr.write(result.err)
      ok &&= result.ok
    } else ok = (await compileTree(host, target, settings)) && ok
  }
  return ok ? 0 : 1
}
