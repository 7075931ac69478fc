import type { Position } from '../ast/nodes.ts'
import { PyError } from '../base/errors.ts'
import { PySyntaxError } from '../source/errors.ts'

/**
 * Gives a line of the file that is being compiled, its line end included, or `null`. CPython quotes the source of an
 * error found after parsing by opening the file of that name again, so a source without a file has no quotation.
 */
export type SourceLineReader = (filename: string, lineno: number) => string | null

/** What is needed to say where an error is. */
export interface ErrorContext {
  readonly filename: string
  readonly sourceLine: SourceLineReader | null
}

/**
 * The SyntaxError over the range of a node, as `PyErr_RangedSyntaxLocationObject` makes it: its offsets are 1-based
 * UTF-8 columns, unlike those of the parser's errors.
 */
export function rangedSyntaxError(
  context: ErrorContext,
  msg: string,
  at: Position,
  placeIn: 'args' | 'attributes' = 'attributes',
): PySyntaxError {
  const fields = {
    msg,
    filename: context.filename,
    lineno: at.lineno,
    offset: at.col_offset + 1,
    text: quotedLine(context, at.lineno),
    end_lineno: at.end_lineno,
    end_offset: at.end_col_offset + 1,
  }
  return new PySyntaxError('SyntaxError', fields, placeIn)
}

/** The SyntaxError at one place without an end column, as `PyErr_SyntaxLocationObject` makes it. */
export function pointSyntaxError(context: ErrorContext, msg: string, lineno: number, offset: number): PySyntaxError {
  const fields = {
    msg,
    filename: context.filename,
    lineno,
    offset,
    text: quotedLine(context, lineno),
    end_lineno: lineno,
    end_offset: null,
  }
  return new PySyntaxError('SyntaxError', fields, 'attributes')
}

/** The error of a compilation that is nested too deeply. */
export function compilationTooDeep(): PyError {
  return new PyError('RecursionError', 'maximum recursion depth exceeded during compilation')
}

function quotedLine(context: ErrorContext, lineno: number): string | null {
  return context.sourceLine === null ? null : context.sourceLine(context.filename, lineno)
}
