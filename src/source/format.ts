import { decodeUtf8, encodeUtf8 } from '../base/utf8.ts'
import type { SyntaxErrorData } from './error_fields.ts'

const NEWLINE = 0x0a

/**
 * A syntax error as `python3.11 file.py` prints it on standard error, last newline included: place, source line,
 * carets, message. Follows `print_exception` in Python/pythonrun.c, which counts in bytes where it cuts the line.
 */
export function formatSyntaxError(error: SyntaxErrorData): string {
  if (error.lineno === null) {
    const told = strOfSyntaxError(error)
    return told === '' ? `${error.type}\n` : `${error.type}: ${told}\n`
  }
  const place = `  File "${error.filename ?? '<string>'}", line ${error.lineno}\n`
  const quote = error.text === null ? '' : quoteLine(error, error.text, error.lineno)
  const message = error.msg === '' ? '' : `: ${error.msg}`
  return `${place}${quote}${error.type}${message}\n`
}

/** `str()` of a SyntaxError: the message with the file's base name and the line, as far as they are known. */
export function strOfSyntaxError(error: SyntaxErrorData): string {
  const base = error.filename === null ? null : error.filename.slice(error.filename.lastIndexOf('/') + 1)
  if (base !== null && error.lineno !== null) return `${error.msg} (${base}, line ${error.lineno})`
  if (base !== null) return `${error.msg} (${base})`
  return error.lineno === null ? error.msg : `${error.msg} (line ${error.lineno})`
}

/** The quoted line and its carets; of an error over several lines, only the first line is shown. */
function quoteLine(error: SyntaxErrorData, text: string, lineno: number): string {
  const bytes = encodeUtf8(text)
  const isPlain = error.type === 'SyntaxError'
  let endOffset = isPlain ? (error.end_offset ?? -1) : -1
  if (isPlain && (error.end_lineno ?? lineno) > lineno) endOffset = bytes.length
  endOffset = Math.min(endOffset, bytes.length + 1)
  let offset = error.offset ?? -1
  const carets = endOffset > 0 && endOffset > offset ? endOffset - offset : 1
  offset--

  let start = 0
  while (bytes[start] === 0x20 || bytes[start] === 0x09 || bytes[start] === 0x0c) {
    start++
    offset--
  }
  let end = bytes.length
  if (end > start && bytes[end - 1] === NEWLINE) end--
  offset = Math.min(offset, end - start)
  for (;;) {
    const newline = bytes.indexOf(NEWLINE, start)
    if (newline < 0 || newline - start >= offset) break
    offset -= newline + 1 - start
    start = newline + 1
  }
  const shown = decodeUtf8(bytes, start, bytes.length)
  const line = `    ${shown}${end < bytes.length ? '' : '\n'}`
  return offset < 0 ? line : `${line}    ${' '.repeat(offset)}${'^'.repeat(carets)}\n`
}

/**
 * A syntax error as `traceback.format_exception_only` gives it, the lines joined (`py_compile` and `compileall` print
 * this): like `formatSyntaxError`, but it counts in characters and keeps tabs above the carets.
 */
export function formatExceptionOnly(error: SyntaxErrorData): string {
  const message = error.msg === '' ? '<no detail available>' : error.msg
  const hasLine = error.lineno !== null
  const place = hasLine ? `  File "${error.filename || '<string>'}", line ${error.lineno}\n` : ''
  const quote = error.text === null ? '' : tracebackLine(error, error.text)
  const suffix = hasLine || error.filename === null ? '' : ` (${error.filename})`
  return `${place}${quote}${error.type}: ${message}${suffix}\n`
}

function tracebackLine(error: SyntaxErrorData, text: string): string {
  const trimmed = text.replace(/\n+$/, '')
  const shown = trimmed.replace(/^[ \n\f]+/, '')
  const line = `    ${shown}\n`
  if (error.offset === null) return line
  const offset = error.offset
  let endOffset = error.end_offset === null || error.end_offset === 0 ? offset : error.end_offset
  if (offset === endOffset || endOffset === -1) endOffset = offset + 1
  const column = offset - 1 - (trimmed.length - shown.length)
  if (column < 0) return line
  const before = Array.from(shown).slice(0, column)
  const margin = before.map((c) => (/^[^\S\ufeff]$|^[\x1c-\x1f\x85]$/u.test(c) ? c : ' ')).join('')
  return `${line}    ${margin}${'^'.repeat(Math.max(endOffset - offset, 0))}\n`
}
