import { type Str, strToUtf16 } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr, concatStr } from '../../objects/access.ts'
import { getAttr } from '../../objects/attributes.ts'
import { newException, runtimeError, toException, typeError } from '../../objects/errors.ts'
import { PyExc_EOFError } from '../../objects/exception_types.ts'
import { newText } from '../../objects/make.ts'
import type { KeywordNames, Value } from '../../objects/object.ts'
import { call, callMethod, isTrue, str, strText } from '../../objects/protocols.ts'
import { None, typeOf } from '../../objects/types.ts'
import { audit } from '../../vm/audit.ts'
import { sysAttribute } from '../../vm/interpreter.ts'
import { isPlainText, writeText } from '../_io/textio.ts'
import type { PyText } from '../_io/textio_state.ts'

/** How `print` is called; all borrowed. */
interface PrintOptions {
  sep: Value
  end: Value
  file: Value
  flush: boolean
}

function printOptions(args: readonly Value[], kwnames: KeywordNames): PrintOptions {
  const options: PrintOptions = { sep: None, end: None, file: None, flush: false }
  if (kwnames === null) return options
  const positional = args.length - kwnames.length
  kwnames.forEach((name, i) => {
    const value = args[positional + i]!
    if (name === 'sep' || name === 'end' || name === 'file') options[name] = value
    else if (name === 'flush') options.flush = isTrue(value)
    else throw typeError(`'${strToUtf16(asStr(name)!)}' is an invalid keyword argument for print()`)
  })
  return options
}

/** A separator or ending: the default where it is None. */
function textOption(value: Value, name: string, otherwise: string): Value {
  if (value === None) return otherwise
  if (asStr(value) === undefined) throw typeError(`${name} must be None or a string, not ${typeOf(value).name}`)
  return value
}

function write(writer: Value, text: Value): void {
  drop(call(writer, [text]))
}

/** `print(*args, sep=' ', end='\n', file=None, flush=False)`. */
export function print(args: readonly Value[], kwnames: KeywordNames): void {
  const options = printOptions(args, kwnames)
  let { file } = options
  if (file === None) {
    const stdout = sysAttribute('stdout')
    if (stdout === undefined) throw runtimeError('lost sys.stdout')
    if (stdout === None) return
    file = stdout
  }
  const sep = textOption(options.sep, 'sep', ' ')
  const end = textOption(options.end, 'end', '\n')
  const count = args.length - (kwnames === null ? 0 : kwnames.length)
  keep(file)
  try {
    if (isPlainText(file) && typeof sep === 'string' && typeof end === 'string') {
      printText(file, args, count, sep, end)
      if (options.flush) drop(callMethod(file, 'flush', []))
      return
    }
    for (let i = 0; i < count; i++) {
      if (i > 0) writeObject(sep, file)
      writeObject(args[i]!, file)
    }
    writeObject(end, file)
    if (options.flush) drop(callMethod(file, 'flush', []))
  } finally {
    drop(file)
  }
}

/** Prints to a stream of ours with one write; what was printed before an argument fails has been written too. */
function printText(file: PyText, args: readonly Value[], count: number, sep: string, end: string): void {
  let line: Str = ''
  let complete = false
  try {
    for (let i = 0; i < count; i++) {
      if (i > 0) line = typeof line === 'string' ? line + sep : concatStr(line, sep)
      const arg = args[i]!
      const text = typeof arg === 'string' ? arg : strText(arg)
      line = typeof line === 'string' && typeof text === 'string' ? line + text : concatStr(line, text)
    }
    line = typeof line === 'string' ? line + end : concatStr(line, end)
    complete = true
  } finally {
    if (!complete && line !== '') writeText(file, line)
  }
  writeText(file, line)
}

/** Writes `str(value)` (`PyFile_WriteObject`): the stream's `write` is looked up anew each time. */
function writeObject(value: Value, file: Value): void {
  const writer = getAttr(file, 'write')
  try {
    if (typeof value === 'string') {
      write(writer, value)
      return
    }
    const text = str(value)
    try {
      write(writer, text)
    } finally {
      drop(text)
    }
  } finally {
    drop(writer)
  }
}

function standardStream(name: 'stdin' | 'stdout' | 'stderr'): Owned<Value> {
  const stream = sysAttribute(name)
  if (stream === undefined || stream === None) throw runtimeError(`input(): lost sys.${name}`)
  return keep(stream)
}

/** Calls a method whose failure does not matter. */
function flush(stream: Value): void {
  try {
    drop(callMethod(stream, 'flush', []))
  } catch (error) {
    drop(toException(error))
  }
}

/** A line editor for terminals; whoever runs the command sets it. It gives `null` where the streams are no terminal. */
const lineEditor: { read: (prompt: string) => string | null } = { read: () => null }

/** Whether a stream is the process's own of this number. */
function isDescriptor(stream: Value, descriptor: number): boolean {
  try {
    const number = callMethod(stream, 'fileno', [])
    const same = number === descriptor
    drop(number)
    return same
  } catch (error) {
    drop(toException(error))
    return false
  }
}

/** A line from the terminal, without its end; `null` where the streams are no terminal. */
function fromTerminal(stdin: Value, stdout: Value, prompt: Value | undefined): Owned<Value> | null {
  if (!isDescriptor(stdin, 0) || !isDescriptor(stdout, 1)) return null
  const shown = prompt === undefined ? '' : str(prompt)
  const line = lineEditor.read(strToUtf16(asStr(shown)!))
  drop(shown)
  if (line === null) return null
  if (line === '') throw newException(PyExc_EOFError, [])
  return newText(line.replace(/\r?\n$/, ''))
}

/** A line of a stream without its end (`PyFile_GetLine` with -1). */
function lineOf(stream: Value): Owned<Value> {
  const line = callMethod(stream, 'readline', [])
  const text = asStr(line)
  if (text === undefined) {
    drop(line)
    throw typeError('object.readline() returned non-string')
  }
  if (text === '') throw newException(PyExc_EOFError, ['EOF when reading a line'])
  if (typeof text === 'string') return text.endsWith('\n') ? text.slice(0, -1) : line
  const utf16 = strToUtf16(text)
  if (!utf16.endsWith('\n')) return line
  drop(line)
  return newText(utf16.slice(0, -1))
}

/** `input(prompt='')`. */
export function input(prompt: Value | undefined): Owned<Value> {
  const stdin = standardStream('stdin')
  let stdout: Owned<Value> | undefined
  let stderr: Owned<Value> | undefined
  try {
    stdout = standardStream('stdout')
    stderr = standardStream('stderr')
    audit('builtins.input', prompt ?? None)
    flush(stderr)
    const line = fromTerminal(stdin, stdout, prompt)
    if (line !== null) {
      audit('builtins.input/result', line)
      return line
    }
    if (prompt !== undefined) writeObject(prompt, stdout)
    flush(stdout)
    return lineOf(stdin)
  } finally {
    drop(stdin)
    drop(stdout)
    drop(stderr)
  }
}

/** `breakpoint(*args, **kws)`: calls `sys.breakpointhook`. */
export function breakpoint(args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const hook = sysAttribute('breakpointhook')
  if (hook === undefined) throw runtimeError('lost sys.breakpointhook')
  audit('builtins.breakpoint', hook)
  keep(hook)
  try {
    return call(hook, args, kwnames)
  } finally {
    drop(hook)
  }
}
