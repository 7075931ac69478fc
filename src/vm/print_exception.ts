import { encodeUtf8 } from '../base/utf8.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt, asStr, utf16 } from '../objects/access.ts'
import { getAttr, lookupAttr } from '../objects/attributes.ts'
import { enterRecursive, leaveRecursive, toException, typeError } from '../objects/errors.ts'
import { groupExceptions, isExceptionGroup } from '../objects/exception_group.ts'
import { PyExc_BaseException, PyExc_SyntaxError, type PyException } from '../objects/exception_types.ts'
import type { PyStr, PyType, Value } from '../objects/object.ts'
import { callMethod, repr, str } from '../objects/protocols.ts'
import { isSequence, len, sequenceItem } from '../objects/sequence_protocol.ts'
import { isInstanceOf, None, typeOf } from '../objects/types.ts'
import { printTraceback, TextSink, TRACEBACK_HEADER } from './print_traceback.ts'
import { suggestionFor } from './suggestions.ts'
import { writeError } from './system.ts'
import { type PyTraceback, setTraceback } from './traceback.ts'

/*
 * How CPython's C code shows an exception that nobody handles (`_PyErr_Display`): its traceback, what led to it, the
 * exceptions of a group in a box, notes, and the name that may have been meant.
 */

const CAUSE = 'The above exception was the direct cause of the following exception:\n'
const CONTEXT = 'During handling of the above exception, another exception occurred:\n'
const GROUP_HEADER = 'Exception Group Traceback (most recent call last):\n'
const GROUP_WIDTH_MAX = 15
const GROUP_DEPTH_MAX = 10

/** The state of printing one exception with all that hangs on it. */
class ExceptionPrinter {
  private readonly sink: TextSink
  private readonly seen = new Set<PyException>()
  private depth = 0
  private needClose = false

  constructor(sink: TextSink) {
    this.sink = sink
  }

  private get indent(): string {
    return ' '.repeat(2 * this.depth)
  }

  /** What stands before a line of the exception at hand. */
  private get margin(): string {
    return this.depth > 0 ? `${this.indent}| ` : ''
  }

  /** Prints an exception after what led to it. */
  print(exception: Value): void {
    this.printCause(exception)
    if (isExceptionGroup(exception)) this.printGroup(exception)
    else this.printOne(exception)
  }

  private printCause(exception: Value): void {
    if (!isInstanceOf(exception, PyExc_BaseException)) return
    const { data } = exception as PyException
    this.seen.add(exception as PyException)
    const { cause, context } = data
    if (cause !== null) {
      if (!this.seen.has(cause)) this.printChained(cause, CAUSE)
    } else if (!data.suppressContext && context !== null && !this.seen.has(context)) {
      this.printChained(context, CONTEXT)
    }
  }

  private printChained(exception: PyException, message: string): void {
    enterRecursive(' in print_chained')
    const { needClose } = this
    keep(exception)
    try {
      this.print(exception)
    } finally {
      drop(exception)
      this.needClose = needClose
      leaveRecursive()
    }
    const { margin, sink } = this
    sink.write(`${margin}\n${margin}${message}${margin}\n`)
  }

  private printGroup(group: PyException): void {
    const { sink } = this
    if (this.depth > GROUP_DEPTH_MAX) {
      sink.write(`${this.margin}... (max_group_depth is ${GROUP_DEPTH_MAX})\n`)
      return
    }
    if (this.depth === 0) this.depth = 1
    this.printOne(group)
    const exceptions = groupExceptions(group)
    const shown = exceptions.length <= GROUP_WIDTH_MAX ? exceptions.length : GROUP_WIDTH_MAX + 1
    this.needClose = false
    for (let i = 0; i < shown; i++) {
      if (i === shown - 1) this.needClose = true
      const truncated = i >= GROUP_WIDTH_MAX
      sink.write(
        `${this.indent}${i === 0 ? '+-' : '  '}+---------------- ${truncated ? '...' : i + 1} ----------------\n`,
      )
      this.depth++
      if (truncated) {
        const more = exceptions.length - GROUP_WIDTH_MAX
        sink.write(`${this.margin}and ${more} more exception${more > 1 ? 's' : ''}\n`)
      } else this.printMember(exceptions[i]!)
      if (i === shown - 1 && this.needClose) {
        sink.write(`${this.indent}+------------------------------------\n`)
        this.needClose = false
      }
      this.depth--
    }
    if (this.depth === 1) this.depth = 0
  }

