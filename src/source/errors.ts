import { PyError } from '../base/errors.ts'

/** The names of `SyntaxError` and its subclasses. */
export type SyntaxErrorType = 'SyntaxError' | 'IndentationError' | 'TabError'

/** The fields of CPython's `SyntaxError`, with its attribute names. */
export interface SyntaxErrorFields {
  readonly msg: string
  readonly filename: string | null
  /** 1-based; `null` where CPython gives no place. */
  readonly lineno: number | null
  /** 1-based, in characters (code points) of `text`. */
  readonly offset: number | null
  readonly text: string | null
  readonly end_lineno: number | null
  readonly end_offset: number | null
}

/** A `SyntaxError` as CPython 3.11 raises it; see `formatSyntaxError` for its printed form. */
export class PySyntaxError extends PyError implements SyntaxErrorFields {
  declare readonly type: SyntaxErrorType
  readonly msg: string
  readonly filename: string | null
  readonly lineno: number | null
  readonly offset: number | null
  readonly text: string | null
  readonly end_lineno: number | null
  readonly end_offset: number | null

  constructor(type: SyntaxErrorType, fields: SyntaxErrorFields) {
    super(type, fields.msg)
    this.msg = fields.msg
    this.filename = fields.filename
    this.lineno = fields.lineno
    this.offset = fields.offset
    this.text = fields.text
    this.end_lineno = fields.end_lineno
    this.end_offset = fields.end_offset
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
