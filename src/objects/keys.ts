import { Complex, strToUtf16, WideStr } from '../base/values.ts'
import type { DictTable } from './dict_table.ts'
import { idOf } from './ids.ts'
import { type KeyKind, Py_EQ, type PyObject, type PyTuple, type PyType, type Value } from './object.ts'
import { hash, richCompareBool } from './protocols.ts'
import { bytesType, complexType, floatType, frozensetType, intType, objectType, strType, tupleType } from './types.ts'

/** How keys of a type are found (`PyType.keyKind`); 0 is "not asked yet". A change of the type's slots sets it back. */
const IDENTITY: KeyKind = 1
const FLOAT: KeyKind = 2
const PLAIN: KeyKind = 3
const CONTENT: KeyKind = 4
const EXOTIC: KeyKind = 5

/** The Python hashes of the keys of tables that go by them. */
export const exactKeys = new WeakMap<DictTable, (number | bigint)[]>()

function sameEquality(type: PyType, other: PyType): boolean {
  return type.tp_hash === other.tp_hash && type.tp_richcompare === other.tp_richcompare
}

function kindOf(type: PyType): KeyKind {
  let kind: KeyKind = EXOTIC
  if (type.tp_richcompare === objectType.tp_richcompare && type.tp_hash !== undefined) kind = IDENTITY
  else if (sameEquality(type, floatType)) kind = FLOAT
  else if (sameEquality(type, strType) || sameEquality(type, intType)) kind = PLAIN
  else if ([tupleType, frozensetType, bytesType, complexType].some((t) => sameEquality(type, t))) kind = CONTENT
  type.keyKind = kind
  return kind
}

function realNorm(value: number, key: PyObject): number | bigint | object {
  if (Number.isNaN(value)) return key
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value
}

/**
 * What a key is found by when its equality is that of a plain JavaScript value: strings, ints (and bools as 0 and 1,
 * integral floats as the int they equal), objects that compare by identity. `undefined` for all others.
 */
export function normKey(key: Value): string | number | bigint | object | undefined {
  if (typeof key === 'boolean') return key ? 1 : 0
  if (typeof key !== 'object') return key
  switch (key.type.keyKind || kindOf(key.type)) {
    case IDENTITY:
      return key
    case FLOAT:
      return realNorm(key.data as number, key)
    case PLAIN:
      return key.data instanceof WideStr ? undefined : (key.data as string | number | bigint)
    case CONTENT:
      // complex(2, 0) is found as 2 is
      return key.data instanceof Complex && key.data.imag === 0 ? realNorm(key.data.real, key) : undefined
    default:
      return undefined
  }
}

/** Characters of a string that its content hash looks at. */
const SAMPLE = 32

function textHash(text: string): number {
  let h = text.length
  const from = text.length > SAMPLE ? text.length - SAMPLE : 0
  for (let i = from; i < text.length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0
  return h
}

function mix(h: number, x: number): number {
  h = Math.imul(h ^ x, 0x5bd1e995)
  return h ^ (h >>> 15)
}

function numberHash(value: number): number {
  return Number.isInteger(value) ? value | 0 : (value * 1048583) | (0 ^ Math.trunc(value))
}

/**
 * A hash of the content of tuples, frozensets, bytes, complex numbers and wide strings, for tables only: programs never
 * see it. Equal keys have equal hashes. `undefined` when Python code decides the equality of the key or of a part.
 */
export function structuralHash(key: Value): number | undefined {
  switch (typeof key) {
    case 'string':
      return textHash(key)
    case 'number':
      return numberHash(key)
    case 'bigint':
      return Number(key & 0x3fffffffn)
    case 'boolean':
      return key ? 1 : 0
  }
  switch (key.type.keyKind || kindOf(key.type)) {
    case IDENTITY:
      return idOf(key)
    case FLOAT: {
      const value = key.data as number
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? structuralHash(BigInt(value)) : numberHash(value)
    }
    case PLAIN:
      return key.data instanceof WideStr ? textHash(strToUtf16(key.data)) : structuralHash(key.data as string | number)
    case CONTENT:
      return contentHash(key)
    default:
      return undefined
  }
}

function contentHash(key: PyObject): number | undefined {
  const { data } = key
  if (data instanceof Uint8Array) {
    let h = data.length
    for (let i = Math.max(0, data.length - SAMPLE); i < data.length; i++) h = (Math.imul(h, 31) + data[i]!) | 0
    return h
  }
  if (data instanceof Complex)
    return data.imag === 0 ? numberHash(data.real) : mix(numberHash(data.real), data.imag | 0)
  let h = 0x3c6ef372
  if (Array.isArray(data)) {
    for (const item of (key as PyTuple).data) {
      const part = structuralHash(item)
      if (part === undefined) return undefined
      h = mix(h, part)
    }
    return h
  }
  for (const item of (data as DictTable).keys) {
    if (item === undefined) continue
    const part = structuralHash(item)
    if (part === undefined) return undefined
    h = (h + mix(0x1b873593, part)) | 0
  }
  return h
}

/** The hash that Python sees. */
export function exactHash(key: Value): number | bigint {
  return hash(key)
}

/** Whether a key in a table equals the one looked for; the one in the table stands on the left, as in CPython. */
export function keyEquals(inTable: Value, key: Value): boolean {
  return richCompareBool(inTable, key, Py_EQ)
}
