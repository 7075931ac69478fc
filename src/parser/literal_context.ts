import type { Expr } from '../ast/nodes.ts'
import type { SourceText } from '../source/text.ts'
import type { Tokens } from '../tokens/tokens.ts'

/**
 * What the actions for literals (`strings.ts`, `fstrings.ts`) need of the parser that runs them. The fast parser and
 * the error pass each implement it, so that both share one reading of string literals.
 */
export interface LiteralContext {
  readonly source: SourceText
  /** The tokens that the indices below refer to; inside an f-string, those of its expression. */
  readonly tokens: Tokens
  /** Minor version of the grammar to accept (`feature_version` of `ast.parse`). */
  readonly featureVersion: number

  /** Raises a `SyntaxError` at the last token read so far (`RAISE_SYNTAX_ERROR` in CPython's parser). */
  raise(message: string): never

  /** Raises a `SyntaxError` that covers one token (`RAISE_SYNTAX_ERROR_KNOWN_LOCATION`). */
  raiseAt(token: number, message: string): never

  /**
   * Issues a `DeprecationWarning` for a string token, on the token's first line. Where the warning filter makes it an
   * error, raises a `SyntaxError` with the same message at the token.
   */
  warn(message: string, token: number): void

  /**
   * Parses the expression of a replacement field: the source bytes from `start` to `end`, which the implementation
   * puts into parentheses. The opening parenthesis stands at `line` and `col`; see `readFieldTokens`.
   */
  parseField(start: number, end: number, line: number, col: number): Expr
}
