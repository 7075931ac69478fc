import { encodeUtf8 } from '../base/utf8.ts'
import { strEquals, strToUtf16 } from '../base/values.ts'
import { codePositions, type Positions } from '../bytecode/linetable.ts'
import { drop } from '../memory/counted.ts'
import { asInt, asStr } from '../objects/access.ts'
import { newText } from '../objects/make.ts'
import type { PyStr, Value } from '../objects/object.ts'
import { callMethod } from '../objects/protocols.ts'
import { isInstanceOf, tracebackType } from '../objects/types.ts'
import { anchorsOf, characterOffset, displayWidths } from './error_anchors.ts'
import { sysAttribute } from './interpreter.ts'
import { SourceLines } from './source_lines.ts'
import { type PyTraceback, tracebackLine } from './traceback.ts'

/** Entries of a traceback that are printed when no `sys.tracebacklimit` says otherwise. */
const TRACEBACK_LIMIT = 1000
/** Calls of one function at one line that are printed before the rest is folded. */
const RECURSIVE_CUTOFF = 3
const SOURCE_INDENT = 4

export const TRACEBACK_HEADER = 'Traceback (most recent call last):\n'

/** A Python stream that text is written to, line by line. */
export class TextSink {
  /** What stands before each line, such as the frame of a group of exceptions. */
  margin = ''
  readonly lines = new SourceLines()
  private readonly stream: Value
  private pending = ''

  constructor(stream: Value) {
    this.stream = stream
  }

  /** Writes UTF-16 text. */
  write(text: string): void {
    this.pending += text
    if (this.pending.endsWith('\n')) this.send()
  }

  /** Writes a Python string. */
  writeStr(text: PyStr): void {
    if (typeof text === 'string') {
      // A surrogate half must not join the one beside it.
      if (/[\ud800-\udfff]/.test(text)) {
        this.send()
        drop(callMethod(this.stream, 'write', [text]))
      } else this.write(text)
      return
    }
    this.send()
    drop(callMethod(this.stream, 'write', [text]))
  }

  /** Hands over what has not been written yet. */
  send(): void {
    const { pending } = this
    if (pending === '') return
    this.pending = ''
    drop(callMethod(this.stream, 'write', [newText(pending)]))
  }
}

/** The source line without its indentation, and how many characters that was. */
function stripped(line: string): { text: string; removed: number } {
  const text = line.replace(/^[ \t\f]+/, '')
  return { text, removed: line.length - text.length }
}

const isBlankChar = (char: string | undefined) => char === ' ' || char === '\t' || char === '\f'

/** The line of `^` and `~` under a source line, or nothing where it would say nothing (PEP 657). */
function carets(line: string, removed: number, positions: Positions): string | undefined {
  const { lineno, end_lineno, col_offset, end_col_offset } = positions
  if (lineno === null || end_lineno === null || col_offset === null || end_col_offset === null) return undefined
  const characters = [...line]
  const bytes = encodeUtf8(line)
  const start = characterOffset(bytes, col_offset)
  let end = characterOffset(bytes, end_col_offset)
  let [left, right] = [-1, -1]
  let primary = '^'
  if (lineno === end_lineno) {
    const anchors = anchorsOf(characters.slice(start, end).join(''), start)
    if (anchors !== undefined) {
      ;({ left, right } = anchors)
      primary = '~'
    }
  } else {
    end = characters.length
    while (end > 0 && isBlankChar(characters[end - 1])) end--
  }
  const special = left !== -1 || right !== -1
  if (end - start === characters.length - removed && !special) return undefined
  const widths = displayWidths(characters)
  let marks = ' '.repeat(SOURCE_INDENT)
  for (let offset = removed; offset < end; offset++) {
    let mark = primary
    if (offset < start) mark = ' '
    else if (special && left <= offset && offset < right) mark = '^'
    marks += mark.repeat(widths[offset] ?? 1)
  }
  return marks
}

/** Prints one entry: file, line and function, the source, the marks under it. */
function printEntry(sink: TextSink, traceback: PyTraceback, line: number | null): void {
  const { code } = traceback.data.frame.data
  const { margin } = sink
  sink.write(`${margin}  File "`)
  sink.writeStr(code.filename)
  sink.write(`", line ${line ?? -1}, in `)
  sink.writeStr(code.name)
  sink.write('\n')
  const source = line === null ? null : sink.lines.line(strToUtf16(asStr(code.filename)!), line)
  if (source === null) return
  const { text, removed } = stripped(source)
  sink.write(`${margin}${' '.repeat(SOURCE_INDENT)}${text}\n`)
  const positions = codePositions(code.object)[traceback.data.lasti >> 1]
  const marks = positions === undefined ? undefined : carets(source, removed, positions)
  if (marks !== undefined) sink.write(`${margin}${marks}\n`)
}

function printRepeated(sink: TextSink, count: number): void {
  const more = count - RECURSIVE_CUTOFF
  sink.write(`  [Previous line repeated ${more} more time${more > 1 ? 's' : ''}]\n`)
}

function tracebackLimit(): number {
  const limit = sysAttribute('tracebacklimit')
  const value = limit === undefined ? undefined : asInt(limit)
  return value === undefined ? TRACEBACK_LIMIT : Number(value)
}

function sameText(a: PyStr, b: PyStr): boolean {
  return a === b || strEquals(asStr(a)!, asStr(b)!)
}

/** Prints the entries of a traceback, the last `sys.tracebacklimit` of them, below a heading. */
export function printTraceback(sink: TextSink, traceback: Value, headingMargin: string, heading: string): void {
  if (!isInstanceOf(traceback, tracebackType)) return
  const limit = tracebackLimit()
  if (limit <= 0) return
  sink.write(headingMargin + heading)
  const entries: PyTraceback[] = []
  for (let at: PyTraceback | null = traceback as PyTraceback; at !== null; at = at.data.next) entries.push(at)
  let last: { filename: PyStr; line: number | null; name: PyStr } | undefined
  let count = 0
  for (const entry of entries.slice(Math.max(0, entries.length - limit))) {
    const { filename, name } = entry.data.frame.data.code
    const line = tracebackLine(entry)
    if (last === undefined || !sameText(last.filename, filename) || last.line !== line || !sameText(last.name, name)) {
      if (count > RECURSIVE_CUTOFF) printRepeated(sink, count)
      last = { filename, line, name }
      count = 0
    }
    if (++count <= RECURSIVE_CUTOFF) printEntry(sink, entry, line)
  }
  if (count > RECURSIVE_CUTOFF) printRepeated(sink, count)
}

/** Writes a traceback with its heading to a stream (`PyTraceBack_Print`). */
export function writeTraceback(traceback: Value, stream: Value): void {
  const sink = new TextSink(stream)
  printTraceback(sink, traceback, '', TRACEBACK_HEADER)
  sink.send()
}
