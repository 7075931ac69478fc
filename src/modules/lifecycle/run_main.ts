import { PYC_MAGIC, readPyc } from '../../bytecode/pyc.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { getAttr } from '../../objects/attributes.ts'
import type { PyModule } from '../../objects/define_module.ts'
import { isException, runtimeError } from '../../objects/errors.ts'
import { PyExc_ImportError } from '../../objects/exception_types.ts'
import { newText, none } from '../../objects/make.ts'
import type { PyDict, PyList, Value } from '../../objects/object.ts'
import { call, callMethod } from '../../objects/protocols.ts'
import { None } from '../../objects/types.ts'
import { audit } from '../../vm/audit.ts'
import { newCode } from '../../vm/code.ts'
import { type CompileSettings, compileProgram } from '../../vm/compile_source.ts'
import { strerror } from '../../vm/errno.ts'
import { getModule, importAttribute } from '../../vm/import.ts'
import { interpreter, sysAttribute } from '../../vm/interpreter.ts'
import { O_CLOEXEC, O_RDONLY, platform, S_IFDIR, S_IFMT, SystemFault } from '../../vm/platform.ts'
import { runCode } from '../../vm/run_code.ts'
import { readAll } from '../../vm/system.ts'
import { type Ending, endByException, writeStderr } from './errors.ts'
import { flushStreams } from './finish.ts'

/** A prompt for standard input that is a terminal, and for `-i`; it gives the exit status. */
export type Interact = () => Ending

const DONE: Ending = { status: 0, interrupted: false, exited: false }

/** The namespace of `__main__`, borrowed. */
function mainNamespace(): PyDict {
  const main = getModule('__main__') as Owned<PyModule> | undefined
  if (main === undefined) throw runtimeError('__main__ is not in sys.modules')
  const { dict } = main.data
  drop(main)
  return dict
}

/** The finder that `sys.path_hooks` have for a path, owned; None where it is no place to import from. */
function importerOf(path: Value): Owned<Value> {
  const cache = sysAttribute('path_importer_cache') as PyDict
  const known = cache.data.get(path)
  if (known !== undefined) return keep(known)
  let importer: Owned<Value> = none()
  for (const hook of (sysAttribute('path_hooks') as PyList).data.slice()) {
    try {
      importer = call(hook, [path])
      break
    } catch (error) {
      if (!isException(error, PyExc_ImportError)) throw error
      drop(error)
    }
  }
  cache.data.set(path, keep(importer))
  return importer
}

function prependPath(path: string): void {
  const list = sysAttribute('path')
  if (list === undefined) throw runtimeError('unable to get sys.path')
  drop(callMethod(list, 'insert', [0, newText(path)]))
}

/** What stands first in `sys.path`: the script's directory, links resolved (`_PyPathConfig_ComputeSysPath0`). */
function scriptDirectory(argv0: string): string {
  if (argv0 === '-c' || argv0 === '') return ''
  if (argv0 === '-m') {
    const cwd = platform().files.getcwd()
    return typeof cwd === 'string' ? cwd : ''
  }
  const real = exists(argv0) ? realPath(argv0) : argv0
  const slash = real.lastIndexOf('/')
  return slash < 0 ? '' : slash === 0 ? '/' : real.slice(0, slash)
}

function exists(path: string): boolean {
  try {
    platform().files.stat(path, true)
    return true
  } catch (error) {
    if (error instanceof SystemFault) return false
    throw error
  }
}

/** The path of something that exists, with its links resolved. */
function realPath(path: string): string {
  const { files } = platform()
  const cwd = files.getcwd()
  let rest = (path.startsWith('/') ? path : `${String(cwd)}/${path}`).split('/').filter((part) => part !== '')
  let at = ''
  let links = 0
  while (rest.length > 0) {
    const part = rest.shift()!
    if (part === '.') continue
    if (part === '..') {
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')))
      continue
    }
    const next = `${at}/${part}`
    let target: string | Uint8Array | null = null
    try {
      target = files.readlink(next)
    } catch (error) {
      if (!(error instanceof SystemFault)) throw error
    }
    if (typeof target !== 'string' || ++links > MAX_LINKS) {
      at = next
      continue
    }
    if (target.startsWith('/')) at = ''
    rest = [...target.split('/').filter((piece) => piece !== ''), ...rest]
  }
  return at === '' ? '/' : at
}

const MAX_LINKS = 40

function runText(source: string | Uint8Array, settings: CompileSettings): Ending {
  const globals = mainNamespace()
  const code = newCode(compileProgram(source, settings))
  try {
    drop(runCode(code, globals, globals))
  } finally {
    drop(code)
  }
  return DONE
}

/** Runs what `run` does and ends by what it throws. */
function guarded(run: () => Ending): Ending {
  try {
    return run()
  } catch (error) {
    return endByException(error)
  }
}

/** `-c`. */
function runCommand(command: string): Ending {
  audit('cpython.run_command', newText(command))
  return runText(command, { filename: '<string>', mode: 'exec', flags: 0, optimize: -1 })
}

