import type { Expr } from '../../ast/nodes.ts'
import { Complex, type Constant, EllipsisType, Float, FrozenSet, WideStr } from '../../base/values.ts'

/** The name of the type that an expression's value will certainly have, `null` if that is open (`infer_type`). */
export function inferTypeName(e: Expr): string | null {
  switch (e.node) {
    case 'Tuple':
      return 'tuple'
    case 'List':
    case 'ListComp':
      return 'list'
    case 'Dict':
    case 'DictComp':
      return 'dict'
    case 'Set':
    case 'SetComp':
      return 'set'
    case 'GeneratorExp':
      return 'generator'
    case 'Lambda':
      return 'function'
    case 'JoinedStr':
    case 'FormattedValue':
      return 'str'
    case 'Constant':
      return constantTypeName(e.value)
    default:
      return null
  }
}

function constantTypeName(value: Constant): string {
  if (value === null) return 'NoneType'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string' || value instanceof WideStr) return 'str'
  if (typeof value === 'number' || typeof value === 'bigint') return 'int'
  if (value instanceof Float) return 'float'
  if (value instanceof Complex) return 'complex'
  if (value instanceof Uint8Array) return 'bytes'
  if (value instanceof FrozenSet) return 'frozenset'
  if (value instanceof EllipsisType) return 'ellipsis'
  return 'tuple'
}
