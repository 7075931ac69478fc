import { PyError } from '../base/errors.ts'
import { Complex, Float, FrozenSet, WideStr } from '../base/values.ts'
import { CodeObject } from './code.ts'
import { List, MAX_DEPTH, type MarshalValue, MutableSet } from './marshal_values.ts'

/**
 * Gives equal hashable values equal numbers: what a hash table is to Python. Each tuple is numbered once, by the
 * numbers of its items, so that tuples that share their items take linear time (CPython's own hash does not).
 */
export class KeyTable {
  private readonly byText = new Map<string, number>()
  private readonly byObject = new Map<object, number>()
  private next = 0

  /**
   * The number of a value; equal values have equal ones.
   *
   * @throws PyError TypeError if it cannot be hashed, RecursionError if it is too deep or contains itself.
   */
  key(value: MarshalValue): number {
    return this.keyAt(value, 0)
  }

  private keyAt(value: MarshalValue, depth: number): number {
    if (typeof value !== 'object' || value === null) return this.number(scalarText(value))
    const known = this.byObject.get(value)
    if (known !== undefined) return known
    if (depth > MAX_DEPTH) throw new PyError('RecursionError', 'maximum recursion depth exceeded')
    const number = this.number(this.objectText(value, depth + 1))
    this.byObject.set(value, number)
    return number
  }

  private number(text: string): number {
    const known = this.byText.get(text)
    if (known !== undefined) return known
    this.byText.set(text, this.next)
    return this.next++
  }

  private objectText(value: object & MarshalValue, depth: number): string {
    if (Array.isArray(value)) return `(${this.keys(value, depth)}`
    if (value instanceof Float) return this.floatText(value.value)
    if (value instanceof Complex) {
      if (value.imag === 0) return this.floatText(value.real)
      return Number.isNaN(value.real + value.imag) ? `o${this.next}` : `j${value.real + 0},${value.imag + 0}`
    }
    if (value instanceof Uint8Array) return `b${Array.from(value, (byte) => String.fromCharCode(byte)).join('')}`
    if (value instanceof WideStr) return `w${value.codePoints.join()}`
    if (value instanceof FrozenSet) {
      const keys = value.items.map((item) => this.keyAt(item, depth))
      return `>${keys.sort((a, b) => a - b).join()}`
    }
    if (value instanceof CodeObject) return this.codeText(value, depth)
    if (value instanceof List) throw unhashable('list')
    if (value instanceof MutableSet) throw unhashable('set')
    if (value instanceof Map) throw unhashable('dict')
    return `o${this.next}`
  }

  private keys(values: readonly MarshalValue[], depth: number): string {
    return values.map((item) => this.keyAt(item, depth)).join()
  }

  /** A float that is an int is that int; a NaN equals nothing but itself. */
  private floatText(value: number): string {
    if (Number.isNaN(value)) return `o${this.next}`
    return Number.isInteger(value) ? `i${BigInt(value)}` : `f${value}`
  }

  /** Code objects are equal if these are; their constants also in type (`_PyCode_ConstantKey`). */
  private codeText(code: CodeObject, depth: number): string {
    const numbers = [code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags]
    const types = code.co_consts.map((constant) => typeof constant + (constant?.constructor.name ?? ''))
    const parts = [
      code.co_name,
      code.co_code,
      code.co_consts,
      code.co_names,
      code.co_localsplusnames,
      code.co_linetable,
      code.co_exceptiontable,
    ]
    return `c${numbers.join()},${code.co_firstlineno},${types.join()},${this.keys(parts, depth)}`
  }
}

function scalarText(value: Exclude<MarshalValue, object> | null): string {
  if (typeof value === 'string') return `s${value}`
  if (typeof value === 'boolean') return value ? 'i1' : 'i0'
  return value === null ? 'n' : `i${value}`
}

function unhashable(type: string): PyError {
  return new PyError('TypeError', `unhashable type: '${type}'`)
}
