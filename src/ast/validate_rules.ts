import { PyError } from '../base/errors.ts'
import type { DepthOptions } from './from_object.ts'
import type { Position } from './nodes.ts'

/** How deep CPython's recursive validator would be, and the level that it refuses. */
export interface Depth {
  level: number
  readonly limit: number
}

/** Levels of the compiler's own recursion for each level of Python's recursion limit. */
const COMPILER_STACK_FRAME_SCALE = 3

/** Names that no identifier may be. */
const CONSTANT_NAMES: readonly string[] = ['None', 'True', 'False']

export function depthCounter(options: DepthOptions): Depth {
  return {
    level: (options.recursionDepth ?? 0) * COMPILER_STACK_FRAME_SCALE,
    limit: (options.recursionLimit ?? 1000) * COMPILER_STACK_FRAME_SCALE,
  }
}

/** Goes one level deeper; throws PyError `RecursionError` where CPython does. */
export function descend(depth: Depth): void {
  if (++depth.level > depth.limit) {
    throw new PyError('RecursionError', 'maximum recursion depth exceeded during compilation')
  }
}

/** The error of a tree that is not valid. */
export function invalid(message: string): PyError {
  return new PyError('ValueError', message)
}

/** Refuses a position that ends before it starts. */
export function validatePosition(node: Position): void {
  const { lineno, col_offset, end_lineno, end_col_offset } = node
  if (lineno > end_lineno) throw invalid(`AST node line range (${lineno}, ${end_lineno}) is not valid`)
  if ((lineno < 0 && end_lineno !== lineno) || (col_offset < 0 && col_offset !== end_col_offset)) {
    const columns = `(${col_offset}, ${end_col_offset})`
    throw invalid(`AST node column range ${columns} for line range (${lineno}, ${end_lineno}) is not valid`)
  }
  if (lineno === end_lineno && col_offset > end_col_offset) {
    throw invalid(`line ${lineno}, column ${col_offset}-${end_col_offset} is not a valid range`)
  }
}

/** Refuses the names of constants as identifiers. */
export function validateName(name: string): void {
  if (CONSTANT_NAMES.includes(name)) throw invalid(`identifier field can't represent '${name}' constant`)
}
