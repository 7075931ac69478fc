import type { Expr } from '../../ast/nodes.ts'
import { constantRepr } from '../../base/repr.ts'
import { equalityKey } from './equality.ts'
import { syntaxError } from './errors.ts'
import { type Unit, visitExpr } from './state.ts'

/** Pushes the keys of a mapping pattern; throws PySyntaxError for a duplicate and for what cannot be a key. */
export function visitMappingKeys(u: Unit, keys: readonly Expr[]): void {
  const seen = new Set<unknown>()
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    if (key.node === 'Constant') {
      const value = key.value
      const equal = equalityKey(value)
      if (seen.has(equal)) {
        throw syntaxError(u, `mapping pattern checks duplicate key (${constantRepr(value)})`)
      }
      seen.add(equal)
    } else if (key.node !== 'Attribute') {
      throw syntaxError(u, 'mapping pattern keys may only match literals and attribute lookups')
    }
    visitExpr(u, key)
  }
}
