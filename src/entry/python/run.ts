import { endByException } from '../../modules/lifecycle/errors.ts'
import { finishInterpreter } from '../../modules/lifecycle/finish.ts'
import { runMain } from '../../modules/lifecycle/run_main.ts'
import { startInterpreter } from '../../modules/lifecycle/start.ts'
import { seedHashes } from '../../objects/hash_string.ts'
import { defaultConfig } from '../../vm/config.ts'
import { frozenArchive } from '../../vm/frozen_archive.ts'
import { type FrozenModules, interpreter, noFrozenModules } from '../../vm/interpreter.ts'
import { platform, SystemFault } from '../../vm/platform.ts'
import { KeptFile, readFile, writeError } from '../../vm/system.ts'
import { ConfigError, hashSeed, pythonConfig, type Surroundings } from '../cli/python_config.ts'
import { helpText, versionText } from '../cli/python_help.ts'
import { CommandLineError, parseCommandLine } from '../cli/python_options.ts'
import { installDocs } from './docs.ts'
import { interact } from './repl.ts'

/** The status of a program that an interrupt from the keyboard has ended. */
const SIGINT = 2

const fatal = 1
const usage = 2

/** The descriptor of the frozen modules: the highest but one. */
const FROZEN_FD = 65534

function writeOut(text: string): void {
  const { fds } = platform()
  let bytes = new TextEncoder().encode(text)
  while (bytes.length > 0) bytes = bytes.subarray(fds.write(1, bytes))
}

function environment(name: string): string | undefined {
  const value = platform().processes.variable(name)
  return typeof value === 'string' ? value : undefined
}

function surroundings(home: string, argv: readonly string[]): Surroundings {
  const cwd = platform().files.getcwd()
  return {
    executable: argv[0]!,
    home,
    origArgv: argv,
    env: environment,
    cwd: typeof cwd === 'string' ? cwd : '/',
    readText: (path) => {
      const bytes = readFile(path)
      return bytes === null ? null : new TextDecoder().decode(bytes)
    },
  }
}

function frozenModules(home: string): FrozenModules {
  try {
    return frozenArchive(KeptFile.open(`${home}/lib/frozen.bin`, FROZEN_FD))
  } catch (error) {
    if (error instanceof SystemFault) return noFrozenModules
    throw error
  }
}

/** Sets the secret of the hashes; `isRandom` where PYTHONHASHSEED does not count. */
function seed(at: Surroundings, isRandom: boolean): void {
  const chosen = isRandom ? null : hashSeed((name) => at.env(name) || undefined)
  if (chosen !== null) {
    seedHashes(chosen)
    return
  }
  const bytes = new Uint8Array(16)
  platform().processes.random(bytes)
  seedHashes(bytes)
}

/**
 * Runs Python as its command line says and gives the exit status; the platform has been installed. `home` is the
 * directory of the package, `argv` the command's path and its arguments.
 */
export function runPython(home: string, argv: readonly string[]): number {
  try {
    return run(home, argv)
  } catch (error) {
    if (error instanceof CommandLineError) {
      writeError(`${error.message}\nusage: ${argv[0]} [option] ... [-c cmd | -m mod | file | -] [arg] ...\n`)
      writeError("Try `python -h' for more information.\n")
      return usage
    }
    if (error instanceof ConfigError) {
      writeError(`Fatal Python error: ${error.where}: ${error.message}\nPython runtime state: preinitialized\n\n`)
      return fatal
    }
    throw error
  }
}

function run(home: string, argv: readonly string[]): number {
  const line = parseCommandLine(argv.slice(1))
  if (line.show !== null) {
    writeOut(line.show === 'version' ? versionText((line.counts['V'] ?? 0) > 1) : helpText(argv[0]!, line.show))
    return 0
  }
  const at = surroundings(home, argv)
  const config = pythonConfig(line, at)
  seed(at, config.flags.ignoreEnvironment !== 0 || (line.counts['R'] ?? 0) > 0)
  const library = config.home === null ? `${home}/lib/python311.zip` : null
  const frozen = frozenModules(home)
  installDocs(frozen)
  let status: number
  let interrupted = false
  try {
    startInterpreter({ config: { ...defaultConfig, ...config }, frozen, library })
    const ending = runMain(interact)
    status = ending.status
    interrupted = ending.interrupted
  } catch (error) {
    status = endByException(error).status
  }
  if (interpreter.builtins !== null && !finishInterpreter() && status === 0) status = 120
  if (interrupted) platform().processes.dieBySignal(SIGINT)
  return status
}
