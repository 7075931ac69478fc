import type { Complex, EllipsisType, Float, FrozenSet, Str } from '../base/values.ts'
import type { CodeObject } from './code.ts'

/** A Python list. */
export class List {
  readonly items: MarshalValue[]

  constructor(items: MarshalValue[]) {
    this.items = items
  }
}

/** A Python set, in the order in which its items were added, without duplicates. */
export class MutableSet {
  readonly items: MarshalValue[]

  constructor(items: MarshalValue[]) {
    this.items = items
  }
}

/** The type of `StopIteration`. */
export class StopIterationType {
  readonly kind = 'StopIteration'
}

/** The exception type `StopIteration`, which has a marshal code of its own. */
export const StopIteration = new StopIterationType()

/**
 * What marshal reads and writes. Beside the constants of `values.ts` (a tuple is an array, bytes are a `Uint8Array`):
 * a list is a `List`, a set a `MutableSet`, a dict a `Map` whose keys are told apart as Python does it when it is read
 * (`1`, `1.0` and `True` are one key, and so are equal tuples).
 */
export type MarshalValue =
  | null
  | boolean
  | EllipsisType
  | number
  | bigint
  | Float
  | Complex
  | Str
  | Uint8Array
  | readonly MarshalValue[]
  | List
  | MutableSet
  | FrozenSet
  | ReadonlyMap<MarshalValue, MarshalValue>
  | StopIterationType
  | CodeObject

/** The format that CPython 3.11 writes by default. */
export const MARSHAL_VERSION = 4

/** More nested than this is refused on reading and on writing. */
export const MAX_DEPTH = 2000

/* Type codes; `FLAG_REF` is added to one whose object gets a number for later references. */
export const FLAG_REF = 0x80
export const TYPE_NULL = 0x30 // '0'
export const TYPE_NONE = 0x4e // 'N'
export const TYPE_FALSE = 0x46 // 'F'
export const TYPE_TRUE = 0x54 // 'T'
export const TYPE_STOPITER = 0x53 // 'S'
export const TYPE_ELLIPSIS = 0x2e // '.'
export const TYPE_INT = 0x69 // 'i'
export const TYPE_INT64 = 0x49 // 'I'
export const TYPE_FLOAT = 0x66 // 'f'
export const TYPE_BINARY_FLOAT = 0x67 // 'g'
export const TYPE_COMPLEX = 0x78 // 'x'
export const TYPE_BINARY_COMPLEX = 0x79 // 'y'
export const TYPE_LONG = 0x6c // 'l'
export const TYPE_STRING = 0x73 // 's'
export const TYPE_INTERNED = 0x74 // 't'
export const TYPE_REF = 0x72 // 'r'
export const TYPE_TUPLE = 0x28 // '('
export const TYPE_LIST = 0x5b // '['
export const TYPE_DICT = 0x7b // '{'
export const TYPE_CODE = 0x63 // 'c'
export const TYPE_UNICODE = 0x75 // 'u'
export const TYPE_SET = 0x3c // '<'
export const TYPE_FROZENSET = 0x3e // '>'
export const TYPE_ASCII = 0x61 // 'a'
export const TYPE_ASCII_INTERNED = 0x41 // 'A'
export const TYPE_SMALL_TUPLE = 0x29 // ')'
export const TYPE_SHORT_ASCII = 0x7a // 'z'
export const TYPE_SHORT_ASCII_INTERNED = 0x5a // 'Z'
