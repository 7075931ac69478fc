import { constantRepr } from '../base/repr.ts'
import { Complex, type Constant, EllipsisType, Float, FrozenSet, strToUtf16, WideStr } from '../base/values.ts'
import { nodeType, positionNames } from './fields.ts'
import type { Node } from './nodes.ts'

/** What `JSON.stringify` takes. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue }

/**
 * A tree as a value for JSON. A node becomes an object with its fields, `node` (its type) first, positions last.
 *
 * Constants that JSON has are themselves: None, bools, ints up to 2^53−1, strings without lone surrogates. Others become
 * `{ type, repr }` with Python's `repr`, such as `{ "type": "float", "repr": "1.5" }`.
 */
export function astToJson(node: Node): JsonValue {
  const type = nodeType(node)
  const values = node as unknown as Readonly<Record<string, unknown>>
  const out: { [name: string]: JsonValue } = { node: type.name }
  for (const field of type.fields) {
    const value = values[field.name]
    if (value === undefined) continue
    if (field.type === 'constant') out[field.name] = constantToJson(value as Constant)
    else if (field.list) out[field.name] = (value as readonly unknown[]).map(valueToJson)
    else out[field.name] = valueToJson(value)
  }
  if (type.located) for (const name of positionNames) out[name] = valueToJson(values[name])
  return out
}

function valueToJson(value: unknown): JsonValue {
  if (typeof value === 'string' || typeof value === 'number') return value
  return value === null || value === undefined ? null : astToJson(value as Node)
}

/** A constant as a value for JSON: see `astToJson`. */
export function constantToJson(value: Constant): JsonValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value
  if (typeof value === 'string') {
    if (!hasSurrogate(value)) return value
  } else if (value instanceof WideStr) {
    if (!value.codePoints.some(isSurrogate)) return strToUtf16(value)
  }
  return { type: typeName(value), repr: constantRepr(value) }
}

function isSurrogate(cp: number): boolean {
  return cp >= 0xd800 && cp <= 0xdfff
}

function hasSurrogate(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (isSurrogate(text.charCodeAt(i))) return true
  return false
}

/** The name of the Python type of a constant. */
export function typeName(value: Constant): string {
  if (value === null) return 'NoneType'
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'number':
    case 'bigint':
      return 'int'
    case 'string':
      return 'str'
  }
  if (value instanceof WideStr) return 'str'
  if (value instanceof Float) return 'float'
  if (value instanceof Complex) return 'complex'
  if (value instanceof Uint8Array) return 'bytes'
  if (value instanceof FrozenSet) return 'frozenset'
  return value instanceof EllipsisType ? 'ellipsis' : 'tuple'
}
