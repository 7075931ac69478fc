import { Complex, type Constant, EllipsisType, Float, FrozenSet, WideStr } from '../base/values.ts'
import { type CodeConstant, CodeObject } from '../bytecode/code.ts'
import type { ConstCache } from './unit.ts'

const NONE_KEY = 0
const ELLIPSIS_KEY = 1
const TRUE_KEY = 2
const FALSE_KEY = 3
const FIRST_FREE_KEY = 4

/** Byte strings longer than this are hashed by a sample. */
const HASHED_BYTES = 64

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
  /** Values that equal nothing but themselves (NaNs), and code objects whose key is known. */
  private readonly byIdentity = new Map<object, number>()
  private readonly bytes = new Map<number, KeyedEntry<Uint8Array>[]>()
  private readonly tuples = new Map<number, KeyedEntry<readonly number[]>[]>()
  private readonly sets = new Map<number, KeyedEntry<readonly number[]>[]>()
  private readonly codes = new Map<number, KeyedEntry<CodeObject>[]>()

  /** The object to use for a constant; the parts of a container are left as they are (`merge_const_one`). */
  merge<T extends CodeConstant>(value: T): T {
    const key = this.keyOf(value)
    const known = this.merged[key]
    if (known !== undefined) return known as T
    this.merged[key] = value
    return value
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
    if (Array.isArray(value)) return this.listKey(this.tuples, this.keysOf(value))
    if (value instanceof Float) return this.floatKey(value)
    if (value instanceof WideStr) return this.keyIn(this.byText, value.codePoints.join())
    if (value instanceof Complex) return this.complexKey(value)
    if (value instanceof FrozenSet)
      return this.listKey(
        this.sets,
        this.keysOf(value.items).sort((a, b) => a - b),
      )
    if (value instanceof EllipsisType) return ELLIPSIS_KEY
    throw new TypeError('not a constant')
  }

  private keyIn<K>(map: Map<K, number>, value: K): number {
    let key = map.get(value)
    if (key === undefined) map.set(value, (key = this.nextKey++))
    return key
  }

  private keysOf(items: readonly CodeConstant[]): number[] {
    const keys = new Array<number>(items.length)
    for (let i = 0; i < items.length; i++) keys[i] = this.keyOf(items[i]!)
    return keys
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
    const bucket = bucketOf(this.bytes, hashBytes(value))
    for (let i = 0; i < bucket.length; i++) if (sameBytes(bucket[i]!.value, value)) return bucket[i]!.key
    bucket.push({ value, key: this.nextKey })
    return this.nextKey++
  }

  private listKey(map: Map<number, KeyedEntry<readonly number[]>[]>, keys: readonly number[]): number {
    let hash = keys.length
    for (let i = 0; i < keys.length; i++) hash = (Math.imul(hash, 31) + keys[i]!) | 0
    const bucket = bucketOf(map, hash)
    for (let i = 0; i < bucket.length; i++) if (sameItems(bucket[i]!.value, keys)) return bucket[i]!.key
    bucket.push({ value: keys, key: this.nextKey })
    return this.nextKey++
  }

  private codeKey(code: CodeObject): number {
    let key = this.byIdentity.get(code)
    if (key !== undefined) return key
    const hash = Math.imul(code.co_firstlineno, 31) + Math.imul(code.co_code.length, 1009) + code.co_names.length
    const bucket = bucketOf(this.codes, hash | 0)
    for (let i = 0; i < bucket.length && key === undefined; i++) {
      if (this.sameCode(bucket[i]!.value, code)) key = bucket[i]!.key
    }
    if (key === undefined) bucket.push({ value: code, key: (key = this.nextKey++) })
    this.byIdentity.set(code, key)
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
      this.keyOf(a.co_name) === this.keyOf(b.co_name) &&
      this.keyOf(a.co_names) === this.keyOf(b.co_names) &&
      this.keyOf(a.co_localsplusnames) === this.keyOf(b.co_localsplusnames) &&
      sameItems(this.keysOf(a.co_consts), this.keysOf(b.co_consts))
    )
  }
}

interface KeyedEntry<T> {
  readonly value: T
  readonly key: number
}

function bucketOf<T>(map: Map<number, KeyedEntry<T>[]>, hash: number): KeyedEntry<T>[] {
  let bucket = map.get(hash)
  if (bucket === undefined) map.set(hash, (bucket = []))
  return bucket
}

function hashBytes(value: Uint8Array): number {
  const length = value.length
  const step = length <= HASHED_BYTES ? 1 : (length / HASHED_BYTES) | 0
  let hash = length
  for (let i = 0; i < length; i += step) hash = (Math.imul(hash, 31) + value[i]!) | 0
  return hash
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

function sameItems(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
