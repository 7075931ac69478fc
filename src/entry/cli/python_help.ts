import { VERSION } from '../../modules/sys/version.ts'
import { type OptionRow, optionHelp } from './options.ts'
import { version } from './version.ts'

const options: readonly OptionRow[] = [
  { flags: ['-b'], help: 'warn about comparing str with bytes; -bb: an error' },
  { flags: ['-B'], help: 'write no .pyc files (PYTHONDONTWRITEBYTECODE=x)' },
  { flags: ['-c'], value: 'cmd', help: 'run a program given as text; ends the options' },
  { flags: ['-d'], help: 'debug output of the parser (PYTHONDEBUG=x)' },
  { flags: ['-E'], help: 'pay no attention to PYTHON* variables' },
  { flags: ['-h', '-?', '--help'], help: 'show this help' },
  { flags: ['-i'], help: 'go on at the prompt when the program has ended (PYTHONINSPECT=x)' },
  { flags: ['-I'], help: 'isolated: -E, -s and -P' },
  { flags: ['-m'], value: 'mod', help: 'run a module of the library as a program; ends the options' },
  { flags: ['-O'], help: 'no asserts, __debug__ is False (PYTHONOPTIMIZE=x)' },
  { flags: ['-OO'], help: '-O, and no docstrings' },
  { flags: ['-P'], help: "keep the program's own directory out of sys.path (PYTHONSAFEPATH)" },
  { flags: ['-q'], help: 'no version and copyright at the prompt' },
  { flags: ['-s'], help: "leave the user's site directory out (PYTHONNOUSERSITE)" },
  { flags: ['-S'], help: "no 'import site' at the start" },
  { flags: ['-u'], help: 'no buffers in stdout and stderr (PYTHONUNBUFFERED=x)' },
  { flags: ['-v'], help: 'tell of each import; -vv: more (PYTHONVERBOSE=x)' },
  { flags: ['-V', '--version'], help: 'show the version; -VV: with the build' },
  {
    flags: ['-W'],
    value: 'arg',
    help: 'a filter of warnings: action:message:category:module:lineno (PYTHONWARNINGS=arg)',
  },
  { flags: ['-x'], help: 'skip the first line of the program' },
  { flags: ['-X'], value: 'opt', help: 'an option of the implementation; see --help-xoptions' },
  {
    flags: ['--check-hash-based-pycs'],
    value: 'always|default|never',
    help: 'when to check .pyc files that go by hash',
  },
  { flags: ['--help-env'], help: 'show the variables of the environment' },
  { flags: ['--help-xoptions'], help: 'show the options of -X' },
  { flags: ['--help-all'], help: 'show all help' },
  {
    flags: ['--explain'],
    value: 'STAGE,...',
    optionalValue: true,
    help: 'show how a file becomes bytecode; --json for programs',
  },
  { flags: ['--compile'], help: 'compile files and folders to .pyc; see --compile --help' },
]

const xoptions: readonly (readonly [name: string, help: string])[] = [
  ['dev', 'development mode: more checks and warnings'],
  ['faulthandler', 'show the Python stack when the process crashes'],
  ['frozen_modules=[on|off]', 'use the modules that are part of the program'],
  ['importtime', 'show how long each import takes'],
  ['int_max_str_digits=N', 'limit of digits when ints become text; 0: none'],
  ['pycache_prefix=DIR', 'write .pyc files into a tree of their own'],
  ['tracemalloc[=N]', 'trace allocations, N frames each'],
  ['utf8[=0|1]', 'UTF-8 mode'],
  ['warn_default_encoding', "warn where 'encoding' is left to the locale"],
]

const variables: readonly (readonly [name: string, help: string])[] = [
  ['PYTHONSTARTUP', 'a file that is run before the prompt'],
  ['PYTHONPATH', 'directories for imports, separated by colons'],
  ['PYTHONHOME', "the root of a library to use in place of Taipan's own"],
  ['PYTHONPLATLIBDIR', "the name of the library's directory"],
  ['PYTHONSAFEPATH', '-P'],
  ['PYTHONOPTIMIZE', '-O'],
  ['PYTHONDEBUG', '-d'],
  ['PYTHONINSPECT', '-i'],
  ['PYTHONUNBUFFERED', '-u'],
  ['PYTHONVERBOSE', '-v'],
  ['PYTHONDONTWRITEBYTECODE', '-B'],
  ['PYTHONPYCACHEPREFIX', '-X pycache_prefix'],
  ['PYTHONHASHSEED', "'random', or the seed of the hashes of str and bytes"],
  ['PYTHONINTMAXSTRDIGITS', '-X int_max_str_digits'],
  ['PYTHONIOENCODING', 'encoding[:errors] of stdin, stdout and stderr'],
  ['PYTHONNOUSERSITE', '-s'],
  ['PYTHONUSERBASE', "the root of the user's site directory"],
  ['PYTHONWARNINGS', '-W, several separated by commas'],
  ['PYTHONFAULTHANDLER', '-X faulthandler'],
  ['PYTHONTRACEMALLOC', '-X tracemalloc'],
  ['PYTHONPROFILEIMPORTTIME', '-X importtime'],
  ['PYTHONDEVMODE', '-X dev'],
  ['PYTHONUTF8', '-X utf8'],
  ['PYTHONWARNDEFAULTENCODING', '-X warn_default_encoding'],
  ['PYTHONBREAKPOINT', 'what breakpoint() calls'],
  ['TAIPAN_IMPLEMENTATION', "'CPython' shows programs that name"],
]

function table(rows: readonly (readonly [string, string])[], before: string): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2
  return rows.map(([name, help]) => `  ${before}${name.padEnd(width)}${help}\n`).join('')
}

/** What `-h` and its like print. */
export function helpText(program: string, topic: 'help' | 'env' | 'xoptions' | 'all'): string {
  const main = `usage: ${program} [option] ... [-c cmd | -m mod | file | -] [arg] ...

${optionHelp(options)}

A file, a directory or a zip archive with a __main__.py is run; '-' or nothing: standard input, or the prompt at a
terminal. What follows is sys.argv[1:].
`
  const x = `Options of -X:\n${table(xoptions, '-X ')}`
  const env = `Variables of the environment:\n${table(variables, '')}`
  if (topic === 'help') return main
  if (topic === 'env') return env
  if (topic === 'xoptions') return x
  return `${main}\n${x}\n${env}`
}

/** What `-V` prints; `-VV` adds the build. */
export function versionText(full: boolean): string {
  return full ? `Python ${VERSION}\n` : `Python ${VERSION.split(' ', 1)[0]} (Taipan ${version})\n`
}
