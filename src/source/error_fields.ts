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

/** What a printed syntax error is made of. */
export interface SyntaxErrorData extends SyntaxErrorFields {
  readonly type: SyntaxErrorType
}
