import { type Config, defaultConfig, type Flags } from '../../vm/config.ts'
import type { CommandLine } from './python_options.ts'

/** Where Taipan lies, and what it is started in. */
export interface Surroundings {
  /** The command's own path: `sys.executable`. */
  readonly executable: string
  /** The directory of the package: `sys.prefix`, with `lib` in it. */
  readonly home: string
  readonly origArgv: readonly string[]
  readonly env: (name: string) => string | undefined
  readonly cwd: string
  readonly readText: (path: string) => string | null
}

/** A setting that Python cannot start with: CPython's fatal error. */
export class ConfigError extends Error {
  /** The function of CPython that finds it. */
  readonly where: string

  constructor(where: string, message: string) {
    super(message)
    this.where = where
  }
}

/** The text of an environment variable that counts as set: not where it is empty, nor with -E and -I. */
type Environment = (name: string) => string | undefined

function environmentOf(line: CommandLine, { env }: Surroundings): Environment {
  if ((line.counts['E'] ?? 0) + (line.counts['I'] ?? 0) > 0) return () => undefined
  return (name) => {
    const value = env(name)
    return value === '' ? undefined : value
  }
}

/** The number that a variable such as PYTHONOPTIMIZE stands for: any text that is no number counts as 1. */
function level(text: string | undefined): number {
  if (text === undefined) return 0
  return /^\d+$/.test(text) ? Math.min(Number(text), 0x7fffffff) : 1
}

function parseXoptions(options: readonly string[]): Map<string, string | true> {
  const found = new Map<string, string | true>()
  for (const option of options) {
    const equals = option.indexOf('=')
    if (equals < 0) found.set(option, true)
    else found.set(option.slice(0, equals), option.slice(equals + 1))
  }
  return found
}

function utf8Mode(xoptions: ReadonlyMap<string, string | true>, env: Environment, locale: string): number {
  const option = xoptions.get('utf8')
  if (option === true || option === '1') return 1
  if (option === '0') return 0
  if (option !== undefined) throw new ConfigError('preconfig_init_utf8_mode', 'invalid -X utf8 option value')
  const variable = env('PYTHONUTF8')
  if (variable === '1') return 1
  if (variable === '0') return 0
  if (variable !== undefined) {
    throw new ConfigError('preconfig_init_utf8_mode', 'invalid PYTHONUTF8 environment variable value')
  }
  return locale === 'C' || locale === 'POSIX' ? 1 : 0
}

function localeOf({ env }: Surroundings): string {
  return env('LC_ALL') || env('LC_CTYPE') || env('LANG') || 'C'
}

function intMaxStrDigits(xoptions: ReadonlyMap<string, string | true>, env: Environment): number {
  const rows = [
    ['-X int_max_str_digits', xoptions.get('int_max_str_digits')],
    ['PYTHONINTMAXSTRDIGITS', env('PYTHONINTMAXSTRDIGITS')],
  ] as const
  for (const [name, text] of rows) {
    if (text === undefined) continue
    const digits = text !== true && /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
    if (digits === 0 || (digits >= 640 && digits <= 0x7fffffff)) return digits
    throw new ConfigError(
      'config_init_int_max_str_digits',
      `${name}: invalid limit; must be >= 640 or 0 for unlimited.`,
    )
  }
  return defaultConfig.intMaxStrDigits
}

function tracemallocFrames(xoptions: ReadonlyMap<string, string | true>, env: Environment): number {
  const variable = env('PYTHONTRACEMALLOC')
  if (variable !== undefined) {
    if (!/^\d+$/.test(variable))
      throw new ConfigError('config_init_tracemalloc', 'PYTHONTRACEMALLOC: invalid number of frames')
    return Number(variable)
  }
  const option = xoptions.get('tracemalloc')
  if (option === undefined) return 0
  if (option === true) return 1
  if (!/^\d+$/.test(option))
    throw new ConfigError('config_init_tracemalloc', '-X tracemalloc=NFRAME: invalid number of frames')
  return Number(option)
}

