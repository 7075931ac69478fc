import { Complex, type Constant, EllipsisType, Float, strCodePoints, WideStr } from '../../base/values.ts'

/**
 * A key that constants share if and only if they are equal in Python: numbers of all types compare by their value,
 * so that 1, 1.0 and True have one key. A NaN equals itself only.
 */
export function equalityKey(value: Constant): unknown {
  if (typeof value === 'string') return `s${value}`
  if (value === null || typeof value === 'bigint') return value
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Float) return floatKey(value, value.value)
  if (value instanceof Complex) {
    if (value.imag === 0) return floatKey(value, value.real)
    return Number.isNaN(value.real + value.imag) ? value : `c${value.real + 0},${value.imag}`
  }
  if (value instanceof WideStr) return `w${strCodePoints(value).join()}`
  if (value instanceof Uint8Array) return `b${value.join()}`
  if (Array.isArray(value)) return tupleKey(value)
  // An Ellipsis is one object; frozensets are no literals and never compared here.
  return value instanceof EllipsisType ? 'e' : value
}

/** The key of the int of the same value, if there is one. */
function floatKey(object: Float | Complex, value: number): unknown {
  if (Number.isNaN(value)) return object
  // The canonical form of an int beyond the safe range is a bigint.
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value
}

function tupleKey(items: readonly Constant[]): unknown {
  let text = 't'
  for (const item of items) {
    const key = equalityKey(item)
    if (typeof key === 'object' && key !== null) return items
    const part = `${typeof key === 'string' ? '' : 'n'}${key}`
    text += `${part.length}:${part}`
  }
  return text
}

/** The values without those that equal an earlier one, as a set keeps them. */
export function distinct(values: readonly Constant[]): Constant[] {
  const seen = new Set<unknown>()
  const out: Constant[] = []
  for (const value of values) {
    const key = equalityKey(value)
    if (seen.has(key)) continue
    seen.add(key)
    out.push(value)
  }
  return out
}
