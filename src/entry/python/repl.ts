import { strToUtf16 } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { displayException, type Ending, endByException, writeStderr } from '../../modules/lifecycle/errors.ts'
import { flushStreams } from '../../modules/lifecycle/finish.ts'
import { asStr } from '../../objects/access.ts'
import type { PyModule } from '../../objects/define_module.ts'
import { isException, toException } from '../../objects/errors.ts'
import { PyExc_KeyboardInterrupt, PyExc_SystemExit, type PyException } from '../../objects/exception_types.ts'
import type { PyDict, PyObject, PyType } from '../../objects/object.ts'
import { callMethod, strText } from '../../objects/protocols.ts'
import { None } from '../../objects/types.ts'
import { PySyntaxError } from '../../source/errors.ts'
import { newCode } from '../../vm/code.ts'
import {
  type CompileSettings,
  compileProgram,
  PyCF_ALLOW_INCOMPLETE_INPUT,
  PyCF_DONT_IMPLY_DEDENT,
  PyCF_MASK,
} from '../../vm/compile_source.ts'
import { getModule } from '../../vm/import.ts'
import { interpreter, setSysAttribute, sysAttribute } from '../../vm/interpreter.ts'
import { environmentText } from '../../vm/locale_encoding.ts'
import { platform } from '../../vm/platform.ts'
import { runCode } from '../../vm/run_code.ts'
import { checkSignals } from '../../vm/signals.ts'
import { readFile, writeError } from '../../vm/system.ts'
import { versionText } from '../cli/python_help.ts'
import { completions } from './completion.ts'
import { loadHistory, saveHistory } from './history.ts'

/** The name under which what is typed is compiled. */
const FILENAME = '<stdin>'

const DONE: Ending = { status: 0, interrupted: false, exited: false }

/** The namespace of `__main__`, borrowed. */
function mainNamespace(): PyDict {
  const main = getModule('__main__') as Owned<PyModule>
  const { dict } = main.data
  drop(main)
  return dict
}

/** A prompt: the text of `sys.ps1` or `sys.ps2`, set to its default if it is not there. */
function promptText(name: 'ps1' | 'ps2', usual: string): string {
  const value = sysAttribute(name)
  if (value === undefined) {
    setSysAttribute(name, usual)
    return usual
  }
  try {
    return strToUtf16(strText(value))
  } catch (error) {
    drop(toException(error))
    return ''
  }
}

/** Whether a terminal shows colours, and nobody has asked it not to. */
function hasColours(): boolean {
  const term = environmentText('TERM')
  return environmentText('NO_COLOR') === undefined && term !== undefined && term !== 'dumb'
}

const coloured = (prompt: string) => (hasColours() ? `\x1b[1;35m${prompt}\x1b[0m` : prompt)

/** Where lines come from: the terminal's editor, or standard input as it is. */
type ReadLine = (prompt: string) => string | null

/** Reads at the terminal. An interrupt raises what the handler of SIGINT raises. */
function terminalLines(lines: string[]): ReadLine | null {
  const { editor } = platform()
  if (editor === null) return null
  return (prompt) => {
    for (;;) {
      editor.setHistory(lines)
      const line = editor.readLine(coloured(prompt), (text) => completions(text, mainNamespace()))
      if (line === undefined) {
        checkSignals()
        continue
      }
      if (line === null) writeError('\n')
      else if (line !== '' && line !== lines[lines.length - 1]) lines.push(line)
      return line
    }
  }
}

/** Reads from what is no terminal, as `-i` does: prompts go to standard error. */
function plainLine(prompt: string): string | null {
  writeError(prompt)
  const stream = sysAttribute('stdin')
  if (stream === undefined || stream === None) return null
  const line = callMethod(stream, 'readline', [])
  const text = strToUtf16(asStr(line) ?? '')
  drop(line)
  if (text === '') return null
  return text.endsWith('\n') ? text.slice(0, -1) : text
}

/** Whether a source that does not compile only lacks more lines. */
function isIncomplete(error: unknown): boolean {
  return error instanceof PySyntaxError && error.message.startsWith('incomplete input')
}

/** One session: what is typed, and the future features that it has switched on. */
class Session {
  private flags = 0
  private readonly globals: PyDict
  private readonly readLine: ReadLine

  constructor(globals: PyDict, readLine: ReadLine) {
    this.globals = globals
    this.readLine = readLine
  }