/** The seed of `PYTHONHASHSEED`; `null` for a random one. */
export function hashSeed(env: Environment): number | null {
  const text = env('PYTHONHASHSEED')
  if (text === undefined || text === 'random') return null
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (seed <= 4294967295) return seed
  throw new ConfigError(
    'config_init_hash_seed',
    'PYTHONHASHSEED must be "random" or an integer in range [0; 4294967295]',
  )
}

/** The encoding and error handler of the standard streams. */
function stdioOf(env: Environment, utf8: number, locale: string): { encoding: string; errors: string } {
  const [encoding, errors] = (env('PYTHONIOENCODING') ?? '').split(':', 2)
  const lenient = utf8 !== 0 || locale === 'C' || locale === 'POSIX' || locale.startsWith('C.')
  const codeset = /\.([^@]*)/.exec(locale)?.[1]
  const own = utf8 !== 0 || codeset === undefined || /^utf-?8$/i.test(codeset) ? 'utf-8' : codeset.toLowerCase()
  const chosen = encoding === undefined || encoding === '' ? own : encoding
  const strict = encoding !== undefined && encoding !== ''
  return { encoding: chosen, errors: errors || (lenient && !strict ? 'surrogateescape' : 'strict') }
}

/** The roots of the library: a virtual environment's, PYTHONHOME's, or the package's own. */
interface Roots {
  readonly prefix: string
  readonly basePrefix: string
  readonly baseExecutable: string
  readonly libraryHome: string
}

function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash <= 0 ? '/' : path.slice(0, slash)
}

/** The `home` of a `pyvenv.cfg` beside the command or above it. */
function virtualEnvironment({ executable, readText }: Surroundings): string | null {
  const directory = directoryOf(executable)
  for (const place of [directory, directoryOf(directory)]) {
    const text = readText(`${place}/pyvenv.cfg`)
    if (text === null) continue
    if (/^\s*home\s*=/im.test(text)) return place
  }
  return null
}

function rootsOf(at: Surroundings, env: Environment): Roots {
  const home = env('PYTHONHOME')
  if (home !== undefined) {
    const [prefix] = home.split(':', 1) as [string]
    return { prefix, basePrefix: prefix, baseExecutable: at.executable, libraryHome: prefix }
  }
  const venv = virtualEnvironment(at)
  return { prefix: venv ?? at.home, basePrefix: at.home, baseExecutable: at.executable, libraryHome: at.home }
}

function flagsOf(
  line: CommandLine,
  env: Environment,
  xoptions: ReadonlyMap<string, string | true>,
  utf8: number,
): Flags {
  const given = (letter: string) => line.counts[letter] ?? 0
  const most = (letter: string, name: string) => Math.max(given(letter), level(env(name)))
  const set = (letter: string, name: string) => (given(letter) > 0 || env(name) !== undefined ? 1 : 0)
  const isolated = given('I') > 0 ? 1 : 0
  const inspect = given('i') > 0 || env('PYTHONINSPECT') !== undefined ? Math.max(1, given('i')) : 0
  const safe = isolated !== 0 || given('P') > 0 || env('PYTHONSAFEPATH') !== undefined
  return {
    debug: most('d', 'PYTHONDEBUG'),
    inspect,
    interactive: given('i'),
    optimize: most('O', 'PYTHONOPTIMIZE'),
    dontWriteBytecode: set('B', 'PYTHONDONTWRITEBYTECODE'),
    noUserSite: isolated !== 0 ? 1 : set('s', 'PYTHONNOUSERSITE'),
    noSite: given('S') > 0 ? 1 : 0,
    ignoreEnvironment: isolated !== 0 || given('E') > 0 ? 1 : 0,
    verbose: most('v', 'PYTHONVERBOSE'),
    bytesWarning: given('b'),
    quiet: given('q') > 0 ? 1 : 0,
    hashRandomization: given('R') === 0 && hashSeed(env) === 0 ? 0 : 1,
    isolated,
    devMode: xoptions.has('dev') || env('PYTHONDEVMODE') !== undefined,
    utf8Mode: utf8,
    warnDefaultEncoding:
      xoptions.has('warn_default_encoding') || env('PYTHONWARNDEFAULTENCODING') !== undefined ? 1 : 0,
    safePath: safe,
  }
}

