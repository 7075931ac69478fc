import { Complex, strToUtf16, WideStr } from '../base/values.ts'
import { hashInt } from './hash_number.ts'
import { hashBytes, hashSecret, hashString } from './hash_string.ts'
import { idOf } from './ids.ts'
import { addTupleHash, combineComplexHash, endTupleHash, hashFloat, newTupleHash } from './number/hash.ts'
import { type KeyKind, Py_EQ, type PyObject, type PyTuple, type PyType, type Value } from './object.ts'
import { hash, richCompareBool } from './protocols.ts'
import type { SetTable } from './set_table.ts'
import {
  bytesType,
  complexType,
  floatType,
  frozensetType,
  intType,
  noneType,
  objectType,
  strType,
  tupleType,
} from './types.ts'

/** How keys of a type are found (`PyType.keyKind`); 0 is "not asked yet". A change of the type's slots sets it back. */
const IDENTITY: KeyKind = 1
const FLOAT: KeyKind = 2
const PLAIN: KeyKind = 3
const CONTENT: KeyKind = 4
const EXOTIC: KeyKind = 5

function sameEquality(type: PyType, other: PyType): boolean {
  return type.tp_hash === other.tp_hash && type.tp_richcompare === other.tp_richcompare
}

function kindOf(type: PyType): KeyKind {
  let kind: KeyKind = EXOTIC
  if (sameEquality(type, objectType) || type === noneType) kind = IDENTITY
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

/** The halves of the hash that `hashKey` or `setHash` found: read them before anything else hashes. */
export let hashLow = 0
export let hashHigh = 0

/** Puts a hash that is known into `hashLow` and `hashHigh`. */
export function setHalves(low: number, high: number): void {
  hashLow = low
  hashHigh = high
}

/** Takes a hash apart. */
export function setHash(hash: number | bigint): void {
  if (typeof hash === 'number') {
    hashLow = hash | 0
    hashHigh = hashLow === hash ? hashLow >> 31 : Math.floor(hash / 0x100000000) | 0
  } else {
    hashLow = Number(BigInt.asIntN(32, hash))
    hashHigh = Number(BigInt.asIntN(32, hash >> 32n))
  }
}

/** Characters of a string that its hash looks at. */
const SAMPLE = 32

function hashText(text: string): void {
  if (hashSecret.fixed) {
    setHash(hashString(text))
    return
  }
  const { length } = text
  let h = length
  if (length <= SAMPLE) for (let i = 0; i < length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0
  else {
    for (let i = 0; i < SAMPLE / 2; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0
    for (let i = length - SAMPLE / 2; i < length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0
  }
  hashLow = h ^ (h >>> 15)
  hashHigh = 0
}

/**
 * Hashes a key for a table: numbers, None, tuples and frozensets of such as Python does, strings and bytes by a cheap
 * hash of their content that programs never see. Equal keys have equal hashes. False when code written in Python decides
 * the hash or equality of the key or of a part: then only `exactHash` serves.
 */
export function hashKey(key: Value): boolean {
  switch (typeof key) {
    case 'number':
      hashLow = key | 0
      if (hashLow === key) {
        if (key === -1) hashLow = -2
        hashHigh = hashLow >> 31
      } else hashHigh = Math.floor(key / 0x100000000) | 0
      return true
    case 'string':
      hashText(key)
      return true
    case 'boolean':
      hashLow = key ? 1 : 0
      hashHigh = 0
      return true
    case 'bigint':
      setHash(hashInt(key))
      return true
  }
  switch (key.type.keyKind || kindOf(key.type)) {
    case IDENTITY:
      setHash(idOf(key) / 16)
      return true
    case FLOAT:
      setHash(Number.isNaN(key.data) ? idOf(key) / 16 : hashFloat(key.data as number))
      return true
    case PLAIN:
      if (key.data instanceof WideStr) hashText(strToUtf16(key.data))
      else hashKey(key.data as string | number | bigint)
      return true
    case CONTENT:
      return hashContent(key)
    default:
      return false
  }
}

function hashContent(key: PyObject): boolean {
  const { data } = key
  if (Array.isArray(data)) return hashItems(data)
  if (data instanceof Uint8Array) {
    hashBytesKey(data)
    return true
  }
  if (data instanceof Complex) {
    setHash(combineComplexHash(hashFloat(data.real), hashFloat(data.imag)))
    return true
  }
  const table = data as SetTable
  if (table.isExact) return false
  setHash(hashOfSet(table))
  return true
}

function hashBytesKey(bytes: Uint8Array): void {
  if (hashSecret.fixed) {
    setHash(hashBytes(bytes))
    return
  }
  let h = bytes.length
  for (let i = Math.max(0, bytes.length - SAMPLE); i < bytes.length; i++) h = (Math.imul(h, 31) + bytes[i]!) | 0
  hashLow = h
  hashHigh = 0
}

/** The hash of a tuple's items by the steps of `hashTuple`. */
function hashItems(items: readonly Value[]): boolean {
  const state = newTupleHash()
  for (let i = 0; i < items.length; i++) {
    if (!hashKey(items[i]!)) return false
    addTupleHash(state, hashLow, hashHigh)
  }
  endTupleHash(state, items.length)
  hashLow = state.low
  hashHigh = state.high
  return true
}

const MASK_64 = (1n << 64n) - 1n

function shuffle(hash: bigint): bigint {
  return ((hash ^ 89869747n ^ (hash << 16n)) * 3644798167n) & MASK_64
}

/** The hash of a frozenset from those of its keys (`frozenset_hash`). */
export function combineSetHash(hashes: readonly bigint[]): number | bigint {
  let h = 0n
  for (const hash of hashes) h ^= shuffle(hash & MASK_64)
  h ^= (BigInt(hashes.length) + 1n) * 1927868237n
  h &= MASK_64
  h ^= (h >> 11n) ^ (h >> 25n)
  h = BigInt.asIntN(64, h * 69069n + 907133923n)
  if (h === -1n) h = 590923713n
  return h >= -9007199254740991n && h <= 9007199254740991n ? Number(h) : h
}

function hashOfSet(table: SetTable): number | bigint {
  if (table.keyHash !== undefined) return table.keyHash
  const hashes: bigint[] = []
  table.forEachHash((low, high) => void hashes.push((BigInt(high) << 32n) | BigInt(low >>> 0)))
  return (table.keyHash = combineSetHash(hashes))
}

/** The hash that Python sees. */
export function exactHash(key: Value): number | bigint {
  return hash(key)
}

/** Whether a key in a table equals the one looked for; the one in the table stands on the left, as in CPython. */
export function keyEquals(inTable: Value, key: Value): boolean {
  if (typeof inTable === 'object' && typeof key === 'object' && inTable.type === tupleType && key.type === tupleType) {
    return tupleEquals((inTable as PyTuple).data, (key as PyTuple).data, inTable, key)
  }
  return richCompareBool(inTable, key, Py_EQ)
}

/** Tuples of plain values need no Python code to be compared; the first other item leaves it to the protocol. */
function tupleEquals(left: readonly Value[], right: readonly Value[], a: Value, b: Value): boolean {
  if (left.length !== right.length) return false
  for (let i = 0; i < left.length; i++) {
    const x = left[i]!
    const y = right[i]!
    if (x === y) continue
    if (typeof x !== 'object' && typeof x === typeof y) return false
    return richCompareBool(a, b, Py_EQ)
  }
  return true
}