/** `-m`, and directories and archives with a `__main__`. */
function runModule(name: string, setArgv0: boolean): Ending {
  audit('cpython.run_module', newText(name))
  const run = importAttribute('runpy', '_run_module_as_main')
  try {
    drop(call(run, [newText(name), setArgv0]))
  } finally {
    drop(run)
  }
  return DONE
}

/** The program's name as its own messages begin with it. */
function programName(): string {
  return interpreter.config.origArgv[0] ?? 'taipan'
}

/** The bytes of the script, or the status with which the program ends. */
function readScript(filename: string): Uint8Array | number {
  const { fds } = platform()
  const shownName = `'${filename.replace(/[\\']/g, '\\$&')}'`
  let fd: number
  try {
    fd = fds.open(filename, O_RDONLY | O_CLOEXEC, 0)
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
    const { errno } = error
    writeStderr(`${programName()}: can't open file ${shownName}: [Errno ${errno}] ${strerror(errno)}\n`)
    return 2
  }
  try {
    if ((fds.fstat(fd).mode & S_IFMT) === S_IFDIR) {
      writeStderr(`${programName()}: ${shownName} is a directory, cannot continue\n`)
      return 1
    }
    return readAll(fd)
  } finally {
    fds.close(fd)
  }
}

function setMainLoader(globals: PyDict, filename: string, loaderName: string): void {
  const external = getAttr(interpreter.importlib!, '_bootstrap_external')
  const type = getAttr(external, loaderName)
  drop(external)
  globals.data.set('__loader__', call(type, ['__main__', newText(filename)]))
  drop(type)
}

function isPyc(bytes: Uint8Array, filename: string): boolean {
  return filename.endsWith('.pyc') || (bytes[0] === PYC_MAGIC[0] && bytes[1] === PYC_MAGIC[1])
}

/** Runs the bytes of a script in `__main__` (`_PyRun_SimpleFileObject`). */
function runScript(bytes: Uint8Array, filename: string): Ending {
  const globals = mainNamespace()
  const { data } = globals
  const named = !data.has('__file__')
  if (named) {
    data.set('__file__', newText(filename))
    data.set('__cached__', keep<Value>(None))
  }
  try {
    if (isPyc(bytes, filename)) {
      setMainLoader(globals, filename, 'SourcelessFileLoader')
      if (PYC_MAGIC.some((byte, i) => bytes[i] !== byte)) throw runtimeError('Bad magic number in .pyc file')
      const code = newCode(readPyc(bytes, { name: '__main__', path: filename }).code)
      drop(runCode(code, globals, globals))
      drop(code)
    } else {
      if (filename !== '<stdin>') setMainLoader(globals, filename, 'SourceFileLoader')
      runText(bytes, { filename, mode: 'exec', flags: 0, optimize: -1, from: 'file' })
    }
    return DONE
  } catch (error) {
    flushStreams()
    return endByException(error)
  } finally {
    if (named) {
      data.delete('__file__')
      data.delete('__cached__')
    }
  }
}

function runFile(filename: string): Ending {
  audit('cpython.run_file', newText(filename))
  let bytes = readScript(filename)
  if (typeof bytes === 'number') return { status: bytes, interrupted: false, exited: true }
  if (interpreter.config.skipFirstLine) {
    const end = bytes.indexOf(10)
    bytes = end < 0 ? new Uint8Array(0) : bytes.subarray(end)
  }
  return runScript(bytes, filename)
}

/** Whether somebody sits at standard input, or `-i` says so. */
function isInteractive(): boolean {
  return platform().fds.isatty(0) || interpreter.config.flags.interactive !== 0
}

function runStdin(interact: Interact | null): Ending {
  if (interact !== null && isInteractive()) return interact()
  audit('cpython.run_stdin')
  return runScript(readAll(0), '<stdin>')
}

/** Whether a script is a directory or an archive from which `__main__` can be imported. */
function isImportable(filename: string): boolean {
  const importer = importerOf(newText(filename))
  const found = importer !== None
  drop(importer)
  return found
}

function runConfigured(interact: Interact | null): Ending {
  const { runCommand: command, runModule: module, runFilename: filename, argv, flags } = interpreter.config
  const isPackage = filename !== null && isImportable(filename)
  if (isPackage) prependPath(filename)
  else if (!flags.safePath) prependPath(scriptDirectory(argv[0] ?? ''))
  if (command !== null) return runCommand(command)
  if (module !== null) return runModule(module, true)
  if (isPackage) return runModule('__main__', false)
  if (filename !== null) return runFile(filename)
  return runStdin(interact)
}

/**
 * Runs what the configuration names, as `pymain_run_python` does: a command, a module, a script, a directory or archive
 * with a `__main__`, or standard input. `interact` serves a terminal; it also runs after a program with `-i`.
 */
export function runMain(interact: Interact | null): Ending {
  const ending = guarded(() => runConfigured(interact))
  const { flags, runCommand: command, runModule: module, runFilename: filename } = interpreter.config
  const ran = command !== null || module !== null || filename !== null
  if (flags.inspect !== 0 && ran && interact !== null && isInteractive()) return interact()
  return ending
}
