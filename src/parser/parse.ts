import type { Mod } from '../ast/nodes.ts'
import { isStackOverflow, PyError } from '../base/errors.ts'
import type { CompileWarning, WarningHandler } from '../source/errors.ts'
import type { SourceText } from '../source/text.ts'
import { releaseTokens, tokenize } from '../tokens/tokenizer.ts'
import { ABANDONED } from './cursor.ts'
import { reportSyntaxError } from './errors/report.ts'
import { Parser } from './parser.ts'

/** The newest grammar: the minor version of Python 3 that this is. */
export const NEWEST_FEATURE_VERSION = 11
/** Before this version `async` and `await` were names outside of `async def`. */
const ASYNC_KEYWORDS_VERSION = 7

/** What to parse and how; everything is optional. */
export interface ParseOptions {
  /** `exec` (a module) if not given. */
  readonly mode?: 'exec' | 'eval' | 'single' | 'func_type'
  /** Read `# type:` comments into the tree (`PyCF_TYPE_COMMENTS`). */
  readonly typeComments?: boolean
  /** Minor version of the grammar to accept, as `ast.parse` takes it; the newest if not given. */
  readonly featureVersion?: number
  /** `from __future__ import barry_as_FLUFL` is in force for this source (`CO_FUTURE_BARRY_AS_BDFL`). */
  readonly barryAsFlufl?: boolean
  /** The end of a `single` input does not close its blocks (`PyCF_DONT_IMPLY_DEDENT`). */
  readonly dontImplyDedent?: boolean
  /** A program that merely ends too early is told as `incomplete input` (`PyCF_ALLOW_INCOMPLETE_INPUT`). */
  readonly allowIncompleteInput?: boolean
  /** Gets the warnings about invalid escapes and numbers run into keywords. */
  readonly warn?: WarningHandler
}

/**
 * Parses Python 3.11 source into the tree that `ast.parse` gives, positions included. Throws `PySyntaxError` for an
 * invalid program and `PyError('MemoryError')` for one nested deeper than CPython's parser goes.
 *
 * A fast parser reads valid programs. Where it does not accept one, the error pass reads the tokens again by CPython's
 * grammar with its error rules and throws.
 */
export function parse(source: SourceText, options: ParseOptions = {}): Mod {
  const mode = options.mode ?? 'exec'
  const featureVersion = options.featureVersion ?? NEWEST_FEATURE_VERSION
  const barryAsFlufl = options.barryAsFlufl ?? false
  const tokens = tokenize(source, {
    mode,
    typeComments: options.typeComments ?? false,
    asyncHacks: featureVersion < ASYNC_KEYWORDS_VERSION,
    dontImplyDedent: options.dontImplyDedent ?? false,
  })
  const parser = new Parser(tokens, featureVersion, barryAsFlufl)
  const tree = attempt(parser, mode)
  const warn = options.warn ?? null
  let replay = warn
  if (tree !== null) {
    const refused = warn === null ? null : issue(parser.allWarnings(tokens.count), warn)
    if (refused === null) {
      releaseTokens(tokens)
      return tree
    }
    replay = refused
  }
  const allowIncompleteInput = options.allowIncompleteInput ?? false
  // Warnings are issued on the way to the error, so the way must be gone where there are any.
  const isQuiet = parser.warnings.length === 0 && tokens.warnings.length === 0
  const accepted = tree === null && isQuiet ? parser.accepted : 0
  return reportSyntaxError(tokens, { featureVersion, barryAsFlufl, allowIncompleteInput, accepted, warn: replay })
}

/** The tree, or `null` if the fast parser does not accept the tokens. */
function attempt(parser: Parser, mode: 'exec' | 'eval' | 'single' | 'func_type'): Mod | null {
  try {
    switch (mode) {
      case 'exec':
        return parser.parseModule()
      case 'eval':
        return parser.parseEval()
      case 'single':
        return parser.parseInteractive()
      case 'func_type':
        return parser.parseFunctionType()
    }
  } catch (error) {
    if (error === ABANDONED) return null
    // A host with a small stack may exhaust it on input that CPython still accepts; this is how CPython would say so.
    throw isStackOverflow(error) ? new PyError('MemoryError', '') : error
  }
}

/**
 * Issues the warnings. If the handler makes one an error, gives a handler for the error pass, which meets the same
 * warnings again: it answers those already issued as before and hands on the rest.
 */
function issue(warnings: readonly CompileWarning[], warn: WarningHandler): WarningHandler | null {
  for (let i = 0; i < warnings.length; i++) {
    if (warn(warnings[i]) !== 'error') continue
    let seen = -1
    return (warning) => {
      seen++
      return seen > i ? warn(warning) : seen === i ? 'error' : undefined
    }
  }
  return null
}
