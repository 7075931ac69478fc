/**
 * How an interpreter is to be started: CPython's `PyConfig`, in the terms of this program. The command line and the
 * library fill it in; nothing here reads the environment.
 */
export interface Config {
  /** `sys.argv`. */
  readonly argv: readonly string[]
  /** `sys.orig_argv`: the command as it was given, the program's own name included. */
  readonly origArgv: readonly string[]
  readonly executable: string
  readonly prefix: string
  readonly basePrefix: string
  readonly execPrefix: string
  readonly baseExecPrefix: string
  readonly baseExecutable: string
  readonly platlibdir: string
  /** `sys._home`, or `null`. */
  readonly home: string | null
  /** Where the library lies: `sys._stdlib_dir`, or `null` where it has no directory. */
  readonly stdlibDir: string | null
  /** `sys.path` before `site` adds to it and without the script's directory. */
  readonly moduleSearchPaths: readonly string[]
  readonly warnoptions: readonly string[]
  /** `sys._xoptions`: values by name, `true` for an option without one. */
  readonly xoptions: ReadonlyMap<string, string | true>
  readonly pycachePrefix: string | null
  /** `sys.implementation.name`: `taipan`, or what a program that insists wants to see. */
  readonly implementationName: string
  readonly filesystemEncoding: string
  readonly filesystemErrors: string
  readonly stdioEncoding: string
  readonly stdioErrors: string
  readonly checkHashPycs: 'default' | 'always' | 'never'
  readonly flags: Flags
  /** What is run: one of these, or standard input where all are `null`. */
  readonly runCommand: string | null
  readonly runModule: string | null
  /** From the root. */
  readonly runFilename: string | null
  /** -x: skip the first line of the script. */
  readonly skipFirstLine: boolean
  /** -X importtime. */
  readonly importTime: boolean
  /** Frozen modules of the library are used (-X frozen_modules). */
  readonly useFrozenModules: boolean
  /** −1 where nobody set a limit. */
  readonly intMaxStrDigits: number
  readonly bufferedStdio: boolean
  /** Python installs its own handlers for signals. */
  readonly installSignalHandlers: boolean
  readonly tracemalloc: number
  /** Whether code objects keep the columns of instructions. */
  readonly debugRanges: boolean
  readonly faulthandler: boolean
}

/** `sys.flags`. */
export interface Flags {
  readonly debug: number
  readonly inspect: number
  readonly interactive: number
  readonly optimize: number
  readonly dontWriteBytecode: number
  readonly noUserSite: number
  readonly noSite: number
  readonly ignoreEnvironment: number
  readonly verbose: number
  readonly bytesWarning: number
  readonly quiet: number
  readonly hashRandomization: number
  readonly isolated: number
  readonly devMode: boolean
  readonly utf8Mode: number
  readonly warnDefaultEncoding: number
  readonly safePath: boolean
}

/** What CPython runs with when nothing is asked for. */
const defaultFlags: Flags = {
  debug: 0,
  inspect: 0,
  interactive: 0,
  optimize: 0,
  dontWriteBytecode: 0,
  noUserSite: 0,
  noSite: 0,
  ignoreEnvironment: 0,
  verbose: 0,
  bytesWarning: 0,
  quiet: 0,
  hashRandomization: 1,
  isolated: 0,
  devMode: false,
  utf8Mode: 0,
  warnDefaultEncoding: 0,
  safePath: false,
}

/** A configuration without command line, environment or file system; what starts an interpreter overrides its parts. */
export const defaultConfig: Config = {
  argv: [''],
  origArgv: [],
  executable: '',
  prefix: '/usr/local',
  basePrefix: '/usr/local',
  execPrefix: '/usr/local',
  baseExecPrefix: '/usr/local',
  baseExecutable: '',
  platlibdir: 'lib',
  home: null,
  stdlibDir: null,
  moduleSearchPaths: [],
  warnoptions: [],
  xoptions: new Map(),
  pycachePrefix: null,
  implementationName: 'taipan',
  filesystemEncoding: 'utf-8',
  filesystemErrors: 'surrogateescape',
  stdioEncoding: 'utf-8',
  stdioErrors: 'strict',
  checkHashPycs: 'default',
  flags: defaultFlags,
  runCommand: null,
  runModule: null,
  runFilename: null,
  skipFirstLine: false,
  importTime: false,
  useFrozenModules: true,
  intMaxStrDigits: -1,
  bufferedStdio: true,
  installSignalHandlers: true,
  tracemalloc: 0,
  debugRanges: true,
  faulthandler: false,
}
