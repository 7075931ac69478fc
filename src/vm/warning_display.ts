import { drop } from '../memory/counted.ts'
import { asStr, utf16 } from '../objects/access.ts'
import { getAttr } from '../objects/attributes.ts'
import { toException } from '../objects/errors.ts'
import { newText } from '../objects/make.ts'
import type { Value } from '../objects/object.ts'
import { callMethod } from '../objects/protocols.ts'
import { None } from '../objects/types.ts'
import { programText } from '../source/raise.ts'
import { sysAttribute } from './interpreter.ts'
import { readFile, writeError } from './system.ts'

/** Writes text to a Python stream (`PyFile_WriteString`). */
export function writeTo(stream: Value, text: string): void {
  drop(callMethod(stream, 'write', [newText(text)]))
}

function sourceLineOf(filename: string, lineno: number): string | null {
  const file = readFile(filename)
  if (file === null) return null
  return programText(file, lineno, null)
}

/**
 * Shows a warning on `sys.stderr` without the module `warnings` (`show_warning`): place, category, text, and the line of
 * the source. Nothing is thrown.
 */
export function showWarning(
  filename: Value,
  lineno: number,
  text: Value,
  category: Value,
  sourceLine: Value | undefined,
): void {
  try {
    const stream = sysAttribute('stderr')
    if (stream === undefined) {
      writeError('lost sys.stderr\n')
      return
    }
    if (stream === None) return
    const name = getAttr(category, '__name__')
    writeTo(stream, `${utf16(filename)}:${lineno}: ${utf16(name)}: ${utf16(text)}\n`)
    drop(name)
    if (sourceLine !== undefined && asStr(sourceLine) !== undefined) {
      writeTo(stream, `${utf16(sourceLine)}\n`)
      return
    }
    const line = sourceLineOf(utf16(filename), lineno)
    if (line !== null) writeTo(stream, `  ${line.trim()}\n`)
  } catch (error) {
    drop(toException(error))
  }
}
