/** What a Python command line says, before the environment is asked: CPython's `config_parse_cmdline`. */
export interface CommandLine {
  /** How often each option without a value was given, by its letter. */
  readonly counts: Readonly<Record<string, number>>
  readonly warnings: readonly string[]
  readonly xoptions: readonly string[]
  readonly checkHashPycs: string | null
  readonly command: string | null
  readonly module: string | null
  /** The script, if one is named; `-` is none. */
  readonly filename: string | null
  /** `sys.argv`. */
  readonly argv: readonly string[]
  /** Text to print instead of running anything: `help`, `env`, `xoptions`, `all`, `version`. */
  readonly show: 'help' | 'env' | 'xoptions' | 'all' | 'version' | null
}

/** A command line that makes no sense: what CPython writes before its usage. */
export class CommandLineError extends Error {}

/** Options that take no value. */
const SWITCHES = 'bBdEhiIOPqRsStuvVx?'
/** Options that take one. */
const VALUED = 'cmWX'

const longOptions: Readonly<Record<string, CommandLine['show']>> = {
  '--help': 'help',
  '--help-all': 'all',
  '--help-env': 'env',
  '--help-xoptions': 'xoptions',
  '--version': 'version',
}

const HASH_MODES = ['default', 'always', 'never']

/** Reads the arguments behind the program's name. Throws CommandLineError. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const counts: Record<string, number> = {}
  const warnings: string[] = []
  const xoptions: string[] = []
  let checkHashPycs: string | null = null
  let show: CommandLine['show'] = null
  let at = 0
  const done = (command: string | null, module: string | null): CommandLine => {
    const rest = args.slice(at)
    const first = command !== null ? '-c' : module !== null ? '-m' : null
    const argv = first !== null ? [first, ...rest] : rest.length > 0 ? rest : ['']
    const filename = first === null && rest.length > 0 && rest[0] !== '-' ? rest[0]! : null
    return { counts, warnings, xoptions, checkHashPycs, command, module, filename, argv, show }
  }
  while (at < args.length) {
    const arg = args[at]!
    if (arg === '-' || !arg.startsWith('-')) break
    at++
    if (arg === '--') break
    if (arg.startsWith('--')) {
      if (arg in longOptions) show ??= longOptions[arg]!
      else if (arg === '--check-hash-based-pycs') {
        const mode = args[at++]
        if (mode === undefined) throw new CommandLineError(`Argument expected for the ${arg} option`)
        if (!HASH_MODES.includes(mode)) {
          throw new CommandLineError("--check-hash-based-pycs must be one of 'default', 'always', or 'never'")
        }
        checkHashPycs = mode
      } else throw new CommandLineError(`unknown option ${arg}`)
      continue
    }
    for (let i = 1; i < arg.length; i++) {
      const letter = arg[i]!
      if (VALUED.includes(letter)) {
        const attached = arg.slice(i + 1)
        const value = attached !== '' ? attached : args[at++]
        if (value === undefined) throw new CommandLineError(`Argument expected for the -${letter} option`)
        if (letter === 'c') return done(`${value}\n`, null)
        if (letter === 'm') return done(null, value)
        if (letter === 'W') warnings.push(value)
        else xoptions.push(value)
        break
      }
      if (letter === 'J') throw new CommandLineError('-J is reserved for Jython')
      if (!SWITCHES.includes(letter)) throw new CommandLineError(`Unknown option: -${letter}`)
      counts[letter] = (counts[letter] ?? 0) + 1
      if (letter === 'h' || letter === '?') show ??= 'help'
      if (letter === 'V') show ??= 'version'
    }
  }
  return done(null, null)
}
