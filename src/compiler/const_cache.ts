import { Complex, type Constant, EllipsisType, Float, FrozenSet, strEquals, WideStr } from '../base/values.ts'
import { type CodeConstant, CodeObject } from '../bytecode/code.ts'
import type { ConstCache } from './unit.ts'

const NO_KEY = -1
const NONE_KEY = 0
const ELLIPSIS_KEY = 1
const TRUE_KEY = 2
const FALSE_KEY = 3
const FIRST_FREE_KEY = 4

/** Byte strings longer than this are hashed by a sample. */
const HASHED_BYTES = 16

/**
 * The constants of one compilation. Each distinct constant, in the sense of `_PyCode_ConstantKey` (which tells 1, 1.0
 * and True apart, and 0.0 from -0.0, inside tuples too), has a small number, its key; the first object that was merged
 * under a key stands for all equal ones.
 */
export class ConstantPool implements ConstCache {
  /** The object that stands for each key; a hole where only a container of it was seen. */
  private readonly merged: CodeConstant[] = [null]
  private nextKey = FIRST_FREE_KEY
  private readonly strings = new Map<string, number>()
  private readonly ints = new Map<number | bigint, number>()
  private readonly floats = new Map<number, number>()
  /** Wide strings, complex numbers and -0.0, by a text that identifies them. */
  private readonly byText = new Map<string, number>()
  /** Values that equal nothing but themselves: NaNs. */
  private readonly byIdentity = new Map<object, number>()
  private readonly bytes = new Map<number, Entry<Uint8Array>>()
  private readonly tuples = new Map<number, TupleEntry>()
  /** The sorted keys of their items. */
  private readonly sets = new Map<number, Entry<readonly number[]>>()
  private readonly codes = new Map<number, Entry<CodeObject>>()

  /** The object to use for a constant; the parts of a container are left as they are (`merge_const_one`). */
  merge<T extends CodeConstant>(value: T): T {
    const key = this.keyOf(value)
    const known = this.merged[key]
    if (known !== undefined) return known as T
    const mayHoldSets = this.sets.size !== 0 && Array.isArray(value)
    const added = mayHoldSets ? (separateSets(value) as CodeConstant as T) : value
    this.merged[key] = added
    return added
  }

  /** The key of a constant, which from now on has an object with merged parts (`merge_consts_recursive`). */
  mergeDeep(value: CodeConstant): number {
    const key = this.keyOf(value)
    if (this.merged[key] === undefined) this.merged[key] = this.mergeParts(value)
    return key
  }

  /** The object that stands for the key of a merged constant. */
  get(key: number): CodeConstant {
    return this.merged[key]!
  }

  private mergeParts(value: CodeConstant): CodeConstant {
    if (Array.isArray(value)) return this.mergeItems(value)
    if (value instanceof FrozenSet && value.items.length !== 0) return new FrozenSet(this.mergeItems(value.items))
    return value
  }

  private mergeItems(items: readonly Constant[]): readonly Constant[] {
    const out = new Array<Constant>(items.length)
    for (let i = 0; i < items.length; i++) out[i] = this.merged[this.mergeDeep(items[i]!)] as Constant
    return out
  }

  private keyOf(value: CodeConstant): number {
    if (typeof value === 'string') return this.keyIn(this.strings, value)
    if (value === null) return NONE_KEY
    if (typeof value === 'number' || typeof value === 'bigint') return this.keyIn(this.ints, value)
    if (typeof value === 'boolean') return value ? TRUE_KEY : FALSE_KEY
    return this.keyOfObject(value)
  }

  private keyOfObject(value: CodeConstant & object): number {
    if (value instanceof CodeObject) return this.codeKey(value)
    if (value instanceof Uint8Array) return this.bytesKey(value)
    if (Array.isArray(value)) return this.tupleKey(value)
    if (value instanceof Float) return this.floatKey(value)
    if (value instanceof WideStr) return this.keyIn(this.byText, value.codePoints.join())
    if (value instanceof Complex) return this.complexKey(value)
    if (value instanceof FrozenSet) return this.setKey(value)
    if (value instanceof EllipsisType) return ELLIPSIS_KEY
    throw new TypeError('not a constant')
  }

  private keyIn<K>(map: Map<K, number>, value: K): number {
    let key = map.get(value)
    if (key === undefined) map.set(value, (key = this.nextKey++))
    return key
  }

  private floatKey(value: Float): number {
    const number = value.value
    if (Number.isNaN(number)) return this.keyIn(this.byIdentity, value)
    if (Object.is(number, -0)) return this.keyIn(this.byText, '-0.0')
    return this.keyIn(this.floats, number)
  }

  private complexKey(value: Complex): number {
    const { real, imag } = value
    if (Number.isNaN(real) || Number.isNaN(imag)) return this.keyIn(this.byIdentity, value)
    const text = `${Object.is(real, -0) ? '-0' : real},${Object.is(imag, -0) ? '-0' : imag}j`
    return this.keyIn(this.byText, text)
  }

  private bytesKey(value: Uint8Array): number {
    const hash = hashBytes(value)
    const first = this.bytes.get(hash)
    for (let entry = first; entry !== undefined; entry = entry.next) {
      if (sameBytes(entry.value, value)) return entry.key
    }
    return this.addEntry(this.bytes, hash, value, first)
  }