  /** Reads a statement and runs it; false at the end of input. Throws what it throws. */
  step(): boolean {
    const first = this.readLine(promptText('ps1', '>>> '))
    if (first === null) return false
    if (first.trim() === '' || first.trimStart().startsWith('#')) return true
    const lines = [first]
    for (;;) {
      const code = this.compile(lines)
      if (code !== null) {
        this.run(code)
        return true
      }
      const more = this.readLine(promptText('ps2', '... '))
      if (more === null) {
        // The end of input ends the statement too: it is compiled as it stands.
        this.run(this.compileFully(lines))
        return false
      }
      lines.push(more)
    }
  }

  /** The code of the lines; `null` if more must follow: a block ends with an empty line. */
  private compile(lines: readonly string[]): Owned<PyObject> | null {
    const source = lines.join('\n')
    const flags = this.flags | PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT
    const settings: CompileSettings = { filename: FILENAME, mode: 'single', flags, optimize: -1 }
    try {
      return this.code(compileProgram(source, settings))
    } catch (error) {
      if (!(error instanceof PySyntaxError)) throw error
    }
    try {
      compileProgram(`${source}\n`, settings)
    } catch (error) {
      if (!isIncomplete(error)) throw error
    }
    return null
  }

  private compileFully(lines: readonly string[]): Owned<PyObject> {
    const flags = this.flags | PyCF_DONT_IMPLY_DEDENT
    const source = `${lines.join('\n')}\n`
    return this.code(compileProgram(source, { filename: FILENAME, mode: 'single', flags, optimize: -1 }))
  }

  private code(object: ReturnType<typeof compileProgram>): Owned<PyObject> {
    this.flags |= object.co_flags & PyCF_MASK
    return newCode(object)
  }

  private run(code: Owned<PyObject>): void {
    try {
      drop(runCode(code as never, this.globals, this.globals))
    } finally {
      drop(code)
      flushStreams()
    }
  }
}

/** Shows what a statement threw; the status where it asks for the end. */
function failed(error: unknown): Ending | null {
  const exception: Owned<PyException> = toException(error)
  if (isException(error, PyExc_SystemExit)) return endByException(exception, false)
  const interrupted: boolean = (exception.type as PyType) === PyExc_KeyboardInterrupt
  if (interrupted && exception.data.traceback === null) {
    writeStderr('\nKeyboardInterrupt\n')
    drop(exception)
    return null
  }
  const ending = endByException(exception, true)
  return ending.exited ? ending : null
}

function runStartup(globals: PyDict): void {
  const file = interpreter.config.flags.ignoreEnvironment !== 0 ? undefined : environmentText('PYTHONSTARTUP')
  if (file === undefined || file === '') return
  const source = readFile(file)
  if (source === null) {
    writeStderr(`Could not open PYTHONSTARTUP\nFileNotFoundError: [Errno 2] No such file or directory: '${file}'\n`)
    return
  }
  try {
    const code = newCode(compileProgram(source, { filename: file, mode: 'exec', flags: 0, optimize: -1, from: 'file' }))
    try {
      drop(runCode(code, globals, globals))
    } finally {
      drop(code)
    }
  } catch (error) {
    const exception = toException(error)
    displayException(exception)
    drop(exception)
  }
}

function runHook(): void {
  const hook = sysAttribute('__interactivehook__')
  if (hook === undefined || hook === None) return
  keep(hook)
  try {
    drop(callMethod(hook, '__call__', []))
  } catch (error) {
    drop(toException(error))
  } finally {
    drop(hook)
  }
}

/** The interactive prompt: reads statements, runs them in `__main__`, shows their errors, until the end of input. */
export function interact(): Ending {
  const globals = mainNamespace()
  const { flags, runCommand, runModule, runFilename } = interpreter.config
  const afterProgram = runCommand !== null || runModule !== null || runFilename !== null
  if (!afterProgram && flags.quiet === 0) {
    writeError(`${versionText(true).trimEnd()} on ${platform().name}\n`)
    if (flags.noSite === 0) writeError('Type "help", "copyright", "credits" or "license" for more information.\n')
  }
  if (!afterProgram) runStartup(globals)
  runHook()
  const history = loadHistory()
  const known = history.length
  const session = new Session(globals, terminalLines(history) ?? plainLine)
  try {
    for (;;) {
      try {
        if (!session.step()) return DONE
      } catch (error) {
        const ending = failed(error)
        if (ending !== null) return ending
      }
    }
  } finally {
    saveHistory(history, known)
  }
}
