import type { Expr, ExprContext } from '../ast/nodes.ts'
import { COMMA, KW_IN, NEWLINE, SEMI, STAR } from '../tokens/token.ts'
import { LiteralParser } from './literals.ts'

function storeAll(targets: readonly Expr[]): boolean {
  for (let i = 0; i < targets.length; i++) if (!makeStoreTarget(targets[i])) return false
  return true
}

/**
 * Makes an expression that was parsed for its value a target of assignment, in place (CPython's rule `star_target`).
 * False if it cannot be one; then parts of it may have been changed.
 */
export function makeStoreTarget(expr: Expr): boolean {
  switch (expr.node) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
      expr.ctx = 'Store'
      return true
    case 'Tuple':
    case 'List':
      expr.ctx = 'Store'
      return storeAll(expr.elts)
    case 'Starred':
      expr.ctx = 'Store'
      return makeStoreTarget(expr.value)
    default:
      return false
  }
}

/** As `makeStoreTarget`, for `del`, which takes no starred targets (rule `del_target`). */
function makeDeleteTarget(expr: Expr): boolean {
  switch (expr.node) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
      expr.ctx = 'Del'
      return true
    case 'Tuple':
    case 'List':
      expr.ctx = 'Del'
      for (let i = 0; i < expr.elts.length; i++) if (!makeDeleteTarget(expr.elts[i])) return false
      return true
    default:
      return false
  }
}

/** As `makeStoreTarget`, for an annotation or an augmented assignment (rule `single_target`). */
export function makeSingleTarget(expr: Expr): boolean {
  if (expr.node !== 'Name' && expr.node !== 'Attribute' && expr.node !== 'Subscript') return false
  expr.ctx = 'Store'
  return true
}

/** Targets where no expression could stand as well: after `for`, `as` and `del`. */
export abstract class TargetParser extends LiteralParser {
  protected abstract parsePrimary(): Expr

  /** One target of assignment (rule `star_target`). */
  protected parseStarTarget(): Expr {
    const start = this.pos
    if (this.kinds[start] !== STAR) {
      const target = this.parsePrimary()
      return makeStoreTarget(target) ? target : this.fail()
    }
    this.pos++
    const value = this.parsePrimary()
    if (!makeStoreTarget(value)) this.fail()
    return this.starredNode(start, value, 'Store')
  }

  protected starredNode(start: number, value: Expr, ctx: ExprContext): Expr {
    const last = this.pos - 1
    return {
      node: 'Starred',
      value,
      ctx,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  protected tupleNode(start: number, elts: Expr[], ctx: ExprContext): Expr {
    const last = this.pos - 1
    return {
      node: 'Tuple',
      elts,
      ctx,
      lineno: this.lines[start],
      col_offset: this.cols[start],
      end_lineno: this.endLines[last],
      end_col_offset: this.endCols[last],
    }
  }

  /** The targets of a `for`, up to its `in` (rule `star_targets`). */
  protected parseForTargets(): Expr {
    const start = this.pos
    const first = this.parseStarTarget()
    if (this.kinds[this.pos] !== COMMA) return first
    const elts = [first]
    while (this.kinds[this.pos] === COMMA) {
      this.pos++
      if (this.kinds[this.pos] === KW_IN) break
      elts.push(this.parseStarTarget())
    }
    return this.tupleNode(start, elts, 'Store')
  }

  /** The targets of a `del` statement (rule `del_targets`). */
  protected parseDeleteTargets(): Expr[] {
    const targets: Expr[] = []
    for (;;) {
      const target = this.parsePrimary()
      if (!makeDeleteTarget(target)) this.fail()
      targets.push(target)
      if (this.kinds[this.pos] !== COMMA) return targets
      this.pos++
      if (this.kinds[this.pos] === NEWLINE || this.kinds[this.pos] === SEMI) return targets
    }
  }
}