/** `sys.warnoptions`: from the development mode, PYTHONWARNINGS, -W and -b, the later ones stronger. */
function warningsOf(line: CommandLine, env: Environment, flags: Flags): string[] {
  const options = flags.devMode ? ['default'] : []
  const variable = env('PYTHONWARNINGS')
  if (variable !== undefined) options.push(...variable.split(','))
  options.push(...line.warnings)
  if (flags.bytesWarning > 0) options.push(flags.bytesWarning > 1 ? 'error::BytesWarning' : 'default::BytesWarning')
  return options.filter((option, i) => options.indexOf(option) === i)
}

function absolute(path: string, cwd: string): string {
  return path.startsWith('/') ? path : `${cwd === '/' ? '' : cwd}/${path}`
}

/** What Python is to be started with. Throws ConfigError. */
export function pythonConfig(line: CommandLine, at: Surroundings): Config {
  const env = environmentOf(line, at)
  const xoptions = parseXoptions(line.xoptions)
  const locale = localeOf(at)
  const utf8 = utf8Mode(xoptions, env, locale)
  const flags = flagsOf(line, env, xoptions, utf8)
  const stdio = stdioOf(env, utf8, locale)
  const roots = rootsOf(at, env)
  const library = `${roots.libraryHome}/lib`
  const searchPaths = (env('PYTHONPATH') ?? '')
    .split(':')
    .filter((path, i, all) => path !== '' || all.length > 1 || i > 0)
  const frozen = xoptions.get('frozen_modules')
  const cachePrefix = xoptions.get('pycache_prefix') ?? env('PYTHONPYCACHEPREFIX')
  return {
    ...defaultConfig,
    argv: line.argv,
    origArgv: at.origArgv,
    executable: at.executable,
    baseExecutable: roots.baseExecutable,
    prefix: roots.prefix,
    execPrefix: roots.prefix,
    basePrefix: roots.basePrefix,
    baseExecPrefix: roots.basePrefix,
    home: env('PYTHONHOME') ?? null,
    stdlibDir: `${library}/python3.11`,
    moduleSearchPaths: [...searchPaths, `${library}/python311.zip`, `${library}/python3.11`],
    warnoptions: warningsOf(line, env, flags),
    xoptions,
    pycachePrefix: typeof cachePrefix === 'string' && cachePrefix !== '' ? cachePrefix : null,
    implementationName: at.env('TAIPAN_IMPLEMENTATION') === 'CPython' ? 'cpython' : defaultConfig.implementationName,
    stdioEncoding: stdio.encoding,
    stdioErrors: stdio.errors,
    checkHashPycs: (line.checkHashPycs as Config['checkHashPycs'] | null) ?? 'default',
    flags,
    runCommand: line.command,
    runModule: line.module,
    runFilename: line.filename === null ? null : absolute(line.filename, at.cwd),
    skipFirstLine: (line.counts['x'] ?? 0) > 0,
    importTime: xoptions.has('importtime') || env('PYTHONPROFILEIMPORTTIME') !== undefined,
    // Another library is used as it is: what is frozen comes from our own.
    useFrozenModules: frozen !== 'off' && env('PYTHONHOME') === undefined,
    intMaxStrDigits: intMaxStrDigits(xoptions, env),
    bufferedStdio: (line.counts['u'] ?? 0) === 0 && env('PYTHONUNBUFFERED') === undefined,
    tracemalloc: tracemallocFrames(xoptions, env),
    debugRanges: !xoptions.has('no_debug_ranges') && env('PYTHONNODEBUGRANGES') === undefined,
    faulthandler: flags.devMode || xoptions.has('faulthandler') || env('PYTHONFAULTHANDLER') !== undefined,
  }
}