  private printMember(exception: PyException): void {
    enterRecursive(' in print_exception_group')
    try {
      this.print(exception)
    } finally {
      leaveRecursive()
    }
  }

  private printOne(exception: Value): void {
    const { sink } = this
    if (!isInstanceOf(exception, PyExc_BaseException)) {
      sink.write(`${this.indent}TypeError: print_exception(): Exception expected for value, `)
      sink.write(`${typeOf(exception).name} found\n`)
      return
    }
    const error = exception as PyException
    sink.margin = this.margin
    const { traceback } = error.data
    if (traceback !== null) {
      const isGroup = isExceptionGroup(error)
      const lead = isGroup && this.depth === 1 ? `${this.indent}+ ` : this.margin
      printTraceback(sink, traceback, lead, isGroup ? GROUP_HEADER : TRACEBACK_HEADER)
    }
    const message = this.printPlace(error)
    this.printMessage(error.type, message ?? error)
    drop(message)
    const suggestion = message === undefined ? suggestionFor(error) : undefined
    if (suggestion !== undefined) sink.write(`. Did you mean: '${suggestion}'?`)
    sink.write('\n')
    // What has shown its place is represented by its message from here on, which has no notes.
    if (message === undefined) this.printNotes(error)
  }

  /** Prints the place of a SyntaxError, or of what looks like one; gives its message, owned, which then stands for it. */
  private printPlace(error: PyException): Owned<Value> | undefined {
    let marker: Owned<Value> | undefined
    try {
      marker = lookupAttr(error, 'print_file_and_line')
    } catch (failure) {
      drop(toException(failure))
    }
    if (marker === undefined) return undefined
    drop(marker)
    let place: Place
    try {
      place = placeOf(error)
    } catch (failure) {
      drop(toException(failure))
      return undefined
    }
    const { sink, margin } = this
    sink.write(`${margin}  File "`)
    const filename = str(place.filename)
    sink.writeStr(filename)
    sink.write(`", line ${place.lineno}\n`)
    drop(filename)
    drop(place.filename)
    if (place.text !== undefined) printErrorText(sink, place, utf16(place.text))
    drop(place.text)
    return place.message
  }

  /** Prints the class and the text of an exception. */
  private printMessage(type: PyType, value: Value): void {
    const { sink } = this
    sink.write(this.margin)
    sink.write(modulePrefix(type))
    const name = type.data.qualname
    if (asStr(name) === undefined) sink.write('<unknown>')
    else sink.writeStr(name as PyStr)
    if (value === None) return
    let text: Owned<PyStr>
    try {
      text = str(value)
    } catch (failure) {
      drop(toException(failure))
      sink.write(': <exception str() failed>')
      return
    }
    if (text !== '') sink.write(': ')
    sink.writeStr(text)
    drop(text)
  }

  private printNotes(error: PyException): void {
    const notes = lookupAttr(error, '__notes__')
    if (notes === undefined) return
    const { sink } = this
    try {
      if (!isSequence(notes)) {
        sink.write(this.margin)
        const shown = attempt(() => repr(notes))
        if (shown === undefined) sink.write('<__notes__ repr() failed>')
        else sink.writeStr(shown)
        drop(shown)
        return
      }
      const count = len(notes)
      for (let i = 0; i < count; i++) this.printNote(sequenceItem(notes, i))
    } finally {
      drop(notes)
    }
  }

  private printNote(note: Owned<Value>): void {
    const { sink } = this
    const text = attempt(() => str(note))
    drop(note)
    if (text === undefined) sink.write('<note str() failed>')
    else {
      for (const line of utf16(text).match(LINES) ?? []) sink.write(this.margin + line)
      drop(text)
    }
    sink.write('\n')
  }
}

