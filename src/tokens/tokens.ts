import type { PyError } from '../base/errors.ts'
import type { CompileWarning, PySyntaxError } from '../source/errors.ts'
import type { ReadingPlace } from '../source/raise.ts'
import type { SourceText } from '../source/text.ts'
import type { TokenArrays } from './arrays.ts'

/**
 * The tokens of one source, as parallel arrays: token `i` has kind `kinds[i]` (a number of `token.ts`) and covers the
 * bytes `starts[i]` to `ends[i]`. Lines are 1-based, columns are 0-based UTF-8 bytes, as CPython's parser has them
 * (−1 for `INDENT`, `DEDENT`, `ENDMARKER` and `ERRORTOKEN`, which cover no text).
 * The last token is `ENDMARKER`, or `ERRORTOKEN` where the tokenizer failed. The arrays may be longer than `count`.
 */
export interface Tokens {
  readonly count: number
  readonly kinds: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly lines: Int32Array
  readonly cols: Int32Array
  readonly endLines: Int32Array
  readonly endCols: Int32Array
  /** For each name (keywords included) its index in `names`; anything for other tokens. See `nameOf`. */
  readonly nameIds: Int32Array
  readonly names: readonly string[]
  /** What to throw when the parser takes the `ERRORTOKEN`; `null` where there is none. */
  readonly error: PyError | null
  readonly source: SourceText
  readonly options: TokenizeOptions
  /** `# type: ignore` comments, which the parser does not see; only with `typeComments`. */
  readonly typeIgnores: readonly TypeIgnore[]
  /** Warnings about tokens, in order. CPython issues each when its parser fetches that token. */
  readonly warnings: readonly TokenWarning[]
  /** The arrays above as one object, for `releaseTokens`. */
  readonly arrays: TokenArrays
  /** Where the tokenizer stood after the last token. */
  readonly final: TokenizerState
}

/** What decides how a source is cut into tokens. */
export interface TokenizeOptions {
  /** What will be parsed; it decides how errors are told, and `single` ends its input with a `NEWLINE`. */
  readonly mode: ReadingPlace['mode']
  /** `PyCF_TYPE_COMMENTS`. */
  readonly typeComments: boolean
  /** `async` and `await` are keywords only in and before `async def`, as before Python 3.7. */
  readonly asyncHacks: boolean
  /** `PyCF_DONT_IMPLY_DEDENT`: the end of a `single` input does not close its blocks. */
  readonly dontImplyDedent: boolean
  /** An empty line ends a statement, as at the prompt. */
  readonly interactive: boolean
  /** For `fstring`: the line and column of the outer source at which the expression stands; else 0. */
  readonly startingLineno: number
  readonly startingCol: number
}

/** The options for a whole module. */
export const defaultTokenizeOptions: TokenizeOptions = {
  mode: 'exec',
  typeComments: false,
  asyncHacks: false,
  dontImplyDedent: false,
  interactive: false,
  startingLineno: 0,
  startingCol: 0,
}

/** A `# type: ignore` comment: its line and the bytes of its tag (what follows `ignore`). */
export interface TypeIgnore {
  readonly lineno: number
  readonly start: number
  readonly end: number
}

/** A warning about token `index`, and the error that it becomes where warnings are errors. */
export interface TokenWarning {
  readonly index: number
  readonly warning: CompileWarning
  readonly error: PySyntaxError
}

/** Why the tokenizer stopped: CPython's error codes (Include/errcode.h). */
export const E_OK = 10
export const E_EOF = 11
export const E_ERROR = 17
export const E_TABSPACE = 18
export const E_TOODEEP = 20
export const E_DEDENT = 21
export const E_DECODE = 22
export const E_EOFS = 23
export const E_EOLS = 24
export const E_LINECONT = 25

/** An open bracket. */
export interface OpenBracket {
  readonly char: '(' | '[' | '{'
  readonly lineno: number
  readonly col: number
}

/** The tokenizer between two tokens, as CPython's error code looks at it (`struct tok_state`). */
export interface TokenizerState extends ReadingPlace {
  /** One of the `E_` codes. */
  readonly done: number
  /** The error was raised by the tokenizer itself, so it counts wherever the parser stops before it. */
  readonly raised: PyError | null
  /** Byte offset of what is read next, and of the start of the current line. */
  readonly position: number
  readonly lineStart: number
  readonly indent: number
  /** Innermost last. */
  readonly brackets: readonly OpenBracket[]
}

/** The text of a name token, NFKC-normalised (PEP 3131); equal names are one string. */
export function nameOf(tokens: Tokens, i: number): string {
  return tokens.names[tokens.nameIds[i]!]!
}