  /**
   * Items that are objects count by their keys, strings and numbers by themselves: most tuples are names, and a look
   * into a table for each of them would cost more than the rest.
   */
  private tupleKey(items: readonly CodeConstant[]): number {
    const count = items.length
    let hash = count
    let keys: number[] | null = null
    for (let i = 0; i < count; i++) {
      const item = items[i]!
      if (typeof item === 'object' && item !== null) {
        if (keys === null) keys = new Array<number>(count).fill(NO_KEY)
        keys[i] = this.keyOf(item)
        hash = (Math.imul(hash, 31) + keys[i]!) | 0
      } else {
        hash = (Math.imul(hash, 31) + primitiveHash(item)) | 0
      }
    }
    const first = this.tuples.get(hash)
    for (let entry = first; entry !== undefined; entry = entry.next) {
      if (sameTuple(entry.value, entry.itemKeys, items, keys)) return entry.key
    }
    const key = this.nextKey++
    this.tuples.set(hash, { value: items, itemKeys: keys, key, next: first })
    return key
  }

  private sameConstants(a: readonly CodeConstant[], b: readonly CodeConstant[]): boolean {
    if (a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) {
      if (a[i] !== b[i] && this.keyOf(a[i]!) !== this.keyOf(b[i]!)) return false
    }
    return true
  }

  private setKey(set: FrozenSet): number {
    const keys = new Array<number>(set.items.length)
    for (let i = 0; i < keys.length; i++) keys[i] = this.keyOf(set.items[i]!)
    keys.sort((a, b) => a - b)
    let hash = keys.length
    for (let i = 0; i < keys.length; i++) hash = (Math.imul(hash, 31) + keys[i]!) | 0
    const first = this.sets.get(hash)
    for (let entry = first; entry !== undefined; entry = entry.next) {
      if (sameNumbers(entry.value, keys)) return entry.key
    }
    return this.addEntry(this.sets, hash, keys, first)
  }

  private codeKey(code: CodeObject): number {
    const hash = (Math.imul(code.co_firstlineno, 31) + hashBytes(code.co_linetable)) | 0
    const first = this.codes.get(hash)
    for (let entry = first; entry !== undefined; entry = entry.next) {
      if (entry.value === code || this.sameCode(entry.value, code)) return entry.key
    }
    return this.addEntry(this.codes, hash, code, first)
  }

  private addEntry<T>(map: Map<number, Entry<T>>, hash: number, value: T, next: Entry<T> | undefined): number {
    const key = this.nextKey++
    map.set(hash, { value, key, next })
    return key
  }

  /** `code_richcompare`: the qualified name, the stack size and the kinds of locals do not count. */
  private sameCode(a: CodeObject, b: CodeObject): boolean {
    return (
      a.co_argcount === b.co_argcount &&
      a.co_posonlyargcount === b.co_posonlyargcount &&
      a.co_kwonlyargcount === b.co_kwonlyargcount &&
      a.co_flags === b.co_flags &&
      a.co_firstlineno === b.co_firstlineno &&
      sameBytes(a.co_code, b.co_code) &&
      sameBytes(a.co_linetable, b.co_linetable) &&
      sameBytes(a.co_exceptiontable, b.co_exceptiontable) &&
      strEquals(a.co_name, b.co_name) &&
      this.sameConstants(a.co_names, b.co_names) &&
      this.sameConstants(a.co_localsplusnames, b.co_localsplusnames) &&
      this.sameConstants(a.co_consts, b.co_consts)
    )
  }
}

/** A value with its key; `next` is another one of the same hash. */
interface Entry<T> {
  readonly value: T
  readonly key: number
  readonly next: Entry<T> | undefined
}

interface TupleEntry {
  readonly value: readonly CodeConstant[]
  /** The keys of its items that are objects, `NO_KEY` for others; `null` if there are none. */
  readonly itemKeys: readonly number[] | null
  readonly key: number
  readonly next: TupleEntry | undefined
}

/** What is taken for a string that is interned before the program is compiled: an identifier, or a letter in this list. */
const INTERNED_BEFORE = /^(?:[A-Za-z_]\w+|[a-fh-tv-yBCLST_])$/

/**
 * The constants of a code object, with sets of their own. CPython interns the strings in a frozenset when it makes the
 * code object, and takes a new set if that changed any: if a string of that name existed already, in the program or in
 * the interpreter. Only the references of marshal show it.
 */
function separateSets(items: readonly CodeConstant[]): readonly CodeConstant[] {
  let out: CodeConstant[] | null = null
  for (let i = 0; i < items.length; i++) {
    const item = items[i]
    if (!(item instanceof FrozenSet) || !item.items.some(isInternedBefore)) continue
    if (out === null) out = [...items]
    out[i] = new FrozenSet(item.items)
  }
  return out ?? items
}

function isInternedBefore(value: Constant): boolean {
  return typeof value === 'string' && INTERNED_BEFORE.test(value)
}

function primitiveHash(value: CodeConstant): number {
  if (typeof value === 'string') {
    const length = value.length
    if (length === 0) return 1
    return Math.imul(length, 961) + Math.imul(value.charCodeAt(0), 31) + value.charCodeAt(length - 1)
  }
  return typeof value === 'number' ? value | 0 : 2
}

function sameTuple(
  a: readonly CodeConstant[],
  aKeys: readonly number[] | null,
  b: readonly CodeConstant[],
  bKeys: readonly number[] | null,
): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) {
    const aKey = aKeys === null ? NO_KEY : aKeys[i]
    const bKey = bKeys === null ? NO_KEY : bKeys[i]
    if (aKey !== bKey || (aKey === NO_KEY && a[i] !== b[i])) return false
  }
  return true
}

function hashBytes(value: Uint8Array): number {
  const length = value.length
  const step = ((length / HASHED_BYTES) | 0) + 1
  let hash = length
  for (let i = 0; i < length; i += step) hash = (Math.imul(hash, 31) + value[i]!) | 0
  return hash
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
