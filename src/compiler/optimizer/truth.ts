import { Complex, type Constant, Float, FrozenSet } from '../../base/values.ts'
import type { CodeConstant } from '../../bytecode/code.ts'

/** `bool()` of a constant; what Python counts as false is zero, empty or `None`. */
export function isTrue(value: CodeConstant): boolean {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'number':
      return value !== 0
    case 'bigint':
      return value !== 0n
    case 'string':
      return value.length !== 0
  }
  if (value === null) return false
  if (value instanceof Float) return value.value !== 0
  if (value instanceof Complex) return value.real !== 0 || value.imag !== 0
  if (value instanceof FrozenSet) return value.items.length !== 0
  if (value instanceof Uint8Array) return value.length !== 0
  return !isTuple(value) || value.length !== 0
}

/** `Array.isArray` does not narrow readonly arrays. */
export function isTuple(value: CodeConstant): value is readonly Constant[] {
  return Array.isArray(value)
}
