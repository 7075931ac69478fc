import { PyError } from '../base/errors.ts'
import { Complex, Float, FrozenSet, WideStr } from '../base/values.ts'
import { CodeObject } from './code.ts'
import { List, type MarshalValue, MutableSet } from './marshal_values.ts'

const NONE: readonly MarshalValue[] = []

/**
 * Gives equal hashable values equal numbers: what a hash table is to Python. Each tuple is numbered once, by the
 * numbers of its items, so that tuples that share their items take linear time (CPython's own hash does not), and
 * nesting takes no JavaScript stack.
 */
export class KeyTable {
  private readonly byText = new Map<string, number>()
  private readonly byObject = new Map<object, number>()
  private next = 0

  /**
   * The number of a value; equal values have equal ones.
   *
   * @throws PyError TypeError if it cannot be hashed, RecursionError if it contains itself.
   */
  key(value: MarshalValue): number {
    if (typeof value !== 'object' || value === null) return this.number(scalarText(value))
    const open = new Set<object>()
    const todo: (object & MarshalValue)[] = [value]
    for (;;) {
      const top = todo[todo.length - 1]
      if (top === undefined) return this.byObject.get(value)!
      if (this.byObject.has(top) || !this.pushParts(top, todo, open)) todo.pop()
    }
  }

  /** Pushes the parts of an object that have no number yet; if all have, numbers the object and gives false. */
  private pushParts(value: object & MarshalValue, todo: (object & MarshalValue)[], open: Set<object>): boolean {
    const parts = partsOf(value)
    const before = todo.length
    for (const part of parts) {
      if (typeof part !== 'object' || part === null || this.byObject.has(part)) continue
      if (part === value || open.has(part)) throw new PyError('RecursionError', 'maximum recursion depth exceeded')
      todo.push(part)
    }
    if (todo.length > before) {
      open.add(value)
      return true
    }
    open.delete(value)
    this.byObject.set(value, this.number(this.objectText(value, parts)))
    return false
  }

  /** The number of a value whose parts, and which itself if it has parts, have theirs. */
  private known(value: MarshalValue): number {
    return typeof value === 'object' && value !== null
      ? this.byObject.get(value)!
      : this.number(scalarText(value as Exclude<MarshalValue, object> | null))
  }

  private number(text: string): number {
    const known = this.byText.get(text)
    if (known !== undefined) return known
    this.byText.set(text, this.next)
    return this.next++
  }

  private objectText(value: object & MarshalValue, parts: readonly MarshalValue[]): string {
    if (Array.isArray(value)) return `(${this.keys(parts)}`
    if (value instanceof Float) return this.floatText(value.value)
    if (value instanceof Complex) {
      if (value.imag === 0) return this.floatText(value.real)
      return Number.isNaN(value.real + value.imag) ? `o${this.next}` : `j${value.real + 0},${value.imag + 0}`
    }
    if (value instanceof Uint8Array) return `b${Array.from(value, (byte) => String.fromCharCode(byte)).join('')}`
    if (value instanceof WideStr) return `w${value.codePoints.join()}`
    if (value instanceof FrozenSet) return `>${parts.map((item) => this.known(item)).sort((a, b) => a - b)}`
    if (value instanceof CodeObject) return this.codeText(value, parts)
    if (value instanceof List) throw unhashable('list')
    if (value instanceof MutableSet) throw unhashable('set')
    if (value instanceof Map) throw unhashable('dict')
    return `o${this.next}`
  }

  private keys(values: readonly MarshalValue[]): string {
    return values.map((item) => this.known(item)).join()
  }

  /** A float that is an int is that int; a NaN equals nothing but itself. */
  private floatText(value: number): string {
    if (Number.isNaN(value)) return `o${this.next}`
    return Number.isInteger(value) ? `i${BigInt(value)}` : `f${value}`
  }

  /** Code objects are equal if these are; their constants also in type (`_PyCode_ConstantKey`). */
  private codeText(code: CodeObject, parts: readonly MarshalValue[]): string {
    const numbers = [code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags]
    const types = code.co_consts.map((constant) => typeof constant + (constant?.constructor.name ?? ''))
    return `c${numbers.join()},${code.co_firstlineno},${types.join()},${this.keys(parts)}`
  }
}

function partsOf(value: object & MarshalValue): readonly MarshalValue[] {
  if (Array.isArray(value)) return value
  if (value instanceof FrozenSet) return value.items
  if (!(value instanceof CodeObject)) return NONE
  return [
    value.co_name,
    value.co_code,
    value.co_consts,
    value.co_names,
    value.co_localsplusnames,
    value.co_linetable,
    value.co_exceptiontable,
  ]
}

function scalarText(value: Exclude<MarshalValue, object> | null): string {
  if (typeof value === 'string') return `s${value}`
  if (typeof value === 'boolean') return value ? 'i1' : 'i0'
  return value === null ? 'n' : `i${value}`
}

function unhashable(type: string): PyError {
  return new PyError('TypeError', `unhashable type: '${type}'`)
}
