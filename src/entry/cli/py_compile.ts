import { PyError } from '../../base/errors.ts'
import { strRepr } from '../../base/repr.ts'
import { cacheFromSource, type InvalidationMode, PYC_MAGIC, writePyc } from '../../bytecode/pyc.ts'
import { type Host, HostError } from '../../host/host.ts'
import { type CompileWarning, PySyntaxError } from '../../source/errors.ts'
import { formatExceptionOnly } from '../../source/format.ts'
import { programText } from '../../source/raise.ts'
import { compile } from '../compiler.ts'
import { fileReader } from './file_reader.ts'
import { baseName, directoryName } from './paths.ts'

/** One source file to compile: what `compileall.compile_file` is asked for. */
export interface CompileJob {
  readonly file: string
  /** The file name that goes into the code, where it is not `file`. */
  readonly dfile: string | null
  /** Levels to compile with, ascending; −1 stands for the command's own (0). */
  readonly levels: readonly number[]
  readonly force: boolean
  readonly quiet: number
  readonly legacy: boolean
  readonly mode: InvalidationMode
  readonly hardlinkDupes: boolean
}

/** What came of a job: whether it went well, and the texts for standard output and standard error. */
export interface CompileResult {
  readonly ok: boolean
  readonly out: string
  readonly err: string
}

/** Where the compiled file of a source file goes: PEP 3147 and 488, or beside the source (`-b`). */
function targetOf(job: CompileJob, level: number): string {
  return job.legacy ? `${job.file}c` : cacheFromSource(job.file, level >= 1 ? String(level) : '')
}

function isFresh(host: Host, job: CompileJob, mtime: number): boolean {
  const expected = new Uint8Array(12)
  expected.set(PYC_MAGIC)
  new DataView(expected.buffer).setUint32(8, Math.floor(mtime) >>> 0, true)
  return job.levels.every((level) => {
    const target = targetOf(job, level)
    if (host.status(target)?.kind !== 'file') return false
    const actual = host.readFile(target)
    return expected.every((byte, i) => actual[i] === byte)
  })
}

function refuseSpecialTarget(host: Host, target: string): void {
  const status = host.status(target)
  const kind = host.isSymlink(target)
    ? 'symlink'
    : status !== null && status.kind !== 'file'
      ? 'non-regular file'
      : null
  if (kind === null) return
  const file = kind === 'symlink' ? 'a regular file' : 'a regular one'
  throw new PyError(
    'FileExistsError',
    `${target} is a ${kind} and will be changed into ${file} if import writes a byte-compiled file to it`,
  )
}

/** A `.pyc` to be written. */
interface CompiledFile {
  readonly target: string
  readonly data: Uint8Array
  readonly mode: number
}

/** What compiling gave, before anything is written: the files, and the text of the error that came after them. */
export interface CompiledJob {
  readonly files: readonly CompiledFile[]
  readonly out: string
  readonly err: string
  readonly error: string | null
}

/** `py_compile.compile` up to the writing. Throws `PyError` and `HostError`. */
function compileOnce(
  host: Host,
  job: CompileJob,
  level: number,
  warn: (warning: CompileWarning) => void,
): CompiledFile {
  const target = targetOf(job, level)
  refuseSpecialTarget(host, target)
  const source = host.readFile(job.file)
  const readFile = fileReader(host)
  const code = compile(source, {
    filename: job.dfile ?? job.file,
    optimize: Math.max(level, 0) as 0 | 1 | 2,
    onWarning: warn,
    readFile: (name) => (name === job.file ? source : readFile(name)),
  })
  const status = host.status(job.file)!
  const data = writePyc(code, { mode: job.mode, mtime: status.mtime, size: status.size, source })
  return { target, data, mode: status.mode | 0o200 }
}

function sameFile(host: Host, a: string, b: string): boolean {
  const left = host.readFile(a)
  const right = host.readFile(b)
  return left.length === right.length && left.every((byte, i) => byte === right[i])
}

/** The text that `py_compile.PyCompileError` carries, as `compileall` prints it. */
function errorText(error: unknown, job: CompileJob): string {
  if (error instanceof PySyntaxError) {
    return formatExceptionOnly(error).replaceAll('File "<string>"', `File "${job.dfile ?? job.file}"`)
  }
  if (error instanceof HostError) return `${error.pythonType}: ${error.message}`
  if (!(error instanceof PyError)) throw error
  return error.type === 'FileExistsError' ? `${error.type}: ${error.message}` : `Sorry: ${error.type}: ${error.message}`
}

/** The text that CPython's `warnings` writes on standard error. */
export function warningText(host: Host, warning: CompileWarning): string {
  const file = fileReader(host)(warning.filename)
  const line = file === null ? '' : (programText(file, warning.lineno, null)?.trim() ?? '')
  const quote = line === '' ? '' : `  ${line}\n`
  return `${warning.filename}:${warning.lineno}: ${warning.category}: ${warning.message}\n${quote}`
}

/**
 * The first half of `compileall.compile_file`: compiles a file at each level. It writes nothing, so that it can run on a
 * thread of its own while the one that owns the disk writes.
 */
export function compileJob(host: Host, job: CompileJob): CompiledJob {
  const files: CompiledFile[] = []
  const status = host.status(job.file)
  const isSource = status?.kind === 'file' && baseName(job.file).endsWith('.py')
  if (!isSource || (!job.force && isFresh(host, job, status.mtime))) return { files, out: '', err: '', error: null }
  const out = job.quiet === 0 ? `Compiling ${strRepr(job.file)}...\n` : ''
  let err = ''
  try {
    for (const level of job.levels) {
      const file = compileOnce(host, job, level, (warning) => {
        if (warning.category === 'SyntaxWarning') err += warningText(host, warning)
      })
      files.push(file)
    }
    return { files, out, err, error: null }
  } catch (error) {
    return { files, out, err, error: errorText(error, job) }
  }
}

function writeFiles(host: Host, job: CompileJob, files: readonly CompiledFile[]): void {
  let previous: string | null = null
  for (const { target, data, mode } of files) {
    const directory = directoryName(target)
    if (directory !== '') host.makeDirectories(directory)
    host.writeFileAtomic(target, data, mode)
    if (job.hardlinkDupes && previous !== null && sameFile(host, target, previous)) {
      host.remove(target)
      host.hardLink(previous, target)
    }
    previous = target
  }
}

/** The second half of `compileall.compile_file`: writes what was compiled, and says what `compileall` would say. */
export function finishJob(host: Host, job: CompileJob, compiled: CompiledJob): CompileResult {
  let { out, error } = compiled
  try {
    writeFiles(host, job, compiled.files)
  } catch (failure) {
    error = errorText(failure, job)
  }
  if (error === null) return { ok: true, out, err: compiled.err }
  if (job.quiet === 1) out += `*** Error compiling ${strRepr(job.file)}...\n`
  else if (job.quiet === 0) out += '*** '
  return { ok: false, out: job.quiet >= 2 ? '' : `${out}${error}\n`, err: compiled.err }
}
