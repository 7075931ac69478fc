import { PyError } from '../base/errors.ts'
import type { SyntaxErrorData, SyntaxErrorFields, SyntaxErrorType } from './error_fields.ts'
import { formatSyntaxError } from './format.ts'

/** A `SyntaxError` as CPython 3.11 raises it. */
export class PySyntaxError extends PyError implements SyntaxErrorData {
  declare readonly type: SyntaxErrorType
  readonly msg: string
  readonly filename: string | null
  readonly lineno: number | null
  readonly offset: number | null
  readonly text: string | null
  readonly end_lineno: number | null
  readonly end_offset: number | null
  /** Whether CPython tells the place in the exception's `args` too, or sets the attributes alone. */
  readonly placeIn: 'args' | 'attributes'

  constructor(type: SyntaxErrorType, fields: SyntaxErrorFields, placeIn: 'args' | 'attributes' = 'args') {
    super(type, fields.msg)
    this.placeIn = placeIn
    this.msg = fields.msg
    this.filename = fields.filename
    this.lineno = fields.lineno
    this.offset = fields.offset
    this.text = fields.text
    this.end_lineno = fields.end_lineno
    this.end_offset = fields.end_offset
  }

  /** The text that CPython prints for it: place, source line, carets, message; the last newline included. */
  format(): string {
    return formatSyntaxError(this)
  }
}

/** A warning that a stage issues, as `warnings.showwarning` would get it. */
export interface CompileWarning {
  readonly category: 'SyntaxWarning' | 'DeprecationWarning'
  readonly message: string
  readonly filename: string
  readonly lineno: number
}

/**
 * Receives each warning at the moment CPython would issue it. Returning `'error'` turns it into an exception, as a
 * warnings filter of `error` does; the stage then raises what CPython raises (a `SyntaxError` at the place).
 */
export type WarningHandler = (warning: CompileWarning) => 'error' | undefined
