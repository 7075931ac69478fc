import { encodeUtf8 } from '../base/utf8.ts'
import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { utf16 } from '../objects/access.ts'
import { lookupSpecial } from '../objects/attributes.ts'
import { PyExc_AttributeError, PyExc_NameError, type PyException } from '../objects/exception_types.ts'
import type { Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'
import { toArray } from '../objects/sequence_protocol.ts'
import { strType, typeOf } from '../objects/types.ts'
import type { PyTraceback } from './traceback.ts'

/*
 * "Did you mean" (CPython's suggestions.c): the name nearest to one that was not found, by a distance in which a step
 * costs two and a change of case one.
 */

const CANDIDATES_MAX = 750
const STRING_MAX = 40
const MOVE_COST = 2
const CASE_COST = 1

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte
}

function substitutionCost(a: number, b: number): number {
  if (((a ^ b) & 31) !== 0) return MOVE_COST
  if (a === b) return 0
  return lower(a) === lower(b) ? CASE_COST : MOVE_COST
}

/** The distance of two names in UTF-8; more than `most` where it is greater than that. */
function editCost(first: Uint8Array, second: Uint8Array, most: number): number {
  let [start, aEnd, bEnd] = [0, first.length, second.length]
  while (start < aEnd && start < bEnd && first[start] === second[start]) start++
  while (start < aEnd && start < bEnd && first[aEnd - 1] === second[bEnd - 1]) {
    aEnd--
    bEnd--
  }
  let [a, b] = [first.subarray(start, aEnd), second.subarray(start, bEnd)]
  if (a.length === 0 || b.length === 0) return (a.length + b.length) * MOVE_COST
  if (a.length > STRING_MAX || b.length > STRING_MAX) return most + 1
  if (b.length < a.length) [a, b] = [b, a]
  if ((b.length - a.length) * MOVE_COST > most) return most + 1
  const row = Array.from(a, (_, i) => (i + 1) * MOVE_COST)
  let result = 0
  for (let j = 0; j < b.length; j++) {
    let distance = j * MOVE_COST
    result = distance
    let minimum = Number.POSITIVE_INFINITY
    for (let i = 0; i < a.length; i++) {
      const substitute = distance + substitutionCost(b[j]!, a[i]!)
      distance = row[i]!
      result = Math.min(Math.min(result, distance) + MOVE_COST, substitute)
      row[i] = result
      if (result < minimum) minimum = result
    }
    if (minimum > most) return most + 1
  }
  return result
}

/** The nearest of some names, if one is near enough; none where one of them is no string. */
function nearest(candidates: readonly Value[], name: string): string | undefined {
  if (candidates.length >= CANDIDATES_MAX) return undefined
  const wanted = encodeUtf8(name)
  let best: string | undefined
  let bestCost = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    if (typeOf(candidate) !== strType) return undefined
    const text = utf16(candidate)
    if (text === name) continue
    const bytes = encodeUtf8(text)
    const most = Math.min(Math.floor(((wanted.length + bytes.length + 3) * MOVE_COST) / 6), bestCost - 1)
    const cost = editCost(wanted, bytes, most)
    if (cost > most) continue
    best = text
    bestCost = cost
  }
  return best
}

/** The attributes that `dir(value)` lists, in its order. */
function attributesOf(value: Value): Owned<Value>[] {
  const method = lookupSpecial(value, '__dir__')
  if (method === undefined) return []
  let list: Owned<Value> | undefined
  try {
    list = call(method, [])
    const names = toArray(list)
    return names.sort((a, b) => (typeof a === 'string' && typeof b === 'string' ? (a < b ? -1 : a > b ? 1 : 0) : 0))
  } finally {
    drop(list)
    drop(method)
  }
}

function forAttribute(exception: PyException): string | undefined {
  const { name, obj } = exception.data.fields ?? {}
  if (name === undefined || obj === undefined || typeOf(name) !== strType) return undefined
  const names = attributesOf(obj)
  try {
    return nearest(names, utf16(name))
  } finally {
    for (const each of names) drop(each)
  }
}

function forName(exception: PyException): string | undefined {
  const name = exception.data.fields?.['name']
  if (name === undefined || typeOf(name) !== strType || exception.data.traceback === null) return undefined
  let traceback = exception.data.traceback as Owned<PyTraceback>
  while (traceback.data.next !== null) traceback = traceback.data.next
  const frame = traceback.data.frame.data
  const text = utf16(name)
  const keysOf = (mapping: Value) => {
    const names = toArray(mapping)
    for (const each of names) drop(each)
    return names
  }
  return (
    nearest(frame.code.localNames(), text) ??
    nearest(keysOf(frame.globals), text) ??
    nearest(keysOf(frame.builtins), text)
  )
}

/** The name that a program may have meant; nothing where there is none near enough, or where looking fails. */
export function suggestionFor(exception: PyException): string | undefined {
  try {
    if (exception.type === PyExc_AttributeError) return forAttribute(exception)
    if (exception.type === PyExc_NameError) return forName(exception)
  } catch (error) {
    drop(error)
  }
  return undefined
}
