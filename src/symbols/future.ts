import { docstringNode } from '../ast/docstring.ts'
import type { Mod, StmtNode } from '../ast/nodes.ts'
import { type ErrorContext, pointSyntaxError } from './errors.ts'

/** Bits of `FutureFeatures.features`: the flags of CPython's `code.h` that a future statement can still switch on. */
export const FUTURE_BARRY_AS_BDFL = 0x400000
export const FUTURE_ANNOTATIONS = 0x1000000

/** What the future statements of a module ask for: CPython's `PyFutureFeatures`. */
export interface FutureFeatures {
  /** `FUTURE_` bits; callers add those that they were given as compiler flags. */
  readonly features: number
  /** Line of the last future statement, -1 if there is none; a later one is an error of the compiler. */
  readonly lineno: number
}

/** Features by name, with their bit; those that are part of the language have none. */
const FEATURES: ReadonlyMap<string, number> = new Map([
  ['nested_scopes', 0],
  ['generators', 0],
  ['division', 0],
  ['absolute_import', 0],
  ['with_statement', 0],
  ['print_function', 0],
  ['unicode_literals', 0],
  ['barry_as_FLUFL', FUTURE_BARRY_AS_BDFL],
  ['generator_stop', 0],
  ['annotations', FUTURE_ANNOTATIONS],
])

/**
 * Reads the future statements at the beginning of a module, as `Python/future.c` does. `flags` are the features that
 * are on from outside. Throws PySyntaxError for an unknown feature and for one that follows another import on its line
 * (all other late ones are found by the compiler, with `lineno`).
 */
export function futureFeatures(mod: Mod, context: ErrorContext, flags = 0): FutureFeatures {
  if (mod.node !== 'Module' && mod.node !== 'Interactive') return { features: flags, lineno: -1 }
  let features = flags
  let lineno = -1
  let done = false
  let previousLine = 0
  for (let i = docstringNode(mod.body) === null ? 0 : 1; i < mod.body.length; i++) {
    const stmt = mod.body[i]!
    if (done && stmt.lineno > previousLine) break
    previousLine = stmt.lineno
    if (stmt.node !== 'ImportFrom' || stmt.module !== '__future__') {
      done = true
      continue
    }
    if (done) {
      const msg = 'from __future__ imports must occur at the beginning of the file'
      throw pointSyntaxError(context, msg, stmt.lineno, stmt.col_offset)
    }
    features |= statementFeatures(stmt, context)
    lineno = stmt.lineno
  }
  return { features, lineno }
}

function statementFeatures(stmt: StmtNode<'ImportFrom'>, context: ErrorContext): number {
  let features = 0
  for (const { name } of stmt.names) {
    const bit = FEATURES.get(name)
    if (bit === undefined) {
      const msg = name === 'braces' ? 'not a chance' : `future feature ${utf8Prefix(name, 100)} is not defined`
      throw pointSyntaxError(context, msg, stmt.lineno, stmt.col_offset + 1)
    }
    features |= bit
  }
  return features
}

/** The text that CPython's `%.100s` makes of a name: so many bytes of UTF-8, a character cut in two as U+FFFD. */
function utf8Prefix(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) return text
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, bytes))
}
