import { Complex, type Constant, Float, strEquals, WideStr } from '../../base/values.ts'

/** `==` of Python for constants that can be keys or items of a set display: numbers of all types compare by value. */
export function constantsEqual(a: Constant, b: Constant): boolean {
  if (a === b) return true
  if (isNumber(a) && isNumber(b)) return numbersEqual(a, b)
  if (isString(a) && isString(b)) return strEquals(a, b)
  if (a instanceof Uint8Array && b instanceof Uint8Array) return itemsEqual(a, b)
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => constantsEqual(item, b[i]))
  }
  return false
}

/** The values without those that equal an earlier one, as a set keeps them. */
export function distinct(values: readonly Constant[]): Constant[] {
  const out: Constant[] = []
  const strings = new Set<string>()
  for (const value of values) {
    if (typeof value === 'string') {
      if (strings.has(value)) continue
      strings.add(value)
    } else if (out.some((known) => constantsEqual(known, value))) {
      continue
    }
    out.push(value)
  }
  return out
}

type NumberConstant = boolean | number | bigint | Float | Complex

function isNumber(value: Constant): value is NumberConstant {
  const type = typeof value
  return (
    type === 'number' || type === 'bigint' || type === 'boolean' || value instanceof Float || value instanceof Complex
  )
}

function isString(value: Constant): value is string | WideStr {
  return typeof value === 'string' || value instanceof WideStr
}

function numbersEqual(a: NumberConstant, b: NumberConstant): boolean {
  const x = realPart(a)
  const y = realPart(b)
  // `<=` compares a bigint with a number by their exact values, as Python does.
  return x <= y && y <= x && imagPart(a) === imagPart(b)
}

function realPart(value: NumberConstant): number | bigint {
  if (value instanceof Complex) return value.real
  if (value instanceof Float) return value.value
  return typeof value === 'boolean' ? Number(value) : value
}

function imagPart(value: NumberConstant): number {
  return value instanceof Complex ? value.imag : 0
}

function itemsEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i])
}