/** Lines as `str.splitlines(True)` gives them. */
const LINES =
  /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+$/g

function attempt<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    drop(toException(error))
    return undefined
  }
}

/** The module of a class as it stands before its name: nothing for `builtins` and `__main__`. */
function modulePrefix(type: PyType): string {
  const module = attempt(() => getAttr(type, '__module__'))
  if (module === undefined || asStr(module) === undefined) {
    drop(module)
    return '<unknown>.'
  }
  const name = utf16(module)
  drop(module)
  return name === 'builtins' || name === '__main__' ? '' : `${name}.`
}

/** Where a SyntaxError is. */
interface Place {
  readonly message: Owned<Value>
  readonly filename: Owned<Value>
  readonly lineno: number
  readonly offset: number
  readonly endLineno: number
  readonly endOffset: number
  readonly text: Owned<Value> | undefined
}

function number(error: PyException, name: string, otherwise: number): number {
  const value = getAttr(error, name)
  const int = value === None ? otherwise : asInt(value)
  drop(value)
  if (int === undefined) throw typeError('a number is required')
  return Number(int)
}

/** The attributes of a SyntaxError (`parse_syntax_error`); throws where they are not what they should be. */
function placeOf(error: PyException): Place {
  const message = getAttr(error, 'msg')
  const filename = getAttr(error, 'filename')
  const lineno = asInt(getAttr(error, 'lineno'))
  if (lineno === undefined) throw typeError('a number is required')
  const offset = number(error, 'offset', -1)
  const exact = error.type === PyExc_SyntaxError
  const endLineno = exact ? number(error, 'end_lineno', Number(lineno)) : Number(lineno)
  const endOffset = exact ? number(error, 'end_offset', -1) : -1
  const text = getAttr(error, 'text')
  return {
    message,
    filename: filename === None ? '<string>' : filename,
    lineno: Number(lineno),
    offset,
    endLineno,
    endOffset,
    text: text === None || asStr(text) === undefined ? undefined : text,
  }
}

/** Prints the line of a SyntaxError and the marks under it (`print_error_text`); offsets count bytes of its text. */
function printErrorText(sink: TextSink, place: Place, text: string): void {
  const size = encodeUtf8(text).length
  let end = place.endLineno > place.lineno ? size : place.endOffset
  if (end > size + 1) end = size + 1
  let { offset } = place
  const count = end > 0 && end > offset ? end - offset : 1
  offset--
  let line = text.replace(/^[ \t\f]+/, '')
  offset -= text.length - line.length
  let length = encodeUtf8(line).length - (line.endsWith('\n') ? 1 : 0)
  if (offset > length) offset = length
  for (let at = line.indexOf('\n'); at >= 0; at = line.indexOf('\n')) {
    const bytes = encodeUtf8(line.slice(0, at)).length
    if (bytes >= offset) break
    line = line.slice(at + 1)
    length -= bytes + 1
    offset -= bytes + 1
  }
  sink.write(`    ${line}`)
  if (!line.endsWith('\n')) sink.write('\n')
  if (offset < 0) return
  sink.write(`    ${' '.repeat(offset)}${'^'.repeat(count)}\n`)
}

/** Writes an exception with its traceback and what led to it to a stream (`_PyErr_Display`); nothing is thrown. */
export function writeException(exception: Value, stream: Value, traceback?: Value): void {
  if (traceback !== undefined && isInstanceOf(exception, PyExc_BaseException)) {
    const error = exception as PyException
    if (error.data.traceback === null && traceback !== None) setTraceback(error, keep(traceback as PyTraceback))
  }
  keep(exception)
  keep(stream)
  try {
    const sink = new TextSink(stream)
    new ExceptionPrinter(sink).print(exception)
    sink.send()
  } catch (error) {
    drop(toException(error))
    writeError('lost sys.stderr\n')
  }
  attempt(() => drop(callMethod(stream, 'flush', [])))
  drop(stream)
  drop(exception)
}
