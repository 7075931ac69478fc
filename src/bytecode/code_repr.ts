import { PyError } from '../base/errors.ts'
import { constantRepr } from '../base/repr.ts'
import { FrozenSet, type Str, strToUtf16 } from '../base/values.ts'
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL, type CodeConstant, CodeObject } from './code.ts'

/** What stands for the address of a code object, as C's `%p` writes it. */
export type CodeAddress = (code: CodeObject) => string

/** Tuples may share their items, and so have texts that grow without bound; none of a compiler's has so many parts. */
const MAX_PARTS = 1 << 22

class Repr {
  private readonly address: CodeAddress
  private parts = 0

  constructor(address: CodeAddress) {
    this.address = address
  }

  text(value: CodeConstant): string {
    if (++this.parts > MAX_PARTS) throw new PyError('MemoryError', '')
    if (value instanceof CodeObject) return codeRepr(value, this.address)
    if (Array.isArray(value)) {
      const items = value.map((item: CodeConstant) => this.text(item))
      return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`
    }
    if (value instanceof FrozenSet && value.items.length > 0) {
      return `frozenset({${value.items.map((item) => this.text(item)).join(', ')}})`
    }
    return constantRepr(value as Exclude<CodeConstant, CodeObject>)
  }
}

/** CPython's `repr` of a code object; a first line 0 is shown as −1. */
export function codeRepr(code: CodeObject, address: CodeAddress): string {
  const line = code.co_firstlineno === 0 ? -1 : code.co_firstlineno
  return `<code object ${strToUtf16(code.co_name)} at ${address(code)}, file "${strToUtf16(code.co_filename)}", line ${line}>`
}

/**
 * CPython's `repr` of what `co_consts` holds.
 *
 * @throws PyError ValueError for an int of too many digits, RecursionError or MemoryError for tuples that no compiler
 *   makes.
 */
export function codeConstantRepr(value: CodeConstant, address: CodeAddress): string {
  try {
    return new Repr(address).text(value)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new PyError('RecursionError', 'maximum recursion depth exceeded while getting the repr of an object')
  }
}

const ALL_KINDS = CO_FAST_LOCAL | CO_FAST_CELL | CO_FAST_FREE

function namesOfKind(code: CodeObject, kind: number): Str[] {
  return code.co_localsplusnames.filter((_, i) => (code.co_localspluskinds[i]! & kind) !== 0)
}

/** `co_varnames`: parameters and local variables, cells among them included. */
export function codeVarnames(code: CodeObject): Str[] {
  return namesOfKind(code, CO_FAST_LOCAL)
}

/** `co_cellvars`: local variables that inner functions use. */
export function codeCellvars(code: CodeObject): Str[] {
  return namesOfKind(code, CO_FAST_CELL)
}

/** `co_freevars`: variables of enclosing functions. */
export function codeFreevars(code: CodeObject): Str[] {
  return code.co_localsplusnames.filter((_, i) => (code.co_localspluskinds[i]! & ALL_KINDS) === CO_FAST_FREE)
}
