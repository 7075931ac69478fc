import { PyError } from '../../base/errors.ts'
import { type Host, HostError } from '../../host/host.ts'
import { PySyntaxError } from '../../source/errors.ts'
import { compileAll } from './compileall.ts'
import { explain, isStage, stages } from './explain.ts'
import { type OptionRow, optionHelp, parseOptions, UsageError } from './options.ts'
import { type CompiledJob, type CompileJob, compileJob } from './py_compile.ts'
import { styleFor } from './style.ts'
import { version } from './version.ts'

const rows: readonly OptionRow[] = [
  { flags: ['-h', '--help'], help: 'show this help and end' },
  { flags: ['-V', '--version'], help: 'show the version and end' },
  {
    flags: ['--explain'],
    value: 'STAGE,...',
    optionalValue: true,
    help: `show how FILE becomes bytecode; all stages, or some of ${stages.join(', ')}`,
  },
  { flags: ['--json'], help: 'with --explain: for programs' },
  { flags: ['-O'], help: 'optimise: no assert, __debug__ is False' },
  { flags: ['-OO'], help: '-O, and no docstrings' },
  { flags: ['--compile'], help: 'compile files and folders to .pyc; see taipan --compile --help' },
]

const usage = `usage: taipan --explain[=STAGE,...] [--json] [-O|-OO] FILE
       taipan --compile [OPTIONS] FILE|DIR ...`

/** An error in a sentence, as it goes to standard error: in Python's own form where it is Python's. */
function errorText(error: unknown): string {
  if (error instanceof PySyntaxError) return error.format()
  if (error instanceof PyError) return error.message === '' ? `${error.type}\n` : `${error.type}: ${error.message}\n`
  if (error instanceof HostError) return `taipan: ${error.message}\n`
  if (error instanceof UsageError) return `${usage}\ntaipan: error: ${error.message}\n`
  return `taipan: internal error: ${error instanceof Error ? error.message : String(error)}\n`
}

async function command(host: Host, args: readonly string[]): Promise<number> {
  const compileAt = args.indexOf('--compile')
  if (compileAt === 0) return compileAll(host, args.slice(1))
  const options = parseOptions(rows, args)
  if (options.values.has('-h')) {
    host.stdout.write(`${usage}\n\nCPython 3.11 in TypeScript.\n\n${optionHelp(rows)}\n`)
    return 0
  }
  if (options.values.has('-V')) {
    host.stdout.write(`Taipan ${version} (Python 3.11)\n`)
    return 0
  }
  const [file, ...rest] = options.operands
  if (!options.values.has('--explain')) {
    if (file === undefined) throw new UsageError('nothing to do')
    throw new UsageError(`running ${file} needs the virtual machine, which this version does not have; try --explain`)
  }
  if (file === undefined || rest.length > 0) throw new UsageError('--explain takes one file')
  const wanted = (options.values.get('--explain')!.at(-1) || stages.join(',')).split(',')
  const unknown = wanted.find((name) => !isStage(name))
  if (unknown !== undefined) throw new UsageError(`there is no stage '${unknown}'; the stages are ${stages.join(', ')}`)
  return explain(host, {
    file,
    stages: wanted.filter(isStage),
    json: options.values.has('--json'),
    optimize: Math.min(2, options.values.get('-O')?.length ?? 0) as 0 | 1 | 2,
    style: styleFor(host, host.stdout),
  })
}

/** Runs the command line of a host and sets the exit status; on a worker thread answers compile jobs instead. */
export async function run(host: Host): Promise<void> {
  if (host.serve<CompileJob, CompiledJob>((job) => compileJob(host, job))) return
  try {
    host.setExitStatus(await command(host, host.args))
  } catch (error) {
    host.stderr.write(errorText(error))
    host.setExitStatus(error instanceof UsageError || error instanceof HostError ? 2 : 1)
  }
}
